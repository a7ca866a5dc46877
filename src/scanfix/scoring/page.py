"""The score of a page, and of many."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from statistics import median
from typing import NamedTuple

from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import BagCounts, Edit, EditCounts, MarkCounts, OrderCounts, PageScore, ScoreTotals
from scanfix.scoring import edits
from scanfix.scoring.kinds import sum_kinds
from scanfix.scoring.marks import match_marks, sum_marks
from scanfix.scoring.policy import Policy

# As many as fit a report's first screen with their crops.
_WORST = 5


class Aligned(NamedTuple):
    """A text beside another: the alignments of their words and of their characters."""

    words: tuple[Edit, ...]
    characters: tuple[Edit, ...]


def align_texts(reference: str, hypothesis: str, policy: Policy) -> Aligned:
    """Align two texts; the reference may hold masks."""
    wanted, read = policy.words(reference), policy.words(hypothesis)
    return Aligned(edits.align(wanted, read), edits.align_characters(wanted, read))


def score_aligned(page_id: PageId, aligned: Aligned, *, policy: Policy) -> PageScore:
    """Count what was aligned: words, characters, and words without order."""
    return PageScore(
        page_id=page_id,
        policy=str(policy),
        words=edits.count(aligned.words),
        characters=edits.count(aligned.characters),
        bag=edits.count_bag(aligned.words),
    )


def score_page(
    page_id: PageId,
    *,
    reference: str,
    hypothesis: str,
    policy: Policy,
    true_marks: Sequence[Mark] = (),
    found_marks: Sequence[Mark] = (),
) -> PageScore:
    """Score one page: words, characters, words without order, and marks.

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
    score = score_aligned(page_id, align_texts(reference, hypothesis, policy), policy=policy)
    return replace(score, marks=match_marks(true_marks, found_marks).counts)


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
        tokens=sum_kinds(entry for score in scores for entry in score.tokens),
        regions=sum_kinds(entry for score in scores for entry in score.regions),
        views=sum_kinds(entry for score in scores for entry in score.views),
        order=sum((score.order for score in scores), OrderCounts()),
        markings=sum((score.markings for score in scores), MarkCounts()),
    )


def _rate(score: PageScore) -> float:
    """Return the word error rate of a page that has a reference."""
    return score.words.errors / score.words.reference
