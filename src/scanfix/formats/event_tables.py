"""``events.csv`` and ``alarms.csv``: one row an event or alarm, after RFC 4180, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from scanfix.model.event import Alarm, Event, EventDate, History, Sight

EVENT_COLUMNS = (
    "scan",
    "event",
    "action",
    "date",
    "date_precision",
    "date_printed",
    "date_readings",
    "level_before",
    "level_after",
    "agency",
    "authority",
    "by",
    "references",
    "exemptions",
    "next_review",
    "pages",
    "count",
    "source",
    "family",
    "observed",
    "observed_confidence",
    "reason",
    "interpretation",
    "interpretation_confidence",
    "sentence",
    "evidence",
)
ALARM_COLUMNS = ("scan", "severity", "alarm", "pages", "sentence", "events", "evidence")
# Spreadsheets take a cell that starts with one of these for a formula (OWASP, CSV Injection); white space before it is
# passed over by some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARD = "'"


def events_csv(histories: Iterable[History]) -> str:
    """Write the events of all documents, in the order of each history."""
    return _table(EVENT_COLUMNS, (_event(history, event) for history in histories for event in history.events))


def alarms_csv(histories: Iterable[History]) -> str:
    """Write the alarms of all documents, the worst of each first."""
    return _table(ALARM_COLUMNS, (_alarm(history, alarm) for history in histories for alarm in history.alarms))


def safe(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: such a text gets an apostrophe before it."""
    return f"{_GUARD}{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table: lines end as RFC 4180 wants them."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _event(history: History, event: Event) -> tuple[str, ...]:
    """Return the cells of an event; several values of one cell are parted by semicolons."""
    date = event.date or EventDate(printed="")
    return (
        history.scan_id,
        event.event_id,
        event.action,
        date.iso or "",
        date.precision or "",
        date.printed,
        _list(date.readings),
        event.level_before or "",
        event.level_after or "",
        event.agency,
        _list(one.text for one in event.authorities),
        event.by,
        _list(f"{one.scheme} {one.number}" for one in event.references),
        _list(f"{one.code} × {one.count}" for one in event.exemptions),
        (event.next_review.iso or event.next_review.printed) if event.next_review else "",
        _pages(event.pages),
        str(event.count),
        event.source,
        event.family,
        event.observed,
        f"{event.confidence:.4f}",
        event.reason or "",
        event.interpretation,
        f"{event.interpretation_confidence:.4f}",
        event.sentence,
        _sights(event.sights),
    )


def _alarm(history: History, alarm: Alarm) -> tuple[str, ...]:
    """Return the cells of an alarm."""
    return (
        history.scan_id,
        alarm.severity,
        alarm.kind,
        _pages(alarm.pages),
        alarm.sentence,
        _list(alarm.event_ids),
        _sights(alarm.sights),
    )


def _list(parts: Iterable[str]) -> str:
    """Join the values of one cell."""
    return "; ".join(parts)


def _pages(pages: Iterable[int]) -> str:
    """Write pages so that no spreadsheet takes them for a date or a decimal: ``1; 2; 3``."""
    return _list(str(page) for page in pages)


def _sights(sights: Iterable[Sight]) -> str:
    """Name the marks that are the evidence: ``p. 3 m2``, each once."""
    return _list(dict.fromkeys(f"p. {sight.page} {sight.mark_id}" for sight in sights))
