"""The column of running text: where typed lines begin and end on this page."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from scanfix.model.text import Line, Word

# A line that surely is text has this many words, read this well.
_WORDS_OF_TEXT = 4
_CONFIDENCE_OF_TEXT = 0.8
# The edge that all but this share of the sure lines keep within; the rest are lines with a note beside them.
_OUTSIDE = 0.04
# Lines that cross the middle of the column: with fewer than this share, the page has several columns.
_SINGLE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The running text's left and right edge, the usual width of a letter and height of a line, in pixels.

    ``is_single`` is False on a page of several columns or a table: there the engine's order is kept.
    """

    left: int
    right: int
    letter_px: float
    line_px: float
    is_single: bool


def find(lines: Sequence[Line]) -> Column | None:
    """Find the column of running text; ``None`` on a page with fewer than three lines that surely are text."""
    sure = [words for words in (_sure_words(line) for line in lines) if len(words) >= _WORDS_OF_TEXT]
    if len(sure) < 3:
        return None
    lefts = [words[0].box.left for words in sure]
    rights = [words[-1].box.right for words in sure]
    left = int(np.quantile(lefts, _OUTSIDE))
    right = int(np.quantile(rights, 1 - _OUTSIDE))
    words = [word for line in sure for word in line]
    middle = (left + right) / 2
    crossing = sum(start < middle < end for start, end in zip(lefts, rights, strict=True))
    return Column(
        left=left,
        right=right,
        letter_px=median(word.box.width / len(word.text) for word in words),
        line_px=median(word.box.height for word in words),
        is_single=crossing / len(sure) >= _SINGLE,
    )


def _sure_words(line: Line) -> list[Word]:
    """Keep the words that surely are words: several letters, well read."""
    return [word for word in line.words if word.confidence >= _CONFIDENCE_OF_TEXT and len(word.text) > 1]
