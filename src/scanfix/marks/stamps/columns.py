"""Where along its lines a stamp's words lie: the rubber's own stretch, and its left end.

The words of a known wording, drawn as bars, are laid over the ink of its lines; the stretch and the left end at which
ink falls on words and paper on the gaps between them are the stamp's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.stamps.printed import Item, PrintedLine, width_of
from scanfix.marks.stamps.reading import Impression, LineRead

# Stamps are cut up to a fifth narrower or wider than Helvetica; sizes of fragments are known no better.
_NARROWEST, _WIDEST, _STRETCH_STEP = 0.72, 1.2, 0.015
# How far the left end may lie from where the fragments put it, in capitals.
_REACH = 2.5
# A gap is paper: ink there weighs more than ink missing in a worn word.
_GAP_WEIGHT = 2.0
# Letters end a little before their advance does, in capitals.
_EDGE = 0.06
# Words of lines that were read that well are laid.
_SURE = 0.7
_BEFORE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """``left_px`` is where a stamp's lines begin in its patch, ``unit_px`` what a capital of the drawing measures."""

    left_px: float
    unit_px: float
    fit: float

    def at(self, line: PrintedLine, place: float) -> float:
        """Return the column of a place in a line, given in capitals from its left."""
        return self.left_px + (line.left + place) * self.unit_px

    def span(self, line: PrintedLine, item: Item) -> tuple[float, float]:
        """Return the columns between which a part of a line lies."""
        return self.at(line, item.start), self.at(line, item.end)


def columns_of(impression: Impression) -> Columns:
    """Fit the columns of a stamp to its ink."""
    usual = Columns(left_px=impression.left_px, unit_px=impression.capital_px, fit=0.0)
    rows = [one for one in impression.lines if one.likeness >= _SURE and one.line.prints]
    if not rows:
        return usual
    sums = [_columns_of_ink(impression.patch.ink, one) for one in rows]
    reach = round(_REACH * impression.capital_px)
    lefts = np.arange(round(impression.left_px) - reach, round(impression.left_px) + reach + 1)
    # Widths of fragments and heights of bands both speak of the unit, and both may be wrong: worn letters are lost,
    # flooded ones grow.
    units = (impression.place.sites[0].capital_px, impression.capital_px)
    best = usual
    for stretch in np.arange(_NARROWEST * min(units), _WIDEST * max(units), _STRETCH_STEP * min(units)):
        scores = np.zeros(len(lefts))
        for row, ink in zip(rows, sums, strict=True):
            for start, end, weight in _bars(row.line):
                first = np.clip(np.round(lefts + (row.line.left + start) * stretch), 0, len(ink) - 1).astype(np.int64)
                last = np.clip(np.round(lefts + (row.line.left + end) * stretch), 0, len(ink) - 1).astype(np.int64)
                scores += weight * (ink[last] - ink[first])
        top = int(np.argmax(scores))
        if scores[top] / stretch > best.fit:
            best = Columns(left_px=float(lefts[top]), unit_px=float(stretch), fit=float(scores[top] / stretch))
    return best


def _bars(line: PrintedLine) -> Iterator[tuple[float, float, float]]:
    """Yield the words of a line and the gaps between them: from, to, and what ink there counts."""
    for item in line.prints:
        at = item.start
        words = item.text.split()
        yield at - _BEFORE, at - 2 * _EDGE, -_GAP_WEIGHT / 2
        for index, word in enumerate(words):
            end = at + width_of(word)
            yield at + _EDGE, end - _EDGE, 1.0
            at = end + width_of(" ")
            if index < len(words) - 1:
                yield end + _EDGE, at - _EDGE, -_GAP_WEIGHT


def _columns_of_ink(ink: Mask, row: LineRead) -> NDArray[np.float64]:
    """Return the running sum of columns that hold ink in a line's capitals; rules under them are left out."""
    top, bottom = max(0, row.box.top + 2), max(1, row.box.bottom - 4)
    counts = ink[top:bottom].sum(axis=0)
    return np.concatenate([[0.0], np.cumsum(np.minimum(counts, 6) / 6.0)])


def words_of(line: PrintedLine) -> Sequence[tuple[float, float]]:
    """Return where the words of a line lie, in capitals from its left."""
    return [(start, end) for start, end, weight in _bars(line) if weight > 0]
