"""A typewriter with habits: every key stands a little off the line, every blow has its own weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from numpy.random import Generator

from scanfix.facsimile import ink
from scanfix.facsimile.document import Document, Run, Style
from scanfix.facsimile.ink import Layer
from scanfix.facsimile.outline import Outline
from scanfix.facsimile.pen import PenStroke
from scanfix.facsimile.typist import Key, TypedRow, TypedWord
from scanfix.model.geometry import Box

# The keys of a machine: every sign up to Latin-1's end has a place of its own, others share.
_KEYS = 256
# One blow differs from the next by less than one key from another.
_BLOW_SHARE = 0.35
# The shift lifts the whole basket: capitals stand off by one common amount, this share of the wear.
_SHIFT_SHARE = 0.6
# The descent of a fixed-pitch face, as a share of the row, so that the first row stands at the margin.
BASELINE_SHARE = 0.8
# Typists turn the roller a notch before they underline.
_UNDERLINE_DROP_IN = 0.02
# What a typist strikes on top of a letter to underline or to delete it.
_SECOND_SIGNS: Mapping[Style, str] = {"underlined": "_", "overtyped": "x"}


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
        seconds = (key.second for key in self.keys if key.second and key.key.run.style == "overtyped")
        return tuple(ink for ink in (*(key.ink for key in self.keys), *seconds) if ink)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring keys of one styled run on one row.

    ``words`` are the places (from 0) of their words in the row; they stand in columns ``start`` to ``end``, half-open.
    """

    run: Run
    words: tuple[int, ...]
    start: int
    end: int
    text: str
    keys: tuple[InkedKey, ...]
    stroke: PenStroke | None = None

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
    generator
        Draws the habits of the keys, once.
    """

    def __init__(self, document: Document, *, dpi: int, generator: Generator) -> None:
        self._machine = document.machine
        self._sheet = document.sheet
        self._dpi = dpi
        self._pitch_px = dpi / self._machine.pitch_cpi
        self._size_px = ink.size_for_pitch(self._machine.face, self._pitch_px)
        wear_px = self._machine.wear_in * dpi
        self._offsets = generator.normal(0.0, wear_px, size=(_KEYS, 2))
        self._shift_px = float(generator.normal(0.0, wear_px * _SHIFT_SHARE))
        self._weights = generator.normal(1.0, self._machine.unevenness, size=_KEYS)

    def type_row(self, layer: Layer, row: TypedRow, generator: Generator) -> InkedRow:
        """Type a row; withheld keys leave a gap, overtyped ones are crossed out with x."""
        y = (self._sheet.top_in + (row.row + BASELINE_SHARE) * self._machine.row_in) * self._dpi
        words = tuple(self._type_word(layer, word, y, generator) for word in row.words)
        return InkedRow(typed=row, words=words, stretches=tuple(_stretches(words)))

    def cells(self, row: TypedRow, *, start: int, end: int) -> Box:
        """Return the place of columns of a row, ink or none, in the sheet's pixels: capitals, descenders and all."""
        y = (self._sheet.top_in + row.row * self._machine.row_in) * self._dpi
        left = self._sheet.left_in * self._dpi
        # A line of typing is a sixth of an inch high, however far the rows stand apart.
        height = self._dpi / 6
        bottom = y + BASELINE_SHARE * self._machine.row_in * self._dpi + 0.25 * height
        return Box.of((left + start * self._pitch_px, bottom - height, left + end * self._pitch_px, bottom))

    def _type_word(self, layer: Layer, word: TypedWord, y: float, generator: Generator) -> InkedWord:
        """Type the keys of a word, and the underscores and crosses that belong to them."""
        left = self._sheet.left_in * self._dpi
        keys = []
        drop = _UNDERLINE_DROP_IN * self._dpi
        for index, key in enumerate(word.keys):
            x = left + (word.column + index) * self._pitch_px
            char = " " if key.run.style == "withheld" else key.char
            blow = self._blow(layer, char, x, y, generator)
            sign = _SECOND_SIGNS.get(key.run.style)
            second = self._blow(layer, sign, x, y + (drop if sign == "_" else 0.0), generator) if sign else None
            keys.append(InkedKey(key=key, ink=blow, second=second))
        return InkedWord(typed=word, keys=tuple(keys))

    def _blow(self, layer: Layer, char: str, x: float, y: float, generator: Generator) -> Outline:
        """Strike one key."""
        index = ord(char) % _KEYS
        blow = generator.normal(0.0, _BLOW_SHARE * self._machine.wear_in * self._dpi, size=2)
        weight = float(self._weights[index] + generator.normal(0.0, self._machine.unevenness / 2))
        at = (x + float(self._offsets[index, 0] + blow[0]), y + float(self._offsets[index, 1] + blow[1]))
        if char.isupper():
            at = (at[0], at[1] + self._shift_px)
        strength = min(max(self._machine.ribbon * weight, 0.3), 1.0)
        return layer.glyph(char, self._machine.face, self._size_px, at, strength=strength)


def _stretches(words: tuple[InkedWord, ...]) -> Iterator[Stretch]:
    """Give the stretches of one run that is not plain."""
    keys = [
        (place, word.typed.column + index, key)
        for place, word in enumerate(words)
        for index, key in enumerate(word.keys)
    ]
    for run, group in groupby(keys, key=lambda entry: entry[2].key.run):
        if run.style == "plain":
            continue
        entries = list(group)
        places = tuple(dict.fromkeys(place for place, _, _ in entries))
        parts = ("".join(key.key.char for at, _, key in entries if at == place) for place in places)
        inked = tuple(key for _, _, key in entries)
        yield Stretch(
            run=run, words=places, start=entries[0][1], end=entries[-1][1] + 1, text=" ".join(parts), keys=inked
        )
