import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.geometry import Affine, Box, Quad

NUMBERS = st.integers(-5000, 5000)
BOXES = st.builds(
    lambda left, top, width, height: Box(left=left, top=top, right=left + width, bottom=top + height),
    NUMBERS,
    NUMBERS,
    st.integers(1, 3000),
    st.integers(1, 3000),
)
SMALL = st.floats(-20, 20)
MAPS = st.builds(
    Affine, a=st.floats(0.5, 3), b=st.floats(-0.3, 0.3), c=SMALL, d=st.floats(-0.3, 0.3), e=st.floats(0.5, 3), f=SMALL
)


def test_a_box_of_fractions_is_rounded_outwards() -> None:
    assert Box.of([0.2, 0.8, 9.1, 4.0]).edges == (0, 0, 10, 4)


def test_a_turned_over_box_is_empty() -> None:
    box = Box(left=9, top=9, right=3, bottom=2)
    assert (box.width, box.height, box.area) == (0, 0, 0)
    assert box.share_inside(Box(left=0, top=0, right=20, bottom=20)) == 0
    assert box.iou(box) == 0


def test_grow_shift_and_clip_move_the_edges_they_name() -> None:
    box = Box(left=10, top=20, right=30, bottom=40)
    assert box.grow(5).edges == (5, 15, 35, 45)
    assert box.shift(x=1, y=-1).edges == (11, 19, 31, 39)
    assert box.clip(width=25, height=100).edges == (10, 20, 25, 40)
    assert box.centre == (20, 30)


def test_a_quarter_of_a_box_inside_another() -> None:
    box = Box(left=0, top=0, right=10, bottom=10)
    assert box.share_inside(Box(left=5, top=5, right=50, bottom=50)) == pytest.approx(0.25)
    assert box.iou(Box(left=5, top=0, right=15, bottom=10)) == pytest.approx(1 / 3)


@given(BOXES, BOXES)
def test_overlap_does_not_depend_on_the_order(one: Box, other: Box) -> None:
    assert one.iou(other) == other.iou(one)
    assert Box.around([one, other]).iou(Box.around([other, one])) == 1


@given(MAPS, NUMBERS, NUMBERS)
def test_a_map_and_its_inverse_lead_back(way: Affine, x: int, y: int) -> None:
    there = way.point(x, y)
    assert way.inverse().point(*there) == pytest.approx((x, y), abs=1e-4)
    assert way.then(way.inverse()).point(x, y) == pytest.approx((x, y), abs=1e-4)


@given(MAPS, MAPS, NUMBERS, NUMBERS)
def test_then_does_the_first_map_first(first: Affine, second: Affine, x: int, y: int) -> None:
    assert first.then(second).point(x, y) == pytest.approx(second.point(*first.point(x, y)), abs=1e-3)


def test_a_map_is_its_rows() -> None:
    rows = ((1.0, 0.5, 3.0), (-0.5, 1.0, 4.0))
    assert Affine.of(rows).rows == rows
    assert Affine.identity().box(Box(left=1, top=2, right=3, bottom=4)).edges == (1, 2, 3, 4)


def test_the_box_of_a_quad_holds_its_corners() -> None:
    quad = Quad(corners=((1.5, 2), (10, 3), (9, 12.2), (0, 11)))
    assert quad.box.edges == (0, 2, 10, 13)


def test_a_map_turns_a_quad_corner_by_corner() -> None:
    quad = Quad(corners=((0, 0), (4, 0), (4, 2), (0, 2)))
    right_angle = Affine.of(((0, -1, 2), (1, 0, 0)))
    assert right_angle.turn(quad).corners == ((2, 0), (2, 4), (0, 4), (0, 0))
