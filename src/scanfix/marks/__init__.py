"""The marks workshop: what was stamped, printed or struck on a page, found on the upright page before cleaning.

A detector is one module and one line of the table; `find_marks` runs those that the settings name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scanfix.errors import SettingsError
from scanfix.images import GrayImage
from scanfix.marks.banner import BannerDetector
from scanfix.marks.classification import ClassificationDetector
from scanfix.marks.frame import Frame, frame_of, turned
from scanfix.marks.regions import RegionDetector
from scanfix.marks.socket import CropReader, Detector, View, Wanted
from scanfix.marks.stamps import StampDetector
from scanfix.marks.struck import StrikeDetector
from scanfix.marks.withheld import WithheldDetector
from scanfix.model.geometry import Affine
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import CropText, Line
from scanfix.settings import MarksSettings

__all__ = ["DETECTORS", "CropReader", "Detector", "View", "Wanted", "build", "find_marks"]

DETECTORS: Mapping[str, Callable[[MarksSettings], Detector]] = {
    "banner": BannerDetector,
    "classification": ClassificationDetector,
    "region": RegionDetector,
    "stamp": StampDetector,
    "strike": StrikeDetector,
    "withheld": WithheldDetector,
}

# Two marks of which one lies in the other to that share are one thing seen twice, where they are of one kind or both
# are lines of print that could be either; a check box lies in its stamp, a code in the box that it explains.
_SAME_THING = 0.6
_LINES_OF_PRINT: frozenset[MarkKind] = frozenset({"banner", "classification", "stamp"})
# A detector that asks again and again would never end; stamps ask four times.
_MOST_ROUNDS = 12


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
    upright: GrayImage,
    *,
    dpi: float,
    read: CropReader,
    detectors: Sequence[Detector],
    lines: Sequence[Line] = (),
    levelled_deg: float = 0.0,
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
    lines
        What was read on the page, boxes in its pixels.
    levelled_deg
        How far the scan was turned clockwise to level its lines: what was printed on the scan afterwards leans by it.
    """
    page = frame_of(upright, dpi=dpi)
    scan, scan_to_page = page, Affine.identity()
    if levelled_deg != 0.0 and any(detector.lies_on_scan for detector in detectors):
        lying, to_scan = turned(upright, clockwise_deg=-levelled_deg)
        scan, scan_to_page = frame_of(lying, dpi=dpi), to_scan.inverse()
    kept: list[Mark] = []
    for comes_after in (False, True):
        group = [detector for detector in detectors if detector.comes_after == comes_after]
        before = tuple(kept)
        ways = [scan.to_page.then(scan_to_page) if detector.lies_on_scan else page.to_page for detector in group]
        # Detectors that see one frame share one view.
        seen = {
            way: _view(scan if detector.lies_on_scan else page, lines, before, way.inverse())
            for detector, way in zip(group, ways, strict=True)
        }
        views = [seen[way] for way in ways]
        for found, way in zip(_sought(group, views, read), ways, strict=True):
            for mark in sorted((_on_page(mark, way, upright) for mark in found), key=lambda mark: -mark.confidence):
                if not any(_is_same(mark, other) for other in kept):
                    kept.append(mark)
    kept.sort(key=lambda mark: (mark.box.top, mark.box.left))
    return tuple(replace(mark, mark_id=f"m{number}") for number, mark in enumerate(kept, start=1))


def _view(frame: Frame, lines: Sequence[Line], found: Sequence[Mark], to_frame: Affine) -> View:
    """Bring what is known of a page to a frame."""
    moved = tuple(
        replace(
            line,
            box=to_frame.box(line.box),
            words=tuple(replace(word, box=to_frame.box(word.box)) for word in line.words),
        )
        for line in lines
    )
    return View(frame=frame, lines=moved, found=tuple(mark.moved(to_frame) for mark in found))


def _sought(detectors: Sequence[Detector], views: Sequence[View], read: CropReader) -> list[tuple[Mark, ...]]:
    """Let detectors seek side by side; the crops of all are read together, round by round."""
    found: list[tuple[Mark, ...]] = [()] * len(detectors)
    seeking = {
        number: detector.seek(view) for number, (detector, view) in enumerate(zip(detectors, views, strict=True))
    }
    answers: dict[int, Sequence[CropText] | None] = dict.fromkeys(seeking)
    for _ in range(_MOST_ROUNDS):
        asked: dict[int, Sequence[Wanted]] = {}
        for number, answer in answers.items():
            try:
                asked[number] = next(seeking[number]) if answer is None else seeking[number].send(answer)
            except StopIteration as end:
                found[number] = end.value
        if not asked:
            return found
        answers = dict(zip(asked, _answers(tuple(asked.values()), read), strict=True))
    raise AssertionError(f"a detector still asks after {_MOST_ROUNDS} rounds")


def _answers(asked: Sequence[Sequence[Wanted]], read: CropReader) -> list[tuple[CropText, ...]]:
    """Read the crops of all detectors, one call for each way of reading; a crop that several want is read once."""
    keys = [[(crop.is_quick, crop.image.shape, crop.image.tobytes()) for crop in crops] for crops in asked]
    once = {key: crop for row, crops in zip(keys, asked, strict=True) for key, crop in zip(row, crops, strict=True)}
    said: dict[tuple[bool, tuple[int, ...], bytes], CropText] = {}
    for is_quick in (False, True):
        group = {key: crop.image for key, crop in once.items() if crop.is_quick == is_quick}
        if group:
            said |= dict(zip(group, read(tuple(group.values()), is_quick=is_quick), strict=True))
    return [tuple(said[key] for key in row) for row in keys]


def _on_page(mark: Mark, to_page: Affine, upright: GrayImage) -> Mark:
    """Bring a mark from its frame to the page; one that lay level on a turned scan keeps its corners."""
    if to_page == Affine.identity():
        return mark
    height, width = upright.shape
    is_turned = to_page.b != 0.0
    quad = to_page.turn(mark.quad) if mark.quad else to_page.quad(mark.box) if is_turned else None
    moved = replace(mark.moved(to_page), quad=quad)
    box = quad.box if quad else moved.box
    return replace(moved, box=box.clip(width=width, height=height))


def _is_same(one: Mark, other: Mark) -> bool:
    """Tell whether two marks are one thing seen twice."""
    is_rival = one.kind == other.kind or {one.kind, other.kind} <= _LINES_OF_PRINT
    return is_rival and max(one.box.share_inside(other.box), other.box.share_inside(one.box)) >= _SAME_THING
