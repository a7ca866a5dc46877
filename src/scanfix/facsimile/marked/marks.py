"""Classification markings put on the paper, what is drawn round them, and the strokes that cancel them."""

from dataclasses import dataclass

from numpy.random import Generator

from scanfix.facsimile.asked.document import Sheet
from scanfix.facsimile.asked.marking import Marking
from scanfix.facsimile.marked.pen import PenStroke, cancel
from scanfix.facsimile.surface import ink, picture
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import turned
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.facsimile.surface.picture import Picture
from scanfix.model.geometry import Affine, Box, Point

_SWAY_IN = 0.1  # nobody measures where the stamp goes
_PAD_PX = 4  # room round the letters of a word for their soft rims
_TALL, _DEEP = 1.6, 0.7  # accents and tails of a face, in capitals
_RULE_IN = 0.011  # a printer's rule, or a typewriter's underscore
_DASH_GAP = 0.55  # between a marking and the dashes beside it, in capitals


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedMarking:
    """A marking on the sheet: a picture a word, what is drawn round it, and the stroke through it."""

    marking: Marking
    words: tuple[Picture, ...]
    dress: tuple[Outline, ...]
    stroke: PenStroke | None
    upright: Box
    to_sheet: Affine

    @property
    def letters(self) -> tuple[Outline, ...]:
        """The outlines of its letters on the sheet."""
        return tuple(letter for word in self.words for letter in word.outlines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Type:
    """A marking's letters set in a row: the size of the face and where each stands, in pixels."""

    size_px: float
    starts: tuple[float, ...]
    width_px: float


def put_marking(
    layers: Layers,
    marking: Marking,
    *,
    sheet: Sheet,
    dpi: int,
    generator: Generator,
    middle_in: float | None = None,
) -> InkedMarking:
    """Print a marking, dress it, and strike it where it is cancelled.

    Parameters
    ----------
    middle_in
        The distance of its middle from the sheet's top where a gap of the text places it.
    """
    type_ = _set(marking, dpi)
    x, y = _middle(marking, sheet, middle_in)
    sway = float(generator.uniform(-_SWAY_IN, _SWAY_IN))
    middle = ((x + (sway if marking.x_in is None else 0.0)) * dpi, y * dpi)
    turn = turned(marking.turn_deg, about=middle) if marking.turn_deg else Affine.identity()
    at = (middle[0] - type_.width_px / 2, middle[1] + marking.capital_in * dpi / 2)
    strength = float(generator.uniform(0.85, 1.0))
    layer = layers.of(marking.ink)
    words = []
    upright = []
    for start, end in _spans(marking.text):
        drawn, box, outlines = _word(marking, type_, start, end, at, strength)
        way = picture.moved(box).then(turn)
        picture.lay(layer, drawn, way, sheet=layers.box)
        words.append(picture.keep(drawn, way, outlines, sheet=layers.box))
        upright.append(around(outlines).box.shift(x=box.left, y=box.top))
    whole = Box.around(upright)
    dress = _dress(layer, marking, type_, whole, turn, dpi)
    stroke = None
    if marking.stroke is not None:
        pen = layers.of(marking.stroke.ink)
        stroke = cancel(pen, whole, marking.stroke, dpi=dpi, generator=generator, way=turn)
    return InkedMarking(marking=marking, words=tuple(words), dress=dress, stroke=stroke, upright=whole, to_sheet=turn)


def _set(marking: Marking, dpi: int) -> _Type:
    """Set the letters of a marking, parted as it asks."""
    size_px = ink.size_for_capitals(marking.face, marking.capital_in * dpi)
    apart = marking.spacing_em * size_px
    starts = tuple(
        ink.width_of(marking.text[:index], marking.face, size_px) + index * apart
        for index in range(len(marking.text) + 1)
    )
    return _Type(size_px=size_px, starts=starts, width_px=starts[-1] - apart)


def _middle(marking: Marking, sheet: Sheet, middle_in: float | None) -> Point:
    """Return a marking's middle, in inches from the sheet's top left."""
    x = sheet.width_in / 2 if marking.x_in is None else marking.x_in
    if middle_in is not None:
        return x, middle_in
    return x, sheet.height_in - marking.at_in if marking.edge == "foot" else marking.at_in


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of a text's words."""
    spans, start = [], 0
    for word in text.split(" "):
        if word:
            spans.append((start, start + len(word)))
        start += len(word) + 1
    return tuple(spans)


def _word(
    marking: Marking, type_: _Type, start: int, end: int, at: Point, strength: float
) -> tuple[Layer, Box, tuple[Outline, ...]]:
    """Print a word on a surface of its own; return it, its place before the marking is turned, and its letters."""
    x, y = at
    high = type_.size_px
    reach = _PAD_PX + 0.3 * high
    box = Box.of((x + type_.starts[start] - reach, y - _TALL * high, x + type_.starts[end] + reach, y + _DEEP * high))
    drawn = picture.surface(box)
    outlines = []
    for index in range(start, end):
        place = (x + type_.starts[index] - box.left, y - box.top)
        outlines.append(drawn.glyph(marking.text[index], marking.face, type_.size_px, place, strength=strength))
    return drawn, box, tuple(one for one in outlines if one)


def _dress(layer: Layer, marking: Marking, type_: _Type, box: Box, turn: Affine, dpi: int) -> tuple[Outline, ...]:
    """Draw the lines round a marking; return their ink."""
    if marking.dress == "dashes":
        return _dashes(layer, marking, type_, box, turn)
    high = box.height
    left, top, right, bottom = box.edges
    above, below, pad = top - 0.3 * high, bottom + 0.22 * high, 0.45 * high
    lines: dict[str, tuple[tuple[Point, ...], ...]] = {
        "underline": (((left, below), (right, below)),),
        "overline": (((left, above), (right, above)),),
        "rules": (
            ((left - high, top - pad), (right + high, top - pad)),
            ((left - high, bottom + pad), (right + high, bottom + pad)),
        ),
        "box": (
            (
                (left - pad, top - pad),
                (right + pad, top - pad),
                (right + pad, bottom + pad),
                (left - pad, bottom + pad),
                (left - pad, top - pad),
            ),
        ),
    }
    return tuple(
        layer.stroke([turn.point(x, y) for x, y in line], width_px=_RULE_IN * dpi)
        for line in lines.get(marking.dress, ())
    )


def _dashes(layer: Layer, marking: Marking, type_: _Type, box: Box, turn: Affine) -> tuple[Outline, ...]:
    """Type a dash on either side of a marking."""
    high = box.height
    wide = ink.width_of("-", marking.face, type_.size_px)
    reach = _DASH_GAP * high
    drawn_at = (box.left - reach - wide, box.right + reach)
    baseline = box.bottom
    found: list[Outline] = []
    for x in drawn_at:
        place = Box.of((x - _PAD_PX, baseline - high, x + wide + _PAD_PX, baseline + _PAD_PX))
        drawn = picture.surface(place)
        drawn.glyph("-", marking.face, type_.size_px, (x - place.left, baseline - place.top))
        laid = picture.lay(layer, drawn, picture.moved(place).then(turn), sheet=layer.box)
        found.extend(laid.outlines)
    return tuple(found)
