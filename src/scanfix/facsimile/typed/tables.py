"""Setting what is not running text: tables, and paragraphs side by side."""

from dataclasses import replace
from math import floor

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import Alignment, Columns, Paragraph, Table
from scanfix.facsimile.typed.galley import TypedBlock, TypedRow, TypedWord, rule_of, set_paragraph, shift, words_at
from scanfix.facsimile.typed.measure import Measure

# Where a typewriter stops: cells begin this share of their room before their column.
_BEFORE: dict[Alignment, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}


def set_table(table: Table, *, measure: Measure) -> TypedBlock:
    """Set a table, a row of cells a row, a rule of hyphens under its head."""
    rows = [_cells(cells, table, measure) for cells in table.rows]
    typed = [TypedRow(row=0.0, words=words) for words in rows if words]
    if table.has_head and len(typed) > 1:
        left = min(word.column for words in rows for word in words)
        right = max(word.end for words in rows for word in words)
        typed.insert(1, rule_of("-", column=left, columns=right - left, row=0.0, measure=measure))
    return TypedBlock(
        kind="paragraph",
        rows=tuple(replace(row, row=index * table.leading) for index, row in enumerate(typed)),
        fence="table",
    )


def set_columns(columns: Columns, *, width: float, measure: Measure) -> tuple[TypedBlock, ...]:
    """Set paragraphs side by side, a block a column.

    Raises
    ------
    SettingsError
        A paragraph is a footnote, or is cancelled as a whole: a column is one block.
    """
    for paragraph in (one for part in columns.parts for one in part):
        if paragraph.stroke or paragraph.kind == "footnote":
            raise SettingsError(
                f'facsimile: "{paragraph.runs[0].text[:30]}" stands in columns, where no footnote is set and no block '
                "struck. Put it outside them, or strike its words."
            )
    count = len(columns.parts)
    each = (width - columns.gutter * (count - 1)) / count
    each = floor(each) if measure.is_fixed else each
    blocks = (
        _column(part, at=place * (each + columns.gutter), width=each, measure=measure)
        for place, part in enumerate(columns.parts)
    )
    return tuple(
        replace(
            block,
            joins_previous=columns.is_joined and place > 0,
            joins_next=columns.is_joined and place < count - 1,
        )
        for place, block in enumerate(blocks)
    )


def _cells(cells: tuple[str, ...], table: Table, measure: Measure) -> tuple[TypedWord, ...]:
    """Type the cells of a row at their columns."""
    words: list[TypedWord] = []
    for place, (cell, start) in enumerate(zip(cells, table.starts, strict=True)):
        typed = words_at(cell, column=0.0, measure=measure)
        if typed:
            alignment = table.alignments[place] if place < len(table.alignments) else "left"
            before = _BEFORE[alignment] * typed[-1].end
            words.extend(shift(typed, start - (floor(before) if measure.is_fixed else before)))
    return tuple(words)


def _column(part: tuple[Paragraph, ...], *, at: float, width: float, measure: Measure) -> TypedBlock:
    """Set the paragraphs of one column below one another."""
    rows: list[TypedRow] = []
    for paragraph in part:
        start = rows[-1].row + paragraph.leading + paragraph.blank_before if rows else 0.0
        for number, row in enumerate(set_paragraph(paragraph, columns=width, measure=measure)):
            opens = bool(rows) and number == 0
            rows.append(replace(row, row=start + row.row, words=shift(row.words, at), opens=opens))
    return TypedBlock(kind="paragraph", rows=tuple(rows), fence="column")
