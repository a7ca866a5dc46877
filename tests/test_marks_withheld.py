from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from marks_drawn import blank, line, word
from numpy.typing import NDArray

from scanfix.images import GrayImage
from scanfix.marks import find_marks
from scanfix.marks.frame import turned
from scanfix.marks.withheld import WithheldDetector
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

BOX = Box(left=700, top=1200, right=1500, bottom=1320)


class Says:
    """Reads every crop as the same text, and counts the crops."""

    def __init__(self, text: str = "") -> None:
        self.text, self.crops = text, 0

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        assert is_quick
        self.crops += len(crops)
        return tuple(CropText(second=self.text) for _ in crops)


def rectangle(page: GrayImage, box: Box, *, thickness: int = 2, inside: int = 255, tone: int = 0) -> None:
    """Draw a box over everything under it; the page is changed in place, which only tests may do."""
    page[box.top : box.bottom, box.left : box.right] = tone
    page[box.top + thickness : box.bottom - thickness, box.left + thickness : box.right - thickness] = inside


def typed(page: GrayImage, *, top: int = 300, bottom: int = 3000) -> None:
    """Fill a page with lines of words."""
    for at in range(top, bottom, 156):
        word(page, "considering the reports of embassies", left=300, bottom=at, scale=1.2, thickness=3)


def found(
    page: GrayImage, *, text: str = "", lines: Sequence[Line] = (), levelled_deg: float = 0.0
) -> tuple[Mark, ...]:
    detectors = (WithheldDetector(MarksSettings()),)
    return find_marks(page, dpi=300, read=Says(text), detectors=detectors, lines=lines, levelled_deg=levelled_deg)


def words(text: str, box: Box) -> Line:
    """Return a line of one word in a box."""
    return Line(line_id="l1", box=box, words=(Word(word_id="w1", text=text, box=box, confidence=0.9),))


@pytest.mark.parametrize("thickness", [1, 2])
def test_a_thin_outline_amid_text_is_a_redaction_and_the_text_is_none(thickness: int) -> None:
    page = blank()
    typed(page)
    rectangle(page, BOX, thickness=thickness)
    (mark,) = found(page)
    assert (mark.kind, mark.field("style")) == ("redaction", "outlined")
    assert mark.box.iou(BOX) > 0.95
    assert [entry.name for entry in mark.evidence] == ["field.style"]


def test_boxes_that_abut_and_overlap_are_found_each() -> None:
    page = blank()
    boxes = [
        BOX,
        Box(left=700, top=1318, right=1100, bottom=1500),
        Box(left=1600, top=2000, right=2300, bottom=2100),
        Box(left=1900, top=2060, right=2400, bottom=2300),
    ]
    for box in boxes:
        rectangle(page, box)
    marks = found(page)
    assert len(marks) == 4
    assert all(max(mark.box.iou(box) for mark in marks) > 0.6 for box in boxes)


def test_a_box_that_a_banners_strip_parts_is_one_and_one_that_it_hides_in_part_is_found() -> None:
    page = blank()
    parted, hidden = Box(left=1400, top=40, right=1800, bottom=190), Box(left=1400, top=3080, right=1800, bottom=3260)
    for box in (parted, hidden):
        rectangle(page, box)
    page[90:140, 600:2000] = 255
    word(page, "Approved for Release: 2019", left=1000, bottom=130, scale=1.0, thickness=2)
    page[3190:3260, 600:2000] = 255
    marks = found(page)
    assert [mark.box.iou(box) > 0.55 for mark, box in zip(marks, (parted, hidden), strict=True)] == [True, True]
    assert marks[0].box.iou(parted) > 0.9


def test_a_box_of_which_another_hides_a_corner_is_found_by_what_is_left() -> None:
    page = blank()
    behind, over = Box(left=600, top=2000, right=1500, bottom=2200), Box(left=1200, top=2100, right=1900, bottom=2500)
    rectangle(page, behind)
    rectangle(page, over)
    marks = found(page)
    assert all(max(mark.box.iou(box) for mark in marks) > 0.6 for box in (behind, over))


def test_a_stroke_that_runs_into_a_box_does_not_spoil_it() -> None:
    page = blank()
    rectangle(page, BOX)
    line(page, (600, 1250), (760, 1250), thickness=6)
    (mark,) = found(page)
    assert mark.box.iou(BOX) > 0.95


def test_a_box_on_the_edge_of_the_page_may_lack_a_side() -> None:
    page = blank()
    box = Box(left=2200, top=1000, right=2550, bottom=1200)
    rectangle(page, box)
    page[1000:1200, 2540:] = 255
    page[1000:1002, 2540:] = page[1198:1200, 2540:] = 0
    (mark,) = found(page)
    assert mark.box.iou(box) > 0.9


def test_a_box_of_which_a_code_hides_a_part_of_a_side_is_found() -> None:
    page = blank()
    rectangle(page, BOX)
    page[1200:1250, 1490:1600] = 255
    page[1198:1202, 1480:1490] = 0
    (mark,) = found(page)
    assert mark.box.iou(BOX) > 0.9


def test_two_lines_around_one_place_are_a_double_outline() -> None:
    page = blank()
    rectangle(page, BOX)
    rectangle(page, BOX.grow(-9))
    (mark,) = found(page)
    assert mark.field("style") == "double"
    assert mark.box.iou(BOX) > 0.95


def test_an_outline_on_a_leaning_scan_is_found_after_the_page_was_levelled() -> None:
    scan = blank()
    rectangle(scan, BOX)
    levelled, way = turned(scan, clockwise_deg=1.2)
    (mark,) = found(levelled, levelled_deg=1.2)
    assert mark.moved(way.inverse()).box.iou(BOX) > 0.8


@pytest.mark.parametrize("tone", [0, 190])
def test_filled_boxes_have_their_style_and_black_needs_no_paper(tone: int) -> None:
    page = np.random.default_rng(3).integers(218, 230, blank().shape).astype(np.uint8)
    rectangle(page, BOX, inside=tone, tone=tone)
    (mark,) = found(page)
    assert mark.field("style") == {0: "black", 190: "grey"}[tone]
    assert mark.box.iou(BOX) > 0.95


def test_a_place_cut_out_of_grey_paper_is_a_redaction_and_a_ruled_box_on_that_paper_is_none() -> None:
    page = np.random.default_rng(3).integers(218, 230, blank().shape).astype(np.uint8)
    rectangle(page, BOX, tone=255)
    ruled = Box(left=700, top=2000, right=1500, bottom=2120)
    paper = page[ruled.top : ruled.bottom, ruled.left : ruled.right].copy()
    rectangle(page, ruled)
    page[ruled.top + 2 : ruled.bottom - 2, ruled.left + 2 : ruled.right - 2] = paper[2:-2, 2:-2]
    (mark,) = found(page)
    assert mark.field("style") == "cut"
    assert mark.box.iou(BOX) > 0.95


def test_what_looks_like_a_box_is_none() -> None:
    page = blank()
    for row in range(4):
        for column in range(3):
            cell = Box(left=300 + 400 * column, top=400 + 100 * row, right=700 + 400 * column, bottom=500 + 100 * row)
            rectangle(page, cell, thickness=3)
            word(page, "1950", left=cell.left + 60, bottom=cell.bottom - 30, scale=1.2, thickness=3)
    rectangle(page, Box(left=300, top=1000, right=1400, bottom=1120), thickness=5)
    rectangle(page, Box(left=300, top=1300, right=1500, bottom=1700), thickness=2)
    for at in range(1350, 1690, 52):
        word(page, "a note in a frame", left=340, bottom=at, scale=1.2, thickness=3)
    for x in range(300, 1500, 60):
        line(page, (x, 2000), (x + 45, 1960), thickness=12)
    page[2200:2260, 300:1200] = 0
    word(page, "A TITLE", left=400, bottom=2250, scale=1.2, thickness=3)
    page[2200:2260, 300:1200] = 255 - white_title((60, 900))
    page[:, :30] = 0
    assert found(page, text="FORM 12") == ()


def white_title(shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Draw the negative of white letters on black."""
    strip = np.full(shape, 255, np.uint8)
    cv2.putText(strip, "A TITLE", (200, 45), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 3)
    return strip


@pytest.mark.parametrize("tone", [255, 0])
def test_a_code_in_a_box_is_an_exemption_bound_to_it(tone: int) -> None:
    page = blank()
    rectangle(page, BOX, inside=tone)
    code = drawn_code(page, tone)
    redaction, exemption = sorted(found(page, text="25XI"), key=lambda mark: mark.kind, reverse=True)
    assert (exemption.kind, exemption.text, exemption.field("scheme")) == ("exemption", "25X1", "EO25X")
    assert (exemption.field("as_printed"), exemption.field("position")) == ("25XI", "inside")
    assert exemption.box.iou(code) > 0.6
    assert redaction.field("code") == "25X1"
    (bound,) = (entry for entry in exemption.evidence if entry.name == "bound.redaction")
    assert bound.box == redaction.box
    names = {entry.name for mark in (redaction, exemption) for entry in mark.evidence}
    assert {f"field.{name}" for mark in (redaction, exemption) for name, _ in mark.fields} <= names


def drawn_code(page: GrayImage, tone: int) -> Box:
    """Draw a code in the box, white on black or black on white."""
    blank_page = blank()
    box = word(blank_page, "25X1", left=1050, bottom=1275, scale=1.3, thickness=3)
    letters = blank_page < 128
    page[letters] = 255 - tone
    return box


def test_a_code_in_the_margin_is_bound_to_the_box_beside_it_and_one_far_from_any_is_free() -> None:
    page = blank()
    rectangle(page, BOX)
    near, far = Box(left=2300, top=1230, right=2420, bottom=1270), Box(left=2300, top=2800, right=2420, bottom=2840)
    lines = (
        words("3.5(C)", near),
        words("3.3(h)(2)", far),
        words("(b)(1)", Box(left=900, top=2000, right=990, bottom=2040)),
    )
    marks = {mark.text or mark.kind: mark for mark in found(page, lines=lines)}
    assert set(marks) == {"redaction", "3.5(c)", "3.3(h)(2)"}
    assert [entry.box for entry in marks["3.5(c)"].evidence if entry.name == "bound.redaction"] == [
        marks["redaction"].box
    ]
    assert all(entry.name != "bound.redaction" for entry in marks["3.3(h)(2)"].evidence)
    assert marks["3.5(c)"].field("position") == "margin"


def test_a_code_that_no_engine_saw_is_found_by_its_brackets() -> None:
    page = blank()
    drawn = word(page, "35", left=2200, bottom=1500, scale=1.4, thickness=3)
    for at in (12, 62):
        line(page, (drawn.right + at, drawn.top), (drawn.right + at, drawn.bottom + 11), thickness=4)
    word(page, "S", left=drawn.right + 22, bottom=1500, scale=1.4, thickness=3)
    reader_page = found(page, text="3.5(c)")
    assert [(mark.kind, mark.text) for mark in reader_page] == [("exemption", "3.5(c)")]
    assert reader_page[0].box.share_inside(drawn.grow(80)) == 1.0


def test_pages_left_out_are_a_redaction_that_counts_them() -> None:
    box = Box(left=300, top=400, right=1200, bottom=440)
    text = ("Next", "l", "Page(s)", "In", "Document", "Exempt")
    parts = tuple(
        Word(
            word_id=f"w{at}",
            text=part,
            box=Box(left=300 + 150 * at, top=400, right=440 + 150 * at, bottom=440),
            confidence=0.9,
        )
        for at, part in enumerate(text)
    )
    (mark,) = found(blank(), lines=(Line(line_id="l1", box=box, words=parts),))
    assert (mark.kind, mark.field("style"), mark.field("pages")) == ("redaction", "pages", "1")
    assert mark.text == " ".join(text)
    assert found(blank(), lines=(words("Next Page", box),)) == ()


def test_an_empty_page_asks_for_nothing() -> None:
    reader = Says()
    assert find_marks(blank(), dpi=300, read=reader, detectors=(WithheldDetector(MarksSettings()),)) == ()
    assert reader.crops == 0


def test_a_code_in_a_grey_box_does_not_part_it() -> None:
    page = np.random.default_rng(3).integers(218, 230, blank().shape).astype(np.uint8)
    low = Box(left=700, top=1200, right=1500, bottom=1252)
    rectangle(page, low, inside=190, tone=190)
    letters = blank()
    word(letters, "25X1", left=1050, bottom=1241, scale=1.3, thickness=3)
    page = np.minimum(page, cv2.GaussianBlur(letters, (5, 5), 0))
    redaction = next(mark for mark in found(page, text="25X1") if mark.kind == "redaction")
    assert redaction.box.iou(low) > 0.9
    assert (redaction.field("style"), redaction.field("code")) == ("grey", "25X1")


def test_a_letter_that_touches_a_black_box_does_not_spoil_it() -> None:
    page = blank()
    rectangle(page, BOX, inside=0)
    page[1230:1290, 1500:1506] = 0
    (mark,) = found(page)
    assert mark.field("style") == "black"
    assert mark.box.iou(BOX) > 0.95


def test_the_squares_of_a_scanners_lid_are_no_redactions() -> None:
    page = blank()
    for top in range(300, 2400, 310):
        page[top : top + 300, 16:220] = 0
    assert found(page) == ()


def test_a_thick_outline_is_a_redaction_only_where_a_code_stands_in_it() -> None:
    page = blank()
    rectangle(page, BOX, thickness=4)
    drawn_code(page, 255)
    assert [mark.kind for mark in found(page, text="NAME")] == []
    assert sorted(mark.kind for mark in found(page, text="25X1")) == ["exemption", "redaction"]


def test_a_turned_word_that_looks_like_a_code_is_none() -> None:
    upright = Box(left=2300, top=1200, right=2340, bottom=1300)
    assert found(blank(), lines=(words("STAT", upright),)) == ()


def test_a_code_whose_ground_cuts_into_a_number_is_read_alone() -> None:
    page = blank()
    number = word(page, "196", left=2050, bottom=1500, scale=2.0, thickness=6)
    code = word(page, "35", left=number.right + 8, bottom=1500, scale=1.4, thickness=3)
    for at in (12, 62):
        line(page, (code.right + at, code.top), (code.right + at, code.bottom + 11), thickness=4)
    word(page, "S", left=code.right + 22, bottom=1500, scale=1.4, thickness=3)
    assert [mark.text for mark in found(page, text="(3.5(c)")] == ["3.5(c)"]


def test_a_box_that_a_banner_parts_and_a_punched_hole_touches_is_found() -> None:
    page = blank()
    parted = Box(left=1400, top=40, right=1800, bottom=190)
    rectangle(page, parted)
    page[90:140, 600:2000] = 255
    word(page, "Approved for Release: 2019", left=1000, bottom=130, scale=1.0, thickness=2)
    cv2.circle(page, (1795, 205), 34, 0, -1)
    marks = found(page)
    assert any(mark.box.iou(parted) > 0.8 for mark in marks)


@pytest.mark.parametrize("size", [(39, 15), (90, 40)])
def test_a_blot_without_straight_edges_is_no_black_box(size: tuple[int, int]) -> None:
    page = blank()
    cv2.ellipse(page, (1200, 1500), size, 0, 0, 360, 0, -1)
    assert found(page) == ()
