"""Level rows of letters in a patch: bands, in which broken letters and wide gaps stay together."""

from collections.abc import Sequence

from scanfix.images import GrayImage, Mask
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import part
from scanfix.marks.rows import Letters, Row, rows_of
from scanfix.model.geometry import Box

# Capitals of stamps at 300 dpi; worn ones break into pieces half as high, and one in two may be lost.
LETTERS = Letters(lowest_px=9, tallest_px=66, gap_px=60, gap_heights=2.6, widest_gap_px=75, ratio=2.6)
# Rows at one height are one band where they are no farther apart: TS, S and C stand 2 capitals apart.
_APART_PX = 130
_SAME_HEIGHT = 0.55


def bands_of(ink: Mask) -> tuple[Box, ...]:
    """Find the bands of a level patch, from top to bottom; rows at one height that stand near each other are one."""
    bands: list[Box] = []
    for box in sorted((_body(row) for row in rows_of(ink, LETTERS)), key=lambda box: -box.width):
        home = next((index for index, band in enumerate(bands) if _is_level(box, band)), None)
        if home is None:
            bands.append(box)
        else:
            bands[home] = Box.around((bands[home], box))
    return tuple(sorted(bands, key=lambda box: box.top))


def band_crop(ink: Mask, box: Box, *, above_px: int = 0) -> GrayImage:
    """Cut a band out of a patch, a little higher where asked; what lies beyond the patch is left out."""
    inside = Box(left=box.left, top=box.top - above_px, right=box.right, bottom=box.bottom + above_px).clip(
        width=ink.shape[1], height=ink.shape[0]
    )
    return crop_of(part(ink, inside))


def widest(bands: Sequence[Box], count: int, *, least_px: int) -> tuple[Box, ...]:
    """Choose the widest bands."""
    wide = sorted((band for band in bands if band.width >= least_px), key=lambda band: -band.width)
    return tuple(wide[:count])


def _body(row: Row) -> Box:
    """Return the box of a row without what reaches out of it at a letter or two."""
    return row.ink_box


def _is_level(box: Box, band: Box) -> bool:
    """Tell whether a row goes on at a band's height, not far from its ends."""
    shared = min(box.bottom, band.bottom) - max(box.top, band.top)
    apart = max(box.left, band.left) - min(box.right, band.right)
    return shared >= _SAME_HEIGHT * min(box.height, band.height) and -10 <= apart <= _APART_PX
