"""Blocks laid out on pages: markings that come in twos are the foot of one page and the head of the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scanfix.model.page import PageId
from scanfix.model.transcript import Attributes, Block, Element, Inline, Transcript
from scanfix.truth.importers.journal import Journal
from scanfix.truth.placed import PlacedBlock, PlacedDocument
from scanfix.truth.source import FileLine
from scanfix.truth.views import text_of

_STOPS = ".?!:;…"
# With them the soft hyphen and signs without width, which word processors leave behind.
_CLOSERS = "\"'”’»)]*\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LONGEST_LABEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block and the lines of the source that hold it; ``is_marking`` leaves it to the pages which end it stands at.

    A piece without a block turns the page; ``page`` is the number of the next one, where the source says it.
    """

    lines: tuple[FileLine, ...]
    block: Block | None = None
    is_marking: bool = False
    page: int | None = None


class Pages:
    """Puts pieces on pages, one after the other."""

    def __init__(self, scan_id: str, journal: Journal) -> None:
        self.scan_id = scan_id
        self.journal = journal
        self.number = 1
        self.placed: list[PlacedBlock] = []
        # A page that a foot has turned need not be turned again by the break that follows it.
        self.is_turned_by_foot = False

    def add(self, piece: Piece) -> None:
        """Put the next piece where it belongs."""
        if piece.block is None:
            self._turn(piece)
        elif not piece.is_marking:
            self._put(piece.block, piece.lines)
        elif self._is_head(piece.block):
            self.journal.decided(piece.lines[0], "marking", text_of(piece.block.children), "head of a page")
            self._put(replace(piece.block, kind="head"), piece.lines)
        else:
            self.journal.decided(piece.lines[0], "marking", text_of(piece.block.children), "foot of a page")
            self._put(replace(piece.block, kind="foot"), piece.lines)
            self.number += 1
            self.is_turned_by_foot = True

    def document(self, lines: tuple[str, ...], meta: Attributes) -> PlacedDocument:
        """Return the pages, each with the front matter; blank ones have no transcript, but keep their numbers."""
        placed = self._joined()
        pages = tuple(
            Transcript(page_id=page_id, meta=meta, blocks=tuple(one.block for one in group))
            for page_id, group in groupby(placed, key=lambda one: one.page_id)
        )
        blank = Transcript(page_id=PageId(scan_id=self.scan_id, number=1), meta=meta)
        return PlacedDocument(file=self.journal.file, lines=lines, pages=pages or (blank,), blocks=tuple(placed))

    def _put(self, block: Block, lines: Sequence[FileLine]) -> None:
        """Put a block on the page."""
        self.placed.append(
            PlacedBlock(
                page_id=PageId(scan_id=self.scan_id, number=self.number),
                block=block,
                first_line=lines[0].number,
                last_line=lines[-1].number,
            )
        )

    def _on_page(self) -> list[Block]:
        """Return what stands on the page so far."""
        found: list[Block] = []
        for one in reversed(self.placed):
            if one.page_id.number != self.number:
                break
            found.append(one.block)
        return found

    def _is_head(self, block: Block) -> bool:
        """Whether a marking is a head: nothing but a number or another wording stands before it on the page."""
        before = self._on_page()
        said = [text_of(one.children) for one in before if one.kind == "head"]
        return all(one.kind in ("head", "pageno") for one in before) and text_of(block.children) not in said

    def _turn(self, piece: Piece) -> None:
        """Turn the page where the source says so."""
        self.journal.markup(piece.lines[0], "page-break", piece.lines[0].text, "page break")
        is_first = not self.placed and piece.page is not None
        if not (self.is_turned_by_foot and not self._on_page()) and not is_first:
            self.number += 1
        self.number = max(self.number, piece.page or 0)
        self.is_turned_by_foot = False

    # Sentences that run over a page

    def _joined(self) -> list[PlacedBlock]:
        """Return the blocks; where a sentence runs over a page, its two halves say so."""
        placed = list(self.placed)
        last: int | None = None
        for index, one in enumerate(placed):
            if one.block.kind != "paragraph":
                continue
            before = placed[last] if last is not None else None
            if last is not None and before and before.page_id != one.page_id and _runs_on(before.block, one.block):
                placed[last] = replace(before, block=replace(before.block, joins_next=True))
                placed[index] = replace(one, block=replace(one.block, joins_previous=True))
                line = FileLine(number=one.first_line, column=1, text="")
                self.journal.decided(line, "join", text_of(one.block.children), "runs on from the page before")
            elif _starts_small(one.block.children):
                line = FileLine(number=one.first_line, column=1, text="")
                sign, meaning = text_of(one.block.children), "starts with a small letter, left as it stands"
                self.journal.decided(line, "small-letter", sign, meaning)
            last = index
        return placed


def _starts_small(children: Sequence[Inline]) -> bool:
    """Whether a paragraph starts with a small letter that is no label, such as ``a.``."""
    words = text_of(children).split(" ")
    first = words[0].lstrip("\"'“‘([")
    is_label = len(first) <= _LONGEST_LABEL and first[-1:] in (".", ")")
    return first[:1].islower() and not is_label


def _runs_on(before: Block, after: Block) -> bool:
    """Whether a sentence runs from one paragraph into the other."""
    if before.attributes or after.attributes or not _starts_small(after.children):
        return False
    said = list(before.children)
    while said and isinstance(said[-1], Element) and said[-1].name in ("reference", "note"):
        said.pop()
    return not text_of(said).rstrip(_CLOSERS).endswith(tuple(_STOPS))
