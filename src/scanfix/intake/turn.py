"""Quarter turns and mirrors: how an embedded image lies on the page that shows it."""

from dataclasses import dataclass

import numpy as np

from scanfix.images import GrayImage

# Pixels of the image by which its far corner may lie beside a level edge and still count as level.
_SLACK_PX = 1.5
_QUARTER_DEG = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """First swap rows and columns or not, then mirror left-right, then top-bottom."""

    transpose: bool
    mirror_x: bool
    mirror_y: bool

    @property
    def is_none(self) -> bool:
        """Tell whether nothing moves."""
        return not (self.transpose or self.mirror_x or self.mirror_y)

    def apply(self, pixels: GrayImage) -> GrayImage:
        """Turn pixels; none is blended or lost."""
        turned = pixels.T if self.transpose else pixels
        if self.mirror_x:
            turned = turned[:, ::-1]
        if self.mirror_y:
            turned = turned[::-1]
        return np.ascontiguousarray(turned)


def find(
    right: tuple[float, float], down: tuple[float, float], *, size_px: tuple[int, int], rotate_deg: int
) -> Turn | None:
    """Find how an image lies on a page as it is shown, ``None`` where it lies askew.

    Parameters
    ----------
    right, down
        Where the image's rows and columns run on the page, in points, y downwards, over the whole image.
    size_px
        Width and height of the image.
    rotate_deg
        The page's ``/Rotate``, clockwise.
    """
    for _ in range(rotate_deg // _QUARTER_DEG % 4):
        right, down = (-right[1], right[0]), (-down[1], down[0])
    is_swapped = abs(right[1]) > abs(right[0])
    across, along = (down, right) if is_swapped else (right, down)
    width_px, height_px = size_px[::-1] if is_swapped else size_px
    if not (across[0] and along[1]):
        return None
    # The far corners' distance from level, in pixels of the image.
    if max(abs(across[1] / along[1]) * height_px, abs(along[0] / across[0]) * width_px) > _SLACK_PX:
        return None
    return Turn(transpose=is_swapped, mirror_x=across[0] < 0, mirror_y=along[1] < 0)
