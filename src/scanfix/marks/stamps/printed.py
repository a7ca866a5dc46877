"""The wordings of known stamps as they lie on the rubber: line by line, what is printed and what is left free, where.

Lengths are capitals of the stamp (1 is the height of a capital letter), counted from the left end of the line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import regex

from scanfix.families import Family, Wording
from scanfix.marks.wordings import fold

ItemKind = Literal["print", "field", "box", "choice"]

_PLACEHOLDER = regex.compile(r"\{(?P<name>[^}:]+)(?::(?P<kind>[^}]+))?\}")
_KINDS: dict[str, ItemKind] = {"box": "box", "choice": "choice"}
# Widths of Helvetica's signs in thousandths of an em (Adobe's metrics of 1990), of which a capital is 718 high: rubber
# stamps are cut in such faces, and a stamp's own stretch is found on the page.
_CAPITAL = 718
_USUAL = 556
_SPACE = 278
_WIDTHS = {
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("Mm", 833),
    **dict.fromkeys("Jcksvxyz", 500),
    **dict.fromkeys("I .,:;/[]ft!", 278),
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys("()-r", 333),
    "W": 944,
}
# A field of unknown width, a check box and the spaces around them, in capitals.
_FIELD, _BOX, _GAP = 6.0, 1.0, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A printed run of words, or the place of a field; ``start`` and ``end`` in capitals from the left."""

    kind: ItemKind
    text: str
    start: float
    end: float


@dataclass(frozen=True, kw_only=True, eq=False)
class PrintedLine:
    """One line of a wording; ``number`` counts from 0, ``left`` is its beginning in capitals from the stamp's left."""

    number: int
    left: float
    items: tuple[Item, ...]

    @cached_property
    def prints(self) -> tuple[Item, ...]:
        """What is printed on it."""
        return tuple(item for item in self.items if item.kind == "print")

    @cached_property
    def folded(self) -> str:
        """The printed letters, folded."""
        return fold("".join(item.text for item in self.prints))

    @property
    def width(self) -> float:
        """Width in capitals."""
        return max((item.end for item in self.items), default=0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Printed:
    """A wording of a family as it lies on the rubber."""

    family: Family
    wording: Wording
    lines: tuple[PrintedLine, ...]

    @cached_property
    def letters(self) -> int:
        """The number of its printed letters."""
        return sum(len(line.folded) for line in self.lines)


def printed(families: Iterable[Family]) -> tuple[Printed, ...]:
    """Lay out all wordings of the families."""
    return tuple(
        Printed(family=family, wording=wording, lines=tuple(_lines(wording, family)))
        for family in families
        for wording in family.wording
    )


def width_of(text: str) -> float:
    """Return the width of a text in capitals."""
    return sum(_WIDTHS.get(sign, _USUAL) for sign in text) / _CAPITAL


def _lines(wording: Wording, family: Family) -> Iterator[PrintedLine]:
    """Lay the lines of a wording below each other."""
    rows = [tuple(_items(line, family)) for line in wording.lines]
    widths = [max((item.end for item in row), default=0.0) for row in rows]
    for number, (row, width) in enumerate(zip(rows, widths, strict=True)):
        left = (max(widths) - width) / 2 if family.press.align == "centre" else 0.0
        yield PrintedLine(number=number, left=left, items=row)


def _items(line: str, family: Family) -> Iterator[Item]:
    """Part a line into what is printed and what is left free; lay its parts side by side."""
    at, x = 0, 0.0
    for place in _PLACEHOLDER.finditer(line):
        text = line[at : place.start()].strip()
        if text:
            yield Item(kind="print", text=text, start=x, end=x + width_of(text))
            x += width_of(text) + _GAP
        kind = _KINDS.get(place["kind"] or "", "field")
        width = 0.0 if kind == "choice" else _BOX if kind == "box" else _field_width(family, place["name"])
        yield Item(kind=kind, text=place["name"], start=x, end=x + width)
        x += width + (_GAP if width else 0.0)
        at = place.end()
    text = line[at:].strip()
    if text:
        yield Item(kind="print", text=text, start=x, end=x + width_of(text))


def _field_width(family: Family, name: str) -> float:
    """Return the width that the rubber leaves for a field, in capitals."""
    field = family.field.get(name)
    return field.width_in / family.press.capital_in if field and field.width_in else _FIELD
