"""Rules and specks: what is taken out of a page before it is read, and what must stay."""

import cv2
import numpy as np
import pytest
import typed
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.clean import letters, rules, speckle
from scanfix.images import Mask

X_HEIGHT = 24.0


def ink() -> Mask:
    return typed.page() < 128


def ruled(*, row: int, thickness: int = 4, left: int = 200, right: int = 1000) -> Mask:
    page = np.zeros((1100, 1700), np.bool_)
    page[row : row + thickness, left:right] = True
    return page


def x_height() -> float:
    height = letters.x_height(letters.components(ink()))
    assert height is not None
    return height


def test_a_page_of_text_has_no_rules() -> None:
    assert not rules.find(ink(), x_height_px=x_height()).any()


def test_an_underline_is_found_and_the_letters_above_it_stay() -> None:
    # The first line's base is at row 242; its descenders reach down to 251.
    line = ruled(row=256)
    found = rules.find(ink() | line, x_height_px=x_height())
    assert found[line].mean() > 0.95
    assert not (found & ink()).any()


def test_descenders_that_cross_an_underline_are_kept() -> None:
    line = ruled(row=245, thickness=3)
    found = rules.find(ink() | line, x_height_px=x_height())
    crossing = np.flatnonzero(ink()[243] & ink()[250] & line[246])
    assert crossing.size
    assert found[line].mean() > 0.9
    assert not found[243:250, crossing].any()


def test_a_stroke_through_words_is_found_and_the_letters_stay_readable() -> None:
    line = ruled(row=236)
    found = rules.find(ink() | line, x_height_px=x_height())
    assert found[line].mean() > 0.5
    assert (found & ink()).sum() < 0.25 * ink()[200:260].sum()


def test_a_line_of_melted_letters_is_no_rule() -> None:
    letters_of_a_line = np.zeros((400, 1200), np.bool_)
    letters_of_a_line[200:224, 100:1100:10] = True
    letters_of_a_line[200:224, 101:1100:10] = True
    letters_of_a_line[200:224, 102:1100:10] = True
    letters_of_a_line[211:214, 100:1100] = True
    assert not rules.find(letters_of_a_line, x_height_px=X_HEIGHT).any()


@pytest.mark.parametrize("length", [10, 30, 60])
def test_dashes_are_no_rules(length: int) -> None:
    page = ruled(row=300, left=400, right=400 + length)
    assert not rules.find(page, x_height_px=X_HEIGHT).any()


def test_a_frame_goes_with_its_sides() -> None:
    page = np.zeros((400, 800), np.uint8)
    cv2.rectangle(page, (100, 100), (500, 140), color=(1,), thickness=2)
    cv2.rectangle(page, (100, 200), (500, 300), color=(1,), thickness=2)
    frames = page.astype(np.bool_)
    assert rules.find(frames, x_height_px=X_HEIGHT)[frames].mean() > 0.99


def test_rules_at_the_edge_of_the_page_are_found_too() -> None:
    page = np.zeros((401, 801), np.bool_)
    page[0:2, 100:700] = True
    page[398:400, 100:700] = True
    assert rules.find(page, x_height_px=X_HEIGHT)[page].mean() > 0.99


def test_a_short_upright_stroke_that_joins_no_rule_stays() -> None:
    page = np.zeros((400, 800), np.bool_)
    page[100:140, 300:303] = True
    assert not rules.find(page, x_height_px=X_HEIGHT).any()


def test_bars_thicker_than_a_rule_stay() -> None:
    assert not rules.find(ruled(row=300, thickness=20), x_height_px=X_HEIGHT).any()


@settings(max_examples=15, deadline=None)
@given(st.floats(-1.0, 1.0), st.integers(2, 7))
def test_a_rule_is_found_whatever_its_slope_and_thickness(angle_deg: float, thickness: int) -> None:
    page = np.zeros((400, 1200), np.uint8)
    drop = round(900 * np.tan(np.radians(angle_deg)))
    cv2.line(page, (100, 200), (1000, 200 + drop), color=(1,), thickness=thickness)
    line = page.astype(np.bool_)
    found = rules.find(line, x_height_px=X_HEIGHT)
    assert found.shape == line.shape
    assert found[line].mean() > 0.85


def test_specks_far_from_letters_are_found_and_text_is_not() -> None:
    page = ink()
    specks = np.zeros(page.shape, np.bool_)
    for row, column in ((60, 300), (60, 900), (1050, 1600), (700, 1600)):
        specks[row : row + 7, column : column + 7] = True
    found = speckle.find(letters.components(page | specks), x_height_px=x_height())
    assert np.array_equal(found, specks)


def test_a_full_stop_an_accent_and_a_comma_stay() -> None:
    page = ink()
    right = int(np.flatnonzero(page[200:250].any(axis=0))[-1])
    for row, column in ((234, right + 20), (208, right + 8), (240, right + 25)):
        page[row : row + 6, column : column + 6] = True
    assert not speckle.find(letters.components(page), x_height_px=x_height()).any()


def test_dots_that_lead_to_a_page_number_stay_and_a_lone_one_goes() -> None:
    page = ink()
    for column in range(200, 1500, 40):
        page[1040:1046, column : column + 6] = True
    page[1090:1096, 1600:1606] = True
    found = speckle.find(letters.components(page), x_height_px=x_height())
    assert not found[1040:1046, 400:1300].any()
    assert found[1090:1096, 1600:1606].all()


def test_letters_are_measured_among_many_specks() -> None:
    page = ink()
    chance = np.random.default_rng(1)
    for row, column in zip(chance.integers(850, 1080, 4000), chance.integers(0, 1680, 4000), strict=True):
        page[row : row + 9, column : column + 8] |= chance.random() < 0.2
    assert letters.x_height(letters.components(page)) == pytest.approx(x_height(), abs=1.5)


def test_strokes_are_as_wide_as_they_were_drawn() -> None:
    page = np.zeros((300, 300), np.bool_)
    for column in range(20, 280, 20):
        page[50:250, column : column + 5] = True
    assert letters.stroke_width(page) == 5
    assert letters.stroke_width(np.zeros((50, 50), np.bool_)) is None
