"""From the engine's paragraphs to the page's regions."""

from collections.abc import Sequence
from dataclasses import replace

from scanfix.layout import column as columns
from scanfix.layout import furniture, order
from scanfix.layout.column import Column
from scanfix.layout.sorting import Sorted, sort
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Region, RegionKind
from scanfix.settings import LayoutSettings

MADE_BY = "scanfix.layout 3"
# A heading has at most this many lines, mostly capitals, and its middle near the column's.
_HEADING_LINES = 2
_HEADING_CAPITALS = 0.8


def arrange(
    read: Sequence[Region], marks: Sequence[Mark], *, height_px: int, settings: LayoutSettings
) -> tuple[tuple[Region, ...], tuple[Mark, ...]]:
    """Tell running text from furniture, marks and noise, and put it in reading order.

    Parameters
    ----------
    read
        The engine's paragraphs.
    marks
        Marks of the page, in the same frame.
    height_px
        Height of the page.
    settings
        What counts as noise.

    Returns
    -------
    tuple of Region, tuple of Mark
        The regions, running text first in reading order, then furniture, then noise, every word of ``read`` in
        exactly one of them; and the marks, each with the ids of the words that the engine read in its place.
    """
    lines = [line for region in read for line in region.lines]
    if not settings.is_on or not lines:
        return tuple(read), tuple(marks)
    bound = furniture.bind(marks, lines)
    # A marking in the body is typed text as well: "Strictly confidential." opens a letter.
    of_marks = {word_id for mark in bound if mark.field("position") != "body" for word_id in mark.word_ids}
    column = columns.find(lines)
    rows = furniture.edge_of_marks(marks, height_px=height_px)
    parts = [sort(region.lines, of_marks, column, rows=rows, height_px=height_px, settings=settings) for region in read]
    text = _paragraphs(parts, column)
    rest = [piece for part in parts for piece in part.rest]
    return _number([*text, *_rest(rest)], column), bound


def _paragraphs(parts: Sequence[Sorted], column: Column | None) -> list[Region]:
    """Make paragraphs: from top to bottom on a page of one column, else as the engine has them."""
    groups: Sequence[tuple[Line, ...]] = [part.text for part in parts if part.text]
    if column and column.is_single:
        lines = order.rows([line for group in groups for line in group], column)
        groups = order.paragraphs(lines, column)
    return [_region("paragraph", group) for group in groups]


def _rest(pieces: Sequence[tuple[RegionKind, Line]]) -> list[Region]:
    """Make a region of each run of furniture of one kind, and of each piece of noise."""
    found = sorted(pieces, key=lambda piece: (piece[0] == "other", piece[1].box.top))
    return [_region(kind, (line,)) for kind, line in found]


def _region(kind: RegionKind, lines: tuple[Line, ...]) -> Region:
    """Make a region; its id is given at the end."""
    return Region(region_id="", kind=kind, box=Box.around(line.box for line in lines), lines=lines)


def _number(regions: Sequence[Region], column: Column | None) -> tuple[Region, ...]:
    """Give the regions their ids and tell headings from paragraphs."""
    return tuple(
        replace(region, region_id=f"r{number}", kind="heading" if _is_heading(region, column) else region.kind)
        for number, region in enumerate(regions, start=1)
    )


def _is_heading(region: Region, column: Column | None) -> bool:
    """Tell whether a paragraph is a heading: one or two lines of capitals in the middle of the column."""
    if region.kind != "paragraph" or column is None or len(region.lines) > _HEADING_LINES:
        return False
    letters = [sign for line in region.lines for sign in line.text if sign.isalpha()]
    is_capital = bool(letters) and sum(sign.isupper() for sign in letters) >= _HEADING_CAPITALS * len(letters)
    offset = abs(region.box.centre[0] - (column.left + column.right) / 2)
    return is_capital and offset < (column.right - column.left) / 8
