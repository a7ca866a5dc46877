"""What stands above and below the running text and is told by the page as a whole: letterhead and catchword."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from scanfix.layout import machine as machines
from scanfix.layout.column import Column
from scanfix.model.text import Line, RegionKind, Word

# Printed heads stand in this share of the page's height.
_HEAD_ZONE = 0.12
# Print is set wider than the machine: words of "LEGATION OF THE / UNITED STATES OF AMERICA" by 3 to 9 per cent;
# typed capitals differ by 4 at most.
_WIDER = 1.045
_LETTERS_OF_PRINT = 3
_WORDS_OF_PRINT = 2
# A catchword has few words without figures or a stop, and stands this much lower than a row.
_WORDS_OF_CATCHWORD = 3
_SIGNS = frozenset(" ()-'\":;,*")
_GAP = 1.2
_STOPS = (".", "!", "?", ":", '."')


def find(lines: Sequence[Line], column: Column | None, *, height_px: int) -> dict[str, RegionKind]:
    """Find letterhead and catchword among the lines that would else be running text.

    Parameters
    ----------
    lines
        Running text of the whole page, in any order.
    column
        The page's running text; both are told by the machine's width, so without one nothing is found.
    height_px
        Height of the page.

    Returns
    -------
    dict of str to RegionKind
        Kind by line id: ``header`` for print above the text, ``signature-mark`` for a catchword.
    """
    if column is None or column.machine is None or not column.is_fixed:
        return {}
    printed = [line for line in lines if line.box.centre[1] < _HEAD_ZONE * height_px and _is_printed(line, column)]
    found: dict[str, RegionKind] = {line.line_id: "header" for line in printed}
    below = sorted((line for line in lines if line.line_id not in found), key=_middle)
    if _ends_in_catchword(below, column):
        found[below[-1].line_id] = "signature-mark"
    return found


def _is_printed(line: Line, column: Column) -> bool:
    """Tell whether a line is set in capitals that are wider than the machine's."""
    words = [word for word in line.words if any(sign.isalpha() for sign in word.text)]
    long = [word for word in words if len(word.text) >= _LETTERS_OF_PRINT]
    if len(words) < _WORDS_OF_PRINT or not long or not line.text.isupper():
        return False
    return 2 * sum(_is_wider(word, column) for word in long) >= len(long)


def _is_wider(word: Word, column: Column) -> bool:
    """Tell whether a word is set wider than the machine does."""
    ratio = machines.ratio((word,), column.machine) if column.machine else None
    return ratio is not None and ratio >= _WIDER


def _ends_in_catchword(lines: Sequence[Line], column: Column) -> bool:
    """Tell whether the last of the lines, from top to bottom, is a catchword: a few words apart at the lower right.

    The name below a letter stands there as well, but has a stop, or another line of the closing above it. After a
    sentence's end a catchword begins the next one.
    """
    if len(lines) < 3:
        return False
    last, before = lines[-1], lines[-2]
    usual = median(_middle(lower) - _middle(upper) for upper, lower in pairwise(lines[:-1]))
    gap = _middle(last) - _middle(before)
    return (
        len(last.words) <= _WORDS_OF_CATCHWORD
        and all(sign.isalpha() or sign in _SIGNS for sign in last.text)
        and column.is_below(last.box)
        and before.box.left < (column.left + column.right) / 2
        and (last.text[0].isupper() or not before.text.endswith(_STOPS))
        and gap > _GAP * min(usual, _middle(before) - _middle(lines[-3]))
    )


def _middle(line: Line) -> float:
    """Return the height at which a line stands."""
    return median(word.box.centre[1] for word in line.words)
