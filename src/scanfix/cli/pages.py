"""Commands about scans and runs: run, score, doctor."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scanfix import batch, evaluation, reporting, terminal
from scanfix import doctor as examination
from scanfix.cli.options import Config, Languages, Machine, Policy, Profile, Truth, load
from scanfix.errors import ExitCode


def run(
    paths: Annotated[list[Path], typer.Argument(help="Scans: files, or folders of files and of page folders.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the output; what is done there is kept.")],
    languages: Languages = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Pages read side by side; default one a core.")
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option("--profile", help="How much is read twice; default balanced.")
    ] = None,
    config: Config = None,
    fail_on_flagged: Annotated[
        bool, typer.Option("--fail-on-flagged", help="Exit with 12 when pages wait for review.")
    ] = False,
    as_json: Machine = False,
) -> None:
    """Read scans: text, marks and a report. A run that was stopped goes on where it was."""
    flags = {"ocr.languages": languages, "ocr.profile": profile and profile.value, "run.workers": workers}
    settings = load(config, flags).settings
    with _interruptible(), terminal.PageProgress(terminal.wide_console(to_stderr=True)) as progress:
        result = batch.run(paths, out, settings, on_page=progress.tell)
    report = reporting.write(out, result)
    console = terminal.wide_console()
    if as_json:
        console.file.write((out / "summary.json").read_text(encoding="utf-8"))
    else:
        terminal.show_run(console, result)
        console.print(f"Report: {report}", soft_wrap=True, markup=False)
    is_waiting = fail_on_flagged and result.exit_code is ExitCode.DONE and result.flagged > 0
    raise typer.Exit(ExitCode.FLAGGED if is_waiting else result.exit_code)


def score(
    out: Annotated[Path, typer.Argument(help="Output folder of a run.")],
    truth: Truth = Path("ground_truth"),
    policy: Annotated[Policy, typer.Option("--policy", help="How texts become words.")] = Policy.ARCHIVAL,
    config: Config = None,
    as_json: Machine = False,
) -> None:
    """Score a run against ground truth: word and character error rates, markings."""
    settings = load(config, {}).settings
    scored = evaluation.evaluate(out, truth, settings, policy=policy.value)
    report = reporting.write_scored(out, scored, truth)
    console = terminal.wide_console()
    if as_json:
        console.file.write((out / "scores.json").read_text(encoding="utf-8"))
    else:
        terminal.show_scores(console, scored)
        console.print(f"Report: {report}", soft_wrap=True, markup=False)
        console.print(f"Line by line: {report.with_name('comparison.html')}", soft_wrap=True, markup=False)


def doctor(config: Config = None, languages: Languages = None) -> None:
    """Show versions, languages, and every setting with its origin; exit with 4 where something is missing."""
    loaded = load(config, {"ocr.languages": languages})
    console = terminal.wide_console()
    findings = examination.examine(loaded)
    _show_pairs(console, ("", "part", "version"), [(_sign(one.is_well), one.name, one.value) for one in findings])
    console.print()
    _show_pairs(console, ("setting", "value", "origin"), examination.list_settings(loaded))
    raise typer.Exit(ExitCode.DONE if all(one.is_well for one in findings) else ExitCode.TOOL_MISSING)


def _sign(is_well: bool) -> str:
    """Say in a word whether something is well."""
    return "ok" if is_well else "MISSING"


def _show_pairs(console: Console, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a plain table."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Answer SIGTERM as Ctrl-C: stop the workers, keep what is done, exit with 130."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
