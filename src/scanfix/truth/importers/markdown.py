"""Transcriptions in Markdown, of the several habits that archives have."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from scanfix.families import Family
from scanfix.model.transcript import Attributes, Block, BlockKind, Element, Inline
from scanfix.truth.importers.blocks import StampAhead, in_lines, is_exemption, is_page_number, stamp_ahead
from scanfix.truth.importers.inline_parts import tidy
from scanfix.truth.importers.journal import Journal, tidy_lines
from scanfix.truth.importers.markdown_chunks import Chunk, Label, bare, cut, label_of
from scanfix.truth.importers.markdown_citation import take_citation, take_rows
from scanfix.truth.importers.markdown_inline import Content, Context, read_inline
from scanfix.truth.importers.markdown_tokens import word_labels
from scanfix.truth.importers.paging import Pages, Piece
from scanfix.truth.importers.profiles import choose
from scanfix.truth.importers.report import Imported
from scanfix.truth.source import lines_of


def read_markdown(text: str, *, file: str, scan_id: str, profile: str | None, families: Sequence[Family]) -> Imported:
    """Read a transcription in Markdown.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.
    scan_id
        The scan it transcribes.
    profile
        Name or path of the profile that tells what ambiguous signs mean; ``None`` for the one the source declares.
    families
        Known stamps.

    Raises
    ------
    GroundTruthError
        The text holds control characters, or signs nested beyond reason.
    SettingsError
        There is no such profile.
    """
    as_read = tuple(line.text for line in lines_of(text, file))
    journal = Journal(file)
    lines = tidy_lines(text, journal)
    chosen = choose(profile, [line.text for line in lines])
    rows, chunks = take_rows(cut(lines, journal), journal)
    cited, chunks = take_citation(chunks, journal)
    meta = dict((*rows, *cited)).items()
    labels = frozenset(label.sign for chunk in chunks if (label := _note_label(chunk)))
    word_notes = frozenset().union(*(word_labels(chunk.text) for chunk in chunks))
    context = Context(chosen=chosen, labels=labels, word_notes=word_notes, journal=journal)
    pages = Pages(scan_id, journal)
    for piece in _one_stroke(list(_Chunks(chunks, families, context).pieces())):
        pages.add(piece)
    placed = pages.document(as_read, (("scan", scan_id), *meta))
    return Imported(placed=placed, profile=chosen.profile.name, decisions=journal.decisions)


def _note_label(chunk: Chunk) -> Label | None:
    """Return the sign of the note that a chunk is."""
    return label_of(chunk.text) if chunk.kind == "text" else None


class _Chunks:
    """Makes pieces of chunks, one after the other."""

    def __init__(self, chunks: Sequence[Chunk], families: Sequence[Family], context: Context) -> None:
        self.chunks = list(chunks)
        self.families = families
        self.context = context
        self.journal = context.journal

    def pieces(self) -> Iterator[Piece]:
        """Give the pieces of the document in order."""
        index = 0
        while index < len(self.chunks):
            stamp = stamp_ahead(self.chunks, index, self.families)
            if stamp is None:
                yield from self._pieces_of(index)
                index += 1
                continue
            yield self._stamp(stamp)
            index += stamp.chunks
            if stamp.rest:
                index -= 1
                self.chunks[index] = stamp.rest

    def _neighbour(self, index: int) -> Chunk | None:
        """Return the chunk at an index, if there is one."""
        return self.chunks[index] if 0 <= index < len(self.chunks) else None

    def _pieces_of(self, index: int) -> Iterator[Piece]:
        """Give the pieces of one chunk."""
        chunk = self.chunks[index]
        if chunk.kind == "break":
            yield Piece(lines=chunk.lines, page=chunk.page)
        elif chunk.kind == "rule":
            after = self._neighbour(index + 1)
            is_above_notes = after is not None and _note_label(after) is not None
            meaning = "rule above notes" if is_above_notes else "rule between parts"
            self.journal.dropped(chunk.lines[0], "rule", chunk.text, meaning)
        elif chunk.kind == "marking":
            yield self._piece("head", chunk, self._read(chunk), is_marking=True)
        elif is_page_number(chunk, self._neighbour(index - 1), self._neighbour(index + 1)):
            self.journal.decided(chunk.lines[0], "page-number", chunk.text, "number of the page")
            yield self._piece("pageno", chunk, self._read(chunk))
        else:
            yield from self._running(chunk)

    def _running(self, chunk: Chunk) -> Iterator[Piece]:
        """Give the pieces of a chunk that is text."""
        label = _note_label(chunk)
        if label:
            yield from self._note(chunk, label)
            return
        content = self._read(chunk)
        kind, attributes = self._kind(chunk, content)
        if content.children:
            yield self._piece(kind, chunk, content, attributes)
        yield from _notes(chunk, content)

    def _kind(self, chunk: Chunk, content: Content) -> tuple[BlockKind, Attributes]:
        """Return the kind of block that a chunk of text is, and what its fence says."""
        line, text = chunk.lines[0], bare(chunk.text)
        witness = self.context.chosen.witness_of(text)
        if witness:
            self.journal.decided(line, "witness", text, f"the witness {witness} begins")
            return "witness", (("id", witness),)
        if content.is_handwriting:
            return "handwriting", ()
        if is_exemption(text):
            self.journal.decided(line, "exemption", text, "exemption code in the margin")
            return "margin", ()
        return "paragraph", (("level", str(chunk.level)),) if chunk.kind == "heading" else ()

    def _note(self, chunk: Chunk, label: Label) -> Iterator[Piece]:
        """Give a footnote."""
        first = chunk.lines[0]
        sign = first.text[: label.length]
        self.journal.markup(first, "tag" if sign.startswith("<") else "note", sign, f"note {label.sign}")
        content = read_inline((first.cut(label.length), *chunk.lines[1:]), self.context)
        yield self._piece("footnote", chunk, content, (("label", label.sign),))
        yield from _notes(chunk, content)

    def _stamp(self, stamp: StampAhead) -> Piece:
        """Return a stamp, its strokes and what was filled in."""
        found = stamp.found
        text = " / ".join(line.text for line in stamp.lines)
        meaning = f"stamp {found.family}" + ("" if found.is_whole else ", wording differs from the known one")
        self.journal.decided(stamp.lines[0], "stamp", text, meaning)
        contents = [
            content
            if line.text == bare(line.text) and _has_hand(content)
            else read_inline([line], self.context).children
            for line, content in zip(stamp.lines, found.lines, strict=True)
        ]
        block = Block(kind="stamp", attributes=found.attributes, children=tidy(in_lines(contents)))
        return Piece(lines=stamp.lines, block=block)

    def _read(self, chunk: Chunk) -> Content:
        """Read the text of a chunk."""
        return read_inline(chunk.lines, self.context)

    def _piece(
        self, kind: BlockKind, chunk: Chunk, content: Content, attributes: Attributes = (), *, is_marking: bool = False
    ) -> Piece:
        """Return a block and its place."""
        block = Block(kind=kind, attributes=attributes, children=content.children)
        return Piece(lines=chunk.lines, block=block, is_marking=is_marking)


def _notes(chunk: Chunk, content: Content) -> Iterator[Piece]:
    """Give the notes that stand inside a chunk, each as a footnote after it."""
    for note in content.notes:
        block = Block(kind="footnote", attributes=(("label", note.label),), children=note.children)
        yield Piece(lines=chunk.lines, block=block)


def _has_hand(content: Sequence[Inline]) -> bool:
    """Whether something on a line was filled in by hand."""
    return any(isinstance(part, Element) for part in content)


def _one_stroke(pieces: list[Piece]) -> list[Piece]:
    """Give the strokes through a heading and the paragraph under it one id: they were struck as one."""
    number = 0
    for index, (upper, lower) in enumerate(pairwise(pieces)):
        heading, text = _struck(upper), _struck(lower)
        if heading and text and heading.attribute("level"):
            number += 1
            pieces[index] = replace(upper, block=_with_id(heading, f"k{number}"))
            pieces[index + 1] = replace(lower, block=_with_id(text, f"k{number}"))
    return pieces


def _struck(piece: Piece) -> Block | None:
    """Return a paragraph that is struck from end to end."""
    block = piece.block
    if block is None or block.kind != "paragraph" or len(block.children) != 1:
        return None
    only = block.children[0]
    return block if isinstance(only, Element) and only.name == "struck" else None


def _with_id(block: Block, name: str) -> Block:
    """Return a block whose strokes have an id."""
    strokes = (replace(child, attributes=(("id", name),)) for child in block.children if isinstance(child, Element))
    return replace(block, children=tuple(strokes))
