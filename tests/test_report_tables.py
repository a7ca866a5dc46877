"""The table of a batch: its rows, its totals, and Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix import report
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.page import PageId
from scanfix.model.score import BagCounts, EditCounts, KindCounts, MarkCounts, PageScore
from scanfix.report.tables import percent


def done(number: int = 1, scan_id: str = "bulletin", **more: object) -> PageSummary:
    known: dict[str, object] = {"state": "done", "seconds": 2.5, "words": 240, "marks": 4, "confidence": 0.914}
    return PageSummary(page_id=PageId(scan_id=scan_id, number=number), **(known | more))  # type: ignore[arg-type]


def failed(number: int) -> PageSummary:
    failure = PageFailure(
        scan_id="bulletin", page_number=number, verb="read", error="ScanError", message="damaged.", is_retryable=False
    )
    return PageSummary(page_id=PageId(scan_id="bulletin", number=number), state="failed", seconds=0, failure=failure)


def score(number: int, *, hits: int, substitutions: int, found: int = 0, missed: int = 0) -> PageScore:
    marks = MarkCounts(true_positives=found, false_negatives=missed)
    return PageScore(
        page_id=PageId(scan_id="bulletin", number=number),
        policy="archival/1",
        words=EditCounts(hits=hits, substitutions=substitutions),
        characters=EditCounts(hits=5 * hits, substitutions=substitutions),
        bag=BagCounts(),
        marks=(KindCounts(kind="classification", counts=marks), KindCounts(kind="banner", counts=marks)),
    )


def test_markdown_has_one_row_a_page_and_no_empty_columns() -> None:
    assert report.markdown(report.rows_of([done(1), failed(2)])).splitlines() == [
        "| page | state | words | confidence | marks | flags |",
        "| --- | --- | ---: | ---: | ---: | --- |",
        "| bulletin p. 1 | done | 240 | 91.4 % | 4 |  |",
        "| bulletin p. 2 | failed | – | – | – | ScanError |",
    ]


def test_scores_fill_their_columns() -> None:
    rows = report.rows_of([done(1), done(2)], [score(2, hits=90, substitutions=10, found=3, missed=1)])
    lines = report.markdown(rows).splitlines()
    assert lines[0] == "| page | state | words | confidence | WER | CER | marks | precision | recall |"
    assert lines[3] == "| bulletin p. 2 | done | 240 | 91.4 % | 10.0 % | 2.2 % | 4 | 100.0 % | 75.0 % |"
    assert lines[2] == "| bulletin p. 1 | done | 240 | 91.4 % | – | – | 4 | – | – |"


def test_totals_are_sums_of_counts_and_not_means_of_rates() -> None:
    scores = [score(1, hits=0, substitutions=10), score(2, hits=90, substitutions=0)]
    totals = report.totals_of(report.rows_of([done(1), done(2)], scores))
    assert totals is not None
    assert totals.words.rate == 0.1
    assert report.totals_of(report.rows_of([done(1)])) is None


@given(st.text(min_size=1).filter(lambda name: name.isprintable()))
def test_no_name_breaks_a_markdown_table(name: str) -> None:
    rows = report.markdown(report.rows_of([done(scan_id=name)])).splitlines()
    bars = [line.replace("\\\\", "").replace("\\|", "").count("|") for line in rows]
    assert len(set(bars)) == 1


def test_totals_are_micro_averages_over_the_scored_pages_of_the_batch() -> None:
    rows = report.rows_of(
        [done(1), failed(2)],
        [score(1, hits=90, substitutions=10, found=1, missed=1), score(9, hits=1, substitutions=0)],
    )
    totals = report.totals_of(rows)
    assert totals is not None
    assert totals.words.rate == pytest.approx(0.1)
    assert (totals.marks.precision, totals.marks.recall) == (1.0, 0.5)
    assert rows[1].score is None
    assert report.totals_of(report.rows_of([done(1)])) is None


def test_a_share_is_written_for_people() -> None:
    assert [percent(0.1234), percent(None), percent(0)] == ["12.3 %", "–", "0.0 %"]
    assert percent(0.1234, digits=2) == "12.34 %"
