"""What was filled in on a stamp: the ink at a field's place, without the rule it stands on and the print around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from scanfix.images import GrayImage, Mask, connected
from scanfix.marks.crops import crop_of
from scanfix.marks.stamps.columns import Columns, words_of
from scanfix.marks.stamps.printed import Item, PrintedLine
from scanfix.marks.stamps.reading import Impression, LineRead
from scanfix.model.geometry import Box

# Rules are longer than any stroke of a figure is level (in capitals), and thinner than that (in pixels at 300 dpi).
_RULE, _RULE_PX = 2.4, 9
# Hands write that far above and below a line's capitals, in capitals; a date may stand half a line too high.
_ABOVE, _BELOW = 1.5, 0.75
_BESIDE = 0.35
# Lighter pieces are specks.
_LEAST_AREA = 0.035
# A piece is print of another line where it is no higher than a capital and lies on one of its words.
_PRINT_HEIGHT, _ON_PRINT = 1.35, 0.6
# Of a piece, the share that must lie in the window.
_INSIDE = 0.5
# Pieces farther apart than this are not one writing, in capitals.
_APART = 3.0


@dataclass(frozen=True, kw_only=True, eq=False)
class FillIn:
    """What stands in a field.

    ``box`` is its ink in the patch; ``alone`` shows this ink and nothing else, ``among`` everything there but the rule.
    """

    name: str
    line: PrintedLine
    window: Box
    box: Box
    alone: GrayImage
    among: GrayImage


def fill_ins(impression: Impression, columns: Columns) -> tuple[FillIn, ...]:
    """Cut out what was filled in, field by field; a field without ink is left out."""
    found = (
        _fill_in(impression, columns, row, item, window)
        for row in impression.lines
        for item, window in _windows(row, columns, impression)
    )
    return tuple(one for one in found if one is not None)


def without_rules(ink: Mask, *, capital_px: float) -> Mask:
    """Take long thin level lines out of the ink, except where a stroke crosses them."""
    pixels = ink.view(np.uint8)
    length = max(9, round(_RULE * capital_px))
    closed = cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    # A rule leans by a pixel or two over its length: it is sought in ink thickened by one.
    thick = cv2.dilate(closed, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    tall = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, np.ones((_RULE_PX + 2, 1), np.uint8))
    left: Mask = ink & ((runs == 0) | (tall > 0))
    return left


def _windows(row: LineRead, columns: Columns, impression: Impression) -> Iterator[tuple[Item, Box]]:
    """Yield the fields of a line and the windows in which they are filled in."""
    high = impression.capital_px
    items = row.line.items
    for index, item in enumerate(items):
        if item.kind != "field":
            continue
        left, right = columns.span(row.line, item)
        after = items[index + 1] if index + 1 < len(items) else None
        if after is not None:
            right = columns.at(row.line, after.start)
        beside = _BESIDE * columns.unit_px
        edges = (
            left - beside,
            row.box.top - _ABOVE * high,
            right + (0 if after else beside),
            row.box.bottom + _BELOW * high,
        )
        window = Box.of([max(0.0, edge) for edge in edges]).intersect(impression.patch.box)
        if window.area:
            yield item, window


def _fill_in(impression: Impression, columns: Columns, row: LineRead, item: Item, window: Box) -> FillIn | None:
    """Cut out what stands in one field; ``None`` where there is no ink."""
    high = impression.capital_px
    reach = window.grow(round(2 * high)).intersect(impression.patch.box)
    ink = without_rules(impression.patch.ink[reach.top : reach.bottom, reach.left : reach.right], capital_px=high)
    labels, stats = connected(ink)
    words = [box for other in impression.lines for box in _words(other, columns, high)]
    chosen = []
    for number, (left, top, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        box = Box(left=left, top=top, right=left + width, bottom=top + height).shift(x=reach.left, y=reach.top)
        if area >= _LEAST_AREA * high * high and _is_written(box, row, window, words, high):
            chosen.append((number, box))
    chosen = _together(chosen, high)
    if not chosen:
        return None
    box = Box.around(place for _, place in chosen)
    mine = np.isin(labels, [number for number, _ in chosen])
    inside = box.shift(x=-reach.left, y=-reach.top)
    band = Box(
        left=window.left,
        top=row.box.top - round(0.6 * high),
        right=window.right,
        bottom=row.box.bottom + round(0.45 * high),
    )
    among = band.intersect(reach).shift(x=-reach.left, y=-reach.top)
    return FillIn(
        name=item.text,
        line=row.line,
        window=window,
        box=box,
        alone=crop_of(mine[inside.top : inside.bottom, inside.left : inside.right]),
        among=crop_of(ink[among.top : among.bottom, among.left : among.right]),
    )


def _words(row: LineRead, columns: Columns, high: float) -> list[Box]:
    """Return the boxes of a line's printed words in the patch."""
    return [
        Box.of(
            (
                columns.at(row.line, start),
                row.box.top - 0.15 * high,
                columns.at(row.line, end),
                row.box.bottom + 0.15 * high,
            )
        )
        for start, end in words_of(row.line)
    ]


def _is_written(box: Box, row: LineRead, window: Box, words: Sequence[Box], high: float) -> bool:
    """Tell whether a piece of ink was written into a field: there, and no print of any line."""
    if box.share_inside(window) < _INSIDE:
        return False
    is_low = box.height <= _PRINT_HEIGHT * high
    if is_low and any(box.share_inside(word) >= _ON_PRINT for word in words):
        return False
    # Something that does not reach the line's own height belongs to its neighbours.
    return box.bottom > row.box.top and box.top < row.box.bottom


def _together(chosen: Sequence[tuple[int, Box]], high: float) -> list[tuple[int, Box]]:
    """Keep the pieces of one writing: the run without wide gaps that has most ink."""
    runs: list[list[tuple[int, Box]]] = []
    for one in sorted(chosen, key=lambda one: one[1].left):
        if runs and one[1].left - max(box.right for _, box in runs[-1]) <= _APART * high:
            runs[-1].append(one)
        else:
            runs.append([one])
    best = max(runs, key=lambda run: sum(box.area for _, box in run), default=[])
    tall = any(box.height >= 0.5 * high for _, box in best)
    return best if tall else []
