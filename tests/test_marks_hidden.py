import numpy as np
import pytest
from marks_drawn import blank, word

from scanfix.images import Mask
from scanfix.marks.hidden import fits_words, model_width, same_shapes
from scanfix.marks.rows import MARKING, Row, rows_of


def row(text: str, *, hidden: int = 0) -> tuple[Row, Mask]:
    page = blank(width=2000, height=300)
    box = word(page, text, left=200, bottom=180)
    page[: box.top + hidden] = 255
    (found,) = rows_of(page == 0, MARKING)
    shown = found.box
    return found, (page == 0)[shown.top : shown.bottom, shown.left : shown.right]


@pytest.mark.parametrize("hidden", [0, 12, 20])
def test_half_hidden_words_still_have_their_widths(hidden: int) -> None:
    found, _ = row("TOP SECRET", hidden=hidden)
    assert fits_words(found.glyphs, "TOP SECRET")
    assert not fits_words(found.glyphs, "SECURITY INFORMATION")
    assert not fits_words(found.glyphs, "COSMIC TOP SECRET")


def test_a_running_head_does_not_have_the_widths_of_a_marking() -> None:
    found, _ = row("DAILY BRIEF")
    assert not fits_words(found.glyphs, "TOP SECRET")


def test_a_single_word_is_known_by_its_number_of_letters() -> None:
    found, _ = row("SECRET")
    assert fits_words(found.glyphs, "SECRET")
    assert not fits_words(found.glyphs, "CONFIDENTIAL")
    assert not fits_words(found.glyphs[:1], "TOP SECRET")


def test_a_visible_part_has_the_shapes_of_its_whole_and_of_no_other_word() -> None:
    _, whole = row("SECRET")
    _, part = row("SECRET", hidden=20)
    _, other = row("GEHEIM", hidden=20)
    assert same_shapes(part, whole) > 0.7
    assert same_shapes(other, whole) < 0.6
    assert same_shapes(whole, whole) == pytest.approx(1.0, abs=0.01)


def test_a_visible_part_taller_than_the_whole_can_be_compared() -> None:
    _, whole = row("SECRET")
    tall = np.ones((whole.shape[0] * 2, whole.shape[1]), np.bool_)
    assert -1.0 <= same_shapes(tall, whole) <= 1.0


def test_longer_wordings_are_wider() -> None:
    assert model_width("SECRET") < model_width("TOP SECRET") < model_width("TOP SECRET SECURITY INFORMATION")
