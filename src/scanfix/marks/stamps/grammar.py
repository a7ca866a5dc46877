"""What may stand in a stamp's field: a grammar for each kind, by which a reading is taken or left.

A grammar chooses between readings; it mends none, except that signs of one shape are one sign: in a number, a round O
is a nought and an upright stroke a one.
"""

from functools import cache

import regex

from scanfix.families import FieldKind, StampField

_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC"
_FULL_MONTHS = "JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
# 19 and 20 are no years of two figures but centuries whose end was lost.
_YEAR = r"(?:(?:19|20)\d\d|(?!19|20)\d\d)"
_NAMED = rf"(?:{_MONTHS}|{_FULL_MONTHS})"
# Dates as they were seen: 12-15-79, 20/12/79, 7 Jan 80, 10 JUN 1980, OCT 26 2009, 2002/08/16.
_DATES = (
    rf"(?:{_DAY}|{_MONTH})(?P<sign>[-/.])(?:{_DAY}|{_MONTH})(?P=sign){_YEAR}",
    rf"{_DAY}[- .]*{_NAMED}\.?[- ,.]*{_YEAR}",
    rf"{_NAMED}\.?[- .]*{_DAY}[- ,.]+(?:19|20)\d\d",
    rf"(?:19|20)\d\d/{_MONTH}/{_DAY}",
)
_GRAMMARS: dict[FieldKind, tuple[str, ...]] = {
    "date": _DATES,
    "year": (r"(?:19|20)\d\d",),
    "number": (r"\d{1,6}(?:-\d{1,6})*",),
    "project": (r"\d{5,6}",),
    "initials": (r"[A-Z]{2,4}",),
    "name": (r"[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*){0,3}",),
    "text": (r"[A-Z][A-Za-z]+(?: [A-Za-z0-9]+){0,4}",),
}
# Anything may be misread as these, so that a reading must be surer.
WEAK: frozenset[FieldKind] = frozenset({"initials", "name", "text"})
_DIGITS_ONLY: frozenset[FieldKind] = frozenset({"date", "year", "number", "project"})
_SAME_SHAPE = str.maketrans("OoIl|", "00111")
_EDGES = " ._-—–:;,·…'\"“”‘’|[](){}<>«»*~=+_"


def value_of(reading: str, field: StampField) -> str | None:
    """Return what a reading says in a field, ``None`` where it fits no grammar."""
    text = " ".join(reading.split()).strip(_EDGES)
    if not text:
        return None
    for way in (text, _figures(text) if field.kind in _DIGITS_ONLY else text):
        for pattern in _patterns(field.kind, field.grammar):
            if pattern.fullmatch(way):
                value = _spaced(way) if field.kind == "date" else way
                return value if _is_known(value, field) and _is_plausible(value, field) else None
    return None


def _figures(text: str) -> str:
    """Take signs of one shape for figures, outside words."""
    return " ".join(
        part if sum(sign.isalpha() for sign in part.translate(_SAME_SHAPE)) > 1 else part.translate(_SAME_SHAPE)
        for part in text.split(" ")
    )


def _spaced(date: str) -> str:
    """Set spaces between the parts of a date with a named month: ``7Jan80`` is ``7 Jan 80``."""
    parts = regex.findall(r"[A-Za-z]+|\d+", date)
    return " ".join(parts) if any(part.isalpha() for part in parts) else date


@cache
def _patterns(kind: FieldKind, grammar: str) -> tuple["regex.Pattern[str]", ...]:
    """Compile the patterns of a field: its own, or those of its kind."""
    sources = (grammar,) if grammar else _GRAMMARS.get(kind, ())
    flags = regex.IGNORECASE if kind == "date" else 0
    return tuple(regex.compile(source, flags) for source in sources)


def _is_plausible(text: str, field: StampField) -> bool:
    """Tell whether a year or date lies in the years in which such a stamp was used."""
    if field.kind not in ("date", "year"):
        return True
    first, last = field.used
    figures = regex.findall(r"\d+", text)
    year = next((int(one) for one in figures if len(one) == 4), None)
    if year is not None:
        return first <= year <= last
    return any(first <= century + int(figures[-1]) <= last for century in (1900, 2000))


def _is_known(text: str, field: StampField) -> bool:
    """Tell whether a name is one of those that the family lists, where it lists all."""
    return not field.is_closed or text.upper() in {value.upper() for value in field.values}
