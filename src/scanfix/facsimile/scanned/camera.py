"""The camera and its file: blur, grain, JPEG, and two tones where the look asks for them."""

from io import BytesIO

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.scanned import bilevel, noise
from scanfix.images import GrayImage

_GRAIN_PX = 0.5  # a sensor's pixels hardly share their noise
_COLOUR_SHARE = 0.45  # of a colour camera's grain that differs between its channels


def focused(page: Image.Image, look: Look) -> Image.Image:
    """Blur as a lens does."""
    return page.filter(ImageFilter.GaussianBlur(look.blur_px)) if look.blur_px else page


def shot(page: Image.Image, look: Look, generator: Generator) -> GrayImage:
    """Take the picture.

    Returns
    -------
    (height, width) or (height, width, 3) uint8
        Grey or colour; only 0 and 255 when the look is bilevel.
    """
    if look.grain:
        page = _grained(page, look, generator)
    if look.jpeg_quality is not None:
        page = _through_jpeg(page, look.jpeg_quality)
    if look.is_bilevel:
        return bilevel.two_tones(page.convert("L"), look)
    return np.array(page)


def _grained(page: Image.Image, look: Look, generator: Generator) -> Image.Image:
    """Add the sensor's noise: most of it in light, a part in colour."""
    # A level of grain is two standard deviations: what one sees as its reach.
    drawn = noise.tile(generator, blur_px=_GRAIN_PX)
    plane = noise.laid(noise.levels(drawn, strength=look.grain / 2), size=page.size, generator=generator)
    if page.mode == "L":
        return noise.added(page, plane)
    own = noise.levels(drawn, strength=look.grain / 2 * _COLOUR_SHARE)
    planes = [
        ImageChops.add(plane, noise.laid(own, size=page.size, generator=generator), offset=-noise.MIDDLE)
        for _ in page.getbands()
    ]
    return ImageChops.add(page, Image.merge("RGB", planes), offset=-noise.MIDDLE)


def _through_jpeg(page: Image.Image, quality: int) -> Image.Image:
    """Keep the picture as a JPEG and read it back."""
    kept = BytesIO()
    page.save(kept, "JPEG", quality=quality)
    with Image.open(kept) as read:
        return read.copy()
