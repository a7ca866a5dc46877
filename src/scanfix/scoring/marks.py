"""Found marks against true ones: same kind, same place, same wording; then the strike's status."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from unicodedata import normalize

from scanfix.model.mark import Mark, MarkKind, MarkStatus
from scanfix.model.score import KindCounts, MarkCounts, MarkMatches, MarkPair
from scanfix.model.transcript import Marking

# Kinds that are their wording. What a stamp says is scored field by field, what a hand wrote or a stroke covers is
# scored as text; a redaction says nothing.
_WORDED: frozenset[MarkKind] = frozenset({"classification", "banner", "exemption"})
# 97.5 % of the normal distribution lie below it: two-sided 95 %.
_Z_95 = 1.959964


def match_marks(truth: Sequence[Mark], found: Sequence[Mark], *, iou: float = 0.5) -> MarkMatches:
    """Pair found marks with true ones.

    Parameters
    ----------
    truth
        The page's true marks.
    found
        What a detector gave.
    iou
        Smallest intersection over union of a match, above 0.

    Notes
    -----
    Greedy: the pair with the highest overlap first, ties in the order given. Above one half, no box can overlap two
    boxes that do not overlap each other, so that greedy is optimal for marks that stand apart. Wordings
    of classifications, banners and exemptions must be the same (case, white space and punctuation apart). Marks of
    truth whose status is uncertain count for place and wording, but not for status.
    """
    pairs: list[MarkPair] = []
    for pair in _candidates(truth, found, iou):
        if not any(pair.truth is other.truth or pair.found is other.found for other in pairs):
            pairs.append(pair)
    missed = tuple(mark for mark in truth if not any(mark is pair.truth for pair in pairs))
    false_alarms = tuple(mark for mark in found if not any(mark is pair.found for pair in pairs))
    return MarkMatches(
        pairs=tuple(pairs), missed=missed, false_alarms=false_alarms, counts=_counts(pairs, missed, false_alarms)
    )


def count_markings(truth: Sequence[Marking], found: Sequence[Marking]) -> MarkCounts:
    """Count markings that two transcripts tell of, by wording alone; of equal ones those of equal status first."""
    missed, left = list(truth), list(found)
    counts = MarkCounts()
    for is_exact in (True, False):
        for marking in tuple(missed):
            like = (other for other in left if wording(other.text) == wording(marking.text))
            other = next((one for one in like if one.status == marking.status or not is_exact), None)
            if other:
                missed.remove(marking)
                left.remove(other)
                counts += _judged(marking.status, other.status)
    return counts + MarkCounts(false_negatives=len(missed), false_positives=len(left))


def wording(text: str) -> str:
    """Return a mark's text as it is compared: letters and digits only, case folded."""
    return "".join(sign for sign in normalize("NFKC", text).casefold() if sign.isalnum())


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, ``None`` where there was no trial.

    Notes
    -----
    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
    """
    if not n:
        return None
    share, z2 = successes / n, _Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z_95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return (max(0.0, centre - half), min(1.0, centre + half))


def sum_marks(entries: Iterable[KindCounts]) -> tuple[KindCounts, ...]:
    """Sum counts kind by kind; kinds in the order of their names."""
    sums: defaultdict[MarkKind, MarkCounts] = defaultdict(MarkCounts)
    for entry in entries:
        sums[entry.kind] += entry.counts
    return tuple(KindCounts(kind=kind, counts=sums[kind]) for kind in sorted(sums))


def _candidates(truth: Sequence[Mark], found: Sequence[Mark], iou: float) -> list[MarkPair]:
    """Return all pairs that may match, the highest overlap first."""
    pairs = [
        MarkPair(truth=true, found=other, iou=true.box.iou(other.box))
        for true in truth
        for other in found
        if true.kind == other.kind and _same_wording(true, other)
    ]
    return sorted((pair for pair in pairs if pair.iou >= iou), key=lambda pair: -pair.iou)


def _same_wording(truth: Mark, found: Mark) -> bool:
    """Whether both say the same, where their kind is its wording."""
    return truth.kind not in _WORDED or wording(truth.text) == wording(found.text)


def _counts(pairs: Sequence[MarkPair], missed: Sequence[Mark], false_alarms: Sequence[Mark]) -> tuple[KindCounts, ...]:
    """Count each kind."""
    right = [KindCounts(kind=pair.truth.kind, counts=_judged(pair.truth.status, pair.found.status)) for pair in pairs]
    lost = [KindCounts(kind=mark.kind, counts=MarkCounts(false_negatives=1)) for mark in missed]
    wrong = [KindCounts(kind=mark.kind, counts=MarkCounts(false_positives=1)) for mark in false_alarms]
    return sum_marks([*right, *lost, *wrong])


def _judged(truth: MarkStatus | None, found: MarkStatus | None) -> MarkCounts:
    """Count a pair, and its status where the truth is sure of one."""
    is_judged = truth in ("struck", "active")
    return MarkCounts(
        true_positives=1,
        status_right=int(is_judged and found == truth),
        status_uncertain=int(is_judged and found in ("uncertain", None)),
        status_wrong=int(is_judged and found not in ("uncertain", None, truth)),
    )
