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

    Attributes by name: struck has ``by``, ``shape`` and ``id``, which the parts of one stroke through several
    paragraphs share; illegible ``words``; lost ``extent``; redacted ``code``; note ``kind`` (tr, ed, sic); reference
    ``label``. A substitution holds one deleted and one inserted element. Struck, italic and bold never stand inside
    their own kind, and no element holds an empty line.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StampEvent:
    """What one stamp on the page says: an event with its fields, never a verdict on the document.

    ``lines`` are as printed, gaps left empty. ``fields`` follow the family's wording: what a hand or a dater filled
    in; ``checked``, ``unchecked`` or ``unclear`` for a box; what is circled, or ``none``, for a choice. A field that
    is not there or not legible is empty. A stamp of no known family has no fields.
    """

    block_id: str | None
    family: str | None
    lines: tuple[str, ...]
    fields: Attributes = ()

    def field(self, name: str) -> str | None:
        """Return the field of that name, ``None`` where the family has none such."""
        return dict(self.fields).get(name)


RedactionExtent = Literal["block", "inline", "margin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A withheld area, or an exemption code alone in the margin.

    ``code`` is as printed, ``codes`` the same in canonical form, ``(b)(3)``; both are empty where none is printed.
    ``margin_id`` names the margin block that gives the code, where it has an id.
    """

    block_id: str | None
    block: BlockKind
    extent: RedactionExtent
    code: str = ""
    codes: tuple[str, ...] = ()
    margin_id: str | None = None
