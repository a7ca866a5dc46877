"""Frames of stamps that type, handwriting or another stamp touch: four straight sides, found among straight strokes.

Straight strokes by the progressive probabilistic Hough transform (Matas, Galambos and Kittler 2000).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.marks.frame import Frame
from scanfix.marks.regions.loose import Loose
from scanfix.model.geometry import Quad

Floats = NDArray[np.float64]

# Strokes are sought at a quarter of the page's size.
_STEP = 4
# Sides of a frame: the shorter and the longer at least so many heights of words, the longer at most so many pixels.
_SHORT, _LONG = 2.4, 5.0
_MOST_PX = 820
# Letters are compact and between these sizes, in heights of words; strokes and the dots of worn ones are not.
_LETTER = (0.35, 1.5)
_COMPACT = 3.0
# A stroke needs so many points; gaps in it are bridged, both in cells of the quarter.
_VOTES = 22
_GAP = 5
# Strokes of one side lie this near each other, in cells and degrees.
_SAME = 2.5
_SAME_DEG = 3.0
_MOST_STROKES = 50
# Ends of two sides meet that near, in heights of words.
_MEETS = 1.0
# Shares of the weakest side, and of all, along which ink runs; and how much more than just outside the frame, in cells.
_WEAKEST = 0.55
_ALL = 0.75
_OUTSIDE = 7.0
# Frames bend and are cut by hand: an end of a side gives way by so many cells.
_GIVES = (-3.0, -1.5, 0.0, 1.5, 3.0)
_CLEARER = 0.35


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rectangle:
    """A frame: its corners, and the share of its sides that has ink."""

    quad: Quad
    share: float


def rectangles_of(frame: Frame, loose: Loose) -> tuple[Rectangle, ...]:
    """Find the frames of a page, the surest first; none lies in another."""
    plan = _plan(frame, loose)
    strokes = _strokes(plan, loose.unit / _STEP)
    wide = cv2.dilate(plan, np.ones((3, 3), np.uint8)) > 0
    found = [
        Rectangle(quad=_quad(corners), share=share)
        for corners in _corners(strokes, loose.unit / _STEP)
        if (share := _share(wide, corners)) > 0
    ]
    found.sort(key=lambda rectangle: -rectangle.share * rectangle.quad.box.area**0.5)
    kept: list[Rectangle] = []
    for rectangle in found:
        box = rectangle.quad.box
        if not any(max(box.share_inside(other.quad.box), box.iou(other.quad.box)) >= 0.5 for other in kept):
            kept.append(rectangle)
    return tuple(kept)


def _plan(frame: Frame, loose: Loose) -> NDArray[np.uint8]:
    """Draw the loose ink that is no letter, at a quarter of its size."""
    boxes = frame.pieces.boxes.astype(np.int64)
    longer, shorter = np.maximum(boxes[:, 2], boxes[:, 3]), np.minimum(boxes[:, 2], boxes[:, 3])
    is_letter = (
        (longer >= _LETTER[0] * loose.unit) & (longer <= _LETTER[1] * loose.unit) & (longer < _COMPACT * shorter)
    )
    plan = np.zeros((frame.height // _STEP + 1, frame.width // _STEP + 1), np.uint8)
    numbers = np.concatenate([loose.numbers, loose.touching])
    for number in numbers[~is_letter[numbers]].tolist():
        left, top, width, height = boxes[number, :4].tolist()
        rows, columns = np.nonzero(frame.pieces.labels[top : top + height, left : left + width] == number)
        plan[(rows + top) // _STEP, (columns + left) // _STEP] = 1
    return plan


def _strokes(plan: NDArray[np.uint8], unit: float) -> Floats:
    """Return the straight strokes, longest first: x and y of both ends in cells, shape (strokes, 4)."""
    lines = cv2.HoughLinesP(plan, 1, np.pi / 180, _VOTES, minLineLength=_SHORT * unit, maxLineGap=_GAP)
    if lines is None:
        return np.zeros((0, 4))
    ends = lines.reshape(-1, 4).astype(np.float64)
    ends = ends[np.argsort(-np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]), kind="stable")]
    kept: list[Floats] = []
    for stroke in ends:
        if len(kept) < _MOST_STROKES and not any(_is_one(stroke, other) for other in kept):
            kept.append(stroke)
    return np.array(kept)


def _is_one(stroke: Floats, other: Floats) -> bool:
    """Tell whether a stroke runs along a longer one, both ends beside it."""
    along = (other[2:] - other[:2]) / np.hypot(*(other[2:] - other[:2]))
    turned = np.array([-along[1], along[0]])
    ends = stroke.reshape(2, 2) - other[:2]
    length = float(np.hypot(*(other[2:] - other[:2])))
    places = ends @ along
    is_beside = bool((np.abs(ends @ turned) <= _SAME).all())
    return is_beside and bool((places >= -_SAME).all() and (places <= length + _SAME).all())


def _corners(strokes: Floats, unit: float) -> Iterator[Floats]:
    """Yield four corners for every two strokes that meet at a right angle, shape (4, 2), in cells."""
    for number, one in enumerate(strokes):
        for other in strokes[number + 1 :]:
            corner = _corner(one, other, unit)
            if corner is not None:
                yield corner


def _corner(one: Floats, other: Floats, unit: float) -> Floats | None:
    """Make a rectangle of two strokes that meet at a right angle, if they are of a stamp's size."""
    along, down = one[2:] - one[:2], other[2:] - other[:2]
    long, short = float(np.hypot(*along)), float(np.hypot(*down))
    if (
        long > _MOST_PX / _STEP
        or long < _LONG * unit
        or abs(along @ down) > np.sin(np.radians(_SAME_DEG)) * long * short
    ):
        return None
    ends, others = one.reshape(2, 2), other.reshape(2, 2)
    apart = np.hypot(*(ends[:, None] - others[None]).transpose(2, 0, 1))
    first, second = np.unravel_index(int(apart.argmin()), apart.shape)
    if apart[first, second] > _MEETS * unit:
        return None
    start = (ends[first] + others[second]) / 2
    along, down = ends[1 - first] - start, others[1 - second] - start
    return np.stack([start, start + along, start + along + down, start + down])


def _share(wide: NDArray[np.bool_], corners: Floats) -> float:
    """Return the share of the four sides that has ink, 0 where it is not a frame's."""
    sides = _supports(wide, corners)
    if sides.min() < _WEAKEST or sides.mean() < _ALL:
        return 0.0
    outer = corners + _OUTSIDE * np.sign(corners - corners.mean(axis=0))
    is_clearer = sides.mean() - _supports(wide, outer).mean() >= _CLEARER
    return float(sides.mean()) if is_clearer else 0.0


def _supports(wide: NDArray[np.bool_], corners: Floats) -> Floats:
    """Return the shares of four sides along which there is ink; the ends of each may give way a little."""
    found = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1.0, float(np.hypot(*(end - start))))
        turned = np.array([-along[1], along[0]])
        found.append(max(_support(wide, start + a * turned, end + b * turned) for a in _GIVES for b in _GIVES))
    return np.array(found)


def _support(wide: NDArray[np.bool_], start: Floats, end: Floats) -> float:
    """Return the share of a side along which there is ink."""
    steps = np.linspace(0.0, 1.0, max(2, round(float(np.hypot(*(end - start))))))[:, None]
    points = np.rint(start * (1 - steps) + end * steps).astype(np.int64)
    x, y = points[:, 0], points[:, 1]
    inside = (x >= 0) & (y >= 0) & (x < wide.shape[1]) & (y < wide.shape[0])
    return float(np.count_nonzero(wide[y[inside], x[inside]])) / len(points)


def _quad(corners: Floats) -> Quad:
    """Return the corners in the frame, clockwise from the one at the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    corners = corners[np.argsort(angles)] * _STEP
    first = int(np.argmin(corners.sum(axis=1)))
    one, two, three, four = ((float(x), float(y)) for x, y in np.maximum(0.0, np.roll(corners, -first, axis=0)))
    return Quad(corners=(one, two, three, four))
