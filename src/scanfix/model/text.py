"""What was read: words, lines, regions. Boxes are in the upright frame, confidences run from 0 to 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance

# PAGE XML's names (TextRegion/@type), as far as typed documents need them.
RegionKind = Literal[
    "paragraph",
    "heading",
    "header",
    "footer",
    "page-number",
    "footnote",
    "marginalia",
    "signature-mark",
    "other",
]

BODY_KINDS: frozenset[RegionKind] = frozenset({"paragraph", "heading", "footnote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as read; ``alternatives`` are other readings of the same place, best first."""

    word_id: str
    text: str
    box: Box
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How likely each sign is at each step of a line from left to right, as a network of its reader saw it.

    Parameters
    ----------
    signs
        The signs that are told apart.
    steps
        One byte for each step and each of: no sign, ``signs`` in order, and the likeliest of all other signs. A byte is
        the negative natural logarithm of a probability, in units of ``NATS``.
    """

    signs: str
    steps: bytes

    @property
    def width(self) -> int:
        """Bytes of one step."""
        return len(self.signs) + 2


# A byte then reaches down to a probability of 0.00003; less is certainty that no network has of handwriting.
NATS = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class CropText:
    """What a crop of one line says.

    ``engine`` and ``second`` are the two voices' readings, ``""`` where one read nothing or was not asked;
    ``confidence`` is the second voice's mean probability of a sign, 0 to 1, uncalibrated; 0 where it read nothing.
    ``spelling`` is what else the second voice thought possible; ``None`` without it.
    """

    engine: str = ""
    second: str = ""
    confidence: float = 0.0
    spelling: Spelling | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The readings that say something, the second voice's first; one that both gave comes once."""
        return tuple(dict.fromkeys(text for text in (self.second, self.engine) if text.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the page, words in reading order."""

    line_id: str
    box: Box
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, weighted by their length; 0 for a line without words."""
        weight = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / weight if weight else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Lines that belong together: a paragraph, a heading, a page number."""

    region_id: str
    kind: RegionKind
    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """Everything that was read on a page, regions in logical reading order.

    Running text, page furniture and marks are kept apart by the kind of the region; nothing that was read is left
    out.
    """

    page_id: PageId
    regions: tuple[Region, ...]
    provenance: Provenance

    @property
    def body_lines(self) -> tuple[Line, ...]:
        """The lines of the running text, in order."""
        return tuple(line for region in self.regions if region.kind in BODY_KINDS for line in region.lines)

    @property
    def body_confidence(self) -> float | None:
        """Mean confidence of the running text, weighted by length; ``None`` where there is none."""
        letters = sum(len(line.text) for line in self.body_lines)
        weighted = sum(line.confidence * len(line.text) for line in self.body_lines)
        return weighted / letters if letters else None

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, in order."""
        return (line for region in self.regions for line in region.lines)

    @property
    def words(self) -> Iterator[Word]:
        """All words, in order."""
        return (word for line in self.lines for word in line.words)
