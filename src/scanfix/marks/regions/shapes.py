"""The shape of a piece of ink: its hull, how straight and how thick it is, whether it runs round something."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.regions.loose import pixels_of
from scanfix.model.geometry import Box, Quad

# A ring is looked at in that many directions.
_DIRECTIONS = 48
# A ring bends and is worn: its ink lies that near an ellipse, in half-axes.
_OFF_RIM = 0.1
# Fewer corners of a hull give no ellipse.
_FEWEST_CORNERS = 6
# A straight stroke that spans a piece reaches over most of its length, nearly without a gap.
_SPANS = 0.85
_STRAIGHT = 0.93
_SAMPLES = 60


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """A piece of ink: its box, and its own ink in it."""

    box: Box
    ink: Mask

    @cached_property
    def area(self) -> int:
        """Pixels of ink."""
        return int(np.count_nonzero(self.ink))

    @cached_property
    def hull(self) -> np.ndarray:
        """Corners of the convex hull, in pixels of the box, shape (corners, 1, 2)."""
        return cv2.convexHull(cv2.findNonZero(self.ink.view(np.uint8)))

    @property
    def density(self) -> float:
        """Share of the box that is ink."""
        return self.area / max(1, self.box.area)

    @cached_property
    def solidity(self) -> float:
        """Share of the hull that is ink, 1 for a disc or a straight stroke."""
        return min(1.0, self.area / (cv2.contourArea(self.hull) + cv2.arcLength(self.hull, closed=True) / 2 + 1))

    @cached_property
    def tight(self) -> tuple[tuple[float, float], tuple[float, float], float]:
        """The smallest turned rectangle around the ink: middle, sides, angle in degrees, as OpenCV gives it."""
        (x, y), (width, height), angle = cv2.minAreaRect(self.hull)
        return (float(x), float(y)), (float(width), float(height)), float(angle)

    @property
    def long(self) -> float:
        """Longer side of the tight rectangle, in pixels."""
        return max(self.tight[1]) + 1

    @property
    def short(self) -> float:
        """Shorter side of the tight rectangle, in pixels."""
        return min(self.tight[1]) + 1

    @cached_property
    def thickness(self) -> float:
        """Thickness of the ink where it is thickest, in pixels."""
        padded = np.pad(self.ink.view(np.uint8), 1)
        return 2 * float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max())

    @cached_property
    def mirrored(self) -> float:
        """Likeness to its own mirror image, left for right or top for bottom, intersection over union."""
        return max(self._likeness(self.ink[:, ::-1]), self._likeness(self.ink[::-1]))

    def _likeness(self, other: Mask) -> float:
        """Compare two masks of one shape."""
        return float(int(np.count_nonzero(self.ink & other)) / max(1, int(np.count_nonzero(self.ink | other))))

    @cached_property
    def ruled(self) -> float:
        """Share of the ink that lies in long level or upright runs: 1 for boxes and underlines, low for a hand."""
        pixels = self.ink.view(np.uint8)
        height, width = pixels.shape
        runs = np.zeros_like(pixels)
        for size in ((max(12, width // 2), 1), (1, max(12, height // 2))):
            kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
            runs |= cv2.morphologyEx(pixels, cv2.MORPH_OPEN, kernel).astype(np.uint8, copy=False)
        return float(np.count_nonzero(runs)) / max(1, self.area)

    @cached_property
    def spanned(self) -> bool:
        """Whether one straight stroke spans the whole: a strike, a fold or a rule with letters on it."""
        corners = self.hull[:, 0, :].astype(np.float64)
        one, other = np.triu_indices(len(corners), k=1)
        far = np.hypot(*(corners[one] - corners[other]).T) >= _SPANS * self.long
        if not far.any():
            return False
        along = np.linspace(0.02, 0.98, _SAMPLES)[None, :, None]
        points = corners[one[far]][:, None] * (1 - along) + corners[other[far]][:, None] * along
        columns, rows = np.rint(points[..., 0]).astype(np.int64), np.rint(points[..., 1]).astype(np.int64)
        # The corners lie on the rim of a stroke: its neighbours count too.
        wide = cv2.dilate(self.ink.view(np.uint8), np.ones((3, 3), np.uint8))
        return bool((wide[rows, columns] > 0).mean(axis=1).max() >= _STRAIGHT)

    @cached_property
    def rim(self) -> float:
        """Share of the directions in which the outermost ink lies on an ellipse: that of the box, or one fitted."""
        level = self._rim((self.box.width - 1) / 2, (self.box.height - 1) / 2, self.box.width, self.box.height, 0.0)
        if len(self.hull) < _FEWEST_CORNERS:
            return level
        (x, y), (width, height), angle = cv2.fitEllipse(self.hull)
        if not (0 < width < 2 * self.long and 0 < height < 2 * self.long):
            return level
        return max(level, self._rim(x, y, width, height, angle))

    def _rim(self, x: float, y: float, width: float, height: float, angle_deg: float) -> float:
        """Look at one ellipse."""
        rows, columns = np.nonzero(self.ink)
        turn = np.radians(angle_deg)
        right, down = columns - x, rows - y
        along = (right * np.cos(turn) + down * np.sin(turn)) / (width / 2)
        across = (down * np.cos(turn) - right * np.sin(turn)) / (height / 2)
        direction = ((np.arctan2(across, along) / (2 * np.pi) + 0.5) * _DIRECTIONS).astype(np.int64) % _DIRECTIONS
        outermost = np.zeros(_DIRECTIONS)
        np.maximum.at(outermost, direction, np.hypot(along, across))
        return float(np.mean(np.abs(outermost - 1.0) <= _OFF_RIM))

    @cached_property
    def runs(self) -> float:
        """Runs of ink a row of pixels, or a column, whichever are more, on average: many in hatching."""
        level = np.count_nonzero(self.ink[:, 1:] & ~self.ink[:, :-1]) / self.box.height
        upright = np.count_nonzero(self.ink[1:] & ~self.ink[:-1]) / self.box.width
        return float(max(level, upright))

    @cached_property
    def border(self) -> float:
        """Share of the four sides of the tight rectangle along which ink runs."""
        (x, y), (width, height), angle = self.tight
        turn = cv2.getRotationMatrix2D((x, y), angle, 1.0)
        size = (round(width) + 9, round(height) + 9)
        turn[:, 2] += np.array([size[0] / 2 - x, size[1] / 2 - y])
        level = cv2.warpAffine(self.ink.view(np.uint8), turn, size, flags=cv2.INTER_NEAREST)
        # A frame bends and is worn: ink within a fifth of an inch of the edge counts for the side.
        depth = max(8, min(24, min(size) // 6))
        sides = (
            level[:depth].any(axis=0),
            level[-depth:].any(axis=0),
            level[:, :depth].any(axis=1),
            level[:, -depth:].any(axis=1),
        )
        return float(min(np.mean(side) for side in sides))

    @property
    def quad(self) -> Quad:
        """The tight rectangle in the frame, starting at the top left of the level reading direction."""
        corners = cv2.boxPoints(self.tight).astype(np.float64)
        corners += np.array([self.box.left, self.box.top])
        first = int(np.argmin(corners.sum(axis=1)))
        one, two, three, four = ((float(x), float(y)) for x, y in np.roll(corners, -first, axis=0))
        return Quad(corners=(one, two, three, four))


def shape_of(frame: Frame, number: int) -> Shape:
    """Look at one piece of a frame."""
    box, ink = pixels_of(frame, number)
    return Shape(box=box, ink=np.ascontiguousarray(ink))
