"""Letters without the strokes through them: what is read of a struck word.

A stroke is taken out where it runs alone; where it crosses a letter the ink stays, for there it is the letter's too.
(Recognising with and without a line: Bai and Huo, Underline detection and removal in a document image, 2004.)
"""

from collections.abc import Sequence
from math import ceil, cos, radians

import numpy as np

from scanfix.images import Mask
from scanfix.marks.strike.stroke import Stroke

# Where ink reaches this much further up and down than the stroke is thick, a letter crosses it.
_CROSSING = 1.45
_RAGGED_PX = 3.0
# The stroke's own line wobbles by that much.
_WOBBLE_PX = 2


def without_strokes(ink: Mask, strokes: Sequence[Stroke]) -> Mask:
    """Take strokes out of ink where nothing crosses them.

    Parameters
    ----------
    ink
        Shape (height, width).
    strokes
        In the pixels of ``ink``; parts outside are passed over.

    Returns
    -------
    (height, width) bool
        A copy; what crosses a stroke stays whole.
    """
    left = ink.copy()
    for stroke in strokes:
        _take_out(left, stroke)
    return left


def _take_out(ink: Mask, stroke: Stroke) -> None:
    """Clear a stroke's pixels column by column, in place."""
    height, width = ink.shape
    columns = np.arange(max(0, ceil(stroke.start[0])), min(width, ceil(stroke.end[0])))
    if not columns.size or not height:
        return
    middle = np.array([stroke.y_at(x) for x in columns.tolist()])
    upright = stroke.thickness_px / cos(radians(stroke.angle_deg))
    reach = ceil(upright * 2 + _RAGGED_PX) + _WOBBLE_PX
    rows = np.rint(middle).astype(np.intp)[None, :] + np.arange(-reach, reach + 1)[:, None]
    is_inside = (rows >= 0) & (rows < height)
    seen = ink[np.clip(rows, 0, height - 1), columns[None, :]] & is_inside
    # The piece of ink at the line, or nearest to it, and how far it reaches.
    core = seen[reach - _WOBBLE_PX : reach + _WOBBLE_PX + 1].any(axis=0)
    half = ceil(upright / 2)
    up = np.cumprod(seen[: reach - half + 1][::-1], axis=0).sum(axis=0)
    down = np.cumprod(seen[reach + half :], axis=0).sum(axis=0)
    extent = 2 * half + up + down
    alone = core & (extent <= _CROSSING * upright + _RAGGED_PX)
    clear = half + ceil(_RAGGED_PX) + _WOBBLE_PX
    band = rows[reach - clear : reach + clear + 1][:, alone]
    inside = is_inside[reach - clear : reach + clear + 1][:, alone]
    across = np.broadcast_to(columns[alone][None, :], band.shape)
    ink[band[inside], across[inside]] = False
