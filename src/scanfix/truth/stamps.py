"""What the stamps of a page say, field by field, read by the wordings of their families (``truth.families``).

A line of the stamp is compared with the lines of the wording; printed words may be slightly misread, as a few letters
of a rubber stamp often are. Whatever stands at a placeholder's place is the field. Nothing is filled from the wording.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from scanfix.families import Family, Wording
from scanfix.model.transcript import MASK, Attributes, Block, Element, Inline, StampEvent, Transcript
from scanfix.truth.views import parted, shown, text_of

_PLACEHOLDER = regex.compile(r"\{(?P<name>[^}:]+)(?::(?P<kind>[^}]+))?\}")
_STATES = {"☐": "unchecked", "☒": "checked", "☑": "checked"}
_NO_BOXES = dict.fromkeys(map(ord, _STATES), " ")
_UNCLEAR = "unclear"
# A box stands on either side of its words and is taken off before; what is circled is among the words or after them.
_GROUPS = {"box": f"({MASK}?)", "choice": r"(\S*?)"}
_STOPS = ".:,;"
# Where a word follows a placeholder for a text.
_AFTER_FIELD = regex.compile(r"(?<=\{[a-z_]+\})\s+(?=\w)")
# One letter in so many may be misread; words shorter than that must be right.
_LETTERS_PER_ERROR = 8
# No stamp is as wide; longer lines are not compared.
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of a stamp: what is written on it without its boxes, their states, what is circled; gaps are ``MASK``."""

    text: str
    boxes: tuple[str, ...]
    circled: tuple[str, ...]


def stamps(transcript: Transcript, families: Sequence[Family]) -> tuple[StampEvent, ...]:
    """Return the stamps of a page in order.

    Parameters
    ----------
    transcript
        The page.
    families
        Known stamps (``families.read_families``); a stamp block names its own with ``family=``.
    """
    known = {family.family: family for family in families}
    return tuple(
        _event(block, known.get(block.attribute("family") or ""))
        for block in transcript.blocks
        if block.kind == "stamp" and not block.is_absent
    )


def _event(block: Block, family: Family | None) -> StampEvent:
    """Read one stamp."""
    rows = list(parted(block.children, "\n"))
    readings = [_fields(wording, rows) for wording in family.wording] if family else []
    # The wording that explains most of the stamp; of two alike, the first.
    _, fields = max(readings, key=lambda reading: reading[0], default=(0, ()))
    return StampEvent(
        block_id=block.attribute("id"),
        family=block.attribute("family"),
        lines=tuple(text for row in rows if (text := text_of(row))),
        fields=fields,
    )


def _fields(wording: Wording, rows: Sequence[Sequence[Inline]]) -> tuple[int, Attributes]:
    """Read a wording's fields; also say how many of its lines the stamp has."""
    waiting = [_line(row) for row in rows]
    fields: dict[str, str] = {}
    found = 0
    for printed in wording.lines:
        values = _take(printed, waiting)
        found += values is not None
        # What the wording has on one line may stand on two.
        for part in (printed,) if values is not None else _parts(printed):
            names = [placeholder["name"] for placeholder in _PLACEHOLDER.finditer(part)]
            read = values if values is not None else _take(part, waiting)
            fields.update(zip(names, read or [""] * len(names), strict=True))
    return found, tuple(fields.items())


def _parts(printed: str) -> list[str]:
    """Part a line of a wording before each word that follows a placeholder."""
    return [part for part in _AFTER_FIELD.split(printed) if part]


def _take(printed: str, waiting: list[_Line]) -> list[str] | None:
    """Take the first line off that a line of a wording fits, and return its fields' values; ``None`` if none fits."""
    pattern = _pattern(printed)
    for index, line in enumerate(waiting):
        match = pattern.fullmatch(line.text)
        if match:
            del waiting[index]
            return _values(printed, line, match.groups())
    return None


def _values(printed: str, line: _Line, groups: Sequence[str | None]) -> list[str]:
    """Return the value of each placeholder of a line, in order."""
    kinds = [placeholder["kind"] for placeholder in _PLACEHOLDER.finditer(printed)]
    boxes = iter(line.boxes if len(line.boxes) == kinds.count("box") else ())
    values = []
    for kind, group in zip(kinds, groups, strict=True):
        if kind == "box":
            values.append(next(boxes, _UNCLEAR if group else ""))
        else:
            value = " ".join(line.circled) if kind == "choice" else group or ""
            values.append("" if MASK in value else value)
    return values


@cache
def _pattern(printed: str) -> "regex.Pattern[str]":
    """Turn a line of a wording into a pattern with a group for each placeholder."""
    pattern, at = "", 0
    for placeholder in _PLACEHOLDER.finditer(printed):
        pattern += _words(printed[at : placeholder.start()]) + _GROUPS.get(placeholder["kind"] or "", "(.*?)")
        at = placeholder.end()
    return regex.compile(rf"{pattern}{_words(printed[at:])}\s*", regex.IGNORECASE)


def _words(printed: str) -> str:
    """Turn printed words into a pattern that a misread letter in so many does not spoil."""
    words = [regex.escape(word.strip(_STOPS)) for word in printed.split() if word.strip(_STOPS)]
    letters = sum(sign.isalnum() for sign in printed)
    errors = letters // _LETTERS_PER_ERROR
    gap = rf"[\s{_STOPS}]*"
    return f"{gap}(?:{gap.join(words)}){{s<={errors}}}{gap}" if words else gap


def _line(row: Sequence[Inline]) -> _Line:
    """Read a line of a stamp."""
    text = " ".join(shown(row).split())[:_LONGEST]
    return _Line(
        text=" ".join(text.translate(_NO_BOXES).split()),
        boxes=tuple(_boxes(row)),
        circled=tuple(" ".join(shown(one.children).split()) for one in _circled(row)),
    )


def _boxes(children: Sequence[Inline], *, is_doubtful: bool = False) -> Iterator[str]:
    """Give the states of the check boxes of a line; a doubtful one is unclear."""
    for child in children:
        if isinstance(child, Element):
            yield from _boxes(child.children, is_doubtful=is_doubtful or child.name == "unclear")
        else:
            yield from (_UNCLEAR if is_doubtful else _STATES[sign] for sign in child if sign in _STATES)


def _circled(children: Sequence[Inline]) -> Iterator[Element]:
    """Give what is circled on a line, ``{circled: none}`` included."""
    for child in children:
        if isinstance(child, Element):
            if child.name == "circled":
                yield child
            yield from _circled(child.children)
