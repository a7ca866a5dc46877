"""Reading: the crops of rows, level and upright, and what a reading tells."""

import cv2
import numpy as np

from scanfix.images import GrayImage
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame
from scanfix.marks.regions.rows import Row
from scanfix.model.text import CropText

# Paper around a row, in heights of its letters: ascenders, and the bend of a worn stamp.
_AROUND = 0.35
# Fewer letters say nothing of their case.
_FEWEST = 4


def row_crop(frame: Frame, row: Row, *, is_reversed: bool) -> GrayImage:
    """Cut a row out of the page so that it lies level.

    ``is_reversed``: it is read from its other end, upside down.
    """
    corners = np.array(row.quad.corners, dtype=np.float32)
    if is_reversed:
        corners = corners[[2, 3, 0, 1]]
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = float(np.hypot(*along)), float(np.hypot(*down))
    around = _AROUND * height
    along, down = along / length, down / height
    first = corners[0] - around * (along + down)
    size = (round(length + 2 * around), round(height + 2 * around))
    rows = np.array([[along[0], down[0], first[0]], [along[1], down[1], first[1]]], dtype=np.float64)
    ink = np.ascontiguousarray(frame.ink).view(np.uint8)
    cut = cv2.warpAffine(ink, rows, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return crop_of(cut > 0)


def letters(text: str) -> int:
    """Count letters and digits."""
    return sum(sign.isalnum() for sign in text)


def weight(said: CropText) -> float:
    """Say how much a reading tells: its letters, weighted with the second voice's confidence."""
    return letters(said.second) * said.confidence


def best_text(said: CropText) -> str:
    """Choose the reading of a row: the second voice's, which reads stamps better, unless it read nothing."""
    return " ".join((said.second or said.engine).split())


def is_running_text(text: str) -> bool:
    """Tell whether a row is in small letters: type on a page that was not levelled, stamps are cut in capitals."""
    signs = [sign for sign in text if sign.isalpha()]
    return len(signs) >= _FEWEST and sum(sign.islower() for sign in signs) > 0.5 * len(signs)
