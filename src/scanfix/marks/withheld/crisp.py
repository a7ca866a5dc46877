"""Whether an outline was laid over the scan, or stood on the paper as the boxes of forms and tables do."""

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.model.geometry import Box

# Redactions are outlined by one or two pixels of the scan, forms are ruled with three and more, ragged ones.
_THICK_PX = 2.9
# A scan that was turned back is blurred: its lines gain a pixel.
_BLUR_PX = 1.3
# A page of 200 dpi that was brought to 300 before has lines so much thicker.
_COARSE = 1.5
_REACH = 6
_CORNER = 4
# What is white in the scan of grey paper was made white.
_WHITEST_PAPER = 245
_WHITE = 252
_WHITE_SHARE = 0.6


def is_laid_over(frame: Frame, box: Box) -> bool:
    """Tell whether the thin outline around a box is no part of the paper.

    Parameters
    ----------
    frame
        The page.
    box
        The outline, to 3 pixels.
    """
    sample = frame.gray[::9, ::9]
    if float(np.median(sample)) < _WHITEST_PAPER:
        inside = frame.gray[box.top + 8 : box.bottom - 8, box.left + 8 : box.right - 8]
        return bool((inside >= _WHITE).mean() >= _WHITE_SHARE) if inside.size else False
    thick = [thickness for thickness in _thicknesses(frame.ink, box) if thickness > 0]
    return bool(thick) and float(np.median(thick)) <= _thickest(frame)


def _thickest(frame: Frame) -> float:
    """Return how thick the outlines of redactions are at most on a page."""
    sample = frame.gray[::9, ::9]
    is_blurred = bool(((sample > 0) & (sample < 255)).any())
    return max(_THICK_PX * frame.scale, _THICK_PX + _BLUR_PX * is_blurred)


def is_thin(frame: Frame, box: Box) -> bool:
    """Tell whether an outline is thin enough to be a redaction's if a code stands in it: coarse scans thicken lines."""
    thick = [thickness for thickness in _thicknesses(frame.ink, box) if thickness > 0]
    return bool(thick) and float(np.median(thick)) <= _COARSE * _thickest(frame)


def _thicknesses(ink: Mask, box: Box) -> list[float]:
    """Return the usual thickness of each side, 0 where there is none."""
    across = [
        ink[max(0, at - _REACH) : at + _REACH + 1, box.left + _CORNER : box.right - _CORNER]
        for at in (box.top, box.bottom - 1)
    ]
    down = [
        ink[box.top + _CORNER : box.bottom - _CORNER, max(0, at - _REACH) : at + _REACH + 1].T
        for at in (box.left, box.right - 1)
    ]
    counts = [_first_runs(side) for side in (*across, *down)]
    return [float(np.median(count)) if count.size else 0.0 for count in counts]


def _first_runs(side: Mask) -> NDArray[np.int64]:
    """Return the length of the first run of ink in each column that has some: a second outline stands behind it."""
    inked = side[:, side.any(axis=0)]
    start = inked.argmax(axis=0)
    rows = np.arange(inked.shape[0])[:, None]
    ended = np.vstack((~inked & (rows > start), np.ones((1, inked.shape[1]), np.bool_)))
    return np.asarray(ended.argmax(axis=0) - start, dtype=np.int64)
