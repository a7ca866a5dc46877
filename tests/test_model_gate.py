"""What the gate's values say of themselves."""

from dataclasses import replace

import gates

from scanfix.model.gate import PageChange, RateChange, StratumChange
from scanfix.model.score import EditCounts


def test_a_record_sums_its_pages() -> None:
    run = gates.record(gates.page("a", wrong=20), gates.page("b", wrong=4))
    assert (run.characters.errors, run.characters.reference) == (24, 2400)
    assert (run.words.errors, run.words.reference) == (12, 400)


def test_documents_are_named_once_in_order() -> None:
    run = gates.record(gates.page("b"), gates.page("a", 1), gates.page("a", 2))
    assert run.documents == ("a", "b")


def test_a_page_without_words_is_empty_only_where_there_is_text() -> None:
    assert gates.page(read=0).is_empty
    assert not gates.page(read=0, length=0).is_empty
    assert not gates.page(read=1).is_empty


def test_a_rate_change_is_in_shares() -> None:
    before, after = gates.edits(10, 1000), gates.edits(15, 1000)
    change = RateChange(name="CER", before=before, after=after, margin=0.003, spread=None)
    assert change.difference is not None
    assert round(change.difference, 9) == 0.005


def test_without_a_reference_there_is_no_difference() -> None:
    nothing = EditCounts(insertions=3)
    assert StratumChange(name="token: date", before=nothing, after=nothing, p=1.0).difference is None


def test_a_page_change_counts_what_went_wrong_anew() -> None:
    change = PageChange(before=gates.page(wrong=20), after=gates.page(wrong=26), share=1.0)
    assert (change.added, change.page_id) == (6, gates.page().page_id)


def test_a_fact_has_a_name_of_one_line() -> None:
    fact = gates.fact(holds=False)
    assert fact.name == "memo/p0001 present No. 17"
    assert replace(fact, found="other").name == fact.name
