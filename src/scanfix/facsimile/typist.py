"""Setting text as a typist does: words into rows of keys, rows onto sheets.

Columns count characters, rows count lines from the top margin; no pixels here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import floor

from scanfix.errors import SettingsError
from scanfix.facsimile.document import SOFT_HYPHEN, Document, Paragraph, Run
from scanfix.model.text import RegionKind

# Typists were taught two spaces after a full stop; the transcript has one.
_SENTENCE_ENDS = (".", "?", "!", ":", '."')
_ABBREVIATIONS = frozenset({"Dr.", "Mr.", "No.", "NO.", "inst.", "cent.", "C.C."})
_LABEL = 2  # "A." and "4." are initials and labels, not ends of sentences
_HAIR = 1e-6  # a sixth of an inch is no binary fraction
# A heading at the foot of a sheet with less text than this below it goes to the next sheet.
_ROWS_UNDER_HEADING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One character and the run it belongs to."""

    char: str
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWord:
    """Keys from ``column`` on, no space between them."""

    column: int
    keys: tuple[Key, ...]

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(key.char for key in self.keys)

    @property
    def end(self) -> int:
        """The column after the last key."""
        return self.column + len(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One line of typing, ``row`` lines below the first of its sheet."""

    row: float
    words: tuple[TypedWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBlock:
    """The rows of a paragraph that stand on one sheet; ``joins`` say that it runs over the sheet's start or end."""

    kind: RegionKind
    rows: tuple[TypedRow, ...]
    joins_previous: bool = False
    joins_next: bool = False


def columns_of(document: Document) -> int:
    """Return how many characters fit between the margins."""
    sheet = document.sheet
    return int((sheet.width_in - sheet.left_in - sheet.right_in) * document.machine.pitch_cpi)


def paginate(document: Document) -> tuple[tuple[TypedBlock, ...], ...]:
    """Set a document: the blocks of each sheet, in order.

    Raises
    ------
    SettingsError
        The margins leave no room for a row.
    """
    sheet = document.sheet
    limit = (sheet.height_in - sheet.top_in - sheet.bottom_in) / document.machine.row_in + _HAIR
    if limit < 0 or columns_of(document) < 1:
        raise SettingsError(f"facsimile {document.scan_id}: the margins leave no room for typing. Make them narrower.")
    sheets: list[list[TypedBlock]] = [[]]
    cursor = 0.0
    for paragraph in document.paragraphs:
        rows = set_paragraph(paragraph, columns=columns_of(document))
        cursor += paragraph.blank_before if sheets[-1] else 0.0
        needed = _ROWS_UNDER_HEADING if paragraph.kind == "heading" else 0
        is_continued = False
        while rows:
            room = floor(limit - cursor) + 1
            if sheets[-1] and room < 1 + needed:
                sheets.append([])
                cursor, needed = 0.0, 0
                continue
            here, rows = rows[:room], rows[room:]
            placed = tuple(replace(row, row=cursor + index) for index, row in enumerate(here))
            sheets[-1].append(
                TypedBlock(kind=paragraph.kind, rows=placed, joins_previous=is_continued, joins_next=bool(rows))
            )
            cursor += len(here)
            is_continued = True
    return tuple(tuple(blocks) for blocks in sheets)


def set_paragraph(paragraph: Paragraph, *, columns: int) -> tuple[TypedRow, ...]:
    """Break a paragraph into rows of at most ``columns`` characters, numbered from 0."""
    rows: list[tuple[TypedWord, ...]] = []
    for part in _parts(paragraph):
        start = paragraph.hanging if rows else paragraph.indent
        rows.extend(_fill(part, first=start, others=paragraph.hanging, columns=columns))
    return tuple(
        TypedRow(row=float(index), words=_align(words, paragraph, columns)) for index, words in enumerate(rows)
    )


def row_of(text: str, *, columns: int, row: float) -> TypedRow:
    """Type one centred row, such as a page number."""
    (words,) = _fill(_words(_keys((Run(text=text),))), first=0, others=0, columns=columns)
    return TypedRow(row=row, words=_shift(words, (columns - words[-1].end) // 2))


def spans(row: TypedRow) -> Iterator[tuple[Run, str]]:
    """Give the row's text in stretches of one run; words are parted by single spaces.

    A space belongs to a run when the words on both sides do, to plain text otherwise.
    """
    keys: list[Key] = []
    for word in row.words:
        if keys:
            is_inside = keys[-1].run == word.keys[0].run
            keys.append(Key(char=" ", run=word.keys[0].run if is_inside else Run(text=" ")))
        keys.extend(word.keys)
    for run, stretch in groupby(keys, key=lambda key: key.run):
        yield run, "".join(key.char for key in stretch)


def _keys(runs: tuple[Run, ...]) -> tuple[Key, ...]:
    """Spread runs into keys."""
    return tuple(Key(char=char, run=run) for run in runs for char in run.text)


def _parts(paragraph: Paragraph) -> Iterator[list[tuple[Key, ...]]]:
    """Give the words of each stretch between line feeds."""
    for is_feed, keys in groupby(_keys(paragraph.runs), key=lambda key: key.char == "\n"):
        if not is_feed:
            yield _words(tuple(keys))


def _words(keys: tuple[Key, ...]) -> list[tuple[Key, ...]]:
    """Part keys at spaces."""
    return [tuple(word) for is_space, word in groupby(keys, key=lambda key: key.char == " ") if not is_space]


def _fill(words: list[tuple[Key, ...]], *, first: int, others: int, columns: int) -> list[tuple[TypedWord, ...]]:
    """Fill rows greedily, dividing a word that does not fit at the last soft hyphen that does."""
    rows: list[list[TypedWord]] = [[]]
    column = first
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        gap = _gap(rows[-1][-1]) if rows[-1] else 0
        head, tail = _divide(word, columns - column - gap, is_forced=not rows[-1] and column == others)
        if head:
            rows[-1].append(TypedWord(column=column + gap, keys=head))
            column = rows[-1][-1].end
        if tail:
            rest.append(tail)
            rows.append([])
            column = others
    return [tuple(row) for row in rows]


def _gap(word: TypedWord) -> int:
    """Return the spaces typed after a word."""
    is_end = word.text.endswith(_SENTENCE_ENDS) and word.text not in _ABBREVIATIONS
    return 2 if is_end and len(word.keys) > _LABEL else 1


def _divide(word: tuple[Key, ...], room: int, *, is_forced: bool) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """Return what of a word fits into ``room`` columns, and the rest; a forced word overhangs rather than wait."""
    whole = tuple(key for key in word if key.char != SOFT_HYPHEN)
    if len(whole) <= room:
        return whole, ()
    for index in range(len(word) - 1, 0, -1):
        head = tuple(key for key in word[:index] if key.char != SOFT_HYPHEN)
        if word[index].char == SOFT_HYPHEN and len(head) < room:
            return (*head, Key(char="-", run=word[index].run)), word[index + 1 :]
    return (whole, ()) if is_forced else ((), word)


def _align(words: tuple[TypedWord, ...], paragraph: Paragraph, columns: int) -> tuple[TypedWord, ...]:
    """Move a row to the middle or the right."""
    spare = columns - words[-1].end
    return _shift(words, {"left": 0, "centre": spare // 2, "right": spare}[paragraph.alignment])


def _shift(words: tuple[TypedWord, ...], by: int) -> tuple[TypedWord, ...]:
    """Move words by columns."""
    return tuple(replace(word, column=word.column + by) for word in words)
