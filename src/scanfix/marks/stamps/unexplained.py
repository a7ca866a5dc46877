"""Where a page has letters that its running text does not explain, and at what angle they lie.

A stamp that nobody could read on the page, askew, upright, upside down or worn, leaves letter-sized pieces of ink
outside all words that were read well. They are gathered in heaps, and the angle at which a heap falls into rows is
that of its stamp.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.model.geometry import Box, Point
from scanfix.model.text import Line

# A word is explained when it was read that surely and has that many signs.
_SURE, _LEAST_SIGNS = 0.5, 2
# Letters of stamps are 0.055 to 0.15 inch high; worn ones break into pieces, flooded ones run together.
_LOWEST_PX, _TALLEST_PX, _WIDEST_PX, _LEAST_AREA_PX = 9, 75, 400, 25
# Heaps are found on a grid so coarse; letters and lines of one stamp lie at most 2 * 3.5 cells apart.
_CELL_PX, _REACH = 8, 7
# Fewer pieces are no line of a stamp; and only so many heaps are looked at, the largest first.
_LEAST_PIECES, _MOST_HEAPS = 8, 5
# More letters are a map's or a page that could not be read; a worn reviewer's stamp breaks into 200.
_MOST_PIECES = 400
# Level rows that near to the upper or lower edge are release banners, crisp enough to be read with the page.
_EDGE_SHARE, _LEVEL_DEG_AT_EDGE = 0.065, 2.0
_SHORTEST_PX = 110
# The angles at which stamps lie, and how finely they are found; all in degrees clockwise.
_LEVEL_DEG = np.arange(-20.0, 20.1, 1.0)
_UPRIGHT_DEG = _LEVEL_DEG + 90.0
_FINE_DEG = np.arange(-1.0, 1.01, 0.25)
_MOST_POINTS = 2500
_BIN_PX = 3
_RIVAL = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Letters that nothing explains: corners of the turned rectangle around them, how many, lying at what angle."""

    corners: tuple[Point, ...]
    pieces: int
    angle_deg: float


def heaps_of(frame: Frame, lines: Sequence[Line]) -> tuple[Heap, ...]:
    """Find the heaps of letters that no word explains, the largest first."""
    boxes = frame.pieces.boxes
    rest = _letters(boxes) & ~_explained(frame, boxes, lines)
    rest[0] = False
    numbers = np.flatnonzero(rest)
    found = (_heap(frame, numbers[group]) for group in _grouped(boxes[numbers], frame))
    heaps = islice((heap for heap in found if heap), _MOST_HEAPS)
    return tuple(one for heap in heaps for one in heap if not _is_at_edge(one, frame))


def _letters(boxes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which pieces have a letter's size."""
    width, height, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    is_high: NDArray[np.bool_] = (height >= _LOWEST_PX) & (height <= _TALLEST_PX)
    # Letters of stamps that stand upright are as wide as others are high.
    lies: NDArray[np.bool_] = (width >= _LOWEST_PX) & (width <= _TALLEST_PX) & (height <= _WIDEST_PX)
    return ((is_high & (width <= _WIDEST_PX)) | lies) & (area >= _LEAST_AREA_PX)


def _explained(frame: Frame, boxes: NDArray[np.int32], lines: Sequence[Line]) -> NDArray[np.bool_]:
    """Tell which pieces lie in words that were read well."""
    cover = np.zeros((frame.height // _CELL_PX + 2, frame.width // _CELL_PX + 2), np.bool_)
    for line in lines:
        for word in line.words:
            if word.confidence >= _SURE and sum(sign.isalnum() for sign in word.text) >= _LEAST_SIGNS:
                left, top, right, bottom = (max(0, round(edge / _CELL_PX)) for edge in word.box.edges)
                cover[top : bottom + 1, left : right + 1] = True
    rows = np.minimum((boxes[:, 1] + boxes[:, 3] // 2) // _CELL_PX, cover.shape[0] - 1)
    columns = np.minimum((boxes[:, 0] + boxes[:, 2] // 2) // _CELL_PX, cover.shape[1] - 1)
    covered: NDArray[np.bool_] = cover[rows, columns]
    return covered


def _grouped(boxes: NDArray[np.int32], frame: Frame) -> list[NDArray[np.intp]]:
    """Gather pieces that lie near each other, the largest group first."""
    grid = np.zeros((frame.height // _CELL_PX + 2, frame.width // _CELL_PX + 2), np.uint8)
    rows = (boxes[:, 1] + boxes[:, 3] // 2) // _CELL_PX
    columns = (boxes[:, 0] + boxes[:, 2] // 2) // _CELL_PX
    grid[rows, columns] = 1
    near = cv2.dilate(grid, np.ones((_REACH, _REACH), np.uint8))
    _, labels = cv2.connectedComponents(near)
    label = labels[rows, columns]
    counts = np.bincount(label) if label.size else np.zeros(0, np.int64)
    order = [
        number
        for number in np.argsort(-counts, kind="stable").tolist()
        if _LEAST_PIECES <= counts[number] <= _MOST_PIECES
    ]
    return [np.flatnonzero(label == number) for number in order]


def _heap(frame: Frame, numbers: NDArray[np.intp]) -> tuple[Heap, ...]:
    """Find the angle of a group of pieces, or two where both are likely; none where it is too small for a line."""
    boxes = frame.pieces.boxes[numbers]
    left, top = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    right, bottom = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    if max(right - left, bottom - top) < _SHORTEST_PX:
        return ()
    points = _points(frame, Box(left=left, top=top, right=right, bottom=bottom), numbers)
    return tuple(
        Heap(corners=_corners(points, angle), pieces=len(numbers), angle_deg=angle) for angle in likely_angles(points)
    )


def _is_at_edge(heap: Heap, frame: Frame) -> bool:
    """Tell whether a heap is a level row at the upper or lower edge of the page."""
    ys = [y for _, y in heap.corners]
    reach = _EDGE_SHARE * frame.height
    is_near = max(ys) < reach or min(ys) > frame.height - reach
    return is_near and abs(heap.angle_deg) < _LEVEL_DEG_AT_EDGE


def _points(frame: Frame, box: Box, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
    """Take some of the ink of the pieces: (points, 2), x and y."""
    chosen = np.zeros(len(frame.pieces.boxes), np.bool_)
    chosen[numbers] = True
    window: Mask = chosen[frame.pieces.labels[box.top : box.bottom, box.left : box.right]]
    rows, columns = np.nonzero(window)
    step = max(1, rows.size // _MOST_POINTS)
    return np.column_stack([columns[::step] + box.left, rows[::step] + box.top]).astype(np.float64)


def likely_angles(points: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the angle at which ink falls into rows most sharply, in degrees clockwise, and a rival across it.

    Notes
    -----
    The angle whose projection profile steps most (Postl 1986). The left edge of a worn stamp may step as much as its
    lines, so that the best level and the best upright angle are both given where one is not clearly better.
    """
    best = [_sharpest(points, angles) for angles in (_LEVEL_DEG, _UPRIGHT_DEG)]
    clear = max(sharpness for sharpness, _ in best) * _RIVAL
    return tuple(angle for sharpness, angle in best if sharpness >= clear)


def sharpest_near(points: NDArray[np.float64], angle_deg: float, *, reach_deg: float) -> float:
    """Return the angle near another one at which ink falls into rows most sharply, in degrees clockwise."""
    step = max(1, len(points) // _MOST_POINTS)
    return _sharpest(points[::step], np.arange(angle_deg - reach_deg, angle_deg + reach_deg + 0.01, 0.5))[1]


def _sharpest(points: NDArray[np.float64], angles: NDArray[np.float64]) -> tuple[float, float]:
    """Find the sharpest of some angles, first coarsely, then finely: how sharp, and the angle."""
    coarse = angles[int(np.argmax([_sharpness(points, angle) for angle in angles]))]
    return max((_sharpness(points, angle), float(angle)) for angle in coarse + _FINE_DEG)


def _sharpness(points: NDArray[np.float64], angle_deg: float) -> float:
    """Return the sum of squared steps of the profile of ink across rows at an angle."""
    turn = np.deg2rad(angle_deg)
    rows = points[:, 1] * np.cos(turn) - points[:, 0] * np.sin(turn)
    profile = np.bincount(((rows - rows.min()) / _BIN_PX).astype(np.int64)).astype(np.float64)
    steps = np.diff(profile, prepend=0.0, append=0.0)
    return float((steps * steps).sum())


def _corners(points: NDArray[np.float64], angle_deg: float) -> tuple[Point, ...]:
    """Return the corners of the rectangle around points that lies at an angle."""
    turn = np.deg2rad(angle_deg)
    across = points[:, 0] * np.cos(turn) + points[:, 1] * np.sin(turn)
    down = points[:, 1] * np.cos(turn) - points[:, 0] * np.sin(turn)
    ends = [(a, d) for d in (down.min(), down.max()) for a in (across.min(), across.max())]
    return tuple(
        (float(a * np.cos(turn) - d * np.sin(turn)), float(a * np.sin(turn) + d * np.cos(turn))) for a, d in ends
    )
