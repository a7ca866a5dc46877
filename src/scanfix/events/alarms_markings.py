"""Alarms about markings: struck without authority, standing after a release, at odds with their siblings."""

from collections.abc import Iterator, Sequence

from scanfix.events.case import Case
from scanfix.events.markings import Marking, level_of_page
from scanfix.events.phrases import listed, pages_words
from scanfix.model.event import Alarm, AlarmKind, Severity

# Enough to look at; the pages are all named.
_MOST_SIGHTS = 6


def struck_without_authority(case: Case) -> Iterator[Alarm]:
    """Raise where markings are struck and nothing on the pages says by what authority."""
    struck = [marking for marking in case.markings if marking.mark.status == "struck"]
    if not struck or case.lifting:
        return
    what = f"{_levels(struck)} {_is(struck)} struck on {_where(struck)}"
    if case.are_stamps_sought:
        said = f"{what}, but no stamp or banner gives an authority for it. By itself the strike changes nothing."
        yield _alarm("struck-without-authority", "high", struck, said)
    else:
        said = f"{what}, and no banner gives an authority for it. Stamps were not looked for."
        yield _alarm("struck-without-authority", "medium", struck, said)


def released_but_unstruck(case: Case) -> Iterator[Alarm]:
    """Raise where markings stand after a release: on all pages, or on some that differ from their siblings."""
    standing = [marking for marking in case.markings if marking.mark.status == "active" and marking.level.rank > 0]
    if not standing or not case.lifting:
        return
    ids = tuple(event.event_id for event in case.lifting)
    touched = {marking.page for marking in case.markings if marking.mark.status != "active"}
    if not touched:
        said = (
            f"The document is released, yet {_levels(standing)} {_stands(standing)} unstruck on {_where(standing)}. No "
            "page is struck: the office may not strike, or this is a copy made before the release."
        )
        yield _alarm("released-no-page-struck", "low", standing, said, ids)
        return
    odd = [marking for marking in standing if marking.page not in touched]
    if odd:
        said = (
            f"The document is released and its markings are struck on {pages_words(tuple(touched))}, but "
            f"{_levels(odd)} {_stands(odd)} unstruck on {_where(odd)}."
        )
        yield _alarm("released-page-unstruck", "medium", odd, said, ids)


def above_document(case: Case) -> Iterator[Alarm]:
    """Raise where a page is marked higher than the first marked page of the document."""
    if not case.markings:
        return
    first = case.markings[0].page
    document = level_of_page(case.markings, first)
    above = [marking for marking in case.markings if document and marking.level.rank > document.rank]
    if document and above:
        said = (
            f"{_levels(above)} {_stands(above)} on {_where(above)}, but the document is marked {document.name} "
            f"(page {first}, the first that is marked)."
        )
        yield _alarm("level-above-document", "high", above, said)


def head_against_foot(case: Case) -> Iterator[Alarm]:
    """Raise where head and foot of one page name different levels, or one is struck and the other stands."""
    levels, states = [], []
    for page in dict.fromkeys(marking.page for marking in case.markings):
        heads = [marking for marking in case.markings if (marking.page, marking.place) == (page, "head")]
        feet = [marking for marking in case.markings if (marking.page, marking.place) == (page, "foot")]
        if not heads or not feet:
            continue
        if _ranks(heads) != _ranks(feet):
            levels.extend([*heads, *feet])
        elif {_state(heads), _state(feet)} == {"struck", "active"}:
            states.extend([*heads, *feet])
    if levels:
        said = f"Head and foot of {_where(levels)} name different levels: {_levels(levels)}."
        yield _alarm("head-foot-disagree", "medium", levels, said)
    if states:
        said = f"On {_where(states)} the marking of head or foot is struck and the other one is not."
        yield _alarm("head-foot-disagree", "low", states, said)


def uncertain(case: Case) -> Iterator[Alarm]:
    """Raise where nobody can tell for certain whether a marking is struck."""
    doubtful = [marking for marking in case.markings if marking.mark.status == "uncertain"]
    if doubtful:
        settled = {marking.page for marking in case.markings if marking.mark.status == "struck"}
        is_settled = settled.issuperset(marking.page for marking in doubtful)
        rest = " Another marking is struck there." if is_settled else ""
        said = f"On {_where(doubtful)} it cannot be told whether {_levels(doubtful)} {_is(doubtful)} struck.{rest}"
        yield _alarm("uncertain-strike", "low" if is_settled else "medium", doubtful, said)


def _alarm(
    kind: AlarmKind, severity: Severity, found: Sequence[Marking], sentence: str, event_ids: tuple[str, ...] = ()
) -> Alarm:
    """Return an alarm about markings."""
    return Alarm(
        kind=kind,
        severity=severity,
        pages=_pages(found),
        sentence=sentence,
        event_ids=event_ids,
        sights=tuple(marking.sight for marking in found[:_MOST_SIGHTS]),
    )


def _pages(found: Sequence[Marking]) -> tuple[int, ...]:
    """Return the pages of markings, each once."""
    return tuple(sorted({marking.page for marking in found}))


def _where(found: Sequence[Marking]) -> str:
    """Name the pages of markings."""
    return pages_words(_pages(found))


def _levels(found: Sequence[Marking]) -> str:
    """Name the levels of markings, the highest first."""
    names = {marking.level.name: marking.level.rank for marking in found}
    return listed(sorted(names, key=lambda name: -names[name]))


def _is(found: Sequence[Marking]) -> str:
    """Return the verb that fits the levels."""
    return "is" if len({marking.level.name for marking in found}) == 1 else "are"


def _stands(found: Sequence[Marking]) -> str:
    """Return the other verb that fits the levels."""
    return "stands" if _is(found) == "is" else "stand"


def _ranks(found: Sequence[Marking]) -> int:
    """Return the highest rank of some markings."""
    return max(marking.level.rank for marking in found)


def _state(found: Sequence[Marking]) -> str:
    """Return the state of the markings of one place, ``mixed`` where they differ."""
    states = {marking.mark.status or "" for marking in found}
    return states.pop() if len(states) == 1 else "mixed"
