"""What the errors of a page are about: kinds of tokens and regions, other views, order, confusions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from scanfix.model.page import PageId
from scanfix.model.score import Edit, KindEdits, OrderCounts, PageScore
from scanfix.model.transcript import MASK
from scanfix.scoring import edits
from scanfix.scoring.confusion import Pairs, letter_pairs, word_pairs
from scanfix.scoring.flexible import count_flexible
from scanfix.scoring.kinds import count_kinds, sum_kinds
from scanfix.scoring.order import count_order
from scanfix.scoring.page import align_texts, score_aligned
from scanfix.scoring.parts import ComparedView, joined, part_of_words
from scanfix.scoring.policy import Policy
from scanfix.scoring.tokens import token_kinds

# The view whose blocks are regions of their own, beside those of the body.
_FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedScore:
    """The score of a page, and what was read for what: letters and words."""

    score: PageScore
    letters: Pairs
    words: Pairs


def score_in_detail(
    page_id: PageId,
    body: ComparedView,
    others: Sequence[ComparedView] = (),
    *,
    policy: Policy,
    markings: Collection[str] = (),
) -> DetailedScore:
    """Score a page and say what its errors are about.

    Parameters
    ----------
    page_id
        The page.
    body
        The view that gives words and characters, order and confusions.
    others
        Other views of the page, each scored like with like. The blocks and tokens of ``"furniture"`` are counted
        beside those of the body; its regions are named ``"furniture: head"``.
    policy
        How texts become words. Where it does not keep their form, tokens are not told apart.
    markings
        Wordings whose words are tokens of their own.
    """
    aligned = align_texts(joined(body.reference), body.hypothesis, policy)
    score = score_aligned(page_id, aligned, policy=policy)
    owners = part_of_words([part.text for part in body.reference], policy)
    regions = list(_regions(body, aligned.words, owners))
    tokens = list(_tokens(aligned.words, policy, markings))
    views = [KindEdits(kind=body.name, counts=score.words)]
    for view in others:
        words = edits.align(policy.words(joined(view.reference)), policy.words(view.hypothesis))
        views.append(KindEdits(kind=view.name, counts=edits.count(words)))
        if view.name == _FURNITURE:
            own = _regions(view, words, part_of_words([part.text for part in view.reference], policy))
            regions += (replace(entry, kind=f"{_FURNITURE}: {entry.kind}") for entry in own)
            tokens += _tokens(words, policy, markings)
    order = OrderCounts(
        layout_errors=score.words.errors - score.bag.errors,
        flexible=count_flexible(*_lines(body, aligned.words, policy), in_order=score.characters),
    )
    return DetailedScore(
        score=replace(
            score,
            regions=sum_kinds(regions),
            tokens=sum_kinds(tokens),
            views=sum_kinds(views),
            order=order + count_order(aligned.words, owners),
        ),
        letters=letter_pairs(aligned.characters),
        words=word_pairs(aligned.words),
    )


def _regions(view: ComparedView, alignment: Sequence[Edit], owners: Sequence[int]) -> tuple[KindEdits, ...]:
    """Count the words of each kind of block; what was read where the reference has none is ``"none"``."""
    return count_kinds(alignment, [view.reference[owner].kind for owner in owners] or ["none"])


def _tokens(alignment: Sequence[Edit], policy: Policy, markings: Collection[str]) -> tuple[KindEdits, ...]:
    """Count the words of each kind of token."""
    if not policy.keeps_form:
        return ()
    wanted = [word for edit in alignment for word in edit.reference]
    read = [word for edit in alignment for word in edit.hypothesis]
    return count_kinds(alignment, token_kinds(wanted, markings=markings), token_kinds(read, markings=markings))


def _lines(view: ComparedView, alignment: Sequence[Edit], policy: Policy) -> tuple[list[str], list[str]]:
    """Return the lines of both sides as words with single spaces, without masks and what was read in their place."""
    wanted = (word.replace(MASK, "") for edit in alignment for word in edit.reference)
    read = ("" if edit.op == "masked" else word for edit in alignment for word in edit.hypothesis)
    return (
        _by_line(wanted, part_of_words(joined(view.reference).split("\n"), policy)),
        _by_line(read, part_of_words(view.hypothesis.split("\n"), policy)),
    )


def _by_line(words: Iterable[str], lines: Iterable[int]) -> list[str]:
    """Put words together that begin on one line."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for word, line in zip(words, lines, strict=True):
        if word:
            found[line].append(word)
    return [" ".join(found[line]) for line in sorted(found)]
