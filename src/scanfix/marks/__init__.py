"""The marks workshop: what was stamped, printed or struck on a page, found on the upright page before cleaning.

A detector is one module and one line of the table; `find_marks` runs those that the settings name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scanfix.errors import SettingsError
from scanfix.images import GrayImage
from scanfix.marks.banner import BannerDetector
from scanfix.marks.classification import ClassificationDetector
from scanfix.marks.frame import frame_of, turned
from scanfix.marks.socket import CropReader, Detector, Sought
from scanfix.model.geometry import Affine
from scanfix.model.mark import Mark
from scanfix.settings import MarksSettings

__all__ = ["DETECTORS", "CropReader", "Detector", "Sought", "build", "find_marks"]

DETECTORS: Mapping[str, Callable[[MarksSettings], Detector]] = {
    "banner": BannerDetector,
    "classification": ClassificationDetector,
}

# Two marks of which one lies in the other to that share are one thing seen twice.
_SAME_THING = 0.6


def build(settings: MarksSettings) -> tuple[Detector, ...]:
    """Build the detectors that the settings name, in their order.

    Raises
    ------
    SettingsError
        A name is not in the table.
    """
    unknown = [name for name in settings.detectors if name not in DETECTORS]
    if unknown:
        raise SettingsError(
            f"marks.detectors: no detector is called {', '.join(unknown)}. Choose from {', '.join(sorted(DETECTORS))}."
        )
    return tuple(DETECTORS[name](settings) for name in settings.detectors)


def find_marks(
    upright: GrayImage, *, dpi: float, read: CropReader, detectors: Sequence[Detector], levelled_deg: float = 0.0
) -> tuple[Mark, ...]:
    """Run detectors on a page and number what they find from top to bottom (``m1``, ``m2`` and so on).

    Where two detectors claim the same thing, the earlier in the list keeps it.

    Parameters
    ----------
    upright
        Grey or two-tone upright page, before tonal cleaning, 0 ink to 255 paper.
    dpi
        Resolution of the page.
    read
        Reads crops of single lines.
    detectors
        From `build`.
    levelled_deg
        How far the scan was turned clockwise to level its lines: what was printed on the scan afterwards leans by it.
    """
    page = frame_of(upright, dpi=dpi)
    scan, scan_to_page = page, Affine.identity()
    if levelled_deg != 0.0 and any(detector.lies_on_scan for detector in detectors):
        lying, to_scan = turned(upright, clockwise_deg=-levelled_deg)
        scan, scan_to_page = frame_of(lying, dpi=dpi), to_scan.inverse()
    sought = [detector.seek(scan if detector.lies_on_scan else page) for detector in detectors]
    texts = _texts([one.crops for one in sought], read)
    kept: list[Mark] = []
    for detector, one, read_there in zip(detectors, sought, texts, strict=True):
        found = one.marks(read_there)
        if detector.lies_on_scan and scan is not page:
            found = tuple(_moved(mark, scan_to_page, upright) for mark in found)
        for mark in sorted(found, key=lambda mark: -mark.confidence):
            if not any(_is_same(mark, other) for other in kept):
                kept.append(mark)
    kept.sort(key=lambda mark: (mark.box.top, mark.box.left))
    return tuple(replace(mark, mark_id=f"m{number}") for number, mark in enumerate(kept, start=1))


def _texts(wanted: Sequence[Sequence[GrayImage]], read: CropReader) -> list[list[str]]:
    """Read the crops of all detectors in one call; a crop that several want is read once."""
    keys = [[(crop.shape, crop.tobytes()) for crop in crops] for crops in wanted]
    once = {key: crop for row, crops in zip(keys, wanted, strict=True) for key, crop in zip(row, crops, strict=True)}
    texts = dict(zip(once, read(tuple(once.values())), strict=True)) if once else {}
    return [[texts[key] for key in row] for row in keys]


def _moved(mark: Mark, to_page: Affine, upright: GrayImage) -> Mark:
    """Bring a mark from the scan as it lay to the upright page."""
    height, width = upright.shape
    quad = to_page.quad(mark.box)
    return replace(mark, box=quad.box.clip(width=width, height=height), quad=quad)


def _is_same(one: Mark, other: Mark) -> bool:
    """Tell whether two marks are one thing seen twice."""
    return max(one.box.share_inside(other.box), other.box.share_inside(one.box)) >= _SAME_THING
