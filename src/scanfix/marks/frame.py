"""The frame in which detectors work: every page brought to 300 dpi and to ink and paper.

All lengths of this workshop are pixels of this frame, so that each has one meaning at any resolution.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import GrayImage, Labels, Mask, connected
from scanfix.model.geometry import Affine, Box

# Typed stems are 4 to 6 pixels thick at this resolution and archives scan at it.
FRAME_DPI = 300.0
# A page within 4 % of the frame is left as it is: lengths below are known no better, and resampling blurs two-tone.
_TOLERANCE = 0.04
# A local threshold looks at a fifth of an inch: wider than the stems of cover capitals, narrower than a shadow.
_WINDOW_PX = 61
# Ink must be that much darker than its surroundings: below 25 the grain of paper photographs turns to specks.
_DARKER_BY = 30
# Broad black areas are as dark as their surroundings: this dark is ink wherever it stands.
_SURELY_INK = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """The connected pieces of a page's ink.

    ``labels`` has the number of each pixel's piece, 0 for paper, shape (height, width); ``boxes`` left, top, width,
    height and area of paper and of each piece, shape (1 + pieces, 5).
    """

    labels: Labels
    boxes: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """A page at 300 dpi: its tones, its ink, and its size in the page's own pixels.

    ``gray`` is (height, width) uint8, 0 ink to 255 paper; ``ink`` the mask of the same shape; ``scale`` frame pixels
    per page pixel. No detector writes to them.
    """

    gray: GrayImage
    ink: Mask
    scale: float

    @cached_property
    def pieces(self) -> Pieces:
        """The connected pieces of the ink, found once for all detectors."""
        labels, boxes = connected(self.ink)
        return Pieces(labels=labels, boxes=boxes)

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.ink.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.ink.shape[0])

    @property
    def box(self) -> Box:
        """The whole frame."""
        return Box(left=0, top=0, right=self.width, bottom=self.height)

    @property
    def to_page(self) -> Affine:
        """The map from the frame's to the page's own pixels."""
        return Affine.of([[1 / self.scale, 0.0, 0.0], [0.0, 1 / self.scale, 0.0]])


def frame_of(upright: GrayImage, *, dpi: float) -> Frame:
    """Bring a page to 300 dpi and separate ink from paper.

    Parameters
    ----------
    upright
        Grey or two-tone page, 0 ink to 255 paper.
    dpi
        Resolution of the page.
    """
    scale = FRAME_DPI / dpi
    if abs(scale - 1.0) <= _TOLERANCE:
        scale = 1.0
    else:
        way = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
        upright = cv2.resize(upright, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8, copy=False)
    return Frame(gray=upright, ink=_ink(upright), scale=scale)


def turned(page: GrayImage, *, clockwise_deg: float) -> tuple[GrayImage, Affine]:
    """Turn a page about its middle by a small angle; its size stays, corners are white or lost.

    Returns
    -------
    (height, width) uint8, Affine
        The turned page, and the map from old to new pixels.
    """
    height, width = page.shape
    # OpenCV counts angles against the clock, and from the middle of the first pixel.
    rows = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -clockwise_deg, 1.0)
    new = cv2.warpAffine(page, rows, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return new.astype(np.uint8, copy=False), Affine.of(rows.tolist())


def part(ink: Mask, box: Box) -> Mask:
    """Cut a box out of a mask; it must lie inside."""
    return ink[box.top : box.bottom, box.left : box.right]


def as_image(ink: Mask) -> GrayImage:
    """Draw a mask as ink on paper."""
    return np.where(ink, np.uint8(0), np.uint8(255))


def _ink(gray: GrayImage) -> Mask:
    """Separate ink from paper; a two-tone page is left as it is."""
    sample = gray[::7, ::7]
    if bool(((sample == 0) | (sample == 255)).all()):
        return gray < 128
    local = cv2.boxFilter(gray, cv2.CV_16S, (_WINDOW_PX, _WINDOW_PX), borderType=cv2.BORDER_REPLICATE)
    dark: Mask = (gray < local - _DARKER_BY) | (gray < _SURELY_INK)
    return dark
