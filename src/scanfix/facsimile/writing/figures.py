"""Numbers, dates and money as the papers write them."""

from collections.abc import Callable, Mapping

from scanfix.facsimile.writing.cast import MONTHS, Cast, dated, ordinal
from scanfix.facsimile.writing.draws import Draws

Figure = Callable[[Draws, Cast], str]


def _count(draws: Draws, _: Cast) -> str:
    """Give a rounded number of men or machines."""
    return f"{draws.pick((12, 15, 18, 20, 25, 30, 34, 40, 60, 75, 80, 110, 120, 150, 240, 300, 600, 1200, 3500)):,}"


def _tons(draws: Draws, _: Cast) -> str:
    """Give a weight in tons: two figures and noughts, as estimates have it."""
    return f"{draws.between(11, 98) * 10 ** draws.between(1, 4):,}"


def _percent(draws: Draws, _: Cast) -> str:
    """Give a share."""
    return f"{draws.between(2, 65)} percent"


def _money(draws: Draws, cast: Cast) -> str:
    """Give a sum."""
    sign = "$" if cast.spelling == "american" else "£"
    if draws.chance(0.5):
        return f"{sign}{draws.between(2, 95)} million"
    return f"{sign}{draws.between(11, 980) * 500:,}"


def _month_name(draws: Draws, _: Cast) -> str:
    """Name a month."""
    return draws.pick(MONTHS)


def _month(draws: Draws, cast: Cast) -> str:
    """Name a month, of a year or of this one."""
    name = draws.pick(MONTHS)
    return name if draws.chance(0.5) else f"{name} {_year(draws, cast)}"


def _date(draws: Draws, cast: Cast) -> str:
    """Give a day of the last months, with the year or without."""
    day, month = draws.between(1, 28), draws.pick(MONTHS)
    if draws.chance(0.6):
        return f"{day if cast.spelling == 'american' else ordinal(day)} {month}"
    is_last_year = MONTHS.index(month) >= MONTHS.index(cast.month)
    return dated(day, month, cast.year - is_last_year, cast.spelling)


def _deadline(draws: Draws, cast: Cast) -> str:
    """Give a day to come."""
    return dated(draws.between(1, 28), draws.pick(MONTHS), cast.year + draws.between(1, 3), cast.spelling)


def _year(draws: Draws, cast: Cast) -> str:
    """Give a year not long past."""
    return f"{cast.year - 1 - draws.low(6)}"


def _next_year(draws: Draws, cast: Cast) -> str:
    """Give a year soon to come."""
    return f"{cast.year + draws.between(1, 3)}"


def _ordinal(draws: Draws, _: Cast) -> str:
    """Give a regiment's number."""
    return ordinal(draws.between(1, 48))


def _reference(draws: Draws, _: Cast) -> str:
    """Give a paper's number."""
    return str(draws.between(3, 420))


def _paragraph(draws: Draws, _: Cast) -> str:
    """Give the number of a paragraph elsewhere."""
    return str(draws.between(2, 19))


def _short_year(_: Draws, cast: Cast) -> str:
    """Give the year as references do."""
    return f"{cast.year % 100}"


FIGURES: Mapping[str, Figure] = {
    "count": _count,
    "tons": _tons,
    "percent": _percent,
    "money": _money,
    "month.name": _month_name,
    "month": _month,
    "date": _date,
    "deadline": _deadline,
    "year": _year,
    "nextyear": _next_year,
    "ordinal": _ordinal,
    "ref": _reference,
    "para": _paragraph,
    "yy": _short_year,
}
