"""Displaced blocks are named one by one, each with the place where it should stand and what shows it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_truth_lint_rules import findings

from scanfix.truth.lint import agreement, order

FIRST = """Article 1

The ferry at Halm is open to the boats of both parties, and no dues are taken from them.
"""
FORCE = """
The present {} comes into force upon its signature by the two boards.
"""
TERM = """
The present {} is valid for ten years, and unless one of the boards renounces it stays in force for another three"""
REST = """
months and may then be renewed by a letter.
"""
DONE = """
Done at Tessin on May 4, 1950, in two copies.
"""
SIGNED = """
On behalf of the Harbour Board of Tessin

JONAS WIRT
{}
On behalf of the Ferry Men of Halm

EMIL SARROW
"""
SECOND = """
Article 2
"""
SIBLING = f"\nSECOND PART\n\n{FIRST}{SECOND}{FORCE.format('agreement')}{DONE}{SIGNED.format('')}"


def faults(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.suggestion) for one in findings(text, rule="order-fault")]


def line_of(text: str, start: str) -> int:
    return text[: text.index(start)].count("\n") + 1


def test_columns_that_were_read_across_give_a_fault_for_each_displaced_block() -> None:
    text = FIRST + REST + DONE + SECOND + FORCE.format("treaty") + SIGNED.format(TERM.format("treaty") + "\n")
    rest, done = line_of(text, "months"), line_of(text, "Done")
    force, term = line_of(text, "The present treaty comes"), line_of(text, "The present treaty is")
    assert faults(text) == [
        (rest, f"move it after line {term}, joined to it"),
        (done, f"move it after line {rest}"),
        (term, f"move it after line {force}"),
    ]


def test_the_message_tells_the_parted_sentence_and_the_sibling_that_keeps_the_order() -> None:
    text = FIRST + REST + DONE + SECOND + FORCE.format("treaty") + SIGNED.format(TERM.format("treaty") + "\n") + SIBLING
    rest, done, term = findings(text, rule="order-fault")
    assert '"…for another three" (line 17) goes on with "months and may…"' in rest.message
    assert 'a closing formula stands before "Article 2"' in done.message
    assert "text of an article stands among the closing formulas" in term.message
    for one in (rest, done, term):
        assert "the sibling section closes in that order (line 33, line 35, line 39)" in one.message


def test_a_sibling_that_closes_otherwise_is_no_evidence() -> None:
    other = SIBLING.replace(DONE, "").replace("EMIL SARROW\n", "EMIL SARROW\n" + DONE)
    text = FIRST + DONE + SECOND + FORCE.format("treaty") + SIGNED.format("") + other
    assert all("sibling" not in one.message for one in findings(text, rule="order-fault"))


def test_deeds_in_order_have_no_fault() -> None:
    whole = TERM.format("treaty") + " months and may then be renewed.\n"
    deed = FIRST + SECOND + FORCE.format("treaty") + whole + DONE + SIGNED.format("")
    assert faults(deed + SIBLING) == []


def test_a_formula_before_the_last_article_is_displaced_alone() -> None:
    text = FIRST + DONE + SECOND + FORCE.format("treaty") + SIGNED.format("")
    assert faults(text) == [(line_of(text, "Done"), f"move it after line {line_of(text, 'The present')}")]


def test_a_signature_before_the_last_article_is_displaced_with_its_name() -> None:
    text = FIRST + "\nOn behalf of the Harbour Board of Tessin\n\nJONAS WIRT\n" + SECOND + FORCE.format("treaty") * 2
    assert [line for line, _ in faults(text)] == [line_of(text, "On behalf"), line_of(text, "JONAS")]


def test_articles_may_have_roman_numbers() -> None:
    text = (
        (FIRST + DONE + SECOND + FORCE.format("treaty"))
        .replace("Article 1", "Article IV")
        .replace("Article 2", "Article V")
    )
    assert [line for line, _ in faults(text)] == [line_of(text, "Done")]


def test_articles_without_formulas_are_no_deed() -> None:
    assert faults(FIRST + SECOND + FORCE.format("treaty")) == []


OPEN = "The harbour board has met four times this year, and its members agree that the ferry needs another"
GOES_ON = "boat before the winter."
CLOSED = "The watchman has seen nobody at the pier since March."


def test_a_sentence_that_goes_on_in_an_earlier_block_is_found_outside_deeds() -> None:
    text = f"{CLOSED}\n\n{GOES_ON}\n\n{CLOSED}\n\n{OPEN}\n\n{CLOSED}"
    [one] = findings(text)
    assert (one.rule, one.line, one.suggestion) == ("order-fault", 3, "move it after line 7, joined to it")


def test_what_stands_inside_a_sentence_is_found() -> None:
    [one] = findings(f"{OPEN}\n\n{CLOSED}\n\n{GOES_ON}")
    assert (one.rule, one.line) == ("order-fault", 5)
    assert "what stands between them (from line 3) goes elsewhere or into a fence" in one.suggestion


def test_capitals_inside_a_sentence_are_found() -> None:
    [one] = findings(f"{OPEN}\n\nRECEIVED AT HALM\n\n{GOES_ON}")
    assert (one.rule, one.line) == ("order-fault", 5)


def test_of_two_ends_the_one_that_asks_for_the_start_is_taken() -> None:
    asks_number = "The agreement is valid for ten years, and stays in force after that term for another five"
    text = f"{CLOSED}\n\nyears and may be renewed.\n\n{OPEN}\n\n{CLOSED}\n\n{asks_number}\n\n{CLOSED}"
    moved = [one for one in findings(text) if one.rule == "order-fault"]
    assert [(one.line, one.suggestion) for one in moved] == [(3, "move it after line 9, joined to it")]
    assert [one.line for one in findings(text) if one.rule == "join-open-end"] == [5]


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("in force for another five", "years and will be extended"),
        ("which are believed to", "have been dictated"),
        ("the wish to", "settle the dues"),
        ("policies reflect the", "central planning"),
        ("the transfer of", "the property"),
        ("In the event of", "one of the parties"),
        ("to develop and", "consolidate ties"),
        ("it has", "been closed"),
        ("the board will", "not pay"),
        ("and in 1953,", "following the armistice"),
        ("leadership", "in the world"),
    ],
)
def test_an_end_and_a_start_can_agree(end: str, start: str) -> None:
    assert agreement.strength(end, start) > 0


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("for another five", "in the world"),
        ("the wish to", "of the board"),
        ("policies reflect the", "they have gone"),
        ("the transfer of", "is over"),
        ("it has", "house and home"),
        ("the board will", "the ferry"),
        ("leadership", "they went"),
        ("…", "years"),
    ],
)
def test_an_end_and_a_start_can_disagree(end: str, start: str) -> None:
    assert agreement.strength(end, start) == 0


WEAK_END = "The harbour board has met four times this year to look into the conduct of the harbour"
WEAK_START = "master and his men."


def test_the_only_end_and_the_only_start_belong_together_even_if_little_speaks_for_it() -> None:
    [one] = findings(f"{CLOSED}\n\n{WEAK_START}\n\n{CLOSED}\n\n{WEAK_END}\n\n{CLOSED}")
    assert (one.rule, one.line) == ("order-fault", 3)


def test_of_two_ends_that_ask_for_little_none_is_taken() -> None:
    text = f"{CLOSED}\n\n{WEAK_START}\n\n{WEAK_END}\n\n{CLOSED}\n\n{WEAK_END}\n\n{CLOSED}"
    assert [one.rule for one in findings(text)] == ["lost-text", "join-open-end", "join-open-end"]


@given(st.permutations(range(7)), st.frozensets(st.integers(0, 6)))
def test_as_much_as_can_stays_and_of_equals_the_least_suspect(places: list[int], suspects: frozenset[int]) -> None:
    rising = [
        chosen for length in range(8) for chosen in combinations(places, length) if list(chosen) == sorted(chosen)
    ]
    best = max((len(chosen), len(set(chosen) - suspects)) for chosen in rising)
    stays = order.kept(places, suspects)
    assert (len(stays), len(stays - suspects)) == best
    assert tuple(place for place in places if place in stays) in rising


PIECES = [
    "Article 1", "Article 2", "Article 2.", "Section 3 of the act is void.", "ANNEX B", CLOSED, OPEN, GOES_ON, WEAK_END,
    "boats and men, and of all that belongs to the", "years and will be renewed for another five", DONE.strip(),
    "On behalf of the Harbour Board of Tessin", "JONAS WIRT", "section 4 and its boats.", "[^1]: A note.",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_order_of_pieces_can_be_judged_and_each_block_is_moved_once(pieces: list[str]) -> None:
    moved = [one.line for one in findings("\n\n".join(pieces), rule="order-fault")]
    assert len(moved) == len(set(moved))
    assert all(line % 2 == 1 for line in moved)


def test_a_sentence_in_three_parts_is_put_together() -> None:
    middle = "years and will then be renewed, if the boards of both towns agree, for another five"
    first = "The agreement is valid for ten years, and stays in force after that term for another five"
    text = f"{CLOSED}\n\n{middle}\n\n{CLOSED}\n\nyears at most.\n\n{CLOSED}\n\n{first}\n\n{CLOSED}"
    assert len([one for one in findings(text) if one.rule == "order-fault"]) == 2


def test_no_sentence_goes_on_in_itself() -> None:
    text = (
        f"{CLOSED}\n\nyears and will then be renewed, if the boards of both towns agree, for another five\n\n{CLOSED}"
    )
    assert [one.rule for one in findings(text)] == ["lost-text", "join-open-end"]


@pytest.mark.parametrize("text", ["Section 3 of the act is void.", "section 4 of the act", "Articles of trade"])
def test_sentences_about_articles_are_no_headings(text: str) -> None:
    assert faults(f"{FIRST}{DONE}\n{text}\n\n{CLOSED}") == []


def test_an_articles_heading_may_have_a_stop() -> None:
    assert len(faults(f"{FIRST}{DONE}\nArticle 2.\n\n{CLOSED}")) == 1
