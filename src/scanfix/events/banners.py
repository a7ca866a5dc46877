"""Release banners: what they grant, when, by whose number."""

from collections.abc import Iterator

from scanfix.events import meanings
from scanfix.events.dates import read_date
from scanfix.events.seen import PageSeen, brief, sights_of
from scanfix.model.event import Event
from scanfix.model.mark import Mark

# A banner's words are printed crisply and say what they mean.
_SURE = 0.95


def events_of(page: PageSeen) -> Iterator[Event]:
    """Give an event for each banner of a page whose words name an action."""
    for mark in page.marks:
        if mark.kind == "banner" and (event := _event(mark, page.number)):
            yield event


def _event(mark: Mark, page: int) -> Event | None:
    """Return what a banner says; ``None`` where it names no action or is a notice in place of pages."""
    words = mark.field("action") or mark.text
    action = meanings.action_of(words)
    if action is None or action == "exempted":
        return None
    number = mark.field("number")
    references = (meanings.reference(number),) if number else ()
    agency = mark.field("agency") or next((meanings.agency_of(one) for one in references), "")
    return Event(
        action=action,
        source="banner",
        date=read_date(mark.field("date") or ""),
        authorities=tuple(meanings.authorities_of(dict(mark.fields))),
        agency=agency,
        references=references,
        observed=brief(mark.text or words),
        confidence=mark.confidence,
        interpretation=f"The banner says “{' '.join(words.split())}”.",
        interpretation_confidence=_SURE,
        pages=(page,),
        sights=sights_of(mark, page),
    )
