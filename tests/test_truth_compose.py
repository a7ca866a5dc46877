"""What was read becomes a transcript: nothing lost, nothing said twice, nothing joined on a guess."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind, MarkStatus, PageMarks, StrokeShape
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word
from scanfix.model.transcript import MASK, Block, Transcript
from scanfix.truth import notation, views
from scanfix.truth.compose import transcript_of
from scanfix.truth.markings import markings

PAGE = PageId(scan_id="memo", number=2)
READ = Provenance(made_by="tesseract 5.3.4", recipe="{}", inputs=())
STEP_PX, WORD_PX = 50, 100


def region(kind: RegionKind, top: int, *lines: str) -> Region:
    """Draw a region whose lines stand ``STEP_PX`` apart and whose words are ``WORD_PX`` wide, from x = 0."""
    drawn = tuple(line(row, top + index * STEP_PX) for index, row in enumerate(lines))
    box = Box.around(row.box for row in drawn)
    return Region(region_id=f"r{top}", kind=kind, box=box, lines=drawn)


def line(text: str, top: int) -> Line:
    words = tuple(
        Word(word_id=f"w{top}.{index}", text=word, box=place(index, top), confidence=0.9)
        for index, word in enumerate(text.split(" "))
    )
    return Line(line_id=f"l{top}", box=Box.around(word.box for word in words), words=words)


def place(index: int, top: int, *, words: int = 1) -> Box:
    return Box(left=index * WORD_PX, top=top, right=(index + words) * WORD_PX, bottom=top + 40)


def mark(
    kind: MarkKind,
    box: Box,
    text: str = "",
    *,
    status: MarkStatus | None = None,
    shape: StrokeShape | None = None,
    word_ids: tuple[str, ...] = (),
    **fields: str,
) -> Mark:
    return Mark(
        mark_id=f"m{box.top}",
        kind=kind,
        box=box,
        text=text,
        confidence=1.0,
        status=status,
        shape=shape,
        fields=tuple(fields.items()),
        word_ids=word_ids,
    )


def composed(regions: Sequence[Region], *marks: Mark) -> Transcript:
    return transcript_of(
        PageText(page_id=PAGE, regions=tuple(regions), provenance=READ),
        PageMarks(page_id=PAGE, marks=marks, provenance=READ),
        languages=("eng", "fra"),
    )


def written(regions: Sequence[Region], *marks: Mark) -> str:
    """Return the transcript without its front matter."""
    return notation.write(composed(regions, *marks)).split("---\n\n", 1)[1]


def test_the_front_matter_says_what_was_read_and_by_whom() -> None:
    assert composed([]).meta == (
        ("scan", "memo"),
        ("page", "2"),
        ("languages", "[eng, fra]"),
        ("transcribed_by", "tesseract 5.3.4"),
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("paragraph", "a b\nc\n"),
        ("heading", "a b\nc\n"),
        ("footnote", "::: footnote\na b\nc\n:::\n"),
        ("header", "::: head\na b\nc\n:::\n"),
        ("footer", "::: foot\na b\nc\n:::\n"),
        ("page-number", "::: pageno\na b\nc\n:::\n"),
        ("marginalia", "::: margin\na b\nc\n:::\n"),
        ("signature-mark", "::: catchword\na b\nc\n:::\n"),
        ("other", "::: margin region=other\na b\nc\n:::\n"),
    ],
)
def test_every_kind_of_region_has_its_block(kind: RegionKind, text: str) -> None:
    assert written([region(kind, 0, "a b", "c")]) == text


def test_what_belongs_to_no_text_is_kept_but_is_no_running_text() -> None:
    transcript = composed([region("paragraph", 0, "a"), region("other", 100, "~|~")])
    assert views.body(transcript) == "a"
    assert "~|~" in views.diplomatic(transcript)


def test_markings_of_an_edge_share_a_fence_and_come_first_or_last() -> None:
    assert written(
        [region("paragraph", 500, "text"), region("header", 100, "15 Jan")],
        mark("classification", place(3, 900), "SECRET", status="active", position="foot"),
        mark("classification", place(3, 60), "SECURITY INFORMATION", status="uncertain", position="head"),
        mark("classification", place(3, 10), "TOP SECRET", status="struck", shape="rising", position="head"),
        mark("banner", place(0, 0), "Approved for Release: 2019/03/14", position="top", date="2019/03/14"),
    ) == (
        "::: banner id=m0 position=top date=2019/03/14\nApproved for Release: 2019/03/14\n:::\n\n"
        "::: head\n~~TOP SECRET~~{shape=rising}\nSECURITY INFORMATION {>>ed: strike uncertain<<}\n:::\n\n"
        "text\n\n::: head\n15 Jan\n:::\n\n::: foot\nSECRET\n:::\n"
    )


def test_the_markings_of_a_composed_page_are_those_of_its_marks() -> None:
    transcript = composed(
        [],
        mark("classification", place(0, 0), "SECRET", status="struck", position="head"),
        mark("classification", place(0, 90), "SECRET", status="uncertain", position="foot"),
    )
    assert [(marking.text, marking.status) for marking in markings(transcript)] == [
        ("SECRET", "struck"),
        ("SECRET", "uncertain"),
    ]


def test_words_that_a_marking_says_are_not_said_again() -> None:
    head = mark("classification", place(0, 0, words=2), "TOP SECRET", status="struck", position="head")
    assert written([region("header", 0, "FOP -SECREF p.3"), region("paragraph", 100, "a")], head) == (
        "::: head\n~~TOP SECRET~~\n:::\n\n::: head\np.3\n:::\n\na\n"
    )


def test_a_marking_without_a_reading_says_what_was_read_there_or_nothing() -> None:
    head = mark("classification", place(0, 0), status="struck", position="head")
    assert written([region("header", 0, "SEGRET")], head) == "::: head\n~~SEGRET~~\n:::\n"
    assert written([], head) == "::: head\n~~[?]~~\n:::\n"


def test_a_marking_in_running_text_stays_there() -> None:
    text = [region("paragraph", 0, "ten to two (SECRET)")]
    inside = mark("classification", place(3, 0), "(SECRET)", status="struck", position="body")
    assert written(text, inside) == "ten to two ~~(SECRET)~~\n"


def test_a_marking_elsewhere_stands_in_a_fence_at_its_place() -> None:
    cover = mark("classification", place(0, 60), "CONTINUED CONTROL", status="active", position="cover")
    assert written([region("paragraph", 0, "a"), region("paragraph", 100, "b")], cover) == (
        "a\n\n::: classification id=m60 position=cover\nCONTINUED CONTROL\n:::\n\nb\n"
    )


def test_struck_words_are_struck_and_neighbours_under_one_stroke_share_it() -> None:
    text = [region("paragraph", 0, "damage to their cause which", "has been caused")]
    stroke = mark("strikethrough", place(2, 0, words=2), status="struck", word_ids=("w0.2", "w0.3", "w50.0"))
    assert written(text, stroke) == "damage to ~~their cause~~ which\n~~has~~ been caused\n"


def test_an_unsure_stroke_is_a_note_and_a_shape_is_told() -> None:
    text = [region("paragraph", 0, "a b c d")]
    unsure = mark("strikethrough", place(1, 0), status="uncertain", word_ids=("w0.1",))
    crossed = mark("strikethrough", place(3, 0), shape="x", word_ids=("w0.3",))
    assert written(text, unsure, crossed) == "a b {>>ed: strike uncertain<<} c ~~d~~{shape=x}\n"


def test_underlined_words_are_underlined_also_when_struck() -> None:
    text = [region("paragraph", 0, "Comment: a b")]
    line = mark("underline", place(0, 0, words=2), word_ids=("w0.0", "w0.1"))
    stroke = mark("strikethrough", place(1, 0), status="struck", word_ids=("w0.1",))
    assert written(text, line, stroke) == "<u>Comment:</u> ~~<u>a</u>~~ b\n"


def test_a_stamp_is_a_fence_with_its_fields_and_leaves_running_text_alone() -> None:
    stamp = mark("stamp", Box(left=0, top=10, right=900, bottom=200), "DOCUMENT NO. 26\n\nNO  CHANGE", family="cia x")
    regions = [region("paragraph", 0, "a b"), region("other", 60, "DOCUMENT NQ"), region("paragraph", 300, "c")]
    assert written(regions, stamp) == ('a b\n\n::: stamp id=m10 family="cia x"\nDOCUMENT NO. 26\nNO CHANGE\n:::\n\nc\n')


def test_fields_that_cannot_name_an_attribute_stay_with_the_marks_file() -> None:
    fields = (("Doc No", "1"), ("id", "x"), ("date", "2 May\n1952"))
    stamp = replace(mark("stamp", place(0, 0), "RECEIVED"), fields=fields)
    assert written([], stamp) == '::: stamp id=m0 date="2 May 1952"\nRECEIVED\n:::\n'


def test_hands_exemptions_and_withheld_areas_stand_where_they_are() -> None:
    assert written(
        [region("paragraph", 100, "a"), region("marginalia", 160, "3.5(o)")],
        mark("handwriting", place(0, 10)),
        mark("exemption", place(0, 160), "3.5(c)"),
        mark("redaction", place(0, 200), code="(b)(3)"),
        mark("redaction", place(0, 300)),
        mark("checkbox", place(0, 400)),
    ) == (
        "::: handwriting id=m10\n[?]\n:::\n\na\n\n::: margin id=m160\n3.5(c)\n:::\n\n[REDACTED (b)(3)]\n\n[REDACTED]\n"
    )


def test_a_withheld_area_stands_between_the_words_of_its_line() -> None:
    words = region("paragraph", 100, "The agent and left")
    gone = Box(left=200, top=102, right=290, bottom=138)
    read = (
        replace(
            words, lines=(replace(words.lines[0], words=tuple(w for w in words.lines[0].words if w.text != "and")),)
        ),
    )
    assert "The agent [REDACTED (b)(3)] left" in written(read, mark("redaction", gone, code="(b)(3)"))


def test_a_withheld_area_ends_its_line_or_stands_alone() -> None:
    read = (region("paragraph", 100, "The agent and left"),)
    assert "The agent and left [REDACTED]" in written(read, mark("redaction", place(4, 100)))
    alone = written(read, mark("redaction", Box(left=0, top=100, right=900, bottom=400)))
    assert "The agent and left\n\n[REDACTED]" in alone


def test_an_exemption_that_was_taken_for_running_text_is_said_once() -> None:
    code = mark("exemption", place(5, 0), "3.5(c)")
    assert written([region("paragraph", 0, "3.5(o)"), region("paragraph", 0, "a b c d e 35(0)")], code) == (
        "3.5(o)\n\na b c d e\n\n::: margin id=m0\n3.5(c)\n:::\n"
    )


def test_a_mark_without_id_gives_none() -> None:
    bare = Mark(mark_id="", kind="stamp", box=place(0, 0), text="A", confidence=1.0)
    assert composed([], bare).blocks == (Block(kind="stamp", children=("A",)),)


def test_empty_words_and_lines_leave_no_trace() -> None:
    assert written([region("paragraph", 0, "a  b", " ", "c")]) == "a b\nc\n"


def test_no_page_is_joined_to_another_on_a_guess() -> None:
    (block,) = composed([region("paragraph", 0, "and the")]).blocks
    assert not block.joins_previous
    assert not block.joins_next


NASTY = st.lists(
    st.sampled_from([*"ab~*[]{}<>\\:^?+-#_…⟵⟶☒é\u0301\u0338\r\x0c\xa0" + MASK, ":::", "---", "<!--", "[^1]:", "~~"]),
    max_size=4,
).map("".join) | st.sampled_from(["***", "<!-- page 3 -->", "{>>ed:", "~~x~~", "[?]"])
KINDS: tuple[RegionKind, ...] = ("paragraph", "footnote", "header", "other", "page-number")
REGIONS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.lists(st.lists(NASTY, min_size=1, max_size=4), min_size=1, max_size=3)),
    max_size=3,
).map(
    lambda drawn: [
        region(kind, 1000 * index, *(" ".join(row) for row in rows)) for index, (kind, rows) in enumerate(drawn)
    ]
)


@given(REGIONS, st.lists(NASTY, max_size=3))
def test_whatever_an_engine_reads_is_written_and_read_back_unchanged(
    regions: list[Region], readings: list[str]
) -> None:
    marks = [mark("stamp", place(9, 100 * index), text, family=text) for index, text in enumerate(readings)]
    strokes = [mark("strikethrough", place(1, 1000 * index), status="struck") for index in range(3)]
    transcript = composed(regions, *marks, *strokes)
    assert notation.parse(notation.write(transcript), file="p0002.md", page_id=PAGE) == transcript


@given(REGIONS)
def test_everything_that_was_read_is_in_the_transcript_sign_by_sign(regions: list[Region]) -> None:
    rows = [row.text.replace(MASK, "") for part in regions for row in part.lines]
    signs = "".join("".join(normalize("NFC", " ".join(row.split())).split()) for row in rows)
    assert "".join(views.diplomatic(composed(regions)).split()) == signs
