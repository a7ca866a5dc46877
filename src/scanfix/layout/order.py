"""Reading order and paragraphs of a page of one column."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from scanfix.layout.column import Column
from scanfix.layout.noise import with_words
from scanfix.model.text import Line

# Two pieces are of one line where their middles are closer than this share of the usual height.
_SAME_LINE = 0.55
# A gap this many times the usual one starts a paragraph; so does a first line set in by this many letters.
_GAP = 1.45
_INDENT_LETTERS = 2.5


def rows(lines: Sequence[Line], column: Column) -> tuple[Line, ...]:
    """Put lines from top to bottom, and join pieces that stand side by side.

    Engines part a line where a note or a wide gap stands in it; ``1.`` and its item are one line.
    """
    joined: list[Line] = []
    for line in sorted(lines, key=_middle):
        last = joined[-1] if joined else None
        if last and _is_beside(last, line, column):
            words = tuple(sorted((*last.words, *line.words), key=lambda word: word.box.left))
            joined[-1] = with_words(last, words)
        else:
            joined.append(line)
    return tuple(joined)


def paragraphs(lines: Sequence[Line], column: Column) -> tuple[tuple[Line, ...], ...]:
    """Part lines, from top to bottom, into paragraphs: at wide gaps and at first lines that are set in."""
    if not lines:
        return ()
    steps = [_middle(below) - _middle(above) for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    found: list[list[Line]] = [[lines[0]]]
    for (above, below), step in zip(pairwise(lines), steps, strict=True):
        is_set_in = below.box.left - above.box.left > _INDENT_LETTERS * column.letter_px
        starts = step > _GAP * usual or (is_set_in and above.box.left - column.left < column.letter_px)
        if starts:
            found.append([below])
        else:
            found[-1].append(below)
    return tuple(tuple(part) for part in found)


def _middle(line: Line) -> float:
    """Return the height at which a line stands: the median of its words, as one tall speck moves a box."""
    return median(word.box.centre[1] for word in line.words)


def _is_beside(one: Line, other: Line, column: Column) -> bool:
    """Tell whether two pieces stand side by side."""
    is_level = abs(_middle(one) - _middle(other)) < _SAME_LINE * column.line_px
    overlap = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return is_level and overlap < column.letter_px
