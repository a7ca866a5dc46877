"""Pages taken through the pipeline's own steps: timed from nothing, and arranged anew with other marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.marks.pages import SETS, Known
from benchmarks.marks.seeking import Judged, cpu_seconds, pool, sought
from scanfix import files, layout
from scanfix.model.mark import Mark, PageMarks
from scanfix.model.page import PageId, PageSource
from scanfix.model.text import PageText
from scanfix.pipeline import CLEAN, PAGE, VOTED, Bench
from scanfix.settings import Settings
from scanfix.store import Store
from scanfix.truth import compose, views


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """The running text of a page with the marks of other detectors."""

    before: str
    after: str


def time_pages(pages: Sequence[Known], *, detectors: Sequence[str], out: Path) -> list[tuple[float, float]]:
    """Read pages from nothing in one fresh process: processor seconds of reading and of marks, page by page."""
    with pool(1) as process:
        return process.submit(_timed, tuple(pages), tuple(detectors), out).result()


def _timed(pages: tuple[Known, ...], detectors: tuple[str, ...], out: Path) -> list[tuple[float, float]]:
    """Take pages as far as their marks; the first once more beforehand, for engines and models are loaded with it."""
    settings = Settings()
    settings = settings.model_copy(
        update={
            "ocr": settings.ocr.model_copy(update={"languages": tuple(SETS[pages[0].group].split("+"))}),
            "marks": settings.marks.model_copy(update={"detectors": detectors}),
        }
    )
    spent = []
    for number, page in enumerate((pages[0], *pages)):
        bench, source = Bench(out / str(number), settings), _source(page)
        start = cpu_seconds()
        bench.vote(source)
        read = cpu_seconds()
        bench.mark(source)
        spent.append((read - start, cpu_seconds() - read))
    return spent[1:]


def _source(page: Known) -> PageSource:
    """Name the scan of a page as the run has it."""
    file = Store(page.store).read(page.place, PAGE).image.path
    sha256 = files.digest_of(Path(file).read_bytes())
    return PageSource(page_id=PageId(scan_id=page.name, number=1), file=file, sha256=sha256, page=1)


def read_twice(pages: Sequence[Judged], *, before: Sequence[str], workers: int) -> list[MarkedText]:
    """Arrange pages with the marks that were found, and with those of the detectors before."""
    known = [page.known for page in pages]
    with pool(workers) as processes:
        return list(processes.map(_both, known, [tuple(before)] * len(pages), [page.upright for page in pages]))


def _both(page: Known, before: tuple[str, ...], found: tuple[Mark, ...]) -> MarkedText:
    """Arrange one page both ways."""
    return MarkedText(before=_body(page, sought(page, before).marks), after=_body(page, found))


def _body(page: Known, found: tuple[Mark, ...]) -> str:
    """Return the running text, as the pipeline does from the step after reading on."""
    store, settings = Store(page.store), Settings()
    voted, clean = store.read(page.place, VOTED), store.read(page.place, CLEAN)
    regions, bound = layout.arrange(voted.regions, found, height_px=clean.upright.height_px, settings=settings.layout)
    page_id = PageId(scan_id=page.name, number=1)
    text = PageText(page_id=page_id, regions=regions, provenance=voted.provenance)
    marks = PageMarks(page_id=page_id, marks=bound, provenance=voted.provenance)
    return views.body(compose.transcript_of(text, marks, languages=SETS[page.group].split("+")))
