"""Whether letters in a box are struck, and how: by straight strokes, or by what covers them."""

from collections.abc import Sequence

import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import part
from scanfix.marks.strike.covering import covering
from scanfix.marks.strike.grazing import is_doubtful, touching
from scanfix.marks.strike.search import strokes_in
from scanfix.marks.strike.staple import is_staple
from scanfix.marks.strike.stroke import Stroke, Verdict
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape

# Thinner lines are outlines of redactions (1 pixel). Pixels at 300 dpi.
_THINNEST_PX = 1.8
# Thicker ones, in letter heights, hide all of the letters and strike nothing that can be seen.
_THICKEST_HEIGHTS = 0.75
# Shortest stroke in letter heights: serifs that touch make runs of two letters, about 1.8 heights.
_MIN_HEIGHTS = 1.9
# Shortest stroke of all, in pixels: a quarter of an inch.
_SHORTEST_PX = 75.0
# A level stroke lies in the letters' body; above and below it are overlines and underlines.
_BODY = (0.12, 0.88)
# Within that angle a stroke counts as level.
LEVEL_DEG = 7.0
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
# Covered letters are struck less surely than those with a stroke of their own.
_COVERED = 0.8
# Letters at which no straight run was seen at all are unstruck more surely than those at which one was not believed.
_UNSTRUCK, _BESIDE = 0.92, 0.75
# Two level runs that meet, or lie nearer to each other than that share of their thickness, are one broad stroke.
_APART = 0.9
_APART_PX = 5.0
# The arms of an X are about equally long; two runs in one broad stroke are not.
_ARMS = 0.6
_BETWEEN_DEG = 9.0
# How far beyond the letters strokes are followed, in letter heights and at least in pixels.
_REACH_HEIGHTS = 1.0
_REACH_PX = 50.0
# Lines that are tried: outlines of redactions, rules and the strokes of the line above come before the one we want.
_TRIES = 6


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
        ``uncertain`` where a stroke only grazes the letters, or looks like a staple.
    """
    strokes = find_strokes(ink, letters, cap_height_px=cap_height_px)
    crossing = tuple(stroke for stroke in strokes if crosses(stroke))
    through = tuple(stroke for stroke in crossing if not is_staple(ink, stroke, letters))
    if any(not is_doubtful(stroke) for stroke in through):
        return Verdict(status="struck", confidence=_confidence(through[0]), shape=shape_of(through), strokes=through)
    cover = covering(ink, letters)
    if cover is not None:
        shape, stroke = cover
        return Verdict(status="struck", confidence=_COVERED, shape=shape, strokes=(stroke,))
    grazing = crossing or tuple(stroke for stroke in strokes if _grazes(stroke)) or _touches(ink, letters)
    if grazing:
        return Verdict(status="uncertain", confidence=0.5, shape=None, strokes=grazing)
    return Verdict(status="active", confidence=_BESIDE if strokes else _UNSTRUCK, shape=None, strokes=())


def find_strokes(ink: Mask, letters: Box, *, cap_height_px: float | None = None) -> tuple[Stroke, ...]:
    """Find the straight strokes that touch the body of the letters, the longest first; at most two.

    Parameters are those of `judge`.
    """
    if not letters.area:
        return ()
    height = cap_height_px or letters.height
    reach = round(max(_REACH_HEIGHTS * height, _REACH_PX))
    window = letters.grow(reach).clip(width=ink.shape[1], height=ink.shape[0])
    inner = letters.shift(x=-window.left, y=-window.top)
    measured = strokes_in(
        part(ink, window).astype(np.uint8),
        inner,
        shortest_px=max(_MIN_HEIGHTS * height, _SHORTEST_PX),
        thickest_px=_THICKEST_HEIGHTS * height,
        most=_TRIES,
        is_wanted=lambda stroke: _is_inside(stroke, inner),
    )
    seen = [one.stroke for one in measured if _is_inside(one.stroke, inner)]
    pens = [stroke for stroke in seen if _THINNEST_PX <= stroke.thickness_px <= _THICKEST_HEIGHTS * height]
    return tuple(stroke.shifted(x=window.left, y=window.top) for stroke in pens[:2])


def crosses(stroke: Stroke) -> bool:
    """Tell whether a stroke runs through the letters: with letters at both sides, and not only past them."""
    if abs(stroke.angle_deg) < LEVEL_DEG:
        is_deep = _MIDDLE[0] <= stroke.depth <= _MIDDLE[1] or stroke.across >= _MOST
        return stroke.across >= _ACROSS and stroke.crossed >= _LEVEL_CROSSED and is_deep
    return _meets_letters(stroke) and (stroke.through >= _THROUGH or stroke.across >= _WIDE)


def shape_of(strokes: Sequence[Stroke]) -> StrokeShape:
    """Name the shape of one or two strokes."""
    if len(strokes) == 2 and _are_arms(*strokes):
        return "x"
    if len(strokes) == 2 and _are_two(*strokes):
        return "double"
    angle = strokes[0].angle_deg
    if abs(angle) < LEVEL_DEG:
        return "horizontal"
    return "rising" if angle > 0 else "falling"


def _are_arms(one: Stroke, other: Stroke) -> bool:
    """Tell whether two strokes are the arms of an X."""
    is_steep = one.angle_deg * other.angle_deg < -(LEVEL_DEG**2)
    is_even = min(one.length_px, other.length_px) >= _ARMS * max(one.length_px, other.length_px)
    is_open = one.angle_deg * other.angle_deg < 0 and abs(one.angle_deg - other.angle_deg) >= _BETWEEN_DEG
    return is_steep or (is_open and is_even)


def _are_two(one: Stroke, other: Stroke) -> bool:
    """Tell whether two strokes lie apart, and are not two runs in a broad one."""
    away = abs(one.y_at(other.middle[0]) - other.middle[1])
    return away >= max(_APART_PX, _APART * (one.thickness_px + other.thickness_px) / 2)


def _touches(ink: Mask, letters: Box) -> tuple[Stroke, ...]:
    """Return the level line that touches heads or feet, if there is one."""
    line = touching(ink, letters)
    return (line,) if line else ()


def _is_inside(stroke: Stroke, inner: Box) -> bool:
    """Tell whether a stroke goes through the letters' body, or at least into it."""
    across, through, depth = stroke.place_in(inner)
    return _BODY[0] <= depth <= _BODY[1] and (across >= _ACROSS or through >= _GRAZE)


def _grazes(stroke: Stroke) -> bool:
    """Tell whether a slanted stroke touches the letters at a corner."""
    is_slanted = abs(stroke.angle_deg) >= _CLEARLY_SLANTED_DEG and stroke.through >= _FEET
    return is_slanted and stroke.crossed >= _SLANTED_CROSSED


def _meets_letters(stroke: Stroke) -> bool:
    """Tell whether a slanted stroke has letters at both sides, or passes between several."""
    return stroke.crossed >= _SLANTED_CROSSED or stroke.gaps >= _SEVERAL


def _confidence(stroke: Stroke) -> float:
    """Return how sure a stroke is: more when it runs clear of letters in several gaps."""
    return min(0.99, 0.55 + 0.06 * min(stroke.gaps, 5) + 0.16 * min(1.0, 2 * stroke.across))
