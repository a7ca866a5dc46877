"""What is added to a stamp on the paper: fill-ins by hand, typewriter and dater, ticks, circles, scribbles."""

from collections.abc import Sequence
from math import cos, pi, sin

from numpy.random import Generator

from scanfix.facsimile.asked.marking import Fill, Stamp, Tick
from scanfix.facsimile.stamped.impression import Lettering, Trace
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.ink import Layer
from scanfix.model.geometry import Box, Point

_FACE_STROKE = 0.05  # of their size: the line of the handwriting faces
_TYPED_CPI = 10
_OVERRUN = 1.35  # handwriting runs over its field, but not far into the next
_DATER_SHARE = 1.35  # date bands are a third higher than a reviewer's stamp's print
# Two of five daters on the covers of bulletins stand aslant, at about 30 degrees.
_ASLANT_SHARE = 0.4
_ASLANT_DEG = (18.0, 34.0)
_LEVEL_DEG = 3.0
_CIRCLE_POINTS = 28
# Check boxes on reviewer's stamps have lost their upper and lower side more often than not.
_OPEN_SHARE = 0.55


class FillIns:
    """Pen, typewriter and dater at work on one stamp.

    Parameters
    ----------
    layer
        What they draw on.
    size_px
        The capitals of the stamp's print, in pixels.
    """

    def __init__(self, layer: Layer, stamp: Stamp, *, size_px: float, dpi: int, generator: Generator) -> None:
        self._layer = layer
        self._stamp = stamp
        self._capital_px = size_px
        self._dpi = dpi
        self._generator = generator
        self._pen_px = stamp.pen_in * dpi

    def is_open(self) -> bool:
        """Draw whether a check box has lost its upper and lower side."""
        return self._draw(0.0, 1.0) < _OPEN_SHARE

    def fill(self, fill: Fill, x: float, y: float) -> tuple[Trace, ...]:
        """Fill in a field that starts at x over the baseline y."""
        ways = {"hand": self._write, "typed": self._type, "dater": self._date}
        return ways[fill.by](fill, x, y) if fill.text else ()

    def tick(self, tick: Tick, square: Box) -> tuple[Trace, ...]:
        """Tick a box in the way asked for; a pen seldom stays inside."""
        if not tick.is_ticked:
            return ()
        ways = {"cross": self._cross, "tick": self._flourish, "blob": self._blob}
        return tuple(self._line(points) for points in ways[tick.way](square))

    def circle(self, box: Box) -> tuple[Trace, ...]:
        """Circle a word: once round and a little more, never quite closed."""
        middle_x, middle_y = box.centre
        wide = box.width / 2 + self._draw(0.35, 0.8) * self._capital_px
        high = box.height / 2 + self._draw(0.3, 0.6) * self._capital_px
        start, grow = self._draw(1.2, 2.6), self._draw(-0.12, 0.12)
        points = []
        for step in range(_CIRCLE_POINTS + 1):
            share = step / _CIRCLE_POINTS
            angle = start + 2 * pi * 1.06 * share
            size = 1 + grow * share
            points.append((middle_x + wide * size * cos(angle), middle_y - high * size * sin(angle)))
        return (self._line(points),)

    def scribble(self, letters: Sequence[Trace]) -> tuple[Trace, ...]:
        """Cancel what was filled in: to and fro over all of it."""
        boxes = [trace.outline.box for trace in letters if trace.outline]
        if not boxes:
            return ()
        box = Box.around(boxes)
        turns = max(6, round(box.width / max(2.2 * self._pen_px, 1)))
        points = []
        for step in range(turns + 1):
            x = box.left + box.width * step / turns + self._draw(-0.6, 0.6) * self._pen_px
            edge = box.top if step % 2 else box.bottom
            points.append((x, edge + self._draw(-0.12, 0.12) * box.height))
        return (self._line(points),)

    def _write(self, fill: Fill, x: float, y: float) -> tuple[Trace, ...]:
        """Write by hand: aslant, each sign its own way, often larger than its field and over the print."""
        field = fill.width_in * self._dpi
        size_px = ink.size_for_capitals(self._stamp.hand, self._capital_px * self._stamp.hand_share)
        size_px *= min(1.0, _OVERRUN * field / ink.width_of(fill.text, self._stamp.hand, size_px))
        high = 0.7 * size_px
        spread_px = max((self._pen_px - _FACE_STROKE * size_px) / 2, 0.0)
        hand = Lettering(face=self._stamp.hand, size_px=size_px, spread_px=spread_px)
        slope = self._draw(-0.06, 0.09)
        room = field - hand.width_of(fill.text)
        pen = x + max(room, 0.1 * field) * self._draw(0.02, 0.45)
        base = y - 0.15 * self._capital_px
        traces = []
        for char in fill.text:
            lift = self._draw(-0.05, 0.05) * high
            at = (pen, base - slope * (pen - x) + lift)
            traces.append(hand.sign(self._layer, char, at, turn_deg=self._draw(-6.0, 6.0)))
            pen += ink.width_of(char, self._stamp.hand, size_px) * self._draw(0.9, 1.05)
        return tuple(traces)

    def _type(self, fill: Fill, x: float, y: float) -> tuple[Trace, ...]:
        """Type into a field: level, a little above or below the rule."""
        size_px = ink.size_for_pitch("courier", self._dpi / _TYPED_CPI)
        typed = Lettering(face="courier", size_px=size_px, strength=0.9)
        return typed.put(self._layer, fill.text, (x + 0.2 * size_px, y - self._draw(0.0, 0.4) * self._capital_px))

    def _date(self, fill: Fill, x: float, y: float) -> tuple[Trace, ...]:
        """Press a dater on a field, its middle on the field's, level or aslant."""
        size_px = ink.size_for_capitals("grotesque", self._capital_px * _DATER_SHARE)
        bands = Lettering(face="grotesque", size_px=size_px, strength=0.92)
        is_aslant = self._draw(0.0, 1.0) < _ASLANT_SHARE
        turn_deg = self._draw(*_ASLANT_DEG) if is_aslant else self._draw(-_LEVEL_DEG, _LEVEL_DEG)
        half = bands.width_of(fill.text) / 2
        angle = turn_deg * pi / 180
        middle = x + fill.width_in * self._dpi / 2
        rise = self._draw(-0.4, 0.5) * self._capital_px
        at = (middle - half * cos(angle), y + half * sin(angle) - rise)
        return bands.put(self._layer, fill.text, at, turn_deg=turn_deg)

    def _cross(self, square: Box) -> tuple[tuple[Point, ...], ...]:
        """Draw two lines that start in the box and leave it."""
        side = square.width
        over, low = self._draw(0.5, 0.9) * side, self._draw(0.3, 0.6) * side
        rising = ((square.left - over / 2, square.bottom + low), (square.right + over, square.top - over))
        falling = ((square.left - over / 3, square.top - low), (square.right + over / 2, square.bottom + over))
        return rising, falling

    def _flourish(self, square: Box) -> tuple[tuple[Point, ...], ...]:
        """Draw a short stroke down and a long one up, far out of the box."""
        side = square.width
        foot = (square.left + self._draw(0.2, 0.5) * side, square.bottom + self._draw(-0.2, 0.3) * side)
        start = (square.left - self._draw(0.0, 0.4) * side, square.top + self._draw(0.1, 0.6) * side)
        end = (square.right + self._draw(2.0, 4.5) * side, square.top - self._draw(1.2, 2.6) * side)
        return ((start, foot, end),)

    def _blob(self, square: Box) -> tuple[tuple[Point, ...], ...]:
        """Fill the box to and fro until it is black."""
        turns = 8
        points = []
        for step in range(turns + 1):
            x = square.left + square.width * step / turns + self._draw(-0.15, 0.15) * square.width
            edge = square.top if step % 2 else square.bottom
            points.append((x, edge + self._draw(-0.25, 0.25) * square.height))
        return (tuple(points),)

    def _line(self, points: Sequence[Point]) -> Trace:
        """Draw a line of the pen."""
        width_px = self._pen_px * self._draw(0.9, 1.2)
        return Trace(char="", outline=self._layer.stroke(points, width_px=width_px))

    def _draw(self, low: float, high: float) -> float:
        """Draw a number."""
        return float(self._generator.uniform(low, high))
