"""Slips in words and signs: what is found, and what stays because it is right or already marked."""

import pytest
from test_truth_lint_rules import findings, places

MARKED = ["Sarriin{>>sic<<} sails.", "Sarriin{>>ed: so the page<<} sails.", "Sarriin {>>sic<<} sails."]


@pytest.mark.parametrize("text", MARKED)
def test_a_slip_that_is_marked_is_not_found_again(text: str) -> None:
    assert findings(text) == []


LONG = "The harbour board has met four times this year, and its members agree that the ferry needs"


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}{{>>sic<<}}\n\nThe watchman slept.",
        f"{LONG}{{>>ed: so the page<<}}\n\nboats.",
        "::: foot\nSECRET\n:::\n\n::: head\nSECRET{>>sic<<}\n:::",
        "The letter (new passages italicised){>>ed: lost in the source<<}\n\nThe ferry is closed.",
        "Article 1\n\nAll pay.\n\nDone at Halm in two copies.{>>ed: so the page<<}\n\nArticle 2\n\nNone pays.",
    ],
)
def test_whatever_an_editor_has_answered_is_not_asked_again(text: str) -> None:
    assert findings(text) == []


def test_a_translators_note_is_no_verdict_on_a_slip() -> None:
    assert [one.excerpt for one in findings("Sarriin{>>tr: a ship<<} sails.")] == ["Sarriin"]


@pytest.mark.parametrize("word", ["Hawaiian", "skiing", "Yurii", "Georgii", "viii", "XIII", "Shiites", "radii"])
def test_right_words_with_two_i_stay(word: str) -> None:
    assert places(f"The {word} case.", "doubled-letter") == []


@pytest.mark.parametrize("word", ["1st", "22nd", "3rd", "11th", "12th", "40km", "7pm", "2d", "1940s", "4b", "12-inch"])
def test_ordinals_measures_and_sections_stay(word: str) -> None:
    assert places(f"By {word} of May.", "glued-digit") == []


@pytest.mark.parametrize("word", ["2nn", "1th", "11st", "4rd", "19fo"])
def test_digits_stuck_to_letters_are_found(word: str) -> None:
    assert [excerpt for _, _, excerpt in places(f"By {word} of May.", "glued-digit")] == [word]


def test_junk_at_a_pages_end_is_told_once() -> None:
    assert [one.rule for one in findings("Tessin, 4 October 1950 2nn")] == ["trailing-junk"]


@pytest.mark.parametrize("junk", ["|", "~", "tq", "__"])
def test_signs_and_letters_that_are_no_word_are_junk(junk: str) -> None:
    assert places(f"All is well. \\{junk}" if junk == "|" else f"All is well. {junk}", "trailing-junk")


@pytest.mark.parametrize("end", ["Yours, J. Wirt jr", "at 7 pm", "the 4th", "All is well.", "see pp"])
def test_words_and_abbreviations_at_a_pages_end_stay(end: str) -> None:
    assert places(end, "trailing-junk") == []


@pytest.mark.parametrize("name", ["World War II Ships", "Charles II Road", "Part II Ships", "Pak Il Ryong"])
def test_numerals_of_kings_and_of_things_stay(name: str) -> None:
    assert places(f"He read of {name} there.", "numeral-in-name") == []


def test_a_numeral_inside_a_name_comes_with_its_likely_reading() -> None:
    [one] = findings("A cable to Pak II Ryong.", rule="numeral-in-name")
    assert '"Pak Il Ryong"' in one.message


@pytest.mark.parametrize(
    "text",
    [
        "Karsovia and Karsovia and Karsovia, and the Karsovian ship.",
        "Minister, Minister, Minister; the Ministry.",
        "Tessiner, Tessiner, Tessiner: the Kessiner ship.",
        "Karsovia and Karsovia; Karsavia.",
        "Harbours, Harbours, Harbours. Harbourz. No harbours, no harbourz.",
    ],
)
def test_endings_first_letters_rare_names_and_common_words_make_no_variant(text: str) -> None:
    assert places(text, "name-variant") == []


@pytest.mark.parametrize("variant", ["Sallmark", "Salmark", "Sallnmark", "Sallmurk"])
def test_a_letter_more_less_or_other_makes_a_variant_unless_it_is_the_name(variant: str) -> None:
    text = f"Sallmark, Sallmark and Sallmark; also {variant}."
    assert bool(places(text, "name-variant")) == (variant != "Sallmark")


def test_a_variant_that_is_marked_stays() -> None:
    assert places("Karsovia, Karsovia, Karsovia; Karsavia{>>sic<<}.", "name-variant") == []


@pytest.mark.parametrize(
    "slip", ["the the", "The minutes is", "those ships has", "bulletins which appears", "policy and; although"]
)
def test_slips_of_language_are_the_documents_own(slip: str) -> None:
    [one] = findings(f"So it was: {slip} here.", rule="language-slip")
    assert (one.about, one.severity) == ("document", "note")
    assert "sic" in one.suggestion


@pytest.mark.parametrize("right", ["had had", "news which appears", "These are", "and, although", "status which seems"])
def test_right_language_stays(right: str) -> None:
    assert places(f"So {right} here.", "language-slip") == []


def test_brackets_inside_brackets_are_one() -> None:
    assert [text for _, _, text in places("He came \\[on 8\\[7\\] May\\] here.", "unclassified-bracket")] == [
        "[on 8[7] May]"
    ]


def test_a_printed_bracket_with_a_note_stays() -> None:
    assert findings("Form \\[A\\]{>>ed: printed<<} is lost.") == []


@pytest.mark.parametrize(
    "half", ["\\*closed now.", "\\~\\~closed now.", "\\<i>closed now.", "\\[closed now.", "now\\].", "\\{++now."]
)
def test_half_a_sign_is_an_error_of_the_transcriber(half: str) -> None:
    [one] = findings(f"The ferry is {half}")
    assert (one.rule, one.severity, one.about) == ("unbalanced-signs", "error", "transcriber")


@pytest.mark.parametrize("whole", ["\\*closed\\* now.", "closed.\\*", "closed * now.", "3 < 4."])
def test_whole_signs_and_signs_of_notes_stay(whole: str) -> None:
    assert places(f"The ferry is {whole}", "unbalanced-signs") == []


def test_an_importers_unbalanced_sign_is_an_error_and_no_open_question() -> None:
    [one] = findings("The ferry\n*is*{>>ed: check: unbalanced <i><<} closed.")
    assert (one.rule, one.line, one.column) == ("unbalanced-signs", 2, 2)


def test_an_open_question_has_the_place_of_the_word_before_its_note() -> None:
    text = "All is well.\n\nThe ferry{>>ed: printed so<<}\n~~is{>>ed: check: italic?<<}~~ closed."
    assert places(text, "left-to-check") == [(4, 3, "check: italic?")]


def test_an_open_question_before_all_words_has_the_place_of_its_block() -> None:
    assert places("All is well.\n\n{>>ed: check: \\[?<<}The ferry is closed.", "left-to-check") == [(3, 1, "check: [?")]


def test_a_translators_note_asks_nothing() -> None:
    assert places("The ferry{>>tr: check: boat<<} is{>>ed: check<<} closed.", "left-to-check") == [(1, 32, "check")]


def test_slips_in_notes_are_found() -> None:
    text = "The ferry{>>ed: as told to Pak II Ryong<<} is closed{>>tr: by Sarriin<<}."
    assert [(one.rule, one.column) for one in findings(text)] == [("numeral-in-name", 28), ("doubled-letter", 63)]


def test_a_character_that_stands_for_notes_here_is_only_a_character_there() -> None:
    assert [one.rule for one in findings("Sarriin\ue001 is{>>ed: check<<} here.")] == [
        "doubled-letter",
        "left-to-check",
    ]


def test_an_open_question_is_no_unbalanced_sign() -> None:
    assert [one.rule for one in findings("The ferry{>>ed: check: italic?<<} is closed.")] == ["left-to-check"]


def test_quotes_of_two_kinds_are_told_once_at_the_first_of_the_rarer() -> None:
    [one] = findings("The 'Ragna' and the 'Holm'\nand the ‘Tessin’.", rule="mixed-quotes")
    assert (one.line, one.column) == (2, 9)
    assert one.message == "2 curly quotes among 4 straight ones"
