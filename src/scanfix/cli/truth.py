"""Commands about ground truth: ``scanfix truth import``, ``lint`` and ``show``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from scanfix import curation, families, terminal
from scanfix.errors import ExitCode

app = typer.Typer(help="Make, check and show ground truth.", no_args_is_help=True)

Stamps = Annotated[Path, typer.Option("--stamps", help="Folder of known stamps, a TOML file each.")]


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    SARIF = "sarif"


class Gravity(StrEnum):
    """From which severity on findings fail the command."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class View(StrEnum):
    """What is drawn from a transcript."""

    DIPLOMATIC = "diplomatic"
    READING = "reading"
    AS_TYPED = "as_typed"
    BODY = "body"
    FURNITURE = "furniture"
    MARKINGS = "markings"
    STAMPS = "stamps"
    REDACTIONS = "redactions"


@app.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="Transcriptions, a document each: Markdown, text, ALTO, PAGE XML, hOCR.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder of ground truth; each document gets a folder in it.")],
    profile: Annotated[
        str | None,
        typer.Option("--profile", help="What the source's signs mean: a name or a TOML file; else recognised."),
    ] = None,
    stamps: Stamps = families.HERE,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace pages that are there and differ.")] = False,
) -> None:
    """Bring transcriptions of others into the notation; a report accounts for every sign."""
    console = terminal.wide_console()
    table = Table(show_edge=False, header_style="bold")
    for heading in ("file", "document", "profile"):
        table.add_column(heading, overflow="fold")
    for heading in ("pages", "decided", "left", "dropped"):
        table.add_column(heading, justify="right")
    errors = []
    outcomes = curation.import_files(paths, out, profile=profile, folder_of_stamps=stamps, overwrite=overwrite)
    for one in outcomes:
        if one.error:
            errors.append(one.error)
            continue
        counts = (str(one.counts.get("decided", 0)), str(one.counts.get("left", 0)), str(one.counts.get("dropped", 0)))
        table.add_row(one.source.name, one.scan_id, one.profile, str(one.pages), *counts)
    if table.row_count:
        console.print(table)
        console.print(
            f"Every decision: {out}/<document>/import.txt; what was left to check: scanfix truth lint {out}",
            markup=False,
        )
    for error in errors:
        console.print(f"not imported: {error}", style="bold red", soft_wrap=True, markup=False)
    raise typer.Exit(ExitCode.GROUND_TRUTH if errors else ExitCode.DONE)


@app.command("lint")
def lint(
    paths: Annotated[
        list[Path], typer.Argument(help="Transcripts in the notation (.md), folders of them, or files as import takes.")
    ],
    form: Annotated[Format, typer.Option("--format", help="Text for people and editors, SARIF for CI.")] = Format.TEXT,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only this rule; may be given again.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Not this rule; may be given again.")] = None,
    fail_on: Annotated[Gravity, typer.Option("--fail-on", help="Exit with 7 from this severity on.")] = Gravity.ERROR,
    stamps: Stamps = families.HERE,
) -> None:
    """Find what a transcript must not have, and what should be looked at again on the image."""
    findings = curation.lint_paths(paths, folder_of_stamps=stamps, only=rule or (), ignore=ignore or ())
    written = curation.findings_sarif(findings) if form is Format.SARIF else curation.findings_text(findings)
    terminal.wide_console().file.write(written)
    grave = list(Gravity)[: list(Gravity).index(fail_on) + 1]
    raise typer.Exit(ExitCode.GROUND_TRUTH if any(one.severity in grave for one in findings) else ExitCode.DONE)


@app.command("show")
def show(
    path: Annotated[Path, typer.Argument(help="A transcript in the notation (.md), or a file as import takes.")],
    view: Annotated[View, typer.Option("--view", help="What to draw from it.")] = View.READING,
    stamps: Stamps = families.HERE,
) -> None:
    """Print a view of a transcript."""
    terminal.wide_console().file.write(curation.show(path, view.value, folder_of_stamps=stamps))
