"""One event seen on many pages is one event.

Banners of one release differ by misread figures: a reading that few pages have, and that is near to the reading of
many, is folded into it. The other reading is not lost: `folded` gives both, for the alarm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scanfix.model.event import Event

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
    """Join two sights of one event: the first's words, the mean of both confidences weighted by their counts."""
    count = first.count + second.count
    confidence = (first.confidence * first.count + second.confidence * second.count) / count
    return replace(
        first,
        count=count,
        confidence=round(confidence, 4),
        by=first.by or second.by,
        next_review=first.next_review or second.next_review,
        exemptions=first.exemptions or second.exemptions,
        pages=tuple(sorted({*first.pages, *second.pages})),
        sights=(*first.sights, *second.sights),
    )


def _folded(events: Sequence[Event]) -> tuple[Merged, ...]:
    """Fold the poor readings of a banner into the reading of most pages."""
    mains: list[Merged] = []
    for event in sorted(events, key=lambda event: -event.count):
        home = next((index for index, main in enumerate(mains) if _is_poor_reading(event, main.event)), None)
        if home is None:
            mains.append(Merged(event=event))
        else:
            main = mains[home]
            mains[home] = Merged(event=_joined(main.event, event), variants=(*main.variants, event))
    order = {_key(event): index for index, event in enumerate(events)}
    return tuple(sorted(mains, key=lambda main: order[_key(main.event)]))


def _is_poor_reading(event: Event, main: Event) -> bool:
    """Tell whether a banner is a poor reading of another: rarer, and near in date and number."""
    if event.source != "banner" or main.source != "banner" or event.action != main.action:
        return False
    if event.count > _FEW * main.count:
        return False
    pairs = [(_number(event), _number(main)), (event.day or "", main.day or "")]
    return sum(_differences(mine, theirs) for mine, theirs in pairs) <= _MOST_FIGURES


def _number(event: Event) -> str:
    """Return the number of a banner."""
    return event.references[0].number if event.references else ""


def _differences(mine: str, theirs: str) -> int:
    """Count the figures that differ; what was not read at all, or is a part, differs in none."""
    if theirs.startswith(mine):
        return 0
    if len(mine) != len(theirs):
        return abs(len(mine) - len(theirs)) + sum(a != b for a, b in zip(mine, theirs, strict=False))
    return sum(a != b for a, b in zip(mine, theirs, strict=True))
