"""Error rates of scanfix, jiwer and dinglehopper on the same pages, side by side, with the reason for each difference.

``python -m benchmarks.crosscheck`` reads the pages of ehri-en with bare Tesseract (readings are kept under ``--work``)
and prints one table in Markdown. It ends with 1 where figures differ that must be equal.

dinglehopper needs ocrd, which brings another OpenCV than ours into an environment; so it has its own, which
``make crosscheck`` sets up.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time

import jiwer

from scanfix.errors import GroundTruthError, ToolMissingError
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts
from scanfix.scoring import edits
from scanfix.scoring.detail import score_in_detail
from scanfix.scoring.parts import ComparedView, Part
from scanfix.scoring.policy import POLICIES

_POLICY = POLICIES["archival"]
_HEADINGS = (
    "page", "words", "WER scanfix", "WER jiwer", "WER dinglehopper", "scanfix on its words", "of it: parted",
    "of it: punctuation", "characters", "CER scanfix", "CER jiwer", "CER dinglehopper", "equal",
)  # fmt: skip
# Runs in dinglehopper's own environment: texts come in and counts go out as JSON.
_DINGLEHOPPER = """
import json, sys
import uniseg.wordbreak
from dinglehopper.character_error_rate import character_error_rate_n
from dinglehopper.word_error_rate import word_error_rate_n, words_normalized
def errors(rate, n, empty):
    return [round(rate * n) if n else empty, n]
answers = []
for reference, hypothesis in json.load(sys.stdin):
    kept = [list(words_normalized(text)) for text in (reference, hypothesis)]
    parted = [[w for w in uniseg.wordbreak.words(text) if not w.isspace()] for text in (reference, hypothesis)]
    answers.append({
        "words": errors(*word_error_rate_n(reference, hypothesis), len(kept[1])),
        "characters": errors(*character_error_rate_n(reference, hypothesis), len(hypothesis)),
        "kept": kept,
        "parted": parted,
    })
json.dump(answers, sys.stdout)
"""
_SAMPLE_WORDS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Errors of a text, and the length of its reference."""

    errors: int
    length: int

    def __add__(self, other: "Errors") -> "Errors":
        """Sum two pages."""
        return Errors(errors=self.errors + other.errors, length=self.length + other.length)

    def __str__(self) -> str:
        """``12.34 % (56)``."""
        return f"{100 * self.errors / self.length:.2f} % ({self.errors})" if self.length else f"– ({self.errors})"


_NONE = Errors(errors=0, length=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One page, or all: every tool's errors.

    ``parted`` are the words of dinglehopper before it drops punctuation, ``kept`` those that it compares, both
    counted by scanfix.
    """

    page: str
    words: Errors
    words_jiwer: Errors
    words_dinglehopper: Errors
    parted: Errors
    kept: Errors
    characters: Errors
    characters_jiwer: Errors
    characters_dinglehopper: Errors

    @property
    def is_equal(self) -> bool:
        """Whether all figures are the same that must be."""
        return (
            self.words == self.words_jiwer
            and self.kept == self.words_dinglehopper
            and self.characters == self.characters_jiwer == self.characters_dinglehopper
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        return (
            self.page,
            str(self.words.length),
            str(self.words),
            str(self.words_jiwer),
            str(self.words_dinglehopper),
            str(self.kept),
            _step(self.words, self.parted),
            _step(self.parted, self.kept),
            str(self.characters.length),
            str(self.characters),
            str(self.characters_jiwer),
            str(self.characters_dinglehopper),
            "yes" if self.is_equal else "NO",
        )


def main() -> None:
    """Run the comparison and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--work", type=Path, default=Path("out/crosscheck"))
    parser.add_argument("--python", type=Path, help="of dinglehopper's environment; default WORK/venv/bin/python")
    arguments = parser.parse_args()
    python = arguments.python or arguments.work / "venv" / "bin" / "python"
    names, raw = _texts(arguments.corpus / "ehri-en", arguments.work)
    texts = [(_plain(reference), _plain(read)) for reference, read in raw]
    pages = [_compare(*page) for page in zip(names, texts, _ask(python, texts), strict=True)]
    rows = [*pages, _total(pages)]
    print(
        f"Policy {_POLICY}; rates (errors). Of {len(pages)} pages, {sum(page.is_equal for page in pages)} are equal.\n"
    )
    print(_markdown([_HEADINGS, *(row.cells for row in rows)]))
    untouched = _ask(python, raw)
    words, characters = (sum((_told(one[of]) for one in untouched), _NONE) for of in ("words", "characters"))
    print(f"\nThe files as they are, no policy: dinglehopper's WER {words}, CER {characters}")
    print(f"\nAll counts of a page of {_SAMPLE_WORDS:,} words, its halves exchanged: {_speed():.2f} s of CPU")
    sys.exit(not all(row.is_equal for row in rows))


# Texts


def _texts(folder: Path, work: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the names of the pages and both sides of each."""
    references = sorted(folder.glob("*.gt.txt"))
    if not references:
        raise GroundTruthError(f"{folder}: no pages with text. Name the folder above it with --corpus.")
    names = [file.name.removesuffix(".gt.txt") for file in references]
    pairs = [
        (file.read_text(encoding="utf-8"), _reading(folder / f"{name}.jpg", work / "readings"))
        for name, file in zip(names, references, strict=True)
    ]
    return names, pairs


def _plain(text: str) -> str:
    """Return the text that all tools are given."""
    return " ".join(_POLICY.words(text))


def _reading(image: Path, folder: Path) -> str:
    """Read a page with bare Tesseract, or return what was read before."""
    kept = folder / f"{image.stem}.txt"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["tesseract", str(image), str(kept.with_suffix("")), "--psm", "3"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    return kept.read_text(encoding="utf-8")


# Counts


def _ask(python: Path, texts: Sequence[tuple[str, str]]) -> list[dict[str, list[list[str]]]]:
    """Let dinglehopper count."""
    if not python.is_file():
        raise ToolMissingError(f"{python}: dinglehopper has no environment of its own. make crosscheck sets it up.")
    done = subprocess.run(
        [str(python), "-c", _DINGLEHOPPER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    answers: list[dict[str, list[list[str]]]] = json.loads(done.stdout)
    return answers


def _compare(name: str, texts: tuple[str, str], answer: dict[str, list[list[str]]]) -> Compared:
    """Count one page with every tool."""
    reference, hypothesis = texts
    words, characters = jiwer.process_words(reference, hypothesis), jiwer.process_characters(reference, hypothesis)
    sides = reference.split(), hypothesis.split()
    return Compared(
        page=name,
        words=_of(edits.count_words(*sides)),
        words_jiwer=_of(_counts(words)),
        words_dinglehopper=_told(answer["words"]),
        parted=_of(edits.count_words(*answer["parted"])),
        kept=_of(edits.count_words(*answer["kept"])),
        characters=_of(edits.count_characters(*sides)),
        characters_jiwer=_of(_counts(characters)),
        characters_dinglehopper=_told(answer["characters"]),
    )


def _counts(output: jiwer.WordOutput | jiwer.CharacterOutput) -> EditCounts:
    """Return what jiwer counted."""
    return EditCounts(
        hits=output.hits,
        substitutions=output.substitutions,
        deletions=output.deletions,
        insertions=output.insertions,
    )


def _of(counts: EditCounts) -> Errors:
    """Return the errors of counts."""
    return Errors(errors=counts.errors, length=counts.reference)


def _told(answer: Sequence[object]) -> Errors:
    """Return the errors that dinglehopper told of."""
    errors, length = (int(str(number)) for number in answer)
    return Errors(errors=errors, length=length)


def _total(pages: Sequence[Compared]) -> Compared:
    """Sum the pages."""
    return Compared(
        page="all pages",
        words=sum((page.words for page in pages), _NONE),
        words_jiwer=sum((page.words_jiwer for page in pages), _NONE),
        words_dinglehopper=sum((page.words_dinglehopper for page in pages), _NONE),
        parted=sum((page.parted for page in pages), _NONE),
        kept=sum((page.kept for page in pages), _NONE),
        characters=sum((page.characters for page in pages), _NONE),
        characters_jiwer=sum((page.characters_jiwer for page in pages), _NONE),
        characters_dinglehopper=sum((page.characters_dinglehopper for page in pages), _NONE),
    )


# Table


def _step(before: Errors, after: Errors) -> str:
    """Say what a rule of dinglehopper's changes: words and errors more or fewer."""
    return f"{after.length - before.length:+d} words, {after.errors - before.errors:+d} errors"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown whose columns also line up in a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(f"| {' | '.join(_cells(row, widths))} |" for row in [rows[0], rule, *rows[1:]])


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Give the cells of a row in equal widths, names to the left, figures to the right."""
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.rjust(width) if index else cell.ljust(width)


# Speed


def _speed() -> float:
    """Return the seconds of one processor that a large page takes, whose halves are in the wrong order."""
    random = Random(1)  # noqa: S311 - a drawn text, no secret
    words = ["".join(random.choices("etaoinshrdlu", k=random.randint(1, 9))) for _ in range(_SAMPLE_WORDS)]
    read = [word if random.random() > 0.1 else f"{word[:-1]}x" for word in words]
    half = _SAMPLE_WORDS // 2
    view = ComparedView(
        name="body",
        reference=tuple(Part(kind="paragraph", text=_lines(words[at : at + 100])) for at in range(0, len(words), 100)),
        hypothesis=_lines([*read[half:], *read[:half]]),
    )
    start = process_time()
    score_in_detail(PageId(scan_id="drawn", number=1), view, policy=_POLICY)
    return process_time() - start


def _lines(words: Sequence[str]) -> str:
    """Put ten words on a line."""
    return "\n".join(" ".join(words[at : at + 10]) for at in range(0, len(words), 10))


if __name__ == "__main__":
    main()
