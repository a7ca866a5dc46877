"""Confidences are held against what came true: bins, expected calibration error, Brier score, draws of pages."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.reliability import Reliability
from scanfix.model.text import Line, PageText, Region, Word
from scanfix.model.transcript import MASK
from scanfix.scoring.aligned import align_lines
from scanfix.scoring.calibration import JudgedWord, calibrate, judge
from scanfix.scoring.policy import POLICIES, PolicyName

MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
WORDS = st.builds(JudgedWord, st.floats(0, 1), st.booleans())
PAGES = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=5).filter(any)


def page_text(*lines: str) -> PageText:
    """Make a page of lines such as ``"the/0.9 port/0.4"``."""
    read = []
    for row, line in enumerate(lines):
        parts = [part.rsplit("/", 1) for part in line.split()]
        words = tuple(
            Word(
                word_id=f"w{row}-{column}",
                text=text,
                box=Box(left=100 * column, top=50 * row, right=100 * column + 90, bottom=50 * row + 30),
                confidence=float(confidence),
            )
            for column, (text, confidence) in enumerate(parts)
        )
        read.append(Line(line_id=f"l{row}", box=Box.around(word.box for word in words), words=words))
    whole = Box.around(line.box for line in read)
    region = Region(region_id="r1", kind="paragraph", box=whole, lines=tuple(read))
    return PageText(page_id=PageId(scan_id="memo", number=1), regions=(region,), provenance=MADE)


def judged(reference: str, *lines: str, policy: PolicyName = "archival") -> Sequence[tuple[float, bool]]:
    text = page_text(*lines)
    read = "\n".join(line.text for line in text.body_lines)
    aligned = align_lines(reference, read, policy=POLICIES[policy], text=text)
    return list(judge(words for line in aligned for words in line.words))


def found(*pages: Sequence[JudgedWord]) -> Reliability:
    reliability = calibrate(pages)
    assert reliability is not None
    return reliability


def many(confidence: float, *, words: int, right: int) -> list[JudgedWord]:
    return [JudgedWord(confidence, index < right) for index in range(words)]


# Which words are judged


def test_hits_are_right_and_what_stands_for_another_word_or_for_none_is_wrong() -> None:
    assert judged("the port is shut", "the/0.9 pert/0.4 is/0.8 quite/0.3 shut/0.7") == [
        *((0.9, True), (0.4, False), (0.8, True), (0.3, False), (0.7, True))
    ]


def test_a_word_that_was_never_read_is_not_judged() -> None:
    assert judged("the port of Tessin", "the/0.9 port/0.8") == [(0.9, True), (0.8, True)]


def test_what_was_read_where_the_reference_is_masked_is_not_judged() -> None:
    assert judged(f"the {MASK} is shut", "the/0.9 qqq/0.2 is/0.8 shut/0.7") == [(0.9, True), (0.8, True), (0.7, True)]


def test_both_words_of_one_that_fell_apart_are_wrong() -> None:
    assert judged("the harbour master", "the/0.9 har/0.6 bour/0.5 master/0.8") == [
        *((0.9, True), (0.6, False), (0.5, False), (0.8, True))
    ]


def test_a_word_over_two_lines_is_as_sure_as_its_less_sure_part() -> None:
    assert judged("an inter-\nnational port", "an/0.9 inter-/0.8", "national/0.3 port/0.7") == [
        *((0.9, True), (0.3, True), (0.7, True))
    ]


def test_a_sign_that_the_policy_drops_makes_nothing_surer() -> None:
    assert judged("the port", "the/0.9 -/0.2 port/0.8", policy="search") == [(0.2, True), (0.8, True)]


def test_words_whose_place_is_not_known_have_no_confidence() -> None:
    aligned = align_lines("the port", "the port", policy=POLICIES["archival"])
    assert list(judge(words for line in aligned for words in line.words)) == []


@given(
    st.lists(st.sampled_from(["a", "b", "ab", "a-", "-", "c"]), min_size=1, max_size=8),
    st.sampled_from(["a b c", "ab", "c a"]),
)
@settings(deadline=None)
def test_every_word_of_a_page_is_judged_once(read: list[str], reference: str) -> None:
    line = " ".join(f"{word}/0.5" for word in read)
    assert len(judged(reference, line, policy="raw")) == len(read)


# What their confidences are worth


def test_without_a_word_there_is_nothing_to_believe() -> None:
    assert calibrate([(), ()]) is None


def test_the_expected_error_is_the_mean_distance_of_confidence_and_share_right() -> None:
    # Half of the words promise 0.95 and hold 0.75, half promise 0.55 and hold 0.5.
    reliability = found([*many(0.95, words=20, right=15), *many(0.55, words=20, right=10)])
    assert reliability.expected_error == pytest.approx((0.2 + 0.05) / 2)
    assert (reliability.words, reliability.right) == (40, 25)
    assert reliability.brier == pytest.approx((15 * 0.05**2 + 5 * 0.95**2 + 10 * 0.45**2 + 10 * 0.55**2) / 40)


def test_bins_hold_what_they_promise_and_what_came_true() -> None:
    bins = found([*many(0.95, words=20, right=15), *many(1.0, words=2, right=2), *many(0, words=1, right=0)]).bins
    assert [(one.low, one.high) for one in bins[:2]] == [(0, 0.1), (0.1, 0.2)]
    assert (bins[9].words, bins[9].share_right) == (22, 17 / 22)
    assert bins[9].mean_confidence == pytest.approx(21 / 22)
    assert (bins[0].words, bins[0].share_right) == (1, 0)
    assert bins[5].share_right is None
    assert bins[5].mean_confidence is None


def test_bins_of_equally_many_words_see_what_one_wide_bin_hides() -> None:
    # In one bin of width 0.1, too sure and too unsure words cancel out.
    words = [*many(0.91, words=50, right=50), *many(0.99, words=50, right=40)]
    reliability = found(words)
    assert reliability.expected_error == pytest.approx(0.05)
    assert reliability.adaptive_error == pytest.approx((0.09 + 0.19) / 2)


def test_a_page_alone_has_no_interval() -> None:
    assert found(many(0.9, words=10, right=9)).interval is None
    assert found(many(0.9, words=10, right=9), []).interval is None


def test_pages_that_are_alike_give_a_short_interval_and_unlike_ones_a_long_one() -> None:
    alike = found(*[many(0.9, words=50, right=40)] * 6).interval
    unlike = found(*[many(0.9, words=50, right=right) for right in (50, 50, 50, 45, 30, 15)]).interval
    assert alike is not None
    assert unlike is not None
    assert alike.low == pytest.approx(alike.high) == pytest.approx(0.1)
    assert unlike.low < 0.1 < unlike.high


@given(PAGES)
@settings(deadline=None)
def test_errors_are_shares_and_bins_hold_every_word(pages: list[list[JudgedWord]]) -> None:
    reliability = found(*pages)
    assert reliability.words == sum(map(len, pages))
    assert reliability.right == sum(word.is_right for page in pages for word in page)
    for error in (reliability.expected_error, reliability.adaptive_error, reliability.brier):
        assert 0 <= error <= 1
    assert reliability.interval is None or 0 <= reliability.interval.low <= reliability.interval.high <= 1


@given(PAGES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_words_and_pages_changes_nothing(pages: list[list[JudgedWord]], random: Random) -> None:
    before = found(*pages)
    mixed = [list(page) for page in pages]
    random.shuffle(mixed)
    for page in mixed:
        random.shuffle(page)
    after = found(*mixed)
    for name in ("expected_error", "adaptive_error", "brier"):
        assert getattr(after, name) == pytest.approx(getattr(before, name))


@given(PAGES)
@settings(deadline=None)
def test_the_expected_error_is_never_less_than_the_distance_of_the_means(pages: list[list[JudgedWord]]) -> None:
    reliability = found(*pages)
    promised = sum(word.confidence for page in pages for word in page)
    distance = abs(promised - reliability.right) / reliability.words
    assert reliability.expected_error >= distance - 1e-9
    assert reliability.adaptive_error >= distance - 1e-9
