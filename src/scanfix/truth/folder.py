"""A folder of ground truth: ``<scan_id>/p0001.md`` a page, ``p0001.marks.json`` beside it where marks are annotated."""

import re
from collections.abc import Iterator
from pathlib import Path

from scanfix import files
from scanfix.errors import GroundTruthError
from scanfix.model.page import PageId
from scanfix.model.transcript import Transcript
from scanfix.truth import notation

_PAGE = re.compile(r"p(\d{4,})\.md")


def page_of(file: Path) -> PageId | None:
    """Return the page that a file stands for by its name and its folder's; ``None`` for any other file."""
    named = _PAGE.fullmatch(file.name)
    return PageId(scan_id=file.parent.name, number=int(named[1])) if named else None


def pages(folder: Path) -> Iterator[tuple[PageId, Path]]:
    """Give the pages of a folder of ground truth with their files, in order of their names."""
    for file in sorted(folder.glob("*/*.md")):
        if page_id := page_of(file):
            yield page_id, file


def read(file: Path, page_id: PageId) -> Transcript:
    """Read the transcript of a page.

    Raises
    ------
    GroundTruthError
        The file is missing or malformed.
    """
    text = files.read_text(file, blame=GroundTruthError, advice="Score the run again, or put it back.")
    return notation.parse(text, file=str(file), page_id=page_id)


def marks_of(file: Path) -> Path:
    """Return where the marks of a page's file stand."""
    return file.with_suffix(".marks.json")
