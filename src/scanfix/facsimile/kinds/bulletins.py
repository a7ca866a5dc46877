"""Printed bulletins of the 1950s, declassified and scanned in two tones; the agency is invented."""

from dataclasses import replace

from numpy.random import Generator

from scanfix.facsimile.asked.document import Alignment, Document, Flow, Gap, Machine, Paragraph, Run, Sheet
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, Marking, Note, Redaction, Stroke, Thing
from scanfix.facsimile.kinds.chance import Chance, tilted
from scanfix.facsimile.stamped.stamps import drawn, known
from scanfix.facsimile.writing.slips import Slips
from scanfix.facsimile.writing.writers import write
from scanfix.model.mark import StrokeShape

_CODES = ("3.5(c)", "3.3(h)(2)", "3.3(h)(1)")
# Of the strokes counted on real pages two thirds are level, nearly all others rise.
_SHAPES: tuple[StrokeShape, ...] = ("horizontal", "horizontal", "horizontal", "rising", "rising", "falling")
_STAMPED: tuple[FaceName, ...] = ("roman-light", "roman", "roman-italic", "grotesque")
_PAGES = 4
# Of the paragraphs of a bulletin, so many have a passage withheld before them.
_WITHHELD_SHARE = 0.15


def bulletin(scan_id: str, chance: Chance) -> Document:
    """Draw a bulletin: a cover, then items; struck markings under a release banner, passages withheld."""
    written = write("bulletin", chance.of("text"), words=1000, typing=Slips(withheld=0.004))
    look = Look(
        dpi=300,
        generations=1,
        is_bilevel=True,
        tone=250,
        ink=5,
        ragged=chance.between("ragged", 0.2, 0.35),
        dropout=chance.between("dropout", 0.01, 0.04),
        spread=chance.between("spread", 0.0008, 0.0026),
        blur_px=0.5,
        speckle=chance.between("speckle", 0.3, 5.0),
        spatter=chance.between("spatter", 0.0, 0.3),
        threshold=chance.whole("threshold", 125, 150),
        tidied=chance.often("tidied", 0.3),
        bed=250,
        shadow=0.9,
    )
    sheet = Sheet(width_in=8.48, height_in=10.3, left_in=1.55, right_in=0.8, top_in=1.3, bottom_in=1.75)
    machine = Machine(face="bookman", pitch_cpi=11.8, row_in=0.19, wear_in=0.001, unevenness=0.06)
    number = f"C{chance.whole('number', 10**6, 9 * 10**6):08d}"
    date = f"20{chance.whole('year', 10, 22)}-{chance.whole('month', 1, 12):02d}-{chance.whole('day', 1, 28):02d}"
    stamp_x = chance.between("x", 2.6, 4.6)
    stamp = drawn(known("cia-reviewer"), chance.of("stamp"), page=1, x_in=stamp_x, y_in=3.0)
    banner_at = chance.between("banner", 0.24, 0.4)
    banner = Banner(action="Approved for Release", date=date, number=number, at_in=banner_at)
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=machine,
        sheet=sheet,
        looks=tilted(look, chance, deviation_deg=0.25, pages=_PAGES),
        paragraphs=(*_cover(written.title, written.date), *_withheld(written.paragraphs, chance.of("withheld"))),
        markings=tuple(_markings(chance, page) for page in range(_PAGES)),
        numbering=chance.one("numbering", ("- {} -", f"{written.date}   CURRENT REPORTS BULLETIN   Page {{}}")),
        stamps=(stamp,),
        notes=_notes(chance),
        things=_things(chance),
        redactions=_redactions(chance),
        banner=banner,
    )


def _cover(title: str, date: str) -> tuple[Flow, ...]:
    """Set the cover's lines."""
    lines: tuple[tuple[Alignment, float, str], ...] = (
        ("right", 0.0, date),
        ("right", 2.0, "Copy No. 61"),
        ("centre", 4.0, "CURRENT REPORTS BULLETIN"),
        ("centre", 13.0, title),
        ("centre", 6.0, "Office of Current Reports"),
        ("centre", 1.0, "AGENCY FOR FOREIGN AFFAIRS"),
    )
    return tuple(
        Paragraph(runs=(Run(text=text),), kind="heading", alignment=alignment, blank_before=blank)
        for alignment, blank, text in lines
    )


def _withheld(flows: tuple[Flow, ...], generator: Generator) -> tuple[Flow, ...]:
    """Begin the text on a sheet of its own, and withhold a passage before some of its paragraphs."""
    whole: list[Flow] = []
    for index, flow in enumerate(flows):
        if index == 0 and isinstance(flow, Paragraph):
            whole.append(replace(flow, starts_sheet=True))
            continue
        if isinstance(flow, Paragraph) and flow.kind == "paragraph" and generator.random() < _WITHHELD_SHARE:
            code = _CODES[int(generator.integers(len(_CODES)))]
            box = Redaction(
                page=0,
                x_in=0.0,
                y_in=0.0,
                width_in=round(float(generator.uniform(2.0, 6.3)), 2),
                height_in=round(float(generator.uniform(0.3, 1.0)), 2),
                code=code,
                code_stands="margin",
            )
            whole.append(Gap(rows=round(box.height_in / 0.19 + 0.5, 1), redaction=box))
        whole.append(flow)
    return tuple(whole)


def _markings(chance: Chance, page: int) -> tuple[Marking, ...]:
    """Mark a page at head and foot; nearly every marking of such papers is struck."""
    face = chance.one("marking face", _STAMPED)
    text = chance.one("level", ("TOP SECRET", "TOP SECRET", "SECRET"))
    capital_in = chance.between("capital", 0.15, 0.24)
    return tuple(
        Marking(
            text=text,
            edge=edge,
            face=face,
            capital_in=capital_in,
            at_in=chance.between(f"{edge} {page} at", 0.36, 0.5),
            x_in=chance.between(f"{edge} {page} x", 3.4, 4.4),
            stroke=Stroke(shape=chance.one(f"{edge} {page} shape", _SHAPES))
            if chance.often(f"{edge} {page} struck", 0.93)
            else None,
        )
        for edge in ("head", "foot")
    )


def _redactions(chance: Chance) -> tuple[Redaction, ...]:
    """Withhold the code word beside the markings, and lines of the cover."""
    beside = tuple(
        Redaction(page=page, x_in=5.0, y_in=y_in, width_in=1.4, height_in=0.42, code="3.5(c)", code_stands="margin")
        for page in range(2, _PAGES + 1)
        for y_in in (0.5, 9.62)
    )
    cover = (
        Redaction(page=1, x_in=1.9, y_in=4.9, width_in=4.6, height_in=0.36, code="3.5(c)", code_stands="margin"),
        Redaction(page=1, x_in=1.2, y_in=7.6, width_in=5.8, height_in=1.4, code="3.5(c)", code_stands="margin"),
    )
    return (*cover, *beside) if chance.often("withheld beside", 0.6) else cover


def _things(chance: Chance) -> tuple[Thing, ...]:
    """Punch the file's two holes, whose shadows flank the marking, and frame some covers."""
    holes = tuple(
        Thing(page=0, kind="hole", x_in=x_in, y_in=0.42, width_in=0.26, height_in=0.26) for x_in in (2.85, 5.6)
    )
    framed = chance.one("framed", ("no", "no", "cover", "cover", "all"))
    frame = Thing(page=0 if framed == "all" else 1, kind="hatch", x_in=0.15, y_in=0.2, width_in=8.15, height_in=9.9)
    return holes if framed == "no" else (*holes, frame)


def _notes(chance: Chance) -> tuple[Note, ...]:
    """Write initials on the cover, and in some margins the words of those who decide what is withheld."""
    cover = Note(page=1, kind="initials", x_in=6.9, y_in=2.0, size_in=0.25, text="ED/RT", turn_deg=25.0)
    if not chance.often("reviewed by hand", 0.25):
        return (cover,)
    margins = (
        Note(
            page=page,
            kind="note",
            x_in=7.0,
            y_in=chance.between(f"note {page} {place}", 2.0 + 2.5 * place, 4.0 + 2.5 * place),
            size_in=0.13,
            text=chance.one(f"words {page} {place}", ("ok", "delete", "no", "see p. 3", "3d sent.")),
            turn_deg=chance.between(f"slant {page} {place}", 0.0, 20.0),
            face=chance.one("reviewer", ("hand-quick", "hand-script", "hand-thin")),
        )
        for page in range(2, _PAGES + 1)
        for place in range(2)
    )
    return (cover, *margins)
