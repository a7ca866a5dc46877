"""Five ways of treating a page before it is read: their order on pressed pages must be that on real ones.

Each does something to grey pages and to pages in two tones: a threshold, which leaves the second as they are, would
only tie.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from scanfix import images
from scanfix.clean import recipe
from scanfix.images import GrayImage
from scanfix.model.page import ImageFile, Page, PageId, PageSource
from scanfix.model.provenance import Provenance
from scanfix.settings import CleanSettings

# What the despeckling filters of scanner drivers take: five pixels at the archive's resolution.
_MEDIAN_PX = 5
# Half the area of a typed full stop at 300 dpi.
_SPECK_PX = 15


def as_scanned(page: GrayImage) -> GrayImage:
    """Leave the page as it came."""
    return page


def specks_removed(page: GrayImage) -> GrayImage:
    """Paint specks white: components of ink, at Otsu's threshold, smaller than a full stop."""
    _, ink = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    is_speck = stats[:, cv2.CC_STAT_AREA] <= _SPECK_PX
    is_speck[0] = False
    cleaned = page.copy()
    cleaned[is_speck[labels]] = 255
    return cleaned


def half_size(page: GrayImage) -> GrayImage:
    """Halve the resolution, as offices do that save space."""
    height, width = page.shape
    small = cv2.resize(page, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def despeckled(page: GrayImage) -> GrayImage:
    """Take the median of the neighbourhood."""
    return np.asarray(cv2.medianBlur(page, _MEDIAN_PX), dtype=np.uint8)


def ours(page: GrayImage) -> GrayImage:
    """Clean as ``scanfix run`` does, orientation apart."""
    with TemporaryDirectory(prefix="scanfix-bench-") as name:
        folder = Path(name)
        image = images.write_png(folder / "page.png", page, dpi=300)
        page_id = PageId(scan_id="page", number=1)
        source = PageSource(page_id=page_id, file=image.path, sha256=image.sha256, page=1)
        known = Provenance(made_by="benchmark", recipe="{}", inputs=(image.sha256,))
        asked = Page(page_id=page_id, source=source, image=image, dpi_source="assumed", provenance=known)
        settings = CleanSettings(find_orientation=False)
        clean = recipe.clean_page(asked, settings, folder=folder, find_turn=_upright)
        return images.read_gray(clean.clean)


RECIPES: Mapping[str, Callable[[GrayImage], GrayImage]] = {
    "as scanned": as_scanned,
    "half size": half_size,
    "specks removed": specks_removed,
    "median 5 px": despeckled,
    "scanfix": ours,
}


def _upright(image: ImageFile, /) -> tuple[int, float]:
    """Say that a page stands upright."""
    del image
    return 0, 0.0
