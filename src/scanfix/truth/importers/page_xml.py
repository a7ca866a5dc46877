"""PAGE XML of 2013, 2017 and 2019, with the tags that Transkribus keeps in ``custom`` attributes.

A region's type says what kind of block it is, the reading order where it stands. A line's text is that of the line;
its words are asked where it has none, and for their styles where they spell the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.transcript import ElementName, Inline
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

_STYLES: Mapping[str, ElementName] = {
    "strikethrough": "struck",
    "bold": "bold",
    "italic": "italic",
    "underlined": "underline",
}
# Transkribus' tags with an offset and a length.
_TAGS: Mapping[str, ElementName] = {
    "unclear": "unclear",
    "supplied": "supplied",
    "add": "inserted",
    "del": "deleted",
    "strikethrough": "struck",
    "gap": "illegible",
}
# Both begin where a word or number begins, so that a long one without the rest is tried once.
_CUSTOM = re.compile(r"\b([A-Za-z]\w*)\s*\{([^{}]*)\}")
_NAMESPACE = re.compile(r"/PAGE/gts/pagecontent/(\d{4}-\d\d-\d\d)")
_POINT = re.compile(r"(?<![\d.-])(-?[\d.]+),(-?[\d.]+)")


def sniff(data: bytes) -> bool:
    """Whether a file is PAGE XML, by its first element."""
    return starts_with(data, "PcGts")


def read_layout(data: bytes, *, file: str, scan_id: str) -> Layout:
    """Read a file of PAGE XML, with the places of its blocks.

    Raises
    ------
    GroundTruthError
        The file is malformed or something else.
    """
    markup = read_xml(data, file=file)
    root = markup.root
    if root.name != "PcGts":
        raise GroundTruthError(f'{file}: line {root.line}: expected the element "PcGts", found "{root.name}".')
    reading = Reading(markup=markup)
    version = _NAMESPACE.search(root.space)
    return laid_out(
        reading,
        [list(_regions(page, reading)) for page in root.children("Page")],
        scan_id=scan_id,
        profile=f"page-{version[1]}" if version else "page",
        made_by=" ".join(clean(creator.text) for creator in root.all("Creator")),
    )


# Regions


def _regions(page: Node, reading: Reading) -> Iterator[Region]:
    """Give the regions of a page in reading order."""
    found = list(_top(page))
    order = {ref: number for number, ref in enumerate(_references(page))} or _custom_order(page)
    if order:
        for region in found:
            if region.get("id") not in order:
                reading.tally.add(region, "order", region.get("id"), "not in the reading order: put last")
        found.sort(key=lambda region: order.get(region.get("id"), len(order)))
    for region in found:
        yield from _region(region, reading)


def _top(node: Node) -> Iterator[Node]:
    """Give the regions directly inside a page or a region."""
    return (child for child in node.children() if child.name.endswith("Region"))


def _references(page: Node) -> Iterator[str]:
    """Give the ids of the reading order, groups inside groups, by their indices where they have any."""
    for order in page.children("ReadingOrder"):
        for group in order.children():
            yield from _group(group)


def _group(group: Node) -> Iterator[str]:
    """Give the ids of a group of the reading order."""
    yield from filter(None, (group.get("regionRef"),))
    for child in sorted(group.children(), key=lambda child: pixels(child.get("index")) or 0):
        yield from _group(child)


def _custom_order(page: Node) -> dict[str, float]:
    """Return the reading order that Transkribus notes at the regions themselves; empty where any lacks it."""
    order: dict[str, float] = {}
    for region in _top(page):
        tags = dict(_custom(region))
        index = pixels(tags.get("readingOrder", {}).get("index", ""))
        if index is None:
            return {}
        order[region.get("id")] = index
    return order


def _region(region: Node, reading: Reading) -> Iterator[Region]:
    """Give the region and those inside it; of pictures, only stamps and hands."""
    inner = list(_top(region))
    label = _label(region)
    if region.name == "TableRegion":
        # Transkribus has cells of their own, the standard regions with a role.
        cells = [child for child in region.children() if child in inner or child.name == "TableCell"]
        yield Region(kind="table", node=region, lines=tuple(_table(cells, reading)), box=_box(region))
        return
    kind, attributes = kind_of(label, region, reading.tally)
    lines = tuple(_lines(region, reading))
    if region.name == "GraphicRegion" and kind in ("stamp", "handwriting"):
        lines += tuple(line for part in inner for line in _lines(part, reading))
        yield Region(kind=kind, attributes=attributes, node=region, lines=lines, box=_box(region))
        return
    if region.name == "TextRegion" and (lines or not inner):
        yield Region(kind=kind, attributes=attributes, node=region, lines=lines, box=_box(region))
    elif region.name != "TextRegion":
        reading.tally.add(region, "picture", region.name, f"a picture or a rule {label}".strip(), "dropped")
    for part in inner:
        yield from _region(part, reading)


def _label(region: Node) -> str:
    """Return the type of a region: its own, or the one that Transkribus keeps in its structure tag."""
    structure = next((values.get("type", "") for name, values in _custom(region) if name == "structure"), "")
    return structure or region.get("type")


def _table(cells: Sequence[Node], reading: Reading) -> Iterator[tuple[Inline, ...]]:
    """Give the rows of a table, their cells two spaces apart; without rows, the cells' lines one after the other."""
    rows: dict[float, list[tuple[float, Node]]] = {}
    for cell in cells:
        role = next(cell.all("TableCellRole"), cell)
        row = pixels(role.get("rowIndex") or role.get("row"))
        column = pixels(role.get("columnIndex") or role.get("col"))
        if row is None:
            yield from _lines(cell, reading)
        else:
            rows.setdefault(row, []).append((column or 0, cell))
    for _, row_cells in sorted(rows.items()):
        line: list[Inline] = []
        for _, cell in sorted(row_cells, key=lambda entry: entry[0]):
            for part in _lines(cell, reading):
                line += ["  ", *part] if line and part else part
        yield tuple(line)


def _box(region: Node) -> Box | None:
    """Return the place of a region, from its outline."""
    for coordinates in region.children("Coords"):
        points = [(pixels(x), pixels(y)) for x, y in _POINT.findall(coordinates.get("points"))]
        lefts, tops = [x for x, _ in points if x is not None], [y for _, y in points if y is not None]
        if lefts and tops:
            return box_of(min(lefts), min(tops), max(lefts), max(tops))
    return None


# Lines


def _lines(region: Node, reading: Reading) -> Iterator[tuple[Inline, ...]]:
    """Give the lines of a region; without any, the lines of its own text."""
    lines = list(region.children("TextLine"))
    whole = tuple(_text_styles(region))
    for line in lines:
        yield _line(line, whole, reading)
    if not lines:
        for text in _chosen(region, reading).splitlines():
            styles = [Style(start=0, end=len(text), name=name) for name in whole]
            yield styled(text, styles, region, reading)


def _line(line: Node, of_region: Sequence[ElementName], reading: Reading) -> tuple[Inline, ...]:
    """Return a line of text with the styles of its region, its own, its words' and its tags'."""
    words = list(line.children("Word"))
    readings = [
        _chosen(word, reading) or "".join(_chosen(one, reading) for one in word.children("Glyph")) for word in words
    ]
    text = _chosen(line, reading) or " ".join(readings)
    styles = [Style(start=0, end=len(text), name=name) for name in {*of_region, *_text_styles(line)}]
    if text.split() == " ".join(readings).split():
        at = 0
        for word, spelt in zip(words, readings, strict=True):
            start = text.find(spelt, at)
            at = start + len(spelt)
            styles += (Style(start=start, end=at, name=name) for name in _text_styles(word))
    elif words and any(readings):
        reading.tally.add(line, "text-level", " ".join(readings), "not as on their line: the line is taken", "dropped")
    for name, values in _custom(line):
        styles += _tagged(name, values, line, reading)
    return styled(text, styles, line, reading)


def _chosen(node: Node, reading: Reading) -> str:
    """Return the text of an element: that of the lowest index; other readings are dropped."""
    found = sorted(node.children("TextEquiv"), key=lambda text: pixels(text.get("index")) or 0)
    texts = ["".join(part.text for part in one.children("Unicode")) for one in found]
    for other, text in zip(found[1:], texts[1:], strict=True):
        reading.tally.add(other, "alternative", text, "another reading", "dropped")
    for one in found:
        if one.get("conf"):
            reading.tally.add(one, "attribute", "conf", "confidence of a reading", "dropped")
    return texts[0] if texts else ""


def _text_styles(node: Node) -> Iterator[ElementName]:
    """Give the styles of an element as a whole."""
    for style in node.children("TextStyle"):
        for name, element in _STYLES.items():
            if style.get(name) in ("true", "1"):
                yield element


# Transkribus


def _custom(node: Node) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give the tags of a ``custom`` attribute: ``unclear {offset:4; length:6;}``."""
    for name, inner in _CUSTOM.findall(node.get("custom")):
        pairs = (pair.partition(":") for pair in inner.split(";"))
        yield name, {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


def _tagged(name: str, values: Mapping[str, str], line: Node, reading: Reading) -> Iterator[Style]:
    """Give the styles of a tag; one that the notation has no sign for is dropped, its text stays."""
    start, length = pixels(values.get("offset", "")), pixels(values.get("length", ""))
    if name in ("readingOrder", "structure"):
        return
    wanted = (
        [element for style, element in _STYLES.items() if values.get(style) == "true"]
        if name == "textStyle"
        else [_TAGS[name]]
        if name in _TAGS
        else []
    )
    if start is None or length is None or not wanted:
        told = " ".join((name, *(f"{key}:{value}" for key, value in values.items() if key not in ("offset", "length"))))
        reading.tally.add(line, "tag", told, "a tag without a sign in the notation", "dropped")
        return
    reading.tally.add(line, "tag", name, " ".join(wanted))
    for element in wanted:
        # A gap over letters says that they are doubtful; one without any, that there were some.
        chosen: ElementName = "unclear" if element == "illegible" and length else element
        yield Style(start=int(start), end=int(start + length), name=chosen)
