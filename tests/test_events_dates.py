"""Dates as stamps print them: what is certain is kept, what is open stays open."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.events.dates import read_date

DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2029, 12, 31))
MONTHS = ("JAN", "Feb", "MARCH", "Apr", "MAY", "June", "JUL", "AUG", "SEPT", "Oct", "NOVEMBER", "Dec")


@pytest.mark.parametrize(
    ("printed", "iso", "precision"),
    [
        ("12-15-79", "1979-12-15", "day"),
        ("10 JUN 1980", "1980-06-10", "day"),
        ("7 Jan 80", "1980-01-07", "day"),
        ("2019/03/14", "2019-03-14", "day"),
        ("20/12/79", "1979-12-20", "day"),
        ("08/31/2001", "2001-08-31", "day"),
        ("MAR 14 2012", "2012-03-14", "day"),
        ("11 Feb 07", "2007-02-11", "day"),
        ("14 October, 1954", "1954-10-14", "day"),
        ("6/6/81", "1981-06-06", "day"),
        ("[?]6 DEC 1979", "1979-12", "month"),
        ("September 1950", "1950-09", "month"),
        ("1962-04", "1962-04", "month"),
        ("[?]/27/80", "1980", "year"),
        ("1998", "1998", "year"),
        ("8 [?] 1980", "1980", "year"),
    ],
)
def test_a_date_says_as_much_as_is_certain(printed: str, iso: str, precision: str) -> None:
    found = read_date(printed)
    assert found
    assert (found.printed, found.iso, found.precision, found.readings) == (printed, iso, precision, ())


def test_an_ambiguous_order_of_day_and_month_is_kept_and_none_is_chosen() -> None:
    found = read_date("11-6-79")
    assert found
    assert (found.iso, found.precision) == ("1979", "year")
    assert found.readings == ("1979-06-11", "1979-11-06")


@pytest.mark.parametrize("printed", ["[?]", "redacted", "31 Feb 80", "10 JUN 19[?]0", "12 12", "1979-13"])
def test_what_is_no_date_keeps_its_words_alone(printed: str) -> None:
    found = read_date(printed)
    assert found
    assert (found.iso, found.precision, found.readings) == (None, None, ())


def test_an_empty_text_is_no_date() -> None:
    assert read_date("  ") is None


@settings(deadline=None)
@given(DAYS)
def test_a_day_with_its_month_in_letters_is_read_as_it_is(day: date) -> None:
    month = MONTHS[day.month - 1]
    for printed in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day.day} {month} {day:%y}"):
        found = read_date(printed)
        assert found
        assert found.iso == day.isoformat()


@settings(deadline=None)
@given(DAYS)
def test_figures_alone_never_lose_the_day_nor_choose_between_two(day: date) -> None:
    for printed in (f"{day.day}/{day.month}/{day:%y}", f"{day.month}-{day.day}-{day.year}"):
        found = read_date(printed)
        assert found
        meant = found.readings or (found.iso,)
        assert day.isoformat() in meant
        assert len(meant) == (1 if day.day > 12 or day.day == day.month else 2)
