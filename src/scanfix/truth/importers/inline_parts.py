"""Strings and elements as importers make them: notes, gaps, and content as a block may hold it."""

import re
from collections.abc import Iterator, Sequence

from scanfix.model.transcript import Attributes, Element, Inline
from scanfix.truth.source import BLANK
from scanfix.truth.walk import Parts

_EMPTY_LINES = re.compile(r"\n{2,}")
_WORDS_LOST = re.compile(r"([1-9][0-9]{0,3})w\?")


def check(message: str) -> Element:
    """Return the note that leaves something for a person."""
    return Element(name="note", attributes=(("kind", "ed"),), children=(f"check: {message}",))


def note(kind: str, text: str) -> Element:
    """Return a note of the editor or the translator."""
    attributes: Attributes = (("kind", kind),)
    flat = " ".join(text.split())
    return Element(name="note", attributes=attributes, children=(flat,) if flat else ())


def gap(inner: str) -> Element | None:
    """Return what a bracket is that the notation has too and that holds no text of the page."""
    if set(inner) <= set(".… ") and ("…" in inner or inner.count(".") >= 3):
        return Element(name="omitted")
    words = _WORDS_LOST.fullmatch(inner)
    if inner == "?" or words:
        return Element(name="illegible", attributes=(("words", words[1]),) if words else ())
    name, _, rest = inner.partition(" ")
    if name == "REDACTED":
        return Element(name="redacted", attributes=(("code", rest),) if rest else ())
    if name == "lost:" and rest:
        return Element(name="lost", attributes=(("extent", rest),))
    return None


def undoubted(name: str, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take the question mark off a doubtful word: its element says it."""
    if name != "unclear" or not isinstance(children[-1], str):
        return children
    last = children[-1].rstrip().removesuffix("?")
    return (*children[:-1], last) if last else children[:-1]


def tidy(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return content as a block holds it: no white space at its ends or before a line end, no empty line."""
    parts = Parts()
    for child in _spaced(children):
        parts.add(child)
    found = list(parts.all())
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(f"{BLANK}\n")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(f"{BLANK}\n")
    return tuple(child for child in found if child)


def _spaced(children: Sequence[Inline]) -> Iterator[Inline]:
    """Give children without white space before line ends and without empty lines."""
    for child in children:
        if isinstance(child, str):
            *lines, last = child.split("\n")
            yield _EMPTY_LINES.sub("\n", "\n".join((*(line.rstrip(BLANK) for line in lines), last)))
        else:
            yield Element(name=child.name, attributes=child.attributes, children=tuple(_spaced(child.children)))
