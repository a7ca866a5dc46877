"""Noise: drawn once on a tile and laid side by side, for nobody sees a seam in a texture of one to three pixels.

Only whole numbers and Pillow's filters: the same seed gives the same pixels on every machine.
"""

from math import ceil

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

_TILE_PX = 512
MIDDLE = 128  # the level of a tile that changes nothing
# A finer blur leaves single pixels as they are.
_LEAST_BLUR_PX = 0.3

FloatTile = NDArray[np.float32]


def tile(generator: Generator, *, blur_px: float, across_px: float | None = None) -> FloatTile:
    """Draw a tile of noise.

    Parameters
    ----------
    blur_px
        How coarse it is.
    across_px
        How coarse along the lines, when it is streaky.

    Returns
    -------
    (512, 512) float32
        Mean 0, standard deviation 1.
    """
    raw = generator.integers(0, 256, size=(_TILE_PX, _TILE_PX), dtype=np.uint8)
    down = max(blur_px, _LEAST_BLUR_PX)
    along = down if across_px is None else max(across_px, _LEAST_BLUR_PX)
    # The picture is laid three by three, so that the blur runs over the seams.
    wide = Image.fromarray(np.pad(raw, _TILE_PX // 8, mode="wrap"))
    soft = np.asarray(wide.filter(ImageFilter.GaussianBlur((along, down))), dtype=np.int64)
    return _normal(soft[_TILE_PX // 8 : -_TILE_PX // 8, _TILE_PX // 8 : -_TILE_PX // 8])


def mixed(fine: FloatTile, coarse: FloatTile) -> FloatTile:
    """Return two noises as one of the same strength."""
    return np.asarray((fine + coarse) * np.float32(0.5**0.5), dtype=np.float32)


def levels(noise: FloatTile, *, strength: float) -> Image.Image:
    """Return noise as a grey tile: 128 and ``strength`` grey levels of standard deviation."""
    return Image.fromarray(np.clip(np.rint(noise * np.float32(strength)) + MIDDLE, 0, 255).astype(np.uint8))


def holes(noise: FloatTile, *, share: float, softness: float = 0.35) -> Image.Image:
    """Return noise as a mask, 0 where about ``share`` of the surface is bare and 255 elsewhere."""
    ordered = np.sort(noise, axis=None)
    cut = ordered[min(int(share * ordered.size), ordered.size - 1)]
    kept = (noise - cut) * np.float32(1 / softness) + np.float32(0.5)
    return Image.fromarray(np.clip(np.rint(kept * 255), 0, 255).astype(np.uint8))


def laid(grey_tile: Image.Image, *, size: tuple[int, int], generator: Generator) -> Image.Image:
    """Lay a tile side by side over a page of ``size`` (width, height), from a drawn start."""
    down, across = (int(start) for start in generator.integers(0, _TILE_PX, size=2))
    shifted = np.roll(np.asarray(grey_tile), (down, across), axis=(0, 1))
    width, height = size
    repeats = (ceil(height / _TILE_PX), ceil(width / _TILE_PX))
    return Image.fromarray(np.tile(shifted, repeats)[:height, :width])


def added(page: Image.Image, noise: Image.Image) -> Image.Image:
    """Add noise about the middle level to every channel of a page."""
    plane = noise if page.mode == noise.mode else Image.merge(page.mode, [noise] * len(page.getbands()))
    return ImageChops.add(page, plane, scale=1.0, offset=-MIDDLE)


def blotches(
    generator: Generator, *, size: tuple[int, int], cell_px: float, sizes: tuple[float, float]
) -> NDArray[np.float64]:
    """Draw slow noise of two sizes on a coarse grid, 0 to 1; ``sizes`` are its blurs in cells of ``cell_px``."""
    columns, rows = (ceil(side / cell_px) + 1 for side in size)
    raw = Image.fromarray(generator.integers(0, 256, size=(rows, columns), dtype=np.uint8))
    parts = [_spread(raw.filter(ImageFilter.GaussianBlur(blur)), blur) for blur in sizes]
    return np.clip(0.5 + 0.4 * parts[0] + 0.6 * parts[1], 0.0, 1.0)


def _spread(soft: Image.Image, blur: float) -> NDArray[np.float64]:
    """Bring back the spread of noise, which a blur shrinks by about twice its radius."""
    return (np.asarray(soft, dtype=np.float64) / 255 - 0.5) * 2 * blur


def _normal(soft: NDArray[np.int64]) -> FloatTile:
    """Return noise with mean 0 and standard deviation 1."""
    # Whole numbers have one sum, in whatever order a processor adds them.
    mean = int(soft.sum()) / soft.size
    deviation = (int((soft**2).sum()) / soft.size - mean**2) ** 0.5
    return np.asarray((soft - mean) / deviation, dtype=np.float32)
