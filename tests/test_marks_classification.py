import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from marks_drawn import Reader, blank, line, stroke, word

from scanfix.errors import SettingsError
from scanfix.images import GrayImage
from scanfix.marks import build, find_marks
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import CropText
from scanfix.ocr.crops import CropVoices
from scanfix.ocr.tesseract import Tesseract
from scanfix.settings import MarksSettings, OcrSettings

BANNER = "Approved for Release: 2019/03/14 C02733136"
DETECTORS = build(MarksSettings(detectors=("banner", "classification")))


def found(page: GrayImage, texts: dict[str, Box], *, dpi: float = 300, scale: float = 1.0) -> list[Mark]:
    marks = find_marks(page, dpi=dpi, read=Reader(texts, scale=scale), detectors=DETECTORS)
    return [mark for mark in marks if mark.kind == "classification"]


def lines_of_text(page: GrayImage) -> None:
    for y in range(600, 2600, 90):
        word(page, "a line of running text about secret things", left=300, bottom=y, scale=1.2, thickness=3)


def test_a_struck_head_and_an_unstruck_foot_are_told_apart() -> None:
    page = blank()
    lines_of_text(page)
    head = word(page, "TOP SECRET", left=900, bottom=200)
    foot = word(page, "SECRET", left=1000, bottom=3050)
    texts = {"TOP SECRET": head, "SECRET": foot}
    stroke(page, head, angle_deg=2, reach=head.width / 2 + 40)
    marks = found(page, texts)
    assert [(mark.mark_id, mark.text, mark.status, mark.field("position")) for mark in marks] == [
        ("m1", "TOP SECRET", "struck", "head"),
        ("m2", "SECRET", "active", "foot"),
    ]
    assert marks[0].box.iou(head) > 0.8
    assert marks[1].box.iou(foot) > 0.9
    assert marks[0].shape == "horizontal"
    assert marks[0].evidence[0].name == "recognised.read"


def test_each_line_of_a_marking_is_a_mark_of_its_own() -> None:
    page = blank()
    first = word(page, "TOP SECRET", left=900, bottom=200)
    second = word(page, "SECURITY INFORMATION", left=800, bottom=290, scale=1.4, thickness=4)
    line(page, (first.left - 30, 290), (first.left + 330, 80))
    marks = found(page, {"TOP SECRET": first, "SECURITY INFORMATION": second})
    assert [(mark.text, mark.status) for mark in marks] == [
        ("TOP SECRET", "struck"),
        ("SECURITY INFORMATION", "struck"),
    ]
    assert {mark.shape for mark in marks} == {"rising"}


@pytest.mark.parametrize("text", ["DAILY BRIEF", "- 4 -", "Page 3", "SUMMARY OF EVENTS"])
def test_running_heads_and_page_numbers_are_no_markings(text: str) -> None:
    page = blank()
    box = word(page, text, left=900, bottom=200)
    assert found(page, {text: box}) == []


def test_a_marking_between_rules_and_beside_a_redaction_is_active() -> None:
    page = blank()
    box = word(page, "CONFIDENTIAL", left=800, bottom=200)
    for y in (box.top - 14, box.bottom + 14):
        line(page, (box.left - 60, y), (box.right + 60, y), thickness=4)
    cv2.rectangle(page, (box.right + 25, box.top - 20), (box.right + 300, box.bottom + 25), 0, 1)
    (mark,) = found(page, {"CONFIDENTIAL": box})
    assert (mark.text, mark.status) == ("CONFIDENTIAL", "active")


def test_a_marking_inside_a_hatched_frame_is_found() -> None:
    page = blank()
    for x in range(60, 2500, 50):
        if not 800 < x < 1500:
            line(page, (x, 240), (x + 130, 110), thickness=14)
    box = word(page, "SECRET", left=1050, bottom=200)
    stroke(page, box, angle_deg=-15, reach=200)
    (mark,) = found(page, {"SECRET": box})
    assert (mark.text, mark.status, mark.shape) == ("SECRET", "struck", "falling")


def hidden_page(*, hidden: int, struck: bool) -> tuple[GrayImage, dict[str, Box]]:
    page = blank()
    head = word(page, "TOP SECRET", left=900, bottom=145)
    foot = word(page, "TOP SECRET", left=880, bottom=3050)
    if struck:
        stroke(page, head, angle_deg=0, reach=head.width / 2 + 30, depth=0.75)
    page[: head.top + hidden, 600:2000] = 255
    banner = word(page, BANNER, left=700, bottom=head.top + hidden - 14, scale=1.0, thickness=2)
    return page, {BANNER: banner, "TOP SECRET": foot, "xx": head}


@pytest.mark.parametrize(("struck", "status"), [(True, "struck"), (False, "uncertain")])
def test_a_marking_half_hidden_by_a_banner_is_known_by_the_whole_one(*, struck: bool, status: str) -> None:
    page, texts = hidden_page(hidden=18, struck=struck)
    head, foot = found(page, texts)
    assert (head.text, head.status, foot.status) == ("TOP SECRET", status, "active")


def test_a_hidden_marking_is_known_by_its_words_where_nothing_can_be_read() -> None:
    page, texts = hidden_page(hidden=18, struck=False)
    del texts["TOP SECRET"], texts["xx"]
    head = found(page, texts)[0]
    assert (head.text, head.status, head.evidence[0].name) == ("TOP SECRET", "uncertain", "recognised.words")
    assert head.confidence < 0.7


def test_without_a_banner_nothing_is_guessed() -> None:
    page = blank()
    word(page, "TOP SECRET", left=900, bottom=200)
    assert found(page, {}) == []


@pytest.mark.parametrize("dpi", [150.0, 200.0, 600.0])
def test_markings_are_found_at_any_resolution(dpi: float) -> None:
    page = blank()
    box = word(page, "TOP SECRET", left=900, bottom=200)
    texts = {"TOP SECRET": box}
    stroke(page, box, angle_deg=12, reach=200)
    factor = dpi / 300
    scaled = cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    (mark,) = found(scaled, texts, dpi=dpi)
    assert (mark.status, mark.shape) == ("struck", "rising")
    assert mark.box.iou(Box.of([edge * factor for edge in box.edges])) > 0.75
    assert all(entry.box is None or entry.box.right <= scaled.shape[1] for entry in mark.evidence)


def test_a_long_row_in_the_margin_that_is_no_banner_is_still_looked_at() -> None:
    text = "TOP SECRET SECURITY INFORMATION"
    page = blank()
    box = word(page, text, left=700, bottom=100, scale=1.2, thickness=3)
    (mark,) = found(page, {text: box})
    assert (mark.text, mark.status, mark.field("position")) == (text, "active", "head")


def test_a_white_page_has_no_marks_and_asks_for_nothing_to_be_read_twice() -> None:
    reader = Reader()
    assert find_marks(blank(), dpi=300, read=reader, detectors=DETECTORS) == ()
    assert reader.calls <= 2


def test_an_unknown_detector_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="no detector is called nonsense"):
        build(MarksSettings(detectors=("banner", "nonsense")))


def test_what_an_earlier_detector_claims_a_later_one_does_not_get() -> None:
    page = blank()
    box = word(page, "SECRET", left=900, bottom=200)
    twice = find_marks(page, dpi=300, read=Reader({"SECRET": box}), detectors=(DETECTORS[1], DETECTORS[1]))
    assert [mark.mark_id for mark in twice] == ["m1"]


class Poor:
    """A reader that reads every crop as the same garbage."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        del is_quick
        return tuple(CropText(second=self.text) for _ in crops)


@pytest.mark.parametrize(("struck", "count"), [(True, 1), (False, 0)])
def test_a_poor_reading_is_believed_only_of_a_struck_row(*, struck: bool, count: int) -> None:
    page = blank()
    box = word(page, "RESTRICTED", left=900, bottom=200)
    if struck:
        stroke(page, box, angle_deg=1, reach=box.width / 2 + 40)
    marks = find_marks(page, dpi=300, read=Poor("RESLRCLEIED"), detectors=DETECTORS)
    assert [mark.evidence[0].name for mark in marks] == ["recognised.read.struck"] * count


def test_the_shadow_of_a_punch_hole_beside_a_hidden_marking_is_left_out() -> None:
    page, texts = hidden_page(hidden=18, struck=False)
    head, top = texts["xx"], texts["xx"].top + 18
    page[top : top + 24, head.left - 70 : head.left - 20] = 0
    del texts["TOP SECRET"], texts["xx"]
    mark = found(page, texts)[0]
    assert mark.text == "TOP SECRET"
    assert mark.box.left >= head.left - 5


CORPUS = Path("../shared/corpus/cib")


@pytest.mark.live
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus ../shared/corpus/cib is not here")
def test_markings_of_real_pages_are_found_and_their_strokes_judged(tmp_path: Path) -> None:
    engine = Tesseract(OcrSettings())
    hits = right = want = false = 0
    for truth in sorted(CORPUS.glob("*-p*.json"))[::6]:
        stem, _, number = truth.stem.rpartition("-p")
        prefix = tmp_path / stem
        pdf = CORPUS / f"{stem}.pdf"
        subprocess.run(["pdfimages", "-f", str(int(number)), "-l", str(int(number)), "-png", pdf, prefix], check=True)
        (png,) = tmp_path.glob(f"{stem}-*.png")
        page = cv2.imread(str(png), cv2.IMREAD_GRAYSCALE)
        png.unlink()
        assert page is not None
        marks = find_marks(page.astype(np.uint8), dpi=300, read=CropVoices(engine, None), detectors=DETECTORS)
        found_here = [mark for mark in marks if mark.kind == "classification"]
        for mark in json.loads(truth.read_text())["marks"]:
            if mark["kind"] != "classification":
                continue
            want += 1
            box = Box.of(mark["box"])
            match = [one for one in found_here if one.box.iou(box) >= 0.5 and one.text == mark["text"]]
            hits += len(match)
            right += sum(one.status == mark["status"] for one in match)
            found_here = [one for one in found_here if one not in match]
        false += len(found_here)
    assert want >= 8
    assert hits >= 0.8 * want
    assert right >= 0.9 * hits
    assert false <= 1
