"""What each system cost, and what it gives for it: ratios of one run on the same pages."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from benchmarks.peers import Reading
from benchmarks.rates import BARE, Scores, groups, percent, ratio

_OTHER = "ocrmypdf"


def table(scores: Scores) -> Table:
    """Show wall time, processor time and peak memory of every system, beside bare Tesseract and OCRmyPDF."""
    number = len(scores.pages)
    shown = Table(title=f"Cost of {number} pages, whole processes, from start to end", show_edge=False)
    shown.add_column("system")
    for heading in ("wall s a page", "CPU s a page", "peak MB"):
        shown.add_column(heading, justify="right")
        for other in (BARE, _OTHER):
            shown.add_column(f"× {other}", justify="right")
    shown.add_column("exit", justify="right")
    others = [_named(scores.readings, name) for name in (BARE, _OTHER)]
    for reading in scores.readings:
        if not reading.is_view:
            shown.add_row(reading.system, *_cells(reading, others, number), str(reading.cost.exit_code))
    return shown


def trade_off(scores: Scores) -> Table:
    """Show accuracy against processor time, the cheapest first.

    A system stands on the curve where no cheaper one makes as few errors.
    """
    names = list(dict.fromkeys(page.group for page in scores.pages))
    shown = Table(
        title="Accuracy against processor time: WER % of each set, the cheapest system first", show_edge=False
    )
    for heading in ("CPU s a page", f"× {BARE}", "system", *names, "all pages", "on the curve"):
        shown.add_column(heading, justify="left" if heading == "system" else "right")
    bare = _named(scores.readings, BARE)
    best = float("inf")
    for reading in sorted((one for one in scores.readings if not one.is_view), key=lambda one: one.cost.cpu_s):
        rates = [_rate(scores, reading.system, name) for name in names]
        whole = _rate(scores, reading.system, None)
        is_better = whole is not None and whole < best
        best = whole if whole is not None and is_better else best
        shown.add_row(
            f"{reading.cost.cpu_s / len(scores.pages):.2f}",
            ratio(reading.cost.cpu_s, bare.cost.cpu_s if bare else None),
            reading.system,
            *(percent(rate) for rate in (*rates, whole)),
            "yes" if is_better else "",
        )
    return shown


def _cells(reading: Reading, others: Sequence[Reading | None], pages: int) -> list[str]:
    """Write a system's costs, each with its ratios."""
    cells = []
    for name, value in (
        ("wall_s", f"{reading.cost.wall_s / pages:.2f}"),
        ("cpu_s", f"{reading.cost.cpu_s / pages:.2f}"),
        ("peak_mb", f"{reading.cost.peak_mb:.0f}"),
    ):
        cells.append(value)
        cells += [ratio(getattr(reading.cost, name), getattr(other.cost, name) if other else None) for other in others]
    return cells


def _named(readings: Sequence[Reading], system: str) -> Reading | None:
    """Return the reading of a system that ran."""
    return next((reading for reading in readings if reading.system == system), None)


def _rate(scores: Scores, system: str, group: str | None) -> float | None:
    """Return a system's word error rate on a set, or on all pages."""
    totals = scores.total(system, [page for page in scores.pages if group in (None, page.group)])
    return totals.words.rate if totals else None


def record(scores: Scores) -> dict[str, object]:
    """Return the counts of every system on every group of pages, and its costs, for other programs."""
    return {
        "costs": {one.system: asdict(one.cost) for one in scores.readings if not one.is_view},
        "groups": {
            title: {
                "pages": len(pages),
                "systems": {
                    one.system: {"words": asdict(totals.words), "characters": asdict(totals.characters)}
                    for one in scores.readings
                    if (totals := scores.total(one.system, pages))
                },
            }
            for title, pages in groups(scores.pages)
            if pages
        },
    }
