"""The pages of the benchmark: where they come from, the run that read them, and what is true of them."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from rich.console import Console

from benchmarks import corpus, measure
from scanfix.errors import GroundTruthError, ToolFailedError
from scanfix.facsimile.matrix import manifest
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.pipeline import STORE_FOLDER
from scanfix.scoring.marks import wording
from scanfix.truth import marks_file

# Tesseract's code of each set, real ones first.
SETS = {"cib": "eng", "ehri-en": "eng", "struck-fr": "fra", "stamps-fr": "fra", "matrix": "eng"}
REAL = tuple(name for name in SETS if name != "matrix")
_NUMBER = re.compile(r"[-_](p?\d+)$")
# Brackets of a transcript around what is struck on the page.
_STRUCK = "⟦"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a transcript: its place, and whether something in it is struck."""

    box: Box
    is_struck: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A page and what is true of it, in pixels of the scan.

    ``is_marked`` says that every mark of it is in ``marks``; a set may tell of its ``lines`` alone, or of nothing.
    """

    group: str
    name: str
    run: Path
    marks: tuple[Mark, ...] = ()
    is_marked: bool = False
    lines: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def place(self) -> str:
        """Where the page stands in the run's store."""
        return PageId(scan_id=self.name, number=1).place

    @property
    def store(self) -> Path:
        """The run's store."""
        return self.run / STORE_FOLDER

    @property
    def document(self) -> str:
        """What the page belongs to: pages of one document are no independent witnesses."""
        return _NUMBER.sub("", self.name) if self.group != "matrix" else self.name


def gather(
    console: Console,
    *,
    sets: Sequence[str],
    where: Path,
    matrix: Path,
    run: Path | None,
    out: Path,
    number: int | None,
) -> tuple[Known, ...]:
    """List the pages of some sets; read them first where no finished run is named.

    Parameters
    ----------
    where
        Folder of the development pages.
    matrix
        Folder of the drawn matrix.
    run
        A folder with a finished run of each set, under the set's name; else the sets are read under ``out``.
    number
        Pages of each set, evenly spread; all where it is not given.

    Raises
    ------
    GroundTruthError
        A set's pages are not there.
    """
    known: list[Known] = []
    for name in sets:
        folder = run / name if run else out / name
        listed = _LISTS[name](matrix if name == "matrix" else where / name, folder)
        pages = some(_there(console, listed), number) if run else some(listed, number)
        if run is None:
            images = {image.stem: image for image in _images(name, where, matrix, out / f"{name}-scans")}
            _read(console, name, [images[page.name] for page in pages if page.name in images], folder)
            pages = _there(console, pages)
        known += pages
    return tuple(known)


def _there(console: Console, pages: Sequence[Known]) -> list[Known]:
    """Return the pages that a run has read; say how many it has not."""
    there = [page for page in pages if (page.store / page.place / "voted.json").is_file()]
    if len(there) < len(pages):
        lost = len(pages) - len(there)
        console.print(f"{pages[0].group}: {lost} of {len(pages)} pages are not in {pages[0].run}: left out")
    return there


def some(pages: Sequence[Known], number: int | None) -> list[Known]:
    """Choose so many pages, evenly spread."""
    if number is None or number >= len(pages):
        return list(pages)
    return [pages[index * len(pages) // number] for index in range(number)]


def draw(matrix: Path, seed: int) -> None:
    """Draw the matrix where it is not there yet."""
    if not (matrix / manifest.NAME).is_file():
        command = [sys.executable, "-m", "scanfix", "facsimile", "matrix", "--out", str(matrix), "--seed", str(seed)]
        subprocess.run(command, check=True)


def _images(name: str, where: Path, matrix: Path, work: Path) -> list[Path]:
    """Return the scans of a set; cib's are taken out of their PDFs."""
    if name == "cib":
        work.mkdir(parents=True, exist_ok=True)
        return [page.image for page in corpus.marked_pages(where, work)]
    folder = matrix / "scans" if name == "matrix" else where / name
    images = sorted(path for path in folder.glob("*") if path.suffix in (".jpg", ".png", ".tif", ".pdf"))
    if not images:
        raise GroundTruthError(f"{folder}: no scans. Name their folder with --corpus or --matrix, or leave {name} out.")
    return images


def _read(console: Console, name: str, images: Sequence[Path], folder: Path) -> None:
    """Read a set through the command line; what was read before is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    console.print(f"{name}: {len(images)} pages are read into {folder}")
    command = [sys.executable, "-m", "scanfix", "run", *map(str, images), "--out", str(folder)]
    cost = measure.run([*command, "--languages", SETS[name]], log=folder / "log")
    if cost.exit_code:
        raise ToolFailedError(f"scanfix run: exit code {cost.exit_code}. Read {folder / 'log'}.")


def _cib(folder: Path, run: Path) -> list[Known]:
    """List the annotated bulletins."""
    return [_marked("cib", file.stem, run, file) for file in sorted(folder.glob("cib_*-p*.json"))]


def _matrix(folder: Path, run: Path) -> list[Known]:
    """List the pages of the matrix with their specimens."""
    entries = sorted(manifest.read(folder / manifest.NAME), key=lambda entry: entry.page)
    return [
        _marked("matrix", name, run, folder / "ground_truth" / f"{name}/p0001.marks.json", tuple(group))
        for name, group in groupby(entries, key=lambda entry: entry.page)
    ]


def _marked(group: str, name: str, run: Path, file: Path, entries: tuple[Entry, ...] = ()) -> Known:
    """Read a marks file."""
    truth = marks_file.read(file.read_text(encoding="utf-8"), file=str(file))
    return Known(group=group, name=name, run=run, marks=truth.marks, is_marked=truth.is_complete, entries=entries)


def _untold(folder: Path, run: Path) -> list[Known]:
    """List pages of whose marks nothing is told."""
    return [Known(group=folder.name, name=image.stem, run=run) for image in sorted(folder.glob("*.jpg"))]


def _struck(folder: Path, run: Path) -> list[Known]:
    """List transcripts with struck words: a line of the transcript is a line of the page."""
    return [
        Known(group=folder.name, name=image.stem, run=run, lines=_struck_lines(image))
        for image in sorted(folder.glob("*.jpg"))
    ]


def _struck_lines(image: Path) -> tuple[Line, ...]:
    """Read the places of the lines whose transcript is known, and which have struck words.

    The transcript has rows of its own for what hands wrote between the lines: only rows that fit are taken.
    """
    texts = image.with_suffix(".gt.raw.txt").read_text(encoding="utf-8").splitlines()
    rows = [row.split("\t") for row in image.with_suffix(".lines.tsv").read_text(encoding="utf-8").splitlines()]
    sides = [wording(text) for text in texts if wording(text)], [wording(row[-1]) for row in rows if wording(row[-1])]
    texts, rows = [text for text in texts if wording(text)], [row for row in rows if wording(row[-1])]
    return tuple(
        Line(box=Box.of([float(edge) for edge in rows[there + step][:4]]), is_struck=_STRUCK in texts[here + step])
        for here, there, length in _fitting(*sides)
        for step in range(length)
    )


def _fitting(texts: Sequence[str], rows: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches in which two lists of lines fit: where in each, and how long."""
    for act, here, here_end, there, there_end in SequenceMatcher(None, texts, rows, autojunk=False).get_opcodes():
        if act in ("equal", "replace") and here_end - here == there_end - there:
            yield here, there, here_end - here


def _zoned(folder: Path, run: Path) -> list[Known]:
    """List pages with zones of stamps."""
    return [
        Known(group=folder.name, name=image.stem, run=run, marks=_zones(image.with_suffix(".zones.tsv")))
        for image in sorted(folder.glob("*.jpg"))
    ]


def _zones(table: Path) -> tuple[Mark, ...]:
    """Read the zones of stamps."""
    rows = [row.split("\t") for row in table.read_text(encoding="utf-8").splitlines()]
    boxes = [Box.of([float(edge) for edge in row[1:5]]) for row in rows if row[0] == "StampZone"]
    return tuple(Mark(mark_id=f"t{n}", kind="stamp", box=box, confidence=1.0) for n, box in enumerate(boxes, start=1))


_LISTS = {"cib": _cib, "ehri-en": _untold, "struck-fr": _struck, "stamps-fr": _zoned, "matrix": _matrix}
