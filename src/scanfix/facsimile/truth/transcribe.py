"""The transcript of a pressed page: what a perfect reader would write down."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scanfix.facsimile.asked.document import Run, Style
from scanfix.facsimile.truth import stamp_truth
from scanfix.facsimile.truth.inlines import joined
from scanfix.facsimile.truth.marking_truth import (
    UNSURE,
    banner_blocks,
    edge_blocks,
    letterhead_blocks,
    note_blocks,
    placed,
    shape_attributes,
)
from scanfix.facsimile.truth.record import Printed
from scanfix.facsimile.typed.galley import TypedBlock, TypedRow, spans
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.model.transcript import Attributes, Block, Element, ElementName, Inline, Transcript

_ELEMENTS: dict[Style, ElementName] = {
    "underlined": "underline",
    "struck": "struck",
    "overtyped": "struck",
    "slashed": "struck",
    "doubled": "bold",
    "inserted": "inserted",
    "deleted": "deleted",
    "withheld": "redacted",
}

_SIC = Element(name="note", attributes=(("kind", "sic"),))
_PRINTED = Element(name="note", attributes=(("kind", "ed"),), children=("printed",))


def transcript(printed: Printed) -> Transcript:
    """Return the page's blocks in logical order: banner, head, stamps, running text, foot, banner."""
    blocks = [*banner_blocks(printed, "head"), *letterhead_blocks(printed), *edge_blocks(printed, "head")]
    if printed.running_head:
        blocks = [*(block for block in blocks if not block.is_absent), _block(printed.running_head)]
    blocks += stamp_truth.blocks(printed)
    blocks += placed(printed, tuple(_block(block) for block in printed.running if block is not printed.running_head))
    blocks += [*note_blocks(printed), *edge_blocks(printed, "foot"), *banner_blocks(printed, "foot")]
    return Transcript(page_id=printed.page_id, meta=_meta(printed), blocks=tuple(blocks))


def _meta(printed: Printed) -> Attributes:
    """Return the front matter."""
    return (
        ("scan", printed.page_id.scan_id),
        ("page", str(printed.page_id.number)),
        ("languages", f"[{', '.join(printed.document.languages)}]"),
        ("production", "typewritten"),
        ("transcribed_by", "scanfix facsimile press"),
    )


def _block(block: InkedBlock) -> Block:
    """Return a typed block, a line of the page in each line of text."""
    typed = block.typed
    children = tuple(_substituted(tuple(_noted(joined(_inlines(block))))))
    if block.strokes and typed.stroke:
        name = (("id", typed.stroke_id),) if typed.stroke_id else ()
        inner = tuple(joined(_unstruck(children)))
        children = (Element(name="struck", attributes=(*shape_attributes(typed.stroke.shape), *name), children=inner),)
    if typed.lost:
        lost = Element(name="lost", attributes=(("extent", typed.lost),))
        children = tuple(joined((lost, "\n", *children)))
    return Block(
        kind=typed.fence,
        attributes=(("label", typed.label),) if typed.fence == "footnote" and not typed.joins_previous else (),
        children=children,
        joins_previous=typed.joins_previous,
        joins_next=typed.joins_next,
    )


def _noted(children: Iterable[Inline]) -> Iterator[Inline]:
    """Say of typed square brackets that they stand on the page: a transcriber's look the same."""
    depth = 0
    for child in children:
        if not isinstance(child, str):
            yield child
            continue
        start = 0
        for at, sign in enumerate(child, start=1):
            depth += (sign == "[") - (sign == "]")
            if sign == "]" and depth == 0:
                yield from (child[start:at], _PRINTED)
                start = at
        if child[start:]:
            yield child[start:]


def _substituted(children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Give words that a hand deleted and those that it wrote beside them as one substitution."""
    at = 0
    while at < len(children):
        pair = (children[at], *children[at + 2 : at + 3]) if children[at + 1 : at + 2] == (" ",) else ()
        if [part.name for part in pair if isinstance(part, Element)] == ["deleted", "inserted"]:
            yield Element(name="substitution", children=pair)
            at += 3
        else:
            yield children[at]
            at += 1


def _unstruck(children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Give what stands inside a stroke through the whole: a stroke inside it goes without saying."""
    for child in children:
        if isinstance(child, Element) and child.name == "struck":
            yield from _unstruck(child.children)
        else:
            yield child


def _inlines(block: InkedBlock) -> Iterator[Inline]:
    """Give the elements of a block; a struck stretch ends with its line, for the pen starts anew there."""
    for number, (_, row) in enumerate(block.typed.lines):
        if number:
            yield "\n\n" if row.opens else "\n"
        for run, text in spans(row if number else _unsigned(block.typed, row)):
            if run.style == "struck" and run.stroke.coverage == "graze":
                yield from (f"{text} ", UNSURE)
            else:
                yield _inline(run, text)
                if run.is_slip:
                    yield _SIC


def _unsigned(typed: TypedBlock, first: TypedRow) -> TypedRow:
    """Return the first row of a block without the sign of a footnote, which stands in its label."""
    is_signed = typed.fence == "footnote" and not typed.joins_previous
    return replace(first, words=first.words[1:]) if is_signed else first


def _inline(run: Run, text: str) -> Inline:
    """Return a stretch of one run."""
    if run.is_underlined:
        return Element(name="underline", children=(text,))
    if run.style in ("plain", "spaced"):
        return text
    if run.style == "raised":
        return Element(name="reference", attributes=(("label", text),))
    if run.taken_back:
        return Element(name="inserted", children=tuple(_taken_back(text, run.taken_back)))
    attributes: Attributes = ()
    if run.style == "struck":
        attributes = shape_attributes(run.stroke.shape)
    if run.style in ("overtyped", "slashed"):
        attributes = (("by", "type"),)
    if run.style == "withheld":
        return Element(name="redacted", attributes=(("code", run.code),) if run.code else ())
    return Element(name=_ELEMENTS[run.style], attributes=attributes, children=(text,))


def _taken_back(text: str, words: str) -> Iterator[Inline]:
    """Give what a hand wrote, and in it what it struck again."""
    before, found, after = text.partition(words)
    inner = (Element(name="deleted", children=(found,)),) if found else ()
    yield from (part for part in (before, *inner, after) if part)
