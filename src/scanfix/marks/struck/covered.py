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
from scanfix.model.text import Line

# Lines whose boxes are lower or higher, in letter heights, are no single lines of type.
_LINE_HEIGHT = (0.5, 4.0)
_AROUND = 0.6
# Words of one to three letters vary too much in their ink.
_LEAST_WIDTH = 3.3
# Of 4,852 typed words on drawn pages none reached that measure with a confidence as low; of 24 covered ones 17 did.
# The measure is the ink and six tenths of the changes, each against the page's median word, less the share of empty
# columns.
_COVERED = 1.7
_CHANGES, _GAPS = 0.6, 1.5
# That holds for words read with a confidence of 0.3; it takes more the surer they were read, and less where nobody
# could read them.
_UNREAD = 0.3
_LEAST = 0.1
_BADLY_READ = 0.72
# Beside a covered word less is enough: so near in letter heights.
_BESIDE_COVERED = 1.4
_NEXT = 1.8
# Fewer words tell no median.
_FEWEST = 8
# Words read in a place lie in it by half, with that many pixels around it.
_OF_PLACE, _NEAR_PX = 0.5, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A word on the page: its band, ink and empty columns as shares, changes by letter height."""

    band: Box
    line: Line
    ink: float
    gaps: float
    changes: float


def covered(frame: Frame, lines: Sequence[Line], *, letter_px: float) -> tuple[Passage, ...]:
    """Find the covered words of a page."""
    seen = [word for line in lines for word in _words(frame, line, letter_px)]
    if len(seen) < _FEWEST:
        return ()
    ink, changes = (float(np.median([getattr(word, name) for word in seen])) for name in ("ink", "changes"))
    rated = [
        (word, word.ink / ink + _CHANGES * word.changes / changes - _GAPS * word.gaps)
        for word in seen
        if word.band.width >= _LEAST_WIDTH * letter_px
    ]
    # Confidences are looked up for the few words that may be covered.
    maybe = [(word, rate, _confidence(word.band, word.line)) for word, rate in rated if rate >= _BESIDE_COVERED]
    sure = [word.band for word, rate, read in maybe if read is not None and _is_covered(rate, read)]
    beside = [
        word.band
        for word, _, read in maybe
        if word.band not in sure
        and read is not None
        and read <= _BADLY_READ
        and _has_beside(word.band, sure, letter_px)
    ]
    return tuple(
        Passage(box=whole_letters(frame.ink, band, letter_px=letter_px), strokes=(), by="type")
        for band in (*sure, *beside)
    )


def _is_covered(rate: float, read: float) -> bool:
    """Tell whether a word is covered, by its measure and the confidence with which it was read."""
    return read <= _BADLY_READ and rate >= _COVERED + max(_LEAST, read) - _UNREAD


def _has_beside(band: Box, others: Sequence[Box], letter_px: float) -> bool:
    """Tell whether one of several words is the next of the row."""
    near = band.grow(round(_NEXT * letter_px))
    return any(near.intersect(other).width > 0 and band.top < other.centre[1] < band.bottom for other in others)


def _words(frame: Frame, line: Line, letter_px: float) -> Iterator[_Seen]:
    """Yield the words of a line as they are seen."""
    if not _LINE_HEIGHT[0] * letter_px <= line.box.height <= _LINE_HEIGHT[1] * letter_px:
        return
    around = line.box.grow(round(_AROUND * letter_px)).clip(width=frame.width, height=frame.height)
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
            yield _seen(ink[top:bottom, first:end], band.shift(x=around.left, y=around.top), line, letter_px)


def _seen(body: Mask, band: Box, line: Line, letter_px: float) -> _Seen:
    """Measure a word."""
    height, width = body.shape
    changes = np.count_nonzero(body[:, 1:] != body[:, :-1]) / height / (width / letter_px)
    return _Seen(
        band=band,
        line=line,
        ink=float(body.mean()),
        gaps=float((~body.any(axis=0)).mean()),
        changes=float(changes),
    )


def _confidence(place: Box, line: Line) -> float | None:
    """Return how surely a place was read; ``None`` where nothing was: that may be a hatched frame."""
    grown = place.grow(_NEAR_PX)
    words = [word for word in line.words if word.box.share_inside(grown) >= _OF_PLACE]
    return sum(word.confidence for word in words) / len(words) if words else None
