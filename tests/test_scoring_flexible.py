"""The flexible character accuracy: what is right wherever its line stands."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.score import EditCounts
from scanfix.scoring import edits
from scanfix.scoring.flexible import count_flexible

LINES = st.lists(st.text(st.sampled_from("abc de"), min_size=1, max_size=12).map(str.strip).filter(bool), max_size=6)
LEFT = [
    "The commission met at Port Lessing",
    "and heard the harbour master upon",
    "tolls, pilots and the lighthouse.",
]
RIGHT = [
    "No vessel of either fleet wintered",
    "in the outer roads, he reported, &",
    "the southern mole needed new stone",
]


def in_order(reference: list[str], hypothesis: list[str]) -> EditCounts:
    return edits.count_characters(" ".join(reference).split(), " ".join(hypothesis).split())


def flexible(reference: list[str], hypothesis: list[str]) -> EditCounts:
    return count_flexible(reference, hypothesis, in_order=in_order(reference, hypothesis))


@given(LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_lines_in_any_order_are_all_right(both: tuple[list[str], list[str]]) -> None:
    assert flexible(*both).errors == 0


@given(LINES, LINES)
def test_the_accuracy_is_never_below_that_of_the_characters_in_order(
    reference: list[str], hypothesis: list[str]
) -> None:
    plain, counts = in_order(reference, hypothesis), flexible(reference, hypothesis)
    assert (counts.rate or 0) <= (plain.rate or 0)


@given(LINES, LINES)
def test_every_character_of_both_sides_is_counted_once(reference: list[str], hypothesis: list[str]) -> None:
    worst = EditCounts(deletions=1, insertions=10**6)
    counts = count_flexible(reference, hypothesis, in_order=worst)
    assert counts.reference == sum(map(len, reference))
    assert counts.hits + counts.substitutions + counts.insertions == sum(map(len, hypothesis))


@given(LINES, LINES)
def test_there_are_no_fewer_errors_than_the_letters_without_any_order_have(
    reference: list[str], hypothesis: list[str]
) -> None:
    counts = count_flexible(reference, hypothesis, in_order=EditCounts(deletions=1, insertions=10**6))
    missing = [sign for sign in set("abc de") for _ in range(_surplus(sign, reference, hypothesis))]
    assert counts.errors >= len(missing)


def _surplus(sign: str, reference: list[str], hypothesis: list[str]) -> int:
    return max(0, "".join(reference).count(sign) - "".join(hypothesis).count(sign))


def test_columns_read_across_cost_hardly_more_than_the_spaces_between_them() -> None:
    across = [f"{left} {right}" for left, right in zip(LEFT, RIGHT, strict=True)]
    counts = flexible([*LEFT, *RIGHT], across)
    assert 3 <= counts.errors <= 6
    assert in_order([*LEFT, *RIGHT], across).errors > 60


def test_a_misread_letter_is_one_substitution_in_a_displaced_line() -> None:
    counts = flexible([*LEFT, *RIGHT], [*RIGHT, LEFT[0].replace("met", "mot"), *LEFT[1:]])
    assert (counts.substitutions, counts.deletions, counts.insertions) == (1, 0, 0)


def test_a_line_that_was_not_read_is_missed_and_one_that_is_not_there_is_invented() -> None:
    counts = flexible([*LEFT, "1234567"], [*reversed(LEFT), "xyzuvwxyz"])
    assert (counts.substitutions, counts.deletions, counts.insertions) == (0, 7, 9)


def test_a_cluster_is_one_character() -> None:
    accented = ["u\u0301n depo\u0323\u0301t", "\U000f0000"]
    counts = flexible(accented, ["\U000f0000", "un depo\u0323\u0301t"])
    assert counts == EditCounts(hits=8, substitutions=1)


def test_lines_that_break_elsewhere_are_put_together() -> None:
    words = " ".join([*LEFT, *RIGHT]).split()
    reference = [" ".join(words[at : at + 6]) for at in range(0, len(words), 6)]
    displaced = words[18:] + words[:18]
    hypothesis = [" ".join(displaced[at : at + 9]) for at in range(0, len(displaced), 9)]
    counts = flexible(reference, hypothesis)
    assert (counts.rate or 0) < 0.1


@pytest.mark.parametrize(("reference", "hypothesis"), [([], ["a"]), (["a"], []), ([], [])])
def test_an_empty_side_is_counted_as_in_order(reference: list[str], hypothesis: list[str]) -> None:
    assert flexible(reference, hypothesis) == in_order(reference, hypothesis)


def test_a_thousand_faulty_lines_take_less_than_two_seconds() -> None:
    lines = [f"line {index * 7919 % 1009} of the depot list, {index * 104729 % 997} crates" for index in range(1000)]
    read = [line.replace("depot", "dep0t") for line in reversed(lines)]
    start = time.process_time()
    counts = count_flexible(lines, read, in_order=EditCounts(deletions=1))
    assert time.process_time() - start < (6 if sys.gettrace() else 2)
    assert counts.rate is not None
