"""A small markup that keeps the press's prose legible in source code; ``markup_runs`` reads what is in its lines.

Paragraphs are parted by empty lines and indented, unless they begin with a sign.

``=`` begins a heading in the middle, ``>`` a line at the right, ``<`` one at the left, ``:`` a text without indent,
``*`` one that hangs, ``"`` a quotation set in on both sides. A number after the sign is that of the blank lines above:
``=3 HEADING``. ``~x `` before all that crosses the paragraph out, ``~- `` strikes each of its lines; those with one
number (``~x1 ``) are cancelled together. ``[^1]: text`` is a footnote.

Lines ``| a | b |`` are a table (``|---|---|`` under its first row makes that its head), ``@3`` alone leaves three rows,
``===`` alone begins a sheet, ``[[`` and ``]]`` alone hold columns that ``||`` parts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scanfix.facsimile.asked.document import Alignment, Columns, Flow, Gap, Paragraph, Table
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.asked.markup_runs import fail, runs
from scanfix.model.mark import StrokeShape

__all__ = ["paragraphs", "runs"]

_OPENING = re.compile(r"([=<>:*\"])(\d*) ")
_CANCELLED = re.compile(r"~([x-])(\d*) ")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]: ")
_GAP = re.compile(r"@(\d+(?:\.\d+)?)")
_HEAD_RULE = re.compile(r"\|(?:-+\|)+")
_NUMBER = re.compile(r"[-–—$£(]*[\d.,]*[%)]*")
_SHAPES: Mapping[str, StrokeShape] = {"x": "x", "-": "horizontal"}
# Typists set a paragraph in by the five blanks of their tabulator's first stop.
_INDENT = 5
# Blanks between the widest cells of a table's columns.
_CELL_GAP = 4
_KINDS: Mapping[str, Paragraph] = {
    "": Paragraph(runs=(), indent=_INDENT),
    "=": Paragraph(runs=(), kind="heading", alignment="centre"),
    ">": Paragraph(runs=(), alignment="right"),
    "<": Paragraph(runs=()),
    ":": Paragraph(runs=()),
    "*": Paragraph(runs=(), indent=_INDENT, hanging=_INDENT),
    '"': Paragraph(runs=(), indent=2 * _INDENT, hanging=_INDENT, inset=_INDENT),
}


def paragraphs(text: str, *, blank: float, quote_leading: float = 1.0) -> tuple[Flow, ...]:
    """Read a text.

    Parameters
    ----------
    blank
        Blank lines above each paragraph that does not say how many.
    quote_leading
        Distance of the lines of quotations, footnotes and tables, in rows of the machine: 0.5 where it stands at
        double spacing.

    Raises
    ------
    SettingsError
        The markup is malformed; the message has the place.
    """
    parts = [part.strip("\n") for part in text.strip().split("\n\n") if part.strip()]
    return tuple(_Reader(parts, blank=blank, leading=quote_leading).read())


class _Reader:
    """Reads parts of a text one after the other."""

    def __init__(self, parts: Sequence[str], *, blank: float, leading: float) -> None:
        self._parts = list(parts)
        self._at = 0
        self._blank = blank
        self._leading = leading

    def read(self) -> Iterator[Flow]:
        """Read all parts."""
        while self._at < len(self._parts):
            yield self._flow()

    def _flow(self) -> Flow:
        """Read what begins at the next part."""
        part = self._next()
        gap = _GAP.fullmatch(part)
        if gap:
            return Gap(rows=float(gap[1]), blank_before=self._blank)
        if part == "===":
            return replace(self._paragraph(self._next(after=part)), starts_sheet=True)
        if part == "[[":
            return self._columns()
        if part.startswith("|"):
            return self._table(part)
        return self._paragraph(part)

    def _next(self, *, after: str = "") -> str:
        """Take the next part."""
        if self._at == len(self._parts):
            raise fail(after, "a paragraph must follow. Add one, or leave the sign out.")
        self._at += 1
        return self._parts[self._at - 1]

    def _paragraph(self, part: str) -> Paragraph:
        """Read one paragraph."""
        if part in ("]]", "||", "|>", "[[", "==="):
            raise fail(part, 'it stands alone. Columns are "[[", parts with "||" between, "]]".')
        note = _FOOTNOTE.match(part)
        if note:
            text = runs(part[note.end() :])
            return Paragraph(runs=text, kind="footnote", label=note[1], blank_before=0.0, leading=self._leading)
        cancelled = _CANCELLED.match(part)
        if cancelled:
            rest = self._paragraph(part[cancelled.end() :])
            name = f"k{cancelled[2]}" if cancelled[2] else ""
            return replace(rest, stroke=Stroke(shape=_SHAPES[cancelled[1]]), stroke_id=name)
        opening = _OPENING.match(part)
        sign, number = opening.groups() if opening else ("", "")
        rest_of = part[opening.end() :] if opening else part
        return replace(
            _KINDS[sign],
            runs=runs(rest_of),
            blank_before=float(number) if number else self._blank,
            leading=self._leading if sign == '"' else 1.0,
        )

    def _columns(self) -> Columns:
        """Read columns up to their end."""
        parts: list[list[Paragraph]] = [[]]
        is_joined = False
        part = self._next(after="[[")
        while part != "]]":
            if part in ("||", "|>"):
                is_joined = is_joined or part == "|>"
                parts.append([])
            else:
                parts[-1].append(self._paragraph(part))
            part = self._next(after="[[")
        if not all(parts):
            raise fail("[[", "a column holds nothing. Give each part a paragraph.")
        return Columns(parts=tuple(tuple(column) for column in parts), blank_before=self._blank, is_joined=is_joined)

    def _table(self, part: str) -> Table:
        """Read a table: columns as wide as their widest cell, numbers flush right."""
        lines = part.split("\n")
        has_head = len(lines) > 1 and _HEAD_RULE.fullmatch(lines[1].strip()) is not None
        if has_head:
            lines = [lines[0], *lines[2:]]
        rows = tuple(_cells(line, part) for line in lines)
        if len({len(row) for row in rows}) > 1:
            raise fail(part, "the rows of a table have as many cells. Add the missing ones, empty if need be.")
        alignments = tuple(_alignment(column[has_head:]) for column in zip(*rows, strict=True))
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        lefts = [sum(widths[:place]) + _CELL_GAP * place for place in range(len(widths))]
        return Table(
            rows=rows,
            starts=tuple(
                left + width if alignment == "right" else left
                for left, width, alignment in zip(lefts, widths, alignments, strict=True)
            ),
            alignments=alignments,
            has_head=has_head,
            blank_before=self._blank,
            leading=self._leading,
        )


def _cells(line: str, place: str) -> tuple[str, ...]:
    """Read the cells of a row."""
    line = line.strip()
    if not (line.startswith("|") and line.endswith("|") and len(line) > 1):
        raise fail(place, f'the row "{line}" of a table does not begin and end with "|". Add the sign.')
    return tuple(" ".join(cell.split()) for cell in line[1:-1].split("|"))


def _alignment(cells: Sequence[str]) -> Alignment:
    """Return how a column is set: numbers flush right."""
    is_number = all(_NUMBER.fullmatch(cell) for cell in cells) and any(cells)
    return "right" if is_number else "left"
