"""Everything that is typed on one sheet: the text and what hands did to it, the running head, the page's number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from numpy.random import Generator

from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.typed.block_strikes import cancel_blocks
from scanfix.facsimile.typed.drafting import draft, way_of
from scanfix.facsimile.typed.galley import TypedBlock, TypedRow, row_of, words_at
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.facsimile.typed.measure import Measure
from scanfix.facsimile.typed.typewriter import BASELINE_SHARE, LINE_IN, Typewriter
from scanfix.facsimile.typed.typist import TypedSheet, columns_of

# The line of a page number is this far (in inches) from the paper's edge, between the text and the marking.
_NUMBER_AT_IN = 1.0
# Columns left free between a running head and the page's number on its line.
_BESIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The typing of one sheet, and the machine that typed it."""

    typewriter: Typewriter
    blocks: tuple[InkedBlock, ...]
    number: InkedBlock | None
    running_head: InkedBlock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The sheet in the machine, and its resolution."""

    layers: Layers
    document: Document
    typewriter: Typewriter
    dpi: int

    def type(self, block: TypedBlock, generator: Generator) -> InkedBlock:
        """Type a block and let the hands at it."""
        layer = self.layers.of(self.document.machine.ink)
        rows = [self.typewriter.type_row(layer, row, generator) for row in block.rows]
        way = way_of(generator)
        drafted = (draft(self.layers, row, self.typewriter, way=way, dpi=self.dpi, generator=generator) for row in rows)
        return InkedBlock(typed=block, rows=tuple(drafted))


def compose(
    layers: Layers, document: Document, sheets: Sequence[TypedSheet], *, number: int, dpi: int, dice: Dice
) -> Composed:
    """Type a sheet.

    Parameters
    ----------
    sheets
        All of the document's, as the typist laid them out.
    number
        Of the sheet, from 1.

    Raises
    ------
    SettingsError
        The text has a sign that the machine's face lacks.
    ToolMissingError
        A typeface is not installed.
    """
    typewriter = Typewriter(document, dpi=dpi, habits=dice.habits, ribbon=dice.of("ribbon"))
    desk = _Desk(layers=layers, document=document, typewriter=typewriter, dpi=dpi)
    blocks = tuple(desk.type(block, dice.of("block", index)) for index, block in enumerate(sheets[number - 1].blocks))
    blocks = cancel_blocks(layers, blocks, dpi=dpi, generator=dice.of("block strike"))
    page_number = _page_number(document, number)
    head = _running_head(document, number, page_number)
    return Composed(
        typewriter=typewriter,
        blocks=blocks,
        number=desk.type(page_number, dice.of("number")) if page_number else None,
        running_head=desk.type(head, dice.of("running head")) if head else None,
    )


def _page_number(document: Document, number: int) -> TypedBlock | None:
    """Set the page's number, ``None`` where it carries none."""
    if not document.numbering or (number == 1 and not document.numbers_first):
        return None
    edge_in = document.sheet.height_in
    at_in = _NUMBER_AT_IN if document.numbering_edge == "head" else edge_in - _NUMBER_AT_IN
    row = row_of(
        document.numbering.format(number),
        columns=columns_of(document),
        row=_row_at(document, at_in),
        measure=Measure(face=document.machine.face),
    )
    return TypedBlock(kind="page-number", rows=(row,), fence="pageno")


def _running_head(document: Document, number: int, page_number: TypedBlock | None) -> TypedBlock | None:
    """Set the running head at the left of a sheet that is not the first, above a number that is in its way."""
    if not document.running_head or number == 1:
        return None
    words = words_at(document.running_head, column=0.0, measure=Measure(face=document.machine.face))
    row = TypedRow(row=_row_at(document, _NUMBER_AT_IN), words=words)
    other = page_number.rows[0] if page_number and document.numbering_edge == "head" else None
    if other and words[-1].end + _BESIDE > other.words[0].column:
        row = replace(row, row=row.row - LINE_IN / document.machine.row_in)
    return TypedBlock(kind="header", rows=(row,), fence="head")


def _row_at(document: Document, at_in: float) -> float:
    """Return the row whose baseline is this far from the sheet's top."""
    return (at_in - document.sheet.top_in) / document.machine.row_in - BASELINE_SHARE
