"""The gate's decision: two records of the same pages in, a verdict with its reasons out; nothing is read or written.

Failed when the whole 95 % interval of a difference lies above 0 and the difference exceeds its margin, or on any hard
bound. Warned when the interval reaches the margin. Too small when the sample could not have shown a change of the
margin's size. Kinds of tokens and pages only warn: failing on them too would raise the false alarms above 5 %.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from scanfix.model.gate import (
    VERDICTS,
    FactResult,
    GateResult,
    PageChange,
    PageRecord,
    RateChange,
    Reason,
    Record,
    Spread,
    StratumChange,
)
from scanfix.model.score import EditCounts
from scanfix.scoring import bootstrap, bounds
from scanfix.scoring.bootstrap import Counts
from scanfix.scoring.holm import holm
from scanfix.scoring.limits import GateLimits
from scanfix.scoring.power import smallest_detectable, two_sided

# Two processors may differ in the last digits of a double; a report must not.
_DIGITS = 10

CountsOf = Callable[[PageRecord], EditCounts]


def decide(before: Record, after: Record, *, facts: Sequence[FactResult], limits: GateLimits) -> GateResult:
    """Compare a run with its baseline.

    Parameters
    ----------
    before, after
        Two runs that can be compared (``comparable.mismatches`` finds nothing).
    facts
        What became of the facts in the run.
    limits
        Margins and bounds.
    """
    pages = _page_changes(before, after)
    judged = tuple(
        replace(fact, is_known=not fact.holds and fact.name in before.failed_facts)
        for fact in sorted(facts, key=lambda fact: fact.name)
    )
    rates = _rate_changes(before, after, limits)
    strata = _stratum_changes(before, after, limits)
    reasons = (
        *(reason for page in pages for reason in bounds.of_page(page, limits)),
        *bounds.of_scorers(before.pages, after.pages),
        *(reason for rate in rates for reason in _of_rate(rate)),
        *(reason for stratum in strata for reason in _of_stratum(stratum, limits)),
        *(reason for fact in judged for reason in _of_fact(fact)),
    )
    ordered = tuple(sorted(reasons, key=lambda reason: -VERDICTS.index(reason.verdict)))
    return GateResult(
        verdict=ordered[0].verdict if ordered else "passed",
        reasons=ordered,
        rates=rates,
        strata=strata,
        pages=pages,
        facts=judged,
        before=before,
        after=after,
        effective_documents=bootstrap.effective_number(_by_document(after, after, _characters)[1]),
        draws=limits.draws,
        seed=limits.seed,
    )


# Pages


def _page_changes(before: Record, after: Record) -> tuple[PageChange, ...]:
    """Pair the pages, the largest share of the damage first."""
    then = {page.page_id: page for page in before.pages}
    changes = [PageChange(before=then[page.page_id], after=page, share=0.0) for page in after.pages]
    damage = sum(max(0, change.added) for change in changes)
    shared = [replace(change, share=max(0, change.added) / damage) for change in changes] if damage else changes
    return tuple(sorted(shared, key=lambda change: (-change.added, change.page_id.scan_id, change.page_id.number)))


# Rates


def _words(page: PageRecord) -> EditCounts:
    """Return a page's words."""
    return page.words


def _characters(page: PageRecord) -> EditCounts:
    """Return a page's characters."""
    return page.characters


def _by_document(before: Record, after: Record, counts_of: CountsOf) -> tuple[Counts, Counts]:
    """Return the errors that each document gained, and its length, documents by name."""
    place = {name: index for index, name in enumerate(after.documents)}
    added, reference = np.zeros(len(place), dtype=np.int64), np.zeros(len(place), dtype=np.int64)
    for record, sign in ((before, -1), (after, 1)):
        for page in record.pages:
            added[place[page.page_id.scan_id]] += sign * counts_of(page).errors
    for page in after.pages:
        reference[place[page.page_id.scan_id]] += counts_of(page).reference
    return added, reference


def _by_page(before: Record, after: Record, counts_of: CountsOf) -> tuple[Counts, Counts]:
    """Return the errors that each page gained, and its length."""
    then = {page.page_id: counts_of(page).errors for page in before.pages}
    added = [counts_of(page).errors - then[page.page_id] for page in after.pages]
    return np.array(added, dtype=np.int64), np.array([counts_of(page).reference for page in after.pages], np.int64)


def _columns(counted: Sequence[tuple[Counts, Counts]]) -> tuple[Counts, Counts]:
    """Put rates side by side, a column each."""
    return np.stack([added for added, _ in counted], 1), np.stack([reference for _, reference in counted], 1)


def _rate_changes(before: Record, after: Record, limits: GateLimits) -> tuple[RateChange, ...]:
    """Compare both rates, with their intervals."""
    both = (_characters, _words)
    spreads = _spreads(
        _columns([_by_document(before, after, counts_of) for counts_of in both]),
        _columns([_by_page(before, after, counts_of) for counts_of in both]),
        limits,
    )
    names = (
        ("CER", before.characters, after.characters, limits.cer_margin),
        ("WER", before.words, after.words, limits.wer_margin),
    )
    return tuple(
        RateChange(name=name, before=old, after=new, margin=margin, spread=spread)
        for (name, old, new, margin), spread in zip(names, spreads, strict=True)
    )


def _spreads(
    counted: tuple[Counts, Counts], pages: tuple[Counts, Counts], limits: GateLimits
) -> tuple[Spread | None, ...]:
    """Return the interval of each column: of no width where no page changed, none where one document stands alone."""
    added, reference = counted
    documents, rates = added.shape
    if not pages[0].any():
        return tuple(Spread(low=0.0, high=0.0, detectable=None, p=1.0) for _ in range(rates))
    if documents < 2 or not reference.any(axis=0).all():
        return tuple(None for _ in range(rates))
    found = bootstrap.interval(added, reference, draws=limits.draws, seed=limits.seed, pages=pages)
    return tuple(
        _spread(float(low), float(high), float(error), documents) for low, high, error in zip(*found, strict=True)
    )


def _spread(low: float, high: float, error: float, documents: int) -> Spread:
    """Make a spread of an interval and its standard error; where all documents changed alike there is no error."""
    size = abs(low + high) / 2
    alike = 0.0 if size else 1.0
    return Spread(
        low=round(low, _DIGITS),
        high=round(high, _DIGITS),
        detectable=round(smallest_detectable(error, documents), _DIGITS) or None,
        p=round(two_sided(size / error, documents - 1), _DIGITS) if error else alike,
    )


def _of_rate(rate: RateChange) -> Iterator[Reason]:
    """Judge a rate."""
    difference, spread = rate.difference, rate.spread
    if difference is None or spread is None:
        is_beyond = difference is not None and difference > rate.margin
        yield Reason(
            verdict="warned" if is_beyond else "too small",
            rule="no-interval",
            text=f"{rate.name}: a change cannot be told from chance; add documents with text",
        )
        return
    bounds_text = f"{_points(difference)} points, 95 % interval {_points(spread.low)} to {_points(spread.high)}"
    if spread.low > 0 and difference > rate.margin:
        yield Reason(verdict="failed", rule="rate-worse", text=f"{rate.name} rose by {bounds_text}")
    elif spread.high >= rate.margin and spread.high > 0:
        text = f"{rate.name} changed by {bounds_text}: it reaches the margin of {_points(rate.margin)}"
        yield Reason(verdict="warned", rule="rate-near-margin", text=text)
    if spread.detectable is not None and spread.detectable > rate.margin:
        text = (
            f"{rate.name}: sample too small: it shows changes of {_points(spread.detectable)} points or more, "
            f"the margin is {_points(rate.margin)}"
        )
        yield Reason(verdict="too small", rule="sample-too-small", text=text)


# Strata and facts


def _stratum_changes(before: Record, after: Record, limits: GateLimits) -> tuple[StratumChange, ...]:
    """Compare what is counted apart on both sides in the same way; what is the same as all words is left out."""
    sums = {name: (_sum(before, name), _sum(after, name)) for name in sorted(_names(before) | _names(after))}
    whole = (before.words, after.words)
    kept = [name for name, (old, new) in sums.items() if old.reference == new.reference > 0 and (old, new) != whole]
    values = [
        bootstrap.sign_flip(_by_document(before, after, _of_name(name))[0], draws=limits.draws, seed=limits.seed)
        for name in kept
    ]
    return tuple(
        StratumChange(name=name, before=sums[name][0], after=sums[name][1], p=p)
        for name, p in zip(kept, holm(values), strict=True)
    )


def _names(record: Record) -> set[str]:
    """Return the names of the strata of a run."""
    return {stratum.name for page in record.pages for stratum in page.strata}


def _of_name(name: str) -> CountsOf:
    """Return what takes the counts of one stratum from a page."""
    return lambda page: sum((one.counts for one in page.strata if one.name == name), EditCounts())


def _sum(record: Record, name: str) -> EditCounts:
    """Sum a stratum over all pages."""
    return sum(map(_of_name(name), record.pages), EditCounts())


def _of_stratum(stratum: StratumChange, limits: GateLimits) -> Iterator[Reason]:
    """Judge a stratum."""
    difference = stratum.difference
    if difference is not None and difference > 0 and stratum.p < limits.significance:
        text = f"{stratum.name}: WER rose by {_points(difference)} points (p = {stratum.p:.3f}, Holm)"
        yield Reason(verdict="warned", rule="kind-worse", text=text)


def _of_fact(fact: FactResult) -> Iterator[Reason]:
    """Judge a fact: one that failed before is known."""
    if not fact.holds and not fact.is_known:
        yield Reason(verdict="failed", rule="fact-failed", text=f"{fact.name}: {fact.found}")


def _points(share: float) -> str:
    """Write a share in points."""
    return f"{100 * share:.2f}"
