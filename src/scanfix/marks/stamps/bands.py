"""Level rows of letters in a patch: bands, in which broken letters and wide gaps stay together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scanfix.images import GrayImage, Mask
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import part
from scanfix.marks.rows import Letters, rows_of
from scanfix.model.geometry import Box

# Capitals of stamps at 300 dpi; worn ones break into pieces half as high, and one in two may be lost.
LETTERS = Letters(lowest_px=9, tallest_px=66, gap_px=60, gap_heights=2.6, widest_gap_px=75, ratio=2.6)
# Rows at one height are one band where they are no farther apart: TS, S and C stand 2 capitals apart.
_APART_PX = 130
# Boxes of neighbours that a speck joins to one overlap by that much.
_OVERLAP_PX = 10
_SAME_HEIGHT = 0.55


def bands_of(ink: Mask) -> tuple[Box, ...]:
    """Find the bands of a level patch, from top to bottom; rows at one height that stand near each other are one."""
    boxes = sorted((row.ink_box for row in rows_of(ink, LETTERS)), key=lambda box: -box.width)
    # A map has hundreds of rows, and each is held against all bands at once.
    bands = np.zeros((len(boxes), 4), np.int64)
    count = 0
    for box in boxes:
        edges = np.array(box.edges)
        home = np.flatnonzero(_are_level(edges, bands[:count]))
        if home.size:
            band = bands[home[0]]
            bands[home[0]] = (*np.minimum(band[:2], edges[:2]), *np.maximum(band[2:], edges[2:]))
        else:
            bands[count] = edges
            count += 1
    found = [Box(left=left, top=top, right=right, bottom=bottom) for left, top, right, bottom in bands[:count].tolist()]
    return tuple(sorted(found, key=lambda box: box.top))


def band_crop(ink: Mask, box: Box, *, above_px: int = 0) -> GrayImage:
    """Cut a band out of a patch, a little higher where asked; what lies beyond the patch is left out."""
    inside = Box(left=box.left, top=box.top - above_px, right=box.right, bottom=box.bottom + above_px).clip(
        width=ink.shape[1], height=ink.shape[0]
    )
    return crop_of(part(ink, inside))


def widest(bands: Sequence[Box], count: int, *, least_px: int) -> tuple[Box, ...]:
    """Choose the widest bands."""
    wide = sorted((band for band in bands if band.width >= least_px), key=lambda band: -band.width)
    return tuple(wide[:count])


def _are_level(edges: NDArray[np.int64], bands: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell at which bands' height, not far from their ends, a row goes on; edges are left, top, right and bottom."""
    left, top, right, bottom = edges
    lefts, tops, rights, bottoms = bands.T
    shared = np.minimum(bottom, bottoms) - np.maximum(top, tops)
    apart = np.maximum(left, lefts) - np.minimum(right, rights)
    lower = np.maximum(0, np.minimum(bottom - top, bottoms - tops))
    level: NDArray[np.bool_] = (shared >= _SAME_HEIGHT * lower) & (apart >= -_OVERLAP_PX) & (apart <= _APART_PX)
    return level
