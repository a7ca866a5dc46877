"""Documents of a batch: made when its pages are done, again only when a page changed, the same bytes each time."""

import json
from pathlib import Path

import fakes

from scanfix import documents, files
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.geometry import Affine, Box
from scanfix.model.mark import PageMarks
from scanfix.model.page import CleanPage, ImageFile, PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, Word
from scanfix.pipeline import CLEAN, MARKS, PUBLISHED, STORE_FOLDER, TEXT, Published
from scanfix.store import Store
from scanfix.truth import notation

READ = Provenance(made_by="reader 1", recipe="{}", inputs=())
NAMES = ("document.json", "document.md", "document.txt")
HISTORIES = ("alarms.csv", "events.csv", "events.json")


def done(out: Path, number: int, text: str) -> PageSummary:
    """Publish a page of these words, as the pipeline does."""
    page_id = PageId(scan_id="memo", number=number)
    content = f"---\nscan: memo\npage: {number}\n---\n\n{text}\n"
    files.write_text(out / f"{page_id.place}.md", content)
    summary = PageSummary(page_id=page_id, state="done", seconds=1.0)
    store = Store(out / STORE_FOLDER)
    digests = ((f"{page_id.place}.md", files.digest_of(content.encode())),)
    store.keep(page_id.place, PUBLISHED, READ, Published(summary=summary, files=digests))
    box = Box(left=0, top=0, right=100, bottom=40)
    word = Word(word_id="w1", text=text, box=box, confidence=0.9)
    line = Line(line_id="l1", box=box, words=(word,))
    region = Region(region_id="r1", kind="paragraph", box=box, lines=(line,))
    store.keep(page_id.place, TEXT, READ, PageText(page_id=page_id, regions=(region,), provenance=READ))
    upright = ImageFile(path="upright.png", sha256="0" * 64, width_px=100, height_px=140, dpi=300)
    way = Affine.identity()
    clean = CleanPage(page_id=page_id, upright=upright, clean=upright, source_to_upright=way, steps=(), provenance=READ)
    store.keep(page_id.place, CLEAN, READ, clean)
    store.keep(page_id.place, MARKS, READ, PageMarks(page_id=page_id, marks=(), provenance=READ))
    return summary


def failed(number: int) -> PageSummary:
    failure = PageFailure(
        scan_id="memo", page_number=number, verb="read", error="ScanError", message="", is_retryable=False
    )
    page_id = PageId(scan_id="memo", number=number)
    return PageSummary(page_id=page_id, state="failed", seconds=1.0, failure=failure)


def text_of(out: Path, name: str) -> str:
    return (out / "memo" / name).read_text(encoding="utf-8")


def test_a_document_holds_its_pages_joined_and_says_why(tmp_path: Path) -> None:
    documents.publish(tmp_path, [done(tmp_path, 1, "the ships in the har-"), done(tmp_path, 2, "bour were burnt.")])
    assert text_of(tmp_path, "document.txt") == "the ships in the harbour were burnt.\n"
    assert text_of(tmp_path, "document.md") == (
        "---\nscan: memo\n---\n\n<!-- page 1 -->\n\nthe ships in the har- ⟶\n\n<!-- page 2 -->\n\n⟵ bour were burnt.\n"
    )
    notation.parse_document(text_of(tmp_path, "document.md"), file="document.md", scan_id="memo")
    record = json.loads(text_of(tmp_path, "document.json"))
    assert (record["schema"], record["pages"], record["lost"]) == ("scanfix.document/1", [1, 2], [])
    (join,) = record["joins"]
    assert (join["after_page"], join["is_joined"], join["has_catchword"]) == (1, True, False)
    assert join["confidence"] > 0.9
    assert join["evidence"]["ends-with-hyphen"] > 0


def test_pages_keep_their_bytes(tmp_path: Path) -> None:
    pages = [done(tmp_path, 1, "the ships in the"), done(tmp_path, 2, "harbour were burnt.")]
    before = fakes.files_under(tmp_path)
    documents.publish(tmp_path, pages)
    after = fakes.files_under(tmp_path)
    assert {name: after[name] for name in before} == before
    added = [*HISTORIES, *(f"memo/{name}" for name in (*NAMES, "history.json"))]
    assert sorted(set(after) - set(before)) == added


def test_a_document_is_made_again_only_when_a_page_has_changed(tmp_path: Path) -> None:
    pages = [done(tmp_path, 1, "one and"), done(tmp_path, 2, "the other.")]
    documents.publish(tmp_path, pages)
    made = (tmp_path / "memo" / "document.md").stat().st_mtime_ns
    documents.publish(tmp_path, pages)
    assert (tmp_path / "memo" / "document.md").stat().st_mtime_ns == made
    documents.publish(tmp_path, [pages[0], done(tmp_path, 2, "the second.")])
    assert text_of(tmp_path, "document.txt") == "one and\n\nthe second.\n"


def test_a_damaged_or_missing_file_is_made_again(tmp_path: Path) -> None:
    pages = [done(tmp_path, 1, "one and"), done(tmp_path, 2, "the other.")]
    documents.publish(tmp_path, pages)
    whole = fakes.files_under(tmp_path)
    (tmp_path / "memo" / "document.txt").write_text("spoilt", encoding="utf-8")
    documents.publish(tmp_path, pages)
    assert fakes.files_under(tmp_path) == whole
    documents.withdraw(tmp_path, ["memo", "memo", "unknown"])
    assert not any((tmp_path / "memo" / name).exists() for name in NAMES)
    documents.publish(tmp_path, pages)
    assert fakes.files_under(tmp_path) == whole


def test_a_page_that_failed_is_lost_and_joins_nothing(tmp_path: Path) -> None:
    documents.publish(tmp_path, [done(tmp_path, 1, "the ships in the"), failed(2), done(tmp_path, 3, "harbour left.")])
    assert "<!-- page 2 -->\n\n[lost: page 2]\n" in text_of(tmp_path, "document.md")
    assert text_of(tmp_path, "document.txt") == "the ships in the\n\nharbour left.\n"
    record = json.loads(text_of(tmp_path, "document.json"))
    assert (record["pages"], record["lost"], record["joins"]) == ([1, 3], [2], [])


def test_a_first_page_that_failed_keeps_the_front_matter(tmp_path: Path) -> None:
    documents.publish(tmp_path, [failed(1), done(tmp_path, 2, "harbour left.")])
    assert text_of(tmp_path, "document.md").startswith("---\nscan: memo\n---\n\n<!-- page 1 -->\n\n[lost: page 1]\n")


def test_a_scan_without_any_page_has_no_document(tmp_path: Path) -> None:
    documents.publish(tmp_path, [done(tmp_path, 1, "one")])
    documents.publish(tmp_path, [failed(1)])
    assert not any((tmp_path / "memo" / name).exists() for name in NAMES)
    documents.publish(tmp_path, [])
