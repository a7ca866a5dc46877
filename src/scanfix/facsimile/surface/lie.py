"""How a sheet lies on the scan: the map from its pixels to the scan's, for ink and truth alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, radians, sin

import numpy as np
from PIL import Image

from scanfix.facsimile.surface.curl import Curl
from scanfix.facsimile.surface.outline import Outline
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box, Point, Quad

# Points along an edge of a box whose curled place is looked up: a wave has no room between them.
_EDGE_POINTS = 9
_RIM_PX = 2  # reach of the resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """The map from a surface to the scan: flat first, then curled."""

    affine: Affine
    curl: Curl | None = None

    def point(self, x: float, y: float) -> Point:
        """Map a point."""
        flat = self.affine.point(x, y)
        return self.curl.point(*flat) if self.curl else flat

    def outline(self, outline: Outline) -> Outline:
        """Map an outline."""
        return Outline(points=tuple(self.point(x, y) for x, y in outline.points))

    def box(self, outlines: Iterable[Outline]) -> Box:
        """Map ink and return the upright box round it."""
        points = tuple(point for outline in outlines for point in self.outline(outline).points)
        return Outline(points=points).box

    def quad(self, box: Box) -> Quad:
        """Map the corners of a box."""
        left, top, right, bottom = box.edges
        first, second, third, fourth = (
            self.point(x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
        )
        return Quad(corners=(first, second, third, fourth))

    def edge(self, box: Box) -> tuple[Point, ...]:
        """Map the edge of a box, point by point round it."""
        left, top, right, bottom = box.edges
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        points = []
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
            for step in range(_EDGE_POINTS - 1):
                share = step / (_EDGE_POINTS - 1)
                points.append(self.point(x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        return tuple(points)

    def after(self, first: Affine) -> "Lie":
        """Return the map of a surface that is laid on the sheet by ``first``."""
        return replace(self, affine=first.then(self.affine))

    def lay(self, layer: GrayImage, *, width: int, height: int) -> tuple[GrayImage, Box]:
        """Lay a surface on a scan of that size.

        Returns
        -------
        (height, width) uint8, Box
            What of its ink falls on the scan, and where; nothing where there is none.
        """
        picture = Image.fromarray(layer)
        found = picture.getbbox()
        page = Box(left=0, top=0, right=width, bottom=height)
        if found is None:
            return np.zeros((0, 0), dtype=np.uint8), Box(left=0, top=0, right=0, bottom=0)
        here = Outline(points=self.edge(Box.of(found))).box.grow(_RIM_PX).intersect(page)
        if not here.area:
            return np.zeros((0, 0), dtype=np.uint8), here
        return np.asarray(self._resampled(picture, here)), here

    def _resampled(self, picture: Image.Image, here: Box) -> Image.Image:
        """Draw the part of the scan that a surface fills."""
        size = (here.width, here.height)
        if self.curl:
            cells = self.curl.mesh(here, self.affine)
            return picture.transform(size, Image.Transform.MESH, cells, resample=Image.Resampling.BICUBIC)
        to_here = self.affine.then(Affine(a=1.0, b=0.0, c=-here.left, d=0.0, e=1.0, f=-here.top))
        rows = to_here.inverse().rows
        if _is_shift(to_here):
            left, top = round(rows[0][2]), round(rows[1][2])
            return picture.crop((left, top, left + here.width, top + here.height))
        return picture.transform(size, Image.Transform.AFFINE, (*rows[0], *rows[1]), resample=Image.Resampling.BICUBIC)


def _is_shift(affine: Affine) -> bool:
    """Tell a move by whole pixels, which needs no resampling."""
    is_upright = (affine.a, affine.b, affine.d, affine.e) == (1.0, 0.0, 0.0, 1.0)
    return is_upright and affine.c == round(affine.c) and affine.f == round(affine.f)


def turned(angle_deg: float, *, about: Point) -> Affine:
    """Return the map that turns anticlockwise about a point."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    x, y = about
    return Affine(a=c, b=s, c=x - c * x - s * y, d=-s, e=c, f=y + s * x - c * y)
