"""``make bench-marks``: what the detectors find, stratum by stratum, beside the named baselines, with intervals.

Pages are read once (or a finished run is named); their marks are found anew with the detectors as they are now. In the
output folder, ``bench.txt`` has the tables again, ``results.json`` the counts, ``failures.html`` every failure as a
picture: the only file with pictures of the corpus.
"""

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks import corpus
from benchmarks.marks import costs, failures, filled, markings, matching, pages, quiet, stamped, struck, trust, withheld
from benchmarks.marks.figures import Figures
from benchmarks.marks.pages import Known
from benchmarks.marks.seeking import Judged, judge
from scanfix import files, samples, terminal
from scanfix.marks import DETECTORS, build
from scanfix.settings import Settings

_WIDTH = 190


def main() -> None:
    """Run the benchmark and print its tables."""
    arguments = _arguments()
    console = Console(width=_WIDTH, record=True)
    if "matrix" in arguments.sets:
        pages.draw(arguments.matrix, arguments.seed)
    known = pages.gather(
        console,
        sets=arguments.sets,
        where=arguments.corpus,
        matrix=arguments.matrix,
        run=arguments.run,
        out=arguments.out,
        number=arguments.pages,
    )
    console.print(f"{len(known)} pages, detectors: {', '.join(arguments.detectors)}")
    sys.stdout.flush()
    judged = _judge(known, arguments)
    for page in judged:
        if page.broke:
            console.print(f"{page.known.group} {page.known.name}: a detector broke, nothing is found: {page.broke}")
    command = f"python -m benchmarks.marks {shlex.join(sys.argv[1:])}".strip()
    shown = []
    for figures in (one for one in _figures(known, judged, arguments) if one.rows):
        shown.append(replace(figures, command=command))
        shown[-1].show(console)
    number, sheet = failures.sheet(judged, matching.events())
    files.write_text(arguments.out / "failures.html", sheet)
    console.print(f"{number} failures as pictures: {arguments.out / 'failures.html'}")
    files.write_text(arguments.out / "bench.txt", console.export_text())
    made_by = [tool.made_by for tool in build(Settings().marks.model_copy(update={"detectors": arguments.detectors}))]
    record = {"detectors": made_by, "pages": len(known), "figures": [figures.record() for figures in shown]}
    files.write_text(arguments.out / "results.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def _arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench-marks", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--matrix", type=Path, default=Path("out/matrix"), help="drawn there where it is not yet")
    parser.add_argument("--seed", type=int, default=samples.MATRIX_SEED, help="of the matrix, where it is drawn")
    parser.add_argument("--run", type=Path, help="folder of finished runs, one a set; else the pages are read")
    parser.add_argument("--out", type=Path, default=Path("out/bench-marks"), help="folder of the report")
    parser.add_argument("--sets", type=_names, default=tuple(pages.SETS), help="comma-separated")
    parser.add_argument("--detectors", type=_detectors, default=Settings().marks.detectors, help="or: all")
    parser.add_argument("--pages", type=int, help="so many of each set, evenly spread; all where it is not given")
    parser.add_argument("--twice", type=int, default=20, help="pages whose marks are found twice; 0: none")
    parser.add_argument("--timed", type=int, default=8, help="pages of each set read from nothing, for costs; 0: none")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    """Part a list of names."""
    return tuple(name for name in text.split(",") if name)


def _detectors(text: str) -> tuple[str, ...]:
    """Part a list of detectors."""
    return tuple(DETECTORS) if text == "all" else _names(text)


def _judge(known: Sequence[Known], arguments: argparse.Namespace) -> list[Judged]:
    """Find the marks of every page."""
    judged = []
    with terminal.counting(terminal.wide_console(to_stderr=True), "pages") as show:
        for page in judge(known, detectors=arguments.detectors, workers=arguments.workers):
            judged.append(page)
            show(len(judged), len(known))
    return judged


def _figures(known: Sequence[Known], judged: Sequence[Judged], arguments: argparse.Namespace) -> Iterator[Figures]:
    """Give every table, headlines first."""
    of = {name: [page for page in judged if page.known.group == name] for name in pages.SETS}
    if of["cib"]:
        yield from _real(of["cib"])
    if of["struck-fr"]:
        yield from struck.struck_lines(of["struck-fr"])
    yield stamped.placed(judged)
    yield stamped.false_events(judged, matching.events())
    yield quiet.underlined(judged)
    yield quiet.handwriting(judged)
    yield quiet.clean(judged)
    if of["matrix"]:
        yield from _drawn(of["matrix"])
    yield from _spent(known, judged, arguments)


def _real(cib: Sequence[Judged]) -> Iterator[Figures]:
    """Give the tables of the annotated bulletins."""
    yield from markings.systems(cib, real=True)
    yield markings.documents(cib)
    yield markings.letters(cib, real=True)
    yield trust.risk(cib, real=True)
    yield trust.calibration(cib, real=True)
    yield stamped.reviewers(cib)
    yield from filled.boxes(cib, real=True)
    yield from filled.fields(cib, stamped.S01, real=True)
    yield filled.invented(cib, real=True)
    yield withheld.redactions(cib, real=True)
    yield withheld.banners(cib, real=True)
    yield withheld.bindings(cib, real=True)


def _drawn(matrix: Sequence[Judged]) -> Iterator[Figures]:
    """Give the tables of the matrix."""
    yield from markings.systems(matrix, real=False)
    yield markings.letters(matrix, real=False)
    yield struck.body(matrix)
    yield trust.risk(matrix, real=False)
    yield trust.calibration(matrix, real=False)
    yield from struck.strata(matrix)
    yield from stamped.strata(matrix, matching.events())
    yield from filled.boxes(matrix, real=False)
    yield from filled.fields(matrix, "", real=False)
    yield filled.invented(matrix, real=False)
    yield withheld.redactions(matrix, real=False)
    yield withheld.banners(matrix, real=False)
    yield withheld.bindings(matrix, real=False)
    yield from withheld.strata(matrix)


def _spent(known: Sequence[Known], judged: Sequence[Judged], arguments: argparse.Namespace) -> Iterator[Figures]:
    """Give what marks cost, in time and in words, and whether they are the same twice."""
    yield costs.spent(judged)
    detectors, work = arguments.detectors, arguments.out / "scans"
    sets = [name for name in ("ehri-en", "cib") if name in arguments.sets]
    if sets:
        work.mkdir(parents=True, exist_ok=True)
        texts = corpus.text_pages(arguments.corpus, work, sets)
        yield costs.words(judged, texts, workers=arguments.workers)
    if arguments.twice:
        yield costs.twice(known, detectors=detectors, number=arguments.twice)
    if arguments.timed:
        yield costs.time(known, detectors=detectors, number=arguments.timed)


if __name__ == "__main__":
    main()
