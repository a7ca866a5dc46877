"""Rows of print at any small angle, or upright: how the lines of a stamp lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanfix.marks.frame import Frame
from scanfix.marks.regions.loose import Integers
from scanfix.model.geometry import Affine, Box, Quad

Floats = NDArray[np.float64]

# Letters of stamps, in heights of typed words.
_LETTER = (0.35, 1.9)
# Letters of one row differ in height by a quarter at most, and stand at most so far apart, in their heights.
_ALIKE = 0.28
_APART = 2.6
_FEWEST = 4
# Middles of the letters of a row lie within that share of their height on a line.
_OFF_LINE = 0.3
# Upright rows among other ink: more letters, none of them a fragment, and close: typed lines stand 1.7 apart and more.
_FEWEST_UPRIGHT = 5
_SURE_LETTER = 0.5
_CLOSE = 1.3
_TURNS_DEG = np.concatenate([np.arange(-25.0, 25.1, 0.5), np.arange(65.0, 115.1, 0.5)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A row of letters: their pieces, in reading order, and the angle of the row in degrees, clockwise."""

    numbers: Integers
    angle_deg: float
    quad: Quad
    height: float

    @property
    def length(self) -> float:
        """Length along the row, in pixels."""
        (x, y), (right, down), _, _ = self.quad.corners
        return float(np.hypot(right - x, down - y))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Print:
    """The rows of a piece of print, from the top in its own reading direction."""

    rows: tuple[Row, ...]
    angle_deg: float

    @property
    def rise(self) -> float:
        """How far the longest row rises or falls, in heights of its letters; large for upright print."""
        return float(max(abs(np.sin(np.radians(row.angle_deg))) * row.length / row.height for row in self.rows))

    @property
    def numbers(self) -> Integers:
        """All letters."""
        return np.concatenate([row.numbers for row in self.rows])

    @property
    def quad(self) -> Quad:
        """The turned rectangle around the rows."""
        turn = np.radians(self.angle_deg)
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        points = [point for row in self.rows for point in row.quad.corners]
        along, down = [x * cos + y * sin for x, y in points], [-x * sin + y * cos for x, y in points]
        return turned_quad(min(along), min(down), max(along), max(down), self.angle_deg)

    @property
    def box(self) -> Box:
        """The upright box around the rows."""
        return Box.around(row.quad.box for row in self.rows)


def print_of(frame: Frame, numbers: Integers, *, unit: float, turns_deg: Floats = _TURNS_DEG) -> Print | None:
    """Look for rows of letters among pieces; ``None`` where there are none.

    The angle is the one at which the middles of the letters crowd most (projection profile).
    """
    boxes = frame.pieces.boxes[numbers].astype(np.float64)
    low, high = _LETTER[0] * unit, _LETTER[1] * unit
    size = np.maximum(boxes[:, 2], boxes[:, 3])
    is_letter = (size >= low) & (size <= high) & (boxes[:, 4] <= 0.85 * boxes[:, 2] * boxes[:, 3])
    letters = numbers[is_letter]
    if len(letters) < _FEWEST:
        return None
    boxes = boxes[is_letter]
    middles = np.stack([boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2], axis=1)
    height = float(np.median(size[is_letter]))
    angle = best_angle(middles, spacing=max(3.0, 0.22 * height), turns_deg=turns_deg)
    rows = _rows(frame, letters, middles, angle)
    if rows:
        angle += _slope_deg(rows, letters, middles, angle)
        rows = _rows(frame, letters, middles, angle)
    return Print(rows=rows, angle_deg=angle) if rows else None


def upright_rows(frame: Frame, numbers: Integers, *, unit: float) -> tuple[Row, ...]:
    """Return the upright rows among pieces that lie in all directions, their letters close together."""
    boxes = frame.pieces.boxes[numbers].astype(np.float64)
    size = np.maximum(boxes[:, 2], boxes[:, 3])
    letters = numbers[(size >= _SURE_LETTER * unit) & (size <= _LETTER[1] * unit)]
    if len(letters) < _FEWEST_UPRIGHT:
        return ()
    boxes = frame.pieces.boxes[letters].astype(np.float64)
    middles = np.stack([boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2], axis=1)
    rows = _rows(frame, letters, middles, 90.0)
    return tuple(row for row in rows if len(row.numbers) >= _FEWEST_UPRIGHT and _is_close(frame, row))


def _is_close(frame: Frame, row: Row) -> bool:
    """Tell whether the letters of an upright row stand as close as in a word; columns of typed lines do not."""
    boxes = frame.pieces.boxes[row.numbers].astype(np.float64)
    middles = np.sort(boxes[:, 1] + boxes[:, 3] / 2)
    return bool(np.median(np.diff(middles)) <= _CLOSE * row.height)


def best_angle(points: Floats, *, spacing: float, turns_deg: Floats) -> float:
    """Return the angle, in degrees clockwise, of the lines on which points crowd most."""
    turns = np.radians(turns_deg)
    down = points[:, :1] * -np.sin(turns) + points[:, 1:] * np.cos(turns)
    down -= down.min(axis=0)
    bins = (down / spacing).astype(np.int64)
    counts = np.zeros((int(bins.max()) + 2, len(turns)))
    np.add.at(counts, (bins, np.broadcast_to(np.arange(len(turns)), bins.shape)), 1.0)
    # Two bins together, so that a row on the border of two counts as one.
    crowded = ((counts[:-1] + counts[1:]) ** 2).sum(axis=0)
    best = crowded.max()
    # Of equally good angles the middle one.
    return float(np.median(turns_deg[crowded >= 0.98 * best]))


def _rows(frame: Frame, letters: Integers, middles: Floats, angle_deg: float) -> tuple[Row, ...]:
    """Cut letters into rows at an angle."""
    turn = np.radians(angle_deg)
    along = middles[:, 0] * np.cos(turn) + middles[:, 1] * np.sin(turn)
    down = -middles[:, 0] * np.sin(turn) + middles[:, 1] * np.cos(turn)
    boxes = frame.pieces.boxes[letters].astype(np.float64)
    heights = boxes[:, 3] if abs(angle_deg) < 45 else boxes[:, 2]
    found: list[Row] = []
    free = np.ones(len(letters), dtype=bool)
    for seed in np.argsort(down):
        if not free[seed]:
            continue
        near = np.abs(down - down[seed]) <= 0.5 * heights[seed]
        near = np.flatnonzero(free & near)
        line = float(np.median(down[near]))
        height = float(np.median(heights[near]))
        fits = near[
            (np.abs(down[near] - line) <= _OFF_LINE * height) & (np.abs(heights[near] - height) <= _ALIKE * height)
        ]
        for run in _runs(fits[np.argsort(along[fits])], along, apart=_APART * height):
            if len(run) >= _FEWEST:
                free[run] = False
                found.append(_row(boxes[run], letters[run], angle_deg))
    return tuple(found)


def _slope_deg(rows: Sequence[Row], letters: Integers, middles: Floats, angle_deg: float) -> float:
    """Return how far the rows rise against their angle: the slope of the least squares through all of them."""
    turn = np.radians(angle_deg)
    along = middles[:, 0] * np.cos(turn) + middles[:, 1] * np.sin(turn)
    down = -middles[:, 0] * np.sin(turn) + middles[:, 1] * np.cos(turn)
    both = squares = 0.0
    for row in rows:
        own = np.isin(letters, row.numbers)
        x, y = along[own] - along[own].mean(), down[own] - down[own].mean()
        both, squares = both + float(x @ y), squares + float(x @ x)
    return float(np.degrees(np.arctan2(both, squares)))


def _runs(order: Integers, along: Floats, *, apart: float) -> Sequence[Integers]:
    """Cut letters in order where they stand too far apart."""
    if not len(order):
        return ()
    gaps = np.flatnonzero(np.diff(along[order]) > apart) + 1
    return np.split(order, gaps)


def _row(boxes: Floats, numbers: Integers, angle_deg: float) -> Row:
    """Make a row of letters: its corners at its angle."""
    turn = np.radians(angle_deg)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    # The middles of letters are sure; the corners of upright boxes reach out of a turned row.
    x, y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    along, down = x * cos + y * sin, -x * sin + y * cos
    upright = abs(angle_deg) >= 45
    height = float(np.median(boxes[:, 2] if upright else boxes[:, 3]))
    width = float(np.median(boxes[:, 3] if upright else boxes[:, 2]))
    left, right = along.min() - width / 2 - 2, along.max() + width / 2 + 2
    top, bottom = float(np.median(down)) - height / 2 - 2, float(np.median(down)) + height / 2 + 2
    quad = turned_quad(left, top, right, bottom, angle_deg)
    return Row(numbers=numbers, angle_deg=angle_deg, quad=quad, height=height)


def turned_quad(left: float, top: float, right: float, bottom: float, angle_deg: float) -> Quad:
    """Return a rectangle whose edges are given along and across a direction, in degrees clockwise."""
    turn = np.radians(angle_deg)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    back = Affine(a=cos, b=-sin, c=0.0, d=sin, e=cos, f=0.0)
    return Quad(
        corners=(back.point(left, top), back.point(right, top), back.point(right, bottom), back.point(left, bottom))
    )
