"""Hard bounds: what no sample size excuses, page by page; and what is worth a warning."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scanfix.model.gate import MarkingFate, PageChange, PageRecord, Reason
from scanfix.model.score import MarkCounts
from scanfix.scoring.limits import GateLimits
from scanfix.scoring.marks import sum_marks


def of_page(change: PageChange, limits: GateLimits) -> Iterator[Reason]:
    """Give what went wrong on one page: lost, empty, repetitive, far worse, a marking lost or turned.

    What was as bad in the baseline is known, and no reason.
    """
    for rule, text in (*_broken(change.before, change.after, limits), *_far_worse(change, limits)):
        yield Reason(verdict="failed", rule=rule, text=text, page=change.page_id)
    then = {fate.mark_id: fate for fate in change.before.markings}
    for fate in change.after.markings:
        yield from (_of_marking(then[fate.mark_id], fate, change) if fate.mark_id in then else ())


def of_scorers(before: Sequence[PageRecord], after: Sequence[PageRecord]) -> Iterator[Reason]:
    """Give what the baseline counted and the run does not, and kinds of marks that are found less well."""
    for name in sorted(lengths(before).keys() - lengths(after).keys()):
        yield _missing(f"{name} is no longer counted")
    now = {entry.kind: entry.counts for entry in sum_marks(entry for page in after for entry in page.marks)}
    for entry in sum_marks(entry for page in before for entry in page.marks):
        if entry.kind not in now:
            yield _missing(f"marks of kind {entry.kind} are no longer looked for")
        elif worse := _worse(entry.counts, now[entry.kind]):
            yield Reason(verdict="warned", rule="marks-worse", text=f"{entry.kind}: {worse}")


def _broken(before: PageRecord, after: PageRecord, limits: GateLimits) -> Iterator[tuple[str, str]]:
    """Give what makes a page useless."""
    if after.is_lost:
        yield "page-lost", "the run does not have the page"
    elif after.is_empty and not before.is_empty:
        yield "page-empty", f"nothing was read where {after.words.reference} words stand"
    if after.repetition > limits.repetition >= before.repetition:
        yield "page-repetitive", f"{after.repetition:.0%} of its text repeats itself, beyond what the truth repeats"


def _far_worse(change: PageChange, limits: GateLimits) -> Iterator[tuple[str, str]]:
    """Give a rise of the page's character error rate beyond the bound."""
    length = change.before.characters.reference
    if length and change.added / length > limits.page_cer_rise:
        yield "page-far-worse", f"its CER rose by {100 * change.added / length:.1f} points"


def _of_marking(before: MarkingFate, after: MarkingFate, change: PageChange) -> Iterator[Reason]:
    """Give what became of a marking.

    A status turned into its opposite is a false statement about the document, whichever way; an active marking that
    is gone may let a secret page pass. A struck one that is gone, or doubt where there was none, is a warning.
    """
    if after.found == before.found:
        return
    is_turned = {after.status, after.found} == {"active", "struck"}
    is_active_lost = after.status == "active" and after.found == "missing"
    if is_turned or is_active_lost:
        rule = "marking-turned" if is_turned else "active-lost"
        yield Reason(verdict="failed", rule=rule, text=_tell(before, after), page=change.page_id)
    elif before.found == after.status:
        yield Reason(verdict="warned", rule="marking-doubtful", text=_tell(before, after), page=change.page_id)


def _tell(before: MarkingFate, after: MarkingFate) -> str:
    """Say what became of a marking."""
    name = f"{after.text} ({after.mark_id})"
    return f"the {after.status} marking {name} was {before.found}, now it is {after.found}"


def lengths(pages: Sequence[PageRecord]) -> dict[str, int]:
    """Return the reference's length of everything that is counted apart; what was only invented has none."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({stratum.name: stratum.counts.reference for stratum in page.strata})
    return {name: length for name, length in counted.items() if length}


def _missing(text: str) -> Reason:
    """Say that something is not measured any more: that is an error, never "not applicable"."""
    return Reason(verdict="failed", rule="scorer-missing", text=text)


def _worse(before: MarkCounts, after: MarkCounts) -> str:
    """Say how marks are found less well; empty where they are not."""
    faults = (
        ("found", before.true_positives, after.true_positives, after.true_positives < before.true_positives),
        ("invented", before.false_positives, after.false_positives, after.false_positives > before.false_positives),
        ("wrong in status", before.status_wrong, after.status_wrong, after.status_wrong > before.status_wrong),
    )
    return ", ".join(f"{name} {old}, now {new}" for name, old, new, is_worse in faults if is_worse)
