"""The development pages as single image files with their references; nothing is copied into the project."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scanfix.errors import GroundTruthError
from scanfix.model.page import PageId
from scanfix.truth import notation, views

_CIB_PAGE = re.compile(r"(?P<name>cib_\d+)-p(?P<number>\d{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page with a reference text; ``is_partial`` where the reference leaves the page's head or stamps out."""

    name: str
    group: str
    image: Path
    dpi: int
    reference: str
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPage:
    """A page with true marks."""

    name: str
    image: Path
    marks: Path


def text_pages(corpus: Path, work: Path) -> tuple[TextPage, ...]:
    """List the transcribed pages of ehri-en and cib; cib's are taken out of their PDFs into ``work``.

    Raises
    ------
    GroundTruthError
        The corpus is not there.
    """
    pages = [*_ehri(corpus / "ehri-en", work), *_cib(corpus / "cib", work)]
    if not pages:
        raise GroundTruthError(f"{corpus}: no development pages. Name their folder with --corpus.")
    return tuple(pages)


def marked_pages(corpus: Path, work: Path) -> tuple[MarkedPage, ...]:
    """List the pages of cib whose marks are known."""
    return tuple(
        MarkedPage(name=file.stem, image=_take_out(file, work), marks=file)
        for file in sorted((corpus / "cib").glob("cib_*-p*.json"))
    )


def _ehri(folder: Path, work: Path) -> list[TextPage]:
    partial = _partial_pages(folder / "coverage.tsv")
    pages = []
    for image in sorted(folder.glob("*.jpg")):
        linked = work / image.name
        if not linked.exists():
            shutil.copyfile(image, linked)
        reference = image.with_suffix(".gt.txt").read_text(encoding="utf-8")
        pages.append(
            TextPage(
                name=image.stem,
                group="ehri-en",
                image=linked,
                dpi=300,
                reference=reference,
                is_partial=image.stem in partial,
            )
        )
    return pages


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
        pages.append(TextPage(name=name, group="cib", image=_take_out(file, work), dpi=300, reference=reference))
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
