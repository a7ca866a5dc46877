"""The only task definitions: each calls one verb. The store is the truth, so Prefect keeps no results.

Bodies take paths, ids and settings, never arrays or pools: a task may run in another process or on another machine.
"""

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from scanfix import batch, evaluation, gating, workers
from scanfix.batch import Part
from scanfix.evaluation import Evaluation, PolicyName
from scanfix.model.batch import PageSummary
from scanfix.model.gate import GateResult
from scanfix.model.page import PageSource
from scanfix.settings import Settings


@task(name="plan", cache_policy=NO_CACHE, persist_result=False)
def plan(paths: Sequence[Path], out: Path, settings: Settings) -> Part:
    """Find the pages of a batch, and those that are done already."""
    return batch.part(batch.plan(paths, settings), out, settings)


@task(name="read pages", cache_policy=NO_CACHE, persist_result=False)
def read_pages(sources: Sequence[PageSource], out: Path, settings: Settings) -> tuple[PageSummary, ...]:
    """Do a chunk of pages in the pool of this process."""
    return tuple(workers.shared(out, settings).do(sources))


@task(name="score", cache_policy=NO_CACHE, persist_result=False)
def score(out: Path, truth: Path, settings: Settings, policy: PolicyName) -> Evaluation:
    """Score the pages of a finished batch that have ground truth."""
    return evaluation.evaluate(out, truth, settings, policy=policy)


@task(name="gate", cache_policy=NO_CACHE, persist_result=False)
def gate(out: Path, truth: Path, settings: Settings, policy: PolicyName, baseline: Path) -> GateResult:
    """Compare a finished batch with the baseline."""
    limits = gating.limits_here(None)
    return gating.gate(out, truth, settings, baseline=baseline, limits=limits, policy=policy)
