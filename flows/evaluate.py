"""Transcripts against ground truth through Prefect: ``python -m flows.evaluate out --truth ground_truth``."""

from pathlib import Path
from typing import Annotated

import typer
from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows import _tasks
from flows._server import running_server, server_home
from scanfix import reporting, settings
from scanfix.evaluation import Evaluation, PolicyName


@flow(name="evaluate", flow_run_name="evaluate {out}", persist_result=False, validate_parameters=False)
def evaluate(out: Path, truth: Path, config: Path | None = None, policy: PolicyName = "archival") -> Evaluation:
    """Score a finished run, publish the tables, and put the scores into the report.

    Parameters
    ----------
    out
        Folder of the run's output.
    truth
        Folder of the ground truth.
    config
        Settings file of the run.
    policy
        How texts become words: raw, archival or search.

    Raises
    ------
    GroundTruthError
        There is no ground truth, or a file of it is malformed.
    """
    chosen = settings.load_here(config, {})
    evaluation = _tasks.score(out, truth, chosen, policy)
    reporting.write_scored(out, evaluation, truth)
    create_markdown_artifact(
        reporting.scores_markdown(out, evaluation), key="evaluate", description=f"{out} against {truth}"
    )
    return evaluation


def main(
    out: Path,
    truth: Annotated[Path, typer.Option()] = Path("ground_truth"),
    config: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Score a run through Prefect, with a server of its own where none is named."""
    with running_server(server_home(out)):
        evaluate(out, truth, config)


if __name__ == "__main__":
    typer.run(main)
