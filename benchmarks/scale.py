"""Growth: time a page and peak memory at 10, 100 and all pages of a folder, and what a second run costs.

Run as ``python -m benchmarks.scale --scans ../shared/corpus/cib``; takes about a second of two cores a page.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from rich.console import Console
from rich.table import Table

from benchmarks import measure
from benchmarks.measure import Cost

_HEADINGS = ("pages", "exit", "wall s", "s a page", "CPU s a page", "peak MB", "again s", "share", "again")


def main() -> None:
    """Run scanfix on more and more of a folder and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=Path, default=Path("../shared/corpus/cib"))
    parser.add_argument("--pages", default="10,100,0", help="comma-separated; 0 is all")
    parser.add_argument("--out", type=Path, help="keep the largest run's output here")
    arguments = parser.parse_args()
    console = Console(width=120)
    table = Table(title=f"scanfix run on {arguments.scans}", show_edge=False)
    for heading in (
        "pages",
        "exit",
        "wall s",
        "s a page",
        "CPU s a page",
        "peak MB",
        "second run s",
        "share",
        "its pages",
    ):
        table.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory(prefix="scanfix-scale-") as folder:
        for wanted in (int(part) for part in arguments.pages.split(",")):
            files = _choose(arguments.scans, wanted)
            out = arguments.out if arguments.out and not wanted else Path(folder) / str(wanted)
            out.mkdir(parents=True, exist_ok=True)
            table.add_row(*_row(files, out))
            console.print(table)


def _choose(scans: Path, wanted: int) -> list[Path]:
    """Take PDFs in order of their names until they have as many pages as wanted; all for 0."""
    chosen, pages = [], 0
    for file in sorted(scans.glob("*.pdf")):
        if wanted and pages >= wanted:
            break
        with pikepdf.open(file) as pdf:
            pages += len(pdf.pages)
        chosen.append(file)
    return chosen


def _row(files: Sequence[Path], out: Path) -> tuple[str, ...]:
    """Run twice and describe both."""
    first = _run(files, out)
    totals = json.loads((out / "summary.json").read_text(encoding="utf-8"))["totals"]
    second = _run(files, out)
    again = json.loads((out / "summary.json").read_text(encoding="utf-8"))["totals"]
    pages = totals["pages"]
    return (
        str(pages),
        str(first.exit_code),
        f"{first.wall_s:.1f}",
        f"{first.wall_s / pages:.2f}",
        f"{first.cpu_s / pages:.2f}",
        f"{first.peak_mb:.0f}",
        f"{second.wall_s:.1f}",
        f"{100 * second.wall_s / first.wall_s:.2f} %",
        f"{again['kept']} kept, {again['done']} done",
    )


def _run(files: Sequence[Path], out: Path) -> Cost:
    command = [sys.executable, "-m", "scanfix", "run", *(str(file) for file in files), "--out", str(out)]
    return measure.run(command, log=out / "run.log")


if __name__ == "__main__":
    main()
