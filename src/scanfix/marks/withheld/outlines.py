"""Which of the rectangles between lines are outlines of something withheld."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected
from scanfix.marks.withheld.rules import BAND
from scanfix.model.geometry import Box

Places = NDArray[np.int64]

# A side is there when nine tenths of it are ink; what is left is where a code or a letter's paper lies over it.
_FULL = 0.88
# Of a fourth side that another thing hides, so much shows.
_SHOWS = 0.15
# A banner's letters with their strip are 60 pixels high, 30 at half size.
_STRIP = 34
# Punched holes and the marking beside a box reach into an eighth of it.
_ENDS = 8
# Boxes beside a marking hide a word: letters and their strips make lower and shorter frames.
_BAND_WIDTH = 70
_BAND_HEIGHT = 18
_PARTED = 0.35
_LEAST_SIDES = 2.6
_BEYOND = 48
# A stroke that runs into a box covers one hundredth of it.
_INTRUDING = 0.02
# Specks that the scanner sees in a white box: none; a side that leans by a pixel comes in by as much.
_EDGE = 3
_BLANK = 0.0015
_MOST_INSIDE = 0.2
# A row or column of the inside that is ink for so much of its length is another line: two boxes, or a table.
_LINE_INSIDE = 0.5
# A code in a box leaves room around itself and is one line of 30 pixels.
_ROOM = 3
_CODE_HEIGHT = 32
_SAME = 0.4
_WITHIN = 0.8
# Two lines around one place are 6 to 12 pixels apart.
_DOUBLE = 2
_APART = 7
_CORNER = 8
_STEP = 3
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle of thin lines at half the frame's size.

    ``sides`` are the shares of ink on the left, top, right and bottom; ``holds`` is the box of the ink inside.
    """

    box: Box
    sides: tuple[float, float, float, float]
    holds: Box | None = None
    is_double: bool = False

    @property
    def full(self) -> int:
        """How many sides are there."""
        return sum(side >= _FULL for side in self.sides)


def outlined(small: NDArray[np.uint8], guessed: Places) -> tuple[Outline, ...]:
    """Choose the rectangles that are outlines of something withheld.

    Parameters
    ----------
    small
        Mask at half the frame's size.
    guessed
        Left, top, right and bottom lines (see `scanfix.marks.withheld.rules.guesses`).
    """
    likely = sorted(_likely(small, guessed), key=lambda one: _rank(one, small.shape[0]))
    chosen: list[Outline] = []
    for one in likely:
        if not _repeats(one, chosen) and (whole := _whole(one, small)):
            chosen.append(whole)
    for one in likely:
        if not _repeats(one, chosen) and (behind := _behind(one, chosen, small)):
            chosen.append(behind)
    return tuple(_doubled(one, small) for one in chosen)


def _rank(one: Outline, height: int) -> tuple[float, ...]:
    """Order rectangles, the surest first; where a strip parts a box, the whole before its parts."""
    if _in_band(one.box, height):
        return (0.0, -one.box.area, -sum(one.sides))
    return (1.0, -one.full, -sum(one.sides), -one.box.area)


def _likely(small: NDArray[np.uint8], guessed: Places) -> Iterator[Outline]:
    """Keep the guesses of which three sides are mostly ink, and the inside mostly paper."""
    height, width = small.shape
    lines = cv2.integral(cv2.dilate(small, np.ones((3, 3), np.uint8)))
    ink = cv2.integral(small)
    left, top, right, bottom = np.clip(guessed, 0, (width - 1, height - 1, width - 1, height - 1)).T
    sides = np.stack(
        (
            _share(lines, left, top, left + 1, bottom + 1),
            _share(lines, left, top, right + 1, top + 1),
            _share(lines, right, top, right + 1, bottom + 1),
            _share(lines, left, bottom, right + 1, bottom + 1),
        ),
        axis=1,
    )
    inside = _share(ink, left + _EDGE, top + _EDGE, right + 1 - _EDGE, bottom + 1 - _EDGE)
    in_band = (bottom < BAND * height) | (top > (1 - BAND) * height)
    three = np.sort(sides, axis=1)[:, 1:].sum(axis=1)
    for index in np.flatnonzero((three >= np.where(in_band, 2.0, 2.4)) & (inside <= _MOST_INSIDE)).tolist():
        edges = (left[index], top[index], right[index] + 1, bottom[index] + 1)
        yield Outline(box=Box.of([int(edge) for edge in edges]), sides=tuple(sides[index].tolist()))


def _share(sums: NDArray[Any], left: Places, top: Places, right: Places, bottom: Places) -> NDArray[np.float64]:
    """Return the share of ink in boxes, from its sums over all boxes that begin at the top left."""
    ink = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(ink / np.maximum(1, (right - left) * (bottom - top)), dtype=np.float64)


def _repeats(one: Outline, chosen: Sequence[Outline]) -> bool:
    """Tell whether a rectangle is one that was chosen, a part of it, or holds it."""
    return any(_is_one(one.box, other.box) for other in chosen)


def _is_one(box: Box, other: Box) -> bool:
    """Tell whether two boxes are alike, or one of them holds the other; a box without an area is like none."""
    common = box.intersect(other).area
    if not common:
        return False
    areas = (box.area, other.area)
    return common / (sum(areas) - common) >= _SAME or common / min(areas) >= _WITHIN


def _whole(one: Outline, small: NDArray[np.uint8]) -> Outline | None:
    """Return a rectangle that can be seen whole, ``None`` where its sides or its inside speak against it."""
    in_band = _in_band(one.box, small.shape[0])
    inner = _inner(one.box, small)
    if not inner.size or not _is_enclosed(one, small.shape, in_band=in_band):
        return None
    if one.full == 4 and inner.mean() <= _INTRUDING:
        inner = _without_intruders(inner)
    if inner.mean() <= _BLANK:
        return _beyond_strip(one, small) if in_band else one
    return _holding(one, inner, small, in_band=in_band)


def _is_enclosed(one: Outline, shape: tuple[int, ...], *, in_band: bool) -> bool:
    """Tell whether enough of the sides is there."""
    if sum(one.sides) < _LEAST_SIDES:
        return False
    if in_band:
        return one.full >= 2 and _is_parted(one)
    return one.full == 4 or (one.full == 3 and (min(one.sides) >= _SHOWS or _at_edge(one, shape)))


def _holding(one: Outline, inner: NDArray[np.uint8], small: NDArray[np.uint8], *, in_band: bool) -> Outline | None:
    """Return a rectangle that a banner crosses, or that holds one line of letters with room around it."""
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    is_parted = in_band and _is_strip(inner)
    has_line = bool(inner.mean(axis=0).max() >= _FULL or inner.mean(axis=1).max() >= _LINE_INSIDE)
    if has_line and not (is_parted and one.full == 4):
        return None
    if is_parted:
        return _beyond_strip(one, small)
    holds = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    is_free = holds.left >= _ROOM and holds.right <= inner.shape[1] - _ROOM
    if one.full < 4 or not is_free or holds.height > _CODE_HEIGHT:
        return None
    return replace(one, holds=holds.shift(x=one.box.left + _EDGE, y=one.box.top + _EDGE))


def _is_strip(inner: NDArray[np.uint8]) -> bool:
    """Tell whether what a rectangle holds is a banner's words: all in one strip, but for a punched hole at its end."""
    aside = inner.shape[1] // _ENDS
    rows = np.flatnonzero(inner[:, aside : inner.shape[1] - aside].any(axis=1))
    return bool(rows.size) and int(rows[-1] - rows[0]) <= _STRIP


def _is_parted(one: Outline) -> bool:
    """Tell whether a rectangle at head or foot may be a box that a banner parts: a level side, some of both others."""
    is_wide = one.box.width >= _BAND_WIDTH and one.box.height >= _BAND_HEIGHT
    return is_wide and max(one.sides[1], one.sides[3]) >= _FULL and min(one.sides[0], one.sides[2]) >= _PARTED


def _without_intruders(inner: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Take out what comes in from outside: a stroke through the marking beside the box."""
    labels, _ = connected(inner)
    rim = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    return np.where(np.isin(labels, rim[rim > 0]), np.uint8(0), inner)


def _beyond_strip(one: Outline, small: NDArray[np.uint8]) -> Outline:
    """Go on beyond the strip of a banner that parts a box, to the level line on its other side."""
    left, top, right, bottom = one.box.edges
    columns = np.maximum(small[:-1, left:right], small[1:, left:right]).mean(axis=1)
    if one.sides[1] < _FULL:
        above = np.flatnonzero(columns[max(0, top - _BEYOND) : top - _EDGE] >= _FULL)
        top = max(0, top - _BEYOND) + int(above[-1]) if above.size else top
    if one.sides[3] < _FULL:
        below = np.flatnonzero(columns[bottom + _EDGE : bottom + _BEYOND] >= _FULL)
        bottom = bottom + _EDGE + int(below[0]) + 1 if below.size else bottom
    return replace(one, box=Box(left=left, top=top, right=right, bottom=bottom))


def _behind(one: Outline, chosen: Sequence[Outline], small: NDArray[np.uint8]) -> Outline | None:
    """Return a rectangle that others overlap, judged by what they leave of it."""
    over = [shared for other in chosen if (shared := other.box.grow(1).intersect(one.box)).area]
    seen = np.ones((one.box.height, one.box.width), np.bool_)
    for box in over:
        there = box.shift(x=-one.box.left, y=-one.box.top)
        seen[there.top : there.bottom, there.left : there.right] = False
    if not over or seen.mean() < _SAME:
        return None
    ink = small[one.box.top : one.box.bottom, one.box.left : one.box.right] > 0
    near = _near(one.box, small)
    sides = [
        float(line[there].mean()) for line, there in zip(_rim(near), _rim(seen), strict=True) if there.mean() >= _SHOWS
    ]
    inside = (ink & seen)[_EDGE:-_EDGE, _EDGE:-_EDGE]
    is_box = len(sides) >= 2 and min(sides) >= _FULL and float(inside.mean()) <= _BLANK
    return one if is_box else None


def _near(box: Box, small: NDArray[np.uint8]) -> Mask:
    """Tell where ink lies within two pixels: the line of a box that another parts may go on a step aside."""
    around = box.grow(_STEP).clip(width=small.shape[1], height=small.shape[0])
    spread = cv2.dilate(small[around.top : around.bottom, around.left : around.right], np.ones((5, 5), np.uint8)) > 0
    place = box.shift(x=-around.left, y=-around.top)
    near: Mask = spread[place.top : place.bottom, place.left : place.right]
    return near


def _rim(mask: Mask) -> tuple[NDArray[np.bool_], ...]:
    """Return the outermost pixels of the left, top, right and bottom."""
    return mask[:, 0], mask[0], mask[:, -1], mask[-1]


def _doubled(one: Outline, small: NDArray[np.uint8]) -> Outline:
    """Take the outer of two outlines that lie around one place."""
    if one.full < 3 or min(one.box.width, one.box.height) <= 2 * _CORNER:
        return one
    left, top, right, bottom = one.box.edges
    level, upright = small[:, left + _CORNER : right - _CORNER], small[top + _CORNER : bottom - _CORNER].T
    lines = [_lines(upright, left), _lines(level, top), _lines(upright, right - 1), _lines(level, bottom - 1)]
    if sum(len(found) >= 2 and found[-1] - found[0] >= _DOUBLE for found in lines) < 3:
        return one
    outer = [
        min(found, default=edge) if number < 2 else max(found, default=edge - 1) + 1
        for number, (found, edge) in enumerate(zip(lines, one.box.edges, strict=True))
    ]
    return replace(one, box=Box.of(outer), is_double=True)


def _lines(strips: NDArray[np.uint8], at: int) -> list[int]:
    """Return the rows near one that are ink for most of their length; rows that touch are one."""
    first = max(0, at - _APART)
    found = np.flatnonzero(strips[first : at + _APART + 1].mean(axis=1) >= _MOSTLY) + first
    return [int(row) for row in found if row - 1 not in found]


def _inner(box: Box, small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return what a rectangle holds."""
    return small[box.top + _EDGE : box.bottom - _EDGE, box.left + _EDGE : box.right - _EDGE]


def _in_band(box: Box, height: int) -> bool:
    """Tell whether a rectangle lies where banners stand."""
    return box.bottom < BAND * height or box.top > (1 - BAND) * height


def _at_edge(one: Outline, shape: tuple[int, ...]) -> bool:
    """Tell whether the weakest side lies on the page's edge."""
    left, top, right, bottom = one.box.edges
    near = (left <= _EDGE, top <= _EDGE, right >= shape[1] - _EDGE, bottom >= shape[0] - _EDGE)
    return near[one.sides.index(min(one.sides))]
