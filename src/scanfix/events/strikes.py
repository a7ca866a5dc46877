"""Strikes: what is struck is seen; why, is inferred here, and says so.

A marking is lined through when its document is declassified (32 CFR 2001.25(b)); SECURITY INFORMATION alone was cut off
markings after E.O. 10501 of 1953; words of the text are struck by their author.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanfix.events.seen import PageSeen, brief, plain, sights_of
from scanfix.model.classification import level_of
from scanfix.model.event import RELEASES, Action, Event, Sight, StrikeReason
from scanfix.model.mark import Mark

_ADMINISTRATIVE = "SECURITY INFORMATION"
# Words of the espionage law's warning, which is struck as a block with the markings (domain.md S18).
_WARNING = ("ESPIONAGE", "NATIONAL DEFENSE", "WARNING")
_LIFTING: frozenset[Action] = RELEASES | {"downgraded"}
# With the authority on the page, on another page; what 1953 explains where the level stands, or not; an author's hand.
_ON_PAGE, _IN_DOCUMENT = 0.9, 0.8
_LEVEL_STANDS, _LEVEL_STRUCK = 0.8, 0.4
_BODY, _NOBODY_SAYS = 0.85, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Struck:
    """A struck mark and its page."""

    page: int
    mark: Mark


def events_of(pages: Sequence[PageSeen], lifting: Iterable[Event]) -> Iterator[Event]:
    """Give one event for each wording that is struck, and one for the struck words of the text.

    Parameters
    ----------
    pages
        The pages of a document.
    lifting
        Its events so far: a release or downgrading explains the strikes of its markings.
    """
    lifters = [event for event in lifting if event.action in _LIFTING]
    for wording, struck in _by_wording(pages).items():
        yield _marking(wording, struck, pages, lifters)
    body = [_Struck(page=page.number, mark=mark) for page in pages for mark in page.marks if _is_body_strike(mark)]
    warnings = [one for one in body if _is_warning(one.mark)]
    authorial = [one for one in body if not _is_warning(one.mark)]
    if warnings:
        yield _warning(warnings, lifters)
    if authorial:
        yield _authorial(authorial)


def _by_wording(pages: Sequence[PageSeen]) -> dict[str, list[_Struck]]:
    """Sort struck markings by what they say."""
    found: defaultdict[str, list[_Struck]] = defaultdict(list)
    for page in pages:
        for mark in page.marks:
            if mark.kind == "classification" and mark.status == "struck":
                found[plain(mark.text) or "MARKING"].append(_Struck(page=page.number, mark=mark))
    return found


def _marking(wording: str, struck: Sequence[_Struck], pages: Sequence[PageSeen], lifters: Sequence[Event]) -> Event:
    """Return the event of one wording, struck here and there."""
    level = level_of(wording)
    numbers = _pages(struck)
    if wording == _ADMINISTRATIVE:
        reason, said, sure = _of_1953(pages, lifters)
    else:
        reason, said, sure = _of_marking(numbers, lifters)
    return Event(
        action="struck",
        source="marking",
        level_before=level.name if level else None,
        count=len(struck),
        observed=wording,
        confidence=_mean(struck),
        reason=reason,
        interpretation=said,
        interpretation_confidence=sure,
        pages=numbers,
        sights=_sights(struck),
    )


def _of_marking(numbers: Sequence[int], lifters: Sequence[Event]) -> tuple[StrikeReason, str, float]:
    """Say why a level is struck, and how surely."""
    if not lifters:
        return "unknown", "No authority for the strike is seen; by itself it changes nothing.", _NOBODY_SAYS
    shown = {page for event in lifters for page in event.pages}
    share = len(shown.intersection(numbers)) / len(numbers)
    sure = _IN_DOCUMENT + (_ON_PAGE - _IN_DOCUMENT) * share
    return "declassification", "Taken to be cancelled by the release or downgrading.", round(sure, 2)


def _of_1953(pages: Sequence[PageSeen], lifters: Sequence[Event]) -> tuple[StrikeReason, str, float]:
    """Say why SECURITY INFORMATION is struck: in 1953 by rule, or later with its level."""
    levels = [mark for page in pages for mark in page.marks if mark.kind == "classification" and level_of(mark.text)]
    if lifters and any(mark.status == "struck" for mark in levels):
        said = "Cancelled with the level beside it, or deleted already in 1953, after E.O. 10501."
        return "declassification", said, _NOBODY_SAYS
    if any(mark.status == "active" for mark in levels):
        said = "Taken for the deletion of 1953, after E.O. 10501; that declassifies nothing."
        return "administrative-1953", said, _LEVEL_STANDS
    said = "May be the deletion of 1953, after E.O. 10501; no other authority is seen, and it changes nothing."
    return "administrative-1953", said, _LEVEL_STRUCK


def _is_body_strike(mark: Mark) -> bool:
    """Tell whether words of the text are struck."""
    return mark.kind == "strikethrough" and mark.status != "uncertain"


def _is_warning(mark: Mark) -> bool:
    """Tell whether the struck words are the espionage law's warning."""
    words = plain(mark.text)
    return any(words == sign if sign == "WARNING" else sign in words for sign in _WARNING)


def _warning(struck: Sequence[_Struck], lifters: Sequence[Event]) -> Event:
    """Return the event of a struck warning."""
    reason, said, sure = _of_marking(_pages(struck), lifters)
    return _body(struck, reason, said, sure)


def _authorial(struck: Sequence[_Struck]) -> Event:
    """Return the event of all words that an author struck."""
    hands = sorted({mark for one in struck if (mark := one.mark.field("by"))})
    how = {"pen": "by pen", "type": "on the typewriter"}
    by = " and ".join(how.get(hand, hand) for hand in hands)
    said = f"Words of the text are struck{f' {by}' if by else ''}: taken for corrections of an author or typist."
    return _body(struck, "authorial", said, _BODY)


def _body(struck: Sequence[_Struck], reason: StrikeReason, said: str, sure: float) -> Event:
    """Return the event of struck words of the text."""
    return Event(
        action="struck",
        source="body",
        count=len(struck),
        observed=brief("; ".join(one.mark.text or "[?]" for one in struck)),
        confidence=_mean(struck),
        reason=reason,
        interpretation=said,
        interpretation_confidence=sure,
        pages=_pages(struck),
        sights=_sights(struck),
    )


def _pages(struck: Sequence[_Struck]) -> tuple[int, ...]:
    """Return the pages, each once, in order."""
    return tuple(sorted({one.page for one in struck}))


def _mean(struck: Sequence[_Struck]) -> float:
    """Return how surely the strikes are there, on average."""
    sure = [one.mark.confidence * (one.mark.status_confidence or 1.0) for one in struck]
    return round(sum(sure) / len(sure), 4)


def _sights(struck: Sequence[_Struck]) -> tuple[Sight, ...]:
    """Return the evidence of all."""
    return tuple(sight for one in struck for sight in sights_of(one.mark, one.page)[:1])
