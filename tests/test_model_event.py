"""Values of events: dates in words, days for sorting."""

import pytest

from scanfix.model.event import Event, EventDate


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (EventDate(printed="2019/03/04", iso="2019-03-04", precision="day"), "4 March 2019"),
        (EventDate(printed="DEC 1979", iso="1979-12", precision="month"), "December 1979"),
        (EventDate(printed="1998", iso="1998", precision="year"), "1998"),
        (EventDate(printed="[?]"), "a date that cannot be read ([?])"),
        (
            EventDate(printed="1/2/80", iso="1980", precision="year", readings=("1980-01-02", "1980-02-01")),
            "1/2/80 (day and month may be either way)",
        ),
    ],
)
def test_a_date_is_written_as_people_write_it(date: EventDate, words: str) -> None:
    assert date.words == words


def test_an_event_without_date_has_no_day() -> None:
    event = Event(
        action="declassified", source="stamp", observed="", confidence=0.9, interpretation="",
        interpretation_confidence=0.9, pages=(1,), sights=(),
    )  # fmt: skip
    assert event.day is None
