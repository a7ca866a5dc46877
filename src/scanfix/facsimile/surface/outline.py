"""The outline of ink: the points that stay outermost however the paper is turned, so that boxes stay tight."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np

from scanfix.images import GrayImage
from scanfix.model.geometry import Box, Point

# Directions in which ink is searched for its outermost point: 7.5 degrees leave a letter of 75 pixels within a tenth of
# a pixel of its hull.
_DIRECTIONS = 48
_RAYS = np.array([(cos(2 * pi * step / _DIRECTIONS), sin(2 * pi * step / _DIRECTIONS)) for step in range(_DIRECTIONS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Points round some ink, in the pixels of what it was drawn on; none where nothing was drawn."""

    points: tuple[Point, ...] = ()

    @property
    def box(self) -> Box:
        """The upright box round the ink; empty where nothing was drawn."""
        if not self.points:
            return Box(left=0, top=0, right=0, bottom=0)
        xs, ys = zip(*self.points, strict=True)
        return Box.of((min(xs), min(ys), max(xs), max(ys)))

    def __bool__(self) -> bool:
        """Whether anything was drawn."""
        return bool(self.points)

    def shift(self, *, x: float, y: float) -> "Outline":
        """Return the outline moved."""
        return Outline(points=tuple((left + x, top + y) for left, top in self.points))

    def inside(self, box: Box) -> "Outline":
        """Return the outline held within a box; nothing of what lies outside it."""
        whole = self.box
        if not whole.intersect(box).area:
            return Outline()
        return Outline(
            points=tuple((min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)) for x, y in self.points)
        )


def around(outlines: Iterable[Outline]) -> Outline:
    """Return one outline round several."""
    return Outline(points=tuple(point for outline in outlines for point in outline.points))


def of_line(points: Iterable[Point], *, width_px: float) -> Outline:
    """Return the outline of a round-ended line."""
    reach = width_px / 2
    return Outline(
        points=tuple(
            (x + reach * float(across), y + reach * float(down)) for x, y in points for across, down in _RAYS[::4]
        )
    )


def of_ink(ink: GrayImage, *, rim: int) -> Outline:
    """Return the outline of the pixels of at least ``rim``; pixels are squares, not points."""
    rows, columns = np.nonzero(ink >= rim)
    if not rows.size:
        return Outline()
    # Only the first and last pixel of a row can be outermost.
    first = np.unique(rows, return_index=True)[1]
    last = np.append(first[1:], rows.size) - 1
    ends = np.concatenate((first, last))
    x, y = columns[ends], rows[ends]
    corners = np.concatenate([np.stack((x + right, y + down), axis=1) for right in (0, 1) for down in (0, 1)])
    outermost = np.unique(np.argmax(corners @ _RAYS.T, axis=0))
    return Outline(points=tuple((float(left), float(top)) for left, top in corners[outermost]))
