"""Words that only the second voice read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Region, Word
from scanfix.ocr import alignment, alone
from scanfix.ocr.alignment import Sign
from scanfix.ocr.alone import Found
from scanfix.ocr.framing import Row, Typing

PITCH = 20.0
ROW = Row(typing=Typing(x_height_px=18, pitch_px=PITCH), slope=0.0, rise=500.0, left=100, right=900)


def signs(text: str, *, left: float = 100.0, confidence: float = 0.99, pitch: float = PITCH) -> tuple[Sign, ...]:
    return tuple(
        Sign(text=sign, confidence=confidence, x=left + (place + 0.5) * pitch) for place, sign in enumerate(text)
    )


def line(line_id: str, *, top: int, left: int = 100, right: int = 900) -> Line:
    box = Box(left=left, top=top, right=right, bottom=top + 26)
    return Line(line_id=line_id, box=box, words=(Word(word_id=f"{line_id}w1", text="word", box=box, confidence=0.9),))


def region(region_id: str, *lines: Line) -> Region:
    return Region(region_id=region_id, kind="paragraph", box=Box.around(one.box for one in lines), lines=lines)


@pytest.mark.parametrize(
    ("word", "is_believed"),
    [
        (signs("minister"), True),
        (signs("1."), True),
        (signs("7"), True),
        (signs("7", confidence=0.95), False),
        (signs("minister", confidence=0.9), False),
        (signs("..."), False),
        (signs("minister", pitch=2 * PITCH), False),
        (signs("minister", pitch=PITCH / 2), False),
        ((*signs("ministe"), Sign(text="r", confidence=0.5, x=250.0)), False),
    ],
)
def test_a_word_is_believed_if_it_is_sure_and_in_the_pages_pitch(word: tuple[Sign, ...], *, is_believed: bool) -> None:
    assert alone.is_believed(word, PITCH) is is_believed


def test_sure_words_among_doubtful_ones_are_not_believed() -> None:
    date, scrawl = signs("1939"), signs("received", confidence=0.5)
    assert alone.believed((date,), PITCH) == (date,)
    assert alone.believed((date, scrawl), PITCH) == ()


def test_words_join_a_line_in_their_places_with_ids_of_their_own() -> None:
    wider = alone.with_words(line("l1", top=480, left=300), ROW, [signs("1."), signs("end", left=950.0)])
    assert wider.text == "1. word end"
    assert [word.word_id for word in wider.words] == ["l1u1", "l1w1", "l1u2"]
    assert wider.box.left == 100
    assert wider.box.right >= 1000
    assert all(0 < word.confidence < 1 for word in wider.words)


def test_a_line_to_which_nothing_is_added_stays_as_it_is() -> None:
    plain = line("l1", top=480)
    assert alone.with_words(plain, ROW, []) is plain


def test_a_row_of_sure_words_becomes_a_line_and_one_of_doubtful_words_does_not() -> None:
    words = alignment.words_of(signs("their wrath"))
    made = alone.line_of(Found(row=ROW, words=words), [], "u1")
    assert made is not None
    assert made.text == "their wrath"
    assert made.box.top < 500 - 18 < 500 < made.box.bottom
    doubtful = alignment.words_of(signs("their wrath", confidence=0.7))
    assert alone.line_of(Found(row=ROW, words=doubtful), [], "u1") is None
    assert alone.line_of(Found(row=ROW, words=(signs("no"),)), [], "u1") is None


def test_a_row_that_is_mostly_doubtful_is_left_out_with_its_sure_words() -> None:
    words = (signs("sure"), *alignment.words_of(signs("scrawled over", left=300.0, confidence=0.4)))
    assert alone.line_of(Found(row=ROW, words=words), [], "u1") is None


def test_what_was_read_before_is_not_read_again() -> None:
    words = alignment.words_of(signs("their wrath"))
    over_first = Box(left=90, top=470, right=205, bottom=490)
    made = alone.line_of(Found(row=ROW, words=words), [over_first], "u1")
    assert made is not None
    assert made.text == "wrath"


def test_a_row_that_was_mostly_read_before_is_a_doubled_reading() -> None:
    words = alignment.words_of(signs("could think of nothing"))
    over_most = Box(left=90, top=470, right=330, bottom=490)
    assert alone.line_of(Found(row=ROW, words=words), [over_most], "u1") is None


def test_a_new_line_comes_after_the_line_above_it_in_its_region() -> None:
    regions = (region("r1", line("a", top=100), line("b", top=200)), region("r2", line("c", top=400)))
    told = alone.with_line(regions, line("new", top=300))
    assert [one.line_id for one in told[0].lines] == ["a", "b", "new"]
    assert told[0].box.bottom == 326
    first = alone.with_line(regions, line("new", top=20))
    assert [one.line_id for one in first[0].lines] == ["new", "a", "b"]


def test_a_new_line_stays_in_its_column() -> None:
    regions = (
        region("left", line("a", top=100, right=400), line("b", top=200, right=400)),
        region("right", line("c", top=150, left=600), line("d", top=250, left=600)),
    )
    told = alone.with_line(regions, line("new", top=300, right=400))
    assert [one.line_id for one in told[0].lines] == ["a", "b", "new"]


@settings(deadline=None)
@given(tops=st.lists(st.integers(0, 2000), min_size=1, max_size=12), top=st.integers(0, 2000))
def test_no_line_is_lost_or_moved_past_another(tops: list[int], top: int) -> None:
    lines = [line(f"l{number}", top=one) for number, one in enumerate(tops)]
    half = len(lines) // 2
    regions = [region(f"r{number}", *some) for number, some in enumerate((lines[:half], lines[half:])) if some]
    parts = alone.with_line(regions, line("new", top=top))
    told = [one.line_id for part in parts for one in part.lines]
    assert [one for one in told if one != "new"] == [one.line_id for one in lines]
    assert "new" in told
