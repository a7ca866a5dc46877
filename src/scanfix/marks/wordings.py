"""The wordings of markings, and how a poor reading is recognised as one of them.

The folding table holds confusions that engines make on struck and stamped capitals; both the reading and the wording
are folded, then compared letter by letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

_LEVELS = ("TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED")
_NATO = ("COSMIC TOP SECRET", "NATO SECRET", "NATO CONFIDENTIAL", "NATO RESTRICTED")
# What may stand after a level on its line.
_CAVEATS = (
    "SECURITY INFORMATION",
    "NOFORN",
    "NO FOREIGN DISSEM",
    "CONTROLLED DISSEM",
    "EYES ONLY",
    "SENSITIVE",
    "RESTRICTED DATA",
    "GUARD",
)
# Lines of their own: handling lines, and levels that take no caveat.
_LINES = (
    "UNCLASSIFIED",
    "RESTRICTED DATA",
    "FORMERLY RESTRICTED DATA",
    "OFFICIAL USE ONLY",
    "FOR OFFICIAL USE ONLY",
    "LIMITED OFFICIAL USE",
    "STRICTLY CONFIDENTIAL",
    "MOST SECRET",
    "PERSONAL AND CONFIDENTIAL",
    "PRIVATE AND CONFIDENTIAL",
    "SECRET AND PERSONAL",
    "NATO UNCLASSIFIED",
    "NOT RELEASABLE TO FOREIGN NATIONALS",
    "CONTINUED CONTROL",
    "TO BE KEPT UNDER LOCK AND KEY",
    "THIS DOCUMENT MUST BE KEPT IN COMMUNICATIONS INTELLIGENCE CHANNELS AT ALL TIMES",
    "WARNING NOTICE SENSITIVE INTELLIGENCE SOURCES AND METHODS INVOLVED",
    "HANDLE VIA COMINT CHANNELS ONLY",
    "TRÈS SECRET",
    "SECRET DÉFENSE",
    "CONFIDENTIEL",
    "CONFIDENTIEL DÉFENSE",
    "DIFFUSION RESTREINTE",
    "STRENG GEHEIM",
    "GEHEIM",
    "GEHEIME KOMMANDOSACHE",
    "GEHEIME REICHSSACHE",
    "VERTRAULICH",
    "STRENG VERTRAULICH",
    "NUR FÜR DEN DIENSTGEBRAUCH",
)
# Levels, caveats and handling lines of the archives that scanfix was made for (domain.md, parts 2.2 and 2.3).
WORDINGS: tuple[str, ...] = (
    *_LEVELS,
    *_NATO,
    *_CAVEATS[:6],
    *(f"{level} {caveat}" for level in (*_LEVELS, *_NATO) for caveat in _CAVEATS),
    *_LINES,
)
# Lines that resemble a marking and are none: what stamps, forms and running heads say.
_OTHERS: tuple[str, ...] = (
    "DECLASSIFIED",
    "CLASSIFIED",
    "CLASSIFICATION",
    "CLASSIFIED MESSAGE",
    "SECRETARY",
    "SECRETARIAT",
    "SECURITY",
    "CONFIDENCE",
    "RESTRICTIONS",
    "TOP",
    "DOCUMENT",
)

# What a reading is worth at most that is something else.
_UNLIKE = 0.4

_FOLDED = (
    ("0QDU°Ö", "O"),
    ("1L|!{[]}/\\", "I"),
    ("5$8§", "S"),
    ("G€6(<", "C"),
    ("B£ÈÉ3", "E"),
    ("KH", "R"),
    ("4", "A"),
    ("F‘7", "T"),
)
# Strokes are read as dashes, and dots and quotes come from specks; spaces go because letters may be spaced.
_DROPPED = " -—–_~·•∙'\"`’“”.,:;*=^«»)"
_TABLE = {ord(sign): letter for signs, letter in _FOLDED for sign in signs} | {ord(sign): None for sign in _DROPPED}


@dataclass(frozen=True, slots=True)
class Match:
    """A wording and how well a reading fits it, 0 to 1."""

    wording: str
    likeness: float


def fold(text: str) -> str:
    """Fold letters that engines confuse and drop what a stroke adds: ``"FOP-SEGRET"`` becomes ``"TOPSECRET"``."""
    return text.upper().translate(_TABLE)


def matches(text: str, wordings: Iterable[str] = WORDINGS) -> tuple[Match, ...]:
    """Compare a reading with all wordings, the best fit first; ties go to the longer one.

    A reading that is nearer to a line that only resembles a marking, such as DECLASSIFIED, fits none well.
    """
    return _matches(fold(text), tuple(wordings))


# A row's readings are compared where it is read, read again, and recognised.
@lru_cache(maxsize=1024)
def _matches(folded: str, wordings: tuple[str, ...]) -> tuple[Match, ...]:
    """Compare a folded reading with wordings, the best fit first."""
    fits = _likenesses(folded, wordings)
    if not (fits >= _likenesses(folded, _OTHERS).max()).any():
        fits = np.minimum(fits, _UNLIKE)
    longest_first = np.argsort(-_lengths(wordings), kind="stable")
    order = longest_first[np.argsort(-fits[longest_first], kind="stable")]
    return tuple(
        Match(wording=wordings[index], likeness=fit) for index, fit in zip(order, fits[order].tolist(), strict=True)
    )


def _likenesses(folded: str, wordings: tuple[str, ...]) -> NDArray[np.float64]:
    """Return how like a folded reading each wording is (see `likeness`)."""
    lines = _all_folded(wordings)
    longest = np.maximum(_lengths(lines), len(folded))
    likenesses: NDArray[np.float64] = 1.0 - cdist([folded], lines, scorer=OSA.distance, dtype=np.int32)[0] / longest
    return likenesses


@cache
def _lengths(wordings: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the lengths of wordings."""
    return np.array([len(wording) for wording in wordings], np.int64)


@cache
def _all_folded(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """Fold wordings once."""
    return tuple(map(fold, wordings))


def likeness(one: str, other: str) -> float:
    """Return 1 minus the Damerau distance (optimal string alignment) over the longer length."""
    longest = max(len(one), len(other))
    return 1.0 - OSA.distance(one, other) / longest if longest else 0.0
