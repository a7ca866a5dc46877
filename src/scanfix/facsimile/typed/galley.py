"""Setting text as a typist does: keys into words, words into rows.

Columns count characters (floats where the face is not of one pitch), rows count lines from the top margin; no pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import floor

from scanfix.facsimile.asked.document import SOFT_HYPHEN, Paragraph, Run
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.typed.measure import Measure
from scanfix.model.text import RegionKind
from scanfix.model.transcript import BlockKind

# Where a typist leaves two blanks; the transcript has one.
_SENTENCE_ENDS = (".", "?", "!", ":", '."')
_ABBREVIATIONS = frozenset({"Dr.", "Mr.", "Mrs.", "No.", "NO.", "inst.", "cent.", "C.C.", "St."})
_LABEL = 2  # "A." and "4." are initials and labels, not ends of sentences
_SPACED_GAP = 3.0  # letter-spaced words stand three blanks apart, as their letters stand one
_FIXED = Measure()
HAIR = 1e-6  # a sixth of an inch is no binary fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One character (a whole word where a hand inserted it), the run it belongs to, and its room in columns."""

    char: str
    run: Run
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWord:
    """Keys from ``column`` on, no space between them."""

    column: float
    keys: tuple[Key, ...]

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(key.char for key in self.keys)

    @property
    def end(self) -> float:
        """The column after the last key."""
        return self.column + _room(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One line of typing, ``row`` lines below the first of its sheet.

    A row that ``is_rule`` is a typed line of hyphens or underscores: ink, and no text. One that ``opens`` begins a
    paragraph inside its block.
    """

    row: float
    words: tuple[TypedWord, ...]
    is_rule: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBlock:
    """Rows of one sheet that belong together, and the ``fence`` in which the transcript has them.

    ``joins`` say that it runs over the sheet's start or end; ``label`` is the sign of a footnote; ``stroke`` cancels
    the whole block, together with those of the same ``stroke_id``; ``lost`` is what is missing before it.
    """

    kind: RegionKind
    rows: tuple[TypedRow, ...]
    fence: BlockKind = "paragraph"
    label: str = ""
    stroke: Stroke | None = None
    stroke_id: str = ""
    lost: str = ""
    joins_previous: bool = False
    joins_next: bool = False

    @property
    def lines(self) -> tuple[tuple[int, TypedRow], ...]:
        """The rows that are text, each with its place among all."""
        return tuple((place, row) for place, row in enumerate(self.rows) if not row.is_rule)


def set_block(paragraph: Paragraph, *, columns: float, measure: Measure = _FIXED) -> TypedBlock:
    """Set a paragraph; a footnote begins with its sign."""
    fence: BlockKind = "paragraph"
    if paragraph.kind == "footnote":
        fence = "footnote"
        sign = (Run(text=paragraph.label, style="raised"), Run(text=" "))
        paragraph = replace(paragraph, runs=(*sign, *paragraph.runs))
    return TypedBlock(
        kind=paragraph.kind,
        rows=set_paragraph(paragraph, columns=columns, measure=measure),
        fence=fence,
        label=paragraph.label,
        stroke=paragraph.stroke,
        stroke_id=paragraph.stroke_id,
        lost=paragraph.lost,
    )


def set_paragraph(paragraph: Paragraph, *, columns: float, measure: Measure = _FIXED) -> tuple[TypedRow, ...]:
    """Break a paragraph into rows of at most ``columns`` columns, numbered from 0."""
    columns -= paragraph.inset
    rows: list[tuple[TypedWord, ...]] = []
    for part in _parts(paragraph, measure):
        start = paragraph.hanging if rows else paragraph.indent
        rows.extend(_fill(part, first=start, others=paragraph.hanging, columns=columns, measure=measure))
    return tuple(
        TypedRow(row=index * paragraph.leading, words=_align(words, paragraph, columns, measure))
        for index, words in enumerate(rows)
    )


def words_at(text: str, *, column: float, measure: Measure) -> tuple[TypedWord, ...]:
    """Type plain words from a column on, one blank between them."""
    words = []
    for word in text.split():
        words.append(TypedWord(column=column, keys=_keys((Run(text=word),), measure)))
        column = words[-1].end + measure.blank
    return tuple(words)


def row_of(text: str, *, columns: float, row: float, measure: Measure = _FIXED) -> TypedRow:
    """Type one centred row, such as a page number."""
    words = words_at(text, column=0.0, measure=measure)
    return TypedRow(row=row, words=shift(words, _middle(columns - words[-1].end, measure)))


def rule_of(sign: str, *, column: float, columns: float, row: float, measure: Measure = _FIXED) -> TypedRow:
    """Type a line of hyphens or underscores."""
    count = max(int(columns / measure.width(sign) + HAIR), 1)
    keys = _keys((Run(text=sign * count),), measure)
    return TypedRow(row=row, words=(TypedWord(column=column, keys=keys),), is_rule=True)


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


def shift(words: tuple[TypedWord, ...], by: float) -> tuple[TypedWord, ...]:
    """Move words by columns."""
    return tuple(replace(word, column=word.column + by) for word in words)


def _keys(runs: tuple[Run, ...], measure: Measure) -> tuple[Key, ...]:
    """Spread runs into keys; a hand's insertion takes no room, a blank follows each letter-spaced sign."""
    keys: list[Key] = []
    for run in runs:
        if run.style == "inserted":
            keys.extend(_inserted(run))
        else:
            blank = measure.blank if run.style == "spaced" else 0.0
            keys.extend(Key(char=char, run=run, width=measure.width(char) + blank) for char in run.text)
    return tuple(keys)


def _inserted(run: Run) -> Iterator[Key]:
    """Give each word of a hand as one key, spaces between them."""
    for number, word in enumerate(run.text.split()):
        if number:
            yield Key(char=" ", run=run)
        yield Key(char=word, run=run, width=0.0)


def _parts(paragraph: Paragraph, measure: Measure) -> Iterator[list[tuple[Key, ...]]]:
    """Give the words of each stretch between line feeds."""
    for is_feed, keys in groupby(_keys(paragraph.runs, measure), key=lambda key: key.char == "\n"):
        if not is_feed:
            yield [_closed(word, measure) for word in _words(tuple(keys))]


def _words(keys: tuple[Key, ...]) -> list[tuple[Key, ...]]:
    """Part keys at spaces."""
    return [tuple(word) for is_space, word in groupby(keys, key=lambda key: key.char == " ") if not is_space]


def _closed(word: tuple[Key, ...], measure: Measure) -> tuple[Key, ...]:
    """Take the blank after the last letter of a letter-spaced word away."""
    last = word[-1]
    return (*word[:-1], replace(last, width=measure.width(last.char))) if last.run.style == "spaced" else word


def _room(keys: tuple[Key, ...]) -> float:
    """Return the columns that keys take."""
    return sum(key.width for key in keys)


def _fill(
    words: list[tuple[Key, ...]], *, first: float, others: float, columns: float, measure: Measure
) -> list[tuple[TypedWord, ...]]:
    """Fill rows greedily, dividing a word that does not fit at the last soft hyphen that does."""
    rows: list[list[TypedWord]] = [[]]
    column: float = first
    before: TypedWord | None = None
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        gap = _gap(before, word, measure) if before else 0.0
        if all(key.run.style == "inserted" for key in word):
            rows[-1].append(TypedWord(column=column + gap / 2, keys=word))
            continue
        is_forced = not before and column == others
        head, tail = _divide(word, columns - column - gap, measure, is_forced=is_forced)
        if head:
            before = TypedWord(column=column + gap, keys=head)
            rows[-1].append(before)
            column = before.end
        if tail:
            rest.append(tail)
            rows.append([])
            column, before = others, None
    return [tuple(row) for row in rows if row]


def _gap(word: TypedWord, after: tuple[Key, ...], measure: Measure) -> float:
    """Return the room left between two words."""
    if word.keys[-1].run.style == after[0].run.style == "spaced":
        return _SPACED_GAP * measure.blank
    text = "".join(key.char for key in word.keys if key.run.style != "raised")
    is_end = text.endswith(_SENTENCE_ENDS) and text not in _ABBREVIATIONS
    return measure.stop if is_end and len(text) > _LABEL else measure.blank


def _divide(
    word: tuple[Key, ...], room: float, measure: Measure, *, is_forced: bool
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """Return what of a word fits into ``room`` columns, and the rest; a forced word overhangs rather than wait."""
    whole = tuple(key for key in word if key.char != SOFT_HYPHEN)
    if _room(whole) <= room + HAIR:
        return whole, ()
    for index in range(len(word) - 1, 0, -1):
        if word[index].char == SOFT_HYPHEN:
            head = tuple(key for key in word[:index] if key.char != SOFT_HYPHEN)
            head = (*head, Key(char="-", run=word[index].run, width=measure.width("-")))
            if _room(head) <= room + HAIR:
                return head, word[index + 1 :]
    return (whole, ()) if is_forced else ((), word)


def _align(
    words: tuple[TypedWord, ...], paragraph: Paragraph, columns: float, measure: Measure
) -> tuple[TypedWord, ...]:
    """Move a row to the middle or the right."""
    spare = columns - max(word.end for word in words)
    return shift(words, {"left": 0.0, "centre": _middle(spare, measure), "right": spare}[paragraph.alignment])


def _middle(spare: float, measure: Measure) -> float:
    """Halve what is spare; a typewriter starts only on whole columns."""
    return float(floor(spare / 2 + HAIR)) if measure.is_fixed else spare / 2
