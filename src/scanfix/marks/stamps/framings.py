"""The crops in which what was filled in is read: pens are thick, hands narrow or slanting, and rules leave remains."""

from collections.abc import Sequence

import cv2
import numpy as np

from scanfix import images
from scanfix.images import GrayImage
from scanfix.marks.socket import Wanted
from scanfix.marks.stamps.fillins import FillIn
from scanfix.model.text import CropText

# A hand is read again wider and narrower, and with its usual slant undone (across by height).
_WIDE, _NARROW, _SLANT = 1.25, 0.8, 0.25
# A pen is thick where that share of its ink is left by strokes of so many pixels.
_THICK, _PEN_PX = 0.5, 5
_INK = 128
_LEVEL_CROPS = 4


def crops_of(fill: FillIn) -> list[Wanted]:
    """Return the crops in which a field is read, as it stands and, where it leans, turned level.

    The second voice alone reads them: of 110 fields that hands had filled in, the engine read two.
    """
    shapes = [fill.alone, fill.among]
    if fill.by == "hand":
        shapes += _by_hand(fill.alone)
    if fill.level is not None:
        shapes += [fill.level, _across(fill.level, _WIDE), _across(fill.level, _NARROW), _thinned(fill.level, 3)]
    return [Wanted(image=shape, is_quick=True) for shape in shapes]


def parted(fill: FillIn, said: Sequence[CropText]) -> tuple[Sequence[CropText], ...]:
    """Part the answers to a field's crops into those as it stands and those of it turned level."""
    if fill.level is None:
        return (said,)
    return said[:-_LEVEL_CROPS], said[-_LEVEL_CROPS:]


def among(said: Sequence[CropText]) -> CropText | None:
    """Return the answer to the crop that shows everything around a field; ``None`` without answers."""
    return said[1] if len(said) > 1 else None


def _by_hand(writing: GrayImage) -> list[GrayImage]:
    """Return further shapes of what a hand wrote."""
    thin = _thinned(writing, 3)
    shapes = [_across(writing, _WIDE), _across(writing, _NARROW), thin, _across(thin, _WIDE), _upright(writing)]
    if _is_thick(writing):
        shapes.append(_thinned(writing, _PEN_PX))
    return shapes


def _across(writing: GrayImage, factor: float) -> GrayImage:
    """Stretch or press a writing across."""
    height, width = writing.shape
    return images.resized(writing, width_px=round(factor * width), height_px=height)


def _thinned(writing: GrayImage, size_px: int) -> GrayImage:
    """Take the edges off strokes."""
    return cv2.dilate(writing, np.ones((size_px, size_px), np.uint8)).astype(np.uint8, copy=False)


def _upright(writing: GrayImage) -> GrayImage:
    """Undo the slant of a hand."""
    height, width = writing.shape
    way = np.array([[1.0, _SLANT, -_SLANT * height / 2], [0.0, 1.0, 0.0]])
    return cv2.warpAffine(writing, way, (width, height), borderValue=255).astype(np.uint8, copy=False)


def _is_thick(writing: GrayImage) -> bool:
    """Tell whether a pen is thick."""
    ink = (writing < _INK).astype(np.uint8)
    left = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_PEN_PX, _PEN_PX), np.uint8))
    return int(left.sum()) >= _THICK * int(ink.sum())
