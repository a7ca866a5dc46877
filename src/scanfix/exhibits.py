"""Exhibits: small pictures of the evidence of events and alarms, cut from the upright pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scanfix import images
from scanfix.images import GrayImage
from scanfix.model.event import Event, History, Sight
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.pipeline import CLEAN
from scanfix.store import Store

# A stamp of seven lines can still be read at this width; the file of a report stays near a megabyte.
_WIDTH_PX, _LEAST_WIDTH_PX = 560, 140
_QUALITY = 55
_MOST_BYTES = 30_000
_SHRINK = 0.75
# A few pages show what many have; a report is no album.
_MOST_OF_EVENT = 2
_MOST_OF_DOCUMENT = 24
# Paper around a mark, in inches: enough to see that a stroke ends.
_AROUND_IN = 0.1

# The page and the mark that an exhibit shows.
Place = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A JPEG of a mark with some paper around it, at most 30 kB."""

    page: int
    mark_id: str
    content: bytes


def cut(history: History, store: Store) -> Mapping[Place, Exhibit]:
    """Cut the exhibits of a document: a mark of each grave alarm and up to two of each event, bounded in all.

    Raises
    ------
    StoreError
        A page's image is gone or changed.
    ScanError
        It cannot be decoded.
    """
    wanted: dict[Place, Sight] = {}
    for sight in (*_of_alarms(history), *_of_events(history.events)):
        if len(wanted) < _MOST_OF_DOCUMENT:
            wanted.setdefault((sight.page, sight.mark_id), sight)
    # Page by page: an image is decoded once.
    return {place: _exhibit(history.scan_id, store, wanted[place]) for place in sorted(wanted)}


def shown(sights: Iterable[Sight], exhibits: Mapping[Place, Exhibit]) -> tuple[Exhibit, ...]:
    """Return the exhibits of some evidence, each once."""
    places = dict.fromkeys((sight.page, sight.mark_id) for sight in sights)
    return tuple(exhibits[place] for place in places if place in exhibits)[:_MOST_OF_EVENT]


def _of_alarms(history: History) -> Iterator[Sight]:
    """Give one sight of each alarm that somebody should look at."""
    for alarm in history.alarms:
        if alarm.severity != "low":
            yield from alarm.sights[:1]


def _of_events(events: Iterable[Event]) -> Iterator[Sight]:
    """Give the first sights of each event, of different pages where it has several."""
    for event in events:
        first = event.sights[0]
        yield first
        # Seen on many pages alike, a second page shows that; a banner's head and foot do not.
        yield from [sight for sight in event.sights if sight.page != first.page][: _MOST_OF_EVENT - 1]


def _exhibit(scan_id: str, store: Store, sight: Sight) -> Exhibit:
    """Cut one exhibit."""
    page_id = PageId(scan_id=scan_id, number=sight.page)
    upright = store.read(page_id.place, CLEAN).upright
    page = images.read_gray(upright)
    box = _with_paper(sight.box, page, dpi=upright.dpi)
    piece = page[box.top : box.bottom, box.left : box.right]
    return Exhibit(page=sight.page, mark_id=sight.mark_id, content=_small(piece))


def _with_paper(box: Box, page: GrayImage, *, dpi: float) -> Box:
    """Return a box with some paper around it, inside the page and never empty."""
    height, width = page.shape
    around = round(_AROUND_IN * dpi)
    left, top = (min(max(0, edge - around), most - 1) for edge, most in ((box.left, width), (box.top, height)))
    right, bottom = min(width, max(box.right + around, left + 1)), min(height, max(box.bottom + around, top + 1))
    return Box(left=left, top=top, right=right, bottom=bottom)


def _small(piece: GrayImage) -> bytes:
    """Encode a piece of a page so that it stays small."""
    width_px = _WIDTH_PX
    content = images.encode_picture(piece, width_px=width_px, quality=_QUALITY)
    while len(content) > _MOST_BYTES and width_px > _LEAST_WIDTH_PX:
        width_px = round(width_px * _SHRINK)
        content = images.encode_picture(piece, width_px=width_px, quality=_QUALITY)
    return content
