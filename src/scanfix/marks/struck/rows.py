"""The typed words that a stroke runs through: the row of text at its height, and the words of the row."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.strike.judging import LEVEL_DEG
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box

# How far beside a stroke the row's letters are looked at, in letter heights: they tell its height where the stroke
# hides its own.
_BESIDE = 8.0
_ABOVE = 2.0
# Rows of pixels with less ink, as a share of the fullest, lie between lines, or between the heads of letters.
_EMPTY = 0.15
# Heads and feet of letters reach beyond the band of most ink by that many letter heights at most; rows with fewer
# pixels of ink are empty.
_HEADS = 0.45
_INKED_PX = 3
# Letters of one word stand closer, in letter heights; at ten to the inch a space is 30 pixels and more wide.
_SPACE = 0.62
# A stroke touches a word by that share of it, or by that many letter heights.
_TOUCHED_SHARE = 0.4
_TOUCHED = 1.6
# A slanted stroke over several words meets only one of them: the others lie under it with most of their width, within
# that share of their height above and below.
_CORNERS = 1.3
_OVER_SHARE = 0.75
# Shortest and tallest row, in letter heights.
_ROW = (0.55, 2.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of text near a stroke: its height, and its words from left to right."""

    top: int
    bottom: int
    words: tuple[Box, ...]

    def touched(self, stroke: Stroke, letter_px: float) -> tuple[Box, ...]:
        """Return the words through which a stroke runs far enough."""
        touched = tuple(word for word in self.words if _is_touched(word, stroke, letter_px))
        if not touched or abs(stroke.angle_deg) < LEVEL_DEG:
            return touched
        return tuple(word for word in self.words if word in touched or _is_under(word, stroke))


def row_at(ink: Mask, stroke: Stroke, *, letter_px: float) -> Row | None:
    """Find the row of text at the middle of a stroke.

    Parameters
    ----------
    ink
        Ink of the page, strokes taken out where they run alone.
    stroke
        In pixels of the page.
    letter_px
        Height of the page's letters.
    """
    y, (beside, above) = stroke.middle[1], (_BESIDE * letter_px, _ABOVE * letter_px)
    around = Box.of((stroke.start[0] - beside, y - above, stroke.end[0] + beside, y + above))
    left, top, right, bottom = around.clip(width=ink.shape[1], height=ink.shape[0]).edges
    window = ink[top:bottom, left:right]
    if not window.size:
        return None
    edges = band_of(window.sum(axis=1), round(y) - top, thickness_px=stroke.thickness_px)
    if not _ROW[0] * letter_px <= edges[1] - edges[0] <= _ROW[1] * letter_px:
        return None
    words = words_of(window[edges[0] : edges[1]], letter_px=letter_px)
    shown = Box(left=left, top=top + edges[0], right=right, bottom=top + edges[1])
    boxes = [replace(shown, left=left + first, right=left + end) for first, end in words]
    return Row(top=shown.top, bottom=shown.bottom, words=tuple(boxes))


def whole_letters(ink: Mask, words: Box, *, letter_px: float) -> Box:
    """Grow a box of words to the heads and feet of their letters."""
    reach = round(_HEADS * letter_px)
    grown = Box(left=words.left, top=words.top - reach, right=words.right, bottom=words.bottom + reach)
    around = grown.clip(width=ink.shape[1], height=ink.shape[0])
    inked = ink[around.top : around.bottom, around.left : around.right].sum(axis=1) >= _INKED_PX
    empty = np.flatnonzero(~inked) + around.top
    above, below = empty[empty < words.top], empty[empty >= words.bottom]
    return Box(
        left=words.left,
        top=int(above[-1]) + 1 if above.size else around.top,
        right=words.right,
        bottom=int(below[0]) if below.size else around.bottom,
    )


def band_of(profile: NDArray[np.int64], middle: int, *, thickness_px: float) -> tuple[int, int]:
    """Return the first row and the row after the last of the ink around a row."""
    half = int(thickness_px / 2) + 1
    is_inked = profile >= max(1.0, _EMPTY * float(profile.max()))
    is_inked[max(0, middle - half) : middle + half + 1] = True
    empty = np.flatnonzero(~is_inked)
    above, below = empty[empty < middle], empty[empty > middle]
    return int(above[-1]) + 1 if above.size else 0, int(below[0]) if below.size else len(profile)


def words_of(band: Mask, *, letter_px: float) -> list[tuple[int, int]]:
    """Split a row at its spaces: first column and the one after the last of each word."""
    inked = np.flatnonzero(band.any(axis=0))
    if not inked.size:
        return []
    breaks = np.flatnonzero(np.diff(inked) > round(_SPACE * letter_px))
    firsts = inked[np.concatenate([[0], breaks + 1])]
    lasts = inked[np.concatenate([breaks, [inked.size - 1]])]
    return [(int(first), int(last) + 1) for first, last in zip(firsts, lasts, strict=True)]


def _is_touched(word: Box, stroke: Stroke, letter_px: float) -> bool:
    """Tell whether a stroke runs through a word far enough."""
    across, _, _ = stroke.place_in(word)
    return across >= _TOUCHED_SHARE or across * word.width >= _TOUCHED * letter_px


def _is_under(word: Box, stroke: Stroke) -> bool:
    """Tell whether a slanted stroke that strikes another word runs over most of this one, above it or below."""
    over, _, _ = stroke.place_in(word.grow(round(_CORNERS * word.height)))
    return over * word.grow(round(_CORNERS * word.height)).width >= _OVER_SHARE * word.width
