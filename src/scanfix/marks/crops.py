"""Crops of single lines, as an engine likes them."""

import numpy as np

from scanfix.images import GrayImage, Mask
from scanfix.marks.frame import as_image

# Engines read letters at the very edge of an image badly; Tesseract's own advice is 10 pixels of paper.
_PAPER_PX = 14


def crop_of(ink: Mask) -> GrayImage:
    """Draw ink on paper with a white margin around it."""
    return np.pad(as_image(ink), _PAPER_PX, constant_values=255)
