"""Stamps of unknown wording and seals: outlines with print in them, and print that lies askew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scanfix.marks.frame import Frame, part
from scanfix.marks.regions.groups import Group
from scanfix.marks.regions.loose import Integers, Loose
from scanfix.marks.regions.outlines import LARGEST_ROUND_PX, Outline, has_letters
from scanfix.marks.regions.rows import Print, Row, print_of, upright_rows
from scanfix.model.geometry import Box, Quad
from scanfix.model.text import Line

# Print without an outline is a stamp's only where it surely lies askew: its longest row rises by its own height, and
# has so many letters.
_LEAST_RISE = 1.0
_FEWEST_LETTERS = 6
# Share of regions of askew print that were stamps on the development pages.
_ASKEW = 0.8
# The frame of a stamp is that much longer than its print at most.
_FRAME = 1.8
# Upright print.
_UPRIGHT_DEG = 45.0
# Turned boxes are stamps; level ones may be notes, forms and maps: stamps are cut in capitals.
_TURNED_DEG = 1.2
_CAPITALS = 0.9
_FEWEST_IN_BOX = 5
# An oval this long, in heights of words, is a stamp even where its print cannot be made out; a hand draws smaller ones.
_LONG_OVAL = 6.0
# Seals show arms and eagles, round stamps letters: a fifth of their box is ink at most.
_DRAWN = 0.25

Family = Literal["unknown", "seal"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stamp:
    """A stamp that may be: its family, its box, its corners where it is turned, its print, how sure before reading."""

    family: Family
    box: Box
    quad: Quad | None
    print: Print | None
    is_framed: bool
    confidence: float


def stamps_of(
    frame: Frame, loose: Loose, lines: Sequence[Line], groups: Sequence[Group], outlines: Sequence[Outline]
) -> tuple[Stamp, ...]:
    """Find the stamps and seals of a page."""
    framed = [stamp for outline in outlines if (stamp := _framed(frame, loose, lines, outline)) is not None]
    taken = [stamp.box for stamp in framed]
    askew: list[Stamp] = []
    for group in groups:
        numbers = _outside(frame, group.numbers, taken)
        stamp = _askew(frame, loose, numbers)
        askew += [stamp] if stamp is not None else _upright(frame, loose, numbers)
    return (*framed, *askew)


def _framed(frame: Frame, loose: Loose, lines: Sequence[Line], outline: Outline) -> Stamp | None:
    """Make a stamp of an outline with what stands in it."""
    inside = _inside(frame, outline.box)
    if outline.form == "round":
        if max(outline.box.width, outline.box.height) > LARGEST_ROUND_PX:
            return None
        is_seal = _is_dark(frame, outline.box) or not has_letters(frame, loose, outline.box)
        return Stamp(
            family="seal" if is_seal else "unknown",
            box=outline.box,
            quad=None,
            print=None,
            is_framed=True,
            confidence=outline.confidence,
        )
    rows = print_of(frame, inside, unit=loose.unit)
    if rows is None or len(rows.numbers) < _FEWEST_IN_BOX:
        is_turned = outline.form == "box" and _tilt_deg(outline) >= _TURNED_DEG
        is_long_oval = outline.form == "oval" and outline.long_px >= _LONG_OVAL * loose.unit
        if not is_long_oval and not (is_turned and _letters(frame, inside, loose.unit) >= _FEWEST_IN_BOX):
            return None
        rows = None
    if outline.form == "box" and rows and abs(rows.angle_deg) < _TURNED_DEG and not _is_capital(lines, outline.box):
        return None
    return Stamp(
        family="unknown",
        box=outline.box,
        quad=outline.quad,
        print=rows,
        is_framed=True,
        confidence=outline.confidence,
    )


def _letters(frame: Frame, numbers: Integers, unit: float) -> int:
    """Count the pieces of the size of letters."""
    heights = frame.pieces.boxes[numbers, 3]
    return int(np.count_nonzero((heights >= 0.5 * unit) & (heights <= 1.5 * unit)))


def _tilt_deg(outline: Outline) -> float:
    """Return how far the longer side of a box is off the level or the upright, 0 to 45."""
    if outline.quad is None:
        return 0.0
    (x, y), (right, down), _, _ = outline.quad.corners
    turn = float(np.degrees(np.arctan2(down - y, right - x))) % 90.0
    return min(turn, 90.0 - turn)


def _is_dark(frame: Frame, box: Box) -> bool:
    """Tell whether a ring is filled with a drawing."""
    return float(np.mean(part(frame.ink, box))) > _DRAWN


def _askew(frame: Frame, loose: Loose, numbers: Integers) -> Stamp | None:
    """Make a stamp of print that lies askew, if it does."""
    rows = print_of(frame, numbers, unit=loose.unit) if len(numbers) >= _FEWEST_LETTERS else None
    if rows is None or len(rows.numbers) < _FEWEST_LETTERS:
        return None
    if abs(rows.angle_deg) < _UPRIGHT_DEG and rows.rise < _LEAST_RISE:
        return None
    box = _with_frame(frame, rows, numbers)
    quad = rows.quad if box == rows.box else None
    return Stamp(family="unknown", box=box, quad=quad, print=rows, is_framed=False, confidence=_ASKEW)


def _upright(frame: Frame, loose: Loose, numbers: Integers) -> list[Stamp]:
    """Make stamps of upright rows among other ink: a row by itself, or several side by side."""
    blocks: list[list[Row]] = []
    for row in upright_rows(frame, numbers, unit=loose.unit):
        near = row.quad.box.grow(round(row.height))
        block = next((block for block in blocks if any(near.intersect(other.quad.box).area for other in block)), None)
        if block is None:
            blocks.append([row])
        else:
            block.append(row)
    prints = [Print(rows=tuple(block), angle_deg=90.0) for block in blocks]
    return [
        Stamp(family="unknown", box=rows.box, quad=None, print=rows, is_framed=False, confidence=_ASKEW)
        for rows in prints
    ]


def _with_frame(frame: Frame, rows: Print, numbers: Integers) -> Box:
    """Return the box of askew print with the pieces that surround it: a frame that is broken or crossed."""
    own = rows.box
    near = own.grow(round(rows.rows[0].height))
    around = [own]
    for left, top, width, height, _ in frame.pieces.boxes[numbers].tolist():
        piece = Box(left=left, top=top, right=left + width, bottom=top + height)
        if piece.intersect(near).area and max(width, height) <= _FRAME * max(own.width, own.height):
            around.append(piece)
    return Box.around(around)


def _is_capital(lines: Sequence[Line], box: Box) -> bool:
    """Tell whether what was read in a box is in capitals."""
    words = [word for line in lines for word in line.words if word.box.share_inside(box) >= 0.5]
    letters = [sign for word in words for sign in word.text if sign.isalpha()]
    return len(letters) >= _FEWEST_IN_BOX and sum(sign.isupper() for sign in letters) >= _CAPITALS * len(letters)


def _inside(frame: Frame, box: Box) -> Integers:
    """Return the pieces whose middles lie in a box."""
    boxes = frame.pieces.boxes
    x, y = boxes[:, 0] + boxes[:, 2] // 2, boxes[:, 1] + boxes[:, 3] // 2
    inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    inside[0] = False
    return np.flatnonzero(inside)


def _outside(frame: Frame, numbers: Integers, taken: Sequence[Box]) -> Integers:
    """Leave out the pieces that lie in taken places."""
    boxes = frame.pieces.boxes[numbers]
    x, y = boxes[:, 0] + boxes[:, 2] // 2, boxes[:, 1] + boxes[:, 3] // 2
    free = np.ones(len(numbers), dtype=bool)
    for box in taken:
        free &= ~((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom))
    return numbers[free]
