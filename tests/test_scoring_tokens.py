"""Dates, numbers, reference numbers, names and markings are told apart by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.scoring.tokens import TokenKind, token_kinds


def found(text: str, kind: TokenKind, *markings: str) -> str:
    words = text.split()
    kinds = token_kinds(words, markings=markings)
    return " ".join(word for word, one in zip(words, kinds, strict=True) if one == kind)


@pytest.mark.parametrize(
    "date",
    [
        "31 August, 1950",
        "October 5, 1950.",
        "14 October 1954",
        "April, 1962",
        "1950-10-05",
        "3rd of May, 1951",
        "30-31 AUGUST",
        "(5 Sept. 1950)",
        "12/3/51",
        "1er août 1950",
        "3. Oktober 1950",
    ],
)
def test_a_date_is_found_in_every_form(date: str) -> None:
    assert found(f"the office wrote on {date} that", "date") == date


@pytest.mark.parametrize("text", ["in August he left", "he may go", "in 1950", "a march of 5000 men", "May 5000"])
def test_a_month_or_a_year_alone_is_no_date(text: str) -> None:
    assert found(text, "date") == ""


@pytest.mark.parametrize(
    "number",
    [
        "C.P.(50) 201",
        "C.O.S. (51) 12",
        "FO 371/1023",
        "NIE - 58",
        "SNIE 10-3-61",
        "CIA-RDP79T00975A003800220001-5",
        "NO. 73-54",
        "No. 12",
        "E.O. 13526",
    ],
)
def test_a_reference_number_is_found_whole(number: str) -> None:
    assert found(f"as told in {number}, the depot", "reference number") == f"{number},"


def test_a_page_number_after_a_marking_is_no_reference_number() -> None:
    assert found("SECRET - 3 -", "reference number", "SECRET") == ""


def test_any_other_word_with_a_digit_is_a_number() -> None:
    assert found("there were 1,200 men and no 5th horse by 1950", "number") == "1,200 5th 1950"


def test_names_are_capitalised_words_within_a_sentence() -> None:
    text = "Yesterday the Premier of Karsovia, J. B. Marrow, met Mr. Talbot. The talks of NATO failed. Then he went"
    assert found(text, "name") == "Premier Karsovia, J. B. Marrow, Mr. Talbot. NATO"


def test_a_heading_in_capitals_and_a_sentence_after_it_are_no_names() -> None:
    assert found("THE STATE OF AFFAIRS The harbour and He", "name") == ""


def test_an_initial_that_ends_a_text_or_begins_a_list_is_no_name() -> None:
    assert found("see part A.", "name") == ""
    assert found("A. the first", "name") == ""


def test_the_longest_marking_is_found_with_its_sign() -> None:
    text = "TOP SECRET, a secret of SECRET men"
    assert found(text, "marking", "SECRET", "TOP  SECRET", " ") == "TOP SECRET, SECRET"


def test_a_word_of_a_marking_is_not_found_within_another_word() -> None:
    assert found("SECRETARY", "marking", "SECRET") == ""


@given(st.lists(st.text(st.sampled_from("aB1.-/(,5"), min_size=1, max_size=6), max_size=12))
def test_every_word_has_one_kind(words: list[str]) -> None:
    kinds = token_kinds(words, markings=("B1",))
    assert len(kinds) == len(words)
    assert all(
        not any(map(str.isdigit, word)) or kind not in {"name", "other"}
        for word, kind in zip(words, kinds, strict=True)
    )
