"""Strokes of a pen: their shapes, how much they cross, and that the truth knows where their ink is."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pressed import block_of, document, marks_of, page_of
from pressed_ink import added, bare, gap, marking, pressed, struck

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Paragraph, Run
from scanfix.facsimile.asked.marking import Coverage, Stroke
from scanfix.facsimile.marked import strokes
from scanfix.facsimile.marked.pen import PenStroke, cancel
from scanfix.facsimile.surface.ink import Layer
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

SHAPES: tuple[StrokeShape, ...] = get_args(StrokeShape)
COVERAGES: tuple[Coverage, ...] = get_args(Coverage)
LETTERS = Box(left=200, top=150, right=500, bottom=190)


def drawn(stroke: Stroke, *, seed: int = 1) -> tuple[Layer, PenStroke]:
    """Draw a stroke through letters 40 pixels high, at 150 dots an inch."""
    layer = Layer(width=700, height=340)
    return layer, cancel(layer, LETTERS, stroke, dpi=150, generator=np.random.default_rng(seed))


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("coverage", COVERAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_stroke_s_boxes_hold_its_ink_and_no_more(shape: StrokeShape, coverage: Coverage, skew_deg: float) -> None:
    plain = bare(skew_deg)
    one = pressed(plain, markings=((marking(),),))
    other = pressed(plain, markings=((struck(Stroke(shape=shape, coverage=coverage)),),))
    (mark,) = marks_of(other, "classification")
    boxes = [evidence.box for evidence in mark.evidence if evidence.box]
    ink = added(one, other)
    whole = Box.around(boxes)
    assert ink.share_inside(whole.grow(2)) == 1.0
    # Ink on ink is no new ink: what ends inside a letter, or has its crest on one, reaches further than what it adds.
    if coverage == "over" and shape != "scribble":
        assert gap(ink, whole) <= 2


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("coverage", COVERAGES)
def test_the_status_says_what_the_coverage_shows(coverage: Coverage, shape: StrokeShape) -> None:
    page = pressed(bare(), markings=((struck(Stroke(shape=shape, coverage=coverage)),),))
    (mark,) = marks_of(page, "classification")
    is_sure = coverage != "graze"
    assert (mark.status, mark.shape) == (("struck", shape) if is_sure else ("uncertain", None))
    assert (block_of(page, "classification").children[0] == "TOP SECRET ") == (not is_sure)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHAPES), st.integers(min_value=0, max_value=10_000))
def test_a_stroke_over_a_word_leaves_it_on_both_sides(shape: StrokeShape, seed: int) -> None:
    _, stroke = drawn(Stroke(shape=shape), seed=seed)
    ends = stroke.ink.box
    assert ends.left < LETTERS.left
    assert ends.right > LETTERS.right


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(("horizontal", "double", "bar", "scribble")), st.integers(min_value=0, max_value=10_000))
def test_a_partial_stroke_crosses_at_least_half_of_the_letters_and_not_all(shape: StrokeShape, seed: int) -> None:
    _, stroke = drawn(Stroke(shape=shape, coverage="partial"), seed=seed)
    assert 0.5 <= stroke.crossed <= 0.9


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHAPES), st.integers(min_value=0, max_value=10_000))
def test_a_stroke_through_letters_only_crosses_two_or_three(shape: StrokeShape, seed: int) -> None:
    _, stroke = drawn(Stroke(shape=shape, coverage="letters"), seed=seed)
    capital = 0.85 * LETTERS.height
    assert LETTERS.left - capital < stroke.ink.box.left < stroke.ink.box.right < LETTERS.right + capital
    assert stroke.ink.box.width <= 4.5 * capital


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHAPES), st.integers(min_value=0, max_value=10_000))
def test_a_graze_touches_and_does_not_cross(shape: StrokeShape, seed: int) -> None:
    layer, stroke = drawn(Stroke(shape=shape, coverage="graze"), seed=seed)
    inside = layer.ink[LETTERS.top + 4 : LETTERS.bottom - 4, LETTERS.left : LETTERS.right]
    assert inside.max() == 0
    near = stroke.ink.box.intersect(LETTERS)
    assert 0 < near.height <= 4


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(("horizontal", "rising", "falling")),
    st.integers(min_value=0, max_value=10_000),
    st.sampled_from(COVERAGES),
)
def test_drawn_angles_are_those_of_real_pages(shape: StrokeShape, seed: int, coverage: Coverage) -> None:
    _, stroke = drawn(Stroke(shape=shape, coverage=coverage), seed=seed)
    angle = strokes.angle_deg(stroke.paths[0])
    if coverage == "graze" or shape == "horizontal":
        assert abs(angle) <= 7
    else:
        assert 6.5 <= (angle if shape == "rising" else -angle) <= 36


@pytest.mark.parametrize("angle_deg", [-30.0, 12.0, 45.0])
def test_an_angle_that_is_asked_for_is_drawn(angle_deg: float) -> None:
    _, stroke = drawn(Stroke(shape="rising", angle_deg=angle_deg))
    assert strokes.angle_deg(stroke.paths[0]) == pytest.approx(angle_deg, abs=1.0)


@pytest.mark.parametrize("width_in", [0.01, 0.04, 0.09])
def test_a_width_that_is_asked_for_is_drawn(width_in: float) -> None:
    layer, stroke = drawn(Stroke(width_in=width_in, angle_deg=0.0, coverage="exact"))
    thick = (layer.ink[:, LETTERS.left + 20 : LETTERS.right - 20] / 255).sum(axis=0)
    assert stroke.width_px == pytest.approx(width_in * 150)
    assert float(np.median(thick)) == pytest.approx(width_in * 150, rel=0.2)


def test_a_lifted_stroke_stands_higher() -> None:
    high, low = (drawn(Stroke(lift=lift, angle_deg=0.0))[1].ink.box.centre[1] for lift in (0.3, -0.3))
    assert low - high == pytest.approx(0.6 * LETTERS.height, abs=3)


def test_double_strokes_and_crosses_have_two_lines() -> None:
    assert [len(drawn(Stroke(shape=shape))[1].paths) for shape in ("double", "x", "horizontal", "scribble")] == [
        2,
        2,
        1,
        1,
    ]


def test_letters_of_running_text_are_struck_with_a_finer_pen_that_stays_near_them() -> None:
    small = Box(left=200, top=150, right=260, bottom=164)
    layer = Layer(width=700, height=340)
    stroke = cancel(layer, small, Stroke(), dpi=150, generator=np.random.default_rng(1))
    assert stroke.width_px < drawn(Stroke())[1].width_px
    assert small.left - 12 < stroke.ink.box.left < small.left < small.right < stroke.ink.box.right < small.right + 12


def test_a_word_that_is_only_grazed_is_marked_uncertain_and_stays_in_the_text() -> None:
    run = Run(text="never", style="struck", stroke=Stroke(coverage="graze"))
    described = document("Halm")
    page = page_of(document("Halm"))
    page = pressed(described, paragraphs=(Paragraph(runs=(Run(text="was "), run)),))
    (mark,) = marks_of(page, "strikethrough")
    assert mark.status == "uncertain"
    assert block_of(page, "paragraph").children[0] == "was never "
