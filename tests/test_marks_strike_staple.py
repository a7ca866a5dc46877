import cv2
import numpy as np
import pytest
from marks_drawn import blank, line, word

from scanfix.images import GrayImage
from scanfix.marks.strike import judge
from scanfix.model.geometry import Box


def crossed(
    *, length: int = 150, angle_deg: float = 25.0, head: int = 0, right_head: int | None = None
) -> tuple[GrayImage, Box]:
    """Letters with a wire across the first of them, and its heads (radius in pixels)."""
    page = blank(width=1200, height=600)
    box = word(page, "TOP SECRET", left=300, bottom=330)
    turn = np.radians(angle_deg)
    reach = np.array([np.cos(turn), -np.sin(turn)]) * length / 2
    middle = np.array([box.left + 60.0, box.top + box.height / 2])
    ends = [tuple(middle - reach), tuple(middle + reach)]
    line(page, ends[0], ends[1])
    for end, radius in zip(ends, (head, head if right_head is None else right_head), strict=True):
        if radius:
            cv2.circle(page, (round(end[0]), round(end[1])), radius, 0, -1)
    return page, box


@pytest.mark.parametrize("angle_deg", [18.0, 25.0, 40.0, -18.0, -40.0])
@pytest.mark.parametrize("head", [6, 8])
def test_a_wire_with_two_heads_and_of_a_staples_length_strikes_nothing(angle_deg: float, head: int) -> None:
    page, box = crossed(angle_deg=angle_deg, head=head)
    assert judge(page < 128, box).status == "uncertain"


def test_a_stroke_of_that_length_without_heads_strikes() -> None:
    page, box = crossed()
    assert judge(page < 128, box).status == "struck"


def test_a_stroke_with_one_blot_strikes() -> None:
    page, box = crossed(head=8, right_head=0)
    assert judge(page < 128, box).status == "struck"


def test_a_longer_stroke_with_blots_at_its_ends_strikes() -> None:
    page, box = crossed(length=260, head=8)
    assert judge(page < 128, box).status == "struck"
