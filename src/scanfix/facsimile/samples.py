"""The documents of the sample collection: what machine typed them, how they were marked and scanned."""

from dataclasses import replace

from scanfix.facsimile import markup, prose
from scanfix.facsimile.document import Document, Machine, Sheet
from scanfix.facsimile.look import Look
from scanfix.facsimile.marking import Banner, Marking, Stroke
from scanfix.facsimile.stamps import received_stamp, reviewer_stamp
from scanfix.model.mark import StrokeShape


def documents() -> tuple[Document, ...]:
    """Return the documents of the collection."""
    return (estimate(), cabinet_paper(), despatch(), carbon())


def estimate() -> Document:
    """Describe an intelligence estimate, declassified: struck markings, a stamp, a banner, redactions."""
    look = Look(is_bilevel=True, tone=238, ragged=0.45, speckle=4.0, blur_px=0.6, threshold=150)
    return Document(
        scan_id="estimate-karsovia",
        languages=("eng",),
        machine=Machine(face="worn", pitch_cpi=10, row_in=0.25, unevenness=0.08),
        sheet=Sheet(top_in=1.35, bottom_in=1.65),
        looks=(look, _tilted(look, 0.3), _tilted(look, -0.4), _tilted(look, 0.2)),
        markings=(
            _struck("rising", "horizontal", "TOP SECRET"),
            _struck("horizontal", "rising", "TOP SECRET"),
            _struck("falling", "horizontal", "SECRET"),
            _struck("horizontal", "falling", "SECRET"),
        ),
        numbering="- {} -",
        stamps=(
            reviewer_stamp(
                page=1,
                x_in=5.1,
                y_in=1.95,
                turn_deg=1.2,
                number="31",
                ticked="no_change",
                next_review="1989",
                date="4-2-80",
            ),
        ),
        banner=Banner(action="Approved for Release", date="2004-06-17", number="C00418823"),
        paragraphs=markup.paragraphs(prose.ESTIMATE, blank=1.0),
    )


def cabinet_paper() -> Document:
    """Describe a Cabinet paper whose markings nobody cancelled."""
    marks = (
        Marking(text="SECRET", edge="head", face="grotesque", capital_in=0.15, at_in=0.62),
        Marking(text="SECRET", edge="foot", face="grotesque", capital_in=0.15, at_in=0.62),
    )
    fine = Look(is_bilevel=True, dpi=300, ragged=0.3, speckle=1.5, blur_px=0.5, skew_deg=-0.6, threshold=145)
    coarse = Look(is_bilevel=True, dpi=240, ragged=0.3, speckle=2.5, blur_px=0.5, skew_deg=0.8, threshold=150)
    return Document(
        scan_id="cabinet-paper-118",
        languages=("eng",),
        machine=Machine(face="plain", pitch_cpi=12, row_in=0.25),
        sheet=Sheet(width_in=8.0, height_in=13.0, left_in=1.4, right_in=0.8, top_in=1.25, bottom_in=1.5),
        looks=(fine, coarse),
        markings=(marks,),
        numbering="{}",
        numbering_edge="head",
        paragraphs=markup.paragraphs(prose.CABINET_PAPER, blank=1.0),
    )


def despatch() -> Document:
    """Describe a legation's despatch, typed CONFIDENTIAL, with a registry's stamp; grey photographs."""
    look = Look(
        dpi=200,
        tone=214,
        ink=48,
        shade=0.12,
        stain=0.06,
        grain=3.0,
        ragged=0.35,
        blur_px=0.6,
        speckle=0.5,
        border_in=(0.2, 0.25, 0.3, 0.2),
        bed=18,
        holes=((0.45, 4.0), (0.45, 7.0)),
        skew_deg=0.5,
    )
    first = (
        Marking(text="CONFIDENTIAL", edge="head", face="courier", capital_in=0.11, at_in=0.7),
        Marking(text="CONFIDENTIAL", edge="foot", face="courier", capital_in=0.11, at_in=0.6),
    )
    later = (Marking(text="CONFIDENTIAL", edge="foot", face="courier", capital_in=0.11, at_in=0.6),)
    return Document(
        scan_id="despatch-17",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, row_in=1 / 3, wear_in=0.004, ribbon=0.9, unevenness=0.16),
        sheet=Sheet(width_in=8.0, height_in=10.5, left_in=1.35, right_in=0.8, top_in=1.35, bottom_in=1.95),
        looks=(look, _tilted(look, -0.9), _tilted(look, 1.1)),
        markings=(first, later, later),
        numbering="-{}-",
        numbering_edge="head",
        stamps=(received_stamp(page=1, x_in=5.0, y_in=1.5, turn_deg=-2.0, date="NOV 21 1947", number="2206"),),
        paragraphs=markup.paragraphs(prose.DESPATCH, blank=0.0),
    )


def carbon() -> Document:
    """Describe a carbon copy on thin paper: pale, badly lit, askew."""
    look = Look(
        dpi=150,
        skew_deg=2.3,
        tone=222,
        ink=100,
        shade=0.3,
        stain=0.1,
        grain=4.0,
        ragged=0.5,
        blur_px=0.9,
        border_in=(0.35, 0.3, 0.25, 0.35),
        bed=30,
    )
    return Document(
        scan_id="carbon-depot",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10, wear_in=0.004, ribbon=0.8, unevenness=0.18),
        sheet=Sheet(width_in=8.0, height_in=10.5, left_in=1.2, right_in=0.8, top_in=1.2, bottom_in=1.2),
        looks=(look,),
        paragraphs=markup.paragraphs(prose.CARBON, blank=1.0),
    )


def _struck(head: StrokeShape, foot: StrokeShape, text: str) -> tuple[Marking, ...]:
    """Describe a marking in the head and foot, each with a stroke of its own."""
    return (
        Marking(text=text, edge="head", face="roman", capital_in=0.24, at_in=0.6, stroke=Stroke(shape=head)),
        Marking(text=text, edge="foot", face="roman", capital_in=0.24, at_in=0.6, stroke=Stroke(shape=foot)),
    )


def _tilted(look: Look, skew_deg: float) -> Look:
    """Return the look with another skew."""
    return replace(look, skew_deg=skew_deg)
