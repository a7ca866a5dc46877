"""What people see in a terminal: progress while pages are read, and what became of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from statistics import fmean
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from scanfix.batch import Result
from scanfix.evaluation import Evaluation
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.reliability import Reliability
from scanfix.model.score import MarkCounts, PageScore, ScoreTotals
from scanfix.report.tables import percent

# A batch of thousands must not scroll its failures away behind as many lines.
_FAILURES_SHOWN = 40
_WIDTH_ELSEWHERE = 140


def wide_console(*, to_stderr: bool = False) -> Console:
    """Return a console that does not fold tables to 80 columns where nobody's terminal says how wide it is."""
    console = Console(stderr=to_stderr)
    return console if console.is_terminal else Console(stderr=to_stderr, width=_WIDTH_ELSEWHERE)


class PageProgress:
    """A bar on a terminal, a line a page elsewhere; failures are printed where they happen. A context manager."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = _bar(console)
        self._task = self._bar.add_task("pages", total=None)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar down."""
        self._bar.stop()

    def tell(self, page: PageSummary, ended: int, total: int) -> None:
        """Say what became of a page."""
        self._bar.update(self._task, completed=ended, total=total)
        if page.failure:
            self._console.print(f"[bold red]failed[/] {escape(page.failure.message)}", soft_wrap=True, highlight=False)
        elif not self._console.is_terminal:
            self._console.print(f"{ended}/{total} {word_for(page)}", soft_wrap=True, highlight=False, markup=False)


@contextmanager
def counting(console: Console, what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, nothing elsewhere; give what is to be told how many are done, and of how many."""
    with _bar(console) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _bar(console: Console) -> Progress:
    """Return a bar that shows only on a terminal."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def word_for(page: PageSummary) -> str:
    """Say in one line what became of a page."""
    confidence = "-" if page.confidence is None else f"{page.confidence:.2f}"
    flags = f" [{', '.join(page.flags)}]" if page.flags else ""
    return (
        f"{page.page_id}: {page.state}, {page.words} words, confidence {confidence}, {page.marks} marks, "
        f"{page.seconds:.1f} s{flags}"
    )


def show_failures(console: Console, failures: tuple[PageFailure, ...]) -> None:
    """List failures, one line each with its place and reason."""
    if not failures:
        return
    table = Table(title=f"{len(failures)} failed", title_style="bold red", show_edge=False, header_style="bold")
    for heading in ("where", "while", "error", "what happened and what to do"):
        table.add_column(heading, overflow="fold")
    for failure in failures[:_FAILURES_SHOWN]:
        table.add_row(*(escape(cell) for cell in (failure.place, failure.verb, failure.error, failure.message)))
    console.print(table)
    if len(failures) > _FAILURES_SHOWN:
        console.print(f"… and {len(failures) - _FAILURES_SHOWN} more in summary.json")


def show_run(console: Console, result: Result) -> None:
    """Print what became of a batch: pages by document, failures, totals."""
    console.print(_documents(result))
    show_failures(console, result.failures)
    if result.plan.skipped:
        console.print(f"Passed over {len(result.plan.skipped)} files (listed in summary.json)")
    console.print(
        f"{len(result.pages)} pages: {result.count('done')} done, {result.count('kept')} kept from before, "
        f"{result.count('failed')} failed; {result.flagged} wait for review; {result.seconds:.1f} s"
    )


def show_scores(console: Console, scored: Evaluation) -> None:
    """Print the scores of every page, their totals, and what the errors are about."""
    table = Table(title=f"Policy {scored.totals.policy}, view body", show_edge=False, header_style="bold")
    table.add_column("page", overflow="fold")
    for heading in (
        "words",
        "WER",
        "S",
        "D",
        "I",
        "CER",
        "norm.",
        "layout",
        "tau",
        "marks",
        "found",
        "right",
        "status",
    ):
        table.add_column(heading, justify="right")
    for score in scored.pages:
        table.add_row(escape(str(score.page_id)), *_cells(score))
    table.add_section()
    table.add_row("all pages", *_cells(scored.totals), style="bold")
    console.print(table)
    for line in _spread(scored.totals):
        console.print(line, markup=False, highlight=False)
    if scored.reliability:
        console.print(_believed(scored.reliability), markup=False, highlight=False)
    console.print(_kinds(scored.totals))
    console.print(_policies(scored))
    for page_id in scored.missing:
        console.print(f"missing in the run, scored as empty: {page_id}", style="bold red", markup=False)


def _cells(score: PageScore | ScoreTotals) -> tuple[str, ...]:
    """Write the figures of a page or of a total."""
    marks = sum((entry.counts for entry in score.marks), MarkCounts())
    words = score.words
    return (
        str(words.reference),
        percent(words.rate, digits=2),
        str(words.substitutions),
        str(words.deletions),
        str(words.insertions),
        percent(score.characters.rate, digits=2),
        percent(score.characters.normalised_rate, digits=2),
        percent(score.layout_rate, digits=2),
        _decimal(score.order.tau),
        str(marks.true_positives + marks.false_negatives),
        str(marks.true_positives + marks.false_positives),
        str(marks.true_positives),
        f"{marks.status_right}/{marks.status_right + marks.status_wrong + marks.status_uncertain}",
    )


def _spread(totals: ScoreTotals) -> Iterator[str]:
    """Say what the sums hide, and what is not in the table."""
    yield f"WER of the median page {percent(totals.median_rate)}, of the 90th percentile {percent(totals.p90_rate)}"
    if totals.worst:
        worst = (f"{score.page_id} ({percent(score.words.rate)})" for score in totals.worst)
        yield f"worst pages: {', '.join(worst)}"
    yield (
        f"words without order: precision {percent(totals.bag.precision)}, recall {percent(totals.bag.recall)}; "
        f"flexible character accuracy {percent(totals.order.flexible_accuracy)}; "
        f"{totals.order.placed} of {totals.order.blocks} blocks found, tau {_decimal(totals.order.tau)}"
    )
    told = totals.markings
    yield (
        f"markings by their text: precision {percent(told.precision)}, recall {percent(told.recall)}, "
        f"status right {percent(told.status_accuracy)}"
    )


def _believed(reliability: Reliability) -> str:
    """Say how far the confidences can be believed."""
    draws = reliability.interval
    between = f" (95 % of draws of pages: {percent(draws.low)} to {percent(draws.high)})" if draws else ""
    return (
        f"confidence of {reliability.words} words: calibration error {percent(reliability.expected_error)}{between}, "
        f"in bins of equal size {percent(reliability.adaptive_error)}, Brier score {reliability.brier:.3f}"
    )


def _kinds(totals: ScoreTotals) -> Table:
    """Show the words of each view, region and kind of token."""
    table = Table(title="Words apart", show_edge=False, header_style="bold")
    for heading in ("", "kind"):
        table.add_column(heading)
    for heading in ("words", "WER", "S", "D", "I"):
        table.add_column(heading, justify="right")
    for name, entries in (("view", totals.views), ("region", totals.regions), ("token", totals.tokens)):
        for entry in entries:
            words = entry.counts
            edits = (words.substitutions, words.deletions, words.insertions)
            table.add_row(name, entry.kind, str(words.reference), percent(words.rate, digits=2), *map(str, edits))
        table.add_section()
    return table


def _policies(scored: Evaluation) -> Table:
    """Show the totals under each policy."""
    table = Table(title="Totals by policy (not to be compared)", show_edge=False, header_style="bold")
    table.add_column("policy")
    for heading in ("words", "WER", "S", "D", "I", "CER", "norm."):
        table.add_column(heading, justify="right")
    for totals in (scored.totals, *(other.totals for other in scored.others)):
        table.add_row(totals.policy, *_cells(totals)[:7])
    return table


def _decimal(value: float | None) -> str:
    """Write a coefficient, or a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def _documents(result: Result) -> Table:
    """Sum the pages of each document."""
    table = Table(show_edge=False, header_style="bold")
    table.add_column("document", overflow="fold")
    for heading in ("pages", "done", "kept", "failed", "words", "marks", "confidence", "flagged"):
        table.add_column(heading, justify="right")
    for scan_id, pages in groupby(result.pages, key=lambda page: page.page_id.scan_id):
        of_scan = tuple(pages)
        states = Counter(page.state for page in of_scan)
        sure = [page.confidence for page in of_scan if page.confidence is not None]
        table.add_row(
            escape(scan_id),
            str(len(of_scan)),
            *(str(states[state]) for state in ("done", "kept", "failed")),
            str(sum(page.words for page in of_scan)),
            str(sum(page.marks for page in of_scan)),
            f"{fmean(sure):.2f}" if sure else "–",
            str(sum(bool(page.flags) for page in of_scan)),
        )
    return table
