"""The notation is read and written without loss."""

import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcripts_drawn import NASTY, PAGE, documents, element, leaves, read, transcripts

from scanfix.errors import GroundTruthError
from scanfix.model.page import PageId
from scanfix.model.transcript import MASK, Block, Inline, Transcript
from scanfix.truth import notation, views
from scanfix.truth.redactions import redactions
from scanfix.truth.stamps import stamps
from scanfix.truth.views import ViewName

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpus" / "cib"


def inline(text: str) -> tuple[Inline, ...]:
    (block,) = read(text)
    return block.children


@given(transcripts())
def test_what_is_written_is_read_back_unchanged(transcript: Transcript) -> None:
    text = notation.write(transcript)
    assert notation.parse(text, file="p0002.md", page_id=PAGE) == transcript


@given(st.lists(NASTY, max_size=30).map("".join))
def test_any_text_is_either_refused_or_read_to_something_that_is_written_and_read_alike(text: str) -> None:
    try:
        transcript = notation.parse(text, file="p0002.md", page_id=PAGE)
    except GroundTruthError as error:
        message = str(error)
        assert re.match(r"p0002\.md: line \d+, column \d+: ", message)
    else:
        assert notation.parse(notation.write(transcript), file="p0002.md", page_id=PAGE) == transcript


@given(leaves().map(lambda text: text.strip()).filter(bool))
def test_text_of_any_kind_survives_as_text(text: str) -> None:
    block = Block(kind="paragraph", children=(text,))
    written = notation.write(Transcript(page_id=PAGE, blocks=(block,)))
    assert read(written) == (block,)


SIGNS: dict[str, Inline] = {
    "~~SECRET~~": element("struck", "SECRET"),
    "~~gone~~{by=type}": element("struck", "gone", by="type"),
    "~~SECRET~~{shape=rising}": element("struck", "SECRET", shape="rising"),
    "~~old~~{by=type shape=double}": element("struck", "old", by="type", shape="double"),
    "{++minimum++}": element("inserted", "minimum"),
    "{--against China--}": element("deleted", "against China"),
    "{~~would~>will~~}": element("substitution", element("deleted", "would"), element("inserted", "will")),
    "{hw:26}": element("handwriting", "26"),
    "[believe?]": element("unclear", "believe"),
    "[3.?]": element("unclear", "3."),
    "[?]": element("illegible"),
    "[3w?]": element("illegible", words="3"),
    "[+is+]": element("supplied", "is"),
    "[…]": element("omitted"),
    "~~gone~~{shape=x id=k1}": element("struck", "gone", shape="x", id="k1"),
    "[lost: ~1 line]": element("lost", extent="~1 line"),
    "[lost]": element("lost"),
    "[lost?]": element("unclear", "lost"),
    "[REDACTED]": element("redacted"),
    "[REDACTED (b)(3)]": element("redacted", code="(b)(3)"),
    "{>>tr: a drill ground<<}": element("note", "a drill ground", kind="tr"),
    r"{>>ed: 8\[7\] October<<}": element("note", "8[7] October", kind="ed"),
    "{>>sic<<}": element("note", kind="sic"),
    "[^1]": element("reference", label="1"),
    "[^**]": element("reference", label="**"),
    "<u>Laos</u>": element("underline", "Laos"),
    "*ipso facto*": element("italic", "ipso facto"),
    "**NOTE**": element("bold", "NOTE"),
    "{circled: TS}": element("circled", "TS"),
    "{circled: ~~TS~~}": element("circled", element("struck", "TS")),
    "{circled: }": element("circled"),
    "☐": "☐",
    r"\~": "~",
    r"\\": "\\",
    r"\[": "[",
}


@pytest.mark.parametrize("written", SIGNS)
def test_every_sign_is_read_and_written_as_it_stands(written: str) -> None:
    assert inline(f"a {written} b") == (
        (f"a {SIGNS[written]} b",) if isinstance(SIGNS[written], str) else ("a ", SIGNS[written], " b")
    )
    block = Block(kind="paragraph", children=inline(f"a {written} b"))
    assert notation.write(Transcript(page_id=PAGE, blocks=(block,))) == f"a {written} b\n"


def test_nesting_keeps_the_layers_apart() -> None:
    assert inline("{++a new war. {--In *such* a [country?]--}++}") == (
        element(
            "inserted",
            "a new war. ",
            element("deleted", "In ", element("italic", "such"), " a ", element("unclear", "country")),
        ),
    )


def test_three_stars_are_bold_italic_and_end_both() -> None:
    assert inline("***a***b") == (element("bold", element("italic", "a")), "b")
    assert inline("*a **b*** c") == (element("italic", "a ", element("bold", "b")), " c")


def test_stars_between_white_space_are_printed_stars() -> None:
    assert inline("* * * *") == ("* * * *",)
    assert inline("*a * b*") == (element("italic", "a * b"),)


def test_a_lone_angle_bracket_or_tilde_is_text() -> None:
    assert inline("a < b > c ~ d") == ("a < b > c ~ d",)


def test_three_dots_in_brackets_are_an_omission_too() -> None:
    assert inline("a [...] b") == ("a ", element("omitted"), " b")


def test_a_note_may_hold_brackets() -> None:
    assert inline("{>>ed: reproduced on 8[7] October<<}") == (element("note", "reproduced on 8[7] October", kind="ed"),)


def test_the_space_after_circled_is_optional() -> None:
    assert inline("{circled:~~TS~~ S}") == inline("{circled: ~~TS~~ S}")


def test_empty_braces_part_two_signs_and_mean_nothing() -> None:
    assert inline("*a*{}**b**") == (element("italic", "a"), element("bold", "b"))


def test_the_example_of_the_notation_is_read_as_it_is_meant() -> None:
    text = """---
scan: memo
page: 2
languages: [eng]
---
::: head
~~SECRET~~
:::
in all and not just some
of the known companies;
::: stamp family=cia-reviewer id=s1 read="in part"
DOCUMENT NO. {hw:26}

☒ DECLASSIFIED
:::
::: foot none
"""
    transcript = notation.parse(text, file="p0002.md", page_id=PAGE)
    assert transcript.meta == (("scan", "memo"), ("page", "2"), ("languages", "[eng]"))
    assert transcript.blocks == (
        Block(kind="head", children=(element("struck", "SECRET"),)),
        Block(kind="paragraph", children=("in all and not just some\nof the known companies;",)),
        Block(
            kind="stamp",
            attributes=(("family", "cia-reviewer"), ("id", "s1"), ("read", "in part")),
            children=("DOCUMENT NO. ", element("handwriting", "26"), "\n\n☒ DECLASSIFIED"),
        ),
        Block(kind="foot", is_absent=True),
    )


def test_an_absent_block_may_be_closed_like_any_other() -> None:
    assert read("::: head none\n:::\ntext") == read("::: head none\n\ntext")


def test_footnotes_start_with_their_sign_and_end_at_the_next() -> None:
    assert read("text[^1]\n\n[^1]: The minutes\nis lost.\n[^*]: Another") == (
        Block(kind="paragraph", children=("text", element("reference", label="1"))),
        Block(kind="footnote", attributes=(("label", "1"),), children=("The minutes\nis lost.",)),
        Block(kind="footnote", attributes=(("label", "*"),), children=("Another",)),
    )


def test_footnotes_are_written_as_they_are_read() -> None:
    text = 'a[^1]\n\n[^1]: The minutes\nis lost.\n\n[^*]:\n\n::: footnote label="a b"\nc\n:::\n'
    assert notation.write(notation.parse(text, file="p0002.md", page_id=PAGE)) == text


def test_a_footnote_of_two_paragraphs_is_written_as_a_fence() -> None:
    block = Block(kind="footnote", attributes=(("label", "1"),), children=("one\n\ntwo",))
    assert notation.write(Transcript(page_id=PAGE, blocks=(block,))) == "::: footnote label=1\none\n\ntwo\n:::\n"


def test_arrows_join_a_paragraph_to_its_halves_on_other_pages() -> None:
    (block,) = read("⟵ following the Korean\nArmistice, the ⟶")
    assert block == Block(
        kind="paragraph", children=("following the Korean\nArmistice, the",), joins_previous=True, joins_next=True
    )
    assert notation.write(Transcript(page_id=PAGE, blocks=(block,))) == "⟵ following the Korean\nArmistice, the ⟶\n"


def test_line_ends_of_other_systems_and_byte_order_marks_mean_nothing() -> None:
    assert read("\ufeffa \r\nb\rc\t\n") == read("a\nb\nc")


def test_letters_are_composed() -> None:
    assert inline("cafe\u0301 {>>ed: cafe\u0301<<}") == ("café ", element("note", "café", kind="ed"))
    text = "---\nby: cafe\u0301\n---\n::: head by=cafe\u0301\n:::\n"
    transcript = notation.parse(text, file="p0002.md", page_id=PAGE)
    assert (transcript.meta, transcript.blocks[0].attributes) == ((("by", "café"),), (("by", "café"),))


def test_a_mark_after_a_sign_leaves_the_sign_alone() -> None:
    assert inline("<u>a</u>\u0338b") == (element("underline", "a"), "\u0338b")


def test_an_empty_page_is_an_empty_file() -> None:
    assert notation.write(Transcript(page_id=PAGE)) == ""
    assert read("") == ()


def test_a_document_is_parted_into_pages_that_share_its_front_matter() -> None:
    text = "---\nlanguages: [eng]\n---\none ⟶\n\n<!-- page 2 -->\n⟵ two\n<!-- page 4 -->\n"
    first, second, fourth = notation.parse_document(text, file="memo.md", scan_id="memo")
    assert [page.page_id.number for page in (first, second, fourth)] == [1, 2, 4]
    assert first.blocks == (Block(kind="paragraph", children=("one",), joins_next=True),)
    assert second.blocks == (Block(kind="paragraph", children=("two",), joins_previous=True),)
    assert fourth == Transcript(page_id=PageId(scan_id="memo", number=4), meta=(("languages", "[eng]"),))


def test_a_document_may_start_at_the_page_that_its_front_matter_or_first_comment_names() -> None:
    (named,) = notation.parse_document("---\npage: 7\n---\na", file="memo.md", scan_id="memo")
    (counted,) = notation.parse_document("\n<!-- page 7 -->\na", file="memo.md", scan_id="memo")
    assert (named.page_id, named.meta) == (counted.page_id, ()) == (PageId(scan_id="memo", number=7), ())


def test_an_empty_page_before_a_comment_stays_and_what_comes_before_the_first_comment_only_if_it_says_something() -> (
    None
):
    text = "\n<!-- page 2 -->\n\n<!-- page 3 -->\nthree\n\n<!-- page 5 -->\n"
    pages = notation.parse_document(text, file="memo.md", scan_id="memo")
    assert [(page.page_id.number, len(page.blocks)) for page in pages] == [(2, 0), (3, 1), (5, 0)]


@given(documents())
def test_a_document_that_is_written_is_read_back_unchanged(pages: tuple[Transcript, ...]) -> None:
    text = notation.write_document(pages)
    assert notation.parse_document(text, file="memo.md", scan_id="memo") == pages
    assert notation.write_document(notation.parse_document(text, file="memo.md", scan_id="memo")) == text


@given(
    st.lists(st.one_of(NASTY, st.sampled_from(["\n<!-- page 2 -->\n", "\n<!-- page 7 -->\n"])), max_size=30).map(
        "".join
    )
)
def test_any_text_is_refused_as_a_document_or_read_to_one_that_is_written_and_read_alike(text: str) -> None:
    try:
        pages = notation.parse_document(text, file="memo.md", scan_id="memo")
    except GroundTruthError as error:
        message = str(error)
        assert re.match(r"memo\.md: line \d+, column \d+: ", message)
    else:
        assert notation.parse_document(notation.write_document(pages), file="memo.md", scan_id="memo") == pages


@given(transcripts())
def test_every_view_can_be_drawn_from_every_page(transcript: Transcript) -> None:
    for view in get_args(ViewName):
        assert MASK not in views.plain(views.for_scoring(transcript, view))
    assert all(one.extent == "margin" or one.margin_id is None or one.codes for one in redactions(transcript))
    assert len(stamps(transcript, ())) == sum(
        block.kind == "stamp" and not block.is_absent for block in transcript.blocks
    )


# Whatever a slip or an enemy repeats, the parser answers soon; what takes long grows with the square of the length.
PATHOLOGICAL = [
    "[", "{++", "*", "~~", "[a?] ", "[^1] ", "[?]", "{>>ed: a<<}", "{", "<", "\\", "a ", "a\n", "a\n\n", "\u0301", "é",
    "a\u0301\u0316", "~~a~~{by=type ", "[^1]: a\n", "::: head none\n", "::: head\n:::\n", "[REDACTED ", "⟵", "{}",
    "<!-- page 2 -->\n",
]  # fmt: skip
BEFORE = ["", "::: head ", '::: head a="', "---\n", "{>>ed: "]


@pytest.mark.parametrize("sign", PATHOLOGICAL)
@pytest.mark.parametrize("before", BEFORE)
def test_two_hundred_thousand_characters_of_one_sign_are_answered_within_two_seconds(sign: str, before: str) -> None:
    text = before + sign * (200_000 // len(sign))
    start = time.process_time()
    with suppress(GroundTruthError):
        notation.write(notation.parse(text, file="p0002.md", page_id=PAGE))
    # A tracer, such as coverage's, takes its share.
    assert time.process_time() - start < (10 if sys.gettrace() else 2)


def test_forty_signs_inside_one_another_are_read_and_written_and_seen() -> None:
    text = "{++" * 40 + "a" + "++}" * 40
    transcript = notation.parse(text, file="p0002.md", page_id=PAGE)
    assert notation.write(transcript) == f"{text}\n"
    assert views.diplomatic(transcript) == "a"


def test_every_transcribed_page_of_the_corpus_is_read_and_written_without_loss() -> None:
    files = sorted(CORPUS.glob("*.gt.md"))
    if not files:
        pytest.skip(f"the development corpus is not at {CORPUS}")
    for file in files:
        transcript = notation.parse(file.read_text(), file=file.name, page_id=PAGE)
        assert notation.parse(notation.write(transcript), file=file.name, page_id=PAGE) == transcript
        assert any(block.kind == "paragraph" for block in transcript.blocks)
    assert len(files) == 12


def test_a_placed_document_says_on_which_lines_each_block_stands() -> None:
    text = "---\nscan: memo\n---\n::: head\n~~SECRET~~\n:::\n\nFirst line\nsecond line\n\n<!-- page 2 -->\nOn page two"
    placed = notation.parse_placed(text, file="memo.md", scan_id="memo")
    spans = [(one.page_id.number, one.block.kind, one.first_line, one.last_line) for one in placed.blocks]
    assert spans == [(1, "head", 4, 6), (1, "paragraph", 8, 9), (2, "paragraph", 12, 12)]
    assert placed.pages == notation.parse_document(text, file="memo.md", scan_id="memo")
    assert (
        notation.parse_document(notation.write_document(placed.pages), file="memo.md", scan_id="memo") == placed.pages
    )
