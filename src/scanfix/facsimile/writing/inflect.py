"""English inflection: plurals, verb forms, the pronouns that go with a subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import get_args

from scanfix.facsimile.writing import grammar
from scanfix.facsimile.writing.grammar import Form, Subject

SUBJECTS: tuple[Subject, ...] = get_args(Subject)
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "it": ("it", "they", "he", "she", "we", "I"),
    "its": ("its", "their", "his", "her", "our", "my"),
    "is": ("is", "are", "is", "is", "are", "am"),
    "was": ("was", "were", "was", "was", "were", "was"),
    "has": ("has", "have", "has", "has", "have", "have"),
    "does": ("does", "do", "does", "does", "do", "do"),
}
_SINGULAR_VERB = ("s", "m", "f")
_VOWELS = "aeiou"
_HISSES = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verb:
    """The forms of a verb that rules do not give."""

    past: str
    participle: str


def about(word: str, subject: Subject) -> str:
    """Return the pronoun or auxiliary that agrees with a subject; ``word`` is its form for one thing."""
    return _ABOUT[word][SUBJECTS.index(subject)]


@cache
def plural(noun: str) -> str:
    """Return a noun's plural; one that no rule gives is written after a slash."""
    singular, _, given = noun.partition("/")
    if given:
        return given
    if singular.endswith("y") and singular[-2] not in _VOWELS:
        return f"{singular[:-1]}ies"
    if singular.endswith(_HISSES):
        return f"{singular}es"
    return f"{singular}s"


@cache
def verb(base: str, form: Form, subject: Subject) -> str:
    """Return a verb's form."""
    if base == "be":
        return _be(form, subject)
    if form == "pres":
        return _third_person(base) if subject in _SINGULAR_VERB else base
    if form == "ing":
        return _ing(base)
    forms = _irregular().get(base) or _regular(base)
    return {"base": base, "past": forms.past, "pp": forms.participle}[form]


def _be(form: Form, subject: Subject) -> str:
    """Return the form of the verb that has most of them."""
    forms = {"base": "be", "pres": about("is", subject), "past": about("was", subject), "pp": "been", "ing": "being"}
    return forms[form]


def _third_person(base: str) -> str:
    """Return the present of one."""
    if base in ("go", "do", "veto", "undergo", "forego"):
        return f"{base}es"
    return "has" if base == "have" else plural(base)


def _ing(base: str) -> str:
    """Return the present participle."""
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return f"{base[:-1]}ing"
    return f"{_doubled(base)}ing"


def _regular(base: str) -> _Verb:
    """Return the past of a verb that follows the rules."""
    if base.endswith("e"):
        past = f"{base}d"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        past = f"{base[:-1]}ied"
    else:
        past = f"{_doubled(base)}ed"
    return _Verb(past=past, participle=past)


def _doubled(base: str) -> str:
    """Double the last letter where English does."""
    return base + base[-1] if base in grammar.load().words("doubling") else base


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, _Verb]:
    """Return the irregular verbs."""
    rows = (entry.split("/") for entry in grammar.load().words("irregular"))
    return {base: _Verb(past=past, participle=participle) for base, past, participle in rows}
