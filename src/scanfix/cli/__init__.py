"""The command line: options, progress, tables. Every command calls verbs and says what became of them."""

import typer

from scanfix.cli import facsimile, pages, truth
from scanfix.cli.gate import gate

app = typer.Typer(
    help="Turns archival scans into transcripts that can be trusted, and proves it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (pages.run, pages.score, gate, pages.doctor):
    app.command()(command)
app.add_typer(truth.app, name="truth")
app.add_typer(facsimile.app, name="facsimile")
