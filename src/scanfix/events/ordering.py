"""Events in the order of their dates, with the level that held before and after each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanfix.model.classification import Level, level_of
from scanfix.model.event import RELEASES, RELEASES_IN_PART, Action, Event

_OPEN = "UNCLASSIFIED"
# A level that nobody saw cannot be compared.
_NOT_SEEN = 0.5
# The rank of TOP SECRET and its equals.
_HIGHEST = 5
# Undated events: decisions first, then what follows from them.
_UNDATED: tuple[frozenset[Action], ...] = (
    RELEASES | {"no_change", "downgraded", "upgraded", "denied"},
    frozenset({"reviewed", "exempted", "original_retained", "closed_until"}),
    frozenset({"struck"}),
)


def ordered(events: Iterable[Event], marked: Level | None) -> tuple[Event, ...]:
    """Put events in order of their dates, undated ones last; name them and say the levels before and after.

    Parameters
    ----------
    events
        The events of a document.
    marked
        The highest level that its pages are marked with.
    """
    levelled = _levelled(sorted(events, key=_rank), marked)
    return tuple(replace(event, event_id=f"e{number}") for number, event in enumerate(levelled, start=1))


def _rank(event: Event) -> tuple[bool, str, int]:
    """Return the place of an event in the order."""
    group = next((index for index, actions in enumerate(_UNDATED) if event.action in actions), len(_UNDATED))
    return (event.day is None, event.day or "", group)


def _levelled(events: Iterable[Event], marked: Level | None) -> Iterator[Event]:
    """Give the events with their levels: dated ones one after the other; an undated one is compared with the pages."""
    level = printed = marked.name if marked else None
    for event in events:
        level = level if event.day else printed
        if event.action == "no_change":
            yield replace(event, level_before=level, level_after=level)
        elif event.action in {"downgraded", "upgraded"}:
            changed = _changed(event, level)
            level = changed.level_after or level
            yield changed
        elif event.action in RELEASES:
            after = None if event.action in RELEASES_IN_PART else _OPEN
            yield replace(event, level_before=level, level_after=after)
            level = after or level
        else:
            yield event


def _changed(event: Event, level: str | None) -> Event:
    """Tell whether a change of level goes down or up, by the level before it."""
    before, after = level_of(level or ""), level_of(event.level_after or "")
    if before is None or after is None:
        said = f"{event.interpretation} The level before is not seen."
        # No level stands above the highest: what leads to it cannot be a downgrading.
        action: Action = "upgraded" if after and after.rank == _HIGHEST else "downgraded"
        return replace(
            event, action=action, level_before=level, interpretation=said, interpretation_confidence=_NOT_SEEN
        )
    if after.rank == before.rank:
        return replace(event, action="no_change", level_before=level)
    return replace(event, action="downgraded" if after.rank < before.rank else "upgraded", level_before=level)
