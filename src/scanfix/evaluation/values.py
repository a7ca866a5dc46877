"""What an evaluation gives."""

from dataclasses import dataclass

from scanfix.model.page import PageId
from scanfix.model.reliability import Reliability
from scanfix.model.score import Confusion, PageScore, ScoreTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyScores:
    """Words and characters of the same pages under another policy: to be read beside, never to be compared."""

    pages: tuple[PageScore, ...]
    totals: ScoreTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Scores of every page that has ground truth, their totals, and the pages that the run does not have.

    ``others`` are the other policies. ``letters`` and ``words`` say what was read for what on all pages, under the
    policy of ``totals``; ``reliability`` how far the confidences of words can be believed, ``None`` where the run kept
    none.
    """

    pages: tuple[PageScore, ...]
    totals: ScoreTotals
    missing: tuple[PageId, ...]
    others: tuple[PolicyScores, ...] = ()
    letters: tuple[Confusion, ...] = ()
    words: tuple[Confusion, ...] = ()
    reliability: Reliability | None = None
