"""The classification markings of pages: their level, where they stand, whether they are struck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanfix.events.seen import PageSeen, sights_of
from scanfix.model.classification import Level, level_of
from scanfix.model.event import Sight
from scanfix.model.mark import Mark

# Shares of the page's height, where a detector does not name the place.
_HEAD, _FOOT = 0.15, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A marking that names a level, and its page."""

    page: int
    place: str
    level: Level
    mark: Mark

    @property
    def sight(self) -> Sight:
        """The marking as evidence."""
        return sights_of(self.mark, self.page)[0]


def markings(pages: Sequence[PageSeen]) -> tuple[Marking, ...]:
    """Return the markings of pages that name a level, in order."""
    return tuple(_markings(pages))


def level_of_page(found: Sequence[Marking], page: int) -> Level | None:
    """Return the highest level that a page is marked with."""
    levels = [marking.level for marking in found if marking.page == page]
    return max(levels, key=lambda level: level.rank, default=None)


def highest(found: Sequence[Marking]) -> Level | None:
    """Return the highest level of markings, the first of several equals."""
    return max((marking.level for marking in found), key=lambda level: level.rank, default=None)


def _markings(pages: Sequence[PageSeen]) -> Iterator[Marking]:
    """Give the markings that name a level."""
    for page in pages:
        for mark in page.marks:
            if mark.kind == "classification" and (level := level_of(mark.text)):
                yield Marking(page=page.number, place=_place(mark, page.height_px), level=level, mark=mark)


def _place(mark: Mark, height_px: int) -> str:
    """Return where a marking stands: head, foot, cover, body, margin."""
    if named := mark.field("position"):
        return named
    if not height_px:
        return "body"
    middle = mark.box.centre[1] / height_px
    return "head" if middle < _HEAD else "foot" if middle > _FOOT else "body"
