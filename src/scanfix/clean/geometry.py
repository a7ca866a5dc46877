"""Acts that move pixels. Each returns the map from the old frame to the new."""

from typing import cast

import cv2
import numpy as np

from scanfix.images import GrayImage, Mask
from scanfix.model.geometry import Affine

_PAPER = 255
# The search looks at the page about this wide: a line of text is then 8 to 12 pixels high, and half a degree moves
# its ends by 4 pixels.
_SEARCH_WIDTH_PX = 800
_COARSE_STEP_DEG = 0.5
_FINE_STEP_DEG = 0.05
# Below it, turning costs more (blurred strokes, lost time) than it gives: 0.1 degree moves the end of a 2,000 pixel
# line by 3 pixels.
_LEAST_SKEW_DEG = 0.1
# The best angle must beat the level page by this factor, else the page is a drawing or blank.
_LEAST_GAIN = 1.02


def turn(image: GrayImage, *, clockwise_deg: int) -> tuple[GrayImage, Affine]:
    """Turn a page by a multiple of 90 degrees; no pixel is resampled.

    Parameters
    ----------
    image
        Grey page, shape (height, width).
    clockwise_deg
        0, 90, 180 or 270.

    Returns
    -------
    (height, width) or (width, height) uint8, Affine
        The turned page, and the map from old to new pixels.
    """
    height, width = image.shape
    turned = np.ascontiguousarray(np.rot90(image, k=-clockwise_deg // 90))
    maps = {
        0: Affine.identity(),
        90: Affine(a=0, b=-1, c=height, d=1, e=0, f=0),
        180: Affine(a=-1, b=0, c=width, d=0, e=-1, f=height),
        270: Affine(a=0, b=1, c=0, d=-1, e=0, f=width),
    }
    return turned, maps[clockwise_deg]


def level(image: GrayImage, *, clockwise_deg: float, scale: float) -> tuple[GrayImage, Affine]:
    """Turn a page by a small angle and bring it to another size, in one resampling; corners are kept.

    Parameters
    ----------
    image
        Grey page, shape (height, width).
    clockwise_deg
        Angle by which the page is turned clockwise.
    scale
        New size over old size.

    Returns
    -------
    (new height, new width) uint8, Affine
        The page, grown so that nothing is cut, new corners white; and the map from old to new pixels.
    """
    if clockwise_deg == 0 and scale == 1:
        return image, Affine.identity()
    height, width = image.shape
    cos, sin = np.cos(np.radians(clockwise_deg)) * scale, np.sin(np.radians(clockwise_deg)) * scale
    new_width = round(width * abs(cos) + height * abs(sin))
    new_height = round(width * abs(sin) + height * abs(cos))
    moved = Affine(
        a=float(cos),
        b=float(-sin),
        c=float(new_width - cos * width + sin * height) / 2,
        d=float(sin),
        e=float(cos),
        f=float(new_height - sin * width - cos * height) / 2,
    )
    return _warp(image, moved, width=new_width, height=new_height, scale=scale), moved


def _warp(image: GrayImage, moved: Affine, *, width: int, height: int, scale: float) -> GrayImage:
    """Resample a page; shrinking averages, enlarging interpolates."""
    source, to_new = image, np.array(moved.rows)
    if scale < 1:
        # warpAffine takes single points; without a blur first, thin strokes would break when the page shrinks.
        source = cast(GrayImage, cv2.GaussianBlur(image, (0, 0), 0.5 / scale - 0.25))
    # The map speaks of corners of pixels, warpAffine of their centres: half a pixel at both ends.
    to_new[:, 2] += to_new[:, 0] * 0.5 + to_new[:, 1] * 0.5 - 0.5
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    return cast(
        GrayImage,
        cv2.warpAffine(source, to_new, (width, height), flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=_PAPER),
    )


def find_skew(ink: Mask, *, limit_deg: float) -> float:
    """Find the clockwise turn that makes the text lines level.

    Parameters
    ----------
    ink
        Ink of the page, shape (height, width); pictures and borders may be in it.
    limit_deg
        Largest angle looked at; beyond it lines are taken for a drawing.

    Returns
    -------
    float
        Degrees, ``-limit_deg`` to ``limit_deg``; 0.0 where no angle is clearly better than none.

    Notes
    -----
    Projection profile search with the squared differences of neighbouring rows as criterion, after Postl (1986) and
    Bloomberg, Kopec and Dasari (1995).
    """
    factor = max(1, round(ink.shape[1] / _SEARCH_WIDTH_PX))
    small = ink[::factor, ::factor]
    rows, columns = np.nonzero(small)
    if rows.size == 0:
        return 0.0
    centred = columns - small.shape[1] / 2
    # Room above and below for whatever the largest angle moves out of the page: piled up at an edge, it would decide.
    room = int(np.ceil(small.shape[1] / 2 * np.tan(np.radians(limit_deg + 1)))) + 1

    def sharpness(angle_deg: float) -> float:
        moved = rows + centred * np.tan(np.radians(angle_deg)) + room
        profile = np.bincount(moved.astype(np.intp), minlength=small.shape[0] + 2 * room)
        return float((np.diff(profile.astype(np.float64)) ** 2).sum())

    coarse = max(np.arange(-limit_deg, limit_deg + _COARSE_STEP_DEG / 2, _COARSE_STEP_DEG), key=sharpness)
    fine = np.arange(coarse - _COARSE_STEP_DEG, coarse + _COARSE_STEP_DEG + _FINE_STEP_DEG / 2, _FINE_STEP_DEG)
    best = float(max(fine, key=sharpness))
    is_clear = sharpness(best) > _LEAST_GAIN * sharpness(0.0)
    return round(best, 2) if is_clear and abs(best) >= _LEAST_SKEW_DEG and abs(best) <= limit_deg else 0.0
