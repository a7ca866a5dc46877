"""What several documents of the collection share: markings in head and foot, sheets that lie askew."""

from collections.abc import Iterable
from dataclasses import replace

from scanfix.facsimile.asked.document import Flow, Paragraph
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Edge, Marking, Stroke


def marking(
    text: str,
    edge: Edge,
    stroke: Stroke | None = None,
    *,
    face: FaceName = "roman",
    capital_in: float = 0.22,
    at_in: float = 0.6,
) -> Marking:
    """Describe a line of a classification marking in the head or foot."""
    return Marking(text=text, edge=edge, face=face, capital_in=capital_in, at_in=at_in, stroke=stroke)


def tilted(look: Look, *skews_deg: float) -> tuple[Look, ...]:
    """Return the look once for each skew."""
    return tuple(replace(look, skew_deg=skew_deg) for skew_deg in skews_deg)


def double_spaced(flow: Iterable[Flow], *, leading: float) -> tuple[Flow, ...]:
    """Set the running text ``leading`` rows apart, a blank line of it above each paragraph left out."""
    return tuple(
        replace(part, leading=leading, blank_before=leading - 1)
        if isinstance(part, Paragraph) and part.kind == "paragraph"
        else part
        for part in flow
    )
