"""The sample collection: the press draws it, the notation and the marks file write its truth."""

from pathlib import Path

from scanfix.facsimile import collection
from scanfix.facsimile.press import Facsimile
from scanfix.truth import marks_file, notation

SEED = collection.SEED


def draw(scans: Path, truth: Path, *, seed: int) -> tuple[Path, ...]:
    """Draw the sample scans and write their ground truth; the same seed writes the same bytes.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    return collection.make_collection(scans, truth, seed=seed, write_truth=notation.write, write_marks=_marks_of)


def _marks_of(page: Facsimile) -> str:
    """Write the marks file of a page."""
    height, width = page.pixels.shape[:2]
    return marks_file.write(marks_file.MarksFile(width_px=width, height_px=height, dpi=page.dpi, marks=page.marks))
