"""Paragraphs of a column: where one ends and the next begins, from gaps, indents and the numbers of items."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from scanfix.layout.order import Block
from scanfix.layout.pitch import Pitch, middle
from scanfix.model.text import Line

# A gap this many times the usual one starts a paragraph; so does a first line set in by this many letters.
_GAP = 1.45
_INDENT_LETTERS = 2.5
# "1.", "(a)", "iv)": the number of an item, which hangs outside its lines or stands before them.
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]")
# White inside a line that no sentence leaves: the cells of a table. So many lines of it on end are one.
_CELL_LETTERS = 3.0
_TABLE_ROWS = 3


def part(block: Block, pitch: Pitch) -> tuple[tuple[Line, ...], ...]:
    """Part the lines of a column into paragraphs; every line is in one, in order.

    Parameters
    ----------
    block
        The column.
    pitch
        The page's measure.
    """
    steps = [middle(below) - middle(above) for above, below in pairwise(block.lines)]
    usual = median(steps) if steps else 0.0
    tables = _tables(block.lines, pitch)
    found: list[list[Line]] = []
    for index, line in enumerate(block.lines):
        if index == 0 or _starts(block, index, steps[index - 1] / max(usual, 1.0), tables, pitch):
            found.append([line])
        else:
            found[-1].append(line)
    return tuple(tuple(one) for one in found)


def opens_item(line: Line) -> bool:
    """Tell whether a line begins with the number of an item."""
    return len(line.words) > 1 and _ITEM.fullmatch(line.words[0].text) is not None


def _starts(block: Block, index: int, steps: float, tables: Sequence[int], pitch: Pitch) -> bool:
    """Tell whether a line begins a paragraph, or a table."""
    if tables[index] or tables[index - 1]:
        return tables[index] != tables[index - 1]
    above, below = block.lines[index - 1], block.lines[index]
    if steps > _GAP:
        return True
    set_in = (below.box.left - above.box.left) / pitch.letter_px
    at_edge = above.box.left - block.left < pitch.letter_px
    if set_in > _INDENT_LETTERS:
        # The lines of an item stand to the right of its number.
        return at_edge and not opens_item(above)
    return _ends_inset(block, index, pitch) or _is_next_item(block.lines, index, pitch)


def _ends_inset(block: Block, index: int, pitch: Pitch) -> bool:
    """Tell whether a line comes back to the edge from two or more that were set in: a quotation is over."""
    if index < 2 or block.lines[index].box.left - block.left > pitch.letter_px:
        return False
    least = block.left + _INDENT_LETTERS * pitch.letter_px
    inset = block.lines[index - 2 : index]
    return all(line.box.left > least for line in inset)


def _is_next_item(lines: Sequence[Line], index: int, pitch: Pitch) -> bool:
    """Tell whether a line begins with an item's number where another one's stands above it."""
    if not opens_item(lines[index]):
        return False
    place = lines[index].words[0].box.left
    return any(opens_item(line) and abs(line.words[0].box.left - place) < pitch.letter_px for line in lines[:index])


def _tables(lines: Sequence[Line], pitch: Pitch) -> tuple[int, ...]:
    """Give each line the number of the table that it is a row of, from 1; 0 for a line of text."""
    found = [0] * len(lines)
    for number, (start, end) in enumerate(_runs_of_cells(lines, pitch), start=1):
        found[start:end] = [number] * (end - start)
    return tuple(found)


def _runs_of_cells(lines: Sequence[Line], pitch: Pitch) -> Iterator[tuple[int, int]]:
    """Give the stretches of lines whose cells stand below each other, as first line and the one after the last."""
    start: int | None = None
    white: tuple[float, float] | None = None
    for index, line in enumerate((*lines, None)):
        gap = _cells(line, white, pitch) if line else None
        if gap is None:
            if start is not None and index - start >= _TABLE_ROWS:
                yield start, index
            gap = _cells(line, None, pitch) if line and start is not None else None
            start = index if gap else None
        elif start is None:
            start = index
        white = gap


def _cells(line: Line, white: tuple[float, float] | None, pitch: Pitch) -> tuple[float, float] | None:
    """Return the widest gap in a line (within ``white`` where there is one), ``None`` where it has no cells."""
    gaps: list[tuple[float, float]] = [(one.box.right, other.box.left) for one, other in pairwise(line.words)]
    if opens_item(line):
        gaps = gaps[1:]
    if white:
        gaps = [(max(left, white[0]), min(right, white[1])) for left, right in gaps]
    wide = [gap for gap in gaps if gap[1] - gap[0] >= _CELL_LETTERS * pitch.letter_px]
    return max(wide, key=lambda gap: gap[1] - gap[0], default=None)
