"""Laying sheets out: footnotes, tables, columns, gaps, catchwords; rows and columns, no pixels."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import Columns, Document, Gap, Machine, Paragraph, Run, Sheet, Table
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.markup import paragraphs, runs
from scanfix.facsimile.typed.galley import TypedBlock, TypedRow, set_paragraph
from scanfix.facsimile.typed.measure import Measure
from scanfix.facsimile.typed.tables import set_table
from scanfix.facsimile.typed.typist import TypedSheet, paginate

# A sheet of ten rows of thirty columns.
SMALL = Document(
    scan_id="small",
    languages=("eng",),
    machine=Machine(face="courier", pitch_cpi=10, row_in=1 / 6),
    sheet=Sheet(width_in=5.0, height_in=4.0, left_in=1.0, right_in=1.0, top_in=1.0, bottom_in=1.5),
    looks=(Look(),),
    paragraphs=(),
)
NOTE = "[^1]: The note."


def sheets_of(text: str, document: Document = SMALL) -> tuple[TypedSheet, ...]:
    """Lay a text out, no blank lines between its paragraphs."""
    return paginate(replace(document, paragraphs=paragraphs(text, blank=0.0)))


def lines(count: int, last: str = "word") -> str:
    """Write a paragraph of so many lines."""
    return ": " + " // ".join(["word"] * (count - 1) + [last])


def text_of(row: TypedRow) -> str:
    """Return the words of a row."""
    return " ".join(word.text for word in row.words)


def places(block: TypedBlock) -> list[float]:
    """Return where the rows of a block stand."""
    return [row.row for row in block.rows]


# Footnotes


def test_a_footnote_stands_at_the_foot_of_its_sheet_under_a_rule() -> None:
    (sheet,) = sheets_of(f"{lines(3, 'sign[^1]')}\n\n{NOTE}")
    text, note = sheet.blocks
    assert places(text) == [0, 1, 2]
    assert [row.is_rule for row in note.rows] == [True, False]
    assert note.rows[-1].row == pytest.approx(9)
    assert text_of(note.rows[1]) == "1 The note."
    assert (note.fence, note.label) == ("footnote", "1")


def test_text_leaves_room_for_the_notes_it_signs() -> None:
    first, second = sheets_of(f"{lines(3, 'sign[^1]')}\n\n{lines(8)}\n\n{NOTE}")
    text = [row.row for block in first.blocks[:-1] for row in block.rows]
    assert max(text) <= first.blocks[-1].rows[0].row - 1
    assert len(text) + sum(len(block.rows) for block in second.blocks) == 11


def test_a_line_whose_short_note_has_no_room_goes_to_the_next_sheet() -> None:
    first, second = sheets_of(f"{lines(10, 'sign[^1]')}\n\n{NOTE}")
    assert [block.fence for block in first.blocks] == ["paragraph"]
    assert [block.fence for block in second.blocks] == ["paragraph", "footnote"]
    assert len(first.blocks[0].rows) == 9


def test_a_long_note_runs_over_to_the_next_sheet() -> None:
    long = "[^1]: " + " // ".join(["row"] * 6)
    first, second = sheets_of(f"{lines(6, 'sign[^1]')}\n\n{long}")
    here, there = first.blocks[-1], second.blocks[-1]
    assert (here.joins_next, there.joins_previous) == (True, True)
    assert sum(len(block.lines) for block in (here, there)) == 6
    assert there.rows[0].is_rule


def test_a_note_longer_than_a_sheet_takes_as_many_as_it_needs() -> None:
    sheets = sheets_of(f": sign[^1]\n\n[^1]: {' // '.join(['row'] * 25)}")
    notes = [block for sheet in sheets for block in sheet.blocks if block.fence == "footnote"]
    assert sum(len(block.lines) for block in notes) == 25
    assert max(row.row for block in notes for row in block.rows) <= 9.001


def test_a_footnote_without_a_sign_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"small: no sign \[\^1\] in the text"):
        sheets_of(f": text\n\n{NOTE}")


# Tables, columns, gaps


def test_a_table_has_a_rule_of_hyphens_under_its_head() -> None:
    table = Table(rows=(("Item", "Tons"), ("Coal", "310")), starts=(0, 12), alignments=("left", "right"))
    block = set_table(table, measure=Measure())
    assert [row.is_rule for row in block.rows] == [False, True, False]
    assert [(word.text, word.column, word.end) for word in block.rows[2].words] == [("Coal", 0, 4), ("310", 9, 12)]
    assert block.rows[1].words[0].text == "-" * 12


def test_a_centred_cell_stands_on_both_sides_of_its_column() -> None:
    table = Table(rows=(("abcd",),), starts=(10,), alignments=("centre",), has_head=False)
    assert set_table(table, measure=Measure()).rows[0].words[0].column == 8


def test_a_table_that_does_not_fit_below_goes_to_the_next_sheet() -> None:
    first, second = sheets_of(f"{lines(8)}\n\n| a | b |\n| c | d |\n| e | f |")
    assert [block.fence for block in first.blocks] == ["paragraph"]
    assert [block.fence for block in second.blocks] == ["table"]


def test_a_table_longer_than_a_sheet_runs_over() -> None:
    rows = "\n".join(f"| {number} | x |" for number in range(14))
    first, second = sheets_of(rows)
    assert (first.blocks[0].joins_next, second.blocks[0].joins_previous) == (True, True)


def test_columns_stand_side_by_side_and_the_left_is_read_first() -> None:
    (sheet,) = sheets_of("[[\n\n: one two three four\n\n: five\n\n||\n\n: six\n\n]]\n\n: seven")
    left, right, after = sheet.blocks
    assert [text_of(row) for row in left.rows] == ["one two three", "four", "five"]
    assert [row.opens for row in left.rows] == [False, False, True]
    assert right.rows[0].words[0].column == 17
    assert places(right) == [0]
    assert places(after) == [3]


def test_columns_higher_than_a_sheet_are_refused() -> None:
    parts = (Paragraph(runs=(Run(text="\n".join(["w"] * 12)),)),)
    with pytest.raises(SettingsError, match="columns of 12 rows do not fit"):
        paginate(replace(SMALL, paragraphs=(Columns(parts=(parts, parts)),)))


@pytest.mark.parametrize("text", ["~x gone", "[^1]: note"])
def test_what_a_column_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="stands in columns"):
        sheets_of(f"[[\n\n{text}\n\n||\n\n: right\n\n]]")


def test_a_gap_is_placed_between_the_blocks() -> None:
    (sheet,) = sheets_of(": one\n\n@3\n\n: two")
    (gap,) = sheet.gaps
    assert (gap.row, gap.blocks_before) == (1, 1)
    assert places(sheet.blocks[1]) == [4]


def test_a_gap_that_does_not_fit_goes_to_the_next_sheet_and_one_higher_than_it_is_refused() -> None:
    first, second = sheets_of(f"{lines(9)}\n\n@3")
    assert (len(first.gaps), len(second.gaps)) == (0, 1)
    assert second.gaps[0].row == 0
    with pytest.raises(SettingsError, match="a gap of 12 rows does not fit"):
        paginate(replace(SMALL, paragraphs=(Gap(rows=12),)))


# Leading, sheets, catchwords


def test_lines_of_two_leadings_are_parted_by_the_wider() -> None:
    parts = paragraphs('one\n\n" two // three\n\nfour', blank=0.0, quote_leading=0.5)
    (sheet,) = paginate(replace(SMALL, paragraphs=parts))
    assert [places(block) for block in sheet.blocks] == [[0], [1, 1.5], [2.5]]


def test_a_paragraph_may_start_a_sheet() -> None:
    first, second = sheets_of(": one\n\n===\n\n: two")
    assert (len(first.blocks), len(second.blocks)) == (1, 1)


def test_the_catchword_is_the_next_sheet_s_first_word_at_the_right() -> None:
    document = replace(SMALL, has_catchwords=True)
    first, second = sheets_of(f"{lines(10)}\n\n: next one", document)
    catchword = first.blocks[-1]
    assert (catchword.fence, catchword.kind, text_of(catchword.rows[0])) == ("catchword", "signature-mark", "next")
    assert catchword.rows[0].words[-1].end == 30
    assert [block.fence for block in second.blocks] == ["paragraph"]


def test_a_withheld_word_is_no_catchword() -> None:
    document = replace(SMALL, has_catchwords=True)
    first, _ = sheets_of(f"{lines(10)}\n\n: {{(b)(1): next one}} here", document)
    assert [block.fence for block in first.blocks] == ["paragraph"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["text", "note", "table", "gap", "quote"]), min_size=1, max_size=12))
def test_nothing_is_lost_overlaps_or_leaves_the_sheet(kinds: list[str]) -> None:
    source = {
        "text": ": one two three // four",
        "table": "| a | b |\n| c | d |",
        "gap": "@2",
        "quote": '" five // six // seven',
    }
    parts = [
        f": here[^{place}]\n\n[^{place}]: a // b // c // d // e" if kind == "note" else source[kind]
        for place, kind in enumerate(kinds)
    ]
    sheets = sheets_of("\n\n".join(parts))
    rows = {"text": 2, "note": 6, "table": 2, "gap": 0, "quote": 3}
    assert sum(len(block.lines) for sheet in sheets for block in sheet.blocks) == sum(rows[kind] for kind in kinds)
    for sheet in sheets:
        placed = [row.row for block in sheet.blocks for row in block.rows]
        assert placed == sorted(set(placed))
        assert not placed or max(placed) <= 9.001


# Words and their room


def test_a_letter_spaced_heading_has_a_blank_after_each_letter_and_three_between_words() -> None:
    (row,) = set_paragraph(Paragraph(runs=runs("<<AB CD>>")), columns=40)
    assert [(word.text, word.column, word.end) for word in row.words] == [("AB", 0, 3), ("CD", 6, 9)]


def test_a_hand_s_insertion_takes_no_room() -> None:
    (row,) = set_paragraph(Paragraph(runs=runs("was {+not yet+} closed")), columns=40)
    assert [(word.text, word.column) for word in row.words] == [("was", 0), ("not", 3.5), ("yet", 3.5), ("closed", 4)]


def test_a_raised_sign_after_a_stop_leaves_two_blanks_as_the_stop_does() -> None:
    (row,) = set_paragraph(Paragraph(runs=runs("It rained.[^1] We left.")), columns=40)
    assert [word.column for word in row.words] == [0, 3, 13, 16]


def test_an_inset_leaves_columns_free_at_the_right() -> None:
    rows = set_paragraph(replace(Paragraph(runs=runs("aaaa bbbb")), inset=4), columns=12)
    assert len(rows) == 2


@pytest.mark.parametrize("face", ["bookman", "century"])
def test_a_setting_machine_gives_each_letter_its_own_room(face: FaceName) -> None:
    measure = Measure(face=face)
    assert measure.width("i") < measure.width("n") < measure.width("m")
    text = "William Millicent Hill " * 8
    rows = set_paragraph(Paragraph(runs=(Run(text=text),)), columns=30.5, measure=measure)
    assert [word.text for row in rows for word in row.words] == text.split()
    assert all(row.words[-1].end <= 30.5 for row in rows)
    assert len(rows) > 1
