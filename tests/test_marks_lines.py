import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_drawn import blank, line, stroke, word

from scanfix.images import Mask
from scanfix.marks.lines import halved, long_runs, shear, unshear, without_runs, without_stumps
from scanfix.marks.rows import BANNER, MARKING, rows_of

ANGLES = tuple(float(angle) for angle in range(-54, 55, 3))


def clear(ink: Mask) -> Mask:
    return without_runs(ink, long_runs(ink, min_px=90, angles_deg=ANGLES))


@given(angle=st.floats(-50, 50))
@settings(max_examples=30, deadline=None)
def test_shearing_there_and_back_moves_no_pixel_far(angle: float) -> None:
    mask = np.zeros((60, 90), np.uint8)
    mask[20:40, 30:60] = 1
    sheared = shear(mask, angle_deg=angle)
    assert (unshear(sheared, shape=(60, 90)) != mask).mean() < 0.03


@given(angle=st.floats(-45, 45), thickness=st.integers(3, 8))
@settings(max_examples=40, deadline=None)
def test_a_stroke_at_any_angle_is_taken_out_and_the_letters_stay(angle: float, thickness: int) -> None:
    page = blank(width=900, height=700)
    box = word(page, "SECRET", left=280, bottom=380)
    letters = page == 0
    stroke(page, box, angle_deg=angle, reach=max(130.0, 230.0 * np.cos(np.radians(angle))), thickness=thickness)
    struck = page == 0
    left = clear(struck)
    assert (left & ~letters).sum() < 0.25 * (struck & ~letters).sum()
    assert (left & letters).sum() > 0.7 * letters.sum()


def test_a_row_of_struck_letters_falls_into_letters_again() -> None:
    page = blank(width=900, height=300)
    box = word(page, "SECRET", left=200, bottom=180)
    stroke(page, box, angle_deg=2, reach=250)
    assert len(rows_of(page == 0, MARKING)) == 0
    (row,) = rows_of(clear(page == 0), MARKING)
    assert len(row.glyphs) == 6
    assert row.box.iou(box) > 0.9


def test_the_outline_of_a_redaction_and_a_hatched_frame_go() -> None:
    page = blank(width=900, height=300)
    for x, y, along, down in ((100, 80, 300, 0), (100, 200, 300, 0), (100, 80, 0, 120), (400, 80, 0, 120)):
        line(page, (x, y), (x + along, y + down), thickness=1)
    for x in range(500, 800, 60):
        line(page, (x, 220), (x + 90, 120), thickness=14)
    left = clear(page == 0)
    assert left.sum() < 0.02 * (page == 0).sum()


def test_stumps_of_stripes_go_and_letters_stay() -> None:
    page = blank(width=900, height=120)
    box = word(page, "Approved 2019/03", left=200, bottom=80, scale=1.0, thickness=2)
    letters = page == 0
    for x in (40, 100, 700, 760):
        line(page, (x, 80), (x + 40, 50), thickness=10)
    left = without_stumps(page == 0)
    assert (left == letters).all()
    (row,) = rows_of(left, BANNER)
    assert row.box.iou(box) > 0.7


def test_half_size_keeps_lines_of_one_pixel() -> None:
    mask = np.zeros((21, 41), np.uint8)
    mask[7, :] = 1
    assert halved(mask).any(axis=0).all()
    assert halved(mask).shape == (11, 21)


def test_a_page_without_ink_has_no_runs_and_no_rows() -> None:
    empty = np.zeros((100, 100), np.bool_)
    assert not clear(empty).any()
    assert rows_of(empty, MARKING) == ()
