"""The marks workshop: what was stamped, printed or struck on a page, found on the upright page before cleaning.

A detector is one module and one line of the table; `find_marks` runs those that the settings name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scanfix.errors import SettingsError
from scanfix.images import GrayImage
from scanfix.marks.banner import BannerDetector
from scanfix.marks.classification import ClassificationDetector
from scanfix.marks.frame import turned
from scanfix.marks.socket import CropReader, Detector
from scanfix.model.mark import Mark
from scanfix.settings import MarksSettings

__all__ = ["DETECTORS", "CropReader", "Detector", "build", "find_marks"]

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
    kept: list[Mark] = []
    for detector in detectors:
        found = _find(detector, upright, dpi=dpi, read=read, levelled_deg=levelled_deg)
        for mark in sorted(found, key=lambda mark: -mark.confidence):
            if not any(_is_same(mark, other) for other in kept):
                kept.append(mark)
    kept.sort(key=lambda mark: (mark.box.top, mark.box.left))
    return tuple(replace(mark, mark_id=f"m{number}") for number, mark in enumerate(kept, start=1))


def _find(
    detector: Detector, upright: GrayImage, *, dpi: float, read: CropReader, levelled_deg: float
) -> tuple[Mark, ...]:
    """Run a detector on the page as it lies, or as the scan lay; boxes are of the upright page in both cases."""
    if not detector.lies_on_scan or levelled_deg == 0.0:
        return detector.find(upright, dpi=dpi, read=read)
    scan, to_scan = turned(upright, clockwise_deg=-levelled_deg)
    back = to_scan.inverse()
    height, width = upright.shape
    return tuple(
        replace(mark, box=quad.box.clip(width=width, height=height), quad=quad)
        for mark in detector.find(scan, dpi=dpi, read=read)
        for quad in (back.quad(mark.box),)
    )


def _is_same(one: Mark, other: Mark) -> bool:
    """Tell whether two marks are one thing seen twice."""
    return max(one.box.share_inside(other.box), other.box.share_inside(one.box)) >= _SAME_THING
