"""Scores become rows of counts and rates."""

from scanfix.model.page import PageId
from scanfix.model.score import BagCounts, Confusion, EditCounts, KindEdits, PageScore
from scanfix.report import score_rows
from scanfix.scoring.page import total


def page(number: int, hits: int, substitutions: int) -> PageScore:
    counts = EditCounts(hits=hits, substitutions=substitutions)
    return PageScore(
        page_id=PageId(scan_id="memo", number=number),
        policy="archival/1",
        words=counts,
        characters=counts,
        bag=BagCounts(),
        tokens=(KindEdits(kind="date", counts=counts),),
    )


PAGES = (page(1, 9, 1), page(2, 5, 5))


def test_the_worst_page_stands_first_and_all_pages_last() -> None:
    rows = list(score_rows.page_rows(PAGES, total(PAGES)))
    assert [row["page"] for row in rows] == ["memo p. 2", "memo p. 1", "all pages"]
    assert rows[-1] == {"page": "all pages", "words": 20, "S": 6, "D": 0, "I": 0, "WER": "30.00 %", "CER": "30.00 %"}


def test_what_is_counted_apart_is_named_by_its_group() -> None:
    (row,) = score_rows.kind_rows(total(PAGES))
    assert (row["counted apart"], row["words"]) == ("word: date", 20)


def test_each_policy_has_a_row() -> None:
    assert [row["policy"] for row in score_rows.policy_rows([total(PAGES)])] == ["archival/1"]


def test_confusions_say_nothing_where_a_side_is_empty() -> None:
    confusions = [Confusion(reference="c", hypothesis="o", count=3), Confusion(reference="", hypothesis=".", count=2)]
    assert list(score_rows.confusion_rows(confusions, most=1)) == [{"reference": "c", "output": "o", "count": 3}]
    assert list(score_rows.confusion_rows(confusions, most=2))[1]["reference"] == "nothing"
