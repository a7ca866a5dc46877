"""What the words of a page say about its markings: which of them are running text, and which say a wording.

Whole-page reading finds the markings that nothing crosses; these need no second reading. What it read well and what is
no marking need not be looked at again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from scanfix.marks.wordings import WORDINGS, fold, likeness, matches
from scanfix.model.classification import level_of
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# A word read with that confidence is what it says; struck and half hidden ones measured below 0.75, with few
# exceptions.
_PLAIN = 0.8
# SECRET with two wrong letters is still not plain text.
_LEVEL_LIKE = 0.6
# Typed words stand one letter apart, sentences two; parts of a line further apart than that many heights are parts of
# different things: columns, a marking in the margin and the text beside it.
_COLUMN_GAP = 1.6
# Lines in capitals are stretched to the width of the line above: FOREIGN and NATIONALS on a cover.
_CAPITAL_GAP = 2.2
# Letters and words of a spaced marking stand up to so many heights apart.
_SPACED_GAP = 4.0
# Lines of one wording follow each other at less than that many heights.
_NEXT_LINE = 1.2
# SECRET in brackets after a sentence is a marking where it was read letter by letter.
_PORTION = re.compile(r"[(\[{]\s*(TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED)\s*[)\]}][.,;]?")
# What was read on the whole page without a stroke: one letter of six may be wrong.
_MIN_LIKENESS = 0.82
# Sentences that take two lines of a page; two lines of a level and a caveat are two markings.
_MIN_TWO_LINES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A marking as the page's words tell it: where, which wording, how well it fits, and how sure its words are."""

    box: Box
    wording: str
    likeness: float
    confidence: float
    lines: int
    is_portion: bool = False
    word_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one line that stand together, left to right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        """The box around the words."""
        return Box.around(word.box for word in self.words)

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, weighted by their length."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / max(1, letters)


def plain_words(lines: Sequence[Line]) -> tuple[Word, ...]:
    """Return the words that were read well and resemble no level."""
    return tuple(
        word for line in lines for word in line.words if word.confidence >= _PLAIN and not _resembles_level(word.text)
    )


def told(lines: Sequence[Line]) -> tuple[Told, ...]:
    """Return the markings that the words of a page say; best first where they overlap."""
    parts = [part for line in lines for part in parts_of(line)]
    found = [*_portions(lines), *_two_lines(parts)]
    found += [said for part in parts if (said := _said(part)) is not None]
    return tuple(sorted(found, key=lambda said: -len(said.wording)))


def parts_of(line: Line) -> Iterator[Part]:
    """Part a line's words at its wide gaps."""
    words = sorted(line.words, key=lambda word: word.box.left)
    start = 0
    for index, (one, other) in enumerate(pairwise(words), start=1):
        if other.box.left - one.box.right > _widest_gap(one, other) * max(one.box.height, other.box.height):
            yield Part(tuple(words[start:index]))
            start = index
    if words:
        yield Part(tuple(words[start:]))


def _widest_gap(one: Word, other: Word) -> float:
    """Return how many heights two words of one part may stand apart."""
    if _resembles_level(one.text) and _resembles_level(other.text):
        return _SPACED_GAP
    return _CAPITAL_GAP if one.text.isupper() and other.text.isupper() else _COLUMN_GAP


def is_capital(text: str) -> bool:
    """Tell whether a reading is in capitals, or begins each longer word with one."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return all(word[0].isupper() for word in words)


def _said(part: Part) -> Told | None:
    """Take a part of a line for a marking where it says a wording and nothing else."""
    if not is_capital(part.text):
        return None
    best = matches(part.text)[0]
    return _told((part,), best.wording, best.likeness) if best.likeness >= _MIN_LIKENESS else None


def _two_lines(parts: Sequence[Part]) -> Iterator[Told]:
    """Yield the long wordings that take two lines."""
    for first in parts:
        if not first.text.isupper():
            continue
        below = [part for part in parts if _is_next(first.box, part.box) and part.text.isupper()]
        for second in below:
            best = matches(f"{first.text} {second.text}")[0]
            is_sentence = len(best.wording) >= _MIN_TWO_LINES and level_of(best.wording) is None
            if best.likeness >= _MIN_LIKENESS and is_sentence:
                yield _told((first, second), best.wording, best.likeness)


def _portions(lines: Sequence[Line]) -> Iterator[Told]:
    """Yield the levels in brackets that stand in a sentence."""
    for line in lines:
        for words in ((word,) for word in line.words):
            match = _PORTION.fullmatch(" ".join(word.text for word in words))
            if match:
                yield replace(_told((Part(words),), match[1], 1.0), is_portion=True)
        for pair in pairwise(line.words):
            match = _PORTION.fullmatch(" ".join(word.text for word in pair))
            if match:
                yield replace(_told((Part(tuple(pair)),), match[1], 1.0), is_portion=True)


def _told(parts: Sequence[Part], wording: str, fit: float) -> Told:
    """Write down what some parts say."""
    return Told(
        box=Box.around(part.box for part in parts),
        wording=wording,
        likeness=fit,
        confidence=min(part.confidence for part in parts),
        lines=len(parts),
        word_ids=tuple(word.word_id for part in parts for word in part.words),
    )


def _is_next(first: Box, second: Box) -> bool:
    """Tell whether a box stands right under another."""
    gap = second.top - first.bottom
    is_under = -0.3 * first.height <= gap <= _NEXT_LINE * first.height
    return is_under and min(first.right, second.right) > max(first.left, second.left)


@cache
def _level_words() -> frozenset[str]:
    """Return the longer words of the levels, folded."""
    words = {word for wording in WORDINGS[:8] for word in (*wording.split(), wording)}
    return frozenset(fold(word) for word in words | {"SECURITY", "INFORMATION", "NOFORN"} if len(word) > 2)


def _resembles_level(text: str) -> bool:
    """Tell whether a word may be one of a marking's, or a piece of one."""
    folded = fold(text)
    if text.islower():
        return folded in _level_words()
    is_piece = any(folded in word for word in _level_words())
    return is_piece or any(likeness(folded, word) >= _LEVEL_LIKE for word in _level_words())
