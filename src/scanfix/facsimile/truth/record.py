"""What lies where on a pressed page, and its text with boxes in the scan's own pixels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.asked.marking import Banner, CoverStyle, Edge, Place
from scanfix.facsimile.marked.hand import InkedNote
from scanfix.facsimile.marked.marks import InkedMarking
from scanfix.facsimile.marked.things import InkedLetterhead, InkedThing
from scanfix.facsimile.stamped.rubber import InkedStamp
from scanfix.facsimile.surface.lie import Lie
from scanfix.facsimile.surface.outline import Outline
from scanfix.facsimile.surface.picture import Picture
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.facsimile.typed.typewriter import InkedWord
from scanfix.facsimile.typed.typist import PlacedGap
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word

# Raised by hand when the same description and seed would give another page.
MADE_BY = "scanfix.facsimile 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A redaction box on the scan, and the code printed in it or, on a white ``strip``, in the margin.

    ``is_placed`` says that it was put somewhere on the page; then it hides typing or does not.
    """

    box: Box
    code: str
    code_box: Box | None
    style: CoverStyle = "outlined"
    code_stands: Literal["inside", "margin"] = "inside"
    strip: Box | None = None
    is_placed: bool = False
    hides_text: bool = False

    @property
    def printed_code(self) -> str:
        """The code that stands in the box."""
        return self.code if self.code_stands == "inside" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBanner:
    """A release banner on the scan and the white strip it stands on."""

    banner: Banner
    edge: Edge
    box: Box
    strip: Box


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
    running_head: InkedBlock | None = None
    markings: tuple[InkedMarking, ...]
    stamps: tuple[InkedStamp, ...]
    banners: tuple[PrintedBanner, ...]
    covers: tuple[Cover, ...]
    notes: tuple[InkedNote, ...] = ()
    things: tuple[InkedThing, ...] = ()
    letterhead: InkedLetterhead | None = None
    gaps: tuple[PlacedGap, ...] = ()

    @property
    def hidden(self) -> tuple[Box, ...]:
        """What was printed over the scan and hides what lies under it, in the scan's pixels."""
        strips = (cover.strip for cover in self.covers if cover.strip)
        return (*(cover.box for cover in self.covers), *strips, *(banner.strip for banner in self.banners))

    def seen(self, picture: Picture) -> Box | None:
        """Return the box of what can be seen of some ink on the scan, ``None`` where nothing can."""
        page = Box(left=0, top=0, right=self.width_px, bottom=self.height_px)
        return picture.seen(self.to_page, page=page, hidden=self.hidden)

    def on_page(self, inks: tuple[Outline, ...], *, first: Affine | None = None) -> Box:
        """Return the box round ink (mapped by ``first`` where it lies on layers of its own) on the scan."""
        whole = self.to_page if first is None else self.to_page.after(first)
        return whole.box(inks).clip(width=self.width_px, height=self.height_px)

    def marking(self, edge: Place) -> Iterator[InkedMarking]:
        """Give the markings of the head, the foot or another place."""
        return (inked for inked in self.markings if inked.marking.edge == edge)

    @property
    def running(self) -> tuple[InkedBlock, ...]:
        """The typed blocks in reading order, the page number where it stands."""
        head = (self.running_head,) if self.running_head else ()
        number = (self.number,) if self.number else ()
        if self.document.numbering_edge == "head":
            return (*head, *number, *self.blocks)
        return (*head, *self.blocks, *number)


def word_id(region: int, row: int, word: int) -> str:
    """Name a typed word by the places (from 0) of its block in ``Printed.running``, row and word."""
    return f"b{region + 1}l{row + 1}w{word + 1}"


def page_text(printed: Printed, provenance: Provenance) -> PageText:
    """Return the text of a page as it can be seen: what is withheld has no words."""
    typed = [_region(printed, index, block) for index, block in enumerate(printed.running)]
    regions = list(_letterhead(printed))
    regions += _marking_regions(printed, "head")
    regions += [region for region in typed if region is not None]
    others: tuple[Place, ...] = ("cover", "body", "margin")
    for place in others:
        regions += _marking_regions(printed, place)
    regions += _marking_regions(printed, "foot")
    return PageText(page_id=printed.page_id, regions=tuple(regions), provenance=provenance)


def uncovered(box: Box, covers: Iterable[Box]) -> Box:
    """Take off the ends of a box that covers hide; one in its middle takes nothing off."""
    for cover in covers:
        box = _without(box, cover)
    return box


def _region(printed: Printed, index: int, block: InkedBlock) -> Region | None:
    """Return a block as a region, ``None`` when none of it can be seen."""
    lines = []
    for place, _ in block.typed.lines:
        row = block.rows[place]
        words = tuple(
            Word(word_id=word_id(index, place, number), text=word.text, box=_box(printed, word), confidence=1.0)
            for number, word in enumerate(row.words)
            if word.ink and _box(printed, word).area
        )
        if words:
            box = Box.around(word.box for word in words)
            lines.append(Line(line_id=f"b{index + 1}l{place + 1}", box=box, words=words))
    if not lines:
        return None
    box = Box.around(line.box for line in lines)
    return Region(region_id=f"b{index + 1}", kind=block.typed.kind, box=box, lines=tuple(lines))


def _box(printed: Printed, word: InkedWord) -> Box:
    """Return the box of a word's ink on the scan, without the edge that something printed over it hides."""
    return uncovered(printed.on_page(word.ink), printed.hidden)


def _without(box: Box, cover: Box) -> Box:
    """Return what a cover that spans a box from side to side leaves of it at one end."""
    if not box.intersect(cover).area:
        return box
    if cover.left <= box.left and cover.right >= box.right:
        if cover.top <= box.top:
            return replace(box, top=min(cover.bottom, box.bottom))
        return replace(box, bottom=cover.top) if cover.bottom >= box.bottom else box
    if cover.top <= box.top and cover.bottom >= box.bottom:
        if cover.left <= box.left:
            return replace(box, left=cover.right)
        return replace(box, right=cover.left) if cover.right >= box.right else box
    return box


def _marking_regions(printed: Printed, edge: Place) -> Iterator[Region]:
    """Give the markings of a place that can be seen, each as a region of one line; none is running text."""
    kinds: dict[Place, RegionKind] = {"head": "header", "foot": "footer", "margin": "marginalia"}
    for number, inked in enumerate(printed.marking(edge), start=1):
        name = edge if number == 1 else f"{edge}{number}"
        words = []
        for place, (text, picture) in enumerate(zip(inked.marking.text.split(), inked.words, strict=True), start=1):
            box = printed.seen(picture)
            if box is not None:
                words.append(Word(word_id=f"{name}w{place}", text=text, box=box, confidence=1.0))
        if words:
            box = Box.around(word.box for word in words)
            line = Line(line_id=f"{name}l1", box=box, words=tuple(words))
            yield Region(region_id=name, kind=kinds.get(edge, "other"), box=box, lines=(line,))


def _letterhead(printed: Printed) -> Iterator[Region]:
    """Give the letterhead as a header."""
    if printed.letterhead is None:
        return
    lines = []
    for row, (text, inked) in enumerate(
        zip(printed.letterhead.letterhead.lines, printed.letterhead.lines, strict=True), start=1
    ):
        words = tuple(
            Word(word_id=f"letterheadl{row}w{place}", text=word, box=printed.on_page(letters), confidence=1.0)
            for place, (word, letters) in enumerate(zip(text.split(), inked, strict=True), start=1)
        )
        lines.append(Line(line_id=f"letterheadl{row}", box=Box.around(word.box for word in words), words=words))
    box = Box.around(line.box for line in lines)
    yield Region(region_id="letterhead", kind="header", box=box, lines=tuple(lines))
