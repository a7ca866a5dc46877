"""What one element adds to a pressed page, pixel by pixel; a helper, not a test."""

from dataclasses import replace

import numpy as np
from pressed import BARE, document, page_of

from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.asked.marking import Marking, Note, NoteKind, Redaction, Stroke, Thing, ThingKind
from scanfix.facsimile.press import Facsimile
from scanfix.model.geometry import Box

# Half of full ink: what a reader would call a dark pixel on bare paper.
_DARK = 128


def bare(skew_deg: float = 0.0, text: str = "Halm") -> Document:
    """Describe a page with one word of typing and nothing else."""
    return document(text, look=replace(BARE, skew_deg=skew_deg))


def pressed(described: Document, **changes: object) -> Facsimile:
    """Press a document with some of its elements changed."""
    return page_of(replace(described, **changes))  # type: ignore[arg-type]  # names and values are Document's own


def added(before: Facsimile, after: Facsimile, *, darker_by: int = _DARK) -> Box:
    """Return the box of the ink that one page has and the other has not."""
    darker = before.pixels.astype(int) - after.pixels.astype(int) >= darker_by
    rows, columns = np.nonzero(darker)
    return Box(left=int(columns.min()), top=int(rows.min()), right=int(columns.max()) + 1, bottom=int(rows.max()) + 1)


def gap(one: Box, other: Box) -> int:
    """Return how far the edges of two boxes lie apart, in pixels, at most."""
    return max(abs(a - b) for a, b in zip(one.edges, other.edges, strict=True))


def marking(**changes: object) -> Marking:
    """Describe a marking in the middle of the sheet's upper part, away from the typing."""
    plain = Marking(text="TOP SECRET", edge="cover", face="roman", capital_in=0.2, at_in=2.8, x_in=3.0)
    return replace(plain, **changes)  # type: ignore[arg-type]  # names and values are Marking's own


def struck(stroke: Stroke) -> Marking:
    """Describe a marking that is cancelled."""
    return marking(stroke=stroke)


def note(kind: NoteKind, **changes: object) -> Note:
    """Describe a note in the lower part of the sheet."""
    plain = Note(page=1, kind=kind, x_in=2.0, y_in=3.2, size_in=0.25)
    return replace(plain, **changes)  # type: ignore[arg-type]  # names and values are Note's own


def thing(kind: ThingKind, **changes: object) -> Thing:
    """Describe a thing in the lower part of the sheet."""
    plain = Thing(page=1, kind=kind, x_in=2.0, y_in=2.6, width_in=1.0, height_in=0.8)
    return replace(plain, **changes)  # type: ignore[arg-type]  # names and values are Thing's own


def redaction(**changes: object) -> Redaction:
    """Describe a box in the lower part of the sheet."""
    plain = Redaction(page=1, x_in=2.0, y_in=3.0, width_in=1.5, height_in=0.5)
    return replace(plain, **changes)  # type: ignore[arg-type]  # names and values are Redaction's own
