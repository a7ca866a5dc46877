"""Marks match by kind, place and wording; status is judged where the truth is sure of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind, MarkStatus
from scanfix.model.page import PageId
from scanfix.model.score import KindCounts, MarkCounts, PageScore
from scanfix.model.transcript import MASK, Marking
from scanfix.scoring.marks import count_markings, match_marks, sum_marks, wilson, wording
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES

ARCHIVAL = POLICIES["archival"]


def mark(
    left: int, *, kind: MarkKind = "classification", text: str = "SECRET", status: MarkStatus | None = None
) -> Mark:
    """Draw a mark of 100 x 40 pixels."""
    box = Box(left=left, top=0, right=left + 100, bottom=40)
    return Mark(mark_id=f"{kind}{left}", kind=kind, box=box, text=text, confidence=1.0, status=status)


def test_a_mark_is_found_when_place_and_wording_agree() -> None:
    matches = match_marks([mark(0, text="TOP SECRET")], [mark(20, text="Top-Secret")])
    assert matches.of_kind("classification") == MarkCounts(true_positives=1)
    assert [(pair.truth.box.left, pair.found.box.left) for pair in matches.pairs] == [(0, 20)]
    assert matches.pairs[0].iou == pytest.approx(80 / 120)


def told(text: str, status: MarkStatus = "struck") -> Marking:
    return Marking(text=text, status=status, block="head")


def test_markings_of_two_transcripts_match_by_their_wording() -> None:
    truth = [told("TOP SECRET"), told("SECRET"), told("RESTRICTED")]
    assert count_markings(truth, [told("Top  Secret", "active"), told("SECRET"), told("COPY")]) == MarkCounts(
        true_positives=2, false_positives=1, false_negatives=1, status_right=1, status_wrong=1
    )


def test_of_equal_markings_those_of_equal_status_match() -> None:
    both = [told("SECRET", "active"), told("SECRET", "struck")]
    assert count_markings(both, both[::-1]) == MarkCounts(true_positives=2, status_right=2)


@given(st.lists(st.sampled_from(["SECRET", "COPY"]).map(told)), st.lists(st.sampled_from(["SECRET", "SEAL"]).map(told)))
def test_every_marking_is_counted_once(truth: list[Marking], found: list[Marking]) -> None:
    counts = count_markings(truth, found)
    assert counts.true_positives + counts.false_negatives == len(truth)
    assert counts.true_positives + counts.false_positives == len(found)


@pytest.mark.parametrize(
    "found",
    [mark(60), mark(0, text="CONFIDENTIAL"), mark(0, kind="banner")],
    ids=["elsewhere", "another wording", "another kind"],
)
def test_a_mark_that_differs_is_both_missed_and_a_false_alarm(found: Mark) -> None:
    truth = mark(0)
    matches = match_marks([truth], [found])
    assert (matches.pairs, matches.missed, matches.false_alarms) == ((), (truth,), (found,))
    assert matches.of_kind("classification").false_negatives == 1
    assert matches.of_kind(found.kind).false_positives == 1


def test_what_a_stamp_says_does_not_decide_whether_it_is_found() -> None:
    matches = match_marks([mark(0, kind="stamp", text="DOCUMENT NO. 26")], [mark(0, kind="stamp", text="")])
    assert matches.of_kind("stamp") == MarkCounts(true_positives=1)


def test_a_lower_threshold_matches_what_overlaps_less() -> None:
    assert match_marks([mark(0)], [mark(60)], iou=0.2).of_kind("classification").true_positives == 1


def test_the_better_overlap_wins_and_no_mark_is_matched_twice() -> None:
    near, nearer = mark(20), mark(10)
    matches = match_marks([mark(0)], [near, nearer])
    assert [pair.found for pair in matches.pairs] == [nearer]
    assert matches.false_alarms == (near,)


@pytest.mark.parametrize(
    ("true", "found", "expected"),
    [
        ("struck", "struck", MarkCounts(true_positives=1, status_right=1)),
        ("active", "struck", MarkCounts(true_positives=1, status_wrong=1)),
        ("struck", "uncertain", MarkCounts(true_positives=1, status_uncertain=1)),
        ("struck", None, MarkCounts(true_positives=1, status_uncertain=1)),
        ("uncertain", "struck", MarkCounts(true_positives=1)),
        (None, "struck", MarkCounts(true_positives=1)),
    ],
)
def test_status_is_judged_where_the_truth_is_sure(
    true: MarkStatus | None, found: MarkStatus | None, expected: MarkCounts
) -> None:
    assert match_marks([mark(0, status=true)], [mark(0, status=found)]).of_kind("classification") == expected


@given(
    st.lists(st.builds(mark, st.integers(0, 300), kind=st.sampled_from(["stamp", "banner"])), max_size=6),
    st.lists(st.builds(mark, st.integers(0, 300), kind=st.sampled_from(["stamp", "banner"])), max_size=6),
)
def test_every_mark_is_counted_once(truth: list[Mark], found: list[Mark]) -> None:
    matches = match_marks(truth, found)
    kinds: tuple[MarkKind, ...] = ("stamp", "banner")
    for kind in kinds:
        counts = matches.of_kind(kind)
        assert counts.true_positives + counts.false_negatives == sum(mark.kind == kind for mark in truth)
        assert counts.true_positives + counts.false_positives == sum(mark.kind == kind for mark in found)
    assert len(matches.pairs) + len(matches.missed) == len(truth)
    assert len(matches.pairs) + len(matches.false_alarms) == len(found)


def test_rates_of_marks_are_shares_or_nothing() -> None:
    counts = MarkCounts(true_positives=3, false_positives=1, false_negatives=2, status_right=2, status_uncertain=1)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)
    assert counts.status_accuracy == pytest.approx(2 / 3)
    empty = MarkCounts()
    assert (empty.precision, empty.recall, empty.f1, empty.status_accuracy) == (None, None, None, None)


def test_counts_are_summed_kind_by_kind() -> None:
    one, two = MarkCounts(true_positives=1), MarkCounts(false_positives=2, status_wrong=1)
    stamp, banner = KindCounts(kind="stamp", counts=one), KindCounts(kind="banner", counts=two)
    assert sum_marks([stamp, banner, stamp]) == (banner, KindCounts(kind="stamp", counts=MarkCounts(true_positives=2)))


def test_wordings_are_letters_and_digits() -> None:
    assert wording("Approved for Release: 2019/03/14 C02733136") == "approvedforrelease20190314c02733136"
    assert wording("T O P  SECRET") == wording("TOP-SECRET.")


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, score method without continuity correction.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_the_share_and_stays_within_0_and_1(successes: int, n: int) -> None:
    successes = min(successes, n)
    interval = wilson(successes, n)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


def test_without_trials_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


# Pages


def scored(number: int, reference: str, hypothesis: str) -> PageScore:
    return score_page(PageId(scan_id="s", number=number), reference=reference, hypothesis=hypothesis, policy=ARCHIVAL)


def test_a_page_is_scored_in_words_characters_bag_and_marks() -> None:
    score = score_page(
        PageId(scan_id="s", number=1),
        reference=f"consid-\nerable quan{MASK}\nof \u201ctea\u201d",
        hypothesis='consid-\nerable quantities\nof "tee"',
        policy=ARCHIVAL,
        true_marks=[mark(0)],
        found_marks=[mark(0), mark(200)],
    )
    assert score.policy == "archival/1"
    assert (score.words.hits, score.words.substitutions, score.words.errors) == (2, 1, 1)
    assert (score.characters.substitutions, score.characters.errors) == (1, 1)
    assert (score.bag.hits, score.bag.reference, score.bag.hypothesis) == (2, 3, 3)
    counts = MarkCounts(true_positives=1, false_positives=1)
    assert score.marks == (KindCounts(kind="classification", counts=counts),)


def test_totals_are_sums_and_tell_what_sums_hide() -> None:
    words = "a b c d e f g h i j"
    pages = [scored(number, words, words.replace("j", "x") if number > 8 else words) for number in range(1, 10)]
    pages.append(scored(10, words, ""))
    totals = total([*pages, scored(11, "", "noise")])
    assert (totals.pages, totals.policy) == (11, "archival/1")
    assert (totals.words.reference, totals.words.errors) == (100, 12)
    assert totals.bag.reference == 100
    assert (totals.median_rate, totals.p90_rate) == (0.0, 0.1)
    assert [page.page_id.number for page in totals.worst] == [10, 9, 8, 7, 6]


def test_totals_without_any_reference_have_no_rates() -> None:
    totals = total([scored(1, "", "noise")])
    assert (totals.median_rate, totals.p90_rate, totals.worst, totals.words.rate) == (None, None, (), None)


def test_scores_of_two_policies_are_never_summed() -> None:
    raw = score_page(PageId(scan_id="s", number=1), reference="a", hypothesis="a", policy=POLICIES["raw"])
    with pytest.raises(ValueError, match="raw/1"):
        total([raw, scored(2, "a", "a")])
