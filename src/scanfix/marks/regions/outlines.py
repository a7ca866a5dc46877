"""Outlines: boxes, rings and ovals that a stamp or a seal draws round its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from scanfix.images import connected
from scanfix.marks.frame import Frame
from scanfix.marks.regions.frames import rectangles_of
from scanfix.marks.regions.groups import Group
from scanfix.marks.regions.loose import LARGEST_PX, Loose
from scanfix.marks.regions.rings import Ring, ring_of
from scanfix.marks.regions.shapes import Shape, shape_of
from scanfix.model.geometry import Box, Quad

# The smallest outlines seen, in heights of words: daters and library stamps of half an inch; circles drawn round page
# numbers are smaller.
_LEAST = 3.0
_LEAST_LONG = 5.0
# Gaps of a broken outline are closed to this width, in pixels.
_CLOSED_PX = 13
# Shares of directions, and of the weakest side, along which ink must run.
_RIM = 0.8
_BORDER = 0.72
_ROUND = 1.2
_MAX_ASPECT = 2.6
# Punched holes and blots are all ink.
_DISC = 0.9
# Ovals that are broken or crossed: between these sizes, in heights of words and pixels (two inches and a third), with
# so many pieces of letters in them, off the rim; a ring without a gap needs none. Loops of a pen and large letters have
# none.
_LEAST_RING = 2.4
LARGEST_ROUND_PX = 700
_LETTERS = 5
_INSIDE = 0.88
_LETTER = (0.3, 1.9)
_WHOLE = 0.95

Form = Literal["round", "oval", "box"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """An outline: its form, the box around it, its corners where it is turned, its longer side, and how sure."""

    form: Form
    box: Box
    quad: Quad | None
    long_px: float
    confidence: float


def outlines_of(frame: Frame, loose: Loose, groups: Sequence[Group]) -> tuple[Outline, ...]:
    """Find the outlines among the groups of a page, larger ones first; none lies in another."""
    shapes: dict[tuple[Box, int], Shape] = {}
    for number in loose.touching:
        shape = shape_of(frame, int(number))
        shapes.setdefault((shape.box, shape.area), shape)
    for group in groups:
        for shape in _shapes(frame, group, loose.unit):
            # A piece, its group and its parts are often the same.
            shapes.setdefault((shape.box, shape.area), shape)
    found = [outline for shape in shapes.values() if (outline := _outline(frame, loose, shape)) is not None]
    found += [
        Outline(
            form="box",
            box=rectangle.quad.box,
            quad=rectangle.quad,
            long_px=float(max(rectangle.quad.box.width, rectangle.quad.box.height)),
            confidence=rectangle.share,
        )
        for rectangle in rectangles_of(frame, loose)
    ]
    found.sort(key=lambda outline: -outline.box.area)
    kept: list[Outline] = []
    for outline in found:
        if not any(outline.box.share_inside(other.box) >= 0.5 for other in kept):
            kept.append(outline)
    return tuple(kept)


def _outline(frame: Frame, loose: Loose, shape: Shape) -> Outline | None:
    """Make an outline of a shape, whole or broken."""
    outline = outline_of(shape, unit=loose.unit)
    if outline is not None or min(shape.box.width, shape.box.height) < _LEAST_RING * loose.unit:
        return outline
    if max(shape.box.width, shape.box.height) > 2 * LARGEST_ROUND_PX or shape.solidity >= _DISC:
        return None
    ring = ring_of(shape, least_px=_LEAST_RING * loose.unit, most_px=LARGEST_ROUND_PX)
    if ring is None or not _holds(frame, loose, ring):
        return None
    form: Form = "round" if ring.aspect <= _ROUND else "oval"
    long_px = max(ring.box.width, ring.box.height)
    return Outline(form=form, box=ring.box, quad=None, long_px=long_px, confidence=ring.share)


def _holds(frame: Frame, loose: Loose, ring: Ring) -> bool:
    """Tell whether a ring has letters in it, or is whole."""
    is_whole = ring.aspect <= _ROUND and ring.share >= _WHOLE and ring.box.width >= _LEAST_LONG * loose.unit
    return is_whole or has_letters(frame, loose, ring.box)


def has_letters(frame: Frame, loose: Loose, box: Box) -> bool:
    """Tell whether letters stand in the ellipse of a box."""
    boxes = frame.pieces.boxes.astype(np.int64)
    x, y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    inside = np.hypot((x - middle_x) / (box.width / 2), (y - middle_y) / (box.height / 2)) <= _INSIDE
    size = np.maximum(boxes[:, 2], boxes[:, 3])
    low, high = _LETTER
    inside &= (size >= low * loose.unit) & (size <= high * loose.unit) & ~loose.typed
    return int(np.count_nonzero(inside)) >= _LETTERS


def outline_of(shape: Shape, *, unit: float) -> Outline | None:
    """Tell whether ink runs round something."""
    if min(shape.box.width, shape.box.height) < _LEAST * unit or shape.long < _LEAST_LONG * unit:
        return None
    if shape.short < _LEAST * unit or shape.box.width > LARGEST_PX[0] or shape.box.height > LARGEST_PX[1]:
        return None
    aspect = shape.box.width / shape.box.height
    if 1 / _MAX_ASPECT <= aspect <= _MAX_ASPECT and shape.rim >= _RIM:
        if shape.solidity >= _DISC:
            return None
        is_round = 1 / _ROUND <= aspect <= _ROUND
        form: Form = "round" if is_round else "oval"
        return Outline(form=form, box=shape.box, quad=None, long_px=shape.long, confidence=shape.rim)
    if shape.border >= _BORDER:
        return Outline(form="box", box=shape.box, quad=shape.quad, long_px=shape.long, confidence=shape.border)
    return None


def _shapes(frame: Frame, group: Group, unit: float) -> Iterator[Shape]:
    """Yield the large pieces of a group, and its ink with broken outlines closed."""
    if min(group.box.width, group.box.height) < _LEAST_RING * unit:
        return
    boxes = frame.pieces.boxes
    for number in group.numbers:
        if min(boxes[number, 2], boxes[number, 3]) >= _LEAST_RING * unit:
            yield shape_of(frame, int(number))
    own = np.zeros(len(boxes), np.uint8)
    own[group.numbers] = 1
    box = group.box
    ink = own[frame.pieces.labels[box.top : box.bottom, box.left : box.right]]
    yield _trimmed(ink > 0, box.left, box.top)
    closed = cv2.dilate(ink, np.ones((_CLOSED_PX, _CLOSED_PX), np.uint8)).astype(np.uint8, copy=False)
    labels, parts = connected(closed)
    for number in range(1, len(parts)):
        left, top, width, height = (int(value) for value in parts[number, :4])
        if min(width, height) >= _LEAST_RING * unit:
            part = labels[top : top + height, left : left + width] == number
            yield _trimmed((ink[top : top + height, left : left + width] > 0) & part, box.left + left, box.top + top)


def _trimmed(ink: np.ndarray, left: int, top: int) -> Shape:
    """Make a shape of ink, without empty rows and columns around it."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    first, last, start, end = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    box = Box(left=left + start, top=top + first, right=left + end, bottom=top + last)
    return Shape(box=box, ink=np.ascontiguousarray(ink[first:last, start:end]))
