"""Check boxes and circled choices: what state they are in, compared with their siblings on the same stamp.

Ticks and crosses leave their box, boxes are broken or hardly printed, and flooded ones have thick sides: a box is
checked where ink stands in its middle or a stroke leaves it, and its sibling shows less.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask, connected
from scanfix.marks.stamps.columns import Columns
from scanfix.marks.stamps.fillins import without_rules
from scanfix.marks.stamps.printed import Item, PrintedLine, width_of
from scanfix.marks.stamps.reading import Impression, LineRead
from scanfix.model.geometry import Box

State = Literal["checked", "unchecked", "unclear"]

# A box is 0.75 to 1 capital wide; behind its words it stands up to 1.6 capitals farther than the rubber's drawing says,
# before them as drawn. Its sides are found by their ink, its middle is the inner half.
_WIDTHS = (0.75, 0.85, 1.0)
_BEHIND, _BEFORE = (-0.3, 1.6), (-0.45, 0.4)
_INNER = 0.25
# A worn box hangs a little out of its line; a pen stroke is met at any of these heights.
_OFF_DOWN = (-0.18, 0.0, 0.18)
# Ink in the middle: empty boxes on the pages we learnt from have 0.07 at most, a thin tick 0.5.
_EMPTY, _FULL = 0.1, 0.22
# A stroke that leaves a box reaches that far out of it, in capitals.
_LEAVES = 0.4
# A checked box has that much more ink at its place than its unchecked sibling; one whose middle is nearly empty, as a
# tick may leave it, more.
_MORE, _MUCH_MORE = 1.4, 2.0
_HARDLY = 0.04
_WINDOW = 1.0
# Of a box that hardly printed a side is left; without any, it may be hidden.
_PRINTED = 0.015
# A tick begins that near to its box and ends that far right of it and above it, in its heights.
_STARTS, _RISES = 0.6, 0.5
# The line of a box must have been read that well before its box is said to be checked.
_LABEL = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A check box: its name, place in the patch, state, and how sure that is."""

    name: str
    box: Box
    state: State
    confidence: float
    middle: float
    ink: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was seen at a box's place."""

    row: LineRead
    item: Item
    box: Box
    middle: float
    ink: float
    leaves: float
    mark: Box


def ticks_of(impression: Impression, columns: Columns) -> tuple[Tick, ...]:
    """Judge the check boxes of a stamp together."""
    seen = [
        one
        for row in impression.lines
        for item in row.line.items
        if item.kind == "box" and (one := _look(impression, columns, row, item)) is not None
    ]
    return tuple(_judged(one, [other for other in seen if other is not one]) for one in seen)


def _look(impression: Impression, columns: Columns, row: LineRead, item: Item) -> _Seen | None:
    """Look at the place of a box; ``None`` beyond the page."""
    high = impression.capital_px
    ink = impression.patch.ink
    box = _placed(ink, columns, row, item, high)
    window = box.grow(round(_WINDOW * high)).intersect(impression.patch.box)
    if window.area < box.area:
        return None
    mark = _stroke(without_rules(ink, capital_px=high), box, impression.patch.box, high)
    leaves = max(box.left - mark.left, box.top - mark.top, mark.right - box.right, mark.bottom - box.bottom) / high
    near = box.grow(round(0.35 * high)).intersect(impression.patch.box)
    share = float(ink[near.top : near.bottom, near.left : near.right].sum()) / (high * high)
    return _Seen(row=row, item=item, box=box, middle=_middle(ink, box), ink=share, leaves=leaves, mark=mark)


def _placed(ink: Mask, columns: Columns, row: LineRead, item: Item, high: float) -> Box:
    """Find a box by the ink of its upright sides; its upper and lower one are often missing."""
    start, _ = columns.span(row.line, item)
    reach = _BEHIND if any(one.end <= item.start for one in row.line.prints) else _BEFORE
    top, bottom = max(0, row.box.top), max(1, row.box.bottom)
    sides = np.convolve(ink[top:bottom].mean(axis=0), np.ones(3) / 3, mode="same")
    lefts = np.arange(round(start + reach[0] * high), round(start + reach[1] * high) + 1)
    best, box = -1.0, Box(left=round(start), top=top, right=round(start + high), bottom=bottom)
    for width in (round(share * high) for share in _WIDTHS):
        inside = lefts[(lefts >= 1) & (lefts + width < len(sides) - 1)]
        if inside.size:
            scores = np.minimum(sides[inside], 0.5) + np.minimum(sides[inside + width], 0.5)
            # Where no side is printed, the box is where the drawing has it.
            scores -= 0.1 * np.abs(inside - start) / high
            top_score = int(np.argmax(scores))
            if float(scores[top_score]) > best + 0.02:
                left = int(inside[top_score])
                best, box = float(scores[top_score]), Box(left=left, top=top, right=left + width, bottom=bottom)
    return box


def _middle(ink: Mask, box: Box) -> float:
    """Return the share of ink in the middle of a box, 0 to 1; of some heights, the emptiest."""
    across, down = round(_INNER * box.width), round(_INNER * box.height)
    shares = []
    for off in _OFF_DOWN:
        top = max(0, box.top + down + round(off * box.height))
        part = ink[top : top + box.height - 2 * down, max(0, box.left + across) : box.right - across]
        shares.append(float(part.mean()) if part.size else 0.0)
    return min(shares)


def _stroke(ink: Mask, box: Box, whole: Box, high: float) -> Box:
    """Return the box around the pieces of ink that pass through a check box."""
    reach = box.grow(round(6 * high)).intersect(whole)
    labels, stats = connected(ink[reach.top : reach.bottom, reach.left : reach.right])
    core = box.grow(-round(0.15 * high)).intersect(reach).shift(x=-reach.left, y=-reach.top)
    inside = labels[core.top : core.bottom, core.left : core.right].astype(np.int64)
    numbers: NDArray[np.int64] = np.unique(inside)
    boxes = [
        Box(left=left, top=top, right=left + width, bottom=top + height).shift(x=reach.left, y=reach.top)
        for left, top, width, height, _ in stats[numbers[numbers > 0]].tolist()
    ]
    return Box.around(boxes) if boxes else box


def _judged(one: _Seen, siblings: Sequence[_Seen]) -> Tick:
    """Judge a box, beside its siblings."""
    state, confidence = _state(one, siblings)
    return Tick(
        name=one.item.text,
        box=one.box,
        state=state,
        confidence=confidence,
        middle=one.middle,
        ink=one.ink,
    )


def _state(one: _Seen, siblings: Sequence[_Seen]) -> tuple[State, float]:
    """Return a box's state and how sure it is, 0 to 1."""
    is_left = one.leaves >= _LEAVES
    least = min((other.ink for other in siblings), default=0.0)
    is_inked = one.middle >= _FULL and (is_left or one.ink >= _MORE * least)
    is_ticked = is_left and one.middle >= _HARDLY and bool(siblings) and one.ink >= _MUCH_MORE * least
    if is_inked or is_ticked or (bool(siblings) and one.ink >= _MORE * least and _is_tick(one)):
        is_known = one.row.likeness >= _LABEL
        return ("checked", 0.95 if is_inked and is_ticked else 0.8) if is_known else ("unclear", 0.5)
    # A stroke that passes a box by leaves it as open as one that hardly touched it.
    is_passed = is_left and bool(siblings) and one.ink >= _MUCH_MORE * least
    if one.middle <= _EMPTY and not is_passed and one.ink >= _PRINTED:
        return "unchecked", 0.7 if is_left else 0.95
    return "unclear", 0.5


def _is_tick(one: _Seen) -> bool:
    """Tell whether a stroke begins in a box and rises far out of it: a tick, which may leave the middle empty."""
    box, mark = one.box, one.mark
    high = float(box.height)
    begins = mark.left >= box.left - _STARTS * high and mark.bottom <= box.bottom + _STARTS * high
    rises = mark.right >= box.right + _RISES * high and mark.top <= box.top - _RISES * high
    return begins and rises


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A circled choice: its name and place in the patch, and the option that is circled, or ``none``."""

    name: str
    box: Box
    value: str
    confidence: float


# A ring around an option is that high and wide, in capitals, and seen in that many of eight directions from its middle;
# real lines are spaced wider than the rubber's drawing, so that rings are sought beyond the options.
_RING_HIGH, _RING_WIDE, _RING_SEEN = (1.45, 3.6), (1.2, 6.0), 7
_RING_BEYOND = 3.0
# Options stand 1.7 capitals apart and more: a ring's middle is nearer to its own than half of that.
_RING_OFF, _RING_LOW = 0.7, 0.5
# Letters of one option stand closer, in capitals; those of two farther apart.
_LETTER_GAP = 0.5


def choice_of(
    impression: Impression, columns: Columns, row: LineRead, item: Item, values: Sequence[str]
) -> Choice | None:
    """Tell which option of a line is circled; ``None`` where the options cannot be seen."""
    places = _options(row.line, item, columns, values)
    if not places or row.likeness < _LABEL:
        return None
    high = impression.capital_px
    drawn = [Box.of((left, row.box.top, right, row.box.bottom)) for left, right in places]
    pieces = _pieces(impression.patch.ink, Box.around(drawn), impression.patch.box, high)
    boxes = _letters(pieces, drawn, high) or drawn
    whole = Box.around(boxes)
    rings = [
        box
        for box, piece in pieces
        if _is_ring(box, piece, whole, high) and any(_holds(box, other, high) for other, _ in pieces)
    ]
    if not rings:
        is_hidden = any(box.height > _RING_HIGH[0] * high and box.right > whole.left for box, _ in pieces)
        return None if is_hidden else Choice(name=item.text, box=whole, value="none", confidence=0.8)
    x = rings[0].centre[0]
    at = min(range(len(boxes)), key=lambda index: abs(boxes[index].centre[0] - x))
    is_there = len(rings) == 1 and abs(boxes[at].centre[0] - x) <= _RING_OFF * high
    return Choice(name=item.text, box=rings[0], value=values[at], confidence=0.8) if is_there else None


def _options(line: PrintedLine, item: Item, columns: Columns, values: Sequence[str]) -> list[tuple[float, float]]:
    """Return the columns of the options, which are the last words before the choice."""
    before = [one for one in line.prints if one.end <= item.start]
    words = before[-1].text.split() if before else []
    if words[len(words) - len(values) :] != list(values):
        return []
    at = before[-1].start + width_of(" ".join(words[: len(words) - len(values)]) + " ")
    places = []
    for value in values:
        places.append((columns.at(line, at), columns.at(line, at + width_of(value))))
        at += width_of(value + " ")
    return places


def _pieces(ink: Mask, options: Box, whole: Box, high: float) -> list[tuple[Box, Mask]]:
    """Return the pieces of ink on the line of some options and a little beyond, rules left out."""
    grown = options.grow(round(1.6 * high))
    reach = replace(grown, right=grown.right + round(_RING_BEYOND * high)).intersect(whole)
    labels, stats = connected(without_rules(ink[reach.top : reach.bottom, reach.left : reach.right], capital_px=high))
    pieces = []
    for number, (left, top, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        box = Box(left=left, top=top, right=left + width, bottom=top + height).shift(x=reach.left, y=reach.top)
        if box.bottom > options.top and box.top < options.bottom:
            pieces.append((box, labels[top : top + height, left : left + width] == number))
    return pieces


def _letters(pieces: Sequence[tuple[Box, Mask]], drawn: Sequence[Box], high: float) -> list[Box]:
    """Find the options' letters where they are printed; none where there are not as many groups as options."""
    letters = [
        box
        for box, _ in pieces
        if 0.5 * high <= box.height <= 1.3 * high
        and box.left >= drawn[0].left - 0.3 * high
        and abs(box.centre[1] - drawn[0].centre[1]) <= 0.4 * high
    ]
    groups: list[Box] = []
    for box in sorted(letters, key=lambda box: box.left):
        if groups and box.left - groups[-1].right <= _LETTER_GAP * high:
            groups[-1] = Box.around((groups[-1], box))
        else:
            groups.append(box)
    return groups if len(groups) == len(drawn) else []


def _is_ring(box: Box, piece: Mask, options: Box, high: float) -> bool:
    """Tell whether a piece of ink runs around something on a line."""
    is_high = _RING_HIGH[0] * high <= box.height <= _RING_HIGH[1] * high
    is_wide = _RING_WIDE[0] * high <= box.width <= _RING_WIDE[1] * high
    is_level = abs(box.centre[1] - options.centre[1]) <= _RING_LOW * high
    return is_high and is_wide and is_level and _directions(piece) >= _RING_SEEN


def _holds(ring: Box, letter: Box, high: float) -> bool:
    """Tell whether a ring has a letter in it: the nought of a year written below has none."""
    return letter != ring and letter.height >= 0.4 * high and letter.share_inside(ring) == 1.0


def _directions(piece: Mask) -> int:
    """Count the directions, of eight, in which the outer part of a piece is met from its middle."""
    height, width = piece.shape
    met = 0
    for turn in np.arange(8) * np.pi / 4:
        reaches = np.linspace(0.6, 1.0, 40)
        columns = np.clip(np.round((width - 1) / 2 * (1 + reaches * np.cos(turn))), 0, width - 1).astype(np.int64)
        rows = np.clip(np.round((height - 1) / 2 * (1 + reaches * np.sin(turn))), 0, height - 1).astype(np.int64)
        met += bool(piece[rows, columns].any())
    return met
