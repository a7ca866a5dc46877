"""Marks, pages and specimens as the tests of the marks benchmark write them; a helper, not a test."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.marks.figures import Figures
from benchmarks.marks.pages import Known, Line
from benchmarks.marks.seeking import Judged
from scanfix.facsimile.matrix.manifest import Entry, Expected
from scanfix.facsimile.matrix.plan import Section
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind, MarkStatus

PLACE = Box(left=100, top=100, right=300, bottom=140)
FAR = Box(left=100, top=600, right=300, bottom=640)
BASELINES = (
    *("B0 never struck", "B1 all at head or foot struck", "B2 dash fingerprint", "B3 middle-third Hough"),
    *("B4 exact keyword", "B4s DECLASSIFIED read", "rectangles by contour"),
)


def mark(
    kind: MarkKind,
    box: Box = PLACE,
    *,
    text: str = "",
    status: MarkStatus | None = None,
    sure: float | None = None,
    mark_id: str = "m1",
    evidence: tuple[Evidence, ...] = (),
    **fields: str,
) -> Mark:
    return Mark(
        mark_id=mark_id,
        kind=kind,
        box=box,
        text=text,
        confidence=0.9,
        status=status,
        status_confidence=sure,
        fields=tuple(fields.items()),
        evidence=evidence,
    )


def secret(status: MarkStatus, box: Box = PLACE, *, mark_id: str = "m1", sure: float | None = None) -> Mark:
    return mark("classification", box, text="SECRET", status=status, mark_id=mark_id, sure=sure)


SECRET = (secret("struck"),)


def entry(
    section: Section,
    stratum: str,
    *,
    box: Box = PLACE,
    mark_id: str = "m1",
    status: Expected = "none",
    **options: str,
) -> Entry:
    levels = {name: value for name, value in options.items() if name not in ("family", "side")}
    return Entry(
        specimen="s1",
        page="page",
        mark_id=mark_id,
        box=box,
        section=section,
        stratum=stratum,
        is_positive=options.get("side") != "negative",
        status=status,
        family=options.get("family", ""),
        levels=tuple(levels.items()),
    )


def judged(
    *,
    truth: tuple[Mark, ...] = (),
    found: tuple[Mark, ...] = (),
    entries: tuple[Entry, ...] = (),
    group: str = "matrix",
    lines: tuple[Line, ...] = (),
    name: str = "page",
    by_baseline: Mapping[str, tuple[Mark, ...]] | None = None,
    image: Path = Path("page.png"),
) -> Judged:
    known = Known(group=group, name=name, run=Path("run"), marks=truth, lines=lines, entries=entries)
    others: dict[str, tuple[Mark, ...]] = {**dict.fromkeys(BASELINES, ()), **(by_baseline or {})}
    return Judged(known=known, found=found, upright=found, by_baseline=others, image=image, dpi=300.0, cpu_s=0.1)


def row(figures: Figures, name: str) -> tuple[object, ...]:
    return next(row for row in figures.rows if row[0] == name)
