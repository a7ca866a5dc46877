"""What alarms look at: a document's pages, markings and events together."""

from dataclasses import dataclass

from scanfix.events.markings import Marking
from scanfix.events.merging import Merged
from scanfix.events.seen import PageSeen
from scanfix.model.event import RELEASES, Event, OtherMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document before it is judged.

    Parameters
    ----------
    pages
        Its pages, in order.
    lost
        Numbers of pages that could not be read.
    markings
        The markings that name a level.
    events
        Its history, in order.
    banners
        Its banners with the readings of them that differ.
    others
        Its stamps that are no events.
    """

    pages: tuple[PageSeen, ...]
    lost: tuple[int, ...]
    markings: tuple[Marking, ...]
    events: tuple[Event, ...]
    banners: tuple[Merged, ...]
    others: tuple[OtherMark, ...]

    @property
    def are_stamps_sought(self) -> bool:
        """Whether stamps were looked for on all pages."""
        return not any("stamp" in page.unsought for page in self.pages)

    @property
    def lifting(self) -> tuple[Event, ...]:
        """The events after which markings may be struck."""
        return tuple(event for event in self.events if event.action in RELEASES or event.action == "downgraded")
