"""A pen: the lines that cancel what they cross, drawn with a hand's pressure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sin

from numpy.random import Generator

from scanfix.facsimile.asked.marking import Coverage, Stroke
from scanfix.facsimile.marked import strokes
from scanfix.facsimile.marked.strokes import PEN_IN, Path
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.model.geometry import Affine, Box, Point
from scanfix.model.mark import StrokeShape

__all__ = ["PEN_IN", "PenStroke", "brush", "cancel"]

_PRESSURE = 0.1  # a ball-point's line swells and thins by a tenth
_STRAIGHT = Affine.identity()


@dataclass(frozen=True, slots=True, kw_only=True)
class PenStroke:
    """What a pen drew to cancel something: its lines, their width, and the ink of each, in the sheet's pixels.

    ``crossed`` is the share of the letters' width over which a line runs at their height, 0 to 1.
    """

    paths: tuple[Path, ...]
    width_px: float
    shape: StrokeShape
    coverage: Coverage
    crossed: float
    inks: tuple[Outline, ...]

    @property
    def ink(self) -> Outline:
        """The outline of all its lines."""
        return around(self.inks)


def cancel(
    layer: Layer, box: Box, stroke: Stroke, *, dpi: int, generator: Generator, way: Affine = _STRAIGHT
) -> PenStroke:
    """Draw a stroke through the letters in a box.

    Parameters
    ----------
    box
        Of the letters' ink, in the frame in which they stand upright.
    way
        The map from that frame to the layer's pixels.
    """
    drawn = strokes.plan(box, stroke, dpi=dpi, generator=generator)
    paths = tuple(tuple(way.point(x, y) for x, y in path) for path in drawn.paths)
    phase = float(generator.uniform(0.0, 6.0))
    inks = tuple(brush(layer, path, width_px=drawn.tip_px, phase=phase + index) for index, path in enumerate(paths))
    return PenStroke(
        paths=paths,
        width_px=drawn.width_px,
        shape=stroke.shape,
        coverage=stroke.coverage,
        crossed=round(strokes.share_crossed(box, drawn.paths), 3),
        inks=inks,
    )


def brush(
    layer: Layer,
    points: Sequence[Point],
    *,
    width_px: float,
    phase: float = 0.0,
    pressure: float = _PRESSURE,
    strength: float = 1.0,
) -> Outline:
    """Draw a line whose width swells and thins by ``pressure`` (a share of it); return its outline on the surface."""
    pieces = []
    for index, (start, end) in enumerate(pairwise(points)):
        width = width_px * (1 + pressure * sin(0.9 * index + phase))
        pieces.append(layer.stroke((start, end), width_px=width, strength=strength))
    return around(pieces)
