"""Straight runs of ink in any direction: the raw material of strokes, rules and frames.

A page is sheared so that lines of one angle become level; level runs are then found by a morphological opening with
a flat bar, which costs the same for any length. (Directional opening; Soille, Morphological Image Analysis, 2003,
ch. 3.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot, radians, sqrt, tan

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected

# Pens skip: a break that long, in pixels, does not end a run.
_SKIP_PX = 3
# A quarter of 255, less what rounding and odd sizes take.
_POOLED = 50
# Ink whose upright extent is larger is no thin stroke but a letter's stem or a black area; pen strokes measure 6, and
# 9 seen upright at 45 degrees.
_THIN_PX = 15
# The stripes of a hatched frame are slanted bars, often too frayed to hold long runs: so much longer than thick,
# filling their rectangle to that share.
_STRIPE_PX = 60
_STRIPE_SLENDERNESS = 4.0
_SLANT_DEG = (25.0, 65.0)
_BAR_FILL = 0.7
# A line one pixel thick has no variance across; a twelfth is that of its pixels.
_LEAST = 1 / 12
# What a banner leaves of a stripe is shorter; no letter is as slender, and the / of a date stands steeper.
_STUMP_SLENDERNESS = 2.5
_STUMP_PX = 10
# Upright rules (the sides of redaction boxes) are longer than letters and thinner than their stems.
_UPRIGHT_LENGTH_PX = 60
_UPRIGHT_THICKNESS_PX = 4
# Ragged edges of a stroke hold runs too short to be found; they go with the stroke.
_RAGGED_PX = 2


@dataclass(frozen=True, slots=True)
class Sheared:
    """A mask sheared so that lines rising at ``angle_deg`` are level.

    Row ``r`` and column ``x`` show the pixel ``(x, r - offset - slope * x)`` of the mask.
    """

    ink: NDArray[np.uint8]
    angle_deg: float
    slope: float
    offset: float

    def height_at(self, row: float, x: float) -> float:
        """Return the y of a row at column ``x`` of the mask."""
        return row - self.offset - self.slope * x


def shear(ink: NDArray[np.uint8], *, angle_deg: float) -> Sheared:
    """Make lines that rise at ``angle_deg`` (falling: negative) level; columns stay where they are.

    Parameters
    ----------
    ink
        Mask, shape (height, width), 0 paper.
    angle_deg
        Between -60 and 60.
    """
    height, width = ink.shape
    slope = tan(radians(angle_deg))
    rise = slope * (width - 1)
    offset = max(0.0, -rise)
    matrix = np.array([[1.0, 0.0, 0.0], [slope, 1.0, offset]])
    size = (width, round(height + abs(rise)))
    return Sheared(
        ink=cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_NEAREST).astype(np.uint8, copy=False),
        angle_deg=angle_deg,
        slope=slope,
        offset=offset,
    )


def unshear(sheared: Sheared, *, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Turn a sheared mask back into its old shape (height, width)."""
    matrix = np.array([[1.0, 0.0, 0.0], [sheared.slope, 1.0, sheared.offset]])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(sheared.ink, matrix, (shape[1], shape[0]), flags=flags).astype(np.uint8, copy=False)


def halved(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring a mask to half its size; a pixel is ink when one of its four was, so that thin lines stay."""
    height, width = ink.shape
    size = ((width + 1) // 2, (height + 1) // 2)
    pooled = cv2.resize(ink * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    return (pooled >= _POOLED).astype(np.uint8)


def level_runs(ink: NDArray[np.uint8], *, min_px: int, skip_px: int = _SKIP_PX) -> NDArray[np.uint8]:
    """Keep the pixels that lie on a level run of at least ``min_px``; breaks shorter than ``skip_px`` are closed."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, skip_px), np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, min_px), np.uint8)).astype(np.uint8, copy=False)


def thin(ink: Mask) -> Mask:
    """Keep the ink whose upright extent is small: strokes and rules, not stems."""
    bar = np.ones((_THIN_PX, 1), np.uint8)
    thick = cv2.morphologyEx(ink.view(np.uint8), cv2.MORPH_OPEN, bar)
    only: Mask = ink & (thick == 0)
    return only


def long_runs(ink: Mask, *, min_px: int, angles_deg: Sequence[float]) -> Mask:
    """Find the pixels that lie on a straight run of ink at one of the angles, and the stripes of hatched frames.

    Parameters
    ----------
    ink
        Mask, shape (height, width).
    min_px
        Shortest run, counted in columns.
    angles_deg
        Angles that are tried. A stroke ``t`` thick is found when one lies within ``atan(t / min_px)`` of its own.
    """
    found: Mask = np.zeros_like(ink)
    for left, top, piece in _wide_pieces(ink, min_px=min_px):
        height, width = piece.shape
        found[top : top + height, left : left + width] |= _runs(piece, min_px=min_px, angles_deg=angles_deg)
    return found


def without_runs(ink: Mask, runs: Mask) -> Mask:
    """Take straight runs out of the ink, except where they cross something thicker, such as a letter's stem.

    Thin upright rules and the stripes of hatched frames go too.
    """
    bar = np.ones((2 * _RAGGED_PX + 1, 1), np.uint8)
    grown = cv2.dilate(runs.view(np.uint8), bar) > 0
    left: Mask = ink & ~(grown & thin(ink)) & ~_upright_rules(ink)
    for x, y, piece in _wide_pieces(ink, min_px=_STRIPE_PX):
        height, width = piece.shape
        if is_stripe(piece):
            left[y : y + height, x : x + width] &= piece == 0
    return left


def is_stripe(piece: NDArray[np.uint8]) -> bool:
    """Tell whether a connected piece, (height, width), 0 paper, is a stripe of a hatched frame and nothing else."""
    return piece.shape[0] >= _STRIPE_PX and _is_bar(piece, slenderness=_STRIPE_SLENDERNESS)


def without_stumps(ink: Mask) -> Mask:
    """Take out short slanted bars: what is left of a hatched frame around a banner."""
    left = ink.copy()
    for x, y, piece in _wide_pieces(ink, min_px=_STUMP_PX):
        height, width = piece.shape
        if height >= _STUMP_PX and _is_bar(piece, slenderness=_STUMP_SLENDERNESS):
            left[y : y + height, x : x + width] &= piece == 0
    return left


def _runs(piece: NDArray[np.uint8], *, min_px: int, angles_deg: Sequence[float]) -> Mask:
    """Find the runs of one connected piece, at half its size."""
    small = halved(piece)
    seen = np.zeros(small.shape, np.uint8)
    # A run falls or rises by its length: steeper ones do not fit into a low piece. Closed breaks and rounding lengthen
    # it by less than this.
    steepest = small.shape[0] / max(1, min_px // 2 - 2 * _SKIP_PX)
    for angle_deg in (angle_deg for angle_deg in angles_deg if abs(tan(radians(angle_deg))) <= steepest):
        sheared = shear(small, angle_deg=angle_deg)
        runs = level_runs(sheared.ink, min_px=min_px // 2)
        if runs.any():
            seen |= unshear(replace(sheared, ink=runs), shape=(small.shape[0], small.shape[1]))
    height, width = piece.shape
    whole = cv2.resize(seen, (width, height), interpolation=cv2.INTER_NEAREST)
    found: Mask = (whole > 0) & (piece > 0)
    return found


def _is_bar(piece: NDArray[np.uint8], *, slenderness: float) -> bool:
    """Tell whether a piece is a slender slanted bar and nothing else, by its second moments.

    A bar fills the rectangle of the same moments; a stroke with letters on it does not.
    """
    moments = cv2.moments(piece, binaryImage=True)
    area, across, down, both = (moments[name] for name in ("m00", "mu20", "mu02", "mu11"))
    spread = hypot(2 * both, across - down)
    long, short = (across + down + spread) / (2 * area), max(_LEAST, (across + down - spread) / (2 * area))
    slant = abs(degrees(atan2(2 * both, across - down)) / 2)
    fills = area / (12 * sqrt(long * short))
    is_slanted = _SLANT_DEG[0] <= slant <= _SLANT_DEG[1]
    return is_slanted and fills >= _BAR_FILL and sqrt(long / short) >= slenderness


def _upright_rules(ink: Mask) -> Mask:
    """Find thin upright lines that are longer than letters."""
    pixels = ink.view(np.uint8)
    tall = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, np.ones((_UPRIGHT_LENGTH_PX, 1), np.uint8))
    broad = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, np.ones((1, _UPRIGHT_THICKNESS_PX + 1), np.uint8))
    rules: Mask = (tall > 0) & (broad == 0)
    return rules


def _wide_pieces(ink: Mask, *, min_px: int) -> Iterator[tuple[int, int, NDArray[np.uint8]]]:
    """Yield the connected pieces that are wide enough to hold a run: left and top, and the piece alone."""
    labels, stats = connected(ink)
    wide = 1 + np.flatnonzero(stats[1:, cv2.CC_STAT_WIDTH] >= min_px)
    for label, (left, top, width, height, _) in zip(wide.tolist(), stats[wide].tolist(), strict=True):
        window = labels[top : top + height, left : left + width] == label
        yield left, top, window.view(np.uint8)
