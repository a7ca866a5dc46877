"""How far a confidence can be believed: words by confidence, and how many of them are right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceBin:
    """Words of about one confidence: how many, how many of them are right, and the sum of their confidences.

    ``low`` and ``high`` are the bin's ends, 0 to 1; the upper one lies outside, but for the last bin's.
    """

    low: float
    high: float
    words: int
    right: int
    confidence_sum: float

    @property
    def share_right(self) -> float | None:
        """Share of the words that is right; ``None`` for an empty bin."""
        return self.right / self.words if self.words else None

    @property
    def mean_confidence(self) -> float | None:
        """What the words' confidences promise; ``None`` for an empty bin."""
        return self.confidence_sum / self.words if self.words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorInterval:
    """Between which values 95 of 100 draws of pages lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Confidences beside what came true.

    ``bins`` are of equal width, from 0 to 1. ``expected_error`` (of these bins) and ``adaptive_error`` (of bins of
    equally many words) are the mean distance between confidence and share right, 0 to 1; ``brier`` is the mean square
    of what each single confidence was off. ``interval`` is that of ``expected_error``, ``None`` for a single page.
    """

    pages: int
    bins: tuple[ConfidenceBin, ...]
    expected_error: float
    adaptive_error: float
    brier: float
    interval: ErrorInterval | None = None

    @property
    def words(self) -> int:
        """The words that were judged."""
        return sum(one.words for one in self.bins)

    @property
    def right(self) -> int:
        """Those of them that are right."""
        return sum(one.right for one in self.bins)
