"""Scans to transcripts through Prefect: ``python -m flows.digitise scans --out out``.

The same store and the same files as ``scanfix run``; Prefect adds names, states, history and artifacts.
"""

from pathlib import Path
from time import monotonic
from typing import Annotated, Any, cast

import typer
from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import _tasks
from flows._server import running_server, server_home
from scanfix import batch, reporting, settings, workers
from scanfix.batch import Result
from scanfix.settings import Settings

# Threads that hand chunks to the pool; the pool alone decides how many pages are read side by side, and a second
# chunk waiting keeps its workers busy while the first one ends.
_CHUNKS_AHEAD = 3
_RUNNER = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=_CHUNKS_AHEAD))


@flow(
    name="digitise",
    flow_run_name="digitise to {out}",
    task_runner=_RUNNER,
    persist_result=False,
    validate_parameters=False,
)
def digitise(paths: list[Path], out: Path, config: Path | None = None, languages: str | None = None) -> Result:
    """Read scans and write text, marks and a report; a run that was stopped goes on where it was.

    Parameters
    ----------
    paths
        Files, and folders of files and of page folders.
    out
        Folder of the run's output.
    config
        Settings file; ``config/scanfix.toml`` where there is one.
    languages
        Tesseract's codes, such as ``eng,fra``.

    Raises
    ------
    ScanfixError
        Nothing could be done at all; failures of single pages are in the result.
    """
    chosen = settings.load_here(config, {"ocr.languages": languages})
    with batch.locked(out), workers.sharing(out, chosen):
        result = _read(paths, out, chosen)
    reporting.write(out, result)
    create_markdown_artifact(reporting.run_markdown(result), key="digitise", description=f"Pages in {out}")
    return result


def _read(paths: list[Path], out: Path, chosen: Settings) -> Result:
    """Plan, read chunks of pages side by side, and put the summary together."""
    start = monotonic()
    work = _tasks.plan(paths, out, chosen)
    futures = [
        _tasks.read_pages.with_options(task_run_name=f"read {chunk[0].page_id} ff.").submit(chunk, out, chosen)
        for chunk in batch.chunks(work.left, chosen.run.pages_per_task)
    ]
    done = [page for future in futures for page in future.result()]
    return batch.finish(work, done, seconds=monotonic() - start, out=out, settings=chosen)


def main(
    paths: list[Path],
    out: Annotated[Path, typer.Option()],
    config: Annotated[Path | None, typer.Option()] = None,
    languages: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Read scans through Prefect, with a server of its own where none is named."""
    with running_server(server_home(out)):
        result = digitise(paths, out, config, languages)
    raise typer.Exit(result.exit_code)


if __name__ == "__main__":
    typer.run(main)
