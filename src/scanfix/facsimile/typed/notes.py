"""Footnotes: set at the foot of the sheet that carries their sign, under a typed rule; a long one runs over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scanfix.facsimile.typed.galley import TypedBlock, TypedRow, rule_of
from scanfix.facsimile.typed.measure import Measure

# The rule that parts the notes from the text is about two inches of underscores.
_RULE_COLUMNS = 20.0
# Sooner than carry a short note over, the typist takes the line with its sign to the next sheet.
_LONG_NOTE = 4
# At least so many rows of a long note stand under its sign.
_FIRST_ROWS = 2
# The rule stands one row below the text, and so much more than a line above the first note, whose sign is raised.
_TO_RULE = 1.0
_UNDER_RULE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNote:
    """A footnote's rows, numbered from 0, and the blank rows above them when another note is there."""

    block: TypedBlock
    blank: float
    leading: float

    @property
    def height(self) -> float:
        """From the first row to the last."""
        return self.block.rows[-1].row

    @property
    def least(self) -> float:
        """The height of what must stand under the sign."""
        rows = self.block.rows
        return rows[_FIRST_ROWS - 1].row if len(rows) >= _LONG_NOTE else self.height


class NotePlan:
    """The notes of a document, and those that the sheet at hand must carry."""

    def __init__(self, notes: Mapping[str, SetNote], *, limit: float, measure: Measure) -> None:
        self._notes = notes
        self._limit = limit
        self._measure = measure
        self._is_squeezed = False
        self._here: list[SetNote] = []
        self._signed: set[str] = set()

    @property
    def is_owing(self) -> bool:
        """Whether notes wait for a sheet."""
        return bool(self._here)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The notes whose sign was not set."""
        return tuple(label for label in self._notes if label not in self._signed)

    def takes(self, labels: Sequence[str], row: float) -> bool:
        """Whether a row with these signs leaves room for all notes."""
        notes = [*self._here, *self._new(labels)]
        if not notes:
            return row <= self._limit
        height = _height(notes)
        if row + _TO_RULE + height <= self._limit:
            return True
        is_running_over = self._is_squeezed or len(notes) > len(self._here)
        return is_running_over and row + _TO_RULE + height - notes[-1].height + notes[-1].least <= self._limit

    def sign(self, labels: Sequence[str], row: float) -> None:
        """Take the notes of a row's signs on the sheet."""
        self._here.extend(self._new(labels))
        self._signed.update(labels)
        self._is_squeezed = bool(self._here) and row + _TO_RULE + _height(self._here) > self._limit

    def set_at_foot(self, top: float) -> tuple[TypedBlock, ...]:
        """Set the sheet's notes, the last row at its foot; what has no room from ``top`` on is kept for the next."""
        if not self._here:
            return ()
        rule = max(self._limit - _height(self._here), top)
        blocks: list[TypedBlock] = []
        owed: list[SetNote] = []
        at = rule
        for number, note in enumerate(self._here):
            at += _step(note) if number else note.leading + _UNDER_RULE
            rows = tuple(replace(row, row=at + row.row) for row in note.block.rows)
            # A sheet with nothing on it but notes takes a row however low it is.
            count = max(sum(row.row <= self._limit for row in rows), int(top == 0.0 and not blocks))
            if count < len(rows):
                owed.append(_rest(note, count))
            if count:
                blocks.append(replace(note.block, rows=rows[:count], joins_next=count < len(rows)))
            at = rows[-1].row
        self._here = owed
        if not blocks:
            return ()
        drawn = rule_of("_", column=0.0, columns=_RULE_COLUMNS, row=rule, measure=self._measure)
        return (replace(blocks[0], rows=(drawn, *blocks[0].rows)), *blocks[1:])

    def _new(self, labels: Sequence[str]) -> Iterator[SetNote]:
        """Give the notes of signs that are set for the first time."""
        return (self._notes[label] for label in dict.fromkeys(labels) if label in self._notes and self._is_new(label))

    def _is_new(self, label: str) -> bool:
        """Whether a sign was not set yet."""
        return label not in self._signed


def signs(row: TypedRow) -> tuple[str, ...]:
    """Return the signs of footnotes in a row."""
    keys = (key for word in row.words for key in word.keys)
    return tuple(dict.fromkeys(key.run.text for key in keys if key.run.style == "raised"))


def _step(note: SetNote) -> float:
    """Return the rows from what stands above a note to its first."""
    return note.leading + note.blank


def _height(notes: Sequence[SetNote]) -> float:
    """Return the rows from the rule to the last of the notes."""
    if not notes:
        return 0.0
    return sum(_step(note) + note.height for note in notes) - notes[0].blank + _UNDER_RULE


def _rest(note: SetNote, count: int) -> SetNote:
    """Return what of a note is left after ``count`` rows; it begins without its sign."""
    rows = note.block.rows[count:]
    left = tuple(replace(row, row=row.row - rows[0].row) for row in rows)
    return replace(note, block=replace(note.block, rows=left, joins_previous=count > 0 or note.block.joins_previous))
