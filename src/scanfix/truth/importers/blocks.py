"""What a source's chunks are, whatever its format: page numbers, exemption codes, stamps, markings, paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scanfix.families import Family
from scanfix.model.transcript import Inline
from scanfix.truth.importers.known_stamps import MOST_LINES, Found, find_stamp
from scanfix.truth.importers.markdown_chunks import DASHED_NUMBER, Chunk, bare
from scanfix.truth.source import FileLine
from scanfix.truth.walk import Parts

_NUMBER = re.compile(r"(?:(?:page|seite|blatt)\s+)?[0-9]{1,4}", re.IGNORECASE)
_EXEMPTION = re.compile(r"(?:\(b\)\s?\([0-9]\)|[0-9]\.[0-9]\s?\([a-z]\))(?:\s?\([0-9A-Za-z]\))*")
_EDGES = ("marking", "break")


def is_page_number(chunk: Chunk, before: Chunk | None, after: Chunk | None) -> bool:
    """Whether a chunk is a page's number: ``- 4 -``; a figure alone only at the edge of a page."""
    if len(chunk.lines) != 1:
        return False
    at_edge = any(other is not None and other.kind in _EDGES for other in (before, after))
    return bool(DASHED_NUMBER.fullmatch(chunk.text) or (at_edge and _NUMBER.fullmatch(chunk.text)))


def is_exemption(text: str) -> bool:
    """Whether a line is an exemption code alone, such as ``(b) (3)`` or ``3.3(h)(2)``."""
    return bool(_EXEMPTION.fullmatch(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class StampAhead:
    """A stamp, its lines, and what is left of the chunk in which it ends; ``chunks`` are those it takes or begins."""

    found: Found
    lines: tuple[FileLine, ...]
    chunks: int
    rest: Chunk | None


def stamp_ahead(chunks: Sequence[Chunk], start: int, families: Sequence[Family]) -> StampAhead | None:
    """Return the known stamp with which a chunk begins; it may take several chunks."""
    ahead = list(islice(_lines_ahead(chunks, start), MOST_LINES))
    found = find_stamp([bare(line.text) for _, line in ahead], families) if ahead and families else None
    if found is None:
        return None
    taken = ahead[: len(found.lines)]
    last = taken[-1][0]
    rest = chunks[last].lines[sum(index == last for index, _ in taken) :]
    return StampAhead(
        found=found,
        lines=tuple(line for _, line in taken),
        chunks=last + 1 - start,
        rest=Chunk(kind="text", lines=rest) if rest else None,
    )


def _lines_ahead(chunks: Sequence[Chunk], start: int) -> Iterator[tuple[int, FileLine]]:
    """Give the lines from a chunk on, each with the index of its chunk, up to what is no text."""
    for index in range(start, len(chunks)):
        if chunks[index].kind not in ("text", "heading"):
            return
        for line in chunks[index].lines:
            yield index, line


def in_lines(lines: Sequence[Sequence[Inline]]) -> tuple[Inline, ...]:
    """Return the content of several lines with line breaks between."""
    parts = Parts()
    for number, line in enumerate(lines):
        for part in (*(["\n"] if number else []), *line):
            parts.add(part)
    return parts.all()
