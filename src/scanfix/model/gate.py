"""What the gate compares and what it says: the record of a run, changes, bounds, facts, a verdict.

A baseline is the record of an earlier run. Counts are of one policy and one view; rates are derived from them.
"""

from dataclasses import dataclass
from typing import Literal

from scanfix.model.mark import MarkStatus
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, KindCounts

# From good to bad; a result has the worst of its reasons.
Verdict = Literal["passed", "too small", "warned", "failed"]
VERDICTS: tuple[Verdict, ...] = ("passed", "too small", "warned", "failed")
# What a run says of a marking that the truth has: a status, or that it is not there.
Fate = MarkStatus | Literal["missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingFate:
    """A true marking that is struck or active (``status``), and what the run says of it (``found``)."""

    mark_id: str
    text: str
    status: MarkStatus
    found: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """The counts of one kind of token, region or document on a page, such as ``"token: number"``."""

    name: str
    counts: EditCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """One page of a run.

    ``image`` is the digest of the archive's file and the page in it (``"9f…#1"``), empty for a page that the run
    lost; ``truth`` the digest of its text and marks. ``words_read`` counts the words of the published text,
    ``repetition`` is the share of them that only repeats others, beyond what the truth repeats.
    """

    page_id: PageId
    image: str
    truth: str
    words: EditCounts
    characters: EditCounts
    strata: tuple[Stratum, ...] = ()
    marks: tuple[KindCounts, ...] = ()
    markings: tuple[MarkingFate, ...] = ()
    words_read: int = 0
    repetition: float = 0.0
    is_lost: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read though the page has text."""
        return not self.words_read and self.words.reference > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A run as a baseline keeps it: how it was measured, what made it, its pages, the facts that failed.

    ``versions`` are names and versions of tools, a step of the pipeline each; ``settings`` is the digest of those
    settings that can change a result.
    """

    policy: str
    view: str
    settings: str
    versions: tuple[tuple[str, str], ...]
    pages: tuple[PageRecord, ...]
    failed_facts: tuple[str, ...] = ()

    @property
    def words(self) -> EditCounts:
        """The words of all pages."""
        return sum((page.words for page in self.pages), EditCounts())

    @property
    def characters(self) -> EditCounts:
        """The characters of all pages."""
        return sum((page.characters for page in self.pages), EditCounts())

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, by name."""
        return tuple(sorted({page.page_id.scan_id for page in self.pages}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How sure a difference of rates is.

    ``low`` and ``high`` bound the 95 % interval; ``detectable`` is the smallest change that the sample would show in
    four of five cases, ``None`` where no page changed, or all alike: then nothing tells how much changes scatter. ``p``
    is the two-sided probability of a change of this size by chance.
    """

    low: float
    high: float
    detectable: float | None
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """An error rate before and after; ``spread`` is ``None`` where one document cannot speak for others."""

    name: str
    before: EditCounts
    after: EditCounts
    margin: float
    spread: Spread | None

    @property
    def difference(self) -> float | None:
        """How much the rate rose, ``None`` without a reference."""
        return _rise(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumChange:
    """The words of one stratum before and after; ``p`` is two-sided and adjusted for the number of strata."""

    name: str
    before: EditCounts
    after: EditCounts
    p: float

    @property
    def difference(self) -> float | None:
        """How much the rate rose, ``None`` without a reference."""
        return _rise(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """One page before and after; ``share`` is its part of all characters that went wrong anew."""

    before: PageRecord
    after: PageRecord
    share: float

    @property
    def page_id(self) -> PageId:
        """The page."""
        return self.after.page_id

    @property
    def added(self) -> int:
        """Characters that went wrong, less those that came right."""
        return self.after.characters.errors - self.before.characters.errors


@dataclass(frozen=True, slots=True, kw_only=True)
class FactResult:
    """What became of a fact: what it says, whether it holds, what was found; ``is_known`` if it failed before."""

    page: str
    kind: str
    statement: str
    holds: bool
    found: str
    is_known: bool = False

    @property
    def name(self) -> str:
        """The fact in one line, as the baseline names it."""
        return f"{self.page} {self.kind} {self.statement}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the verdict is what it is: the rule, what happened, and the page where it is of one page."""

    verdict: Verdict
    rule: str
    text: str
    page: PageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """The whole answer; ``pages`` have the largest share first, ``effective_documents`` counts unequal ones down."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    rates: tuple[RateChange, ...]
    strata: tuple[StratumChange, ...]
    pages: tuple[PageChange, ...]
    facts: tuple[FactResult, ...]
    before: Record
    after: Record
    effective_documents: float
    draws: int
    seed: int


def _rise(before: EditCounts, after: EditCounts) -> float | None:
    """Return the difference of two error rates: one division, so that a rise of just the margin is not above it."""
    divisor = before.reference * after.reference
    return (after.errors * before.reference - before.errors * after.reference) / divisor if divisor else None
