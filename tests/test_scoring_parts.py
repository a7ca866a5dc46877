"""Every word of a text belongs to the part in which it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.scoring.parts import Part, joined, part_of_words
from scanfix.scoring.policy import POLICIES, Policy

ARCHIVAL = POLICIES["archival"]
LINES = st.lists(st.text(st.sampled_from("aB1-. ,…—\u00ad"), max_size=8), max_size=6)


@given(LINES, st.sampled_from(list(POLICIES.values())))
def test_there_are_as_many_owners_as_words_and_they_never_fall(lines: list[str], policy: Policy) -> None:
    owners = part_of_words(lines, policy)
    assert len(owners) == len(policy.words("\n".join(lines)))
    assert list(owners) == sorted(owners)


@pytest.mark.parametrize(
    ("lines", "owners"),
    [
        (["the har-", "bour of Tessin"], (0, 0, 1, 1)),
        (["a", "", "b"], (0, 2)),
        (["in-", "ter-", "nal post"], (0, 2)),
        (["anti-", "Karsovian"], (0,)),
    ],
    ids=["a broken word", "an empty line", "a word of three lines", "a hyphen that stays"],
)
def test_a_word_over_two_lines_belongs_to_the_first(lines: list[str], owners: tuple[int, ...]) -> None:
    assert part_of_words(lines, ARCHIVAL) == owners


def test_blocks_are_joined_by_empty_lines() -> None:
    assert joined([Part(kind="paragraph", text="a"), Part(kind="table", text="b")]) == "a\n\nb"
