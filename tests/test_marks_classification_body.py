from collections.abc import Sequence

import cv2
import pytest
from marks_drawn import Reader, blank, line, stroke, word

from scanfix.images import GrayImage
from scanfix.marks import build, find_marks
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Word
from scanfix.settings import MarksSettings

DETECTORS = build(MarksSettings(detectors=("classification",)))


def read_line(*words: tuple[str, Box], confidence: float = 0.97) -> Line:
    placed = tuple(
        Word(word_id=f"w{box.top}-{box.left}", text=text, box=box, confidence=confidence) for text, box in words
    )
    return Line(line_id="l", box=Box.around(box for _, box in words), words=placed)


def found(page: GrayImage, texts: dict[str, Box], lines: Sequence[Line] = ()) -> tuple[Mark, ...]:
    return find_marks(page, dpi=300, read=Reader(texts), detectors=DETECTORS, lines=lines)


def test_a_struck_marking_in_the_body_is_found_and_named() -> None:
    page = blank()
    box = word(page, "SECRET", left=1100, bottom=1500)
    stroke(page, box, angle_deg=2, reach=box.width / 2 + 40)
    (mark,) = found(page, {"SECRET": box})
    assert (mark.text, mark.status, mark.field("position")) == ("SECRET", "struck", "body")
    assert mark.box.iou(box) > 0.8


def test_what_the_page_reading_says_needs_no_second_reading() -> None:
    page = blank()
    box = word(page, "SECRET", left=1100, bottom=1500)
    (mark,) = found(page, {}, [read_line(("SECRET", box.grow(6)))])
    assert (mark.text, mark.status, mark.evidence[0].name) == ("SECRET", "active", "recognised.words")
    assert mark.box.iou(box) > 0.9


def test_a_word_within_a_sentence_is_no_marking() -> None:
    page = blank()
    parts = [("the", 300), ("SECRET", 420), ("council", 640)]
    boxes = {text: word(page, text, left=left, bottom=1500, scale=1.2, thickness=3) for text, left in parts}
    assert found(page, {"SECRET": boxes["SECRET"]}, [read_line(*boxes.items())]) == ()


def test_a_level_in_brackets_within_a_sentence_is_a_marking() -> None:
    page = blank()
    parts = [("three.", 300), ("(SECRET)", 520)]
    boxes = {text: word(page, text, left=left, bottom=1500, scale=1.2, thickness=3) for text, left in parts}
    (mark,) = found(page, {}, [read_line(*boxes.items())])
    assert (mark.text, mark.status) == ("SECRET", "active")
    assert mark.box.share_inside(boxes["(SECRET)"].grow(12)) == 1.0


def test_a_marking_in_the_margin_beside_text_is_found() -> None:
    page = blank()
    margin = word(page, "SECRET", left=100, bottom=1500, scale=1.3, thickness=4)
    text = word(page, "some text of the page", left=900, bottom=1500, scale=1.2, thickness=3)
    (mark,) = found(page, {"SECRET": margin}, [read_line(("some", text))])
    assert mark.box.iou(margin) > 0.8


def test_a_sentence_on_two_lines_is_one_mark() -> None:
    page = blank()
    top = word(page, "NOT RELEASABLE TO", left=400, bottom=700, scale=1.3, thickness=4)
    low = word(page, "FOREIGN NATIONALS", left=400, bottom=750, scale=1.3, thickness=4)
    lines = [read_line(("NOT RELEASABLE TO", top)), read_line(("FOREIGN NATIONALS", low))]
    (mark,) = found(page, {}, lines)
    assert mark.text == "NOT RELEASABLE TO FOREIGN NATIONALS"
    assert mark.box.iou(Box.around((top, low))) > 0.9


def test_a_reading_whose_box_holds_the_stroke_as_well_is_brought_to_the_letters() -> None:
    page = blank()
    box = word(page, "TOP SECRET", left=1000, bottom=1500)
    stroke(page, box, angle_deg=14, reach=box.width / 2 + 60)
    loose = Box(left=box.left - 30, top=box.top - 60, right=box.right + 30, bottom=box.bottom + 60)
    (mark,) = found(page, {}, [read_line(("TOP SECRET", loose), confidence=0.3)])
    assert mark.box.iou(box) > 0.8
    assert mark.status == "struck"


@pytest.mark.parametrize("grow_px", [0, 70])
def test_a_reading_without_letters_under_it_counts_only_where_its_box_has_the_shape(grow_px: int) -> None:
    page = blank()
    cv2.rectangle(page, (900, 1440), (1200, 1485), 0, -1)
    box = Box(left=890, top=1435 - grow_px, right=1210, bottom=1490 + grow_px)
    assert len(found(page, {}, [read_line(("SECRET", box))])) == (0 if grow_px else 1)


def test_the_levels_of_a_form_are_no_markings() -> None:
    page = blank()
    texts = {}
    for number, text in enumerate(("SECRET", "CONFIDENTIAL", "RESTRICTED")):
        texts[text] = word(page, text, left=1000, bottom=1500 + 90 * number, scale=1.3, thickness=4)
    assert found(page, texts) == ()
    assert len(found(page, texts | {"RESTRICTED": Box(left=0, top=0, right=9, bottom=9)})) == 2


def test_letters_under_a_thick_stroke_are_read_with_it() -> None:
    page = blank()
    box = word(page, "CONFIDENTIAL", left=900, bottom=1500, thickness=8)
    stroke(page, box, angle_deg=24, reach=box.width / 2 + 30, thickness=20)
    (mark,) = found(page, {"CONFIDENTIAL": box})
    assert mark.text == "CONFIDENTIAL"
    assert mark.box.iou(box) > 0.75


def test_a_strip_of_letters_below_body_height_is_no_marking() -> None:
    page = blank()
    box = word(page, "SECRET", left=1100, bottom=1500)
    page[: box.bottom - 9] = 255
    strip = Box(left=box.left, top=box.bottom - 9, right=box.right, bottom=box.bottom)
    assert found(page, {"SECRET": box}, [read_line(("SECRET", strip), confidence=0.2)]) == ()


class Halves(Reader):
    """Reads what is narrow as a piece of a word, and what is wide as the whole."""

    def _read(self, width: int) -> str:
        return "SECRET" if width > 240 else "CRET"


def test_a_marking_of_which_only_some_letters_stand_free_is_read_whole() -> None:
    page = blank()
    box = word(page, "SECRET", left=1100, bottom=1500)
    for x in range(box.left - 10, box.left + 80, 22):
        line(page, (x, 1300), (x, 1700), thickness=8)
    line(page, (box.left - 10, 1300), (box.left + 80, 1300), thickness=8)
    marks = find_marks(page, dpi=300, read=Halves(), detectors=DETECTORS)
    assert [mark.text for mark in marks] == ["SECRET"]
    assert marks[0].box.iou(box) > 0.75
