"""A finished run without an engine, and its ground truth, for the tests of the gate; a helper, not a test."""

from dataclasses import dataclass, replace
from pathlib import Path

from scanfix import batch, files
from scanfix.batch import Part, Plan
from scanfix.model.batch import PageFailure, PageSummary
from scanfix.model.geometry import Affine, Box
from scanfix.model.mark import Mark, MarkStatus, PageMarks
from scanfix.model.page import CleanPage, ImageFile, Page, PageId, PageSource
from scanfix.model.provenance import Provenance
from scanfix.model.text import PageText
from scanfix.pipeline import CLEAN, MARKS, PAGE, PUBLISHED, READING, STORE_FOLDER, TEXT, Published
from scanfix.settings import Settings
from scanfix.store import Store
from scanfix.truth import marks_file, notation, views
from scanfix.truth.marks_file import MarksFile

ENGINE = "tesseract 5.3.0 eng:7d4322bd"
LINES = (
    "The Bureau of Tolls at Port Tessin has counted",
    "the ferries of the summer and found 240 of them",
    "in good repair, as the Minister was told on 4th May.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """One page as truth or a run has it: its lines, the status of its marking, a stamp's number."""

    scan_id: str
    lines: tuple[str, ...] = LINES
    marking: MarkStatus | None = "active"
    stamp: str = ""

    @property
    def page_id(self) -> PageId:
        return PageId(scan_id=self.scan_id, number=1)

    @property
    def where(self) -> str:
        return f"{self.scan_id}/p0001"

    @property
    def notation(self) -> str:
        head = {"active": "SECRET", "struck": "~~SECRET~~", "uncertain": "SECRET {>>ed: strike uncertain<<}"}
        fences = [f"::: head\n{head[self.marking]}\n:::"] if self.marking else []
        fences += [f"::: stamp family=copy number={self.stamp}\nCOPY {self.stamp}\n:::"] if self.stamp else []
        return "\n\n".join([*fences, "\n".join(self.lines)]) + "\n"

    @property
    def marks(self) -> tuple[Mark, ...]:
        box = Box(left=100, top=20, right=180, bottom=40)
        mark = Mark(mark_id="m1", kind="classification", box=box, text="SECRET", confidence=1.0, status=self.marking)
        return (mark,) if self.marking else ()


def write_truth(folder: Path, *pages: Wrote) -> None:
    """Write ground truth."""
    for page in pages:
        (folder / page.scan_id).mkdir(parents=True, exist_ok=True)
        meta = "---\nlanguages: [eng]\nproduction: typewritten\n---\n"
        (folder / f"{page.where}.md").write_text(meta + page.notation, encoding="utf-8")
        marks = marks_file.write(MarksFile(width_px=400, height_px=300, dpi=100, marks=page.marks, look_alikes=()))
        (folder / f"{page.where}.marks.json").write_text(marks, encoding="utf-8")


def write_run(out: Path, *pages: Wrote, engine: str = ENGINE, failed: tuple[str, ...] = ()) -> None:
    """Write what a run leaves: published files, the store, the summary."""
    store = Store(out / STORE_FOLDER)
    for page in pages:
        (out / page.scan_id).mkdir(parents=True, exist_ok=True)
        transcript = notation.parse(page.notation, file="run", page_id=page.page_id)
        (out / f"{page.where}.md").write_text(page.notation, encoding="utf-8")
        (out / f"{page.where}.txt").write_text(views.body(transcript) + "\n", encoding="utf-8")
        _keep(store, page, engine)
        _keep_published(store, page, out)
    summaries = [
        PageSummary(page_id=page.page_id, state="failed", seconds=1.0, failure=_failure(page))
        if page.scan_id in failed
        else PageSummary(page_id=page.page_id, state="done", seconds=1.0)
        for page in pages
    ]
    plan = Plan(sources=tuple(_source(page) for page in pages), failures=(), skipped=())
    batch.finish(Part(plan=plan, kept=(), left=()), summaries, seconds=1.0, out=out, settings=Settings())


def _source(page: Wrote) -> PageSource:
    """Say where a page comes from."""
    return PageSource(page_id=page.page_id, file="scan.pdf", sha256="5ca1ab1e", page=1)


def _failure(page: Wrote) -> PageFailure:
    """Say that a page failed."""
    return PageFailure(
        scan_id=page.scan_id, page_number=1, verb="read", error="ToolFailedError", message="crashed", is_retryable=True
    )


def _keep(store: Store, page: Wrote, engine: str) -> None:
    """Keep the values of every step."""
    made = Provenance(made_by="scanfix.step 1", recipe="{}", inputs=())
    image = ImageFile(path="page.png", sha256="00", width_px=400, height_px=300, dpi=100)
    identity = Affine.identity()
    values = Page(page_id=page.page_id, source=_source(page), image=image, dpi_source="file", provenance=made)
    cleaned = CleanPage(
        page_id=page.page_id, upright=image, clean=image, source_to_upright=identity, steps=(), provenance=made
    )
    text = PageText(page_id=page.page_id, regions=(), provenance=made)
    store.keep(page.where, PAGE, made, values)
    store.keep(page.where, CLEAN, made, cleaned)
    store.keep(page.where, MARKS, made, PageMarks(page_id=page.page_id, marks=page.marks, provenance=made))
    store.keep(page.where, TEXT, made, text)
    read = replace(made, made_by=engine)
    store.keep(page.where, READING, read, replace(text, provenance=read))


def _keep_published(store: Store, page: Wrote, out: Path) -> None:
    """Keep what was published of a page, with the files as they lie there."""
    made = Provenance(made_by="scanfix.publish 1", recipe="{}", inputs=())
    digests = tuple((name, files.digest(out / name)) for name in (f"{page.where}.md", f"{page.where}.txt"))
    summary = PageSummary(page_id=page.page_id, state="done", seconds=1.0)
    store.keep(page.where, PUBLISHED, made, Published(summary=summary, files=digests))
