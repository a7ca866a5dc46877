"""Strips parted at wide gaps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.images import GrayImage
from scanfix.model.geometry import Affine
from scanfix.ocr import parting
from scanfix.ocr.framing import Form, Frame

FORM = Form(height_px=48, above=2.0, below=1.0, margin=0.5, pitch_px=16.0, narrowest=0.5)
PITCH = 16


def drawn(letters: str, *, paper: int = 255, ink: int = 0) -> tuple[GrayImage, Frame]:
    """Draw a bar for every letter and nothing for a space, one place of the typewriter each."""
    strip = np.full((48, PITCH * len(letters)), paper, np.uint8)
    for place, letter in enumerate(letters):
        if letter != " ":
            strip[18:32, place * PITCH + 4 : place * PITCH + 12] = ink
    to_strip = Affine(a=1.0, b=0.0, c=-100.0, d=0.0, e=1.0, f=0.0)
    return strip, Frame(pitch_px=PITCH, to_strip=to_strip, width_px=strip.shape[1], height_px=48)


def bars(strip: GrayImage) -> int:
    inked = (strip < 100).any(axis=0)
    return int(np.count_nonzero(np.diff(inked.astype(int), prepend=0) == 1))


@pytest.mark.parametrize(
    ("letters", "counts"),
    [
        ("two words", [8]),
        ("one.  Two", [7]),
        ("left      right", [4, 5]),
        ("a     b      c", [1, 1, 1]),
        ("    only    ", [4]),
        ("   ", [0]),
    ],
)
def test_a_strip_is_parted_at_gaps_of_four_letters(letters: str, counts: list[int]) -> None:
    assert [bars(piece) for piece, _ in parting.parts(*drawn(letters), FORM)] == counts


def test_a_grey_page_with_a_shadow_is_parted_as_a_white_one_is() -> None:
    strip, frame = drawn("left      right", paper=190, ink=90)
    shadow = np.linspace(0, 60, strip.shape[1]).astype(np.uint8)
    assert len(parting.parts(strip - shadow, frame, FORM)) == 2


def test_specks_and_a_rule_far_below_do_not_fill_a_gap() -> None:
    strip, frame = drawn("left      right")
    strip[25, ::20] = 0
    strip[45:47, :] = 0
    assert len(parting.parts(strip, frame, FORM)) == 2


def test_leaders_fill_a_gap() -> None:
    strip, frame = drawn("left      right")
    strip[29:32, 4::PITCH] = strip[29:32, 5::PITCH] = 0
    assert len(parting.parts(strip, frame, FORM)) == 1


@settings(deadline=None)
@given(letters=st.text(alphabet="ab ", min_size=1, max_size=60))
def test_no_letter_is_lost_and_every_piece_knows_its_place(letters: str) -> None:
    strip, frame = drawn(letters)
    pieces = parting.parts(strip, frame, FORM)
    assert sum(bars(piece) for piece, _ in pieces) == bars(strip)
    for piece, part in pieces:
        assert piece.shape == (48, part.width_px)
        assert 100 - 1e-6 <= part.page_x(0.0) <= part.page_x(1.0) <= 100 + strip.shape[1] + 1e-6
