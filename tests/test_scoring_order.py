"""Kendall's tau of the blocks: order told apart from recognition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.score import OrderCounts
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.order import count_order

BLOCKS = st.lists(st.lists(st.sampled_from(["a", "b", "c", MASK]), max_size=6), max_size=6)
# A treaty whose articles a join of two columns has displaced: three blocks that belong elsewhere.
TREATY = (
    "The Government of Karsovia and the Government of Tessin have agreed upon the following articles.",
    "Article 1. Both parties shall keep the harbour open to merchant ships of every flag at all seasons.",
    "Article 2. A commission of six members shall meet twice a year and report upon tolls and pilots.",
    "Article 3. Neither party may build a fort within nine miles of the lighthouse on the southern mole.",
    "Article 4. Mail between the two capitals travels free of duty when it bears an official seal.",
    "Article 5. Disputes are laid before an umpire whom the Swiss Federal Council appoints for one year.",
    "Article 6. This treaty remains in force for ten years from the day when ratifications are exchanged.",
    "Done at Port Lessing in two copies, both of which are equally authentic.",
)


def order(blocks: list[list[str]], hypothesis: list[str]) -> OrderCounts:
    reference = [word for block in blocks for word in block]
    owners = [index for index, block in enumerate(blocks) for _ in block]
    return count_order(edits.align(reference, hypothesis), owners)


def split(texts: tuple[str, ...]) -> list[list[str]]:
    return [text.split() for text in texts]


@given(BLOCKS)
def test_the_same_order_has_a_tau_of_1(blocks: list[list[str]]) -> None:
    named = [word for block in blocks for word in block if word != MASK]
    counts = order(blocks, named)
    assert counts.placed == counts.blocks == sum(any(word != MASK for word in block) for block in blocks)
    assert counts.tau == (1 if counts.blocks > 1 else None)


@given(BLOCKS, st.lists(st.sampled_from("abcx"), max_size=12))
def test_tau_is_within_its_bounds(blocks: list[list[str]], hypothesis: list[str]) -> None:
    counts = order(blocks, hypothesis)
    assert counts.in_order + counts.reversed <= counts.pairs
    assert counts.placed <= counts.blocks
    assert counts.tau is None or -1 <= counts.tau <= 1


def test_displaced_articles_lower_tau_while_the_bag_of_words_is_perfect() -> None:
    read = [TREATY[index] for index in (0, 1, 2, 5, 6, 3, 4, 7)]
    alignment = edits.align(" ".join(TREATY).split(), " ".join(read).split())
    counts = order(split(TREATY), " ".join(read).split())
    bag = edits.count_bag(alignment)
    assert (bag.precision, bag.recall) == (1, 1)
    assert edits.count(alignment).errors > 30
    assert (counts.placed, counts.reversed) == (8, 4)
    assert counts.tau == pytest.approx((24 - 4) / 28)


def test_displaced_blocks_are_found_though_words_are_misread_lost_and_added() -> None:
    words = " ".join(TREATY[index] for index in (4, 5, 6, 7, 0, 1, 2, 3)).split()
    read = [f"{word}x" if at % 9 == 0 else word for at, word in enumerate(words) if at % 17]
    counts = order(split(TREATY), read)
    assert (counts.placed, counts.in_order, counts.reversed) == (8, 12, 16)


def test_a_block_that_was_not_read_is_not_placed() -> None:
    counts = order(split(TREATY), " ".join(TREATY[:3]).split())
    assert (counts.blocks, counts.placed, counts.tau) == (8, 3, 1)


def test_of_equal_blocks_each_takes_a_place_of_its_own() -> None:
    blocks = split((TREATY[0], TREATY[1], TREATY[7], TREATY[7]))
    counts = order(blocks, " ".join((TREATY[7], TREATY[7], TREATY[0], TREATY[1])).split())
    assert (counts.placed, counts.in_order, counts.reversed) == (4, 2, 4)


def test_words_that_stand_everywhere_give_no_place() -> None:
    names = [f"name{index}" for index in range(60)]
    counts = order([["the"] * 50, names], [*names, *(["the"] * 50)])
    assert (counts.blocks, counts.placed) == (2, 1)


def test_a_single_block_has_no_order() -> None:
    assert order([["a", "b"]], ["a", "b"]).tau is None


def test_counts_of_pages_are_summed() -> None:
    one = OrderCounts(layout_errors=1, blocks=4, placed=3, pairs=3, in_order=2, reversed=1)
    assert one + one == OrderCounts(layout_errors=2, blocks=8, placed=6, pairs=6, in_order=4, reversed=2)
    assert (one + one).tau == one.tau
    assert OrderCounts().flexible_accuracy is None
