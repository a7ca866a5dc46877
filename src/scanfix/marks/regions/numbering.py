"""Numbers of a numbering machine: a few large digits, behind the Copy No. of a cover or alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scanfix.images import Mask, connected
from scanfix.marks.frame import Frame, part
from scanfix.marks.regions.loose import Integers, Loose
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# Heights of its digits, in heights of typed words with what hangs below the line: capitals stand at 0.8.
_HEIGHTS = (1.05, 2.2)
# Width by height of a digit, and the share of its box that is ink.
_WIDTHS = (0.2, 0.95)
_DENSITY = (0.15, 0.8)
# Digits of one number stand on one line, are of one height, and stand close, in their heights.
_OFF_LINE = 0.12
_ALIKE = 0.14
_APART = 0.9
_DIGITS = (3, 6)
# Beside it nothing half its size stands nearer than this, in its heights.
_ALONE = 1.6
_LETTER = 0.4

# What a number stands behind; the engine often joins it with the first digits.
_NO = re.compile(r"N[o0][.,:]?[A-Z0-9-]{0,6}", re.IGNORECASE)
# Where it is looked for, in heights of the word: to the right, above, below.
_RIGHT, _ABOVE, _BELOW = 10.0, 0.8, 0.8
# The word itself is that wide.
_NO_WIDTH = 1.95
# Digits stand higher than the capital before them.
_HIGHER = 1.15
_HIGHEST = 2.4
# Redactions cut their tops: what is left is wide, and each digit wider than a typed one.
_CUT = 0.6
_WIDE = 1.5
_DIGIT_WIDTH = 0.7
# Worn digits fall into pieces: those are of one number that stand so near, in heights of the word.
_PIECES_APART = 0.8
_LEAST_PX = 4
# Outlines of redactions run along the edge of their box.
_RIM_PX = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Number:
    """What may be a number: its box, its own ink in it, and the least width of a digit that shows it to be one."""

    box: Box
    ink: Mask
    least_digit_px: float = 0.0


def numbers_of(frame: Frame, loose: Loose, lines: Sequence[Line]) -> tuple[Number, ...]:
    """Find what may be numbers: first those behind a No., then rows of digits alone."""
    found = [number for line in lines for word in line.words for number in _behind(frame, loose, word)]
    for box in _alone(frame, loose):
        if not any(box.share_inside(number.box.grow(_RIM_PX)) >= 0.5 for number in found):
            found.append(Number(box=box, ink=part(frame.ink, box)))
    return tuple(found)


def _behind(frame: Frame, loose: Loose, word: Word) -> Iterator[Number]:
    """Yield the high ink behind a No."""
    if not _NO.fullmatch(word.text):
        return
    height = min(word.box.height, round(0.95 * loose.unit))
    is_bare = not any(sign.isalnum() for sign in word.text[2:])
    area = Box(
        left=word.box.right + 2 if is_bare else word.box.left + round(_NO_WIDTH * height),
        top=word.box.bottom - round((1 + _ABOVE) * height),
        right=word.box.left + round((_RIGHT + _NO_WIDTH) * height),
        bottom=word.box.bottom + round(_BELOW * height),
    ).clip(width=frame.width, height=frame.height)
    if not area.area:
        return
    ink = part(frame.ink, area).copy()
    for known in loose.known:
        inner = known.grow(_RIM_PX).intersect(area).shift(x=-area.left, y=-area.top)
        ink[inner.top : max(inner.top, inner.bottom), inner.left : max(inner.left, inner.right)] = False
    labels, parts = connected(ink)
    pieces = parts[1:].astype(np.int64)
    for numbers in _clusters(pieces, apart=_PIECES_APART * height):
        own = pieces[numbers]
        box = _around(own)
        is_high, is_cut = box.height >= _HIGHER * height, box.height >= _CUT * height and box.width >= _WIDE * height
        around = box.shift(x=area.left, y=area.top).grow(2 * _RIM_PX)
        is_cut = is_cut and any(around.intersect(known).area for known in loose.known)
        if (is_high or is_cut) and box.height <= _HIGHEST * height and box.width <= 4 * box.height:
            mine = np.isin(labels[box.top : box.bottom, box.left : box.right], numbers + 1)
            least = 0.0 if is_high else _DIGIT_WIDTH * height
            yield Number(box=box.shift(x=area.left, y=area.top), ink=mine, least_digit_px=least)


def _clusters(pieces: Integers, *, apart: float) -> Iterator[Integers]:
    """Yield the numbers of pieces that stand side by side, from left to right."""
    big = np.flatnonzero(np.maximum(pieces[:, 2], pieces[:, 3]) >= _LEAST_PX)
    order = big[np.argsort(pieces[big, 0], kind="stable")]
    if not len(order):
        return
    reach = np.maximum.accumulate(pieces[order, 0] + pieces[order, 2])
    yield from np.split(order, np.flatnonzero(pieces[order[1:], 0] - reach[:-1] > apart) + 1)


def _alone(frame: Frame, loose: Loose) -> Iterator[Box]:
    """Yield rows of three to six pieces, larger than type, with nothing of their size beside them."""
    boxes = frame.pieces.boxes.astype(np.int64)
    width, height = boxes[:, 2], np.maximum(1, boxes[:, 3])
    density = boxes[:, 4] / (width * height).clip(1)
    low, high = _HEIGHTS[0] * loose.unit, _HEIGHTS[1] * loose.unit
    may_be = (height >= low) & (height <= high) & (width >= _WIDTHS[0] * height) & (width <= _WIDTHS[1] * height)
    may_be &= (density >= _DENSITY[0]) & (density <= _DENSITY[1])
    may_be[0] = False
    digits = boxes[may_be]
    letters = boxes[(height >= _LETTER * loose.unit) & (height <= 2 * high)]
    for run in _runs(digits):
        box = _around(run)
        beside = Box(
            left=box.left - round(_ALONE * box.height),
            top=box.top,
            right=box.right + round(_ALONE * box.height),
            bottom=box.bottom,
        )
        x, y = letters[:, 0] + letters[:, 2] // 2, letters[:, 1] + letters[:, 3] // 2
        near = (x > beside.left) & (x < beside.right) & (y > beside.top) & (y < beside.bottom)
        if np.count_nonzero(near) <= len(run):
            yield box


def _runs(digits: Integers) -> Iterator[Integers]:
    """Yield the rows of digits of one height that stand close."""
    bottoms = digits[:, 1] + digits[:, 3]
    order = np.argsort(digits[:, 0], kind="stable")
    free = np.ones(len(digits), dtype=bool)
    for seed in order:
        if not free[seed]:
            continue
        height = digits[seed, 3]
        level = np.abs(bottoms - bottoms[seed]) <= _OFF_LINE * height
        row = order[level[order] & (np.abs(digits[order, 3] - height) <= _ALIKE * height)]
        gaps = digits[row[1:], 0] - (digits[row[:-1], 0] + digits[row[:-1], 2])
        run = next(run for run in np.split(row, np.flatnonzero(gaps > _APART * height) + 1) if seed in run)
        free[run] = False
        if _DIGITS[0] <= len(run) <= _DIGITS[1]:
            yield digits[run]


def _around(boxes: Integers) -> Box:
    """Return the box around some pieces."""
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    return Box(left=int(boxes[:, 0].min()), top=int(boxes[:, 1].min()), right=int(right), bottom=int(bottom))
