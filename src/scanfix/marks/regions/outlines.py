"""Outlines: boxes, rings and ovals that a stamp or a seal draws round its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from scanfix.images import connected
from scanfix.marks.frame import Frame
from scanfix.marks.regions.groups import Group
from scanfix.marks.regions.loose import LARGEST_PX, Loose
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

Form = Literal["round", "oval", "box"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """An outline: its form, its box, its corners, and how sure."""

    form: Form
    shape: Shape
    confidence: float

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.shape.box

    @property
    def quad(self) -> Quad:
        """Its corners, those of the turned rectangle for a box."""
        return self.shape.quad


def outlines_of(frame: Frame, loose: Loose, groups: Sequence[Group]) -> tuple[Outline, ...]:
    """Find the outlines among the groups of a page, larger ones first; none lies in another."""
    found = [
        outline
        for number in loose.touching
        if (outline := outline_of(shape_of(frame, int(number)), unit=loose.unit)) is not None
    ]
    for group in groups:
        for shape in _shapes(frame, group, loose.unit):
            outline = outline_of(shape, unit=loose.unit)
            if outline is not None:
                found.append(outline)
    found.sort(key=lambda outline: -outline.box.area)
    kept: list[Outline] = []
    for outline in found:
        if not any(outline.box.share_inside(other.box) >= 0.5 for other in kept):
            kept.append(outline)
    return tuple(kept)


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
        return Outline(form="round" if is_round else "oval", shape=shape, confidence=shape.rim)
    if shape.border >= _BORDER:
        return Outline(form="box", shape=shape, confidence=shape.border)
    return None


def _shapes(frame: Frame, group: Group, unit: float) -> Iterator[Shape]:
    """Yield the large pieces of a group, and its ink with broken outlines closed."""
    if max(group.box.width, group.box.height) < _LEAST_LONG * unit:
        return
    boxes = frame.pieces.boxes
    for number in group.numbers:
        if min(boxes[number, 2], boxes[number, 3]) >= _LEAST * unit:
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
        if min(width, height) >= _LEAST * unit:
            part = labels[top : top + height, left : left + width] == number
            yield _trimmed((ink[top : top + height, left : left + width] > 0) & part, box.left + left, box.top + top)


def _trimmed(ink: np.ndarray, left: int, top: int) -> Shape:
    """Make a shape of ink, without empty rows and columns around it."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    first, last, start, end = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    box = Box(left=left + start, top=top + first, right=left + end, bottom=top + last)
    return Shape(box=box, ink=np.ascontiguousarray(ink[first:last, start:end]))
