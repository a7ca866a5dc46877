"""Rows of letters, found on the image alone: before anything is read, and where nothing can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected
from scanfix.model.geometry import Box

# Lengths are pixels at 300 dpi. Lighter pieces are specks, dots and the dust of a stroke that was taken out.
_MIN_AREA_PX = 30
# INFORMATION in a stamp's serifs, all letters touching, is 270 wide; wider or more slender things are rules.
_MAX_WIDTH_PX = 420
_MAX_SLENDERNESS = 12
# Pieces of a row stand beside each other: they share that much of the lower one's height.
_MIN_SHARED = 0.5
# One letter in four may hold a stroke's remains; a row that leans by a degree loses 2 pixels.
_SPARED = 4


@dataclass(frozen=True, slots=True)
class Letters:
    """What pieces of ink count as letters of a row; lengths in pixels at 300 dpi.

    The gap between two pieces is at most ``gap_px``, and ``gap_heights`` times their height where that is more, up to
    ``widest_gap_px``; ``ratio`` is how much taller than its neighbour a piece may be.
    """

    lowest_px: int
    tallest_px: int
    gap_px: int
    gap_heights: float
    widest_gap_px: int
    ratio: float

    def gaps(self, heights_px: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the widest gaps beside pieces of these heights."""
        widest = np.minimum(self.widest_gap_px, self.gap_heights * heights_px)
        return np.where(heights_px < _SLIVER_PX, self.gap_px, widest)


# Hidden letters that show less than this say nothing about the gaps between words.
_SLIVER_PX = 36
# Hidden letters show 4 pixels and more, cover capitals are up to 80 high; TOP and SECRET stand up to 1.1 heights apart
# (77 pixels on a cover), 1.8 where the letters' upper part is hidden. An E beside a torn E is 2.6 times as high.
MARKING = Letters(lowest_px=4, tallest_px=130, gap_px=80, gap_heights=1.9, widest_gap_px=95, ratio=2.6)
# Banners are set in 10 to 14 points, capitals and small letters mixed, evenly spaced.
BANNER = Letters(lowest_px=15, tallest_px=48, gap_px=32, gap_heights=1.0, widest_gap_px=32, ratio=1.8)


@dataclass(frozen=True, slots=True)
class Row:
    """Letters, or pieces of letters, that stand beside each other; left to right."""

    glyphs: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """The box around all letters."""
        return Box.around(self.glyphs)

    @property
    def ink_box(self) -> Box:
        """The box without the little that a stroke left at the top or foot of a letter or two."""
        spared = len(self.glyphs) // _SPARED
        top = sorted(glyph.top for glyph in self.glyphs)[spared]
        bottom = sorted((glyph.bottom for glyph in self.glyphs), reverse=True)[spared]
        return Box(left=self.box.left, top=top, right=self.box.right, bottom=bottom)

    @property
    def body(self) -> Box:
        """The box between the letters' usual top and the line on which they stand, without descenders and dots."""
        top, bottom = median(glyph.top for glyph in self.glyphs), median(glyph.bottom for glyph in self.glyphs)
        return Box(left=self.box.left, top=round(top), right=self.box.right, bottom=round(bottom))

    @property
    def height_px(self) -> float:
        """Median height of the letters."""
        return float(median(glyph.height for glyph in self.glyphs))


def rows_of(ink: Mask, letters: Letters, *, shift: tuple[int, int] = (0, 0)) -> tuple[Row, ...]:
    """Find the rows of letters.

    Parameters
    ----------
    ink
        Mask, shape (height, width); long strokes and rules already taken out.
    letters
        What counts as a letter.
    shift
        Added to all places: where the mask lies on its page.

    Returns
    -------
    tuple of Row
        From top to bottom.
    """
    rows = [Row(glyphs=tuple(_merged(group))) for group in _groups(_glyphs(ink, letters), letters)]
    moved = [Row(glyphs=tuple(glyph.shift(x=shift[0], y=shift[1]) for glyph in row.glyphs)) for row in rows]
    return tuple(sorted(moved, key=lambda row: row.box.top))


def _glyphs(ink: Mask, letters: Letters) -> list[Box]:
    """Return the boxes of connected pieces of a letter's size, from left to right."""
    _, stats = connected(ink)
    boxes = []
    for left, top, width, height, area in stats[1:].tolist():
        is_letter = letters.lowest_px <= height <= letters.tallest_px and width <= min(
            _MAX_WIDTH_PX, _MAX_SLENDERNESS * height
        )
        if is_letter and area >= _MIN_AREA_PX:
            boxes.append(Box(left=left, top=top, right=left + width, bottom=top + height))
    return sorted(boxes, key=lambda box: box.left)


def _groups(glyphs: Sequence[Box], letters: Letters) -> list[list[Box]]:
    """Join neighbours to rows (union-find over the sorted boxes)."""
    parents = list(range(len(glyphs)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for index, other in _neighbours(glyphs, letters):
        parents[root(other)] = root(index)
    groups: dict[int, list[Box]] = {}
    for index, glyph in enumerate(glyphs):
        groups.setdefault(root(index), []).append(glyph)
    return list(groups.values())


def _neighbours(glyphs: Sequence[Box], letters: Letters) -> list[tuple[int, int]]:
    """Return the pairs of pieces, sorted from left to right, that may belong to one row."""
    left, top, right, bottom = np.array([glyph.edges for glyph in glyphs], np.int64).reshape(-1, 4).T
    # Beyond that column nothing is near enough; all pairs up to it are compared at once, a loop took a page 0.2 s.
    ends = np.searchsorted(left, np.maximum(right + letters.widest_gap_px, left + _MAX_WIDTH_PX), side="right")
    counts = ends - np.arange(len(glyphs)) - 1
    one = np.repeat(np.arange(len(glyphs)), counts)
    other = one + 1 + np.arange(one.size) - np.repeat(np.cumsum(counts) - counts, counts)
    height = bottom - top
    low, high = np.minimum(height[one], height[other]), np.maximum(height[one], height[other])
    shared = np.minimum(bottom[one], bottom[other]) - np.maximum(top[one], top[other])
    is_near = left[other] - right[one] <= letters.gaps(low)
    chosen = is_near & (shared >= _MIN_SHARED * low) & (high <= letters.ratio * low)
    return list(zip(one[chosen].tolist(), other[chosen].tolist(), strict=True))


def _merged(group: Sequence[Box]) -> list[Box]:
    """Join pieces that stand above each other: halves of a letter that a stroke divided."""
    letters: list[Box] = []
    for box in sorted(group, key=lambda piece: piece.left):
        if letters and min(letters[-1].right, box.right) - max(letters[-1].left, box.left) > 0.5 * min(
            letters[-1].width, box.width
        ):
            letters[-1] = Box.around((letters[-1], box))
        else:
            letters.append(box)
    return letters
