"""Documents drawn after kinds of real ones: the same number gives the same document, and its truth is a truth."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.errors import SettingsError
from scanfix.facsimile import kinds
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.kinds.chance import Chance
from scanfix.facsimile.press import Facsimile, press
from scanfix.facsimile.typed import typist
from scanfix.truth import notation

SEED = 3
# Enough to set every letter, too few to read it well: a page costs a tenth of one at 300 dpi.
COARSE_DPI = 90

KINDS = tuple(kinds.KINDS)
chances = st.integers(0, 10_000).map(lambda seed: Chance(Dice(seed=seed, scan_id="any", page=0)))


def drawn(kind: str, index: int = 0, seed: int = SEED) -> Document:
    """Draw a document."""
    return kinds.draw(kind, seed=seed, index=index)


@cache
def coarse(kind: str) -> tuple[Facsimile, ...]:
    """Press the first document of a kind, coarsely."""
    document = drawn(kind)
    return press(replace(document, looks=tuple(replace(look, dpi=COARSE_DPI) for look in document.looks)), seed=SEED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_hangs_on_its_seed_and_number_alone(kind: str) -> None:
    first = drawn(kind)
    assert drawn(kind, index=1) != replace(first, scan_id=f"{kind}-0002")
    assert drawn(kind, seed=SEED + 1) != first
    assert drawn(kind) == first
    assert first.scan_id == f"{kind}-0001"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("index", range(6))
def test_what_a_kind_puts_on_a_page_is_on_a_page_that_there_is(kind: str, index: int) -> None:
    document = drawn(kind, index=index)
    pages = len(typist.paginate(document))
    assert pages >= 2
    put = [
        *((stamp.page, stamp.x_in, stamp.y_in) for stamp in document.stamps),
        *((note.page, note.x_in, note.y_in) for note in document.notes),
        *((thing.page, thing.x_in, thing.y_in) for thing in document.things),
    ]
    for page, x_in, y_in in put:
        assert 0 <= page <= pages
        assert 0 <= x_in < document.sheet.width_in
        assert 0 <= y_in < document.sheet.height_in


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_of_a_kind_can_be_written_and_read_back(kind: str) -> None:
    for page in coarse(kind):
        text = notation.write(page.transcript)
        assert notation.parse(text, file="page", page_id=page.page_id) == page.transcript


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_kind_lies_on_its_scan(kind: str) -> None:
    for page in coarse(kind):
        height, width = page.pixels.shape[:2]
        words = [word for region in page.text.regions for line in region.lines for word in line.words]
        assert words
        for word in words:
            assert 0 <= word.box.left < word.box.right <= width
            assert 0 <= word.box.top < word.box.bottom <= height


@pytest.mark.parametrize("kind", KINDS)
def test_every_stamp_of_a_kind_is_a_mark_of_its_page(kind: str) -> None:
    document = drawn(kind)
    for page in coarse(kind):
        number = page.page_id.number
        stamped = sum(stamp.page == number for stamp in document.stamps)
        assert sum(mark.kind == "stamp" for mark in page.marks) >= stamped


def test_a_kind_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="no kind of document 'papyrus'"):
        drawn("papyrus")


def test_speckled_pages_are_letters_and_copies() -> None:
    bilevel = {drawn("speckled", index=index).looks[0].is_bilevel for index in range(20)}
    assert bilevel == {True, False}


@settings(deadline=None)
@given(chances, st.floats(-5, 5), st.floats(0.01, 3))
def test_a_number_near_another_is_never_two_deviations_off(chance: Chance, middle: float, deviation: float) -> None:
    assert abs(chance.around("skew", middle, deviation) - middle) <= 2 * deviation + 1e-4


@settings(deadline=None)
@given(chances, st.integers(-9, 9), st.integers(0, 9))
def test_a_draw_stays_in_its_range(chance: Chance, low: int, more: int) -> None:
    assert low <= chance.whole("ink", low, low + more) <= low + more
    assert low - 1e-4 <= chance.between("ink", low, low + more) <= low + more + 1e-4
    assert chance.one("ink", "abc") in "abc"


@settings(deadline=None)
@given(chances)
def test_a_coin_of_one_side_falls_on_that_side(chance: Chance) -> None:
    assert chance.often("is copy", 1.0)
    assert not chance.often("is copy", 0.0)
