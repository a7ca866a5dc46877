"""Small documents pressed for the tests of the facsimile, and what lies on their pages; a helper, not a test."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from scanfix.facsimile.asked.document import Document, Machine, Paragraph, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, Edge, Marking, Stamp, Stroke
from scanfix.facsimile.asked.markup import runs
from scanfix.facsimile.press import Facsimile, press
from scanfix.facsimile.stamped.stamps import reviewer_stamp
from scanfix.images import GrayImage, Mask
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind, StrokeShape
from scanfix.model.transcript import Block, Inline

# Nothing but ink on even paper, so that every dark pixel has a cause the truth must name.
BARE = Look(dpi=150, tone=255, ink=0, ragged=0.0)
SHEET = Sheet(width_in=6.0, height_in=5.0, left_in=1.0, right_in=0.6, top_in=1.3, bottom_in=1.4)
TEXT = "The _new line_ to Halm was ~~never~~ opened, and ##tarff## traffic goes by road."


def document(
    text: str = TEXT,
    *,
    look: Look = BARE,
    markings: tuple[Marking, ...] = (),
    stamps: tuple[Stamp, ...] = (),
    banner: Banner | None = None,
    numbering: str = "",
) -> Document:
    """Describe a small document of one paragraph."""
    return Document(
        scan_id="small",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, unevenness=0.05),
        sheet=SHEET,
        looks=(look,),
        paragraphs=(Paragraph(runs=runs(text)),),
        markings=(markings,),
        stamps=stamps,
        banner=banner,
        numbering=numbering,
        numbers_first=True,
    )


def page_of(described: Document, seed: int = 7) -> Facsimile:
    """Press a document that has one page."""
    (page,) = press(described, seed=seed)
    return page


def secret(stroke: StrokeShape | None = None, edge: Edge = "head") -> Marking:
    """Describe a marking of two words."""
    return Marking(
        text="TOP SECRET",
        edge=edge,
        face="roman",
        capital_in=0.24,
        at_in=0.6,
        stroke=Stroke(shape=stroke) if stroke else None,
    )


def stamp() -> Stamp:
    """Describe a reviewer's stamp, filled in."""
    return reviewer_stamp(
        page=1, x_in=1.0, y_in=2.2, turn_deg=2.0, number="31", ticked="no_change", next_review="1989", date="4-2-80"
    )


def crop(pixels: GrayImage, box: Box) -> GrayImage:
    """Cut a box out of a page."""
    return pixels[box.top : box.bottom, box.left : box.right]


def ink_of(pixels: GrayImage) -> Mask:
    """Tell ink from even white paper."""
    return pixels < 128


def marks_of(page: Facsimile, kind: MarkKind) -> list[Mark]:
    """Return the marks of a kind."""
    return [mark for mark in page.marks if mark.kind == kind]


def block_of(page: Facsimile, kind: str) -> Block:
    """Return the only block of a kind."""
    (block,) = (block for block in page.transcript.blocks if block.kind == kind)
    return block


def flat(inlines: Sequence[Inline]) -> str:
    """Return the text of inlines, elements and all."""
    return "".join(part if isinstance(part, str) else flat(part.children) for part in inlines)


@lru_cache(maxsize=8)
def full_page(skew_deg: float) -> Facsimile:
    """Press a page with one of everything."""
    look = replace(BARE, skew_deg=skew_deg)
    marks = (secret("rising"), secret("horizontal", "foot"))
    banner = Banner(action="Approved for Release", date="2004-06-17", number="C00418823")
    return page_of(document(look=look, markings=marks, stamps=(stamp(),), banner=banner))
