"""Specks: ink smaller than a letter that stands where no letter, stop or accent can."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.clean import letters
from scanfix.clean.letters import Components
from scanfix.images import Mask

# In heights of lower-case letters. Specks are smaller than the smallest letter and as large as a full stop or more,
# so that size alone never decides.
_LARGEST_SPECK = 0.6
# Letters, and words whose letters melt: what stops, accents, quotes and dots of an i may stand beside.
_LEAST_LETTER_HEIGHT, _MOST_LETTER_HEIGHT = 0.55, 4.0
_LEAST_LETTER_WIDTH, _MOST_LETTER_WIDTH = 0.2, 12.0
# A typed stop follows its letter by one pitch (1.2 to 1.6 heights of a letter); quotes after small letters stand 0.5
# above them, commas as far below the base.
_REACH_ACROSS = 1.6
_REACH_UP = 0.6
# Dots that lead from a word to its page number stand on one row, four or more to five words' length.
_ROW_OF_DOTS = 0.25
_STRETCH_OF_DOTS = 8.0
_LEAST_DOTS = 4
# Places near letters are drawn on a map of this size to the page's: exact to a stroke, at a sixteenth of the pixels.
_MAP = 4


def find(parts: Components, *, x_height_px: float) -> Mask:
    """Find the specks that no letter stands near.

    Parameters
    ----------
    parts
        The components of the page's ink.
    x_height_px
        Height of lower-case letters.

    Returns
    -------
    (height, width) bool
        True on specks; dots in a row, as in a table of contents, are none.
    """
    near = _near_letters(parts, x_height_px)
    row, column = ((parts.top + parts.bottom) // (2 * _MAP), (2 * parts.left + parts.width) // (2 * _MAP))
    is_small = np.maximum(parts.width, parts.height) < _LARGEST_SPECK * x_height_px
    chosen = np.flatnonzero(is_small & ~near[row, column])
    dots = letters.company(parts, chosen, row_px=_ROW_OF_DOTS * x_height_px, stretch_px=_STRETCH_OF_DOTS * x_height_px)
    # Label 0 is paper.
    is_speck = np.zeros(parts.area.size + 1, np.bool_)
    is_speck[1 + chosen[dots < _LEAST_DOTS]] = True
    return cast(Mask, is_speck[parts.labels])


def _near_letters(parts: Components, x_height_px: float) -> Mask:
    """Draw a map, a quarter of the page's size, of the places where a small part may belong to a letter."""
    height, width = (side // _MAP + 1 for side in parts.labels.shape)
    near = np.zeros((height, width), np.uint8)
    across, up = _REACH_ACROSS * x_height_px, _REACH_UP * x_height_px
    for index in np.flatnonzero(_may_hold_letters(parts, x_height_px)).tolist():
        left, right = parts.left[index] - across, parts.left[index] + parts.width[index] + across
        top, bottom = parts.top[index] - up, parts.bottom[index] + up
        first, last = (round(left / _MAP), round(top / _MAP)), (round(right / _MAP), round(bottom / _MAP))
        cv2.rectangle(near, first, last, color=(1,), thickness=cv2.FILLED)
    return near.astype(np.bool_)


def _may_hold_letters(parts: Components, x_height_px: float) -> NDArray[np.bool_]:
    """Tell which parts are letters or melted words."""
    has_height = (parts.height >= _LEAST_LETTER_HEIGHT * x_height_px) & (
        parts.height <= _MOST_LETTER_HEIGHT * x_height_px
    )
    has_width = (parts.width >= _LEAST_LETTER_WIDTH * x_height_px) & (parts.width <= _MOST_LETTER_WIDTH * x_height_px)
    return has_height & has_width
