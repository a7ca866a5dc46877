"""The wordings of markings, and how a poor reading is recognised as one of them.

The folding table holds confusions that engines make on struck and stamped capitals; both the reading and the wording
are folded, then compared letter by letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

# Levels and handling lines of the archives that scanfix was made for, American, NATO, British, French, German.
WORDINGS: tuple[str, ...] = (
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "RESTRICTED",
    "UNCLASSIFIED",
    "SECURITY INFORMATION",
    "TOP SECRET SECURITY INFORMATION",
    "SECRET SECURITY INFORMATION",
    "CONFIDENTIAL SECURITY INFORMATION",
    "RESTRICTED SECURITY INFORMATION",
    "EYES ONLY",
    "TOP SECRET EYES ONLY",
    "SECRET EYES ONLY",
    "OFFICIAL USE ONLY",
    "FOR OFFICIAL USE ONLY",
    "LIMITED OFFICIAL USE",
    "RESTRICTED DATA",
    "FORMERLY RESTRICTED DATA",
    "STRICTLY CONFIDENTIAL",
    "MOST SECRET",
    "PERSONAL AND CONFIDENTIAL",
    "NOFORN",
    "SECRET NOFORN",
    "NO FOREIGN DISSEM",
    "SECRET NO FOREIGN DISSEM",
    "CONFIDENTIAL NO FOREIGN DISSEM",
    "TOP SECRET NO FOREIGN DISSEM",
    "NOT RELEASABLE TO FOREIGN NATIONALS",
    "CONTINUED CONTROL",
    "CONTROLLED DISSEM",
    "COSMIC TOP SECRET",
    "NATO SECRET",
    "NATO CONFIDENTIAL",
    "NATO RESTRICTED",
    "NATO UNCLASSIFIED",
    "TRÈS SECRET",
    "SECRET DÉFENSE",
    "CONFIDENTIEL",
    "CONFIDENTIEL DÉFENSE",
    "DIFFUSION RESTREINTE",
    "STRENG GEHEIM",
    "GEHEIM",
    "VERTRAULICH",
    "STRENG VERTRAULICH",
)

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
_DROPPED = " -—–_~·'\"`’“”.,:;*=^«»)"
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
    """Compare a reading with all wordings, the best fit first; ties go to the longer one."""
    folded = fold(text)
    fits = [Match(wording=wording, likeness=likeness(folded, _folded(wording))) for wording in wordings]
    return tuple(sorted(fits, key=lambda fit: (-fit.likeness, -len(fit.wording))))


def likeness(one: str, other: str) -> float:
    """Return 1 minus the Damerau distance (optimal string alignment) over the longer length."""
    longest = max(len(one), len(other))
    return 1.0 - OSA.distance(one, other) / longest if longest else 0.0


@cache
def _folded(wording: str) -> str:
    """Fold a wording once."""
    return fold(wording)
