"""Tables of counts with their intervals, for the console and for ``results.json``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scanfix.scoring.marks import wilson

NOTHING = "–"
Origin = Literal["real", "drawn", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, and its Wilson interval."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """The share, ``None`` of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval, ``None`` of nothing."""
        return wilson(self.part, self.whole)

    def __add__(self, other: "Share") -> "Share":
        """Return both together."""
        return Share(part=self.part + other.part, whole=self.whole + other.whole)

    def __str__(self) -> str:
        """``0.910 [0.85, 0.95] 91/100``."""
        if self.interval is None or self.rate is None:
            return NOTHING
        low, high = self.interval
        return f"{self.rate:.3f} [{low:.2f}, {high:.2f}] {self.part}/{self.whole}"


Cell = Share | str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One table: its origin says whether the pages are real or drawn; ``command`` makes it again."""

    title: str
    origin: Origin
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    command: str = ""
    note: str = ""

    def show(self, console: Console) -> None:
        """Print it, with its note and its command below."""
        # Brackets of intervals and commands are no markup.
        shown = Table(title=Text(f"{self.title} ({self.origin})"), title_justify="left", show_edge=False)
        for number, heading in enumerate(self.headings):
            shown.add_column(heading, justify="right" if number else "left", overflow="fold")
        for row in self.rows:
            shown.add_row(*(Text(_text(cell)) for cell in row))
        console.print(shown, *(Text(line, style="dim") for line in (self.note, self.command) if line), "", sep="\n")

    def record(self) -> dict[str, object]:
        """Return it as JSON has it; each row names its command."""
        return {
            "title": self.title,
            "origin": self.origin,
            "note": self.note,
            "rows": [
                {"command": self.command} | {name: _plain(cell) for name, cell in zip(self.headings, row, strict=True)}
                for row in self.rows
            ],
        }


def share(answers: Iterable[bool]) -> Share:
    """Count the answers that are yes."""
    counted = list(answers)
    return Share(part=sum(counted), whole=len(counted))


def f1(*, right: int, missed: int, alarms: int) -> float | None:
    """Return the harmonic mean of precision and recall, ``None`` where there was nothing to find and nothing found."""
    whole = 2 * right + missed + alarms
    return 2 * right / whole if whole else None


def mcnemar(ours: Sequence[bool], theirs: Sequence[bool]) -> float:
    """Return how likely two systems of equal worth differ that much on the same items: the exact two-sided p.

    Notes
    -----
    McNemar, Q. (1947), Note on the sampling error of the difference between correlated proportions, Psychometrika 12,
    153-157; the binomial form, for few discordant items.
    """
    better = sum(one and not other for one, other in zip(ours, theirs, strict=True))
    worse = sum(other and not one for one, other in zip(ours, theirs, strict=True))
    discordant = better + worse
    tail = sum(comb(discordant, count) for count in range(min(better, worse) + 1))
    return float(min(1.0, 2 * tail / 2**discordant))


def apart(one: Share, other: Share) -> str:
    """Say whether two intervals overlap."""
    if one.interval is None or other.interval is None:
        return NOTHING
    return "yes" if one.interval[0] > other.interval[1] or one.interval[1] < other.interval[0] else "no"


def chance(p: float) -> str:
    """Write a probability of chance."""
    return "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def _text(cell: Cell) -> str:
    """Write a cell for people."""
    if cell is None:
        return NOTHING
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def _plain(cell: Cell) -> object:
    """Write a cell for programs."""
    if isinstance(cell, Share):
        return {"part": cell.part, "whole": cell.whole, "rate": cell.rate, "wilson_95": cell.interval}
    return cell
