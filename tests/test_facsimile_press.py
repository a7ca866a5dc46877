"""The press: what its truth says is where the ink is, also after the sheet was turned."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pressed import BARE, block_of, crop, document, flat, full_page, ink_of, marks_of, page_of, secret

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Paragraph, Run
from scanfix.facsimile.press import Facsimile, press
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape
from scanfix.model.transcript import Element

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)


def ink_box(pixels: GrayImage, near: Box) -> Box:
    """Return the box of the ink in and shortly round a box."""
    around = near.grow(3)
    rows, columns = np.nonzero(ink_of(crop(pixels, around)))
    left, top = around.left + int(columns.min()), around.top + int(rows.min())
    return Box(left=left, top=top, right=around.left + int(columns.max()) + 1, bottom=around.top + int(rows.max()) + 1)


def boxes_of(page: Facsimile) -> list[Box]:
    """Return everything that the truth says has ink."""
    strokes = [evidence.box for mark in page.marks for evidence in mark.evidence if evidence.box]
    return [*(word.box for word in page.text.words), *(mark.box for mark in page.marks), *strokes]


# Where the ink is


@pytest.mark.parametrize("skew_deg", [0.0, 2.5, -1.3])
def test_all_ink_lies_in_a_box_of_the_truth(skew_deg: float) -> None:
    page = full_page(skew_deg)
    dark = ink_of(page.pixels)
    outside = dark.copy()
    for box in boxes_of(page):
        outside[max(box.top - 1, 0) : box.bottom + 1, max(box.left - 1, 0) : box.right + 1] = False
    # What may lie outside: the cross of the ticked box.
    assert outside.sum() <= 0.01 * dark.sum()


@pytest.mark.parametrize("skew_deg", [0.0, 2.5, -1.3])
def test_every_word_box_is_filled_to_its_edges(skew_deg: float) -> None:
    page = page_of(
        document("Wide words and a few short ones fill a line of typing here", look=replace(BARE, skew_deg=skew_deg))
    )
    words = list(page.text.words)
    assert len(words) == 13
    for word in words:
        found = ink_box(page.pixels, word.box)
        gaps = [abs(a - b) for a, b in zip(found.edges, word.box.edges, strict=True)]
        assert max(gaps) <= 2, word.text


@settings(max_examples=12, deadline=None)
@given(
    st.floats(min_value=-5, max_value=5), st.integers(min_value=0, max_value=99), st.floats(min_value=0, max_value=0.4)
)
def test_the_truth_moves_with_the_paper(skew_deg: float, seed: int, border_in: float) -> None:
    look = replace(BARE, dpi=100, skew_deg=skew_deg, border_in=(border_in, border_in / 2, 0.0, 0.0), bed=255)
    page = page_of(document("Halm", look=look), seed)
    (word,) = page.text.words
    assert np.count_nonzero(ink_of(page.pixels)) == np.count_nonzero(ink_of(crop(page.pixels, word.box.grow(1))))
    assert ink_box(page.pixels, word.box).iou(word.box) > 0.7


def test_lines_hold_their_words_and_regions_their_lines() -> None:
    page = full_page(2.5)
    for region in page.text.regions:
        assert region.box == Box.around(line.box for line in region.lines)
        for line in region.lines:
            assert line.box == Box.around(word.box for word in line.words)


# Markings and strokes


def test_a_struck_marking_and_its_twin_differ_only_by_the_stroke() -> None:
    struck, active = (page_of(document(markings=(secret(stroke),))) for stroke in ("rising", None))
    (mark,), (twin,) = (marks_of(page, "classification") for page in (struck, active))
    assert (mark.box, mark.text, mark.status, mark.shape) == (twin.box, "TOP SECRET", "struck", "rising")
    assert (twin.status, twin.shape, twin.evidence) == ("active", None, ())
    stroke = mark.evidence[-1].box
    assert stroke is not None
    # The text below draws other random numbers: only the head is compared.
    head = slice(0, int(1.2 * BARE.dpi))
    added = (struck.pixels[head] < active.pixels[head]) & ink_of(struck.pixels[head])
    rows, columns = np.nonzero(added)
    drawn = Box(left=int(columns.min()), top=int(rows.min()), right=int(columns.max()) + 1, bottom=int(rows.max()) + 1)
    assert drawn.share_inside(stroke.grow(1)) == 1.0
    assert np.count_nonzero(
        added[mark.box.top : mark.box.bottom, mark.box.left : mark.box.right]
    ) > 0.2 * np.count_nonzero(added)


def test_an_unstruck_marking_has_a_clean_gap_and_a_struck_one_has_not() -> None:
    gaps = []
    strokes: tuple[StrokeShape | None, ...] = (None, "horizontal")
    for stroke in strokes:
        page = page_of(document(markings=(secret(stroke),)))
        top, secret_word = page.text.regions[0].lines[0].words
        gap = Box(left=top.box.right + 2, top=top.box.top, right=secret_word.box.left - 2, bottom=top.box.bottom)
        gaps.append(int(ink_of(crop(page.pixels, gap)).any(axis=0).sum()) / gap.width)
    assert gaps == [0.0, 1.0]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("shape", "low", "high"), [("horizontal", -7, 7), ("rising", 8, 34), ("falling", -34, -8)])
def test_a_stroke_has_the_angle_of_its_shape(shape: StrokeShape, low: int, high: int, seed: int) -> None:
    page = page_of(document(markings=(secret(shape),)), seed)
    (mark,) = marks_of(page, "classification")
    values = {evidence.name: evidence.value for evidence in mark.evidence}
    assert low <= values["angle_deg"] <= high
    assert 1.5 < values["thickness_px"] < 4.5
    stroke = mark.evidence[-1].box
    assert stroke is not None
    assert (
        stroke.left < mark.box.centre[0] - mark.box.width / 4 < mark.box.centre[0] + mark.box.width / 4 < stroke.right
    )


def test_a_level_stroke_overshoots_the_marking_on_both_sides() -> None:
    (mark,) = marks_of(page_of(document(markings=(secret("horizontal"),))), "classification")
    stroke = mark.evidence[-1].box
    assert stroke is not None
    assert stroke.left < mark.box.left < mark.box.right < stroke.right


def test_the_stroke_s_angle_turns_with_the_sheet() -> None:
    level, turned = (
        marks_of(page_of(document(look=replace(BARE, skew_deg=skew), markings=(secret("rising"),))), "classification")[
            0
        ]
        for skew in (0.0, 3.0)
    )
    assert turned.evidence[0].value == pytest.approx(level.evidence[0].value + 3.0, abs=0.02)


def test_struck_words_are_marked_by_who_struck_them_and_underlined_ones_are_not_struck() -> None:
    page = page_of(document())
    words = {word.word_id: word.text for word in page.text.words}
    struck = marks_of(page, "strikethrough")
    assert [(mark.text, mark.field("by")) for mark in struck] == [("never", "pen"), ("tarff", "type")]
    assert [[words[name] for name in mark.word_ids] for mark in struck] == [["never"], ["tarff"]]
    (underline,) = marks_of(page, "underline")
    assert [words[name] for name in underline.word_ids] == ["new", "line"]
    assert underline.status is None
    bottom = max(word.box.bottom for word in page.text.words if word.word_id in underline.word_ids)
    assert abs(underline.box.top - bottom) <= 4


# The transcript


def test_the_transcript_writes_down_what_stands_on_the_page() -> None:
    page = page_of(document(markings=(secret("falling"), secret(None, "foot")), numbering="- {} -"))
    assert [block.kind for block in page.transcript.blocks] == ["head", "paragraph", "pageno", "foot"]
    assert block_of(page, "head").children == (
        Element(name="struck", attributes=(("shape", "falling"),), children=("TOP SECRET",)),
    )
    assert block_of(page, "foot").children == ("TOP SECRET",)
    assert block_of(page, "pageno").children == ("- 1 -",)
    assert block_of(page, "paragraph").children == (
        "The ",
        Element(name="underline", children=("new line",)),
        " to Halm was ",
        Element(name="struck", children=("never",)),
        " opened, and\n",
        Element(name="struck", attributes=(("by", "type"),), children=("tarff",)),
        " traffic goes by road.",
    )


def test_a_page_without_markings_says_so_on_purpose() -> None:
    page = page_of(document())
    assert [block.kind for block in page.transcript.blocks if block.is_absent] == ["head", "foot"]


def test_words_and_transcript_tell_the_same_text() -> None:
    page = full_page(0.0)
    words = [
        word.text
        for region in page.text.regions
        if region.kind == "paragraph"
        for line in region.lines
        for word in line.words
    ]
    assert flat(block_of(page, "paragraph").children).split() == words


def test_a_page_number_in_the_head_comes_before_the_text() -> None:
    page = page_of(replace(document(numbering="{}"), numbering_edge="head"))
    assert [region.kind for region in page.text.regions] == ["page-number", "paragraph"]
    number, text = (region.box for region in page.text.regions)
    assert number.bottom < text.top
    assert abs(number.centre[0] - (1.0 + 2.2) * BARE.dpi) < 0.1 * BARE.dpi


def test_the_first_page_goes_unnumbered_unless_told() -> None:
    described = replace(document(" // ".join(["row"] * 40), numbering="- {} -"), numbers_first=False)
    first, second, *_ = press(described, seed=1)
    assert [region.kind for region in first.text.regions] == ["paragraph"]
    assert [region.kind for region in second.text.regions] == ["paragraph", "page-number"]


# Withheld words


def test_withheld_words_leave_no_trace_in_pixels_and_truth() -> None:
    one, other = (
        page_of(document(f"We heard from {{(b)(3): {name}}}, and from others."))
        for name in ("Zeno Quaxil", "Yuri Wampuz")
    )
    assert np.array_equal(one.pixels, other.pixels)
    assert (one.transcript, one.marks, one.text) == (other.transcript, other.marks, other.text)
    assert Element(name="redacted", attributes=(("code", "(b)(3)"),)) in block_of(one, "paragraph").children


def test_a_redaction_is_a_white_box_with_its_code_and_the_comma_after_it_stays() -> None:
    page = page_of(document("We heard {(b)(3): from a source of worth}, and from others."))
    (box,), (code,) = marks_of(page, "redaction"), marks_of(page, "exemption")
    assert code.text == "(b)(3)"
    assert code.box.share_inside(box.box) == 1.0
    # A box ends at the nearest pixel, and smooth letters may grey the one beyond.
    printed, frame = code.box.grow(1), box.box.grow(-3)
    left, top = printed.left - frame.left, printed.top - frame.top
    inside = crop(page.pixels, frame).copy()
    inside[top : top + printed.height, left : left + printed.width] = 255
    assert inside.min() == 255
    comma = [word for word in page.text.words if word.text == ","]
    assert len(comma) == 1
    assert np.any(ink_of(crop(page.pixels, comma[0].box)))


def test_a_paragraph_that_is_wholly_withheld_has_no_region_but_a_redaction_a_row() -> None:
    words = " ".join(["withheld"] * 9)
    page = page_of(document(f"{{(b)(1): {words}}}"))
    assert page.text.regions == ()
    assert len(marks_of(page, "redaction")) == 2
    one = Element(name="redacted", attributes=(("code", "(b)(1)"),))
    assert block_of(page, "paragraph").children == (one, "\n", one)


def test_a_redaction_without_a_code_is_an_empty_box() -> None:
    page = page_of(replace(document(), paragraphs=(Paragraph(runs=(Run(text="withheld", style="withheld"),)),)))
    (box,) = marks_of(page, "redaction")
    assert crop(page.pixels, box.box.grow(-3)).min() == 255
    assert marks_of(page, "exemption") == []


# Randomness


def test_the_same_seed_gives_the_same_page_and_another_seed_another_one() -> None:
    look = replace(BARE, tone=230, ragged=0.3, grain=3.0, speckle=2.0, shade=0.2, stain=0.1)
    described = document(look=look, markings=(secret("rising"),))
    first, again, other = (page_of(described, seed) for seed in (3, 3, 4))
    assert np.array_equal(first.pixels, again.pixels)
    assert (first.text, first.marks, first.transcript) == (again.text, again.marks, again.transcript)
    assert not np.array_equal(first.pixels, other.pixels)
    assert first.transcript == other.transcript


def test_a_page_does_not_depend_on_the_text_of_another() -> None:
    rows = ["row"] * 30
    one, other = (press(document(" // ".join([*rows, last])), seed=5) for last in ("one", "other words"))
    assert np.array_equal(one[0].pixels, other[0].pixels)
    assert not np.array_equal(one[-1].pixels, other[-1].pixels)
