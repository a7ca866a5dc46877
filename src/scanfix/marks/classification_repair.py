"""Candidates whose letters cannot be told apart: a thick stroke, a signature or a clip holds them together.

A stroke as thick as the letters cannot be taken out, but an engine often reads through it, when the crop holds the
line of letters and nothing else. Where only some letters stand free, the reading of these tells where the others are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.candidates import Candidate, position_of, without_blobs
from scanfix.marks.classification_places import Unread
from scanfix.marks.frame import Frame, part
from scanfix.marks.hidden import model_width
from scanfix.marks.rows import Row
from scanfix.marks.wordings import fold
from scanfix.model.geometry import Box

# Letters cover a third and more of their line's width; a rising stroke through them a tenth.
_LINE_SHARE = 0.15
# Capitals are that high: elite type to cover capitals.
_LOWEST_PX, _TALLEST_PX = 18, 130
# Columns of letters reach over half of the line's height; those of a level stroke's ends do not.
_COLUMN_SHARE = 0.5
# Words of a marking stand no further apart, in line heights.
_WIDEST_GAP = 2.6
# SECRET in elite type is 150 wide, in small stamps 100; the longest line as wide as a page's text.
_MIN_WIDTH_PX, _MAX_WIDTH_PX = 100, 1900
_MIN_SLENDERNESS = 2.2
# Letters that stand free: at least that many, and that share of the wording's.
_MIN_READ, _MIN_READ_SHARE = 4, 0.4
# What pieces are completed to, the shortest first; handling lines are not guessed from pieces.
_COMPLETE: tuple[str, ...] = (
    "SECRET",
    "TOP SECRET",
    "NATO SECRET",
    "RESTRICTED",
    "CONFIDENTIAL",
    "UNCLASSIFIED",
    "SECURITY INFORMATION",
)
_WHOLE = frozenset(map(fold, _COMPLETE))


def blocks(rest: Unread, places: Sequence[Box], banners: Sequence[Box], rows: Sequence[Candidate]) -> list[Candidate]:
    """Find lines of letters that hold together, where no rows of letters were found.

    Parameters
    ----------
    rest
        The page's ink without its running text.
    places
        Where to look.
    banners
        Boxes of banners; places that touch one are left out.
    rows
        The rows that were found.
    """
    free = [place for place in places if not any(banner.intersect(place).area for banner in banners)]
    boxes = [box for place in free for box in _lines(without_blobs(rest.ink(place)), place)]
    return [_whole(rest.frame, box) for box in boxes if not any(_covers(row, box) for row in rows)]


def extended(row: Candidate, texts: Sequence[str], frame: Frame) -> Candidate | None:
    """Extend a row of which a part was read to where the whole wording would stand; ``None`` if nothing fits."""
    for read in map(fold, texts):
        for wording in () if read in _WHOLE else _COMPLETE:
            start = _place_in(read, fold(wording))
            if start is not None:
                return _stretched(row, wording, start, len(read), frame)
    return None


def _covers(row: Candidate, box: Box) -> bool:
    """Tell whether a row stands on the same line and covers the larger part of it."""
    shared = min(row.box.bottom, box.bottom) - max(row.box.top, box.top)
    is_level = shared > _COLUMN_SHARE * min(row.box.height, box.height)
    return is_level and row.box.intersect(box).width > _COLUMN_SHARE * box.width


def _whole(frame: Frame, box: Box) -> Candidate:
    """Take all ink of a box for a candidate."""
    letters = part(frame.ink, box)
    return Candidate(row=Row(glyphs=(box,)), letters=letters, position=position_of(box, frame), is_cut=False)


def _lines(ink: Mask, place: Box) -> Iterator[Box]:
    """Yield the lines of letters of a place, by its profiles."""
    columns = np.flatnonzero(ink.any(axis=0))
    if columns.size < _MIN_WIDTH_PX:
        return
    is_line = ink.sum(axis=1) >= _LINE_SHARE * (columns[-1] - columns[0])
    for top, bottom in _stretches(is_line, widest_gap=2):
        height = bottom - top
        if not _LOWEST_PX <= height <= _TALLEST_PX:
            continue
        band = ink[top:bottom]
        reach = height - band[::-1].argmax(axis=0) - band.argmax(axis=0)
        is_letter = band.any(axis=0) & (reach >= _COLUMN_SHARE * height)
        for left, right in _stretches(is_letter, widest_gap=round(_WIDEST_GAP * height)):
            width = right - left
            if _MIN_WIDTH_PX <= width <= _MAX_WIDTH_PX and width >= _MIN_SLENDERNESS * height:
                yield Box(left=left, top=top, right=right, bottom=bottom).shift(x=place.left, y=place.top)


def _stretches(chosen: NDArray[np.bool_], *, widest_gap: int) -> Iterator[tuple[int, int]]:
    """Yield where stretches of chosen pixels begin and end; gaps up to ``widest_gap`` do not part them."""
    at = np.flatnonzero(chosen)
    if not at.size:
        return
    cuts = np.flatnonzero(np.diff(at) > widest_gap + 1)
    starts, ends = np.concatenate(([0], cuts + 1)), np.concatenate((cuts, [at.size - 1]))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(at[start]), int(at[end]) + 1


def _place_in(read: str, wording: str) -> int | None:
    """Tell with which letter of a wording a reading begins, ``None`` where it is no large part of it."""
    if len(read) < max(_MIN_READ, _MIN_READ_SHARE * len(wording)) or len(read) >= len(wording):
        return None
    start = wording.find(read)
    return None if start < 0 else start


def _stretched(row: Candidate, wording: str, start: int, count: int, frame: Frame) -> Candidate:
    """Stretch a row of ``count`` letters, the first number ``start`` of a wording, to the whole wording."""
    places = [index for index, letter in enumerate(wording) if letter != " "]
    first, last = places[start], places[start + count - 1] + 1
    scale = row.box.width / model_width(wording[first:last])
    left = row.box.left - round(scale * model_width(wording[:first]))
    right = row.box.right + round(scale * model_width(wording[last:]))
    box = Box(left=left, top=row.box.top, right=right, bottom=row.box.bottom).intersect(frame.box)
    return replace(_whole(frame, box), is_cut=row.is_cut)
