"""Laying a document out: blocks onto sheets, footnotes at their foot, catchwords under their last line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import Columns, Document, Gap, Paragraph, Table
from scanfix.facsimile.typed.galley import HAIR, TypedBlock, TypedRow, set_block, shift, words_at
from scanfix.facsimile.typed.measure import Measure
from scanfix.facsimile.typed.notes import NotePlan, SetNote, signs
from scanfix.facsimile.typed.tables import set_columns, set_table

# A heading at the foot of a sheet with less text than this below it goes to the next sheet.
_ROWS_UNDER_HEADING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGap:
    """Room left in the text from ``row`` on, after ``blocks_before`` of the sheet's blocks."""

    gap: Gap
    row: float
    blocks_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSheet:
    """What is typed on one sheet: blocks in reading order, and the gaps between them."""

    blocks: tuple[TypedBlock, ...]
    gaps: tuple[PlacedGap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Galley:
    """Blocks set one beside the other, their rows numbered from 0; one that ``is_whole`` stays on one sheet."""

    blocks: tuple[TypedBlock, ...]
    blank_before: float
    leading: float = 1.0
    rows_under: int = 0
    is_whole: bool = True
    starts_sheet: bool = False

    @property
    def last(self) -> float:
        """The place of the last row."""
        return max((row.row for block in self.blocks for row in block.rows), default=0.0)


def columns_of(document: Document) -> float:
    """Return how many columns fit between the margins: whole ones on a typewriter."""
    sheet = document.sheet
    columns = (sheet.width_in - sheet.left_in - sheet.right_in) * document.machine.pitch_cpi
    return float(int(columns + HAIR)) if Measure(face=document.machine.face).is_fixed else columns


def paginate(document: Document) -> tuple[TypedSheet, ...]:
    """Set a document: the blocks of each sheet, in order.

    Raises
    ------
    SettingsError
        The margins leave no room for a row, something does not fit on a sheet, or a footnote has no sign in the text.
    """
    sheet = document.sheet
    limit = (sheet.height_in - sheet.top_in - sheet.bottom_in) / document.machine.row_in + HAIR
    columns, measure = columns_of(document), Measure(face=document.machine.face)
    if limit < 0 or columns < 1:
        raise SettingsError(f"facsimile {document.scan_id}: the margins leave no room for typing. Make them narrower.")
    plan = NotePlan(_notes(document, columns, measure), limit=limit, measure=measure)
    sheets = _Sheets(document.scan_id, limit=limit, plan=plan)
    for flow in document.paragraphs:
        if isinstance(flow, Gap):
            sheets.leave(flow)
        elif not (isinstance(flow, Paragraph) and flow.kind == "footnote"):
            sheets.add(_galley(flow, columns, measure))
    done = sheets.finish()
    return _with_catchwords(done, columns, measure) if document.has_catchwords else done


class _Sheets:
    """Sheets as they fill."""

    def __init__(self, scan_id: str, *, limit: float, plan: NotePlan) -> None:
        self._scan_id = scan_id
        self._limit = limit
        self._plan = plan
        self._done: list[TypedSheet] = []
        self._blocks: list[TypedBlock] = []
        self._gaps: list[PlacedGap] = []
        self._next = 0.0
        self._leading = 0.0

    def add(self, galley: _Galley) -> None:
        """Set a galley below what is there, on the next sheet where it does not fit."""
        if galley.starts_sheet and self._is_begun:
            self._turn()
        if galley.blocks[0].lost:
            self._break_off()
        at = self._at(galley.blank_before, galley.leading)
        if len(galley.blocks) == 1 and (not galley.is_whole or galley.last > self._limit):
            self._pour(galley, at)
            return
        if galley.last > self._limit:
            raise SettingsError(
                f"facsimile {self._scan_id}: columns of {galley.last + 1:g} rows do not fit on a sheet. Shorten them."
            )
        labels = tuple(label for block in galley.blocks for row in block.rows for label in signs(row))
        if self._is_begun and not self._plan.takes(labels, at + galley.last):
            self._turn()
            at = 0.0
        self._plan.sign(labels, at + galley.last)
        self._blocks.extend(_moved(block, at) for block in galley.blocks)
        self._end(at + galley.last, galley.leading)

    def leave(self, gap: Gap) -> None:
        """Leave room; it counts from the top of the line that would follow."""
        at = self._at(gap.blank_before, 1.0)
        if self._is_begun and not self._plan.takes((), at + gap.rows - 1):
            self._turn()
            at = 0.0
        if at + gap.rows - 1 > self._limit:
            raise SettingsError(
                f"facsimile {self._scan_id}: a gap of {gap.rows:g} rows does not fit on a sheet. Make it smaller."
            )
        self._gaps.append(PlacedGap(gap=gap, row=at, blocks_before=len(self._blocks)))
        self._end(at + gap.rows - 1, 1.0)

    def finish(self) -> tuple[TypedSheet, ...]:
        """Return all sheets; what is left of footnotes takes sheets of its own."""
        self._turn()
        while self._plan.is_owing:
            self._turn()
        missing = self._plan.unsigned
        if missing:
            raise SettingsError(
                f"facsimile {self._scan_id}: no sign [^{missing[0]}] in the text for this footnote. Add it, or drop it."
            )
        return tuple(self._done)

    @property
    def _is_begun(self) -> bool:
        """Whether anything stands on the sheet."""
        return bool(self._blocks or self._gaps)

    def _at(self, blank_before: float, leading: float) -> float:
        """Return the row at which the next thing begins; lines of two leadings are parted by the wider."""
        return self._next + max(self._leading, leading) + blank_before if self._is_begun else 0.0

    def _end(self, row: float, leading: float) -> None:
        """Remember the last row in use."""
        self._next, self._leading = row, leading

    def _pour(self, galley: _Galley, at: float) -> None:
        """Set the rows of a block one by one, over as many sheets as they take."""
        (block,) = galley.blocks
        here: list[TypedRow] = []
        is_continued = False
        rows_under = galley.rows_under
        base = at
        for row in block.rows:
            if (here or self._is_begun) and not self._plan.takes(signs(row), base + row.row + rows_under):
                if here:
                    self._put(block, here, is_continued=is_continued, goes_on=True)
                    is_continued, here = True, []
                self._turn()
                base = -row.row
            self._plan.sign(signs(row), base + row.row)
            here.append(replace(row, row=base + row.row))
            rows_under = 0
            self._end(here[-1].row, galley.leading)
        if here:
            self._put(block, here, is_continued=is_continued, goes_on=False)

    def _put(self, block: TypedBlock, rows: list[TypedRow], *, is_continued: bool, goes_on: bool) -> None:
        """Put a block's rows on the sheet."""
        self._blocks.append(
            replace(
                block,
                rows=tuple(rows),
                joins_previous=is_continued or bool(block.lost),
                joins_next=goes_on,
                lost="" if is_continued else block.lost,
            )
        )

    def _break_off(self) -> None:
        """Say of the last block that its sentence goes on in what comes: words between the two are lost."""
        if self._blocks:
            self._blocks[-1] = replace(self._blocks[-1], joins_next=True)
        elif self._done and self._done[-1].blocks:
            *before, last = self._done[-1].blocks
            self._done[-1] = replace(self._done[-1], blocks=(*before, replace(last, joins_next=True)))

    def _turn(self) -> None:
        """Set the footnotes and take the next sheet."""
        notes = self._plan.set_at_foot(self._next + 1.0 if self._is_begun else 0.0)
        self._done.append(TypedSheet(blocks=(*self._blocks, *notes), gaps=tuple(self._gaps)))
        self._blocks, self._gaps = [], []
        self._end(0.0, 0.0)


def _notes(document: Document, columns: float, measure: Measure) -> dict[str, SetNote]:
    """Set the footnotes, by their signs."""
    return {
        flow.label: SetNote(
            block=set_block(flow, columns=columns, measure=measure), blank=flow.blank_before, leading=flow.leading
        )
        for flow in document.paragraphs
        if isinstance(flow, Paragraph) and flow.kind == "footnote"
    }


def _galley(flow: Paragraph | Table | Columns, columns: float, measure: Measure) -> _Galley:
    """Set one part of the flow."""
    if isinstance(flow, Table):
        block = set_table(flow, measure=measure)
        return _Galley(blocks=(block,), blank_before=flow.blank_before, leading=flow.leading)
    if isinstance(flow, Columns):
        blocks = set_columns(flow, width=columns, measure=measure)
        leading = max(paragraph.leading for part in flow.parts for paragraph in part)
        return _Galley(blocks=blocks, blank_before=flow.blank_before, leading=leading)
    return _Galley(
        blocks=(set_block(flow, columns=columns, measure=measure),),
        blank_before=flow.blank_before,
        leading=flow.leading,
        rows_under=_ROWS_UNDER_HEADING if flow.kind == "heading" else 0,
        is_whole=False,
        starts_sheet=flow.starts_sheet,
    )


def _moved(block: TypedBlock, by: float) -> TypedBlock:
    """Move a block by rows."""
    return replace(block, rows=tuple(replace(row, row=row.row + by) for row in block.rows))


def _with_catchwords(sheets: tuple[TypedSheet, ...], columns: float, measure: Measure) -> tuple[TypedSheet, ...]:
    """Type the first word of each next sheet at the right, under the last line."""
    return tuple(_with_catchword(here, after, columns, measure) for here, after in _pairs(sheets))


def _pairs(sheets: tuple[TypedSheet, ...]) -> Iterator[tuple[TypedSheet, TypedSheet | None]]:
    """Give each sheet and the next."""
    for index, sheet in enumerate(sheets):
        yield sheet, sheets[index + 1] if index + 1 < len(sheets) else None


def _with_catchword(sheet: TypedSheet, after: TypedSheet | None, columns: float, measure: Measure) -> TypedSheet:
    """Add a sheet's catchword; none for a word that is withheld."""
    first = after.blocks[0].lines[0][1].words[0] if after and after.blocks else None
    if not first or not sheet.blocks or any(key.run.style != "plain" for key in first.keys):
        return sheet
    last = max(row.row for block in sheet.blocks for row in block.rows)
    words = words_at(first.text, column=0.0, measure=measure)
    row = TypedRow(row=last + 1.0, words=shift(words, columns - words[-1].end))
    return replace(sheet, blocks=(*sheet.blocks, TypedBlock(kind="signature-mark", rows=(row,), fence="catchword")))
