"""Headings: letter-spaced words put together, and lines that stand over the text told from it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scanfix.layout.noise import with_words
from scanfix.layout.order import Block
from scanfix.layout.pitch import Pitch
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Word

# Letter-spaced typing strikes the space bar after each letter: a letter every second place, give or take a third.
_SPACED = (1.55, 2.6)
# Fewer letters are initials, or columns of a form.
_LEAST_LETTERS = 4
# An engine puts some letters of a spaced word together.
_LONGEST_PIECE = 6
# A heading has at most this many lines, mostly capitals, and its middle near the column's.
_LINES = 2
_CAPITALS = 0.8
_OFF_MIDDLE = 1 / 8
# A line of small letters in the middle is a heading where it is short and ends no sentence.
_WORDS, _SHARE = 8, 0.7
_SMALL_WORDS = 3
# An underline reaches so far along its line, and stands so many heights below its middle.
_UNDERLINED, _BELOW = 0.6, 1.2


def join_spaced(line: Line, pitch: Pitch) -> Line:
    """Put the letters of letter-spaced words together: ``S E C R E T`` is one word.

    The first letter's word carries the others; its confidence is their mean. One-letter words of running text, initials
    (which have stops) and the letters of an alphabet stay apart.
    """
    words = tuple(_joined(group) for group in _groups(line.words, pitch))
    return line if len(words) == len(line.words) else with_words(line, words)


def is_heading(lines: Sequence[Line], block: Block, underlines: Sequence[Mark]) -> bool:
    """Tell whether a paragraph of a column is a heading: underlined, or in the middle over the text."""
    if len(lines) > _LINES:
        return False
    if all(_is_underlined(line, underlines) for line in lines):
        return True
    box = Box.around(line.box for line in lines)
    width = max(1, block.right - block.left)
    if abs(box.centre[0] - (block.left + block.right) / 2) >= width * _OFF_MIDDLE:
        return False
    letters = [sign for line in lines for sign in line.text if sign.isalpha()]
    if letters and sum(sign.isupper() for sign in letters) >= _CAPITALS * len(letters):
        return True
    return box.width <= _SHARE * width and _is_title([word for line in lines for word in line.words])


def _groups(words: Sequence[Word], pitch: Pitch) -> Iterator[tuple[Word, ...]]:
    """Give the words of a line, those of one letter-spaced word together."""
    run: list[Word] = []
    for word in words:
        if not run or not _goes_on(run[-1], word, pitch):
            yield from _settled(run)
            run = []
        run.append(word)
    yield from _settled(run)


def _settled(run: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Give a run as one word where it is long enough and no alphabet, else its words one by one."""
    letters = "".join(word.text for word in run)
    codes = [ord(sign) for sign in letters]
    is_alphabet = all(other - one == 1 for one, other in pairwise(codes))
    if len(run) > 1 and len(letters) >= _LEAST_LETTERS and letters.isupper() and not is_alphabet:
        yield tuple(run)
    else:
        yield from ((word,) for word in run)


def _goes_on(one: Word, other: Word, pitch: Pitch) -> bool:
    """Tell whether a piece of a letter-spaced word follows another."""
    if not (_is_spaced(one, pitch) and _is_spaced(other, pitch)):
        return False
    half = pitch.letter_px / 2
    step = (other.box.left + half) - (one.box.right - half)
    return _SPACED[0] * pitch.letter_px <= step <= _SPACED[1] * pitch.letter_px


def _is_spaced(word: Word, pitch: Pitch) -> bool:
    """Tell whether a word is a letter, or letters with blanks between that the engine left out."""
    count = len(word.text)
    if not word.text.isalpha() or count > _LONGEST_PIECE:
        return False
    step = (word.box.width - pitch.letter_px) / max(1, count - 1)
    return count == 1 or _SPACED[0] * pitch.letter_px <= step <= _SPACED[1] * pitch.letter_px


def _joined(words: tuple[Word, ...]) -> Word:
    """Make one word of the pieces."""
    if len(words) == 1:
        return words[0]
    text = "".join(word.text for word in words)
    return Word(
        word_id=words[0].word_id,
        text=text,
        box=Box.around(word.box for word in words),
        confidence=sum(word.confidence * len(word.text) for word in words) / len(text),
    )


def _is_underlined(line: Line, underlines: Sequence[Mark]) -> bool:
    """Tell whether underlines run along most of a line."""
    y = line.box.centre[1]
    near = [mark.box for mark in underlines if 0 < mark.box.centre[1] - y < _BELOW * line.box.height]
    covered = sum(max(0, min(box.right, line.box.right) - max(box.left, line.box.left)) for box in near)
    return covered >= _UNDERLINED * max(1, line.box.width)


def _is_title(words: Sequence[Word]) -> bool:
    """Tell whether words are a title: few, the long ones begun in capitals, and no full stop behind them."""
    long = [word.text for word in words if len(word.text) > _SMALL_WORDS and word.text[0].isalpha()]
    is_named = bool(long) and all(text[0].isupper() for text in long)
    return is_named and len(words) <= _WORDS and words[-1].text[-1] not in ".,;:"
