"""Documents of every kind, in any length: ``write``; plain sentences: ``filler``; a few words: ``words_of_body``."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from numpy.random import Generator

from scanfix.facsimile.writing import analytic, councils, letters, slips
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.cast import Spelling
from scanfix.facsimile.writing.slips import Slips
from scanfix.facsimile.writing.written import Kind, Written

WRITERS: Mapping[Kind, Callable[[Author, int], Written]] = {
    "memorandum": analytic.memorandum,
    "estimate": analytic.estimate,
    "telegram": letters.telegram,
    "cabinet_paper": councils.cabinet_paper,
    "treaty": councils.treaty,
    "despatch": letters.despatch,
    "testimony": letters.testimony,
    "bulletin": analytic.bulletin,
    "minutes": councils.minutes,
    "statistics": analytic.statistics,
}
_BRITISH: frozenset[Kind] = frozenset({"cabinet_paper", "despatch", "testimony", "minutes"})
# A phrase is cut out of sentences of this length.
_SENTENCE = 24


def write(kind: Kind, generator: Generator, *, words: int, typing: Slips | None = None) -> Written:
    """Write a document.

    Parameters
    ----------
    kind
        What it is; it decides on shape, register and spelling.
    generator
        The random numbers, of ``dice.Dice``.
    words
        About how many; a document ends with its sentence, and heads come on top.
    typing
        How often the typist slips and corrects; a good one's slips by default.
    """
    author = Author(generator, spelling="british" if kind in _BRITISH else "american")
    written = WRITERS[kind](author, words)
    typed = slips.typed(written.paragraphs, author, slips=typing or Slips())
    return replace(written, paragraphs=typed)


def filler(generator: Generator, words: int, *, spelling: Spelling = "american") -> str:
    """Write plain sentences of about ``words`` words in all."""
    return Author(generator, spelling=spelling).paragraph("s", words=words)


def words_of_body(generator: Generator, count: int, *, spelling: Spelling = "american") -> str:
    """Write exactly ``count`` words as they follow one another in running text, without stops."""
    text = Author(generator, spelling=spelling).paragraph("s.plain", words=count + _SENTENCE)
    words = [word.strip('.,;:()"') for word in text.split(" ")]
    start = min(3, len(words) - count)
    return " ".join(words[start : start + count])
