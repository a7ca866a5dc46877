"""Parts of a page turned level: where a stamp lies askew, upright or upside down, its lines are read level."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, radians, sin

import cv2
import numpy as np

from scanfix.images import GrayImage, Mask
from scanfix.marks.frame import Frame, as_image
from scanfix.model.geometry import Affine, Box, Point

_INK = 128


@dataclass(frozen=True, kw_only=True, eq=False)
class Patch:
    """A level part of a page.

    ``image`` is its ink drawn on paper, (height, width) uint8, 0 ink to 255 paper, soft at the edges of letters where
    it was turned; ``ink`` the mask of the same shape; ``to_frame`` the map from its pixels to the frame's.
    """

    image: GrayImage
    ink: Mask
    angle_deg: float
    to_frame: Affine

    @property
    def box(self) -> Box:
        """The whole patch."""
        return Box(left=0, top=0, right=int(self.ink.shape[1]), bottom=int(self.ink.shape[0]))

    @property
    def to_patch(self) -> Affine:
        """The map from the frame's pixels to its own."""
        return self.to_frame.inverse()


def turned_by(angle_deg: float) -> Affine:
    """Return the turn that makes lines lying clockwise by an angle level."""
    across, down = cos(radians(angle_deg)), sin(radians(angle_deg))
    return Affine(a=across, b=down, c=0.0, d=-down, e=across, f=0.0)


def patch_of(frame: Frame, points: Sequence[Point], *, angle_deg: float, margin_px: int) -> Patch:
    """Cut a part out of a page and turn it level.

    Parameters
    ----------
    frame
        The page.
    points
        Corners of what must lie in the part, in the frame's pixels.
    angle_deg
        How far its lines lie clockwise: 0 for level ones, 90 for those that run downwards.
    margin_px
        Paper around it; beyond the page it is white.
    """
    turn = turned_by(angle_deg)
    placed = [turn.point(x, y) for x, y in points]
    left = min(x for x, _ in placed) - margin_px
    top = min(y for _, y in placed) - margin_px
    width = ceil(max(x for x, _ in placed) + margin_px - left)
    height = ceil(max(y for _, y in placed) + margin_px - top)
    to_patch = turn.then(Affine(a=1.0, b=0.0, c=-left, d=0.0, e=1.0, f=-top))
    way = to_patch.inverse()
    corners = way.quad(Box(left=0, top=0, right=width, bottom=height)).box.grow(2)
    window = corners.clip(width=frame.width, height=frame.height)
    page = as_image(frame.ink[window.top : window.bottom, window.left : window.right])
    rows = np.array(Affine(a=1.0, b=0.0, c=window.left, d=0.0, e=1.0, f=window.top).then(to_patch).rows)
    # The map speaks of corners of pixels, warpAffine of their centres.
    rows[:, 2] += rows[:, 0] * 0.5 + rows[:, 1] * 0.5 - 0.5
    turned = cv2.warpAffine(page, rows, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    image = turned.astype(np.uint8, copy=False)
    return Patch(image=image, ink=image < _INK, angle_deg=angle_deg, to_frame=way)
