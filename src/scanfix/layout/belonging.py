"""Whether a piece of a line belongs to the running text of a page that one machine of one width typed.

Three things speak for it: its letters are as wide as the machine's, it stands where typing stands, and it is read
well. A typed piece keeps to the width however badly it is read; a stamp, a letterhead or a note does not, however
surely. Thresholds are for calibrated confidences (0.9: nine of ten right), chosen on the typescripts of the
development sets: of pieces that keep to the width, all that stood alone below 0.75 were as often a stamp as text.
"""

from collections.abc import Sequence
from statistics import median

from scanfix.layout import machine as machines
from scanfix.layout.column import Column
from scanfix.model.text import Line, Word

# A piece keeps to the width where most of its letters do.
_FITTING = 0.5
# So many letters do not keep to it by chance: a piece of them is text even when it is read badly.
_MANY_LETTERS = 12
_MANY_CONFIDENCE = 0.25
# A few that stand alone may.
_ALONE_CONFIDENCE = 0.75
# One or two letters have no width that could be compared.
_FEW_LETTERS = 2
_FEW_CONFIDENCE = 0.8
# What does not keep to the width, but stands as typing does: words parted or joined wrongly, spaced letters.
# Narrower letters than 0.7 are of a stamp or a form.
_PLACED_CONFIDENCE = 0.55
_SPACED = 1.35
_NARROW = 0.7
# Longer pieces than this share of the column are no stamp.
_LONG = 0.5
# Beside the column only what stands on a row of it is text: a number, a name, an amount set apart.
_BESIDE_CONFIDENCE = 0.5
# Further left than this many letters hang numbers of items; anything else there is of no row. Less is a bent page.
_HANGING_LETTERS = 4.5
# Boxes of typed words are at most this many lines high; a pen's stroke through a few makes them higher.
_HIGH = 2.0
_HIGH_CONFIDENCE = 0.75


def belongs(line: Line, column: Column, *, min_confidence: float) -> bool:
    """Tell whether a piece belongs to the running text.

    Parameters
    ----------
    line
        A line, or a piece of it between wide gaps, without specks.
    column
        The page's running text; its machine has letters of one width.
    min_confidence
        What is less sure than that is no text, unless it is long and keeps to the width.
    """
    letters = sum(sign.isalnum() for sign in line.text)
    confidence = line.confidence
    if _hangs(line, column) and not column.is_level(line.box):
        return False
    if letters <= _FEW_LETTERS:
        return confidence >= _FEW_CONFIDENCE and _is_placed(line, column)
    if fits(line.words, column):
        is_high = median(word.box.height for word in line.words) >= _HIGH * column.line_px
        if letters >= _MANY_LETTERS:
            return confidence >= (_HIGH_CONFIDENCE if is_high else _MANY_CONFIDENCE)
        if is_high:
            return False
        return confidence >= (min_confidence if _is_placed(line, column) else _ALONE_CONFIDENCE)
    if line.box.width > _LONG * (column.right - column.left):
        return confidence >= min_confidence
    ratio = _ratio(line, column)
    is_set = ratio >= _SPACED or (ratio >= _NARROW and _is_placed(line, column))
    is_high = line.box.height >= _HIGH * column.line_px
    return is_set and confidence >= (_HIGH_CONFIDENCE if is_high else _PLACED_CONFIDENCE)


def is_beside(line: Line, column: Column) -> bool:
    """Tell whether what stands outside the column is typed on one of its rows."""
    if not column.is_fixed or not column.is_level(line.box) or line.confidence < _BESIDE_CONFIDENCE:
        return False
    letters = sum(sign.isalnum() for sign in line.text)
    return fits(line.words, column) or (letters <= _FEW_LETTERS and line.confidence >= _FEW_CONFIDENCE)


def fits(words: Sequence[Word], column: Column) -> bool:
    """Tell whether words keep to the width of the page's machine."""
    if column.machine is None or not column.is_fixed:
        return False
    share = machines.share(words, column.machine)
    return share is not None and share >= _FITTING


def _is_placed(line: Line, column: Column) -> bool:
    """Tell whether a piece stands where typing stands: on a row, at its edge, in the middle, at the foot."""
    places = (column.is_level, column.is_aligned, column.is_centred, column.is_below)
    return any(stands(line.box) for stands in places)


def _hangs(line: Line, column: Column) -> bool:
    """Tell whether a short piece begins left of the column."""
    is_short = line.box.width <= _LONG * (column.right - column.left)
    return is_short and line.box.left < column.left - _HANGING_LETTERS * column.letter_px


def _ratio(line: Line, column: Column) -> float:
    """Return how wide a piece is set, in letters of the machine; 1 where it cannot be told."""
    ratio = machines.ratio(line.words, column.machine) if column.machine else None
    return 1.0 if ratio is None else ratio
