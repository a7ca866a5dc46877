from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_drawn import line as draw_line

from scanfix import marks
from scanfix.images import GrayImage
from scanfix.marks.frame import frame_of
from scanfix.marks.socket import View
from scanfix.marks.strike import Stroke
from scanfix.marks.struck import StrikeDetector
from scanfix.marks.struck.detector import find_passages
from scanfix.marks.struck.rows import row_at
from scanfix.marks.unstruck import without_strokes
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

TEXT = (
    "THE DELEGATION WAS TOLD THAT WHEAT",
    "WOULD BE SHIPPED BEFORE THE WINTER",
    "AND THAT PRICES SHOULD NOT BE RAISED",
    "UNTIL THE NEXT HARVEST HAD BEEN SOLD",
)
LEFT, TOP, PITCH, ROW = 200, 200, 30, 60


class Sheet:
    """A page of typed lines: letters of one pitch, 26 high, and the words as a reader would give them."""

    def __init__(self, rows: Sequence[str] = TEXT) -> None:
        self.page: GrayImage = np.full((TOP + ROW * (len(rows) + 2), 1600), 255, np.uint8)
        self.lines = tuple(self._typed(text, number) for number, text in enumerate(rows))

    def _typed(self, text: str, number: int) -> Line:
        bottom = TOP + ROW * number
        words, at = [], 0
        for place, letter in enumerate(text):
            self.letter(letter, column=place, row=number)
        for word in text.split(" "):
            box = Box(
                left=LEFT + PITCH * at, top=bottom - 27, right=LEFT + PITCH * (at + len(word)) - 6, bottom=bottom + 2
            )
            words.append(Word(word_id=f"w{number}-{at}", text=word, box=box, confidence=0.9))
            at += len(word) + 1
        return Line(line_id=f"l{number}", box=Box.around(word.box for word in words), words=tuple(words))

    def letter(self, letter: str, *, column: int, row: int) -> None:
        place = (LEFT + PITCH * column, TOP + ROW * row)
        cv2.putText(self.page, letter, place, cv2.FONT_HERSHEY_SIMPLEX, 1.15, 0, 4, cv2.LINE_8)

    def word(self, text: str) -> Box:
        return next(word.box for line in self.lines for word in line.words if word.text == text)

    def strike(self, box: Box, *, angle: float = 0.0, depth: float = 0.5, over: int = 12, thickness: int = 5) -> None:
        x, y = (box.left + box.right) / 2, box.top + depth * box.height
        reach = box.width / 2 + over
        rise = float(np.tan(np.radians(angle))) * reach
        draw_line(self.page, (x - reach, y + rise), (x + reach, y - rise), thickness=thickness)

    def view(self, found: Sequence[Mark] = (), lines: Sequence[Line] | None = None) -> View:
        return View(
            frame=frame_of(self.page, dpi=300.0),
            lines=self.lines if lines is None else tuple(lines),
            found=tuple(found),
        )


def read_nothing(crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
    assert is_quick
    return tuple(CropText() for _ in crops)


def found_on(sheet: Sheet) -> tuple[Mark, ...]:
    return marks.find_marks(
        sheet.page,
        dpi=300.0,
        read=read_nothing,
        detectors=(StrikeDetector(MarksSettings()),),
        lines=sheet.lines,
    )


def badly_read(lines: Sequence[Line], *texts: str) -> tuple[Line, ...]:
    return tuple(
        replace(
            line, words=tuple(replace(word, confidence=0.05) if word.text in texts else word for word in line.words)
        )
        for line in lines
    )


@given(
    word=st.sampled_from(["DELEGATION", "SHIPPED", "PRICES", "HARVEST"]),
    angle=st.floats(-4, 4),
    thickness=st.integers(3, 9),
)
@settings(max_examples=8, deadline=None)
def test_a_word_under_a_level_stroke_is_struck_and_no_other(word: str, angle: float, thickness: int) -> None:
    sheet = Sheet()
    sheet.strike(sheet.word(word), angle=angle, thickness=thickness)
    (mark,) = found_on(sheet)
    assert mark.box.iou(sheet.word(word)) >= 0.5
    assert (mark.kind, mark.status, mark.shape, mark.field("by")) == ("strikethrough", "struck", "horizontal", "pen")
    assert mark.text == word


@pytest.mark.parametrize(("angle", "shape"), [(18.0, "rising"), (-18.0, "falling")])
def test_a_slanted_stroke_is_told_by_its_direction(angle: float, shape: str) -> None:
    sheet = Sheet()
    sheet.strike(sheet.word("SHIPPED"), angle=angle, over=5)
    (mark,) = found_on(sheet)
    assert mark.shape == shape
    assert mark.box.iou(sheet.word("SHIPPED")) >= 0.5


def test_an_x_and_a_double_stroke_are_told_apart() -> None:
    crossed, doubled = Sheet(), Sheet()
    for angle in (10, -10):
        crossed.strike(crossed.word("HARVEST"), angle=angle, over=5)
    for depth in (0.3, 0.7):
        doubled.strike(doubled.word("HARVEST"), depth=depth, thickness=3)
    assert [mark.shape for mark in found_on(crossed)] == ["x"]
    assert [mark.shape for mark in found_on(doubled)] == ["double"]


@given(below=st.integers(-2, 10), thickness=st.integers(2, 6))
@settings(max_examples=8, deadline=None)
def test_an_underlined_word_is_not_struck(below: int, thickness: int) -> None:
    sheet = Sheet()
    box = sheet.word("DELEGATION")
    y = box.bottom + below + thickness // 2
    draw_line(sheet.page, (box.left - 4, y), (box.right + 4, y), thickness=thickness)
    assert found_on(sheet) == ()


def test_a_page_without_strokes_and_an_empty_one_have_no_marks() -> None:
    assert found_on(Sheet()) == ()
    empty = Sheet(rows=("A",))
    empty.page[:] = 255
    assert find_passages(empty.view(lines=())) == ()


def test_words_typed_over_are_struck_by_type() -> None:
    sheet = Sheet()
    for column in range(4, 14):
        for sign in "XHO#":
            sheet.letter(sign, column=column, row=0)
    sheet.lines = badly_read(sheet.lines, "DELEGATION")
    (mark,) = found_on(sheet)
    assert mark.field("by") == "type"
    assert mark.shape is None
    assert mark.box.iou(sheet.word("DELEGATION")) >= 0.5
    assert [entry.name for entry in mark.evidence] == ["field.by"]


def test_a_word_beside_one_typed_over_needs_less_to_be_struck_with_it() -> None:
    sheet = Sheet()
    for column, signs in [
        *((column, "XHO#") for column in range(4, 14)),
        *((column, "OH") for column in range(15, 18)),
    ]:
        for sign in signs:
            sheet.letter(sign, column=column, row=0)
    sheet.lines = badly_read(sheet.lines, "DELEGATION", "WAS")
    (mark,) = found_on(sheet)
    assert mark.box.right >= sheet.word("WAS").right - 12


def test_dark_words_that_were_read_surely_are_not_covered() -> None:
    sheet = Sheet()
    for column in range(4, 14):
        sheet.letter("X", column=column, row=0)
    assert all(mark.field("by") == "pen" for mark in found_on(sheet))


def test_lines_through_each_row_strike_a_block() -> None:
    sheet = Sheet()
    for line in sheet.lines[1:]:
        sheet.strike(line.box)
    (mark,) = found_on(sheet)
    assert mark.field("extent") == "block"
    assert mark.box.iou(Box.around(line.box for line in sheet.lines[1:])) >= 0.5
    assert mark.text.startswith("WOULD BE SHIPPED")


def test_an_x_over_a_paragraph_strikes_all_its_words() -> None:
    sheet = Sheet()
    whole = Box.around(line.box for line in sheet.lines)
    draw_line(sheet.page, (whole.left, whole.top), (whole.right, whole.bottom), thickness=5)
    draw_line(sheet.page, (whole.left, whole.bottom), (whole.right, whole.top), thickness=5)
    (mark,) = found_on(sheet)
    assert (mark.field("extent"), mark.shape) == ("block", "x")
    assert mark.box.iou(whole) >= 0.8


def test_what_another_detector_found_is_not_repeated() -> None:
    sheet = Sheet()
    box = sheet.word("DELEGATION")
    sheet.strike(box)
    marking = Mark(mark_id="", kind="classification", box=box, confidence=1.0, status="struck")
    assert len(find_passages(sheet.view())) == 1
    assert find_passages(sheet.view([marking])) == ()


@pytest.mark.parametrize("kind", ["redaction", "banner"])
def test_letters_cut_by_the_edge_of_a_withheld_area_or_banner_are_not_struck(kind: MarkKind) -> None:
    sheet = Sheet()
    box = sheet.word("SHIPPED")
    sheet.strike(box)
    over = Box(left=box.left, top=box.top - 60, right=box.right, bottom=box.top + 2)
    assert find_passages(sheet.view([Mark(mark_id="", kind=kind, box=over, confidence=1.0)])) == ()


@pytest.mark.parametrize(("height", "strikes"), [(120, 0), (40, 1)])
def test_strokes_of_a_hand_over_the_text_strike_nothing_but_a_struck_word_may_look_like_a_hand(
    height: int, strikes: int
) -> None:
    sheet = Sheet()
    box = sheet.word("SHIPPED")
    sheet.strike(box)
    hand = Box(left=box.left, top=box.bottom - height, right=box.right, bottom=box.bottom)
    marks_ = [Mark(mark_id="", kind="handwriting", box=hand, confidence=1.0)]
    assert len(find_passages(sheet.view(marks_))) == strikes


def test_words_typed_over_in_a_line_that_was_read_badly_are_smudged_print() -> None:
    sheet = Sheet()
    for column in range(4, 14):
        for sign in "XHO#":
            sheet.letter(sign, column=column, row=0)
    lines = badly_read(sheet.lines, "DELEGATION")
    assert [one.by for one in find_passages(sheet.view(lines=lines))] == ["type"]
    bad = badly_read(lines, "THE", "WAS", "TOLD", "THAT", "WHEAT")
    bad = tuple(
        replace(line, words=tuple(replace(word, confidence=max(word.confidence, 0.35)) for word in line.words))
        for line in bad
    )
    assert find_passages(sheet.view(lines=bad)) == ()


def test_what_reads_as_a_single_sign_under_a_stroke_is_no_struck_word() -> None:
    sheet = Sheet()
    sheet.strike(sheet.word("SHIPPED"))
    seeking = StrikeDetector(MarksSettings()).seek(sheet.view())
    next(seeking)
    with pytest.raises(StopIteration) as end:
        seeking.send([CropText(second="-/", confidence=0.99), CropText(second="/", confidence=0.2)])
    assert end.value.value == ()


def test_the_bent_end_of_a_slanted_stroke_strikes_nothing_in_the_next_row() -> None:
    sheet = Sheet()
    box = sheet.word("SHIPPED")
    end = (box.right + 30, box.bottom + 14)
    draw_line(sheet.page, (box.left - 60, box.top - 30), end, thickness=5)
    draw_line(sheet.page, end, (end[0] + 70, end[1] + 40), thickness=5)
    boxes = [one.box for one in find_passages(sheet.view())]
    assert all(one.intersect(sheet.lines[2].box).area == 0 for one in boxes)


def test_a_stroke_where_nothing_was_read_is_no_struck_word() -> None:
    sheet = Sheet()
    sheet.strike(sheet.word("DELEGATION"))
    assert find_passages(sheet.view(lines=())) == ()


def test_the_surer_reading_without_the_stroke_is_the_text() -> None:
    sheet = Sheet()
    sheet.strike(sheet.word("DELEGATION"))
    seeking = StrikeDetector(MarksSettings()).seek(sheet.view())
    crops = next(seeking)
    assert [crop.is_quick for crop in crops] == [True, True]
    with pytest.raises(StopIteration) as end:
        seeking.send([CropText(second="OELE6ATI", confidence=0.6), CropText(second="DELEGATIONS", confidence=0.97)])
    assert [mark.text for mark in end.value.value] == ["DELEGATIONS"]


def test_the_detector_says_what_it_is() -> None:
    detector = StrikeDetector(MarksSettings())
    assert (detector.recipe, detector.kinds, detector.lies_on_scan, detector.comes_after) == (
        "{}",
        frozenset({"strikethrough"}),
        False,
        True,
    )
    assert detector.made_by.startswith("scanfix.strike")


@given(angle=st.floats(-35, 35), thickness=st.integers(2, 9))
@settings(max_examples=15, deadline=None)
def test_taking_a_stroke_out_takes_what_lies_on_it_and_leaves_the_letters(angle: float, thickness: int) -> None:
    sheet = Sheet(rows=("HARVEST",))
    before = sheet.page == 0
    box = sheet.word("HARVEST")
    x, y, reach = (box.left + box.right) / 2, box.centre[1], box.width / 2 + 40
    rise = float(np.tan(np.radians(angle))) * reach
    sheet.strike(box, angle=angle, over=40, thickness=thickness)
    stroke = Stroke(
        start=(x - reach, y + rise), end=(x + reach, y - rise), angle_deg=angle, thickness_px=float(thickness)
    )
    struck = sheet.page == 0
    taken = struck & ~without_strokes(struck, [stroke])
    rows, columns = np.nonzero(taken)
    away = np.abs(rows - np.array([stroke.y_at(column) for column in columns.tolist()]))
    assert (away <= thickness / np.cos(np.radians(angle)) / 2 + 8).all()
    beside = struck.copy()
    beside[:, box.left - 10 : box.right + 10] = False
    assert (beside & taken).sum() >= 0.7 * beside.sum()
    assert (before & ~taken).sum() >= 0.5 * before.sum()


def test_a_stroke_outside_takes_nothing_out() -> None:
    ink = np.ones((20, 30), dtype=bool)
    away = Stroke(start=(50, 10), end=(90, 10), angle_deg=0.0, thickness_px=4.0)
    assert without_strokes(ink, [away]).all()


def test_no_row_stands_at_a_stroke_on_bare_paper() -> None:
    stroke = Stroke(start=(50, 100), end=(190, 100), angle_deg=0.0, thickness_px=4.0)
    assert row_at(np.zeros((300, 300), dtype=bool), stroke, letter_px=26.0) is None
    outside = stroke.shifted(x=0, y=900)
    assert row_at(np.zeros((300, 300), dtype=bool), outside, letter_px=26.0) is None
