"""Dates as stamps print them, and what they say for certain.

A day and a month that can change places (11-6-79) are kept both; letters that cannot be read leave month or year.
"""

import re
from collections.abc import Iterator
from datetime import date

from scanfix.model.event import EventDate

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# Stamps on typed documents run from the 1940s to today: 30 to 99 are of the last century, 00 to 29 of this one.
_FIRST_OF_LAST_CENTURY = 30
_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:ST|ND|RD|TH)?[-/., ]*([A-Z]{3,9})[-/., ']*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Z]{3,9})[-/., ]*(\d{1,2})(?:ST|ND|RD|TH)?[-/., ]+(\d{4}|\d{2})")
_MONTH = re.compile(r"(?:.*[^A-Z\d])?([A-Z]{3,9})[-/., ]*(\d{4})")
_MONTH_OF_YEAR = re.compile(r"(\d{4})[-/. ](\d{1,2})")
# The year of a date whose day or month cannot be read: [?]/27/80.
_LAST_FIGURES = re.compile(r"[^-/.]+[-/.][^-/.]+[-/.](\d{4}|\d{2})")
_YEAR = re.compile(r"(?:.*\D)?((?:19|20)\d\d)")


def read_date(printed: str) -> EventDate | None:
    """Read a date in one of the forms that stamps, daters and hands use.

    Parameters
    ----------
    printed
        ``"12-15-79"``, ``"10 JUN 1980"``, ``"7 Jan 80"``, ``"2019/03/14"``, ``"MAR 14 2012"``, ``"1998"``; what cannot
        be read stands as ``[?]`` or ``[lost]``.

    Returns
    -------
    EventDate or None
        What is certain; ``None`` for an empty text. A text that is no date keeps its words alone.
    """
    text = " ".join(printed.split())
    if not text:
        return None
    days = sorted({day.isoformat() for day in _days(text.upper())})
    if len(days) == 1:
        return EventDate(printed=text, iso=days[0], precision="day")
    if days:
        # Only the order of day and month is open: the year is common.
        return EventDate(printed=text, iso=days[0][:4], precision="year", readings=tuple(days))
    return _rough(text)


def _days(text: str) -> Iterator[date]:
    """Give the days that a text may mean."""
    if found := _ISO.fullmatch(text):
        yield from _day(int(found[1]), int(found[2]), int(found[3]))
    elif found := _FIGURES.fullmatch(text):
        year = _year(found[3])
        yield from _day(year, int(found[1]), int(found[2]))
        yield from _day(year, int(found[2]), int(found[1]))
    elif found := _DAY_FIRST.fullmatch(text):
        yield from _day(_year(found[3]), _month(found[2]), int(found[1]))
    elif found := _MONTH_FIRST.fullmatch(text):
        yield from _day(_year(found[3]), _month(found[1]), int(found[2]))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    """Give the day where the calendar has it."""
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _rough(text: str) -> EventDate:
    """Read a month or a year; nothing where the text has neither."""
    upper = text.upper()
    if (found := _MONTH.fullmatch(upper)) and (month := _month(found[1])):
        return EventDate(printed=text, iso=f"{found[2]}-{month:02d}", precision="month")
    if (found := _MONTH_OF_YEAR.fullmatch(upper)) and 1 <= int(found[2]) <= len(_MONTHS):
        return EventDate(printed=text, iso=f"{found[1]}-{int(found[2]):02d}", precision="month")
    if (found := _LAST_FIGURES.fullmatch(upper)) and "?" in upper:
        return EventDate(printed=text, iso=str(_year(found[1])), precision="year")
    if found := _YEAR.fullmatch(upper):
        return EventDate(printed=text, iso=found[1], precision="year")
    return EventDate(printed=text)


def _month(name: str) -> int:
    """Return the month of a name or its start, 0 where it is none."""
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _year(figures: str) -> int:
    """Return a year of two or four figures."""
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (1900 if year >= _FIRST_OF_LAST_CENTURY else 2000)
