"""The peers, each run as its users run it: bare Tesseract, pytesseract page by page, OCRmyPDF, and scanfix itself.

A call reads pages of one language, which every system is told.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

from benchmarks import measure
from benchmarks.corpus import TextPage
from benchmarks.measure import Cost
from scanfix.errors import ExitCode, ToolFailedError
from scanfix.settings import OcrSettings

# Kinds of regions that are typed text of the page: ehri-en's references hold page numbers and letterheads too.
_TYPED = ("paragraph", "heading", "footnote", "page-number", "header", "footer")
_PYTESSERACT = """
import sys, pytesseract
from PIL import Image
from pathlib import Path
for name in sys.argv[3:]:
    text = pytesseract.image_to_string(Image.open(name), lang=sys.argv[2])
    (Path(sys.argv[1]) / (Path(name).stem + ".txt")).write_text(text, encoding="utf-8")
"""
# Of a log, in characters: a traceback's last frames.
_TAIL = 2000
PROFILES = ("fast", "balanced", "best")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a system read: its cost, and a text a page by name.

    ``runs`` are the output folders by page, of scanfix alone. ``is_view`` marks another selection of regions of a run
    that is listed already: it cost nothing.
    """

    system: str
    cost: Cost
    texts: Mapping[str, str]
    runs: Mapping[str, Path]
    is_view: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether scanfix read it."""
        return bool(self.runs)


def merge(parts: Sequence[Reading]) -> Reading:
    """Take a system's readings of several sets together."""
    return Reading(
        system=parts[0].system,
        cost=reduce(add, (part.cost for part in parts)),
        texts={name: text for part in parts for name, text in part.texts.items()},
        runs={name: run for part in parts for name, run in part.runs.items()},
        is_view=parts[0].is_view,
    )


def tesseract(pages: Sequence[TextPage], work: Path) -> Reading:
    """Bare Tesseract, one process a core, one thread each."""
    options = f"-l {pages[0].languages} --psm 3"
    script = f'tesseract "$1" "$0/$(basename "${{1%.*}}")" {options} 2>/dev/null'
    names = _listing(pages, work / "pages.nul")
    command = ["sh", "-c", f"xargs -0 -P {os.cpu_count()} -n 1 sh -c '{script}' '{work}' < '{names}'"]
    cost = measure.run(command, log=work / "log", environment={"OMP_THREAD_LIMIT": "1"})
    return Reading(system="tesseract", cost=cost, texts=_texts(pages, work), runs={})


def pytesseract(pages: Sequence[TextPage], work: Path) -> Reading:
    """Pytesseract, page by page in one process, as its documentation shows."""
    images = (str(page.image) for page in pages)
    command = [sys.executable, "-c", _PYTESSERACT, str(work), pages[0].languages, *images]
    cost = measure.run(command, log=work / "log")
    return Reading(system="pytesseract", cost=cost, texts=_texts(pages, work), runs={})


def ocrmypdf(pages: Sequence[TextPage], work: Path) -> Reading:
    """OCRmyPDF with ``--deskew --clean`` on one PDF of all pages, all cores."""
    import img2pdf

    whole = work / "pages.pdf"
    with whole.open("wb") as file:
        layout = img2pdf.get_fixed_dpi_layout_fun((300, 300))
        img2pdf.convert(*(str(page.image) for page in pages), layout_fun=layout, outputstream=file)
    sidecar = work / "text.txt"
    program = Path(sys.executable).with_name("ocrmypdf")
    options = ["--deskew", "--clean", "--jobs", str(os.cpu_count()), "--language", pages[0].languages]
    command = [str(program), *options, "--sidecar", str(sidecar), str(whole), str(work / "read.pdf")]
    cost = measure.run(command, log=work / "log")
    parts = sidecar.read_text(encoding="utf-8").split("\f") if sidecar.is_file() else []
    texts = {page.name: text for page, text in zip(pages, parts, strict=False)}
    return Reading(system="ocrmypdf", cost=cost, texts=texts, runs={})


def scanfix(pages: Sequence[TextPage], work: Path, profile: str) -> tuple[Reading, Reading]:
    """Read pages with scanfix through its command line: the running text, and all typed text with page furniture.

    Parameters
    ----------
    pages
        Of one language.
    work
        The folder of the run, which stays: its words and confidences are looked at afterwards.
    profile
        Of ``PROFILES``; empty where scanfix has none yet.

    Raises
    ------
    ToolFailedError
        Scanfix ended with an error that is not about single pages; the message has the end of its log.
    """
    system = f"scanfix {profile}".rstrip()
    images = (str(page.image) for page in pages)
    options = ["--out", str(work), "--languages", pages[0].languages]
    command = [sys.executable, "-m", "scanfix", "run", *images, *options]
    log = work.with_suffix(".log")
    cost = measure.run(command, log=log, environment={"SCANFIX_OCR__PROFILE": profile} if profile else {})
    # Where single pages fail (6) the others count; anything else is no reading at all.
    if cost.exit_code not in (ExitCode.DONE, ExitCode.PARTIAL):
        raise ToolFailedError(f"scanfix ended with {cost.exit_code}: {log.read_text(encoding='utf-8')[-_TAIL:]}")
    body = {page.name: _read(work / page.name / "p0001.txt") for page in pages}
    typed = {page.name: _typed(work / page.name / "p0001.json") for page in pages}
    runs = {page.name: work for page in pages}
    return (
        Reading(system=system, cost=cost, texts=body, runs=runs),
        Reading(system=f"{system}, with furniture", cost=cost, texts=typed, runs=runs, is_view=True),
    )


def profiles(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the profiles that scanfix has among those wanted; one without a name where it has none at all."""
    return tuple(wanted) if "profile" in OcrSettings.model_fields else ("",)


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
