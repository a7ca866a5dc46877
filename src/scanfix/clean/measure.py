"""What a page is like, measured before anything is done to it."""

from typing import cast

import cv2
import numpy as np

from scanfix.images import GrayImage, Mask

# Components outside these sizes (in thousandths of the page's longer side) are specks or pictures. A page of
# 11.5 inches has letters of 3 to 20 thousandths.
_SMALLEST_LETTER = 0.0025
_LARGEST_LETTER = 0.03
_LEAST_LETTERS = 60
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
    if is_bilevel(image):
        return cast(Mask, image < int(image.max()) if image.min() < image.max() else np.zeros(image.shape, np.bool_))
    flat = cv2.divide(image, paper(image), scale=255)
    threshold, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return flat <= threshold


def x_height(ink: Mask) -> float | None:
    """Measure the height of lower-case letters.

    Parameters
    ----------
    ink
        Ink of the page, shape (height, width).

    Returns
    -------
    float or None
        Pixels; ``None`` where too few letter-like components stand on the page. On a page of capitals it is their
        height.
    """
    side = max(ink.shape)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    widths, heights = boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    is_letter = (
        (heights >= max(4.0, _SMALLEST_LETTER * side))
        & (heights <= _LARGEST_LETTER * side)
        & (widths >= heights * 0.3)
        & (widths <= heights * 2.0)
    )
    letters = heights[is_letter]
    if letters.size < _LEAST_LETTERS:
        return None
    counts = np.bincount(letters).astype(np.float64)
    # Letters of one height spread over two or three pixel rows: smooth by a tenth of the height before the mode.
    spread = max(1, round(0.1 * float(np.median(letters))))
    smooth = np.convolve(counts, np.ones(2 * spread + 1), mode="same")
    mode = int(np.argmax(smooth))
    near = letters[np.abs(letters - mode) <= spread]
    return float(near.mean())


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
