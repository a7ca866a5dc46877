"""Strips parted at wide gaps: a recogniser of lines that is shown two columns at once runs their words together."""

import numpy as np
from numpy.typing import NDArray

from scanfix.images import GrayImage, Mask
from scanfix.ocr.framing import Form, Frame

# In letters. Two spaces end a sentence and three are still a typist's whim; what is wider parts columns.
_WIDE = 3.5
# Paper is measured in blocks, for a page's shadow changes along a line; a block is wider than any letter, so that most
# of it is paper.
_BLOCK_PX = 96
_PAPER_PERCENT = 75
_INK_PERCENT = 2
# Ink is darker than paper by a share of what the darkest ink of the strip is, and by more than the grain of paper.
_SHARE_OF_INK = 0.35
_GRAIN = 30
# Rows that are looked at, in x-heights about the baseline: ditto marks stand high, commas hang low.
_ABOVE, _BELOW = 1.5, 0.25
# A single pixel is a speck; a full stop is two wide and two high.
_LEAST_PX = 2


def parts(strip: GrayImage, frame: Frame, form: Form) -> tuple[tuple[GrayImage, Frame], ...]:
    """Part a strip at its wide gaps.

    Parameters
    ----------
    strip
        A level line, shape (form.height_px, frame.width_px), 0 ink to 255 paper.
    frame
        Where it lies on the page.
    form
        What strips look like.

    Returns
    -------
    tuple of (GrayImage, Frame)
        The pieces from left to right; the strip itself where it has no wide gap.
    """
    columns = np.flatnonzero(_inked(strip, form))
    gaps = np.flatnonzero(np.diff(columns) > _WIDE * frame.pitch_px * frame.to_strip.a)
    if not len(gaps):
        return ((strip, frame),)
    margin = round(form.margin * form.x_height_px * frame.to_strip.a / frame.to_strip.e)
    starts = [0, *(max(0, int(column) - margin) for column in columns[gaps + 1])]
    ends = [*(int(column) + 1 + margin for column in columns[gaps]), frame.width_px]
    return tuple((strip[:, start:end], frame.part(start, end)) for start, end in zip(starts, ends, strict=True))


def ink(image: GrayImage, paper: NDArray[np.float32]) -> Mask:
    """Tell ink from paper.

    Parameters
    ----------
    image
        Grey pixels, shape (height, width).
    paper
        The paper's grey about each pixel, in a shape that broadcasts to the image's.

    Returns
    -------
    (height, width) bool
        True where ink is.
    """
    darkness = paper - image
    darkest = float(np.percentile(darkness, 100 - _INK_PERCENT))
    return np.asarray(darkness > max(_GRAIN, _SHARE_OF_INK * darkest))


def _inked(strip: GrayImage, form: Form) -> Mask:
    """Tell which columns of a strip have ink where letters stand, shape (width,)."""
    blocks = [strip[:, start : start + _BLOCK_PX] for start in range(0, strip.shape[1], _BLOCK_PX)]
    paper = [np.full(block.shape[1], np.percentile(block, _PAPER_PERCENT), np.float32) for block in blocks]
    top = round((form.above - _ABOVE) * form.x_height_px)
    bottom = round((form.above + _BELOW) * form.x_height_px)
    found = ink(strip, np.concatenate(paper))[top:bottom]
    return np.asarray(found.sum(axis=0) >= _LEAST_PX)
