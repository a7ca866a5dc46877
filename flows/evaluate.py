"""Transcripts against ground truth through Prefect: ``python -m flows.evaluate out --truth ground_truth``."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from prefect import flow
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows import _tasks
from flows._server import running_server, server_home
from scanfix import gating, reporting, settings
from scanfix.errors import ScanfixError
from scanfix.evaluation import Evaluation, PolicyName


@flow(name="evaluate", flow_run_name="evaluate {out}", persist_result=False, validate_parameters=False)
def evaluate(
    out: Path, truth: Path, config: Path | None = None, policy: PolicyName = "archival", baseline: Path | None = None
) -> Evaluation:
    """Score a finished run, publish tables and reports as artifacts; with a baseline, also judge it.

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
    baseline
        What the gate compares the run with; ``None`` leaves the gate open.

    Raises
    ------
    GroundTruthError
        There is no ground truth, or a file of it is malformed.
    BaselineMismatch
        The run cannot be compared with the baseline.
    GateFailed
        The run is worse than the baseline allows; the flow run has failed then.
    """
    chosen = settings.load_here(config, {})
    evaluation = _tasks.score(out, truth, chosen, policy)
    report = reporting.write_scored(out, evaluation, truth)
    _publish(out, truth, report, evaluation)
    if baseline is not None:
        result = _tasks.gate(out, truth, chosen, policy, baseline)
        create_markdown_artifact(gating.markdown(result), key="gate", description=f"{out} against {baseline}")
        gating.enforce(result)
    return evaluation


def _publish(out: Path, truth: Path, report: Path, evaluation: Evaluation) -> None:
    """Publish the tables, and lead to the reports."""
    what = f"{out} against {truth}, policy {evaluation.totals.policy}"
    create_markdown_artifact(reporting.scores_markdown(out, evaluation), key="evaluate", description=what)
    for name, rows in reporting.score_tables(evaluation).items():
        create_table_artifact([dict(row) for row in rows], key=f"evaluate-{name}", description=what)
    for key, file in (("report", report), ("comparison", report.with_name("comparison.html"))):
        create_link_artifact(file.resolve().as_uri(), link_text=file.name, key=f"evaluate-{key}", description=what)


def main(
    out: Path,
    truth: Annotated[Path, typer.Option()] = Path("ground_truth"),
    config: Annotated[Path | None, typer.Option()] = None,
    baseline: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Score a run through Prefect, with a server of its own where none is named; judge it where a baseline is."""
    try:
        with running_server(server_home(out)):
            evaluate(out, truth, config, baseline=baseline)
    except ScanfixError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise typer.Exit(error.exit_code) from error


if __name__ == "__main__":
    typer.run(main)
