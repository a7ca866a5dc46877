"""Paragraphs that are cancelled as a whole: by a stroke through each of their rows, or by an X over all of them."""

from collections.abc import Iterable, Sequence

from scanfix.marks.strike.stroke import Stroke
from scanfix.marks.struck.strokes import Struck
from scanfix.marks.struck.words import Passage
from scanfix.model.geometry import Box
from scanfix.model.text import Line

# Rows of a paragraph are long, and follow each other closely; all in letter heights.
_LONG = 10.0
_LINE_GAP = 1.6
# Share of the shorter row that lies under the longer.
_UNDER = 0.6
# The strokes of an X over a paragraph: long, spanning several rows, and crossing.
_CROSS_LENGTH = 14.0
_CROSS_HEIGHT = 2.2
_SPAN = 0.5
_SLANT_DEG = 2.0


def crossed_blocks(pieces: Iterable[Struck], lines: Sequence[Line], *, letter_px: float) -> tuple[Passage, ...]:
    """Find the paragraphs under an X: the words read inside it, where they are of two lines at least."""
    found = []
    for piece in pieces:
        arms = [_arm(piece.strokes, sign=sign) for sign in (1, -1)]
        areas = [Box.around(stroke.box for stroke in arm) for arm in arms if arm]
        if len(areas) == len(arms) and _is_cross(*areas, letter_px=letter_px):
            words = _words_inside(Box.around(areas), lines)
            if len({line for line, _ in words}) > 1:
                box = Box.around(box for _, box in words)
                strokes = tuple(stroke.through_letters(box) for arm in arms for stroke in arm)
                found.append(Passage(box=box, strokes=strokes, is_block=True))
    return tuple(found)


def stacked(found: Sequence[Passage], *, letter_px: float) -> tuple[Passage, ...]:
    """Join struck rows that follow each other into blocks, and leave the others as they are."""
    rows = sorted(found, key=lambda passage: passage.box.top)
    left: list[Passage] = []
    for row in rows:
        above = next((one for one in left if _follows(row.box, one, letter_px)), None)
        if above is None:
            left.append(row)
        else:
            left.remove(above)
            box = Box.around((above.box, row.box))
            left.append(Passage(box=box, strokes=(*above.strokes, *row.strokes), by=row.by, is_block=True))
    return tuple(left)


def _arm(strokes: Sequence[Stroke], *, sign: int) -> list[Stroke]:
    """Return the strokes that rise, or those that fall: a hand bends, so that an arm of an X is several runs."""
    return [stroke for stroke in strokes if sign * stroke.angle_deg >= _SLANT_DEG]


def _is_cross(one: Box, other: Box, *, letter_px: float) -> bool:
    """Tell whether the arms of an X span a paragraph."""
    is_large = all(
        box.width >= _CROSS_LENGTH * letter_px and box.height >= _CROSS_HEIGHT * letter_px for box in (one, other)
    )
    common = min(one.right, other.right) - max(one.left, other.left)
    return is_large and common >= _SPAN * max(one.width, other.width)


def _words_inside(area: Box, lines: Sequence[Line]) -> list[tuple[str, Box]]:
    """Return the words whose middles lie in an area, each with its line."""
    return [
        (line.line_id, word.box)
        for line in lines
        for word in line.words
        if area.left <= word.box.centre[0] <= area.right and area.top <= word.box.centre[1] <= area.bottom
    ]


def _follows(row: Box, above: Passage, letter_px: float) -> bool:
    """Tell whether a struck row is the next of a paragraph."""
    under = min(row.right, above.box.right) - max(row.left, above.box.left)
    is_long = above.box.width >= _LONG * letter_px
    is_next = -letter_px <= row.top - above.box.bottom <= _LINE_GAP * letter_px
    return is_long and is_next and under >= _UNDER * row.width and row.width >= _LONG * letter_px / 2
