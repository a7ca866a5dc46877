"""The classification markings that a transcript tells of, struck and active, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scanfix.model.transcript import Block, BlockKind, Element, Inline, Marking, Transcript
from scanfix.truth.views import parted, text_of

# Only there can an unstruck word be a marking; in running text "secret" is a word.
_PLACES: frozenset[BlockKind] = frozenset({"head", "foot", "classification", "stamp", "banner"})
# Furniture that holds other lines too (page numbers, running titles, dates): an unstruck line there is a marking when
# it begins with one of these (levels and caveats of the American, British, NATO, French and German services).
_MIXED: frozenset[BlockKind] = frozenset({"head", "foot"})
_WORDINGS = (
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "RESTRICTED",
    "UNCLASSIFIED",
    "OFFICIAL USE ONLY",
    "LIMITED OFFICIAL USE",
    "SECURITY INFORMATION",
    "EYES ONLY",
    "NOFORN",
    "NO FOREIGN DISSEM",
    "CONTROLLED DISSEM",
    "CONTINUED CONTROL",
    "COSMIC TOP SECRET",
    "NATO SECRET",
    "NATO CONFIDENTIAL",
    "NATO RESTRICTED",
    "MOST SECRET",
    "TRÈS SECRET",
    "TRES SECRET",
    "CONFIDENTIEL",
    "DIFFUSION RESTREINTE",
    "STRENG GEHEIM",
    "GEHEIM",
    "VERTRAULICH",
)  # fmt: skip
_UNSURE = ("strike uncertain",)


def markings(transcript: Transcript) -> tuple[Marking, ...]:
    """Return the markings of a page, from first to last.

    Struck words in furniture and stamps, all lines of a ``classification`` fence, and lines of heads and feet that
    have a marking's wording. A doubtful reading, or the note ``{>>ed: strike uncertain<<}``, leaves the status
    uncertain.
    """
    return tuple(
        replace(marking, text=" ".join(marking.text.split()))
        for block in transcript.blocks
        if block.kind in _PLACES
        for line in parted(block.children, "\n")
        for marking in _of_line(line, block)
    )


def is_wording(text: str) -> bool:
    """Whether a line of a head or foot is a marking; letter-spaced capitals count as a word."""
    letters = " ".join(text.split())
    spaced = letters.replace(" ", "")
    return any(letters == wording or (spaced == wording.replace(" ", "")) for wording in _WORDINGS)


def _of_line(line: Sequence[Inline], block: Block) -> Iterator[Marking]:
    """Give the markings of one line."""
    is_unsure = any(
        isinstance(child, Element) and child.name == "note" and "".join(map(str, child.children)) in _UNSURE
        for child in line
    )
    loose: list[Inline] = []
    for child in line:
        if isinstance(child, Element) and child.name == "struck":
            yield from _plain(loose, block, is_unsure=is_unsure)
            loose = []
            yield Marking(text=text_of(child.children), status="struck", block=block.kind)
        else:
            loose.append(child)
    yield from _plain(loose, block, is_unsure=is_unsure)


def _plain(line: Sequence[Inline], block: Block, *, is_unsure: bool) -> Iterator[Marking]:
    """Give the marking that the unstruck part of a line is, if it is one."""
    text = text_of(line)
    is_marking = bool(text) if block.kind == "classification" else block.kind in _MIXED and is_wording(text)
    if is_marking:
        is_doubtful = is_unsure or any(isinstance(child, Element) and child.name == "unclear" for child in line)
        yield Marking(text=text, status="uncertain" if is_doubtful else "active", block=block.kind)
