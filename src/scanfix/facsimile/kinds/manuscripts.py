"""Authors' typescripts as libraries photograph them: violet ink on cream paper, corrected by pen, stamped."""

from scanfix.facsimile.asked.document import Document, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Note, Thing
from scanfix.facsimile.kinds.chance import Chance
from scanfix.facsimile.writing.slips import Slips
from scanfix.facsimile.writing.writers import write


def manuscript(scan_id: str, chance: Chance) -> Document:
    """Draw an author's typescript in colours, words struck by pen, a library's seal on it, on a grey bed."""
    written = write("minutes", chance.of("text"), words=600, typing=Slips(struck=0.02, overtyped=0.01))
    look = Look(
        dpi=300,
        is_colour=True,
        tone=208,
        tint=(255, 248, 238),
        ink=chance.whole("ink", 20, 45),
        ragged=0.9,
        dropout=chance.between("dropout", 0.04, 0.12),
        spread=0.001,
        fibre=2.5,
        grain=4.0,
        blur_px=0.9,
        border_in=(0.5, 0.15, 0.5, 0.3),
        neighbour=True,
        bed=130,
        chipped=0.06,
        stain=0.04,
        rim=0.1,
        shade=0.1,
        warp_in=0.03,
        skew_deg=chance.around("skew", 0.0, 0.5),
        jpeg_quality=85,
    )
    return Document(
        scan_id=scan_id,
        languages=("eng",),
        machine=Machine(
            face="remington",
            pitch_cpi=10,
            row_in=0.25,
            wear_in=0.005,
            tilt_deg=0.8,
            ribbon=0.85,
            unevenness=0.15,
            lean=0.2,
            filled=0.3,
            ink="violet",
        ),
        sheet=Sheet(width_in=8.2, height_in=10.6, left_in=1.0, right_in=0.4, top_in=1.5, bottom_in=0.9),
        looks=(look,),
        paragraphs=written.paragraphs,
        numbering="({})",
        numbering_edge="head",
        numbers_first=True,
        notes=(Note(page=1, kind="note", x_in=1.0, y_in=9.9, size_in=0.22, text="40 y 78", turn_deg=12.0),),
        things=(
            Thing(page=1, kind="seal", x_in=1.9, y_in=0.5, width_in=1.1, height_in=1.1, ink="red"),
            Thing(page=1, kind="box", x_in=5.6, y_in=0.5, width_in=1.7, height_in=0.8, turn_deg=-3.0, ink="violet"),
        ),
    )
