"""The classification that holds, as far as the pages say, with reasons in words.

Decisions count in the order of their dates; a strike without authority changes nothing by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from scanfix.events.markings import Marking, highest
from scanfix.events.phrases import CONSENT, pages_words
from scanfix.model.event import DECISIONS, RELEASES, RELEASES_IN_PART, Effective, Event, State

_STATES: dict[str, State] = {
    "declassified": "declassified",
    "cancelled": "declassified",
    "declassified_in_part": "declassified_in_part",
    "released_full": "released",
    "released_part": "released_in_part",
    "sanitized": "released_in_part",
}


def decide(events: Sequence[Event], found: Sequence[Marking], *, are_stamps_sought: bool = True) -> Effective:
    """Say which classification holds.

    Parameters
    ----------
    events
        The history, in order.
    found
        The markings of the document that name a level.
    are_stamps_sought
        Whether stamps were looked for; if not, the reasons say so.
    """
    level = highest(found)
    marked = level.name if level else None
    decisions = [event for event in events if event.action in DECISIONS]
    against = next((pair for pair in contradictions(decisions) if not is_ended(pair, decisions)), None)
    if against:
        return _unresolved(marked, against)
    last = _last(decisions)
    if last is None:
        return _as_marked(marked, found, are_stamps_sought=are_stamps_sought)
    if last.action in RELEASES:
        return _released(marked, last, events)
    return _held(marked, last, found)


def contradictions(decisions: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Give pairs of decisions, in order, that cannot both hold."""
    for first, second in combinations(decisions, 2):
        if _contradict(first, second):
            yield first, second


def is_ended(pair: tuple[Event, Event], decisions: Sequence[Event]) -> bool:
    """Tell whether a dated release follows later than two decisions that contradict each other."""
    days = [event.day for event in decisions if event.action in RELEASES and event not in pair and event.day]
    return any(day > max(event.day or "" for event in pair) for day in days)


def _contradict(first: Event, second: Event) -> bool:
    """Tell whether two decisions, in order, cannot both hold."""
    kinds = {first.action in RELEASES, second.action in RELEASES}
    if kinds != {True, False}:
        return False
    if same_mark(first, second) or (first.day is not None and first.day == second.day):
        return True
    return first.action in RELEASES and second.day is not None


def same_mark(first: Event, second: Event) -> bool:
    """Tell whether two events stand in one and the same stamp."""
    of_first = {(sight.page, sight.mark_id) for sight in first.sights}
    return any((sight.page, sight.mark_id) in of_first for sight in second.sights)


def _last(decisions: Sequence[Event]) -> Event | None:
    """Return the decision that holds: the last one; a release without a date is taken to follow a review."""
    releases = [event for event in decisions if event.action in RELEASES]
    dated = [event for event in releases if event.day]
    return next(reversed(dated or releases or list(decisions)), None)


def _as_marked(marked: str | None, found: Sequence[Marking], *, are_stamps_sought: bool) -> Effective:
    """Say what holds where no decision is seen."""
    if marked is None:
        said = "No classification marking and no decision about one is seen on these pages."
        return Effective(marked=None, state="unmarked", level=None, sentence=said)
    reasons = ["No stamp or banner that declassifies, downgrades or releases the document is seen."]
    if not are_stamps_sought:
        reasons = ["No banner that releases the document is seen; stamps were not looked for."]
    if any(marking.mark.status == "struck" for marking in found):
        reasons.append("Markings are struck, but a strike without authority changes nothing by itself.")
    said = f"{marked}, as marked, as far as the pages say."
    return Effective(marked=marked, state="as_marked", level=marked, sentence=said, reasons=tuple(reasons))


def _held(marked: str | None, last: Event, found: Sequence[Marking]) -> Effective:
    """Say what holds after a review that released nothing."""
    level = last.level_after or marked
    reasons = [last.sentence]
    if any(marking.mark.status == "struck" for marking in found) and last.action == "no_change":
        reasons.append("Markings are struck, but no authority for that is seen.")
    name = level or "A level that no marking here names"
    verb = "kept" if last.action == "no_change" else "set"
    date = f" of {last.date.words}" if last.date and last.date.iso else ""
    said = f"{name}, {verb} by the decision{date}, as far as the pages say."
    state: State = "downgraded" if last.action == "downgraded" else "as_marked"
    ids = (last.event_id,)
    return Effective(marked=marked, state=state, level=level, sentence=said, reasons=tuple(reasons), event_ids=ids)


def _released(marked: str | None, last: Event, events: Sequence[Event]) -> Effective:
    """Say what holds after a release."""
    reasons = [last.sentence]
    if last.family == CONSENT:
        reasons.append("This is CIA's consent; that of others, where it is needed, is not seen.")
    if not last.day and any(event.day for event in events):
        reasons.append("The release bears no legible date; it is taken to follow the reviews.")
    was = f" It was marked {marked}." if marked else " No marking of a level is seen."
    is_part = last.action in RELEASES_IN_PART
    opened = "Declassified" if "declassified" in last.action or last.action == "cancelled" else "Released"
    since = f" since {last.date.words}" if last.date and last.date.iso and not last.date.readings else ""
    rest = " in part" if is_part else ""
    end = "; what is withheld keeps its classification" if is_part else ""
    said = f"{opened}{rest}{since}{end}, as far as the pages say.{was}"
    return Effective(
        marked=marked,
        state=_STATES[last.action],
        level=None,
        sentence=said,
        reasons=tuple(reasons),
        event_ids=(last.event_id,),
    )


def _unresolved(marked: str | None, against: tuple[Event, Event]) -> Effective:
    """Say that two decisions cannot both hold."""
    first, second = against
    pages = pages_words(tuple(sorted({*first.pages, *second.pages})))
    said = f"Not to be told from the pages: two decisions contradict each other ({pages})."
    if marked:
        said = f"{said} Until somebody decides, treat it as {marked}."
    return Effective(
        marked=marked,
        state="unresolved",
        level=marked,
        sentence=said,
        reasons=(first.sentence, second.sentence),
        event_ids=(first.event_id, second.event_id),
    )
