"""Drawing the matrix: every page a scan of its own, its truth beside it, and the manifest over all."""

import json
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from scanfix import files, spawned
from scanfix.facsimile import archive, sidecar
from scanfix.facsimile.asked import faces
from scanfix.facsimile.matrix import box_pages, finding, manifest, marked_pages, pages, plan, stamp_pages, stamp_plan
from scanfix.facsimile.matrix.draft import Draft
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Section
from scanfix.facsimile.press import Facsimile, press
from scanfix.facsimile.truth.record import MADE_BY
from scanfix.families import Family
from scanfix.model.transcript import Transcript

# Raised by hand when the same seed would plan or set other pages.
MATRIX = "scanfix.facsimile.matrix 1"
SECTIONS: tuple[Section, ...] = ("A", "B", "C")
SCANS, TRUTH = "scans", "ground_truth"
# Everything that a drawing writes, wherever it was interrupted; the manifest first, so that it never says too much.
_DRAWN = (
    manifest.NAME,
    manifest.SUMMARY,
    f"{SCANS}/matrix-?-????.*",
    *(f"{TRUTH}/matrix-?-????/{name}" for name in ("p0001.md", "p0001.marks.json", sidecar.NAME)),
)
# Stamps of this seed's matrix, and its words, are those that detectors are compared on.
SEED = 1953

TruthWriter = Callable[[Transcript], str]
MarksWriter = Callable[[Facsimile], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn: its specimens in the order of the manifest, and the files, scans and truths and manifest."""

    entries: tuple[Entry, ...]
    pages: int
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Painter:
    """All that a page needs besides its plan; goes to other processes whole."""

    out: Path
    seed: int
    families: tuple[Family, ...]
    write_truth: TruthWriter
    write_marks: MarksWriter

    def paint(self, plan_: PagePlan) -> tuple[tuple[Entry, ...], tuple[Path, ...]]:
        """Press a page, write its files, and return its specimens and files."""
        entries, contents = pressed(plan_, self)
        for name, content in contents.items():
            files.write_bytes(self.out / name, content)
        return entries, tuple(self.out / name for name in contents)


def draw(
    out: Path,
    *,
    seed: int,
    families: Sequence[Family],
    write_truth: TruthWriter,
    write_marks: MarksWriter,
    sections: Sequence[Section] = SECTIONS,
    workers: int = 1,
    show: Callable[[int, int], None] | None = None,
) -> Drawn:
    """Draw the test matrix; the same seed writes the same bytes, in however many processes.

    A matrix that was drawn into the folder before, whole or in part, is removed first: pages of two seeds never mix.

    Parameters
    ----------
    out
        Folder for ``scans/``, ``ground_truth/<scan_id>/p0001.md`` and ``p0001.marks.json``, ``matrix.jsonl`` (a line a
        specimen) and ``matrix.json`` (the seed, and how many of each stratum and level).
    seed
        Of all that is random.
    families
        The known stamps.
    write_truth, write_marks
        Give the notation of a transcript and the marks file of a page; functions of a module where there are several
        workers, which import them by name.
    sections
        Those to draw: A struck markings, B stamps, C withheld places.
    workers
        Processes that draw.
    show
        Told how many pages are drawn, and of how many.

    Raises
    ------
    ToolMissingError
        A typeface is not installed.
    StoreError
        A file cannot be written or removed.
    """
    return draw_pages(
        out,
        planned(seed=seed, families=families, sections=sections),
        seed=seed,
        families=families,
        write_truth=write_truth,
        write_marks=write_marks,
        workers=workers,
        show=show,
    )


def draw_pages(
    out: Path,
    plans: Sequence[PagePlan],
    *,
    seed: int,
    families: Sequence[Family],
    write_truth: TruthWriter,
    write_marks: MarksWriter,
    workers: int = 1,
    show: Callable[[int, int], None] | None = None,
) -> Drawn:
    """Draw some pages of the matrix and a manifest of them; parameters and errors are those of ``draw``."""
    # Where a face is missing, the matrix that is there stays.
    faces.digests()
    for pattern in _DRAWN:
        files.remove(out.glob(pattern))
    painter = _Painter(out=out, seed=seed, families=tuple(families), write_truth=write_truth, write_marks=write_marks)
    entries: list[Entry] = []
    written: list[Path] = []
    with closing(_painted(painter, plans, workers)) as painted:
        for number, (found, paths) in enumerate(painted, start=1):
            entries += found
            written += paths
            if show:
                show(number, len(plans))
    texts = {
        manifest.NAME: manifest.write(entries),
        manifest.SUMMARY: summary(entries, seed=seed, pages_drawn=len(plans)),
    }
    for name, text in texts.items():
        files.write_text(out / name, text)
        written.append(out / name)
    return Drawn(entries=tuple(entries), pages=len(plans), files=tuple(written))


def planned(*, seed: int, families: Sequence[Family], sections: Sequence[Section] = SECTIONS) -> tuple[PagePlan, ...]:
    """Return the pages of some sections, nothing drawn yet."""
    made: dict[Section, Callable[[], tuple[PagePlan, ...]]] = {
        "A": lambda: pages.of_markings(plan.markings(seed)),
        "B": lambda: pages.in_turn(
            stamp_plan.impressions(seed, families), section="B", kind="stamps", room=stamp_pages.ROOM
        ),
        "C": lambda: pages.in_turn(box_pages.boxes(seed), section="C", kind="boxes", room=box_pages.ROOM),
    }
    return tuple(page for section in SECTIONS if section in sections for page in made[section]())


def drafted(plan_: PagePlan, *, seed: int, families: Iterable[Family]) -> Draft:
    """Put a page together."""
    known = {family.family: family for family in families}
    drafts: dict[pages.PageKind, Callable[[], Draft]] = {
        "sheet": lambda: marked_pages.sheet(plan_, known, seed=seed),
        "cover": lambda: marked_pages.cover(plan_, seed=seed),
        "clean": lambda: marked_pages.clean(plan_, seed=seed),
        "stamps": lambda: stamp_pages.page(plan_, known, seed=seed),
        "boxes": lambda: box_pages.page(plan_, seed=seed),
    }
    return drafts[plan_.kind]()


def pressed(plan_: PagePlan, painter: _Painter) -> tuple[tuple[Entry, ...], dict[str, bytes]]:
    """Press a page; return its specimens and its files by name."""
    draft = drafted(plan_, seed=painter.seed, families=painter.families)
    (page,) = press(draft.document, seed=painter.seed)
    entries = tuple(finding.entry_of(page, draft.document, wanted) for wanted in draft.wanted)
    suffix, content = _file(page)
    stem = f"{TRUTH}/{page.page_id.place}"
    choices = sidecar.write(draft.document, (page,), seed=painter.seed)
    return entries, {
        f"{SCANS}/{page.page_id.scan_id}.{suffix}": content,
        f"{stem}.md": painter.write_truth(page.transcript).encode(),
        f"{stem}.marks.json": painter.write_marks(page).encode(),
        f"{TRUTH}/{page.page_id.scan_id}/{sidecar.NAME}": choices.encode(),
    }


def summary(entries: Sequence[Entry], *, seed: int, pages_drawn: int) -> str:
    """Return what was drawn, in numbers, as JSON."""
    strata = {
        f"{count.section} {count.stratum}": {
            "positives": count.positives,
            "negatives": count.negatives,
            "uncertain": count.uncertain,
        }
        for count in manifest.counts(entries)
    }
    value = {
        "made_by": [MATRIX, MADE_BY],
        "seed": seed,
        "pages": pages_drawn,
        "specimens": len(entries),
        "strata": strata,
        "cells": manifest.cells(entries),
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _painted(
    painter: _Painter, plans: Sequence[PagePlan], workers: int
) -> Generator[tuple[tuple[Entry, ...], tuple[Path, ...]], None, None]:
    """Paint pages in their order, in one process or several."""
    if workers == 1:
        yield from map(painter.paint, plans)
        return
    # Fresh processes everywhere: what a page becomes must not hang on what its process drew before.
    pool = ProcessPoolExecutor(
        max_workers=workers, mp_context=get_context("spawn"), initializer=spawned.begin, initargs=(os.getpid(),)
    )
    try:
        yield from pool.map(painter.paint, plans)
    finally:
        # After Ctrl-C only the pages that are being drawn are finished, so that no file is half written.
        pool.shutdown(cancel_futures=True)


def _file(page: Facsimile) -> tuple[str, bytes]:
    """Return a page as an archive keeps it: two tones as TIFF, group 4, everything else as PNG."""
    if page.is_bilevel:
        return "tif", archive.tiff([page])
    return "png", archive.png(page)
