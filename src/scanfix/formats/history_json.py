"""``history.json``, schema ``scanfix.history/1``, and ``events.json``, schema ``scanfix.events/1``.

What was observed and what it is taken to mean stand apart. Boxes are [left, top, right, bottom] in the upright frame.
"""

import json
from collections.abc import Iterable, Sequence

from scanfix.model.event import Alarm, Event, EventDate, History, OtherMark, Sight

HISTORY_SCHEMA = "scanfix.history/1"
EVENTS_SCHEMA = "scanfix.events/1"
_DIGITS = 4


def history_json(history: History) -> str:
    """Write the history of a document."""
    return _text({"schema": HISTORY_SCHEMA, **_history(history)})


def events_json(histories: Sequence[History]) -> str:
    """Write the histories of all documents of a run."""
    return _text({"schema": EVENTS_SCHEMA, "documents": [_history(history) for history in histories]})


def _text(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _history(history: History) -> dict[str, object]:
    effective = history.effective
    return {
        "scan": history.scan_id,
        "pages": list(history.pages),
        "lost": list(history.lost),
        "summary": list(history.summary),
        "effective": {
            "marked": effective.marked,
            "state": effective.state,
            "level": effective.level,
            "sentence": effective.sentence,
            "reasons": list(effective.reasons),
            "events": list(effective.event_ids),
        },
        "alarms": [_alarm(alarm) for alarm in history.alarms],
        "events": [_event(event) for event in history.events],
        "other_stamps": [_other(other) for other in history.others],
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "id": event.event_id,
        "action": event.action,
        "date": _date(event.date),
        "sentence": event.sentence,
        "level_before": event.level_before,
        "level_after": event.level_after,
        "authorities": [{"kind": one.kind, "text": one.text} for one in event.authorities],
        "agency": event.agency or None,
        "by": event.by or None,
        "references": [{"scheme": one.scheme, "number": one.number} for one in event.references],
        "exemptions": [{"scheme": one.scheme, "code": one.code, "count": one.count} for one in event.exemptions],
        "next_review": _date(event.next_review),
        "pages": list(event.pages),
        "count": event.count,
        "observed": {
            "source": event.source,
            "family": event.family or None,
            "text": event.observed,
            "confidence": round(event.confidence, _DIGITS),
        },
        "interpreted": {
            "reason": event.reason,
            "text": event.interpretation,
            "confidence": round(event.interpretation_confidence, _DIGITS),
        },
        "evidence": _sights(event.sights),
    }


def _date(date: EventDate | None) -> dict[str, object] | None:
    if date is None:
        return None
    return {"printed": date.printed, "iso": date.iso, "precision": date.precision, "readings": list(date.readings)}


def _alarm(alarm: Alarm) -> dict[str, object]:
    return {
        "kind": alarm.kind,
        "severity": alarm.severity,
        "pages": list(alarm.pages),
        "sentence": alarm.sentence,
        "events": list(alarm.event_ids),
        "evidence": _sights(alarm.sights),
    }


def _other(other: OtherMark) -> dict[str, object]:
    return {
        "family": other.family,
        "text": other.text,
        "pages": list(other.pages),
        "evidence": _sights(other.sights),
    }


def _sights(sights: Iterable[Sight]) -> list[dict[str, object]]:
    return [
        {
            "page": sight.page,
            "mark": sight.mark_id,
            "name": sight.name,
            "box": list(sight.box.edges),
            "confidence": round(sight.confidence, _DIGITS),
        }
        for sight in sights
    ]
