"""From any pixel format of Pillow to grey: 0 ink to 255 paper."""

import numpy as np
from PIL import Image, TiffImagePlugin

from scanfix.errors import ScanError
from scanfix.images import GrayImage

_BITS_PER_SAMPLE = 258
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_DEEP_MODES = frozenset({"I;16", "I;16B", "I;16L", "I"})
# What a deep image holds when its header does not say: PNG, PNM and JPEG 2000 of more than 8 bits are scaled to 16.
_DEEP_BITS = 16


def to_gray(image: Image.Image) -> tuple[GrayImage, str]:
    """Turn a decoded image to grey without moving a pixel.

    Returns
    -------
    (height, width) uint8, str
        Grey pixels, 0 ink to 255 paper, and what a reader should know of the change, empty for plain grey.

    Raises
    ------
    ScanError
        The pixels are measurements (floating point, 32 bits), not tones.
    """
    if image.mode in {"1", "L"} and not image.has_transparency_data:
        return np.asarray(image.convert("L")), ""
    if image.mode in _DEEP_MODES:
        return _from_deep(image)
    if image.mode == "F":
        raise ScanError("its pixels are floating point numbers: no page scan. Save it with 8 or 16 bits.")
    if image.has_transparency_data:
        return _on_white(image), "transparent places turned to white, colour to grey"
    if image.mode == "LAB":
        return np.asarray(image.getchannel("L")), "colour turned to grey"
    note = "CMYK turned to grey" if image.mode == "CMYK" else "colour turned to grey"
    return np.asarray(image.convert("RGB").convert("L")), note


def _from_deep(image: Image.Image) -> tuple[GrayImage, str]:
    """Scale pixels of more than 8 bits; TIFF's are turned where 0 means white (Pillow turns only those of 8)."""
    bits, is_inverted = _depth(image)
    if bits > _DEEP_BITS:
        raise ScanError(f"its pixels have {bits} bits: no page scan. Save it with 8 or 16 bits.")
    top = (1 << bits) - 1
    values = np.minimum(np.asarray(image).astype(np.int64), top)
    gray = ((values * 255 + top // 2) // top).clip(0, 255).astype(np.uint8)
    return (255 - gray if is_inverted else gray), f"{bits} bits scaled to 8"


def _depth(image: Image.Image) -> tuple[int, bool]:
    """Return the bits of a sample, and whether 0 is white."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return _DEEP_BITS, False
    bits = image.tag_v2.get(_BITS_PER_SAMPLE, (_DEEP_BITS,))
    return int(bits[0]), image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _on_white(image: Image.Image) -> GrayImage:
    """Lay an image with transparent places on white paper."""
    coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    return np.asarray(Image.alpha_composite(paper, coloured).convert("L"))
