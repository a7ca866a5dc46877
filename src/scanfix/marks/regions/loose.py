"""Loose ink: what no typed word, no known mark, no rule and no edge of the page explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.socket import View
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

Integers = NDArray[np.int64]
Masked = NDArray[np.bool_]

# Words above this confidence are type: 97 % of the typed words of real pages, and no handwriting of more than two
# signs on 42 bulletin pages (highest: 0.86).
SURE = 0.88
_MIN_SIGNS = 3
# Height of typed words where a page has too few to measure: pica and elite capitals with a descender.
_USUAL_HEIGHT_PX = 34.0
_HEIGHTS_PX = (20.0, 60.0)
_ENOUGH_WORDS = 5
# Maps of the page are kept at a quarter of its size: fine enough for boxes of letters.
_STEP = 4
# Pieces smaller than this are specks, and what dirt is made of.
_SPECK_PX = 5
# A piece that lies that far in typed words, or known marks, is theirs.
_INSIDE = 0.55
# Words of a line of which most words are sure are type down to this confidence.
_LIKELY = 0.5
# Numbers of items and ends of lines are often read less surely: a line of type goes on for so many heights of words.
_REACH = 6.0
# Letters between the words of a typed line: no higher than this, in heights of words.
_LETTER = 1.3
# A stroke through a marking runs out of it; whatever touches a marking by that much is of it.
_TOUCHES = 0.05
# Wider or higher than a stamp's frame: rules, tables, edges of the paper, maps.
LARGEST_PX = (1250, 900)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Loose:
    """The loose pieces of a page.

    ``numbers`` are their numbers in the frame's pieces, ``touching`` those of pieces that run out of a known mark;
    ``known`` are the boxes of the marks found before; ``unit`` is the height of the page's typed words in pixels;
    ``sure`` are the words that are certainly type; ``typed`` says of every piece whether words explain it,
    ``covered`` how much of its box lies in typed words; ``strokes`` are the boxes of strokes of hatching.
    """

    numbers: Integers
    touching: Integers
    known: tuple[Box, ...]
    unit: float
    sure: tuple[Word, ...]
    typed: Masked
    covered: NDArray[np.float64]
    strokes: Integers


def loose_of(view: View) -> Loose:
    """Find the pieces that nothing explains."""
    frame, boxes = view.frame, view.frame.pieces.boxes.astype(np.int64)
    sure = sure_words(view.lines)
    unit = unit_of(sure)
    left, top, width, height = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    said = [word for line in view.lines for word in _typed_words(line) if _is_plain(word, unit, boxes)]
    words = _Map(frame, [word.box.grow(3) for word in said])
    rows = _Map(frame, [box.grow(3) for line in view.lines for box in _typed_rows(line, unit)])
    in_words = words.shares(boxes)
    is_letter = (height <= _LETTER * unit) & (width <= 3 * unit)
    typed = (in_words >= 0.8) | ((in_words >= 0.3) & is_letter) | ((rows.shares(boxes) >= 0.6) & is_letter)
    known, touching = _known(frame, view, boxes)
    is_speck = (width < _SPECK_PX) & (height < _SPECK_PX)
    is_huge = (width > LARGEST_PX[0]) | (height > LARGEST_PX[1])
    on_edge = (left <= 1) | (top <= 1) | (left + width >= frame.width - 1) | (top + height >= frame.height - 1)
    is_edge = on_edge & ((width > 8 * unit) | (height > 8 * unit))
    is_rule = (np.minimum(width, height) <= 0.4 * unit) & (np.maximum(width, height) >= 4 * unit)
    loose = ~(typed | known | is_speck | is_huge | is_edge | is_rule)
    loose[0] = False
    return Loose(
        numbers=np.flatnonzero(loose),
        touching=np.flatnonzero(touching),
        known=tuple(mark.box for mark in view.found),
        unit=unit,
        sure=sure,
        typed=typed,
        covered=in_words,
        strokes=np.zeros((0, 5), dtype=np.int64),
    )


def sure_words(lines: Sequence[Line]) -> tuple[Word, ...]:
    """Return the words that are certainly type."""
    return tuple(
        word
        for line in lines
        for word in line.words
        if word.confidence >= SURE and sum(sign.isalnum() for sign in word.text) >= _MIN_SIGNS
    )


def unit_of(sure: Sequence[Word]) -> float:
    """Return the usual height of typed words, in pixels."""
    if len(sure) < _ENOUGH_WORDS:
        return _USUAL_HEIGHT_PX
    low, high = _HEIGHTS_PX
    return min(high, max(low, median(word.box.height for word in sure)))


def pixels_of(frame: Frame, number: int) -> tuple[Box, Mask]:
    """Return the box of a piece and its own ink in it."""
    left, top, width, height, _ = (int(value) for value in frame.pieces.boxes[number])
    box = Box(left=left, top=top, right=left + width, bottom=top + height)
    return box, frame.pieces.labels[box.top : box.bottom, box.left : box.right] == number


def _typed_words(line: Line) -> list[Word]:
    """Return the words of a line that are type: the sure ones, and most of the others where these prevail."""
    sure = sure_words([line])
    if 2 * sum(len(word.text) for word in sure) < sum(len(word.text) for word in line.words):
        return list(sure)
    return [word for word in line.words if word in sure or word.confidence >= _LIKELY]


def _typed_rows(line: Line, unit: float) -> list[Box]:
    """Return the band of a line of type, and a little beyond, if most of its letters are sure."""
    sure = sure_words([line])
    if not sure or 2 * sum(len(word.text) for word in sure) < sum(len(word.text) for word in line.words):
        return []
    across = Box.around(word.box for word in sure)
    reach = round(_REACH * unit)
    return [
        Box(
            left=across.left - reach,
            top=round(median(word.box.top for word in sure)),
            right=across.right + reach,
            bottom=round(median(word.box.bottom for word in sure)),
        )
    ]


def _is_plain(word: Word, unit: float, boxes: Integers) -> bool:
    """Tell whether a word is no higher than its letters: a bracket drawn around its first letter makes it so."""
    if word.box.height <= _LETTER * unit:
        return True
    x, y = boxes[:, 0] + boxes[:, 2] // 2, boxes[:, 1] + boxes[:, 3] // 2
    box = word.box
    inside = (x >= box.left) & (x < box.right) & (y >= box.top) & (y < box.bottom) & (boxes[:, 3] >= 0.3 * unit)
    heights = boxes[inside, 3]
    return not len(heights) or bool(np.median(heights) > _LETTER * unit)


def _known(frame: Frame, view: View, boxes: Integers) -> tuple[Masked, Masked]:
    """Tell which pieces belong to the marks that were found before, and which of these run out of them."""
    inside = _Map(frame, [mark.box.grow(6) for mark in view.found]).shares(boxes) >= _INSIDE
    touching = np.zeros_like(inside)
    for mark in view.found:
        touching |= _common(boxes, mark.box) >= _TOUCHES * np.minimum(boxes[:, 2] * boxes[:, 3], max(1, mark.box.area))
    touching[0] = False
    return inside | touching, touching & ~inside


def _common(boxes: Integers, box: Box) -> Integers:
    """Return the area that each piece's box shares with a box."""
    across = np.minimum(boxes[:, 0] + boxes[:, 2], box.right) - np.maximum(boxes[:, 0], box.left)
    down = np.minimum(boxes[:, 1] + boxes[:, 3], box.bottom) - np.maximum(boxes[:, 1], box.top)
    common: Integers = np.maximum(across, 0) * np.maximum(down, 0)
    return common


class _Map:
    """Which parts of a page boxes cover, at a quarter of its size; asked for many boxes at once."""

    def __init__(self, frame: Frame, boxes: Sequence[Box]) -> None:
        """Draw the boxes."""
        covered = np.zeros((frame.height // _STEP + 2, frame.width // _STEP + 2), np.uint8)
        for box in boxes:
            inside = box.clip(width=frame.width, height=frame.height)
            covered[
                inside.top // _STEP : -(-inside.bottom // _STEP), inside.left // _STEP : -(-inside.right // _STEP)
            ] = 1
        self._sums = cv2.integral(covered)

    def shares(self, boxes: Integers) -> NDArray[np.float64]:
        """Return the share of each box that is covered, 0 to 1."""
        left, top = boxes[:, 0] // _STEP, boxes[:, 1] // _STEP
        right = (boxes[:, 0] + boxes[:, 2] - 1) // _STEP + 1
        bottom = (boxes[:, 1] + boxes[:, 3] - 1) // _STEP + 1
        sums = self._sums
        inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        share: NDArray[np.float64] = inside / np.maximum(1, (right - left) * (bottom - top))
        return share
