"""The words of an alignment counted apart, by a kind of each; the sums are those of the whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scanfix.model.score import Edit, EditCounts, KindEdits, Op


def count_kinds(
    alignment: Sequence[Edit], reference: Sequence[str], hypothesis: Sequence[str] | None = None
) -> tuple[KindEdits, ...]:
    """Count the words of each kind.

    Parameters
    ----------
    alignment
        Of words.
    reference
        The kind of each word of the reference. Hits, substitutions and deletions belong to it.
    hypothesis
        The kind of each word of the hypothesis, to which an insertion belongs; where kinds are places of the
        reference and the hypothesis has none, it belongs to the reference's word before it (or the first).

    Returns
    -------
    tuple of KindEdits
        By name, and only the kinds that have anything; together the counts of the alignment.
    """
    tally: defaultdict[str, Counter[Op]] = defaultdict(Counter)
    wanted = read = 0
    for edit in alignment:
        here = reference[wanted : wanted + len(edit.reference)]
        if edit.op == "insert" and hypothesis is not None:
            here = hypothesis[read : read + len(edit.hypothesis)]
        elif edit.op == "insert":
            here = [reference[max(0, wanted - 1)]] * len(edit.hypothesis)
        for kind in here:
            tally[kind][edit.op] += 1
        wanted += len(edit.reference)
        read += len(edit.hypothesis)
    counts = {kind: _edits(ops) for kind, ops in tally.items()}
    return tuple(KindEdits(kind=kind, counts=counts[kind]) for kind in sorted(counts) if counts[kind] != EditCounts())


def sum_kinds(entries: Iterable[KindEdits]) -> tuple[KindEdits, ...]:
    """Sum counts kind by kind; kinds in the order of their names."""
    sums: defaultdict[str, EditCounts] = defaultdict(EditCounts)
    for entry in entries:
        sums[entry.kind] += entry.counts
    return tuple(KindEdits(kind=kind, counts=sums[kind]) for kind in sorted(sums))


def _edits(ops: Counter[Op]) -> EditCounts:
    """Return counts of operations as counts of edits; what is masked is none."""
    return EditCounts(
        hits=ops["equal"], substitutions=ops["substitute"], deletions=ops["delete"], insertions=ops["insert"]
    )
