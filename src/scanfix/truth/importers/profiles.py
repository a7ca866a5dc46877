"""Profiles: what brackets and italics mean in a source, as data.

A profile is a TOML file. ``when`` holds phrases by which a source declares its own signs, such as "bracketed passages
deleted by hand", each in its spellings, where ``…`` stands for some words of the sentence; a source that says all of
them gets the profile. Its ordered rules are asked first, then those of the general profile; the first whose conditions
all hold decides, and what no rule decides is left for a person.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanfix.errors import SettingsError

GENERAL = "general"
Meaning = Literal[
    "check",
    "correction",
    "deleted",
    "description",
    "editor",
    "gloss",
    "handwriting",
    "illegible",
    "inserted",
    "italic",
    "printed",
    "sic",
    "supplied",
    "translator",
    "unclear",
]
Scope = Literal["anywhere", "declared", "undeclared"]
Shape = Literal["capitals", "doubtful", "names", "number"]
Place = Literal["abbreviation", "digit", "name", "start"]

_WORD = re.compile(r"[^\W_][\w'’.-]*")
_SOME_WORDS = "[^.]{0,60}?"
_LAST_WORD = re.compile(r"([^\W_][\w'’-]*)[ \t\n]$")
_SHAPES: Mapping[str, Callable[[str], bool]] = {
    "capitals": lambda text: text.isupper(),
    "doubtful": lambda text: text.endswith("?"),
    "names": lambda text: bool(_WORD.search(text)) and all(word[0].isupper() for word in _WORD.findall(text)),
    "number": str.isdecimal,
}


class Strict(BaseModel):
    """A table of a profile; unknown names are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Strict):
    """One rule: a sign with these properties has this meaning.

    ``scope``: before or after the source declares its signs. ``equals``, ``starts`` and ``ends``: one of these texts,
    whatever the case. ``looks``: all capitals, ending in ``?``, every word with a capital, a number. ``after``: what
    stands directly before: an abbreviation or a name and a space, a digit, the start of the paragraph.
    """

    name: str
    meaning: Meaning
    sign: Literal["[]", "*"] = "[]"
    scope: Scope = "anywhere"
    equals: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    looks: Shape | None = None
    after: Place | None = None
    min_words: int = Field(default=0, ge=0)
    max_words: int | None = Field(default=None, ge=0)


class Witness(Strict):
    """One of several versions of a text: its id, and how the line begins with which it begins."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    starts: str = Field(min_length=1)


class Profile(Strict):
    """What the signs of a source mean.

    ``pairs`` makes an insertion and a deletion that stand side by side, in either order, one substitution.
    """

    name: str
    description: str
    when: tuple[tuple[str, ...], ...] = ()
    pairs: bool = False
    witness: tuple[Witness, ...] = ()
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A bracket or italics: which, what stands inside and directly before, on which line."""

    sign: Literal["[]", "*"]
    inner: str
    before: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The profile of a source, the general rules behind it, and the line from which its signs are declared."""

    profile: Profile
    rules: tuple[Rule, ...]
    declared_from: int

    def rule_for(self, sign: Sign) -> Rule | None:
        """Return the first rule whose conditions all hold."""
        return next((rule for rule in self.rules if self._holds(rule, sign)), None)

    def witness_of(self, text: str) -> str | None:
        """Return the id of the witness that begins with this line."""
        folded = text.casefold()
        return next((one.id for one in self.profile.witness if folded.startswith(one.starts.casefold())), None)

    def _holds(self, rule: Rule, sign: Sign) -> bool:
        """Whether all conditions of a rule hold."""
        if rule.sign != sign.sign:
            return False
        inner = " ".join(sign.inner.split()).casefold()
        words = len(inner.split())
        scope: Scope = "declared" if sign.line >= self.declared_from else "undeclared"
        return all(
            (
                rule.scope in ("anywhere", scope),
                not rule.equals or inner in map(str.casefold, rule.equals),
                not rule.starts or inner.startswith(tuple(start.casefold() for start in rule.starts)),
                not rule.ends or inner.endswith(tuple(end.casefold() for end in rule.ends)),
                rule.looks is None or _SHAPES[rule.looks](sign.inner),
                rule.after is None or _PLACES[rule.after](sign.before),
                rule.min_words <= words,
                rule.max_words is None or words <= rule.max_words,
            )
        )


@cache
def packaged() -> tuple[Profile, ...]:
    """Return the profiles that come with scanfix, by name."""
    folder = files("scanfix.truth.importers").joinpath("profiles")
    found = [_read(entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda profile: profile.name))


def choose(wanted: str | None, lines: Sequence[str]) -> Chosen:
    """Return the profile that is asked for, else the one that the source declares, else the general one.

    Parameters
    ----------
    wanted
        Name of a packaged profile, or path of a TOML file.
    lines
        The source's lines. Signs count as declared from the line on which the last phrase of the declaration ends;
        where nothing is declared, everywhere.

    Raises
    ------
    SettingsError
        There is no such profile, or its file is malformed.
    """
    known = packaged()
    general = next(profile for profile in known if profile.name == GENERAL)
    if wanted is None:
        told = ((profile, _declared_from(profile, lines)) for profile in known if profile.when)
        profile, line = next(((one, line) for one, line in told if line is not None), (general, 1))
    else:
        profile = _asked(wanted, known)
        line = _declared_from(profile, lines) or 1
    rules = profile.rule if profile == general else (*profile.rule, *general.rule)
    return Chosen(profile=profile, rules=rules, declared_from=line)


def _asked(wanted: str, known: Sequence[Profile]) -> Profile:
    """Return the profile of that name or path."""
    named = next((profile for profile in known if profile.name == wanted), None)
    if named:
        return named
    if not wanted.endswith(".toml"):
        names = ", ".join(profile.name for profile in known)
        raise SettingsError(f'no profile "{wanted}". Known: {names}; or give the path of a TOML file.')
    try:
        return _read(wanted, Path(wanted).read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(f"{wanted}: cannot be read ({error}). Give the path of a profile.") from error


def _read(name: str, content: bytes) -> Profile:
    """Read a profile."""
    try:
        return Profile.model_validate(tomllib.loads(content.decode()))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(f"{name}: not a profile ({error}). The packaged ones are examples.") from error


def _declared_from(profile: Profile, lines: Sequence[str]) -> int | None:
    """Return the number of the line on which the last of the profile's phrases ends, ``None`` where one is missing."""
    text, ends = "", []
    for line in lines:
        folded = " ".join(line.split()).casefold()
        text += f"{folded} " if folded else ""
        ends.append(len(text))
    found = [[match.end() for one in spellings if (match := _phrase(one).search(text))] for spellings in profile.when]
    if not found or not all(found):
        return None
    last = max(min(places) for places in found)
    return next(number for number, end in enumerate(ends, start=1) if end >= last)


def _phrase(spelling: str) -> re.Pattern[str]:
    """Return what finds a phrase, whose ``…`` stands for some words of the same sentence."""
    return re.compile(_SOME_WORDS.join(re.escape(part.strip()) for part in spelling.casefold().split("…")))


def _follows_name(before: str) -> bool:
    """Whether a word with a capital and a space stand before."""
    last = _LAST_WORD.search(before)
    return last is not None and last[1][0].isupper()


def _follows_abbreviation(before: str) -> bool:
    """Whether a short word with two capitals or more and a space stand before."""
    last = _LAST_WORD.search(before)
    return last is not None and len(last[1]) <= 5 and sum(sign.isupper() for sign in last[1]) >= 2


_PLACES: Mapping[str, Callable[[str], bool]] = {
    "abbreviation": _follows_abbreviation,
    "digit": lambda before: before[-1:].isdecimal(),
    "name": _follows_name,
    "start": lambda before: not before.strip(),
}
