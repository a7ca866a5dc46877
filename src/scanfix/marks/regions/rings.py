"""Rings and ovals that are broken, or that type and handwriting cross: an ellipse that enough of the outer ink bears.

Random sample consensus after Fischler and Bolles (1981), on five points at a time.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.marks.regions.shapes import Shape
from scanfix.model.geometry import Box

Floats = NDArray[np.float64]
# x and y of the middle, full axes, and angle in degrees, as OpenCV gives an ellipse.
Ellipse = tuple[float, float, float, float, float]

# Outer points are looked up at that many rows and columns.
_LOOKS = 40
# Of points of which six in ten lie on the oval, one sample in thirteen has all five there: a hundred surely hit.
_SAMPLES = 100
_POINTS = 5
# The same page gives the same ovals.
_SEED = 6
# A worn stamp bends: its ink lies that near its ellipse, in half-axes.
_OFF = 0.05
_MAX_ASPECT = 2.6
# The rim is looked at in that many directions; ink must stand in so many of them.
_DIRECTIONS = 60
_RIM = 0.6
# Just outside a ring is paper, outside an ellipse laid through writing there is more writing; a ring with gaps is
# believed only on clear paper.
_OUTSIDE = (1.07, 1.17)
_CLEARER = 0.4
_WORN_CLEARER = 0.55
_WHOLE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """An oval: the box around it, width by height of its axes (1 or more), and the share of its rim that has ink."""

    box: Box
    aspect: float
    share: float


def ring_of(shape: Shape, *, least_px: float, most_px: float) -> Ring | None:
    """Find the oval in a shape, its shorter axis at least ``least_px`` and its longer at most ``most_px``."""
    points = outer_points(shape)
    best = _sampled(points, least_px=least_px, most_px=most_px)
    if best is None:
        return None
    for _ in range(2):
        on_rim = np.abs(_radii(points, best) - 1.0) <= _OFF
        if np.count_nonzero(on_rim) < 2 * _POINTS:
            return None
        best = _fitted(points[on_rim])
        if not _fits(best, least_px=least_px, most_px=most_px):
            return None
    share, outside = _occupied(shape, best)
    if share < _RIM or share - outside < (_CLEARER if share >= _WHOLE else _WORN_CLEARER):
        return None
    return Ring(box=_box(best, shape.box), aspect=max(best[2:4]) / min(best[2:4]), share=share)


def outer_points(shape: Shape) -> Floats:
    """Return the first and last ink of some rows and columns, shape (points, 2), in pixels of the box."""
    ink = shape.ink
    height, width = ink.shape
    rows = np.unique(np.linspace(0, height - 1, _LOOKS).astype(np.int64))
    rows = rows[ink[rows].any(axis=1)]
    columns = np.unique(np.linspace(0, width - 1, _LOOKS).astype(np.int64))
    columns = columns[ink[:, columns].any(axis=0)]
    left, right = ink[rows].argmax(axis=1), width - 1 - ink[rows, ::-1].argmax(axis=1)
    top, bottom = ink[:, columns].argmax(axis=0), height - 1 - ink[::-1, columns].argmax(axis=0)
    return np.concatenate(
        [
            np.stack([left, rows], axis=1),
            np.stack([right, rows], axis=1),
            np.stack([columns, top], axis=1),
            np.stack([columns, bottom], axis=1),
        ]
    ).astype(np.float64)


def _sampled(points: Floats, *, least_px: float, most_px: float) -> Ellipse | None:
    """Return the ellipse through five points that bears most of the others."""
    chance = np.random.default_rng(_SEED)
    best, most = None, 0
    for _ in range(_SAMPLES if len(points) >= 2 * _POINTS else 0):
        ellipse = _fitted(points[chance.choice(len(points), _POINTS, replace=False)])
        if not _fits(ellipse, least_px=least_px, most_px=most_px):
            continue
        count = int(np.count_nonzero(np.abs(_radii(points, ellipse) - 1.0) <= _OFF))
        if count > most:
            best, most = ellipse, count
    return best


def _fitted(points: Floats) -> Ellipse:
    """Fit an ellipse."""
    (x, y), (width, height), angle = cv2.fitEllipseDirect(points.astype(np.float32))
    return float(x), float(y), float(width), float(height), float(angle)


def _fits(ellipse: Ellipse, *, least_px: float, most_px: float) -> bool:
    """Tell whether an ellipse is of a stamp's size and form; one through points of a line is no number."""
    width, height = ellipse[2:4]
    if not np.isfinite(ellipse).all() or min(width, height) <= 0:
        return False
    return least_px <= min(width, height) and max(width, height) <= min(most_px, _MAX_ASPECT * min(width, height))


def _radii(points: Floats, ellipse: Ellipse) -> Floats:
    """Return how far points lie from the middle, 1 on the ellipse."""
    along, across = _axes(points, ellipse)
    return np.hypot(along, across)


def _axes(points: Floats, ellipse: Ellipse) -> tuple[Floats, Floats]:
    """Return the places of points along the two axes, in half-axes."""
    x, y, width, height, angle_deg = ellipse
    turn = np.radians(angle_deg)
    right, down = points[:, 0] - x, points[:, 1] - y
    along = (right * np.cos(turn) + down * np.sin(turn)) / (width / 2)
    across = (down * np.cos(turn) - right * np.sin(turn)) / (height / 2)
    return along, across


def _occupied(shape: Shape, ellipse: Ellipse) -> tuple[float, float]:
    """Return the shares of directions in which there is ink on the ellipse, and just outside it."""
    rows, columns = np.nonzero(shape.ink)
    along, across = _axes(np.stack([columns, rows], axis=1).astype(np.float64), ellipse)
    radii = np.hypot(along, across)
    direction = ((np.arctan2(across, along) / (2 * np.pi) + 0.5) * _DIRECTIONS).astype(np.int64) % _DIRECTIONS
    on_rim = np.unique(direction[np.abs(radii - 1.0) <= _OFF])
    outside = np.unique(direction[(radii >= _OUTSIDE[0]) & (radii <= _OUTSIDE[1])])
    return len(on_rim) / _DIRECTIONS, len(outside) / _DIRECTIONS


def _box(ellipse: Ellipse, origin: Box) -> Box:
    """Return the box around an ellipse, in the frame."""
    x, y, width, height, angle_deg = ellipse
    turn = np.radians(angle_deg)
    half_width = float(np.hypot(width / 2 * np.cos(turn), height / 2 * np.sin(turn)))
    half_height = float(np.hypot(width / 2 * np.sin(turn), height / 2 * np.cos(turn)))
    return Box(
        left=max(0, round(x - half_width) + origin.left),
        top=max(0, round(y - half_height) + origin.top),
        right=round(x + half_width) + origin.left + 1,
        bottom=round(y + half_height) + origin.top + 1,
    )
