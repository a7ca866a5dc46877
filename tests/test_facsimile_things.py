"""Hands and things on the paper: notes, signatures, ticks; holes, folds, frames, maps, seals, letterheads."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from pressed import BARE, block_of, document, ink_of, marks_of
from pressed_ink import added, bare, gap, note, pressed, redaction, thing

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.marking import Ink, Letterhead, NoteKind, ThingKind
from scanfix.facsimile.marked.hand import smooth

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

NOTES: tuple[NoteKind, ...] = get_args(NoteKind)
THINGS: tuple[ThingKind, ...] = get_args(ThingKind)
# Grey shadows and creases: their edge is no sharp line.
PALE: tuple[ThingKind, ...] = ("fold", "crease", "stain", "clip")


# Hands


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("kind", NOTES)
def test_what_a_hand_draws_has_a_box_of_its_ink(kind: NoteKind, skew_deg: float) -> None:
    plain = bare(skew_deg)
    for text in ("", "Voss"):
        if text or kind not in ("note", "initials"):
            page = pressed(plain, notes=(note(kind, text=text, face="hand-quick", turn_deg=5.0),))
            (mark,) = marks_of(page, "handwriting")
            assert gap(mark.box, added(pressed(plain), page)) <= 2
            assert (mark.text, mark.field("form")) == (text, kind)
            assert mark.quad is not None


def test_what_can_be_read_is_in_the_transcript_and_what_cannot_is_not() -> None:
    hands = (note("note", text="see p. 4\nand 5"), note("tick", x_in=4.0), note("signature", x_in=0.5, y_in=4.0))
    page = pressed(bare(), notes=hands)
    assert block_of(page, "handwriting").children == ("see p. 4\nand 5",)
    assert len(marks_of(page, "handwriting")) == 3
    assert [word.text for word in page.text.words] == ["Halm"]


def test_a_note_on_another_page_or_under_a_box_is_not_there() -> None:
    hidden = redaction(x_in=1.5, y_in=2.5, width_in=3.0, height_in=1.2)
    page = pressed(bare(), notes=(note("note", text="ok"), note("tick", page=2)), redactions=(hidden,))
    assert marks_of(page, "handwriting") == []
    assert all(block.kind != "handwriting" for block in page.transcript.blocks)


@pytest.mark.parametrize("ink", ["black", "pencil"])
def test_a_pencil_is_paler_than_a_pen(ink: Ink) -> None:
    page = pressed(bare(), notes=(note("signature", ink=ink),))
    (mark,) = marks_of(page, "handwriting")
    darkest = page.pixels[mark.box.top : mark.box.bottom, mark.box.left : mark.box.right].min()
    assert (darkest > 30) == (ink == "pencil")


def test_no_two_hands_write_alike() -> None:
    one, other = (pressed(bare(), notes=(note("note", text="Halm"), *more)) for more in ((), (note("tick", x_in=4.0),)))
    twice = pressed(bare(), notes=(note("tick", x_in=4.0), note("note", text="Halm")))
    assert marks_of(one, "handwriting")[0].box in [mark.box for mark in marks_of(other, "handwriting")]
    assert not np.array_equal(other.pixels, twice.pixels)


def test_a_curve_passes_through_its_points() -> None:
    points = ((0.0, 0.0), (10.0, 5.0), (20.0, -3.0), (30.0, 8.0))
    assert set(points) <= {(round(x, 9), round(y, 9)) for x, y in smooth(points)}


# Things


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("kind", [kind for kind in THINGS if kind not in PALE])
def test_a_thing_s_box_is_that_of_its_ink_and_it_is_no_mark(kind: ThingKind, skew_deg: float) -> None:
    plain = bare(skew_deg)
    page = pressed(plain, things=(thing(kind),))
    (found,) = page.things
    assert found.kind == kind
    assert gap(found.box, added(pressed(plain), page)) <= 2
    assert page.marks == ()
    assert page.transcript == pressed(plain).transcript


@pytest.mark.parametrize("kind", PALE)
def test_a_pale_thing_is_seen_where_it_is_said_to_be(kind: ThingKind) -> None:
    plain = bare()
    page = pressed(plain, things=(thing(kind),))
    (found,) = page.things
    assert gap(found.box, added(pressed(plain), page, darker_by=20)) <= 6


def test_a_flat_hole_is_a_crescent() -> None:
    full, flat = (pressed(bare(), things=(thing("hole", width_in=0.3, height_in=high),)) for high in (0.3, 0.1))
    assert ink_of(flat.pixels).sum() < 0.5 * ink_of(full.pixels).sum()


def test_a_fold_breaks_the_ink_it_runs_through() -> None:
    text = "Halm " * 30
    page = pressed(bare(text=text), things=(thing("fold", x_in=0.5, y_in=1.4, width_in=5.0, height_in=0.04),))
    row = round(1.42 * 150)
    before = pressed(bare(text=text)).pixels[row].astype(int)
    assert (page.pixels[row].astype(int) - before).max() > 40


def test_a_thing_of_page_nought_is_on_every_page() -> None:
    page = pressed(bare(), things=(thing("hole", page=0), thing("seal", page=2)))
    assert [one.kind for one in page.things] == ["hole"]


@pytest.mark.parametrize("kind", ["seal", "map", "hatch"])
def test_a_turned_thing_keeps_its_place(kind: ThingKind) -> None:
    straight, turned = (pressed(bare(), things=(thing(kind, turn_deg=turn),)).things[0].box for turn in (0.0, 8.0))
    assert straight.iou(turned) > 0.6


def test_a_letterhead_is_furniture_word_by_word() -> None:
    head = Letterhead(lines=("MINISTRY OF TRANSPORT", "Halm, Karsovia"), at_in=0.5)
    plain = bare()
    page = pressed(plain, letterhead=head)
    region = page.text.regions[0]
    assert (region.kind, [line.text for line in region.lines]) == ("header", list(head.lines))
    assert gap(region.box, added(pressed(plain), page)) <= 2
    assert page.transcript.blocks[0].children == ("MINISTRY OF TRANSPORT\nHalm, Karsovia",)
    assert page.marks == ()


def test_what_a_black_and_white_scan_loses_is_not_in_its_truth() -> None:
    grey, two_tones = (
        pressed(
            document("Halm", look=replace(BARE, tone=240, is_bilevel=is_bilevel)),
            things=(thing("stain"), thing("rule", y_in=4.5)),
            notes=(note("tick"),),
        )
        for is_bilevel in (False, True)
    )
    assert [one.kind for one in grey.things] == ["stain", "rule"]
    assert [one.kind for one in two_tones.things] == ["rule"]
    assert len(marks_of(two_tones, "handwriting")) == 1


def test_what_lies_outside_the_sheet_is_not_there() -> None:
    page = pressed(bare(), things=(thing("rule", x_in=20.0),), notes=(note("tick", x_in=20.0),))
    assert (page.things, page.marks) == ((), ())
