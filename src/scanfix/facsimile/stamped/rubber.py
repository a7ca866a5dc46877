"""Rubber stamps, each on layers of its own: how their rows are set, and what of them is on the paper in the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, pi, sin, sqrt

import numpy as np
from numpy.random import Generator

from scanfix.facsimile.asked.document import Sheet
from scanfix.facsimile.asked.marking import Choice, Fill, Print, Stamp, StampPart, Tick
from scanfix.facsimile.marked.pen import PenStroke, cancel
from scanfix.facsimile.stamped import impression
from scanfix.facsimile.stamped.fillins import FillIns
from scanfix.facsimile.stamped.impression import Sign, Trace, left_of
from scanfix.facsimile.stamped.stamp_setting import Setting
from scanfix.facsimile.surface import outline
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import turned
from scanfix.facsimile.surface.outline import Outline
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box

_FRAME_IN, _RULE_IN, _SQUARE_IN = 0.012, 0.006, 0.008
_OVAL_POINTS = 72  # a chord of an oval two inches wide stays within a pixel of it at 300 dpi


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedPart:
    """A part of a stamp on the paper.

    ``letters`` are those of its text, sign for sign with spaces; ``lines`` its rule or check box; ``pen`` what a pen
    drew on it without writing; ``hidden`` the place that a redaction will cover. All in pixels of the stamp's layers.
    """

    part: StampPart
    letters: tuple[Sign, ...] = ()
    lines: tuple[Sign, ...] = ()
    pen: tuple[Sign, ...] = ()
    hidden: Box | None = None

    @property
    def is_rubber(self) -> bool:
        """Whether its letters are the stamp's own."""
        return not isinstance(self.part, Fill) or self.part.by == "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedStamp:
    """A stamp on layers of its own, how they lie on the sheet, and what is left of its parts and frame."""

    stamp: Stamp
    layers: Layers
    to_sheet: Affine
    rows: tuple[tuple[InkedPart, ...], ...]
    frame: tuple[Sign, ...]
    stroke: PenStroke | None = None

    @property
    def parts(self) -> Iterator[InkedPart]:
        """The parts in order."""
        for row in self.rows:
            yield from row

    @property
    def hidden(self) -> tuple[Box, ...]:
        """The places that redactions will cover."""
        return tuple(part.hidden for part in self.parts if part.hidden)


def put_stamp(stamp: Stamp, *, sheet: Sheet, dpi: int, generator: Generator) -> InkedStamp:
    """Print a stamp on layers of its own, fill it in, and say how it lies on the sheet and what the edge leaves of it.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    SettingsError
        A face lacks a sign.
    """
    setting = Setting(stamp, dpi=dpi)
    width, height = round(setting.width + 2 * setting.margin), round(setting.height + 2 * setting.margin)
    rubber, pens = Layer(width=width, height=height), Layer(width=width, height=height)
    maker = _Maker(setting, rubber, pens, generator)
    rows = tuple(maker.row(index) for index in range(len(stamp.rows)))
    frame, stroke = maker.frame(), maker.cancel(rows)
    before = rubber.ink.copy(), pens.ink.copy()
    to_sheet = _lie(stamp, setting, rubber.box)
    impression.press_on(rubber, stamp, setting.content, dpi=dpi, generator=generator)
    whole = Box(left=0, top=0, right=round(sheet.width_in * dpi), bottom=round(sheet.height_in * dpi))
    impression.cut((rubber, pens), to_sheet, whole)
    layers = Layers(width=width, height=height)
    for layer, name in ((rubber, stamp.ink), (pens, stamp.pen)):
        target = layers.of(name).ink
        np.maximum(target, layer.ink, out=target)
    left = _Left(rubber=(before[0], rubber.ink), pens=(before[1], pens.ink))
    return InkedStamp(
        stamp=stamp,
        layers=layers,
        to_sheet=to_sheet,
        rows=tuple(tuple(left.part(part) for part in row) for row in rows),
        frame=left.signs(frame, is_rubber=True),
        stroke=stroke,
    )


def extent_in(stamp: Stamp) -> tuple[float, float]:
    """Return (width, height) in inches of a stamp's print and frame before it is turned."""
    setting = Setting(stamp, dpi=300)
    return setting.content.width / 300, setting.content.height / 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A part as it was drawn, before anything was lost."""

    part: StampPart
    letters: tuple[Trace, ...] = ()
    lines: tuple[Trace, ...] = ()
    pen: tuple[Trace, ...] = ()
    hidden: Box | None = None


class _Maker:
    """Prints and fills in the parts of one stamp."""

    def __init__(self, setting: Setting, rubber: Layer, pens: Layer, generator: Generator) -> None:
        self._setting = setting
        self._stamp = setting.stamp
        self._rubber = rubber
        self._pens = pens
        self._seed = int(generator.integers(2**62))
        self._fill_ins = self._hands_at(0, 0)

    def row(self, index: int) -> tuple[_Drawn, ...]:
        """Print a row and fill it in."""
        parts = self._stamp.rows[index]
        if self._setting.is_arched and index in (0, len(self._stamp.rows) - 1):
            return tuple(_Drawn(part=part, letters=self._arch(part, is_upper=index == 0)) for part in parts)
        x, y = self._setting.start(index)
        drawn: list[_Drawn] = []
        for part, width in zip(parts, self._setting.widths[index], strict=True):
            x += self._setting.gap_before(part) if drawn else 0.0
            self._fill_ins = self._hands_at(index, len(drawn))
            drawn.append(self._part(part, x, y, width))
            x += width
        return tuple(drawn)

    def frame(self) -> tuple[Trace, ...]:
        """Print the frame."""
        if not self._stamp.has_frame:
            return ()
        setting, strength = self._setting, self._stamp.strength
        width_px = _FRAME_IN * setting.dpi
        if not self._stamp.is_round:
            drawn = self._rubber.frame(setting.edge, width_px=width_px, strength=strength)
            return (Trace(char="", outline=drawn),)
        (x, y), wide, high = setting.centre, setting.width / 2, setting.height / 2
        turns = [2 * pi * step / _OVAL_POINTS for step in range(_OVAL_POINTS + 1)]
        points = [(x + wide * cos(turn), y + high * sin(turn)) for turn in turns]
        return (Trace(char="", outline=self._rubber.stroke(points, width_px=width_px, strength=strength)),)

    def cancel(self, rows: Sequence[Sequence[_Drawn]]) -> PenStroke | None:
        """Strike the letters of the whole stamp."""
        if self._stamp.stroke is None:
            return None
        letters = outline.around(trace.outline for row in rows for part in row for trace in part.letters)
        generator = np.random.default_rng([self._seed, len(rows)])
        return cancel(self._pens, letters.box, self._stamp.stroke, dpi=self._setting.dpi, generator=generator)

    def _hands_at(self, row: int, place: int) -> FillIns:
        """Return the hands at work on a part, with numbers of its own: what fills in one part changes no other."""
        generator = np.random.default_rng([self._seed, row, place])
        return FillIns(
            self._pens, self._stamp, size_px=self._setting.capital, dpi=self._setting.dpi, generator=generator
        )

    def _part(self, part: StampPart, x: float, y: float, width: float) -> _Drawn:
        """Print a part and fill it in."""
        if isinstance(part, Print):
            return _Drawn(part=part, letters=self._setting.print.put(self._rubber, part.text, (x, y)))
        if isinstance(part, Tick):
            return self._check_box(part, x, y)
        if isinstance(part, Choice):
            return self._choice(part, x, y)
        if isinstance(part, Fill):
            return self._field(part, x, y)
        capital = self._setting.capital
        return _Drawn(part=part, hidden=Box.of((x, y - 1.4 * capital, x + width, y + 0.4 * capital)))

    def _field(self, fill: Fill, x: float, y: float) -> _Drawn:
        """Print the rule of a field and fill it in."""
        lines: tuple[Trace, ...] = ()
        if fill.has_rule and fill.by != "print":
            ends = ((x, y + 2), (x + fill.width_in * self._setting.dpi, y + 2))
            rule = self._rubber.stroke(ends, width_px=_RULE_IN * self._setting.dpi, strength=self._stamp.strength)
            lines = (Trace(char="", outline=rule),)
        is_print = fill.by == "print"
        letters = (
            self._setting.print.put(self._rubber, fill.text, (x, y)) if is_print else self._fill_ins.fill(fill, x, y)
        )
        pen = self._fill_ins.scribble(letters) if fill.is_struck else ()
        return _Drawn(part=fill, letters=letters, lines=lines, pen=pen)

    def _check_box(self, tick: Tick, x: float, y: float) -> _Drawn:
        """Print a check box a capital high, often without its upper and lower side, and tick it."""
        side = self._setting.capital
        square = Box.of((x, y - side, x + side, y))
        left, top, right, bottom = square.edges
        hook = 0.25 * side if self._fill_ins.is_open() else 0.5 * (right - left)
        sides = (
            ((left + hook, top), (left, top), (left, bottom), (left + hook, bottom)),
            ((right - hook, top), (right, top), (right, bottom), (right - hook, bottom)),
        )
        width_px = _SQUARE_IN * self._setting.dpi
        drawn = [self._rubber.stroke(points, width_px=width_px, strength=self._stamp.strength) for points in sides]
        lines = (Trace(char="", outline=outline.around(drawn)),)
        return _Drawn(part=tick, lines=lines, pen=self._fill_ins.tick(tick, square))

    def _choice(self, choice: Choice, x: float, y: float) -> _Drawn:
        """Print the options of a choice and circle one; the gap between two counts as a space."""
        letters: list[Trace] = []
        pen: tuple[Trace, ...] = ()
        for option, start in self._setting.option_starts(choice):
            letters += [Trace(char=" ", outline=Outline())] if letters else []
            printed = self._setting.print.put(self._rubber, option, (x + start, y))
            letters += printed
            if option == choice.circled:
                pen = self._fill_ins.circle(outline.around(trace.outline for trace in printed).box)
        return _Drawn(part=choice, letters=tuple(letters), pen=pen)

    def _arch(self, part: StampPart, *, is_upper: bool) -> tuple[Trace, ...]:
        """Print words along the inside of an oval frame, their middle at its top or bottom."""
        setting = self._setting
        text = part.text if isinstance(part, Print) else ""
        inset = setting.capital * (1.7 if is_upper else 0.7)
        wide, high = setting.width / 2 - inset, setting.height / 2 - inset
        way = -1.0 if is_upper else 1.0  # upper words run clockwise, lower ones anticlockwise
        at = 0.5 * pi if is_upper else 1.5 * pi
        at = _along(at, -way * setting.print.width_of(text) / 2, wide, high)
        traces, past = [], 0.0
        for char, start in setting.print.starts(text):
            at, past = _along(at, way * (start - past), wide, high), start
            half = _along(at, way * setting.print.width_of(char) / 2, wide, high)
            turn_deg = degrees(atan2(way * high * cos(half), -way * wide * sin(half)))
            place = (setting.centre[0] + wide * cos(at), setting.centre[1] - high * sin(at))
            traces.append(setting.print.sign(self._rubber, char, place, turn_deg=turn_deg))
        return tuple(traces)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Left:
    """The surfaces of a stamp, before and after each lost ink."""

    rubber: tuple[GrayImage, GrayImage]
    pens: tuple[GrayImage, GrayImage]

    def part(self, drawn: _Drawn) -> InkedPart:
        """Measure what is left of a part."""
        part = drawn.part
        is_rubber = not isinstance(part, Fill) or part.by == "print"
        return InkedPart(
            part=part,
            letters=self.signs(drawn.letters, is_rubber=is_rubber),
            lines=self.signs(drawn.lines, is_rubber=True),
            pen=self.signs(drawn.pen, is_rubber=False),
            hidden=drawn.hidden,
        )

    def signs(self, traces: tuple[Trace, ...], *, is_rubber: bool) -> tuple[Sign, ...]:
        """Measure what is left of traces."""
        before, after = self.rubber if is_rubber else self.pens
        return tuple(left_of(trace, before, after) for trace in traces)


def _along(angle: float, by_px: float, wide: float, high: float) -> float:
    """Go along an oval by a length; steps of a twentieth of it follow its bend closely enough."""
    for _ in range(20):
        angle += by_px / 20 / sqrt((wide * sin(angle)) ** 2 + (high * cos(angle)) ** 2)
    return angle


def _lie(stamp: Stamp, setting: Setting, box: Box) -> Affine:
    """Return the map from the stamp's layers to the sheet."""
    turn = turned(stamp.turn_deg, about=box.centre)
    x, y = round(stamp.x_in * setting.dpi) - setting.margin, round(stamp.y_in * setting.dpi) - setting.margin
    return turn.then(Affine(a=1.0, b=0.0, c=x, d=0.0, e=1.0, f=y))
