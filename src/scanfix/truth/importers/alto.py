"""ALTO, versions 2 to 4: layout and text as libraries keep them.

Blocks in the top and bottom margin are heads and feet, those beside the print space margins; a label (``TAGREFS``)
says more. Text lines are lines; a word that is broken keeps its two parts and its hyphen, as they are printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.transcript import Attributes, BlockKind, ElementName, Inline
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
from scanfix.truth.importers.safe_xml import Node, read_xml, starts_with

# In the order in which a page is read, and what their blocks are unless a label says otherwise.
_AREAS: Mapping[str, BlockKind] = {
    "TopMargin": "head",
    "PrintSpace": "paragraph",
    "LeftMargin": "margin",
    "RightMargin": "margin",
    "BottomMargin": "foot",
}
_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement")
_STYLES: Mapping[str, ElementName] = {
    "bold": "bold",
    "italics": "italic",
    "strikethrough": "struck",
    "underline": "underline",
}
_DROPPED = {"WC": "confidence of a word", "CC": "confidence of letters", "SUBS_CONTENT": "a broken word put together"}
_HYPHENS = ("-", "\u2010", "\u00ad", "¬", "=")
_VERSION = re.compile(r"ns-v(\d+)#")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alto:
    """A file, its labels and font styles by id, and whether its measures are pixels."""

    reading: Reading
    labels: Mapping[str, str]
    fonts: Mapping[str, str]
    has_pixels: bool


def sniff(data: bytes) -> bool:
    """Whether a file is ALTO, by its first element."""
    return starts_with(data, "alto")


def read_layout(data: bytes, *, file: str, scan_id: str) -> Layout:
    """Read a file of ALTO, with the places of its blocks.

    Raises
    ------
    GroundTruthError
        The file is malformed or something else.
    """
    markup = read_xml(data, file=file)
    root = markup.root
    if root.name.lower() != "alto":
        raise GroundTruthError(f'{file}: line {root.line}: expected the element "alto", found "{root.name}".')
    unit = next(root.all("MeasurementUnit"), None)
    alto = _Alto(
        reading=Reading(markup=markup),
        labels={tag.get("ID"): tag.get("LABEL") for tags in root.children("Tags") for tag in tags.children()},
        fonts={font.get("ID"): font.get("FONTSTYLE") for font in root.all("TextStyle")},
        has_pixels=unit is None or unit.text.strip() == "pixel",
    )
    version = _VERSION.search(root.space)
    return laid_out(
        alto.reading,
        [list(_regions(page, alto)) for page in root.all("Page")],
        scan_id=scan_id,
        profile=f"alto-{version[1]}" if version else "alto",
        made_by=" ".join(clean(software.text) for software in root.all("softwareName", "softwareVersion")),
    )


# Blocks


def _regions(page: Node, alto: _Alto) -> Iterator[Region]:
    """Give the regions of a page in the order in which it is read."""
    found = [
        (block, area, label) for area in _AREAS for space in page.children(area) for block, label in _blocks(space)
    ]
    order = {ref.get("REF"): number for number, ref in enumerate(page.all("ElementRef"))}
    if order:
        for block, _, _ in found:
            if block.get("ID") not in order:
                alto.reading.tally.add(block, "order", block.get("ID"), "not in the reading order: put last")
        found.sort(key=lambda entry: order.get(entry[0].get("ID"), len(order)))
    for block, area, label in found:
        yield from _region(block, area, label, alto)


def _blocks(space: Node, label: str = "") -> Iterator[tuple[Node, str]]:
    """Give the blocks of a space, those inside composed blocks with the label of the inmost that has one."""
    for child in space.children("ComposedBlock", *_BLOCKS):
        own = child.get("TAGREFS") or label
        if child.name == "ComposedBlock":
            yield from _blocks(child, own)
        else:
            yield child, own


def _region(block: Node, area: str, refs: str, alto: _Alto) -> Iterator[Region]:
    """Give the region of a block; a picture is one only if it is a stamp or a hand."""
    label = next((alto.labels[ref] for ref in refs.split() if alto.labels.get(ref)), "") or block.get("TYPE")
    attributes: Attributes
    kind, attributes = kind_of(label, block, alto.reading.tally) if label else (_AREAS[area], ())
    if kind == "paragraph" and not attributes:
        kind = _AREAS[area]
    if block.name != "TextBlock" and kind not in ("stamp", "handwriting"):
        alto.reading.tally.add(block, "picture", block.name, "a picture or a rule", "dropped")
        return
    lines = tuple(_line(line, alto) for line in block.children("TextLine"))
    yield Region(
        kind=kind, attributes=attributes, node=block, lines=lines, box=_box(block) if alto.has_pixels else None
    )


def _box(block: Node) -> Box | None:
    """Return the place of a block, where the file tells it."""
    left, top, width, height = (pixels(block.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    if left is None or top is None or width is None or height is None:
        return None
    return box_of(left, top, left + width, top + height)


# Lines


def _line(line: Node, alto: _Alto) -> tuple[Inline, ...]:
    """Return a line of text: spaces where it says so, else between all strings; the hyphen right behind its word."""
    text = ""
    has_spaces = next(line.children("SP"), None) is not None
    styles: list[Style] = []
    has_hyphen = next(line.children("HYP"), None) is not None
    for part in line.children("String", "SP", "HYP"):
        if part.name == "HYP":
            text = text.rstrip() + (part.get("CONTENT") or "-")
            continue
        text += " " if text and (part.name == "SP" or not has_spaces) else ""
        if part.name == "SP":
            continue
        start = len(text)
        text += part.get("CONTENT")
        text += "" if has_hyphen else _broken(part, alto)
        styles += (Style(start=start, end=len(text), name=name) for name in _styles(part, alto))
        _note_dropped(part, alto)
    return styled(text, styles, line, alto.reading)


def _broken(part: Node, alto: _Alto) -> str:
    """Return the hyphen of a broken word that the file only implies."""
    if part.get("SUBS_TYPE") != "HypPart1" or part.get("CONTENT").endswith(_HYPHENS):
        return ""
    alto.reading.tally.add(part, "hyphen", "HypPart1", "a printed hyphen")
    return "-"


def _styles(part: Node, alto: _Alto) -> Iterator[ElementName]:
    """Give the styles of a string that the notation has; the others are dropped."""
    fonts = " ".join(alto.fonts.get(ref, "") for ref in part.get("STYLEREFS").split())
    for name in {*part.get("STYLE").split(), *fonts.split()}:
        if name in _STYLES:
            yield _STYLES[name]
        else:
            alto.reading.tally.add(part, "style", name, "no sign of the notation", "dropped")


def _note_dropped(part: Node, alto: _Alto) -> None:
    """Note what a string says that no transcript holds."""
    for name, meaning in _DROPPED.items():
        if part.get(name):
            sign = part.get(name) if name == "SUBS_CONTENT" else name
            alto.reading.tally.add(part, "attribute", sign, meaning, "dropped")
    for other in part.children("ALTERNATIVE"):
        alto.reading.tally.add(other, "alternative", other.text, "another reading", "dropped")
