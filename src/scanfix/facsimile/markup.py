r"""A small markup that keeps the press's prose legible in source code.

``_under_`` underlined, ``~~struck~~`` by a pen (``~~/rising~~`` and ``~~\falling~~`` slant), ``##overtyped##`` by
the typist, ``{(b)(3): withheld words}`` under a box with that code, ``|`` where a word may be divided, ``//`` where a
line ends.

Paragraphs are parted by empty lines and indented; ``=`` begins a heading in the middle, ``>`` a line at the right,
``<`` one at the left, ``:`` a text without indent, ``*`` one that hangs. A number after the sign is that of the blank
lines above: ``=3 HEADING``.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from scanfix.facsimile.document import SOFT_HYPHEN, Paragraph, Run
from scanfix.facsimile.marking import Stroke
from scanfix.model.mark import StrokeShape

_PIECES = re.compile(r"(~~.+?~~|##.+?##|_.+?_|\{.+?: .+?\})", re.DOTALL)
_OPENING = re.compile(r"([=<>:*])(\d*) ")
# Typists set a paragraph in by the five blanks of their tabulator's first stop.
_INDENT = 5
_KINDS: Mapping[str, Paragraph] = {
    "": Paragraph(runs=(), indent=_INDENT),
    "=": Paragraph(runs=(), kind="heading", alignment="centre"),
    ">": Paragraph(runs=(), alignment="right"),
    "<": Paragraph(runs=()),
    ":": Paragraph(runs=()),
    "*": Paragraph(runs=(), indent=_INDENT, hanging=_INDENT),
}
_SLANTS: dict[str, StrokeShape] = {"/": "rising", "\\": "falling"}


def paragraphs(text: str, *, blank: float) -> tuple[Paragraph, ...]:
    """Read paragraphs; ``blank`` lines stand above each that does not say how many."""
    return tuple(_paragraph(part, blank) for part in text.strip().split("\n\n"))


def runs(text: str) -> tuple[Run, ...]:
    """Read a paragraph; line breaks and repeated spaces of the source count as one space, ``//`` ends a line."""
    flat = " ".join(text.split()).replace("|", SOFT_HYPHEN).replace(" // ", "\n")
    return tuple(_run(piece) for piece in _PIECES.split(flat) if piece)


def _paragraph(text: str, blank: float) -> Paragraph:
    """Read one paragraph."""
    opening = _OPENING.match(text)
    sign, number = opening.groups() if opening else ("", "")
    rest = text[opening.end() :] if opening else text
    return replace(_KINDS[sign], runs=runs(rest), blank_before=float(number) if number else blank)


def _run(piece: str) -> Run:
    """Read one piece."""
    if not _PIECES.fullmatch(piece):
        return Run(text=piece)
    if piece.startswith("{"):
        code, _, words = piece[1:-1].partition(": ")
        return Run(text=words, style="withheld", code=code)
    if piece.startswith("_"):
        return Run(text=piece[1:-1], style="underlined")
    if piece.startswith("#"):
        return Run(text=piece[2:-2], style="overtyped")
    inner = piece[2:-2]
    shape = _SLANTS.get(inner[0], "horizontal")
    return Run(text=inner if shape == "horizontal" else inner[1:], style="struck", stroke=Stroke(shape=shape))
