"""Photocopies of photocopies: each is softer, then harder, and dirtier than what it was made from."""

from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.scanned import noise

# Copiers of the time enlarged a little, so that no edge of the original showed.
SCALE = 1.004
_BLUR_IN = 0.0032  # half the side of the square that its lens smears a point over
_GRAIN = 9  # grey levels of toner's noise before the drum decides
_GRAIN_IN = 0.0022
# Toner goes where the original is darker than this: above the middle, so that strokes thicken and faint ones live.
_MIDDLE = 152
_HARDNESS = 2.6
_MISSES = 0.006  # share of its black that each copy fails to fuse


def copied(page: Image.Image, look: Look, generator: Generator) -> Image.Image:
    """Return the toner of the last of ``look.generations`` copies of a page: 0 bare to 255 full."""
    grey = page.convert("L")
    for _ in range(look.generations):
        grey = _copy(grey, look.dpi, generator)
    misses = noise.holes(noise.tile(generator, blur_px=_GRAIN_IN * look.dpi), share=_MISSES * look.generations)
    return ImageChops.multiply(ImageChops.invert(grey), noise.laid(misses, size=grey.size, generator=generator))


def _copy(grey: Image.Image, dpi: int, generator: Generator) -> Image.Image:
    """Copy a page once."""
    soft = grey.filter(ImageFilter.BoxBlur(_BLUR_IN * dpi))
    drawn = noise.levels(noise.tile(generator, blur_px=_GRAIN_IN * dpi), strength=_GRAIN)
    noisy = noise.added(soft, noise.laid(drawn, size=grey.size, generator=generator))
    harder = [min(max(round(128 + (level - _MIDDLE) * _HARDNESS), 0), 255) for level in range(256)]
    return noisy.point(harder)
