"""A board to draw things on: lines, discs and hatching, from the top left of the thing's own box."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from scanfix.facsimile.marked.hand import smooth
from scanfix.facsimile.marked.pen import brush
from scanfix.facsimile.surface.ink import Layer
from scanfix.model.geometry import Box, Point

_FINER = 2  # filled shapes are drawn twice as large, so that their edges are soft
_PIECES = 12  # of a line that wanders


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A surface, the box on it that a thing fills, its resolution, and the thing's random numbers."""

    layer: Layer
    box: Box
    dpi: int
    dice: Generator

    @property
    def size(self) -> Point:
        """Width and height of the box, in pixels."""
        return float(self.box.width), float(self.box.height)

    def line(self, points: Sequence[Point], *, width_px: float, strength: float = 1.0) -> None:
        """Draw a line through points."""
        brush(self.layer, [self._here(*point) for point in points], width_px=width_px, pressure=0.0, strength=strength)

    def curve(self, points: Sequence[Point], *, width_px: float, strength: float = 1.0) -> None:
        """Draw a smooth line through points."""
        self.line(smooth(points), width_px=width_px, strength=strength)

    def fill(self, points: Sequence[Point], *, strength: float = 1.0) -> None:
        """Fill a polygon."""
        height, width = self.layer.ink.shape
        large = Image.new("L", (width * _FINER, height * _FINER))
        corners = [(x * _FINER, y * _FINER) for x, y in (self._here(*point) for point in points)]
        ImageDraw.Draw(large).polygon(corners, fill=round(255 * min(strength, 1.0)))
        np.maximum(self.layer.ink, np.asarray(large.reduce(_FINER)), out=self.layer.ink)

    def disc(self, middle: Point, radii: Point, *, strength: float = 1.0) -> None:
        """Fill an ellipse."""
        height, width = self.layer.ink.shape
        large = Image.new("L", (width * _FINER, height * _FINER))
        x, y = self._here(*middle)
        edges = tuple(_FINER * value for value in (x - radii[0], y - radii[1], x + radii[0] - 0.5, y + radii[1] - 0.5))
        ImageDraw.Draw(large).ellipse(edges, fill=round(255 * min(strength, 1.0)))
        np.maximum(self.layer.ink, np.asarray(large.reduce(_FINER)), out=self.layer.ink)

    def along(self, *, wander: float = 0.0) -> tuple[Point, ...]:
        """Return a line along the middle of the longer side; ``wander`` is how far it leaves it, in inches."""
        width, height = self.size
        points = []
        for index in range(_PIECES + 1):
            share = index / _PIECES
            off = float(self.dice.normal(0.0, 1.0)) * wander * self.dpi
            at = (share * width, height / 2 + off) if width >= height else (width / 2 + off, share * height)
            points.append(at)
        return tuple(points)

    def loop(self, start: Point, end: Point) -> tuple[Point, ...]:
        """Return a wire bent round an oblong: straight sides, round ends."""
        (left, top), (right, bottom) = start, end
        turn = (right - left) / 2
        return smooth(
            (
                (left, bottom - turn),
                (left, top + turn),
                (left + 0.3 * turn, top + 0.3 * turn),
                ((left + right) / 2, top),
                (right - 0.3 * turn, top + 0.3 * turn),
                (right, top + turn),
                (right, bottom - turn),
                (right - 0.3 * turn, bottom - 0.3 * turn),
                ((left + right) / 2, bottom),
                (left + 0.3 * turn, bottom - 0.3 * turn),
                (left, bottom - turn),
            )
        )

    def hatch(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        step_in: float,
        line_in: float,
        opening: float = 0.0,
    ) -> None:
        """Hatch an oblong with lines that rise at 45 degrees; ``opening`` is the share of its middle left free."""
        height, width = self.layer.ink.shape
        free = (left + right) / 2 + self.box.left, (right - left) / 2 * opening
        y0, y1 = round(self.box.top + top), round(self.box.top + bottom)
        x0, x1 = round(self.box.left + left), round(self.box.left + right)
        rows, columns = np.mgrid[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
        # Whole pixels along the diagonal: the lines of a printed frame are all alike.
        step, line = max(round(step_in * self.dpi), 3), max(round(line_in * self.dpi), 1)
        dark = (rows + columns) % step < line
        dark &= np.abs(columns - free[0]) >= free[1]
        target = self.layer.ink[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
        np.maximum(target, dark.astype(np.uint8) * np.uint8(255), out=target)

    def _here(self, x: float, y: float) -> Point:
        """Return a place of the box on the surface."""
        return self.box.left + x, self.box.top + y
