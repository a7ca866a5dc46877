"""Whether paragraphs run on over a page: told by words, lines and catchwords."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.mark import PageMarks
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, Word
from scanfix.truth import compose, joining, notation
from scanfix.truth.joining import Join, Leaf
from scanfix.truth.margins import Margins

PITCH, STEP, LEFT = 20, 50, 100
READ = Provenance(made_by="reader 1", recipe="{}", inputs=())
# Sixty characters: the width of the drawn pages.
FULL = "The harbour was closed at noon and no ship could leave by it"
INDENTED = f"     {FULL[5:]}"


def typed(number: int, *paragraphs: Sequence[str]) -> Leaf:
    """Type a page; leading spaces of a line are an indent."""
    lines = iter(range(10_000))
    regions = [
        region(f"r{index}", [line(text, next(lines)) for text in paragraph])
        for index, paragraph in enumerate(paragraphs)
    ]
    page_id = PageId(scan_id="memo", number=number)
    text = PageText(page_id=page_id, regions=tuple(regions), provenance=READ)
    found = PageMarks(page_id=page_id, marks=(), provenance=READ)
    return Leaf(transcript=compose.transcript_of(text, found, languages=("eng",)), text=text)


def region(region_id: str, lines: Sequence[Line]) -> Region:
    box = Box.around(line.box for line in lines)
    return Region(region_id=region_id, kind="paragraph", box=box, lines=tuple(lines))


def line(text: str, row: int) -> Line:
    left = LEFT + PITCH * (len(text) - len(text.lstrip()))
    words = []
    for index, word in enumerate(text.split()):
        box = Box(left=left, top=row * STEP, right=left + PITCH * len(word), bottom=row * STEP + 40)
        words.append(Word(word_id=f"l{row}w{index}", text=word, box=box, confidence=0.9))
        left = box.right + PITCH
    return Line(line_id=f"l{row}", box=Box.around(word.box for word in words), words=tuple(words))


def written(number: int, text: str) -> Leaf:
    page_id = PageId(scan_id="memo", number=number)
    return Leaf(transcript=notation.parse(text, file="p.md", page_id=page_id))


def said(last: str, first: str) -> Join:
    """Decide by words alone."""
    (join,) = joining.decide([written(1, last), written(2, first)])
    return join


def clues(join: Join) -> list[str]:
    return [clue.name for clue in join.evidence[1:]]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("who spoke of the govern-", "ment and of its fall."),
        ("the ships that lay in the", "harbour were burnt."),
        ("which was yesterday said in the harbour by the", "Prime Minister to be untrue."),
        ("and the ships left it in the morning, and,", "however, not at night."),
    ],
    ids=["broken word", "small letter", "name after an open line", "after a comma"],
)
def test_a_sentence_that_goes_on_joins_two_pages(last: str, first: str) -> None:
    join = said(last, first)
    assert join.is_joined
    assert join.confidence > 0.7


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("the ships were burnt.", "The harbour was closed."),
        ("the ships were burnt.", "3. Other losses of the year"),
        ("the ships in the harbour", "- the losses of the year"),
        ("the ships in Manchuria,", "It is probable that they left."),
        ("the ships were burnt,", "OTHER LOSSES"),
        ("Office of the Harbour Master", "Losses of the Year"),
        ("page 5, 12 August", "Routes that ships have"),
    ],
    ids=["stop", "item", "dash", "comma for a stop", "capitals", "titles", "legends"],
)
def test_a_sentence_that_ends_or_begins_parts_two_pages(last: str, first: str) -> None:
    join = said(last, first)
    assert not join.is_joined
    assert join.confidence > 0.5


def test_a_full_last_line_and_no_indent_join_even_after_a_stop() -> None:
    stopped = FULL[:-1] + "."
    pages = [
        typed(1, [INDENTED, "was so."], [INDENTED, "was so."], [INDENTED, stopped]),
        typed(2, [FULL, "was so."], [INDENTED, "was so."], [INDENTED, FULL, FULL]),
    ]
    (join,) = joining.decide(pages)
    assert clues(join) == ["ends-with-stop", "last-line-full", "first-line-flush"]
    assert join.is_joined
    assert (join.before, join.after) == (2, 0)


def test_a_short_last_line_and_an_indent_part_even_where_the_stop_was_misread() -> None:
    pages = [
        typed(1, [FULL, FULL, FULL], [INDENTED, FULL, "was so,"]),
        typed(2, [INDENTED, FULL, FULL, FULL]),
    ]
    (join,) = joining.decide(pages)
    assert {"last-line-short", "first-line-indented"} < set(clues(join))
    assert not join.is_joined


def test_a_catchword_is_passed_over_and_the_sentence_before_it_decides() -> None:
    (join,) = joining.decide([written(1, "no ship could leave\n\nharbonr"), written(2, "-2-\n\nharbour before noon")])
    assert (join.before, join.after, join.catchword, join.is_joined) == (0, 1, 1, True)
    (join,) = joining.decide(
        [written(1, "no ship left.\n\n::: foot\nThe next\n:::"), written(2, "The next day it did.")]
    )
    assert (join.before, join.catchword, join.is_joined) == (0, 1, False)


def test_furniture_footnotes_and_specks_are_no_end_of_a_paragraph() -> None:
    last = "no ship could leave\n\n[^1]: A note.\n\nx\n\n::: foot\nSECRET\n:::"
    (join,) = joining.decide([written(1, last), written(2, "::: head\nSECRET\n:::\n\nthe harbour.")])
    assert (join.before, join.after, join.is_joined) == (0, 1, True)


def test_a_page_without_running_text_joins_nothing() -> None:
    joins = joining.decide([written(1, "one line of text"), written(2, ""), written(3, "another of text")])
    assert [(join.is_joined, join.confidence, join.before) for join in joins] == [(False, 1.0, None)] * 2


def test_pages_with_one_missing_between_them_are_no_boundary() -> None:
    assert joining.decide([written(1, "the ships in the"), written(3, "harbour were burnt.")]) == ()
    assert joining.decide([]) == ()


@settings(deadline=None)
@given(*[st.text(alphabet="abT .,-;1()\n", min_size=1, max_size=40)] * 2)
def test_confidence_is_that_of_the_decision(last: str, first: str) -> None:
    def safe(text: str) -> str:
        return "\n\n".join(f"a{line}" for line in text.split("\n"))

    join = said(safe(last), safe(first))
    assert 0.5 <= join.confidence <= 1
    assert join.is_joined == (sum(clue.value for clue in join.evidence) > 0)


def test_margins_are_those_of_most_lines_and_a_habit_needs_two_paragraphs() -> None:
    leaf = typed(1, [FULL, FULL, "short one."], [INDENTED, FULL], [INDENTED, FULL], ["12"])
    assert leaf.text
    margins = Margins.of(leaf.text)
    assert margins
    assert (margins.left, margins.indents) == (LEFT, True)
    assert margins.pitch == pytest.approx(PITCH, rel=0.01)
    rows = leaf.text.regions[0].lines
    assert margins.room_after(rows[0]) == pytest.approx(0, abs=0.5)
    assert margins.room_after(rows[2]) == pytest.approx(50, abs=1)
    assert not margins.is_indented(rows[0])
    assert margins.is_indented(leaf.text.regions[1].lines[0])


def test_a_page_of_few_lines_has_no_margins() -> None:
    leaf = typed(1, [FULL, FULL])
    assert leaf.text
    assert Margins.of(leaf.text) is None
    few = typed(1, [FULL, FULL, FULL, FULL], [INDENTED, FULL])
    assert few.text
    margins = Margins.of(few.text)
    assert margins
    assert margins.indents is None


def test_the_last_word_of_a_sentence_may_stand_alone_on_the_next_page() -> None:
    assert said("no ship that lay there at noon could leave the", "harbour.").is_joined
