"""Staples: as long as they are made, with a dark head where each leg goes into the paper."""

import cv2
import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import part
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box, Point

# The backs of office staples are 12 to 13 mm long: 142 to 154 pixels at 300 dpi, and the heads
# reach up to 9 beyond at either end.
_SHORTEST_PX, _LONGEST_PX = 132.0, 172.0
# Heads measured 1.6 times the wire's thickness and more; pen strokes end as thick as they are.
_HEAD = 1.5
# Heads are looked for that far from a stroke's ends; their own size is at most that.
_NEAR_PX, _REACH_PX = 9, 30


def is_staple(ink: Mask, stroke: Stroke, letters: Box) -> bool:
    """Tell whether a stroke through letters is a staple; at least one of its ends must lie clear of them.

    Parameters
    ----------
    ink
        Ink of the page at 300 dpi.
    stroke
        In the same pixels.
    letters
        Box of the letters.
    """
    ends = (stroke.start, stroke.end)
    if not _SHORTEST_PX <= stroke.length_px <= _LONGEST_PX or all(_is_in(end, letters) for end in ends):
        return False
    return all(_thickness_near(ink, end) >= _HEAD * stroke.thickness_px for end in ends)


def _is_in(end: Point, letters: Box) -> bool:
    """Tell whether a point lies in a box."""
    return letters.left <= end[0] < letters.right and letters.top <= end[1] < letters.bottom


def _thickness_near(ink: Mask, end: Point) -> float:
    """Return the diameter of the largest disc of ink whose middle lies near a point."""
    x, y = round(end[0]), round(end[1])
    window = Box(left=x, top=y, right=x + 1, bottom=y + 1).grow(_REACH_PX).clip(width=ink.shape[1], height=ink.shape[0])
    radius = cv2.distanceTransform(part(ink, window).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    down, across = np.ogrid[window.top : window.bottom, window.left : window.right]
    is_near = (across - x) ** 2 + (down - y) ** 2 <= _NEAR_PX**2
    return 2 * float(radius[is_near].max(initial=0.0))
