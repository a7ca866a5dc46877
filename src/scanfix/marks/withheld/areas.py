"""Areas of one tone with straight edges: black and grey boxes, and places that were cut out of a grey page.

They too are laid over the scan: of exactly one tone, which no paper is, and with level edges as the scan lay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import GrayImage, Mask, connected
from scanfix.marks.frame import Frame, part
from scanfix.marks.withheld.rules import half
from scanfix.model.geometry import Box

AreaStyle = Literal["black", "grey", "cut"]

# Lengths are pixels at half the frame's size. A covered word is 40 wide, a line 15 high; letters are thinner.
_MIN_WIDTH = 36
_MIN_HEIGHT = 13
# Above and below a code in the lowest box are 7 rows.
_SOLID = (5, 21)
# What lies on the page's edge is the scanner's lid: a band that scratches part into squares.
_EDGE = 20
# Edges are straight: a hem of two pixels is full but for what a letter beside it breaks out.
_HEM = 2
_FULL_HEM = 0.93
_RAGGED = 3
# A low bar with uneven edges is a stroke of a pen through a word; covered lines are 25 high.
_LEAST_UNEVEN = 20
_RIM = 3
# A code may stand inside.
_LEAST_FULL = 0.55
# The paper of a grey page is darker than the white of what was laid over it.
_WHITEST_PAPER = 245
_WHITE = 252
# A grey box is darker than the paper by that much, and lighter than ink.
_GREY_BELOW_PAPER = (10, 110)
# One tone: so alike are neighbours; the grain of paper makes 4 and more.
_FLAT = 1
_ALIKE = 4
# Fewer pixels of one tone are no box.
_LEAST_PX = _MIN_WIDTH * _MIN_HEIGHT
_MOST_TONES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of one tone in the frame's pixels; ``holds`` is the box of what stands in it."""

    box: Box
    style: AreaStyle
    fill: float
    holds: Box | None = None


def areas(frame: Frame) -> tuple[Area, ...]:
    """Find the areas of one tone that may hide something."""
    small = half(frame.ink)
    found = [*_rectangles(small > 0, "black")]
    grey = frame.gray[: small.shape[0] * 2 : 2, : small.shape[1] * 2 : 2]
    paper = float(np.median(grey[::8, ::8]))
    if paper < _WHITEST_PAPER:
        flat = _flat(grey)
        found += _rectangles(flat & (grey >= _WHITE), "cut")
        for tone in _tones(grey[flat], paper):
            # Not only where it is flat: beside a code's soft edges too few rows would be left.
            found += _rectangles(np.abs(grey.astype(np.int16) - tone) <= _ALIKE, "grey")
    return tuple(found)


def _flat(grey: GrayImage) -> Mask:
    """Tell where a page is of one tone."""
    window = np.ones((3, 3), np.uint8)
    flat: Mask = cv2.subtract(cv2.dilate(grey, window), cv2.erode(grey, window)) <= _FLAT
    return flat


def _tones(flat: NDArray[np.uint8], paper: float) -> list[int]:
    """Return the tones between ink and paper of which much is flat, those that lie apart."""
    counts = np.bincount(flat, minlength=256)
    low, high = round(paper) - _GREY_BELOW_PAPER[1], round(paper) - _GREY_BELOW_PAPER[0]
    tones: list[int] = []
    for tone in np.argsort(counts[max(0, low) : high])[::-1].tolist():
        at = max(0, low) + tone
        if counts[at] < _LEAST_PX or len(tones) == _MOST_TONES:
            break
        if all(abs(at - other) > 2 * _ALIKE for other in tones):
            tones.append(at)
    return tones


def _rectangles(mask: Mask, style: AreaStyle) -> Iterator[Area]:
    """Return the broad pieces that are rectangles, but for a line of letters in their middle."""
    solid = cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, np.ones(_SOLID, np.uint8))
    _, boxes = connected(solid > 0)
    height, width = mask.shape
    for left, top, wide, high, _ in boxes[1:].tolist():
        inside = left >= _EDGE and top >= _EDGE and left + wide <= width - _EDGE and top + high <= height - _EDGE
        if wide < _MIN_WIDTH or high < _MIN_HEIGHT or not inside:
            continue
        whole = Box(left=left, top=top, right=left + wide, bottom=top + high)
        box = _trimmed(whole, mask)
        piece = part(mask, box)
        least = _MIN_HEIGHT if box == whole else _LEAST_UNEVEN
        if box.width < _MIN_WIDTH or box.height < least or piece.mean() < _LEAST_FULL:
            continue
        hems = (piece[:_HEM], piece[-_HEM:], piece[:, :_HEM], piece[:, -_HEM:])
        if min(float(hem.mean()) for hem in hems) >= _FULL_HEM:
            yield Area(box=_grown(box), style=style, fill=float(piece.mean()), holds=_held(box, piece))


def _trimmed(box: Box, mask: Mask) -> Box:
    """Take off the outermost lines that are not full: letters beside a box, and what blur made of its edge."""
    left, top, right, bottom = box.edges
    for _ in range(_RAGGED):
        if right - left < _MIN_WIDTH or bottom - top < _MIN_HEIGHT:
            break
        piece = mask[top:bottom, left:right]
        sides = (piece[:, 0], piece[0], piece[:, -1], piece[-1])
        off = [int(side.mean() < _FULL_HEM) for side in sides]
        left, top, right, bottom = left + off[0], top + off[1], right - off[2], bottom - off[3]
    return Box(left=left, top=top, right=right, bottom=bottom)


def _held(box: Box, piece: Mask) -> Box | None:
    """Return the box, in the frame's pixels, of what breaks a rectangle's tone."""
    inner = piece[_RIM:-_RIM, _RIM:-_RIM]
    rows, columns = np.flatnonzero(~inner.all(axis=1)), np.flatnonzero(~inner.all(axis=0))
    if not rows.size:
        return None
    hole = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    return _grown(Box.of([int(edge) for edge in hole]).shift(x=box.left + _RIM, y=box.top + _RIM))


def _grown(box: Box) -> Box:
    """Bring a box from half the frame's size to its size."""
    return Box(left=2 * box.left, top=2 * box.top, right=2 * box.right, bottom=2 * box.bottom)
