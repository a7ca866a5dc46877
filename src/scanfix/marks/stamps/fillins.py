"""What was filled in on a stamp: the ink at a field's place, without the rule it stands on and the print around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

import cv2
import numpy as np

from scanfix.families import FieldKind, FilledBy, StampField
from scanfix.images import GrayImage, Labels, Mask, connected
from scanfix.marks.crops import crop_of
from scanfix.marks.stamps.columns import Columns, words_of
from scanfix.marks.stamps.printed import Item
from scanfix.marks.stamps.reading import Impression, LineRead
from scanfix.marks.stamps.unexplained import sharpest_near
from scanfix.model.geometry import Box

# Rules are longer than any stroke of a figure is level (in capitals), and thinner than that (in pixels at 300 dpi).
_RULE, _RULE_PX = 2.4, 9
# Hands write that far above and below a line's capitals, in capitals, and higher where no line is above; and they begin
# on the colon of the print before.
_ABOVE, _ABOVE_FIRST, _BELOW = 2.2, 4.0, 1.2
_BESIDE, _EARLY = 0.35, 1.3
# What is left of a rule is low and long, in capitals.
_RULE_HEIGHT, _RULE_WIDTH = 0.35, 1.1
# A tick is that much longer than thick, and its line passes a box's middle that near, in capitals.
_SLENDER, _POINTS_TO = 4.0, 0.6
# Lighter pieces are specks.
_LEAST_AREA = 0.035
# A piece is print where it is no higher than a capital and lies on printed words; real lines are spaced wider here and
# there than the rubber's drawing, so that other lines' words reach farther right.
_PRINT_HEIGHT, _ON_PRINT, _WIDER = 1.35, 0.6, 1.7
# Columns and lines are known to that much, in capitals.
_LABEL_EDGE, _LINE_EDGE = 0.4, 0.3
# A piece is the line's own where it comes that near to the line's capitals.
_REACHES = 0.35
# Pieces farther apart than this are not one writing; a dater set askew goes on where its neighbour stands as high.
_APART, _NEXT, _AS_HIGH, _TALLEST = 3.0, 0.9, 0.3, 3.0
# Daters are set at up to 40 degrees; smaller turns are read as they are.
_TURNED_DEG, _LEAST_TURN_DEG = 42.0, 5.0
# What hangs on a tick stands that near to a writing, in capitals; a sign has that much ink, of a capital by its height.
_HANGS, _A_SIGN = 1.2, 0.3
_DEFAULT = StampField()


@dataclass(frozen=True, kw_only=True, eq=False)
class FillIn:
    """What stands in a field.

    ``box`` is its ink in the patch; ``alone`` shows this ink and nothing else, ``level`` the same turned level where it
    leans, ``among`` everything there but the rule. ``is_cut``: strokes that run through a check box touch it, and what
    they crossed is missing.
    """

    name: str
    by: FilledBy
    kind: FieldKind
    box: Box
    alone: GrayImage
    level: GrayImage | None
    among: GrayImage
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field of a line, the window in which it is filled in, and what is printed around it."""

    item: Item
    row: LineRead
    window: Box
    own: tuple[Box, ...]
    others: tuple[Box, ...]
    ticked: tuple[Box, ...]
    kept: StampField
    capital_px: float

    def is_print(self, box: Box) -> bool:
        """Tell whether a piece of ink is print."""
        if box.height > _PRINT_HEIGHT * self.capital_px:
            return False
        return any(box.share_inside(word) >= _ON_PRINT for word in (*self.own, *self.others))

    def is_rule(self, box: Box) -> bool:
        """Tell whether a piece of ink is what is left of a rule."""
        return box.height < _RULE_HEIGHT * self.capital_px and box.width > _RULE_WIDTH * self.capital_px

    def is_tick(self, mine: Mask, box: Box) -> bool:
        """Tell whether a piece of ink, its mask cut to its box, passes through a check box, or points to one."""
        for tick in self.ticked:
            place = tick.intersect(box).shift(x=-box.left, y=-box.top)
            if place.area and mine[place.top : place.bottom, place.left : place.right].any():
                return True
        return bool(self.ticked) and _points_to(mine, box, self.ticked, reach_px=_POINTS_TO * self.capital_px)

    def begins(self, box: Box) -> bool:
        """Tell whether a piece of ink may be of the writing: on the line, in the window."""
        x, y = box.centre
        is_inside = self.window.left <= x <= self.window.right and self.window.top <= y <= self.window.bottom
        reach = _REACHES * self.capital_px
        is_here = box.bottom > self.row.box.top - reach and box.top < self.row.box.bottom
        return is_inside and is_here and box.width <= self.window.width


def fill_ins(impression: Impression, columns: Columns, ticked: Sequence[Box]) -> tuple[FillIn, ...]:
    """Cut out what was filled in, field by field; a field without ink is left out.

    Parameters
    ----------
    impression, columns
        The stamp, and where its words lie.
    ticked
        The places of its check boxes in the patch: strokes through them are ticks.
    """
    found = (
        _fill_in(impression, field) for row in impression.lines for field in _fields(row, columns, impression, ticked)
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


def _fields(row: LineRead, columns: Columns, impression: Impression, ticked: Sequence[Box]) -> Iterator[_Field]:
    """Yield the fields of a line."""
    high = impression.capital_px
    own = tuple(_words(row, columns, high, wider=0.0))
    others = tuple(
        box for other in impression.lines if other is not row for box in _words(other, columns, high, wider=_WIDER)
    )
    for index, item in enumerate(row.line.items):
        if item.kind != "field":
            continue
        left, right = columns.span(row.line, item)
        after = row.line.items[index + 1] if index + 1 < len(row.line.items) else None
        if after is not None:
            right = columns.at(row.line, after.start) - _BESIDE * columns.unit_px
        above = _ABOVE if row.line.number else _ABOVE_FIRST
        edges = (
            left - _EARLY * columns.unit_px,
            row.box.top - above * high,
            right + (0.0 if after else _BESIDE * columns.unit_px),
            row.box.bottom + _BELOW * high,
        )
        window = Box.of([max(0.0, edge) for edge in edges]).intersect(impression.patch.box)
        if window.area:
            yield _Field(
                item=item,
                row=row,
                window=window,
                own=own,
                others=others,
                ticked=tuple(ticked),
                kept=impression.printed.family.field.get(item.text, _DEFAULT),
                capital_px=high,
            )


def _words(row: LineRead, columns: Columns, high: float, *, wider: float) -> Iterator[Box]:
    """Yield the boxes of a line's printed words in the patch; the last of a line without a field reaches farther."""
    words = words_of(row.line)
    has_field = any(item.kind == "field" for item in row.line.items)
    margin = (_LINE_EDGE if wider else 0.15) * high
    beside = 0.0 if wider else _LABEL_EDGE * high
    for index, (start, end) in enumerate(words):
        more = 0.0 if has_field else wider * high
        right = columns.at(row.line, end) + more
        if not has_field and index + 1 < len(words) and wider:
            right = max(right, columns.at(row.line, words[index + 1][0]))
        left = columns.at(row.line, start) - beside
        yield Box.of((left, row.box.top - margin, right + beside, row.box.bottom + margin))


def _fill_in(impression: Impression, field: _Field) -> FillIn | None:
    """Cut out what stands in one field; ``None`` where there is no ink."""
    high = impression.capital_px
    reach = field.window.grow(round(2 * high)).intersect(impression.patch.box)
    ink = without_rules(impression.patch.ink[reach.top : reach.bottom, reach.left : reach.right], capital_px=high)
    labels, stats = connected(ink)
    pieces = [
        (number, Box(left=left, top=top, right=left + width, bottom=top + height).shift(x=reach.left, y=reach.top))
        for number, (left, top, width, height, area) in enumerate(stats[1:].tolist(), start=1)
        if area >= _LEAST_AREA * high * high
    ]
    written = [(number, box) for number, box in pieces if not (field.is_print(box) or field.is_rule(box))]
    ticks = [one for one in written if field.is_tick(_alone(labels, *one, reach), one[1])]
    free = [one for one in written if one not in ticks]
    chosen = _together([piece for piece in free if field.begins(piece[1])], high)
    if not chosen:
        return None
    if field.kept.kind == "date":
        chosen = _grown(chosen, free, high)
    box = Box.around(place for _, place in chosen)
    inside = box.shift(x=-reach.left, y=-reach.top)
    mine = np.isin(labels, [number for number, _ in chosen])[inside.top : inside.bottom, inside.left : inside.right]
    row = field.row.box
    left = max(field.window.left, round(field.window.left + (_EARLY - _BESIDE) * high))
    band = Box(
        left=left, top=row.top - round(0.6 * high), right=field.window.right, bottom=row.bottom + round(0.45 * high)
    )
    among = band.intersect(reach).shift(x=-reach.left, y=-reach.top)
    return FillIn(
        name=field.item.text,
        by=field.kept.by,
        kind=field.kept.kind,
        box=box,
        alone=crop_of(mine),
        level=_levelled(mine) if field.kept.kind == "date" else None,
        among=crop_of(ink[among.top : among.bottom, among.left : among.right]),
        is_cut=any(_hangs(_alone(labels, *tick, reach), tick[1], box, high) for tick in ticks),
    )


def _hangs(mine: Mask, tick: Box, box: Box, high: float) -> bool:
    """Tell whether a tick, its mask cut to its box, has as much ink beside a writing as a sign of it would have."""
    beside = Box.of((box.left - _HANGS * high, box.top, box.right + _HANGS * high, box.bottom)).intersect(tick)
    place = beside.shift(x=-tick.left, y=-tick.top)
    ink = int(mine[place.top : place.bottom, place.left : place.right].sum()) if place.area else 0
    return ink >= _A_SIGN * high * box.height


def _alone(labels: Labels, number: int, box: Box, reach: Box) -> Mask:
    """Cut a piece out of the labels of a part of the patch."""
    inside = box.shift(x=-reach.left, y=-reach.top)
    mine: Mask = labels[inside.top : inside.bottom, inside.left : inside.right] == number
    return mine


def _points_to(mine: Mask, box: Box, places: Sequence[Box], *, reach_px: float) -> bool:
    """Tell whether a piece is a slender stroke whose line runs through one of some places: a tick that a rule cut."""
    moments = cv2.moments(mine.view(np.uint8), binaryImage=True)
    area, across, down, both = (moments[name] for name in ("m00", "mu20", "mu02", "mu11"))
    spread = hypot(2 * both, across - down)
    if (across + down + spread) < _SLENDER**2 * max(area / 6, across + down - spread):
        return False
    turn = atan2(2 * both, across - down) / 2
    x, y = box.left + moments["m10"] / area, box.top + moments["m01"] / area
    return any(
        abs((place.centre[0] - x) * sin(turn) - (place.centre[1] - y) * cos(turn)) <= reach_px for place in places
    )


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


def _grown(chosen: list[tuple[int, Box]], free: Sequence[tuple[int, Box]], high: float) -> list[tuple[int, Box]]:
    """Add the pieces with which a writing goes on at its ends, rising or falling."""
    grown = list(chosen)
    for step in (1, -1):
        while True:
            end = max(grown, key=lambda one: step * (one[1].right if step > 0 else one[1].left))[1]
            after = [one for one in free if one not in grown and _goes_on(end, one[1], step, high)]
            if not after:
                break
            grown.append(min(after, key=lambda one: step * one[1].left))
    return grown


def _goes_on(end: Box, box: Box, step: int, high: float) -> bool:
    """Tell whether a piece stands next to the end of a writing, as high as it."""
    gap = box.left - end.right if step > 0 else end.left - box.right
    shared = min(box.bottom, end.bottom) - max(box.top, end.top)
    is_letter = 0.5 * high <= box.height <= _TALLEST * high and 0.5 <= box.height / max(1, end.height) <= 2.0
    return is_letter and -0.5 * high <= gap <= _NEXT * high and shared >= _AS_HIGH * min(box.height, end.height)


def _levelled(mine: Mask) -> GrayImage | None:
    """Turn a writing level; ``None`` where it lies level."""
    rows, columns = np.nonzero(mine)
    angle = sharpest_near(np.column_stack([columns, rows]).astype(np.float64), 0.0, reach_deg=_TURNED_DEG)
    if abs(angle) < _LEAST_TURN_DEG:
        return None
    height, width = mine.shape
    size = height + width
    way = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    way[:, 2] += ((size - width) / 2, (size - height) / 2)
    turned = cv2.warpAffine(mine.view(np.uint8) * np.uint8(255), way, (size, size), flags=cv2.INTER_LINEAR)
    return crop_of(turned[turned.any(axis=1)][:, turned.any(axis=0)] >= 128)
