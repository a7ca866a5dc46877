"""A stretch of a transcript file that knows where it stands, so that every complaint names line and column."""

from dataclasses import dataclass
from typing import NoReturn

from scanfix.errors import GroundTruthError

# What counts as white space at the ends of lines; anything else, such as a form feed, is text.
BLANK = " \t"


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


def lines_of(text: str) -> tuple[FileLine, ...]:
    """Cut a file's text into lines; a byte order mark, carriage returns and white space at line ends go."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(
        FileLine(number=number, column=1, text=line.rstrip(BLANK))
        for number, line in enumerate(plain.split("\n"), start=1)
    )


def fail_at(file: str, line: FileLine, message: str) -> NoReturn:
    """Raise a GroundTruthError about the start of a line."""
    Source(file=file, lines=(line,)).fail(0, message)
