"""The press: a document's description and a seed go in, pages with exactly known truth come out.

Typing, rubber and pens go on the sheet; the sheet is laid on the scanner; banners and redactions are printed on the
scan. Every box of ink goes through the same map as the ink, so that the truth moves with the paper.
"""

from dataclasses import dataclass, replace

from numpy.random import Generator

from scanfix.facsimile import annotate, overprint, paper, record, transcribe, typist
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.document import Document
from scanfix.facsimile.layers import Layers
from scanfix.facsimile.look import Look
from scanfix.facsimile.marking import Edge
from scanfix.facsimile.marks import InkedMarking, put_marking
from scanfix.facsimile.outline import around
from scanfix.facsimile.pen import cancel
from scanfix.facsimile.record import Cover, InkedBlock, Printed, PrintedBanner
from scanfix.facsimile.rubber import put_stamp
from scanfix.facsimile.typewriter import BASELINE_SHARE, InkedRow, Typewriter
from scanfix.facsimile.typist import TypedBlock
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import PageText
from scanfix.model.transcript import Transcript

# The line of a page number is this far (in inches) from the paper's edge, between the text and the marking.
_NUMBER_AT_IN = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facsimile:
    """A pressed page and its truth; boxes are in its own pixels.

    ``pixels`` are (height, width) uint8, 0 ink to 255 paper; (height, width, 3), red first, of a look in colours.
    """

    page_id: PageId
    pixels: GrayImage
    dpi: int
    is_bilevel: bool
    text: PageText
    transcript: Transcript
    marks: tuple[Mark, ...]


def press(document: Document, *, seed: int) -> tuple[Facsimile, ...]:
    """Press every page of a document; the same description and seed give the same pages.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    SettingsError
        The text has a sign that its face lacks.
    """
    sheets = typist.paginate(document)
    return tuple(_press_page(document, number, blocks, seed) for number, blocks in enumerate(sheets, start=1))


def _press_page(document: Document, number: int, blocks: tuple[TypedBlock, ...], seed: int) -> Facsimile:
    """Press one page; no page, and nothing on it, depends on how many random numbers another one took."""
    dice = Dice(seed=seed, scan_id=document.scan_id, page=number)
    look = document.looks[(number - 1) % len(document.looks)]
    sheet = Layers(width=round(document.sheet.width_in * look.dpi), height=round(document.sheet.height_in * look.dpi))
    typewriter = Typewriter(document, dpi=look.dpi, generator=dice.habits)
    inked = tuple(
        _type_block(sheet, typewriter, block, look, dice.of("block", index)) for index, block in enumerate(blocks)
    )
    page_number = _page_number(document, number)
    typed_number = _type_block(sheet, typewriter, page_number, look, dice.of("number")) if page_number else None
    stamps = tuple(
        put_stamp(stamp, dpi=look.dpi, generator=dice.of("stamp", index))
        for index, stamp in enumerate(document.stamps)
        if stamp.page == number
    )
    markings = _markings(sheet, document, number, look, dice)
    to_page = paper.lie_of(document.sheet, look, dice.of("lie"))
    surfaces = [(sheet, to_page), *((stamp.layers, to_page.after(stamp.to_sheet)) for stamp in stamps)]
    pixels = paper.expose(surfaces, sheet=document.sheet, lie=to_page, look=look, generator=dice.of("scan"))
    printed = Printed(
        page_id=PageId(scan_id=document.scan_id, number=number),
        document=document,
        to_page=to_page,
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        blocks=inked,
        number=typed_number,
        markings=markings,
        stamps=stamps,
        banners=(),
        covers=(),
    )
    printed = _overprint(pixels, printed, typewriter, look)
    return _facsimile(pixels, printed, look, seed)


def _type_block(
    layers: Layers, typewriter: Typewriter, block: TypedBlock, look: Look, generator: Generator
) -> InkedBlock:
    """Type a block and draw the pen's strokes through it."""
    rows = (typewriter.type_row(layers.of("ribbon"), row, generator) for row in block.rows)
    return InkedBlock(typed=block, rows=tuple(_strike(layers, row, look, generator) for row in rows))


def _strike(layers: Layers, row: InkedRow, look: Look, generator: Generator) -> InkedRow:
    """Strike the stretches of a row that a pen deleted."""
    stretches = []
    for stretch in row.stretches:
        if stretch.run.style == "struck":
            asked = stretch.run.stroke
            box = around(stretch.ink).box
            stroke = cancel(layers.of(asked.ink), box, asked, dpi=look.dpi, generator=generator)
            stretches.append(replace(stretch, stroke=stroke))
        else:
            stretches.append(stretch)
    return replace(row, stretches=tuple(stretches))


def _page_number(document: Document, number: int) -> TypedBlock | None:
    """Set the page's number, ``None`` where it carries none."""
    if not document.numbering or (number == 1 and not document.numbers_first):
        return None
    sheet, row_in = document.sheet, document.machine.row_in
    at_in = _NUMBER_AT_IN if document.numbering_edge == "head" else sheet.height_in - _NUMBER_AT_IN
    row = typist.row_of(
        document.numbering.format(number),
        columns=typist.columns_of(document),
        row=(at_in - sheet.top_in) / row_in - BASELINE_SHARE,
    )
    return TypedBlock(kind="page-number", rows=(row,))


def _markings(layers: Layers, document: Document, number: int, look: Look, dice: Dice) -> tuple[InkedMarking, ...]:
    """Print the page's markings."""
    chosen = document.markings[(number - 1) % len(document.markings)]
    return tuple(
        put_marking(layers, marking, sheet=document.sheet, dpi=look.dpi, generator=dice.of("marking", index))
        for index, marking in enumerate(chosen)
    )


def _overprint(pixels: GrayImage, printed: Printed, typewriter: Typewriter, look: Look) -> Printed:
    """Print redactions and banners on the scan."""
    covers = []
    for block in printed.blocks:
        for row in block.rows:
            for stretch in row.stretches:
                if stretch.run.style == "withheld":
                    place = typewriter.cells(row.typed, start=stretch.start, end=stretch.end)
                    covers.append(_cover(pixels, printed.to_page.quad(place).box, stretch.run.code, look))
    for stamp in printed.stamps:
        whole = printed.to_page.after(stamp.to_sheet)
        covers.extend(_cover(pixels, whole.quad(box).box, "", look) for _, box in stamp.hidden)
    printed = replace(printed, covers=tuple(covers))
    banner = printed.document.banner
    if banner is None:
        return printed
    edges: tuple[Edge, ...] = ("head", "foot")
    boxes = (overprint.print_banner(pixels, banner, edge, look=look) for edge in edges)
    return replace(
        printed,
        banners=tuple(PrintedBanner(banner=banner, edge=edge, box=box) for edge, box in zip(edges, boxes, strict=True)),
    )


def _cover(pixels: GrayImage, place: Box, code: str, look: Look) -> Cover:
    """Cover a place of the scan."""
    place = place.clip(width=pixels.shape[1], height=pixels.shape[0])
    return Cover(box=place, code=code, code_box=overprint.cover(pixels, place, code=code, look=look))


def _facsimile(pixels: GrayImage, printed: Printed, look: Look, seed: int) -> Facsimile:
    """Put the page and its truth together."""
    provenance = Provenance(made_by=record.MADE_BY, recipe=f'{{"seed":{seed}}}', inputs=())
    return Facsimile(
        page_id=printed.page_id,
        pixels=pixels,
        dpi=look.dpi,
        is_bilevel=look.is_bilevel,
        text=record.page_text(printed, provenance),
        transcript=transcribe.transcript(printed),
        marks=annotate.page_marks(printed),
    )
