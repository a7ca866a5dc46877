"""The last touches of a sentence: articles, spaces, capitals, British spelling, and where a word may be divided."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from scanfix.facsimile.asked.document import SOFT_HYPHEN
from scanfix.facsimile.writing import grammar
from scanfix.facsimile.writing.cast import Spelling

_SPACES = re.compile(r" {2,}")
_LOOSE = re.compile(r" +([,.;:)])")
_TWICE = re.compile(r",(?:\s*,)+|,\s*(?=[;.])")
_ARTICLE = re.compile(r"\b([Aa]) (\"?)(?=([A-Za-z0-9]+))")
_WORD = re.compile(r"[A-Za-z]+")
_LONG = re.compile(r"(?<![A-Za-z'-])[a-z]{7,}(?![A-Za-z'-])")
# Written with a vowel and spoken without, and the other way round.
_CONSONANTAL = ("uni", "use", "usu", "uti", "eu", "one", "once")
_UNI_BUT = ("unin", "unim", "unil", "unis")
_SILENT = ("hour", "honest", "honor", "honour", "heir")
_NUMBERS = ("8", "11", "18")
_ISE = re.compile(r"(?<=[a-z]{3})([iy])z(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
_ISE_BUT = ("seize", "size", "prize", "horizon")
_VOWELS = "aeiouy"
# Two letters of one sound, or that no printer parts.
_TOGETHER = frozenset(
    [
        "th",
        "ch",
        "sh",
        "ph",
        "gh",
        "ck",
        "qu",
        "wh",
        "bl",
        "br",
        "cl",
        "cr",
        "dr",
        "fl",
        "fr",
        "gl",
        "gr",
        "pl",
        "pr",
        "sc",
        "sk",
        "sl",
        "sm",
        "sn",
        "sp",
        "st",
        "sw",
        "tr",
        "tw",
        "wr",
        "kn",
        "gn",
    ]
)
_ENDINGS = ("tions", "tion", "sions", "sion", "ments", "ment", "ness", "ships", "ship", "ing", "ful", "less")
_BEGINNINGS = (
    "inter",
    "under",
    "over",
    "counter",
    "super",
    "trans",
    "anti",
    "with",
    "fore",
    "com",
    "con",
    "dis",
    "pre",
)
# Fewer letters than this are not parted from their word, on either side.
_LEAST = 3


def sentence(text: str, *, spelling: Spelling) -> str:
    """Make a sentence of its parts: one capital, one stop."""
    tidy = phrase(text, spelling=spelling)
    start = next(index for index, char in enumerate(tidy) if char.isalnum())
    tidy = tidy[:start] + tidy[start].upper() + tidy[start + 1 :]
    if tidy.endswith('"'):
        return f'{tidy[:-1].rstrip(" .,")}."'
    return f"{tidy.rstrip('.')}." if not tidy.endswith("?") else tidy


def phrase(text: str, *, spelling: Spelling) -> str:
    """Settle spaces, commas, articles and spelling."""
    tidy = _LOOSE.sub(r"\1", _TWICE.sub(_one_comma, _SPACES.sub(" ", text.strip())))
    tidy = _ARTICLE.sub(lambda found: f"{found[1]}{'n' * _is_vocal(found[3])} {found[2]}", tidy)
    return _WORD.sub(lambda found: british(found[0]), tidy) if spelling == "british" else tidy


def _one_comma(found: re.Match[str]) -> str:
    """Keep one comma of several, none before a heavier stop."""
    return "," if found[0].count(",") > 1 else ""


@cache
def british(word: str) -> str:
    """Spell an American word as London does."""
    is_capital = word[:1].isupper()
    spelt = _respelt(word.lower())
    return spelt[:1].upper() + spelt[1:] if is_capital and not word.isupper() else word if word.isupper() else spelt


def divisible(text: str) -> str:
    """Say with soft hyphens where the long words may be divided; names and compounds stay whole."""
    return _LONG.sub(lambda found: _divided(found[0]), text)


@cache
def _divided(word: str) -> str:
    """Divide after prefixes, before endings, and between consonants that stand between vowels."""
    points = {index for index in range(1, len(word)) if _parts(word, index)}
    points |= {len(one) for one in _BEGINNINGS if word.startswith(one) and word[len(one)] not in _VOWELS}
    end = next((len(one) for one in _ENDINGS if word.endswith(one)), 0)
    points = {at for at in points if at <= len(word) - end}
    if end and word[-end - 1] != word[-end - 2]:
        points.add(len(word) - end)
    kept = sorted(at for at in points if _LEAST <= at <= len(word) - _LEAST and _has_vowels(word, at))
    return "".join(f"{SOFT_HYPHEN if at in kept else ''}{char}" for at, char in enumerate(word))


def _parts(word: str, at: int) -> bool:
    """Tell whether a syllable ends before a letter: vowel, consonant, here, consonant, vowel."""
    before, after = word[at - 2 : at], word[at : at + 2]
    if len(before) < 2 or len(after) < 2:
        return False
    shape = [char in _VOWELS for char in before + after]
    return shape == [True, False, False, True] and word[at - 1 : at + 1] not in _TOGETHER


def _has_vowels(word: str, at: int) -> bool:
    """Tell whether both parts can be spoken: a last e alone is no syllable."""
    return any(char in _VOWELS for char in word[:at]) and any(char in _VOWELS for char in word[at:].rstrip("es"))


def _respelt(word: str) -> str:
    """Spell a word in small letters."""
    pairs = _pairs()
    for ending in ("", "s", "ed", "ing", "er", "ers", "able", "ly"):
        stem = word.removesuffix(ending)
        if word.endswith(ending) and stem in pairs:
            return pairs[stem] + ending
    if word.startswith(_ISE_BUT):
        return word
    return _ISE.sub(r"\1s", word)


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, str]:
    """Return the British spellings."""
    return dict(entry.split("/") for entry in grammar.load().words("british"))


@cache
def _is_vocal(word: str) -> bool:
    """Tell whether a word begins with a vowel when spoken."""
    low = word.lower()
    if low[0].isdigit():
        return low.startswith(_NUMBERS[0]) or low in _NUMBERS
    if low.startswith(_UNI_BUT) or low.startswith(_SILENT):
        return True
    return low[0] in "aeiou" and not low.startswith(_CONSONANTAL)
