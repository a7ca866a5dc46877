"""``make bench``: error rates, markings and speed of scanfix beside its peers, in one run on the same pages."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import corpus, markings, peers
from benchmarks.corpus import TextPage
from benchmarks.peers import Reading
from scanfix.model.page import PageId
from scanfix.model.score import PageScore, ScoreTotals
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES


def main() -> None:
    """Run the comparison and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--peers", default="tesseract,pytesseract,ocrmypdf", help="comma-separated; may be empty")
    parser.add_argument("--only", choices=("text", "marks"), help="leave the other half out")
    arguments = parser.parse_args()
    console = Console(width=150)
    with tempfile.TemporaryDirectory(prefix="scanfix-bench-") as folder:
        work = Path(folder)
        if arguments.only != "marks":
            names = [name for name in arguments.peers.split(",") if name]
            _text(console, arguments.corpus, names, work)
        if arguments.only != "text":
            markings.compare(console, arguments.corpus, _fresh(work, "marks"))


def _text(console: Console, where: Path, names: Sequence[str], work: Path) -> None:
    """Compare texts and costs."""
    pages = corpus.text_pages(where, _fresh(work, "pages"))
    readings = [*peers.scanfix(pages, work / "scanfix")]
    readings += [peers.PEERS[name](pages, _fresh(work, name)) for name in names]
    groups = {
        "cib, body": [page for page in pages if page.group == "cib"],
        "ehri-en, all": [page for page in pages if page.group == "ehri-en"],
        "ehri-en, transcribed in full": [page for page in pages if page.group == "ehri-en" and not page.is_partial],
    }
    for title, group in groups.items():
        if group:
            console.print(_rates(title, group, readings))
    console.print(_costs(pages, readings))


def _rates(title: str, pages: Sequence[TextPage], readings: Sequence[Reading]) -> Table:
    """Show the error rates of every system on a group of pages; S, D, I per reference word."""
    table = Table(title=f"{title}: {len(pages)} pages, policy {POLICIES['archival']}", show_edge=False)
    table.add_column("system")
    for heading in ("WER %", "S", "D", "I", "CER %", "median page", "p90", "WER of search policy"):
        table.add_column(heading, justify="right")
    for reading in readings:
        totals = _total(pages, reading, "archival")
        words = totals.words
        n = words.reference
        parts = (words.errors, words.substitutions, words.deletions, words.insertions)
        table.add_row(
            reading.system,
            *(f"{100 * part / n:.2f}" for part in parts),
            f"{100 * (totals.characters.rate or 0):.2f}",
            f"{100 * (totals.median_rate or 0):.1f}",
            f"{100 * (totals.p90_rate or 0):.1f}",
            f"{100 * (_total(pages, reading, 'search').words.rate or 0):.2f}",
        )
    return table


def _total(pages: Sequence[TextPage], reading: Reading, policy: str) -> ScoreTotals:
    """Score a system on pages under a policy."""
    return total([_score(page, reading.texts.get(page.name, ""), policy) for page in pages])


def _score(page: TextPage, text: str, policy: str) -> PageScore:
    """Score one page."""
    chosen = next(one for name, one in POLICIES.items() if name == policy)
    return score_page(PageId(scan_id=page.name, number=1), reference=page.reference, hypothesis=text, policy=chosen)


def _costs(pages: Sequence[TextPage], readings: Sequence[Reading]) -> Table:
    """Show what each system cost, and how many times scanfix's time that is."""
    ours = readings[0].cost
    table = Table(title=f"Cost of {len(pages)} pages, whole processes, from start to end", show_edge=False)
    table.add_column("system")
    for heading in ("wall s a page", "× scanfix", "CPU s a page", "× scanfix", "peak MB", "exit"):
        table.add_column(heading, justify="right")
    for reading in readings:
        if reading.system == "scanfix, with furniture":
            continue
        cost = reading.cost
        table.add_row(
            reading.system,
            f"{cost.wall_s / len(pages):.2f}",
            f"{cost.wall_s / ours.wall_s:.2f}",
            f"{cost.cpu_s / len(pages):.2f}",
            f"{cost.cpu_s / ours.cpu_s:.2f}",
            f"{cost.peak_mb:.0f}",
            str(cost.exit_code),
        )
    return table


def _fresh(work: Path, name: str) -> Path:
    """Make an empty folder."""
    folder = work / name
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
