"""How a sheet lies on the scan: the map from its pixels to the scan's, for ink and truth alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanfix.facsimile.outline import Outline
from scanfix.model.geometry import Affine, Box, Point, Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """The map from a surface to the scan."""

    affine: Affine

    def point(self, x: float, y: float) -> Point:
        """Map a point."""
        return self.affine.point(x, y)

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

    def after(self, first: Affine) -> "Lie":
        """Return the map of a surface that is laid on the sheet by ``first``."""
        return replace(self, affine=first.then(self.affine))
