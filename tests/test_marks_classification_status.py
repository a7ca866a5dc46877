import cv2
import numpy as np
import pytest
from marks_drawn import blank, stroke, word

from scanfix.images import GrayImage
from scanfix.marks.candidates import Candidate
from scanfix.marks.classification_found import Found
from scanfix.marks.classification_status import verdict_of
from scanfix.marks.frame import frame_of
from scanfix.marks.rows import Row
from scanfix.model.geometry import Box


def faint(page: GrayImage, *, tones: float = 55.0, grain: float = 16.0) -> GrayImage:
    """Print a page so many tones darker than its paper, on grainy paper."""
    dice = np.random.default_rng(7)
    speckled = 215.0 - tones * (page < 128) + dice.normal(0.0, grain, page.shape)
    return cv2.GaussianBlur(np.clip(speckled, 0, 254).astype(np.uint8), (0, 0), 0.6).astype(np.uint8)


def found(box: Box, *, is_cut: bool = False) -> Found:
    row = Row(glyphs=(box,))
    letters = np.ones((box.height, box.width), np.bool_)
    candidate = Candidate(row=row, letters=letters, position="head", is_cut=is_cut)
    return Found(candidate=candidate, wording="TOP SECRET", confidence=1.0, means="read")


def drawn(*, angle_deg: float | None, thickness: int = 4) -> tuple[GrayImage, Box]:
    page = blank(width=1400, height=500)
    box = word(page, "TOP SECRET", left=400, bottom=300)
    if angle_deg is not None:
        stroke(page, box, angle_deg=angle_deg, reach=box.width / 2 + 40, thickness=thickness)
    return page, box


@pytest.mark.parametrize("angle_deg", [2.0, 16.0, -20.0])
def test_a_faint_stroke_in_the_papers_grain_strikes(angle_deg: float) -> None:
    page, box = drawn(angle_deg=angle_deg)
    verdict = verdict_of(found(box), frame_of(faint(page), dpi=300))
    assert verdict.status == "struck"
    assert all(entry.box is None or entry.box.share_inside(box.grow(200)) == 1.0 for entry in verdict.evidence)


def test_faint_letters_without_a_stroke_are_active() -> None:
    page, box = drawn(angle_deg=None)
    assert verdict_of(found(box), frame_of(faint(page), dpi=300)).status == "active"


def test_a_faint_underline_strikes_nothing() -> None:
    page, box = drawn(angle_deg=None)
    page[box.bottom + 8 : box.bottom + 13, box.left : box.right] = 0
    assert verdict_of(found(box), frame_of(faint(page), dpi=300)).status == "active"


def test_of_a_marking_that_is_half_hidden_it_is_not_said_that_it_is_active() -> None:
    page, box = drawn(angle_deg=None)
    half = Box(left=box.left, top=box.top, right=box.right, bottom=box.top + box.height // 3)
    page[half.bottom :] = 255
    frame = frame_of(page, dpi=300)
    assert verdict_of(found(half, is_cut=True), frame).status == "uncertain"
    assert verdict_of(found(half), frame).status == "active"


def test_a_place_without_ink_is_active() -> None:
    frame = frame_of(blank(width=1400, height=500), dpi=300)
    assert verdict_of(found(Box(left=400, top=200, right=900, bottom=260)), frame).status == "active"
