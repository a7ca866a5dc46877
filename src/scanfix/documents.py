"""Documents: what can be said only when all pages are done, such as which paragraphs run on over a page.

Pages are never changed afterwards: ``<scan>/document.md`` holds the whole document in the notation with its arrows,
``document.txt`` its reading view, ``document.json`` (``scanfix.document/1``) what was decided at every page's end and
why. What became of the document stands beside them (`scanfix.histories`). They are made again only when a page has
changed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter

from scanfix import files, histories
from scanfix.model.batch import PageSummary
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.pipeline import PUBLISHED, STORE_FOLDER, TEXT
from scanfix.store import Kind, Store
from scanfix.truth import document, folder, joining, notation
from scanfix.truth.joining import Join, Leaf

DOCUMENT_SCHEMA = "scanfix.document/1"
# Raised by hand when the same pages would give other documents.
_MADE_BY = "scanfix.document 1"
_NAMES = ("document.json", "document.md", "document.txt")
_CONFIDENCE_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was published of a document: the digest of each file beside its name."""

    files: tuple[tuple[str, str], ...]


DOCUMENT = Kind(name="document", adapter=TypeAdapter(Document))


def publish(out: Path, pages: Iterable[PageSummary]) -> None:
    """Write the documents of a batch, those whose pages have changed.

    Parameters
    ----------
    out
        The folder of the run's output.
    pages
        The summaries of all pages, those of a scan together and in order.

    Raises
    ------
    StoreError
        A page's record cannot be read, or a document cannot be written.
    """
    store = Store(out / STORE_FOLDER)
    summaries = tuple(pages)
    for scan_id, of_scan in groupby(summaries, key=lambda page: page.page_id.scan_id):
        _publish(out, store, scan_id, tuple(of_scan))
    histories.publish(out, summaries)


def withdraw(out: Path, scan_ids: Iterable[str]) -> None:
    """Remove documents whose pages are about to change, so that none is read beside pages of another run.

    Raises
    ------
    StoreError
        A file cannot be removed.
    """
    names = tuple(scan_ids)
    files.remove(out / scan_id / name for scan_id in names for name in _NAMES)
    histories.withdraw(out, names)


def _publish(out: Path, store: Store, scan_id: str, pages: Sequence[PageSummary]) -> None:
    """Write one document; there is none where no page could be read."""
    done = [page.page_id for page in pages if page.failure is None]
    if not done:
        files.remove(out / scan_id / name for name in _NAMES)
        return
    published = [store.read(page_id.place, PUBLISHED).files for page_id in done]
    failed = [f"{page.page_id.stem} failed" for page in pages if page.failure]
    digests = [f"{name} {sha256}" for of_page in published for name, sha256 in of_page]
    wanted = Provenance(made_by=_MADE_BY, recipe="{}", inputs=(*digests, *failed))
    kept = store.find(scan_id, DOCUMENT, wanted)
    if kept is None or not all(files.is_whole(out / name, sha256) for name, sha256 in kept.files):
        contents = _contents(out, store, done, [page.page_id for page in pages])
        for name, content in contents.items():
            files.write_text(out / scan_id / name, content)
        written = tuple((f"{scan_id}/{name}", files.digest_of(text.encode())) for name, text in contents.items())
        store.keep(scan_id, DOCUMENT, wanted, Document(files=written))


def _contents(out: Path, store: Store, done: Sequence[PageId], pages: Sequence[PageId]) -> Mapping[str, str]:
    """Return the files of a document by name."""
    read = {page_id: folder.read(out / f"{page_id.place}.md", page_id) for page_id in done}
    leaves = [Leaf(transcript=read[page_id], text=store.read(page_id.place, TEXT)) for page_id in done]
    joins = joining.decide(leaves)
    meta = leaves[0].transcript.meta
    whole = document.joined([read.get(page_id) or document.lost(page_id, meta=meta) for page_id in pages], joins)
    record = {
        "schema": DOCUMENT_SCHEMA,
        "scan": done[0].scan_id,
        "pages": [page_id.number for page_id in done],
        "lost": [page_id.number for page_id in pages if page_id not in read],
        "joins": [_join(join) for join in joins],
    }
    return {
        "document.json": json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n",
        "document.md": notation.write_document(whole),
        "document.txt": document.reading(whole) + "\n",
    }


def _join(join: Join) -> dict[str, object]:
    """Write what was decided at the end of a page; ``evidence`` has each clue's weight in the logarithm of odds."""
    return {
        "after_page": join.page_id.number,
        "is_joined": join.is_joined,
        "confidence": round(join.confidence, _CONFIDENCE_DIGITS),
        "has_catchword": join.catchword is not None,
        "evidence": {clue.name: clue.value for clue in join.evidence},
    }
