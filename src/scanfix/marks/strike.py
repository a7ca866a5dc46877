"""Strokes through letters: found as straight runs of ink that go on where letters stop.

The letters' box is searched at every angle for the longest straight run. A run is a stroke through the letters when
it is long for their height, thin where no letter lies behind it, and passes through their body: an underline, a rule
or the edge of a redaction box runs outside, and the bar of an E, F, H or T ends with its letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, hypot, radians, tan

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import part
from scanfix.marks.lines import Sheared, halved, level_runs, shear
from scanfix.model.geometry import Box, Point
from scanfix.model.mark import Evidence, MarkStatus, StrokeShape

# Pens lean up to 34 degrees on the pages that taught us; an X drawn over a word leans up to 45.
_STEEPEST_DEG = 46.0
# A stroke 6 thick is inked over 250 pixels of a line 1.4 degrees off: steps of 2 find it, steps of 0.25 measure it.
_STEP_DEG = 2.0
_FINE_STEP_DEG = 0.25
# Thinner lines are outlines of redactions (1 pixel); thicker ones are bars. Pixels at 300 dpi.
_THINNEST_PX = 1.8
_THICKEST_PX = 18.0
# Share of a stroke's columns that lie clear of letters, at least: thickness is measured there.
_CLEAR_SHARE = 0.15
# Shortest stroke in letter heights: serifs that touch make runs of two letters, about 1.8 heights.
_MIN_HEIGHTS = 1.9
# A level stroke lies in the letters' body; above and below it are overlines and underlines.
_BODY = (0.12, 0.88)
# Within that angle a stroke counts as level.
_LEVEL_DEG = 7.0
# A slanted stroke that passes through less than that share of the letters' height only grazes them.
_THROUGH = 0.55
# A level stroke must cross that share of the width.
_ACROSS = 0.22
# Serifs that touch make short level runs near the line on which letters stand; there only a stroke through most of the
# letters counts.
_MIDDLE = (0.15, 0.74)
_MOST = 0.6
# An underline has letters at one side only: descenders leave 0.08 of them at both. Level strokes measured 0.17 and
# more, slanted ones 0.07 and more; the stripes of a hatched frame have nothing at either side.
_LEVEL_CROSSED = 0.12
_SLANTED_CROSSED = 0.04
_SEVERAL = 3
# Letters and the underline that touches them make short runs at 7 to 9 degrees; what only grazes leans more.
_CLEARLY_SLANTED_DEG = 10.0
# A shallow slanted stroke may leave the letters to the side.
_WIDE = 0.5
# A line that passes through less of the letters' height than this does not touch them at all.
_GRAZE = 0.2
# An underline of 7 pixels and the feet of the letters that it touches hold runs at up to 12 degrees, through a quarter
# of the height of the letters; what grazes a corner goes through more.
_FEET = 0.3
# Clear columns are at most that much taller than the clearest.
_CLEAR_RATIO = 1.5
# Shortest stroke of all, in pixels: a quarter of an inch.
_SHORTEST_PX = 75.0
# How far beyond the letters strokes are followed, in letter heights and at least in pixels.
_REACH_HEIGHTS = 1.0
_REACH_PX = 50.0
# Lines that are tried: outlines of redactions, rules and the strokes of the line above come before the one we want.
_TRIES = 6
# At half size a run may lose up to a tenth of its length.
_SLACK = 0.85
# Where two strokes of an X meet they look like one for less than that many columns.
_ALONE_PX = 10
# Lines whose angles differ by less may be one stroke.
_SAME_DEG = 6.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke, from left to right; ``angle_deg`` is positive when it rises.

    ``across`` and ``through`` are the shares of the letters' width and height that it covers, ``depth`` is the mean
    height of its middle line within the letters' box, 0 top to 1 bottom, ``gaps`` counts the places inside the box
    where it runs clear of letters, ``crossed`` is the share of the letters' ink beside it that goes on at its other
    side.
    """

    start: Point
    end: Point
    angle_deg: float
    thickness_px: float
    across: float
    through: float
    depth: float
    gaps: int
    crossed: float

    @property
    def length_px(self) -> float:
        """Length in pixels."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    @property
    def middle(self) -> Point:
        """The middle of the stroke."""
        return ((self.start[0] + self.end[0]) / 2, (self.start[1] + self.end[1]) / 2)

    def y_at(self, x: float) -> float:
        """Height of the stroke's line at column ``x``."""
        return self.middle[1] - tan(radians(self.angle_deg)) * (x - self.middle[0])

    def halved(self) -> "Stroke":
        """Return the stroke as it is in a page of half the size."""
        (left, start), (right, end) = self.start, self.end
        return replace(self, start=(left / 2, start / 2), end=(right / 2, end / 2), thickness_px=self.thickness_px / 2)

    def shifted(self, *, x: float, y: float) -> "Stroke":
        """Move the stroke."""
        (left, start), (right, end) = self.start, self.end
        return replace(self, start=(left + x, start + y), end=(right + x, end + y))

    @property
    def box(self) -> Box:
        """The upright box around the stroke's middle line."""
        xs, ys = (self.start[0], self.end[0]), (self.start[1], self.end[1])
        return Box.of((min(xs), min(ys), max(xs), max(ys)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether letters are struck, how sure that is, and by which strokes."""

    status: MarkStatus
    confidence: float
    shape: StrokeShape | None
    strokes: tuple[Stroke, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The strokes as evidence entries, the strongest stroke first."""
        return tuple(entry for stroke in self.strokes for entry in _entries(stroke))


@dataclass(frozen=True, slots=True)
class _Line:
    """A run of ink at one angle: columns ``first`` up to but without ``end``, and its height at column ``x``."""

    sheared: Sheared
    row: int
    first: int
    end: int

    @property
    def length(self) -> float:
        """Length along the line."""
        return (self.end - self.first) / cos(radians(self.sheared.angle_deg))

    def y(self, x: float) -> float:
        """Height at a column of the window."""
        return self.sheared.height_at(self.row, x)


def judge(ink: Mask, letters: Box, *, cap_height_px: float | None = None) -> Verdict:
    """Say whether a stroke runs through letters.

    Parameters
    ----------
    ink
        Ink of the page at 300 dpi, nothing taken out.
    letters
        Box of the letters without any stroke; inside the page.
    cap_height_px
        Height of the letters where the box shows only a part of them; the box's height by default.

    Returns
    -------
    Verdict
        ``uncertain`` where a stroke only grazes the letters.
    """
    strokes = find_strokes(ink, letters, cap_height_px=cap_height_px)
    through = tuple(stroke for stroke in strokes if _crosses(stroke))
    if through:
        return Verdict(status="struck", confidence=_confidence(through[0]), shape=_shape(through), strokes=through)
    grazing = tuple(stroke for stroke in strokes if _grazes(stroke))
    if grazing:
        return Verdict(status="uncertain", confidence=0.5, shape=None, strokes=grazing)
    return Verdict(status="active", confidence=0.9, shape=None, strokes=())


def find_strokes(ink: Mask, letters: Box, *, cap_height_px: float | None = None) -> tuple[Stroke, ...]:
    """Find the straight strokes that touch the body of the letters, the longest first; at most two.

    Parameters are those of `judge`.
    """
    height = cap_height_px or letters.height
    reach = round(max(_REACH_HEIGHTS * height, _REACH_PX))
    window = letters.grow(reach).clip(width=ink.shape[1], height=ink.shape[0])
    inner = letters.shift(x=-window.left, y=-window.top)
    pixels = part(ink, window).astype(np.uint8)
    shortest = max(_MIN_HEIGHTS * height, _SHORTEST_PX)
    seen: list[Stroke] = []
    for _ in range(_TRIES):
        line = _longest(pixels, inner, seen, shortest_px=shortest)
        if line is None:
            break
        stroke, is_alone, upright_px = _measured(line, inner)
        seen.append(stroke)
        pixels = _without(pixels, line, is_alone, upright_px=upright_px)
    pens = [stroke for stroke in seen if _THINNEST_PX <= stroke.thickness_px <= _THICKEST_PX]
    return tuple(stroke.shifted(x=window.left, y=window.top) for stroke in pens[:2])


def _longest(pixels: NDArray[np.uint8], inner: Box, seen: Sequence[Stroke], *, shortest_px: float) -> _Line | None:
    """Find the longest line through the letters that was not seen yet: coarsely at half size, then finely."""
    half_box = Box.of([edge / 2 for edge in inner.edges])
    half_seen = [stroke.halved() for stroke in seen]
    coarse = np.arange(-_STEEPEST_DEG, _STEEPEST_DEG + 0.1, _STEP_DEG)
    rough = _longest_at(halved(pixels), half_box, half_seen, angles_deg=coarse, shortest_px=_SLACK * shortest_px / 2)
    if rough is None:
        return None
    near = rough.sheared.angle_deg + np.arange(-_STEP_DEG, _STEP_DEG + 0.1, _FINE_STEP_DEG)
    return _longest_at(pixels, inner, seen, angles_deg=near, shortest_px=shortest_px)


def _longest_at(
    pixels: NDArray[np.uint8],
    inner: Box,
    seen: Sequence[Stroke],
    *,
    angles_deg: NDArray[np.float64],
    shortest_px: float,
) -> _Line | None:
    """Find the longest line through the letters at one of the angles."""
    best: _Line | None = None
    for angle_deg in angles_deg.tolist():
        sheared = shear(pixels, angle_deg=angle_deg)
        columns = max(3, round(shortest_px * cos(radians(angle_deg))))
        for line in _lines(sheared, min_px=columns):
            is_longer = best is None or line.length > best.length
            if is_longer and _is_inside(line, inner) and all(_are_apart(line, other) for other in seen):
                best = line
    return best


def _lines(sheared: Sheared, *, min_px: int) -> Iterator[_Line]:
    """Yield the longest level run of each row that has one of ``min_px`` or more."""
    runs = level_runs(sheared.ink, min_px=min_px)
    for row in np.flatnonzero(runs.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(runs[row], prepend=0, append=0).astype(np.int8))
        starts, ends = edges[0::2], edges[1::2]
        longest = int(np.argmax(ends - starts))
        yield _Line(sheared=sheared, row=row, first=int(starts[longest]), end=int(ends[longest]))


def _place(line: _Line, inner: Box) -> tuple[float, float, float]:
    """Return ``across``, ``through`` and ``depth`` of a line in the letters' box (see `Stroke`)."""
    first, last = max(line.first, inner.left), min(line.end, inner.right)
    if last <= first or not inner.height:
        return 0.0, 0.0, 0.0
    start, end = ((line.y(x) - inner.top) / inner.height for x in (first, last))
    low, high = max(0.0, min(start, end)), min(1.0, max(start, end))
    steep = abs(end - start)
    share = (high - low) / steep if steep > 1.0 else float(high >= low)
    across = share * (last - first) / inner.width
    depth = (low + high) / 2 if high >= low else (start + end) / 2
    return across, max(0.0, high - low), depth


def _is_inside(line: _Line, inner: Box) -> bool:
    """Tell whether a line runs through the letters' body, or at least into it."""
    across, through, depth = _place(line, inner)
    return _BODY[0] <= depth <= _BODY[1] and (across >= _ACROSS or through >= _GRAZE)


def _measured(line: _Line, inner: Box) -> tuple[Stroke, Mask, float]:
    """Measure a line: the stroke, the columns where it runs well clear of all else, and its upright extent there."""
    above, below = _extents(line)
    extents = np.maximum(0, above + below - 1)
    upright = float(np.quantile(extents[extents > 0], _CLEAR_SHARE))
    is_clear: Mask = (extents > 0) & (extents <= _CLEAR_RATIO * upright + 1)
    across, through, depth = _place(line, inner)
    inside = slice(max(line.first, inner.left) - line.first, min(line.end, inner.right) - line.first)
    stroke = Stroke(
        start=(line.first, line.y(line.first)),
        end=(line.end, line.y(line.end)),
        angle_deg=line.sheared.angle_deg,
        thickness_px=upright * cos(radians(line.sheared.angle_deg)),
        across=across,
        through=through,
        depth=depth,
        gaps=_stretches(is_clear[inside]),
        crossed=_crossed(above[inside], below[inside], upright),
    )
    alone = (extents > 0) & (extents <= upright + 1)
    return stroke, level_runs(alone.astype(np.uint8)[None, :], min_px=_ALONE_PX, skip_px=1)[0] > 0, upright


def _extents(line: _Line) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how far the ink reaches above and below a line, column by column, the line's own row included."""
    ink, reach = line.sheared.ink, round(2 * _THICKEST_PX)
    above = ink[max(0, line.row - reach) : line.row + 1, line.first : line.end][::-1]
    below = ink[line.row : line.row + reach, line.first : line.end]
    up: NDArray[np.int64] = np.cumprod(above, axis=0, dtype=np.int64).sum(axis=0)
    down: NDArray[np.int64] = np.cumprod(below, axis=0, dtype=np.int64).sum(axis=0)
    return up, down


def _crossed(above: NDArray[np.int64], below: NDArray[np.int64], upright_px: float) -> float:
    """Return the share of the columns with letters at the line where the letters lie at both sides."""
    up, down = above > upright_px, below > upright_px
    return float((up & down).sum() / max(1, (up | down).sum()))


def _stretches(is_clear: Mask) -> int:
    """Count the stretches of at least three clear columns."""
    runs = level_runs(is_clear.astype(np.uint8)[None, :], min_px=3)[0]
    return int(np.count_nonzero(np.diff(runs.astype(np.int8), prepend=0) == 1))


def _without(pixels: NDArray[np.uint8], line: _Line, is_alone: Mask, *, upright_px: float) -> NDArray[np.uint8]:
    """Take a line out where nothing crosses it, so that the next one can be found."""
    left = pixels.copy()
    columns = line.first + np.flatnonzero(is_alone)
    middle = line.row - line.sheared.offset - line.sheared.slope * columns
    for away in range(-ceil(upright_px), ceil(upright_px) + 1):
        rows = np.clip(np.rint(middle + away).astype(np.intp), 0, pixels.shape[0] - 1)
        left[rows, columns] = 0
    return left


def _are_apart(line: _Line, other: Stroke) -> bool:
    """Tell whether a line is another stroke than one that was seen, not its ragged edge."""
    middle = (line.first + line.end) / 2
    away = abs(line.y(middle) - other.y_at(middle))
    return abs(line.sheared.angle_deg - other.angle_deg) > _SAME_DEG or away > 2 * other.thickness_px


def _crosses(stroke: Stroke) -> bool:
    """Tell whether a stroke runs through the letters: with letters at both sides, and not only past them."""
    if abs(stroke.angle_deg) < _LEVEL_DEG:
        is_deep = _MIDDLE[0] <= stroke.depth <= _MIDDLE[1] or stroke.across >= _MOST
        return stroke.across >= _ACROSS and stroke.crossed >= _LEVEL_CROSSED and is_deep
    return _meets_letters(stroke) and (stroke.through >= _THROUGH or stroke.across >= _WIDE)


def _grazes(stroke: Stroke) -> bool:
    """Tell whether a slanted stroke touches the letters at a corner."""
    is_slanted = abs(stroke.angle_deg) >= _CLEARLY_SLANTED_DEG and stroke.through >= _FEET
    return is_slanted and stroke.crossed >= _SLANTED_CROSSED


def _meets_letters(stroke: Stroke) -> bool:
    """Tell whether a slanted stroke has letters at both sides, or passes between several."""
    return stroke.crossed >= _SLANTED_CROSSED or stroke.gaps >= _SEVERAL


def _confidence(stroke: Stroke) -> float:
    """Return how sure a stroke is: more when it runs clear of letters in several gaps."""
    return min(0.99, 0.7 + 0.1 * min(stroke.gaps, 2) + 0.1 * min(1.0, stroke.across))


def _shape(strokes: tuple[Stroke, ...]) -> StrokeShape:
    """Name the shape of one or two strokes."""
    if len(strokes) == 2:
        return "x" if strokes[0].angle_deg * strokes[1].angle_deg < -(_LEVEL_DEG**2) else "double"
    angle = strokes[0].angle_deg
    if abs(angle) < _LEVEL_DEG:
        return "horizontal"
    return "rising" if angle > 0 else "falling"


def _entries(stroke: Stroke) -> tuple[Evidence, ...]:
    """Write a stroke as evidence."""
    values = {
        "angle_deg": stroke.angle_deg,
        "thickness_px": stroke.thickness_px,
        "length_px": stroke.length_px,
        "across": stroke.across,
        "through": stroke.through,
        "gaps": float(stroke.gaps),
        "crossed": stroke.crossed,
    }
    return tuple(
        Evidence(name=f"stroke.{name}", value=round(value, 3), box=stroke.box) for name, value in values.items()
    )
