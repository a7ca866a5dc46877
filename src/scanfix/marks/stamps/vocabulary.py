"""All that may stand in a stamp's field: forms, each a row of parts, and the texts of a part."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import numpy as np

from scanfix.families import FieldKind, StampField
from scanfix.marks.stamps.grammar import value_of
from scanfix.marks.stamps.spelling import Logs

Form = tuple[tuple[str, ...], ...]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CAPITALS = tuple(month.upper() for month in _MONTHS)
_DAYS = tuple(str(day) for day in range(1, 32))
_NUMBERED = tuple(str(month) for month in range(1, 13))
_MARKS = ("/", "-", ".")
# Where a family does not say when it was used: that long before and after the years that are known of it.
_MORE_YEARS = 5
_UNKNOWN = StampField().used
# Of each part the likeliest texts are laid together, and of those the likeliest are spelled out.
_OF_A_PART, _OF_ALL = 10, 200
# A bound takes nothing off for what a text leaves out: of texts alike the longer is the likelier, by so much a sign.
_LONGER = 0.5


@cache
def forms_of(kind: FieldKind, used: tuple[int, int], known: tuple[int, int]) -> tuple[Form, ...]:
    """Return the forms of a kind of field; none for kinds of which nobody can list all.

    Parameters
    ----------
    used, known
        Years of the family (see `StampField`): those in which it was used, and those seen of it.
    """
    first, last = used if used != _UNKNOWN else (known[0] - _MORE_YEARS, known[1] + _MORE_YEARS)
    years = tuple(str(year) for year in range(first, last + 1))
    ways: Mapping[FieldKind, Callable[[], Iterator[Form]]] = {
        "date": lambda: _dates(years),
        "year": lambda: iter([(years,)]),
        "number": lambda: iter([(tuple(str(number) for number in range(1, 1000)),)]),
    }
    return tuple(ways[kind]()) if kind in ways else ()


def is_listed(field: StampField) -> bool:
    """Tell whether all that a field may hold can be listed: years, dates, and numbers of up to three figures."""
    if field.kind == "number":
        return [value_of(text, field) for text in ("1", "999", "1000", "1-1")] == ["1", "999", None, None]
    return field.kind in ("date", "year")


def is_known(text: str, field: StampField) -> bool:
    """Tell whether a text is one of those that are listed."""
    forms = forms_of(field.kind, field.used, field.years)
    return any(_is_of(text, form) for form in forms)


def _is_of(text: str, form: Form) -> bool:
    """Tell whether a text is laid together from the parts of a form."""
    if not form:
        return not text
    return any(text.startswith(part) and _is_of(text[len(part) :], form[1:]) for part in form[0])


def likeliest(field: StampField, bound: Callable[[Sequence[str]], Logs]) -> tuple[str, ...]:
    """Return the texts that are worth spelling out, those first that may fit best.

    Parameters
    ----------
    field
        What stands there.
    bound
        Gives for some texts how well each may fit at best; it adds up over the parts of a text.
    """
    words: dict[str, None] = {}
    for form in forms_of(field.kind, field.used, field.years):
        parts = [_best(part, bound) if len(form) > 1 else part for part in form]
        words |= dict.fromkeys("".join(choice) for choice in product(*parts))
    listed = tuple(words)
    return tuple(_best(listed, bound, count=_OF_ALL))


def _best(part: Sequence[str], bound: Callable[[Sequence[str]], Logs], *, count: int = _OF_A_PART) -> list[str]:
    """Return the texts of a part that may fit best."""
    if len(part) <= count:
        return list(part)
    worths = bound(part) + _LONGER * np.array([len(text) for text in part])
    return [part[number] for number in np.argsort(-worths, kind="stable")[:count].tolist()]


def _dates(years: Sequence[str]) -> Iterator[Form]:
    """Yield the forms of dates as they were seen: 12-15-79, 20/12/79, 7 Jan 80, 10 JUN 1980, OCT 26 2009."""
    short = tuple(dict.fromkeys(year[2:] for year in years))
    for mark in _MARKS:
        yield (_NUMBERED, (mark,), _DAYS, (mark,), short)
        yield (_DAYS, (mark,), _NUMBERED, (mark,), short)
    space = (" ",)
    yield (_DAYS, space, _MONTHS, space, (*short, *years))
    yield (_DAYS, space, _CAPITALS, space, tuple(years))
    yield (_CAPITALS, space, _DAYS, space, tuple(years))
