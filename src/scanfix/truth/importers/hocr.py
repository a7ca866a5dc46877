"""hOCR 1.2, well-formed or as browsers read it: what OCR engines write into web pages.

A paragraph (``ocr_par``) is a block, an ``ocr_line`` a line of it; heads, feet and page numbers outside paragraphs
are furniture. What stands in a page outside any of them is a block of its own, so that nothing is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.transcript import ElementName
from scanfix.truth.importers.regions import (
    Layout,
    Reading,
    Region,
    Style,
    box_of,
    clean,
    kind_of,
    laid_out,
    pixels,
    styled,
)
from scanfix.truth.importers.safe_xml import Markup, Node, is_xml, read_html, read_xml, starts_with

# Blocks; inside one, the line classes below are lines.
_BLOCKS = frozenset(
    {"ocr_par", "ocr_header", "ocr_footer", "ocr_pageno", "ocr_caption", "ocr_table", "ocr_title", "ocr_author",
     "ocr_abstract", "ocr_chapter", "ocr_section", "ocr_subsection", "ocr_subsubsection", "ocr_blockquote",
     "ocr_display", "ocr_textfloat", "ocr_footnote"}
)  # fmt: skip
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_WORDS = frozenset({"ocrx_word", "ocr_word"})
_PICTURES = frozenset({"ocr_photo", "ocr_image", "ocr_linedrawing", "ocr_separator", "ocr_noise", "ocr_float"})
_STYLES: Mapping[str, ElementName] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "inserted",
    "s": "struck",
    "strike": "struck",
    "del": "struck",
}
_BREAKS = frozenset({"br", "p", "div", "li", "tr"})
_UNSEEN = frozenset({"script", "style", "template", "title"})
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")


class _Pen:
    """Writes the lines of a block, and remembers what is styled on each."""

    def __init__(self) -> None:
        self.texts: list[list[str]] = [[]]
        self.styles: list[list[Style]] = [[]]
        self.ends: list[int] = []
        self.at = 0

    @property
    def place(self) -> tuple[int, int]:
        """The number of the line, and the offset on it."""
        return len(self.ends), self.at

    def add(self, text: str) -> None:
        """Add to the line."""
        self.texts[-1].append(text)
        self.at += len(text)

    def end_line(self) -> None:
        """Begin the next line."""
        if self.at:
            self.texts.append([])
            self.styles.append([])
            self.ends.append(self.at)
            self.at = 0

    def style(self, name: ElementName, start: tuple[int, int]) -> None:
        """Style what was written since a place, on every line of it."""
        first, offset = start
        for number, end in enumerate((*self.ends[first:], self.at), start=first):
            self.styles[number].append(Style(start=offset if number == first else 0, end=end, name=name))


def sniff(data: bytes) -> bool:
    """Whether a file is hOCR: mark-up that begins as a page of HTML, with at least one page of OCR in it."""
    is_html = any(starts_with(data, name) for name in ("html", "body", "div"))
    return is_html and b"ocr_page" in data.replace(b"\0", b"")


def read_layout(data: bytes, *, file: str, scan_id: str) -> Layout:
    """Read a file of hOCR, with the places of its blocks.

    Raises
    ------
    GroundTruthError
        The file is malformed or something else.
    """
    markup = _markup(data, file)
    hocr = Reading(markup=markup)
    pages = list(_pages(markup.root, hocr))
    if not pages:
        raise GroundTruthError(f'{file}: line {markup.root.line}: no element of class "ocr_page". Is this hOCR?')
    system = (meta.get("content") for meta in markup.root.all("meta") if meta.get("name") == "ocr-system")
    return laid_out(
        hocr,
        [list(_regions(page, hocr)) for page in pages],
        scan_id=scan_id,
        profile="hocr",
        made_by=next(system, ""),
    )


def _markup(data: bytes, file: str) -> Markup:
    """Read the file as XML where it says that it is, and as HTML where that fails."""
    if is_xml(data):
        try:
            return read_xml(data, file=file)
        except GroundTruthError:
            return read_html(data, file=file)
    return read_html(data, file=file)


def _pages(node: Node, hocr: Reading) -> Iterator[Node]:
    """Give the pages inside an element; text outside them is dropped."""
    if "ocr_page" in _classes(node):
        yield node
        return
    for child in node.content:
        if not isinstance(child, str):
            yield from _pages(child, hocr) if child.name not in _UNSEEN else ()
        elif child.strip():
            hocr.tally.add(node, "outside", clean(child), "text outside pages", "dropped")


# Blocks


def _regions(node: Node, hocr: Reading) -> Iterator[Region]:
    """Give the blocks inside an element; loose lines between them are blocks too."""
    loose: list[str | Node] = []
    for child in node.content:
        holds_block = not isinstance(child, str) and any(_is_block(inner) for inner in child.all())
        if isinstance(child, str) or not (holds_block or _is_block(child) or _is_line_block(child)):
            loose.append(child)
            continue
        yield from _loose(node, loose, hocr)
        loose = []
        yield from _regions(child, hocr) if holds_block else [_region(child, hocr)]
    yield from _loose(node, loose, hocr)


def _loose(node: Node, content: Sequence[str | Node], hocr: Reading) -> Iterator[Region]:
    """Give the block of what stands in an element outside blocks; pictures are none."""
    held = [part for part in content if isinstance(part, str) or not _is_picture(part, hocr)]
    region = _region(replace(node, content=tuple(held)), hocr)
    if any(region.lines):
        yield region


def _is_block(node: Node) -> bool:
    """Whether an element is a block wherever it stands."""
    return not (_BLOCKS - _LINES).isdisjoint(_classes(node))


def _is_line_block(node: Node) -> bool:
    """Whether an element that would be a line inside a block is a block of its own outside."""
    return not (_BLOCKS & _LINES).isdisjoint(_classes(node))


def _is_picture(node: Node, hocr: Reading) -> bool:
    """Whether an element is a picture or a rule, which has no text; it is dropped."""
    found = _PICTURES & set(_classes(node))
    if found and not node.text.strip():
        hocr.tally.add(node, "picture", min(found), "a picture or a rule", "dropped")
        return True
    return False


def _region(node: Node, hocr: Reading) -> Region:
    """Return the block of an element."""
    pen = _Pen()
    _write(node, pen, hocr)
    label = next((name for name in _classes(node) if name in _BLOCKS), "")
    kind, attributes = kind_of(label, node, hocr.tally)
    lines = tuple(styled("".join(text), styles, node, hocr) for text, styles in zip(pen.texts, pen.styles, strict=True))
    # A page is no block, nor is its id that of one.
    named = replace(node, attributes={}) if "ocr_page" in _classes(node) else node
    return Region(kind=kind, attributes=attributes, node=named, lines=lines, box=_box(named))


def _box(node: Node) -> Box | None:
    """Return the place of an element, from its title."""
    found = _BOX.search(node.get("title"))
    edges = [pixels(edge) for edge in found.groups()] if found else []
    left, top, right, bottom = edges or (None,) * 4
    if left is None or top is None or right is None or bottom is None:
        return None
    return box_of(left, top, right, bottom)


# Lines


def _write(node: Node, pen: _Pen, hocr: Reading) -> None:
    """Write what stands inside an element."""
    for child in node.content:
        if isinstance(child, str):
            pen.add(child)
        elif child.name not in _UNSEEN and not _is_alternative(child, hocr):
            _write_element(child, pen, hocr)


def _write_element(node: Node, pen: _Pen, hocr: Reading) -> None:
    """Write an element: a line of its own, a word between spaces, a stretch with a style."""
    classes = set(_classes(node))
    is_line = bool(classes & _LINES) or node.name in _BREAKS
    edge = " " if classes & _WORDS else ""
    if is_line:
        pen.end_line()
    pen.add(edge)
    start = pen.place
    _write(node, pen, hocr)
    name = _STYLES.get(node.name)
    if name and "alt" not in classes:
        pen.style(name, start)
    pen.add(edge)
    if is_line:
        pen.end_line()
    if "x_wconf" in node.get("title") or "x_conf" in node.get("title"):
        hocr.tally.add(node, "attribute", "x_wconf", "confidence of a word", "dropped")


def _is_alternative(node: Node, hocr: Reading) -> bool:
    """Whether an element is another reading of the one before it; it is dropped."""
    if node.name == "del" and "alt" in _classes(node):
        hocr.tally.add(node, "alternative", node.text, "another reading", "dropped")
        return True
    return False


def _classes(node: Node) -> list[str]:
    """Return the classes of an element."""
    return node.get("class").split()
