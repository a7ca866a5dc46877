"""From inked sheet to scan: ink takes, the sheet lies on the bed, is copied, and is photographed.

Only Pillow's and NumPy's plain arithmetic is used, no filter that picks its code by the processor: the same seed gives
the same pixels on every machine that has the same versions.
"""

from collections.abc import Sequence
from dataclasses import replace

from numpy.random import Generator
from PIL import Image

from scanfix.facsimile.asked.document import Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.scanned import bed, camera, copier, dust, imprint, tone
from scanfix.facsimile.scanned.imprint import Imprint
from scanfix.facsimile.surface import curl
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import Lie, turned
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box

# A page that was copied lay before the copier clean and white: what it looks like now is the copy's paper.
_ORIGINAL_TONE = 236
_ORIGINAL_INK = 24


def page_size(sheet: Sheet, look: Look) -> tuple[int, int]:
    """Return (width, height) of the scan in pixels: the sheet and the bed round it."""
    left, top, right, bottom = look.border_in
    width = round((sheet.width_in + left + right) * look.dpi)
    return width, round((sheet.height_in + top + bottom) * look.dpi)


def lie_of(sheet: Sheet, look: Look, generator: Generator | None = None) -> Lie:
    """Return the map from the sheet's pixels to the scan's: enlarged by copiers, turned, moved, curled.

    The generator draws the curl's waves; without one, and without a curl, nothing is drawn.
    """
    width, height = sheet.width_in * look.dpi, sheet.height_in * look.dpi
    left, top = look.border_in[0] * look.dpi, look.border_in[1] * look.dpi
    grown = copier.SCALE**look.generations
    larger = Affine(a=grown, b=0.0, c=(1 - grown) * width / 2, d=0.0, e=grown, f=(1 - grown) * height / 2)
    moved = Affine(a=1.0, b=0.0, c=left, d=0.0, e=1.0, f=top)
    affine = larger.then(turned(look.skew_deg, about=(width / 2, height / 2))).then(moved)
    if not look.warp_in:
        return Lie(affine=affine)
    bent = curl.drawn(width_px=width, height_px=height, depth_px=look.warp_in * look.dpi, generator=generator)
    return Lie(affine=affine, curl=bent)


def expose(
    surfaces: Sequence[tuple[Layers, Lie]], *, sheet: Sheet, lie: Lie, look: Look, generator: Generator
) -> GrayImage:
    """Scan a sheet.

    Parameters
    ----------
    surfaces
        Inks of the sheet and of each stamp, and the map of each to the scan's pixels.
    lie
        The sheet's own map.

    Returns
    -------
    (height, width) or (height, width, 3) uint8
        The scan, grey (0 ink to 255 paper) or colour; only 0 and 255 when the look is bilevel.
    """
    size = page_size(sheet, look)
    whole = Box(left=0, top=0, right=round(sheet.width_in * look.dpi), bottom=round(sheet.height_in * look.dpi))
    inked = imprint.taken(surfaces, size=size, look=look, generator=generator)
    light = tone.paper(look, size=size, sheet=lie.quad(whole).box, generator=generator)
    light = tone.shone_through(light, inked.cover, lie=lie, sheet=whole, look=look)
    if look.generations:
        page, inked = _copy(inked, light, lie=lie, sheet=whole, look=look, generator=generator)
    else:
        page = Image.composite(inked.hue(look), tone.tinted(light, look), inked.cover)
        page = bed.laid_on(page, inked.cover, lie=lie, sheet=whole, look=look, generator=generator)
    page = dust.dirtied(camera.focused(page, look), inked.cover, look, generator)
    return camera.shot(page, look, generator)


def _copy(
    inked: Imprint, light: Image.Image, *, lie: Lie, sheet: Box, look: Look, generator: Generator
) -> tuple[Image.Image, Imprint]:
    """Photocopy the sheet as it lies on the bed onto other paper; the copy's ink is toner."""
    blank = Image.new("L", light.size, _ORIGINAL_TONE)
    # The drum sees colours as greys: a pencil's line may not come through.
    ink = inked.hue(replace(look, is_colour=False, ink=_ORIGINAL_INK))
    original = Image.composite(ink, blank, inked.cover)
    original = bed.laid_on(original, inked.cover, lie=lie, sheet=sheet, look=look, generator=generator)
    toner = Imprint(cover=copier.copied(original, look, generator), inks=("black",))
    return Image.composite(toner.hue(look), tone.tinted(light, look), toner.cover), toner
