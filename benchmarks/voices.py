"""``python -m benchmarks.voices``: what the two voices are worth, learnt on development pages, judged on others.

Reads the pages of the development corpus with both voices, aligns both readings with the reference, counts which
voice is right about which pair of signs, and fits the logistic functions of ``scanfix.ocr.weights``. Every figure that
is printed (but the last rates) is of documents left out of the fit, one at a time. ``--write`` puts the fit of all
documents into ``src/scanfix/ocr/voices.toml``: counts and factors, no text.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks import corpus
from benchmarks.corpus import TextPage
from scanfix import batch, images, layout
from scanfix.model.page import ImageFile, PageId
from scanfix.model.score import PageScore
from scanfix.model.text import Line
from scanfix.ocr import adapting, alignment, vote, weights
from scanfix.ocr.adapting import Spelt
from scanfix.ocr.alignment import Segment
from scanfix.ocr.voices import Heard
from scanfix.ocr.vote import Chosen
from scanfix.ocr.weights import Weights
from scanfix.pipeline import Bench
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES
from scanfix.settings import OcrSettings, Settings

_FILE = Path("src/scanfix/ocr/voices.toml")
_CONTEXT = 3
# With thousands of cases so small a ridge only keeps rare features from running away.
_RIDGE = 0.5
# Pairs seen less often say no more than their kind does.
_LEAST_COUNT = 2
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A page as both voices read it: the lines of its running text in order, each with both voices' signs.

    ``upright`` is the page's picture.
    """

    page: TextPage
    upright: ImageFile
    lines: tuple[tuple[Line, Heard], ...]

    @property
    def document(self) -> str:
        """What pages of one document share: the name up to the page's number."""
        return self.page.name.rsplit("__" if "__" in self.page.name else "_", 1)[0].rsplit("-p", 1)[0]


@dataclass(frozen=True, slots=True)
class Case:
    """A difference of the voices, and how many signs each is away from the reference there."""

    segment: Segment
    pitch_px: float
    first_errors: int
    second_errors: int

    @property
    def texts(self) -> tuple[str, str]:
        """What either voice reads."""
        return weights.text_of(self.segment.first), weights.text_of(self.segment.second)


def main() -> None:
    """Gather, fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--write", action="store_true", help=f"write {_FILE}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scanfix-voices-") as folder:
        pages = corpus.text_pages(arguments.corpus, Path(folder), corpus.SETS)
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
            read = tuple(pool.map(partial(_read, Path(folder) / "store"), pages))
        cases = {one.page.name: _cases(one) for one in read}
        held_out = _leave_one_out(read, lambda some: _fit(some, cases))
        of_all = _fit(read, cases)
        _print_rates(read, held_out, of_all)
        _print_reliability(read, held_out)
        if arguments.write:
            _FILE.write_text(_toml(of_all), encoding="utf-8")
            print(f"Written: {_FILE}")


def _read(store: Path, page: TextPage) -> Read:
    """Read a page with both voices, before any vote."""
    settings = Settings(ocr=OcrSettings(languages=(page.languages,), profile="best"))
    bench = Bench(store, settings)
    source = batch.plan([page.image], settings).sources[0]
    cleaned, found = bench.clean(source), bench.mark(source)
    regions, _ = layout.arrange(
        bench.read_first(source).regions, found.marks, height_px=cleaned.upright.height_px, settings=settings.layout
    )
    lines = [line for region in regions if region.kind in ("paragraph", "heading", "footnote") for line in region.lines]
    heard = bench.voices.hear(lines, cleaned)
    return Read(page, cleaned.upright, tuple((line, heard[line.line_id]) for line in lines))


def _spelt(one: Read, made: Weights) -> tuple[tuple[Chosen, ...], ...]:
    """Vote on a page's lines, sign by sign, and judge doubtful letters by its own."""
    spelt = [Spelt(chosen=vote.choose(heard.segments, made, heard.pitch_px), row=heard.row) for _, heard in one.lines]
    return adapting.adapt(images.read_gray(one.upright), spelt)


def _cases(read: Read) -> tuple[Case, ...]:
    """Find the differences of the voices on a page, and who is nearer to the reference."""
    reference = _folded(read.page.reference).replace("\n", " ")
    texts = [_folded(weights.text_of(heard.second)) for _, heard in read.lines]
    place = _places("\n".join(texts), reference)
    cases, offset = [], 0
    for (_, heard), text in zip(read.lines, texts, strict=True):
        at = 0
        for segment in heard.segments:
            end = at + len(segment.second)
            if not segment.agrees:
                start, stop = max(0, at - _CONTEXT), min(len(text), end + _CONTEXT)
                wanted = reference[place[offset + start] : place[offset + stop]]
                either = [
                    Levenshtein.distance(text[start:at] + _folded(weights.text_of(side)) + text[end:stop], wanted)
                    for side in (segment.first, segment.second)
                ]
                cases.append(Case(segment, heard.pitch_px, *either))
            at = end
        offset += len(text) + 1
    return tuple(cases)


def _places(text: str, reference: str) -> list[int]:
    """Say for each place of a text where it stands in the reference."""
    found = [0] * (len(text) + 1)
    for code in Levenshtein.opcodes(text, reference):
        for step in range(code.src_end - code.src_start):
            found[code.src_start + step] = min(code.dest_start + step, code.dest_end)
    found[len(text)] = len(reference)
    return found


def _folded(text: str) -> str:
    """Fold what typewriters write in several ways, sign by sign."""
    return text.translate(alignment.FOLDS)


def _leave_one_out(read: Sequence[Read], fit: Callable[[Sequence[Read]], Weights]) -> Mapping[str, Weights]:
    """Fit once for every document, on all others."""
    documents = sorted({one.document for one in read})
    return {name: fit([one for one in read if one.document != name]) for name in documents}


def _fit(read: Sequence[Read], cases: Mapping[str, tuple[Case, ...]]) -> Weights:
    """Fit all functions on some pages; the pairs' shares that the decision learns from are those of other documents."""
    decided = [
        (one.document, case) for one in read for case in cases[one.page.name] if case.first_errors != case.second_errors
    ]
    made = _counted([case for _, case in decided])
    rows, answers, worth = [], [], []
    for name, some in groupby(sorted(decided, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        others = _counted([case for document, case in decided if document != name])
        for _, case in some:
            rows.append(weights.features_of_decision(case.segment, others, case.pitch_px))
            answers.append(case.first_errors < case.second_errors)
            worth.append(abs(case.first_errors - case.second_errors))
    made = replace(made, decision=_logistic(rows, answers, worth))
    voted, single = _labelled(read, made)
    return replace(made, voted=_logistic(*voted), single=_logistic(*single))


def _counted(cases: Iterable[Case]) -> Weights:
    """Count who was right, by pair and by kind; no factors yet."""
    pairs: defaultdict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    kinds: defaultdict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for case in cases:
        first, second = case.texts
        is_first = case.first_errors < case.second_errors
        pairs[first, second][is_first] += 1
        kinds[weights.kind_of(first), weights.kind_of(second)][is_first] += 1
    return Weights(
        decision=(0.0,) * len(weights.DECISION),
        voted=(0.0,) * len(weights.VOTED),
        single=(0.0,) * len(weights.SINGLE),
        pairs={key: (count[True], count[False]) for key, count in pairs.items() if count.total() >= _LEAST_COUNT},
        kinds={key: (count[True], count[False]) for key, count in kinds.items()},
    )


Labelled = tuple[list[tuple[float, ...]], list[bool], list[float]]


def _labelled(read: Iterable[Read], made: Weights) -> tuple[Labelled, Labelled]:
    """Describe every word of the voted and of the single reading, with whether it is right."""
    voted: Labelled = ([], [], [])
    single: Labelled = ([], [], [])
    for one in read:
        runs = [run for chosen in _spelt(one, made) for run in vote.runs_of(chosen)]
        words = [word for line, _ in one.lines for word in line.words]
        for labelled, features, texts in (
            (
                voted,
                [vote.features_of_voted(run) for run in runs],
                ["".join(sign.text for sign in run) for run in runs],
            ),
            (single, [vote.features_of_single(word) for word in words], [word.text for word in words]),
        ):
            labelled[0].extend(features)
            labelled[1].extend(_are_right(texts, one.page.reference))
            labelled[2].extend(1.0 for _ in texts)
    return voted, single


def _are_right(words: Sequence[str], reference: str) -> list[bool]:
    """Tell which words stand in the reference, in order."""
    wanted = _folded(reference).split()
    found = [False] * len(words)
    for code in Levenshtein.opcodes([_folded(word) for word in words], wanted):
        if code.tag == "equal":
            found[code.src_start : code.src_end] = [True] * (code.src_end - code.src_start)
    return found


def _logistic(rows: Sequence[Sequence[float]], answers: Sequence[bool], worth: Sequence[float]) -> tuple[float, ...]:
    """Fit a logistic function by Newton's method with a small ridge."""
    features, right, weight = np.array(rows, np.float64), np.array(answers, np.float64), np.array(worth, np.float64)
    factors = np.zeros(features.shape[1])
    for _ in range(40):
        given = 1 / (1 + np.exp(-features @ factors))
        slope = features.T @ (weight * (right - given)) - _RIDGE * factors
        curve = (features * (weight * given * (1 - given))[:, None]).T @ features + _RIDGE * np.eye(len(factors))
        factors = factors + np.linalg.solve(curve, slope)
    return tuple(round(float(factor), 4) for factor in factors)


def _print_rates(read: Sequence[Read], held_out: Mapping[str, Weights], of_all: Weights) -> None:
    """Print the error rates of either voice alone and of the vote, by set; last, how knowing the pages flatters."""
    for name in corpus.SETS:
        some = [one for one in read if one.page.group == name]
        texts = {
            "first": ["\n".join(line.text for line, _ in one.lines) for one in some],
            "second": ["\n".join(weights.text_of(heard.second) for _, heard in one.lines) for one in some],
            "vote": [
                "\n".join(weights.text_of(chosen) for chosen in _spelt(one, held_out[one.document])) for one in some
            ],
            "vote, learnt on these": [
                "\n".join(weights.text_of(chosen) for chosen in _spelt(one, of_all)) for one in some
            ],
        }
        rates = {voice: _rate(some, written) for voice, written in texts.items()}
        print(f"{name:9s}", "  ".join(f"{voice} {rate}" for voice, rate in rates.items()))


def _rate(read: Sequence[Read], texts: Sequence[str]) -> str:
    """Return WER and CER of some pages."""
    scores: list[PageScore] = [
        score_page(
            PageId(scan_id=one.page.name, number=1),
            reference=one.page.reference,
            hypothesis=text,
            policy=POLICIES["archival"],
        )
        for one, text in zip(read, texts, strict=True)
    ]
    found = total(scores)
    return f"WER {100 * (found.words.rate or 0):.2f} CER {100 * (found.characters.rate or 0):.2f}"


def _print_reliability(read: Sequence[Read], held_out: Mapping[str, Weights]) -> None:
    """Print how often words of a confidence are right, with the expected calibration error (Guo et al., 2017)."""
    pairs: dict[str, list[tuple[float, bool]]] = {"voted": [], "single": []}
    for one in read:
        made = held_out[one.document]
        voted, single = _labelled([one], made)
        for name, factors, labelled in (("voted", made.voted, voted), ("single", made.single, single)):
            pairs[name] += [
                (weights.logistic(factors, row), is_right)
                for row, is_right in zip(labelled[0], labelled[1], strict=True)
            ]
    for name, some in pairs.items():
        bins = [[pair for pair in some if step / 10 <= pair[0] < (step + 1) / 10 + (step == 9)] for step in range(10)]
        rows = [(np.mean([p for p, _ in one]), np.mean([r for _, r in one]), len(one)) for one in bins if one]
        error = sum(count * abs(given - right) for given, right, count in rows) / len(some)
        shown = "  ".join(f"{given:.2f}:{right:.2f} ({count})" for given, right, count in rows)
        print(f"{name}: ECE {error:.4f}; given:right (words)  {shown}")


def _toml(made: Weights) -> str:
    """Write the weights."""
    factors = {"decision": weights.DECISION, "voted": weights.VOTED, "single": weights.SINGLE}
    lines = [
        "# Written by `python -m benchmarks.voices --write`: what the two voices are worth (scanfix.ocr.weights).",
        "",
    ]
    for name, features in factors.items():
        lines += [
            f"[factors.{name}]",
            *(f"{key} = {value}" for key, value in zip(features, getattr(made, name), strict=True)),
            "",
        ]
    head = []
    for name, table in (("kinds", made.kinds), ("pairs", made.pairs)):
        rows = sorted(table.items(), key=lambda item: (-sum(item[1]), item[0]))
        head += [
            f"{name} = [",
            *(f"  [{_quoted(a)}, {_quoted(b)}, {one}, {two}]," for (a, b), (one, two) in rows),
            "]",
            "",
        ]
    return "\n".join(
        [
            lines[0],
            "# Rows: the first voice's reading, the second's, how often the first was right, how often the second.",
            "",
            *head,
            *lines[2:],
        ]
    )


def _quoted(text: str) -> str:
    """Write a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
