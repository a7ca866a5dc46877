"""Plain text: an empty line ends a paragraph, a form feed a page; every sign is itself."""

import re
from collections.abc import Iterator, Sequence

from scanfix.families import Family
from scanfix.model.transcript import Block, BlockKind
from scanfix.truth.importers.blocks import in_lines, is_exemption, is_page_number, stamp_ahead
from scanfix.truth.importers.journal import Journal, tidy_lines
from scanfix.truth.importers.markdown_chunks import Chunk, plain_runs
from scanfix.truth.importers.paging import Pages, Piece
from scanfix.truth.importers.report import Imported
from scanfix.truth.source import lines_of

PROFILE = "plain"
# Any of these makes a text Markdown, or brackets that a transcriber put.
_SIGNS = re.compile(
    r"~~|\*\*|\\[*_~\[\]]|\[[^\[\]]*\]|<(?:/?(?:sup|sub|u|i|b|em|strong|s|del|br)\b|https?:)|^#{1,6} |^-{3,}$"
    r"|^Citation:(?:\s|$)"
    r"|(?<!\w)[*_](?=\S)[^*_\n]*(?<=\S)[*_](?!\w)",
    re.MULTILINE,
)


def is_plain(text: str) -> bool:
    """Whether a text has no sign of Markdown, nor brackets."""
    return _SIGNS.search(text) is None


def read_plain(text: str, *, file: str, scan_id: str, families: Sequence[Family]) -> Imported:
    """Read a plain text.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.
    scan_id
        The scan it transcribes.
    families
        Known stamps.

    Raises
    ------
    GroundTruthError
        The text holds control characters.
    """
    as_read = tuple(line.text for line in lines_of(text, file))
    journal = Journal(file)
    pages = Pages(scan_id, journal)
    for piece in _pieces(list(plain_runs(tidy_lines(text, journal))), families, journal):
        pages.add(piece)
    placed = pages.document(as_read, (("scan", scan_id),))
    return Imported(placed=placed, profile=PROFILE, decisions=journal.decisions)


def _pieces(chunks: list[Chunk], families: Sequence[Family], journal: Journal) -> Iterator[Piece]:
    """Give the pieces of the document in order."""
    index = 0
    while index < len(chunks):
        stamp = stamp_ahead(chunks, index, families)
        if stamp is None:
            yield _piece(chunks, index, journal)
            index += 1
            continue
        journal.decided(stamp.lines[0], "stamp", " / ".join(line.text for line in stamp.lines), stamp.found.family)
        block = Block(kind="stamp", attributes=stamp.found.attributes, children=in_lines(stamp.found.lines))
        yield Piece(lines=stamp.lines, block=block)
        index += stamp.chunks
        if stamp.rest:
            index -= 1
            chunks[index] = stamp.rest


def _piece(chunks: Sequence[Chunk], index: int, journal: Journal) -> Piece:
    """Return the piece that a chunk is."""
    chunk = chunks[index]
    before = chunks[index - 1] if index else None
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    if chunk.kind == "break":
        return Piece(lines=chunk.lines)
    kind: BlockKind = "paragraph"
    if chunk.kind == "marking":
        kind = "head"
    elif is_page_number(chunk, before, after):
        kind = "pageno"
        journal.decided(chunk.lines[0], "page-number", chunk.text, "number of the page")
    elif is_exemption(chunk.text):
        kind = "margin"
        journal.decided(chunk.lines[0], "exemption", chunk.text, "exemption code in the margin")
    return Piece(lines=chunk.lines, block=Block(kind=kind, children=(chunk.text,)), is_marking=chunk.kind == "marking")
