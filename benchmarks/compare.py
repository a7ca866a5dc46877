"""``make bench``: error rates, costs, causes, confidences and markings of scanfix beside its peers, in one run.

Every system reads the same pages and is told their language. In the output folder, ``bench.txt`` has the tables again,
``figures.json`` the counts, ``worst.html`` the worst lines as pictures: the only file with text of the corpus.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import believed, causes, corpus, costs, markings, peers, rates, sheet, worse
from benchmarks.corpus import TextPage
from benchmarks.peers import Reading
from benchmarks.rates import BARE, Scores
from scanfix import files

# What an archive gets that sets nothing; its causes and worst lines are shown.
_DEFAULT = "scanfix balanced"


def main() -> None:
    """Run the comparison and print its tables."""
    arguments = _arguments()
    console = Console(width=170, record=True)
    with tempfile.TemporaryDirectory(prefix="scanfix-bench-") as folder:
        work = Path(folder)
        if arguments.only != "marks":
            _text(console, arguments, work)
        if arguments.only != "text":
            markings.compare(console, arguments.corpus, _fresh(work, "marks"))
    files.write_text(arguments.out / "bench.txt", console.export_text())


def _arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("out/bench"), help="folder of the report")
    parser.add_argument("--sets", type=_names, default=corpus.SETS, help="comma-separated")
    parser.add_argument("--profiles", type=_names, default=peers.PROFILES, help="of scanfix, comma-separated")
    parser.add_argument("--peers", type=_names, default=tuple(peers.PEERS), help="comma-separated; may be empty")
    parser.add_argument("--pages", type=int, help="so many of each set, evenly spread; all where it is not given")
    parser.add_argument("--only", choices=("text", "marks"), help="leave the other half out")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    """Part a list of names."""
    return tuple(name for name in text.split(",") if name)


def _text(console: Console, arguments: argparse.Namespace, work: Path) -> None:
    """Compare texts and costs."""
    everything = corpus.text_pages(arguments.corpus, _fresh(work, "pages"), arguments.sets)
    chosen = [_some([page for page in everything if page.group == name], arguments.pages) for name in arguments.sets]
    sets = [pages for pages in chosen if pages]
    parts = [_read(pages, peers.profiles(arguments.profiles), arguments.peers, work, console) for pages in sets]
    readings = [peers.merge(of_system) for of_system in zip(*parts, strict=True)]
    scores = rates.score([page for pages in sets for page in pages], readings)
    for title, pages in rates.groups(scores.pages):
        if pages:
            console.print(rates.table(title, pages, scores))
    console.print(costs.table(scores))
    console.print(costs.trade_off(scores))
    _examine(console, scores, arguments.out)
    files.write_text(arguments.out / "figures.json", json.dumps(costs.record(scores), indent=1) + "\n")


def _read(
    pages: Sequence[TextPage], profiles: Sequence[str], others: Sequence[str], work: Path, console: Console
) -> list[Reading]:
    """Let every system read the pages of one set, one after the other."""
    name = pages[0].group
    readings: list[Reading] = []
    for profile in profiles:
        console.print(f"{name}: {len(pages)} pages, scanfix {profile}")
        body, typed = peers.scanfix(pages, work / f"{name}-scanfix-{profile}", profile)
        readings += [body, typed] if body.system in (_DEFAULT, "scanfix") else [body]
    for other in others:
        console.print(f"{name}: {len(pages)} pages, {other}")
        readings.append(peers.PEERS[other](pages, _fresh(work, f"{name}-{other}")))
    return readings


def _examine(console: Console, scores: Scores, out: Path) -> None:
    """Say why words are wrong, which pages are worse than bare Tesseract's, and whether confidences can be believed."""
    bare = next((reading.texts for reading in scores.readings if reading.system == BARE), {})
    ours = [reading for reading in scores.readings if reading.is_ours and not reading.is_view]
    shown = next((reading for reading in ours if reading.system == _DEFAULT), ours[0])
    for reading in ours:
        examined = [
            causes.examine(page, reading.texts[page.name], run=reading.runs[page.name], witness=bare.get(page.name, ""))
            for page in scores.pages
        ]
        console.print(believed.table(reading.system, examined))
        console.print(worse.table(reading.system, scores, examined))
        if reading is shown:
            console.print(causes.table(reading.system, examined))
            files.write_text(out / "worst.html", sheet.sheet(reading.system, examined))
            console.print(f"The worst lines as pictures: {out / 'worst.html'}")


def _some(pages: Sequence[TextPage], number: int | None) -> list[TextPage]:
    """Choose so many pages, evenly spread."""
    if number is None or number >= len(pages):
        return list(pages)
    return [pages[index * len(pages) // number] for index in range(number)]


def _fresh(work: Path, name: str) -> Path:
    """Make an empty folder."""
    folder = work / name
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
