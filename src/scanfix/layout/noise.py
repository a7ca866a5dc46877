"""Telling words from specks: what an engine reads where there is no text.

A speck, a pen stroke or a shadow becomes a short token of signs with little confidence, mostly at an end of a line.
Nothing is thrown away: what is taken for noise moves to a region of kind ``other``.
"""

import re
from dataclasses import replace

from scanfix.layout import belonging
from scanfix.layout.column import Column
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# Signs that stand alone in typed text often enough to be believed where they are read with some confidence.
_STANDING_SIGNS = frozenset({"-", "--", "—", "–", "&", "$", "£", "%", "+", "=", "...", "x", "X"})
# No typewriter of the time has these keys: scan edges and fold lines are read as such.
_UNTYPED_SIGNS = frozenset("|\\~^{}<>")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)/]")
_SURE = 0.8
_DOUBTFUL = 0.6
# A line of three or four letters needs more confidence than a long one; two sure words make any line text.
_FEW_LETTERS = 0.5
_SURE_WORDS = 2
_POOR = 0.3
# A sign has a cell of its own where this much is free between its neighbours (its own width and two spaces).
_CELL_LETTERS = 2.4
_CELL_CONFIDENCE = 0.4
# Words of one sentence are at most this far apart.
_SPACE_LETTERS = 2.5
# A word this many letter widths outside the column, or past a gap this wide, is not of the line.
_OUTSIDE_LETTERS = 1.5
_GAP_LETTERS = 4.0
# A box this many usual lines high, or this small a share of one, holds no typed word.
_TALL_LINES = 2.2
_LOW_LINES = 0.35
# Words without ascenders are 0.7 lines high.
_LOW_WORDS = 0.5


def split(line: Line, column: Column | None, *, min_confidence: float) -> tuple[Line | None, tuple[Line, ...]]:
    """Part a piece of a line into its text and what stands beside it.

    Parameters
    ----------
    line
        A line as the engine read it, or a piece of it between wide gaps.
    column
        The page's running text; without one only the words themselves decide.
    min_confidence
        A line whose text is less sure than that is noise as a whole.

    Returns
    -------
    Line or None, tuple of Line
        The text, or ``None`` where the whole line is noise; and what was parted from it, in order.
    """
    words = list(line.words)
    kept = [word for number, word in enumerate(words) if not _is_speck(word, column, _room(words, number))]
    kept = _within(kept, column) if column else kept
    kept = _trim(kept, column)
    kept_ids = {word.word_id for word in kept}
    rest = [word for word in words if word.word_id not in kept_ids]
    text = with_words(line, tuple(kept)) if kept else None
    if text is None or _is_noise(text, column, min_confidence):
        return None, (line,)
    return text, (with_words(line, tuple(rest), suffix="x"),) if rest else ()


def with_words(line: Line, words: tuple[Word, ...], *, suffix: str = "") -> Line:
    """Return the line with other words (at least one) and the box around them."""
    box = Box.around(word.box for word in words)
    return replace(line, line_id=line.line_id + suffix, words=words, box=box)


def is_item_number(word: Word) -> bool:
    """Tell whether a word is the number of an item or an enclosure, which often hangs outside the column."""
    return word.confidence >= _DOUBTFUL and _ITEM_NUMBER.fullmatch(word.text) is not None


def _is_speck(word: Word, column: Column | None, room_px: float) -> bool:
    """Tell whether a word is no word, whatever it stands in; ``room_px`` is free between its neighbours."""
    letters = sum(sign.isalnum() for sign in word.text)
    if letters == 0:
        if _UNTYPED_SIGNS.issuperset(word.text):
            return True
        has_cell = column is not None and column.is_fixed and room_px >= _CELL_LETTERS * column.letter_px
        if has_cell and word.confidence >= _CELL_CONFIDENCE:
            return False
        return word.confidence < (_POOR if word.text in _STANDING_SIGNS else _SURE)
    if column and not _LOW_LINES * column.line_px <= word.box.height <= _TALL_LINES * column.line_px:
        return word.confidence < _DOUBTFUL
    return word.confidence < _POOR and letters <= 2


def _room(words: list[Word], number: int) -> float:
    """Return the free width between a word's neighbours; 0 without a neighbour before it, none after it is no wall."""
    if number == 0:
        return 0.0
    if number == len(words) - 1:
        return float("inf")
    return words[number + 1].box.left - words[number - 1].box.right


def _within(words: list[Word], column: Column) -> list[Word]:
    """Leave out what stands outside the column, unless it is a run of sure words, or typed on a row of it."""
    reach = _OUTSIDE_LETTERS * column.letter_px
    inside = [
        word
        for word in words
        if column.left - reach <= word.box.centre[0] <= column.right + reach or is_item_number(word)
    ]
    outside = [word for word in words if word not in inside]
    is_text = len(outside) >= 3 and all(word.confidence >= _SURE for word in outside)
    if outside and not is_text:
        # Single words of a row that reaches farther than the others: the words beside them are inside.
        outside = [word for word in outside if not _runs_on(word, words, column)]
        inside = [word for word in words if word not in outside]
    if outside and not is_text:
        run = Line(line_id="", box=Box.around(word.box for word in outside), words=tuple(outside))
        is_text = belonging.is_beside(run, column)
    return words if is_text else inside


def _runs_on(word: Word, words: list[Word], column: Column) -> bool:
    """Tell whether a sure word outside the column is typed right beside another of its line."""
    if word.confidence < _SURE or not belonging.fits((word,), column):
        return False
    gaps = (max(word.box.left - other.box.right, other.box.left - word.box.right) for other in words if other != word)
    return min(gaps, default=column.right) < _SPACE_LETTERS * column.letter_px


def _trim(words: list[Word], column: Column | None) -> list[Word]:
    """Take doubtful tokens off both ends of a line."""
    while words and _is_doubtful_end(words[-1], words[-2] if len(words) > 1 else None, column):
        words = words[:-1]
    while words and _is_doubtful_end(words[0], words[1] if len(words) > 1 else None, column):
        words = words[1:]
    return words


def _is_doubtful_end(word: Word, neighbour: Word | None, column: Column | None) -> bool:
    """Tell whether a word at an end of a line is a speck or stands apart."""
    letters = sum(sign.isalnum() for sign in word.text)
    if neighbour is None:
        return letters == 0 and word.confidence < _SURE
    if letters == 1 and word.confidence < _DOUBTFUL:
        return True
    if column is None:
        return False
    gap = max(word.box.left - neighbour.box.right, neighbour.box.left - word.box.right)
    return gap > _GAP_LETTERS * column.letter_px and word.confidence < _DOUBTFUL


def _is_noise(line: Line, column: Column | None, min_confidence: float) -> bool:
    """Tell whether what is left of a line is no text."""
    letters = sum(sign.isalnum() for word in line.words for sign in word.text)
    if len(line.words) == 1 and is_item_number(line.words[0]):
        return False
    if column and line.box.height < (_LOW_WORDS if letters > 2 else _LOW_LINES) * column.line_px:
        # The first reader saw a rule or a speck; what the second reads there stands on the line above or below.
        return True
    if column and column.is_fixed:
        return not belonging.belongs(line, column, min_confidence=min_confidence)
    if letters <= 2:
        return line.confidence < _SURE
    if sum(word.confidence >= _SURE and word.text.isalnum() for word in line.words) >= _SURE_WORDS:
        return False
    return line.confidence < (_FEW_LETTERS if letters <= 4 else min_confidence)
