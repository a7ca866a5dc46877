"""Joins, open ends and lost words between paragraphs."""

import pytest
from test_truth_lint_rules import findings

from scanfix.truth import lint, notation
from scanfix.truth.lint import prose

OPEN = "The harbour board has met four times this year, and its members agree that the ferry needs another"
CLOSED = "The watchman has seen nobody at the pier since March."


def rules(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.rule) for one in findings(text)]


def test_the_rest_of_a_sentence_after_an_open_end_is_a_join() -> None:
    assert rules(f"{OPEN}\n\nboat before the winter.") == [(3, "join-lower-case")]


@pytest.mark.parametrize("between", ["[^1]: A note.", "::: stamp\nRECEIVED\n:::", r"\* A note.", "- 4 -"])
def test_a_sentence_flows_around_furniture(between: str) -> None:
    assert [rule for _, rule in rules(f"{OPEN}\n\n{between}\n\nboat before the winter.")] == ["join-lower-case"]


def test_items_under_dashes_are_no_rest_of_a_sentence_and_one_dash_may_be() -> None:
    assert rules(f"{CLOSED}\n\n- two boats\n\n- the winter's coal") == []
    assert rules(f"{CLOSED}\n\n- two boats") == [(3, "lost-text")]


def test_signs_without_width_hide_no_stop() -> None:
    assert rules(f"{CLOSED}\u00ad\u200b\n\n{OPEN}.\ufeff") == []


def test_a_join_over_a_page_asks_for_arrows() -> None:
    [one] = findings(f"{OPEN}\n\n<!-- page 2 -->\n\nboat before the winter.")
    assert "⟶" in one.suggestion
    assert "⟵" in one.suggestion


def test_arrows_make_a_join_whole() -> None:
    assert rules(f"{OPEN} ⟶\n\n<!-- page 2 -->\n\n⟵ boat before the winter.") == []


def test_a_half_arrow_is_enough_to_say_that_a_sentence_goes_on() -> None:
    assert rules(f"{OPEN} ⟶\n\n<!-- page 2 -->\n\nboat before the winter.") == []


def test_pages_in_files_of_their_own_are_read_as_one_document() -> None:
    pages = {
        "scan/p0002.md": "---\npage: 2\n---\nboat before the winter.",
        "scan/p0001.md": OPEN,
    }
    documents = [notation.parse_placed(text, file=file, scan_id="scan") for file, text in pages.items()]
    [one] = lint.lint(documents, families=())
    assert (one.rule, one.file, one.line) == ("join-lower-case", "scan/p0002.md", 4)
    assert "the sentence of scan/p0001.md line 1" in one.message


def test_scans_of_one_name_in_two_folders_stay_apart() -> None:
    pages = {"a/p0001.md": OPEN, "b/p0002.md": "---\npage: 2\n---\nboat before the winter."}
    documents = [notation.parse_placed(text, file=file, scan_id="scan") for file, text in pages.items()]
    assert [one.rule for one in lint.lint(documents, families=())] == ["join-open-end"]


@pytest.mark.parametrize(
    "text",
    [
        "Memorandum by the Minister of State on Fishery Limits and Dues",
        "Department of Ferries\nBoard of Harbours\nMinistry of Dues",
        "- a. Director of Ferries\n- b. Assistant to the Director who is responsible for all the other boats there",
        "I have the honour to be, Sir, with great truth and regard, yours faithfully",
        "On behalf of the board and of all who have worked for it",
        "There are three courses open to us in this matter, as follows:-",
        "The potatoes were complete and the lock had not been forced. (SECRET)",
        "The potatoes were complete and the lock had not been forced.\\*",
        "The potatoes were complete and the lock had not been [lost: ~1 line]",
        "The potatoes were complete and the lock had not been forced [...]",
        "The potatoes, he said.",
    ],
)
def test_titles_lists_farewells_and_sentences_with_stops_have_no_open_end(text: str) -> None:
    assert rules(f"{text}\n\n{CLOSED}") == []


def test_an_open_end_is_found_at_its_last_word() -> None:
    [one] = findings(f"{OPEN}\n\n{CLOSED}")
    assert (one.rule, one.line, one.excerpt) == ("join-open-end", 1, "another")
    assert one.column == OPEN.index("another", 50) + 1


def test_an_open_end_at_the_end_of_a_document_is_found() -> None:
    assert rules(OPEN) == [(1, "join-open-end")]


def test_a_long_word_at_the_end_is_told_whole() -> None:
    [one] = findings(f"{OPEN} {'x' * 50}")
    assert f"…{'x' * 40}" in one.message


@pytest.mark.parametrize(
    "start",
    ["a. timber", "(b) coal", "ii) salt", "cc: the mayor", "de Sarrow came.", "etc. and so on.", "1949 was dry."],
)
def test_labels_notes_and_names_in_lower_case_are_no_rest_of_a_sentence(start: str) -> None:
    assert not prose.starts_lower(start)


@pytest.mark.parametrize("start", ["years and will", '"years', "- only they can", "borderlands. Furthermore"])
def test_words_in_lower_case_are_the_rest_of_a_sentence(start: str) -> None:
    assert prose.starts_lower(start)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        ("In March", "we have never seen a fuller hall."),
        ("On 4 May", "they think that it is lost."),
        ("In 1949", "there is no boat."),
    ],
)
def test_a_point_in_time_that_no_past_follows_has_lost_its_words(moment: str, start: str) -> None:
    [one] = findings(f"The ferry men want more pay, and may leave. {moment}\n\n{start}")
    assert (one.rule, one.line, one.excerpt) == ("lost-text", 1, moment)


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("In March", "we agreed to hear them."),
        ("In March", "they were heard."),
        ("Since March", "we have never heard them."),
        ("In the event", "of one of the boards being closed."),
        ("Many men believe", "we have heard them."),
    ],
)
def test_a_join_that_can_be_read_is_only_a_join(end: str, start: str) -> None:
    assert rules(f"The ferry men want more pay, and may leave. {end}\n\n{start}") == [(3, "join-lower-case")]


def test_a_point_in_time_over_a_page_is_found_by_its_page_and_line() -> None:
    text = "The ferry men want more pay. In March ⟶\n\n<!-- page 2 -->\n\n⟵ we have never seen a fuller hall."
    assert rules(text) == []


def test_a_start_out_of_nowhere_is_lost_text() -> None:
    [one] = findings(f"{CLOSED}\n\nyears and will be renewed by a letter.")
    assert (one.rule, one.line) == ("lost-text", 3)


def test_the_first_words_of_a_document_are_no_start_out_of_nowhere() -> None:
    assert rules("years and will be renewed by a letter.") == []
