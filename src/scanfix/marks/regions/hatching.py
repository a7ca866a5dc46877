"""Hatching: rows of short slanting strokes, as round the covers of bulletins."""

import numpy as np

from scanfix.marks.frame import Frame
from scanfix.marks.regions.loose import Integers, Masked
from scanfix.marks.regions.shapes import Shape, shape_of

# So many strokes alike make hatching; a hand makes fewer.
_FEWEST = 6
# A stroke is thin for its length, solid, and slants by so many degrees.
_THIN = 0.3
_SOLID = 0.7
_SLANT_DEG = (15.0, 75.0)
_ALIKE_DEG = 8.0
# What the boxes of two strokes reach into, by that share of theirs, has grown together with hatching.
_OVERLAPS = 0.05


def strokes_of(frame: Frame, numbers: Integers, *, unit: float) -> Integers:
    """Return the boxes of the strokes of hatching among some pieces, as `Pieces` has them."""
    boxes = frame.pieces.boxes[numbers]
    may_be = (np.minimum(boxes[:, 2], boxes[:, 3]) >= 0.3 * unit) & (np.maximum(boxes[:, 2], boxes[:, 3]) >= 0.6 * unit)
    slants = np.full(len(numbers), np.nan)
    for place in np.flatnonzero(may_be):
        slants[place] = slant_deg(shape_of(frame, int(numbers[place])))
    is_stroke = (
        np.abs(slants - np.nanmedian(slants)) <= _ALIKE_DEG
        if np.isfinite(slants).any()
        else np.zeros(len(numbers), dtype=bool)
    )
    if np.count_nonzero(is_stroke) < _FEWEST:
        return np.zeros((0, 5), dtype=np.int64)
    strokes: Integers = boxes[is_stroke].astype(np.int64)
    return strokes


def in_hatching(boxes: Integers, strokes: Integers) -> Masked:
    """Tell which boxes reach into two strokes of hatching or more; so does each stroke, into its neighbours."""
    all_boxes = boxes.astype(np.int64)
    across = np.minimum((all_boxes[:, 0] + all_boxes[:, 2])[:, None], strokes[:, 0] + strokes[:, 2])
    across -= np.maximum(all_boxes[:, :1], strokes[:, 0])
    down = np.minimum((all_boxes[:, 1] + all_boxes[:, 3])[:, None], strokes[:, 1] + strokes[:, 3])
    down -= np.maximum(all_boxes[:, 1:2], strokes[:, 1])
    share = np.maximum(across, 0) * np.maximum(down, 0) / (strokes[:, 2] * strokes[:, 3])
    among: Masked = (share >= _OVERLAPS).sum(axis=1) >= 2
    return among


def slant_deg(shape: Shape) -> float:
    """Return the slant of a stroke in degrees, 0 to 180; NaN for what is no slanting stroke."""
    if shape.short > _THIN * shape.long or shape.solidity < _SOLID:
        return float("nan")
    _, (width, height), angle = shape.tight
    slant = (angle if width >= height else angle + 90.0) % 180.0
    return slant if _SLANT_DEG[0] <= min(slant, 180.0 - slant) <= _SLANT_DEG[1] else float("nan")
