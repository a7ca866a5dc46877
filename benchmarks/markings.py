"""Markings of the cib pages against their annotations: localisation and status, with Wilson intervals.

Beside scanfix stand the baselines of ``evaluation.md``: two priors, a dash fingerprint and exact keywords in the
engine's words, and Hough's lines in the middle third of a box. Those that find no markings of their own are given
scanfix's boxes.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import baselines, corpus, measure
from benchmarks.corpus import MarkedPage
from scanfix import images
from scanfix.model.geometry import Affine
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.page import PageId
from scanfix.model.score import MarkMatches, MarkPair
from scanfix.pipeline import CLEAN, MARKS, READING, STORE_FOLDER
from scanfix.scoring.marks import match_marks, wilson
from scanfix.store import Store
from scanfix.truth import marks_file

_KINDS: tuple[MarkKind, ...] = ("classification", "banner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One page: its true marks, and what each system found, all in the archive's pixels."""

    name: str
    truth: tuple[Mark, ...]
    by_system: dict[str, tuple[Mark, ...]]

    def match(self, system: str) -> MarkMatches:
        """Match a system's marks with the truth."""
        return match_marks(self.truth, self.by_system[system])


def compare(console: Console, where: Path, work: Path) -> None:
    """Read the annotated pages and print recall, precision and status accuracy of each system."""
    pages = corpus.marked_pages(where, work)
    if not pages:
        console.print(f"{where}: no annotated pages")
        return
    out = work / "out"
    command = [sys.executable, "-m", "scanfix", "run", *(str(page.image) for page in pages), "--out", str(out)]
    measure.run(command, log=work / "log")
    judged = [_judge(page, Store(out / STORE_FOLDER)) for page in pages]
    console.print(_kinds(judged))
    console.print(_systems(judged))
    console.print(_shapes(judged))
    _list_errors(console, judged)


def _judge(page: MarkedPage, store: Store) -> Judged:
    """Gather the truth of a page and what each system says of it."""
    place = f"{page.name}/{PageId(scan_id=page.name, number=1).stem}"
    truth = marks_file.read(page.marks.read_text(encoding="utf-8"), file=str(page.marks)).marks
    clean = store.read(place, CLEAN)
    found = tuple(mark for mark in store.read(place, MARKS).marks if mark.kind in _KINDS)
    markings = [mark for mark in found if mark.kind == "classification"]
    lines = tuple(store.read(place, READING).lines)
    systems = {
        "scanfix": found,
        "never struck": baselines.never_struck(markings),
        "every marking in head or foot is struck": baselines.head_and_foot_struck(markings),
        "middle-third Hough": baselines.middle_third_hough(images.read_gray(clean.upright), markings),
        "dash fingerprint": baselines.dash_fingerprint(lines),
        "exact keyword": baselines.exact_keyword(lines),
    }
    back = clean.source_to_upright.inverse()
    return Judged(
        name=page.name,
        truth=tuple(mark for mark in truth if mark.kind in _KINDS),
        by_system={name: _moved(marks, back) for name, marks in systems.items()},
    )


def _moved(marks: Sequence[Mark], back: Affine) -> tuple[Mark, ...]:
    return tuple(mark.moved(back) for mark in marks)


def _kinds(judged: Sequence[Judged]) -> Table:
    """Show recall and precision of each kind; a match needs IoU 0.5 and the right wording."""
    table = Table(title=f"Marks of {len(judged)} cib pages: found (IoU ≥ 0.5, right wording)", show_edge=False)
    for heading in ("kind", "recall", "precision", "F1"):
        table.add_column(heading)
    matches = [page.match("scanfix") for page in judged]
    for kind in _KINDS:
        counts = [match.of_kind(kind) for match in matches]
        right = sum(count.true_positives for count in counts)
        missed = sum(count.false_negatives for count in counts)
        alarms = sum(count.false_positives for count in counts)
        f1 = 2 * right / max(1, 2 * right + missed + alarms)
        table.add_row(kind, share(right, right + missed), share(right, right + alarms), f"{f1:.3f}")
    return table


def _systems(judged: Sequence[Judged]) -> Table:
    """Show every system: markings found, and the status of those found whose true status is certain."""
    table = Table(title="Markings: scanfix beside the baselines", show_edge=False)
    for heading in ("system", "found", "precision", "status right of those found", "uncertain"):
        table.add_column(heading)
    for system in judged[0].by_system:
        matches = [page.match(system) for page in judged]
        counts = [match.of_kind("classification") for match in matches]
        right = sum(count.true_positives for count in counts)
        missed = sum(count.false_negatives for count in counts)
        alarms = sum(count.false_positives for count in counts)
        pairs = _certain(matches)
        status = sum(pair.found.status == pair.truth.status for pair in pairs)
        unsure = sum(pair.found.status == "uncertain" for pair in pairs)
        cells = (share(right, right + missed), share(right, right + alarms), share(status, len(pairs)), str(unsure))
        table.add_row(system, *cells)
    return table


def _shapes(judged: Sequence[Judged]) -> Table:
    """Show true against found status and shape of scanfix's markings."""
    table = Table(title="Strokes of the localised markings", show_edge=False)
    for heading in ("true", "found", "n"):
        table.add_column(heading)
    pairs = _certain([page.match("scanfix") for page in judged])
    seen = Counter(
        (f"{pair.truth.status} {pair.truth.shape or ''}", f"{pair.found.status} {pair.found.shape or ''}")
        for pair in pairs
    )
    for (true, found), n in sorted(seen.items()):
        table.add_row(true, found, str(n))
    return table


def _certain(matches: Sequence[MarkMatches]) -> list[MarkPair]:
    """Return the localised markings whose true status is certain."""
    return [pair for match in matches for pair in match.pairs if pair.truth.status in ("struck", "active")]


def _list_errors(console: Console, judged: Sequence[Judged]) -> None:
    """Name every miss and false alarm of scanfix: no failure is hidden."""
    for page in judged:
        match = page.match("scanfix")
        for mark in match.missed:
            console.print(f"missed      {page.name} {mark.kind} {mark.text!r} {mark.status} {mark.box.edges}")
        for mark in match.false_alarms:
            console.print(f"false alarm {page.name} {mark.kind} {mark.text!r} {mark.status} {mark.box.edges}")


def share(part: int, whole: int) -> str:
    """Write a share with its interval: ``0.91 [0.85, 0.95] (91/100)``."""
    interval = wilson(part, whole)
    if interval is None:
        return "–"
    return f"{part / whole:.3f} [{interval[0]:.2f}, {interval[1]:.2f}] ({part}/{whole})"
