"""Strokes on a page: straight runs in those pieces of ink that are wider than letters.

A stroke joins the letters that it crosses to one piece. Pieces of one or two letters hold no run that could strike
anything, so that a page without strokes costs next to nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.strike.search import strokes_in
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box

# Pieces that may be letters, pixels at 300 dpi; their median height is the page's letter height.
_LETTER_HEIGHT_PX = (14, 60)
_LETTER_WIDTH_PX = (6, 70)
# Typed letters of pages without any are about that high.
_USUAL_HEIGHT_PX = 26.0
# Two typed letters that touch are narrower, in letter heights; a stroke through three is wider.
_WIDE = 2.5
# A dash is flatter.
_FLAT = 0.35
# Larger pieces are frames, maps and scan edges; an X over a paragraph of fifteen rows covers as much.
_LARGEST_PX = 1_200_000
# So many pieces of one size, taller than letters, are the stripes of a hatched frame.
_STRIPES = 12
_STRIPE_HEIGHTS = 1.6
_SAME_SIZE = 0.12
# Shortest run, in letter heights: letters of one word that touch hold runs of two letters.
_SHORTEST = 2.3
# A thicker stroke hides the letters, in letter heights.
_THICKEST = 1.0
_THINNEST_PX = 1.5
# A curved stroke is found bit by bit, X and double strokes one after the other, those of each row for themselves.
_TRIES = 6
_MARGIN_PX = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class Struck:
    """A piece of ink with its strokes, in pixels of the page, the longest first.

    ``window`` is the place of ``left``: the piece's ink where no stroke runs alone.
    """

    window: Box
    left: Mask
    piece: Mask
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """A page's ink, its pieces, and the height of its letters."""

    frame: Frame

    @cached_property
    def letter_px(self) -> float:
        """Median height of what may be letters."""
        boxes = self.frame.pieces.boxes[1:]
        heights, widths = boxes[:, 3], boxes[:, 2]
        is_letter = (heights >= _LETTER_HEIGHT_PX[0]) & (heights <= _LETTER_HEIGHT_PX[1])
        is_letter &= (widths >= _LETTER_WIDTH_PX[0]) & (widths <= _LETTER_WIDTH_PX[1])
        return float(np.median(heights[is_letter])) if is_letter.any() else _USUAL_HEIGHT_PX

    def wide_pieces(self) -> Iterator[tuple[int, Box]]:
        """Yield the pieces that may hold a stroke through letters: number and box."""
        boxes = self.frame.pieces.boxes
        widths, heights = boxes[:, 2].astype(np.float64), boxes[:, 3].astype(np.float64)
        is_wide = (widths >= _WIDE * self.letter_px) & (heights >= _FLAT * self.letter_px)
        is_wide &= widths * heights <= _LARGEST_PX
        is_tall = is_wide & (heights >= _STRIPE_HEIGHTS * self.letter_px)
        for number in np.flatnonzero(is_tall).tolist():
            is_alike = np.abs(widths / widths[number] - 1) + np.abs(heights / heights[number] - 1) <= _SAME_SIZE
            if np.count_nonzero(is_alike & is_tall) >= _STRIPES:
                is_wide[number] = False
        for number in (1 + np.flatnonzero(is_wide[1:])).tolist():
            left, top, width, height, _ = boxes[number].tolist()
            yield number, Box(left=left, top=top, right=left + width, bottom=top + height)

    def strokes_of(self, number: int, box: Box) -> Struck | None:
        """Find the strokes of a piece."""
        window = box.grow(_MARGIN_PX)
        inside = self.frame.pieces.labels[box.top : box.bottom, box.left : box.right] == number
        piece = np.pad(inside, _MARGIN_PX)
        whole = Box(left=0, top=0, right=window.width, bottom=window.height)
        measured = strokes_in(
            piece.view(np.uint8),
            whole,
            shortest_px=_SHORTEST * self.letter_px,
            thickest_px=_THICKEST * self.letter_px,
            most=_TRIES + round(box.height / self.letter_px),
            is_wanted=lambda _: True,
        )
        left = piece.copy()
        pens = [one for one in measured if _THINNEST_PX <= one.stroke.thickness_px <= _THICKEST * self.letter_px]
        for one in pens:
            one.clear_of(left)
        strokes = tuple(one.stroke.shifted(x=window.left, y=window.top) for one in pens)
        return Struck(window=window, piece=piece, left=left, strokes=strokes) if strokes else None
