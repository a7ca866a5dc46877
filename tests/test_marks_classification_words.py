from collections.abc import Sequence

import pytest

from scanfix.marks.classification_words import is_capital, parts_of, plain_words, told
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word


def line(*words: tuple[str, int], top: int = 1000, height: int = 32, confidence: float = 0.95) -> Line:
    """Words and where they begin; a letter is 25 pixels wide."""
    placed = tuple(
        Word(
            word_id=f"w{top}-{number}",
            text=text,
            box=Box(left=left, top=top, right=left + 25 * len(text), bottom=top + height),
            confidence=confidence,
        )
        for number, (text, left) in enumerate(words)
    )
    return Line(line_id=f"l{top}", box=Box.around(word.box for word in placed), words=placed)


def wordings(lines: Sequence[Line]) -> list[str]:
    return [said.wording for said in told(lines)]


def test_a_line_that_says_a_wording_and_nothing_else_is_a_marking() -> None:
    assert wordings([line(("TOP", 900), ("SECRET", 1000))]) == ["TOP SECRET"]
    assert wordings([line(("Strictly", 300), ("Confidential.", 520))]) == ["STRICTLY CONFIDENTIAL"]


@pytest.mark.parametrize("text", ["secret", "Declassified", "SECRETARY", "SECTION"])
def test_words_that_resemble_a_wording_are_no_marking(text: str) -> None:
    assert wordings([line((text, 900))]) == []


def test_a_wording_within_a_sentence_is_no_marking() -> None:
    assert wordings([line(("the", 300), ("SECRET", 390), ("council", 560), ("met", 750))]) == []


def test_a_level_in_brackets_after_a_sentence_is_a_marking() -> None:
    (said,) = told([line(("two", 300), ("or", 390), ("three.", 460), ("(SECRET)", 640))])
    assert (said.wording, said.is_portion, said.box.left) == ("SECRET", True, 640)
    assert wordings([line(("three.", 300), ("(TOP", 480), ("SECRET)", 600))]) == ["TOP SECRET"]


def test_a_marking_in_the_margin_is_parted_from_the_text_beside_it() -> None:
    beside = line(("SECRET", 100), ("the", 500), ("party,", 600))
    assert wordings([beside]) == ["SECRET"]
    assert [part.text for part in parts_of(beside)] == ["SECRET", "the party,"]


def test_letters_and_words_of_a_spaced_marking_stay_together() -> None:
    letters = [(letter, 300 + 70 * place) for place, letter in enumerate("TOP SECRET") if letter != " "]
    assert wordings([line(*letters)]) == ["TOP SECRET"]
    assert wordings([line(("SECRET", 300), ("-", 520), ("NOFORN", 610))]) == ["SECRET NOFORN"]


def test_a_sentence_on_two_lines_is_one_marking_and_a_level_with_its_caveat_is_two() -> None:
    first = line(("NOT", 300), ("RELEASABLE", 420), ("TO", 720))
    second = line(("FOREIGN", 300), ("NATIONALS", 540), top=1050)
    (said,) = told([first, second])
    assert (said.wording, said.lines) == ("NOT RELEASABLE TO FOREIGN NATIONALS", 2)
    pair = [line(("SECRET", 400)), line(("SECURITY", 300), ("INFORMATION", 530), top=1050)]
    assert sorted(wordings(pair)) == ["SECRET", "SECURITY INFORMATION"]


def test_words_read_well_are_plain_unless_they_may_be_of_a_marking() -> None:
    words = line(("party", 100), ("SECRET", 300), ("SEORET", 500), ("TO", 700), ("secret", 800), ("19", 1000))
    assert [word.text for word in plain_words([words])] == ["party", "19"]
    assert plain_words([line(("party", 100), confidence=0.5)]) == ()


def test_small_letters_are_seen() -> None:
    assert is_capital("TOP SECRET")
    assert is_capital("Strictly Confidential")
    assert not is_capital("top secret")


def test_nothing_read_tells_nothing() -> None:
    empty = Line(line_id="l", box=Box(left=0, top=0, right=9, bottom=9), words=())
    assert told([empty]) == ()
    assert list(parts_of(empty)) == []
