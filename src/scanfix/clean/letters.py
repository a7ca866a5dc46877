"""What the ink is made of: its components, and from them the height of letters, the width of strokes, the specks."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Labels, Mask, connected

# Components outside these sizes (in shares of the page's longer side) are specks or pictures. A page of 11.5 inches
# has letters of 3 to 20 thousandths.
_SMALLEST_LETTER = 0.0025
_LARGEST_LETTER = 0.03
_LEAST_LETTERS = 40
# Letters of one line stand on one base: within a quarter of their height, at least three in a stretch of 14 heights
# (a word). Specks of a desk beside the page and of show-through do not, and outnumber letters on some pages
# (tapus-fr, a play in a bound volume: 17,000 specks were taken for letters of half the size).
_BASE = 0.25
_STRETCH = 14.0
_LEAST_COMPANY = 3
# Heights within this factor of each other count as one size when company is sought.
_ONE_SIZE = 1.3
# Strokes are measured on every seventh row: a letter still has three or four of them.
_EVERY_ROW = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Components:
    """The connected parts of a page's ink; index 0 is the first part, paper is left out.

    ``labels`` has the page's shape and counts from 1; the rest are one value a part, in pixels.
    """

    labels: Labels
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    area: NDArray[np.int32]

    @property
    def bottom(self) -> NDArray[np.int32]:
        """The row below each part."""
        return self.top + self.height

    @property
    def middle(self) -> NDArray[np.float64]:
        """The column of each part's middle."""
        return self.left + self.width / 2


def components(ink: Mask) -> Components:
    """Find the connected parts of the ink, diagonal neighbours counted as connected."""
    labels, boxes = connected(ink)
    left, top, width, height, area = (boxes[1:, column] for column in range(5))
    return Components(labels=labels, left=left, top=top, width=width, height=height, area=area)


def x_height(parts: Components) -> float | None:
    """Measure the height of lower-case letters.

    Returns
    -------
    float or None
        Pixels; ``None`` where too few parts stand in lines. On a page of capitals it is their height.
    """
    heights = parts.height[_is_letter(parts)]
    if heights.size < _LEAST_LETTERS:
        return None
    counts = np.bincount(heights).astype(np.float64)
    # Letters of one height spread over two or three pixel rows: smooth by a tenth of the height before the mode.
    spread = max(1, round(0.1 * float(np.median(heights))))
    mode = int(np.argmax(np.convolve(counts, np.ones(2 * spread + 1), mode="same")))
    near = heights[np.abs(heights - mode) <= spread]
    return float(near.mean())


def of_size(parts: Components, x_height_px: float) -> NDArray[np.bool_]:
    """Tell which parts have about the size of a letter where lower-case ones are ``x_height_px`` high."""
    has_height = (parts.height > 0.5 * x_height_px) & (parts.height < 2 * x_height_px)
    has_width = (parts.width > 0.2 * x_height_px) & (parts.width < 3 * x_height_px)
    return has_height & has_width


def stroke_width(ink: Mask) -> float | None:
    """Measure the width of strokes: the median length of the ink's runs along rows; ``None`` without ink."""
    framed = np.pad(ink[::_EVERY_ROW], ((0, 0), (1, 1))).view(np.int8)
    edges = np.diff(framed, axis=1)
    lengths = np.nonzero(edges == -1)[1] - np.nonzero(edges == 1)[1]
    # Single pixels are noise on most scans; no stroke of a readable page is that thin.
    strokes = lengths[lengths > 1]
    return float(np.median(strokes)) if strokes.size else None


def company(
    parts: Components,
    chosen: NDArray[np.intp],
    *,
    row_px: float | NDArray[np.float64],
    stretch_px: float | NDArray[np.float64],
    kind: float | NDArray[np.float64] = 0.0,
) -> NDArray[np.intp]:
    """Count for each chosen part how many of its kind end on its row within its stretch, itself among them."""
    row, column = parts.bottom[chosen] // row_px, parts.middle[chosen] // stretch_px
    # One number for kind, row and column; no page has 100,000 rows of letters.
    _, place, count = np.unique((kind * 1e5 + row) * 1e5 + column, return_inverse=True, return_counts=True)
    return count[place]


def _is_letter(parts: Components) -> NDArray[np.bool_]:
    """Tell which parts have the size of a letter and stand on a line with others of their size."""
    side = max(parts.labels.shape)
    has_size = (
        (parts.height >= max(4.0, _SMALLEST_LETTER * side))
        & (parts.height <= _LARGEST_LETTER * side)
        & (parts.width >= parts.height * 0.3)
        & (parts.width <= parts.height * 2.0)
    )
    chosen = np.flatnonzero(has_size)
    if not chosen.size:
        return cast(NDArray[np.bool_], has_size)
    size = np.round(np.log(parts.height[chosen]) / np.log(_ONE_SIZE))
    height = _ONE_SIZE**size
    alone = company(parts, chosen, row_px=_BASE * height, stretch_px=_STRETCH * height, kind=size) < _LEAST_COMPANY
    has_size[chosen[alone]] = False
    return cast(NDArray[np.bool_], has_size)
