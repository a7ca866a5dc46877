"""Which runs the gate compares, and what it says of those that it does not."""

from dataclasses import replace

import gates
import pytest
from gates import page, record, with_dates
from hypothesis import given

from scanfix.model.gate import MarkingFate, Record
from scanfix.scoring.comparable import mismatches


@given(gates.pairs())
def test_a_run_can_be_compared_with_another_of_the_same_pages(runs: tuple[Record, Record]) -> None:
    assert mismatches(*runs, allow_engine_change=False) == ()


@pytest.mark.parametrize(
    ("after", "fault"),
    [
        (
            record(page(markings=(MarkingFate(mark_id="m1", text="SECRET", status="active", found="active"),))),
            "memo p. 1: the baseline has not the markings that its truth has",
        ),
        (record(page(), policy="raw/1"), "the policy was archival/1, now it is raw/1"),
        (replace(record(page()), view="reading"), "the view was body, now it is reading"),
        (record(page(), engine="tesseract 5.4.1"), "engine was tesseract 5.3.0, now it is tesseract 5.4.1"),
        (record(page(number=2)), "memo p. 1 has no ground truth any more"),
        (record(page(), page(number=2)), "memo p. 2 is not in the baseline"),
        (record(page(image="ff#1")), "memo p. 1: its image is another"),
        (record(page(truth="ff")), "memo p. 1: its ground truth was changed"),
        (record(page(length=1206)), "memo p. 1: its truth is the same but counted otherwise"),
    ],
)
def test_what_makes_runs_incomparable_is_told(after: Record, fault: str) -> None:
    assert any(said.startswith(fault) for said in mismatches(record(page()), after, allow_engine_change=False))


def test_every_difference_is_told_not_only_the_first() -> None:
    after = record(page(image="ff#1"), page(number=2), policy="raw/1")
    assert len(mismatches(record(page()), after, allow_engine_change=False)) == 3


def test_another_policy_is_told_once_though_every_page_has_other_words() -> None:
    after = record(page(length=1206), policy="raw/1")
    assert len(mismatches(record(page()), after, allow_engine_change=False)) == 1


def test_other_kinds_of_words_from_the_same_truth_are_no_worse_reading() -> None:
    before, after = with_dates(record(page()), 0, of=6), with_dates(record(page()), 0, of=7)
    (fault,) = mismatches(before, after, allow_engine_change=False)
    assert fault == "token: date was counted over 6 words, now over 7; the scoring was changed"


def test_a_kind_of_words_read_worse_is_compared_while_the_truth_has_as_many() -> None:
    before, after = with_dates(record(page()), 0, of=6), with_dates(record(page()), 2, of=6)
    assert mismatches(before, after, allow_engine_change=False) == ()


def test_another_engine_can_be_allowed() -> None:
    after = record(page(), engine="tesseract 5.4.1")
    assert mismatches(record(page()), after, allow_engine_change=True) == ()


def test_other_language_data_are_another_engine_but_a_further_language_is_a_setting() -> None:
    before = record(page())
    other = replace(before, versions=(("language eng", "00000000"),))
    further = replace(before, versions=(*before.versions, ("language deu", "11111111")))
    assert len(mismatches(before, other, allow_engine_change=False)) == 1
    assert mismatches(before, further, allow_engine_change=False) == ()


def test_settings_and_our_own_steps_may_differ() -> None:
    after = replace(record(page(), settings="d4"), versions=(("OpenCV", "6.0"), ("step clean", "scanfix.clean 9")))
    assert mismatches(record(page()), after, allow_engine_change=False) == ()


def test_a_lost_page_is_compared_without_its_image() -> None:
    assert mismatches(record(page()), record(page(image="", lost=True)), allow_engine_change=False) == ()
