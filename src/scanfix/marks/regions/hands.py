"""Handwriting: large thin curly pieces that no line of type explains, and what lies with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanfix.images import connected
from scanfix.marks.frame import Frame
from scanfix.marks.regions.groups import groups_of
from scanfix.marks.regions.hatching import in_hatching
from scanfix.marks.regions.loose import Integers, Loose, pixels_of
from scanfix.marks.regions.shapes import Shape, shape_of
from scanfix.model.geometry import Box

# Higher than typed letters with what they touch; a hand that is smaller passes for type.
_HIGH = 1.45
# As wide as two typed letters that touch, and as high as one.
_WIDE = 2.0
# Ink of a hand covers at most so much of its hull and box.
_MAX_SOLIDITY = 0.62
_MAX_DENSITY = 0.42
# Higher than any signature, in heights of words: coasts and rivers.
_HIGHEST = 9.0
# Circles printed round numbers are smaller than those that are drawn round page numbers.
_CIRCLE = 2.6
# Brackets and single strokes must be higher than typed ones.
_NARROW = 0.8
_NARROW_HIGH = 1.7
# Typed letters of two lines that touch lie in the words of both.
_MAX_COVERED = 0.5
# So many long lines beside a piece, itself counted, make a drawing; in heights of words.
_LONG_LINE = 4.5
_BESIDE = 2.0
_MAX_LINE_DENSITY = 0.06
_FEWEST_LINES = 3
# Straight strokes of a hand, as of a tick, are shorter, in heights of words.
_LONG_STROKE = 4.5
# A stroke is straight when it is thin for its length; of straight strokes alone no hand is made.
_STRAIGHT = 0.13
# Box outlines, corners of frames and underlines are ruled.
_MAX_RULED = 0.5
# Fine hatching that has grown together shows many strokes in a row, a hand few.
_MAX_RUNS = 8.0
# The shadow of a punched hole is a thick crescent, one half like the other.
_MAX_MIRRORED = 0.5
_HOLE_THICKNESS = 0.33
# Holes are punched that near the head, in shares of the page's height; torn ones look like a thick pen.
_HOLES_SHARE = 0.08
# Outlines of redactions run along the edge of their box.
_RIM_PX = 6
# Small pieces that near, in heights of words, belong to a hand; two steps reach over a short word.
_NEAR = 0.6
_GROWTHS = 2
# Share of regions that were handwriting on the development pages; of those that cross a known mark.
_SURE_HAND = 0.8
_CROSSING_HAND = 0.7
# Larger groups are maps and drawings.
LARGEST_PX = (1150, 800)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hand:
    """A region of handwriting: its box, and how sure."""

    box: Box
    confidence: float


def is_odd(shape: Shape, unit: float) -> bool:
    """Tell whether a piece is larger than type and runs like a pen."""
    width, height = shape.box.width, shape.box.height
    if height < _HIGH * unit and (width < _WIDE * unit or height < unit):
        return False
    if width < _NARROW * unit and height < _NARROW_HIGH * unit:
        return False
    if height > _HIGHEST * unit or is_circle(shape, unit):
        return False
    if shape.density > _MAX_DENSITY or shape.solidity > _MAX_SOLIDITY or shape.short <= _STRAIGHT * shape.long:
        return False
    if shape.runs > _MAX_RUNS:
        return False
    return shape.ruled <= _MAX_RULED and not is_hole(shape, unit) and not is_ruled(shape, unit)


def is_circle(shape: Shape, unit: float) -> bool:
    """Tell whether a piece is a small printed circle, as round the numbers on a map."""
    aspect = shape.box.width / shape.box.height
    return shape.box.height <= _CIRCLE * unit and 0.88 <= aspect <= 1.14 and shape.rim >= 0.9


def is_ruled(shape: Shape, unit: float) -> bool:
    """Tell whether a piece is a long straight stroke with what it touches: a strike, a fold, a rule."""
    return shape.long >= _LONG_STROKE * unit and shape.spanned


def is_hole(shape: Shape, unit: float) -> bool:
    """Tell whether a piece is the shadow of a punched hole."""
    return shape.thickness >= _HOLE_THICKNESS * unit and shape.mirrored >= _MAX_MIRRORED


def hands_of(frame: Frame, loose: Loose, taken: Sequence[Box]) -> tuple[Hand, ...]:
    """Find the handwriting among the loose pieces; ``taken`` are the places of stamps."""
    boxes = frame.pieces.boxes
    large = loose.numbers[
        (boxes[loose.numbers, 3] >= _HIGH * loose.unit)
        | ((boxes[loose.numbers, 2] >= _WIDE * loose.unit) & (boxes[loose.numbers, 3] >= loose.unit))
    ]
    drawn = _near_lines(frame, large, loose)
    odd = [
        int(number)
        for number, is_drawn in zip(large, drawn, strict=True)
        if not is_drawn and loose.covered[number] <= _MAX_COVERED and _is_hand(frame, int(number), loose.unit)
    ]
    groups = groups_of(frame, np.array(odd, dtype=np.int64), unit=loose.unit)
    hands = [Hand(box=_with_small(frame, group.box, loose), confidence=_SURE_HAND) for group in groups]
    hands += [
        Hand(box=shape.box, confidence=_CROSSING_HAND)
        for shape in _running_out(frame, loose)
        if not _is_hatched(shape, loose)
    ]
    return tuple(
        hand
        for hand in hands
        if hand.box.width <= LARGEST_PX[0]
        and hand.box.height <= LARGEST_PX[1]
        and not any(hand.box.share_inside(box) >= 0.5 for box in taken)
    )


def _is_hand(frame: Frame, number: int, unit: float) -> bool:
    """Tell whether a piece runs like a pen, and is not the torn rim of a hole near the head."""
    shape = shape_of(frame, number)
    if shape.box.bottom <= _HOLES_SHARE * frame.height and shape.thickness >= _HOLE_THICKNESS * unit:
        return False
    return is_odd(shape, unit)


def _with_small(frame: Frame, box: Box, loose: Loose) -> Box:
    """Grow a region by the small loose pieces close to it: the low letters and dots of the same hand."""
    boxes = frame.pieces.boxes[loose.numbers].astype(np.int64)
    small = (
        (boxes[:, 2] <= 3 * loose.unit)
        & (boxes[:, 3] <= 3 * loose.unit)
        & (boxes[:, 2:4].max(axis=1) >= 0.2 * loose.unit)
    )
    boxes = boxes[small]
    for _ in range(_GROWTHS):
        near = box.grow(round(_NEAR * loose.unit))
        inside = (
            (boxes[:, 0] < near.right)
            & (boxes[:, 0] + boxes[:, 2] > near.left)
            & (boxes[:, 1] < near.bottom)
            & (boxes[:, 1] + boxes[:, 3] > near.top)
        )
        if not inside.any():
            break
        ends = boxes[inside, :2] + boxes[inside, 2:4]
        left, top = boxes[inside, :2].min(axis=0).tolist()
        right, bottom = ends.max(axis=0).tolist()
        box = Box.around((box, Box(left=left, top=top, right=right, bottom=bottom)))
    return box


def _near_lines(frame: Frame, numbers: Integers, loose: Loose) -> NDArray[np.bool_]:
    """Tell which pieces lie among the lines of a map, a table or a drawing."""
    lines = _lines(frame, loose)
    reach = round(_BESIDE * loose.unit)
    own = frame.pieces.boxes[numbers].astype(np.int64)
    beside = ((own[:, :1] - reach) < lines[:, 0] + lines[:, 2]) & ((own[:, :1] + own[:, 2:3] + reach) > lines[:, 0])
    level = ((own[:, 1:2] - reach) < lines[:, 1] + lines[:, 3]) & ((own[:, 1:2] + own[:, 3:4] + reach) > lines[:, 1])
    near: NDArray[np.bool_] = (beside & level).sum(axis=1) >= _FEWEST_LINES
    return near


def _lines(frame: Frame, loose: Loose) -> Integers:
    """Return the boxes of the lines on a page: level, upright and slanting ones, that are no strokes of hatching."""
    boxes = frame.pieces.boxes.astype(np.int64)
    longer, shorter = np.maximum(boxes[:, 2], boxes[:, 3]), np.minimum(boxes[:, 2], boxes[:, 3])
    is_line = (longer >= _LONG_LINE * loose.unit) & (shorter <= 0.4 * loose.unit) & ~loose.typed
    huge = (longer >= 2 * _LONG_LINE * loose.unit) & (boxes[:, 4] <= _MAX_LINE_DENSITY * boxes[:, 2] * boxes[:, 3])
    is_line |= huge & ~loose.typed
    slanting = loose.numbers[(longer[loose.numbers] >= _LONG_LINE * loose.unit) & ~is_line[loose.numbers]]
    for number in slanting:
        shape = shape_of(frame, int(number))
        is_line[number] = shape.short <= _STRAIGHT * shape.long or shape.spanned
    is_line[0] = False
    is_line[loose.touching] = False
    return boxes[is_line]


def _is_hatched(shape: Shape, loose: Loose) -> bool:
    """Tell whether a shape lies in hatching."""
    box = shape.box
    return bool(in_hatching(np.array([[box.left, box.top, box.width, box.height, 0]]), loose.strokes)[0])


def _running_out(frame: Frame, loose: Loose) -> Iterator[Shape]:
    """Yield what runs like a pen out of known marks: the part of each piece that lies outside."""
    for number in loose.touching:
        box, ink = pixels_of(frame, int(number))
        outside = ink.copy()
        for mark in loose.known:
            inner = mark.grow(_RIM_PX).intersect(box).shift(x=-box.left, y=-box.top)
            outside[inner.top : max(inner.top, inner.bottom), inner.left : max(inner.left, inner.right)] = False
        labels, parts = connected(outside)
        for left, top, width, height, _ in parts[1:].tolist():
            if height < _HIGH * loose.unit or width > LARGEST_PX[0]:
                continue
            part = Box(left=left, top=top, right=left + width, bottom=top + height)
            own = labels[top : top + height, left : left + width]
            values, counts = np.unique(own[own > 0], return_counts=True)
            shape = Shape(
                box=part.shift(x=box.left, y=box.top), ink=np.ascontiguousarray(own == values[int(np.argmax(counts))])
            )
            if is_odd(shape, loose.unit):
                yield shape
