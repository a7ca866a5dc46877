"""The curl of a sheet that does not lie flat: a few slow waves, stronger towards the spine of the volume."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from math import exp, pi, sin

from numpy.random import Generator

from scanfix.model.geometry import Affine, Box, Point

# Between the knots the map is taken as straight: at these distances it is wrong by less than a tenth of a pixel.
_KNOT_PX = 48
_KNOTS_ACROSS = 24  # at least, on a small sheet, whose waves are short
_SPINE_SHARE = 0.16  # of the width: how fast the pull of the spine fades
# Each step of the inverse divides the error by thirty or more: waves are slow.
_STEPS = 6

# A cell of Pillow's mesh: a box of the scan, and the corners of what fills it, anticlockwise from the top left.
Cell = tuple[tuple[int, int, int, int], tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curl:
    """How a sheet of ``width_px`` by ``height_px`` is bent on the scan: where a point of the flat sheet comes to lie.

    ``depth_px`` is how far it bends lines; ``at_right`` says that the spine is on the right; ``phases`` (in turns) are
    the waves' own.
    """

    width_px: float
    height_px: float
    depth_px: float
    at_right: bool = False
    phases: tuple[float, float, float] = (0.1, 0.35, 0.7)

    def point(self, x: float, y: float) -> Point:
        """Move a point of the flat scan to where the curl brings it."""
        across, down = x / self.width_px, y / self.height_px
        pull = exp(-max(1 - across if self.at_right else across, -_SPINE_SHARE) / _SPINE_SHARE)
        first, second, third = self.phases
        # Most of the bend is the spine's; it turns over towards the foot of the page as a book's does.
        rise = 0.7 * pull * sin(pi * (0.25 + 0.9 * down + 0.2 * first)) + 0.3 * sin(2 * pi * (0.9 * across + second))
        slide = 0.35 * pull + 0.15 * sin(2 * pi * (0.7 * down + 0.4 * across + third))
        toward = 1 if self.at_right else -1
        return (x + toward * self.depth_px * slide, y + self.depth_px * rise)

    def back(self, x: float, y: float) -> Point:
        """Return the point of the flat scan that the curl brings here."""
        flat_x, flat_y = x, y
        for _ in range(_STEPS):
            there_x, there_y = self.point(flat_x, flat_y)
            flat_x, flat_y = flat_x + x - there_x, flat_y + y - there_y
        return (flat_x, flat_y)

    @property
    def _knot_px(self) -> int:
        """The distance of knots."""
        return max(1, min(_KNOT_PX, round(self.width_px / _KNOTS_ACROSS)))

    def mesh(self, place: Box, to_flat: Affine) -> list[Cell]:
        """Cut a place of the scan into cells and say which corners of a surface fill each.

        Parameters
        ----------
        place
            Of the scan; the cells are counted from its top left corner.
        to_flat
            The map from the surface to the flat scan.
        """
        to_surface = to_flat.inverse()
        xs = _knots(place.left, place.right, self._knot_px)
        ys = _knots(place.top, place.bottom, self._knot_px)
        knots = {(x, y): to_surface.point(*_back(self, x, y)) for x, y in product(xs, ys)}
        cells: list[Cell] = []
        for top, bottom in pairwise(ys):
            for left, right in pairwise(xs):
                corners = (knots[left, top], knots[left, bottom], knots[right, bottom], knots[right, top])
                here = (left - place.left, top - place.top, right - place.left, bottom - place.top)
                cells.append((here, tuple(value for corner in corners for value in corner)))
        return cells


def drawn(*, width_px: float, height_px: float, depth_px: float, generator: Generator | None) -> Curl:
    """Draw a curl; without a generator, the one that every sheet has at rest."""
    if generator is None:
        return Curl(width_px=width_px, height_px=height_px, depth_px=depth_px)
    first, second, third, side = (float(value) for value in generator.random(4))
    return Curl(
        width_px=width_px,
        height_px=height_px,
        depth_px=depth_px,
        at_right=side < 0.5,
        phases=(first, second, third),
    )


def _knots(start: int, end: int, step: int) -> list[int]:
    """Return the places of knots along a side, both ends among them."""
    return [*range(start, end, step), end]


@lru_cache(maxsize=16384)
def _back(curl: Curl, x: int, y: int) -> Point:
    """Remember the way back to a knot: every ink of a page asks for it."""
    return curl.back(x, y)
