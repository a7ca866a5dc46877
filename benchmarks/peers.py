"""The peers, each run as its users run it: bare Tesseract, pytesseract page by page, OCRmyPDF, and scanfix itself."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure
from benchmarks.corpus import TextPage
from benchmarks.measure import Cost

# Kinds of regions that are typed text of the page: ehri-en's references hold page numbers and letterheads too.
_TYPED = ("paragraph", "heading", "footnote", "page-number", "header", "footer")
_PYTESSERACT = """
import sys, pytesseract
from PIL import Image
from pathlib import Path
for name in sys.argv[2:]:
    text = pytesseract.image_to_string(Image.open(name))
    (Path(sys.argv[1]) / (Path(name).stem + ".txt")).write_text(text, encoding="utf-8")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a system read: its cost, and a text a page by name; ``views`` are other selections of its regions."""

    system: str
    cost: Cost
    texts: Mapping[str, str]


def tesseract(pages: Sequence[TextPage], work: Path) -> Reading:
    """Bare Tesseract, one process a core, one thread each."""
    script = 'tesseract "$1" "$0/$(basename "${1%.*}")" --psm 3 2>/dev/null'
    names = _listing(pages, work / "pages.nul")
    command = ["sh", "-c", f"xargs -0 -P {os.cpu_count()} -n 1 sh -c '{script}' '{work}' < '{names}'"]
    cost = measure.run(command, log=work / "log", environment={"OMP_THREAD_LIMIT": "1"})
    return Reading(system="tesseract", cost=cost, texts=_texts(pages, work))


def pytesseract(pages: Sequence[TextPage], work: Path) -> Reading:
    """Pytesseract, page by page in one process, as its documentation shows."""
    command = [sys.executable, "-c", _PYTESSERACT, str(work), *(str(page.image) for page in pages)]
    cost = measure.run(command, log=work / "log")
    return Reading(system="pytesseract", cost=cost, texts=_texts(pages, work))


def ocrmypdf(pages: Sequence[TextPage], work: Path) -> Reading:
    """OCRmyPDF with ``--deskew --clean`` on one PDF of all pages, all cores."""
    import img2pdf

    whole = work / "pages.pdf"
    with whole.open("wb") as file:
        layout = img2pdf.get_fixed_dpi_layout_fun((300, 300))
        img2pdf.convert(*(str(page.image) for page in pages), layout_fun=layout, outputstream=file)
    sidecar = work / "text.txt"
    program = Path(sys.executable).with_name("ocrmypdf")
    options = ["--deskew", "--clean", "--jobs", str(os.cpu_count()), "--sidecar", str(sidecar)]
    cost = measure.run([str(program), *options, str(whole), str(work / "read.pdf")], log=work / "log")
    parts = sidecar.read_text(encoding="utf-8").split("\f") if sidecar.is_file() else []
    texts = {page.name: text for page, text in zip(pages, parts, strict=False)}
    return Reading(system="ocrmypdf", cost=cost, texts=texts)


def scanfix(pages: Sequence[TextPage], work: Path) -> tuple[Reading, Reading]:
    """Read pages with scanfix through its command line: the running text, and all typed text with page furniture."""
    command = [sys.executable, "-m", "scanfix", "run", *(str(page.image) for page in pages), "--out", str(work)]
    cost = measure.run(command, log=work.with_suffix(".log"))
    body = {page.name: _read(work / page.name / "p0001.txt") for page in pages}
    typed = {page.name: _typed(work / page.name / "p0001.json") for page in pages}
    return (
        Reading(system="scanfix", cost=cost, texts=body),
        Reading(system="scanfix, with furniture", cost=cost, texts=typed),
    )


PEERS: Mapping[str, Callable[[Sequence[TextPage], Path], Reading]] = {
    "tesseract": tesseract,
    "pytesseract": pytesseract,
    "ocrmypdf": ocrmypdf,
}


def _listing(pages: Sequence[TextPage], target: Path) -> Path:
    target.write_bytes(b"\0".join(str(page.image).encode() for page in pages))
    return target


def _texts(pages: Sequence[TextPage], folder: Path) -> dict[str, str]:
    return {page.name: _read(folder / f"{page.name}.txt") for page in pages}


def _typed(file: Path) -> str:
    """Join all typed regions of a page's record, from top to bottom as they are listed."""
    if not file.is_file():
        return ""
    regions = json.loads(file.read_text(encoding="utf-8"))["regions"]
    wanted = [region for region in regions if region["kind"] in _TYPED]
    wanted.sort(key=lambda region: (region["kind"] not in ("header", "page-number"), region["kind"] == "footer"))
    return "\n\n".join("\n".join(line["text"] for line in region["lines"]) for region in wanted)


def _read(file: Path) -> str:
    """Read a system's text; a page that it lost is an empty text, never left out."""
    return file.read_text(encoding="utf-8") if file.is_file() else ""
