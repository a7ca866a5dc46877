"""The rules and words of ``data/*.txt``, read once.

A section ``[name words]`` lists words between commas, ``[name]`` templates, one a line. In a template

``$name``
    is replaced by one line or word of that section; ``$name+`` takes a noun's plural, ``$name:past`` the form in which
    the line's own verb stands;
``@name``
    is the same and becomes the subject with which what follows agrees; ``@!p`` sets it without a word;
``^verb``
    takes the form asked for;
``%its``
    is the pronoun or auxiliary that agrees with the subject;
``#name``
    is a number or a date;
``{a|b}``, ``[a]``
    are a choice and what may be left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, cast

from scanfix.errors import SettingsError

# One thing, several, a man, a woman, we, I.
Subject = Literal["s", "p", "m", "f", "w", "i"]
# Forms a rule may ask of its verb: "refuse to {sign}", "{signs}", "{signed}", "has {signed}", "by {signing}".
Form = Literal["base", "pres", "past", "pp", "ing"]

_HEADER = re.compile(r"\[([a-z_.]+)( words)?\]")
_LINE = re.compile(r"(?:(\d+)\* ?)?(?:([spmfwi]): )?(.*)")
_TOKEN = re.compile(
    r"(?P<sign>[$@])(?P<name>!?[a-z]+(?:\.[a-z0-9]+)*)(?P<plural>\+?)(?::(?P<form>base|pres|past|pp|ing))?"
    r"|\^(?P<verb>[a-z]+)|%(?P<about>it|its|is|was|has|does)\b|#(?P<figure>[a-z.]+[a-z])"
    r"|(?P<bracket>[{}|\[\]])|(?P<text>[^$@^%#{}|\[\]]+|.)"
)
# A line that asks for these can grow without end.
_GROWS = re.compile(r"\$(clause|tail)\b|(to|from|by) \$vp\.|that @actor \$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as they stand."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A line or word of a section; ``is_subject`` makes it that of what follows."""

    name: str
    is_subject: bool
    is_plural: bool
    form: Form | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """A verb in the form asked for, a pronoun or auxiliary of the subject, or a figure."""

    kind: Literal["verb", "about", "figure"]
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """One of several; one alternative alone may be left out."""

    alternatives: tuple[tuple["Node", ...], ...]


Node = Text | Slot | Agreeing | Either


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One template; ``subject`` is its number and person, ``grows`` says that it holds a clause of its own."""

    nodes: tuple[Node, ...]
    weight: int
    subject: Subject
    grows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All sections by name."""

    rules: Mapping[str, tuple[Line, ...]]
    lists: Mapping[str, tuple[str, ...]]

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a section."""
        return self.lists[name]


@lru_cache(maxsize=1)
def load() -> Grammar:
    """Read the package's own rules."""
    folder = resources.files("scanfix.facsimile.writing") / "data"
    names = ("lexicon.txt", "phrases.txt", "actions.txt", "sentences.txt", "registers.txt", "names.txt")
    return read("\n".join((folder / name).read_text(encoding="utf-8") for name in names))


def read(text: str) -> Grammar:
    """Read rules.

    Raises
    ------
    SettingsError
        A bracket that is not closed, or a slot without a section.
    """
    rules: dict[str, tuple[Line, ...]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, is_words, lines in _sections(text):
        if is_words:
            lists[name] = tuple(word.strip() for line in lines for word in line.split(",") if word.strip())
        else:
            rules[name] = tuple(_line(line) for line in lines)
    return Grammar(rules=rules, lists=lists)


def _sections(text: str) -> Iterator[tuple[str, bool, list[str]]]:
    """Part the text at its headers."""
    name, is_words, lines = "", False, list[str]()
    for line in text.splitlines():
        header = _HEADER.fullmatch(line)
        if header:
            if name:
                yield name, is_words, lines
            name, is_words, lines = header[1], bool(header[2]), []
        elif line and not line.startswith("# "):
            lines.append(line)
    if name:
        yield name, is_words, lines


def _line(line: str) -> Line:
    """Read one template."""
    weight, subject, text = re.match(_LINE, line).groups()  # type: ignore[union-attr]  # every part may be empty
    tokens = list(_TOKEN.finditer(text))[::-1]
    nodes = _nodes(tokens, line)
    if tokens:
        raise SettingsError(f"facsimile: the rule {line!r} closes a bracket that it did not open. Mend the rule.")
    return Line(
        nodes=nodes, weight=int(weight or 1), subject=cast("Subject", subject or "s"), grows=bool(_GROWS.search(text))
    )


def _nodes(tokens: list[re.Match[str]], line: str) -> tuple[Node, ...]:
    """Read nodes up to the end of an alternative; ``tokens`` are taken from the end."""
    nodes: list[Node] = []
    while tokens and tokens[-1]["bracket"] not in ("}", "]", "|"):
        token = tokens.pop()
        if token["bracket"]:
            nodes.append(_either(tokens, line, closing="}" if token["bracket"] == "{" else "]"))
        else:
            nodes.append(_node(token))
    return tuple(nodes)


def _either(tokens: list[re.Match[str]], line: str, *, closing: str) -> Either:
    """Read the alternatives of a bracket."""
    alternatives = [_nodes(tokens, line)]
    while tokens and tokens[-1]["bracket"] == "|":
        tokens.pop()
        alternatives.append(_nodes(tokens, line))
    if not tokens or tokens.pop()["bracket"] != closing:
        raise SettingsError(f"facsimile: the rule {line!r} lacks a {closing!r}. Mend the rule.")
    return Either(alternatives=tuple(alternatives) if closing == "}" else (alternatives[0],))


def _node(token: re.Match[str]) -> Node:
    """Read a node without brackets."""
    if token["name"]:
        return Slot(
            name=token["name"],
            is_subject=token["sign"] == "@",
            is_plural=bool(token["plural"]),
            form=cast("Form | None", token["form"]),
        )
    kinds: tuple[Literal["verb", "about", "figure"], ...] = ("verb", "about", "figure")
    for kind in kinds:
        if token[kind]:
            return Agreeing(kind=kind, word=token[kind])
    return Text(text=token["text"])
