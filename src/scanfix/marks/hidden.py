"""Markings of which a banner or the edge of the page hides a part, so that no engine can read them.

Two things are left to go by: the same marking stands elsewhere on the page and its visible part has the same shapes;
or the widths of the words fit one wording and no other.
"""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from scanfix.images import Mask
from scanfix.model.geometry import Box

# Widths of roman capitals in cap heights, side bearings included: the mean of serif, grotesque and stamp faces.
_WIDTHS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (74, 70, 72, 76, 66, 62, 78, 80, 40, 54, 74, 63, 92, 80, 80, 66, 80, 73, 60, 67, 78, 74, 100, 72, 72, 66),
        strict=True,
    )
)
_SPACE = 75
# A row's words are parted by its widest gaps; these are that much wider than the gaps between letters
# (a T whose bar is hidden stands far from its O).
_CLEAR_GAP = 1.25
# Words differ from the table by so much of the row's width: TOP of TOP SECRET measured 0.30 to 0.37 of the letters.
_WIDTH_TOLERANCE = 0.055
# Hidden letters fall to pieces (the feet of an R), seldom more than 1.8 for a letter; few touch.
_FEWEST_PIECES, _MOST_PIECES = 0.65, 1.9
# Shapes are compared through a blur of that many pixels: stamps are inked unevenly.
_BLUR_PX = 7
# Room for the comparison to slide, in shares of the width.
_PLAY = 0.06
# ... and of the visible height: the rest always lies on letters, for paper correlates with nothing.
_PLAY_HEIGHT = 0.3


def model_width(wording: str) -> float:
    """Return the width of a wording in cap heights."""
    return sum(_WIDTHS.get(letter, _SPACE) for letter in wording) / 100


def fits_words(glyphs: Sequence[Box], wording: str) -> bool:
    """Tell whether pieces of letters, left to right, stand where the words of a wording would.

    Of a single word only the number of letters is compared.
    """
    words = wording.split()
    cuts = _cuts(glyphs, len(words) - 1)
    if cuts is None:
        return False
    edges = [0, *(cut + 1 for cut in cuts), len(glyphs)]
    parts = [glyphs[start:end] for start, end in pairwise(edges)]
    widths = [part[-1].right - part[0].left for part in parts]
    wanted = [model_width(word) for word in words]
    shares = [
        abs(width / sum(widths) - want / sum(wanted)) <= _WIDTH_TOLERANCE
        for width, want in zip(widths, wanted, strict=True)
    ]
    counts = [
        _FEWEST_PIECES * len(word) <= len(part) <= _MOST_PIECES * len(word)
        for part, word in zip(parts, words, strict=True)
    ]
    return all(shares) and all(counts)


def same_shapes(visible: Mask, whole: Mask) -> float:
    """Compare the visible part of a marking with a whole one, brought to the same width.

    Returns
    -------
    float
        The best correlation, -1 to 1; 1 when the visible part is a piece of the whole.
    """
    height, width = visible.shape
    scaled = cv2.resize(_soft(whole), (width, max(1, round(whole.shape[0] * width / whole.shape[1]))))
    play = round(_PLAY * width)
    above = max(round(_PLAY_HEIGHT * height), (height - scaled.shape[0] + 1) // 2)
    field = np.pad(scaled, ((above, above), (play, play)))
    template = _soft(visible)
    return float(cv2.matchTemplate(field, template, cv2.TM_CCOEFF_NORMED).max())


def _cuts(glyphs: Sequence[Box], count: int) -> list[int] | None:
    """Return the places of the widest gaps, ``None`` when they are not clearly wider than the others."""
    gaps = [right.left - left.right for left, right in pairwise(glyphs)]
    order = sorted(range(len(gaps)), key=lambda index: gaps[index], reverse=True)
    if len(gaps) <= count:
        return None
    is_clear = not count or gaps[order[count - 1]] >= _CLEAR_GAP * max(1, gaps[order[count]])
    return sorted(order[:count]) if is_clear else None


def _soft(mask: Mask) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Blur a mask."""
    blurred = cv2.GaussianBlur(mask.astype(np.float32), (_BLUR_PX, _BLUR_PX), 0)
    return np.asarray(blurred, dtype=np.float32)
