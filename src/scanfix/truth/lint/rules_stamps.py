"""Stamps whose words are nearly a known wording."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanfix.families import Family, Likeness, Wording, most_like
from scanfix.model.transcript import MASK, Element, Inline
from scanfix.truth.lint.findings import Rule
from scanfix.truth.lint.manuscript import NOTED, Manuscript, Passage, Spot, flat

# From here on a stamp is taken for a known one; below, it is another stamp.
_LIKE = 0.8
_BOXES = re.compile(r"[☐☑☒]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A stamp as it was transcribed, and the known wording it is most like."""

    passage: Passage
    printed: str
    like: Likeness


def _find(manuscript: Manuscript) -> Iterator[Spot]:
    """Find stamps that differ from the known wording, each beside its twin where the document has one that agrees."""
    readings = [reading for passage in manuscript.passages if (reading := _reading(passage, manuscript.families))]
    for reading in readings:
        if reading.like.share < 1:
            yield reading.passage.whole(
                message=f'{reading.like.share:.2f} like the known wording of "{reading.like.family.family}" '
                f'("{reading.like.wording.printed}"){_twin(reading, readings)}',
                suggestion="look at the image: keep what is there, and mark what the scan has lost",
            )


def _reading(passage: Passage, families: tuple[Family, ...]) -> _Reading | None:
    """Return a stamp's reading; ``None`` for what is no stamp, tells its gaps and slips itself, or is unknown."""
    if passage.block.kind != "stamp" and not _looks_stamped(passage):
        return None
    text = flat(tuple(_printed(passage.block.children)))
    like = most_like(_BOXES.sub(" ", text).split("\n"), families)
    is_careful = MASK in text or NOTED in text
    if like is None or is_careful or like.share < _LIKE:
        return None
    return _Reading(passage=passage, printed=" ".join(text.split()), like=like)


def _looks_stamped(passage: Passage) -> bool:
    """Whether a paragraph may be a stamp without a fence: some lines, all in capitals."""
    return passage.is_running and "\n" in passage.text and passage.text.isupper()


def _printed(children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Give what is printed, without what was filled in by hand or circled."""
    for child in children:
        if not (isinstance(child, Element) and child.name in ("handwriting", "circled")):
            yield child


def _twin(reading: _Reading, readings: list[_Reading]) -> str:
    """Say which other stamp of the family reads otherwise, and whether it is the known wording."""
    for other in readings:
        is_family = other.like.family.family == reading.like.family.family
        if is_family and other.printed != reading.printed:
            verdict = "which is the known wording" if other.like.share == 1 else "which differs from it too"
            return f'; the same stamp in {other.passage.seen_from(reading.passage)} reads "{other.printed}", {verdict}'
    return ""


# Only for the rule's own examples and their tests: the known stamps come with the manuscript.
EXAMPLES = (
    Family(
        family="tessin-copy",
        title="Copy of the Tessin harbour board",
        wording=(Wording(lines=("THIS IS A TRUE COPY", "HARBOUR BOARD OF TESSIN", "NO. {number}")),),
    ),
)

RULES = (
    Rule(
        name="stamp-wording",
        severity="warning",
        about="unknown",
        summary="A stamp reads nearly as a known one: check the image, never mend it from the known wording.",
        caught="::: stamp\nTHIS IS A TRUE COPY\nHARBOUR ROAD OF TESSIN\nNO. {hw:12}\n:::",
        left_alone="::: stamp\nTHIS IS A TRUE COPY\nHARBOUR BOARD OF TESSIN\nNO. {hw:12}\n:::",
        find=_find,
    ),
)
