"""The tables of the gate's report, cell by cell as people read them, for Markdown, HTML and the terminal."""

from typing import NamedTuple

from scanfix.model.gate import FactResult, GateResult, PageChange, RateChange, Reason, Record, StratumChange
from scanfix.model.score import EditCounts
from scanfix.report.tables import percent

_NOTHING = "–"
# Of a digest: enough to see that it is another; the JSON has all of it.
_DIGITS = 12


class Table(NamedTuple):
    """A titled table; ``numbers`` says of each column whether it stands to the right."""

    title: str
    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(result: GateResult) -> tuple[Table, ...]:
    """Return all tables of a report that have a row, the reasons first."""
    every = (
        _table("Reasons", "verdict rule where what", "", map(_reason, result.reasons)),
        _table(
            "Error rates",
            "rate before after change 95-%-interval margin smallest-detectable p",
            "before after change 95-%-interval margin smallest-detectable p",
            map(_rate, result.rates),
        ),
        _table(
            "Pages",
            "page share change words-before words-after characters-before characters-after read image truth",
            "share change words-before words-after characters-before characters-after read",
            map(_page, result.pages),
        ),
        _table(
            "Kinds of tokens, regions and documents",
            "kind before after change p-(Holm)",
            "before after change p-(Holm)",
            map(_stratum, result.strata),
        ),
        _table("Facts", "page kind fact result found", "", map(_fact, result.facts)),
        _made(result.before, result.after),
    )
    return tuple(table for table in every if table.rows)


def headline(result: GateResult) -> str:
    """Say in one line how it ended, and of what it speaks."""
    sample = f"{len(result.pages)} pages, {len(result.after.documents)} documents"
    return (
        f"{'sample too small' if result.verdict == 'too small' else result.verdict} "
        f"(policy {result.after.policy}, view {result.after.view}; {sample} that weigh as much as "
        f"{result.effective_documents:.1f} of equal length; {result.draws} draws, seed {result.seed})"
    )


def points(share: float | None) -> str:
    """Write a difference of rates in points, with its sign."""
    return _NOTHING if share is None else f"{100 * share:+.2f}"


def size(share: float) -> str:
    """Write a margin or another size in points."""
    return f"{100 * share:.2f}"


def _table(title: str, headings: str, numbers: str, rows: "map[tuple[str, ...]]") -> Table:
    """Make a table; headings stand in one string, a hyphen for a space."""
    names = headings.split()
    return Table(
        title=title,
        headings=tuple(name.replace("-", " ") for name in names),
        numbers=tuple(name in numbers.split() for name in names),
        rows=tuple(rows),
    )


def _reason(reason: Reason) -> tuple[str, ...]:
    """Tell a reason."""
    return (reason.verdict, reason.rule, str(reason.page) if reason.page else _NOTHING, reason.text)


def _rate(rate: RateChange) -> tuple[str, ...]:
    """Tell of an error rate; differences are in points."""
    return (
        rate.name,
        percent(rate.before.rate, digits=2),
        percent(rate.after.rate, digits=2),
        points(rate.difference),
        f"{points(rate.spread.low)} to {points(rate.spread.high)}" if rate.spread else _NOTHING,
        size(rate.margin),
        _detectable(rate),
        f"{rate.spread.p:.3f}" if rate.spread else _NOTHING,
    )


def _detectable(rate: RateChange) -> str:
    """Write the smallest change that would be found; a dash where nothing tells how much changes scatter."""
    return _NOTHING if rate.spread is None or rate.spread.detectable is None else size(rate.spread.detectable)


def _page(change: PageChange) -> tuple[str, ...]:
    """Tell of a page: errors of so many."""
    before, after = change.before, change.after
    return (
        str(change.page_id),
        percent(change.share, digits=0) if change.share else _NOTHING,
        f"{change.added:+d}",
        _errors(before.words),
        _errors(after.words),
        _errors(before.characters),
        _errors(after.characters),
        "lost" if after.is_lost else str(after.words_read),
        after.image[:_DIGITS] or _NOTHING,
        after.truth[:_DIGITS],
    )


def _errors(counts: EditCounts) -> str:
    """Write errors of so many."""
    return f"{counts.errors}/{counts.reference}"


def _stratum(stratum: StratumChange) -> tuple[str, ...]:
    """Tell of a kind."""
    return (
        stratum.name,
        _errors(stratum.before),
        _errors(stratum.after),
        points(stratum.difference),
        f"{stratum.p:.3f}",
    )


def _fact(fact: FactResult) -> tuple[str, ...]:
    """Tell of a fact."""
    said = "holds" if fact.holds else "known failure" if fact.is_known else "FAILED"
    return (fact.page, fact.kind, fact.statement, said, fact.found)


def _made(before: Record, after: Record) -> Table:
    """Tell what made both runs, side by side."""
    then, now = dict(before.versions), dict(after.versions)
    rows = [(name, then.get(name, _NOTHING), now.get(name, _NOTHING)) for name in sorted(then.keys() | now.keys())]
    return Table(
        title="Made by",
        headings=("what", "baseline", "run"),
        numbers=(False, False, False),
        rows=(*rows, ("settings (sha256)", before.settings, after.settings)),
    )
