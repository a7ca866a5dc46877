"""The whole way on the sample collection: digitise, evaluate, and say where to look (``make demo``)."""

from pathlib import Path
from typing import Annotated

import typer

from flows._server import running_server, server_home
from flows.digitise import digitise
from flows.evaluate import evaluate
from scanfix import terminal


def main(
    scans: Annotated[Path, typer.Option()] = Path("scans"),
    truth: Annotated[Path, typer.Option()] = Path("ground_truth"),
    out: Annotated[Path, typer.Option()] = Path("out/demo"),
) -> None:
    """Read the sample scans through the Prefect flows and show what came of it."""
    console = terminal.wide_console()
    with running_server(server_home(out)):
        result = digitise([scans], out)
        scored = evaluate(out, truth)
    terminal.show_run(console, result)
    terminal.show_scores(console, scored)
    console.print(f"Report, to be opened in a browser: {out / 'report.html'}", soft_wrap=True)
    raise typer.Exit(result.exit_code)


if __name__ == "__main__":
    typer.run(main)
