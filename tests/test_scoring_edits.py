"""Policies make words, alignments count them, and what is masked is never charged."""

import time
from itertools import chain

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.score import BagCounts, Edit, EditCounts
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.policy import POLICIES, PolicyName

WORDS = st.lists(st.sampled_from("abcd"), max_size=12)
MASKED = st.lists(st.sampled_from(["a", "b", "c", MASK]), max_size=10)


def words(text: str, policy: PolicyName = "archival") -> str:
    return "|".join(POLICIES[policy].words(text))


def count(reference: str, hypothesis: str) -> EditCounts:
    return edits.count_words(reference.replace("#", MASK).split(), hypothesis.split())


def counts(hits: int, substitutions: int = 0, deletions: int = 0, insertions: int = 0) -> EditCounts:
    return EditCounts(hits=hits, substitutions=substitutions, deletions=deletions, insertions=insertions)


# Policies


def test_policies_are_named_with_their_version() -> None:
    assert [str(policy) for policy in POLICIES.values()] == ["raw/1", "archival/1", "search/1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TOP SECRET\nMEMORANDUM\t FOR\u00a0X", "TOP|SECRET|MEMORANDUM|FOR|X"),
        ("cafe\u0301", "café"),
        ("consid-\nerable", "considerable"),
        ("consid-\n  erable", "considerable"),
        ("consid\u00ad\nerable con\u00adsid", "considerable|consid"),
        ("INDUS-\nTRIAL", "INDUSTRIAL"),
        ("anti-\nCommunist", "anti-Communist"),
        ("1945-\n46", "1945-46"),
        ("settlement--\nwhich", "settlement-|which"),
        ("settlement \u2014 which", "settlement|-|which"),
        ("- 5 -\nnext", "-|5|-|next"),
        ("\ufb01nal \u201cquoted\u201d it\u2019s", 'final|"quoted"|it\'s'),
        ("wait\u2026 wait. . . wait...", "wait...|wait...|wait..."),
        ("\u2611 \u25a1 \u2612 \u2610", "☒|☐|☒|☐"),
        ("Secret SECRET", "Secret|SECRET"),
        ("", ""),
        (f"a {MASK}\n{MASK}b", f"a|{MASK}|{MASK}b"),
    ],
)
def test_archival_folds_what_typewriters_and_engines_write_in_several_ways(text: str, expected: str) -> None:
    assert words(text) == expected


def test_raw_keeps_what_it_sees() -> None:
    assert words("consid-\nerable \u2014 \ufb01nal\u2026", "raw") == "consid-|erable|—|ﬁnal…"


def test_search_looks_at_letters_and_digits_only() -> None:
    assert words('The U.S.S.R.\'s\n"TOP-SECRET" - Stra\u00dfe, 25 % $5', "search") == "the|ussrs|topsecret|strasse|25|5"


@given(st.text(), st.sampled_from(["raw", "archival", "search"]))
def test_no_word_is_empty_or_holds_white_space(text: str, policy: PolicyName) -> None:
    for word in POLICIES[policy].words(text):
        assert word.split() == [word]


# Alignment


def test_an_alignment_names_what_became_of_every_word() -> None:
    assert edits.align(["the", "cat", "sat", "here"], ["the", "bat", "sat", "down", "here"]) == (
        Edit("equal", ("the",), ("the",)),
        Edit("substitute", ("cat",), ("bat",)),
        Edit("equal", ("sat",), ("sat",)),
        Edit("insert", (), ("down",)),
        Edit("equal", ("here",), ("here",)),
    )


@given(WORDS, WORDS)
def test_without_masks_the_counts_are_those_of_jiwer(reference: list[str], hypothesis: list[str]) -> None:
    result = edits.count_words(reference, hypothesis)
    expected = jiwer.process_words(" ".join(reference), " ".join(hypothesis)) if reference else None
    if expected:
        assert (result.hits, result.substitutions, result.deletions, result.insertions) == (
            expected.hits,
            expected.substitutions,
            expected.deletions,
            expected.insertions,
        )
    else:
        assert result == EditCounts(insertions=len(hypothesis))


@given(MASKED, WORDS)
def test_an_alignment_holds_both_sides_whole_and_in_order(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align(reference, hypothesis)
    assert list(chain.from_iterable(edit.reference for edit in alignment)) == reference
    assert list(chain.from_iterable(edit.hypothesis for edit in alignment)) == hypothesis
    for edit in alignment:
        assert (edit.op == "masked") == any(MASK in word for word in edit.reference)
        assert edit.op != "equal" or edit.reference == edit.hypothesis


@given(MASKED, WORDS)
def test_only_words_that_the_reference_names_are_counted(reference: list[str], hypothesis: list[str]) -> None:
    named = [word for word in reference if word != MASK]
    result, unmasked = edits.count_words(reference, hypothesis), edits.count_words(named, hypothesis)
    assert result.reference == len(named)
    assert result.hits == unmasked.hits
    assert result.errors <= unmasked.errors


@given(st.lists(st.sampled_from("abc"), max_size=5), WORDS, st.lists(st.sampled_from("abc"), max_size=5))
def test_whatever_stands_at_a_mask_is_neither_right_nor_wrong(
    before: list[str], noise: list[str], after: list[str]
) -> None:
    strange = [f"{word}{word}" for word in noise]
    result = edits.count_words([*before, MASK, *after], [*before, *strange, *after])
    assert result == counts(len(before) + len(after))


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("", "", counts(0)),
        ("", "a b", counts(0, insertions=2)),
        ("a b", "", counts(0, deletions=2)),
        ("#", "", counts(0)),
        ("#", "x y", counts(0)),
        ("# #", "x", counts(0)),
        ("a # b", "a b", counts(2)),
        ("a # b", "a x y z b", counts(2)),
        ("a # b", "a x y c", counts(1, 1)),
        ("a # b c", "a x", counts(1, 1, 1)),
        ("a # b # c", "a x c", counts(2, 1)),
        ("a # b # c", "a c", counts(2, 0, 1)),
        ("a b # c", "a x y z c", counts(2, 1)),
        ("a Octo# c", "a October c", counts(2)),
        ("a # b", "a b x", counts(2, insertions=1)),
    ],
)
def test_words_beside_a_mask_are_charged_once_each(reference: str, hypothesis: str, expected: EditCounts) -> None:
    assert count(reference, hypothesis) == expected


def test_masks_of_the_hypothesis_are_left_out() -> None:
    assert edits.count_words(["a"], ["a", MASK]) == counts(1)


def test_without_a_reference_there_is_no_rate() -> None:
    assert count("", "a").rate is None
    assert count("#", "a").normalised_rate is None


def test_ten_thousand_words_are_aligned_within_a_second() -> None:
    reference = [f"w{index % 997}" for index in range(10_000)]
    hypothesis = [
        MASK if index % 500 == 0 else word if index % 7 else f"{word}x" for index, word in enumerate(reference)
    ]
    start = time.perf_counter()
    result = edits.count_words(hypothesis, reference)
    assert time.perf_counter() - start < 1
    assert result.hits > 8_000


# Characters


def test_characters_are_what_a_reader_takes_for_one() -> None:
    reference, hypothesis = ["cafe\u0301"], ["cafe"]
    assert edits.count_characters(reference, hypothesis) == counts(3, 1)


def test_spaces_between_words_are_characters() -> None:
    assert edits.count_characters(["ab", "cd"], ["abcd"]) == counts(4, 0, 1)


@pytest.mark.parametrize("hypothesis", ["a b", "a xyz b", "a x y z b"])
def test_a_mask_swallows_the_spaces_around_it(hypothesis: str) -> None:
    assert edits.count_characters(["a", MASK, MASK, "b"], hypothesis.split()) == counts(2)


@given(WORDS, WORDS)
def test_the_characters_of_an_alignment_are_both_texts_whole(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align_characters(reference, hypothesis)
    sides = ["".join(sign for edit in alignment for sign in edit[side]) for side in (1, 2)]
    assert [side.replace(edits.SPACE, " ") for side in sides] == [" ".join(reference), " ".join(hypothesis)]


@given(WORDS, WORDS)
def test_counts_are_symmetric_and_bounded(reference: list[str], hypothesis: list[str]) -> None:
    there, back = edits.count_words(reference, hypothesis), edits.count_words(hypothesis, reference)
    assert there.errors == back.errors
    assert abs(len(reference) - len(hypothesis)) <= there.errors <= max(len(reference), len(hypothesis))


def test_the_known_letters_of_a_partly_masked_word_count() -> None:
    assert edits.count_characters([f"Octo{MASK}", "5"], ["Actober", "5"]) == counts(4, 1)


# Bags


def test_a_bag_knows_no_order_and_no_masked_words() -> None:
    alignment = edits.align([*"abxyz", MASK, "c"], [*"baxyz", "noise", "c", "d"])
    bag = edits.count_bag(alignment)
    assert bag == BagCounts(hits=6, reference=6, hypothesis=7)
    assert (bag.precision, bag.recall, bag.errors) == (6 / 7, 1.0, 1)


@given(MASKED, WORDS)
def test_a_bag_never_has_more_errors_than_the_words_in_order(reference: list[str], hypothesis: list[str]) -> None:
    alignment = edits.align(reference, hypothesis)
    assert edits.count_bag(alignment).errors <= edits.count(alignment).errors


def test_empty_bags_have_no_shares() -> None:
    assert (BagCounts().precision, BagCounts().recall, BagCounts().errors) == (None, None, 0)
