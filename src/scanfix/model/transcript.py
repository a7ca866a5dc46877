"""A page as a person would write it down: blocks in logical reading order, inline elements as a tree.

The notation (``truth.notation``) is the written form of these values.
"""

from dataclasses import dataclass
from typing import Literal, Union

from scanfix.model.mark import MarkStatus
from scanfix.model.page import PageId

# "paragraph" is running text; every other kind stands in a fence of its own.
BlockKind = Literal[
    "paragraph",
    "head",
    "foot",
    "pageno",
    "catchword",
    "margin",
    "banner",
    "stamp",
    "classification",
    "footnote",
    "handwriting",
    "table",
    "column",
    "witness",
]
ElementName = Literal[
    "struck",
    "inserted",
    "deleted",
    "substitution",
    "handwriting",
    "unclear",
    "illegible",
    "supplied",
    "omitted",
    "lost",
    "redacted",
    "note",
    "reference",
    "underline",
    "italic",
    "bold",
    "circled",
]

# Stands in a view for what cannot be known from the page (illegible, lost, withheld): the scorer leaves out whatever
# was read there. A private-use character, which no engine reads and no keyboard types.
MASK = "\ue000"

Attributes = tuple[tuple[str, str], ...]
# A string may hold line breaks: a line of the file is a line of the page.
Inline = Union[str, "Element"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Something inside running text, such as a struck word: ``name`` says what, ``children`` what it holds.

    Attributes by name: struck has ``by`` and ``shape``; illegible ``words``; lost ``extent``; redacted ``code``; note
    ``kind`` (tr, ed, sic); reference ``label``. A substitution holds one deleted and one inserted element. Struck,
    italic and bold never stand inside their own kind, and no element holds an empty line.
    """

    name: ElementName
    attributes: Attributes = ()
    children: tuple[Inline, ...] = ()

    def attribute(self, name: str) -> str | None:
        """Return the attribute of that name, ``None`` where it is not given."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a fence.

    ``joins`` say that its sentence runs over the page's start or end; ``is_absent`` says on purpose that the page has
    no such block. Neighbouring strings are one string, none is empty, and no line ends in white space; only a fence
    may hold empty lines.
    """

    kind: BlockKind
    attributes: Attributes = ()
    children: tuple[Inline, ...] = ()
    joins_previous: bool = False
    joins_next: bool = False
    is_absent: bool = False

    def attribute(self, name: str) -> str | None:
        """Return the attribute of that name, ``None`` where it is not given."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The transcript of one page; ``meta`` is the front matter, name by name, in order."""

    page_id: PageId
    meta: Attributes = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A marking's wording, whether it is struck, and the kind of block in which it stands."""

    text: str
    status: MarkStatus
    block: BlockKind
