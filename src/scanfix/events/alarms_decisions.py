"""Alarms about decisions: those that contradict each other, that cannot be read, that were overtaken."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from scanfix.events.case import Case
from scanfix.events.effective import contradictions, is_ended, same_mark
from scanfix.events.phrases import decapitalised, listed, pages_words, verb
from scanfix.model.event import DECISIONS, RELEASES, Alarm, Event, Severity

# These leave the decision to somebody else, and say so.
_DEFERRED = frozenset({"cia-other-agency"})
_MOST_SIGHTS = 6
_UNKNOWN = frozenset({"unknown", "other"})
# Words of a decision in a stamp that nobody described yet.
_SPEAKS = ("CLASSIF", "GRAD", "RELEASE", "REVIEW", "CLOSED", "OPENED", "CANCEL", "EXEMPT", "DENIED", "SANITI", "RETAIN")


def conflicting(case: Case) -> Iterator[Alarm]:
    """Raise where two decisions cannot both hold."""
    decisions = [event for event in case.events if event.action in DECISIONS]
    pairs = list(contradictions(decisions))
    if not pairs:
        return
    # One that still stands is worse than one that a later release ended.
    against = next((pair for pair in pairs if not is_ended(pair, decisions)), pairs[0])
    is_open = not is_ended(against, decisions)
    first, second = against
    where = pages_words(_pages(against))
    if same_mark(first, second):
        said = f"One stamp on {where} says both “{verb(first)}” and “{verb(second)}”."
    else:
        said = f"“{verb(first)}”{_when(first)} and “{verb(second)}”{_when(second)} contradict each other ({where})."
    if not is_open:
        said = f"{said} A later release ends the matter."
    yield _alarm_of(against, said, "high" if is_open else "medium")


def overtaken(case: Case) -> Iterator[Alarm]:
    """Tell of a review that changed nothing, and a release after it: no fault, but both stand on the pages."""
    kept = [event for event in case.events if event.action == "no_change"]
    releases = [event for event in case.events if event.action in RELEASES]
    if not kept or not releases or any(contradictions([*kept, *releases])):
        return
    review, release = kept[-1], releases[-1]
    said = f"The review{_when(review)} left the classification unchanged; a later release{_when(release)} overtakes it."
    yield Alarm(
        kind="overtaken-decision",
        severity="low",
        pages=review.pages,
        sentence=said,
        event_ids=(review.event_id, release.event_id),
        sights=review.sights[:1],
    )


def not_legible(case: Case) -> Iterator[Alarm]:
    """Raise where a review's stamp is seen and its decision cannot be read."""
    for event in case.events:
        if event.action == "reviewed" and event.family not in _DEFERRED:
            said = (
                f"A review{_when(event)} is stamped on {pages_words(event.pages)}, but what was decided is not "
                f"to be told: {decapitalised(event.interpretation)}"
            )
            yield Alarm(
                kind="decision-not-legible",
                severity="medium",
                pages=event.pages,
                sentence=said,
                event_ids=(event.event_id,),
                sights=event.sights[:1],
            )


def unknown_stamp(case: Case) -> Iterator[Alarm]:
    """Raise where a stamp of no known family speaks of release or declassification: it counts for nothing here."""
    for other in case.others:
        if other.family in _UNKNOWN and any(sign in other.text.upper() for sign in _SPEAKS):
            said = f"A stamp of no known kind on {pages_words(other.pages)} may be a decision: “{other.text}”."
            yield Alarm(
                kind="unknown-stamp", severity="medium", pages=other.pages, sentence=said, sights=other.sights[:1]
            )


def banners_disagree(case: Case) -> Iterator[Alarm]:
    """Raise where banners of one release differ between pages in number or date."""
    for merged in case.banners:
        if merged.variants:
            said = (
                f"The banner reads “{merged.event.observed}” on most pages; it is read otherwise on "
                f"{pages_words(_pages(merged.variants))}: {listed([f'“{one.observed}”' for one in merged.variants])}."
            )
            yield _disagreement(merged.variants, said, "low")
    for first, second in combinations([merged.event for merged in case.banners], 2):
        if set(first.pages) != set(second.pages):
            said = (
                f"The banner of {pages_words(first.pages)} (“{first.observed}”) and that of "
                f"{pages_words(second.pages)} (“{second.observed}”) differ."
            )
            yield _disagreement((first, second), said, "medium")


def _disagreement(events: Sequence[Event], said: str, severity: Severity) -> Alarm:
    """Return the alarm of banners that differ."""
    return Alarm(
        kind="banners-disagree",
        severity=severity,
        pages=_pages(events),
        sentence=said,
        sights=tuple(sight for event in events for sight in event.sights[:1])[:_MOST_SIGHTS],
    )


def _alarm_of(events: Sequence[Event], said: str, severity: Severity) -> Alarm:
    """Return the alarm of decisions that contradict each other."""
    return Alarm(
        kind="conflicting-events",
        severity=severity,
        pages=_pages(events),
        sentence=said,
        event_ids=tuple(event.event_id for event in events),
        sights=tuple(sight for event in events for sight in event.sights[:1]),
    )


def _pages(events: Sequence[Event]) -> tuple[int, ...]:
    """Return the pages of events, each once."""
    return tuple(sorted({page for event in events for page in event.pages}))


def _when(event: Event) -> str:
    """Say when, where it is known."""
    return f" of {event.date.words}" if event.date and event.date.iso else ""
