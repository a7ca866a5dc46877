"""A stretch of a transcript file that knows where it stands, so that every complaint names line and column."""

from dataclasses import dataclass
from typing import NoReturn

import regex

from scanfix.errors import GroundTruthError
from scanfix.model.transcript import MASK

# What counts as white space at the ends of lines; anything else, such as a form feed, is text.
BLANK = " \t"
# Unicode's Stream-Safe Text Format (UAX 15) allows 30 marks on a letter; sorting thousands of them takes minutes.
_PILED_MARKS = regex.compile(r"\p{M}{31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A line of a file: its number and the column of its first character, both from 1."""

    number: int
    column: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return not self.text.strip(BLANK)

    def cut(self, length: int) -> "FileLine":
        """Return the line without its first characters."""
        return FileLine(number=self.number, column=self.column + length, text=self.text[length:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Lines that belong together, such as those of a paragraph."""

    file: str
    lines: tuple[FileLine, ...]

    @property
    def text(self) -> str:
        """The lines, joined by line breaks."""
        return "\n".join(line.text for line in self.lines)

    def place(self, at: int) -> str:
        """Return ``line 3, column 5`` for an offset in the text."""
        before = self.text[:at]
        line = self.lines[before.count("\n")]
        line_start = before.rfind("\n") + 1
        return f"line {line.number}, column {line.column + at - line_start}"

    def fail(self, at: int, message: str) -> NoReturn:
        """Raise a GroundTruthError that names the place."""
        raise GroundTruthError(f"{self.file}: {self.place(at)}: {message}")


def lines_of(text: str, file: str) -> tuple[FileLine, ...]:
    """Cut a file's text into lines; a byte order mark, carriage returns and white space at line ends go.

    Raises
    ------
    GroundTruthError
        The text holds the private-use sign that masks gaps in views, or a letter under a pile of marks.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _refuse(plain.find(MASK), plain, file, "the private-use character U+E000 masks gaps in views. Write another sign.")
    piled = None if plain.isascii() else _PILED_MARKS.search(plain)
    _refuse(piled.start() if piled else -1, plain, file, "more than 30 marks stand on one letter. Take some off.")
    return tuple(
        FileLine(number=number, column=1, text=line.rstrip(BLANK))
        for number, line in enumerate(plain.split("\n"), start=1)
    )


def _refuse(at: int, text: str, file: str, message: str) -> None:
    """Raise a GroundTruthError about a character of a file; ``at`` is negative where there is none."""
    if at >= 0:
        before = text[:at].split("\n")
        fail_at(file, FileLine(number=len(before), column=len(before[-1]) + 1, text=""), message)


def fail_at(file: str, line: FileLine, message: str) -> NoReturn:
    """Raise a GroundTruthError about the start of a line."""
    Source(file=file, lines=(line,)).fail(0, message)
