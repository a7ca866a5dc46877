"""What the press is asked for from outside: it draws, the notation and the marks file write its truth."""

from collections.abc import Callable, Iterator
from pathlib import Path

from scanfix import families
from scanfix.errors import SettingsError
from scanfix.facsimile import collection, kinds
from scanfix.facsimile.matrix import drawing
from scanfix.facsimile.matrix.drawing import Drawn
from scanfix.facsimile.press import Facsimile
from scanfix.truth import marks_file, notation

SEED = collection.SEED
MATRIX_SEED = drawing.SEED
KINDS = tuple(kinds.KINDS)


def draw(scans: Path, truth: Path, *, seed: int) -> tuple[Path, ...]:
    """Draw the sample scans and write their ground truth; the same seed writes the same bytes.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    return collection.make_collection(scans, truth, seed=seed, write_truth=notation.write, write_marks=write_marks)


def draw_documents(out: Path, kind: str, *, count: int, seed: int) -> Iterator[tuple[Path, ...]]:
    """Draw documents of a kind with their truth; gives the files of one document after the other.

    Raises
    ------
    SettingsError
        There is no such kind.
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    yield from collection.make_documents(
        out, kind, count=count, seed=seed, write_truth=notation.write, write_marks=write_marks
    )


def draw_matrix(out: Path, *, seed: int, workers: int, show: Callable[[int, int], None]) -> Drawn:
    """Draw the test matrix of the detectors with its manifest; ``show`` is told the pages drawn, and of how many.

    Raises
    ------
    SettingsError
        There are no known stamps: the press is not run from the project's folder.
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    known = families.read_families(families.HERE)
    if not known:
        raise SettingsError(
            f"facsimile: no stamp families in {families.HERE}. Run the press from the project's folder."
        )
    return drawing.draw(
        out,
        seed=seed,
        families=known,
        write_truth=notation.write,
        write_marks=write_marks,
        workers=workers,
        show=show,
    )


def write_marks(page: Facsimile) -> str:
    """Write the marks file of a page."""
    height, width = page.pixels.shape[:2]
    return marks_file.write(marks_file.MarksFile(width_px=width, height_px=height, dpi=page.dpi, marks=page.marks))
