"""Rectangles that thin straight lines may enclose.

What an agency draws round a place that it made white is printed on the scan: one or two pixels thick, perfectly
straight, level as the scan lay. Runs of ink are joined to lines, and lines that meet to rectangles.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected

# Lines are sought at half size, which closes the steps of a line that is not quite level. Level sides are longer than
# a letter is wide, upright ones than a typed capital is high (34 pixels, 17 here).
_LEVEL_RUN = 20
_UPRIGHT_RUN = 16
# Banners stand in the outer parts of a page; their strip leaves 20 pixels of the sides of a box.
BAND = 0.09
_SHORT_RUN = 9
# At 84 dpi a line one pixel wide is 4 pixels thick in the frame; a pen's stroke is 6.
_THICK = 4
# Runs on one line: a banner's white strip hides 60 pixels of a side, an overlapping code as much.
_SAME_LINE = 1
_GAP = 50
_MEET = 4
# A side runs into a stroke or a letter for so long at most.
_GROWTH = 160
# The smallest redaction that was seen covers a figure: 128 by 56 pixels; the lowest half a line.
_MIN_WIDTH = 40
_MIN_HEIGHT = 14
# Two boxes may overlap, a letter's stem may touch a side.
_MOST_BETWEEN = 6
# Nothing else meets the side of a box between its corners, but a letter and a box over it.
_MOST_ENDS = 7
# More lines than that are a map or a hatched frame: a redaction on it is found by its longest lines.
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line: its place across, and its runs (start, end) along it, from first to last."""

    at: int
    runs: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(end for _, end in self.runs)

    @property
    def length(self) -> int:
        """The pixels that its runs cover."""
        return sum(end - start for start, end in self.runs)

    def passes(self, place: int) -> bool:
        """Tell whether a run passes or nearly meets a place."""
        return any(start - _MEET <= place <= end + _MEET for start, end in self.runs)


def half(ink: Mask) -> NDArray[np.uint8]:
    """Bring a mask to half its size; a pixel is ink when one of its four was, so that thin lines stay."""
    spread = cv2.dilate(ink.view(np.uint8), np.ones((2, 2), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(spread[::2, ::2], dtype=np.uint8)


def guesses(small: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Find the rectangles that lines of ink may enclose.

    Three corners are enough: a banner's strip, a code or another box may hide the fourth, or a side.

    Parameters
    ----------
    small
        Mask at half the frame's size.

    Returns
    -------
    (guesses, 4) int64
        Left, top, right and bottom lines, to a pixel or two.
    """
    height = small.shape[0]
    band = round(BAND * height)
    found = {
        *_between(small, upright_run=_UPRIGHT_RUN, shift=0),
        *_between(small[:band], upright_run=_SHORT_RUN, shift=0),
        *_between(small[height - band :], upright_run=_SHORT_RUN, shift=height - band),
    }
    return np.array(sorted(found), np.int64).reshape(-1, 4)


def _between(small: NDArray[np.uint8], *, upright_run: int, shift: int) -> Iterator[tuple[int, int, int, int]]:
    """Return the edges of what lines of a part of the page may enclose, moved down by ``shift``."""
    levels = _rules(small, run=_LEVEL_RUN)
    uprights = _rules(np.ascontiguousarray(small.T), run=upright_run)
    standing = _boxes(levels, uprights, _meetings(levels, uprights), least=_MIN_HEIGHT, apart=_MIN_WIDTH)
    lying = _boxes(uprights, levels, _meetings(uprights, levels), least=_MIN_WIDTH, apart=_MIN_HEIGHT)
    turned = ((left, top, right, bottom) for top, left, bottom, right in lying)
    for left, top, right, bottom in chain(standing, turned):
        yield left, top + shift, right, bottom + shift


def _rules(ink: NDArray[np.uint8], *, run: int) -> list[Rule]:
    """Find the thin level lines of a mask."""
    # A row and the next one together: a line that steps by a pixel goes on.
    stepped = ink | np.vstack((ink[1:], ink[-1:]))
    runs = cv2.morphologyEx(stepped, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    bar = np.ones((_THICK + 2, 1), np.uint8)
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, bar, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    _, boxes = connected((runs > 0) & (thick == 0))
    pieces = [
        (left, left + width, top + height // 2)
        for left, top, width, height, _ in boxes[1:].tolist()
        if width >= run // 2 and height <= _THICK + 2
    ]
    rules = sorted(_joined(sorted(pieces)), key=lambda rule: -rule.length)[:_MOST_LINES]
    return [_grown(rule, stepped) for rule in rules]


def _grown(rule: Rule, ink: NDArray[np.uint8]) -> Rule:
    """Follow the ink beyond a line's ends, where it runs into something thicker."""
    rows = ink[max(0, rule.at - 1) : rule.at + 1]
    start, end = rule.start, rule.end
    before, after = rows[:, max(0, start - _GROWTH) : start][:, ::-1], rows[:, end : end + _GROWTH]
    runs = ((start - _inked(before), rule.runs[0][1]), *rule.runs[1:], (end, end + _inked(after)))
    return Rule(at=rule.at, runs=runs)


def _inked(rows: NDArray[np.uint8]) -> int:
    """Count the columns with ink before the first without; 0 where all have some."""
    # Few pixels: bytes are searched in a fourth of the time that numpy's calls take.
    row: bytes = rows.max(axis=0).tobytes()
    return max(0, row.find(0))


def _joined(pieces: Sequence[tuple[int, int, int]]) -> list[Rule]:
    """Join the pieces (start, end, place across) of one line."""
    at: defaultdict[int, list[list[tuple[int, int, int]]]] = defaultdict(list)
    groups: list[list[tuple[int, int, int]]] = []
    for start, end, place in pieces:
        near = [
            group
            for beside in range(-_SAME_LINE, _SAME_LINE + 1)
            for group in at[place + beside]
            if start - group[-1][1] <= _GAP
        ]
        group = max(near, key=lambda group: group[-1][1], default=None)
        if group is None:
            groups.append(group := [])
        group.append((start, end, place))
        at[place].append(group)
    return [
        Rule(
            at=max(group, key=lambda piece: piece[1] - piece[0])[2], runs=tuple((start, end) for start, end, _ in group)
        )
        for group in groups
    ]


def _meetings(levels: Sequence[Rule], uprights: Sequence[Rule]) -> Mapping[int, list[int]]:
    """Tell for each upright line which level lines it meets, from the top."""
    at, start, end = np.array([(rule.at, rule.start, rule.end) for rule in levels]).reshape(-1, 3).T
    across, first, last = np.array([(rule.at, rule.start, rule.end) for rule in uprights]).reshape(-1, 3).T[:, :, None]
    near = (start - _MEET <= across) & (across <= end + _MEET) & (first - _MEET <= at) & (at <= last + _MEET)
    meeting: dict[int, list[int]] = {number: [] for number in range(len(uprights))}
    for number, level in np.argwhere(near).tolist():
        if levels[level].passes(uprights[number].at):
            meeting[number].append(level)
    return {number: sorted(met, key=lambda level: levels[level].at) for number, met in meeting.items()}


def _boxes(
    levels: Sequence[Rule], uprights: Sequence[Rule], meeting: Mapping[int, list[int]], *, least: int, apart: int
) -> Iterator[tuple[int, int, int, int]]:
    """Return the edges (left, top, right, bottom) of what a level line and two upright ones that it meets may enclose.

    The fourth side is any level line that one of the two meets, or where one of them ends.
    """
    on: defaultdict[int, list[int]] = defaultdict(list)
    for upright, met in meeting.items():
        for level in met:
            on[level].append(upright)
    met_at = {upright: [levels[level].at for level in met] for upright, met in meeting.items()}
    ends = {upright: sorted({end for run in uprights[upright].runs for end in run}) for upright in meeting}
    for level, sides in on.items():
        at = levels[level].at
        for left, right in _pairs(sorted(sides, key=lambda side: uprights[side].at), uprights, apart=apart):
            for end in {
                end for side in (left, right) for places in (met_at, ends) for end in _near(at, places[side], least)
            }:
                yield uprights[left].at, min(at, end), uprights[right].at, max(at, end)


def _near(at: int, ends: Sequence[int], least: int) -> list[int]:
    """Return the next few places before and after one, at least so far away."""
    before, after = bisect_right(ends, at - least), bisect_left(ends, at + least)
    return [*ends[max(0, before - _MOST_ENDS) : before], *ends[after : after + _MOST_ENDS]]


def _pairs(sides: Sequence[int], rules: Sequence[Rule], *, apart: int) -> Iterator[tuple[int, int]]:
    """Return the pairs of lines, given in order, that stand near enough in it to be two sides of one box."""
    for number, first in enumerate(sides):
        for second in sides[number + 1 : number + 1 + _MOST_BETWEEN]:
            if rules[second].at - rules[first].at >= apart:
                yield first, second
