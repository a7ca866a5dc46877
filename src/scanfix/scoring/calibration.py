"""Whether a confidence of 0.9 means nine of ten right.

Every word that was read and has a confidence is judged by the alignment: right where it is a hit, wrong where it
stands for another word or for none. A word that was never read has no confidence, and is not judged: that a reader
overlooks things is told by the deletions, not here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scanfix.model.comparison import AlignedWords
from scanfix.model.reliability import ConfidenceBin, ErrorInterval, Reliability

# Fewer hide what lies side by side, more leave bins of a handful of words: a typed page has 300 words, most of them
# read with more than 0.9.
_BINS = 10
# Enough for the ends of a 95 % interval to stand still in the third decimal.
_DRAWS = 2000
_SEED = 1958
_TAILS = (2.5, 97.5)

_Floats = NDArray[np.float64]


class JudgedWord(NamedTuple):
    """A word that was read: its confidence, 0 to 1, and whether it is right."""

    confidence: float
    is_right: bool


def judge(words: Iterable[AlignedWords]) -> Iterator[JudgedWord]:
    """Judge the words of an alignment that were read, have a confidence, and are not masked by the reference."""
    for aligned in words:
        if aligned.op != "masked":
            yield from (JudgedWord(confidence, aligned.op == "equal") for confidence in aligned.confidences)


def calibrate(pages: Sequence[Sequence[JudgedWord]]) -> Reliability | None:
    """Hold confidences against what came true.

    Parameters
    ----------
    pages
        The judged words of each page.

    Returns
    -------
    Reliability or None
        Errors of calibration, and the bins that a reliability diagram shows; ``None`` where no word was judged.

    Notes
    -----
    Expected calibration error: Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks, ICML.
    Adaptive: bins of equally many words, Nixon et al. (2019), Measuring calibration in deep learning, CVPR workshops;
    words of one confidence count as their mean there, so that no order among them matters. Brier, G. W. (1950),
    Monthly Weather Review 78, 1-3. The interval is the plain percentile one over pages drawn with replacement; in few
    words the error itself is too large rather than too small, as chance alone parts confidence from share right.
    """
    judged = [word for page in pages for word in page]
    if not judged:
        return None
    confidences = np.array([word.confidence for word in judged], np.float64)
    is_right = np.array([word.is_right for word in judged], np.float64)
    by_page = np.stack([_sums(page) for page in pages if page])
    sums = by_page.sum(axis=0)
    return Reliability(
        pages=len(by_page),
        bins=tuple(_bins(sums)),
        expected_error=float(_expected_error(sums)),
        adaptive_error=_adaptive_error(confidences, is_right),
        brier=float(np.mean((confidences - is_right) ** 2)),
        interval=_interval(by_page),
    )


def _sums(page: Sequence[JudgedWord]) -> _Floats:
    """Sum a page's words in bins of equal width: words, right ones, confidences; shape (3, bins)."""
    confidences = np.array([word.confidence for word in page])
    of = np.minimum((confidences * _BINS).astype(np.int64), _BINS - 1)
    weights = (None, [word.is_right for word in page], confidences)
    return np.stack([np.bincount(of, weights=weight, minlength=_BINS).astype(np.float64) for weight in weights])


def _bins(sums: _Floats) -> Iterator[ConfidenceBin]:
    """Give the bins that sums, shape (3, bins), describe."""
    for index, (words, right, confidence) in enumerate(sums.T):
        yield ConfidenceBin(
            low=index / _BINS,
            high=(index + 1) / _BINS,
            words=int(words),
            right=int(right),
            confidence_sum=float(confidence),
        )


def _expected_error(sums: _Floats) -> _Floats:
    """Return the calibration error of sums, shape (…, 3, bins): shape (…)."""
    words, right, confidence = (sums[..., row, :] for row in range(3))
    error: _Floats = np.abs(right - confidence).sum(axis=-1) / words.sum(axis=-1)
    return error


def _adaptive_error(confidences: _Floats, is_right: _Floats) -> float:
    """Return the calibration error in bins of equally many words."""
    values, of, counts = np.unique(confidences, return_inverse=True, return_counts=True)
    share_right = np.bincount(of, weights=is_right) / counts
    gaps = np.repeat(share_right - values, counts)
    return sum(abs(float(part.sum())) for part in np.array_split(gaps, min(_BINS, len(gaps)))) / len(gaps)


def _interval(by_page: _Floats) -> ErrorInterval | None:
    """Return the interval of the expected error from draws of pages, shape (pages, 3, bins)."""
    pages = len(by_page)
    if pages == 1:
        return None
    times = np.random.default_rng(_SEED).multinomial(pages, np.full(pages, 1 / pages), size=_DRAWS)
    errors = _expected_error(np.einsum("dp,prb->drb", times.astype(np.float64), by_page))
    low, high = np.percentile(errors, _TAILS)
    return ErrorInterval(low=float(low), high=float(high))
