"""The killable pool in which pages are read, the same for flows and for the command line.

Nothing else can stop a native call: a page that hangs, crashes or runs out of memory costs its worker and no other
page (measured in design/orchestration.md). Workers are spawned, so that no lock or thread of the parent is copied.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from scanfix import spawned
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.page import PageSource
from scanfix.pipeline import Bench
from scanfix.settings import Settings

# Pages handed out beyond those being read: enough that no worker waits, few enough to stop at once.
_AHEAD = 2
_LOCK = Lock()
_SHARED: "dict[tuple[Path, Settings], Workers]" = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One page for one worker; ``attempt`` counts from 1."""

    out: Path
    settings: Settings
    source: PageSource
    attempt: int = 1


class Workers:
    """A pool of processes that do pages; a context manager.

    Parameters
    ----------
    out
        The folder of the run's output.
    settings
        All settings; ``run`` says how many workers, how long a page may take and how often it is tried.
    """

    def __init__(self, out: Path, settings: Settings) -> None:
        self._out = out
        self._settings = settings
        self._count = settings.run.workers or os.cpu_count() or 1
        # Read when a worker loads NumPy: its inner threads would fight for the cores that other pages are read on.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._pool = ProcessPool(
            max_workers=self._count,
            max_tasks=settings.run.pages_per_worker,
            context=get_context("spawn"),
            initializer=_start,
            initargs=(os.getpid(),),
        )

    def __enter__(self) -> Self:
        """Start with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close after the block; after an error or an interruption, stop at once."""
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def do(self, sources: Sequence[PageSource]) -> Iterator[PageSummary]:
        """Do pages side by side; summaries come as pages end, each page exactly once."""
        waiting = (_Job(out=self._out, settings=self._settings, source=source) for source in sources)
        running = {self._schedule(job): job for job in islice(waiting, self._count + _AHEAD)}
        while running:
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                job = running.pop(future)
                summary = _result(future, job)
                if _may_try_again(summary, job):
                    again = replace(job, attempt=job.attempt + 1)
                    running[self._schedule(again)] = again
                    continue
                for following in islice(waiting, 1):
                    running[self._schedule(following)] = following
                yield summary

    def _schedule(self, job: _Job) -> "Future[PageSummary]":
        """Hand a page to the pool."""
        work: Callable[[_Job], PageSummary] = _do
        future: Future[PageSummary] = self._pool.schedule(work, args=(job,), timeout=self._settings.run.page_timeout_s)
        return future


def shared(out: Path, settings: Settings) -> Workers:
    """Return this process's pool for a run, made on first use, so that nothing of it travels with a task."""
    with _LOCK:
        key = (out, settings)
        if key not in _SHARED:
            _SHARED[key] = Workers(out, settings)
        return _SHARED[key]


@contextmanager
def sharing(out: Path, settings: Settings) -> Iterator[None]:
    """Close the shared pool of a run when the block ends; at once when it ends badly."""
    try:
        with shared(out, settings):
            yield
    finally:
        with _LOCK:
            _SHARED.pop((out, settings), None)


def _start(parent: int) -> None:
    """Prepare a worker."""
    spawned.begin(parent)
    os.environ["OMP_THREAD_LIMIT"] = "1"


def _do(job: _Job) -> PageSummary:
    """Do a page in a worker."""
    return _bench(job.out, job.settings).do(job.source)


@lru_cache(maxsize=1)
def _bench(out: Path, settings: Settings) -> Bench:
    """Build the worker's bench once."""
    return Bench(out, settings)


def _result(future: "Future[PageSummary]", job: _Job) -> PageSummary:
    """Take a page's summary, or say how its worker ended."""
    try:
        return future.result()
    except TimeoutError:
        limit = job.settings.run.page_timeout_s
        message = f"took longer than run.page_timeout_s = {limit:g} s and was stopped"
    except ProcessExpired as error:
        message = f"its worker died (exit status {error.exitcode}), perhaps out of memory"
    page_id = job.source.page_id
    failure = PageFailure(
        scan_id=page_id.scan_id,
        page_number=page_id.number,
        verb="page",
        error="ToolFailedError",
        message=f"{page_id}: {message}. Look at the scan, then run it again.",
        is_retryable=True,
    )
    return PageSummary(page_id=page_id, state="failed", seconds=0.0, failure=failure)


def _may_try_again(summary: PageSummary, job: _Job) -> bool:
    """Tell whether a failed page gets another try."""
    return bool(summary.failure and summary.failure.is_retryable and job.attempt < job.settings.run.attempts)
