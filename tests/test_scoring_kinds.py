"""Counts by kind add up to the counts of the whole."""

from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.score import EditCounts, KindEdits
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.kinds import count_kinds, sum_kinds

MASKED = st.lists(st.sampled_from(["a", "b", "c", MASK]), max_size=10)
WORDS = st.lists(st.sampled_from("abc"), max_size=10)


def kinds_of(words: list[str]) -> list[str]:
    return [f"kind of {word}" for word in words]


@given(MASKED, WORDS)
def test_the_kinds_of_words_add_up_to_the_whole(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align(reference, hypothesis)
    counted = count_kinds(alignment, kinds_of(reference), kinds_of(hypothesis))
    assert sum((entry.counts for entry in counted), EditCounts()) == edits.count(alignment)


@given(MASKED, WORDS)
def test_the_kinds_of_places_add_up_to_the_whole(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align(reference, hypothesis)
    counted = count_kinds(alignment, kinds_of(reference) or ["none"])
    assert sum((entry.counts for entry in counted), EditCounts()) == edits.count(alignment)


def test_an_inserted_word_is_of_its_own_kind() -> None:
    alignment = edits.align(["a", "b"], ["a", "7", "b"])
    assert count_kinds(alignment, ["word", "word"], ["word", "number", "word"]) == (
        KindEdits(kind="number", counts=EditCounts(insertions=1)),
        KindEdits(kind="word", counts=EditCounts(hits=2)),
    )


def test_what_was_read_between_blocks_belongs_to_the_one_before() -> None:
    alignment = edits.align(["a", "b"], ["x", "a", "y", "b", "z"])
    assert count_kinds(alignment, ["table", "footnote"]) == (
        KindEdits(kind="footnote", counts=EditCounts(hits=1, insertions=1)),
        KindEdits(kind="table", counts=EditCounts(hits=1, insertions=2)),
    )


def test_a_kind_that_is_only_masked_is_not_listed() -> None:
    alignment = edits.align(["a", MASK], ["a", "noise"])
    assert [entry.kind for entry in count_kinds(alignment, ["paragraph", "table"])] == ["paragraph"]


def test_sums_go_by_kind_and_are_sorted() -> None:
    one, two = EditCounts(hits=1), EditCounts(hits=2)
    entries = [KindEdits(kind=kind, counts=counts) for kind, counts in (("b", one), ("a", one), ("b", two))]
    assert sum_kinds(entries) == (
        KindEdits(kind="a", counts=one),
        KindEdits(kind="b", counts=EditCounts(hits=3)),
    )
