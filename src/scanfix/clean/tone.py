"""Acts that tint pixels. No pixel moves: every result has the shape of its input."""

from typing import cast

import cv2
import numpy as np

from scanfix.images import GrayImage, Mask

_PAPER = 255
# Borders are looked for on a page of blocks this large (shares of the longer side): larger than a letter's strokes,
# so that text is a light grey there and only solid dark or dense screens stay dark.
_BLOCK = 1 / 200
# Hatched frames of covers are lighter: cutting them would take the markings that they touch with them.
_BORDER_DARKNESS = 0.4
# A dark run along the edge shorter than this share of the page is a stamp or a thumb, not a scan border.
_LEAST_BORDER_RUN = 0.08


def stretch(image: GrayImage) -> GrayImage:
    """Spread pale ink over the whole range of tones.

    Parameters
    ----------
    image
        Page whose paper is white (``measure.flat``), shape (height, width).

    Returns
    -------
    (height, width) uint8
        The darkest half percent of the pixels become black, the paper white.
    """
    low = float(np.percentile(image[::4, ::4], 0.5))
    high = float(np.percentile(image[::4, ::4], 50))
    if high - low < 1:
        return image
    table = np.clip((np.arange(256) - low) * (_PAPER / (high - low)), 0, _PAPER)
    return cast(GrayImage, cv2.LUT(image, table.astype(np.uint8)))


def border(image: GrayImage) -> Mask:
    """Find the dark scan border: dense ink that touches the edge of the page.

    Parameters
    ----------
    image
        Grey page, shape (height, width).

    Returns
    -------
    (height, width) bool
        True on the border. Black from the scanner's lid, shadows of neighbouring pages and screened frames are found;
        text that touches the edge is not, because its blocks are light.
    """
    height, width = image.shape
    block = max(2, round(max(height, width) * _BLOCK))
    size = (max(1, width // block), max(1, height // block))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    white = max(1.0, float(np.percentile(small, 80)))
    dark = (1 - small / white > _BORDER_DARKNESS).astype(np.uint8)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    framed = cv2.copyMakeBorder(closed, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(framed)
    found = np.zeros_like(labels, dtype=np.uint8)
    for label in range(1, len(boxes)):
        left, top, wide, high = (int(edge) for edge in boxes[label, :4])
        touches = left <= 1 or top <= 1 or left + wide > size[0] or top + high > size[1]
        if touches and max(wide / size[0], high / size[1]) >= _LEAST_BORDER_RUN:
            found[labels == label] = 1
    grown = cv2.dilate(found[1:-1, 1:-1], np.ones((3, 3), np.uint8))
    return cast(Mask, cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.bool_))


def two_tones(image: GrayImage) -> GrayImage:
    """Bring a resampled two-tone page back to two tones."""
    return np.where(image < 128, np.uint8(0), np.uint8(_PAPER))


def whiten(image: GrayImage, where: Mask) -> GrayImage:
    """Paint a part of the page white."""
    return cast(GrayImage, np.where(where, np.uint8(_PAPER), image))
