"""Transcripts as text: pages, blocks and fences; ``truth.inline`` and ``truth.spelling`` know what stands inside.

Reading and writing are inverse: ``parse(write(transcript)) == transcript``. What is not the notation is refused with
file, line, column, what was expected and how to mend it.
"""

from collections.abc import Iterator, Sequence
from typing import get_args
from unicodedata import normalize

from scanfix.model.page import PageId
from scanfix.model.transcript import Attributes, Block, BlockKind, Transcript
from scanfix.truth import fences, spelling
from scanfix.truth.inline import read_inline
from scanfix.truth.placed import PlacedBlock, PlacedDocument
from scanfix.truth.source import BLANK, FileLine, Source, fail_at, lines_of
from scanfix.truth.walk import FROM_PREVIOUS, TO_NEXT

_PAGE = "<!-- page "
_PAGE_END = " -->"
_RULE = "---"
_MOST_DIGITS = 6
_FENCE = ":::"
_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


def parse(text: str, *, file: str, page_id: PageId) -> Transcript:
    """Read the transcript of one page.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.
    page_id
        The page it stands for; front matter and ``<!-- page … -->`` must agree with it.

    Raises
    ------
    GroundTruthError
        The text is malformed, or belongs to another page.
    """
    meta, rest = _front_matter(lines_of(text, file), file)
    _same_page(meta, file, page_id)
    pages = _pages(rest, file, first=page_id.number)
    if len(pages) != 1:
        fail_at(file, pages[1][1][0], "expected one page. Give each page its own file, or read the file as a document.")
    number, lines = pages[0]
    if number != page_id.number:
        fail_at(
            file, lines[0], f"expected page {page_id.number}, found page {number}. Mend the number or the file name."
        )
    return _page(page_id, meta, tuple(_blocks(lines, page_id, file)))


def parse_document(text: str, *, file: str, scan_id: str) -> tuple[Transcript, ...]:
    """Read a file that holds a whole document, its pages parted by ``<!-- page 2 -->``.

    What stands before the first of these is page 1, or the page that the front matter names. Every page gets the
    front matter, but for the page number.

    Raises
    ------
    GroundTruthError
        The text is malformed, or pages do not count upwards.
    """
    return parse_placed(text, file=file, scan_id=scan_id).pages


def parse_placed(text: str, *, file: str, scan_id: str, number: int = 1) -> PlacedDocument:
    """Read a file of one page or of a whole document, and say on which lines each block stands.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.
    scan_id
        The scan it stands for.
    number
        The page that the file starts with where its front matter names none.

    Raises
    ------
    GroundTruthError
        As ``parse_document``.
    """
    whole = lines_of(text, file)
    meta, rest = _front_matter(whole, file)
    first = dict(meta).get("page", str(number))
    if not _is_number(first):
        fail_at(file, rest[0], f'expected a page number from 1 in the front matter, found "page: {first}".')
    page_id = PageId(scan_id=scan_id, number=int(first))
    _same_page(meta, file, page_id)
    shared = tuple((name, value) for name, value in meta if name != "page")
    pages: list[Transcript] = []
    blocks: list[PlacedBlock] = []
    for number, lines in _pages(rest, file, first=page_id.number):
        of_page = PageId(scan_id=scan_id, number=number)
        placed = tuple(_blocks(lines, of_page, file))
        pages.append(_page(of_page, shared, placed))
        blocks += placed
    return PlacedDocument(file=file, lines=tuple(line.text for line in whole), pages=tuple(pages), blocks=tuple(blocks))


def write(transcript: Transcript) -> str:
    """Return the transcript of a page in the notation."""
    return _joined((*_written_meta(transcript.meta), *map(_written, transcript.blocks)))


def write_document(pages: Sequence[Transcript]) -> str:
    """Return a whole document in the notation, its pages parted by ``<!-- page 2 -->``.

    Parameters
    ----------
    pages
        Pages of one scan that count upwards; the front matter of the first is the document's, and pages that are
        read back (``parse_document``) all have it.
    """
    parts = [*_written_meta(tuple(row for row in pages[0].meta if row[0] != "page"))] if pages else []
    for page in pages:
        parts.append(f"{_PAGE}{page.page_id.number}{_PAGE_END}")
        parts += map(_written, page.blocks)
    return _joined(parts)


# Reading


def _page(page_id: PageId, meta: Attributes, placed: Sequence[PlacedBlock]) -> Transcript:
    """Make the transcript of a page."""
    return Transcript(page_id=page_id, meta=meta, blocks=tuple(one.block for one in placed))


def _front_matter(lines: tuple[FileLine, ...], file: str) -> tuple[Attributes, tuple[FileLine, ...]]:
    """Return the front matter and the lines after it."""
    if lines[0].text != _RULE:
        return (), lines
    meta: dict[str, str] = {}
    for index, line in enumerate(lines[1:], start=1):
        if line.text == _RULE:
            return tuple(meta.items()), (*lines[index + 1 :], FileLine(number=line.number + 1, column=1, text=""))
        name, colon, value = line.text.partition(":")
        if not colon or not fences.is_name(name):
            fail_at(file, line, f'expected "name: value" or the "{_RULE}" that ends the front matter.')
        if name in meta:
            fail_at(file, line, f'"{name}" is given twice in the front matter. Leave one.')
        meta[name] = normalize("NFC", value.strip(BLANK))
    return fail_at(file, lines[0], f'the front matter has no end. Write "{_RULE}" on a line of its own after it.')


def _same_page(meta: Attributes, file: str, page_id: PageId) -> None:
    """Refuse front matter that speaks of another page."""
    expected = {"scan": page_id.scan_id, "page": str(page_id.number)}
    for name, value in meta:
        if value != expected.get(name, value):
            line = FileLine(number=[key for key, _ in meta].index(name) + 2, column=1, text="")
            fail_at(
                file,
                line,
                f'expected "{name}: {expected[name]}", found "{value}". Mend the front matter or move the file.',
            )


def _pages(lines: tuple[FileLine, ...], file: str, *, first: int) -> list[tuple[int, list[FileLine]]]:
    """Part the lines at ``<!-- page 2 -->``; no page lacks lines, but they may be blank.

    What stands before the first comment is a page only if it says something; a page with its own comment may be empty.
    """
    pages: list[tuple[int, list[FileLine]]] = []
    before: list[FileLine] = []
    for line in lines:
        if not line.text.startswith("<!--"):
            (pages[-1][1] if pages else before).append(line)
            continue
        number = line.text.removeprefix(_PAGE).removesuffix(_PAGE_END)
        if line.text != f"{_PAGE}{number}{_PAGE_END}" or not _is_number(number):
            fail_at(
                file, line, rf'the only comment is "{_PAGE}2{_PAGE_END}". Write "\<!--" for these signs on the page.'
            )
        if not pages and not all(earlier.is_blank for earlier in before):
            pages.append((first, before))
        if pages and pages[-1][0] >= int(number):
            fail_at(file, line, f"page {number} comes after page {pages[-1][0]}. Pages count upwards.")
        pages.append((int(number), [FileLine(number=line.number, column=1, text="")]))
    return pages or [(first, before)]


def _is_number(text: str) -> bool:
    """Whether the text is a page number from 1; a longer one than anybody's is none."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text) > 0


def _blocks(lines: list[FileLine], page_id: PageId, file: str) -> Iterator[PlacedBlock]:
    """Read the blocks of a page."""
    index = 0
    while index < len(lines):
        if lines[index].is_blank:
            index += 1
            continue
        start = index
        if lines[index].text.startswith(_FENCE):
            block, index = _fence(lines, index, file)
        else:
            index = _paragraph_end(lines, index)
            block = _plain(lines[start:index], file)
        yield PlacedBlock(
            page_id=page_id, block=block, first_line=lines[start].number, last_line=lines[index - 1].number
        )


def _paragraph_end(lines: list[FileLine], start: int) -> int:
    """Return the index after a paragraph or a footnote: at an empty line, a fence or the next footnote."""
    for index in range(start + 1, len(lines)):
        if lines[index].is_blank or lines[index].text.startswith(_FENCE) or _label(lines[index]):
            return index
    return len(lines)


def _label(line: FileLine) -> str | None:
    """Return the sign of the footnote that starts on this line."""
    label, end, _ = line.text.removeprefix("[^").partition("]:")
    return label if line.text.startswith("[^") and end and label and not set(label) & set(" \t[]") else None


def _plain(lines: list[FileLine], file: str) -> Block:
    """Read a paragraph or a footnote ``[^1]: note``."""
    label = _label(lines[0])
    if label is None:
        return _block("paragraph", (), lines, file)
    first = lines[0].cut(len(f"[^{label}]:"))
    first = first.cut(len(first.text) - len(first.text.lstrip(BLANK)))
    return _block("footnote", (("label", label),), [first, *lines[1:]], file)


def _fence(lines: list[FileLine], start: int, file: str) -> tuple[Block, int]:
    """Read a fence; return it and the index after it."""
    opening = fences.read_opening(Source(file=file, lines=(lines[start],)), _KINDS)
    if opening.is_absent:
        is_closed = start + 1 < len(lines) and lines[start + 1].text == _FENCE
        block = Block(kind=opening.kind, attributes=opening.attributes, is_absent=True)
        return block, start + 1 + is_closed
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.text == _FENCE:
            block = _block(opening.kind, opening.attributes, lines[start + 1 : index], file)
            if opening.kind == "paragraph" and not opening.attributes:
                fail_at(
                    file, lines[start], 'running text needs a fence only for attributes, as in "::: paragraph id=b1".'
                )
            return block, index + 1
        if line.text.startswith(_FENCE):
            fail_at(file, line, f'expected ":::" to end the fence of line {lines[start].number}. Fences do not nest.')
        if _label(line):
            fail_at(file, line, r'a footnote "[^1]:" stands outside fences. End the fence first, or write "[^1]\:".')
    return fail_at(
        file, lines[start], f'the fence "{opening.kind}" has no end. Write ":::" on a line of its own after it.'
    )


def _block(kind: BlockKind, attributes: Attributes, lines: list[FileLine], file: str) -> Block:
    """Read what stands in a block."""
    trimmed = _trimmed(lines)
    for line in trimmed:
        if line.text == _RULE:
            fail_at(
                file, line, rf'"{_RULE}" is only for front matter. Leave it out, or write "\{_RULE}" for a printed one.'
            )
        if kind == "paragraph" and line.is_blank:
            fail_at(file, line, "a paragraph ends at an empty line. Close its fence before it.")
    trimmed, joins_previous, joins_next = _arrows(trimmed)
    return Block(
        kind=kind,
        attributes=attributes,
        children=read_inline(Source(file=file, lines=tuple(trimmed))) if trimmed else (),
        joins_previous=joins_previous,
        joins_next=joins_next,
    )


def _trimmed(lines: list[FileLine]) -> list[FileLine]:
    """Drop blank lines at both ends."""
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _arrows(lines: list[FileLine]) -> tuple[list[FileLine], bool, bool]:
    """Take the arrows off that join a block to its other half on the page before or after."""
    joins_previous = bool(lines) and lines[0].text.startswith(FROM_PREVIOUS)
    if joins_previous:
        lines = [lines[0].cut(2 if lines[0].text.startswith(f"{FROM_PREVIOUS} ") else 1), *lines[1:]]
    joins_next = bool(lines) and lines[-1].text.endswith(TO_NEXT) and not lines[-1].text.endswith(f"\\{TO_NEXT}")
    if joins_next:
        last = lines[-1]
        text = last.text.removesuffix(TO_NEXT).removesuffix(" ")
        lines = [*lines[:-1], FileLine(number=last.number, column=last.column, text=text)]
    return lines, joins_previous, joins_next


# Writing


def _joined(parts: Sequence[str]) -> str:
    """Put an empty line between parts."""
    return "\n\n".join(parts) + "\n" if parts else ""


def _written_meta(meta: Attributes) -> tuple[str, ...]:
    """Return the front matter, if there is any."""
    rows = [f"{name}: {value}".rstrip(BLANK) for name, value in meta]
    return ("\n".join((_RULE, *rows, _RULE)),) if rows else ()


def _written(block: Block) -> str:
    """Return a block in the notation."""
    if block.is_absent:
        return fences.opening(block.kind, block.attributes, is_absent=True)
    text = _guarded(spelling.spell(block.children))
    before = f"{FROM_PREVIOUS} " if block.joins_previous else ""
    after = f" {TO_NEXT}" if block.joins_next else ""
    text = f"{before}{text}{after}"
    if block.kind == "paragraph" and not block.attributes:
        return text
    label = _short_label(block)
    if label and "\n\n" not in text and not text.startswith((" ", "\t")):
        return f"[^{label}]: {text}".rstrip(BLANK)
    opening = fences.opening(block.kind, block.attributes, is_absent=False)
    return "\n".join((opening, text, _FENCE)) if text else f"{opening}\n{_FENCE}"


def _short_label(block: Block) -> str | None:
    """Return the sign of a footnote that can be written as ``[^1]: note``."""
    label = block.attribute("label") or ""
    line = FileLine(number=1, column=1, text=f"[^{label}]:")
    return _label(line) if block.kind == "footnote" and len(block.attributes) == 1 else None


def _guarded(text: str) -> str:
    """Escape line starts that would make another block: fences, rules, comments."""
    return "\n".join(_guarded_line(line) for line in text.split("\n"))


def _guarded_line(line: str) -> str:
    """Escape the start of a line where it must be."""
    return f"\\{line}" if line.startswith(_FENCE) or line == _RULE else line
