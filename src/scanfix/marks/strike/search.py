"""Straight runs of ink: looked for coarsely at half size, measured at full size, and taken out to see the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, radians, tan

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.lines import Sheared, halved, level_runs, shear
from scanfix.marks.strike.stroke import Stroke
from scanfix.model.geometry import Box

# Pens lean up to 34 degrees on the pages that taught us; an X drawn over a word leans up to 45.
STEEPEST_DEG = 46.0
# A stroke 6 thick is inked over 250 pixels of a line 1.4 degrees off: steps of 2 find it, steps of 0.25 measure it.
_STEP_DEG = 2.0
_FINE_STEP_DEG = 0.25
# At half size a run may lose up to a tenth of its length.
_SLACK = 0.85
# Share of a stroke's columns that lie clear of letters, at least: thickness is measured there.
_CLEAR_SHARE = 0.15
# Clear columns are at most that much taller than the clearest.
_CLEAR_RATIO = 1.5
# Where two strokes of an X meet they look like one for less than that many columns.
_ALONE_PX = 10
# Rows of one angle that are looked at, those with the most ink in runs first: rows beside each other hold one stroke.
_ROWS = 5
# Ink this far beyond a thick stroke's edge is a letter's; beyond a thin one's, half its thickness.
_BEYOND_PX = 3.0


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ink at one angle: columns ``first`` up to but without ``end``, and its height at column ``x``."""

    sheared: Sheared
    row: int
    first: int
    end: int

    @property
    def length(self) -> float:
        """Length along the run."""
        return (self.end - self.first) / cos(radians(self.sheared.angle_deg))

    def y(self, x: float) -> float:
        """Height at a column of the window."""
        return self.sheared.height_at(self.row, x)

    @property
    def stroke(self) -> Stroke:
        """The run's middle line as a stroke, one pixel thick."""
        return Stroke(
            start=(self.first, self.y(self.first)),
            end=(self.end, self.y(self.end)),
            angle_deg=self.sheared.angle_deg,
            thickness_px=1.0,
        )


# Tells whether a run is one that is looked for, at full size or at half.
Wanted = Callable[[Run], bool]


@dataclass(frozen=True, slots=True)
class Measured:
    """A run's stroke, the columns where it runs alone, and its upright extent there."""

    run: Run
    stroke: Stroke
    alone: Mask
    upright_px: float

    def taken_from(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Take the stroke out where nothing crosses it, so that the next one can be found."""
        left = pixels.copy()
        columns = self.run.first + np.flatnonzero(self.alone)
        middle = self.run.row - self.run.sheared.offset - self.run.sheared.slope * columns
        for away in range(-ceil(self.upright_px), ceil(self.upright_px) + 1):
            rows = np.clip(np.rint(middle + away).astype(np.intp), 0, pixels.shape[0] - 1)
            left[rows, columns] = 0
        return left


def longest(
    pixels: NDArray[np.uint8], body: Box, *, shortest_px: float, is_wanted: Wanted, is_wanted_halved: Wanted
) -> Run | None:
    """Find the longest wanted run through a box: coarsely at half size, then finely.

    Parameters
    ----------
    pixels
        Window of ink, shape (height, width), 0 paper.
    body
        Only runs that pass through it are looked at.
    shortest_px
        Shorter runs are none.
    is_wanted, is_wanted_halved
        Further conditions, in pixels of the window and in pixels twice as large.
    """
    half_body = Box.of([edge / 2 for edge in body.edges])
    coarse = np.arange(-STEEPEST_DEG, STEEPEST_DEG + 0.1, _STEP_DEG).tolist()
    rough = _longest_at(
        halved(pixels), half_body, coarse, shortest_px=_SLACK * shortest_px / 2, is_wanted=is_wanted_halved
    )
    if rough is None:
        return None
    near = (rough.sheared.angle_deg + np.arange(-_STEP_DEG, _STEP_DEG + 0.1, _FINE_STEP_DEG)).tolist()
    return _longest_at(pixels, body, near, shortest_px=shortest_px, is_wanted=is_wanted)


def measure(run: Run, inner: Box, *, thickest_px: float) -> Measured:
    """Measure a run as a stroke through letters in a box; thicker ones than ``thickest_px`` measure as that."""
    run = _centred(run, reach_px=ceil(2 * thickest_px))
    above, below = _extents(run, reach_px=ceil(2 * thickest_px))
    extents = np.maximum(0, above + below - 1)
    upright = float(np.quantile(extents[extents > 0], _CLEAR_SHARE))
    is_clear: Mask = (extents > 0) & (extents <= _CLEAR_RATIO * upright + 1)
    across, through, depth = run.stroke.place_in(inner)
    inside = slice(max(run.first, inner.left) - run.first, max(0, min(run.end, inner.right) - run.first))
    stroke = Stroke(
        start=run.stroke.start,
        end=run.stroke.end,
        angle_deg=run.sheared.angle_deg,
        thickness_px=upright * cos(radians(run.sheared.angle_deg)),
        across=across,
        through=through,
        depth=depth,
        gaps=_stretches(is_clear[inside]),
        crossed=_crossed(above[inside], below[inside], upright),
        clear=float(is_clear.mean()),
    )
    alone = (extents > 0) & (extents <= upright + 1)
    stretches = level_runs(alone.astype(np.uint8)[None, :], min_px=_ALONE_PX, skip_px=1)[0] > 0
    return Measured(run=run, stroke=stroke, alone=stretches, upright_px=upright)


def _longest_at(
    pixels: NDArray[np.uint8], body: Box, angles_deg: Sequence[float], *, shortest_px: float, is_wanted: Wanted
) -> Run | None:
    """Find the longest run through a box at one of the angles."""
    best: Run | None = None
    for angle_deg in angles_deg:
        if abs(tan(radians(angle_deg))) * (shortest_px * cos(radians(angle_deg)) - 2) > pixels.shape[0]:
            continue
        sheared = shear(pixels, angle_deg=angle_deg)
        columns = max(3, round(shortest_px * cos(radians(angle_deg))))
        for run in _runs(sheared, body, min_px=columns):
            if best is not None and run.length <= best.length:
                break
            if is_wanted(run):
                best = run
                break
    return best


def _runs(sheared: Sheared, body: Box, *, min_px: int) -> Iterator[Run]:
    """Yield the longest level runs of the rows that pass through a box, the longest first."""
    edges = [y + sheared.offset + sheared.slope * x for x in (body.left, body.right) for y in (body.top, body.bottom)]
    first_row = max(0, round(min(edges)))
    runs = level_runs(sheared.ink[first_row : max(0, round(max(edges))) + 1], min_px=min_px)
    if not runs.any():
        return
    inked = runs.sum(axis=1, dtype=np.int64)
    found = []
    for row in np.argsort(-inked, kind="stable")[:_ROWS].tolist():
        if inked[row] >= min_px:
            changes = np.flatnonzero(np.diff(runs[row], prepend=0, append=0).astype(np.int8))
            starts, ends = changes[0::2], changes[1::2]
            longest_ = int(np.argmax(ends - starts))
            found.append(
                Run(sheared=sheared, row=first_row + row, first=int(starts[longest_]), end=int(ends[longest_]))
            )
    yield from sorted(found, key=lambda run: run.first - run.end)


def _centred(run: Run, *, reach_px: int) -> Run:
    """Move a run to the middle of its stroke."""
    above, below = _extents(run, reach_px=reach_px)
    extents = above + below
    is_clear = (above > 0) & (extents <= np.quantile(extents, _CLEAR_SHARE) + 1)
    off = round(float(np.median(below[is_clear] - above[is_clear])) / 2) if is_clear.any() else 0
    row = min(max(0, run.row + off), run.sheared.ink.shape[0] - 1)
    return replace(run, row=row)


def _extents(run: Run, *, reach_px: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how far the ink reaches above and below a run, column by column, the run's own row included."""
    ink = run.sheared.ink
    above = ink[max(0, run.row - reach_px) : run.row + 1, run.first : run.end][::-1]
    below = ink[run.row : run.row + reach_px, run.first : run.end]
    up: NDArray[np.int64] = np.cumprod(above, axis=0, dtype=np.int64).sum(axis=0)
    down: NDArray[np.int64] = np.cumprod(below, axis=0, dtype=np.int64).sum(axis=0)
    return up, down


def _crossed(above: NDArray[np.int64], below: NDArray[np.int64], upright_px: float) -> float:
    """Return the share of the columns with letters at the run where the letters lie at both sides."""
    edge = upright_px / 2 + min(upright_px / 2, _BEYOND_PX)
    up, down = above > edge, below > edge
    return float((up & down).sum() / max(1, (up | down).sum()))


def _stretches(is_clear: Mask) -> int:
    """Count the stretches of at least three clear columns."""
    if not is_clear.size:
        return 0
    runs = level_runs(is_clear.astype(np.uint8)[None, :], min_px=3)[0]
    return int(np.count_nonzero(np.diff(runs.astype(np.int8), prepend=0) == 1))
