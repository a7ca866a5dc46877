from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from marks_drawn import blank, line, stroke, word

from scanfix.images import GrayImage
from scanfix.marks.strike import judge
from scanfix.marks.strike.covering import covering
from scanfix.model.geometry import Box


def drawn(text: str = "TOP SECRET") -> tuple[GrayImage, Box]:
    page = blank(width=1200, height=500)
    return page, word(page, text, left=300, bottom=280)


@given(angle=st.floats(-6, 6), depth=st.floats(0.3, 0.7), thickness=st.integers(3, 10))
@settings(max_examples=20, deadline=None)
def test_a_level_stroke_through_the_letters_is_found_and_measured(angle: float, depth: float, thickness: int) -> None:
    page, box = drawn("SECRET")
    stroke(page, box, angle_deg=angle, reach=box.width / 2 + 40, depth=depth, thickness=thickness)
    verdict = judge(page == 0, box)
    assert verdict.status == "struck"
    assert verdict.shape == "horizontal"
    assert verdict.strokes[0].angle_deg == pytest.approx(angle, abs=1.0)
    assert verdict.strokes[0].thickness_px == pytest.approx(thickness, abs=2)
    assert verdict.strokes[0].box.width == pytest.approx(box.width + 80, abs=20)


@given(angle=st.floats(10, 40), rises=st.booleans(), at=st.floats(0.0, 0.2))
@settings(max_examples=20, deadline=None)
def test_a_slanted_stroke_is_found_and_its_direction_told(*, angle: float, rises: bool, at: float) -> None:
    page, box = drawn()
    aside = box.shift(x=round(at * box.width), y=0)
    stroke(page, aside, angle_deg=angle if rises else -angle, reach=150)
    verdict = judge(page == 0, box)
    assert verdict.status == "struck"
    assert verdict.shape == ("rising" if rises else "falling")


@given(st.sampled_from(["TOP SECRET", "SECRET", "CONFIDENTIAL", "EEFFHHTT", "RESTRICTED"]), st.integers(4, 12))
@settings(max_examples=15, deadline=None)
def test_letters_alone_are_active_however_fat(text: str, thickness: int) -> None:
    page = blank(width=1600, height=400)
    box = word(page, text, left=200, bottom=250, thickness=thickness)
    assert judge(page == 0, box).status == "active"


@given(st.integers(1, 9), st.integers(-3, 30), st.floats(-0.4, 0.4))
@example(7, -1, 0.0)
@example(8, -2, 0.0)
@settings(max_examples=20, deadline=None)
def test_an_underline_is_no_stroke(thickness: int, below: int, angle: float) -> None:
    page, box = drawn()
    y = box.bottom + below + thickness / 2
    rise = np.tan(np.radians(angle)) * box.width
    line(page, (box.left - 20, y), (box.right + 20, y + rise), thickness=thickness)
    assert judge(page == 0, box).status == "active"


@pytest.mark.parametrize("gap", [2, 8, 25])
def test_overlines_boxes_and_rules_are_no_strokes(gap: int) -> None:
    page, box = drawn()
    outside = box.grow(gap + 3)
    corners = [(outside.left, outside.top), (outside.right, outside.top), (outside.right, outside.bottom)]
    corners += [(outside.left, outside.bottom), corners[0]]
    for start, end in pairwise(corners):
        line(page, start, end, thickness=5)
    assert judge(page == 0, box).status == "active"


def test_dashes_beside_a_word_are_no_stroke() -> None:
    page, box = drawn("SECRET")
    y = (box.top + box.bottom) / 2
    line(page, (box.left - 90, y), (box.left - 30, y))
    line(page, (box.right + 30, y), (box.right + 90, y))
    assert judge(page == 0, box).status == "active"


def test_the_outline_of_a_redaction_through_a_word_is_too_thin_to_strike_it() -> None:
    page, box = drawn("SECRET")
    line(page, (box.left + 90, box.top + 20), (box.right + 300, box.top + 20), thickness=1)
    assert judge(page == 0, box).status == "active"


def test_a_marker_that_leaves_heads_and_feet_strikes_and_a_redaction_that_hides_the_letters_does_not() -> None:
    page, box = drawn("SECRET")
    marker, redaction = page.copy(), page.copy()
    marker[box.top + 12 : box.bottom - 12, box.left - 40 : box.right + 40] = 0
    redaction[box.top - 4 : box.bottom + 4, box.left - 40 : box.right + 40] = 0
    assert judge(marker == 0, box).status == "struck"
    assert judge(redaction == 0, box).status == "active"


def test_a_scribble_and_a_hatching_cover_letters_but_fat_letters_and_a_redaction_do_not() -> None:
    page, box = drawn("SECRET")
    hatched, scribbled, redacted = page.copy(), page.copy(), page.copy()
    for x in range(box.left - 20, box.right + 10, 13):
        line(hatched, (x, box.bottom - 8), (x + 30, box.top + 8), thickness=8)
    for x in range(box.left - 20, box.right + 10, 24):
        line(scribbled, (x, box.bottom), (x + 12, box.top), thickness=5)
        line(scribbled, (x + 12, box.top), (x + 24, box.bottom), thickness=5)
    redacted[box.top - 4 : box.bottom + 4, box.left - 4 : box.right + 4] = 0
    assert judge(hatched == 0, box).status == "struck"
    assert judge(scribbled == 0, box).shape in ("scribble", "bar")
    assert covering(redacted == 0, box) is None
    assert covering(page == 0, box) is None


def test_an_x_is_two_strokes() -> None:
    page, box = drawn("SECRET")
    for angle in (25, -25):
        stroke(page, box, angle_deg=angle, reach=box.width / 2)
    verdict = judge(page == 0, box)
    assert (verdict.status, verdict.shape, len(verdict.strokes)) == ("struck", "x", 2)


def test_two_level_strokes_are_double() -> None:
    page, box = drawn()
    for depth in (0.3, 0.7):
        stroke(page, box, angle_deg=0, reach=box.width / 2 + 30, depth=depth, thickness=4)
    verdict = judge(page == 0, box)
    assert (verdict.status, verdict.shape) == ("struck", "double")


def test_a_stroke_that_only_grazes_a_corner_is_uncertain() -> None:
    page, box = drawn()
    line(page, (box.left - 130, box.top + 75), (box.left + 50, box.top - 5))
    assert judge(page == 0, box).status == "uncertain"


def test_a_line_that_touches_heads_or_feet_and_goes_on_is_uncertain() -> None:
    for edge in ("top", "bottom"):
        page, box = drawn("SECRET")
        y = getattr(box, edge)
        line(page, (box.left - 60, y), (box.right + 60, y), thickness=6)
        letters = Box(left=box.left, top=box.top + 4, right=box.right, bottom=box.bottom - 4)
        assert judge(page == 0, letters).status == "uncertain"
        off, beside = drawn("SECRET")
        line(off, (beside.left - 60, y + 12), (beside.right + 60, y + 12), thickness=6)
        assert (judge(off == 0, beside).status == "active") == (edge == "bottom")


def test_a_short_thin_line_through_a_few_letters_may_be_a_crease_and_a_long_one_is_a_stroke() -> None:
    page, box = drawn("TOP SECRET")
    long = page.copy()
    line(page, (box.left + 150, box.top - 30), (box.left + 250, box.bottom + 20), thickness=2)
    line(long, (box.left - 30, box.bottom - 2), (box.right + 30, box.top + 2), thickness=2)
    assert judge(page == 0, box).status == "uncertain"
    assert judge(long == 0, box).status == "struck"


def test_a_staple_through_letters_is_uncertain() -> None:
    page, box = drawn("SECRET")
    left, right = (box.left - 60, box.bottom + 10), (box.left + 75, box.top + 10)
    line(page, left, right, thickness=6)
    stroke_only = page.copy()
    for x, y in (left, right):
        cv2.circle(page, (x, y), 9, 0, -1)
    assert judge(stroke_only == 0, box).status == "struck"
    assert judge(page == 0, box).status == "uncertain"


def test_a_thick_slanted_stroke_is_one_stroke() -> None:
    page, box = drawn("SECRET")
    stroke(page, box, angle_deg=25, reach=170, thickness=16)
    assert judge(page == 0, box).shape == "rising"


def test_the_evidence_tells_angle_thickness_and_place() -> None:
    page, box = drawn()
    stroke(page, box, angle_deg=20, reach=160)
    entries = {entry.name: entry for entry in judge(page == 0, box).evidence}
    assert entries["stroke.angle_deg"].value == pytest.approx(20, abs=1.5)
    assert entries["stroke.gaps"].value >= 1
    place = entries["stroke.thickness_px"].box
    assert place is not None
    assert place.intersect(box).area > 0


def test_letters_at_the_edge_of_the_page_can_be_judged() -> None:
    page, box = drawn()
    stroke(page, box, angle_deg=0, reach=box.width / 2 + 30)
    cut = page[box.top + 5 :]
    shown = Box(left=box.left, top=0, right=box.right, bottom=box.height - 5)
    assert judge(cut == 0, shown, cap_height_px=box.height).status == "struck"


def test_an_empty_box_is_active() -> None:
    page = blank(width=300, height=300)
    assert judge(page == 0, Box(left=50, top=50, right=150, bottom=90)).status == "active"
    assert judge(page < 256, Box(left=50, top=50, right=150, bottom=50)).status == "active"
