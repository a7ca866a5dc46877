"""Reference and output of a page side by side, line by line, each difference with its kind."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scanfix.model.geometry import Box
from scanfix.model.score import EditCounts, Op

# One kind a difference, so that the kinds of a page add up to its errors. The first three are what is left when none
# of the others holds; ``spacing`` is a word read as several or several as one, ``order`` a stretch that stands
# elsewhere in the output.
DifferenceKind = Literal[
    "substitution",
    "deletion",
    "insertion",
    "number",
    "case",
    "punctuation",
    "hyphen",
    "spacing",
    "marking",
    "order",
]


class Letters(NamedTuple):
    """A stretch of letters of a word, and whether the other side has something else there."""

    text: str
    is_different: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedWords:
    """Words of the reference and what was read in their place: one on each side, or none, or several for ``spacing``.

    ``kind`` is given wherever ``counts`` has errors. Several words of a side are joined by ``␣``. ``box`` is the place
    of what was read, in the upright frame, where it is known; ``confidences`` are those of the words that were read and
    whose place is known, of a word broken over two lines the lower one.
    """

    op: Op
    reference: tuple[Letters, ...]
    hypothesis: tuple[Letters, ...]
    counts: EditCounts
    kind: DifferenceKind | None = None
    box: Box | None = None
    confidences: tuple[float, ...] = ()

    @property
    def reference_text(self) -> str:
        """The side of the reference."""
        return "".join(letters.text for letters in self.reference)

    @property
    def hypothesis_text(self) -> str:
        """The side of what was read."""
        return "".join(letters.text for letters in self.hypothesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedLine:
    """One line: of the output, with the reference of its words; or of the reference, where nothing was read.

    ``index`` is the line's in the output, from 0, and ``None`` for a line of the reference that was not read; ``box``
    is the line's place in the upright frame, ``None`` where it is not known.
    """

    index: int | None
    words: tuple[AlignedWords, ...]
    box: Box | None = None

    @property
    def counts(self) -> EditCounts:
        """The counts of all words."""
        return sum((words.counts for words in self.words), EditCounts())

    @property
    def differences(self) -> tuple[AlignedWords, ...]:
        """The words that differ, in order."""
        return tuple(words for words in self.words if words.kind)
