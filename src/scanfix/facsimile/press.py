"""The press: a document's description and a seed go in, pages with exactly known truth come out.

Typing, rubber and pens go on the sheet; the sheet is laid on the scanner; banners and redactions are printed on the
scan. Every box of ink goes through the same map as the ink, so that the truth moves with the paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.marked.hand import InkedNote, put_note
from scanfix.facsimile.marked.marks import InkedMarking, put_marking
from scanfix.facsimile.marked.things import InkedLetterhead, InkedThing, put_letterhead, put_thing
from scanfix.facsimile.printed.printing import overprint_page
from scanfix.facsimile.scanned import paper
from scanfix.facsimile.stamped.rubber import put_stamp
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.picture import shows
from scanfix.facsimile.truth import annotate, record, transcribe
from scanfix.facsimile.truth.marking_truth import PressedThing, pressed_things
from scanfix.facsimile.truth.record import Printed
from scanfix.facsimile.truth.traces import PressedStroke, pressed_strokes
from scanfix.facsimile.typed import typist
from scanfix.facsimile.typed.composing import compose
from scanfix.facsimile.typed.typist import PlacedGap, TypedSheet
from scanfix.images import GrayImage
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import PageText
from scanfix.model.transcript import Transcript


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
    things: tuple[PressedThing, ...] = ()
    strokes: tuple[PressedStroke, ...] = ()

    @property
    def grey(self) -> GrayImage:
        """The page without its colours, (height, width) uint8."""
        return self.pixels if self.pixels.ndim == 2 else np.asarray(Image.fromarray(self.pixels).convert("L"))


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
    return tuple(_press_page(document, number, sheets, seed) for number in range(1, len(sheets) + 1))


def _press_page(document: Document, number: int, sheets: Sequence[TypedSheet], seed: int) -> Facsimile:
    """Press one page; no page, and nothing on it, depends on how many random numbers another one took."""
    dice = Dice(seed=seed, scan_id=document.scan_id, page=number)
    look = document.looks[(number - 1) % len(document.looks)]
    sheet = Layers(width=round(document.sheet.width_in * look.dpi), height=round(document.sheet.height_in * look.dpi))
    typed = compose(sheet, document, sheets, number=number, dpi=look.dpi, dice=dice)
    stamps = tuple(
        put_stamp(stamp, sheet=document.sheet, dpi=look.dpi, generator=dice.of("stamp", index))
        for index, stamp in enumerate(document.stamps)
        if stamp.page == number
    )
    letterhead = _letterhead(sheet, document, number, look)
    gaps = sheets[number - 1].gaps
    markings = (*_markings(sheet, document, number, look, dice), *_between(sheet, document, gaps, look, dice))
    notes = _notes(sheet, document, number, look, dice)
    things = _things(sheet, document, number, look, dice)
    to_page = paper.lie_of(document.sheet, look, dice.of("lie"))
    surfaces = [(sheet, to_page), *((stamp.layers, to_page.after(stamp.to_sheet)) for stamp in stamps)]
    pixels = paper.expose(surfaces, sheet=document.sheet, lie=to_page, look=look, generator=dice.of("scan"))
    printed = Printed(
        page_id=PageId(scan_id=document.scan_id, number=number),
        document=document,
        to_page=to_page,
        width_px=pixels.shape[1],
        height_px=pixels.shape[0],
        blocks=typed.blocks,
        number=typed.number,
        running_head=typed.running_head,
        gaps=gaps,
        markings=markings,
        stamps=stamps,
        banners=(),
        covers=(),
        notes=tuple(note for note in notes if shows(note.picture, pixels, to_page)),
        things=tuple(thing for thing in things if shows(thing.picture, pixels, to_page)),
        letterhead=letterhead,
    )
    printed = overprint_page(pixels, printed, typed.typewriter, look)
    return _facsimile(pixels, printed, look, seed)


def _markings(layers: Layers, document: Document, number: int, look: Look, dice: Dice) -> tuple[InkedMarking, ...]:
    """Print the page's markings."""
    chosen = document.markings[(number - 1) % len(document.markings)]
    return tuple(
        put_marking(layers, marking, sheet=document.sheet, dpi=look.dpi, generator=dice.of("marking", index))
        for index, marking in enumerate(chosen)
    )


def _between(
    layers: Layers, document: Document, gaps: Sequence[PlacedGap], look: Look, dice: Dice
) -> Iterator[InkedMarking]:
    """Print the markings that stand in gaps of the text, one below the other."""
    row_in = document.machine.row_in
    for place, gap in enumerate(gaps):
        for index, marking in enumerate(gap.gap.markings):
            share = (index + 0.5) / len(gap.gap.markings)
            yield put_marking(
                layers,
                marking,
                sheet=document.sheet,
                dpi=look.dpi,
                generator=dice.of(f"gap {place} marking", index),
                middle_in=document.sheet.top_in + (gap.row + share * gap.gap.rows) * row_in,
            )


def _notes(layers: Layers, document: Document, number: int, look: Look, dice: Dice) -> tuple[InkedNote, ...]:
    """Write what hands left on the page."""
    return tuple(
        put_note(layers, note, dpi=look.dpi, generator=dice.of("note", index))
        for index, note in enumerate(document.notes)
        if note.page == number
    )


def _things(layers: Layers, document: Document, number: int, look: Look, dice: Dice) -> tuple[InkedThing, ...]:
    """Put holes, frames, maps and their like on the page; folds come last, for they break the ink."""
    chosen = [(index, thing) for index, thing in enumerate(document.things) if thing.page in (0, number)]
    chosen.sort(key=lambda one: one[1].kind in ("fold", "crease"))
    return tuple(put_thing(layers, thing, dpi=look.dpi, generator=dice.of("thing", index)) for index, thing in chosen)


def _letterhead(layers: Layers, document: Document, number: int, look: Look) -> InkedLetterhead | None:
    """Print the letterhead on the first sheet."""
    if document.letterhead is None or number != 1:
        return None
    return put_letterhead(layers, document.letterhead, width_in=document.sheet.width_in, dpi=look.dpi)


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
        things=pressed_things(printed),
        strokes=pressed_strokes(printed),
    )
