"""Ink on paper: what of it takes, how its edges fray, and which colour it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from scanfix.facsimile.asked.look import Colour, Look
from scanfix.facsimile.asked.marking import Ink
from scanfix.facsimile.scanned import noise
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import Lie
from scanfix.images import GrayImage

# Full inks as a camera sees them on white paper: violet and blue as on the French typescripts, faded a little.
INKS: Mapping[Ink, Colour] = {
    "ribbon": (10, 5, 0),
    "black": (0, 0, 4),
    "blue": (44, 56, 128),
    "violet": (74, 60, 132),
    "red": (166, 52, 50),
    "green": (46, 104, 72),
    "pencil": (92, 92, 96),
}
# The grain of ribbon cloth and of paper's fibres, measured on letters of the ehri-en despatches.
_FRAY_IN = 0.0022
_SOFT_IN = 0.0016  # ink creeps this far into the paper
_FRAY_LEVELS = 62  # standard deviation that moves a soft edge by a pixel at 300 dpi
_FINE_IN, _COARSE_IN = 0.003, 0.0085  # breaks in strokes: single fibres, and tufts of them
_PORE_IN = 0.004  # of a mimeograph's stencil
_PATCH_IN = 0.12  # grid of its uneven inking
_STENCIL_SPREAD_IN = 0.0012
# The soft rim of ink frays most; full ink and bare paper hardly.
_WEIGHT = np.array([4 * level * (255 - level) // 255 for level in range(256)], dtype=np.int32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Imprint:
    """Ink on the scan: how much of it covers each pixel, and which ink it is.

    ``cover`` is grey, 0 bare to 255 full; ``which`` (height, width) uint8 the ink's place in ``inks``, ``None`` where
    there is only one.
    """

    cover: Image.Image
    inks: tuple[Ink, ...]
    which: GrayImage | None = field(default=None)

    def hue(self, look: Look) -> Image.Image:
        """Return the colour that the paper takes where it is covered: grey, or colours where the look has them."""
        colours = [_lifted(INKS[ink], look.ink) for ink in self.inks]
        if self.which is None:
            colour = colours[0]
            return Image.new("RGB", self.cover.size, colour) if look.is_colour else grey(self.cover.size, colour)
        picture = Image.fromarray(self.which).convert("P")
        picture.putpalette([value for colour in colours for value in colour])
        return picture.convert("RGB" if look.is_colour else "L")


def grey(size: tuple[int, int], colour: Colour) -> Image.Image:
    """Return an even grey page as bright as a colour."""
    red, green, blue = colour
    return Image.new("L", size, (299 * red + 587 * green + 114 * blue + 500) // 1000)


def taken(
    surfaces: Sequence[tuple[Layers, Lie]], *, size: tuple[int, int], look: Look, generator: Generator
) -> Imprint:
    """Lay the inks of sheet and stamps on a scan of ``size`` (width, height), as worn and frayed as the look asks."""
    bare = _laid(surfaces, size)
    cover = bare.cover
    spread_px = (look.spread + look.mimeo * _STENCIL_SPREAD_IN) * look.dpi
    if spread_px:
        cover = spread(cover, spread_px)
    if look.ragged:
        cover = _frayed(cover, look, generator)
    if look.dropout:
        cover = ImageChops.multiply(cover, _breaks(look, size, generator))
    if look.mimeo:
        cover = _stencilled(cover, look, generator)
    return Imprint(cover=cover, inks=bare.inks, which=bare.which)


def spread(cover: Image.Image, by_px: float) -> Image.Image:
    """Let ink spread, or wear away where ``by_px`` is below 0, by parts of a pixel too."""
    pixels = np.asarray(cover)
    whole = floor(abs(by_px))
    widest = np.maximum if by_px > 0 else np.minimum
    for _ in range(whole):
        pixels = _grown(pixels, widest)
    edge = _grown(pixels, widest)
    return Image.blend(Image.fromarray(pixels), Image.fromarray(edge), abs(by_px) - whole)


def _laid(surfaces: Sequence[tuple[Layers, Lie]], size: tuple[int, int]) -> Imprint:
    """Lay every ink where it belongs; the darker one wins."""
    width, height = size
    cover = np.zeros((height, width), dtype=np.uint8)
    inks: list[Ink] = []
    which: GrayImage | None = None
    for layers, lie in surfaces:
        for ink, layer in layers.drawn():
            laid, here = lie.lay(layer.ink, width=width, height=height)
            if not laid.size:
                continue
            target = cover[here.top : here.bottom, here.left : here.right]
            if ink not in inks:
                inks.append(ink)
            if len(inks) > 1:
                which = np.zeros((height, width), dtype=np.uint8) if which is None else which
                # What frays and spreads beyond its letter keeps its colour.
                near = _grown(_grown(laid, np.maximum), np.maximum)
                which[here.top : here.bottom, here.left : here.right][near > target] = inks.index(ink)
            np.maximum(target, laid, out=target)
    return Imprint(cover=Image.fromarray(cover), inks=tuple(inks) or ("ribbon",), which=which)


def _grown(pixels: GrayImage, widest: np.ufunc) -> GrayImage:
    """Let every pixel take the most (or least) of itself and its four neighbours."""
    grown = pixels.copy()
    widest(grown[1:], pixels[:-1], out=grown[1:])
    widest(grown[:-1], pixels[1:], out=grown[:-1])
    widest(grown[:, 1:], pixels[:, :-1], out=grown[:, 1:])
    widest(grown[:, :-1], pixels[:, 1:], out=grown[:, :-1])
    return grown


def _frayed(cover: Image.Image, look: Look, generator: Generator) -> Image.Image:
    """Fray the rim of the ink; only where there is ink is anything computed."""
    soft = np.array(cover.filter(ImageFilter.BoxBlur(_SOFT_IN * look.dpi)))
    drawn = noise.levels(noise.tile(generator, blur_px=_FRAY_IN * look.dpi), strength=_FRAY_LEVELS * look.ragged)
    plane = np.asarray(noise.laid(drawn, size=cover.size, generator=generator))
    flat, places = soft.reshape(-1), np.flatnonzero(soft)
    inked = flat[places]
    moved = inked + (((plane.reshape(-1)[places].astype(np.int32) - noise.MIDDLE) * _WEIGHT[inked]) >> 8)
    flat[places] = np.clip(moved, 0, 255).astype(np.uint8)
    return Image.fromarray(soft)


def _breaks(look: Look, size: tuple[int, int], generator: Generator) -> Image.Image:
    """Return the mask of what the paper's grain leaves bare."""
    fine = noise.tile(generator, blur_px=_FINE_IN * look.dpi)
    coarse = noise.tile(generator, blur_px=_COARSE_IN * look.dpi)
    return noise.laid(noise.holes(noise.mixed(fine, coarse), share=look.dropout), size=size, generator=generator)


def _stencilled(cover: Image.Image, look: Look, generator: Generator) -> Image.Image:
    """Print through a stencil: pores everywhere, and patches that took less ink."""
    pores = noise.holes(noise.tile(generator, blur_px=_PORE_IN * look.dpi), share=0.2 * look.mimeo, softness=0.8)
    patches = noise.blotches(generator, size=cover.size, cell_px=_PATCH_IN * look.dpi, sizes=(1.0, 3.0))
    inked = np.rint(255 * (1 - 0.6 * look.mimeo * patches)).astype(np.uint8)
    uneven = Image.fromarray(inked).resize(cover.size, Image.Resampling.BILINEAR)
    porous = ImageChops.multiply(cover, noise.laid(pores, size=cover.size, generator=generator))
    return ImageChops.multiply(porous, uneven)


def _lifted(colour: Colour, least: int) -> Colour:
    """Return an ink's colour when black is only as dark as ``least``."""
    red, green, blue = (least + value * (255 - least) // 255 for value in colour)
    return (red, green, blue)
