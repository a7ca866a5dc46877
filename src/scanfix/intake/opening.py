"""From a scan to the list of its pages: files are opened cheaply, and one bad file does not spoil a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scanfix import files
from scanfix.errors import ScanError
from scanfix.model.batch import PageFailure
from scanfix.model.page import PageId, PageSource, Scan
from scanfix.settings import IntakeSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The pages of a scan, and a failure for each of its files that cannot be read."""

    sources: tuple[PageSource, ...]
    failures: tuple[PageFailure, ...] = ()


def open_scan(scan: Scan, settings: IntakeSettings, *, count: Callable[[Path], int]) -> Opened:
    """List the pages of a scan.

    A file that cannot be read keeps one page number: when a good copy takes its place, no other page is renumbered.

    Raises
    ------
    ScanError
        No file can be read, or the scan has too many pages.
    """
    sources: list[PageSource] = []
    failures: list[PageFailure] = []
    last_error: ScanError | None = None
    for file in scan.files:
        try:
            sources.extend(_pages(scan.scan_id, Path(file), 1 + len(sources) + len(failures), count))
        except ScanError as error:
            last_error = error
            failures.append(_failure(scan.scan_id, 1 + len(sources) + len(failures), error))
        _check_number(scan, len(sources) + len(failures), settings)
    if not sources:
        raise _nothing(scan, failures) from last_error
    return Opened(sources=tuple(sources), failures=tuple(failures))


def _pages(scan_id: str, path: Path, first: int, count: Callable[[Path], int]) -> list[PageSource]:
    """List the pages of one file; its digest is taken once."""
    pages = count(path)
    try:
        sha256 = files.digest(path)
    except OSError as error:
        raise ScanError(f"{path}: cannot be read ({error.strerror}). Check the disk, and run again.") from error
    return [
        PageSource(page_id=PageId(scan_id=scan_id, number=first + index), file=str(path), sha256=sha256, page=index + 1)
        for index in range(pages)
    ]


def _failure(scan_id: str, number: int, error: ScanError) -> PageFailure:
    """Describe a file of a folder that cannot be read."""
    return PageFailure(
        scan_id=scan_id,
        page_number=number,
        verb="ingest",
        error=type(error).__name__,
        message=str(error),
        is_retryable=error.is_retryable,
    )


def _check_number(scan: Scan, pages: int, settings: IntakeSettings) -> None:
    """Refuse a scan with too many pages."""
    if pages > settings.max_pages:
        raise ScanError(
            f"{scan.scan_id}: more pages than the {settings.max_pages} allowed. Split it, or raise intake.max_pages."
        )


def _nothing(scan: Scan, failures: list[PageFailure]) -> ScanError:
    """Say why no file of a scan can be read."""
    if not failures:
        return ScanError(f"{scan.scan_id}: has no files. Name a file or a folder with images.")
    more = f" (and {len(failures) - 1} more files of this scan)" if len(failures) > 1 else ""
    return ScanError(f"{failures[0].message}{more}")
