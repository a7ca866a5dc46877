"""Commands of the press: the sample collection, documents of a kind, the detectors' test matrix."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scanfix import samples, terminal
from scanfix.cli.options import Truth
from scanfix.facsimile.matrix import manifest
from scanfix.facsimile.matrix.drawing import Drawn

app = typer.Typer(help="Press facsimile scans with exactly known truth.", no_args_is_help=True)

Seed = Annotated[int, typer.Option("--seed", min=0, help="Of all that is random.")]
Out = Annotated[Path, typer.Option("--out", help="Folder for scans/ and ground_truth/.")]


@app.command()
def collection(
    scans: Annotated[Path, typer.Option("--scans", help="Folder for the scans.")] = Path("scans"),
    truth: Truth = Path("ground_truth"),
    seed: Seed = samples.SEED,
) -> None:
    """Press the sample collection, with its exact ground truth."""
    written = samples.draw(scans, truth, seed=seed)
    terminal.wide_console().print(f"{len(written)} files written to {scans} and {truth}", markup=False)


@app.command()
def documents(
    out: Out,
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(samples.KINDS)}.")],
    count: Annotated[int, typer.Option("--count", min=1, help="Documents to press.")] = 10,
    seed: Seed = samples.SEED,
) -> None:
    """Press documents after a kind of real ones, drawn at random within what real ones do."""
    console = terminal.wide_console()
    for files in samples.draw_documents(out, kind, count=count, seed=seed):
        console.print(f"{files[0]}", markup=False)


@app.command()
def matrix(
    out: Out,
    seed: Seed = samples.MATRIX_SEED,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Pages pressed side by side.")] = os.cpu_count() or 1,
) -> None:
    """Press the test matrix of marks, stamps and redactions, with a manifest of every specimen in it."""
    with terminal.counting(terminal.wide_console(to_stderr=True), "pages pressed") as show:
        drawn = samples.draw_matrix(out, seed=seed, workers=workers, show=show)
    console = terminal.wide_console()
    console.print(_strata(drawn))
    console.print(f"{len(drawn.entries)} specimens on {drawn.pages} pages: {out / manifest.NAME}", markup=False)


def _strata(drawn: Drawn) -> Table:
    """Show how many of each stratum there are to be found, and to be left alone."""
    table = Table(show_edge=False)
    for heading in ("section", "stratum"):
        table.add_column(heading)
    for heading in ("positive", "hard negative", "uncertain"):
        table.add_column(heading, justify="right")
    for count in manifest.counts(drawn.entries):
        numbers = (count.positives, count.negatives, count.uncertain)
        table.add_row(count.section, count.stratum, *(str(number) for number in numbers))
    return table
