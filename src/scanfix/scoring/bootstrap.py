"""How sure the difference of two error rates is, when whole documents are drawn anew.

Pages of one document share typewriter, paper and camera: they are no independent witnesses, so documents are drawn,
not pages (blockwise bootstrap). The rate is a ratio of sums; the reference is the same on both sides.

With few documents the plain percentile interval is far too short: in ``benchmarks/gate_power.py`` four documents give
a false alarm in 12 of 100 comparisons, and BCa is no better. So the draws give only the standard error, corrected for
being drawn from the sample, and Student's distribution the interval's length: about 3 of 100 at most, for any number.

Four documents can also agree by chance: a line lost on one page in each of three looks like a rule. So the standard
error is never taken for less than that of the pages, were they independent.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scanfix.scoring.power import CONFIDENCE, student_quantile

# Draws held in memory at a time; it changes no result but the speed.
_AT_A_TIME = 500
# Up to so many documents every pattern of signs is tried (8192), beyond that they are drawn.
_ALL_SIGNS = 13

Counts = NDArray[np.int64]
Rates = NDArray[np.float64]


class Interval(NamedTuple):
    """The 95 % interval of each column, and its standard error."""

    low: Rates
    high: Rates
    error: Rates


def interval(
    added: Counts, reference: Counts, *, draws: int, seed: int, pages: tuple[Counts, Counts] | None = None
) -> Interval:
    """Return the interval of a difference of error rates.

    Parameters
    ----------
    added
        Errors after less errors before, shape (documents, columns); a column is a rate of its own. Two documents or
        more.
    reference
        The reference's length, of the same shape; at least 1 in every column. Draws of documents that have none at
        all are left out.
    pages
        The same two, page by page, shape (pages, columns): the error is then at least theirs.
    draws
        How often as many documents as there are are drawn, with replacement.
    seed
        Of the random numbers: the same counts give the same interval.

    Notes
    -----
    Efron and Tibshirani (1993), chapter 6, for the standard error; Hesterberg (2015), What teachers should know about
    the bootstrap, The American Statistician 69, 371-386, for what small samples do to it, and the t interval. The
    larger of the two errors: Angrist and Pischke (2009), Mostly harmless econometrics, 8.2.
    """
    documents = len(added)
    estimate = added.sum(axis=0) / reference.sum(axis=0)
    drawn = draw(added, reference, draws=draws, seed=seed)
    error = drawn.std(axis=0) * sqrt(documents / (documents - 1))
    if pages is not None:
        error = np.maximum(error, ratio_error(*pages))
    half = student_quantile(CONFIDENCE, documents - 1) * error
    return Interval(low=estimate - half, high=estimate + half, error=error)


def ratio_error(added: Counts, reference: Counts) -> Rates:
    """Return the standard error of each column's ratio of sums over independent rows; 0 for a single one.

    Notes
    -----
    Cochran (1977), Sampling techniques, chapter 6: the ratio estimator, its variance to the first order.
    """
    number = np.maximum((reference > 0).sum(axis=0), 2)
    whole = np.maximum(reference.sum(axis=0), 1)
    residuals = added - added.sum(axis=0) / whole * reference
    error: Rates = np.sqrt((residuals**2).sum(axis=0) * number / (number - 1)) / whole
    return error


def draw(added: Counts, reference: Counts, *, draws: int, seed: int) -> Rates:
    """Return the rate of every draw of documents, shape (draws, columns); see ``interval``."""
    documents = len(added)
    random = np.random.default_rng(seed)
    even = np.full(documents, 1 / documents)
    parts = []
    for start in range(0, draws, _AT_A_TIME):
        times = random.multinomial(documents, even, size=min(_AT_A_TIME, draws - start)).astype(np.float64)
        lengths = times @ reference
        has_any = lengths.all(axis=1)
        parts.append((times[has_any] @ added) / lengths[has_any])
    return np.concatenate(parts)


def sign_flip(added: Counts, *, draws: int, seed: int) -> float:
    """Return how probable a change this large is when before and after could change places, document by document.

    Parameters
    ----------
    added
        Errors after less errors before, of each document.
    draws
        Patterns of signs that are tried when there are too many for all.
    seed
        Of the random numbers.

    Notes
    -----
    The paired randomisation test (Fisher 1935; Noreen 1989), two-sided. It needs no distribution, and with few
    documents it says so: four of them never give less than 0.125.
    """
    changed = added[added != 0]
    size = abs(int(added.sum()))
    if not size:
        return 1.0
    if len(changed) <= _ALL_SIGNS:
        patterns = np.indices((2,) * len(changed)).reshape(len(changed), -1)
        return float(np.mean(np.abs(changed @ (2 * patterns - 1)) >= size))
    random = np.random.default_rng(seed)
    # The order of documents must not matter: random signs meet them by size.
    ordered = np.sort(changed)
    as_large = 0
    for start in range(0, draws, _AT_A_TIME):
        signs = 2 * random.integers(0, 2, size=(min(_AT_A_TIME, draws - start), len(ordered))) - 1
        as_large += int(np.sum(np.abs(signs @ ordered) >= size))
    return (1 + as_large) / (1 + draws)


def effective_number(reference: Counts) -> float:
    """Return how many documents of equal length say as much as these (Kish 1965): few long ones count for few."""
    total = float(reference.sum())
    return total**2 / float((reference.astype(np.float64) ** 2).sum()) if total else 0.0
