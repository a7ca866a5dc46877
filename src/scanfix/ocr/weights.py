"""What the voices' readings are worth: learnt on development pages, kept as counts and factors that one can read.

``voices.toml`` is written by ``python -m benchmarks.voices --write``. It holds no text: pairs of signs, how often each
voice was right about them, and the factors of three logistic functions (Cox, 1958):

- ``decision``: is the first voice right where the two differ?
- ``voted``: is a word right that both voices read?
- ``single``: is a word right that only the first voice read?
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from math import exp, log

from scanfix.ocr.alignment import HasText, Segment, Sign

# A pair of signs seen only once or twice is believed little beside its kind, a kind little beside even odds.
_PRIOR_OF_PAIR = 4.0
_PRIOR_OF_KIND = 3.0
_SUREST = 1e-4
DECISION = ("bias", "second", "first", "pair", "company", "gap")
VOTED = ("bias", "second", "first", "decided", "differences", "length", "digits")
SINGLE = ("bias", "first", "length", "digits")


@dataclass(frozen=True, slots=True)
class Weights:
    """The factors and counts.

    Parameters
    ----------
    decision, voted, single
        Factors of the features named in ``DECISION``, ``VOTED``, ``SINGLE``.
    pairs, kinds
        How often the first and the second voice were right, by what they read (``("c", "o")``), and by the kinds
        of these signs (``("lower", "lower")``).
    """

    decision: tuple[float, ...]
    voted: tuple[float, ...]
    single: tuple[float, ...]
    pairs: Mapping[tuple[str, str], tuple[int, int]]
    kinds: Mapping[tuple[str, str], tuple[int, int]]
    digest: str = ""


@lru_cache(maxsize=1)
def load() -> Weights:
    """Load the weights that come with scanfix."""
    content = resources.files("scanfix.ocr").joinpath("voices.toml").read_text(encoding="utf-8")
    tree = tomllib.loads(content)
    factors = tree["factors"]
    return Weights(
        decision=tuple(float(factors["decision"][name]) for name in DECISION),
        voted=tuple(float(factors["voted"][name]) for name in VOTED),
        single=tuple(float(factors["single"][name]) for name in SINGLE),
        pairs={(row[0], row[1]): (row[2], row[3]) for row in tree["pairs"]},
        kinds={(row[0], row[1]): (row[2], row[3]) for row in tree["kinds"]},
        digest=sha256(content.encode()).hexdigest()[:8],
    )


def logistic(factors: Sequence[float], features: Sequence[float]) -> float:
    """Return the probability that the factors give to a case, 0 to 1."""
    total = sum(factor * feature for factor, feature in zip(factors, features, strict=True))
    return 1 / (1 + exp(-total)) if total > -700 else 0.0


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, within limits: no voice is ever wholly sure."""
    kept = min(max(probability, _SUREST), 1 - _SUREST)
    return log(kept / (1 - kept))


def features_of_decision(segment: Segment, weights: Weights, pitch_px: float) -> tuple[float, ...]:
    """Describe a difference of two readings, in the order of ``DECISION``."""
    first, second = text_of(segment.first), text_of(segment.second)
    return (
        1.0,
        log_odds(confidence_of(segment.second, segment)),
        log_odds(confidence_of(segment.first, segment)),
        log_odds(_share_of_first(first, second, weights)),
        _company(first, segment) - _company(second, segment),
        _gap(segment, pitch_px) * ((" " in first) - (" " in second)),
    )


def text_of(signs: Sequence[HasText]) -> str:
    """Join signs."""
    return "".join(sign.text for sign in signs)


def confidence_of(signs: Sequence[Sign], segment: Segment) -> float:
    """Return the least confidence of signs; where nothing was read, that of the neighbours."""
    near = [sign for sign in (segment.before, segment.after) if sign is not None]
    return min((sign.confidence for sign in signs or near), default=0.0)


def kind_of(text: str) -> str:
    """Name the kind of a piece of text: nothing, space, mark, digit, upper, lower, several."""
    if not text:
        return "nothing"
    if len(text) > 1:
        return "several"
    if text == " ":
        return "space"
    if not text.isalnum():
        return "mark"
    return "digit" if text.isdigit() else "upper" if text.isupper() else "lower"


def _share_of_first(first: str, second: str, weights: Weights) -> float:
    """Estimate how often the first voice is right about a pair of signs, by the pair and by its kind."""
    kind = weights.kinds.get((kind_of(first), kind_of(second)), (0, 0))
    by_kind = (kind[0] + _PRIOR_OF_KIND / 3) / (sum(kind) + _PRIOR_OF_KIND)
    pair = weights.pairs.get((first, second), (0, 0))
    return (pair[0] + _PRIOR_OF_PAIR * by_kind) / (sum(pair) + _PRIOR_OF_PAIR)


def _company(text: str, segment: Segment) -> float:
    """Count the neighbours of the same kind as a single sign: digits stand by digits, capitals by capitals."""
    kind = kind_of(text)
    if kind not in ("digit", "upper", "lower"):
        return 0.0
    near = [sign for sign in (segment.before, segment.after) if sign is not None]
    return float(sum(kind_of(sign.text) == kind for sign in near))


def _gap(segment: Segment, pitch_px: float) -> float:
    """Count the empty places of the typewriter between the neighbours, less a half: above 0 speaks for a space."""
    if segment.before is None or segment.after is None:
        return 0.0
    letters = max(len(text_of(segment.first).replace(" ", "")), len(text_of(segment.second).replace(" ", "")))
    empty = (segment.after.x - segment.before.x) / pitch_px - 1 - letters
    return max(-1.0, min(1.0, empty - 0.5))
