"""The score of a page, and of many."""

from collections.abc import Sequence
from math import ceil
from statistics import median

from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import BagCounts, EditCounts, PageScore, ScoreTotals
from scanfix.scoring import edits
from scanfix.scoring.marks import match_marks, sum_marks
from scanfix.scoring.policy import Policy

# As many as fit a report's first screen with their crops.
_WORST = 5


def score_page(
    page_id: PageId,
    *,
    reference: str,
    hypothesis: str,
    policy: Policy,
    true_marks: Sequence[Mark] = (),
    found_marks: Sequence[Mark] = (),
) -> PageScore:
    """Score one page.

    Parameters
    ----------
    page_id
        The page.
    reference
        A view of the page's ground truth, with ``MASK`` where it cannot say what is there.
    hypothesis
        The same view of what was read.
    policy
        How both become words.
    true_marks, found_marks
        Marks of both sides; both empty where marks are not scored.
    """
    wanted, read = policy.words(reference), policy.words(hypothesis)
    alignment = edits.align(wanted, read)
    return PageScore(
        page_id=page_id,
        policy=str(policy),
        words=edits.count(alignment),
        characters=edits.count_characters(wanted, read),
        bag=edits.count_bag(alignment),
        marks=match_marks(true_marks, found_marks).counts,
    )


def total(scores: Sequence[PageScore]) -> ScoreTotals:
    """Sum the scores of pages, and tell what the sum hides.

    Raises
    ------
    ValueError
        The scores are of different policies (or none): they cannot be compared.
    """
    policies = {score.policy for score in scores}
    if len(policies) != 1:
        raise ValueError(f"scores of one policy can be summed, not of {sorted(policies)}")
    by_rate = sorted((score for score in scores if score.words.reference), key=_rate)
    rates = [_rate(score) for score in by_rate]
    return ScoreTotals(
        pages=len(scores),
        policy=policies.pop(),
        words=sum((score.words for score in scores), EditCounts()),
        characters=sum((score.characters for score in scores), EditCounts()),
        bag=sum((score.bag for score in scores), BagCounts()),
        marks=sum_marks(entry for score in scores for entry in score.marks),
        median_rate=median(rates) if rates else None,
        # Nearest rank: the rate of a real page, which can be shown.
        p90_rate=rates[ceil(0.9 * len(rates)) - 1] if rates else None,
        worst=tuple(reversed(by_rate[-_WORST:])),
    )


def _rate(score: PageScore) -> float:
    """Return the word error rate of a page that has a reference."""
    return score.words.errors / score.words.reference
