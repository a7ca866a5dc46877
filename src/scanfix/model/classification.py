"""Levels of classification and their order: what a marking's wording says about how secret a page was.

Facts only (domain.md, part 2.3): categories such as RESTRICTED DATA and handling lines such as EYES ONLY or SECURITY
INFORMATION are no levels.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LevelFamily = Literal["us", "uk", "nato", "fr", "de"]


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """A level: its rank (0 unclassified to 5 top secret), its name in its own language, and whose it is.

    Levels of one rank protect alike in different systems; compare ``rank`` across families. ``us`` are the plain
    English words, which British papers print as well; ``uk`` those that only they print.
    """

    rank: int
    name: str
    family: LevelFamily


# Longer wordings before those that they contain. Ranks of other nations' levels after the NATO equivalents (C-M(55)15);
# MOST SECRET became TOP SECRET in 1944; the German war-time matters stand above GEHEIM.
_LEVELS: tuple[Level, ...] = (
    Level(5, "COSMIC TOP SECRET", "nato"),
    Level(4, "NATO SECRET", "nato"),
    Level(3, "NATO CONFIDENTIAL", "nato"),
    Level(2, "NATO RESTRICTED", "nato"),
    Level(0, "NATO UNCLASSIFIED", "nato"),
    Level(5, "TRÈS SECRET", "fr"),
    Level(4, "SECRET DÉFENSE", "fr"),
    Level(3, "CONFIDENTIEL", "fr"),
    Level(2, "DIFFUSION RESTREINTE", "fr"),
    Level(5, "STRENG GEHEIM", "de"),
    Level(5, "GEHEIME REICHSSACHE", "de"),
    Level(5, "GEHEIME KOMMANDOSACHE", "de"),
    Level(4, "GEHEIM", "de"),
    Level(3, "VERTRAULICH", "de"),
    Level(2, "NUR FÜR DEN DIENSTGEBRAUCH", "de"),
    Level(5, "MOST SECRET", "uk"),
    Level(5, "TOP SECRET", "us"),
    Level(4, "SECRET", "us"),
    Level(3, "CONFIDENTIAL", "us"),
    Level(2, "RESTRICTED", "us"),
    Level(1, "LIMITED OFFICIAL USE", "us"),
    Level(1, "OFFICIAL USE ONLY", "us"),
    Level(0, "UNCLASSIFIED", "us"),
)
# What a reviewer circles in a stamp, and portion marks.
_SIGNS = {"TS": "TOP SECRET", "S": "SECRET", "C": "CONFIDENTIAL", "R": "RESTRICTED", "U": "UNCLASSIFIED"}
# A category of the Atomic Energy Acts, not a level: SECRET RESTRICTED DATA is SECRET, RESTRICTED DATA alone is none.
_NO_LEVEL = re.compile(r"\bRESTRICTED DATA\b")
_SPACED = re.compile(r"\b(?:[A-Z] ){2,}[A-Z]\b")


def level_of(text: str) -> Level | None:
    """Tell the level that a marking names, ``None`` where it names none.

    Parameters
    ----------
    text
        A marking, in any case, with or without accents, letters spaced or not: ``"T O P  S E C R E T"``,
        ``"(Secret)"``, ``"SECRET NOFORN"``; or a sign, ``"TS"``. Not running text: a sentence that says
        "confidential" names a level, too.
    """
    plain = _plain(text)
    if plain in _SIGNS:
        plain = _SIGNS[plain]
    plain = _NO_LEVEL.sub("", plain)
    return next((level for pattern, level in _PATTERNS if pattern.search(plain)), None)


def highest(texts: Iterable[str]) -> Level | None:
    """Return the highest level that some markings name, ``None`` where none names one; the first of several equals."""
    levels = [level for text in texts if (level := level_of(text)) is not None]
    return max(levels, key=lambda level: level.rank, default=None)


def _plain(text: str) -> str:
    """Bring a marking to capital letters and single spaces; spaced letters to words."""
    bare = unicodedata.normalize("NFKD", text.upper())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    words = " ".join(re.sub(r"[^A-Z]+", " ", letters).split())
    return _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), words)


_PATTERNS = tuple((re.compile(rf"\b{_plain(level.name).replace(' ', ' ?')}\b"), level) for level in _LEVELS)
