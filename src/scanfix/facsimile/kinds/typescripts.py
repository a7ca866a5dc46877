"""Typescripts of the 1930s to 1960s as archives scan them: copies, letters, photostats, carbons."""

from dataclasses import replace

from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Letterhead, Marking, Note, Stamp, Thing
from scanfix.facsimile.kinds.chance import Chance, tilted
from scanfix.facsimile.stamped.stamps import drawn, known
from scanfix.facsimile.writing.slips import Slips
from scanfix.facsimile.writing.writers import write

_PICA: tuple[FaceName, ...] = ("courier", "thin", "plain", "courier", "thin", "remington")
_ELITE: tuple[FaceName, ...] = ("elite", "remington", "courier")
# Pages lie in so many ways, taken in turn.
_LOOKS = 5
# A pitch of 2.3 millimetres.
_EUROPEAN_CPI = 11.04
# Pages of a document: a first one, and enough others to measure on.
_WORDS = 900


def photocopy(scan_id: str, chance: Chance) -> Document:
    """Draw a despatch in double spacing, photocopied black on white: a letterhead, a received stamp, catchwords."""
    look = Look(
        dpi=chance.whole("dpi", 225, 245),
        tone=255,
        ink=0,
        ragged=chance.between("ragged", 0.08, 0.2),
        dropout=chance.between("dropout", 0.005, 0.025),
        spread=chance.between("spread", -0.002, -0.0006),
        speckle=chance.between("speckle", 0.2, 2.0),
        generations=1,
        blur_px=0.8,
        border_in=(0.08, 0.1, 0.1, 0.05),
        bed=250,
        shadow=chance.between("shadow", 0.3, 0.9),
        is_bilevel=True,
        threshold=chance.whole("threshold", 120, 140),
    )
    return _despatch(scan_id, chance, look)


def speckled(scan_id: str, chance: Chance) -> Document:
    """Draw a page full of specks: two letters in three on grained paper, else a poor copy of a despatch."""
    if not chance.often("is copy", 1 / 3):
        return letter(scan_id, chance)
    look = Look(
        dpi=chance.whole("dpi", 225, 245),
        tone=252,
        ink=5,
        ragged=chance.between("ragged", 0.15, 0.3),
        dropout=chance.between("dropout", 0.02, 0.07),
        speckle=chance.between("speckle", 6.0, 20.0),
        spatter=chance.between("spatter", 0.05, 0.2),
        generations=1,
        blur_px=0.8,
        is_bilevel=True,
        threshold=chance.whole("threshold", 125, 145),
    )
    return _despatch(scan_id, chance, look)


def letter(scan_id: str, chance: Chance) -> Document:
    """Draw a letter in single spacing, photographed small and grey: uneven ink, grained paper."""
    written = write("memorandum", chance.of("text"), words=_WORDS, typing=_SLIPS)
    look = Look(
        dpi=chance.whole("dpi", 110, 116),
        tone=chance.whole("tone", 244, 252),
        ink=chance.whole("ink", 0, 20),
        ragged=0.3,
        dropout=chance.between("dropout", 0.06, 0.13),
        spread=chance.between("spread", -0.0036, -0.002),
        fibre=chance.between("fibre", 1.5, 4.0),
        grain=chance.between("grain", 11.0, 18.0),
        blur_px=0.3,
        holes=((0.3, 3.5), (0.3, 7.0)),
        bed=20,
        jpeg_quality=75,
    )
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=_machine(chance, _PICA, 10.0, lean=0.2, unevenness=0.18),
        sheet=Sheet(width_in=8.27, height_in=10.4, left_in=1.2, right_in=0.6, top_in=1.2, bottom_in=0.9),
        looks=tilted(look, chance, deviation_deg=0.5, pages=_LOOKS),
        paragraphs=written.paragraphs,
        numbering="- {} -",
        numbering_edge="head",
    )


def photostat(scan_id: str, chance: Chance) -> Document:
    """Draw a photostat: a small sheet, hard contrast, on a black bed."""
    written = write("testimony", chance.of("text"), words=_WORDS, typing=_SLIPS)
    look = Look(
        dpi=160,
        generations=1,
        tone=255,
        ink=8,
        ragged=0.4,
        spread=-0.001,
        border_in=(0.25, 0.1, 0.4, 0.3),
        bed=8,
        chipped=0.05,
        blur_px=0.8,
        grain=16.0,
        stain=0.04,
        speckle=2.0,
        warp_in=0.02,
        holes=((0.4, 3.6), (0.4, 6.6)),
        jpeg_quality=70,
    )
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=_machine(chance, _ELITE, 12.0, lean=0.2, unevenness=0.15),
        sheet=Sheet(width_in=7.4, height_in=10.2, left_in=1.0, right_in=0.6, top_in=0.9, bottom_in=0.9),
        looks=tilted(look, chance, deviation_deg=1.2, pages=_LOOKS),
        paragraphs=written.paragraphs,
        numbering="- {} -",
        numbering_edge="head",
    )


def carbon(scan_id: str, chance: Chance) -> Document:
    """Draw a carbon copy on dark thin paper, closely typed on foolscap, photographed in colours."""
    written = write("testimony", chance.of("text"), words=2 * _WORDS, typing=_SLIPS)
    look = Look(
        dpi=240,
        is_colour=True,
        tone=chance.whole("tone", 145, 156),
        tint=(255, 250, 212),
        ink=chance.whole("ink", 0, 15),
        ragged=chance.between("ragged", 0.2, 0.4),
        dropout=chance.between("dropout", 0.03, 0.1),
        spread=chance.between("spread", 0.0004, 0.0018),
        fibre=2.0,
        grain=3.5,
        shade=0.15,
        stain=0.06,
        rim=0.1,
        bleed=0.05,
        speckle=chance.between("speckle", 1.5, 4.0),
        grit=chance.between("grit", 3.0, 8.0),
        blur_px=0.9,
        holes=((0.35, 3.5), (0.35, 7.0)),
        bed=20,
        jpeg_quality=80,
    )
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=replace(
            _machine(chance, _ELITE, _EUROPEAN_CPI, lean=0.35, unevenness=0.25),
            copy=chance.whole("copy", 1, 2),
            filled=chance.between("filled", 0.5, 1.0),
            closed=chance.one("closed", ("c", "c", "c", "")),
        ),
        sheet=Sheet(width_in=7.5, height_in=12.8, left_in=0.9, right_in=0.35, top_in=0.9, bottom_in=0.8),
        looks=tilted(look, chance, deviation_deg=0.6, pages=_LOOKS),
        paragraphs=written.paragraphs,
        numbering="- {} -",
        numbering_edge="head",
        notes=(Note(page=2, kind="circle", x_in=3.6, y_in=0.75, size_in=0.35, ink="pencil"),),
    )


# A good typist of the time: a slip on every other page.
_SLIPS = Slips()


def _machine(
    chance: Chance, faces: tuple[FaceName, ...], pitch_cpi: float, *, lean: float, unevenness: float
) -> Machine:
    """Draw a typewriter."""
    return Machine(
        face=chance.one("face", faces),
        pitch_cpi=pitch_cpi,
        wear_in=chance.between("wear", 0.002, 0.005),
        tilt_deg=chance.between("tilt", 0.2, 0.9),
        ribbon=chance.between("ribbon", 0.85, 0.97),
        unevenness=unevenness,
        lean=chance.between("lean", 0.3 * lean, lean),
        worn=chance.between("worn", 0.0, 0.02),
        filled=chance.between("filled", 0.0, 0.5),
        doubles=chance.between("doubles", 0.0, 0.01),
        ribbon_swing=chance.between("swing", 0.0, 0.1),
    )


def _despatch(scan_id: str, chance: Chance, look: Look) -> Document:
    """Draw a despatch that a ministry received, photocopied as ``look`` says."""
    written = write("despatch", chance.of("text"), words=_WORDS, typing=_SLIPS)
    is_secret = chance.often("is confidential", 0.5)
    marking = Marking(text="CONFIDENTIAL", edge="head", face="courier", capital_in=0.11, at_in=0.5)
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=replace(
            _machine(chance, _PICA, 10.0, lean=0.06, unevenness=0.1), filled=chance.between("filled", 0.0, 0.25)
        ),
        sheet=Sheet(width_in=6.5, height_in=10.7, left_in=0.6, right_in=0.35, top_in=1.2, bottom_in=0.7),
        looks=tilted(look, chance, deviation_deg=0.15, pages=_LOOKS),
        paragraphs=written.paragraphs,
        markings=((marking,), ()) if is_secret else ((),),
        numbering="-{}-",
        numbering_edge="head",
        has_catchwords=True,
        letterhead=Letterhead(lines=("THE FOREIGN SERVICE", f"OF THE {written.office.upper()}"), at_in=0.85),
        stamps=_registered(chance),
        notes=(
            Note(page=1, kind="initials", x_in=5.5, y_in=9.8, size_in=0.2, text=written.initials),
            Note(page=1, kind="note", x_in=0.3, y_in=4.2, size_in=0.16, text="file", turn_deg=70.0, face="hand-script"),
        ),
        things=(Thing(page=0, kind="rule", x_in=0.05, y_in=0.02, width_in=2.2, height_in=0.008),),
    )


def _registered(chance: Chance) -> tuple[Stamp, ...]:
    """Stamp the first page as registries and desks did, one over the other, some on their side."""
    stamps = []
    for index in range(chance.whole("stamps", 2, 4)):
        family = known(chance.one(f"stamp {index} family", ("received", "received", "desk-dater", "copy-status")))
        stamp = drawn(
            family,
            chance.of(f"stamp {index}"),
            page=1,
            x_in=chance.between(f"stamp {index} x", 3.2, 5.0),
            y_in=chance.between(f"stamp {index} y", 1.2, 2.4) + 0.5 * index,
        )
        turned = chance.one(f"stamp {index} side", (0.0, 0.0, 0.0, 90.0))
        stamps.append(replace(stamp, turn_deg=stamp.turn_deg + turned))
    return tuple(stamps)
