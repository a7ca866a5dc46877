"""A page as this workshop is given it, and how evidence is named."""

from dataclasses import dataclass

from scanfix.model.event import Sight
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import PageText

# Of the evidence that a detector gives for a field.
_FIELD = "field."


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """One page: its number in the scan, its marks in the upright frame, and what was read.

    ``height_px`` is that of the upright page, so that head and foot can be told apart; 0 where nobody knows.
    ``unsought`` are kinds of marks that no detector looked for: that none is there says nothing then.
    """

    number: int
    marks: tuple[Mark, ...]
    text: PageText | None = None
    height_px: int = 0
    unsought: frozenset[MarkKind] = frozenset()


def sights_of(mark: Mark, page: int) -> tuple[Sight, ...]:
    """Return the evidence of a mark: itself, and each field that says where it was read."""
    whole = Sight(page=page, mark_id=mark.mark_id, box=mark.box, confidence=mark.confidence)
    return (
        whole,
        *(
            Sight(page=page, mark_id=mark.mark_id, box=seen.box, confidence=seen.value, name=seen.name)
            for seen in mark.evidence
            if seen.name.startswith(_FIELD) and seen.box is not None
        ),
    )


def plain(text: str) -> str:
    """Bring a text to capitals and single spaces, signs of reading left out."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.upper()).split())


def brief(text: str, *, most: int = 120) -> str:
    """Bring a text to one line of bounded length."""
    line = " / ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
