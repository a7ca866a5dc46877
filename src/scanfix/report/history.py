"""What reports show of a document's history: alarms and events with pictures of their evidence."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.model.event import Alarm, Event, History, Severity

_SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
_NOTHING = "–"
# The family of a stamp that alone releases nothing.
_CONSENT = "cia-no-objection"
_ACTIONS = {
    "no_change": "no change in classification",
    "released_full": "released",
    "released_part": "released in part",
    "handling_only": "handling",
    "reviewed": "reviewed, decision open",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A small JPEG of a mark, and its page."""

    page: int
    content: bytes

    @property
    def uri(self) -> str:
        """The picture as a page can hold it."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event and pictures of its evidence."""

    event: Event
    clips: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmView:
    """An alarm and pictures of its evidence."""

    alarm: Alarm
    clips: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """Everything that a document's report shows of its history."""

    history: History
    events: tuple[EventView, ...] = ()
    alarms: tuple[AlarmView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """A document's line in the overview of a run."""

    history: History

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """How many alarms of each severity, those that there are."""
        found = [alarm.severity for alarm in self.history.alarms]
        return tuple((severity, found.count(severity)) for severity in _SEVERITIES if severity in found)

    @property
    def worst(self) -> tuple[Alarm, ...]:
        """The alarms that somebody should look at; low ones stand in the document's report."""
        return tuple(alarm for alarm in self.history.alarms if alarm.severity != "low")


def overview(histories: Sequence[History]) -> tuple[HistoryRow, ...]:
    """Return the lines of the documents of which anything is told, those with the worst alarms first."""
    rows = [HistoryRow(history=history) for history in histories if _tells(history)]
    return tuple(sorted(rows, key=_badness))


def action_words(event: Event) -> str:
    """Name what was done."""
    if event.action == "struck" and event.reason == "authorial":
        return "Struck by an author"
    if event.family == _CONSENT:
        return "Consent to declassification"
    words = _ACTIONS.get(event.action, event.action.replace("_", " "))
    return words[0].upper() + words[1:]


def level_words(event: Event) -> str:
    """Say the level before and after."""
    if event.level_before is None and event.level_after is None:
        return _NOTHING
    if event.level_after is None:
        return event.level_before or _NOTHING
    if event.level_before == event.level_after:
        return f"{event.level_before} (unchanged)"
    return f"{event.level_before or '?'} → {event.level_after}"


def date_words(event: Event) -> str:
    """Write the date, or that there is none."""
    return event.date.words if event.date else "no date"


def _tells(history: History) -> bool:
    """Tell whether there is anything to say of a document."""
    is_told = any(event.reason != "authorial" for event in history.events)
    return bool(is_told or history.alarms or history.effective.marked)


def _badness(row: HistoryRow) -> tuple[int, ...]:
    """Return the place of a document in the overview: many grave alarms first."""
    counts = dict(row.counts)
    return tuple(-counts.get(severity, 0) for severity in _SEVERITIES[:2])
