"""A pen: one straight stroke through what it cancels."""

from dataclasses import dataclass
from math import radians, tan

from numpy.random import Generator

from scanfix.facsimile.ink import Layer
from scanfix.facsimile.marking import Stroke
from scanfix.facsimile.outline import Outline
from scanfix.model.geometry import Box, Point
from scanfix.model.mark import StrokeShape

# Strokes on declassified bulletins of the 1950s are about 6 pixels thick at 300 dpi.
PEN_IN = 0.019
# Angles measured there: up to 5.5 degrees for level strokes, 8 to 34 for slanting ones.
_ANGLES_DEG: dict[StrokeShape, tuple[float, float]] = {
    "horizontal": (-4.0, 4.0),
    "rising": (9.0, 22.0),
    "falling": (-20.0, -9.0),
}
# 10 to 60 pixels beyond capitals 75 high; a pen goes less far beyond small letters, for their neighbours stay.
_OVERSHOOT = (0.15, 0.8)
_WOBBLE_IN = 0.004  # a ruler-less hand over two inches
_POINTS = 6  # enough for a slow bend, too few for a tremble


@dataclass(frozen=True, slots=True, kw_only=True)
class PenStroke:
    """A line drawn with a pen."""

    points: tuple[Point, ...]
    width_px: float
    shape: StrokeShape
    ink: Outline


def cancel(layer: Layer, box: Box, stroke: Stroke, *, dpi: int, generator: Generator) -> PenStroke:
    """Draw one stroke through the middle of a box, overshooting on both sides."""
    shape = stroke.shape
    low, high = _ANGLES_DEG[shape]
    slope = -tan(radians(generator.uniform(low, high)))  # rows grow downwards
    if shape == "horizontal":
        slope = _level(slope, box)
    x, y = box.centre
    y += float(generator.uniform(-0.12, 0.12)) * box.height
    share = 1.0 if shape == "horizontal" else float(generator.uniform(0.75, 1.0))
    reach = [box.width / 2 * share + float(generator.uniform(*_OVERSHOOT)) * box.height for _ in range(2)]
    wobble = generator.normal(0.0, _WOBBLE_IN * dpi, size=_POINTS)
    points = []
    for index in range(_POINTS):
        along = -reach[0] + (reach[0] + reach[1]) * index / (_POINTS - 1)
        points.append((x + along, y + slope * along + float(wobble[index])))
    width_px = float(PEN_IN * dpi * generator.uniform(0.8, 1.2))
    ink = layer.stroke(points, width_px=width_px)
    return PenStroke(points=tuple(points), width_px=width_px, shape=shape, ink=ink)


def _level(slope: float, box: Box) -> float:
    """Flatten a level stroke through a long word, so that it leaves the word at its ends and not before."""
    limit = 0.25 * box.height / max(box.width / 2, 1.0)
    return min(max(slope, -limit), limit)
