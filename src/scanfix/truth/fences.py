"""The opening line of a fence: ``::: stamp family=cia-reviewer id=s1 place="upper left"``."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from scanfix.model.transcript import Attributes, BlockKind
from scanfix.truth.source import BLANK, Source

_FENCE = ":::"
_ABSENT = "none"
_GAP, _NAME, _BARE = re.compile(r"[ \t]*"), re.compile(r"[^= \t]*"), re.compile(r"[^ \t]*")
_QUOTED, _ESCAPED = re.compile(r'"((?:[^"\\]|\\.)*)"'), re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an opening line says."""

    kind: BlockKind
    attributes: Attributes
    is_absent: bool


def is_name(text: str) -> bool:
    """Whether the text can name an attribute: a lower-case letter, then letters, digits, ``_`` and ``-``."""
    plain = text.replace("_", "").replace("-", "")
    return text.isascii() and plain.isalnum() and text == text.lower() and text[0].isalpha()


def read_opening(source: Source, kinds: tuple[BlockKind, ...]) -> Opening:
    """Read the opening line of a fence.

    Raises
    ------
    GroundTruthError
        The kind is unknown or an attribute malformed.
    """
    text = source.text
    word, _, rest = text.removeprefix(_FENCE).strip(BLANK).partition(" ")
    kind = next((kind for kind in kinds if kind == word), None)
    if kind is None:
        source.fail(0, f'expected ":::" and one of {", ".join(kinds)}; found "{word}".')
    is_absent = rest.split(" ")[0] == _ABSENT
    at = len(text) - len(rest) + (len(_ABSENT) if is_absent else 0)
    return Opening(kind=kind, attributes=_attributes(source, at), is_absent=is_absent)


def opening(kind: BlockKind, attributes: Attributes, *, is_absent: bool) -> str:
    """Return the opening line of a fence."""
    words = [
        _FENCE,
        kind,
        *([_ABSENT] if is_absent else []),
        *(f"{name}={_quoted(value)}" for name, value in attributes),
    ]
    return " ".join(words)


def _attributes(source: Source, at: int) -> Attributes:
    """Read ``key=value key="value with spaces"``."""
    text = source.text
    found: dict[str, str] = {}
    while (at := _end(_GAP, text, at)) < len(text):
        name = text[at : _end(_NAME, text, at)]
        if not is_name(name) or name in found or not text.startswith("=", at + len(name)):
            source.fail(at, 'expected name=value, each name once; values with spaces stand in "…".')
        value, at = _value(source, at + len(name) + 1)
        found[name] = normalize("NFC", value)
    return tuple(found.items())


def _value(source: Source, at: int) -> tuple[str, int]:
    """Return a value and the offset after it."""
    text = source.text
    if not text.startswith('"', at):
        end = _end(_BARE, text, at)
        if end == at or '"' in text[at:end]:
            source.fail(at, 'expected a value after "="; one that is empty or has spaces or quotes stands in "…".')
        return text[at:end], end
    quoted = _QUOTED.match(text, at)
    if not quoted:
        source.fail(at, "expected a closing quote on this line.")
    return _ESCAPED.sub(r"\1", quoted[1]), quoted.end()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a stretch ends; every pattern given here may be empty."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _quoted(value: str) -> str:
    """Quote a value where it must be."""
    if value and not set(value) & set(' \t"\\'):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
