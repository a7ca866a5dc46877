"""A typewriter at work: every key stands a little off the line, every blow has its own weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import pi, sin

from numpy.random import Generator

from scanfix.facsimile.asked.document import Document, Run, Style
from scanfix.facsimile.marked.pen import PenStroke
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.facsimile.typed.galley import Key, TypedRow, TypedWord
from scanfix.facsimile.typed.measure import Measure
from scanfix.facsimile.typed.wear import STEPS, Basket, pressed
from scanfix.model.geometry import Box, Point

# One blow differs from the next by less than one key from another.
_BLOW_SHARE = 0.35
# The descent of a fixed-pitch face, as a share of the row, so that the first row stands at the margin.
BASELINE_SHARE = 0.8
# A line of typing is a sixth of an inch high, however far the rows stand apart.
LINE_IN = 1 / 6
# Typists turn the roller a notch before they underline, and half a line back for a raised sign.
_UNDERLINE_DROP_IN = 0.014
_RAISE_IN = LINE_IN * 0.4
# A setting machine underlines with a rule: heavy on the bulletins, close under the descenders.
_RULE_DROP_IN, _RULE_IN = 0.032, 0.013
# A key that strikes twice moves the carriage a little; one struck twice on purpose is hit on the spot.
_DOUBLE_IN, _DOUBLED_IN = 0.011, 0.004
# Ink of full weight is clipped: the ribbon gives no more. Cloth softens the rim, the blow's force brings it back.
_FORCE = 1.25
# A blow is never so light that it leaves nothing.
_WEIGHTS = (0.35, 1.8)
# Each carbon takes away so much of the darkness, and spreads what is left.
_COPY_DARK, _COPY_FORCE = 0.88, 1.15
# Spools turn round after about three quarters of a page.
_SWING_ROWS_IN = 7.0
# What an eraser leaves of a letter.
_GHOST = (0.12, 0.3)
# What a typist strikes on top of a letter to underline or to delete it.
_SECOND_SIGNS: Mapping[Style, str] = {"underlined": "_", "overtyped": "x", "slashed": "/"}
_CROSSED: frozenset[Style] = frozenset({"overtyped", "slashed"})
# Runs that leave no ink of the machine.
_UNTYPED: frozenset[Style] = frozenset({"withheld", "inserted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedKey:
    """One blow: its ink in the sheet's pixels (none when withheld), and that of the sign typed over or under."""

    key: Key
    ink: Outline
    second: Outline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedWord:
    """A typed word on the paper."""

    typed: TypedWord
    keys: tuple[InkedKey, ...]

    @property
    def text(self) -> str:
        """The characters that can be seen: none of what is withheld."""
        return "".join(key.key.char for key in self.keys if key.key.run.style != "withheld")

    @property
    def ink(self) -> tuple[Outline, ...]:
        """The ink of the word and of what was typed over it, without underlines."""
        seconds = (key.second for key in self.keys if key.second and key.key.run.style in _CROSSED)
        return tuple(ink for ink in (*(key.ink for key in self.keys), *seconds) if ink)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring keys of one styled run on one row.

    ``words`` are the places (from 0) of their words in the row; they stand in columns ``start`` to ``end``, half-open.
    ``stroke`` is a pen's through them, ``brackets`` those a hand drew round them.
    """

    run: Run
    words: tuple[int, ...]
    start: float
    end: float
    text: str
    keys: tuple[InkedKey, ...]
    stroke: PenStroke | None = None
    brackets: tuple[Outline, ...] = ()

    @property
    def ink(self) -> tuple[Outline, ...]:
        """The ink of the keys."""
        return tuple(key.ink for key in self.keys if key.ink)

    @property
    def seconds(self) -> tuple[Outline, ...]:
        """The ink of what was typed over or under them."""
        return tuple(key.second for key in self.keys if key.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedRow:
    """A typed row, its words on the paper, and its stretches that are not plain."""

    typed: TypedRow
    words: tuple[InkedWord, ...]
    stretches: tuple[Stretch, ...]


class Typewriter:
    """The machine of a document at a resolution.

    Parameters
    ----------
    document
        Its machine and margins.
    dpi
        Pixels an inch.
    habits
        Draws the habits of the keys, the same on each page.
    ribbon
        Draws how the ribbon's darkness drifts on this page.
    """

    def __init__(self, document: Document, *, dpi: int, habits: Generator, ribbon: Generator) -> None:
        self._machine = document.machine
        self._sheet = document.sheet
        self._dpi = dpi
        self._pitch_px = dpi / self._machine.pitch_cpi
        self._measure = Measure(face=self._machine.face)
        self._basket = Basket(self._machine, dpi=dpi, generator=habits)
        self._phase = float(ribbon.uniform())
        self._rubbed: Run | None = None

    def type_row(self, layer: Layer, row: TypedRow, generator: Generator) -> InkedRow:
        """Type a row; withheld keys leave a gap, overtyped ones are crossed out."""
        y = self.baseline_px(row)
        words = tuple(self._type_word(layer, word, y, generator) for word in row.words)
        return InkedRow(typed=row, words=words, stretches=tuple(_stretches(words)))

    def baseline_px(self, row: TypedRow) -> float:
        """Return the height of a row's baseline on the sheet."""
        return (self._sheet.top_in + (row.row + BASELINE_SHARE) * self._machine.row_in) * self._dpi

    def column_px(self, column: float) -> float:
        """Return the left edge of a column on the sheet."""
        return self._sheet.left_in * self._dpi + column * self._pitch_px

    def cells(self, row: TypedRow, *, start: float, end: float) -> Box:
        """Return the place of columns of a row, ink or none, in the sheet's pixels: capitals, descenders and all."""
        height = self._dpi * LINE_IN
        bottom = self.baseline_px(row) + 0.25 * height
        return Box.of((self.column_px(start), bottom - height, self.column_px(end), bottom))

    def _type_word(self, layer: Layer, word: TypedWord, y: float, generator: Generator) -> InkedWord:
        """Type the keys of a word, and what is typed over and under them."""
        keys = []
        column = word.column
        for key in word.keys:
            x = self.column_px(column)
            self._rub(layer, key, (x, y), generator)
            height = y - _RAISE_IN * self._dpi if key.run.style == "raised" else y
            blow = Outline() if key.run.style in _UNTYPED else self._strike(layer, key, (x, height), generator)
            keys.append(InkedKey(key=key, ink=blow, second=self._second(layer, key, (x, y), generator)))
            column += key.width
        return InkedWord(typed=word, keys=tuple(keys))

    def _strike(self, layer: Layer, key: Key, at: Point, generator: Generator) -> Outline:
        """Strike a key, a second time where it is doubled or bounces."""
        x, y = at
        if not self._measure.is_fixed:
            own = ink.width_of(key.char, self._machine.face, self._basket.size_px)
            x += (self._measure.width(key.char) * self._pitch_px - own) / 2
        blow = self._blow(layer, key.char, (x, y), generator)
        if key.run.style == "doubled":
            return around((blow, self._blow(layer, key.char, (x + _DOUBLED_IN * self._dpi, y), generator)))
        if self._machine.doubles and generator.uniform() < self._machine.doubles:
            off = (x + _DOUBLE_IN * self._dpi, y + float(generator.normal(0.0, _DOUBLE_IN / 4)) * self._dpi)
            return around((blow, self._blow(layer, key.char, off, generator, weight=0.6)))
        return blow

    def _second(self, layer: Layer, key: Key, at: Point, generator: Generator) -> Outline | None:
        """Strike the underscore, cross or slash that belongs to a key."""
        sign = "_" if key.run.is_underlined else _SECOND_SIGNS.get(key.run.style)
        if sign is None:
            return None
        x, y = at
        if sign != "_":
            return self._blow(layer, sign, at, generator)
        if self._measure.is_fixed:
            drop = y + _UNDERLINE_DROP_IN * self._dpi
            places = range(round(key.width))
            return around(self._blow(layer, sign, (x + place * self._pitch_px, drop), generator) for place in places)
        drop = y + _RULE_DROP_IN * self._dpi
        end = x + key.width * self._pitch_px
        return layer.stroke(((x, drop), (end, drop)), width_px=_RULE_IN * self._dpi, strength=self._dark(y))

    def _rub(self, layer: Layer, key: Key, at: Point, generator: Generator) -> None:
        """Type what was rubbed out where a run begins, as faint as an eraser leaves it."""
        if not key.run.ghost or key.run is self._rubbed:
            return
        self._rubbed = key.run
        dark = float(generator.uniform(*_GHOST))
        for index, char in enumerate(key.run.ghost):
            if char != " ":
                rubbed = self._basket.rubbed(char)
                left, top = round(at[0] + index * self._pitch_px), round(at[1])
                picture = pressed(rubbed, weight=1.0, dark=dark, lean=(0.0, 0.0))
                layer.lay(picture, left - rubbed.origin[0], top - rubbed.origin[1])

    def _blow(self, layer: Layer, char: str, at: Point, generator: Generator, *, weight: float = 1.0) -> Outline:
        """Strike one type."""
        habit = self._basket.habit(char)
        across, down, force, right, low = (float(one) for one in generator.normal(size=5))
        reach = _BLOW_SHARE * self._machine.wear_in * self._dpi
        x = round((at[0] + habit.x + across * reach) * STEPS)
        y = round((at[1] + habit.y + self._basket.lift_px(char) + down * reach) * STEPS)
        type_ = self._basket.type_of(char, x % STEPS, y % STEPS)
        weight *= habit.weight + force * self._machine.unevenness / 2
        weight = min(max(weight, _WEIGHTS[0]), _WEIGHTS[1]) * _FORCE * _COPY_FORCE**self._machine.copy
        swing = self._machine.lean * _BLOW_SHARE / 2
        lean = (habit.lean[0] + right * swing, habit.lean[1] + low * swing)
        left, top = x // STEPS - type_.origin[0], y // STEPS - type_.origin[1]
        dark = self._dark(at[1]) * min(weight, 1.0) ** 0.5
        layer.lay(pressed(type_, weight=weight, dark=dark, lean=lean), left, top)
        moved = type_.ink(weight * dark).shift(x=left, y=top)
        height, width = type_.picture.shape
        is_on_sheet = left >= 0 <= top and left + width <= layer.box.right and top + height <= layer.box.bottom
        return moved if is_on_sheet else moved.inside(layer.box)

    def _dark(self, y: float) -> float:
        """Return the ribbon's darkness at a height of the sheet."""
        turn = y / self._dpi / _SWING_ROWS_IN + self._phase
        swing = self._machine.ribbon_swing * (0.5 + 0.5 * sin(2 * pi * turn))
        return self._machine.ribbon * (1.0 - swing) * _COPY_DARK**self._machine.copy


def _stretches(words: tuple[InkedWord, ...]) -> Iterator[Stretch]:
    """Give the stretches of one run that is not plain."""
    keys = [
        (place, column, key)
        for place, word in enumerate(words)
        for column, key in zip(_columns(word), word.keys, strict=True)
    ]
    for run, group in groupby(keys, key=lambda entry: entry[2].key.run):
        if run.style == "plain":
            continue
        entries = list(group)
        places = tuple(dict.fromkeys(place for place, _, _ in entries))
        parts = ("".join(key.key.char for at, _, key in entries if at == place) for place in places)
        inked = tuple(key for _, _, key in entries)
        end = entries[-1][1] + entries[-1][2].key.width
        yield Stretch(run=run, words=places, start=entries[0][1], end=end, text=" ".join(parts), keys=inked)


def _columns(word: InkedWord) -> Iterator[float]:
    """Give the column of each key of a word."""
    column = word.typed.column
    for key in word.keys:
        yield column
        column += key.key.width
