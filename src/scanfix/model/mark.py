"""Marks on a page: what was observed, how sure, and on what evidence.

Observation is not interpretation: ``status`` says whether a stroke crosses the letters, never why.
"""

from dataclasses import dataclass, replace
from typing import Literal

from scanfix.model.geometry import Affine, Box, Quad
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance

MarkKind = Literal[
    "classification",
    "strikethrough",
    "stamp",
    "seal",
    "banner",
    "redaction",
    "exemption",
    "handwriting",
    "underline",
    "checkbox",
]
MarkStatus = Literal["struck", "active", "uncertain"]
StrokeShape = Literal["horizontal", "rising", "falling", "double", "x", "scribble", "bar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that was seen: its name, how strong (in its own unit), and where."""

    name: str
    value: float
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark on the upright page.

    ``confidence`` (0 to 1) is that of the mark being there; ``status`` and ``status_confidence`` speak of the stroke
    and are ``None`` for kinds that cannot be struck. ``text`` is the normalised reading (``"TOP SECRET"``), empty
    when nothing could be read; ``fields`` hold what a stamp or banner says, name by name. A field that cannot be read
    is absent, never filled from a template.
    """

    mark_id: str
    kind: MarkKind
    box: Box
    quad: Quad | None = None
    text: str = ""
    confidence: float
    status: MarkStatus | None = None
    status_confidence: float | None = None
    shape: StrokeShape | None = None
    fields: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    word_ids: tuple[str, ...] = ()

    def moved(self, way: Affine) -> "Mark":
        """Return the mark in another frame; a turned one keeps its corners, so that its box there is tight."""
        quad = way.turn(self.quad) if self.quad else None
        evidence = tuple(replace(entry, box=way.box(entry.box)) if entry.box else entry for entry in self.evidence)
        return replace(self, box=quad.box if quad else way.box(self.box), quad=quad, evidence=evidence)

    def field(self, name: str) -> str | None:
        """Return the field of that name, ``None`` where it was not read."""
        return dict(self.fields).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """The marks of one page, from top to bottom."""

    page_id: PageId
    marks: tuple[Mark, ...]
    provenance: Provenance
