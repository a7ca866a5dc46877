"""Setting text: columns and rows, no pixels and no typefaces."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import SOFT_HYPHEN, Alignment, Document, Machine, Paragraph, Run, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.markup import paragraphs, runs
from scanfix.facsimile.typed.galley import TypedRow, set_paragraph, spans
from scanfix.facsimile.typed.typist import paginate

WORDS = st.lists(st.text(alphabet="abcdefgh.", min_size=1, max_size=12), min_size=1, max_size=60)
# A sheet of ten rows of thirty columns.
SMALL = Document(
    scan_id="small",
    languages=("eng",),
    machine=Machine(face="courier", pitch_cpi=10, row_in=1 / 6),
    sheet=Sheet(width_in=5.0, height_in=4.0, left_in=1.0, right_in=1.0, top_in=1.0, bottom_in=1.5),
    looks=(Look(),),
    paragraphs=(),
)


def rows_of(text: str, columns: int) -> list[str]:
    """Set a text and return its rows, spaces as typed."""
    return [shown(row) for row in set_paragraph(Paragraph(runs=runs(text)), columns=columns)]


def plain_of(text: str, blank: float) -> list[Paragraph]:
    """Read markup that holds nothing but paragraphs."""
    return [part for part in paragraphs(text, blank=blank) if isinstance(part, Paragraph)]


def shown(row: TypedRow) -> str:
    """Return a row, spaces as typed."""
    line = ""
    for word in row.words:
        line = line.ljust(int(word.column)) + word.text
    return line


def test_markup_gives_each_piece_its_style() -> None:
    found = runs(r"a _b c_ ~~d~~ ~~/e~~ ~~\f~~ ##g## {(b)(1): h i}")
    assert [(run.text, run.style, run.stroke.shape, run.code) for run in found if run.text != " "] == [
        ("a ", "plain", "horizontal", ""),
        ("b c", "underlined", "horizontal", ""),
        ("d", "struck", "horizontal", ""),
        ("e", "struck", "rising", ""),
        ("f", "struck", "falling", ""),
        ("g", "overtyped", "horizontal", ""),
        ("h i", "withheld", "horizontal", "(b)(1)"),
    ]


def test_markup_folds_the_white_space_of_source_code() -> None:
    assert runs("one\n      two // three|four") == (Run(text=f"one two\nthree{SOFT_HYPHEN}four"),)


def test_markup_tells_the_kinds_of_paragraphs_by_their_first_sign() -> None:
    found = plain_of("=3 TITLE\n\n> right\n\n< left\n\n: flush\n\n* (a) hanging\n\nplain\ntext", blank=1.5)
    assert [(part.kind, part.alignment, part.indent, part.hanging, part.blank_before) for part in found] == [
        ("heading", "centre", 0, 0, 3.0),
        ("paragraph", "right", 0, 0, 1.5),
        ("paragraph", "left", 0, 0, 1.5),
        ("paragraph", "left", 0, 0, 1.5),
        ("paragraph", "left", 5, 5, 1.5),
        ("paragraph", "left", 5, 0, 1.5),
    ]
    assert [part.runs[0].text for part in found] == ["TITLE", "right", "left", "flush", "(a) hanging", "plain text"]


def test_a_word_is_divided_at_its_last_soft_hyphen_that_fits() -> None:
    assert rows_of("the rati|fica|tion of it", 14) == ["the ratifica-", "tion of it"]


def test_a_soft_hyphen_that_is_not_needed_is_not_typed() -> None:
    assert rows_of("the rati|fica|tion", 40) == ["the ratification"]


def test_a_sentence_ends_with_two_spaces_and_an_abbreviation_with_one() -> None:
    assert rows_of("It rained. Dr. Sarrow and A. Wirt came.", 60) == ["It rained.  Dr. Sarrow and A. Wirt came."]


def test_a_word_wider_than_the_sheet_overhangs() -> None:
    assert rows_of("a abcdefghij b", 5) == ["a", "abcdefghij", "b"]


def test_lines_end_at_line_feeds_and_hang_as_told() -> None:
    paragraph = Paragraph(runs=runs("one two three // four"), indent=4, hanging=2)
    rows = set_paragraph(paragraph, columns=12)
    assert [(row.words[0].column, row.words[0].text) for row in rows] == [(4, "one"), (2, "three"), (2, "four")]


@pytest.mark.parametrize(("alignment", "column"), [("left", 0), ("centre", 3), ("right", 6)])
def test_rows_stand_where_their_alignment_says(alignment: Alignment, column: int) -> None:
    paragraph = replace(Paragraph(runs=runs("abcd")), alignment=alignment)
    (row,) = set_paragraph(paragraph, columns=10)
    assert row.words[0].column == column


@given(WORDS, st.integers(min_value=12, max_value=40))
def test_setting_keeps_every_word_in_order_and_inside_the_columns(words: list[str], columns: int) -> None:
    rows = set_paragraph(Paragraph(runs=(Run(text=" ".join(words)),)), columns=columns)
    assert [word.text for row in rows for word in row.words] == words
    assert all(row.words[-1].end <= columns for row in rows)
    assert all(
        after.column > before.end for row in rows for before, after in zip(row.words, row.words[1:], strict=False)
    )


@given(WORDS, st.integers(min_value=6, max_value=20))
def test_dividing_words_loses_no_letter(words: list[str], columns: int) -> None:
    divisible = " ".join(SOFT_HYPHEN.join(word) for word in words)
    rows = set_paragraph(Paragraph(runs=(Run(text=divisible),)), columns=columns)
    texts = [" ".join(word.text for word in row.words) for row in rows]
    joined = "".join(text.removesuffix("-") if text.endswith("-") else f"{text} " for text in texts)
    assert joined.split() == words


@given(st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=8))
def test_no_sheet_holds_more_rows_than_fit_and_no_row_is_lost(lengths: list[int]) -> None:
    parts = tuple(Paragraph(runs=(Run(text="\n".join(["word"] * length)),)) for length in lengths)
    sheets = paginate(replace(SMALL, paragraphs=parts))
    placed = [row.row for sheet in sheets for block in sheet.blocks for row in block.rows]
    assert len(placed) == sum(lengths)
    assert max(placed) <= 9
    for sheet in sheets:
        rows = [row.row for block in sheet.blocks for row in block.rows]
        assert rows == sorted(set(rows))


def test_a_paragraph_that_runs_over_the_sheet_says_so_on_both() -> None:
    parts = (Paragraph(runs=(Run(text="\n".join(["word"] * 12)),)),)
    (first,), (second,) = (sheet.blocks for sheet in paginate(replace(SMALL, paragraphs=parts)))
    assert (first.joins_previous, first.joins_next) == (False, True)
    assert (second.joins_previous, second.joins_next) == (True, False)


def test_a_heading_does_not_stay_alone_at_the_foot() -> None:
    body = Paragraph(runs=(Run(text="\n".join(["word"] * 6)),))
    heading = Paragraph(runs=(Run(text="HEADING"),), kind="heading")
    sheets = paginate(replace(SMALL, paragraphs=(body, heading, body)))
    assert [block.kind for block in sheets[0].blocks] == ["paragraph"]
    assert [block.kind for block in sheets[1].blocks] == ["heading", "paragraph"]


def test_margins_that_leave_no_room_are_refused() -> None:
    with pytest.raises(SettingsError, match="small: the margins leave no room"):
        paginate(replace(SMALL, sheet=replace(SMALL.sheet, top_in=3.0)))


def test_a_space_belongs_to_a_run_only_between_its_own_words() -> None:
    (row,) = set_paragraph(Paragraph(runs=runs("to _the Chief of_ Staff")), columns=40)
    assert [(run.style, text) for run, text in spans(row)] == [
        ("plain", "to"),
        ("plain", " "),
        ("underlined", "the Chief of"),
        ("plain", " "),
        ("plain", "Staff"),
    ]
