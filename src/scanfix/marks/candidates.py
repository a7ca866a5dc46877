"""Rows of letters in the head and foot bands that may be markings, freed of strokes, rules, frames and banners."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from scanfix.images import Mask
from scanfix.marks.classification_places import Unread
from scanfix.marks.frame import Frame, part
from scanfix.marks.lines import long_runs, without_runs
from scanfix.marks.rows import MARKING, Row, rows_of
from scanfix.model.geometry import Box

# Markings end at 7 % of the page's height from the top and begin at 15 % from the bottom, on the pages we learnt from.
_HEAD_SHARE = 0.12
_FOOT_SHARE = 0.17
# Three letters of a struck marking: the shortest stroke that keeps letters from being found one by one.
_SHORTEST_RUN_PX = 90
_ANGLES_DEG = tuple(float(angle) for angle in range(-54, 55, 3))
# A third of an inch; the smallest typed marking, SECRET in elite, is 0.5 inch wide.
_MIN_WIDTH_PX = 100
# Words are wider than high; a marking is at most a line long.
_MIN_SLENDERNESS = 2.5
_MAX_WIDTH_PX = 1900
_MIN_GLYPHS = 2
# The longest wording has 33 letters; a torn letter counts twice. Longer rows are lines of text.
_MAX_GLYPHS = 48
# What remains of an upright rule beside a marking: thinner than any letter's stem.
_HAIR_PX = 4
# Pieces at a row's end that are that much lower, taller or off the middle, in letter heights, are no letters of it.
_MIN_END, _MAX_END = 0.55, 1.45
_OFF_MIDDLE = 0.35
# Punch holes are 75 pixels wide; the stems of cover capitals up to 24. A square in a circle leaves a rim.
_SOLID_PX, _RIM_PX = 40, 33
# Paper left around a banner when it is blanked: its letters' ragged edges.
_BANNER_EDGE_PX = 2
# A marking that ends that close to a banner or to the edge of the page is cut by it.
_CUT_PX = 10
_EDGE_PX = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be a marking: its letters alone, and whether something hides a part of them."""

    row: Row
    letters: Mask
    position: str
    is_cut: bool

    @property
    def box(self) -> Box:
        """The box of the visible letters."""
        return self.row.box

    @property
    def is_in_band(self) -> bool:
        """Whether it stands at the head or foot of the page, where a marking is expected."""
        return self.position in ("head", "foot")

    def trims(self) -> Iterator["Candidate"]:
        """Yield the candidate, then without its first, its last, and both: the shadow of a punch hole may be one."""
        glyphs = self.row.glyphs
        for start, end in ((0, 0), (1, 0), (0, 1), (1, 1)):
            kept = glyphs[start : len(glyphs) - end]
            if kept:
                row = Row(glyphs=kept)
                inside = row.box.shift(x=-self.box.left, y=-self.box.top)
                yield replace(self, row=row, letters=part(self.letters, inside))


def candidates(rest: Unread, places: Sequence[Box], banners: Sequence[Box]) -> tuple[Candidate, ...]:
    """Find the rows that may be markings.

    Parameters
    ----------
    rest
        The page's ink without its running text.
    places
        Where to look.
    banners
        Boxes of what looks like release banners; their letters are left out, and markings that touch them are cut.
    """
    frame = rest.frame
    found = []
    for place in places:
        ink = _freed(rest.ink(place), place, banners)
        for row in rows_of(ink, MARKING, shift=(place.left, place.top)):
            trimmed = _trimmed(row)
            if trimmed is not None and _may_be_marking(trimmed):
                letters = _letters(ink, trimmed, place)
                cut = _is_cut(trimmed.box, frame, banners)
                found.append(
                    Candidate(row=trimmed, letters=letters, position=position_of(trimmed.box, frame), is_cut=cut)
                )
    return tuple(found)


def position_of(box: Box, frame: Frame) -> str:
    """Tell in which band a box lies: head, foot, or body."""
    return next((name for name, band in bands(frame).items() if band.top <= box.centre[1] < band.bottom), "body")


def bands(frame: Frame) -> dict[str, Box]:
    """Return the head and foot bands of a page."""
    head, foot = round(_HEAD_SHARE * frame.height), round(_FOOT_SHARE * frame.height)
    return {
        "head": Box(left=0, top=0, right=frame.width, bottom=head),
        "foot": Box(left=0, top=frame.height - foot, right=frame.width, bottom=frame.height),
    }


def without_blobs(ink: Mask) -> Mask:
    """Take out what is solid in all directions: punch holes, with their rim; no letter's stem is."""
    bar = np.ones((_SOLID_PX, _SOLID_PX), np.uint8)
    solid = cv2.morphologyEx(ink.view(np.uint8), cv2.MORPH_OPEN, bar)
    if not solid.any():
        return ink
    left: Mask = ink & (cv2.dilate(solid, np.ones((_RIM_PX, _RIM_PX), np.uint8)) == 0)
    return left


def _freed(ink: Mask, place: Box, banners: Sequence[Box]) -> Mask:
    """Return the ink of a place without strokes, rules, stripes and banners."""
    ink = without_blobs(ink)
    rest = without_runs(ink, long_runs(ink, min_px=_SHORTEST_RUN_PX, angles_deg=_ANGLES_DEG))
    for banner in banners:
        blank = banner.grow(_BANNER_EDGE_PX).intersect(place).shift(x=-place.left, y=-place.top)
        if blank.area:
            rest[blank.top : blank.bottom, blank.left : blank.right] = False
    return rest


def _trimmed(row: Row) -> Row | None:
    """Drop hairs anywhere, and pieces at the ends that are no letters of the row; ``None`` when nothing is left."""
    glyphs = [glyph for glyph in row.glyphs if glyph.width > _HAIR_PX]
    if not glyphs:
        return None
    height = median(glyph.height for glyph in glyphs)
    middle = median(glyph.centre[1] for glyph in glyphs)

    def is_letter(glyph: Box) -> bool:
        is_high = _MIN_END * height <= glyph.height <= _MAX_END * height
        return is_high and abs(glyph.centre[1] - middle) <= _OFF_MIDDLE * height

    while glyphs and not is_letter(glyphs[0]):
        glyphs.pop(0)
    while glyphs and not is_letter(glyphs[-1]):
        glyphs.pop()
    return Row(glyphs=tuple(glyphs)) if glyphs else None


def _may_be_marking(row: Row) -> bool:
    """Tell whether a row has a marking's shape."""
    box, count = row.box, len(row.glyphs)
    is_row = _MIN_WIDTH_PX <= box.width <= _MAX_WIDTH_PX and box.width >= _MIN_SLENDERNESS * box.height
    return is_row and _MIN_GLYPHS <= count <= _MAX_GLYPHS


def _letters(rest: Mask, row: Row, band: Box) -> Mask:
    """Cut the letters of a row out of its band, nothing else."""
    box = row.box
    letters = np.zeros((box.height, box.width), np.bool_)
    for glyph in row.glyphs:
        inside = glyph.shift(x=-box.left, y=-box.top)
        window = glyph.shift(x=-band.left, y=-band.top)
        letters[inside.top : inside.bottom, inside.left : inside.right] |= part(rest, window)
    return letters


def _is_cut(box: Box, frame: Frame, banners: Sequence[Box]) -> bool:
    """Tell whether a banner or the edge of the page cuts the letters."""
    at_edge = box.top <= _EDGE_PX or box.bottom >= frame.height - _EDGE_PX
    near = (
        banner
        for banner in banners
        if min(abs(box.top - banner.bottom), abs(banner.top - box.bottom)) <= _CUT_PX
        and min(box.right, banner.right) > max(box.left, banner.left)
    )
    return at_edge or next(near, None) is not None
