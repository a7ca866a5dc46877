"""Typing whose rows are known before it is typed: prose broken into lines of its own, a specimen in the second."""

from dataclasses import dataclass
from textwrap import wrap

from scanfix.facsimile.asked.document import SOFT_HYPHEN, Paragraph, Run, Sheet
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.writing import writers

# A specimen begins within the first third of its line, so that it never breaks at the line's end.
_BEFORE = 18
# Words of English and their space take six columns; some more are written than are needed.
_COLUMNS_A_WORD = 4.5
# Typists leave two spaces after a stop.
_SPARE = 4

# What a sentence cannot end with.
_OPEN = ' .,;:-("'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A paragraph of known rows and the middle of what stands in its second, in inches on the sheet."""

    paragraph: Paragraph
    at_in: tuple[float, float]


def columns_of(draft: Draft) -> int:
    """Return how many columns fit between the margins."""
    sheet = draft.sheet
    return int((sheet.width_in - sheet.left_in - sheet.right_in) * draft.machine.pitch_cpi + 1e-6)


def row_in(draft: Draft, row: float) -> float:
    """Return how far below the sheet's top the middle of a row stands, in inches."""
    sheet: Sheet = draft.sheet
    return sheet.top_in + (row + 0.6) * draft.machine.row_in


def lines_of(draft: Draft, *, rows: int, columns: int) -> list[str]:
    """Return prose as exactly so many lines."""
    words = int(rows * columns / _COLUMNS_A_WORD) + 8
    text = writers.filler(draft.generator, words).replace(SOFT_HYPHEN, "")
    return wrap(text, columns - _SPARE, break_long_words=True, break_on_hyphens=False)[:rows]


def plain(draft: Draft, *, rows: int, blank_before: float = 1.0) -> Paragraph:
    """Return a paragraph of so many rows."""
    text = "\n".join(_ended(lines_of(draft, rows=rows, columns=columns_of(draft))))
    return Paragraph(runs=(Run(text=text),), blank_before=blank_before)


def holding(draft: Draft, runs: tuple[Run, ...], *, row: float, rows: int, blank_before: float = 1.0) -> Rows:
    """Return a paragraph that begins at a row of the sheet and holds runs in its second line."""
    columns = columns_of(draft)
    first, second, *others = _ended(lines_of(draft, rows=rows, columns=columns))
    before, *_ = wrap(second, _BEFORE, break_long_words=True)
    wide = sum(len(run.text) * (2 if run.style == "spaced" else 1) for run in runs)
    room = columns - len(before) - wide - _SPARE
    after = wrap(second[len(before) :].strip(), room)[:1] if room > 0 else []
    text_before, text_after = f"{first}\n{before} ", "".join(f" {part}" for part in after)
    rest = "".join(f"\n{line}" for line in others)
    middle = (len(before) + 1 + wide / 2) / draft.machine.pitch_cpi
    return Rows(
        paragraph=Paragraph(
            runs=(Run(text=text_before), *runs, Run(text=text_after + rest)), blank_before=blank_before
        ),
        at_in=(draft.sheet.left_in + middle, row_in(draft, row + 1)),
    )


def _ended(lines: list[str]) -> list[str]:
    """End a paragraph with the last sentence that ends in its last line, or with a stop after its last word."""
    *others, last = lines
    whole, stop, _ = last.rpartition(". ")
    return [*others, f"{whole}." if stop else f"{last.rstrip(_OPEN)}."]
