"""A text inside another, with a number of edits allowed."""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a text was found, from ``start`` to before ``end``, and the edits that make one of the other."""

    start: int
    end: int
    edits: int


def nearest(wanted: str, text: str) -> Place:
    """Return the place where a text is most like the wanted one, the first of equals; it may be empty."""
    return min(_places(wanted, text), key=lambda place: (place.edits, place.end))


def first(wanted: str, text: str, *, edits: int, start: int) -> Place | None:
    """Return the place that ends earliest, from ``start`` on, with no more than so many edits."""
    found = next((place for place in _places(wanted, text[start:]) if place.edits <= edits), None)
    return Place(found.start + start, found.end + start, found.edits) if found else None


def distance(one: str, other: str) -> int:
    """Return the fewest characters to be changed, added or taken away to make one text of the other.

    Notes
    -----
    Levenshtein (1966).
    """
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, start=1):
        row = _next(row, number, character, other)
    return row[-1]


def _places(wanted: str, text: str) -> Sequence[Place]:
    """Return the best place for every end in the text, in order; places begin and end where words may.

    Notes
    -----
    Sellers (1980), The theory and computation of evolutionary distances: pattern recognition, Journal of Algorithms
    1, 359-373.
    """
    never = len(wanted) + len(text) + 1
    may_part = [_may_part(text, at) for at in range(len(text) + 1)]
    row = [(0 if may else never, at) for at, may in enumerate(may_part)]
    for character in wanted:
        below = [(row[0][0] + 1, row[0][1])]
        for at, other in enumerate(text, start=1):
            changed, added, left = row[at - 1], row[at], below[at - 1]
            below.append(
                min(
                    (changed[0] + (character != other), changed[1]),
                    (added[0] + 1, added[1]),
                    (left[0] + 1, left[1]),
                )
            )
        row = below
    return [Place(start, end, edits) for end, (edits, start) in enumerate(row) if may_part[end]]


def _next(row: list[int], number: int, character: str, other: str) -> list[int]:
    """Return the next row of the table of distances."""
    below = [number]
    for at, sign in enumerate(other, start=1):
        below.append(min(row[at - 1] + (character != sign), row[at] + 1, below[at - 1] + 1))
    return below


def _may_part(text: str, at: int) -> bool:
    """Whether a word may begin or end at a place: not between two letters or digits."""
    return not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum())
