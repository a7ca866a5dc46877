"""The development pages as single image files with their references; nothing is copied into the project."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.truth import notation, views

_CIB_PAGE = re.compile(r"(?P<name>cib_\d+)-p(?P<number>\d{3})")


# Tesseract's code of the language of each set; every system is told.
LANGUAGES: Mapping[str, str] = {"cib": "eng", "ehri-en": "eng", "ehri-de": "deu", "tapus-fr": "fra"}
SETS: tuple[str, ...] = tuple(LANGUAGES)
# What a page is, by its set and the start of its name.
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("cib", "", "bulletin"),
    ("ehri-en", "EHRI-DR", "despatch"),
    ("ehri-en", "EHRI-ET", "carbon testimony"),
    ("ehri-en", "", "letter"),
    ("ehri-de", "", "German typescript"),
    ("tapus-fr", "", "French typescript"),
)


class TrueLine(NamedTuple):
    """A line of the reference: its text, and its place in pixels of the scan."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page with a reference text; ``is_partial`` where the reference leaves the page's head or stamps out.

    ``lines`` are the reference's with their places, where the corpus has them.
    """

    name: str
    group: str
    kind: str
    image: Path
    dpi: int
    reference: str
    lines: tuple[TrueLine, ...] = ()
    is_partial: bool = False

    @property
    def languages(self) -> str:
        """Tesseract's code of the page's language."""
        return LANGUAGES[self.group]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPage:
    """A page with true marks."""

    name: str
    image: Path
    marks: Path


def text_pages(corpus: Path, work: Path, sets: Sequence[str] = ("ehri-en", "cib")) -> tuple[TextPage, ...]:
    """List the transcribed pages of some sets; cib's are taken out of their PDFs into ``work``.

    Raises
    ------
    GroundTruthError
        The corpus is not there.
    """
    pages = [page for name in sets for page in (_cib if name == "cib" else _typescripts)(corpus / name, work)]
    if not pages:
        raise GroundTruthError(f"{corpus}: no development pages. Name their folder with --corpus.")
    return tuple(pages)


def marked_pages(corpus: Path, work: Path) -> tuple[MarkedPage, ...]:
    """List the pages of cib whose marks are known."""
    return tuple(
        MarkedPage(name=file.stem, image=_take_out(file, work), marks=file)
        for file in sorted((corpus / "cib").glob("cib_*-p*.json"))
    )


def _typescripts(folder: Path, work: Path) -> list[TextPage]:
    partial = _partial_pages(folder / "coverage.tsv")
    pages = []
    for image in sorted(folder.glob("*.jpg")):
        linked = work / image.name
        if not linked.exists():
            shutil.copyfile(image, linked)
        pages.append(
            TextPage(
                name=image.stem,
                group=folder.name,
                kind=_kind(folder.name, image.stem),
                image=linked,
                dpi=300,
                reference=image.with_suffix(".gt.txt").read_text(encoding="utf-8"),
                lines=tuple(_lines(image.with_suffix(".lines.tsv"))),
                is_partial=image.stem in partial,
            )
        )
    return pages


def _kind(group: str, name: str) -> str:
    """Say what a page is."""
    return next(kind for of, start, kind in _KINDS if of == group and name.startswith(start))


def _lines(table: Path) -> Iterator[TrueLine]:
    """Read the places of lines: x0, y0, x1, y1, other columns, and the text as the last one."""
    for row in table.read_text(encoding="utf-8").splitlines():
        columns = row.split("\t")
        yield TrueLine(text=columns[-1], box=Box.of([float(edge) for edge in columns[:4]]))


def _partial_pages(table: Path) -> set[str]:
    if not table.is_file():
        return set()
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    return {row[0] for row in rows if len(row) > 1 and row[1] == "partial"}


def _cib(folder: Path, work: Path) -> list[TextPage]:
    pages = []
    for file in sorted(folder.glob("*.gt.md")):
        name = file.name.removesuffix(".gt.md")
        transcript = notation.parse(
            file.read_text(encoding="utf-8"), file=str(file), page_id=PageId(scan_id=name, number=1)
        )
        reference = views.for_scoring(transcript, "body")
        pages.append(
            TextPage(
                name=name,
                group="cib",
                kind=_kind("cib", name),
                image=_take_out(file, work),
                dpi=300,
                reference=reference,
            )
        )
    return pages


def page_of_pdf(pdf: Path, number: int, target: Path) -> Path:
    """Take the scan of one page out of a PDF of embedded scans, as it is."""
    stem = target.with_name(f".{target.stem}")
    subprocess.run(["pdfimages", "-f", str(number), "-l", str(number), "-png", str(pdf), str(stem)], check=True)
    stem.with_name(f"{stem.name}-000.png").rename(target)
    return target


def _take_out(file: Path, work: Path) -> Path:
    """Take the scan of an annotated page out of its PDF."""
    found = _CIB_PAGE.match(file.name)
    if found is None:
        raise GroundTruthError(f"{file}: not named like cib_02733136-p001.json.")
    target = work / f"{found[0]}.png"
    if not target.exists():
        page_of_pdf(file.parent / f"{found['name']}.pdf", int(found["number"]), target)
    return target
