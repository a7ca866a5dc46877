"""What the errors of a page are about: regions, tokens, views, order, confusions."""

import sys
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, KindEdits
from scanfix.model.transcript import MASK
from scanfix.scoring.detail import DetailedScore, score_in_detail
from scanfix.scoring.page import score_page, total
from scanfix.scoring.parts import ComparedView, Part, joined
from scanfix.scoring.policy import POLICIES, PolicyName

PAGE = PageId(scan_id="despatch", number=1)
TEXTS = st.lists(st.text(st.sampled_from(f"aB1 .-\n{MASK}"), max_size=10), max_size=5)


def view(name: str, blocks: list[tuple[str, str]], hypothesis: str) -> ComparedView:
    return ComparedView(
        name=name, reference=tuple(Part(kind=kind, text=text) for kind, text in blocks), hypothesis=hypothesis
    )


def detailed(body: ComparedView, *others: ComparedView, policy: PolicyName = "archival") -> DetailedScore:
    return score_in_detail(PAGE, body, others, policy=POLICIES[policy], markings=("TOP SECRET",))


def summed(entries: tuple[KindEdits, ...]) -> EditCounts:
    return sum((entry.counts for entry in entries), EditCounts())


def by_kind(entries: tuple[KindEdits, ...]) -> dict[str, EditCounts]:
    return {entry.kind: entry.counts for entry in entries}


@given(TEXTS, st.text(st.sampled_from("aB1 .-\n"), max_size=30), st.sampled_from(["raw", "archival"]))
def test_regions_and_tokens_add_up_to_the_page(texts: list[str], read: str, policy: PolicyName) -> None:
    score = detailed(view("body", [("paragraph", text) for text in texts], read), policy=policy).score
    assert summed(score.regions) == summed(score.tokens) == score.words
    assert 0 <= score.order.layout_errors <= score.words.errors


@given(TEXTS, st.text(st.sampled_from("aB1 .-\n"), max_size=30), st.sampled_from(list(POLICIES)))
def test_words_and_characters_are_those_of_the_plain_score(texts: list[str], read: str, policy: PolicyName) -> None:
    body = view("body", [("paragraph", text) for text in texts], read)
    score = detailed(body, policy=policy).score
    plain = score_page(PAGE, reference=joined(body.reference), hypothesis=read, policy=POLICIES[policy])
    assert (score.words, score.characters, score.bag) == (plain.words, plain.characters, plain.bag)
    assert summed(score.regions) == score.words


@given(st.lists(st.sampled_from(["Tessin", "1950", "a", "b."]), max_size=8))
def test_a_perfect_reading_with_noise_at_a_mask_has_no_error_anywhere(words: list[str]) -> None:
    text = " ".join([*words, MASK, *words])
    read = " ".join([*words, "noise", *words])
    score = detailed(view("body", [("paragraph", text)], read), view("reading", [("paragraph", text)], read)).score
    counts = [score.words, score.characters, score.order.flexible, *(entry.counts for entry in score.views)]
    assert all(count.errors == 0 for count in counts)


def test_words_belong_to_the_kind_of_their_block() -> None:
    blocks = [("paragraph", "The harbour is closed."), ("table", "crates 12\nbarrels 7"), ("footnote", "* Since May.")]
    score = detailed(view("body", blocks, "The harbour was closed.\ncrates 12 barrels\n* Since May.")).score
    assert by_kind(score.regions) == {
        "footnote": EditCounts(hits=3),
        "paragraph": EditCounts(hits=3, substitutions=1),
        "table": EditCounts(hits=3, deletions=1),
    }


def test_furniture_has_regions_of_its_own_and_its_tokens_count() -> None:
    body = view("body", [("paragraph", "Trade fell.")], "Trade fell.")
    furniture = view("furniture", [("head", "TOP SECRET"), ("pageno", "- 3 -")], "TOP SECRET")
    score = detailed(body, furniture).score
    assert score.words == EditCounts(hits=2)
    assert by_kind(score.regions) == {
        "furniture: head": EditCounts(hits=2),
        "furniture: pageno": EditCounts(deletions=3),
        "paragraph": EditCounts(hits=2),
    }
    assert by_kind(score.tokens)["marking"] == EditCounts(hits=2)
    assert by_kind(score.tokens)["number"] == EditCounts(deletions=1)
    assert by_kind(score.views) == {"body": EditCounts(hits=2), "furniture": EditCounts(hits=2, deletions=3)}


def test_what_was_read_on_an_empty_page_is_of_no_region() -> None:
    score = detailed(view("body", [], "specks of ink")).score
    assert by_kind(score.regions) == {"none": EditCounts(insertions=3)}


def test_a_policy_that_folds_case_tells_no_tokens_apart() -> None:
    assert detailed(view("body", [("paragraph", "In 1950")], "In 1950"), policy="search").score.tokens == ()


def test_a_year_misread_is_a_number_and_a_confusion() -> None:
    found = detailed(view("body", [("paragraph", "closed in 1950 by order")], "closed in 195O by order"))
    assert by_kind(found.score.tokens)["number"] == EditCounts(substitutions=1)
    assert dict(found.letters) == {("0", "O"): 1}
    assert dict(found.words) == {("1950", "195O"): 1}


def test_the_layout_error_is_what_the_words_without_order_do_not_explain() -> None:
    blocks = [("paragraph", "one two three four five"), ("paragraph", "six seven eight nine")]
    score = detailed(view("body", blocks, "six seven eight nine\none two three four five")).score
    assert score.words.errors == score.order.layout_errors == 8
    assert score.layout_rate == pytest.approx(8 / 9)
    assert (score.order.tau, score.order.flexible_accuracy) == (-1, 1)
    assert detailed(view("body", [], "")).score.layout_rate is None


def test_totals_sum_the_details() -> None:
    one = detailed(view("body", [("paragraph", "In 1950 a b"), ("table", "c")], "In 1950 a x c")).score
    totals = total([one, one])
    assert totals.regions == tuple(KindEdits(kind=e.kind, counts=e.counts + e.counts) for e in one.regions)
    assert totals.tokens == tuple(KindEdits(kind=e.kind, counts=e.counts + e.counts) for e in one.tokens)
    assert totals.views[0].counts.hits == 8
    assert totals.order == one.order + one.order
    assert totals.layout_rate == one.layout_rate


def test_a_page_of_ten_thousand_words_takes_less_than_three_seconds_and_forty_megabytes() -> None:
    words = [f"w{index * 7919 % 4999}ord{index % 7}" for index in range(10_000)]
    read = [word if index % 9 else f"{word}x" for index, word in enumerate(words)]
    lines = ["\n".join(" ".join(side[at : at + 10]) for at in range(0, 10_000, 10)) for side in (words, read)]
    blocks = [("paragraph", block) for block in (lines[0][:30_000], lines[0][30_000:])]
    page = view("body", blocks, lines[1])
    start = time.process_time()
    score = detailed(page).score
    assert time.process_time() - start < (9 if sys.gettrace() else 3)
    assert score.words.hits > 8_000
    tracemalloc.start()
    detailed(page)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
