"""Confusions: what was read for what, letters and words."""

from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.score import Confusion
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.confusion import letter_pairs, table, word_pairs

TEXTS = st.lists(st.text(st.sampled_from("abmrn"), min_size=1, max_size=5), max_size=8)


def letters(reference: str, hypothesis: str) -> dict[tuple[str, str], int]:
    return dict(letter_pairs(edits.align_characters(reference.split(), hypothesis.split())))


def words(reference: str, hypothesis: str) -> dict[tuple[str, str], int]:
    return dict(word_pairs(edits.align(reference.split(), hypothesis.split())))


def test_two_letters_read_as_one_are_one_confusion() -> None:
    assert letters("the modern alarm", "the modem alarm") == {("rn", "m"): 1}


def test_missed_and_invented_letters_have_an_empty_side() -> None:
    assert letters("Tessin harbour", "Tesin harbour,") == {("s", ""): 1, ("", ","): 1}


def test_a_lost_space_is_seen() -> None:
    assert letters("the depot", "thedepot") == {("␣", ""): 1}


def test_a_grapheme_is_one_letter() -> None:
    assert letters("cafe\u0301", "cafe") == {("e\u0301", "e"): 1}


def test_a_lost_line_confuses_no_letters() -> None:
    assert letters("the depot at the harbour was closed", "the depot") == {}


def test_what_stands_at_a_mask_is_no_confusion() -> None:
    assert letters(f"seal {MASK} here", "seal xyz here") == {}
    assert words(f"seal {MASK} here", "seal xyz here") == {}


def test_words_stand_beside_the_words_that_were_read() -> None:
    assert words("the modern depot of Tessin", "the modem depot ot Tessin") == {("modern", "modem"): 1, ("of", "ot"): 1}


def test_a_word_that_fell_apart_is_one_confusion() -> None:
    assert words("the harbour is", "the har bour is") == {("harbour", "har bour"): 1}
    assert words("the old harbour is", "the oldharbour is") == {("old harbour", "oldharbour"): 1}


def test_words_of_a_long_stretch_stand_alone() -> None:
    assert words("a b c d e f", "a x f") == {("b", ""): 1, ("c", ""): 1, ("d", ""): 1, ("e", ""): 1, ("", "x"): 1}


@given(TEXTS, TEXTS)
def test_no_more_words_are_confused_than_there_are_errors(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align(reference, hypothesis)
    lengths = sum(len(wanted.split()) * count for (wanted, _), count in word_pairs(alignment).items())
    counts = edits.count(alignment)
    assert lengths == counts.substitutions + counts.deletions


@given(TEXTS, TEXTS)
def test_no_letter_is_confused_with_itself(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align_characters(reference, hypothesis)
    pairs = letter_pairs(alignment)
    assert all(wanted != read for wanted, read in pairs)
    assert sum(pairs.values()) <= edits.count(alignment).errors


def test_the_table_begins_with_the_most_frequent() -> None:
    pairs = letter_pairs(edits.align_characters(["aXbYcXd"], ["aKbLcKd"]))
    assert table(pairs) == (
        Confusion(reference="X", hypothesis="K", count=2),
        Confusion(reference="Y", hypothesis="L", count=1),
    )
