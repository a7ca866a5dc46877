"""What may be a pen's stroke through letters or something else: lines that touch heads or feet, creases, loops."""

import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import part
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box

# Part of the letters' width that a stroke must run over to be sure: one steep line through one letter may be the loop
# of a signature; of thin lines and of such that show in one gap only, creases and the lines of maps are that short.
_FEW = 0.08
_SHORT = 0.25
_THIN_PX = 3.5
_ONE_GAP = 1
# Where lines are looked for at heads and feet, in letter heights: outside, and inside the box.
_OUTSIDE, _INSIDE = 0.35, 0.15
# A line of a hand leaves its row by that much; letters alone leave a tenth of the columns empty and more.
_WANDERS_PX = 3
_FULL = 0.95
# An underline ends with its word; a pen goes on, by that share of the letters' height.
_GOES_ON = 0.75
# What is black in its middle as well is withheld.
_BLACK = 0.9
# Share of the columns in which letters stand on the line without any paper between: stems of one letter in three.
_TOUCHING = 0.1
_INTO = 0.25


def is_doubtful(stroke: Stroke) -> bool:
    """Tell whether a stroke that crosses letters may be something else: a loop, a crease, a line of a map."""
    is_weak = stroke.thickness_px < _THIN_PX or stroke.gaps <= _ONE_GAP
    return stroke.across < _FEW or (stroke.across < _SHORT and is_weak)


def touching(ink: Mask, letters: Box) -> Stroke | None:
    """Find a level line that touches the heads or the feet of letters and goes on beside them.

    Parameters
    ----------
    ink
        Ink of the page at 300 dpi.
    letters
        Box of the letters; inside the page.
    """
    inside, middle = round(_INSIDE * letters.height), (letters.top + letters.bottom) // 2
    if not letters.area or not inside or ink[middle, letters.left : letters.right].mean() >= _BLACK:
        return None
    window = letters.grow(round(_GOES_ON * letters.height)).clip(width=ink.shape[1], height=ink.shape[0])
    upright = part(ink, window)
    inner = letters.shift(x=-window.left, y=-window.top)
    at_head = _line_at_head(upright, inner, inside)
    if at_head is not None:
        return _stroke(letters, window.top + at_head)
    turned = Box(left=inner.left, right=inner.right, top=window.height - inner.bottom, bottom=window.height - inner.top)
    at_foot = _line_at_head(upright[::-1], turned, inside)
    return None if at_foot is None else _stroke(letters, window.bottom - 1 - at_foot)


def _line_at_head(ink: Mask, letters: Box, inside: int) -> int | None:
    """Return the row of a line that touches the heads of letters and goes on beside them."""
    rows = range(max(_WANDERS_PX, letters.top - round(_OUTSIDE * letters.height)), letters.top + inside)
    beside = round(_GOES_ON * letters.height)
    for row in reversed(rows):
        band: Mask = np.asarray(ink[row - _WANDERS_PX : row + _WANDERS_PX + 1].any(axis=0))
        if band[letters.left : letters.right].mean() < _FULL:
            continue
        left, right = band[max(0, letters.left - beside) : letters.left], band[letters.right : letters.right + beside]
        goes_on = any(side.size and side.mean() >= _FULL for side in (left, right))
        into = letters.top + round(_INTO * letters.height)
        between = ink[row : max(row + 1, into), letters.left : letters.right]
        return row if goes_on and float(between.all(axis=0).mean()) >= _TOUCHING else None
    return None


def _stroke(letters: Box, row: int) -> Stroke:
    """Write a level line as a stroke as long as the letters."""
    stroke = Stroke(start=(letters.left, row), end=(letters.right, row), angle_deg=0.0, thickness_px=1.0)
    return stroke.through_letters(letters)
