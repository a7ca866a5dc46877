"""What is printed on the scan and not on the paper: release banners and redaction boxes, straight and crisp."""

from scanfix.facsimile import ink
from scanfix.facsimile.ink import Layer
from scanfix.facsimile.look import Look
from scanfix.facsimile.marking import Banner, Edge
from scanfix.facsimile.outline import Outline, around
from scanfix.images import GrayImage
from scanfix.model.geometry import Box

_BANNER_CAPITAL_IN = 0.098  # about 29 pixels at 300 dpi
_BANNER_AT_IN = 0.27  # baseline of the upper one
_STRIP_IN = 0.03  # white round the words
_RULE_PX = 1.5  # outlines of redactions are 1 to 2 pixels whatever the resolution
_CODE_SHARE = 0.45  # of the height of a redaction


def print_banner(pixels: GrayImage, banner: Banner, edge: Edge, *, look: Look) -> Box:
    """Print the banner on a white strip at the top or bottom, in the middle; return the box of its ink."""
    dpi = look.dpi
    height, width = pixels.shape
    size_px = ink.size_for_capitals("sans", _BANNER_CAPITAL_IN * dpi)
    long = ink.width_of(banner.text, "sans", size_px)
    # Whole pixels: both banners of a page are the same picture.
    baseline = round(_BANNER_AT_IN * dpi if edge == "head" else height - _BANNER_AT_IN * dpi / 2)
    pad = _STRIP_IN * dpi
    strip = Box.of(
        ((width - long) / 2 - pad, baseline - _BANNER_CAPITAL_IN * dpi - pad, (width + long) / 2 + pad, baseline + pad)
    )
    layer = Layer(width=strip.width, height=strip.height)
    letters = layer.text(banner.text, "sans", size_px, (pad, baseline - strip.top))
    _print(pixels, layer, strip, look)
    return around(letters).box.shift(x=strip.left, y=strip.top)


def cover(pixels: GrayImage, place: Box, *, code: str, look: Look) -> Box | None:
    """Cover a place with a white box, its outline thin and black; return the box of the code printed in it."""
    height, width = pixels.shape
    place = place.clip(width=width, height=height)
    layer = Layer(width=place.width, height=place.height)
    layer.frame(Box(left=1, top=1, right=place.width - 1, bottom=place.height - 1), width_px=_RULE_PX)
    letters: tuple[Outline, ...] = ()
    if code:
        size_px = ink.size_for_capitals("sans", _CODE_SHARE * place.height)
        size_px *= min(1.0, 0.8 * place.width / ink.width_of(code, "sans", size_px))
        at = ((place.width - ink.width_of(code, "sans", size_px)) / 2, place.height * (1 + _CODE_SHARE) / 2)
        letters = layer.text(code, "sans", size_px, at)
    _print(pixels, layer, place, look)
    return around(letters).box.shift(x=place.left, y=place.top) if letters else None


def _print(pixels: GrayImage, layer: Layer, place: Box, look: Look) -> None:
    """Replace the scan under a layer; a page of two tones keeps two."""
    print_ = 255 - layer.ink
    target = pixels[place.top : place.bottom, place.left : place.right]
    target[:] = (print_ >= 128) * 255 if look.is_bilevel else print_
