"""Which words marks say, which they lie on, and what struck words become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.layout.binding import bind, said_by
from scanfix.layout.restored import restore
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import Line, Word

WIDE, HIGH = 100, 40


def line(top: int, *words: str, confidence: float = 0.95) -> Line:
    """Draw words ``WIDE`` apart."""
    made = tuple(
        Word(word_id=f"{top}.{number}", text=text, box=place(top, number), confidence=confidence)
        for number, text in enumerate(words)
    )
    return Line(line_id=f"l{top}", box=Box.around(word.box for word in made), words=made)


def place(top: int, first: int, words: int = 1) -> Box:
    return Box(left=first * WIDE, top=top, right=(first + words) * WIDE - 10, bottom=top + HIGH)


def mark(kind: MarkKind, box: Box, text: str = "", **fields: str) -> Mark:
    return Mark(mark_id="m1", kind=kind, box=box, text=text, confidence=0.9, fields=tuple(fields.items()))


def said(one: Mark, *lines: Line) -> set[str]:
    return {word.text for row in lines for word in row.words if word.word_id in said_by(bind([one], lines))}


def test_a_stamp_over_a_line_has_its_own_print_and_leaves_the_line_alone() -> None:
    row = line(0, "prices", "DECLASSIFIFD", "rose", "again")
    assert said(mark("stamp", place(0, 1, 2), "DECLASSIFIED"), row) == {"DECLASSIFIFD"}


def test_a_stamp_has_what_could_hardly_be_read_in_its_place() -> None:
    row = line(0, "xz~", confidence=0.2)
    assert said(mark("stamp", place(0, 0)), row) == {"xz~"}


def test_a_line_that_ends_with_the_stamp_is_the_stamps() -> None:
    row = line(100, "Reading", "room")
    assert said(mark("stamp", Box(left=0, top=50, right=400, bottom=200)), row) == {"Reading", "room"}


def test_a_hand_has_no_typed_line_however_large_its_box() -> None:
    box = Box(left=0, top=0, right=900, bottom=400)
    assert said(mark("handwriting", box), line(100, "typed", "words"), line(200, "scrawl", confidence=0.6)) == {
        "scrawl"
    }


def test_a_marking_in_the_body_stays_in_the_text_and_keeps_its_words() -> None:
    row = line(0, "Strictly", "confidential")
    one = mark("classification", row.box, "STRICTLY CONFIDENTIAL", position="body")
    assert said(one, row) == set()
    assert bind([one], [row])[0].word_ids == ("0.0", "0.1")


@pytest.mark.parametrize("kind", ["redaction", "checkbox"])
def test_withheld_areas_and_check_boxes_say_no_words(kind: MarkKind) -> None:
    row = line(0, "grey", confidence=0.2)
    assert said(mark(kind, row.box), row) == set()


def test_a_code_and_a_stamp_in_one_place_do_not_both_have_the_word() -> None:
    row = line(0, "3.5(c)")
    code, stamp = mark("exemption", row.box, "3.5(c)"), mark("stamp", row.box.grow(20), "3.5(c)")
    assert [one.word_ids for one in bind([stamp, code], [row])] == [(), ("0.0",)]


def test_a_stroke_lies_on_words_that_others_may_say() -> None:
    row = line(0, "their", "cause", "which")
    strike, line_under = mark("strikethrough", place(0, 0, 2)), mark("underline", place(0, 1))
    assert [one.word_ids for one in bind([strike, line_under], [row])] == [("0.0", "0.1"), ("0.1",)]


def test_the_strokes_of_a_cancelled_paragraph_need_not_reach_the_ends_of_its_lines() -> None:
    rows = line(0, "This", "paper", "touches", "safety"), line(100, "sense", "of", "the", "State")
    block = Box(left=0, top=0, right=280, bottom=60)
    (whole,) = bind([mark("strikethrough", block, "x", extent="block")], rows)
    assert whole.word_ids == tuple(word.word_id for word in rows[0].words)
    (part,) = bind([mark("strikethrough", block, "x")], rows)
    assert len(part.word_ids) == 3


# Struck words


def test_struck_words_read_as_without_the_stroke_and_keep_the_old_reading() -> None:
    row = line(0, "to", "th-ir", "caus-", "which")
    ((found,),) = restore([[row]], [mark("strikethrough", place(0, 1, 2), "their cause")])
    assert found.text == "to their cause which"
    assert [word.alternatives for word in found.words] == [(), ("th-ir",), ("caus-",), ()]
    assert [word.word_id for word in found.words] == [word.word_id for word in row.words]


def test_struck_words_read_as_one_are_parted() -> None:
    row = line(0, "to", "thsc-use", "which")
    ((found,),) = restore([[row]], [mark("strikethrough", place(0, 1), "their cause")])
    assert [word.text for word in found.words] == ["to", "their", "cause", "which"]
    assert found.words[2].alternatives == ("thsc-use",)
    assert len({word.word_id for word in found.words}) == 4


def test_struck_words_that_nobody_read_come_into_their_line() -> None:
    row = Line(line_id="l", box=place(0, 0, 4), words=(line(0, "to").words[0], line(0, "", "", "", "which").words[3]))
    ((found,),) = restore([[row]], [mark("strikethrough", place(0, 1, 2), "their cause")])
    assert found.text == "to their cause which"


def test_a_stroke_far_from_every_line_changes_none() -> None:
    row = line(0, "to", "which")
    assert restore([[row]], [mark("strikethrough", place(500, 1), "cause")]) == [[row]]
    assert restore([[row]], [mark("strikethrough", place(0, 1), "a paragraph", extent="block")]) == [[row]]
    assert restore([[row]], [mark("strikethrough", Box(left=0, top=0, right=90, bottom=120), "two lines")]) == [[row]]


@given(
    words=st.lists(st.text("abc-", min_size=1, max_size=8), min_size=1, max_size=6),
    texts=st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=4),
    first=st.integers(0, 5),
)
def test_no_word_outside_the_stroke_changes(words: list[str], texts: list[str], first: int) -> None:
    row = line(0, *words)
    struck = place(0, first, len(texts))
    ((found,),) = restore([[row]], [mark("strikethrough", struck, " ".join(texts))])
    outside = [word for word in row.words if word.box.share_inside(struck) < 0.5]
    assert [word for word in found.words if word in outside] == outside
    assert len({word.word_id for word in found.words}) == len(found.words)
    assert all(word.box.area for word in found.words)
