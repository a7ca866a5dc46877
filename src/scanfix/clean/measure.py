"""What a page is like, measured before anything is done to it."""

from typing import cast

import cv2
import numpy as np

from scanfix.clean import letters
from scanfix.images import GrayImage, Mask

# Paper is looked at on a page about this many pixels high: enough for shadows, too coarse for letters.
_PAPER_HEIGHT_PX = 220
_PAPER_WINDOW = 9
# On a page 1000 pixels long (11.5 inches): a letter's pitch, a stretch of several lines, and how much more the lines
# must swing than what stands across them before a page is suspected to lie on a side.
_LETTER = 9
_LINES = 61
_SWING_OF_LINES = 1.5


def is_bilevel(image: GrayImage) -> bool:
    """Tell whether a page has only two tones."""
    histogram = cv2.calcHist([image], [0], None, [256], [0, 256])
    return int(np.count_nonzero(histogram)) <= 2


def paper(image: GrayImage) -> GrayImage:
    """Estimate the paper behind the ink.

    Parameters
    ----------
    image
        Grey page, shape (height, width).

    Returns
    -------
    (height, width) uint8
        The tone that each pixel would have without ink: the lighter tones of its neighbourhood, smoothed.

    Notes
    -----
    Grey closing at low resolution, then a median: the usual background estimate of document binarisation (compare
    Gatos, Pratikakis and Perantonis, 2006).
    """
    height, width = image.shape
    factor = max(1.0, height / _PAPER_HEIGHT_PX)
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    lightest = cv2.dilate(small, np.ones((5, 5), np.uint8))
    smooth = cv2.GaussianBlur(cv2.medianBlur(lightest, _PAPER_WINDOW), (0, 0), 3)
    return cast(GrayImage, cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))


def flat(image: GrayImage, behind: GrayImage) -> GrayImage:
    """Divide a page by the paper behind its ink, so that paper is white everywhere and ink keeps its contrast."""
    return cast(GrayImage, cv2.divide(image, behind, scale=255))


def ink(image: GrayImage) -> Mask:
    """Tell ink from paper by a threshold on the flattened page.

    Returns
    -------
    (height, width) bool
        True where ink is.

    Notes
    -----
    Otsu (1979) on the page divided by its paper; two-tone pages are taken as they are.
    """
    return ink_of_flat(image if is_bilevel(image) else flat(image, paper(image)))


def ink_of_flat(image: GrayImage) -> Mask:
    """Tell ink from paper by one threshold, Otsu's (1979), on a page whose paper is white."""
    threshold, _ = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    # Where a page has one tone only, Otsu's threshold lies on it: that is paper.
    return image <= threshold if image.min() < image.max() else np.zeros(image.shape, np.bool_)


def x_height(ink: Mask) -> float | None:
    """Measure the height of lower-case letters: ``letters.x_height`` of the ink's components."""
    return letters.x_height(letters.components(ink))


def lies_on_its_side(ink: Mask) -> bool:
    """Tell whether text lines run from top to bottom: the profile along them swings more than the one across.

    Fixed pitch makes letters stand in columns too, so the profiles are first smoothed over the width of a letter: that
    wipes out letters (a twelfth to a tenth of an inch) and leaves lines (a sixth or more).
    """
    factor = max(1, round(max(ink.shape) / 1000))
    small = ink[::factor, ::factor].astype(np.float64)
    return _swing(small.sum(axis=0)) > _SWING_OF_LINES * _swing(small.sum(axis=1))


def stands_on_its_head(ink: Mask, *, skew_deg: float) -> bool:
    """Tell whether more strokes hang below the lines than rise above them.

    English, French and German typescript has about three ascenders and capitals for each descender. Lines are the
    bands of the row profile, taken along lines that ``skew_deg`` would level; ink just above and just below each
    band's body is compared.
    """
    rows, columns = np.nonzero(ink)
    if rows.size == 0:
        return False
    along = rows + (columns - ink.shape[1] / 2) * np.tan(np.radians(skew_deg))
    profile = np.bincount((along - along.min()).astype(np.intp)).astype(np.float64)
    body = profile > 0.5 * float(np.percentile(profile[profile > 0], 90))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], body, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    above = below = 0.0
    for start, end in zip(starts, ends, strict=True):
        reach = max(2, (end - start) // 2)
        above += float(profile[max(0, start - reach) : start].sum())
        below += float(profile[end : end + reach].sum())
    return below > above


def _swing(profile: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Return how much a profile goes up and down from line to line, relative to its mean."""
    letters = np.convolve(profile, np.ones(_LETTER) / _LETTER, mode="valid")
    trend = np.convolve(letters, np.ones(_LINES) / _LINES, mode="same")
    return float(np.std(letters - trend) / max(1.0, float(profile.mean())))
