"""A small inked sheet and its scans, for the tests of the scanner; a helper, not a test."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from pressed import BARE

from scanfix.facsimile.asked.document import Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Ink
from scanfix.facsimile.scanned import paper
from scanfix.facsimile.surface.layers import Layers
from scanfix.images import GrayImage

SHEET = Sheet(width_in=3.0, height_in=2.4)
# Grey enough for light and dark to show, with bed all round.
PLAIN = replace(BARE, tone=220, ink=30, bed=20)


def inked(look: Look, ink: Ink = "ribbon", strength: float = 1.0) -> Layers:
    """Draw ten strokes, as wide as a letter's, and a solid bar under them."""
    dpi = look.dpi
    layers = Layers(width=round(SHEET.width_in * dpi), height=round(SHEET.height_in * dpi))
    for column in range(10):
        x = (0.6 + 0.1 * column) * dpi
        layers.of(ink).stroke(((x, 0.8 * dpi), (x, 1.0 * dpi)), width_px=0.02 * dpi, strength=strength)
    layers.of(ink).stroke(((0.6 * dpi, 1.5 * dpi), (1.5 * dpi, 1.5 * dpi)), width_px=0.2 * dpi, strength=strength)
    return layers


def scan(look: Look, *, layers: Layers | None = None, seed: int = 3) -> GrayImage:
    """Scan the sheet."""
    lie = paper.lie_of(SHEET, look, np.random.default_rng(seed))
    surfaces = [(layers or inked(look), lie)]
    return paper.expose(surfaces, sheet=SHEET, lie=lie, look=look, generator=np.random.default_rng(seed))


def part(pixels: GrayImage, look: Look, left: float, top: float, right: float, bottom: float) -> NDArray[np.int64]:
    """Cut out a place of an upright scan without border; edges in inches."""
    rows, columns = (slice(round(a * look.dpi), round(b * look.dpi)) for a, b in ((top, bottom), (left, right)))
    return pixels[rows, columns].astype(np.int64)


def bar(pixels: GrayImage, look: Look) -> NDArray[np.int64]:
    """Return the body of the bar."""
    return part(pixels, look, 0.65, 1.44, 1.45, 1.56)


def blank(pixels: GrayImage, look: Look) -> NDArray[np.int64]:
    """Return a place without ink on either side of the sheet."""
    return part(pixels, look, 1.9, 0.2, 2.8, 0.7)
