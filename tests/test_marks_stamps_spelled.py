"""What a field says is decided among all that may stand there, by how well each text spells what was seen."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_drawn import blank
from marks_stamps_drawn import Drawn, WordReader, found, one_stamp, stamped, wording

from scanfix.families import FilledBy, StampField
from scanfix.images import GrayImage
from scanfix.marks.stamps.fillins import FillIn
from scanfix.marks.stamps.framings import crops_of, parted
from scanfix.marks.stamps.spelled import spelled
from scanfix.marks.stamps.spelling import bounds, fits
from scanfix.marks.stamps.vocabulary import is_known, is_listed, likeliest
from scanfix.model.geometry import Box
from scanfix.model.text import NATS, CropText, Spelling

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/-. "
YEAR = StampField(kind="year", years=(1989, 2010), used=(1980, 2030))
DATE = StampField(kind="date", years=(1979, 1983), used=(1979, 1995))
NUMBER = StampField(kind="number", grammar=r"[1-9]\d{0,2}")


def seen(*steps: dict[str, float]) -> Spelling:
    """Return a spelling of which each step shows some signs with their probabilities; the rest is other signs'."""
    rows = np.full((len(steps), len(SIGNS) + 2), 1e-9)
    for row, step in zip(rows, steps, strict=True):
        for sign, probability in step.items():
            row[SIGNS.index(sign) + 1 if sign else 0] = probability
        row[-1] = max(1e-9, 1.0 - row[:-1].sum())
    nats = np.minimum(255, np.round(-np.log(rows) / NATS)).astype(np.uint8)
    return Spelling(signs=SIGNS, steps=nats.tobytes())


def written(text: str, **doubts: dict[str, float]) -> Spelling:
    """Return a spelling that shows a text plainly; ``doubts`` give other probabilities for its nth sign (``n3``)."""
    steps: list[dict[str, float]] = [{"": 0.99}]
    for number, sign in enumerate(text):
        steps += [doubts.get(f"n{number}", {sign: 0.98}), {"": 0.99}]
    return seen(*steps)


def test_what_was_read_fits_and_what_was_not_does_not() -> None:
    fit = fits(written("2010"), ("2010", "2019", "1989", "20"))
    assert abs(fit[0]) < 0.2
    assert max(fit[1:]) < -8.0


def test_a_sign_that_no_network_told_apart_is_some_other_one() -> None:
    crop = seen({"": 0.99}, {"7": 0.01}, {"": 0.99})
    assert fits(crop, ("§",))[0] > fits(crop, ("7",))[0]


def test_a_sign_twice_needs_something_between() -> None:
    parted_signs = fits(seen({"1": 0.98}, {"": 0.99}, {"1": 0.98}), ("11", "1"))
    assert parted_signs[0] > parted_signs[1] + 3
    assert fits(seen({"1": 0.98}, {"1": 0.98}), ("1",))[0] > fits(seen({"1": 0.98}, {"1": 0.98}), ("11",))[0]


@given(st.lists(st.floats(0.05, 0.9), min_size=4, max_size=4), st.sampled_from(["1", "12", "21", "11"]))
@settings(deadline=None, max_examples=40)
def test_a_fit_sums_over_all_ways_to_lay_a_word(shares: list[float], word: str) -> None:
    steps = [{"": share, "1": (1 - share) * 0.6, "2": (1 - share) * 0.4} for share in shares]
    total = 0.0
    for way in product(("", "1", "2"), repeat=len(steps)):
        signs = [sign for number, sign in enumerate(way) if sign and (number == 0 or way[number - 1] != sign)]
        if "".join(signs) == word:
            total += float(np.prod([step[sign] for step, sign in zip(steps, way, strict=True)]))
    free = float(np.prod([max(*step.values(), 1e-9) for step in steps]))
    assert fits(seen(*steps), (word,))[0] == pytest.approx(np.log(max(total, 1e-300) / free), abs=0.25) or total == 0.0


@given(st.integers(0, 9999), st.integers(1, 31))
@settings(deadline=None, max_examples=30)
def test_no_text_has_a_better_bound_than_what_was_plainly_written(number: int, day: int) -> None:
    text = f"{day}/8/{number % 100:02d}"
    others = (f"{day}/5/{number % 100:02d}", f"{day}-8-{number % 100:02d}")
    best, *rivals = bounds(written(text), (text, *others))
    assert best > -0.5
    assert max(rivals) < best + 0.01
    assert fits(written(text), (text,))[0] < best + 0.5


def test_a_slash_read_as_a_one_is_a_slash_where_only_a_date_may_stand() -> None:
    crops = [written("27/12179"), written("27112/79"), written("27/12/79")]
    best = spelled([crops], None, DATE)
    assert best is not None
    assert best.text == "27/12/79"
    assert best.is_sure(DATE)


def test_a_month_is_told_by_the_letters_that_were_read() -> None:
    best = spelled([[written("8.7n80"), written("8 Jn80")]], None, DATE)
    assert best is not None
    assert best.text == "8 Jan 80"


def test_figures_are_never_mended() -> None:
    for crop in (written("2A10", n1={"A": 0.9}), written("20")):
        best = spelled([[crop]], None, YEAR)
        assert best is not None
        assert not best.is_sure(YEAR)


def test_two_years_that_fit_alike_are_not_told() -> None:
    best = spelled([[written("2009", n3={"9": 0.5, "7": 0.45})]], None, YEAR)
    assert best is not None
    assert best.text == "2009"
    assert not best.is_likeliest(YEAR)


def test_a_year_known_of_the_family_is_the_likelier() -> None:
    best = spelled([[written("2010", n3={"0": 0.45, "9": 0.5})]], None, YEAR)
    assert best is not None
    assert best.text == "2010"


def test_the_way_that_fits_better_is_taken() -> None:
    level, leaning = [written("17 JAN 1980")], [written("1./.1")]
    best = spelled([leaning, level], None, DATE)
    assert best is not None
    assert (best.text, best.is_sure(DATE)) == ("17 JAN 1980", True)
    assert 0.9 < best.confidence <= 1.0


def test_a_number_that_goes_on_in_its_surroundings_is_cut() -> None:
    best = spelled([[written("6")]], written("62"), NUMBER)
    assert best is not None
    assert best.is_cut
    assert not best.is_likeliest(NUMBER)
    whole = spelled([[written("6")]], written("6"), NUMBER)
    assert whole is not None
    assert whole.is_sure(NUMBER)


def test_a_lone_stroke_is_no_number() -> None:
    best = spelled([[written("1")]], None, NUMBER)
    assert best is not None
    assert best.text == "1"
    assert not best.is_sure(NUMBER)


def test_only_what_can_be_listed_is_spelled() -> None:
    assert is_listed(NUMBER)
    assert not is_listed(StampField(kind="number", grammar=r"\d{2,6}"))
    assert not is_listed(StampField(kind="initials"))
    assert spelled([[written("62")]], None, StampField(kind="initials")) is None
    assert spelled([[]], None, YEAR) is None


@pytest.mark.parametrize("text", ["12-15-79", "20/12/79", "4.14.80", "7 Jan 80", "10 JUN 1980", "JAN 26 1989"])
def test_all_forms_of_dates_are_listed_and_found(text: str) -> None:
    assert is_known(text, DATE)
    assert text in likeliest(DATE, lambda words: bounds(written(text), words))


@pytest.mark.parametrize("text", ["32/12/79", "12-15/79", "7 Jan 78", "7 January 80", ""])
def test_what_is_no_date_of_the_family_is_not_listed(text: str) -> None:
    assert not is_known(text, DATE)


def test_where_a_family_does_not_say_when_it_was_used_its_known_years_are_widened() -> None:
    field = StampField(kind="year", years=(1975, 2012))
    assert is_known("1970", field)
    assert not is_known("1969", field)


def _fill(by: FilledBy, *, thickness: int, level: bool) -> FillIn:
    ink: GrayImage = np.full((60, 120), 255, np.uint8)
    ink[10:50, 20 : 20 + thickness] = 0
    return FillIn(
        name="date",
        by=by,
        kind="date",
        box=Box(left=0, top=0, right=120, bottom=60),
        alone=ink,
        level=ink if level else None,
        among=ink,
    )


@pytest.mark.parametrize(
    ("fill", "upright", "level"),
    [
        (_fill("hand", thickness=3, level=False), 7, 0),
        (_fill("hand", thickness=9, level=True), 8, 4),
        (_fill("dater", thickness=9, level=True), 2, 4),
    ],
)
def test_a_field_is_read_in_several_crops_and_turned_level_where_it_leans(
    fill: FillIn, upright: int, level: int
) -> None:
    wanted = crops_of(fill)
    ways = parted(fill, [CropText() for _ in wanted])
    assert [len(way) for way in ways] == [count for count in (upright, level) if count]
    assert all(one.is_quick for one in wanted)


@dataclass
class _Speller(WordReader):
    """Says one thing for a number written by hand, and spells another."""

    says: str = ""
    spells: str = ""

    def _read(self, crop: GrayImage, *, is_quick: bool) -> CropText:
        said = super()._read(crop, is_quick=is_quick)
        if said.second not in self.hand:
            return said
        return CropText(second=self.says, confidence=0.98, spelling=written(self.spells))


@pytest.mark.parametrize(
    ("says", "spells", "value"), [("47", "47", "47"), ("4/", "47", "47"), ("41", "47", None), ("U", "UU", None)]
)
def test_a_number_is_taken_where_reading_and_spelling_do_not_speak_against_each_other(
    says: str, spells: str, value: str | None
) -> None:
    page, stamp = blank(width=1900, height=2300), Drawn(printed=wording("cia-reviewer"), fills={"doc_no": "47"})
    stamped(page, stamp, left=800, top=1500)
    reader = _Speller(words=stamp.words(), hand=["47"], says=says, spells=spells)
    assert one_stamp(found(page, reader)).field("doc_no") == value
