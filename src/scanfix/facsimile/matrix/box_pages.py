"""Section C: withheld places and what looks like them, planned and put on pages."""

from collections.abc import Callable, Mapping

from scanfix.facsimile.asked.document import Gap, Machine, Paragraph, Run, Sheet, Table
from scanfix.facsimile.asked.marking import CoverStyle, Redaction, Thing, ThingKind
from scanfix.facsimile.matrix import balance, factors, typescript
from scanfix.facsimile.matrix.balance import Row
from scanfix.facsimile.matrix.draft import Draft, dice_of
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.matrix.scans import LOOKS

SHEET = Sheet(left_in=1.2, right_in=1.4, top_in=1.0, bottom_in=0.9)
ROOM = 4
_POSITIVES, _NEGATIVES = 120, 60
_BAND_ROWS = 13  # two inches and a blank line: one of four places of a page
_ROWS = 8
_STYLES: Mapping[str, CoverStyle] = {
    "outlined": "outlined",
    "double": "double",
    "black": "black",
    "grey": "grey",
    "cut": "cut",
}
_CODES = ("(b)(1)", "(b)(3)", "25X1", "3.5(c)", "3.3(h)(2)", "STAT")
# Place and size of what is covered, in rows from the first of its paragraph and columns.
_COVERED: Mapping[str, tuple[float, float, float, float]] = {
    "line": (2.0, 3.0, 42.0, 1.05),
    "word": (3.0, 14.0, 9.0, 1.05),
    "paragraph": (2.0, 0.0, 56.0, 4.0),
}


def boxes(seed: int) -> tuple[Specimen, ...]:
    """Plan section C."""
    withheld = balance.rows(
        {"scan": factors.SCANS, "cover": factors.COVERS, "code": factors.CODES, "covered": factors.COVERED},
        count=_POSITIVES,
        generator=dice_of(seed, "c-withheld"),
    )
    alike = balance.rows(
        {"scan": factors.SCANS, "lookalike": factors.UNCOVERED}, count=_NEGATIVES, generator=dice_of(seed, "c-alike")
    )
    rows = [(_as_printed(row), True) for row in withheld] + [(row, False) for row in alike]
    return tuple(
        Specimen(
            name=f"c{number:04d}",
            section="C",
            stratum="withheld",
            is_positive=is_positive,
            levels=tuple(sorted(row.items())),
        )
        for number, (row, is_positive) in enumerate(rows, start=1)
    )


def page(plan: PagePlan, *, seed: int) -> Draft:
    """Return a sheet with the specimens of a plan one under the other."""
    draft = Draft(
        scan_id=plan.scan_id,
        look=LOOKS[plan.scan],
        sheet=SHEET,
        machine=Machine(face="remington", pitch_cpi=10, unevenness=0.1),
        generator=dice_of(seed, plan.scan_id),
    )
    order = draft.generator.permutation(len(plan.specimens))
    for number, index in enumerate(order):
        one = plan.specimens[int(index)]
        row = number * _BAND_ROWS
        blank = float(number > 0)
        if one.is_positive:
            _cover(draft, one, row, blank)
        else:
            _ALIKE[one.level("lookalike")](draft, one, row, blank)
    return draft


def _as_printed(row: Row) -> Row:
    """Cover what is withheld within a line as the press does: an outlined box, its code in it."""
    if row["covered"] != "in-text":
        return row
    return {**row, "cover": "outlined", "code": "none" if row["code"] == "none" else "inside"}


def _cover(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Withhold a part of a paragraph."""
    code = "" if specimen.level("code") == "none" else draft.pick(_CODES)
    if specimen.level("covered") == "in-text":
        run = Run(text="withheld from the reader", style="withheld", code=code)
        set_ = typescript.holding(draft, (run,), row=row, rows=_ROWS, blank_before=blank)
        draft.flow += [set_.paragraph, *_fill_up()]
        draft.want(specimen, "redaction", set_.at_in)
        return
    draft.flow += [typescript.plain(draft, rows=_ROWS, blank_before=blank), *_fill_up()]
    down, across, wide, high = _COVERED[specimen.level("covered")]
    pitch, row_in = draft.machine.pitch_cpi, draft.machine.row_in
    box = Redaction(
        page=1,
        x_in=round(SHEET.left_in + across / pitch, 4),
        y_in=round(SHEET.top_in + (row + down) * row_in, 4),
        width_in=round(wide / pitch, 4),
        height_in=round(high * row_in, 4),
        style=_STYLES[specimen.level("cover")],
        code=code,
        code_stands="margin" if specimen.level("code") == "margin" else "inside",
    )
    draft.redactions.append(box)
    draft.want(specimen, "redaction", (box.x_in + box.width_in / 2, box.y_in + box.height_in / 2))


def _fill_up() -> tuple[Gap, ...]:
    """Leave the rest of a place free."""
    return (Gap(rows=_BAND_ROWS - _ROWS - 2, blank_before=1.0),)


def _ruled_table(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Type a table and rule a frame round it and between its columns."""
    numbers = [f"{int(draft.generator.integers(100, 9999)):,}" for _ in range(9)]
    names = ("Halm", "Orsk", "Lesken")
    rows = [(name, *numbers[3 * at : 3 * at + 3]) for at, name in enumerate(names)]
    table = Table(rows=(("Port", "1950", "1951", "1952"), *rows), starts=(1, 14, 26, 38), blank_before=blank)
    draft.flow += [table, *_rest(5)]
    _frame(draft, specimen, "box", row - 0.4, 0.0, 48.0, 6.0)
    for column in (12.0, 24.0, 36.0):
        _thing(draft, "rule", row - 0.4, column, 0.1, 6.0)


def _form(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Type the labels of a form and draw its empty boxes."""
    labels = Table(rows=(("NAME", "DATE OF ENTRY"),), starts=(0, 26), has_head=False, blank_before=blank)
    draft.flow += [labels, Gap(rows=2, blank_before=0.0), Paragraph(runs=(Run(text="REMARKS"),), blank_before=0.0)]
    draft.flow += _rest(4)
    _frame(draft, specimen, "box", row + 1.2, 0.0, 22.0, 1.4)
    _thing(draft, "box", row + 1.2, 26.0, 18.0, 1.4)
    _thing(draft, "box", row + 4.2, 0.0, 50.0, 3.4)


def _map(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Draw a map."""
    draft.flow.append(Gap(rows=_BAND_ROWS - 1, blank_before=blank))
    _frame(draft, specimen, "map", row + 0.5, 6.0, 36.0, 10.0)


def _boxed_note(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Frame a paragraph."""
    draft.flow += [typescript.plain(draft, rows=_ROWS, blank_before=blank), *_fill_up()]
    _frame(draft, specimen, "box", row - 0.5, -1.0, 61.0, _ROWS + 1.0)


def _hatch(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Hatch an empty frame."""
    draft.flow.append(Gap(rows=_BAND_ROWS - 1, blank_before=blank))
    _frame(draft, specimen, "hatch", row + 1.0, 8.0, 30.0, 8.0)


def _exempt(draft: Draft, specimen: Specimen, row: float, blank: float) -> None:
    """Say that pages are left out."""
    text = f"Next {int(draft.generator.integers(1, 9))} Page(s) In Document Exempt"
    draft.flow += [Paragraph(runs=(Run(text=text),), blank_before=blank), *_rest(1)]
    at_in = (SHEET.left_in + len(text) / 2 / draft.machine.pitch_cpi, typescript.row_in(draft, row))
    draft.want(specimen, "words", at_in, text)


def _rest(rows: int) -> tuple[Gap, ...]:
    """Leave the rest of a place free after so many rows."""
    return (Gap(rows=_BAND_ROWS - rows - 2, blank_before=1.0),)


def _frame(
    draft: Draft, specimen: Specimen, kind: ThingKind, row: float, column: float, wide: float, high: float
) -> None:
    """Draw a frame that is no redaction, and remember it."""
    thing = _thing(draft, kind, row, column, wide, high)
    draft.want(specimen, "thing", (thing.x_in + thing.width_in / 2, thing.y_in + thing.height_in / 2), kind)


def _thing(draft: Draft, kind: ThingKind, row: float, column: float, wide: float, high: float) -> Thing:
    """Draw something, its place in rows and columns."""
    pitch, row_in = draft.machine.pitch_cpi, draft.machine.row_in
    thing = Thing(
        page=1,
        kind=kind,
        x_in=round(SHEET.left_in + column / pitch, 4),
        y_in=round(SHEET.top_in + row * row_in, 4),
        width_in=round(wide / pitch, 4),
        height_in=round(high * row_in, 4),
    )
    draft.things.append(thing)
    return thing


_ALIKE: Mapping[str, Callable[[Draft, Specimen, float, float], None]] = {
    "table": _ruled_table,
    "form": _form,
    "map": _map,
    "boxed-note": _boxed_note,
    "hatch": _hatch,
    "exempt-pages": _exempt,
}
