"""Footnotes: what stands at the foot of a column, parted from its text, and opens with the sign of a note.

Engines read neither the rule above notes nor most raised signs. What is left to see is the gap, the sign before the
note, and that notes of a text in double spacing are set in single.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from scanfix.layout.order import Block
from scanfix.layout.pitch import Pitch, middle
from scanfix.model.geometry import Box
from scanfix.model.text import Line

# "*", "**", "1", "1/", and what engines make of them raised; "1." numbers a paragraph.
_SIGN = re.compile(r"[*+†‡¹²³]{1,3}|\d{1,2}/?")
_GLUED = re.compile(r"(?:[*†‡¹²³]{1,3}|\d{1,2}/)[A-Z\"].*")
# A rule of a line and the blank above the raised sign stand between: 2.4 lines of single spacing.
_GAP = 1.8
# Where the sign was not read, more than any paragraph's gap.
_FAR_GAP = 3.0
# Under text of double spacing the gap is little wider than its own, but the notes are set close.
_CLOSE_GAP, _CLOSE = 1.1, 0.7
# Two notes may have a blank line between them: no more than the text's own distance.
_LOOSE = 1.1
# Share of a text that quotations in single spacing may hold.
_QUOTED = 0.25
# Notes fill the lower part of a page at most; so much of a line's width is filled where it is prose.
_TOP = 0.5
_FILLED = 0.75
# The first line of a note is set in by its sign.
_SET_IN_LETTERS = 1.2
# An unread sign stands this close before its note.
_SIGN_LETTERS = 4.0


def part(
    block: Block, above: Block | None, pitch: Pitch, *, signs: Sequence[Box], height_px: int
) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    """Part a column into its text and the notes at its foot.

    Parameters
    ----------
    block
        A column with no text below it.
    above
        What stands above it: notes under two columns are a block of their own.
    pitch
        The page's measure.
    signs
        Where one or two signs stand that were taken for noise: a raised sign is mostly read as something else.
    height_px
        Height of the page.

    Returns
    -------
    tuple of Line, tuple of tuple of Line
        The text, and each note; no note where none is sure.
    """
    lines = block.lines
    for start in range(2, len(lines)):
        if middle(lines[start]) > _TOP * height_px and _begins_notes(block, start, pitch, signs):
            return lines[:start], _notes(lines[start:], pitch)
    if above and len(above.lines) > 1 and middle(lines[0]) > _TOP * height_px:
        both = Block(lines=(*above.lines, *lines), is_column=False)
        if _begins_notes(both, len(above.lines), pitch, signs):
            return (), _notes(lines, pitch)
    return lines, ()


def has_sign(line: Line) -> bool:
    """Tell whether a line opens with the sign of a note."""
    first = line.words[0].text
    return (len(line.words) > 2 and _SIGN.fullmatch(first) is not None) or _GLUED.fullmatch(first) is not None


def _begins_notes(block: Block, start: int, pitch: Pitch, signs: Sequence[Box]) -> bool:
    """Tell whether the notes of a column begin with a line."""
    text, notes = block.lines[:start], block.lines[start:]
    if any(has_sign(line) for line in text):
        # Numbered paragraphs open like notes.
        return False
    gap = middle(notes[0]) - middle(text[-1])
    usual = median(_steps(text))
    is_signed = has_sign(notes[0])
    if _are_closer(notes, text):
        return gap >= _CLOSE_GAP * usual and (is_signed or _is_prose(block, notes, pitch))
    return gap >= (_GAP if is_signed else _FAR_GAP) * usual and _is_signed(notes[0], signs, pitch)


def _are_closer(notes: Sequence[Line], text: Sequence[Line]) -> bool:
    """Tell whether notes are set in single spacing under a text in double, quotations in it apart."""
    steps = _steps(notes)
    closest = float(np.quantile(_steps(text), _QUOTED))
    return bool(steps) and median(steps) <= _CLOSE * closest and max(steps) <= _LOOSE * closest


def _is_signed(line: Line, signs: Sequence[Box], pitch: Pitch) -> bool:
    """Tell whether a line opens with the sign of a note, or something unread stands where one would."""
    reach = _SIGN_LETTERS * pitch.letter_px
    return has_sign(line) or any(
        abs(box.centre[1] - middle(line)) < pitch.line_px and 0 <= line.box.left - box.left <= reach for box in signs
    )


def _is_prose(block: Block, lines: Sequence[Line], pitch: Pitch) -> bool:
    """Tell whether lines fill the column, as addresses, lists and quotations do not."""
    width = block.right - block.left
    wide = [line for line in lines if line.box.width >= _FILLED * width]
    at_edge = any(line.box.left - block.left < pitch.letter_px for line in lines)
    return at_edge and 2 * len(wide) > len(lines)


def _steps(lines: Sequence[Line]) -> list[float]:
    """Return the distance of each two lines."""
    return [middle(below) - middle(above) for above, below in pairwise(lines)]


def _notes(lines: Sequence[Line], pitch: Pitch) -> tuple[tuple[Line, ...], ...]:
    """Part notes: each opens with its sign, or with a line set in where the sign was not read."""
    left = min(line.box.left for line in lines)
    found: list[list[Line]] = []
    for line in lines:
        is_set_in = line.box.left - left >= _SET_IN_LETTERS * pitch.letter_px
        if found and not (has_sign(line) or is_set_in):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(tuple(note) for note in found)
