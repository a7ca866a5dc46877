"""A batch: from paths to a summary in which every page has its word.

The plan is made first (which scans, which pages, what cannot be opened); pages already done are taken from the store
without starting a worker; the rest go to the pool; the documents of the pages and ``summary.json`` are written at the
end, also after failures.
"""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from pydantic import TypeAdapter

from scanfix import documents, files, intake
from scanfix.errors import ExitCode, ScanfixError, StoreError
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.page import PageSource, Scan
from scanfix.pipeline import STORE_FOLDER, Bench
from scanfix.settings import Settings
from scanfix.workers import Workers

SUMMARY_SCHEMA = "scanfix.summary/1"
_SUMMARY = "summary.json"
Listener = Callable[[PageSummary, int, int], None]

_SUMMARIES: TypeAdapter[PageSummary] = TypeAdapter(PageSummary)
_FAILURES: TypeAdapter[PageFailure] = TypeAdapter(PageFailure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a batch has to do: the pages of every scan that opens, and what does not open."""

    sources: tuple[PageSource, ...]
    failures: tuple[PageFailure, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A plan and how far it is: summaries of pages already done, and the pages left to do."""

    plan: Plan
    kept: tuple[PageSummary, ...]
    left: tuple[PageSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a batch; ``seconds`` is wall time."""

    plan: Plan
    pages: tuple[PageSummary, ...]
    seconds: float

    @property
    def failures(self) -> tuple[PageFailure, ...]:
        """Scans that did not open, then pages that failed."""
        return (*self.plan.failures, *(page.failure for page in self.pages if page.failure))

    @property
    def flagged(self) -> int:
        """Number of pages that wait for review."""
        return sum(bool(page.flags) for page in self.pages)

    @property
    def exit_code(self) -> ExitCode:
        """Partial when anything failed; else done."""
        return ExitCode.PARTIAL if self.failures else ExitCode.DONE

    def count(self, state: str) -> int:
        """Count the pages in a state."""
        return sum(page.state == state for page in self.pages)


def run(paths: Sequence[Path], out: Path, settings: Settings, *, on_page: Listener) -> Result:
    """Run a batch from paths to ``summary.json``, without Prefect.

    Parameters
    ----------
    paths
        Files and folders.
    out
        The folder of the run's output; what is already done there is kept.
    settings
        All settings.
    on_page
        Told of every page once, with the number of pages ended and of all pages.

    Raises
    ------
    ToolMissingError
        The engine or a language is not installed; nothing was done.
    StoreError
        The output folder cannot be written, or another run works there.
    """
    start = monotonic()
    with locked(out):
        work = part(plan(paths, settings), out, settings)
        total = len(work.plan.sources)
        for number, page in enumerate(work.kept, start=1):
            on_page(page, number, total)
        done = []
        if work.left:
            with Workers(out, settings) as workers:
                for page in workers.do(work.left):
                    done.append(page)
                    on_page(page, len(work.kept) + len(done), total)
        return finish(work, done, seconds=monotonic() - start, out=out, settings=settings)


def plan(paths: Sequence[Path], settings: Settings) -> Plan:
    """Find the scans among paths and open each; a scan that does not open is a failure of its own."""
    discovered = intake.discover(paths)
    failures = list(discovered.failures)
    sources: list[PageSource] = []
    for scan in discovered.scans:
        try:
            opened = intake.count_pages(scan, settings.intake)
        except ScanfixError as error:
            failures.append(_not_opened(scan, error))
            continue
        sources.extend(opened.sources)
        failures.extend(opened.failures)
    return Plan(sources=tuple(sources), failures=tuple(failures), skipped=discovered.skipped)


def part(work: Plan, out: Path, settings: Settings) -> Part:
    """Part a plan into the pages that the store already has, and those that are to be done.

    Where any is to be done, an earlier run's summary goes, and the documents of those pages: nobody shall score, or
    read, pages of two runs as those of one.

    Raises
    ------
    ToolMissingError
        The engine or a language is not installed.
    """
    bench = Bench(out, settings)
    kept, left = [], []
    for source in work.sources:
        summary = bench.kept(source)
        if summary is None:
            left.append(source)
        else:
            kept.append(summary)
    if left:
        (out / _SUMMARY).unlink(missing_ok=True)
        documents.withdraw(out, {source.page_id.scan_id for source in left})
    return Part(plan=work, kept=tuple(kept), left=tuple(left))


def chunks(sources: Sequence[PageSource], size: int) -> tuple[tuple[PageSource, ...], ...]:
    """Cut pages into runs of ``size``, in order."""
    return tuple(tuple(sources[start : start + size]) for start in range(0, len(sources), size))


def finish(work: Part, done: Iterable[PageSummary], *, seconds: float, out: Path, settings: Settings) -> Result:
    """Put the summaries in the plan's order; write the documents and then ``summary.json``.

    Raises
    ------
    StoreError
        A document or the summary cannot be written.
    """
    by_page = {page.page_id: page for page in (*work.kept, *done)}
    ordered = tuple(by_page[source.page_id] for source in work.plan.sources)
    result = Result(plan=work.plan, pages=ordered, seconds=round(seconds, 3))
    documents.publish(out, ordered)
    files.write_text(out / _SUMMARY, json.dumps(_summary(result, settings), ensure_ascii=False, indent=1) + "\n")
    return result


def load_summary(out: Path) -> tuple[tuple[PageSummary, ...], tuple[PageFailure, ...], tuple[str, ...]]:
    """Read a finished batch's summary: its pages, the scans that did not open, and what was passed over.

    Raises
    ------
    StoreError
        There is none, or it is damaged.
    """
    with _record(out) as record:
        pages = tuple(_SUMMARIES.validate_python(_with_id(page)) for page in record["pages"])
        failures = tuple(_FAILURES.validate_python(failure) for failure in record["failures"])
        skipped = tuple(str(path) for path in record["skipped"])
    of_pages = {page.failure for page in pages}
    return pages, tuple(failure for failure in failures if failure not in of_pages), skipped


def load_settings(out: Path) -> dict[str, object]:
    """Read the settings that a finished batch was made with, section by section, from its summary.

    Raises
    ------
    StoreError
        There is no summary, or it is damaged.
    """
    with _record(out) as record:
        return dict(record["settings"])


@contextmanager
def _record(out: Path) -> Iterator[Any]:
    """Give what a finished batch's summary says; whatever is wrong with it in the block is a StoreError."""
    path = out / _SUMMARY
    try:
        yield json.loads(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: no readable summary ({error}). Run the batch again.") from error


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep a second run out of a folder while the block lasts; a killed run's lock ends with it.

    Raises
    ------
    StoreError
        Another run works there, or the folder cannot be written.
    """
    path = out / STORE_FOLDER / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}). Choose another folder with --out.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"{out}: another run of scanfix works there. Wait for it, or choose another --out."
            ) from error
        yield


def _not_opened(scan: Scan, error: ScanfixError) -> PageFailure:
    """Describe a scan that does not open."""
    return PageFailure(
        scan_id=scan.scan_id,
        page_number=None,
        verb="discover",
        error=type(error).__name__,
        message=str(error),
        is_retryable=error.is_retryable,
    )


def _summary(result: Result, settings: Settings) -> dict[str, object]:
    """Describe a batch: totals, every page, every failure, what was passed over, and the settings."""
    return {
        "schema": SUMMARY_SCHEMA,
        "totals": {
            "pages": len(result.plan.sources),
            "done": result.count("done"),
            "kept": result.count("kept"),
            "failed": result.count("failed"),
            "scans_not_opened": len(result.plan.failures),
            "flagged": result.flagged,
            "seconds": result.seconds,
        },
        "pages": [_page(page) for page in result.pages],
        "failures": [_FAILURES.dump_python(failure, mode="json") for failure in result.failures],
        "skipped": list(result.plan.skipped),
        "settings": settings.model_dump(mode="json"),
    }


def _page(page: PageSummary) -> dict[str, object]:
    """Write one page's line."""
    line = _SUMMARIES.dump_python(page, mode="json")
    page_id = line.pop("page_id")
    return {"scan": page_id["scan_id"], "page": page_id["number"], **line}


def _with_id(line: dict[str, object]) -> dict[str, object]:
    """Read one page's line: the counterpart of ``_page``."""
    rest = {name: value for name, value in line.items() if name not in {"scan", "page"}}
    return {"page_id": {"scan_id": line["scan"], "number": line["page"]}, **rest}
