"""Alarms: what somebody should look at. Each kind is one function of the table; the worst stand first."""

from collections.abc import Callable, Iterator

from scanfix.events import alarms_decisions, alarms_markings, alarms_pages
from scanfix.events.case import Case
from scanfix.model.event import Alarm, Severity

_ORDER: dict[Severity, int] = {"high": 0, "medium": 1, "low": 2}

ALARMS: tuple[Callable[[Case], Iterator[Alarm]], ...] = (
    alarms_decisions.conflicting,
    alarms_markings.struck_without_authority,
    alarms_markings.above_document,
    alarms_markings.released_but_unstruck,
    alarms_decisions.not_legible,
    alarms_decisions.unknown_stamp,
    alarms_decisions.banners_disagree,
    alarms_pages.not_read,
    alarms_pages.missing,
    alarms_markings.head_against_foot,
    alarms_markings.uncertain,
    alarms_pages.repeated,
    alarms_pages.exempt,
    alarms_decisions.overtaken,
)


def raised(case: Case) -> tuple[Alarm, ...]:
    """Return the alarms of a document, the worst first, those of one severity in the order of the table."""
    found = [alarm for alarm_of in ALARMS for alarm in alarm_of(case)]
    return tuple(sorted(found, key=lambda alarm: _ORDER[alarm.severity]))
