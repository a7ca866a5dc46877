"""The paper and the scanner: where the sheet lies, how it is lit, what the camera adds.

Only Pillow's and NumPy's plain arithmetic is used, no filter that picks its code by the processor: the same seed gives
the same pixels on every machine that has the same versions.
"""

from collections.abc import Sequence
from math import ceil, cos, radians, sin

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scanfix.facsimile.document import Sheet
from scanfix.facsimile.layers import Layers
from scanfix.facsimile.lie import Lie
from scanfix.facsimile.look import Look
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box, Point

# Noise is drawn once on a tile and laid side by side: nobody sees the seam in grain of one or two pixels.
_TILE_PX = 768
_DRY = 20  # grey levels of ink that a fully ragged ribbon fails to give
# Paper tone varies slowly: it is drawn on a grid this coarse and enlarged.
_COARSE_PX = 32
_HOLE_RADIUS_IN = 0.125  # a two-hole punch makes holes of 6 mm
_FRAY_PX = 0.7  # blur of the noise that frays edges: about the grain of ribbon cloth at 300 dpi


def page_size(sheet: Sheet, look: Look) -> tuple[int, int]:
    """Return (width, height) of the scan in pixels: the sheet and the bed round it."""
    left, top, right, bottom = look.border_in
    width = round((sheet.width_in + left + right) * look.dpi)
    return width, round((sheet.height_in + top + bottom) * look.dpi)


def lie_of(sheet: Sheet, look: Look) -> Lie:
    """Return the map from the sheet's pixels to the scan's: turned about its middle, moved onto the bed."""
    middle = (sheet.width_in * look.dpi / 2, sheet.height_in * look.dpi / 2)
    moved = Affine(a=1.0, b=0.0, c=look.border_in[0] * look.dpi, d=0.0, e=1.0, f=look.border_in[1] * look.dpi)
    return Lie(affine=turned(look.skew_deg, about=middle).then(moved))


def turned(angle_deg: float, *, about: Point) -> Affine:
    """Return the map that turns anticlockwise about a point."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    x, y = about
    return Affine(a=c, b=s, c=x - c * x - s * y, d=-s, e=c, f=y + s * x - c * y)


def expose(layers: Sequence[tuple[Layers, Lie]], *, sheet: Sheet, look: Look, generator: Generator) -> GrayImage:
    """Scan a sheet.

    Parameters
    ----------
    layers
        Inks of the sheet and of each stamp, and the map of each to the scan's pixels.

    Returns
    -------
    (height, width) uint8
        The scan, 0 ink to 255 paper; only 0 and 255 when the look is bilevel.
    """
    width, height = page_size(sheet, look)
    ink = np.zeros((height, width), dtype=np.uint8)
    for inks, lie in layers:
        for _, layer in inks.drawn():
            _lay(ink, layer.ink, lie.affine)
    page = _tone(look, width=width, height=height, generator=generator)
    cover = _fray(ink, look, generator)
    cover *= page - look.ink
    page -= cover
    _lay_on_bed(page, sheet, look)
    return _shoot(page, look, generator)


def _fray(ink: GrayImage, look: Look, generator: Generator) -> NDArray[np.float32]:
    """Fray the edges of the ink; return the share of the paper that it covers, 0 to 1."""
    cover = ink.astype(np.float32)
    if look.ragged:
        height, width = ink.shape
        noise = _tiled(_noise(generator, blur_px=_FRAY_PX), width=width, height=height, generator=generator)
        # The noise weighs on the thin rim of a letter, hardly on its body, and dries out the faintest ink.
        noise *= look.ragged
        cover *= 1 + noise
        cover += _DRY * (noise - look.ragged)
        np.clip(cover, 0, 255, out=cover)
    cover *= np.float32(1 / 255)
    return cover


def _lay(ink: GrayImage, layer: GrayImage, to_page: Affine) -> None:
    """Turn a layer and lay it on the page's ink, the darker pixel wins."""
    height, width = layer.shape
    page = Box(left=0, top=0, right=ink.shape[1], bottom=ink.shape[0])
    here = to_page.box(Box(left=0, top=0, right=width, bottom=height)).intersect(page)
    to_here = to_page.then(Affine(a=1.0, b=0.0, c=-here.left, d=0.0, e=1.0, f=-here.top))
    rows = to_here.inverse().rows
    picture = Image.fromarray(layer).transform(
        (here.width, here.height), Image.Transform.AFFINE, (*rows[0], *rows[1]), resample=Image.Resampling.BICUBIC
    )
    target = ink[here.top : here.bottom, here.left : here.right]
    np.maximum(target, np.asarray(picture), out=target)


def _tone(look: Look, *, width: int, height: int, generator: Generator) -> NDArray[np.float32]:
    """Light the empty paper: a slope towards one corner, and blotches."""
    rows, columns = ceil(height / _COARSE_PX) + 1, ceil(width / _COARSE_PX) + 1
    lean = generator.uniform(0.25, 0.75)
    corner = generator.integers(0, 2, size=2)
    across = np.abs(np.linspace(0.0, 1.0, columns) - corner[0])
    down = np.abs(np.linspace(0.0, 1.0, rows) - corner[1])
    slope = lean * across[np.newaxis, :] + (1 - lean) * down[:, np.newaxis]
    blotches = _coarse_blotches(generator, rows, columns)
    light = look.tone * (1.0 - look.shade * slope - look.stain * blotches)
    small = Image.fromarray(np.clip(light, 0, 255).astype(np.float32))
    return np.array(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def _coarse_blotches(generator: Generator, rows: int, columns: int) -> NDArray[np.float64]:
    """Draw slow noise of two sizes, 0 to 1."""
    raw = Image.fromarray(generator.integers(0, 256, size=(rows, columns), dtype=np.uint8))
    # A blur shrinks the spread of noise about as much as its radius: the factors bring it back.
    small = (np.asarray(raw.filter(ImageFilter.GaussianBlur(2)), dtype=np.float64) / 255 - 0.5) * 4
    large = (np.asarray(raw.filter(ImageFilter.GaussianBlur(7)), dtype=np.float64) / 255 - 0.5) * 14
    return np.clip(0.5 + 0.4 * small + 0.6 * large, 0.0, 1.0)


def _noise(generator: Generator, *, blur_px: float) -> NDArray[np.float32]:
    """Draw a tile of noise, mean 0, mostly -1 to 1, made coarse by a blur."""
    raw = generator.integers(0, 256, size=(_TILE_PX, _TILE_PX), dtype=np.uint8)
    soft = np.asarray(Image.fromarray(raw).filter(ImageFilter.GaussianBlur(blur_px)), dtype=np.int64)
    # Whole numbers have one sum, in whatever order a processor adds them.
    mean = int(soft.sum()) / soft.size
    deviation = (int((soft**2).sum()) / soft.size - mean**2) ** 0.5
    return np.asarray((soft - mean) / (2 * deviation), dtype=np.float32)


def _tiled(tile: NDArray[np.float32], *, width: int, height: int, generator: Generator) -> NDArray[np.float32]:
    """Lay a tile side by side over a page, from a drawn start."""
    start = generator.integers(0, _TILE_PX, size=2)
    shifted = np.roll(tile, (int(start[0]), int(start[1])), axis=(0, 1))
    return np.tile(shifted, (ceil(height / _TILE_PX), ceil(width / _TILE_PX)))[:height, :width]


def _lay_on_bed(page: NDArray[np.float32], sheet: Sheet, look: Look) -> None:
    """Darken what lies outside the sheet, and the holes that show the bed; a scan without a border has no bed."""
    if not any(look.border_in) and not look.holes:
        return
    height, width = page.shape
    to_page = lie_of(sheet, look)
    paper = Image.new("L", (width, height), 0 if any(look.border_in) else 255)
    draw = ImageDraw.Draw(paper)
    whole = Box(left=0, top=0, right=round(sheet.width_in * look.dpi), bottom=round(sheet.height_in * look.dpi))
    draw.polygon(to_page.quad(whole).corners, fill=255)
    for hole in look.holes:
        x, y = to_page.point(hole[0] * look.dpi, hole[1] * look.dpi)
        draw.circle((x, y), _HOLE_RADIUS_IN * look.dpi, fill=0)
    share = np.asarray(paper.filter(ImageFilter.GaussianBlur(1.0)), dtype=np.float32) * np.float32(1 / 255)
    page += (look.bed - page) * (1 - share)


def _shoot(page: NDArray[np.float32], look: Look, generator: Generator) -> GrayImage:
    """Blur, add grain and speckle, and make two tones where the look asks for them."""
    height, width = page.shape
    pixels = np.clip(page, 0, 255).astype(np.uint8)
    if look.blur_px:
        pixels = np.array(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(look.blur_px)))
    if look.grain:
        grain = _tiled(_noise(generator, blur_px=0.5), width=width, height=height, generator=generator)
        pixels = np.clip(pixels + look.grain * grain, 0, 255).astype(np.uint8)
    if look.is_bilevel:
        pixels = np.where(pixels >= look.threshold, 255, 0).astype(np.uint8)
    _speckle(pixels, look, generator)
    return pixels


def _speckle(pixels: GrayImage, look: Look, generator: Generator) -> None:
    """Sow dots of dust, one to three pixels wide, as dark as ink."""
    height, width = pixels.shape
    count = int(look.speckle * width * height / look.dpi**2)
    rows, columns = generator.integers(0, height, size=count), generator.integers(0, width, size=count)
    reach = generator.integers(0, 3, size=count)
    dark = 0 if look.is_bilevel else look.ink
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (1, 2)):
        is_in = reach >= max(down, across)
        pixels[np.minimum(rows[is_in] + down, height - 1), np.minimum(columns[is_in] + across, width - 1)] = dark
