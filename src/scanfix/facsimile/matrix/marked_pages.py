"""Pages of section A: a typed sheet with a place for every position, a cover, a page with no marking at all."""

from collections.abc import Mapping
from dataclasses import replace
from textwrap import wrap

from scanfix.facsimile.asked.document import Gap, Machine, Paragraph, Run, Sheet
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, Fill, Note, Print, Stamp, StampPart, Stroke, Thing
from scanfix.facsimile.matrix import marked, typescript, words
from scanfix.facsimile.matrix.draft import Draft, dice_of
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.matrix.scans import LOOKS
from scanfix.facsimile.stamped import stamps
from scanfix.facsimile.writing import writers
from scanfix.families import Family

SHEET = Sheet(left_in=2.3, right_in=0.8, top_in=1.75, bottom_in=2.6)
COVER = Sheet(width_in=7.0, height_in=9.0, left_in=1.0, right_in=0.8, top_in=2.7, bottom_in=1.0)
PLAIN = Sheet(left_in=1.4, right_in=1.0, top_in=1.3, bottom_in=1.3)
_FACES: tuple[FaceName, ...] = ("courier", "remington", "plain", "underwood", "elite")
# Rows of the paragraphs of a sheet and where they begin; a gap of five rows for a marking follows the first.
_BLOCKS = ((0, 6), (13, 6), (20, 6), (27, 4))
_GAP_ROW, _GAP_ROWS = 7, 5
_TABLE_ROW = 32
_HEAD_IN, _FOOT_IN = 0.7, 0.75
_HEAD_ROOM_IN, _BODY_ROOM_IN, _MARGIN_ROOM_IN, _STAMP_ROOM_IN = 3.6, 3.4, 1.2, 1.9
_MIDDLE_IN = 4.25
_MARGIN_AT_IN = (0.95, 4.45)
_STAMP_AT_IN = (5.9, 9.05)
# With a banner this far from the top, its strip ends as far above a marking's middle in the head as in the foot, and
# markings that it shall not touch have room outside.
_BANNER_IN = 1.2
_STRIP_UNDER_IN = 0.03
_HIDDEN: Mapping[str, float] = {"banner": 0.42, "banner-edge": 0.08}  # of the height of the letters
_HEAD_FREE_IN, _FOOT_FREE_IN = 0.55, 1.05
_COVER_ROWS_IN = (1.5, 4.7, 7.7)
_COVER_ROOM_IN = 3.6
_TITLE_WORDS, _TITLE_COLUMNS = 20, 44
_FAMILIES: Mapping[str, str] = {
    "legend": "schedule",
    "routing-slip": "routing-slip",
    "received-stamp": "received",
}


def sheet(plan: PagePlan, families: Mapping[str, Family], *, seed: int) -> Draft:
    """Return a typed sheet with the specimens of a plan in their places."""
    draft = _draft(plan, SHEET, seed)
    _type(draft, plan)
    _put_edges(draft, plan)
    for one in plan.at("body"):
        row = _GAP_ROW + (_GAP_ROWS - 1) / 2
        at_in = (4.85, round(typescript.row_in(draft, row), 4))
        marked.put_marking(draft, one, place="body", at_in=at_in, room_in=_BODY_ROOM_IN)
    for one in plan.at("margin"):
        marked.put_marking(draft, one, place="margin", at_in=_MARGIN_AT_IN, room_in=_MARGIN_ROOM_IN)
    for one in plan.at("stamp"):
        _put_stamp(draft, one, families)
    _fold(draft, plan)
    return draft


def cover(plan: PagePlan, *, seed: int) -> Draft:
    """Return a cover: a framed sheet with a title and up to three markings."""
    draft = _draft(plan, COVER, seed)
    title = wrap(writers.write("estimate", draft.generator, words=_TITLE_WORDS).title.upper(), _TITLE_COLUMNS)[0]
    draft.flow += [
        Paragraph(runs=(Run(text=title, style="underlined"),), kind="heading", alignment="centre"),
        Gap(rows=14),
        Paragraph(runs=(Run(text="Copy No. 14"),), alignment="centre"),
    ]
    draft.things.append(
        Thing(page=1, kind="box", x_in=0.4, y_in=0.4, width_in=COVER.width_in - 0.8, height_in=COVER.height_in - 0.8)
    )
    for one, y_in in zip(plan.at("cover"), _COVER_ROWS_IN, strict=False):
        at_in = (COVER.width_in / 2, y_in)
        marked.put_marking(draft, one, place="cover", at_in=at_in, room_in=_COVER_ROOM_IN)
    _fold(draft, plan)
    return draft


def clean(plan: PagePlan, *, seed: int) -> Draft:
    """Return a page without any marking or stroke: what a false alarm is counted on."""
    draft = _draft(plan, PLAIN, seed)
    for number in range(5):
        draft.flow.append(typescript.plain(draft, rows=6, blank_before=float(number > 0)))
    draft.notes.append(Note(page=1, kind="signature", x_in=4.8, y_in=8.6, size_in=0.3))
    for one in plan.specimens:
        draft.want(one, "page", (PLAIN.width_in / 2, PLAIN.height_in / 2))
    _fold(draft, plan)
    return draft


def _draft(plan: PagePlan, paper: Sheet, seed: int) -> Draft:
    """Begin a page: its paper, its scan, its machine."""
    generator = dice_of(seed, plan.scan_id)
    look: Look = LOOKS[plan.scan]
    face = _FACES[int(generator.integers(len(_FACES)))]
    machine = Machine(
        face=face,
        pitch_cpi=10,
        unevenness=round(float(generator.uniform(0.05, 0.18)), 3),
        ribbon=round(float(generator.uniform(0.85, 1.0)), 3),
        wear_in=0.003,
    )
    return Draft(scan_id=plan.scan_id, look=look, sheet=paper, machine=machine, generator=generator)


def _type(draft: Draft, plan: PagePlan) -> None:
    """Type the paragraphs of a sheet, specimens in their second lines."""
    inline = list(plan.at("text"))
    notes, tables = plan.at("footnote"), plan.at("table")
    cancelled = plan.at("block")
    for number, (row, rows) in enumerate(_BLOCKS):
        blank = float(number > 0)
        if number == 1:
            draft.flow.append(Gap(rows=_GAP_ROWS))
        if inline:
            paragraph = words.put_words(draft, inline.pop(0), row=row, rows=rows, blank_before=blank)
        else:
            paragraph = typescript.plain(draft, rows=rows, blank_before=blank)
            if cancelled and number == len(_BLOCKS) - 1:
                paragraph = _cancelled(draft, cancelled[0], paragraph, row + rows / 2)
        if notes and number == 0:
            sign, note = words.put_footnote(draft, notes[0])
            paragraph = replace(paragraph, runs=(*paragraph.runs, sign))
            draft.flow.append(note)
        draft.flow.append(paragraph)
    if tables:
        draft.flow.append(words.put_table(draft, tables[0], row=_TABLE_ROW, blank_before=1.0))


def _cancelled(draft: Draft, specimen: Specimen, paragraph: Paragraph, row: float) -> Paragraph:
    """Strike a paragraph as a whole."""
    stroke = Stroke(shape="x" if specimen.level("shape") == "block-x" else "horizontal")
    at_in = (draft.sheet.left_in + 2.8, typescript.row_in(draft, row))
    draft.want(specimen, "strikethrough", at_in)
    return replace(paragraph, stroke=stroke, stroke_id="b1")


def _put_edges(draft: Draft, plan: PagePlan) -> None:
    """Put the markings of head and foot, under a banner where one of them asks for it."""
    edges = (*plan.at("head"), *plan.at("foot"))
    has_banner = any(_hidden(one) for one in edges)
    if has_banner:
        draft.banner = Banner(action="Approved For Release", date="2004-06-17", number="C00418823", at_in=_BANNER_IN)
    height = draft.sheet.height_in
    for one in plan.at("head"):
        y = _under(one, _BANNER_IN) if _hidden(one) else _HEAD_FREE_IN if has_banner else _HEAD_IN
        marked.put_marking(draft, one, place="head", at_in=(_MIDDLE_IN, y), room_in=_HEAD_ROOM_IN)
    for one in plan.at("foot"):
        free = height - (_FOOT_FREE_IN if has_banner else _FOOT_IN)
        y = _under(one, height - _BANNER_IN / 2) if _hidden(one) else free
        marked.put_marking(draft, one, place="foot", at_in=(_MIDDLE_IN, round(y, 4)), room_in=_HEAD_ROOM_IN)


def _hidden(specimen: Specimen) -> float:
    """Return how much of a marking's height a banner hides."""
    return max(_HIDDEN.get(specimen.level(name), 0.0) for name in ("conflict", "lookalike"))


def _under(specimen: Specimen, baseline_in: float) -> float:
    """Return the middle of a marking whose first line a banner's strip partly hides."""
    is_double = specimen.level("text").startswith("two-")
    capital = 0.15 if is_double else 0.12 if specimen.level("text") in ("typed", "spaced") else 0.2
    top = baseline_in + _STRIP_UNDER_IN - _hidden(specimen) * capital
    return round(top + (0.95 + 0.5 if is_double else 0.5) * capital, 4)


def _put_stamp(draft: Draft, specimen: Specimen, families: Mapping[str, Family]) -> None:
    """Put a specimen inside a stamp, or one that is a stamp itself."""
    level = specimen.level("lookalike")
    x, y = _STAMP_AT_IN
    if level in _FAMILIES:
        stamp = stamps.drawn(families[_FAMILIES[level]], draft.generator, page=1, x_in=x - 1.4, y_in=y - 0.4)
        draft.stamps.append(stamp)
        draft.want(specimen, "stamp", _STAMP_AT_IN, stamp.family)
    elif level == "library-stamp":
        draft.stamps.append(_library(x - 0.9, y - 0.3))
        draft.want(specimen, "stamp", _STAMP_AT_IN, "library")
    else:
        draft.stamps.append(_filing(x - 1.15, y - 0.55, has_struck_number=level == "struck-number"))
        marked.put_marking(draft, specimen, place="body", at_in=_STAMP_AT_IN, room_in=_STAMP_ROOM_IN)


def _filing(x_in: float, y_in: float, *, has_struck_number: bool) -> Stamp:
    """Return a registry's framed stamp with room for a marking in its middle."""
    free = (Fill(name="room", text="", width_in=2.3, has_rule=False),)
    number: tuple[StampPart, ...] = (Print(text="DEPOT FILE COPY"),)
    if has_struck_number:
        struck = Fill(name="number", text="1447", width_in=0.8, is_struck=True)
        number = (Print(text="FILE NO."), struck, Fill(name="number", text="1474", width_in=0.7))
    return Stamp(
        family="filing",
        page=1,
        x_in=x_in,
        y_in=y_in,
        turn_deg=0.0,
        rows=((Print(text="GRADING OF THIS PAPER"),), free, free, free, number),
        face="grotesque",
        capital_in=0.085,
        leading=2.4,
        has_frame=True,
        align="centre",
    )


def _library(x_in: float, y_in: float) -> Stamp:
    """Return the oval stamp of a reading room."""
    lines = ("STATE LIBRARY OF VARDAL", "READING ROOM", "CLASSIFIED CATALOGUE")
    return Stamp(
        family="library",
        page=1,
        x_in=x_in,
        y_in=y_in,
        turn_deg=0.0,
        rows=tuple((Print(text=line),) for line in lines),
        face="sans",
        capital_in=0.085,
        has_frame=True,
        is_round=True,
        align="centre",
        ink="violet",
    )


def _fold(draft: Draft, plan: PagePlan) -> None:
    """Fold the sheet across, on scans that show a fold."""
    if plan.scan == "fold":
        y = draft.between(0.42, 0.62) * draft.sheet.height_in
        wide = draft.sheet.width_in - 0.2
        draft.things.append(Thing(page=1, kind="fold", x_in=0.1, y_in=y, width_in=wide, height_in=0.04))
