"""What the linter says: rules, the spots that they find, and findings, which are spots under a rule's name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scanfix.truth.lint.manuscript import Manuscript, Spot

Severity = Literal["error", "warning", "note"]
# Whose slip it is. One of the document is kept and marked {>>sic<<}, one of the transcriber is mended; "unknown" is
# for the image to decide.
About = Literal["document", "transcriber", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing the linter looks for, and two texts that show it: one that it catches and one that it leaves alone.

    ``find`` is ``None`` for what the parser finds before any rule can.
    """

    name: str
    severity: Severity
    about: About
    summary: str
    caught: str
    left_alone: str
    find: Callable[[Manuscript], Iterator[Spot]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place to look at; line and column count from 1, ``end_line`` is the last line of what is meant."""

    rule: str
    severity: Severity
    about: About
    file: str
    line: int
    column: int
    end_line: int
    excerpt: str
    message: str
    suggestion: str


def finding(rule: Rule, spot: Spot) -> Finding:
    """Put a spot under the name of its rule."""
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        about=rule.about,
        file=spot.file,
        line=spot.line,
        column=spot.column,
        end_line=spot.end_line,
        excerpt=spot.excerpt,
        message=spot.message,
        suggestion=spot.suggestion,
    )
