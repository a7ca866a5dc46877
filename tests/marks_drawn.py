"""Pages drawn for the tests of the marks workshop, and a reader that knows what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import radians, tan

import cv2
import numpy as np

from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.text import CropText

FONT = cv2.FONT_HERSHEY_DUPLEX


def word(page: GrayImage, text: str, *, left: int, bottom: int, scale: float = 2.0, thickness: int = 6) -> Box:
    """Draw a text and return the box of its ink; the page is changed in place, which only tests may do."""
    blank = np.full_like(page, 255)
    for letter in text:
        cv2.putText(blank, letter, (left, bottom), FONT, scale, 0, thickness, cv2.LINE_8)
        left += cv2.getTextSize(letter, FONT, scale, thickness)[0][0] + thickness - 2
    page[:] = np.minimum(page, blank)
    rows, columns = np.nonzero(blank == 0)
    return Box(left=int(columns.min()), top=int(rows.min()), right=int(columns.max()) + 1, bottom=int(rows.max()) + 1)


def line(page: GrayImage, start: tuple[float, float], end: tuple[float, float], *, thickness: int = 6) -> None:
    """Draw a straight line."""
    first, last = (round(start[0]), round(start[1])), (round(end[0]), round(end[1]))
    cv2.line(page, first, last, 0, thickness, cv2.LINE_8)


def stroke(
    page: GrayImage, box: Box, *, angle_deg: float, reach: float, depth: float = 0.5, thickness: int = 6
) -> None:
    """Draw a stroke through the middle of a box; ``reach`` is half its width."""
    x, y = (box.left + box.right) / 2, box.top + depth * box.height
    rise = tan(radians(angle_deg)) * reach
    line(page, (x - reach, y + rise), (x + reach, y - rise), thickness=thickness)


def blank(*, width: int = 2550, height: int = 3300) -> GrayImage:
    """Return an empty page; letter size at 300 dpi by default."""
    return np.full((height, width), 255, np.uint8)


@dataclass
class Reader:
    """Reads a crop as the drawn text of the same width; counts its calls."""

    texts: dict[str, Box] = field(default_factory=dict)
    scale: float = 1.0
    calls: int = 0
    margin_px: int = 28

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        """Read crops."""
        del is_quick
        self.calls += 1
        return tuple(CropText(engine=self._read(crop.shape[1] - self.margin_px)) for crop in crops)

    def _read(self, width: int) -> str:
        near = {text: abs(box.width * self.scale - width) for text, box in self.texts.items()}
        best = min(near, key=lambda text: near[text], default="")
        return best if best and near[best] <= 0.06 * width else ""
