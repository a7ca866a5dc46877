"""The wordings of markings, and how a poor reading is recognised as one of them.

The folding table holds confusions that engines make on struck and stamped capitals; both the reading and the wording
are folded, then compared letter by letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

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
    folded = fold(text)
    other = max(likeness(folded, _folded(line)) for line in _OTHERS)
    fits = [Match(wording=wording, likeness=likeness(folded, _folded(wording))) for wording in wordings]
    if any(fit.likeness >= other for fit in fits):
        return tuple(sorted(fits, key=lambda fit: (-fit.likeness, -len(fit.wording))))
    least = [Match(wording=fit.wording, likeness=min(fit.likeness, _UNLIKE)) for fit in fits]
    return tuple(sorted(least, key=lambda fit: (-fit.likeness, -len(fit.wording))))


def likeness(one: str, other: str) -> float:
    """Return 1 minus the Damerau distance (optimal string alignment) over the longer length."""
    longest = max(len(one), len(other))
    return 1.0 - OSA.distance(one, other) / longest if longest else 0.0


@cache
def _folded(wording: str) -> str:
    """Fold a wording once."""
    return fold(wording)
