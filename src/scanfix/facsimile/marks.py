"""Classification markings put on the paper, and the strokes that cancel them."""

from dataclasses import dataclass

from numpy.random import Generator

from scanfix.facsimile import ink, outline
from scanfix.facsimile.document import Sheet
from scanfix.facsimile.layers import Layers
from scanfix.facsimile.marking import Marking
from scanfix.facsimile.outline import Outline
from scanfix.facsimile.pen import PenStroke, cancel


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedMarking:
    """A marking on the sheet, its letters, and the stroke through it."""

    marking: Marking
    letters: tuple[Outline, ...]
    stroke: PenStroke | None


def put_marking(layers: Layers, marking: Marking, *, sheet: Sheet, dpi: int, generator: Generator) -> InkedMarking:
    """Print a marking in the middle of the head or foot, and strike it where it is cancelled."""
    size_px = ink.size_for_capitals(marking.face, marking.capital_in * dpi)
    width = ink.width_of(marking.text, marking.face, size_px)
    middle = marking.at_in if marking.edge == "head" else sheet.height_in - marking.at_in
    sway = generator.uniform(-0.1, 0.1)  # nobody measures where the stamp goes
    at = ((sheet.width_in / 2 + sway) * dpi - width / 2, (middle + marking.capital_in / 2) * dpi)
    letters = layers.of(marking.ink).text(
        marking.text, marking.face, size_px, at, strength=float(generator.uniform(0.85, 1.0))
    )
    stroke = None
    if marking.stroke is not None:
        stroke = cancel(
            layers.of(marking.stroke.ink), outline.around(letters).box, marking.stroke, dpi=dpi, generator=generator
        )
    return InkedMarking(marking=marking, letters=letters, stroke=stroke)
