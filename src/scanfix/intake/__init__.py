"""Intake: from files of an archive to pages with their own pixels. Readers stand in one table."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from scanfix.intake import discovery, opening, pdf, raster
from scanfix.intake.content import Family, judge
from scanfix.intake.discovery import Discovered
from scanfix.intake.opening import Opened
from scanfix.intake.page import provenance
from scanfix.model.page import Page, PageSource, Scan
from scanfix.settings import IntakeSettings


class Reader(Protocol):
    """Something that reads one family of files."""

    def count(self, path: Path, settings: IntakeSettings) -> int:
        """Count the pages of a file, cheaply.

        Raises
        ------
        ScanError
            The file cannot be read.
        """
        ...

    def ingest(self, source: PageSource, settings: IntakeSettings, *, folder: Path) -> Page:
        """Write the image of one page into ``folder`` and describe the page.

        Raises
        ------
        ScanError, ToolMissingError, ToolFailedError, StoreError
            The page cannot be made.
        """
        ...


# What is taken for a scan by its name; the content then decides who reads it.
SOURCES: Mapping[str, Reader] = {
    ".pdf": pdf,
    **dict.fromkeys((".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".png", ".jp2", ".j2k", ".jpx"), raster),
    **dict.fromkeys((".bmp", ".gif", ".webp", ".pbm", ".pgm", ".ppm", ".pnm"), raster),
}
_BY_CONTENT: Mapping[Family, Reader] = {"pdf": pdf, "raster": raster}


def discover(paths: Sequence[Path]) -> Discovered:
    """Find the scans among files and folders; nothing raises for one bad path."""
    return discovery.discover(paths, suffixes=frozenset(SOURCES))


def count_pages(scan: Scan, settings: IntakeSettings) -> Opened:
    """Open the files of a scan and list its pages.

    Raises
    ------
    ScanError
        No file of the scan can be read, or it has too many pages.
    """
    return opening.open_scan(scan, settings, count=lambda path: _BY_CONTENT[judge(path)].count(path, settings))


def ingest(source: PageSource, settings: IntakeSettings, *, folder: Path) -> Page:
    """Write the image of one page, as the archive has it, into ``folder`` and describe the page.

    Raises
    ------
    ScanError
        The page is damaged, or larger than allowed.
    ToolMissingError
        Poppler is not installed.
    ToolFailedError
        Poppler crashed or ran out of time.
    StoreError
        The image cannot be written.
    """
    return _BY_CONTENT[judge(Path(source.file))].ingest(source, settings, folder=folder)


__all__ = ["SOURCES", "Discovered", "Opened", "Reader", "count_pages", "discover", "ingest", "provenance"]
