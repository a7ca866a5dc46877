"""The paper and its light: tone and tint, shade towards a corner, toned edges, blotches, fibre, the sheet's back."""

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.scanned import noise
from scanfix.facsimile.surface.lie import Lie
from scanfix.model.geometry import Affine, Box

_CELL_IN = 0.1  # grid on which light and blotches are drawn: nothing of theirs is finer
_BLOTCH_CELLS = (2.0, 7.0)  # stains of a fifth of an inch, and clouds
_FIBRE_IN, _LAID_IN = 0.0024, 0.0055  # fibres lie along the machine's direction: longer than wide
_BLEED_BLUR_IN = 0.008
_BLEED_SHIFT_IN = (0.11, 0.07)  # typing on the back never falls on the lines of the front
_BLEED_LEVELS = 90  # how dark the back shows at most: the yellow tapus-fr sheets reach a third of it
_RIM_IN = 0.5  # toned edges reach this far in


def paper(look: Look, *, size: tuple[int, int], sheet: Box, generator: Generator) -> Image.Image:
    """Light the empty paper.

    Parameters
    ----------
    sheet
        Where the sheet lies on the scan of ``size`` (width, height).

    Returns
    -------
    Image
        Grey, the size of the scan.
    """
    light = _light(look, size=size, sheet=sheet, generator=generator)
    if look.fibre:
        blur, across = _FIBRE_IN * look.dpi, _LAID_IN * look.dpi
        drawn = noise.levels(noise.tile(generator, blur_px=blur, across_px=across), strength=look.fibre)
        light = noise.added(light, noise.laid(drawn, size=size, generator=generator))
    return light


def tinted(light: Image.Image, look: Look) -> Image.Image:
    """Give the paper its colour, when the look has colours."""
    if not look.is_colour:
        return light
    return Image.merge("RGB", [light.point([level * part // 255 for level in range(256)]) for part in look.tint])


def shone_through(light: Image.Image, cover: Image.Image, *, lie: Lie, sheet: Box, look: Look) -> Image.Image:
    """Let the back of the sheet show: its own typing, mirrored, shifted and soft."""
    if not look.bleed:
        return light
    half = cover.reduce(2)
    middle = lie.affine.point(*sheet.centre)
    rows = _mirror(lie.affine, middle[0], look.dpi).inverse().rows
    (a, b, c), (d, e, f) = rows
    back = half.transform(
        half.size, Image.Transform.AFFINE, (a, b, c / 2, d, e, f / 2), resample=Image.Resampling.BILINEAR
    )
    soft = back.filter(ImageFilter.BoxBlur(_BLEED_BLUR_IN * look.dpi / 2))
    darker = soft.point([round(level * look.bleed * _BLEED_LEVELS / 255) for level in range(256)])
    return ImageChops.subtract(light, darker.resize(light.size, Image.Resampling.BILINEAR))


def _mirror(affine: Affine, middle_x: float, dpi: int) -> Affine:
    """Return the map from what is on the front to where it would show from the back: mirrored, and shifted."""
    shift_x, shift_y = (shift * dpi for shift in _BLEED_SHIFT_IN)
    flat_x = affine.inverse().point(middle_x, affine.f)[0]
    mirror = Affine(a=-1.0, b=0.0, c=2 * flat_x + shift_x, d=0.0, e=1.0, f=shift_y)
    return affine.inverse().then(mirror).then(affine)


def _light(look: Look, *, size: tuple[int, int], sheet: Box, generator: Generator) -> Image.Image:
    """Light the paper: a slope towards one corner, blotches, toned edges."""
    cell_px = _CELL_IN * look.dpi
    stains = noise.blotches(generator, size=size, cell_px=cell_px, sizes=_BLOTCH_CELLS)
    rows, columns = stains.shape
    lean = generator.uniform(0.25, 0.75)
    corner = generator.integers(0, 2, size=2)
    x, y = np.linspace(0.0, 1.0, columns)[np.newaxis, :], np.linspace(0.0, 1.0, rows)[:, np.newaxis]
    slope = lean * np.abs(x - corner[0]) + (1 - lean) * np.abs(y - corner[1])
    across = np.minimum(x * size[0] - sheet.left, sheet.right - x * size[0])
    down = np.minimum(y * size[1] - sheet.top, sheet.bottom - y * size[1])
    inward = np.clip(np.minimum(across, down) / (_RIM_IN * look.dpi), 0.0, 1.0)
    light = look.tone * (1.0 - look.shade * slope - look.stain * stains - look.rim * (1 - inward) ** 2)
    small = Image.fromarray(np.clip(np.rint(light), 0, 255).astype(np.uint8))
    return small.resize(size, Image.Resampling.BICUBIC)
