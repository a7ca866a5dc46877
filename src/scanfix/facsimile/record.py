"""What lies where on a pressed page, and its text with boxes in the scan's own pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from scanfix.facsimile.document import Document
from scanfix.facsimile.lie import Lie
from scanfix.facsimile.marking import Banner, Edge
from scanfix.facsimile.marks import InkedMarking
from scanfix.facsimile.outline import Outline
from scanfix.facsimile.rubber import InkedStamp
from scanfix.facsimile.typewriter import InkedRow, InkedWord
from scanfix.facsimile.typist import TypedBlock
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word

# Raised by hand when the same description and seed would give another page.
MADE_BY = "scanfix.facsimile 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedBlock:
    """A block and its rows on the paper."""

    typed: TypedBlock
    rows: tuple[InkedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A redaction box on the scan and the code printed in it."""

    box: Box
    code: str
    code_box: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBanner:
    """A release banner on the scan."""

    banner: Banner
    edge: Edge
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Everything on one page: boxes of ink in the sheet's pixels with the map to the scan, overprints in the scan's."""

    page_id: PageId
    document: Document
    to_page: Lie
    width_px: int
    height_px: int
    blocks: tuple[InkedBlock, ...]
    number: InkedBlock | None
    markings: tuple[InkedMarking, ...]
    stamps: tuple[InkedStamp, ...]
    banners: tuple[PrintedBanner, ...]
    covers: tuple[Cover, ...]

    def on_page(self, inks: tuple[Outline, ...], *, first: Affine | None = None) -> Box:
        """Return the box round ink (mapped by ``first`` where it lies on layers of its own) on the scan."""
        whole = self.to_page if first is None else self.to_page.after(first)
        return whole.box(inks).clip(width=self.width_px, height=self.height_px)

    def marking(self, edge: Edge) -> Iterator[InkedMarking]:
        """Give the markings of the head or foot."""
        return (inked for inked in self.markings if inked.marking.edge == edge)

    @property
    def running(self) -> tuple[InkedBlock, ...]:
        """The typed blocks in reading order, the page number where it stands."""
        number = (self.number,) if self.number else ()
        if self.document.numbering_edge == "head":
            return (*number, *self.blocks)
        return (*self.blocks, *number)


def word_id(region: int, row: int, word: int) -> str:
    """Name a typed word by the places (from 0) of its block in ``Printed.running``, row and word."""
    return f"b{region + 1}l{row + 1}w{word + 1}"


def page_text(printed: Printed, provenance: Provenance) -> PageText:
    """Return the text of a page as it can be seen: what is withheld has no words."""
    typed = [_region(printed, index, block) for index, block in enumerate(printed.running)]
    regions = [_marking_region(printed, inked) for inked in printed.marking("head")]
    regions += [region for region in typed if region is not None]
    regions += [_marking_region(printed, inked) for inked in printed.marking("foot")]
    return PageText(page_id=printed.page_id, regions=tuple(regions), provenance=provenance)


def _region(printed: Printed, index: int, block: InkedBlock) -> Region | None:
    """Return a block as a region, ``None`` when none of it can be seen."""
    lines = []
    for place, row in enumerate(block.rows):
        words = tuple(
            Word(word_id=word_id(index, place, number), text=word.text, box=_box(printed, word), confidence=1.0)
            for number, word in enumerate(row.words)
            if word.ink
        )
        if words:
            box = Box.around(word.box for word in words)
            lines.append(Line(line_id=f"b{index + 1}l{place + 1}", box=box, words=words))
    if not lines:
        return None
    box = Box.around(line.box for line in lines)
    return Region(region_id=f"b{index + 1}", kind=block.typed.kind, box=box, lines=tuple(lines))


def _box(printed: Printed, word: InkedWord) -> Box:
    """Return the box of a word's ink on the scan."""
    return printed.on_page(word.ink)


def _marking_region(printed: Printed, inked: InkedMarking) -> Region:
    """Return a marking as a header or footer of one line."""
    edge = inked.marking.edge
    kinds: dict[Edge, RegionKind] = {"head": "header", "foot": "footer"}
    words = []
    start = 0
    for number, text in enumerate(inked.marking.text.split(" ")):
        letters = inked.letters[start : start + len(text)]
        start += len(text)
        name = f"{edge}w{number + 1}"
        words.append(Word(word_id=name, text=text, box=printed.on_page(letters), confidence=1.0))
    box = Box.around(word.box for word in words)
    line = Line(line_id=f"{edge}l1", box=box, words=tuple(words))
    return Region(region_id=edge, kind=kinds[edge], box=box, lines=(line,))
