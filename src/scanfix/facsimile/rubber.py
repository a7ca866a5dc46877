"""Rubber stamps, each on a layer of its own, and what a reviewer's pen adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from scanfix.facsimile import ink, outline, paper
from scanfix.facsimile.layers import Layers
from scanfix.facsimile.marking import Fill, Print, Stamp, StampPart, Tick, Withheld
from scanfix.facsimile.outline import Outline
from scanfix.facsimile.pen import PEN_IN
from scanfix.model.geometry import Affine, Box

_MARGIN_IN = 0.6  # room round a stamp for ticks and handwriting that leave it
_GAP = 0.9  # between the parts of a row, in capitals
_HAND = 2.3  # handwriting in stamps is more than twice as high as the print


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedStamp:
    """A stamp on layers of its own; ink is in their pixels. ``hands`` and ``hidden`` go with their parts."""

    stamp: Stamp
    layers: Layers
    to_sheet: Affine
    rubber: tuple[Outline, ...]
    squares: tuple[tuple[Tick, Outline], ...]
    hands: tuple[tuple[Fill, Outline], ...]
    hidden: tuple[tuple[Withheld, Box], ...]


def put_stamp(stamp: Stamp, *, dpi: int, generator: Generator) -> InkedStamp:
    """Print a stamp on a layer of its own, fill it in by hand, and say how it lies on the sheet."""
    capital_px = stamp.capital_in * dpi
    size_px = ink.size_for_capitals(stamp.face, capital_px)
    margin = _MARGIN_IN * dpi
    widths = [[_width(part, stamp, size_px, dpi) for part in row] for row in stamp.rows]
    inner = max(sum(row) + _GAP * capital_px * (len(row) - 1) for row in widths)
    height = len(stamp.rows) * stamp.leading * capital_px
    layers = Layers(width=round(inner + 2 * margin), height=round(height + 2 * margin))
    layer = layers.of(stamp.ink)
    rubber: list[Outline] = []
    squares: list[tuple[Tick, Outline]] = []
    hands: list[tuple[Fill, Outline]] = []
    hidden: list[tuple[Withheld, Box]] = []
    pens = _Pens(layers=layers, stamp=stamp, size_px=size_px, dpi=dpi, generator=generator)
    for index, row in enumerate(stamp.rows):
        x, y = margin, margin + (index + 1) * stamp.leading * capital_px - 0.5 * capital_px
        for part, width in zip(row, widths[index], strict=True):
            if isinstance(part, Print):
                rubber.extend(layer.text(part.text, stamp.face, size_px, (x, y), strength=stamp.strength))
            elif isinstance(part, Tick):
                squares.append((part, pens.tick(part, x, y)))
            elif isinstance(part, Fill):
                rubber.extend(pens.rule(part, x, y))
                hands.extend((part, hand) for hand in pens.write(part, x, y))
            else:
                hidden.append((part, Box.of((x, y - 1.4 * capital_px, x + width, y + 0.4 * capital_px))))
            x += width + _GAP * capital_px
    if stamp.has_frame:
        frame = Box.of((margin, margin, margin + inner, margin + height)).grow(round(capital_px))
        rubber.append(layer.frame(frame, width_px=0.012 * dpi, strength=stamp.strength))
    return InkedStamp(
        stamp=stamp,
        layers=layers,
        to_sheet=_lie(stamp, layers.box, dpi),
        rubber=tuple(rubber),
        squares=tuple(squares),
        hands=tuple(hands),
        hidden=tuple(hidden),
    )


class _Pens:
    """The reviewer's pen on one stamp."""

    def __init__(self, *, layers: Layers, stamp: Stamp, size_px: float, dpi: int, generator: Generator) -> None:
        self._rubber = layers.of(stamp.ink)
        self._pen = layers.of(stamp.pen)
        self._stamp = stamp
        self._size_px = size_px
        self._capital_px = stamp.capital_in * dpi
        self._dpi = dpi
        self._generator = generator

    def tick(self, tick: Tick, x: float, y: float) -> Outline:
        """Print a check box a capital high; a ticked one has a cross that starts in it and leaves it."""
        side = self._capital_px
        box = Box.of((x, y - side, x + side, y))
        square = self._rubber.frame(box, width_px=0.008 * self._dpi, strength=self._stamp.strength * 0.9)
        if tick.is_ticked:
            over = float(self._generator.uniform(0.5, 0.9)) * side
            for start, end in (
                ((x - over / 2, y + over / 2), (x + side + over, y - side - over)),
                ((x - over / 3, y - side - over / 2), (x + side + over / 2, y + over)),
            ):
                self._pen.stroke((start, end), width_px=PEN_IN * self._dpi * 1.1)
        return square

    def rule(self, fill: Fill, x: float, y: float) -> Sequence[Outline]:
        """Print the rule of a field; return its ink."""
        if not fill.has_rule:
            return ()
        ends = ((x, y + 2), (x + fill.width_in * self._dpi, y + 2))
        return (self._rubber.stroke(ends, width_px=0.006 * self._dpi, strength=self._stamp.strength),)

    def write(self, fill: Fill, x: float, y: float) -> Sequence[Outline]:
        """Write on a field by hand; return the ink of the writing."""
        size_px = ink.size_for_capitals("hand", self._capital_px * _HAND)
        inked = []
        pen = x + 0.05 * self._dpi
        lift = 0.0
        for char in fill.text:
            lift += float(self._generator.normal(0.0, 0.06)) * self._capital_px
            inked.append(self._pen.glyph(char, "hand", size_px, (pen, y - 0.2 * self._capital_px + lift)))
            pen += ink.width_of(char, "hand", size_px) * float(self._generator.uniform(0.92, 1.05))
        return (outline.around(inked),) if inked else ()


def _width(part: StampPart, stamp: Stamp, size_px: float, dpi: int) -> float:
    """Return how wide a part is."""
    if isinstance(part, Print):
        return ink.width_of(part.text, stamp.face, size_px)
    return stamp.capital_in * dpi if isinstance(part, Tick) else part.width_in * dpi


def _lie(stamp: Stamp, box: Box, dpi: int) -> Affine:
    """Return the map from the stamp's layers to the sheet."""
    turned = paper.turned(stamp.turn_deg, about=box.centre)
    x, y = (stamp.x_in - _MARGIN_IN) * dpi, (stamp.y_in - _MARGIN_IN) * dpi
    return turned.then(Affine(a=1.0, b=0.0, c=x, d=0.0, e=1.0, f=y))
