"""Two tones: a threshold for the page or for each place, and the cleaning that encoders of fax and JBIG2 do."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from scanfix.facsimile.asked.look import Look
from scanfix.images import GrayImage

# Sauvola and Pietikainen (2000): a window of a line or two, k from 0.2 to 0.5, and the range of the deviation.
_WINDOW_IN = 0.12
_K = 0.34
_RANGE = 128
_SHRINK = 4  # surroundings are measured on a smaller page
_DEVIATION = 1.25  # standard deviation over mean absolute deviation, of a bell curve
_LEVEL = 140  # the threshold at which the local one is Sauvola's own
_SOLID = 0.45  # what is darker than this share of the threshold is ink wherever it stands
# A black pixel with fewer black neighbours than this is dropped, a white one with more is filled.
_LONE = 2
_FILLED = 6


def two_tones(page: Image.Image, look: Look) -> GrayImage:
    """Return a grey page in black and white.

    Returns
    -------
    (height, width) uint8
        Only 0 and 255.
    """
    pixels = np.asarray(page)
    white = pixels >= (_surroundings(page, look) if look.is_local else look.threshold)
    if look.tidied:
        white = ~_tidied(~white)
    return white.astype(np.uint8) * np.uint8(255)


def _surroundings(page: Image.Image, look: Look) -> GrayImage:
    """Return a threshold for each pixel from the mean and the deviation round it, moved as the look's threshold is."""
    small = page.reduce(_SHRINK)
    window = ImageFilter.BoxBlur(_WINDOW_IN * look.dpi / 2 / _SHRINK)
    mean = small.filter(window)
    apart = np.asarray(ImageChops.difference(small, mean).filter(window), dtype=np.int64)
    middle = np.asarray(mean, dtype=np.int64)
    level = middle * (1 + _K * (_DEVIATION * apart / _RANGE - 1)) + look.threshold - _LEVEL
    # Solid ink wider than the window has no contrast: it stays black all the same.
    local = Image.fromarray(np.clip(np.rint(level), look.threshold * _SOLID, 255).astype(np.uint8))
    return np.asarray(local.resize(page.size, Image.Resampling.BILINEAR))


def _tidied(black: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop lone black pixels and fill lone white ones."""
    padded = np.pad(black.view(np.uint8), 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
    kept = black & (around > _LONE)  # the count holds the pixel itself
    tidied: NDArray[np.bool_] = kept | (~black & (around > _FILLED))
    return tidied
