"""Broken words become whole; hyphens that belong to a word stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.truth.hyphens import own_words, resolved

WORDS = st.text(alphabet="abcde", min_size=1, max_size=4)
PLAIN_LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=6)


def whole(text: str, *elsewhere: str) -> str:
    return "\n".join(resolved(text.split("\n"), own_words([text, *elsewhere])))


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("the govern-\nment fell.", "the government\nfell."),
        ("the GOVERN-\nMENT FELL", "the GOVERNMENT\nFELL"),
        ("a govern\u00ad\nment.", "a government."),
        ("a govern\u00ac\nment", "a government"),
        ("(the gov-\nernment), then", "(the government),\nthen"),
        ("one long in-\nter-\nval", "one long interval"),
    ],
    ids=["small letters", "capitals", "soft hyphen", "line-end sign", "in brackets", "over three lines"],
)
def test_a_word_that_is_only_broken_is_made_whole(broken: str, expected: str) -> None:
    assert whole(broken) == expected


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("an anti-\nCommunist", "an anti-Communist"),
        ("in 1945-\n46", "in 1945-46"),
        ("the mother-in-\nlaw left", "the mother-in-law\nleft"),
        ("some twenty-\nfive men", "some twenty-five\nmen"),
        ("of self-\ngovernment", "of self-government"),
        ("répondit-\nil alors", "répondit-il\nalors"),
        ("c'est-\nà-dire", "c'est-à-dire"),
        ("a U-\nboat\nand a U-boat", "a U-boat\nand a U-boat"),
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(broken: str, expected: str) -> None:
    assert whole(broken) == expected


def test_the_document_s_own_words_decide_before_the_rules() -> None:
    assert whole("leave to-\nday", "Come to-day, to-day!") == "leave to-day"
    assert whole("leave to-\nday", "Come today.") == "leave today"
    assert whole("Mr Mac-\nDonald", "MacDonald spoke.") == "Mr MacDonald"
    assert whole("TO-\nDAY", "to-day") == "TO-DAY"


def test_a_broken_word_is_no_witness_of_its_own_parts() -> None:
    own = own_words(["he may co-\noperate in to-day's co-op"])
    assert own == dict.fromkeys(("he", "may", "in", "to-day's", "co-op"), 1)


def test_a_parted_german_ck_is_mended_where_the_document_writes_the_word() -> None:
    assert whole("der Zuk-\nker", "Zucker fehlt") == "der Zucker"
    assert whole("das Rek-\nkord") == "das Rekkord"
    assert whole("der Bat-\nh", "Bach") == "der Bath"


@pytest.mark.parametrize(
    "text",
    ["Ein-\nund Ausfuhr", "he said --\nnothing", "the end -\nand", "a line\nof words", "broken-", "cut-\n. more"],
)
def test_other_line_ends_are_left_alone(text: str) -> None:
    assert whole(text) == text


@settings(deadline=None)
@given(PLAIN_LINES)
def test_lines_without_hyphens_stay_as_they_are(lines: list[str]) -> None:
    assert resolved(lines, own_words(lines)) == tuple(lines)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abK1' -", min_size=1, max_size=12), max_size=6))
def test_nothing_but_hyphens_and_spaces_is_lost(lines: list[str]) -> None:
    def letters(parts: "list[str] | tuple[str, ...]") -> str:
        return "".join(parts).replace("-", "").replace(" ", "")

    assert letters(resolved(lines, {})) == letters(lines)
