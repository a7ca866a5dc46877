"""Places of a page that may hold a marking: ink that was not read as running text, gathered to regions.

Only these places are freed of strokes and looked at closely: a page of clean text costs next to nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected
from scanfix.marks.frame import Frame
from scanfix.marks.lines import is_stripe
from scanfix.model.geometry import Box
from scanfix.model.text import Word

# Boxes of words end up to that many pixels inside their ink.
_WORD_EDGE_PX = 7
# Regions are gathered on a grid of that many pixels.
_CELL_PX = 10
# Words of a marking stand up to that far apart, spaced ones up to three letter heights, on covers a third of an inch.
_REACH_PX, _REACH_HEIGHTS, _LONGEST_REACH_PX = 70, 3.0, 160
_REACH_UP_PX = 10
# A marking that a banner hides shows its letters' heads above it, or their feet below.
_AROUND_BANNER_PX = 70
# Higher than any letter with a stroke through it, wider than any line: frames, borders, photographs.
_TALLEST_PX, _WIDEST_PX = 460, 2000
# Outlines of redaction boxes fill so little of their place; a marking with a stroke through it more.
_FRAME_PX, _FRAME_FILL = 100, 0.05
# Stripes of hatched frames are half an inch long, and slanted.
_STRIPE_PX, _STRIPE_FILL = 60, 0.6
# Places higher than two lines with a stroke through them are gathered anew from letters alone.
_HIGHEST_PLACE_PX, _TALLEST_LETTER_PX = 500, 130
# Hidden letters show 5 pixels; elsewhere letters are whole: capitals of elite type measure 26.
_LOWEST_BAND_PX, _LOWEST_PX = 4, 14
_MIN_WIDTH_PX, _MIN_HEIGHT_PX = 100, 16
_MIN_AREA_PX = 30


@dataclass(frozen=True, slots=True, eq=False)
class Unread:
    """The ink of a page without its running text.

    ``is_text`` tells of each piece of the frame (0 is paper) whether it is a letter of a word that was read well.
    """

    frame: Frame
    is_text: NDArray[np.bool_]

    def ink(self, place: Box) -> Mask:
        """Return the ink of a place that is no running text."""
        labels = self.frame.pieces.labels[place.top : place.bottom, place.left : place.right]
        ink: Mask = ~self._is_blank[labels]
        return ink

    @property
    def _is_blank(self) -> NDArray[np.bool_]:
        """Of each piece, whether it is left out; paper is."""
        blank = self.is_text.copy()
        blank[0] = True
        return blank


def unread(frame: Frame, plain: Sequence[Word]) -> Unread:
    """Leave out the running text.

    Parameters
    ----------
    frame
        The page.
    plain
        Its words that were read well and say no level.
    """
    covered = np.zeros(frame.ink.shape, np.bool_)
    for word in plain:
        box = word.box.grow(_WORD_EDGE_PX).intersect(frame.box)
        covered[box.top : box.bottom, box.left : box.right] = True
    left, top, width, height, _ = frame.pieces.boxes.T
    right, bottom = left + width - 1, top + height - 1
    is_text = covered[top, left] & covered[bottom, right] & covered[top, right] & covered[bottom, left]
    is_text[0] = False
    return Unread(frame=frame, is_text=is_text | _is_frame(frame))


def _is_frame(frame: Frame) -> NDArray[np.bool_]:
    """Tell which pieces are outlines of boxes, borders, hatching and pictures: no letters, no strokes on letters."""
    _, _, width, height, area = frame.pieces.boxes.T
    is_outline = (np.minimum(width, height) >= _FRAME_PX) & (area < _FRAME_FILL * width * height)
    is_frame: NDArray[np.bool_] = is_outline | (height > _TALLEST_PX) | (width > _WIDEST_PX)
    is_slant = (width >= _STRIPE_PX) & (height >= _STRIPE_PX) & (area < _STRIPE_FILL * width * height)
    for index in np.flatnonzero(is_slant & ~is_frame).tolist():
        is_frame[index] = is_stripe(_piece(frame, index))
    return is_frame


def _piece(frame: Frame, index: int) -> NDArray[np.uint8]:
    """Cut a piece out, alone."""
    left, top, width, height, _ = frame.pieces.boxes[index].tolist()
    window: Mask = frame.pieces.labels[top : top + height, left : left + width] == index
    return window.view(np.uint8)


def places(rest: Unread, bands: Sequence[Box], banners: Sequence[Box]) -> tuple[Box, ...]:
    """Gather what is left to places, from top to bottom.

    Parameters
    ----------
    rest
        The ink that is no running text.
    bands
        Head and foot, where a banner may hide all but a strip of a marking.
    banners
        Boxes of what looks like release banners: what lies around one is looked at as a whole.
    """
    frame = rest.frame
    left, top, width, height, area = frame.pieces.boxes.T
    middle = top + height / 2
    in_band = np.zeros(left.shape, np.bool_)
    for band in bands:
        in_band |= (middle >= band.top) & (middle < band.bottom)
    lowest = np.where(in_band, _LOWEST_BAND_PX, _LOWEST_PX)
    is_letter = (height >= lowest) & (height <= _TALLEST_PX) & (width <= _WIDEST_PX) & (area >= _MIN_AREA_PX)
    chosen = is_letter & ~rest.is_text
    chosen[0] = False
    found = _gathered(frame, chosen, banners)
    high = [box for box in found if box.height > _HIGHEST_PLACE_PX]
    if high:
        found = [box for box in found if box.height <= _HIGHEST_PLACE_PX]
        is_inside = chosen & (height <= _TALLEST_LETTER_PX) & _inside(frame, high)
        found += _gathered(frame, is_inside, ())
    return tuple(box for box in found if _may_hold(box, bands))


def _gathered(frame: Frame, chosen: NDArray[np.bool_], banners: Sequence[Box]) -> list[Box]:
    """Gather chosen pieces to regions."""
    grid = _grid(frame, frame.pieces.boxes[chosen])
    for banner in banners:
        _paint(grid, banner.grow(_AROUND_BANNER_PX).intersect(frame.box))
    return list(_regions(grid, frame))


def _inside(frame: Frame, regions: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which pieces lie in one of some regions."""
    left, top, width, height, _ = frame.pieces.boxes.T
    inside = np.zeros(left.shape, np.bool_)
    for box in regions:
        inside |= (left >= box.left) & (top >= box.top) & (left + width <= box.right) & (top + height <= box.bottom)
    return inside


def _grid(frame: Frame, boxes: NDArray[np.int32]) -> Mask:
    """Paint boxes on a coarse grid, each reaching out to its neighbours."""
    grid = np.zeros((frame.height // _CELL_PX + 1, frame.width // _CELL_PX + 1), np.bool_)
    for left, top, width, height, _ in boxes.tolist():
        reach = round(max(_REACH_PX, min(_REACH_HEIGHTS * height, _LONGEST_REACH_PX)) / 2)
        up = _REACH_UP_PX // 2
        box = Box(left=left - reach, top=top - up, right=left + width + reach, bottom=top + height + up)
        _paint(grid, box.intersect(frame.box))
    return grid


def _paint(grid: Mask, box: Box) -> None:
    """Paint a box on the grid that is being made."""
    right, bottom = box.right // _CELL_PX + 1, box.bottom // _CELL_PX + 1
    grid[box.top // _CELL_PX : bottom, box.left // _CELL_PX : right] = True


def _regions(grid: Mask, frame: Frame) -> Iterator[Box]:
    """Yield the connected regions of a grid, in pixels."""
    _, stats = connected(grid)
    for left, top, width, height, _ in sorted(stats[1:].tolist(), key=lambda one: one[1]):
        box = Box(left=left, top=top, right=left + width, bottom=top + height)
        yield Box.of([edge * _CELL_PX for edge in box.edges]).intersect(frame.box)


def _may_hold(box: Box, bands: Sequence[Box]) -> bool:
    """Tell whether a region is large enough for a marking."""
    is_band = any(band.intersect(box).area for band in bands)
    return box.width - _REACH_PX >= _MIN_WIDTH_PX and (is_band or box.height >= _MIN_HEIGHT_PX)
