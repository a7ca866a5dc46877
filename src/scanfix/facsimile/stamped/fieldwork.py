"""Plausible values for the fields of stamps, drawn from what their families say."""

from datetime import date, timedelta

from numpy.random import Generator

from scanfix.families import StampField

_DIGITS, _CAPITALS = "0123456789", "ABCDEFGHJKLMNPRSTW"
# Invented people; no name of a real official stands in the project.
_NAMES = ("Orla B. Tennick", "Hugo Marwane", "Ada P. Quillon", "Simon Verrow", "Edith K. Lasko", "Paul Dunmere")
# How dates stand on reviewers' and registries' stamps, by hand and by dater.
_HAND_DATES = ("{m}-{d}-{y:02d}", "{m}/{d}/{y:02d}", "{d} {Mon} {y:02d}", "{d}/{m}/{y:02d}", "{d} {Mon} {year}")
_DATER_DATES = ("{d} {MON} {year}", "{MON} {d} {year}", "{d:02d} {MON} {year}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def value_of(field: StampField, generator: Generator) -> str:
    """Draw a value: one of the family's own, or one made by its pattern or for its kind."""
    if field.values:
        return _one(field.values, generator)
    if field.pattern:
        return _patterned(field.pattern, generator)
    if field.kind == "date":
        return _date(field, generator)
    if field.kind == "year":
        return str(int(generator.integers(field.years[0], field.years[1] + 1)))
    if field.kind == "name":
        return _one(_NAMES, generator)
    return _patterned("@@@" if field.kind == "initials" else "###", generator)


def _one(values: tuple[str, ...], generator: Generator) -> str:
    """Draw one of several."""
    return values[int(generator.integers(len(values)))]


def _patterned(pattern: str, generator: Generator) -> str:
    """Fill a pattern: a digit for ``#``, a capital letter for ``@``; no number starts with a nought it lacks."""
    signs = []
    for index, sign in enumerate(pattern):
        if sign == "#":
            low = 1 if index == 0 else 0
            signs.append(_DIGITS[int(generator.integers(low, len(_DIGITS)))])
        elif sign == "@":
            signs.append(_CAPITALS[int(generator.integers(len(_CAPITALS)))])
        else:
            signs.append(sign)
    return "".join(signs)


def _date(field: StampField, generator: Generator) -> str:
    """Draw a working day in the manner of what writes it."""
    first, last = field.years
    day = date(first, 1, 1) + timedelta(days=int(generator.integers(365 * (last - first + 1))))
    form = _one(_HAND_DATES if field.by in ("hand", "typed") else _DATER_DATES, generator)
    month = _MONTHS[day.month - 1]
    return form.format(d=day.day, m=day.month, y=day.year % 100, year=day.year, Mon=month, MON=month.upper())
