"""The sample collection: six documents in the forms archives keep them in, and their ground truth."""

import json
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from importlib.metadata import version
from pathlib import Path

from scanfix import files
from scanfix.errors import SettingsError
from scanfix.facsimile import archive, kinds, samples, sidecar
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.press import Facsimile, press
from scanfix.facsimile.truth.record import MADE_BY
from scanfix.model.transcript import Transcript

# The seed of the committed collection: the year most of it pretends to be from.
SEED = 1952
# Where it is written what the collection was made with, beside its ground truth.
MADE_WITH = "facsimile.json"
# They draw the letters, the noise and the files.
_LIBRARIES = ("numpy", "pikepdf", "pillow")
# The telegram is a stretch of a bound volume: its files are named by folio, and 9 comes before 10.
_FIRST_FOLIO = 9

TruthWriter = Callable[[Transcript], str]
MarksWriter = Callable[[Facsimile], str]
Files = Mapping[str, bytes]


def make_collection(
    scans: Path, ground_truth: Path, *, seed: int, write_truth: TruthWriter, write_marks: MarksWriter
) -> tuple[Path, ...]:
    """Press the collection and write its scans and ground truth; the same seed writes the same bytes.

    Parameters
    ----------
    scans
        Folder for the scans: a file or a folder a document, named by its scan id.
    ground_truth
        Folder for ``<scan_id>/p0001.md`` and ``p0001.marks.json``, for ``<scan_id>/press.json`` (see ``sidecar``), and
        for ``facsimile.json``: what made them.
    seed
        Of all that is random.
    write_truth
        Gives the notation of a transcript.
    write_marks
        Gives the marks file of a page.

    Returns
    -------
    tuple of Path
        Every file that was written, scans first.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    # First of all: where a face is missing, nothing is written.
    made = _json(made_with(seed))
    originals: list[Path] = []
    truths: list[Path] = []
    for document in samples.documents():
        pages = press(document, seed=seed)
        scan = _write(scans, FORMS[document.scan_id](pages))
        truth = _write(ground_truth, _truth(document, pages, seed, write_truth, write_marks))
        _remove_others(document.scan_id, scans, ground_truth, written={*scan, *truth})
        originals += scan
        truths += truth
    truths += _write(ground_truth, {MADE_WITH: made})
    return (*originals, *truths)


def make_documents(
    out: Path, kind: str, *, count: int, seed: int, write_truth: TruthWriter, write_marks: MarksWriter
) -> Iterator[tuple[Path, ...]]:
    """Press documents of a kind and write ``scans/`` and ``ground_truth/`` under a folder, one document at a time.

    Parameters
    ----------
    out
        The folder.
    kind
        One of ``kinds.KINDS``.
    count
        Documents to press: numbers 1 to ``count``, each the same however many are asked for.
    seed, write_truth, write_marks
        As in ``make_collection``.

    Yields
    ------
    tuple of Path
        The files of a document, its scan first: a TIFF of pages in two tones, else a PDF of JPEGs.

    Raises
    ------
    SettingsError
        There is no such kind, or the folder holds documents of it that were pressed with another seed.
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written.
    """
    _refuse_another_seed(out / "ground_truth", kind, seed)
    for index in range(count):
        document = kinds.draw(kind, seed=seed, index=index)
        pages = press(document, seed=seed)
        kept = _as_tiff(pages) if all(page.is_bilevel for page in pages) else _as_pdf(pages)
        truth = _truth(document, pages, seed, write_truth, write_marks)
        written = (*_write(out / "scans", kept), *_write(out / "ground_truth", truth))
        _remove_others(document.scan_id, out / "scans", out / "ground_truth", written=set(written))
        yield written


def _refuse_another_seed(ground_truth: Path, kind: str, seed: int) -> None:
    """Refuse to mix documents of two seeds under one numbering."""
    for path in sorted(ground_truth.glob(f"{kind}-*/{sidecar.NAME}")):
        before = sidecar.seed_of(path)
        if before != seed:
            raise SettingsError(
                f"{path}: this document was pressed with seed {before}, not {seed}. "
                f"Choose another folder with --out, or give --seed {before}."
            )


def _remove_others(scan_id: str, scans: Path, ground_truth: Path, *, written: Set[Path]) -> None:
    """Remove what an earlier pressing of a document left: pages that it has no more, a scan in another form."""
    patterns = (f"{scan_id}.tif", f"{scan_id}.pdf", f"{scan_id}.jpg", f"{scan_id}/*.jpg")
    found = [path for pattern in patterns for path in scans.glob(pattern)]
    found += [path for pattern in ("p????.md", "p????.marks.json") for path in (ground_truth / scan_id).glob(pattern)]
    files.remove(path for path in found if path not in written)


def _truth(
    document: Document, pages: Sequence[Facsimile], seed: int, write_truth: TruthWriter, write_marks: MarksWriter
) -> Files:
    """Return the truth of a document: two files a page, and what it was drawn with."""
    contents: dict[str, bytes] = {}
    for page in pages:
        contents[f"{page.page_id.place}.md"] = write_truth(page.transcript).encode()
        contents[f"{page.page_id.place}.marks.json"] = write_marks(page).encode()
    contents[f"{document.scan_id}/{sidecar.NAME}"] = sidecar.write(document, pages, seed=seed).encode()
    return contents


def made_with(seed: int) -> dict[str, object]:
    """Name everything that the collection's bytes depend on: where it is the same, the bytes are.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    """
    return {
        "made_by": MADE_BY,
        "seed": seed,
        "machine": platform.machine(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "faces": dict(faces.digests()),
    }


def _as_tiff(pages: Sequence[Facsimile]) -> Files:
    """Keep a document as one TIFF."""
    return {f"{pages[0].page_id.scan_id}.tif": archive.tiff(pages)}


def _as_pdf(pages: Sequence[Facsimile]) -> Files:
    """Keep a document as one PDF."""
    return {f"{pages[0].page_id.scan_id}.pdf": archive.pdf(pages)}


def _as_folder(pages: Sequence[Facsimile]) -> Files:
    """Keep a document as a folder of JPEGs, named by folio."""
    return {
        f"{page.page_id.scan_id}/{folio}.jpg": archive.jpeg(page)
        for folio, page in enumerate(pages, start=_FIRST_FOLIO)
    }


def _as_jpeg(pages: Sequence[Facsimile]) -> Files:
    """Keep a document of one page as a JPEG."""
    (page,) = pages
    return {f"{page.page_id.scan_id}.jpg": archive.jpeg(page)}


# How each document is kept.
FORMS: Mapping[str, Callable[[Sequence[Facsimile]], Files]] = {
    "cabinet-paper-118": _as_pdf,
    "telegram-2206": _as_folder,
    "estimate-karsovia": _as_tiff,
    "brief-4": _as_folder,
    "staff-memo-29-53": _as_pdf,
    "carbon-depot": _as_jpeg,
}


def _json(value: dict[str, object]) -> bytes:
    """Write a value as JSON for people and version control: sorted, indented, a line feed at the end."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _write(folder: Path, contents: Files) -> tuple[Path, ...]:
    """Write files under a folder."""
    for name, content in contents.items():
        files.write_bytes(folder / name, content)
    return tuple(folder / name for name in contents)
