"""``scanfix gate``: whether a change made the transcripts worse."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from scanfix import gating, terminal
from scanfix.cli.options import Config, Machine, Policy, Truth, load
from scanfix.errors import ExitCode
from scanfix.model.gate import Verdict
from scanfix.report import gate_text

_STYLES: Mapping[Verdict, str] = {
    "passed": "bold green",
    "too small": "bold yellow",
    "warned": "bold yellow",
    "failed": "bold red",
}


def gate(
    out: Annotated[Path, typer.Argument(help="Output folder of a run of the pages that the baseline has.")],
    truth: Truth = Path("ground_truth"),
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help="What to compare with; default baseline.json in the truth's folder."),
    ] = None,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="Margins and bounds; default config/gate.toml where there is one.")
    ] = None,
    policy: Annotated[Policy, typer.Option("--policy", help="How texts become words.")] = Policy.ARCHIVAL,
    accept: Annotated[
        bool, typer.Option("--accept", help="Make this run the new baseline; commit it for review.")
    ] = False,
    config: Config = None,
    as_json: Machine = False,
) -> None:
    """Compare a run with the baseline: exit with 10 where it is worse, with 11 where it cannot be compared."""
    settings = load(config, {}).settings
    kept = baseline or truth / gating.BASELINE
    console = terminal.wide_console()
    if accept:
        for line in gating.accept(out, truth, settings, baseline=kept, policy=policy.value):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
        console.print(f"Written: {kept}; commit it, so that the change is reviewed", soft_wrap=True, markup=False)
        return
    chosen = gating.limits_here(limits)
    result = gating.gate(out, truth, settings, baseline=kept, limits=chosen, policy=policy.value)
    if as_json:
        console.file.write((out / "gate.json").read_text(encoding="utf-8"))
    else:
        verdict, *rest = gate_text.lines(result)
        console.print(verdict, style=_STYLES[result.verdict], soft_wrap=True, markup=False, highlight=False)
        for line in (*rest, f"Report: {out / 'gate.html'}"):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
        if result.verdict == "failed":
            told = f"Every difference: scanfix score {out}. Where it is meant: scanfix gate {out} --accept, and commit."
            console.print(told, soft_wrap=True, markup=False, highlight=False)
    raise typer.Exit(ExitCode.GATE_FAILED if result.verdict == "failed" else ExitCode.DONE)
