"""Where a marking stands: head or foot of the page, on a cover, in the margin beside the text, or in the body."""

from collections.abc import Sequence

import numpy as np

from scanfix.marks.candidates import position_of
from scanfix.marks.frame import Frame
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# Words read with that confidence say where text stands.
_PLAIN = 0.8
# A line of text has that many words; titles, addresses and the lines of a stamp fewer.
_LINE_WORDS = 6
# Covers measured one such line at most and 16 words in small letters (99 real ones), pages of text 3 and 20.
_COVER_LINES, _COVER_WORDS = 2, 20
# A warning may stand on a cover: text that begins below the middle of the page. Pages of text begin above 0.35.
_LOW = 0.45
# A column of text has so many lines, or nothing can be said of its margins.
_COLUMN_LINES = 4
# One line in ten may reach out of its column: a number in the margin, a marking read with the line beside it.
_OUTLIERS = 0.1
# A marking that far down, in shares of the page's height, is still at its head where no text stands above it; one that
# far up is not yet at its foot: feet measured 0.857 and more.
_HEAD, _FOOT = 0.16, 0.85
# Letters of a marking in the margin may reach into the column by that many pixels: an em of small type.
_INTO_PX = 20


class Standing:
    """Tells where on one page a marking stands."""

    def __init__(self, frame: Frame, lines: Sequence[Line]) -> None:
        """Look at how the text of a page stands."""
        plain = [[word for word in line.words if word.confidence >= _PLAIN] for line in lines]
        self._frame = frame
        self._column = _column([words for words in plain if len(words) >= _LINE_WORDS])
        self._is_cover = _is_cover(plain) or (self._column is not None and self._column.top > _LOW * frame.height)

    def position(self, box: Box) -> str:
        """Name the place of a box: ``head``, ``foot``, ``cover``, ``margin`` or ``body``."""
        middle = box.centre[1] / self._frame.height
        band = position_of(box, self._frame)
        if band == "head" or (band == "foot" and middle >= _FOOT):
            return band
        if self._is_cover:
            return "cover"
        if self._column is None:
            return "body"
        if middle < _HEAD and box.bottom <= self._column.top:
            return "head"
        return "margin" if _is_beside(box, self._column) else "body"


def _is_cover(plain: Sequence[Sequence[Word]]) -> bool:
    """Tell whether a page has words, but no text: a cover, a title leaf, a slip."""
    lines = sum(len(words) >= _LINE_WORDS for words in plain)
    small = sum(len(word.text) > 2 and not word.text.isupper() for words in plain for word in words)
    return any(plain) and lines < _COVER_LINES and small < _COVER_WORDS


def _column(lines: Sequence[Sequence[Word]]) -> Box | None:
    """Return the box of the running text, without the few lines that reach out of it."""
    if len(lines) < _COLUMN_LINES:
        return None
    boxes = [Box.around(word.box for word in words) for words in lines]
    left = float(np.quantile([box.left for box in boxes], _OUTLIERS))
    right = float(np.quantile([box.right for box in boxes], 1 - _OUTLIERS))
    whole = Box.around(boxes)
    return Box(left=round(left), top=whole.top, right=round(right), bottom=whole.bottom)


def _is_beside(box: Box, column: Box) -> bool:
    """Tell whether a box stands beside a column, at the height of its lines."""
    is_level = column.top <= box.centre[1] <= column.bottom
    return is_level and (box.right <= column.left + _INTO_PX or box.left >= column.right - _INTO_PX)
