"""Letters as this page has them: doubtful letters judged by the page's own specimens.

A machine cuts its c always alike, and unlike its o, however clogged both are; a reader trained on all print in the
world sees only two dark rings. So where the two voices keep differing about a pair of letters on a page, every letter
that may have lost to the other is compared with all specimens of both on the same page: their pictures are laid one
over the other, and a linear discriminant is learnt from them, though a few bear the wrong name. The idea is that of
adaptive recognition (Nagy and Shelton, 1966; Xu and Nagy, 1999); the discriminant is Fisher's (1936), shrunk towards
the sphere (Friedman, 1989), on the principal components of the pictures.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from scanfix import images
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine
from scanfix.ocr.framing import Row
from scanfix.ocr.vote import Chosen
from scanfix.ocr.weights import logistic

# The voices must differ so often about a pair, and mostly with one outcome, before a page is suspected to have it wrong
# elsewhere too. Chosen, as the next, on development pages with the document left out.
_DISSENTS = 3
_MOSTLY = 2
# A letter is doubtful where the second voice gives its rival at least about a thousandth of its own odds.
_LEAST_DOUBT = -7.0
# Pictures have a lower-case letter 12 pixels high: as many as a page of 200 dpi has, and strokes of two pixels.
_X_HEIGHT_PX = 12
_ABOVE, _BELOW = 1.6, 0.5
# Pictures are shifted by up to this many pixels, until they lie best over the median of their kind.
_SHIFT = 2
_ROUNDS = 2
_COMPONENTS = 16
_SHRINKAGE = 0.1
_FOLDS = 8
# Fewer specimens of a letter say too little; more than this many add time and nothing else.
_FEWEST, _MOST = 8, 150
# The spread within a letter is not believed to be smaller, however few specimens agree.
_LEAST_SPREAD = 0.15
# Pictures never make a letter surer than this: the page's own letters are few.
_SUREST = 0.95

Pictures = NDArray[np.float32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelt:
    """A line after the vote: its signs, and where it runs."""

    chosen: tuple[Chosen, ...]
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Specimen:
    """A letter on the page: its line and number there, its middle in pixels of the page, and where its line runs."""

    line: int
    number: int
    x: float
    row: Row


def adapt(page: GrayImage, lines: Sequence[Spelt]) -> tuple[tuple[Chosen, ...], ...]:
    """Judge the doubtful letters of a page by its own.

    Parameters
    ----------
    page
        The upright page, shape (height, width) uint8, 0 ink to 255 paper.
    lines
        The lines of the page after the vote.

    Returns
    -------
    tuple of tuple of Chosen
        The signs of every line; where a letter was exchanged, the old one is its rival.
    """
    signs = [list(line.chosen) for line in lines]
    for winner, loser in _suspects(lines):
        for place, odds in _judge(page, lines, winner, loser).items():
            line, number = place
            old = signs[line][number]
            signs[line][number] = replace(old, text=winner, rival=old.text, odds=odds)
    return tuple(tuple(line) for line in signs)


def _suspects(lines: Sequence[Spelt]) -> list[tuple[str, str]]:
    """Find pairs of letters about which the voices kept differing with mostly one outcome: winner and loser."""
    counts = Counter(
        (sign.text, sign.rival)
        for line in lines
        for sign in line.chosen
        if sign.rival is not None and _is_letter(sign.text) and _is_letter(sign.rival)
    )
    return [
        (winner, loser)
        for (winner, loser), count in sorted(counts.items())
        if count >= _DISSENTS and count >= _MOSTLY * counts[loser, winner]
    ]


def _is_letter(text: str) -> bool:
    """Tell whether a text is one small letter."""
    return len(text) == 1 and text.islower()


def _judge(page: GrayImage, lines: Sequence[Spelt], winner: str, loser: str) -> Mapping[tuple[int, int], float]:
    """Find the letters that were read as the loser and look like the winner, with how likely they are."""
    doubtful = [one for one in _specimens(lines, loser) if _may_be(lines[one.line].chosen[one.number], winner)]
    places = {(one.line, one.number) for one in doubtful}
    losers = [one for one in _specimens(lines, loser) if (one.line, one.number) not in places]
    winners = _specimens(lines, winner)
    if not doubtful or min(len(winners), len(losers) + len(doubtful)) < _FEWEST:
        return {}
    shown = [*doubtful, *_some(losers), *_some(winners)]
    is_winner = np.arange(len(shown)) >= len(shown) - len(_some(winners))
    scores = _discriminate(_laid(np.stack([_picture(page, one) for one in shown])), is_winner)
    odds = _odds(scores, is_winner)[: len(doubtful)]
    return {
        (one.line, one.number): min(_SUREST, logistic((1.0,), (odd,)))
        for one, odd in zip(doubtful, odds, strict=True)
        if odd > 0
    }


def _may_be(sign: Chosen, winner: str) -> bool:
    """Tell whether either voice thinks that a sign may be the winner."""
    return sign.rival == winner or (sign.runner_up == winner and sign.doubt >= _LEAST_DOUBT)


def _some(specimens: Sequence[_Specimen]) -> Sequence[_Specimen]:
    """Choose as many specimens as are wanted, from all of the page."""
    return specimens[:: max(1, -(-len(specimens) // _MOST))]


def _specimens(lines: Sequence[Spelt], letter: str) -> list[_Specimen]:
    """List a letter's places on the page.

    Steps of the network are coarse, so a letter's place is reckoned from the middle of its word and the pitch.
    """
    found = []
    for line_number, line in enumerate(lines):
        for word in _words(line.chosen):
            middle = mean(line.chosen[number].x for number in word)
            found += [
                _Specimen(
                    line=line_number,
                    number=number,
                    x=middle + (place - (len(word) - 1) / 2) * line.row.typing.pitch_px,
                    row=line.row,
                )
                for place, number in enumerate(word)
                if line.chosen[number].text == letter
            ]
    return found


def _words(signs: Sequence[Chosen]) -> list[list[int]]:
    """Part the signs of a line at its spaces: the numbers of the signs of each word, empty ones left out."""
    bounds = [-1, *(number for number, sign in enumerate(signs) if sign.text == " "), len(signs)]
    words = [[number for number in range(start + 1, end) if signs[number].text] for start, end in pairwise(bounds)]
    return [word for word in words if word]


def _picture(page: GrayImage, one: _Specimen) -> Pictures:
    """Take a letter's picture: its cell and a margin on all sides, ink 1 and paper 0."""
    typing = one.row.typing
    down = _X_HEIGHT_PX / typing.x_height_px
    # Letters of one line are squeezed alike, so that pictures of wide and narrow typing have one width.
    across = _X_HEIGHT_PX / typing.pitch_px
    width, height = _X_HEIGHT_PX + 2 * _SHIFT, round((_ABOVE + _BELOW) * _X_HEIGHT_PX) + 2 * _SHIFT
    to_picture = Affine(
        a=across,
        b=0.0,
        c=width / 2 - one.x * across,
        d=0.0,
        e=down,
        f=_SHIFT + _ABOVE * _X_HEIGHT_PX - one.row.baseline(one.x) * down,
    )
    ink = 255 - images.strip(page, to_picture, width_px=width, height_px=height).astype(np.float32)
    low, high = np.percentile(ink, (5, 98))
    return np.asarray(np.clip((ink - low) / max(1.0, high - low), 0, 1), np.float32)


def _laid(pictures: Pictures) -> Pictures:
    """Shift every picture to lie best over the median of all, shape (specimens, height, width)."""
    _, height, width = pictures.shape
    rows, columns = height - 2 * _SHIFT, width - 2 * _SHIFT
    places = [(down, across) for down in range(2 * _SHIFT + 1) for across in range(2 * _SHIFT + 1)]
    shifted = np.stack([pictures[:, down : down + rows, across : across + columns] for down, across in places])
    centred = shifted - shifted.mean(axis=(2, 3), keepdims=True)
    sizes = np.sqrt((centred**2).sum(axis=(2, 3))) + 1e-6
    best = np.full(len(pictures), places.index((_SHIFT, _SHIFT)))
    everyone = np.arange(len(pictures))
    for _ in range(_ROUNDS):
        middle = np.median(shifted[best, everyone], axis=0)
        best = ((centred * (middle - middle.mean())).sum(axis=(2, 3)) / sizes).argmax(axis=0)
    return np.asarray(shifted[best, everyone], np.float32)


def _discriminate(pictures: Pictures, is_winner: Flags) -> Floats:
    """Score every picture by a discriminant learnt from others: the higher, the more it looks like the winner."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    _, _, axes = np.linalg.svd(flat, full_matrices=False)
    points = flat @ axes[:_COMPONENTS].T
    scores = np.zeros(len(points))
    fold = np.arange(len(points)) % _FOLDS
    for held in range(_FOLDS):
        here, there = (points[(fold != held) & (is_winner == side)] for side in (True, False))
        spread = (np.cov(here.T) * (len(here) - 1) + np.cov(there.T) * (len(there) - 1)) / (len(here) + len(there) - 2)
        spread += np.eye(len(spread)) * _SHRINKAGE * np.trace(spread) / len(spread)
        axis = np.linalg.solve(spread, here.mean(axis=0) - there.mean(axis=0))
        middle = (here.mean(axis=0) + there.mean(axis=0)) / 2
        scores[fold == held] = (points[fold == held] - middle) @ axis / (np.sqrt(axis @ spread @ axis) + 1e-9)
    return scores


def _odds(scores: Floats, is_winner: Flags) -> Floats:
    """Turn scores into log odds for the winner: two bells about the medians, which a few wrong names do not move."""
    (high, wide), (low, narrow) = (_bell(scores[is_winner == side]) for side in (True, False))
    if high <= low:
        return np.full(len(scores), -np.inf)
    prior = np.log(is_winner.sum() / (~is_winner).sum())
    # Beyond both middles the wider bell would win against all sense.
    held = np.clip(scores, low, high)
    return np.asarray(
        ((held - low) / narrow) ** 2 / 2 - ((held - high) / wide) ** 2 / 2 + np.log(narrow / wide) + prior, np.float64
    )


def _bell(scores: Floats) -> tuple[float, float]:
    """Return the median and a spread that outliers do not move."""
    middle = float(np.median(scores))
    return middle, 1.48 * float(np.median(np.abs(scores - middle))) + _LEAST_SPREAD
