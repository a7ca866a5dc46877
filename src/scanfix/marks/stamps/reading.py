"""A stamp read line by line at its own angle, and told from its rivals.

The print is looked for where the wording says that it must be: bands of ink are taken for its lines in order, and
each is read by both voices. The wording of which most letters were read is the stamp's; one of several lines needs
two of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from scanfix.images import GrayImage
from scanfix.marks.frame import Frame
from scanfix.marks.stamps.bands import band_crop, bands_of
from scanfix.marks.stamps.fragments import line_likeness
from scanfix.marks.stamps.patches import Patch, patch_of
from scanfix.marks.stamps.printed import Printed, PrintedLine
from scanfix.marks.stamps.sites import Place, Site
from scanfix.marks.stamps.unexplained import sharpest_near
from scanfix.model.geometry import Affine, Box
from scanfix.model.text import CropText

# Paper around the place of a wording, in capitals: hands write and tick that far out of a stamp.
_MARGIN = 3.5
# A band is a line of the stamp where it is so high (in capitals), and that near to where it is expected (in steps).
_LOWEST, _HIGHEST, _NEAR = 0.5, 2.2, 0.45
# The steps of real stamps: half to one and a half of what the rubber's drawing says.
_STEP = (0.7, 1.5)
# A line is cropped that much above and below its capitals, before its left end and after its right one, in capitals.
_ABOVE, _BEFORE, _AFTER = 0.3, 1.4, 2.0
# A line counts as read when its print agrees to that share; a stamp when that many letters and that share of its
# wording's do. One line alone must be nearly right: half of the stamps hold the word DECLASSIFIED.
_LINE = 0.62
_LEAST_LETTERS, _LEAST_SHARE = 12, 0.3
_ALONE, _ALONE_LETTERS = 0.8, 8
_SMALL_TURN_DEG = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRead:
    """A line of a stamp: where it lies in the patch, what was read there, and how well its print agrees."""

    line: PrintedLine
    box: Box
    texts: tuple[str, ...] = ()
    likeness: float = 0.0

    @property
    def is_read(self) -> bool:
        """Whether its print was read well enough."""
        return self.likeness >= _LINE

    @property
    def text(self) -> str:
        """The reading that agrees best."""
        return max(self.texts, key=lambda text: line_likeness(text, self.line), default="")


@dataclass(frozen=True, kw_only=True, eq=False)
class Impression:
    """A stamp on the page: the level part of the page that it lies in, and its lines there, in order.

    ``left_px`` is where its lines begin in the patch, ``capital_px`` the height of its capitals.
    """

    place: Place
    printed: Printed
    patch: Patch
    left_px: float
    capital_px: float
    lines: tuple[LineRead, ...]

    @property
    def letters(self) -> float:
        """How many printed letters were read."""
        return sum(one.likeness * len(one.line.folded) for one in self.lines if one.is_read)

    @property
    def share(self) -> float:
        """Share of the wording's printed letters that were read, 0 to 1."""
        return self.letters / self.printed.letters

    @property
    def is_verified(self) -> bool:
        """Whether enough was read to name the family."""
        read = [one for one in self.lines if one.is_read]
        several = len(read) > 1 and self.letters >= _LEAST_LETTERS and self.share >= _LEAST_SHARE
        alone = any(one.likeness >= _ALONE and len(one.line.folded) >= _ALONE_LETTERS for one in read)
        return several or (alone and len(self.printed.lines) == 1)


def impression_of(frame: Frame, place: Place) -> Impression:
    """Find the lines of the likeliest wording of a place."""
    site = place.sites[0]
    angle = _angle(frame, site)
    patch = patch_of(frame, site.corners, angle_deg=angle, margin_px=round(_MARGIN * site.capital_px))
    seeds = _seeds(site, patch)
    return _laid(place, site.printed, patch, seeds, capital_px=site.capital_px)


def line_crops(impression: Impression) -> list[GrayImage]:
    """Cut the lines out of the patch."""
    above = round(_ABOVE * impression.capital_px)
    return [band_crop(impression.patch.ink, one.box, above_px=above) for one in impression.lines]


def heard(impression: Impression, said: Sequence[CropText], families: Mapping[str, Sequence[Printed]]) -> Impression:
    """Take what was read of the lines, and choose the wording that it shows best."""
    texts = [one.texts for one in said]
    rivals = {id(site.printed): site.printed for site in impression.place.sites}
    for site in impression.place.sites:
        rivals |= {id(one): one for one in families[site.printed.family.family]}
    ways = [(_matched(one, texts), one) for one in rivals.values()]
    best, wording = max(ways, key=lambda way: _worth(way[0], way[1]))
    boxes = [one.box for one in impression.lines]
    if wording is impression.printed and all(index == number for number, (index, _) in best.items()):
        lines = tuple(
            replace(one, texts=texts[index], likeness=best.get(one.line.number, (0, 0.0))[1])
            for index, one in enumerate(impression.lines)
        )
        return replace(impression, lines=lines)
    seeds = {number: boxes[index].centre[1] for number, (index, _) in best.items()}
    laid = _laid(impression.place, wording, impression.patch, seeds, capital_px=impression.capital_px)
    lines = tuple(
        replace(
            one,
            box=boxes[best[one.line.number][0]],
            texts=texts[best[one.line.number][0]],
            likeness=best[one.line.number][1],
        )
        if one.line.number in best
        else one
        for one in laid.lines
    )
    return replace(laid, lines=lines)


def by_family(wordings: Sequence[Printed]) -> dict[str, tuple[Printed, ...]]:
    """Group wordings by their family's name."""
    names = dict.fromkeys(one.family.family for one in wordings)
    return {name: tuple(one for one in wordings if one.family.family == name) for name in names}


def _worth(matched: Mapping[int, tuple[int, float]], wording: Printed) -> tuple[float, float]:
    """Order wordings: more letters read first, then less missing."""
    letters = sum(likeness * len(wording.lines[number].folded) for number, (_, likeness) in matched.items())
    return round(letters, 1), letters / wording.letters


def _matched(wording: Printed, texts: Sequence[Sequence[str]]) -> dict[int, tuple[int, float]]:
    """Match the lines of a wording with readings in order: for each line read, which reading and how well.

    Longest common subsequence of lines, weighted by the letters that agree.
    """
    likenesses = np.array(
        [[max((line_likeness(text, line) for text in said), default=0.0) for said in texts] for line in wording.lines]
    ).reshape(len(wording.lines), len(texts))
    weights = np.where(likenesses >= _LINE, likenesses, 0.0) * np.array([[len(one.folded)] for one in wording.lines])
    best = np.zeros((len(wording.lines) + 1, len(texts) + 1))
    for row in range(len(wording.lines)):
        for column in range(len(texts)):
            best[row + 1, column + 1] = max(
                best[row, column + 1], best[row + 1, column], best[row, column] + weights[row, column]
            )
    matched = {}
    row, column = len(wording.lines), len(texts)
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            matched[row] = (column, float(likenesses[row, column]))
    return matched


def _angle(frame: Frame, site: Site) -> float:
    """Return a site's angle; where only lines of the page spoke, which are level, it is measured on their ink."""
    if site.angle_deg != 0.0:
        return site.angle_deg
    boxes = [one.to_frame.box(one.box).clip(width=frame.width, height=frame.height) for one in site.fragments]
    points = []
    for box in boxes:
        rows, columns = np.nonzero(frame.ink[box.top : box.bottom, box.left : box.right])
        points.append(np.column_stack([columns + box.left, rows + box.top]).astype(np.float64))
    ink = np.concatenate(points) if points else np.zeros((0, 2))
    return sharpest_near(ink, 0.0, reach_deg=_SMALL_TURN_DEG) if len(ink) else 0.0


def _seeds(site: Site, patch: Patch) -> dict[int, float]:
    """Return the heights in the patch at which fragments put lines of the wording."""
    to_patch: Affine = patch.to_patch
    heights: dict[int, float] = {}
    for one in sorted(site.fragments, key=lambda one: one.letters):
        heights[one.line.number] = to_patch.point(*one.to_frame.point(*one.box.centre))[1]
    return heights


def _laid(place: Place, wording: Printed, patch: Patch, seeds: Mapping[int, float], *, capital_px: float) -> Impression:
    """Lay the lines of a wording over the bands of a patch, outwards from those that are known."""
    bands = [box for box in bands_of(patch.ink) if _LOWEST * capital_px <= box.height <= _HIGHEST * capital_px]
    step = wording.family.press.leading * capital_px
    known: dict[int, Box | float] = {number: _nearest(bands, y, _NEAR * step) or y for number, y in seeds.items()}
    for number in sorted(range(len(wording.lines)), key=lambda n: min((abs(n - k) for k in seeds), default=0)):
        if number not in known:
            y = _expected(number, known, step)
            known[number] = _nearest([band for band in bands if band not in known.values()], y, _NEAR * step) or y
    found = [box for box in known.values() if isinstance(box, Box)]
    high = float(median(box.height for box in found)) if found else capital_px
    high = min(max(high, 0.75 * capital_px), 1.35 * capital_px)
    left = _left(patch, place, capital_px)
    lines = tuple(
        LineRead(line=line, box=_line_box(line, _y(known[line.number]), left, high, capital_px))
        for line in wording.lines
    )
    return Impression(place=place, printed=wording, patch=patch, left_px=left, capital_px=high, lines=lines)


def _nearest(bands: Sequence[Box], y: float, reach: float) -> Box | None:
    """Return the widest band whose middle lies near a height."""
    near = [band for band in bands if abs(band.centre[1] - y) <= reach]
    return max(near, key=lambda band: band.width - 4 * abs(band.centre[1] - y), default=None)


def _y(known: Box | float) -> float:
    """Return the middle of a line."""
    return known.centre[1] if isinstance(known, Box) else known


def _expected(number: int, known: Mapping[int, Box | float], step: float) -> float:
    """Return the height at which a line is expected, by those that are known."""
    ys = {other: _y(place) for other, place in known.items()}
    if not ys:
        return 0.0
    below = [other for other in ys if other > number]
    above = [other for other in ys if other < number]
    if above and below:
        first, last = max(above), min(below)
        return ys[first] + (ys[last] - ys[first]) * (number - first) / (last - first)
    numbers = sorted(ys)
    steps = [(ys[b] - ys[a]) / (b - a) for a, b in pairwise(numbers)]
    usual = min(max(float(median(steps)), _STEP[0] * step), _STEP[1] * step) if steps else step
    nearest = min(numbers, key=lambda other: abs(other - number))
    return ys[nearest] + (number - nearest) * usual


def _left(patch: Patch, place: Place, capital_px: float) -> float:
    """Return where the stamp's lines begin in the patch."""
    expected = []
    for one in place.sites[0].fragments:
        box = patch.to_patch.box(one.to_frame.box(one.box)) if one.angle_deg == 0.0 else None
        x = box.left if box else patch.to_patch.point(*one.to_frame.point(one.box.left, one.box.centre[1]))[0]
        expected.append(x - (one.line.left + one.start) * capital_px)
    return float(median(expected)) if expected else 0.0


def _line_box(line: PrintedLine, y: float, left: float, high: float, capital_px: float) -> Box:
    """Return the box of a line in its patch, its capitals' height, with room at both ends."""
    x = left + line.left * capital_px
    right = x + (line.width + _AFTER) * capital_px
    return Box.of((max(0.0, x - _BEFORE * capital_px), y - high / 2, right, y + high / 2))
