"""How often the gate cries wolf, and what it finds: a simulation from the counts of a real baseline.

Pages get the length and error rate of pages that were really read. Between two runs without any true change, rates
move by document (pages of one document move together) and by page. ``python -m benchmarks.gate_power`` prints false
alarms for three kinds of noise beside those of the plain percentile interval, and how often a true rise of the CER of
one, two and three margins is found. A false alarm is a run that fails by its rates; hard bounds are left out.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scanfix.scoring.baseline import read_baseline
from scanfix.scoring.bootstrap import draw, interval
from scanfix.scoring.limits import GateLimits
from scanfix.scoring.power import smallest_detectable

_DOCUMENTS = (4, 10, 30, 100)
_MOST_PAGES = 4
_AT_ONCE = 250
_FALSE_ALARM_RUNS, _POWER_RUNS = 2000, 500
# A word of five letters is right when all of them are; errors come in clusters, so less than five count.
_LETTERS = 3
_LIMITS = GateLimits()

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What moves between two runs: error rates of documents and of pages, as shares of the rate; sudden bad pages."""

    name: str
    of_documents: float
    of_pages: float
    glitches: float = 0.0


_NOISES = (
    Noise(name="quiet", of_documents=0.1, of_pages=0.2),
    Noise(name="documents move together", of_documents=0.5, of_pages=0.3),
    Noise(name="3 % of pages go wrong by 2 to 9 points", of_documents=0.1, of_pages=0.2, glitches=0.03),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of many comparisons: shares that failed, by our interval and by the plain one; the median detectable change."""

    failed: float
    failed_plainly: float
    detectable: float


def compare(lengths: Ints, rates: Floats, noise: Noise, *, documents: int, rise: float, runs: int) -> Outcome:
    """Simulate comparisons of two runs.

    Parameters
    ----------
    lengths, rates
        Characters and error rate of each real page.
    noise
        What moves between two runs.
    documents
        How many are compared.
    rise
        True rise of the CER of every page.
    runs
        How many comparisons.
    """
    random = np.random.default_rng(documents)
    failed, plainly, detectable = [], [], []
    for _ in range(runs // _AT_ONCE):
        pages = _draw(random, lengths, rates, noise, documents, rise)
        added, reference = (counts.sum(1) for counts in pages)
        flat = (pages[0].reshape(-1, 2 * _AT_ONCE), pages[1].reshape(-1, 2 * _AT_ONCE))
        low, _, error = interval(added, reference, draws=_LIMITS.draws, seed=_LIMITS.seed, pages=flat)
        rose = added.sum(axis=0) / reference.sum(axis=0)
        margins = np.repeat((_LIMITS.cer_margin, _LIMITS.wer_margin), _AT_ONCE)
        plain = np.quantile(draw(added, reference, draws=_LIMITS.draws, seed=_LIMITS.seed), 0.025, axis=0)
        failed.append(_either((low > 0) & (rose > margins)))
        plainly.append(_either((plain > 0) & (rose > margins)))
        detectable.append(np.median(error[:_AT_ONCE]))
    return Outcome(
        failed=float(np.mean(failed)),
        failed_plainly=float(np.mean(plainly)),
        detectable=smallest_detectable(float(np.mean(detectable)), documents),
    )


def _either(columns: NDArray[np.bool_]) -> float:
    """Return the share of comparisons that fail by characters or by words."""
    return float(np.mean(columns[:_AT_ONCE] | columns[_AT_ONCE:]))


def _draw(
    random: np.random.Generator, lengths: Ints, rates: Floats, noise: Noise, documents: int, rise: float
) -> tuple[Ints, Ints]:
    """Return errors added and lengths, shape (documents, pages, comparisons): characters first, then words."""
    shape = (documents, _MOST_PAGES, _AT_ONCE)
    number = random.integers(1, _MOST_PAGES + 1, size=(documents, 1, _AT_ONCE))
    is_page = np.arange(_MOST_PAGES)[:, None] < number
    characters = random.choice(lengths, size=shape) * is_page
    words = -(-characters // 6)
    # The rate of a document is that of a page really read; its pages vary about it.
    base = random.choice(rates, size=number.shape) * random.gamma(4, 1 / 4, size=shape)
    drift = random.normal(0, noise.of_documents, size=number.shape)
    found = []
    for sign, shift in ((-1, 0.0), (1, rise)):
        moved = base * (1 + sign * drift / 2) * random.gamma(1 / noise.of_pages**2, noise.of_pages**2, size=shape)
        glitch = (random.random(shape) < noise.glitches) * random.uniform(0.02, 0.09, size=shape)
        rate = np.clip(moved + glitch + shift, 0.0, 1.0)
        word_rate = 1 - (1 - rate) ** _LETTERS
        found.append((random.binomial(characters, rate), random.binomial(words, word_rate)))
    added = np.concatenate([now - then for then, now in zip(*found, strict=True)], axis=2)
    return added, np.concatenate([characters, words], axis=2)


def main(baseline: Path) -> None:
    """Print both tables in Markdown."""
    record = read_baseline(baseline.read_text(encoding="utf-8"), file=str(baseline))
    lengths = np.array([page.characters.reference for page in record.pages], dtype=np.int64)
    rates = np.array([page.characters.rate or 0.0 for page in record.pages])
    print("| noise without any true change | documents | false alarms | plain percentile | smallest detectable CER |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for noise in _NOISES:
        for documents in _DOCUMENTS:
            one = compare(lengths, rates, noise, documents=documents, rise=0.0, runs=_FALSE_ALARM_RUNS)
            print(
                f"| {noise.name} | {documents} | {one.failed:.1%} | {one.failed_plainly:.1%} "
                f"| {100 * one.detectable:.2f} points |",
                flush=True,
            )
    print("\n| found, in quiet noise: a rise of the CER by | 4 documents | 10 | 30 | 100 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for times in (1, 2, 3):
        rise = times * _LIMITS.cer_margin
        found = [
            compare(lengths, rates, _NOISES[0], documents=documents, rise=rise, runs=_POWER_RUNS).failed
            for documents in _DOCUMENTS
        ]
        print(f"| {100 * rise:.1f} points | {' | '.join(f'{share:.0%}' for share in found)} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("ground_truth/baseline.json"))
