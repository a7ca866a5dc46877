"""The detectors let loose on pages that were read: in processes of their own, nothing written, everything timed."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from multiprocessing import get_context
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks import baselines
from benchmarks.marks.pages import SETS, Known
from scanfix import images, marks
from scanfix.images import GrayImage
from scanfix.marks.socket import CropReader, Detector
from scanfix.model.geometry import Affine
from scanfix.model.mark import Mark
from scanfix.model.page import CleanPage
from scanfix.model.score import MarkMatches
from scanfix.model.text import Line
from scanfix.ocr import ENGINES, CropVoices, Voices
from scanfix.pipeline import CLEAN, PAGE, READING, VOTED
from scanfix.scoring.marks import match_marks
from scanfix.settings import Settings
from scanfix.store import Store

_MARKS = TypeAdapter(tuple[Mark, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the detectors say of a page, in pixels of the upright page; processor seconds, children's included."""

    marks: tuple[Mark, ...]
    cpu_s: float

    @property
    def written(self) -> bytes:
        """The marks as bytes, to be compared."""
        return _MARKS.dump_json(self.marks)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A page, what is true of it, and what each system found, all in pixels of the scan.

    ``upright`` are the found marks in the upright page's frame; ``image`` is the scan itself. ``cpu_s`` are the
    processor seconds of the detectors; ``broke`` says what a detector broke with, then nothing was found.
    """

    known: Known
    found: tuple[Mark, ...]
    upright: tuple[Mark, ...]
    by_baseline: dict[str, tuple[Mark, ...]]
    image: Path
    dpi: float
    cpu_s: float
    broke: str = ""

    @cached_property
    def match(self) -> MarkMatches:
        """What was found held against what is true."""
        return match_marks(self.known.marks, self.found)

    def match_of(self, system: str) -> MarkMatches:
        """Hold what a baseline found against what is true."""
        return match_marks(self.known.marks, self.by_baseline[system])


def judge(pages: Sequence[Known], *, detectors: Sequence[str], workers: int) -> Iterator[Judged]:
    """Let detectors look at pages, in their order; baselines beside."""
    with pool(workers) as processes:
        yield from processes.map(_judged, pages, [tuple(detectors)] * len(pages))


def seek(pages: Sequence[Known], *, detectors: Sequence[str], workers: int) -> list[Sought]:
    """Let detectors look at pages in fresh processes."""
    with pool(workers) as processes:
        return list(processes.map(sought, pages, [tuple(detectors)] * len(pages)))


def pool(workers: int) -> ProcessPoolExecutor:
    """Open processes that share nothing with this one."""
    # Two voices on two cores would fight for threads; each process has one.
    os.environ |= {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def sought(page: Known, detectors: tuple[str, ...]) -> Sought:
    """Find the marks of one page, as the pipeline does."""
    store = Store(page.store)
    clean, lines = store.read(page.place, CLEAN), tuple(store.read(page.place, VOTED).lines)
    upright = images.read_gray(clean.upright)
    tools, read = _tools(detectors, SETS[page.group])
    before = cpu_seconds()
    found = marks.find_marks(
        upright, dpi=clean.upright.dpi, read=read, detectors=tools, lines=lines, levelled_deg=clean.levelled_deg
    )
    return Sought(marks=found, cpu_s=cpu_seconds() - before)


def _judged(page: Known, detectors: tuple[str, ...]) -> Judged:
    """Find the marks of one page, and what simple ideas make of it; bring all back to the scan."""
    store = Store(page.store)
    clean, scan = store.read(page.place, CLEAN), store.read(page.place, PAGE)
    seen, broke = _tried(page, detectors)
    simple = _simple(clean, seen.marks, tuple(store.read(page.place, READING).lines))
    back = clean.source_to_upright.inverse()
    return Judged(
        known=page,
        found=_moved(seen.marks, back),
        upright=seen.marks,
        by_baseline={name: _moved(found, back) for name, found in simple.items()},
        image=Path(scan.image.path),
        dpi=scan.image.dpi,
        cpu_s=seen.cpu_s,
        broke=broke,
    )


def _tried(page: Known, detectors: tuple[str, ...]) -> tuple[Sought, str]:
    """Find the marks of one page; a page that breaks a detector is a result, and no end of the benchmark."""
    try:
        return sought(page, detectors), ""
    except Exception as error:  # noqa: BLE001 - told and counted, see above
        return Sought(marks=(), cpu_s=0.0), repr(error)


def _simple(clean: CleanPage, found: Sequence[Mark], lines: Sequence[Line]) -> dict[str, tuple[Mark, ...]]:
    """Give what each baseline finds; those that find no markings of their own are given ours."""
    upright: GrayImage = images.read_gray(clean.upright)
    markings = [mark for mark in found if mark.kind == "classification"]
    return {
        "B0 never struck": baselines.never_struck(markings),
        "B1 all at head or foot struck": baselines.head_and_foot_struck(markings),
        "B2 dash fingerprint": baselines.dash_fingerprint(lines),
        "B3 middle-third Hough": baselines.middle_third_hough(upright, markings),
        "B4 exact keyword": baselines.exact_keyword(lines),
        "B4s DECLASSIFIED read": baselines.declassified_read(lines),
        "rectangles by contour": baselines.white_boxes(upright),
    }


def _moved(found: Sequence[Mark], back: Affine) -> tuple[Mark, ...]:
    """Bring marks to the scan: there a level box of a turned page is tight, as its truth is."""
    return tuple(mark.moved(back) for mark in found)


@lru_cache(maxsize=4)
def _tools(detectors: tuple[str, ...], languages: str) -> tuple[tuple[Detector, ...], CropReader]:
    """Build the detectors and the readers of crops, once a process."""
    settings = Settings()
    ocr = settings.ocr.model_copy(update={"languages": tuple(languages.split("+"))})
    tools = marks.build(settings.marks.model_copy(update={"detectors": detectors}))
    return tools, CropVoices(ENGINES[ocr.engine](ocr), Voices(ocr).second)


def cpu_seconds() -> float:
    """Return the processor seconds of this process and of those that it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
