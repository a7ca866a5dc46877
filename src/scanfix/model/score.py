"""Scores are counts; a rate is derived, and ``None`` where there is no reference."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scanfix.model.mark import Mark, MarkKind
from scanfix.model.page import PageId

Op = Literal["equal", "substitute", "delete", "insert", "masked"]


class Edit(NamedTuple):
    """A stretch of an alignment of words; what is ``masked`` is never charged."""

    op: Op
    reference: tuple[str, ...]
    hypothesis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCounts:
    """Words or characters that were right, wrong, missed and invented."""

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    def __add__(self, other: "EditCounts") -> "EditCounts":
        """Sum two counts: totals are micro-averages."""
        return EditCounts(
            hits=self.hits + other.hits,
            substitutions=self.substitutions + other.substitutions,
            deletions=self.deletions + other.deletions,
            insertions=self.insertions + other.insertions,
        )

    @property
    def reference(self) -> int:
        """Length of the reference."""
        return self.hits + self.substitutions + self.deletions

    @property
    def errors(self) -> int:
        """All edits."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def rate(self) -> float | None:
        """The classic error rate: errors over reference length; may exceed 1."""
        return self.errors / self.reference if self.reference else None

    @property
    def normalised_rate(self) -> float | None:
        """OCR-D's rate, ``(S + D + I) / (S + D + I + H)``, 0 to 1."""
        whole = self.errors + self.hits
        return self.errors / whole if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BagCounts:
    """Words without regard to their order: those on both sides, those of the reference, those of the hypothesis."""

    hits: int = 0
    reference: int = 0
    hypothesis: int = 0

    def __add__(self, other: "BagCounts") -> "BagCounts":
        """Sum two counts."""
        return BagCounts(
            hits=self.hits + other.hits,
            reference=self.reference + other.reference,
            hypothesis=self.hypothesis + other.hypothesis,
        )

    @property
    def precision(self) -> float | None:
        """Share of the hypothesis that is in the reference."""
        return self.hits / self.hypothesis if self.hypothesis else None

    @property
    def recall(self) -> float | None:
        """Share of the reference that is in the hypothesis."""
        return self.hits / self.reference if self.reference else None

    @property
    def errors(self) -> int:
        """The fewest edits that could make one bag of the other; what the word errors exceed is a matter of order."""
        return max(self.reference, self.hypothesis) - self.hits


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEdits:
    """The words of one kind on a page or in a total: of a kind of token, of region, or of a view."""

    kind: str
    counts: EditCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCounts:
    """How much of the error is a matter of order.

    ``layout_errors`` are the word errors beyond those of the bag of words. Of the reference's ``blocks``, ``placed``
    were found in the hypothesis; ``pairs`` counts every two of those, ``in_order`` and ``reversed`` say how many stand
    as in the reference or the other way about. ``flexible`` are the characters of lines matched wherever they stand.
    """

    layout_errors: int = 0
    blocks: int = 0
    placed: int = 0
    pairs: int = 0
    in_order: int = 0
    reversed: int = 0
    flexible: EditCounts = EditCounts()

    def __add__(self, other: "OrderCounts") -> "OrderCounts":
        """Sum two counts."""
        return OrderCounts(
            layout_errors=self.layout_errors + other.layout_errors,
            blocks=self.blocks + other.blocks,
            placed=self.placed + other.placed,
            pairs=self.pairs + other.pairs,
            in_order=self.in_order + other.in_order,
            reversed=self.reversed + other.reversed,
            flexible=self.flexible + other.flexible,
        )

    @property
    def tau(self) -> float | None:
        """Kendall's tau of the blocks, -1 to 1; ``None`` where fewer than two were found.

        Notes
        -----
        Kendall, M. G. (1938), A new measure of rank correlation, Biometrika 30, 81-93. Two blocks in one place count
        as neither in order nor reversed (tau-a). In a total, the pairs of all pages are one sum.
        """
        return (self.in_order - self.reversed) / self.pairs if self.pairs else None

    @property
    def flexible_accuracy(self) -> float | None:
        """Share of the characters that is right wherever it stands; below 0 where more was invented than is there."""
        return None if self.flexible.rate is None else 1 - self.flexible.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """What was read for something else, and how often; an empty side is what was missed or invented."""

    reference: str
    hypothesis: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCounts:
    """Marks of one kind: found and true, found and false, missed; and the status of those found and true."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0
    status_right: int = 0
    status_wrong: int = 0
    status_uncertain: int = 0

    def __add__(self, other: "MarkCounts") -> "MarkCounts":
        """Sum two counts."""
        return MarkCounts(
            true_positives=self.true_positives + other.true_positives,
            false_positives=self.false_positives + other.false_positives,
            false_negatives=self.false_negatives + other.false_negatives,
            status_right=self.status_right + other.status_right,
            status_wrong=self.status_wrong + other.status_wrong,
            status_uncertain=self.status_uncertain + other.status_uncertain,
        )

    @property
    def precision(self) -> float | None:
        """Share of the found that is true."""
        found = self.true_positives + self.false_positives
        return self.true_positives / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the true that was found."""
        true = self.true_positives + self.false_negatives
        return self.true_positives / true if true else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: twice the right ones over all that are true or found."""
        either = 2 * self.true_positives + self.false_positives + self.false_negatives
        return 2 * self.true_positives / either if either else None

    @property
    def status_accuracy(self) -> float | None:
        """Share of right status among the localised marks whose truth is certain; an abstention is not right."""
        judged = self.status_right + self.status_wrong + self.status_uncertain
        return self.status_right / judged if judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCounts:
    """The marks of one kind on a page or in a total."""

    kind: MarkKind
    counts: MarkCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPair:
    """A true mark and the found one that matches it; ``iou`` from the threshold to 1."""

    truth: Mark
    found: Mark
    iou: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMatches:
    """Every mark once: in a pair, missed, or a false alarm; and the counts of each kind, by name."""

    pairs: tuple[MarkPair, ...]
    missed: tuple[Mark, ...]
    false_alarms: tuple[Mark, ...]
    counts: tuple[KindCounts, ...]

    def of_kind(self, kind: MarkKind) -> MarkCounts:
        """Return the counts of a kind; all 0 where there is none."""
        return next((entry.counts for entry in self.counts if entry.kind == kind), MarkCounts())


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """How well one page was read, under one policy (``"archival/1"``).

    ``tokens``, ``regions`` and ``views`` are words counted apart, ``order`` tells order from recognition; ``marks``
    are matched by place, ``markings`` by text and status alone. What was not scored is empty.
    """

    page_id: PageId
    policy: str
    words: EditCounts
    characters: EditCounts
    bag: BagCounts
    marks: tuple[KindCounts, ...] = ()
    tokens: tuple[KindEdits, ...] = ()
    regions: tuple[KindEdits, ...] = ()
    views: tuple[KindEdits, ...] = ()
    order: OrderCounts = OrderCounts()
    markings: MarkCounts = MarkCounts()

    @property
    def layout_rate(self) -> float | None:
        """Word error rate minus its part without order: what the layout costs."""
        return self.order.layout_errors / self.words.reference if self.words.reference else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTotals:
    """Many pages: sums (micro-averages), and what a sum hides.

    ``median_rate`` and ``p90_rate`` are word error rates of pages (``None`` without any page that has a reference);
    ``worst`` are the five pages with the highest rates, worst first.
    """

    pages: int
    policy: str
    words: EditCounts
    characters: EditCounts
    bag: BagCounts
    marks: tuple[KindCounts, ...]
    median_rate: float | None
    p90_rate: float | None
    worst: tuple[PageScore, ...]
    tokens: tuple[KindEdits, ...] = ()
    regions: tuple[KindEdits, ...] = ()
    views: tuple[KindEdits, ...] = ()
    order: OrderCounts = OrderCounts()
    markings: MarkCounts = MarkCounts()

    @property
    def layout_rate(self) -> float | None:
        """Word error rate minus its part without order: what the layout costs."""
        return self.order.layout_errors / self.words.reference if self.words.reference else None
