"""Ruled lines: underlines, strokes through words, frames around withheld text. Found so that reading can do without.

An underline that touches its letters is read as part of them; the side of a frame is read as a bar or a bracket.
Strokes are still there on the upright page, where detectors look for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Labels, Mask, connected


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measures:
    """What a rule must measure, in heights of lower-case letters."""

    # Straight runs of this length make up a rule; it may sag between them.
    run: float
    length: float
    # A shorter one must join others at both ends, as the sides of a frame do.
    joined_length: float
    thickness: float


# No letter is ruled for longer than two heights (M and W are 1.5 wide), none stands taller, nor a bracket. An underline
# stands under three letters or more: below that it may be a dash.
_LEVEL = _Measures(run=2.2, length=3.0, joined_length=3.0, thickness=0.45)
# Sides of frames are thin: strokes of letters that melt from line to line are not.
_UPRIGHT = _Measures(run=1.2, length=2.0, joined_length=1.2, thickness=0.2)
# A rule has ink on both sides only where letters cross it: descenders under a heading, or the letters that it strikes
# out, which stay. Beyond that share it is itself made of melted letters. An underline that touches has ink on one side.
_MOST_CROSSED = 0.25
_MOST_TOUCHED = 0.6
# How far a rule may wander across its run, in letter heights and in shares of its length: the sag of a page in a bound
# volume, whose lines are not all level together.
_MOST_DRIFT = 0.8
_MOST_SLOPE = 0.025
# An end within so many pixels of another rule joins it.
_JOIN_PX = 4
# In letter heights: beside a rule its own frayed edge is passed over before ink is looked for, and goes with it; what
# crosses is at least as wide as a thin stroke.
_EDGE = 0.1


def find(ink: Mask, *, x_height_px: float) -> Mask:
    """Find the ruled lines of a page.

    Parameters
    ----------
    ink
        Ink of a level page, shape (height, width).
    x_height_px
        Height of lower-case letters.

    Returns
    -------
    (height, width) bool
        True on the rules, without the places where letters cross them.

    Notes
    -----
    Opening with straight elements, then a look at both sides of what is left; compare Zheng, Li and Doermann (2005),
    A parallel-line detection algorithm based on HMM decoding, for why neither alone is enough.
    """
    half = _halved(ink)
    level = _rules(ink, half, _LEVEL, x_height_px, others=np.zeros_like(ink))
    # Sides belong to frames: where no rule is level, there is none.
    return level | _rules(ink.T, half.T, _UPRIGHT, x_height_px, others=level.T).T if level.any() else level


def _rules(ink: Mask, half: Mask, measures: _Measures, x_height_px: float, *, others: Mask) -> Mask:
    """Find the rules that run along the rows, in the ink and the same at half size; ``others`` are those across."""
    found = np.zeros_like(ink)
    run_px = max(3, round(measures.run * x_height_px))
    least_px = min(measures.length, measures.joined_length) * x_height_px
    # Looked for at half size, where a thin line still shows, for speed; then traced in full size where something is.
    for rough in _runs(half, run_px=run_px // 2, least_px=least_px / 2):
        window = rough.place(zoom=2)
        if not _may_be(window, measures, x_height_px, others):
            continue
        for run in _runs(ink[window], run_px=run_px, least_px=least_px):
            place = run.place(top=window[0].start, left=window[1].start)
            height, width = place[0].stop - place[0].start, place[1].stop - place[1].start
            is_straight = height <= _MOST_DRIFT * x_height_px + _MOST_SLOPE * width
            # Thickened by a pixel above and below.
            is_thin = run.area / width - 2 <= measures.thickness * x_height_px
            if is_straight and is_thin and _may_be(place, measures, x_height_px, others):
                _add(found, _without_letters(ink, run.mask & ink[place], place, x_height_px), place, x_height_px)
    return found


def _may_be(place: tuple[slice, slice], measures: _Measures, x_height_px: float, others: Mask) -> bool:
    """Tell whether a stretch is long enough for a rule, or for the side of a frame and joins rules at both ends."""
    width = place[1].stop - place[1].start
    if width >= measures.length * x_height_px:
        return True
    return width >= measures.joined_length * x_height_px and _joins(others, place)


def _add(found: Mask, rule: Mask, place: tuple[slice, slice], x_height_px: float) -> None:
    """Draw a rule and its frayed edge, which is as wide above as below and spares what crosses."""
    fringe = _edge_px(x_height_px) - 1
    grown = cv2.dilate(np.pad(rule, ((fringe, fringe), (0, 0))).view(np.uint8), np.ones((2 * fringe + 1, 1), np.uint8))
    above = min(fringe, place[0].start)
    rows = slice(place[0].start - above, place[0].stop + fringe)
    height = found[rows].shape[0]
    found[rows, place[1]] |= grown[fringe - above :][:height] > 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """A stretch of ink along the rows: its box, its area, and its number among the labels of the picture."""

    left: int
    top: int
    width: int
    height: int
    area: int
    label: int
    labels: Labels

    @property
    def mask(self) -> Mask:
        """Its pixels within its box."""
        return cast(Mask, self.labels[self.place()] == self.label)

    def place(self, *, top: int = 0, left: int = 0, zoom: int = 1) -> tuple[slice, slice]:
        """Its box in a picture ``zoom`` times as large, or one that begins ``top`` and ``left`` before this one."""
        rows = slice(top + zoom * self.top, top + zoom * (self.top + self.height))
        return rows, slice(left + zoom * self.left, left + zoom * (self.left + self.width))


def _runs(ink: Mask, *, run_px: int, least_px: float) -> Iterator[_Run]:
    """Yield the connected stretches, ``least_px`` wide, with ``run_px`` of ink side by side.

    They are thickened by a pixel above and below.
    """
    thick = cv2.dilate(np.ascontiguousarray(ink).view(np.uint8), np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run_px), np.uint8))
    labels, boxes = connected(runs.astype(np.uint8, copy=False))
    wide = 1 + np.flatnonzero(boxes[1:, cv2.CC_STAT_WIDTH] >= least_px)
    for label, (left, top, width, height, area) in zip(wide.tolist(), boxes[wide].tolist(), strict=True):
        yield _Run(
            left=left,
            top=top,
            width=width,
            height=height,
            area=area,
            label=label,
            labels=labels,
        )


def _halved(ink: Mask) -> Mask:
    """Shrink to half the size; what has ink in it is ink."""
    rows = ink[:-1:2] | ink[1::2]
    return rows[:, :-1:2] | rows[:, 1::2]


def _joins(others: Mask, place: tuple[slice, slice]) -> bool:
    """Tell whether rules across stand at both ends of a place."""
    rows = slice(max(0, place[0].start - _JOIN_PX), place[0].stop + _JOIN_PX)
    left, right = place[1].start, place[1].stop
    return bool(
        others[rows, max(0, left - _JOIN_PX) : left + _JOIN_PX].any()
        and others[rows, max(0, right - _JOIN_PX) : right + _JOIN_PX].any()
    )


def _without_letters(ink: Mask, rule: Mask, place: tuple[slice, slice], x_height_px: float) -> Mask:
    """Take the places where letters cross out of a rule; nothing is left of what is made of letters."""
    top, left = place[0].start, place[1].start
    columns = np.flatnonzero(rule.any(axis=0))
    if not columns.size:
        return rule
    first = top + rule[:, columns].argmax(axis=0)
    last = top + rule.shape[0] - 1 - rule[::-1, columns].argmax(axis=0)
    edge = _edge_px(x_height_px)
    above = _ink_at(ink, first - edge, left + columns) | _ink_at(ink, first - edge - 1, left + columns)
    below = _ink_at(ink, last + edge, left + columns) | _ink_at(ink, last + edge + 1, left + columns)
    # A slanting stroke enters and leaves in other columns: each side counts for the columns beside it too.
    wide, narrow = np.ones((1, edge + 1), np.uint8), np.ones((1, edge), np.uint8)
    sides = [cv2.dilate(side.view(np.uint8)[np.newaxis], wide) for side in (above, below)]
    crossed = cv2.morphologyEx(cv2.bitwise_and(sides[0], sides[1]), cv2.MORPH_OPEN, narrow)[0] > 0
    touched = max(float(above.mean()), float(below.mean()))
    if crossed.mean() > _MOST_CROSSED or touched > _MOST_TOUCHED:
        return np.zeros_like(rule)
    kept = rule.copy()
    kept[:, columns[crossed]] = False
    return kept


def _edge_px(x_height_px: float) -> int:
    """Give the width of a rule's frayed edge."""
    return max(2, round(_EDGE * x_height_px))


def _ink_at(ink: Mask, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Look up pixels; beyond the page there is no ink."""
    inside = (rows >= 0) & (rows < ink.shape[0])
    return cast(NDArray[np.bool_], inside & ink[np.clip(rows, 0, ink.shape[0] - 1), columns])
