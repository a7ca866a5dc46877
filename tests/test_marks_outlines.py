import cv2
import numpy as np
import pytest
from marks_drawn import blank, line, word
from regions_drawn import Voices, body, found

from scanfix.images import GrayImage
from scanfix.marks.frame import frame_of
from scanfix.marks.regions.rings import ring_of
from scanfix.marks.regions.shapes import Shape
from scanfix.model.geometry import Box


def whole(page: GrayImage) -> Shape:
    """Take all ink of a page for one piece."""
    frame = frame_of(page, dpi=300)
    rows, columns = np.flatnonzero(frame.ink.any(axis=1)), np.flatnonzero(frame.ink.any(axis=0))
    box = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    return Shape(box=box, ink=np.ascontiguousarray(frame.ink[box.top : box.bottom, box.left : box.right]))


@pytest.mark.parametrize("angle", [0, 12, -20])
def test_a_worn_oval_is_found_with_a_number_written_at_its_side(angle: int) -> None:
    page = blank(width=1000, height=700)
    for start in range(0, 360, 24):
        cv2.ellipse(page, (400, 300), (280, 150), angle, start, start + 17, 0, 5)
    word(page, "2", left=640, bottom=520, scale=3.0, thickness=6)
    ring = ring_of(whole(page), least_px=90, most_px=700)
    assert ring is not None
    drawn = blank(width=1000, height=700)
    cv2.ellipse(drawn, (400, 300), (280, 150), angle, 0, 360, 0, 5)
    assert ring.box.iou(whole(drawn).box) >= 0.93
    assert ring.aspect == pytest.approx(280 / 150, abs=0.15)


@pytest.mark.parametrize("what", ["frame", "writing", "line", "small", "large"])
def test_what_is_no_oval_of_a_stamp_is_no_ring(what: str) -> None:
    page = blank(width=1000, height=1000)
    match what:
        case "frame":
            cv2.rectangle(page, (100, 100), (700, 400), 0, 5)
        case "writing":
            for number in range(6):
                word(page, "SEVEN DELEGATES", left=100, bottom=150 + 60 * number, scale=1.1, thickness=3)
        case "line":
            line(page, (100, 100), (600, 420), thickness=3)
        case "small":
            cv2.circle(page, (300, 300), 40, 0, 4)
        case _:
            cv2.circle(page, (500, 500), 420, 0, 4)
    assert ring_of(whole(page), least_px=90, most_px=700) is None


def test_a_worn_round_stamp_with_letters_is_a_stamp() -> None:
    page = blank()
    lines = body(page)
    for start in range(0, 360, 24):
        cv2.ellipse(page, (1500, 2300), (170, 170), 0, start, start + 18, 0, 5)
    word(page, "RIVERS", left=1415, bottom=2290, scale=1.1, thickness=4)
    word(page, "1962", left=1440, bottom=2350, scale=1.1, thickness=4)
    (stamp,) = found(page, lines, read=Voices("RIVERS 1962"))
    assert (stamp.kind, stamp.field("family")) == ("stamp", "unknown")
    assert stamp.box.iou(Box(left=1328, top=2128, right=1673, bottom=2473)) >= 0.9


def test_a_worn_ring_without_letters_is_neither_stamp_nor_seal() -> None:
    page = blank()
    lines = body(page)
    for start in range(0, 360, 24):
        cv2.ellipse(page, (1500, 2300), (170, 150), 0, start, start + 11, 0, 5)
    line(page, (1590, 2400), (1800, 2600), thickness=5)
    assert not [mark for mark in found(page, lines) if mark.kind != "handwriting"]
