"""Documents as the rules read them: the passages of one scan in order, over all its files, each with its place."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from scanfix.families import Family
from scanfix.model.page import PageId
from scanfix.model.transcript import MASK, Block, BlockKind, Element, ElementName, Inline
from scanfix.truth.markings import is_wording
from scanfix.truth.placed import PlacedBlock, PlacedDocument

# Stands in a passage's text where an editor has already said "sic" or left a note; private use, as MASK is.
NOTED = "\ue001"
_EXCERPT = 80
# Signs of a file that are not in the text: before a character, and where the text has white space.
_BEFORE, _BETWEEN = r"(?:\\|\*|~~)*", r"[\s*~_\\]+"
_GAPS: frozenset[ElementName] = frozenset({"illegible", "omitted", "lost", "redacted"})
_RUNNING: frozenset[BlockKind] = frozenset({"paragraph", "column", "witness"})
# Furniture that stands untagged among paragraphs: "- 4 -", a note under its star.
_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,4}\s*[-–—]?")
_NOTE_START = re.compile(r"[*†‡]+\s|<sup>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place and what is to be said of it."""

    file: str
    line: int
    column: int
    end_line: int
    excerpt: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block with its text, gaps as ``MASK`` and editors' notes as ``NOTED``, and the file it stands in.

    ``is_running`` is false for furniture, stamps and notes, tagged or not, which sentences flow around.
    """

    document: PlacedDocument
    placed: PlacedBlock
    text: str
    is_running: bool

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.placed.block

    @property
    def page_id(self) -> PageId:
        """The page it stands on."""
        return self.placed.page_id

    @property
    def line(self) -> int:
        """Its first line in the file."""
        return self.placed.first_line

    @property
    def plain(self) -> str:
        """Its text on one line, words joined that the line's end parts, without the signs of notes."""
        joined = re.sub(r"(?<=[^\W\d_])-\n(?=[a-zà-ÿ])", "", self.text)
        return " ".join(joined.replace(NOTED, " ").split())

    @property
    def is_noted(self) -> bool:
        """Whether an editor has said something of it, right after its last word."""
        return self.text.rstrip().endswith(NOTED)

    @property
    def notes(self) -> tuple["Passage", ...]:
        """Its notes, each as a passage that stands where this one does."""
        found = (element for element in elements(self.block.children) if element.name == "note")
        return tuple(replace(self, text=flat(element.children)) for element in found)

    def seen_from(self, here: "Passage") -> str:
        """Return ``line 12``, with the file's name where it is another than that of a passage."""
        file = "" if self.document.file == here.document.file else f"{self.document.file} "
        return f"{file}line {self.line}"

    def at(self, start: int, end: int, *, message: str, suggestion: str) -> Spot:
        """Return the spot of a stretch of the text, from ``start`` to before ``end``."""
        line, column, end_line = self._place(start, end)
        return Spot(
            file=self.document.file,
            line=line,
            column=column,
            end_line=end_line,
            excerpt=shortened(self.text[start:end]),
            message=message,
            suggestion=suggestion,
        )

    def whole(self, *, message: str, suggestion: str) -> Spot:
        """Return the spot of the passage."""
        line = self.document.lines[self.line - 1]
        return Spot(
            file=self.document.file,
            line=self.line,
            column=len(line) - len(line.lstrip()) + 1,
            end_line=self.placed.last_line,
            excerpt=shortened(self.text),
            message=message,
            suggestion=suggestion,
        )

    def _place(self, start: int, end: int) -> tuple[int, int, int]:
        """Return line, column and last line of a stretch: as often as it occurs before, it is passed over."""
        source = "\n".join(self.document.lines[self.line - 1 : self.placed.last_line])
        pattern = _as_written(self.text[start:end])
        found = list(pattern.finditer(source))
        if not found:
            return self.line, 1, self.placed.last_line
        passed = len(pattern.findall(self.text[:start]))
        match = found[min(passed, len(found) - 1)]
        line_start = source.rfind("\n", 0, match.start()) + 1
        first = self.line + source.count("\n", 0, match.start())
        return first, match.start() - line_start + 1, first + match.group().count("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """One scan: all its passages in order of pages, and the stamps that are known."""

    passages: tuple[Passage, ...]
    families: tuple[Family, ...]

    @property
    def running(self) -> tuple[Passage, ...]:
        """The passages that sentences run through."""
        return tuple(passage for passage in self.passages if passage.is_running)

    @property
    def pages(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of each page that has any."""
        pages: defaultdict[PageId, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            pages[passage.page_id].append(passage)
        return tuple(map(tuple, pages.values()))


def gather(documents: Sequence[PlacedDocument], families: Sequence[Family]) -> tuple[Manuscript, ...]:
    """Join the files of each scan, a scan being what one folder holds under one scan id; pages in order."""
    scans: defaultdict[tuple[str, str], list[PlacedDocument]] = defaultdict(list)
    for document in documents:
        scans[str(PurePath(document.file).parent), _first(document).scan_id].append(document)
    return tuple(
        Manuscript(
            passages=tuple(
                passage
                for document in sorted(scan, key=lambda one: _first(one).number)
                for passage in _passages(document)
            ),
            families=tuple(families),
        )
        for scan in scans.values()
    )


def flat(children: Sequence[Inline]) -> str:
    """Return what stands on the page in a stretch of text, gaps as ``MASK``, editors' notes as ``NOTED``."""
    # No text of a page may pass for a note.
    return "".join(
        child.replace(NOTED, "\N{REPLACEMENT CHARACTER}") if isinstance(child, str) else _of_element(child)
        for child in children
    )


def elements(children: Sequence[Inline]) -> Iterator[Element]:
    """Give the elements of a stretch of text, those inside others too."""
    for child in children:
        if isinstance(child, Element):
            yield child
            yield from elements(child.children)


def _first(document: PlacedDocument) -> PageId:
    """Return the first page of a document; the parser never returns one without pages."""
    return document.pages[0].page_id


def _passages(document: PlacedDocument) -> Iterator[Passage]:
    """Give the passages of a file; what is absent on purpose has a place, and no text."""
    for placed in document.blocks:
        text = flat(placed.block.children)
        yield Passage(document=document, placed=placed, text=text, is_running=_is_running(placed.block, text.strip()))


def _is_running(block: Block, text: str) -> bool:
    """Whether a sentence may run through a block: no fence of furniture, no untagged marking, number or note."""
    is_furniture = is_wording(text) or _PAGE_NUMBER.fullmatch(text) or _NOTE_START.match(text)
    return block.kind in _RUNNING and bool(text) and not is_furniture


def _of_element(element: Element) -> str:
    """Return the text of an element."""
    if element.name in _GAPS:
        return MASK
    if element.name == "note":
        return "" if element.attribute("kind") == "tr" else NOTED
    text = "" if element.name == "reference" else flat(element.children)
    return "" if element.name == "circled" and text == "none" else text


def _as_written(text: str) -> re.Pattern[str]:
    """Return a pattern that finds a text in its file, where signs may stand between and before its characters."""
    first, *others = re.findall(r"\s+|\S", text)
    rest = (_BETWEEN if part.isspace() else _BEFORE + re.escape(part) for part in others)
    return re.compile("".join((_BETWEEN if first.isspace() else re.escape(first), *rest)))


def shortened(text: str, length: int = _EXCERPT) -> str:
    """Return the start of a text on one line."""
    line = " ".join(text.replace(MASK, "[…]").replace(NOTED, "").split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
