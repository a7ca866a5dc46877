"""Where exemption codes may stand: words of the page that look like one, and small groups of letters standing alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scanfix.images import Mask
from scanfix.marks.frame import Frame
from scanfix.marks.withheld.codes import read
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# What is left of a code in a poor reading: a bracket beside a digit or letter, or the first signs of the others.
_LIKE = re.compile(r"\d\s?[(\[{]|[(\[{]\w[)\]}(]|[25Z][5S]X|^[S5][T7]A[T7]|^\d[.,]\d\W?\(?\w")
_MOST_SIGNS = 14
# Without any of these a line holds no code: most lines are passed over.
_MAYBE = re.compile(r"\d|[(\[{<]|\b[S5][T7]A[T7]|\b[bB]\d")
# Codes are set like banners, 29 pixels high; brackets are a little higher, points lower.
_LOWEST_PX, _TALLEST_PX = 22, 60
_WIDEST_PX = 48
_SPECK_PX = 30
_FEWEST, _MOST = 3, 10
# Letters of one code stand that near, in heights, and what is not of it that far.
_NEAR = 0.55
_ALONE = 0.8
_CLOSE = 0.1
_BESIDE = 0.3
# 25X1 is three heights wide, STATINTL eight.
_WIDTHS = (1.6, 9.0)
_MOST_GROUPS = 12
# What was read so well is no code, or a code that needs no second reading; looked up on a coarse grid.
_WELL_READ = 0.95
_GRID = 8
# Codes beside the text stand in the outer parts of the page.
_LEFT, _RIGHT = 0.12, 0.78
# A bracket is narrow and hangs below the digits beside it, which an l does not and a p does with its broad bowl.
_BRACKET_WIDTH = 0.4
_BRACKET_HANGS = 0.12
# With two of them it is a code beside anything: on a cover its white ground cuts into numbers and hatched frames.
_PAIR = 2


def code_words(lines: Sequence[Line]) -> Iterator[tuple[Box, str]]:
    """Return words, and pairs of neighbours, that are codes or look like one."""
    for line in lines:
        if not _MAYBE.search(line.text):
            continue
        words = sorted(line.words, key=lambda word: word.box.left)
        pairs = [
            pair
            for pair in pairwise(words)
            if _MAYBE.search(_together(pair)) and read(_together(pair)) and not all(read(w.text) for w in pair)
        ]
        for pair in pairs:
            yield Box.around(word.box for word in pair), _together(pair)
        taken = {word.word_id for pair in pairs for word in pair}
        for word in (word for word in words if word.box.width > word.box.height):
            is_like = len(word.text) <= _MOST_SIGNS and _LIKE.search(word.text)
            if word.word_id not in taken and (is_like or (_MAYBE.search(word.text) and read(word.text))):
                yield word.box, word.text


def _together(words: Sequence[Word]) -> str:
    """Join words."""
    return " ".join(word.text for word in words)


def lone_groups(frame: Frame, within: Sequence[Box], lines: Sequence[Line] = ()) -> list[Box]:
    """Return the boxes of small groups of letters that stand alone, in the outer parts of the page or ``within`` boxes.

    Codes on a hatched frame are read by no engine that reads the whole page.
    """
    boxes = frame.pieces.boxes[1:]
    _, _, width, height, area = boxes.T
    is_letter = (height >= _LOWEST_PX) & (height <= _TALLEST_PX) & (width <= _WIDEST_PX) & (area >= _SPECK_PX)
    is_letter &= ~_is_read(boxes, frame, lines)
    groups = _groups(sorted(boxes[is_letter].tolist()))
    found = [
        (-_brackets(group), box)
        for group in groups
        if (box := _as_code(group, frame, within)) and (_brackets(group) >= _PAIR or _is_alone(box, group, boxes))
    ]
    return [box for _, box in sorted(found, key=lambda entry: (entry[0], entry[1].top))[:_MOST_GROUPS]]


def _is_read(boxes: NDArray[np.int32], frame: Frame, lines: Sequence[Line]) -> Mask:
    """Tell which pieces lie in words that were read well: most of a page."""
    read_here = np.zeros((frame.height // _GRID + 2, frame.width // _GRID + 2), np.bool_)
    for word in (word for line in lines for word in line.words):
        if word.confidence < _WELL_READ or _MAYBE.search(word.text):
            continue
        left, top, right, bottom = (max(0, edge) // _GRID for edge in word.box.edges)
        read_here[top : bottom + 1, left : right + 1] = True
    left, top, width, height, _ = boxes.T
    found: Mask = read_here[(top + height // 2) // _GRID, (left + width // 2) // _GRID]
    return found


def _groups(letters: Sequence[list[int]]) -> list[list[list[int]]]:
    """Join letters (left, top, width, height, area), sorted from the left, to words."""
    groups: list[list[list[int]]] = []
    open_groups: list[list[list[int]]] = []
    for letter in letters:
        open_groups = [group for group in open_groups if letter[0] - group[-1][0] - group[-1][2] <= _TALLEST_PX]
        group = next((group for group in open_groups if _goes_on(group[-1], letter)), None)
        if group is None:
            groups.append(group := [])
            open_groups.append(group)
        group.append(letter)
    return groups


def _brackets(group: Sequence[Sequence[int]]) -> int:
    """Count the pieces that are narrow and reach below the line on which the broader ones stand."""
    standing = [top + height for _, top, width, height, _ in group if width > _BRACKET_WIDTH * height]
    if not standing:
        return 0
    line = float(np.median(standing))
    return sum(
        width <= _BRACKET_WIDTH * height and top + height - line >= _BRACKET_HANGS * height
        for _, top, width, height, _ in group
    )


def _goes_on(last: Sequence[int], letter: Sequence[int]) -> bool:
    """Tell whether a letter follows another in one word."""
    height = max(last[3], letter[3])
    shared = min(last[1] + last[3], letter[1] + letter[3]) - max(last[1], letter[1])
    return -3 <= letter[0] - last[0] - last[2] <= _NEAR * height and shared >= 0.7 * min(last[3], letter[3])


def _as_code(group: Sequence[Sequence[int]], frame: Frame, within: Sequence[Box]) -> Box | None:
    """Return the box of a group that may be a code by its size and place, and (elsewhere) by its brackets."""
    if not _FEWEST <= len(group) <= _MOST:
        return None
    box = Box.around(Box(left=x, top=y, right=x + w, bottom=y + h) for x, y, w, h, _ in group)
    if not _WIDTHS[0] <= box.width / box.height <= _WIDTHS[1]:
        return None
    across = box.centre[0] / frame.width
    is_outer = not _LEFT <= across <= _RIGHT or any(box.share_inside(other) > 0.5 for other in within)
    return box if is_outer or _brackets(group) else None


def _is_alone(box: Box, group: Sequence[Sequence[int]], boxes: NDArray[np.int32]) -> bool:
    """Tell whether nothing but specks stands beside a group; beside brackets a frame may, cut out around the code."""
    beside = round((_CLOSE if _brackets(group) else _ALONE) * box.height)
    left, top, width, height, area = boxes.T
    shared = np.minimum(top + height, box.bottom) - np.maximum(top, box.top)
    near = (left < box.right + beside) & (left + width > box.left - beside) & (shared > _BESIDE * box.height)
    own = (left >= box.left) & (left + width <= box.right)
    # A frame around the code is a piece that holds it.
    around = (left < box.left - beside) & (left + width > box.right + beside) & (top < box.top)
    return not bool((near & ~own & ~around & (area >= _SPECK_PX)).any())
