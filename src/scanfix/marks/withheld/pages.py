"""Lines that tell of whole pages left out: ``Next 3 Page(s) In Document Exempt``."""

import re
from collections.abc import Sequence

from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark
from scanfix.model.text import Line

# A one is read as l or I, a five as S.
_AS_DIGITS = str.maketrans("lI|OSZB", "1110528")
_NEXT = re.compile(
    r"N[eo]xt\s*([\dlI|OSZB]{1,3})\s*Pages?\W{0,2}(?:[s5]\W{0,2})?\s*[Il1]n\s*(?:This\s*)?D[oe]cument\s*(?:[Il1]s\s*|Are\s*)?"
    r"(Exempt|Denied|Withheld)",
    re.IGNORECASE,
)


def left_out(lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return a redaction for each line that tells of pages left out."""
    return tuple(mark for line in lines if (mark := _mark(line)))


def _mark(line: Line) -> Mark | None:
    """Write a line as a redaction of whole pages, ``None`` where it says something else."""
    match = _NEXT.search(line.text)
    number = match.group(1).translate(_AS_DIGITS) if match else ""
    if not match or not number.isdigit() or int(number) == 0:
        return None
    box = Box.around(_words(line, *match.span()))
    sure = line.confidence
    return Mark(
        mark_id="",
        kind="redaction",
        box=box,
        text=match.group(),
        confidence=sure,
        fields=(("style", "pages"), ("pages", str(int(number)))),
        evidence=tuple(Evidence(name=f"field.{name}", value=sure, box=box) for name in ("style", "pages")),
    )


def _words(line: Line, start: int, end: int) -> list[Box]:
    """Return the boxes of the words between two places of a line's text."""
    boxes, at = [], 0
    for word in line.words:
        if at < end and at + len(word.text) > start:
            boxes.append(word.box)
        at += len(word.text) + 1
    return boxes
