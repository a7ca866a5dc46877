"""Words that strokes run through: which strokes are sure, what they cross, and what belongs together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.strike.judging import LEVEL_DEG
from scanfix.marks.strike.stroke import Stroke
from scanfix.marks.struck.rows import row_at, whole_letters
from scanfix.marks.struck.strokes import Struck
from scanfix.model.geometry import Box

# Letters that touch hold runs up to three letter heights long, clear of letters over half of their length; a stroke
# must be the clearer the shorter it is. Lengths in letter heights, and the least clear share there.
_LENGTHS = (2.6, 5.0)
_CLEAR = (0.58, 0.3)
# Letters at both sides of a stroke: an underline has them at one side, its descenders excepted.
_LEVEL_CROSSED = 0.12
_SLANTED_CROSSED = 0.07
# Feet that touch make level runs at the line on which letters stand; there only a stroke through most of them counts.
_BODY = (0.12, 0.8)
_MIDDLE = (0.15, 0.74)
_MOST = 0.6
# Least length inside the words, in letter heights, for a level stroke; least share of height or width for a slanted.
_INSIDE = 1.4
_THROUGH = 0.5
# A tick beside a word is short and meets little of it; a slanted stroke is longer, in letter heights, or meets more.
_TICK, _TICK_ACROSS = 4.5, 0.22
# Ticks beside items are thicker, in letter heights, than slanted pens through letters; level markers are thicker still.
_THICK_SLANT = 0.45
# A hand bends: what follows a slanted stroke into the next row, shorter than that share of it, is its end.
_TAIL = 0.45
# Struck words of one row that stand closer are one passage, in letter heights.
_NEAR = 1.8
_SAME_ROW = 0.5
_AROUND = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Struck words of one row or of several: their letters' box, and the strokes through them."""

    box: Box
    strokes: tuple[Stroke, ...]
    by: str = "pen"
    is_block: bool = False


def passages(frame: Frame, pieces: Iterable[Struck], *, letter_px: float) -> tuple[Passage, ...]:
    """Find the words that the strokes of some pieces run through."""
    found: list[Passage] = []
    for piece in pieces:
        area, ink = _around(frame, piece, letter_px)
        for stroke in _without_tails(piece.strokes):
            box = _struck_box(ink, stroke.shifted(x=-area.left, y=-area.top), letter_px)
            if box is not None:
                moved = box.shift(x=area.left, y=area.top)
                found.append(Passage(box=moved, strokes=(stroke.through_letters(moved),)))
    return joined(found, letter_px=letter_px)


def joined(found: Sequence[Passage], *, letter_px: float) -> tuple[Passage, ...]:
    """Join passages of one row that overlap or stand next to each other."""
    left: list[Passage] = []
    for passage in found:
        group = [other for other in left if _are_one(passage.box, other.box, near_px=_NEAR * letter_px)]
        left = [other for other in left if other not in group]
        strokes = tuple(stroke for one in (passage, *group) for stroke in one.strokes)
        box = Box.around(one.box for one in (passage, *group))
        left.append(
            replace(
                passage,
                box=box,
                strokes=tuple(sorted(strokes, key=lambda stroke: -stroke.length_px)),
                by="pen" if any(one.by == "pen" for one in (passage, *group)) else "type",
            )
        )
    return tuple(left)


def _without_tails(strokes: Sequence[Stroke]) -> tuple[Stroke, ...]:
    """Leave out the bent ends of a slanted stroke, which strike nothing themselves."""
    longest = max(strokes, key=lambda stroke: stroke.length_px)
    if abs(longest.angle_deg) < LEVEL_DEG:
        return tuple(strokes)
    return tuple(stroke for stroke in strokes if stroke.length_px >= _TAIL * longest.length_px)


def _around(frame: Frame, piece: Struck, letter_px: float) -> tuple[Box, Mask]:
    """Return a place around a piece, and its ink with the piece's strokes taken out."""
    window, reach = piece.window, round(_AROUND * letter_px)
    grown = Box(
        left=window.left - reach,
        top=window.top - reach // 3,
        right=window.right + reach,
        bottom=window.bottom + reach // 3,
    )
    area = grown.clip(width=frame.width, height=frame.height)
    ink = frame.ink[area.top : area.bottom, area.left : area.right].copy()
    seen = window.clip(width=frame.width, height=frame.height)
    rows = slice(seen.top - window.top, seen.bottom - window.top)
    columns = slice(seen.left - window.left, seen.right - window.left)
    gone = piece.piece[rows, columns] & ~piece.left[rows, columns]
    ink[seen.top - area.top : seen.bottom - area.top, seen.left - area.left : seen.right - area.left] &= ~gone
    return area, ink


def _struck_box(ink: Mask, stroke: Stroke, letter_px: float) -> Box | None:
    """Return the letters' box of the words that a stroke runs through, if it strikes any."""
    if not _is_sure(stroke, letter_px):
        return None
    row = row_at(ink, stroke, letter_px=letter_px)
    touched = row.touched(stroke, letter_px) if row else ()
    if not touched:
        return None
    band = Box.around(touched)
    if not _crosses(stroke, band, letter_px):
        return None
    return whole_letters(ink, band, letter_px=letter_px)


def _is_sure(stroke: Stroke, letter_px: float) -> bool:
    """Tell whether a run is a stroke and not letters that touch."""
    return stroke.clear >= float(np.interp(stroke.length_px / letter_px, _LENGTHS, _CLEAR))


def _crosses(stroke: Stroke, band: Box, letter_px: float) -> bool:
    """Tell whether a stroke runs through the letters of a band."""
    across, through, depth = stroke.place_in(band)
    if abs(stroke.angle_deg) < LEVEL_DEG:
        is_inside = _BODY[0] <= depth <= _BODY[1] and across * band.width >= _INSIDE * letter_px
        is_deep = _MIDDLE[0] <= depth <= _MIDDLE[1] or across >= _MOST
        return is_inside and is_deep and stroke.crossed >= _LEVEL_CROSSED
    is_thin = stroke.thickness_px <= _THICK_SLANT * letter_px
    is_tick = stroke.length_px < _TICK * letter_px and across < _TICK_ACROSS
    return is_thin and not is_tick and stroke.crossed >= _SLANTED_CROSSED and max(through, across) >= _THROUGH


def _are_one(one: Box, other: Box, *, near_px: float) -> bool:
    """Tell whether two boxes stand side by side on one row."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return common >= _SAME_ROW * min(one.height, other.height) and gap <= near_px
