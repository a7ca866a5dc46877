"""What only the second voice read: which of its words are believed, and where they stand in the page's lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Region, Word
from scanfix.ocr.alignment import Sign
from scanfix.ocr.framing import Row

# The network's probabilities are high even on handwriting: a word nobody else saw must be surer than most are.
_SURE_WORD = 0.95
_SURE_SIGN = 0.6
_SURE_LETTER = 0.97
# The distance of a word's letters over the page's pitch: stamps are wider, printed furniture and notes narrower.
_NARROWEST, _WIDEST = 0.72, 1.3
# Where typing goes on nearly everything is believed; sure words among doubtful ones are of stamps and handwriting.
_LEAST_SHARE = 0.8
# A new line has this many letters and figures; where most of it was boxed already, the rest is a doubled reading.
_LEAST_LETTERS = 3
_LEAST_FREE = 0.5
# x-heights by which a word must reach into a box to be the one that was read there.
_LEAST_OVERLAP = 0.15
# Of words that one voice is sure of and the other never saw, about one in ten is wrong (development pages).
_DAMPED = 0.9
# x-heights above the baseline and below it.
_TALL, _DEEP = 1.42, 0.36


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A row without a line, as the second voice read it; a tuple of signs a word."""

    row: Row
    words: tuple[tuple[Sign, ...], ...]


def is_believed(word: Sequence[Sign], pitch_px: float) -> bool:
    """Tell whether a word of the second voice may stand alone: sure, of letters or figures, in the page's pitch."""
    letters = [sign for sign in word if sign.text.isalnum()]
    if not letters or min(sign.confidence for sign in word) < _SURE_SIGN:
        return False
    if mean(sign.confidence for sign in word) < (_SURE_WORD if len(word) > 1 else _SURE_LETTER):
        return False
    if len(word) < _LEAST_LETTERS:
        return True
    pitch = (word[-1].x - word[0].x) / (len(word) - 1) / pitch_px
    return _NARROWEST <= pitch <= _WIDEST


def believed(words: Sequence[tuple[Sign, ...]], pitch_px: float) -> tuple[tuple[Sign, ...], ...]:
    """Choose the words of a stretch that are believed: none where that is not most of it."""
    found = tuple(word for word in words if is_believed(word, pitch_px))
    return found if _letters(found) >= _LEAST_SHARE * _letters(words) else ()


def with_words(line: Line, row: Row, added: Sequence[Sequence[Sign]]) -> Line:
    """Add words of the second voice to a line, in their places."""
    if not added:
        return line
    made = [_word(f"{line.line_id}u{number}", word, row) for number, word in enumerate(added, start=1)]
    words = tuple(sorted((*line.words, *made), key=lambda word: word.box.centre[0]))
    return replace(line, words=words, box=Box.around(word.box for word in words))


def line_of(found: Found, taken: Sequence[Box], line_id: str) -> Line | None:
    """Make a line of a row that only the second voice read; ``None`` where it is no text.

    Parameters
    ----------
    found
        The row and what was read there.
    taken
        The boxes of all words of the page: what was read before is not read again.
    line_id
        The new line's id.
    """
    free = [word for word in found.words if not _is_taken(word, found.row, taken)]
    kept = believed(free, found.row.typing.pitch_px)
    if _letters(kept) < max(_LEAST_LETTERS, _LEAST_FREE * _letters(found.words)):
        return None
    words = tuple(_word(f"{line_id}w{number}", word, found.row) for number, word in enumerate(kept, start=1))
    return Line(line_id=line_id, box=Box.around(word.box for word in words), words=words)


def with_line(regions: Sequence[Region], line: Line) -> tuple[Region, ...]:
    """Put a line into the region of the line above it, or of the one below where none is above; after what is there."""
    places = [(number, index) for number, region in enumerate(regions) for index in range(len(region.lines))]
    above = [place for place in places if _middle(regions[place[0]].lines[place[1]]) <= _middle(line)]
    nearest = min(above or places, key=lambda place: _distance(regions[place[0]].lines[place[1]], line))
    number, index = nearest
    at = index + 1 if above else index
    region = regions[number]
    lines = (*region.lines[:at], line, *region.lines[at:])
    wider = replace(region, lines=lines, box=Box.around((region.box, line.box)))
    return (*regions[:number], wider, *regions[number + 1 :])


def _letters(words: Iterable[Sequence[Sign]]) -> int:
    """Count letters and figures."""
    return sum(sign.text.isalnum() for word in words for sign in word)


def _is_taken(word: Sequence[Sign], row: Row, taken: Sequence[Box]) -> bool:
    """Tell whether the middle of a word stands in a box, or its letters' bodies reach into one."""
    x = (word[0].x + word[-1].x) / 2
    bottom = row.baseline(x)
    top = bottom - row.typing.x_height_px
    least = _LEAST_OVERLAP * row.typing.x_height_px
    return any(box.left <= x <= box.right and min(bottom, box.bottom) - max(top, box.top) >= least for box in taken)


def _word(word_id: str, signs: Sequence[Sign], row: Row) -> Word:
    """Make a word of its signs."""
    half = row.typing.pitch_px / 2
    left, right = max(0.0, signs[0].x - half), signs[-1].x + half
    base = row.baseline((left + right) / 2)
    x_height = row.typing.x_height_px
    return Word(
        word_id=word_id,
        text="".join(sign.text for sign in signs),
        box=Box.of((left, max(0.0, base - _TALL * x_height), max(right, left + 1), base + _DEEP * x_height)),
        confidence=_DAMPED * mean(sign.confidence for sign in signs),
    )


def _middle(line: Line) -> float:
    """Return the row of a line's middle."""
    return line.box.centre[1]


def _distance(line: Line, other: Line) -> float:
    """Return how far lines are apart, in pixels: down the page, and across where they do not stand over each other."""
    across = max(0, line.box.left - other.box.right, other.box.left - line.box.right)
    return abs(_middle(line) - _middle(other)) + across
