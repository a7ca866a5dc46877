"""Reading order: a page is cut at its gutters into columns, and each column is read from top to bottom.

The engine's own order is not asked: it takes what stands side by side for one line, or columns for paragraphs, as it
happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.layout import gutters
from scanfix.layout.gutters import Gutter
from scanfix.layout.noise import with_words
from scanfix.layout.pitch import Pitch, are_level, middle
from scanfix.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of one column, from top to bottom (at least one); ``is_column`` where another stands beside it."""

    lines: tuple[Line, ...]
    is_column: bool

    @property
    def left(self) -> int:
        """The left edge, in pixels."""
        return min(line.box.left for line in self.lines)

    @property
    def right(self) -> int:
        """The right edge, in pixels."""
        return max(line.box.right for line in self.lines)


def blocks(lines: Sequence[Line], pitch: Pitch) -> tuple[Block, ...]:
    """Put the lines of a page into reading order.

    Parameters
    ----------
    lines
        Running text, in any order; lines may reach over a gutter.
    pitch
        The page's measure.

    Returns
    -------
    tuple of Block
        What stands above columns, the columns from left to right, and what stands below them, cut further where it has
        columns of its own. Every word is in one of them.
    """
    return _cut(lines, pitch, known=(), is_column=False)


def rows(lines: Sequence[Line], pitch: Pitch) -> tuple[Line, ...]:
    """Put lines from top to bottom, and join pieces that stand side by side.

    Engines part a line where a note or a wide gap stands in it; ``1.`` and its item are one line.
    """
    joined: list[Line] = []
    for line in sorted(lines, key=lambda one: (middle(one), one.box.edges, one.text)):
        last = joined[-1] if joined else None
        if last and _is_beside(last, line, pitch):
            words = tuple(sorted((*last.words, *line.words), key=lambda word: word.box.left))
            joined[-1] = with_words(last, words)
        else:
            joined.append(line)
    return tuple(joined)


def _cut(lines: Sequence[Line], pitch: Pitch, *, known: Sequence[Gutter], is_column: bool) -> tuple[Block, ...]:
    """Cut at the longest gutter, and each part again."""
    if not lines:
        return ()
    gutter = gutters.find(lines, pitch, known)
    if gutter is None:
        return (Block(lines=rows(lines, pitch), is_column=is_column),)
    above = [line for line in lines if middle(line) < gutter.top]
    below = [line for line in lines if middle(line) > gutter.bottom]
    beside = [line for line in lines if gutter.top <= middle(line) <= gutter.bottom]
    left = [part for line in beside for part in _part(line, gutter, is_left=True)]
    right = [part for line in beside for part in _part(line, gutter, is_left=False)]
    seen = (*known, gutter)
    return (
        *_cut(above, pitch, known=seen, is_column=is_column),
        *_cut(left, pitch, known=seen, is_column=True),
        *_cut(right, pitch, known=seen, is_column=True),
        *_cut(below, pitch, known=seen, is_column=is_column),
    )


def _part(line: Line, gutter: Gutter, *, is_left: bool) -> tuple[Line, ...]:
    """Return the part of a line on one side of a gutter, none where it has no words there."""
    words = tuple(word for word in line.words if (word.box.centre[0] < gutter.x) == is_left)
    if len(words) == len(line.words):
        return (line,)
    return (with_words(line, words, suffix="" if is_left else "c"),) if words else ()


def _is_beside(one: Line, other: Line, pitch: Pitch) -> bool:
    """Tell whether two pieces stand side by side."""
    overlap = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return are_level(one, other, pitch) and overlap < pitch.letter_px
