"""Words that are covered: typed over with xxxx or ////, scribbled out, hatched with a pen.

No straight stroke runs through them. They are denser than the page's other words, change between ink and paper more
often, leave no gaps between letters, and read badly; each of the four alone is common, the four together are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.struck.rows import band_of, whole_letters, words_of
from scanfix.marks.struck.words import Passage
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# Lines whose boxes are lower or higher, in letter heights, are no single lines of type.
_LINE_HEIGHT = (0.5, 4.0)
_AROUND = 0.6
# Words of one to three letters vary too much in their ink.
_LEAST_WIDTH = 3.3
# Of 4,852 typed words on drawn pages none reached that measure with a confidence as low; of 24 covered ones 17 did.
# The measure is the ink and six tenths of the changes, each against the page's median word, less the share of empty
# columns.
_COVERED = 1.68
_CHANGES, _GAPS = 0.6, 1.5
_BADLY_READ = 0.72
# Fewer words tell no median.
_FEWEST = 8
# Words read in a place lie in it by half, with that many pixels around it.
_OF_PLACE, _NEAR_PX = 0.5, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A word on the page: its band, its letters, ink and empty columns as shares, changes by letter height."""

    band: Box
    letters: Box
    ink: float
    gaps: float
    changes: float


def covered(frame: Frame, lines: Sequence[Line], *, letter_px: float) -> tuple[Passage, ...]:
    """Find the covered words of a page."""
    seen = [word for line in lines for word in _words(frame, line.box, letter_px)]
    if len(seen) < _FEWEST:
        return ()
    ink, changes = (float(np.median([getattr(word, name) for word in seen])) for name in ("ink", "changes"))
    found = []
    for word in seen:
        measure = word.ink / ink + _CHANGES * word.changes / changes - _GAPS * word.gaps
        if measure >= _COVERED and word.band.width >= _LEAST_WIDTH * letter_px and _reads_badly(word.band, lines):
            found.append(Passage(box=word.letters, strokes=(), by="type"))
    return tuple(found)


def _words(frame: Frame, line: Box, letter_px: float) -> Iterator[_Seen]:
    """Yield the words of a line as they are seen."""
    if not _LINE_HEIGHT[0] * letter_px <= line.height <= _LINE_HEIGHT[1] * letter_px:
        return
    around = line.grow(round(_AROUND * letter_px)).clip(width=frame.width, height=frame.height)
    ink = frame.ink[around.top : around.bottom, around.left : around.right]
    reach = round(_AROUND * letter_px)
    profile = ink.sum(axis=1)
    inside = profile[reach:-reach] if len(profile) > 2 * reach + 1 else profile
    top, bottom = band_of(profile, int(inside.argmax()) + (reach if inside is not profile else 0), thickness_px=3.0)
    if bottom - top < _LINE_HEIGHT[0] * letter_px / 1.2:
        return
    for first, end in words_of(ink[top:bottom], letter_px=letter_px):
        if end - first >= 2 * letter_px:
            band = Box(left=first, top=top, right=end, bottom=bottom)
            letters = whole_letters(ink, band, letter_px=letter_px)
            yield _seen(ink[top:bottom, first:end], band, letters, around, letter_px)


def _seen(body: Mask, band: Box, letters: Box, around: Box, letter_px: float) -> _Seen:
    """Measure a word."""
    height, width = body.shape
    changes = np.count_nonzero(body[:, 1:] != body[:, :-1]) / height / (width / letter_px)
    return _Seen(
        band=band.shift(x=around.left, y=around.top),
        letters=letters.shift(x=around.left, y=around.top),
        ink=float(body.mean()),
        gaps=float((~body.any(axis=0)).mean()),
        changes=float(changes),
    )


def _reads_badly(place: Box, lines: Sequence[Line]) -> bool:
    """Tell whether words were read at a place, none surely; where none were, there may be a hatched frame."""
    grown = place.grow(_NEAR_PX)
    words: list[Word] = [word for line in lines for word in line.words if word.box.share_inside(grown) >= _OF_PLACE]
    return bool(words) and sum(word.confidence for word in words) / len(words) <= _BADLY_READ
