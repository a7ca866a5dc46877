"""Dirt: dots of dust and toner, more near the edges and round the letters, and a microfilm's scratches."""

from math import ceil

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scanfix.facsimile.asked.look import Look

_DOT_IN = 0.0036  # most dust is a pixel at 300 dpi; a few dots are three or four
_GRAIN_IN = 0.006  # the largest grains are as large as full stops, 0.02 inches
_EDGE_SHARE = 0.25  # of the dots lies near the edge of the page
_EDGE_REACH = 0.06  # of the page's side
_SPATTER = 90  # dots a square inch that would fall if there were letters everywhere, at full spatter
_NEAR_IN = 0.02
# How much blurred ink makes a place near a letter without being one.
_NEAR = (12, 110)
_SCRATCH_PIECES = 60
_DARK_SHARE = 0.35  # most scratches cut the film's dark ground and print white

Places = NDArray[np.int64]


def dirtied(page: Image.Image, cover: Image.Image, look: Look, generator: Generator) -> Image.Image:
    """Sow dots of dust and toner as dark as ink, and scratch the film."""
    if not (look.speckle or look.grit or look.spatter or look.scratches):
        return page
    pixels = np.array(page)
    if look.speckle:
        _sow(pixels, _everywhere(page.size, look.speckle, look, generator), look, generator)
    if look.grit:
        _sow(pixels, _everywhere(page.size, look.grit, look, generator), look, generator, dot_in=_GRAIN_IN)
    if look.spatter:
        _sow(pixels, _near_letters(cover, look, generator), look, generator)
    dirty = Image.fromarray(pixels)
    _scratch(dirty, look, generator)
    return dirty


def _everywhere(size: tuple[int, int], density: float, look: Look, generator: Generator) -> tuple[Places, Places]:
    """Draw rows and columns of dust, so many dots a square inch."""
    width, height = size
    count = int(density * width * height / look.dpi**2)
    across, down = generator.random(count), generator.random(count)
    is_at_edge = generator.random(count) < _EDGE_SHARE
    depth = generator.random(count) * _EDGE_REACH
    side = generator.integers(0, 4, size=count)
    for index, (axis, is_far) in enumerate(((across, False), (across, True), (down, False), (down, True))):
        here = is_at_edge & (side == index)
        axis[here] = 1 - depth[here] if is_far else depth[here]
    return _places(down, height), _places(across, width)


def _places(shares: NDArray[np.float64], length: int) -> Places:
    """Turn shares of a side into pixels of it."""
    return np.minimum((shares * length).astype(np.int64), length - 1)


def _near_letters(cover: Image.Image, look: Look, generator: Generator) -> tuple[Places, Places]:
    """Draw rows and columns of dots that fall round letters, not on them."""
    width, height = cover.size
    small = cover.reduce(4).filter(ImageFilter.GaussianBlur(_NEAR_IN * look.dpi / 4))
    near = np.asarray(small)
    count = int(_SPATTER * look.spatter * width * height / look.dpi**2)
    rows, columns = generator.integers(0, height, size=count), generator.integers(0, width, size=count)
    level = near[np.minimum(rows // 4, near.shape[0] - 1), np.minimum(columns // 4, near.shape[1] - 1)]
    kept = (level >= _NEAR[0]) & (level <= _NEAR[1])
    return rows[kept], columns[kept]


def _sow(
    pixels: NDArray[np.uint8],
    places: tuple[Places, Places],
    look: Look,
    generator: Generator,
    *,
    dot_in: float = _DOT_IN,
) -> None:
    """Darken a dot at each place: small ones are many, large ones few, none is quite round."""
    rows, columns = places
    height, width = pixels.shape[:2]
    # The cube of an even draw: four dots of five are smaller than half the largest.
    drawn = generator.random(rows.size)
    sizes = 1 + np.floor(drawn * drawn * drawn * (4 * dot_in * look.dpi)).astype(np.int64)
    lacks = generator.random((int(sizes.max(initial=1)) ** 2, rows.size)) < 0.25
    dark = 0 if look.is_bilevel else look.ink
    for cell in range(lacks.shape[0]):
        down, across = divmod(cell, int(sizes.max(initial=1)))
        reach = np.maximum(down, across)
        is_in = (sizes > reach) & ~(lacks[cell] & (reach > 0))
        pixels[np.minimum(rows[is_in] + down, height - 1), np.minimum(columns[is_in] + across, width - 1)] = dark


def _scratch(page: Image.Image, look: Look, generator: Generator) -> None:
    """Scratch the film along its way through the reader: nearly upright lines, broken, white or black."""
    draw = ImageDraw.Draw(page)
    width, height = page.size
    thick = max(1, ceil(look.dpi / 300))
    for _ in range(look.scratches):
        start, drift, is_dark, top, long = (float(value) for value in generator.random(5))
        level = look.ink if is_dark < _DARK_SHARE else min(look.tone + 12, 255)
        ends = [(top + long * step / _SCRATCH_PIECES) * 0.95 for step in range(_SCRATCH_PIECES + 1)]
        seen = generator.random(_SCRATCH_PIECES) < 0.8
        for piece in np.flatnonzero(seen):
            points = [(start * width + (drift - 0.5) * 0.03 * width * y, y * height) for y in ends[piece : piece + 2]]
            draw.line(points, fill=level if page.mode == "L" else (level,) * 3, width=thick)
