"""The journal of an import: every decision in it, and the source's lines with their white space accounted for."""

from bisect import bisect_right
from collections.abc import Sequence
from unicodedata import category, normalize

from scanfix.truth.importers.report import Decision, Outcome
from scanfix.truth.source import BLANK, FileLine, fail_at

_EXCERPT = 60
_MARK_OF_ORDER = "\ufeff"
# The only control characters that a text has a use for: tab, line end, carriage return, form feed.
_CONTROLS = frozenset("\t\n\r\f")
_HARD_BREAK = "  "


class Journal:
    """Collects decisions."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._decisions: list[Decision] = []

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided so far."""
        return tuple(self._decisions)

    def decided(self, line: FileLine, rule: str, sign: str, meaning: str) -> None:
        """Note that a rule could tell what a sign means."""
        self._add(line, rule, excerpt(sign), meaning, "decided")

    def left(self, line: FileLine, rule: str, sign: str, meaning: str) -> None:
        """Note that a sign is left for a person."""
        self._add(line, rule, excerpt(sign), meaning, "left")

    def dropped(self, line: FileLine, rule: str, sign: str, meaning: str) -> None:
        """Note that a sign stands nowhere in the transcript; it is noted whole."""
        self._add(line, rule, sign, meaning, "dropped")

    def markup(self, line: FileLine, rule: str, sign: str, meaning: str) -> None:
        """Note a sign that is mark-up to the last letter; it is noted whole."""
        self._add(line, rule, sign, meaning, "decided")

    def _add(self, line: FileLine, rule: str, sign: str, meaning: str, outcome: Outcome) -> None:
        """Put a decision down."""
        self._decisions.append(
            Decision(line=line.number, column=line.column, rule=rule, sign=sign, meaning=meaning, outcome=outcome)
        )


def excerpt(text: str) -> str:
    """Return a text on one line, its middle left out where it is long."""
    flat = " ".join(text.split())
    half = _EXCERPT // 2
    return flat if len(flat) <= _EXCERPT else f"{flat[:half].rstrip()} … {flat[-half:].lstrip()}"


class Passage:
    """Lines that belong together, and the place of every offset in their text."""

    def __init__(self, lines: Sequence[FileLine]) -> None:
        self.lines = tuple(lines)
        self.text = "\n".join(line.text for line in lines)
        self._starts = [0]
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line.text) + 1)

    def at(self, offset: int) -> FileLine:
        """Return the line of an offset, cut so that it starts there."""
        index = bisect_right(self._starts, offset) - 1
        return self.lines[index].cut(offset - self._starts[index])


def tidy_lines(text: str, journal: Journal) -> tuple[FileLine, ...]:
    """Cut a source into lines in Unicode's composed form; what goes with their white space is noted.

    Form feeds stay, each at the start of a line of its own, for the line that they stand in is parted there.

    Raises
    ------
    GroundTruthError
        The text holds control characters.
    """
    plain = text.removeprefix(_MARK_OF_ORDER)
    first = FileLine(number=1, column=1, text="")
    if plain != text:
        journal.dropped(first, "byte-order-mark", _MARK_OF_ORDER, "says that the file is UTF-8")
    if "\r" in plain:
        journal.dropped(first, "line-end", "\r", f"{plain.count(chr(13))} carriage returns at line ends")
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidy: list[FileLine] = []
    for number, line in enumerate(lines, start=1):
        tidy += _tidy_line(FileLine(number=number, column=1, text=line), journal, has_next=number < len(lines))
    _note_empty_lines(tidy, journal)
    return tuple(tidy)


def _tidy_line(line: FileLine, journal: Journal, *, has_next: bool) -> list[FileLine]:
    """Return a line, parted at form feeds, without white space at its ends."""
    _refuse_controls(line, journal.file)
    parts: list[FileLine] = []
    at = 0
    for number, text in enumerate(line.text.split("\f")):
        piece = line.cut(at)
        at += len(text) + 1
        if number:
            parts.append(FileLine(number=line.number, column=line.column + at - len(text) - 2, text="\f"))
        if text or not number:
            parts.append(_trimmed(FileLine(number=piece.number, column=piece.column, text=text), journal, has_next))
    return parts


def _trimmed(line: FileLine, journal: Journal, has_next: bool) -> FileLine:  # noqa: FBT001 - passed on
    """Return a line without white space at its ends, in Unicode's composed form."""
    text = line.text.lstrip(BLANK)
    indent = len(line.text) - len(text)
    if indent:
        journal.dropped(line, "white-space", line.text[:indent], "white space at the start of a line")
    bare = text.rstrip(BLANK)
    if bare != text:
        is_break = text.endswith(_HARD_BREAK) and bool(bare) and has_next
        meaning = "hard break: the line end is kept" if is_break else "white space at the end of a line"
        rule = "hard-break" if is_break else "white-space"
        journal.dropped(line.cut(indent + len(bare)), rule, text[len(bare) :], meaning)
    start = FileLine(number=line.number, column=line.column + indent, text=bare)
    composed = normalize("NFC", bare)
    if composed != bare:
        journal.decided(start, "composed-form", bare, "letters and their accents are written as one character")
    return FileLine(number=start.number, column=start.column, text=composed)


def _refuse_controls(line: FileLine, file: str) -> None:
    """Raise a GroundTruthError at a control character or half a surrogate pair."""
    for at, sign in enumerate(line.text):
        if category(sign) in ("Cc", "Cs") and sign not in _CONTROLS:
            fail_at(
                file,
                line.cut(at),
                f"U+{ord(sign):04X} is no character of a text. Is this a text file in UTF-8? Save it as one.",
            )


def _note_empty_lines(lines: Sequence[FileLine], journal: Journal) -> None:
    """Note empty lines beyond the one that parts paragraphs."""
    start: int | None = 0
    for index, line in enumerate([*lines, FileLine(number=len(lines) + 1, column=1, text=".")]):
        if line.text:
            is_edge = start == 0 or index == len(lines)
            spare = index - start - (not is_edge) if start is not None else 0
            if start is not None and spare > 0:
                journal.dropped(lines[start], "empty-lines", "\n" * spare, f"{spare} empty lines")
            start = None
        elif start is None:
            start = index
