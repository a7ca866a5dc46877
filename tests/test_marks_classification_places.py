import cv2
import pytest
from marks_drawn import blank, line, stroke, word

from scanfix.images import GrayImage
from scanfix.marks.candidates import bands, candidates
from scanfix.marks.classification_places import Unread, places, unread
from scanfix.marks.classification_repair import blocks, extended
from scanfix.marks.frame import frame_of
from scanfix.model.geometry import Box
from scanfix.model.text import Word


def looked(page: GrayImage, *texts: Box) -> tuple[Unread, tuple[Box, ...]]:
    frame = frame_of(page, dpi=300)
    plain = [Word(word_id="w", text="text", box=box, confidence=0.99) for box in texts]
    rest = unread(frame, plain)
    return rest, places(rest, tuple(bands(frame).values()), ())


def test_text_already_read_is_no_place_and_a_marking_beside_it_is() -> None:
    page = blank()
    text = word(page, "a line of running text", left=900, bottom=1500, scale=1.2, thickness=3)
    marking = word(page, "SECRET", left=200, bottom=1500)
    rest, found = looked(page, text)
    assert len(found) == 1
    assert marking.share_inside(found[0]) == 1.0
    assert not rest.ink(text).any()
    assert rest.ink(marking).any()


def test_a_white_page_has_no_places() -> None:
    assert looked(blank())[1] == ()


def test_a_hatched_frame_and_the_outline_of_a_redaction_do_not_gather_the_page() -> None:
    page = blank()
    for x in range(60, 2400, 50):
        line(page, (x, 330), (x + 100, 230), thickness=14)
        line(page, (x, 3130), (x + 100, 3030), thickness=14)
    for y in range(330, 3030, 50):
        line(page, (60, y + 100), (160, y), thickness=14)
    cv2.rectangle(page, (300, 700), (2300, 1400), 0, 2)
    marking = word(page, "SECRET", left=1000, bottom=1100)
    _, found = looked(page)
    (place,) = [box for box in found if marking.share_inside(box) == 1.0]
    assert place.height < 150


def test_a_high_place_is_gathered_anew_from_its_letters() -> None:
    page = blank()
    line(page, (1100, 800), (1130, 1210), thickness=12)
    line(page, (1130, 1234), (1100, 1600), thickness=12)
    marking = word(page, "SECRET", left=1150, bottom=1100)
    _, found = looked(page)
    assert any(marking.share_inside(box) == 1.0 and box.height < 200 for box in found)


def test_a_punch_hole_does_not_swallow_the_letters_that_it_touches() -> None:
    page = blank()
    marking = word(page, "SECRET", left=1000, bottom=1100)
    cv2.circle(page, (marking.left - 25, 1080), 34, 0, -1)
    rest, found = looked(page)
    rows = candidates(rest, found, ())
    assert max(row.box.iou(marking) for row in rows) > 0.85


@pytest.mark.parametrize("angle_deg", [0.0, 24.0])
def test_letters_held_together_by_a_thick_stroke_are_found_as_a_block(angle_deg: float) -> None:
    page = blank()
    marking = word(page, "CONFIDENTIAL", left=900, bottom=1500, thickness=8)
    stroke(page, marking, angle_deg=angle_deg, reach=marking.width / 2 + 30, thickness=20)
    rest, found = looked(page)
    (block,) = blocks(rest, found, (), ())
    assert block.box.iou(marking) > 0.75
    assert blocks(rest, found, (), (block,)) == []
    assert blocks(rest, found, (block.box,), ()) == []


def test_a_speck_and_a_thin_rule_are_no_block() -> None:
    page = blank()
    cv2.circle(page, (500, 1500), 12, 0, -1)
    line(page, (900, 1500), (1500, 1500), thickness=3)
    rest, found = looked(page)
    assert blocks(rest, (*found, Box(left=0, top=2000, right=300, bottom=2100)), (), ()) == []


@pytest.mark.parametrize(("shown", "whole"), [("CRET", "SECRET"), ("TOP SEC", "TOP SECRET"), ("RICTED", "RESTRICTED")])
def test_a_row_of_which_a_part_was_read_is_extended_to_the_whole(shown: str, whole: str) -> None:
    page = blank()
    full = word(page, whole, left=900, bottom=1500)
    alone = blank()
    part_box = word(alone, shown, left=900, bottom=1500)
    rest, found = looked(alone)
    (row,) = candidates(rest, found, ())
    longer = extended(row, [shown], rest.frame)
    assert longer is not None
    assert longer.box.width == pytest.approx(full.width, rel=0.2)
    assert longer.box.width > part_box.width


@pytest.mark.parametrize("text", ["SECRET", "ET", "BUREAU", ""])
def test_what_is_whole_or_foreign_or_too_little_is_not_extended(text: str) -> None:
    page = blank()
    word(page, "SECRET", left=900, bottom=1500)
    rest, found = looked(page)
    (row,) = candidates(rest, found, ())
    assert extended(row, [text], rest.frame) is None
