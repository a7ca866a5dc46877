"""Stamps that stand in a transcription as lines like any other, found by the wordings of known families."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.families import Family, Wording, most_like
from scanfix.model.transcript import Attributes, Element, Inline
from scanfix.truth.markings import is_wording
from scanfix.truth.walk import Parts

# Likeness from which a line, or a whole stamp, is taken for a known one: domain.md 1.5.
_ALIKE = 0.8
# Stamps have short lines; a longer one is compared whole.
_LONGEST_LINE = 60
# Of the lines ahead that may belong to a stamp, so many are looked at.
MOST_LINES = 12
_BOXES = str.maketrans("", "", "☐☑☒")
_FIELD = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stamp: its family, how many lines it takes, the content of each, and whether its wording is the known one."""

    family: str
    lines: tuple[tuple[Inline, ...], ...]
    is_whole: bool

    @property
    def attributes(self) -> Attributes:
        """What the stamp's fence says."""
        return (("family", self.family), *(() if self.is_whole else (("read", "partial"),)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line beside the line of a wording that it is like, if any: its content, and its printed words."""

    content: tuple[Inline, ...]
    printed: str


def find_stamp(lines: Sequence[str], families: Sequence[Family]) -> Found | None:
    """Return the known stamp that begins with the first of these lines; the longest where several do.

    Parameters
    ----------
    lines
        Lines without mark-up that follow one another, one of a page or one a paragraph.
    families
        Known stamps.
    """
    capitals = [line for line in lines[:MOST_LINES] if line]
    found = [
        stamp
        for family in families
        for wording in family.wording
        if (stamp := _compared(capitals, family, wording)) is not None
    ]
    return max(found, key=lambda one: len(one.lines), default=None)


def _compared(lines: Sequence[str], family: Family, wording: Wording) -> Found | None:
    """Lay lines beside a wording."""
    # A stamp whose first line has no word of the wording is not known; comparing all lines of a telegram takes long.
    is_near = bool(lines) and not set(lines[0].split()).isdisjoint(wording.printed.split())
    if not is_near or not _is_capital(lines[0]):
        return None
    beside, matched = _beside(lines, family, wording)
    share = _share([line.printed for line in beside], family, wording)
    if matched >= min(2, len(wording.lines)) or (beside and share >= _ALIKE):
        return Found(family=family.family, lines=tuple(line.content for line in beside), is_whole=share == 1)
    return None


def _beside(lines: Sequence[str], family: Family, wording: Wording) -> tuple[list[_Line], int]:
    """Return the lines that belong to a stamp of this wording, and how many of them it knows.

    One unknown line may stand between two known ones, or after the last where the wording would go on: stamps of one
    family differ by a line.
    """
    beside: list[_Line] = []
    waiting: list[_Line] = []
    matched = at = 0
    for line in lines:
        step, known = _next_known(line, family, wording, at)
        if known:
            beside += [*waiting, known]
            waiting, matched, at = [], matched + 1, at + step
        elif beside and not waiting and _is_stamp_line(line):
            waiting = [_Line(content=(line,), printed=line)]
        elif beside or not _is_whole_stamp(line, family, wording):
            break
        else:
            return [_Line(content=(line,), printed=line)], 0
    is_complete = at >= len(wording.lines)
    return (beside if is_complete else [*beside, *waiting]), matched


def _next_known(line: str, family: Family, wording: Wording, start: int) -> tuple[int, _Line | None]:
    """Find the line of a wording, from ``start`` on, that a line is like; say how far on it stands."""
    for step, pattern in enumerate(wording.lines[start:], start=1):
        content = _filled(line, pattern)
        if content is not None:
            printed = "".join(part for part in content if isinstance(part, str))
            return step, _Line(content=content, printed=printed)
        if len(line) <= _LONGEST_LINE and _share([line], family, Wording(lines=(pattern,))) >= _ALIKE:
            return step, _Line(content=(line,), printed=line)
    return 0, None


def _filled(line: str, pattern: str) -> tuple[Inline, ...] | None:
    """Return a line whose print is that of a pattern, with what stands in its fields as handwriting, else ``None``."""
    pieces = _FIELD.split(pattern)
    if not "".join(pieces[::2]).strip():
        return None
    parts = Parts()
    at = 0
    for index in range(0, len(pieces), 2):
        print_, field = pieces[index].strip(), pieces[index - 1] if index else ""
        start = line.find(print_, at) if print_ else len(line) if index else 0
        if start < 0 or (index == 0 and start > 0):
            return None
        for part in _fill(line[at:start], field):
            parts.add(part)
        parts.add(line[start : start + len(print_)])
        at = start + len(print_)
    return None if line[at:].strip() else parts.all()


def _fill(text: str, field: str) -> tuple[Inline, ...]:
    """Return what stands in a field: boxes and choices as they are, anything else in the hand that filled it in."""
    words = text.strip()
    if not words or ":" in field:
        return (text,)
    before, _, after = text.partition(words)
    return (before, Element(name="handwriting", children=(words,)), after)


def _share(lines: Sequence[str], family: Family, wording: Wording) -> float:
    """Return how like the printed words of some lines are to a wording, check boxes left out."""
    only = Family(family=family.family, title=family.title, wording=(wording,))
    likeness = most_like([line.translate(_BOXES) for line in lines], [only])
    return likeness.share if likeness and wording.printed else 0.0


def _is_whole_stamp(line: str, family: Family, wording: Wording) -> bool:
    """Whether one line holds all of a stamp."""
    return len(line) <= 2 * len(wording.printed) and _share([line], family, wording) >= _ALIKE


def _is_stamp_line(line: str) -> bool:
    """Whether a line could belong to a stamp: short, in capitals, no marking."""
    return len(line) <= _LONGEST_LINE and _is_capital(line) and not is_wording(line)


def _is_capital(line: str) -> bool:
    """Whether most letters of a line are capitals."""
    letters = [sign for sign in line if sign.isalpha()]
    return bool(letters) and sum(sign.isupper() for sign in letters) > len(letters) / 2
