"""Whom and what one document is about: a few invented states, towns and people, an affair, a date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scanfix.facsimile.writing import grammar
from scanfix.facsimile.writing.draws import Draws

Spelling = Literal["american", "british"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The years whose scans are released now and were typed: from the war's end to the photocopier.
_YEARS = (1946, 1964)
_STATES, _TOWNS, _PERSONS = 4, 14, 9
# Women held office seldom in these papers.
_WOMEN = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An invented state."""

    name: str
    adjective: str
    capital: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person and the office that goes before the name."""

    office: str
    given: str
    surname: str
    is_woman: bool

    @property
    def initials(self) -> str:
        """As under a minute."""
        return f"{self.given[0]}.{self.surname[0]}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All that a document returns to; ``day`` is the day it was written on."""

    states: tuple[State, ...]
    towns: tuple[str, ...]
    persons: tuple[Person, ...]
    year: int
    month: str
    day: int
    spelling: Spelling

    @property
    def date(self) -> str:
        """The day in full, in the manner of the country."""
        return dated(self.day, self.month, self.year, self.spelling)


def cast(draws: Draws, *, spelling: Spelling) -> Cast:
    """Invent the states, towns and people of a document."""
    towns = _distinct(lambda: town(draws), _TOWNS + _STATES)
    names = _distinct(lambda: draws.pick(grammar.load().words("state")), _STATES)
    return Cast(
        states=tuple(_state(name, capital) for name, capital in zip(names, towns[_TOWNS:], strict=True)),
        towns=towns[:_TOWNS],
        persons=tuple(person(draws, spelling=spelling) for _ in range(_PERSONS)),
        year=draws.between(*_YEARS),
        month=draws.pick(MONTHS),
        day=draws.between(1, 28),
        spelling=spelling,
    )


def town(draws: Draws) -> str:
    """Invent a town."""
    return _joined(draws, "place")


def surname(draws: Draws) -> str:
    """Invent a surname."""
    return _joined(draws, "surname")


def person(draws: Draws, *, spelling: Spelling) -> Person:
    """Invent a person in office."""
    words = grammar.load().words
    is_woman = spelling == "american" and draws.chance(_WOMEN)
    return Person(
        office=draws.pick(words("office" if spelling == "american" or draws.chance(0.4) else "office.uk")),
        given=draws.pick(words("given.f" if is_woman else "given")),
        surname=surname(draws),
        is_woman=is_woman,
    )


def dated(day: int, month: str, year: int, spelling: Spelling) -> str:
    """Write a day: ``4 May 1953``, or ``4th May, 1953`` in British papers."""
    return f"{day} {month} {year}" if spelling == "american" else f"{ordinal(day)} {month}, {year}"


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 11th, 23rd."""
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _state(entry: str, capital: str) -> State:
    """Read a state of the list."""
    name, _, adjective = entry.partition("/")
    return State(name=name, adjective=adjective, capital=capital)


def _joined(draws: Draws, kind: str) -> str:
    """Join a stem and an ending; a letter that would stand twice goes."""
    stem, end = (draws.pick(grammar.load().words(f"{kind}.{part}")) for part in ("stem", "end"))
    return stem[:-1] + end if stem[-1] == end[0] else stem + end


def _distinct(invent: Callable[[], str], count: int) -> tuple[str, ...]:
    """Invent until there are enough different ones."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[invent()] = None
    return tuple(found)
