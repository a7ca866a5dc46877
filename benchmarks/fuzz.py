"""Feeds every reader of foreign or handwritten files what no person would write, and sees that none breaks.

``python -m benchmarks.fuzz --minutes 5 [--target NAME]``: each target gets an equal share of the time in a process of
its own, in which atheris (libFuzzer) changes the strings of our own tests, led by the branches that they reach. A
target may refuse an input with the errors that it names; anything else, and an answer that takes longer than ten
seconds, is a finding: it is printed, kept under ``--keep``, and the exit code is 1.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scanfix"]):
    from scanfix.errors import BaselineMismatch, GroundTruthError, ScanfixError
    from scanfix.model.page import PageId
    from scanfix.scoring.baseline import read_baseline, write_baseline
    from scanfix.scoring.facts import read_facts
    from scanfix.truth import importers, markings, marks_file, notation, redactions, stamps, views
    from scanfix.truth.importers import alto, hocr, page_xml
    from scanfix.truth.importers.report import Imported

_TESTS = Path(__file__).parent.parent / "tests"
_PAGE = PageId(scan_id="memo", number=2)
_LONGEST = 4096
_TIMEOUT_S = 10
_MEMORY_MB = 2048
_DONE = re.compile(r"number_of_executed_units: (\d+)")
_CHATTER = re.compile(r"#\d+\s|INFO|WARNING|stat::|Exception ignored|\s*$")
_TICK = re.compile(r"^#(\d+)\t", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is fed, the errors by which it may refuse, and the tests whose strings are its seeds."""

    run: Callable[[bytes], object]
    refusals: tuple[type[ScanfixError], ...]
    seeds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How often a target ran, and what it broke on; empty where on nothing."""

    target: str
    executions: int
    finding: str


def _same(before: object, after: object) -> None:
    """Refuse a round trip that changes something."""
    if before != after:
        raise AssertionError(f"written and read back differently:\n{before}\n{after}")


def _page(data: bytes) -> None:
    """Read, write and see one page."""
    page = notation.parse(data.decode("utf-8", "replace"), file="p.md", page_id=_PAGE)
    _same(page, notation.parse(notation.write(page), file="p.md", page_id=_PAGE))
    for view in (views.diplomatic, views.reading, views.body, views.furniture):
        view(page)
    markings.markings(page)
    stamps.stamps(page, ())
    redactions.redactions(page)


def _document(data: bytes) -> None:
    """Read and write a document."""
    pages = notation.parse_document(data.decode("utf-8", "replace"), file="d.md", scan_id="memo")
    _same(pages, notation.parse_document(notation.write_document(pages), file="d.md", scan_id="memo"))


def _round_trip(imported: Imported) -> None:
    """Write an import and read it back."""
    pages = imported.placed.pages
    _same(pages, notation.parse_document(notation.write_document(pages), file="d.md", scan_id="memo"))


def _imported(data: bytes) -> None:
    """Import a file by its looks; the first byte chooses its suffix."""
    suffix = (".md", ".txt", ".xml", ".html", "")[data[0] % 5] if data else ""
    _round_trip(importers.read(data[1:], file=f"d{suffix}", scan_id="memo"))


def _marks(data: bytes) -> None:
    """Read and write a marks file."""
    found = marks_file.read(data.decode("utf-8", "replace"), file="m.json")
    _same(found, marks_file.read(marks_file.write(found), file="m.json"))


def _baseline(data: bytes) -> None:
    """Read and write a baseline."""
    found = read_baseline(data.decode("utf-8", "replace"), file="b.json")
    _same(found, read_baseline(write_baseline(found), file="b.json"))


TARGETS: Mapping[str, Target] = {
    "parser": Target(run=_page, refusals=(GroundTruthError,), seeds="test_truth_*.py"),
    "document": Target(run=_document, refusals=(GroundTruthError,), seeds="test_truth_*.py"),
    "importers": Target(run=_imported, refusals=(GroundTruthError,), seeds="test_truth_importers*.py"),
    "alto": Target(
        run=lambda data: _round_trip(alto.read_layout(data, file="d.xml", scan_id="memo").imported),
        refusals=(GroundTruthError,),
        seeds="test_truth_importers_alto.py",
    ),
    "page": Target(
        run=lambda data: _round_trip(page_xml.read_layout(data, file="d.xml", scan_id="memo").imported),
        refusals=(GroundTruthError,),
        seeds="test_truth_importers_page_xml.py",
    ),
    "hocr": Target(
        run=lambda data: _round_trip(hocr.read_layout(data, file="d.html", scan_id="memo").imported),
        refusals=(GroundTruthError,),
        seeds="test_truth_importers_hocr.py",
    ),
    "marks": Target(run=_marks, refusals=(GroundTruthError,), seeds="test_truth_marks_file.py"),
    "baseline": Target(run=_baseline, refusals=(GroundTruthError, BaselineMismatch), seeds="test_scoring_baseline*.py"),
    "facts": Target(
        run=lambda data: read_facts(data.decode("utf-8", "replace"), file="f.jsonl"),
        refusals=(GroundTruthError,),
        seeds="test_scoring_facts*.py",
    ),
}


def main() -> int:
    """Feed the targets that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="time for all targets together")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append", help="only this one; may be repeated")
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="folder for what broke a target")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    names = arguments.target or sorted(TARGETS)
    if arguments.child:
        _feed(names[0], arguments.child, arguments.seconds, arguments.keep)
    arguments.keep.mkdir(parents=True, exist_ok=True)
    seconds = max(1, round(arguments.minutes * 60 / len(names)))
    outcomes = [_outcome(name, seconds, arguments.keep) for name in names]
    for outcome in outcomes:
        print(f"{outcome.target:<10} {outcome.executions:>9} executions  {'BROKEN' if outcome.finding else 'held'}")
        if outcome.finding:
            print(outcome.finding)
    return 1 if any(outcome.finding for outcome in outcomes) else 0


def _outcome(name: str, seconds: int, keep: Path) -> Outcome:
    """Feed one target in a process of its own, with the strings of its tests for seeds."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(_seeds(TARGETS[name])):
            Path(folder, f"{number:05d}").write_bytes(seed)
        command = [sys.executable, "-m", "benchmarks.fuzz", "--target", name, "--child", folder]
        done = subprocess.run(
            [*command, "--seconds", str(seconds), "--keep", str(keep)],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    log = done.stdout + done.stderr
    counts = [int(count) for count in _DONE.findall(log) or _TICK.findall(log)]
    told = "\n".join(line for line in log.splitlines() if not _CHATTER.match(line))
    finding = "" if done.returncode == 0 and counts else told[:_LONGEST]
    return Outcome(target=name, executions=max(counts, default=0), finding=finding)


def _seeds(target: Target) -> Iterator[bytes]:
    """Give the strings of the tests of a target, each once."""
    seen: set[bytes] = set()
    for file in sorted(_TESTS.glob(target.seeds)):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                value = node.value.encode("utf-8", "replace") if isinstance(node.value, str) else node.value
                if value not in seen and len(value) <= _LONGEST:
                    seen.add(value)
                    yield value


def _feed(name: str, corpus: Path, seconds: int, keep: Path) -> None:
    """Feed a target until its time is up or it breaks; this process ends with it."""
    target = TARGETS[name]

    def once(data: bytes) -> None:
        try:
            target.run(data)
        except target.refusals as error:
            _same(str(error).strip(), str(error))

    options = {
        "max_total_time": seconds,
        "max_len": _LONGEST,
        "timeout": _TIMEOUT_S,
        "rss_limit_mb": _MEMORY_MB,
        "print_final_stats": 1,
        "artifact_prefix": f"{keep}/{name}-",
    }
    atheris.Setup(["fuzz", str(corpus), *(f"-{option}={value}" for option, value in options.items())], once)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
