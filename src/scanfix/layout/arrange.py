"""From the engine's paragraphs to the page's regions."""

from collections.abc import Sequence
from dataclasses import replace

from scanfix.layout import binding, footnotes, furniture, headings, order, paragraphs, restored
from scanfix.layout import column as columns
from scanfix.layout import pitch as pitches
from scanfix.layout.order import Block
from scanfix.layout.pitch import Pitch
from scanfix.layout.sorting import sort_page
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Region, RegionKind
from scanfix.settings import LayoutSettings

MADE_BY = "scanfix.layout 6"

Piece = tuple[RegionKind, Line]
# Something shorter than this, read as noise before a line, may be the sign of a footnote.
_SIGN = 2


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
        exactly one of them (letters of a letter-spaced word as one word; struck words as the un-struck crop reads); and
        the marks, each with the ids of its words.
    """
    if not settings.is_on or not any(region.lines for region in read):
        return tuple(read), tuple(marks)
    pitch = pitches.of([line for region in read for line in region.lines])
    spaced = [[headings.join_spaced(line, pitch) for line in region.lines] for region in read]
    groups = restored.restore(spaced, marks)
    lines = [line for group in groups for line in group]
    bound = binding.bind(marks, lines)
    column = columns.find(lines)
    rows = furniture.edge_of_marks(marks, height_px=height_px)
    parts = sort_page(groups, binding.said_by(bound), column, rows=rows, height_px=height_px, settings=settings)
    text = [line for part in parts for line in part.text]
    rest = [piece for part in parts for piece in part.rest]
    underlines = [mark for mark in marks if mark.kind == "underline"]
    return _number([*_text(text, rest, underlines, height_px=height_px), *_rest(rest)]), bound


def _text(lines: Sequence[Line], rest: Sequence[Piece], underlines: Sequence[Mark], *, height_px: int) -> list[Region]:
    """Make regions of the running text in reading order; footnotes come last, for they belong to all of it."""
    if not lines:
        return []
    pitch = pitches.of(lines)
    blocks = order.blocks(lines, pitch)
    signs = [line.box for kind, line in rest if kind == "other" and len(line.text) <= _SIGN]
    found: list[Region] = []
    notes: list[Region] = []
    for block in blocks:
        if any(_is_below(other, block) for other in blocks):
            found += _paragraphs(block, pitch, underlines)
            continue
        above = [other for other in blocks if _is_below(block, other)]
        nearest = max(above, key=lambda other: other.lines[-1].box.bottom, default=None)
        text, at_foot = footnotes.part(block, nearest, pitch, signs=signs, height_px=height_px)
        found += _paragraphs(replace(block, lines=text), pitch, underlines)
        notes += [_region("footnote", note) for note in at_foot]
    return found + notes


def _paragraphs(block: Block, pitch: Pitch, underlines: Sequence[Mark]) -> list[Region]:
    """Make regions of a column's text, and tell headings from paragraphs."""
    return [
        _region("heading" if headings.is_heading(lines, block, underlines) else "paragraph", lines)
        for lines in paragraphs.part(block, pitch)
    ]


def _is_below(other: Block, block: Block) -> bool:
    """Tell whether a block stands below another."""
    is_beside = other.left >= block.right or other.right <= block.left
    return not is_beside and other.lines[0].box.top > block.lines[-1].box.top


def _rest(pieces: Sequence[Piece]) -> list[Region]:
    """Make a region of each piece of furniture, from top to bottom, and then of each piece of noise."""
    found = sorted(pieces, key=lambda piece: (piece[0] == "other", piece[1].box.top, piece[1].box.edges, piece[1].text))
    return [_region(kind, (line,)) for kind, line in found]


def _region(kind: RegionKind, lines: tuple[Line, ...]) -> Region:
    """Make a region; its id is given at the end."""
    return Region(region_id="", kind=kind, box=Box.around(line.box for line in lines), lines=lines)


def _number(regions: Sequence[Region]) -> tuple[Region, ...]:
    """Give the regions their ids."""
    return tuple(replace(region, region_id=f"r{number}") for number, region in enumerate(regions, start=1))
