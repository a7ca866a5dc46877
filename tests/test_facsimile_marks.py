"""Markings, redactions and banners: what the truth says of them is what they add to the page."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from pressed import BARE, block_of, crop, document, marks_of
from pressed_ink import added, bare, gap, marking, note, pressed, redaction, struck

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Gap, Paragraph, Run
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.marking import Banner, CoverStyle, Dress, Place, Stroke
from scanfix.model.transcript import Element
from scanfix.truth.markings import markings
from scanfix.truth.redactions import redactions

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

BANNER = Banner(action="Approved for Release", date="2004-06-17", number="C00418823")


# Where a marking's ink is


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("face", ["roman", "roman-italic", "gothic", "century", "courier"])
def test_a_marking_s_box_holds_its_ink_and_no_more(face: FaceName, skew_deg: float) -> None:
    plain = bare(skew_deg)
    marked = pressed(plain, markings=((marking(face=face),),))
    (mark,) = marks_of(marked, "classification")
    assert gap(mark.box, added(pressed(plain), marked)) <= 2


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("turn_deg", [-20.0, 3.0, 90.0])
def test_a_turned_marking_has_a_tight_box_and_corners_that_turn_with_it(turn_deg: float, skew_deg: float) -> None:
    plain = bare(skew_deg)
    marked = pressed(plain, markings=((marking(turn_deg=turn_deg),),))
    (mark,) = marks_of(marked, "classification")
    assert gap(mark.box, added(pressed(plain), marked)) <= 2
    assert mark.quad is not None
    (x0, y0), (x1, y1), *_ = mark.quad.corners
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) == pytest.approx(turn_deg + skew_deg, abs=0.1)
    assert mark.box.share_inside(mark.quad.box.grow(2)) == 1.0


def test_letters_that_are_parted_make_one_word_without_blanks() -> None:
    page = pressed(bare(), markings=((marking(edge="head", at_in=0.6, spacing_em=0.5),),))
    plain = pressed(bare(), markings=((marking(edge="head", at_in=0.6),),))
    assert [word.text for word in page.text.words][:2] == ["TOP", "SECRET"]
    assert block_of(page, "head").children == ("TOP SECRET",)
    assert marks_of(page, "classification")[0].box.width > 1.3 * marks_of(plain, "classification")[0].box.width


def test_two_lines_of_a_marking_are_two_marks_and_one_may_be_struck_alone() -> None:
    lines = (
        marking(edge="head", at_in=0.4, stroke=Stroke(shape="rising")),
        marking(edge="head", at_in=0.75, text="SECURITY INFORMATION", capital_in=0.1),
    )
    page = pressed(bare(), markings=(lines,))
    found = [(mark.text, mark.status) for mark in marks_of(page, "classification")]
    assert found == [("TOP SECRET", "struck"), ("SECURITY INFORMATION", "active")]
    assert [(one.text, one.status) for one in markings(page.transcript)] == found


@pytest.mark.parametrize(
    ("place", "fence"),
    [("head", "head"), ("foot", "foot"), ("cover", "classification"), ("body", "classification"), ("margin", "margin")],
)
def test_a_marking_stands_in_the_fence_of_its_place(place: Place, fence: str) -> None:
    page = pressed(bare(), markings=((marking(edge=place, at_in=1.0, capital_in=0.12),),))
    assert block_of(page, fence).children == ("TOP SECRET",)
    assert marks_of(page, "classification")[0].field("position") == place


def test_a_gap_of_the_text_holds_its_marking_between_the_paragraphs() -> None:
    text = (Paragraph(runs=(Run(text="one"),)), Gap(rows=3, markings=(marking(edge="body"),)))
    page = pressed(bare(), paragraphs=(*text, Paragraph(runs=(Run(text="two"),))))
    assert [block.kind for block in page.transcript.blocks if not block.is_absent] == [
        "paragraph",
        "classification",
        "paragraph",
    ]
    one, two = (word for word in page.text.words if word.text in ("one", "two"))
    (mark,) = marks_of(page, "classification")
    assert one.box.bottom < mark.box.top < mark.box.bottom < two.box.top


# What is drawn round it


@pytest.mark.parametrize("dress", [dress for dress in get_args(Dress) if dress != "none"])
def test_what_is_drawn_round_a_marking_strikes_nothing_and_is_known(dress: Dress) -> None:
    dressed, plain = (pressed(bare(), markings=((marking(dress=one),),)) for one in (dress, "none"))
    (mark,), (twin,) = (marks_of(page, "classification") for page in (dressed, plain))
    assert (mark.box, mark.status, mark.field("dress")) == (twin.box, "active", dress)
    lines = [thing.box for thing in dressed.things]
    assert lines
    around = added(plain, dressed)
    left, top = min(box.left for box in lines), min(box.top for box in lines)
    right, bottom = max(box.right for box in lines), max(box.bottom for box in lines)
    assert max(abs(a - b) for a, b in zip(around.edges, (left, top, right, bottom), strict=True)) <= 2


# What is printed over it


def test_a_banner_s_strip_leaves_the_box_what_can_be_seen() -> None:
    half = marking(edge="head", at_in=0.35)
    page = pressed(bare(), markings=((half,),), banner=BANNER)
    (mark,) = marks_of(page, "classification")
    only = pressed(bare(), banner=BANNER)
    assert gap(mark.box, added(only, page)) <= 2
    assert mark.box.height < 0.8 * marks_of(pressed(bare(), markings=((half,),)), "classification")[0].box.height


def test_a_marking_that_is_hidden_wholly_is_no_mark_and_no_text() -> None:
    page = pressed(bare(), markings=((marking(),),), redactions=(redaction(x_in=1.5, y_in=2.5, width_in=3.0),))
    assert marks_of(page, "classification") == []
    assert all(block.kind != "classification" for block in page.transcript.blocks)


def test_a_stroke_that_cannot_be_seen_leaves_the_status_open() -> None:
    level = marking(stroke=Stroke(width_in=0.02, angle_deg=0.0, lift=0.25))
    upper = redaction(x_in=0.2, y_in=2.4, width_in=5.6, height_in=0.4)
    page = pressed(bare(), markings=((level,),), redactions=(upper,))
    (mark,) = marks_of(page, "classification")
    assert (mark.status, mark.shape) == ("uncertain", None)
    (found,) = markings(page.transcript)
    assert (found.text, found.status) == ("TOP SECRET", "uncertain")


def test_a_marking_cut_by_the_sheet_s_edge_has_the_box_of_what_is_left() -> None:
    page = pressed(bare(), markings=((marking(x_in=0.5),),))
    (mark,) = marks_of(page, "classification")
    assert mark.box.left == 0
    assert gap(mark.box, added(pressed(bare()), page)) <= 2


def test_the_banner_stands_where_it_is_told() -> None:
    low, high = (
        pressed(bare(), banner=Banner(action="Released", date="2004-06-17", number="C1", at_in=at_in))
        for at_in in (0.6, 0.3)
    )
    tops = [min(mark.box.top for mark in marks_of(page, "banner")) for page in (low, high)]
    assert tops[0] - tops[1] == pytest.approx(0.3 * 150, abs=1)


# Redactions


@pytest.mark.parametrize("skew_deg", [0.0, 4.0])
@pytest.mark.parametrize("style", get_args(CoverStyle))
def test_a_box_of_any_style_hides_what_lies_under_it(style: CoverStyle, skew_deg: float) -> None:
    plain = bare(skew_deg, "Nothing " * 40)
    page = pressed(plain, redactions=(redaction(x_in=1.2, y_in=1.5, width_in=2.0, height_in=0.4, style=style),))
    (mark,) = marks_of(page, "redaction")
    inside = crop(page.pixels, mark.box.grow(-12))
    tone = {"black": (0, 0), "grey": (150, 220)}.get(style, (255, 255))
    assert tone[0] <= inside.min() <= inside.max() <= tone[1]
    assert all(word.box.share_inside(mark.box) < 0.6 for word in page.text.words)
    assert len(list(page.text.words)) < len(list(pressed(plain).text.words))


@pytest.mark.parametrize("style", ["outlined", "double", "black"])
def test_a_redaction_s_box_is_that_of_its_ink(style: CoverStyle) -> None:
    plain = bare()
    page = pressed(plain, redactions=(redaction(style=style),))
    assert gap(marks_of(page, "redaction")[0].box, added(pressed(plain), page)) <= 2


def test_covered_words_leave_the_transcript_and_others_stay() -> None:
    text = "one two three four five"
    words = {word.text: word.box for word in pressed(bare(text=text)).text.words}
    left, right = words["two"].left / 150 - 0.02, words["three"].right / 150 + 0.02
    box = redaction(x_in=left, y_in=words["two"].top / 150 - 0.05, width_in=right - left, height_in=0.25, code="(b)(1)")
    page = pressed(bare(text=text), redactions=(box,))
    assert [word.text for word in page.text.words] == ["one", "four", "five"]
    assert block_of(page, "paragraph").children == (
        "one ",
        Element(name="redacted", attributes=(("code", "(b)(1)"),)),
        " four five",
    )


@pytest.mark.parametrize("stands", ["inside", "margin"])
def test_a_code_names_the_box_it_belongs_to(stands: str) -> None:
    page = pressed(bare(), redactions=(redaction(code="3.5(c)", code_stands=stands),))
    (code,), (box,) = marks_of(page, "exemption"), marks_of(page, "redaction")
    assert (code.text, box.field("code"), code.field("position")) == ("3.5(c)", "3.5(c)", stands)
    assert code.field("redaction") == "r1" == box.field("name")
    assert (code.box.share_inside(box.box) == 1.0) == (stands == "inside")
    (found,) = redactions(page.transcript)
    assert found.codes == ("3.5(c)",)


def test_codes_in_the_margin_stand_one_below_the_other() -> None:
    boxes = tuple(redaction(y_in=y_in, height_in=0.1, code="25X1", code_stands="margin") for y_in in (2.5, 2.6))
    first, second = marks_of(pressed(bare(), redactions=boxes), "exemption")
    assert first.box.bottom < second.box.top


def test_a_passage_withheld_in_a_gap_stands_between_its_paragraphs() -> None:
    hidden = Gap(rows=3, redaction=redaction(x_in=1.0, width_in=4.0, code="25X1"))
    text = (Paragraph(runs=(Run(text="one"),)), hidden, Paragraph(runs=(Run(text="two"),)))
    page = pressed(bare(), paragraphs=text)
    blocks = [block.children for block in page.transcript.blocks if block.kind == "paragraph"]
    assert blocks == [("one",), (Element(name="redacted", attributes=(("code", "25X1"),)),), ("two",)]
    assert [word.text for word in page.text.words] == ["one", "two"]


def test_a_struck_marking_keeps_its_box_under_its_stroke() -> None:
    one, other = (pressed(bare(), markings=((each,),)) for each in (marking(), struck(Stroke(shape="x"))))
    assert marks_of(one, "classification")[0].box == marks_of(other, "classification")[0].box


def test_markings_outside_head_and_foot_are_read_but_are_no_running_text() -> None:
    page = pressed(bare(), markings=((marking(), marking(edge="margin", at_in=4.0, capital_in=0.1)),))
    assert [(region.kind, region.lines[0].text) for region in page.text.regions] == [
        ("paragraph", "Halm"),
        ("other", "TOP SECRET"),
        ("marginalia", "TOP SECRET"),
    ]


def test_banners_are_worded_as_their_archive_does() -> None:
    form = "{action} {us_date} : {number}"
    banner = Banner(action="Approved For Release", date="2002-08-16", number="CIA-RDP79T00975A0", form=form)
    assert banner.text == "Approved For Release 08/16/2002 : CIA-RDP79T00975A0"


# Boxes over typing that has marks of its own


def test_what_is_left_of_a_struck_or_underlined_stretch_keeps_its_mark() -> None:
    text = "_one two_ and ~~three four~~"
    words = {word.text: word.box for word in pressed(bare(text=text)).text.words}
    boxes = tuple(
        redaction(x_in=box.left / 150 - 0.02, y_in=1.25, width_in=box.width / 150 + 0.04, height_in=0.3)
        for box in (words["one"], words["three"])
    )
    page = pressed(bare(text=text), redactions=boxes)
    assert [word.text for word in page.text.words] == ["two", "and", "four"]
    (line,), (struck_words,) = marks_of(page, "underline"), marks_of(page, "strikethrough")
    whole = {mark.kind: mark.box for mark in pressed(bare(text=text)).marks}
    assert (line.text, struck_words.text) == ("two", "four")
    texts = {word.word_id: word.text for word in page.text.words}
    assert [texts[name] for mark in (line, struck_words) for name in mark.word_ids] == ["two", "four"]
    assert line.box.width < 0.6 * whole["underline"].width
    assert struck_words.box.width < 0.6 * whole["strikethrough"].width


def test_a_stretch_that_is_covered_wholly_has_no_mark() -> None:
    page = pressed(bare(text="~~three~~"), redactions=(redaction(x_in=0.8, y_in=1.0, width_in=2.0, height_in=0.6),))
    assert marks_of(page, "strikethrough") == []
    assert list(page.text.words) == []


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_a_word_that_is_covered_in_part_has_the_box_of_what_is_left(side: str) -> None:
    whole = next(iter(pressed(bare(text="Hammmmlet")).text.words)).box
    left, top = whole.left / 150, whole.top / 150
    wide, high = whole.width / 150, whole.height / 150
    boxes = {
        "left": redaction(x_in=left - 0.2, y_in=top - 0.1, width_in=0.4, height_in=high + 0.2, style="cut"),
        "right": redaction(x_in=left + wide - 0.2, y_in=top - 0.1, width_in=0.4, height_in=high + 0.2, style="cut"),
        "top": redaction(x_in=left - 0.1, y_in=top - 0.2, width_in=wide + 0.2, height_in=0.23, style="cut"),
        "bottom": redaction(x_in=left - 0.1, y_in=top + high - 0.03, width_in=wide + 0.2, height_in=0.2, style="cut"),
    }
    page = pressed(bare(text="Hammmmlet"), redactions=(boxes[side],))
    (word,) = page.text.words
    assert word.box.share_inside(whole) == 1.0
    rows, columns = np.nonzero(page.pixels < 128)
    ink = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    # A letter of which less than half is left has no box any more: its rest stays on the page.
    tolerance = 15 if side in ("left", "right") else 2
    assert max(abs(int(a) - b) for a, b in zip(ink, word.box.edges, strict=True)) <= tolerance


# Other scans


def test_what_is_printed_on_a_scan_in_colours_is_grey() -> None:
    look = replace(BARE, is_colour=True, tone=200)
    box = redaction(code="25X1", style="black")
    page = pressed(document("Halm", look=look), banner=BANNER, redactions=(box, redaction(y_in=2.0, style="grey")))
    assert {mark.kind for mark in page.marks} == {"banner", "redaction", "exemption"}
    for mark in page.marks:
        part = crop(page.pixels, mark.box)
        assert part.shape[2] == 3
        assert np.array_equal(part.min(axis=2), part.max(axis=2))


@pytest.mark.parametrize("banner", [None, BANNER])
def test_boxes_are_tight_on_a_sheet_that_curls(banner: Banner | None) -> None:
    plain = replace(document("Halm", look=replace(BARE, warp_in=0.05, skew_deg=1.0)), banner=banner)
    marked = pressed(plain, markings=((marking(edge="head", at_in=0.35),),))
    noted = pressed(plain, notes=(note("circle"),))
    (mark,), (ring,) = marks_of(marked, "classification"), marks_of(noted, "handwriting")
    assert gap(mark.box, added(pressed(plain), marked)) <= 2
    assert gap(ring.box, added(pressed(plain), noted)) <= 2
