"""The roll-up of a document: its history, the classification that follows, alarms, and a summary in words."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from scanfix.events import alarms, banners, effective, ordering, stamps, strikes, withheld
from scanfix.events.case import Case
from scanfix.events.markings import Marking, highest, markings
from scanfix.events.merging import merge
from scanfix.events.phrases import headline, listed, pages_words
from scanfix.events.seen import PageSeen
from scanfix.model.event import Event, History, OtherMark


def roll_up(scan_id: str, pages: Sequence[PageSeen], *, lost: Sequence[int] = ()) -> History:
    """Tell what became of a document.

    Parameters
    ----------
    scan_id
        The document.
    pages
        Its pages with marks in the upright frame, in order.
    lost
        Numbers of pages that could not be read.
    """
    found = markings(pages)
    merged = merge(event for page in pages for event in (*stamps.events_of(page), *banners.events_of(page)))
    decided = withheld.settle((*(one.event for one in merged), *withheld.events_of(pages)), pages)
    everything = (*decided, *strikes.events_of(pages, decided))
    ordered = ordering.ordered(everything, highest(found))
    events = tuple(replace(event, sentence=headline(event)) for event in ordered)
    others = tuple(_others(pages))
    case = Case(
        pages=tuple(pages),
        lost=tuple(lost),
        markings=found,
        events=events,
        banners=tuple(one for one in merged if one.event.source == "banner"),
        others=others,
    )
    verdict = effective.decide(events, found, are_stamps_sought=case.are_stamps_sought)
    return History(
        scan_id=scan_id,
        pages=tuple(page.number for page in pages),
        lost=tuple(lost),
        events=events,
        effective=verdict,
        alarms=alarms.raised(case),
        summary=(*_marked(case), *_told(events), *_withheld(pages), verdict.sentence),
        others=others,
    )


def _marked(case: Case) -> Iterator[str]:
    """Say how the pages are marked, and how many of the markings are struck."""
    if not case.markings:
        return
    for name in _names(case.markings):
        of_level = [marking for marking in case.markings if marking.level.name == name]
        shown = sorted({marking.page for marking in of_level})
        yield f"Marked {name} on {_where(shown, len(case.pages))}; {_struck(of_level, shown)}."


def _where(shown: Sequence[int], most: int) -> str:
    """Say on which of a document's pages something stands."""
    if len(shown) < most:
        return f"{pages_words(shown)} ({len(shown)} of {most})"
    return {1: f"page {shown[0]}", 2: "both pages"}.get(most, f"all {most} pages")


def _struck(of_level: Sequence[Marking], shown: Sequence[int]) -> str:
    """Say on how many pages a level is struck, uncertain, standing."""
    statuses = {page: {marking.mark.status for marking in of_level if marking.page == page} for page in shown}
    counts = Counter(_state(found) for found in statuses.values())
    if list(counts) == ["active"]:
        return "no marking is struck"
    if list(counts) == ["struck"]:
        is_all = all(marking.mark.status == "struck" for marking in of_level)
        each = " on each" if len(shown) > 1 else ""
        return "all markings are struck" if is_all else f"struck at least once{each}"
    words = {
        "struck": "struck on {}",
        "partly struck": "struck only in part on {}",
        "uncertain": "uncertain on {}",
        "active": "unstruck on {}",
    }
    pages = {state: tuple(page for page in shown if _state(statuses[page]) == state) for state in words}
    return listed([said.format(pages_words(pages[state])) for state, said in words.items() if pages[state]])


def _state(statuses: Collection[str | None]) -> str:
    """Name the state of one level on one page."""
    if "struck" in statuses:
        return "partly struck" if "active" in statuses else "struck"
    return "uncertain" if "uncertain" in statuses else "active"


def _names(found: Sequence[Marking]) -> tuple[str, ...]:
    """Return the names of levels, the highest first."""
    names = {marking.level.name: marking.level.rank for marking in found}
    return tuple(sorted(names, key=lambda name: -names[name]))


def _told(events: Sequence[Event]) -> Iterator[str]:
    """Tell the events; strikes of levels are told with the markings."""
    for event in events:
        if event.source != "marking" or event.action != "struck" or event.level_before is None:
            yield event.sentence


def _withheld(pages: Sequence[PageSeen]) -> Iterator[str]:
    """Say how many areas are withheld."""
    counts = {page.number: withheld.page_counts(page)[0] for page in pages}
    areas = sum(counts.values())
    if areas:
        noun = "One area is" if areas == 1 else f"{areas} areas are"
        yield f"{noun} withheld on {pages_words([page for page, count in counts.items() if count])}."


def _others(pages: Sequence[PageSeen]) -> Iterator[OtherMark]:
    """Give the stamps that are no events, those of one wording together."""
    together: dict[tuple[str, str], OtherMark] = {}
    for page in pages:
        for other in stamps.others_of(page):
            key = (other.family, other.text)
            kept = together.get(key)
            together[key] = (
                replace(kept, pages=tuple(sorted({*kept.pages, *other.pages})), sights=(*kept.sights, *other.sights))
                if kept
                else other
            )
    yield from together.values()
