"""The machine: how wide it sets a letter, and whether a word keeps to that.

A typewriter gives every letter the same width, so a word of n letters is n widths long whatever it says. Stamps,
letterheads, handwriting and specks do not keep to the machine's width, however surely an engine reads them; a typed
word does, however badly it is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scanfix.model.text import Line, Word

# Words that tell the width: this many letters, read this well.
_LETTERS_TO_MEASURE = 4
_SURE = 0.8
_WORDS_OF_LINE = 4
# Fewer such words tell nothing: on a title page each line may have a width of its own.
_FEWEST = 8
# A word's ink ends short of its last cell by this share of a letter.
_BEARING = 0.15
# Median deviation of the words' widths: 0.007 to 0.025 on machines of one width, 0.05 to 0.07 on machines whose
# letters have widths of their own (IBM Executive, on the bulletins).
_FIXED_DEVIATION = 0.035
# A shorter word's width is mostly the engine's box; one letter more or less in five is 0.2.
_LETTERS_TO_FIT = 3
_FIT = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The width of a letter in pixels; ``is_fixed`` when all letters are of one width."""

    letter_px: float
    is_fixed: bool


def measure(lines: Iterable[Line]) -> Machine | None:
    """Measure the machine that typed a page; ``None`` where too few words are read well."""
    telling = [[word for word in line.words if _tells_width(word)] for line in lines]
    # Stamps are as surely read as typing, but their lines are short.
    long = [word for words in telling if len(words) >= _WORDS_OF_LINE for word in words]
    words = long if len(long) >= _FEWEST else [word for words in telling for word in words]
    if len(words) < _FEWEST:
        return None
    widths = [_width(word) for word in words]
    letter_px = median(widths)
    deviation = median(abs(width / letter_px - 1) for width in widths)
    return Machine(letter_px=letter_px, is_fixed=deviation < _FIXED_DEVIATION)


def ratio(words: Sequence[Word], machine: Machine) -> float | None:
    """Return how wide words are set, in letters of the machine, 1 when alike; ``None`` for short words only."""
    long = [word for word in words if len(word.text) >= _LETTERS_TO_FIT]
    cells = sum(len(word.text) - _BEARING for word in long)
    return sum(word.box.width for word in long) / cells / machine.letter_px if long else None


def share(words: Sequence[Word], machine: Machine) -> float | None:
    """Return the share of letters whose words keep to the machine, 0 to 1; ``None`` for short words only."""
    long = [word for word in words if len(word.text) >= _LETTERS_TO_FIT]
    fitting = [word for word in long if abs(_width(word) / machine.letter_px - 1) <= _FIT]
    return _letters(fitting) / _letters(long) if long else None


def _tells_width(word: Word) -> bool:
    """Tell whether a word surely has as many letters as were read."""
    return word.confidence >= _SURE and len(word.text) >= _LETTERS_TO_MEASURE and word.text.isalpha()


def _width(word: Word) -> float:
    """Return the width of a word's letters in pixels."""
    return word.box.width / (len(word.text) - _BEARING)


def _letters(words: Iterable[Word]) -> int:
    """Count the signs of words."""
    return sum(len(word.text) for word in words)
