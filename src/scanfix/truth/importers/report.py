"""What an import gives: the pages, where each block stood in the source, and what was decided about every sign."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol
from unicodedata import normalize

from scanfix.families import Family
from scanfix.model.transcript import Attributes, Inline
from scanfix.truth.placed import PlacedDocument

Outcome = Literal["decided", "left", "dropped"]

SCHEMA = "scanfix.import/1"
# Their signs are mark-up to the last letter, such as <sup> or [illegible], and need not stand in the transcript.
MARKUP_RULES = frozenset({"citation-block", "entity", "notation", "tag", "word-note"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one sign of the source was taken for.

    ``line`` and ``column`` count from 1; ``sign`` is what stood there, ``meaning`` what it was taken for. ``decided``:
    the rule could tell; ``left``: it stands in the transcript as ``{>>ed: check: …<<}`` for a person; ``dropped``: it
    stands nowhere in the transcript, and ``sign`` holds all of it.
    """

    line: int
    column: int
    rule: str
    sign: str
    meaning: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A document from elsewhere.

    ``placed`` holds the source's lines and the lines on which each block stands there; its pages can be written and
    read back without loss. ``profile`` names the rules that told the meaning of ambiguous signs.
    """

    placed: PlacedDocument
    profile: str
    decisions: tuple[Decision, ...]


class Reader(Protocol):
    """Reads one format; a format without ambiguous signs has no use for profiles, nor one without stamps for families.

    Raises
    ------
    GroundTruthError
        The source cannot be read; nothing else is raised because of it.
    """

    def __call__(
        self, data: bytes, *, file: str, scan_id: str, profile: str | None, families: Sequence[Family]
    ) -> Imported:
        """Read a source."""
        ...


def report_json(imported: Imported) -> str:
    """Return the report of an import for machines."""
    content = {
        "schema": SCHEMA,
        "file": imported.placed.file,
        "profile": imported.profile,
        "pages": len(imported.placed.pages),
        "blocks": len(imported.placed.blocks),
        "counts": [
            {"rule": rule, "outcome": outcome, "count": count} for rule, outcome, count in _counts(imported.decisions)
        ],
        "decisions": [asdict(decision) for decision in _ordered(imported.decisions)],
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def report_text(imported: Imported) -> str:
    """Return the report of an import for people."""
    placed = imported.placed
    size = f"{_many(len(placed.pages), 'page')}, {_many(len(placed.blocks), 'block')}"
    lines = [
        f"{placed.file}: {size}, profile {imported.profile}",
        *(f"{count:>6} {outcome:<7} {rule}" for rule, outcome, count in _counts(imported.decisions)),
        *(
            f"{placed.file}:{one.line}:{one.column}: {one.outcome}: {one.rule}: {one.sign!r}: {one.meaning}"
            for one in _ordered(imported.decisions)
        ),
    ]
    return "\n".join(lines) + "\n"


def _many(count: int, name: str) -> str:
    """Say how many."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def unaccounted(text: str, imported: Imported) -> tuple[str, ...]:
    """Return the words of a source that its import neither holds nor says it dropped; none is the law.

    Parameters
    ----------
    text
        What the source says, as a person would read it.
    imported
        Its import. Words count in blocks, notes and front matter, in signs that were dropped, and in mark-up; a word
        also counts as part of a longer one, for signs may stand inside words.
    """
    said, held = Counter(_words(text)), Counter(_words_held(imported))
    longer = list((held - said).elements())
    missing = sorted((said - held).elements(), key=lambda word: (-len(word), word))
    return tuple(word for word in missing if not _take_from(longer, word))


def _words_held(imported: Imported) -> Iterator[str]:
    """Give every word that an import holds or says it dropped."""
    pages = imported.placed.pages
    yield from _words_of_attributes(pages[0].meta)
    for block in (block for page in pages for block in page.blocks):
        yield from _words_of_attributes(block.attributes)
        yield from _words_inside(block.children)
    for decision in imported.decisions:
        if decision.outcome == "dropped" or decision.rule in MARKUP_RULES:
            yield from _words(decision.sign)


def _take_from(longer: list[str], word: str) -> bool:
    """Take a word out of a longer one, if there is one that holds it; what is left of that stays."""
    for index, other in enumerate(longer):
        before, found, after = other.partition(word)
        if found:
            longer[index : index + 1] = [part for part in (before, after) if part]
            return True
    return False


def _ordered(decisions: Sequence[Decision]) -> list[Decision]:
    """Return decisions in the order of the source."""
    return sorted(decisions, key=lambda one: (one.line, one.column, one.rule, one.outcome, one.sign, one.meaning))


def _counts(decisions: Sequence[Decision]) -> list[tuple[str, Outcome, int]]:
    """Count decisions by rule and outcome."""
    counts = Counter((one.rule, one.outcome) for one in decisions)
    return [(rule, outcome, count) for (rule, outcome), count in sorted(counts.items())]


def _words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text."""
    return _WORD.findall(normalize("NFC", text))


def _words_inside(children: Sequence[Inline]) -> Iterator[str]:
    """Give the words of strings and elements, notes among them."""
    for child in children:
        if isinstance(child, str):
            yield from _words(child)
        else:
            yield from _words_of_attributes(child.attributes)
            yield from _words_inside(child.children)


def _words_of_attributes(attributes: Attributes) -> Iterator[str]:
    """Give the words that attributes hold."""
    for _, value in attributes:
        yield from _words(value)
