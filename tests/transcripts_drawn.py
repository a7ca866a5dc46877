"""Transcripts drawn at random, and a reader of notation, for the tests of the notation; a helper, not a test."""

import re
from typing import get_args
from unicodedata import normalize

from hypothesis import strategies as st

from scanfix.model.page import PageId
from scanfix.model.transcript import (
    Attributes,
    Block,
    BlockKind,
    Element,
    ElementName,
    Inline,
    Transcript,
)
from scanfix.truth import notation

PAGE = PageId(scan_id="memo", number=2)

# Letters, and everything that means something to the notation.
NASTY = st.sampled_from(
    [*"abw3é\u0338 ~*[]{}<>\\:^?+-|#_…⟵⟶☒'\"\n", "\n---\n", ":::", "<!--", "lost:", "REDACTED", "**", "~~", "u>"]
)
SIMPLE: tuple[ElementName, ...] = (
    "inserted", "deleted", "handwriting", "circled", "supplied", "underline", "unclear", "struck", "italic", "bold",
)  # fmt: skip
TWINS = {"struck", "italic", "bold"}
STROKES: tuple[Attributes, ...] = (
    (),
    (("by", "type"),),
    (("shape", "x"),),
    (("by", "type"), ("shape", "double")),
    (("shape", "x"), ("id", "k-1")),
)
VALUES = st.text(st.sampled_from([*'ab=" \\:é(3)']), max_size=6)
NAMES = st.sampled_from(["id", "family", "read", "x-1", "label"])


def element(name: ElementName, *children: Inline, **attributes: str) -> Element:
    return Element(name=name, attributes=tuple(attributes.items()), children=children)


def leaves(*, paragraphs: bool = False) -> st.SearchStrategy[str]:
    """Draw text whose lines do not end in white space; no empty line, but in fences."""
    most = 2 if paragraphs else 1
    return (
        st.lists(NASTY, min_size=1, max_size=8)
        .map("".join)
        .map(lambda text: re.sub(r" +\n", "\n", normalize("NFC", text)))
        .map(lambda text: re.sub(r"\n{2,}", "\n" * most, text))
        .filter(bool)
    )


def collapsed() -> st.SearchStrategy[str]:
    """Draw text on one line with single spaces, as codes and extents are."""
    return leaves().map(lambda text: " ".join(text.split()))


def gaps() -> st.SearchStrategy[Element]:
    """Draw elements that hold no text."""
    return st.one_of(
        st.sampled_from([Element(name=name) for name in ("illegible", "omitted", "redacted", "lost")]),
        st.integers(2, 30).map(lambda n: Element(name="illegible", attributes=(("words", str(n)),))),
        collapsed().filter(bool).map(lambda text: Element(name="lost", attributes=(("extent", text),))),
        collapsed().filter(bool).map(lambda text: Element(name="redacted", attributes=(("code", text),))),
        st.sampled_from(["1", "*", "**", "†"]).map(lambda sign: element("reference", label=sign)),
        st.builds(
            lambda kind, text: Element(name="note", attributes=(("kind", kind),), children=(text,)),
            st.sampled_from(["tr", "ed"]), leaves(),
        ),
        st.just(Element(name="note", attributes=(("kind", "sic"),))),
    )  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, depth: int, outside: frozenset[str]) -> Element:
    """Draw an element; struck, italic and bold do not stand inside their own kind."""
    if depth == 0 or draw(st.booleans()):
        return draw(gaps())
    if draw(st.integers(0, 5)) == 0:
        old, new = (draw(inlines(depth - 1, outside)) for _ in range(2))
        parts = (Element(name="deleted", children=old), Element(name="inserted", children=new))
        return Element(name="substitution", children=parts)
    name = draw(st.sampled_from([name for name in SIMPLE if name not in outside]))
    inside = outside | ({name} & TWINS)
    children = draw(inlines(depth - 1, inside))
    return Element(name=name, attributes=draw(st.sampled_from(STROKES)) if name == "struck" else (), children=children)


@st.composite
def inlines(
    draw: st.DrawFn, depth: int = 3, outside: frozenset[str] = frozenset(), *, paragraphs: bool = False
) -> tuple[Inline, ...]:
    """Draw strings and elements in which no two strings are neighbours."""
    drawn = draw(st.lists(st.one_of(leaves(paragraphs=paragraphs), elements(depth, outside)), max_size=4))
    kept: list[Inline] = []
    for part in drawn:
        if not (isinstance(part, str) and kept and isinstance(kept[-1], str)):
            kept.append(part)
    return tuple(kept)


def trimmed(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Take white space off both ends of a block's content."""
    if children and isinstance(children[0], str):
        children = tuple(part for part in (children[0].lstrip(" \n"), *children[1:]) if part)
    if children and isinstance(children[-1], str):
        children = tuple(part for part in (*children[:-1], children[-1].rstrip(" \n")) if part)
    return children


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Draw a paragraph or a fence."""
    kind: BlockKind = draw(st.sampled_from(get_args(BlockKind)))
    attributes = tuple(draw(st.dictionaries(NAMES, VALUES, max_size=2)).items())
    if kind != "paragraph" and draw(st.integers(0, 9)) == 0:
        return Block(kind=kind, attributes=attributes, is_absent=True)
    children = trimmed(draw(inlines(paragraphs=kind != "paragraph")))
    if not children:
        return Block(kind="head", attributes=attributes)
    before, after = draw(st.booleans()), draw(st.booleans())
    return Block(kind=kind, attributes=attributes, children=children, joins_previous=before, joins_next=after)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Draw a page."""
    meta: Attributes = (("scan", "memo"), ("page", "2"), ("languages", "[eng]"), ("note", "a: b"), ("by", ""))
    chosen = meta[: draw(st.integers(0, len(meta)))]
    return Transcript(page_id=PAGE, meta=chosen, blocks=tuple(draw(st.lists(blocks(), max_size=4))))


@st.composite
def documents(draw: st.DrawFn) -> tuple[Transcript, ...]:
    """Draw the pages of a document, some of them empty, that share their front matter and count upwards."""
    meta: Attributes = (("scan", "memo"), ("languages", "[eng]"))[: draw(st.integers(0, 2))]
    numbers = sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=4)))
    return tuple(
        Transcript(
            page_id=PageId(scan_id="memo", number=number),
            meta=meta,
            blocks=tuple(draw(st.lists(blocks(), max_size=2))),
        )
        for number in numbers
    )


def read(text: str) -> tuple[Block, ...]:
    return notation.parse(text, file="p0002.md", page_id=PAGE).blocks
