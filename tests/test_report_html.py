"""HTML reports: everything is shown, everything is escaped, nothing is loaded from elsewhere."""

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix import images, report
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.geometry import Affine, Box, Quad
from scanfix.model.mark import Mark, PageMarks
from scanfix.model.page import CleanPage, ImageFile, PageId
from scanfix.model.provenance import Provenance
from scanfix.model.score import BagCounts, EditCounts, KindCounts, MarkCounts, PageScore
from scanfix.model.text import Line, PageText, Region, RegionKind, Word
from scanfix.report.labels import place_labels

MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
NASTY = "<script>alert('x')</script>&\"quoted\""


def page_id(number: int = 1) -> PageId:
    return PageId(scan_id="bulletin", number=number)


def box(left: int, top: int, right: int, bottom: int) -> Box:
    return Box(left=left, top=top, right=right, bottom=bottom)


def clean_page(number: int = 1) -> CleanPage:
    image = ImageFile(path="upright.png", sha256="0" * 64, width_px=1000, height_px=1400, dpi=120)
    return CleanPage(
        page_id=page_id(number),
        upright=image,
        clean=image,
        source_to_upright=Affine.identity(),
        steps=(),
        provenance=MADE,
    )


def region(name: str, kind: RegionKind, *texts: str, confidence: float = 0.9) -> Region:
    words = tuple(
        Word(word_id=f"{name}w{index}", text=text, box=box(100, 100, 200, 130), confidence=confidence)
        for index, text in enumerate(texts)
    )
    line = Line(line_id=f"{name}l", box=box(100, 100, 900, 130), words=words)
    return Region(region_id=name, kind=kind, box=box(100, 100, 900, 130), lines=(line,))


def mark(name: str, **more: object) -> Mark:
    known: dict[str, object] = {"kind": "classification", "box": box(400, 20, 600, 60), "confidence": 0.9}
    return Mark(mark_id=name, **(known | more))  # type: ignore[arg-type]


def view(number: int = 1, **more: object) -> report.PageView:
    summary = PageSummary(page_id=page_id(number), state="done", seconds=1.5, words=3, marks=1, confidence=0.9)
    known: dict[str, object] = {
        "summary": summary,
        "picture": report.Picture(path=f"p{number:04d}.jpg", width_px=500, height_px=700),
        "clean": clean_page(number),
        "text": PageText(page_id=page_id(number), regions=(region("r1", "paragraph", "The", "text"),), provenance=MADE),
        "marks": PageMarks(
            page_id=page_id(number), marks=(mark("m1", text="SECRET", status="struck"),), provenance=MADE
        ),
    }
    return report.PageView(**(known | more))  # type: ignore[arg-type]


def failed(number: int, trace: str = "") -> PageSummary:
    failure = PageFailure(
        scan_id="bulletin",
        page_number=number,
        verb="read",
        error="ToolFailedError",
        message=f"bulletin p. {number}: tesseract was stopped.",
        is_retryable=True,
        trace=trace,
    )
    return PageSummary(page_id=page_id(number), state="failed", seconds=0.1, failure=failure)


def score(number: int = 1) -> PageScore:
    counts = MarkCounts(true_positives=3, false_negatives=1)
    return PageScore(
        page_id=page_id(number),
        policy="archival/1",
        words=EditCounts(hits=90, substitutions=6, deletions=4, insertions=2),
        characters=EditCounts(hits=490, substitutions=10),
        bag=BagCounts(),
        marks=(KindCounts(kind="classification", counts=counts),),
    )


def document(*pages: report.PageView) -> str:
    return report.document_page("bulletin", pages or (view(),), index_path="../report.html")


class Reader(HTMLParser):
    """Collects tags with their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "img", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(word for word in self.words if word)


def test_every_tag_of_a_document_is_closed_in_order() -> None:
    assert Reader(document(view(1), view(2))).open == []


def test_a_page_shows_its_picture_its_text_its_marks_and_its_notes() -> None:
    reader = Reader(document(view(notes=("CMYK turned to grey",))))
    pictures = [attributes for tag, attributes in reader.tags if tag == "img"]
    assert [(picture["src"], picture["width"]) for picture in pictures] == [("p0001.jpg", "500")]
    for words in ("The text", "SECRET · struck", "CMYK turned to grey", "90.0 %"):
        assert words in reader.text


def test_boxes_are_drawn_in_the_frame_of_the_upright_page() -> None:
    reader = Reader(document())
    overlay = [attributes for tag, attributes in reader.tags if tag == "svg"][-1]
    assert overlay["viewbox"] == "0 0 1000 1400"
    outline = next(attributes for tag, attributes in reader.tags if tag == "polygon")
    assert outline["points"] == "400,20 600,20 600,60 400,60"


def test_a_turned_mark_is_drawn_turned() -> None:
    quad = Quad(corners=((400, 30), (600, 20), (602, 60), (402, 70)))
    marks = PageMarks(page_id=page_id(), marks=(mark("m1", quad=quad),), provenance=MADE)
    assert 'points="400,30 600,20 602,60 402,70"' in document(view(marks=marks))


@pytest.mark.parametrize("status", ["struck", "active", "uncertain", None])
def test_status_is_shown_by_colour_dashes_and_word(status: str | None) -> None:
    marks = PageMarks(page_id=page_id(), marks=(mark("m1", status=status, text="SECRET"),), provenance=MADE)
    html = document(view(marks=marks))
    look = status or "none"
    assert f'<polygon class="box {look}"' in html
    assert f'class="status {look}"' in html
    colours = re.findall(r"\n\.box\.(\w+) \{ stroke: (#\w+);", html)
    assert len({colour for _, colour in colours}) == 4
    dashes = re.findall(r"\n\.box\.\w+ \{ stroke: #\w+;(?: stroke-dasharray: ([\d ]+);)?", html)
    assert len(set(dashes)) == 4


def test_doubtful_words_are_underlined_and_struck_words_struck() -> None:
    doubtful = region("r1", "paragraph", "ill", "read", confidence=0.3)
    text = PageText(page_id=page_id(), regions=(doubtful, region("r2", "header", "SECRET")), provenance=MADE)
    marks = PageMarks(page_id=page_id(), marks=(mark("m1", status="struck", word_ids=("r2w0",)),), provenance=MADE)
    html = document(view(text=text, marks=marks))
    assert html.count('class="low"') == 2
    assert "<s>SECRET</s>" in html
    assert "<s>ill" not in html


def test_alternatives_of_a_doubtful_word_are_offered() -> None:
    word = Word(word_id="w", text="Cl", box=box(1, 1, 2, 2), confidence=0.2, alternatives=("CI", "01"))
    line = Line(line_id="l", box=word.box, words=(word,))
    text = PageText(
        page_id=page_id(),
        regions=(Region(region_id="r", kind="paragraph", box=word.box, lines=(line,)),),
        provenance=MADE,
    )
    assert 'title="20.0 %; or: CI, 01"' in document(view(text=text))


def test_fields_of_a_stamp_are_listed() -> None:
    stamp = mark("m1", kind="stamp", fields=(("date", "1951-06-07"), ("authority", "HR 70-2")), shape=None)
    html = document(view(marks=PageMarks(page_id=page_id(), marks=(stamp,), provenance=MADE)))
    assert "date: 1951-06-07" in html
    assert "authority: HR 70-2" in html


def test_a_long_reading_is_cut_on_the_picture_and_whole_in_the_table() -> None:
    reading = "Approved for Release: 2019/03/14 C02733136"
    marks = PageMarks(page_id=page_id(), marks=(mark("m1", kind="banner", text=reading),), provenance=MADE)
    html = document(view(marks=marks))
    assert f"<td>{reading}</td>" in html
    assert ">Approved for Release: 2…</text>" in html


def test_a_failed_page_says_why_and_keeps_its_place() -> None:
    gone = report.PageView(summary=failed(2, trace="Traceback: line 1"))
    text = Reader(document(view(1), gone)).text
    assert "ToolFailedError while it was to read" in text
    assert "bulletin p. 2: tesseract was stopped." in text
    assert "Traceback: line 1" in text
    assert "No picture of this page." in text


def test_a_page_without_text_and_marks_says_so() -> None:
    nothing = view(
        text=PageText(page_id=page_id(), regions=(), provenance=MADE),
        marks=PageMarks(page_id=page_id(), marks=(), provenance=MADE),
    )
    text = Reader(document(nothing)).text
    assert "No text was read on this page." in text
    assert "reads" not in text


def test_a_picture_of_a_page_that_was_not_read_has_no_boxes() -> None:
    html = document(view(text=None, marks=None))
    assert "<polygon" not in html
    assert '<rect class="region' not in html


def test_scores_stand_on_their_page() -> None:
    text = Reader(document(view(score=score()))).text
    for words in ("WER 12.0 %", "CER 2.0 %", "6 / 4 / 2", "marks precision 100.0 %", "marks recall 75.0 %"):
        assert words in text
    assert "WER" not in Reader(document()).text


def test_flags_are_shown() -> None:
    summary = PageSummary(page_id=page_id(), state="kept", seconds=0, flags=("low-confidence",))
    assert "low-confidence" in Reader(document(view(summary=summary))).text


def test_whatever_was_read_is_text_and_never_code() -> None:
    text = PageText(page_id=page_id(), regions=(region("r1", "paragraph", NASTY),), provenance=MADE)
    nasty = mark("m1", text=NASTY, fields=((NASTY, NASTY),))
    html = report.document_page(
        NASTY,
        [view(text=text, marks=PageMarks(page_id=page_id(), marks=(nasty,), provenance=MADE), notes=(NASTY,))],
        index_path="../report.html",
    )
    assert html.count("<script>") == 1
    assert "alert(&#39;x&#39;)" in html
    summary = PageSummary(page_id=PageId(scan_id=NASTY, number=1), state="done", seconds=0, flags=(NASTY,))
    index = report.index_page(
        NASTY, report.rows_of([summary]), [report.DocumentLink(scan_id=NASTY, path=NASTY)], skipped=(NASTY,)
    )
    assert index.count("<script>") == 1
    assert Reader(index).open == []


def index(*summaries: PageSummary, **more: object) -> str:
    rows = report.rows_of(summaries, [score(1)] if more.pop("scored", False) else ())
    links = [report.DocumentLink(scan_id="bulletin", path="bulletin/report.html")]
    return report.index_page("Batch", rows, links, **more)  # type: ignore[arg-type]


def test_the_index_leads_to_every_page() -> None:
    reader = Reader(index(view(1).summary, failed(2)))
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert links == ["bulletin/report.html#p0001", "bulletin/report.html#p0002"]
    anchors = {attributes.get("id") for _, attributes in Reader(document(view(1), view(2))).tags}
    assert {"p0001", "p0002"} <= anchors


def test_the_index_tells_failures_flags_and_what_was_passed_over() -> None:
    broken = PageFailure(
        scan_id="broken",
        page_number=None,
        verb="discover",
        error="ScanError",
        message="broken.pdf: damaged.",
        is_retryable=False,
        trace="Traceback",
    )
    text = Reader(index(view(1).summary, failed(2), failures=(broken,), skipped=("a.md (no scan)",))).text
    for words in ("failed 1", "not opened 1", "broken.pdf: damaged.", "tesseract was stopped", "a.md (no scan)"):
        assert words in text


def test_the_index_has_scores_only_where_there_are_any() -> None:
    assert "WER 12.0 %" in Reader(index(view(1).summary, scored=True)).text
    assert "WER" not in Reader(index(view(1).summary)).text


def test_an_index_without_pages_says_so_and_a_document_without_a_report_is_no_link() -> None:
    assert "No pages." in Reader(index()).text
    html = report.index_page("Batch", report.rows_of([view().summary]), [])
    assert "<a " not in html


@pytest.mark.parametrize("html", [document(), index(view(1).summary)], ids=["document", "index"])
def test_nothing_is_loaded_from_elsewhere_and_only_our_own_script_may_run(html: str) -> None:
    reader = Reader(html)
    policy = next(
        attributes["content"] or "" for tag, attributes in reader.tags if "http-equiv" in attributes and tag == "meta"
    )
    for tag in ("script", "style"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    for _, attributes in reader.tags:
        assert not any((attributes.get(name) or "").startswith(("http", "//")) for name in ("src", "href"))
        assert not any(name.startswith("on") or name == "style" for name in attributes)


BOXES = st.builds(
    lambda left, top, width, height: box(left, top, left + width, top + height),
    st.integers(0, 900), st.integers(0, 1300), st.integers(1, 100), st.integers(1, 100),
)  # fmt: skip


@given(st.lists(BOXES, max_size=12))
def test_labels_lie_inside_the_page_in_the_order_of_their_boxes(boxes: list[Box]) -> None:
    labels = place_labels(boxes, [f"label {index}" for index in range(len(boxes))], width_px=1000, height_px=1400)
    assert [label.text for label in labels] == [f"label {index}" for index in range(len(boxes))]
    for label in labels:
        assert label.ground.clip(width=1000, height=1400) == label.ground


def test_labels_of_neighbours_do_not_cover_each_other_or_a_box() -> None:
    boxes = [box(300, 10, 600, 30), box(350, 32, 550, 60), box(300, 62, 600, 80)]
    labels = place_labels(boxes, ["one", "two", "three"], width_px=1000, height_px=1400)
    covered = [*boxes, *(label.ground for label in labels)]
    for number, one in enumerate(covered):
        assert all(one.intersect(other).area == 0 for other in covered[number + 1 :])


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_in_a_browser_the_script_runs_and_the_picture_loads(tmp_path: Path) -> None:
    images.write_picture(tmp_path / "p0001.jpg", np.full((700, 500), 200, np.uint8), width_px=500, quality=70)
    (tmp_path / "report.html").write_text(document(view(1), view(2)), encoding="utf-8")
    command = [
        chromium() or "", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom",
        "--enable-logging=stderr", f"file://{tmp_path / 'report.html'}",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        dom, log = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert "1 / 2" in dom
    assert "Refused to" not in log
    assert "violates" not in log
    assert "Uncaught" not in log
