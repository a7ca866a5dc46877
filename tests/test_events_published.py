"""What a run publishes of histories: one file a document, three tables a run, anew only when something changed."""

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import dossiers
import fakes
import numpy as np
import pytest
from dossiers import banner, mark, marking, reviewer, stamp
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix import documents, exhibits, files, histories, images, reporting
from scanfix.batch import Plan, Result
from scanfix.errors import StoreError
from scanfix.events import roll_up
from scanfix.formats import event_tables, history_json
from scanfix.marks import DETECTORS
from scanfix.marks.stamps import StampDetector
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.geometry import Affine, Box
from scanfix.model.mark import Mark, PageMarks
from scanfix.model.page import CleanPage, Page, PageId, PageSource
from scanfix.pipeline import CLEAN, MARKS, PAGE, PICTURE, PUBLISHED, STORE_FOLDER, TEXT, Published
from scanfix.settings import Settings
from scanfix.store import Store

MADE = dossiers.MADE
MARKED = replace(MADE, made_by=f"{StampDetector(Settings().marks).made_by} + scanfix.withheld 1")
RUN_FILES = ("alarms.csv", "events.csv", "events.json")


def done(out: Path, scan_id: str, number: int, *marks: Mark) -> PageSummary:
    """Leave what the pipeline leaves of a page with these marks."""
    page_id = PageId(scan_id=scan_id, number=number)
    store = Store(out / STORE_FOLDER)
    pixels = np.full((3300, 2550), 230, np.uint8)
    pixels[:: 7 + number] = 20
    upright = images.write_png(store.folder(page_id.place) / "upright.png", pixels, dpi=300)
    way = Affine.identity()
    clean = CleanPage(page_id=page_id, upright=upright, clean=upright, source_to_upright=way, steps=(), provenance=MADE)
    source = PageSource(page_id=page_id, file=f"{scan_id}.pdf", sha256="0" * 64, page=number)
    page = Page(page_id=page_id, source=source, image=upright, dpi_source="file", provenance=MADE)
    picture = images.write_picture(out / f"{page_id.place}.jpg", pixels, width_px=300, quality=50)
    summary = PageSummary(page_id=page_id, state="done", seconds=1.0, marks=len(marks))
    content = f"---\nscan: {scan_id}\npage: {number}\n---\n\ntext\n"
    files.write_text(out / f"{page_id.place}.md", content)
    written = (
        (f"{page_id.place}.md", files.digest_of(content.encode())),
        (f"{page_id.place}.json", files.digest_of(repr(marks).encode())),
    )
    store.keep(page_id.place, PAGE, MADE, page)
    store.keep(page_id.place, CLEAN, MADE, clean)
    store.keep(page_id.place, PICTURE, MADE, picture)
    store.keep(page_id.place, MARKS, MADE, PageMarks(page_id=page_id, marks=marks, provenance=MARKED))
    store.keep(page_id.place, TEXT, MADE, replace(dossiers.text(number), page_id=page_id))
    store.keep(page_id.place, PUBLISHED, MADE, Published(summary=summary, files=written))
    return summary


def failed(scan_id: str, number: int) -> PageSummary:
    page_id = PageId(scan_id=scan_id, number=number)
    failure = PageFailure(
        scan_id=scan_id, page_number=number, verb="read", error="ScanError", message="gone", is_retryable=False
    )
    return PageSummary(page_id=page_id, state="failed", seconds=1.0, failure=failure)


def run(out: Path) -> list[PageSummary]:
    return [
        done(out, "bulletin", 1, banner(), marking("TOP SECRET"), reviewer()),
        done(out, "bulletin", 2, banner(), marking("TOP SECRET", "active")),
        done(out, "memo", 1, marking("SECRET", "active")),
    ]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_publishes_a_history_a_document_and_tables_of_all(tmp_path: Path) -> None:
    documents.publish(tmp_path, run(tmp_path))
    record = json.loads((tmp_path / "bulletin" / "history.json").read_bytes())
    assert (record["schema"], record["scan"], record["pages"], record["lost"]) == (
        "scanfix.history/1", "bulletin", [1, 2], [],
    )  # fmt: skip
    assert record["effective"]["state"] == "released"
    first = record["events"][0]
    assert first["date"] == {"printed": "8 Jan 80", "iso": "1980-01-08", "precision": "day", "readings": []}
    assert set(first["observed"]) == {"source", "family", "text", "confidence"}
    assert set(first["interpreted"]) == {"reason", "text", "confidence"}
    assert first["evidence"][0]["box"] == [800, 2000, 1600, 2060]
    assert [alarm["kind"] for alarm in record["alarms"]] == ["released-page-unstruck", "overtaken-decision"]
    whole = json.loads((tmp_path / "events.json").read_bytes())
    assert whole["schema"] == "scanfix.events/1"
    assert [document["scan"] for document in whole["documents"]] == ["bulletin", "memo"]
    events = rows(tmp_path / "events.csv")
    assert tuple(events[0]) == event_tables.EVENT_COLUMNS
    assert [(row["scan"], row["event"], row["action"], row["date"]) for row in events] == [
        ("bulletin", "e1", "no_change", "1980-01-08"),
        ("bulletin", "e2", "released_full", "2019-03-14"),
        ("bulletin", "e3", "struck", ""),
    ]
    alarms = rows(tmp_path / "alarms.csv")
    assert tuple(alarms[0]) == event_tables.ALARM_COLUMNS
    assert [(row["severity"], row["pages"]) for row in alarms] == [("medium", "2"), ("low", "1")]


def test_histories_are_made_again_only_when_a_page_has_changed(tmp_path: Path) -> None:
    pages = run(tmp_path)
    documents.publish(tmp_path, pages)
    names = [*RUN_FILES, "bulletin/history.json", "memo/history.json"]
    made = {name: (tmp_path / name).stat().st_mtime_ns for name in names}
    documents.publish(tmp_path, pages)
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in names} == made
    pages[2] = done(tmp_path, "memo", 1, marking("SECRET", "struck"))
    documents.publish(tmp_path, pages)
    renewed = {name for name in names if (tmp_path / name).stat().st_mtime_ns != made[name]}
    assert renewed == {*RUN_FILES, "memo/history.json"}
    assert rows(tmp_path / "alarms.csv")[-1]["alarm"] == "struck-without-authority"


def test_a_spoilt_or_missing_file_is_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    pages = run(tmp_path)
    documents.publish(tmp_path, pages)
    whole = fakes.files_under(tmp_path)
    (tmp_path / "events.csv").write_text("spoilt", encoding="utf-8")
    (tmp_path / "memo" / "history.json").unlink()
    documents.publish(tmp_path, pages)
    assert fakes.files_under(tmp_path) == whole


def test_what_is_about_to_change_is_withdrawn_with_the_tables(tmp_path: Path) -> None:
    documents.publish(tmp_path, run(tmp_path))
    documents.withdraw(tmp_path, ())
    assert (tmp_path / "events.csv").is_file()
    documents.withdraw(tmp_path, {"memo"})
    assert not (tmp_path / "memo" / "history.json").exists()
    assert (tmp_path / "bulletin" / "history.json").is_file()
    assert not any((tmp_path / name).exists() for name in RUN_FILES)
    assert histories.kept(tmp_path, "memo") is None
    assert histories.kept(tmp_path, "bulletin") is not None


def test_a_page_that_failed_is_named_and_a_document_without_pages_has_no_history(tmp_path: Path) -> None:
    documents.publish(tmp_path, [done(tmp_path, "memo", 1, marking()), failed("memo", 2), failed("lost", 1)])
    record = json.loads((tmp_path / "memo" / "history.json").read_bytes())
    assert (record["pages"], record["lost"]) == ([1], [2])
    assert "pages-not-read" in [alarm["kind"] for alarm in record["alarms"]]
    assert not (tmp_path / "lost" / "history.json").exists()


def test_a_run_that_looked_for_no_stamps_says_so(tmp_path: Path) -> None:
    summary = done(tmp_path, "memo", 1, marking())
    store = Store(tmp_path / STORE_FOLDER)
    kept = store.read("memo/p0001", MARKS)
    store.keep("memo/p0001", MARKS, MADE, replace(kept, provenance=replace(MADE, made_by="scanfix.banner 4")))
    documents.publish(tmp_path, [summary])
    assert rows(tmp_path / "alarms.csv")[0]["severity"] == "medium"


def test_whoever_looks_for_stamps_and_withheld_areas_signs_with_the_name_that_histories_know() -> None:
    detectors = [build(Settings().marks) for build in DETECTORS.values()]
    signed = {kind: sign for sign, kind in histories.SOUGHT_BY.items()}
    assert any(one.made_by.startswith(signed["stamp"]) for one in detectors if "stamp" in one.kinds)
    assert all(one.made_by.startswith(signed["redaction"]) for one in detectors if "redaction" in one.kinds)


def test_a_run_without_documents_has_empty_tables(tmp_path: Path) -> None:
    documents.publish(tmp_path, [])
    assert (tmp_path / "events.csv").read_bytes() == ",".join(event_tables.EVENT_COLUMNS).encode() + b"\r\n"


def test_a_damaged_history_is_named(tmp_path: Path) -> None:
    documents.publish(tmp_path, run(tmp_path))
    (tmp_path / STORE_FOLDER / "memo" / "history.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match="no readable value"):
        histories.kept(tmp_path, "memo")


NASTY = st.text(st.sampled_from("=+-@\t\r\n ,;\"'|aB7(é"), max_size=12)


@settings(deadline=None)
@given(NASTY)
def test_no_cell_starts_a_formula_and_none_loses_a_sign(words: str) -> None:
    cell = event_tables.safe(words)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (words, f"'{words}")


@settings(deadline=None)
@given(NASTY)
def test_tables_are_rectangles_whatever_stands_in_a_stamp(words: str) -> None:
    history = roll_up("memo", [dossiers.page(1, stamp("my-archive", words, action="DECLASSIFIED", authority=words))])
    table = event_tables.events_csv([history])
    read = list(csv.reader(StringIO(table, newline="")))
    assert [len(row) for row in read] == [len(event_tables.EVENT_COLUMNS)] * 2
    assert table.endswith("\r\n")
    json.loads(history_json.history_json(history))


def test_an_exhibit_shows_its_mark_with_some_paper_and_stays_small(tmp_path: Path) -> None:
    everywhere = replace(mark("redaction", code="25X1"), box=Box(left=0, top=0, right=2550, bottom=3300))
    beyond = replace(stamp("nato-disclosed"), box=Box(left=2600, top=-5, right=2500, bottom=3400))
    documents.publish(tmp_path, [done(tmp_path, "memo", 1, banner(), beyond), done(tmp_path, "memo", 2, everywhere)])
    history = histories.kept(tmp_path, "memo")
    assert history is not None
    cut = exhibits.cut(history, Store(tmp_path / STORE_FOLDER))
    assert len(cut) >= 2
    for exhibit in cut.values():
        assert exhibit.content.startswith(b"\xff\xd8")
        assert len(exhibit.content) <= 30_000
    picture = images.decode_gray(cut[(1, history.events[0].sights[0].mark_id)].content, name="exhibit")
    # The banner of 800 by 60 pixels with 30 around it, brought to 560 pixels.
    assert picture.shape == (round(110 * 560 / 860), 560)


def test_a_document_has_few_exhibits_however_many_events_it_has(tmp_path: Path) -> None:
    stamps = [stamp("received", date=f"{day} MAY 1950") for day in range(1, 31)]
    documents.publish(tmp_path, [done(tmp_path, "memo", 1, *stamps)])
    history = histories.kept(tmp_path, "memo")
    assert history is not None
    assert len(history.events) == 30
    assert len(exhibits.cut(history, Store(tmp_path / STORE_FOLDER))) == 24


def report(out: Path, pages: list[PageSummary]) -> tuple[str, str]:
    """Write the reports; return the index and that of the first document."""
    documents.publish(out, pages)
    reporting.write(out, Result(plan=Plan(sources=(), failures=(), skipped=()), pages=tuple(pages), seconds=1.0))
    name = pages[0].page_id.scan_id
    texts = [(out / path).read_text(encoding="utf-8") for path in ("report.html", f"{name}/report.html")]
    return texts[0], texts[1]


def test_reports_tell_the_history_with_pictures_and_the_index_the_grave_alarms(tmp_path: Path) -> None:
    index, document = report(tmp_path, run(tmp_path))
    assert "Released since 14 March 2019, as far as the pages say. It was marked TOP SECRET." in document
    assert document.count("data:image/jpeg;base64,") >= 4
    assert "TOP SECRET stands unstruck on page 2" in document
    assert "TOP SECRET stands unstruck on page 2" in index
    assert 'href="bulletin/report.html#history"' in index
    assert 'id="history"' in document
    assert document.index('id="history"') < document.index('class="page"')


def test_an_unmarked_document_does_not_stand_in_the_overview(tmp_path: Path) -> None:
    index, document = report(tmp_path, [done(tmp_path, "plain", 1, mark("strikethrough", "cause", status="struck"))])
    assert "What became of the documents" not in index
    assert "Struck by an author" in document


def test_what_stands_in_a_stamp_is_escaped_in_reports(tmp_path: Path) -> None:
    nasty = "<script>alert('x')</script>"
    shown = [stamp("my-archive", nasty, action="DECLASSIFIED", authority=nasty), stamp("unknown", f"GRADING {nasty}")]
    index, document = report(tmp_path, [done(tmp_path, "memo", 1, *shown)])
    assert nasty not in index
    assert nasty not in document
    assert "GRADING &lt;script&gt;" in document


def test_a_report_older_than_its_history_is_written_again(tmp_path: Path) -> None:
    pages = [replace(page, state="kept") for page in run(tmp_path)]
    report(tmp_path, pages)
    path = tmp_path / "memo" / "report.html"
    path.write_text("stale", encoding="utf-8")
    report(tmp_path, pages)
    assert path.read_text(encoding="utf-8") == "stale"
    (tmp_path / "memo" / "history.json").unlink()
    report(tmp_path, pages)
    assert path.read_text(encoding="utf-8") != "stale"


def test_a_run_of_old_without_histories_still_has_its_reports(tmp_path: Path) -> None:
    pages = run(tmp_path)
    reporting.write(tmp_path, Result(plan=Plan(sources=(), failures=(), skipped=()), pages=tuple(pages), seconds=1.0))
    assert 'id="history"' not in (tmp_path / "memo" / "report.html").read_text(encoding="utf-8")
