"""Texts drawn from one transcript: what stands on the page, what its author meant, what an engine can see.

======================================  ===========  =======  ========  ========
what the notation says                  diplomatic   reading  as typed  body
======================================  ===========  =======  ========  ========
running text, columns, tables           in           in       in        in
footnotes, with their printed sign      in           in       in        in
furniture, stamps, handwritten blocks   in           out      out       out
struck, deleted                         in           out      in        in
inserted and written by hand            in           in       masked    masked
``[word?]``                             its word     its word its word  its word
illegible, lost, withheld, omitted      masked       masked   masked    masked
supplied, notes                         out          out      out       out
======================================  ===========  =======  ========  ========

A fifth view, furniture, has what stands around the text, by the rules of the diplomatic one.

Masked is what the page may show but the reference cannot say: a view for scoring holds ``MASK`` there, so that
whatever an engine read in that place is neither right nor wrong; the other views leave it empty. A line of a view is
a line of the page; an empty line stands between blocks, but not between the halves of one that a stamp or a footnote
parts (``⟶`` and ``⟵``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from scanfix.model.transcript import MASK, Block, BlockKind, Element, ElementName, Inline, Transcript

ViewName = Literal["diplomatic", "reading", "as_typed", "body", "furniture"]

_RUNNING: frozenset[BlockKind] = frozenset({"paragraph", "column", "table", "witness", "footnote"})
_FURNITURE: frozenset[BlockKind] = frozenset(
    {"head", "foot", "pageno", "catchword", "margin", "banner", "classification"}
)
_EVERYTHING: frozenset[BlockKind] = frozenset(get_args(BlockKind))


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a view leaves out, and what it hides behind a mask; everything else is in."""

    kinds: frozenset[BlockKind] = _RUNNING
    out: frozenset[ElementName] = frozenset({"supplied", "note"})
    masked: frozenset[ElementName] = frozenset({"illegible", "lost", "redacted", "omitted"})


_HAND: frozenset[ElementName] = frozenset({"inserted", "handwriting"})
_TYPED = _View(masked=_View().masked | _HAND)
_VIEWS: Mapping[ViewName, _View] = {
    "diplomatic": _View(kinds=_EVERYTHING),
    "reading": _View(out=_View().out | {"struck", "deleted"}),
    "as_typed": _TYPED,
    # The same rules as "as typed", asked for another reason: a pen's stroke leaves the letters for the engine to see,
    # and what a hand wrote it may or may not read.
    "body": _TYPED,
    "furniture": _View(kinds=_FURNITURE),
}


def diplomatic(transcript: Transcript) -> str:
    """Return everything on the page, in order, with what is struck."""
    return plain(for_scoring(transcript, "diplomatic"))


def reading(transcript: Transcript) -> str:
    """Return running text and footnotes as the author left them."""
    return plain(for_scoring(transcript, "reading"))


def as_typed(transcript: Transcript) -> str:
    """Return the text before any hand touched the page."""
    return plain(for_scoring(transcript, "as_typed"))


def body(transcript: Transcript) -> str:
    """Return the running text with struck words in: the default reference of the error rate."""
    return plain(for_scoring(transcript, "body"))


def furniture(transcript: Transcript) -> str:
    """Return what stands around the text: heads, feet, page numbers, margins, banners, with what is struck."""
    return plain(for_scoring(transcript, "furniture"))


def for_scoring(transcript: Transcript, view: ViewName) -> str:
    """Return a view with ``MASK`` wherever the reference cannot say what the page shows."""
    whole: list[str] = []
    is_open = False
    for block, text in by_block(transcript, view):
        between = "\n" if is_open and block.joins_previous else "\n\n"
        whole += (between, text) if whole else (text,)
        is_open = block.joins_next
    return "".join(whole)


def by_block(transcript: Transcript, view: ViewName) -> Iterator[tuple[Block, str]]:
    """Give the blocks that a view holds text of, and their text with ``MASK``."""
    wanted = _VIEWS[view]
    for block in transcript.blocks:
        text = _block(block, wanted) if block.kind in wanted.kinds else ""
        if text:
            yield block, text


def plain(text: str) -> str:
    """Return a view without its masks, and without the lines that held nothing else."""
    if MASK not in text:
        return text
    blocks = (_lines(block.replace(MASK, "")) for block in text.split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


def text_of(children: Sequence[Inline]) -> str:
    """Return everything that stands on the page in a stretch of text, on one line, gaps left empty."""
    return " ".join(shown(children).replace(MASK, "").split())


def shown(children: Sequence[Inline]) -> str:
    """Return everything that stands on the page in a stretch of text, ``MASK`` where it has gaps."""
    return _inline(children, _VIEWS["diplomatic"])


def parted(children: Sequence[Inline], sign: str) -> Iterator[tuple[Inline, ...]]:
    """Part the content of a block where its own strings hold ``sign``, such as a line break; elements stay whole."""
    part: list[Inline] = []
    for child in children:
        if not isinstance(child, str):
            part.append(child)
            continue
        first, *others = child.split(sign)
        part.append(first)
        for text in others:
            yield tuple(part)
            part = [text]
    yield tuple(part)


def _block(block: Block, view: _View) -> str:
    """Return the text of a block; a footnote starts with its printed sign."""
    label = block.attribute("label") if block.kind == "footnote" else None
    children = (f"{label} ", *block.children) if label else block.children
    texts = (_lines(_inline(part, view)) for part in parted(children, "\n\n"))
    return "\n\n".join(text for text in texts if text)


def _inline(children: Sequence[Inline], view: _View) -> str:
    """Return the text of strings and elements."""
    return "".join(
        child if isinstance(child, str) else _element(child, view, is_word=_stands_alone(children, index))
        for index, child in enumerate(children)
    )


def _stands_alone(children: Sequence[Inline], index: int) -> bool:
    """Whether no letter or digit touches an element, so that it begins and ends with whole words."""
    before, after = children[index - 1] if index else "", children[index + 1] if index + 1 < len(children) else ""
    touching = (before[-1:] if isinstance(before, str) else "") + (after[:1] if isinstance(after, str) else "")
    return not any(sign.isalnum() for sign in touching)


def _element(element: Element, view: _View, *, is_word: bool) -> str:
    """Return the text of an element; the old and the new of a substitution are two words where it ``is_word``."""
    if element.name in view.out:
        return ""
    if element.name in view.masked:
        return MASK
    if element.name == "reference":
        return element.attribute("label") or ""
    if element.name == "substitution" and is_word:
        return " ".join(_inline((part,), view) for part in element.children)
    text = _inline(element.children, view)
    # Where nothing is circled, the notation says so; the word is not on the page.
    return "" if element.name == "circled" and text == "none" else text


def _lines(text: str) -> str:
    """Tidy the spaces that left-out elements leave behind, and drop lines that are empty."""
    tidy = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in tidy if line)
