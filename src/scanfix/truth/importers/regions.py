"""What ALTO, PAGE XML and hOCR have in common: pages of regions, whose lines become the lines of blocks."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from unicodedata import category

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.transcript import MASK, Attributes, Block, BlockKind, Element, ElementName, Inline, Transcript
from scanfix.truth.importers.report import Decision, Imported, Outcome
from scanfix.truth.importers.safe_xml import Markup, Node
from scanfix.truth.placed import PlacedBlock, PlacedDocument
from scanfix.truth.walk import Parts

# Names of regions in PAGE XML, hOCR, Transkribus and SegmOnto, without "zone", hyphens and what stands after a colon.
_KINDS: Mapping[str, BlockKind] = {
    "header": "head",
    "head": "head",
    "runningtitle": "head",
    "footer": "foot",
    "foot": "foot",
    "pagenumber": "pageno",
    "pageno": "pageno",
    "numbering": "pageno",
    "catchword": "catchword",
    "signaturemark": "catchword",
    "quiremarks": "catchword",
    "marginalia": "margin",
    "margintext": "margin",
    "margin": "margin",
    "footnote": "footnote",
    "footnotecontinued": "footnote",
    "endnote": "footnote",
    "stamp": "stamp",
    "seal": "stamp",
    "handwrittenannotation": "handwriting",
    "handwritten": "handwriting",
    "signature": "handwriting",
    "table": "table",
}
# Running text; nothing to note.
_PLAIN = frozenset({"", "paragraph", "main", "maintext", "textregion", "par", "carea", "line", "textline"})
# What is on the page even when nobody could read it.
_SEEN: frozenset[BlockKind] = frozenset({"stamp", "handwriting"})
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,79}")
# From the outside in, as styles nest.
_ORDER: tuple[ElementName, ...] = (
    "struck", "inserted", "deleted", "supplied", "unclear", "bold", "italic", "underline",
)  # fmt: skip
# How files note that a hyphen at a line's end only breaks the word.
_SOFT_HYPHENS = ("\u00ad", "¬")
_MOST_STYLES = 1000
_MOST_MARKS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A stretch of a line, from ``start`` up to ``end``, and what it is; an ``illegible`` one is empty."""

    start: int
    end: int
    name: ElementName
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of a page: its kind, its element and its lines; ``box`` is in the frame of the page's image."""

    kind: BlockKind
    attributes: Attributes = ()
    node: Node
    lines: tuple[tuple[Inline, ...], ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockBox:
    """Where a block of a page stands on its image."""

    page: int
    block_id: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """An import, and where its blocks stand: of those that have an id and a place."""

    imported: Imported
    boxes: tuple[BlockBox, ...]


class Tally:
    """Collects decisions; those that are alike are told once, where the first was made, with their number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, Outcome], tuple[int, int]] = {}

    def add(self, node: Node, rule: str, sign: str, meaning: str, outcome: Outcome = "decided") -> None:
        """Note a decision about an element."""
        key = (rule, sign, meaning, outcome)
        line, count = self._found.get(key, (node.line, 0))
        self._found[key] = (line, count + 1)

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided."""
        return tuple(
            Decision(
                line=line,
                column=1,
                rule=rule,
                sign=sign,
                meaning=meaning if count == 1 else f"{meaning} ({count} times)",
                outcome=outcome,
            )
            for (rule, sign, meaning, outcome), (line, count) in self._found.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file that is read, and the decisions made about it."""

    markup: Markup
    tally: Tally = field(default_factory=Tally)


def kind_of(label: str, node: Node, tally: Tally) -> tuple[BlockKind, Attributes]:
    """Return the kind of block for a region's name, and the name where the kind does not say it."""
    name = label.strip()
    bare = re.sub(r"[^a-z]", "", name.partition(":")[0].lower()).removeprefix("ocr").removesuffix("zone")
    if bare in _PLAIN:
        return "paragraph", ()
    kind = _KINDS.get(bare, "paragraph")
    tally.add(node, "region", name, f"{kind} block")
    return kind, (("region", clean(name)),) if bare not in (kind, "header", "footer", "pagenumber") else ()


def styled(text: str, styles: Sequence[Style], node: Node, reading: Reading) -> tuple[Inline, ...]:
    """Return a line as strings and elements, its white space tidied, a hyphen at its end written as one.

    Parameters
    ----------
    text
        The line as the file has it.
    styles
        Stretches of it; those of one name that overlap, or have only a space between them, are one.
    node
        Where it stands.
    reading
        The file.
    """
    bare = text.rstrip()
    if bare.endswith(_SOFT_HYPHENS):
        reading.tally.add(node, "hyphen", bare[-1], "a printed hyphen")
        text = f"{bare[:-1]}-"
    gaps = frozenset(min(max(one.start, 0), len(text)) for one in styles if one.name == "illegible")
    tidy, places = _tidied(text, gaps)
    layers = [_merged([one for one in styles if one.name == name], tidy, places) for name in _ORDER]
    if max(map(len, layers)) > _MOST_STYLES:
        raise GroundTruthError(
            f"{reading.markup.file}: line {node.line}: {len(styles)} styles on one line. Is this a line?"
        )
    return _layered(tidy, 0, len(tidy), layers)


def clean(text: str) -> str:
    """Return text on one line with single spaces, without what no transcript can hold."""
    return _tidied(text)[0]


def laid_out(
    reading: Reading, pages: Iterable[Iterable[Region]], *, scan_id: str, profile: str, made_by: str
) -> Layout:
    """Make the import of regions; pages count from 1 in the order of the file, whatever numbers they have there.

    Raises
    ------
    GroundTruthError
        There is no page.
    """
    meta: Attributes = (("transcribed_by", clean(made_by)),) if clean(made_by) else ()
    transcripts: list[Transcript] = []
    placed: list[PlacedBlock] = []
    boxes: list[BlockBox] = []
    known: set[str] = set()
    for number, regions in enumerate(pages, start=1):
        page_id = PageId(scan_id=scan_id, number=number)
        of_page = []
        for region in regions:
            block = _block(region, known, reading.tally)
            if block is None:
                continue
            node, block_id = region.node, block.attribute("id")
            of_page.append(
                PlacedBlock(
                    page_id=page_id, block=block, first_line=node.line, last_line=max(node.line, node.last_line)
                )
            )
            if region.box and block_id:
                boxes.append(BlockBox(page=number, block_id=block_id, box=region.box))
        placed += of_page
        transcripts.append(Transcript(page_id=page_id, meta=meta, blocks=tuple(one.block for one in of_page)))
    if not transcripts:
        markup = reading.markup
        raise GroundTruthError(f"{markup.file}: line {markup.root.line}: no page in it. Is the export complete?")
    document = PlacedDocument(
        file=reading.markup.file, lines=reading.markup.lines, pages=tuple(transcripts), blocks=tuple(placed)
    )
    imported = Imported(placed=document, profile=profile, decisions=reading.tally.decisions())
    return Layout(imported=imported, boxes=tuple(boxes))


def pixels(text: str) -> float | None:
    """Read a measure of a file; ``None`` where there is none, or none that an image can have."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1_000_000 else None


def box_of(left: float, top: float, right: float, bottom: float) -> Box | None:
    """Return the box of these edges in whole pixels, ``None`` where it is empty."""
    box = Box(left=round(left), top=round(top), right=round(right), bottom=round(bottom))
    return box if box.right > box.left and box.bottom > box.top else None


# Helpers


def _block(region: Region, known: set[str], tally: Tally) -> Block | None:
    """Make the block of a region; one without text is none, unless it was seen and could not be read."""
    lines = [line for line in region.lines if line]
    if not lines and region.kind not in _SEEN:
        tally.add(region.node, "empty", region.node.name, "a region without text", "dropped")
        return None
    parts = Parts()
    for number, line in enumerate(lines or [(Element(name="illegible"),)]):
        parts.add("\n" if number else "")
        for part in line:
            parts.add(part)
    attributes = (*_identity(region.node, known, tally), *region.attributes)
    return Block(kind=region.kind, attributes=attributes, children=parts.all())


def _identity(node: Node, known: set[str], tally: Tally) -> Attributes:
    """Return the id of an element, where it is a name and the only one of its kind."""
    name = node.get("id") or node.get("ID")
    if not name:
        return ()
    if not _ID.fullmatch(name) or name in known:
        tally.add(node, "id", name, "not a name, or used before", "dropped")
        return ()
    known.add(name)
    return (("id", name),)


def _tidied(text: str, gaps: Set[int] = frozenset()) -> tuple[str, list[int]]:
    """Return a line with single spaces and ``MASK`` at its gaps, and where each of its places went, the end too."""
    kept: list[str] = []
    places = []
    marks = 0
    for at, sign in enumerate((*text, "")):
        places.append(len(kept))
        kept += [MASK] if at in gaps else []
        marks = marks + 1 if sign and category(sign)[0] == "M" else 0
        if sign.isspace():
            kept += [" "] if kept and kept[-1] != " " else []
        elif sign and sign != MASK and marks < _MOST_MARKS and category(sign) not in ("Cc", "Cs"):
            kept.append(sign)
    tidy = "".join(kept).rstrip(" ")
    return tidy, [min(place, len(tidy)) for place in places]


def _merged(styles: Sequence[Style], text: str, places: Sequence[int]) -> list[Style]:
    """Return styles of one name in order, moved to a tidied line; those with only a space between them are one."""
    last = len(places) - 1
    moved = sorted(
        (places[min(max(one.start, 0), last)], places[min(max(one.end, 0), last)], one.attributes) for one in styles
    )
    merged: list[Style] = []
    for start, end, attributes in moved:
        if start >= end:
            continue
        before = merged[-1] if merged else None
        if before and before.attributes == attributes and not text[before.end : start].strip(" "):
            merged[-1] = replace(before, end=max(before.end, end))
        else:
            # Of two that overlap, the first has the letters they share.
            begin = max(start, before.end) if before else start
            merged += [Style(start=begin, end=end, name=styles[0].name, attributes=attributes)] if begin < end else []
    return merged


def _layered(text: str, start: int, end: int, layers: Sequence[Sequence[Style]]) -> tuple[Inline, ...]:
    """Return a stretch of a line, the first layer of styles outside and the others inside it."""
    parts = Parts()
    if not layers:
        for number, piece in enumerate(text[start:end].split(MASK)):
            for part in (Element(name="illegible"), piece)[0 if number else 1 :]:
                parts.add(part)
        return parts.all()
    styles, *inner = layers
    at = start
    for style in styles:
        left, right = max(style.start, at), min(style.end, end)
        if left < right:
            for part in _layered(text, at, left, inner):
                parts.add(part)
            children = _layered(text, left, right, inner)
            parts.add(Element(name=style.name, attributes=style.attributes, children=children))
            at = right
    for part in _layered(text, at, end, inner):
        parts.add(part)
    return parts.all()
