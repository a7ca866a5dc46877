"""The shapes of strokes that cancel a word: the lines a pen follows, before any ink."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, pi, radians, sin, tan

from numpy.random import Generator

from scanfix.facsimile.asked.marking import Stroke
from scanfix.model.geometry import Box, Point
from scanfix.model.mark import StrokeShape

# Strokes on declassified bulletins of the 1950s are about 6 pixels thick at 300 dpi.
PEN_IN = 0.019
# Letters of running text are struck with a finer pen than headings a quarter of an inch high.
_FINE_SHARE = 0.65
_SMALL_IN = 0.13
# Angles measured on the bulletins: up to 5.5 degrees for level strokes, 8 to 34 for slanting ones; the steep ones cross
# a few letters only, for a long word would send them off the page.
_LEVEL_DEG = (-5.5, 5.5)
_SLANT_DEG = (8.5, 22.0)
_STEEP_DEG = (12.0, 34.0)
# 10 to 60 pixels beyond capitals 75 high, once in twenty up to 270; a pen goes less far beyond small letters.
_OVERSHOOT = (0.15, 0.8)
_SMALL_OVERSHOOT = (0.1, 0.45)
_FAR_OVERSHOOT = (0.8, 3.5)
_FAR_CHANCE = 0.05
_WOBBLE_IN = 0.003  # a ruler-less hand over two inches
_POINTS = 7  # enough for a slow bend, too few for a tremble
_LETTER = 0.85  # a capital with its gap is this wide, in heights
_TOUCH = 0.35  # of its width a grazing stroke lies on the letters

Path = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The lines of a stroke, the width of the pen's tip and that of the whole stroke, in pixels."""

    paths: tuple[Path, ...]
    tip_px: float
    width_px: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """Where a stroke begins and ends across the word, and at which height it crosses the word's middle."""

    start: float
    end: float
    middle: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A stroke that was asked for, through which letters, how far, how broad, and the hand's random numbers."""

    box: Box
    stroke: Stroke
    reach: _Reach
    width_px: float
    dpi: int
    generator: Generator


def plan(box: Box, stroke: Stroke, *, dpi: int, generator: Generator) -> Plan:
    """Draw up the lines of a stroke through the letters in a box."""
    width_px = _width(box, stroke, dpi, generator)
    reach = _reach(box, stroke, width_px, dpi, generator)
    drawn = _SHAPES[stroke.shape](
        _Asked(box=box, stroke=stroke, reach=reach, width_px=width_px, dpi=dpi, generator=generator)
    )
    return _touching(drawn, box, is_below=reach.middle[1] > box.centre[1]) if stroke.coverage == "graze" else drawn


def _touching(drawn: Plan, box: Box, *, is_below: bool) -> Plan:
    """Move a stroke off the letters until it only touches their heads or feet."""
    ys = [y for path in drawn.paths for _, y in path]
    inside = (0.5 - _TOUCH) * drawn.tip_px
    by = box.bottom + inside - min(ys) if is_below else box.top - inside - max(ys)
    return replace(drawn, paths=tuple(tuple((x, y + by) for x, y in path) for path in drawn.paths))


def share_crossed(box: Box, paths: tuple[Path, ...]) -> float:
    """Return the share of a box's width over which a line runs at the height of the letters."""
    steps = max(box.width, 1)
    crossed = [False] * steps
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            left, right = sorted((x0, x1))
            for step in range(max(0, int(left - box.left)), min(steps, int(right - box.left) + 1)):
                share = (box.left + step + 0.5 - x0) / (x1 - x0) if x1 != x0 else 0.5
                crossed[step] |= box.top <= y0 + min(max(share, 0.0), 1.0) * (y1 - y0) <= box.bottom
    return sum(crossed) / steps


def _width(box: Box, stroke: Stroke, dpi: int, generator: Generator) -> float:
    """Return the width of the pen's line."""
    drawn = float(generator.uniform(0.8, 1.2))
    if stroke.width_in is not None:
        return stroke.width_in * dpi
    return PEN_IN * dpi * drawn * (_FINE_SHARE if box.height < _SMALL_IN * dpi else 1.0)


def _reach(box: Box, stroke: Stroke, width_px: float, dpi: int, generator: Generator) -> _Reach:
    """Choose where a stroke starts and ends, after its coverage."""
    span = _OVERSHOOT if box.height >= _SMALL_IN * dpi else _SMALL_OVERSHOOT
    over = [float(generator.uniform(*span)) * box.height for _ in range(2)]
    if generator.uniform() < _FAR_CHANCE and span == _OVERSHOOT:
        over[1] = float(generator.uniform(*_FAR_OVERSHOOT)) * box.height
    share, place = float(generator.uniform(0.65, 0.82)), float(generator.uniform())
    start, end = box.left - over[0], box.right + over[1]
    if stroke.coverage == "exact":
        start, end = float(box.left) + width_px / 2, float(box.right) - width_px / 2
    elif stroke.coverage == "partial":
        is_left = place < 0.5
        start, end = (start, box.left + share * box.width) if is_left else (box.right - share * box.width, end)
    elif stroke.coverage == "letters":
        long = min((1.2 + share * 1.6) * _LETTER * box.height, box.width)
        start = box.left + place * (box.width - long)
        end = start + long
    x, y = (start + end) / 2, box.centre[1] - stroke.lift * box.height
    y += float(generator.uniform(-0.1, 0.1)) * box.height * (stroke.lift == 0)
    if stroke.coverage == "graze":
        y = float(box.bottom if place < 0.5 else box.top)
    return _Reach(start=start, end=end, middle=(x, y))


def _slope(asked: _Asked) -> float:
    """Return how many rows a single stroke falls a column; rows grow downwards."""
    stroke = asked.stroke
    is_slanting = stroke.shape in ("rising", "falling")
    is_short = stroke.coverage in ("partial", "letters")
    low, high = _LEVEL_DEG if not is_slanting else _STEEP_DEG if is_short else _SLANT_DEG
    angle = float(asked.generator.uniform(low, high))
    if stroke.angle_deg is not None:
        return -tan(radians(stroke.angle_deg))
    if stroke.coverage == "graze":
        return 0.0
    slope = -tan(radians(-angle if stroke.shape == "falling" else angle))
    return slope if is_slanting else _level(slope, asked.box, asked.reach)


def _level(slope: float, box: Box, reach: _Reach) -> float:
    """Flatten a level stroke through a long word, so that it leaves the word at its ends and not before."""
    # At the ends of a real level stroke a little of the letters stays above or below it.
    limit = 0.4 * box.height / max((reach.end - reach.start) / 2, 1.0)
    return min(max(slope, -limit), limit)


def _line(asked: _Asked, reach: _Reach, slope: float, *, wobble: float = 1.0) -> Path:
    """Return one straight line as a hand draws it."""
    noise = asked.generator.normal(0.0, _WOBBLE_IN * asked.dpi * wobble, size=_POINTS)
    x, y = reach.middle
    points = []
    for index in range(_POINTS):
        across = reach.start + (reach.end - reach.start) * index / (_POINTS - 1)
        points.append((across, y + slope * (across - x) + float(noise[index])))
    return tuple(points)


def _single(asked: _Asked) -> Plan:
    """Draw one line, level or slanting."""
    reach, width_px = asked.reach, asked.width_px
    slope = _slope(asked)
    # A graze that wobbled would strike.
    path = _line(asked, reach, slope, wobble=0.1 if asked.stroke.coverage == "graze" else 1.0)
    return Plan(paths=(path,), tip_px=width_px, width_px=width_px)


def _double(asked: _Asked) -> Plan:
    """Draw two level lines, one above the other."""
    reach, width_px = asked.reach, asked.width_px
    slope = _slope(asked)
    apart = max(float(asked.generator.uniform(0.22, 0.36)) * asked.box.height, 2.0 * width_px)
    x, y = reach.middle
    paths = []
    for side in (-0.5, 0.5):
        sway = float(asked.generator.uniform(-0.2, 0.2)) * asked.box.height
        one = _Reach(start=reach.start + sway, end=reach.end + sway, middle=(x, y + side * apart))
        paths.append(_line(asked, one, slope))
    return Plan(paths=tuple(paths), tip_px=width_px, width_px=width_px)


def _cross(asked: _Asked) -> Plan:
    """Draw two lines from corner to corner."""
    reach, width_px = asked.reach, asked.width_px
    paths = []
    for way in (-1.0, 1.0):
        steep = float(asked.generator.uniform(1.0, 2.2)) * asked.box.height / max(reach.end - reach.start, 1.0)
        slope = tan(radians(asked.stroke.angle_deg)) if asked.stroke.angle_deg is not None else steep
        paths.append(_line(asked, reach, way * slope))
    return Plan(paths=tuple(paths), tip_px=width_px, width_px=width_px)


def _scribble(asked: _Asked) -> Plan:
    """Draw a wave to and fro over the letters."""
    reach, width_px = asked.reach, asked.width_px
    slope = _slope(asked)
    tooth = float(asked.generator.uniform(0.32, 0.5)) * asked.box.height
    count = max(3, round((reach.end - reach.start) / tooth))
    x, y = reach.middle
    points = []
    for index in range(count * 8 + 1):
        turn = index / 8
        high = 0.34 * asked.box.height * (1 + 0.25 * sin(1.7 * turn + 2.0)) * cos(2 * pi * turn)
        # The hand leans as it goes up: the wave's crests hang over.
        across = reach.start + (reach.end - reach.start) * turn / count + 0.14 * tooth * sin(2 * pi * turn)
        points.append(
            (across, y + slope * (across - x) - high + float(asked.generator.normal(0.0, 0.02)) * asked.box.height)
        )
    return Plan(paths=(tuple(points),), tip_px=width_px, width_px=width_px)


def _bar(asked: _Asked) -> Plan:
    """Draw a marker's broad bar, or one of many short slanting lines; heads and feet of the letters stay to be seen."""
    reach, width_px = asked.reach, asked.width_px
    band = (
        asked.stroke.width_in * asked.dpi
        if asked.stroke.width_in is not None
        else float(asked.generator.uniform(0.34, 0.5)) * asked.box.height
    )
    slope = _slope(asked)
    x, y = reach.middle
    if asked.generator.uniform() < 0.5:
        tip = 0.5 * band
        sides = [
            _line(asked, _Reach(start=reach.start, end=reach.end, middle=(x, y + side * band / 4)), slope)
            for side in (-1.0, 0.0, 1.0)
        ]
        return Plan(paths=tuple(sides), tip_px=tip, width_px=band)
    tip = min(width_px, band / 4)
    step = max(2.6 * tip, 3.0)
    paths = []
    for index in range(max(2, int((reach.end - reach.start) / step))):
        across = reach.start + index * step
        middle = y + slope * (across - x) + float(asked.generator.normal(0.0, 0.04)) * band
        paths.append(((across - 0.4 * band, middle + band / 2), (across + 0.4 * band, middle - band / 2)))
    return Plan(paths=tuple(paths), tip_px=tip, width_px=band)


def angle_deg(path: Path) -> float:
    """Return the angle of a line from its first point to its last; rising to the right is positive."""
    (x0, y0), (x1, y1) = path[0], path[-1]
    return degrees(atan2(y0 - y1, x1 - x0))


_SHAPES: Mapping[StrokeShape, Callable[[_Asked], Plan]] = {
    "horizontal": _single,
    "rising": _single,
    "falling": _single,
    "double": _double,
    "x": _cross,
    "scribble": _scribble,
    "bar": _bar,
}
