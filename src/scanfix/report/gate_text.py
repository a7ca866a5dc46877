"""The gate's answer as plain lines for a terminal and as Markdown for a pull request."""

from collections.abc import Iterator, Sequence

from scanfix.model.gate import GateResult, PageRecord, RateChange, Record
from scanfix.model.score import EditCounts
from scanfix.report.gate_rows import Table, headline, points, size, tables
from scanfix.report.tables import percent

# A terminal shows where to look first; the files have every page.
_PAGES_SHOWN = 5


def lines(result: GateResult) -> tuple[str, ...]:
    """Return what a terminal shows: the verdict, both rates, every reason, the pages that cause it, the facts."""
    held = sum(fact.holds for fact in result.facts)
    known = [fact.name for fact in result.facts if fact.is_known]
    worse = [page for page in result.pages if page.share]
    return (
        f"gate: {headline(result)}",
        *map(_rate, result.rates),
        *(f"{one.verdict}: {f'{one.page}: ' if one.page else ''}{one.text}" for one in result.reasons),
        *(
            f"{page.page_id}: {percent(page.share, digits=0)} of the new errors, characters wrong "
            f"{page.before.characters.errors} before, {page.after.characters.errors} now"
            for page in worse[:_PAGES_SHOWN]
        ),
        *((f"… and {len(worse) - _PAGES_SHOWN} more pages in gate.md",) if len(worse) > _PAGES_SHOWN else ()),
        *((f"facts: {held} of {len(result.facts)} hold",) if result.facts else ()),
        *(f"known failure: {name}" for name in known),
    )


def markdown(result: GateResult) -> str:
    """Return the whole report in GitHub's Markdown."""
    parts = [f"## Gate: {headline(result)}", *(_markdown(table) for table in tables(result))]
    return "\n\n".join(parts) + "\n"


def refusal(faults: Sequence[str]) -> str:
    """Return what ``gate.md`` says where nothing was compared."""
    listed = "\n".join(f"- {_cell(fault)}" for fault in faults)
    return f"## Gate: not comparable with the baseline\n\n{listed}\n"


def accepted(before: Record | None, after: Record) -> tuple[str, ...]:
    """Return what a new baseline changes: totals, and how many pages are better or worse."""
    totals = [_total(name, old, new) for name, old, new in _totals(before, after)]
    if before is None:
        return (f"first baseline: {len(after.pages)} pages, policy {after.policy}", *totals, *_failed(after))
    then = {page.page_id: page for page in before.pages}
    both = [(then[page.page_id], page) for page in after.pages if page.page_id in then]
    better = sum(_errors(now) < _errors(old) for old, now in both)
    worse = [now for old, now in both if _errors(now) > _errors(old)]
    new, gone = len(after.pages) - len(both), len(then) - len(both)
    return (
        f"new baseline: {len(after.pages)} pages ({new} new, {gone} gone), {better} better, {len(worse)} worse",
        f"policy {before.policy} before, {after.policy} now",
        *totals,
        *(_told_worse(then[page.page_id], page) for page in worse),
        *(line for old, now in both for line in _turned(old, now)),
        *_failed(after),
    )


def _told_worse(before: PageRecord, after: PageRecord) -> str:
    """Tell of a page with more wrong characters."""
    rise = f"worse: {after.page_id}: characters wrong {_errors(before)} before, {_errors(after)} now"
    return f"{rise}, nothing was read" if after.is_empty else rise


def _turned(before: PageRecord, after: PageRecord) -> Iterator[str]:
    """Name the markings of which the run says something else: a review must see them."""
    then = {fate.mark_id: fate.found for fate in before.markings}
    for fate in after.markings:
        old = then.get(fate.mark_id, fate.found)
        if old != fate.found:
            yield f"marking: {after.page_id}: {fate.text} ({fate.mark_id}, {fate.status}) was {old}, now {fate.found}"


def _failed(record: Record) -> tuple[str, ...]:
    """Name the facts that the gate will take for known failures."""
    return tuple(f"known failure from now on: {name}" for name in record.failed_facts)


def _errors(page: PageRecord) -> int:
    """Return a page's wrong characters."""
    return page.characters.errors


def _totals(before: Record | None, after: Record) -> tuple[tuple[str, EditCounts | None, EditCounts], ...]:
    """Return both sums under their names."""
    return (
        ("characters", before.characters if before else None, after.characters),
        ("words", before.words if before else None, after.words),
    )


def _total(name: str, before: EditCounts | None, after: EditCounts) -> str:
    """Tell of a sum, before and now."""
    said = f"{name}: {after.errors} of {after.reference} wrong ({percent(after.rate, digits=2)})"
    return said if before is None else f"{said}, before {before.errors} of {before.reference}"


def _rate(rate: RateChange) -> str:
    """Tell of a rate."""
    start = f"{rate.name} {percent(rate.before.rate, digits=2)} -> {percent(rate.after.rate, digits=2)}"
    if rate.spread is None:
        return f"{start}: {points(rate.difference)} points, no interval"
    spread = rate.spread
    if spread.detectable is None:
        alike = "no page changed" if not rate.difference else "all documents alike"
        return f"{start}: {points(rate.difference)} points, {alike}, margin {size(rate.margin)}"
    return (
        f"{start}: {points(rate.difference)} points, 95 % interval {points(spread.low)} to {points(spread.high)}, "
        f"margin {size(rate.margin)}, smallest detectable {size(spread.detectable)}"
    )


def _markdown(table: Table) -> str:
    """Write a table under its title."""
    rule = ("---:" if is_number else "---" for is_number in table.numbers)
    rows = (table.headings, tuple(rule), *(tuple(map(_cell, row)) for row in table.rows))
    return f"### {table.title}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    """Keep what a page says from breaking the table."""
    flat = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>|#~&" else sign for sign in flat)
