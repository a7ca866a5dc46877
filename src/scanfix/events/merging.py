"""One event seen on many pages is one event.

Sights of one banner, or of one strip that was copied with every page, differ by misread figures: a reading that says
less, or that few pages have and is near to the reading of many, is folded into it. It is not lost: `Merged.variants`
keeps it, for the alarm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scanfix.model.event import Event, EventDate

# A misreading stands on few pages, and differs in one or two figures.
_FEW = 0.34
_MOST_FIGURES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An event and the readings of it that differ: each as printed, with its pages."""

    event: Event
    variants: tuple[Event, ...] = ()


def merge(events: Iterable[Event]) -> tuple[Merged, ...]:
    """Merge the events that are one: the same words, date and numbers on several pages; near readings of a banner.

    The order is that of first sight.
    """
    groups: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = _key(event)
        groups[key] = _joined(groups[key], event) if key in groups else event
    return _folded(tuple(groups.values()))


def _key(event: Event) -> tuple[object, ...]:
    """Return what two sights of one event have in common."""
    when = (event.date.iso, event.date.readings, event.date.printed if not event.date.iso else "") if event.date else ()
    return (event.action, event.source, event.family, when, event.authorities, event.references, event.level_after)


def _joined(first: Event, second: Event) -> Event:
    """Join two sights of one event: the first's words, what either says, the mean of both confidences by count."""
    count = first.count + second.count
    confidence = (first.confidence * first.count + second.confidence * second.count) / count
    return replace(
        first,
        count=count,
        confidence=round(confidence, 4),
        date=max((first.date, second.date), key=_legible),
        authorities=first.authorities or second.authorities,
        references=first.references or second.references,
        agency=first.agency or second.agency,
        by=first.by or second.by,
        next_review=first.next_review or second.next_review,
        exemptions=first.exemptions or second.exemptions,
        pages=tuple(sorted({*first.pages, *second.pages})),
        sights=(*first.sights, *second.sights),
    )


def _legible(when: EventDate | None) -> int:
    """Return how much of a date is certain."""
    return len(when.iso or "") if when else -1


def _folded(events: Sequence[Event]) -> tuple[Merged, ...]:
    """Fold poor readings of an event into the reading of most pages; the order stays that of first sight."""
    mains: dict[int, Merged] = {}
    for place in sorted(range(len(events)), key=lambda place: -events[place].count):
        event = events[place]
        home = next((other for other, main in mains.items() if _is_poor_reading(event, main.event)), None)
        if home is None:
            mains[place] = Merged(event=event)
        else:
            main = mains[home]
            mains[home] = Merged(event=_joined(main.event, event), variants=(*main.variants, event))
    return tuple(mains[place] for place in sorted(mains))


def _is_poor_reading(event: Event, main: Event) -> bool:
    """Tell whether a sight of an event is a poor reading of another: it says less, or is rarer and nearly the same."""
    kinds = [(one.action, one.source, one.family, one.level_after) for one in (event, main)]
    if kinds[0] != kinds[1] or event.source not in {"banner", "stamp"}:
        return False
    # A stamp may be there twice on one page; a banner stands at head and foot.
    if event.source == "stamp" and set(event.pages) & set(main.pages):
        return False
    clashes = sum(_differences(mine, theirs) for mine, theirs in zip(_said(event), _said(main), strict=True))
    return clashes == 0 or (clashes <= _MOST_FIGURES and event.count <= _FEW * main.count)


def _said(event: Event) -> tuple[str, str, str]:
    """Return what tells one event of a kind from another: date, numbers, authorities."""
    numbers = " ".join(one.number for one in event.references)
    return event.day or "", numbers, " ".join(one.text for one in event.authorities)


def _differences(mine: str, theirs: str) -> int:
    """Count the figures that differ; where one was not read, or only its beginning, none does."""
    if theirs.startswith(mine) or mine.startswith(theirs):
        return 0
    pairs = zip(mine, theirs, strict=False)
    return abs(len(mine) - len(theirs)) + sum(one != other for one, other in pairs)
