"""Blocks that know where they stand in the file they came from, so that findings can point at the place."""

from dataclasses import dataclass

from scanfix.model.page import PageId
from scanfix.model.transcript import Block, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBlock:
    """A block of a page and the lines of the file that hold it, fence included; both lines count from 1."""

    page_id: PageId
    block: Block
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDocument:
    """A document read from one file: its pages, and every block of them in order with its place.

    ``lines`` are the file's lines as they are read (no line ends, no trailing blanks), for columns and excerpts.
    """

    file: str
    lines: tuple[str, ...]
    pages: tuple[Transcript, ...]
    blocks: tuple[PlacedBlock, ...]
