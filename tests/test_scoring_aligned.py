"""A page line by line: every error once, on the line where a person would look for it, with its kind."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.comparison import AlignedLine, AlignedWords
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.score import EditCounts
from scanfix.model.text import Line, PageText, Region, RegionKind, Word
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.aligned import align_lines
from scanfix.scoring.policy import POLICIES, PolicyName

POLICY_NAMES = st.sampled_from(["raw", "archival", "search"])
# Few words, so that much is alike; signs that policies join, fold, drop and mask.
TEXTS = st.lists(
    st.sampled_from(
        ["a", "b", "ab", "Ab", "a.", "inter-", "national", "international", "-", "--", "1953", ". . .", "\n", "\n\n",
         "_", MASK, f"{MASK}a", "a\u00ad", "e\u0301", "☐"]
    ),
    max_size=16,
).map(" ".join)  # fmt: skip


def rows(reference: str, hypothesis: str, *, policy: PolicyName = "archival", markings: tuple[str, ...] = ()) -> str:
    """Write rows as ``0: the tle Tessin | …``: hits once, errors as ``reference>hypothesis``, masked in brackets."""
    lines = align_lines(reference.replace("#", MASK), hypothesis, policy=POLICIES[policy], markings=markings)
    return " | ".join(row(line) for line in lines)


def row(line: AlignedLine) -> str:
    name = "missed" if line.index is None else str(line.index)
    return " ".join([f"{name}:", *(cell(words) for words in line.words)])


def cell(words: AlignedWords) -> str:
    if words.op == "equal":
        return words.hypothesis_text
    text = f"{words.reference_text.replace(MASK, '#')}>{words.hypothesis_text}"
    return f"({text})" if words.op == "masked" else text


def only(reference: str, hypothesis: str, *, markings: tuple[str, ...] = ()) -> AlignedWords:
    """Return the only difference."""
    lines = align_lines(reference, hypothesis, policy=POLICIES["archival"], markings=markings)
    (found,) = (words for line in lines for words in line.differences)
    return found


# Lines


@given(TEXTS, TEXTS, POLICY_NAMES)
def test_the_counts_of_the_lines_add_up_to_those_of_the_page(
    reference: str, hypothesis: str, policy: PolicyName
) -> None:
    words = POLICIES[policy].words
    lines = align_lines(reference, hypothesis, policy=POLICIES[policy])
    expected = edits.count_words(words(reference), words(hypothesis))
    assert sum((line.counts for line in lines), EditCounts()) == expected


@given(TEXTS, TEXTS, POLICY_NAMES)
def test_every_line_of_the_output_has_its_row_in_order(reference: str, hypothesis: str, policy: PolicyName) -> None:
    lines = align_lines(reference, hypothesis, policy=POLICIES[policy])
    shown = [line.index for line in lines if line.index is not None]
    assert shown == [index for index, line in enumerate(hypothesis.split("\n")) if line.strip()]


@given(TEXTS, TEXTS, POLICY_NAMES)
def test_whatever_is_in_error_has_a_kind_and_nothing_else_has(
    reference: str, hypothesis: str, policy: PolicyName
) -> None:
    for line in align_lines(reference, hypothesis, policy=POLICIES[policy]):
        for words in line.words:
            assert bool(words.kind) == bool(words.counts.errors)


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("Port of\nTessin", "Port of\nTessin", "0: Port of | 1: Tessin"),
        ("Port\n\nTessin", "Port of Tessin", "0: Port >of Tessin"),
        ("the inter-\nnational port", "the inter-\nnational port", "0: the international | 1: port"),
        ("the grain and coal", "the grain\nand coal", "0: the grain | 1: and coal"),
        ("", "RECEIVED\n\nMAY", "0: >RECEIVED | 2: >MAY"),
        ("Port of Tessin", "", "missed: Port> of> Tessin>"),
        ("", "", ""),
    ],
)
def test_words_stand_on_the_line_of_the_output_on_which_they_begin(
    reference: str, hypothesis: str, expected: str
) -> None:
    assert rows(reference, hypothesis) == expected


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("the port of\nTessin is shut", "the port\nTessin is shut", "0: the port of> | 1: Tessin is shut"),
        ("the port of\n3. Tessin is shut", "the port of\nTessin is shut", "0: the port of | 1: 3.> Tessin is shut"),
        ("one two three four", "one two\nfour", "0: one two three> | 1: four"),
    ],
    ids=["end", "start", "between"],
)
def test_a_missed_word_stands_with_its_neighbours_of_the_same_line(
    reference: str, hypothesis: str, expected: str
) -> None:
    assert rows(reference, hypothesis) == expected


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("Karsovia\nthe port\nis shut", "the port\nis shut", "missed: Karsovia> | 0: the port | 1: is shut"),
        ("Karsovia\nthe port\nis shut", "Karsovia\nis shut", "0: Karsovia | missed: the> port> | 1: is shut"),
        ("Karsovia\nthe port\nis shut", "Karsovia", "0: Karsovia | missed: the> port> | missed: is> shut>"),
    ],
    ids=["first", "between", "last"],
)
def test_a_line_of_which_nothing_was_read_is_a_row_of_its_own(reference: str, hypothesis: str, expected: str) -> None:
    assert rows(reference, hypothesis) == expected


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("paid # crowns", "paid 30 gold\ncrowns", "0: paid (#>30) (>gold) | 1: crowns"),
        ("paid # crowns", "paid crowns", "0: paid (#>) crowns"),
        ("the port\n#", "the port", "0: the port | missed: (#>)"),
    ],
)
def test_what_the_reference_cannot_know_is_shown_and_not_charged(
    reference: str, hypothesis: str, expected: str
) -> None:
    assert rows(reference, hypothesis) == expected


def test_a_mask_in_the_output_is_nothing_that_was_read() -> None:
    assert rows("the port", f"the {MASK}\nport") == "0: the | 1: port"


def test_a_line_of_which_the_policy_leaves_no_word_keeps_its_row() -> None:
    assert rows("the port", "the\n-\nport", policy="search") == "0: the | 1: | 2: port"


# Words beside words


def test_the_word_left_over_is_the_one_that_is_like_no_other() -> None:
    assert rows("Skarv tribunal", "x Skaru tribumal") == "0: >x Skarv>Skaru tribunal>tribumal"
    assert rows("the Skarv tribunal", "Skaru tribumal") == "0: the> Skarv>Skaru tribunal>tribumal"


def test_a_page_of_rubbish_is_aligned_in_no_time() -> None:
    reference = " ".join(f"word{index}" for index in range(600))
    hypothesis = " ".join(f"~{index}~" for index in range(700))
    start = time.process_time()
    lines = align_lines(reference, hypothesis, policy=POLICIES["archival"])
    assert time.process_time() - start < (6 if sys.gettrace() else 2)
    assert lines[0].counts == EditCounts(substitutions=600, insertions=100)


# Kinds


@pytest.mark.parametrize(
    ("reference", "hypothesis", "kind"),
    [
        ("grain", "groin", "substitution"),
        ("grain shipments", "shipments", "deletion"),
        ("shipments", "grain shipments", "insertion"),
        ("Course", "course", "case"),
        ("year,", "year.", "punctuation"),
        ("the port", "the - port", "punctuation"),
        ("U.S.", "US", "punctuation"),
        ("anti-Karsovian", "antiKarsovian", "hyphen"),
        ("international", "inter- national", "hyphen"),
        ("inter- national", "international", "hyphen"),
        ("continue", "cont inue", "spacing"),
        ("of the", "ofthe", "spacing"),
        ("H A L", "HAL", "spacing"),
        ("continue.", "cont inue", "spacing"),
        ("1953", "1958", "number"),
        ("1st", "ist", "number"),
        ("3½ per", "per", "number"),
        ("the port", "the SECRET port", "marking"),
        ("SECRET.", "SECRFT.", "marking"),
    ],
)
def test_a_difference_has_the_kind_that_a_person_would_name(reference: str, hypothesis: str, kind: str) -> None:
    assert only(reference, hypothesis, markings=("TOP SECRET",)).kind == kind


def test_words_of_no_marking_are_ordinary_words() -> None:
    assert only("the port", "the SECRET port").kind == "insertion"


def test_a_block_that_stands_elsewhere_is_told_from_what_was_misread() -> None:
    moved = "the harvest was poor"
    kept = "Our source believes that a further meeting will be held"
    lines = align_lines(f"{moved}\n{kept} soon", f"{kept} scon\n{moved}", policy=POLICIES["archival"])
    kinds = {(words.reference_text, words.hypothesis_text): words.kind for line in lines for words in line.differences}
    assert kinds.pop(("soon", "scon")) == "substitution"
    assert set(kinds.values()) == {"order"}
    assert len(kinds) == 8


def test_two_words_that_occur_twice_have_not_moved() -> None:
    lines = align_lines("of the harvest came late", "harvest came late of the", policy=POLICIES["archival"])
    assert {words.kind for line in lines for words in line.differences} == {"deletion", "insertion"}


# Letters


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("village", "Village", "[v]illage / [V]illage"),
        ("Union", "QYnion", "[U]nion / [QY]nion"),
        ("continue", "cont inue", "continue / cont[␣]inue"),
        ("cafe\u0301s", "cafes", "caf[é]s / caf[e]s"),
    ],
)
def test_the_letters_that_differ_are_marked(reference: str, hypothesis: str, expected: str) -> None:
    words = only(reference, hypothesis)
    sides = (
        "".join(f"[{letters.text}]" if letters.is_different else letters.text for letters in side)
        for side in (words.reference, words.hypothesis)
    )
    assert " / ".join(sides) == expected


# Places


def page_text(*lines: str, kind: RegionKind = "paragraph") -> PageText:
    """Make a page with a line every 100 px and a word every 100 px; a comma stands for a space inside a reading."""
    made = []
    for number, text in enumerate(lines):
        words = tuple(
            Word(word_id=f"w{number}.{index}", text=word.replace(",", " "), box=at(number, index), confidence=0.9)
            for index, word in enumerate(text.split(" "))
        )
        made.append(Line(line_id=f"l{number}", box=Box.around(word.box for word in words), words=words))
    region = Region(region_id="r", kind=kind, box=Box(left=0, top=0, right=1000, bottom=1000), lines=tuple(made))
    return PageText(
        page_id=PageId(scan_id="memo", number=1),
        regions=(region,),
        provenance=Provenance(made_by="test 1", recipe="{}", inputs=()),
    )


def at(line: int, word: int) -> Box:
    return Box(left=100 * word, top=100 * line, right=100 * word + 90, bottom=100 * line + 50)


def placed(
    reference: str, hypothesis: str, text: PageText, *, policy: PolicyName = "archival"
) -> tuple[AlignedLine, ...]:
    return align_lines(reference, hypothesis, policy=POLICIES[policy], text=text)


def tops(hypothesis: str, text: PageText) -> list[tuple[int, int] | None]:
    lines = placed(hypothesis, hypothesis, text)
    return [(line.box.top, line.box.bottom) if line.box else None for line in lines]


def places(
    reference: str, hypothesis: str, *lines: str, policy: PolicyName = "archival"
) -> list[tuple[str, Box | None]]:
    """Return the words that differ and their places."""
    found = placed(reference, hypothesis, page_text(*lines), policy=policy)
    return [(words.hypothesis_text, words.box) for line in found for words in line.differences]


def test_every_line_of_the_output_has_the_place_of_its_words() -> None:
    text = page_text("the port", "of Tessin", "is shut")
    assert tops("the port\nof Tessin\n\nis shut\n", text) == [(0, 50), (100, 150), (200, 250)]


def test_a_line_that_was_taken_out_moves_no_other() -> None:
    text = page_text("the port", "SECRET", "is shut")
    assert tops("the port\nis shut", text) == [(0, 50), (200, 250)]


def test_a_joined_line_has_the_place_of_both() -> None:
    text = page_text("the port of", "Tessin is shut")
    assert tops("the port of Tessin is shut", text) == [(0, 150)]


def test_a_line_that_only_shares_a_word_lends_it_no_place() -> None:
    text = page_text("shut", "the port of Tessin is closed")
    assert tops("shut the port of Tessin is closed", text) == [(100, 150)]


def test_a_line_that_only_shares_a_word_with_many_has_no_place() -> None:
    text = page_text("the a b c", "port d e f")
    assert tops("the one two three four port", text) == [None]


def test_furniture_is_no_place_of_running_text() -> None:
    assert tops("the port", page_text("the port", kind="header")) == [None]


def test_without_places_a_line_has_none() -> None:
    (line,) = align_lines("the port", "the port", policy=POLICIES["archival"])
    assert line.box is None


def test_a_word_that_was_read_has_its_place() -> None:
    assert places("the port\nof Tessin", "the port\nof Tesin", "the port", "of Tesin") == [("Tesin", at(1, 1))]


def test_a_word_that_was_missed_has_no_place() -> None:
    assert places("the port of Tessin", "the port Tessin", "the port Tessin") == [("", None)]


def test_a_split_word_has_the_place_of_all_its_pieces() -> None:
    expected = Box.around([at(0, 1), at(0, 2)])
    assert places("we continue", "we cont inue", "we cont inue") == [("cont␣inue", expected)]


def test_a_reading_with_a_space_in_it_is_the_place_of_both_words() -> None:
    assert places("the port", "the part", "the,part") == [("part", at(0, 0))]


def test_a_word_broken_at_a_line_end_has_the_place_where_it_begins() -> None:
    found = places("the international part", "the inter-\nnatlonal port", "the inter-", "natlonal port")
    assert found == [("internatlonal", at(0, 1)), ("port", at(1, 1))]


def test_words_that_the_policy_leaves_out_move_no_other() -> None:
    assert places("the port", "the - part", "the - part", policy="search") == [("part", at(0, 2))]


@given(TEXTS, TEXTS, POLICY_NAMES)
def test_places_change_no_line_and_lie_in_their_line(reference: str, hypothesis: str, policy: PolicyName) -> None:
    shown = [line for line in hypothesis.replace(MASK, "x").split("\n") if line.strip()]
    text = page_text(*(" ".join(line.split()) for line in shown))
    with_places = placed(reference, hypothesis, text, policy=policy)
    without = align_lines(reference, hypothesis, policy=POLICIES[policy])
    assert [row(line) for line in with_places] == [row(line) for line in without]
    tall = {words.box.height for line in with_places for words in line.words if words.box}
    assert tall <= {50}
