"""Histories: what became of each document of a batch, made when all its pages are done.

``<scan>/history.json`` (``scanfix.history/1``) has one document; ``events.csv``, ``events.json`` and ``alarms.csv``
have all of a run. They are made again only when a page has changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter

from scanfix import events, files
from scanfix.formats import event_tables, history_json
from scanfix.model.batch import PageSummary
from scanfix.model.event import History
from scanfix.model.mark import MarkKind
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.pipeline import CLEAN, MARKS, PUBLISHED, STORE_FOLDER, TEXT
from scanfix.store import Kind, Store

# Raised by hand when the same pages would give another history.
_MADE_BY = "scanfix.events 1"
NAME = "history.json"
# The names under which detectors sign a page's marks, and a kind of mark that none but they look for.
SOUGHT_BY: Mapping[str, MarkKind] = {"scanfix.stamp": "stamp", "scanfix.withheld": "redaction"}
_RUN_NAMES = ("alarms.csv", "events.csv", "events.json")

HISTORY = Kind(name="history", adapter=TypeAdapter(History))


def publish(out: Path, pages: Iterable[PageSummary]) -> None:
    """Write the histories of a batch, and its tables.

    Parameters
    ----------
    out
        The folder of the run's output.
    pages
        The summaries of all pages, those of a scan together and in order.

    Raises
    ------
    StoreError
        A page's record cannot be read, or a file cannot be written.
    """
    store = Store(out / STORE_FOLDER)
    histories = tuple(_histories(out, store, pages))
    _renew(out / "events.csv", event_tables.events_csv(histories))
    _renew(out / "alarms.csv", event_tables.alarms_csv(histories))
    _renew(out / "events.json", history_json.events_json(histories))


def withdraw(out: Path, scan_ids: Iterable[str]) -> None:
    """Remove the histories of documents whose pages are about to change, and the tables that hold them.

    Raises
    ------
    StoreError
        A file cannot be removed.
    """
    of_scans = [out / scan_id / NAME for scan_id in scan_ids]
    if of_scans:
        files.remove([*of_scans, *(out / name for name in _RUN_NAMES)])


def kept(out: Path, scan_id: str) -> History | None:
    """Return a document's history as last made; ``None`` where none was: an older run.

    Raises
    ------
    StoreError
        It is there and damaged.
    """
    store = Store(out / STORE_FOLDER)
    is_there = (store.folder(scan_id) / f"{HISTORY.name}.json").is_file() and (out / scan_id / NAME).is_file()
    return store.read(scan_id, HISTORY) if is_there else None


def _histories(out: Path, store: Store, pages: Iterable[PageSummary]) -> Iterator[History]:
    """Make and write the history of each document; there is none where no page could be read."""
    for scan_id, of_scan in groupby(pages, key=lambda page: page.page_id.scan_id):
        summaries = tuple(of_scan)
        if all(page.failure for page in summaries):
            files.remove([out / scan_id / NAME])
            continue
        history = _history(store, scan_id, summaries)
        _renew(out / scan_id / NAME, history_json.history_json(history))
        yield history


def _history(store: Store, scan_id: str, pages: Sequence[PageSummary]) -> History:
    """Return the kept history of a document, or make it."""
    done = [page.page_id for page in pages if page.failure is None]
    lost = [page.page_id.number for page in pages if page.failure]
    published = [store.read(page_id.place, PUBLISHED).files for page_id in done]
    digests = [f"{name} {sha256}" for of_page in published for name, sha256 in of_page]
    wanted = Provenance(made_by=_MADE_BY, recipe="{}", inputs=(*digests, *(f"page {page} failed" for page in lost)))
    return store.once(
        scan_id,
        HISTORY,
        wanted,
        lambda: events.roll_up(scan_id, [_seen(store, page_id) for page_id in done], lost=lost),
    )


def _seen(store: Store, page_id: PageId) -> events.PageSeen:
    """Gather what the events workshop is given of a page."""
    marks = store.read(page_id.place, MARKS)
    return events.PageSeen(
        number=page_id.number,
        marks=marks.marks,
        text=store.read(page_id.place, TEXT),
        height_px=store.read(page_id.place, CLEAN).upright.height_px,
        unsought=frozenset(kind for sign, kind in SOUGHT_BY.items() if sign not in marks.provenance.made_by),
    )


def _renew(path: Path, content: str) -> None:
    """Write a file unless it says so already."""
    if not files.is_whole(path, files.digest_of(content.encode())):
        files.write_text(path, content)
