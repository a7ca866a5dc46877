import cv2
import numpy as np
import pytest
from marks_drawn import blank, line, word
from regions_drawn import Voices, body, found, scrawl

from scanfix.images import GrayImage
from scanfix.marks.frame import frame_of
from scanfix.marks.regions.frames import rectangles_of
from scanfix.marks.regions.loose import loose_of
from scanfix.marks.regions.rings import ring_of
from scanfix.marks.regions.shapes import Shape
from scanfix.marks.socket import View
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


def framed(page: GrayImage, *, angle_deg: float, gap_px: int = 0) -> Box:
    """Draw a frame of 460 by 240 pixels, turned, if wanted with a gap in its lower side."""
    turn = cv2.getRotationMatrix2D((1000.0, 2300.0), -angle_deg, 1.0)
    corners = [(770.0, 2180.0), (1230.0, 2180.0), (1230.0, 2420.0), (770.0, 2420.0)]
    points = [tuple(np.rint(turn @ (x, y, 1.0)).astype(int).tolist()) for x, y in corners]
    for number in range(4):
        line(page, points[number], points[(number + 1) % 4], thickness=5)
    page[2395:2445, 900 : 900 + gap_px] = 255
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))


@pytest.mark.parametrize(("angle_deg", "gap_px"), [(0.0, 90), (5.0, 0), (-8.0, 90)])
def test_a_frame_is_found_under_handwriting_that_runs_out_of_it(angle_deg: float, gap_px: int) -> None:
    page = blank()
    drawn = framed(page, angle_deg=angle_deg, gap_px=gap_px)
    scrawl(page, left=1100, top=2280, size=200)
    (rectangle,) = rectangles_of(frame_of(page, dpi=300), loose_of(View(frame=frame_of(page, dpi=300))))
    assert rectangle.quad.box.iou(drawn) >= 0.9
    assert rectangle.share >= 0.75


def test_a_corner_of_two_lines_and_a_page_of_type_are_no_frames() -> None:
    page = blank()
    lines = body(page)
    line(page, (770, 2180), (1230, 2180), thickness=5)
    line(page, (770, 2180), (770, 2420), thickness=5)
    frame = frame_of(page, dpi=300)
    assert rectangles_of(frame, loose_of(View(frame=frame, lines=lines))) == ()


def test_a_turned_frame_whose_print_is_crossed_is_a_stamp_and_a_level_one_is_not() -> None:
    found_at = []
    for angle_deg in (0.0, 5.0):
        page = blank()
        lines = body(page)
        drawn = framed(page, angle_deg=angle_deg)
        for place, sign in enumerate("RIVERS"):
            word(page, sign, left=820 + 61 * place, bottom=2230 + 37 * (place * 5 % 6), scale=1.1, thickness=4)
        scrawl(page, left=1100, top=2280, size=200)
        stamps = [mark for mark in found(page, lines) if mark.kind == "stamp"]
        assert all(stamp.box.iou(drawn) >= 0.9 for stamp in stamps)
        found_at.append(len(stamps))
    assert found_at == [0, 1]


def test_upright_print_among_handwriting_is_a_stamp() -> None:
    page = blank()
    lines = body(page)
    strip = np.full((60, 260), 255, np.uint8)
    word(strip, "RECEIVED", left=10, bottom=50, scale=1.1, thickness=4)
    page[2250:2510, 1800:1860] = cv2.rotate(strip, cv2.ROTATE_90_CLOCKWISE)
    scrawl(page, left=1440, top=2200, size=120)
    for number in range(2):
        word(page, "SEVENDELEGATES", left=1510, bottom=2495 + 50 * number, scale=1.1, thickness=4)
    stamps = [mark for mark in found(page, lines, read=Voices("RECEIVED")) if mark.kind == "stamp"]
    assert [stamp.text for stamp in stamps] == ["RECEIVED"]
    assert stamps[0].box.share_inside(Box(left=1800, top=2250, right=1860, bottom=2510)) >= 0.95
    assert stamps[0].box.height >= 170


def test_the_low_letters_beside_a_hand_are_of_it() -> None:
    page = blank()
    lines = body(page)
    drawn = scrawl(page, left=1560, top=1700)
    beside = word(page, "on", left=drawn.right + 12, bottom=1780, scale=0.8, thickness=3)
    (hand,) = found(page, lines)
    assert hand.kind == "handwriting"
    assert beside.share_inside(hand.box) == 1.0
