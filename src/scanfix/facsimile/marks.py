"""Marks put on the paper with rubber: classification markings, struck or not, and stamps filled in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from scanfix.facsimile import ink, paper
from scanfix.facsimile.document import Fill, Marking, Print, Sheet, Stamp, StampPart, Tick, Withheld
from scanfix.facsimile.ink import Layer
from scanfix.facsimile.pen import PEN_IN, PenStroke, cancel
from scanfix.model.geometry import Affine, Box

_MARGIN_IN = 0.6  # room round a stamp for ticks and handwriting that leave it
_ROW_PITCH = 2.1  # rows of reviewers' stamps stand about two capitals apart
_GAP = 0.9  # between the parts of a row, in capitals
_HAND = 2.3  # handwriting in stamps is more than twice as high as the print


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedMarking:
    """A marking on the sheet, its letters' boxes, and the stroke through it."""

    marking: Marking
    letters: tuple[Box, ...]
    stroke: PenStroke | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedStamp:
    """A stamp on a layer of its own; boxes are the layer's. ``hands`` and ``hidden`` go with their parts."""

    stamp: Stamp
    layer: Layer
    to_sheet: Affine
    rubber: tuple[Box, ...]
    squares: tuple[tuple[Tick, Box], ...]
    hands: tuple[tuple[Fill, Box], ...]
    hidden: tuple[tuple[Withheld, Box], ...]


def put_marking(layer: Layer, marking: Marking, *, sheet: Sheet, dpi: int, generator: Generator) -> InkedMarking:
    """Print a marking in the middle of the head or foot, and strike it where it is cancelled."""
    size_px = ink.size_for_capitals(marking.face, marking.capital_in * dpi)
    width = ink.width_of(marking.text, marking.face, size_px)
    middle = marking.at_in if marking.edge == "head" else sheet.height_in - marking.at_in
    sway = generator.uniform(-0.1, 0.1)  # nobody measures where the stamp goes
    at = ((sheet.width_in / 2 + sway) * dpi - width / 2, (middle + marking.capital_in / 2) * dpi)
    letters = layer.text(marking.text, marking.face, size_px, at, strength=float(generator.uniform(0.85, 1.0)))
    stroke = None
    if marking.stroke is not None:
        stroke = cancel(layer, Box.around(letters), marking.stroke, dpi=dpi, generator=generator)
    return InkedMarking(marking=marking, letters=letters, stroke=stroke)


def put_stamp(stamp: Stamp, *, dpi: int, generator: Generator) -> InkedStamp:
    """Print a stamp on a layer of its own, fill it in by hand, and say how it lies on the sheet."""
    capital_px = stamp.capital_in * dpi
    size_px = ink.size_for_capitals(stamp.face, capital_px)
    margin = _MARGIN_IN * dpi
    widths = [[_width(part, stamp, size_px, dpi) for part in row] for row in stamp.rows]
    inner = max(sum(row) + _GAP * capital_px * (len(row) - 1) for row in widths)
    height = len(stamp.rows) * _ROW_PITCH * capital_px
    layer = Layer(width=round(inner + 2 * margin), height=round(height + 2 * margin))
    rubber: list[Box] = []
    squares: list[tuple[Tick, Box]] = []
    hands: list[tuple[Fill, Box]] = []
    hidden: list[tuple[Withheld, Box]] = []
    pens = _Pens(layer=layer, stamp=stamp, size_px=size_px, dpi=dpi, generator=generator)
    for index, row in enumerate(stamp.rows):
        x, y = margin, margin + (index + 1) * _ROW_PITCH * capital_px - 0.5 * capital_px
        for part, width in zip(row, widths[index], strict=True):
            if isinstance(part, Print):
                rubber.extend(layer.text(part.text, stamp.face, size_px, (x, y), strength=stamp.strength))
            elif isinstance(part, Tick):
                squares.append((part, pens.tick(part, x, y)))
            elif isinstance(part, Fill):
                rubber.extend(pens.rule(part, x, y))
                hands.extend((part, box) for box in pens.write(part, x, y))
            else:
                hidden.append((part, Box.of((x, y - 1.4 * capital_px, x + width, y + 0.4 * capital_px))))
            x += width + _GAP * capital_px
    if stamp.has_frame:
        outline = Box.of((margin, margin, margin + inner, margin + height)).grow(round(capital_px))
        layer.frame(outline, width_px=0.012 * dpi, strength=stamp.strength)
        rubber.append(outline)
    return InkedStamp(
        stamp=stamp,
        layer=layer,
        to_sheet=_lie(stamp, layer, dpi),
        rubber=tuple(rubber),
        squares=tuple(squares),
        hands=tuple(hands),
        hidden=tuple(hidden),
    )


class _Pens:
    """The reviewer's pen on one stamp."""

    def __init__(self, *, layer: Layer, stamp: Stamp, size_px: float, dpi: int, generator: Generator) -> None:
        self._layer = layer
        self._stamp = stamp
        self._size_px = size_px
        self._capital_px = stamp.capital_in * dpi
        self._dpi = dpi
        self._generator = generator

    def tick(self, tick: Tick, x: float, y: float) -> Box:
        """Print a check box a capital high; a ticked one has a cross that starts in it and leaves it."""
        side = self._capital_px
        box = Box.of((x, y - side, x + side, y))
        self._layer.frame(box, width_px=0.008 * self._dpi, strength=self._stamp.strength * 0.9)
        if tick.is_ticked:
            over = float(self._generator.uniform(0.5, 0.9)) * side
            for start, end in (
                ((x - over / 2, y + over / 2), (x + side + over, y - side - over)),
                ((x - over / 3, y - side - over / 2), (x + side + over / 2, y + over)),
            ):
                self._layer.stroke((start, end), width_px=PEN_IN * self._dpi * 1.1)
        return box

    def rule(self, fill: Fill, x: float, y: float) -> Sequence[Box]:
        """Print the rule of a field; return its box."""
        if not fill.has_rule:
            return ()
        ends = ((x, y + 2), (x + fill.width_in * self._dpi, y + 2))
        return (self._layer.stroke(ends, width_px=0.006 * self._dpi, strength=self._stamp.strength),)

    def write(self, fill: Fill, x: float, y: float) -> Sequence[Box]:
        """Write on a field by hand; return the box of the writing."""
        size_px = ink.size_for_capitals("hand", self._capital_px * _HAND)
        boxes = []
        pen = x + 0.05 * self._dpi
        lift = 0.0
        for char in fill.text:
            lift += float(self._generator.normal(0.0, 0.06)) * self._capital_px
            boxes.append(self._layer.glyph(char, "hand", size_px, (pen, y - 0.2 * self._capital_px + lift)))
            pen += ink.width_of(char, "hand", size_px) * float(self._generator.uniform(0.92, 1.05))
        return (Box.around(box for box in boxes if box.area),) if boxes else ()


def _width(part: StampPart, stamp: Stamp, size_px: float, dpi: int) -> float:
    """Return how wide a part is."""
    if isinstance(part, Print):
        return ink.width_of(part.text, stamp.face, size_px)
    return stamp.capital_in * dpi if isinstance(part, Tick) else part.width_in * dpi


def _lie(stamp: Stamp, layer: Layer, dpi: int) -> Affine:
    """Return the map from the stamp's layer to the sheet."""
    turned = paper.turned(stamp.turn_deg, about=layer.box.centre)
    x, y = (stamp.x_in - _MARGIN_IN) * dpi, (stamp.y_in - _MARGIN_IN) * dpi
    return turned.then(Affine(a=1.0, b=0.0, c=x, d=0.0, e=1.0, f=y))
