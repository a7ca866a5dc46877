"""What is printed on the scan and not on the paper: release banners and redaction boxes, straight and crisp."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, CoverStyle, Edge
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.outline import around
from scanfix.images import GrayImage
from scanfix.model.geometry import Box

_BANNER_CAPITAL_IN = 0.098  # about 29 pixels at 300 dpi
_STRIP_IN = 0.03  # white round the words
_RULE_PX = 1.5  # outlines of redactions are 1 to 2 pixels whatever the resolution
_DOUBLE_PX = 6  # between the lines of a double outline
_GREY = 190  # of a grey box; what was under it is gone all the same
_CODE_SHARE = 0.45  # of the height of a redaction, where a code stands in it
_CODE_IN = 0.098  # codes are printed like the banner, however large the box
_MARGIN_AT_IN = 0.72  # codes beside the text begin this far from the right edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Words printed on the scan: the box of their ink, and the white strip they stand on."""

    box: Box
    strip: Box


def print_banner(pixels: GrayImage, banner: Banner, edge: Edge, *, look: Look) -> Printing:
    """Print the banner on a white strip at the top or bottom, in the middle."""
    height, width = pixels.shape[:2]
    at_px = banner.at_in * look.dpi
    long = ink.width_of(banner.text, "sans-dark", _size(look))
    # Whole pixels: both banners of a page are the same picture.
    baseline = round(at_px if edge == "head" else height - at_px / 2)
    return _words(pixels, banner.text, (width - long) / 2, baseline, look)


def cover(pixels: GrayImage, place: Box, *, code: str, look: Look, style: CoverStyle = "outlined") -> Box | None:
    """Cover a place with a box of a style; return the box of the code printed in it."""
    height, width = pixels.shape[:2]
    place = place.clip(width=width, height=height)
    if not place.area:
        return None
    tone = {"black": 0, "grey": _GREY}.get(style, 255)
    layer = Layer(width=place.width, height=place.height)
    _outline(layer, style)
    letters = _inner_code(layer, code, look) if code else None
    paint = 255 - layer.ink
    if tone != 255:
        # A code on a black box is white, on a grey one black.
        paint = np.where(layer.ink > 0, 255 - paint if tone == 0 else paint, tone).astype(np.uint8)
    _print(pixels, paint, place, look)
    return letters.shift(x=place.left, y=place.top) if letters else None


def print_code(pixels: GrayImage, code: str, *, beside: Box, taken: Sequence[Box], look: Look) -> Printing:
    """Print a code in the right margin beside a box, below the codes that stand there already."""
    width = pixels.shape[1]
    capital = _BANNER_CAPITAL_IN * look.dpi
    left = width - _MARGIN_AT_IN * look.dpi
    baseline = round(beside.centre[1] + capital / 2)
    reach = round(capital + 2 * _STRIP_IN * look.dpi)
    while any(box.top < baseline + reach // 3 and baseline - reach < box.bottom for box in taken):
        baseline += reach
    return _words(pixels, code, left, baseline, look)


def _size(look: Look) -> float:
    """Return the size of what is printed on the scan."""
    return ink.size_for_capitals("sans-dark", _BANNER_CAPITAL_IN * look.dpi)


def _words(pixels: GrayImage, text: str, left: float, baseline: int, look: Look) -> Printing:
    """Print words on a white strip."""
    height, width = pixels.shape[:2]
    dpi = look.dpi
    pad = _STRIP_IN * dpi
    long = ink.width_of(text, "sans-dark", _size(look))
    strip = Box.of((left - pad, baseline - _BANNER_CAPITAL_IN * dpi - pad, left + long + pad, baseline + pad))
    layer = Layer(width=strip.width, height=strip.height)
    letters = layer.text(text, "sans-dark", _size(look), (left - strip.left, baseline - strip.top))
    seen = strip.clip(width=width, height=height)
    part = layer.ink[seen.top - strip.top :, seen.left - strip.left :][: seen.height, : seen.width]
    _print(pixels, 255 - part, seen, look)
    box = around(letters).box.shift(x=strip.left, y=strip.top).clip(width=width, height=height)
    return Printing(box=box, strip=seen)


def _outline(layer: Layer, style: CoverStyle) -> None:
    """Draw the lines of a style round a box."""
    if style in ("outlined", "double"):
        layer.frame(layer.box.grow(-1), width_px=_RULE_PX)
    if style == "double" and min(layer.box.width, layer.box.height) > 3 * _DOUBLE_PX:
        layer.frame(layer.box.grow(-1 - _DOUBLE_PX), width_px=_RULE_PX)


def _inner_code(layer: Layer, code: str, look: Look) -> Box:
    """Print a code in the middle of a box, as large as it allows."""
    width, height = layer.box.width, layer.box.height
    capital = min(_CODE_SHARE * height, _CODE_IN * look.dpi)
    size_px = ink.size_for_capitals("sans-dark", capital)
    size_px *= min(1.0, 0.8 * width / ink.width_of(code, "sans-dark", size_px))
    at = ((width - ink.width_of(code, "sans-dark", size_px)) / 2, (height + capital) / 2)
    return around(layer.text(code, "sans-dark", size_px, at)).box


def _print(pixels: GrayImage, paint: GrayImage, place: Box, look: Look) -> None:
    """Replace the scan in a place; a page of two tones keeps two."""
    tones = (paint >= 128) * np.uint8(255) if look.is_bilevel else paint
    target = pixels[place.top : place.bottom, place.left : place.right]
    target[:] = tones if pixels.ndim == 2 else tones[..., np.newaxis]
