"""The transcript of a pressed page: what a perfect reader would write down."""

from collections.abc import Iterator

from scanfix.facsimile.document import Run, Style
from scanfix.facsimile.marking import Edge, Fill, Print, Stamp, StampPart, Tick
from scanfix.facsimile.marks import InkedMarking
from scanfix.facsimile.record import InkedBlock, Printed
from scanfix.facsimile.typist import spans
from scanfix.model.transcript import Attributes, Block, Element, ElementName, Inline, Transcript

_ELEMENTS: dict[Style, ElementName] = {
    "underlined": "underline",
    "struck": "struck",
    "overtyped": "struck",
    "withheld": "redacted",
}
_EMPTY_BOX, _TICKED_BOX = "☐", "☒"
_WITHHELD = "[REDACTED]"


def transcript(printed: Printed) -> Transcript:
    """Return the page's blocks in logical order: banner, head, stamps, running text, foot, banner."""
    blocks = [*_banners(printed, "head"), *_markings(printed, "head")]
    blocks += [_stamp(inked.stamp, f"s{number}") for number, inked in enumerate(printed.stamps, start=1)]
    blocks += [_block(block) for block in printed.running]
    blocks += [*_markings(printed, "foot"), *_banners(printed, "foot")]
    return Transcript(page_id=printed.page_id, meta=_meta(printed), blocks=tuple(blocks))


def stamp_text(stamp: Stamp) -> str:
    """Return a stamp's text line by line, as the marks file has it."""
    return "\n".join("".join(_plain(inline) for inline in row) for row in _rows(stamp))


def _meta(printed: Printed) -> Attributes:
    """Return the front matter."""
    return (
        ("scan", printed.page_id.scan_id),
        ("page", str(printed.page_id.number)),
        ("languages", f"[{', '.join(printed.document.languages)}]"),
        ("production", "typewritten"),
        ("transcribed_by", "scanfix facsimile press"),
    )


def _banners(printed: Printed, edge: Edge) -> tuple[Block, ...]:
    """Return the release banners of an edge."""
    return tuple(
        Block(kind="banner", children=(banner.banner.text,)) for banner in printed.banners if banner.edge == edge
    )


def _markings(printed: Printed, edge: Edge) -> tuple[Block, ...]:
    """Return the markings of an edge; that there is none is said on purpose."""
    blocks = tuple(_marking(inked) for inked in printed.marking(edge))
    return blocks or (Block(kind=edge, is_absent=True),)


def _marking(inked: InkedMarking) -> Block:
    """Return a marking in its fence."""
    text: Inline = inked.marking.text
    if inked.stroke:
        text = Element(name="struck", attributes=_shape(inked.stroke.shape), children=(inked.marking.text,))
    return Block(kind=inked.marking.edge, children=(text,))


def _block(block: InkedBlock) -> Block:
    """Return a typed block, a line of the page in each line of text."""
    return Block(
        kind="pageno" if block.typed.kind == "page-number" else "paragraph",
        children=tuple(_joined(_inlines(block))),
        joins_previous=block.typed.joins_previous,
        joins_next=block.typed.joins_next,
    )


def _inlines(block: InkedBlock) -> Iterator[Inline]:
    """Give the elements of a block; a struck stretch ends with its line, for the pen starts anew there."""
    for number, row in enumerate(block.rows):
        if number:
            yield "\n"
        for run, text in spans(row.typed):
            yield _inline(run, text)


def _inline(run: Run, text: str) -> Inline:
    """Return a stretch of one run."""
    if run.style == "plain":
        return text
    attributes: Attributes = ()
    if run.style == "struck":
        attributes = _shape(run.stroke.shape)
    if run.style == "overtyped":
        attributes = (("by", "type"),)
    if run.style == "withheld":
        return Element(name="redacted", attributes=(("code", run.code),) if run.code else ())
    return Element(name=_ELEMENTS[run.style], attributes=attributes, children=(text,))


def _shape(shape: str) -> Attributes:
    """Name the shape of a stroke; a level one goes without saying."""
    return () if shape == "horizontal" else (("shape", shape),)


def _joined(inlines: Iterator[Inline]) -> Iterator[Inline]:
    """Join neighbouring strings."""
    text = ""
    for inline in inlines:
        if isinstance(inline, str):
            text += inline
            continue
        if text:
            yield text
        text = ""
        yield inline
    if text:
        yield text


def _stamp(stamp: Stamp, name: str) -> Block:
    """Return a stamp in its fence."""
    inlines: list[Inline] = []
    for number, row in enumerate(_rows(stamp)):
        inlines.extend(("\n", *row) if number else row)
    return Block(
        kind="stamp", attributes=(("family", stamp.family), ("id", name)), children=tuple(_joined(iter(inlines)))
    )


def _rows(stamp: Stamp) -> Iterator[tuple[Inline, ...]]:
    """Give the rows of a stamp; an empty field leaves nothing."""
    for row in stamp.rows:
        parts = [inline for part in row for inline in _part(part)]
        spaced: list[Inline] = []
        for number, inline in enumerate(parts):
            spaced.extend((" ", inline) if number else (inline,))
        yield tuple(spaced)


def _part(part: StampPart) -> tuple[Inline, ...]:
    """Return a part as it is transcribed."""
    if isinstance(part, Print):
        return (part.text,)
    if isinstance(part, Tick):
        return (_TICKED_BOX if part.is_ticked else _EMPTY_BOX,)
    if isinstance(part, Fill):
        return (Element(name="handwriting", children=(part.text,)),) if part.text else ()
    return (Element(name="redacted"),)


def _plain(inline: Inline) -> str:
    """Return the plain text of an inline."""
    if isinstance(inline, str):
        return inline
    return "".join(_plain(child) for child in inline.children) or _WITHHELD
