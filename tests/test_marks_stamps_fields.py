"""What may stand in a stamp's field, how fragments are recognised, and how they agree on a place."""

import marks_drawn as draw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_stamps_drawn import (
    UNIT,
    Drawn,
    WordReader,
    bitmap,
    families,
    found,
    line_of,
    one_stamp,
    stamped,
    wording,
)

from scanfix.families import FieldKind, StampField
from scanfix.images import GrayImage
from scanfix.marks.frame import frame_of
from scanfix.marks.stamps.fragments import Anchors, Fragment, Read, line_likeness, printed_likeness
from scanfix.marks.stamps.grammar import value_of
from scanfix.marks.stamps.patches import patch_of, turned_by
from scanfix.marks.stamps.printed import printed
from scanfix.marks.stamps.sites import places_of
from scanfix.marks.stamps.unexplained import heaps_of, sharpest_near
from scanfix.marks.wordings import fold
from scanfix.model.geometry import Affine, Box
from scanfix.model.text import CropText

REVIEWER = wording("cia-reviewer")
ANCHORS = Anchors(printed(families()))


@pytest.mark.parametrize(
    ("reading", "kind", "value"),
    [
        (" 2009.", "year", "2009"),
        ("2O1O", "year", "2010"),
        ("20l0", "year", "2010"),
        ("2S10", "year", None),
        ("12-15-79", "date", "12-15-79"),
        ("20/12/79_", "date", "20/12/79"),
        ("12-15.79", "date", None),
        ("7Jan80", "date", "7 Jan 80"),
        ("10 JUN 1980", "date", "10 JUN 1980"),
        ("OCT 26 2009", "date", "OCT 26 2009"),
        ("32/12/79", "date", None),
        ("28 MAY 20", "date", None),
        ("47", "number", "47"),
        ("UW?", "number", None),
        ("EAR", "initials", "EAR"),
        ("Earl of", "initials", None),
        ("…", "number", None),
    ],
)
def test_a_reading_is_taken_where_its_grammar_fits(reading: str, kind: FieldKind, value: str | None) -> None:
    assert value_of(reading, StampField(kind=kind)) == value


def test_a_year_in_which_no_such_stamp_was_used_is_misread() -> None:
    field = StampField(kind="date", used=(1979, 1995))
    assert value_of("20/12/79", field) == "20/12/79"
    assert value_of("20/12/19", field) is None
    assert value_of("9 JUN 1930", field) is None


def test_a_closed_list_takes_nothing_else() -> None:
    field = StampField(kind="name", values=("ARMY", "NAVY"), is_closed=True)
    assert value_of("ARMY", field) == "ARMY"
    assert value_of("ALMY", field) is None


@given(st.text(alphabet="0123456789OoIl|-/. JanuryE", max_size=14))
@settings(deadline=None)
def test_a_value_holds_no_figure_that_was_not_read(reading: str) -> None:
    value = value_of(reading, StampField(kind="date")) or value_of(reading, StampField(kind="number")) or ""
    figures = reading.translate(str.maketrans("OoIl|", "00111"))
    assert sum(sign.isdigit() for sign in value) <= sum(sign.isdigit() for sign in figures)


def test_the_engine_is_not_believed_alone() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER, fills={"doc_no": "47"})
    stamped(page, stamp, left=800, top=1500)
    reader = WordReader(words=stamp.words(), hand=["47"], misread={"47": "4 7 7"})
    assert one_stamp(found(page, reader)).field("doc_no") is None


def test_a_field_among_print_is_read_with_its_line() -> None:
    page, stamp = (
        draw.blank(width=1900, height=2300),
        Drawn(printed=wording("nsa-release", index=1), fills={"ref_id": "A53309"}),
    )
    stamped(page, stamp, left=600, top=1500)
    mark = one_stamp(found(page, WordReader(words=stamp.words(), hand=["A53309"])))
    assert (mark.field("ref_id"), mark.field("order")) == ("A53309", "E.O. 13526")
    assert mark.field("date") is None


def test_another_wording_of_the_family_is_told_by_its_own_lines() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=wording("cia-no-objection", index=1))
    stamped(page, stamp, left=700, top=1500)
    mark = one_stamp(found(page, WordReader(words=stamp.words())))
    assert mark.field("scope") == "CIA INFORMATION"
    assert mark.text.count("\n") == 3


def test_a_dater_set_askew_is_read_level() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER)
    stamped(page, stamp, left=800, top=1500)
    date = bitmap("17 JAN 1980", 1.3, 3)
    picture = draw.blank(width=date.shape[1] + 200, height=date.shape[1] + 200)
    top = picture.shape[0] // 2
    picture[top : top + date.shape[0], 100 : 100 + date.shape[1]] = date
    frame = frame_of(picture, dpi=300)
    turned = patch_of(frame, [(0, 0), (picture.shape[1], picture.shape[0])], angle_deg=20.0, margin_px=0).ink
    rows, columns = np.nonzero(turned)
    place = turned[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    left, bottom = 800 + 100 + round(3.6 * UNIT) + 6, 1500 + 145 + 6 * 48 + 20
    page[bottom - place.shape[0] : bottom, left : left + place.shape[1]][place] = 0
    marks = found(page, _Dates(words=stamp.words()))
    assert one_stamp(marks).field("date") == "17 JAN 1980"
    assert all(mark.kind != "handwriting" for mark in marks)


class _Dates(WordReader):
    """Reads a date by its size: level, it is low and long."""

    def _read(self, crop: GrayImage, *, is_quick: bool) -> CropText:
        said = super()._read(crop, is_quick=is_quick)
        height, width = (size - 28 for size in crop.shape)
        is_level = 5.5 <= width / max(1, height) <= 9.5 and 200 <= width <= 300
        return said if said.second or not is_level else CropText(second="17 JAN 1980", confidence=0.97)


@pytest.mark.parametrize("text", ["N0 CHANGE !N CLA5S", "CHANGE IN CLA", "NEXT REV1EW DATE", "AUTH: HR 70-2"])
def test_a_garbled_line_of_the_reviewers_stamp_is_a_fragment(text: str) -> None:
    read = Read(text=text, box=Box(left=0, top=0, right=400, bottom=30), to_frame=Affine.identity(), angle_deg=0.0)
    assert "cia-reviewer" in {one.printed.family.family for one in ANCHORS.find([read])}


@pytest.mark.parametrize("text", ["", "DATE", "The weather was fair", "0123456789"])
def test_other_words_are_no_fragment(text: str) -> None:
    read = Read(text=text, box=Box(left=0, top=0, right=400, bottom=30), to_frame=Affine.identity(), angle_deg=0.0)
    assert ANCHORS.find([read]) == ()


def test_a_line_is_alike_whatever_stands_in_its_field() -> None:
    line = REVIEWER.lines[6]
    assert line_likeness("DATE: 8 Jan 80 REVIEWER: 019360", line) == 1.0
    assert line_likeness("", line) == 0.0
    assert printed_likeness(fold("REVIEWER"), "") == 0.0


def _fragment(number: int, *, x: float, y: float, height: float = 26.0, likeness: float = 1.0) -> Fragment:
    """Return a fragment that is a whole line of the reviewer's stamp, its left end at (x, y)."""
    line = REVIEWER.lines[number]
    item = line.prints[0]
    left = x + item.start * height
    box = Box.of((left, y, left + (item.end - item.start) * height, y + height))
    return Fragment(
        printed=REVIEWER,
        line=line,
        start=item.start,
        end=item.end,
        box=box,
        to_frame=Affine.identity(),
        angle_deg=0.0,
        letters=len(fold(item.text)),
        likeness=likeness,
        share=1.0,
    )


def test_fragments_that_agree_are_one_place_and_others_are_not_of_it() -> None:
    step = REVIEWER.family.press.leading * UNIT
    right = [_fragment(number, x=500, y=800 + number * step) for number in (1, 3, 4)]
    wrong = _fragment(5, x=1500, y=300)
    (place,) = places_of([*right, wrong])
    assert len(place.sites[0].fragments) == 3
    assert abs(place.sites[0].origin[0] - 500) < UNIT
    assert place.sites[0].box.left < 520


def test_one_short_fragment_is_no_place() -> None:
    assert places_of([_fragment(5, x=500, y=800)]) == ()


@given(st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500))
@settings(deadline=None)
def test_a_turn_keeps_distances(angle: float, x: float, y: float) -> None:
    u, v = turned_by(angle).point(x, y)
    assert u * u + v * v == pytest.approx(x * x + y * y, rel=1e-6, abs=1e-6)


def test_the_angle_of_a_heap_is_that_of_its_rows() -> None:
    page, stamp = draw.blank(width=1700, height=1700), Drawn(printed=wording("uk-retained-copy"))
    stamped(page, stamp, left=400, top=700, clockwise_deg=7.0)
    heaps = heaps_of(frame_of(page, dpi=300), ())
    assert any(abs(heap.angle_deg - 7.0) <= 0.5 for heap in heaps)


def test_words_that_were_read_well_leave_no_heap() -> None:
    page, stamp = draw.blank(width=1700, height=1700), Drawn(printed=wording("uk-retained-copy"))
    box = stamped(page, stamp, left=400, top=700)
    assert heaps_of(frame_of(page, dpi=300), [line_of("EVERYTHINGREAD", box)]) == ()


def test_a_level_row_at_the_edge_is_a_banner_and_no_heap() -> None:
    page = draw.blank(width=1900, height=2300)
    draw.word(page, "APPROVEDFORRELEASE", left=800, bottom=90, scale=1.2, thickness=3)
    assert heaps_of(frame_of(page, dpi=300), ()) == ()


def test_level_ink_is_sharpest_level() -> None:
    points = np.array([[x, y] for y in (0, 40, 80) for x in range(0, 400, 3)], np.float64)
    assert sharpest_near(points, 0.0, reach_deg=4.0) == pytest.approx(0.0, abs=0.3)


def test_a_patch_leads_back_to_the_frame() -> None:
    page = draw.blank(width=900, height=900)
    box = draw.word(page, "STAMP", left=300, bottom=500, scale=1.5, thickness=4)
    patch = patch_of(frame_of(page, dpi=300), [(300.0, 450.0), (600.0, 520.0)], angle_deg=10.0, margin_px=60)
    rows, columns = np.nonzero(patch.ink)
    ink = Box.of((columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    assert box.share_inside(patch.to_frame.box(ink)) > 0.95
    assert patch.to_patch.then(patch.to_frame).point(10.0, 20.0) == pytest.approx((10.0, 20.0))
