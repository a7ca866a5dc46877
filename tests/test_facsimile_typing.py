"""Typing on the paper: what the machine's state does to its letters, and that the truth stays where the ink is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pressed import BARE, SHEET, block_of, crop, flat, ink_of, marks_of, page_of

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Document, Machine, Paragraph, Sheet
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.asked.markup import paragraphs
from scanfix.facsimile.press import Facsimile, press
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape
from scanfix.model.transcript import Element, Inline
from scanfix.truth import notation

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

PLAIN = Machine(face="courier", pitch_cpi=10, unevenness=0.0, wear_in=0.0, ribbon=1.0)
LINE = ": Egg and bread are good for a badger"


def described(text: str, machine: Machine = PLAIN, *, sheet: Sheet = SHEET, look: Look = BARE) -> Document:
    """Describe a small document of some markup."""
    parts = paragraphs(text, blank=1.0)
    return Document(scan_id="small", languages=("eng",), machine=machine, sheet=sheet, looks=(look,), paragraphs=parts)


def typed(text: str, machine: Machine = PLAIN, *, look: Look = BARE) -> Facsimile:
    """Press one page of some markup."""
    return page_of(described(text, machine, look=look))


def darkness(page: Facsimile) -> float:
    """Return the ink of a page, in black pixels."""
    return float((255 - page.pixels.astype(np.float64)).sum() / 255)


def edges_of(pixels: GrayImage, near: Box) -> Box:
    """Return the box of the ink in and shortly round a box."""
    around = near.grow(3)
    rows, columns = np.nonzero(ink_of(crop(pixels, around)))
    left, top = around.left + int(columns.min()), around.top + int(rows.min())
    return Box(left=left, top=top, right=around.left + int(columns.max()) + 1, bottom=around.top + int(rows.max()) + 1)


def boxes_fit(page: Facsimile) -> bool:
    """Whether every word's box is filled to within 2 pixels of its edges."""
    return all(
        abs(a - b) <= 2
        for word in page.text.words
        for a, b in zip(edges_of(page.pixels, word.box).edges, word.box.edges, strict=True)
    )


# The state of the machine


@pytest.mark.parametrize(
    ("change", "is_darker"),
    [
        (replace(PLAIN, filled=0.9), True),
        (replace(PLAIN, doubles=0.5), True),
        (replace(PLAIN, worn=1.0), False),
        (replace(PLAIN, ribbon=0.6), False),
    ],
)
def test_each_state_of_the_machine_changes_the_ink(change: Machine, *, is_darker: bool) -> None:
    fresh, worn = darkness(typed(LINE)), darkness(typed(LINE, change))
    assert (worn > 1.02 * fresh) if is_darker else (worn < 0.98 * fresh)


def test_a_carbon_copy_is_paler_and_softer_than_the_top_one() -> None:
    pages = [typed(LINE, replace(PLAIN, copy=number)) for number in (0, 1, 3)]
    darkest = [int(page.pixels.min()) for page in pages]
    assert darkest == sorted(set(darkest))
    soft = [float(np.count_nonzero((page.pixels > 60) & (page.pixels < 250))) for page in pages]
    assert soft == sorted(set(soft))


def test_a_chip_is_the_same_on_every_blow_of_a_key() -> None:
    page = typed(": mm nn mm nn", replace(PLAIN, worn=1.0))
    first, second, third, fourth = page.text.words
    assert np.array_equal(crop(page.pixels, first.box), crop(page.pixels, third.box))
    assert np.array_equal(crop(page.pixels, second.box), crop(page.pixels, fourth.box))


def test_a_leaning_type_is_darker_on_one_side() -> None:
    page = typed(": HHHH HHHH", replace(PLAIN, lean=0.9))
    even = typed(": HHHH HHHH")
    box = next(iter(even.text.words)).box
    left, right = (half.mean() for half in np.array_split(crop(page.pixels, box)[:, : box.width // 4], 2, axis=1))
    same, other = (half.mean() for half in np.array_split(crop(even.pixels, box)[:, : box.width // 4], 2, axis=1))
    assert abs((left - right) - (same - other)) > 5


def test_the_ribbon_s_drift_shows_down_the_page() -> None:
    sheet = replace(SHEET, height_in=8.0)
    text = ": " + " // ".join(["nnnnnnnn"] * 28)
    page = page_of(described(text, replace(PLAIN, ribbon_swing=0.6), sheet=sheet))
    dark = [float(crop(page.pixels, word.box).min()) for word in page.text.words]
    assert max(dark) - min(dark) > 60


def test_what_was_rubbed_out_shows_faintly_and_stands_in_no_truth() -> None:
    page, clean = typed(": so {~wwwwww~it~} was"), typed(": so it was")
    assert flat(block_of(page, "paragraph").children) == "so it was"
    assert page.text == clean.text
    added = page.pixels[page.pixels != clean.pixels]
    assert added.size > 50
    assert added.min() > 150


def test_what_was_rubbed_out_shows_once_though_its_run_breaks() -> None:
    page = typed(": {~wwwwww~it // was~}")
    clean = typed(": it // was")
    rows = np.nonzero((page.pixels != clean.pixels).any(axis=1))[0]
    assert rows.max() - rows.min() < BARE.dpi / 5


def test_doubled_words_are_blacker_and_bold_in_the_transcript() -> None:
    page, clean = typed(": **nnnn**"), typed(": nnnn")
    assert darkness(page) > 1.1 * darkness(clean)
    assert block_of(page, "paragraph").children == (Element(name="bold", children=("nnnn",)),)


@pytest.mark.parametrize("face", ["worn", "remington", "elite", "bookman", "century"])
@pytest.mark.parametrize("skew_deg", [0.0, 3.0])
def test_word_boxes_fit_in_every_state(face: FaceName, skew_deg: float) -> None:
    machine = Machine(face=face, pitch_cpi=12, tilt_deg=1.0, filled=0.5, worn=0.2, copy=1, doubles=0.1, wear_in=0.005)
    look = replace(BARE, dpi=200, skew_deg=skew_deg)
    assert boxes_fit(typed(": Every good word fits its box, high or low, 1952.", machine, look=look))


@settings(max_examples=10, deadline=None)
@given(st.integers(min_value=0, max_value=999), st.sampled_from(["courier", "bookman"]))
def test_the_same_seed_gives_the_same_page(seed: int, face: FaceName) -> None:
    machine = Machine(face=face, pitch_cpi=12, lean=0.2, worn=0.3, doubles=0.1, tilt_deg=1.0)
    first, second = (press(described(LINE, machine), seed=seed)[0] for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.text == second.text


# Hands and strikes


def test_an_insertion_stands_above_the_line_and_in_the_truth() -> None:
    page = typed(": was {+not yet+} closed")
    (mark,) = marks_of(page, "handwriting")
    words = {word.word_id: word for word in page.text.words}
    assert [words[name].text for name in mark.word_ids] == ["not", "yet"]
    assert mark.text == "not yet"
    assert mark.box == Box.around(words[name].box for name in mark.word_ids)
    assert mark.box.top < min(word.box.top for word in words.values() if word.text == "closed")
    added = np.nonzero(page.pixels[: mark.box.bottom + 1] != typed(": was closed").pixels[: mark.box.bottom + 1])
    drawn = (int(added[1].min()), int(added[0].min()), int(added[1].max()) + 1)
    assert drawn == pytest.approx(mark.box.edges[:3], abs=2)
    assert block_of(page, "paragraph").children == (
        "was ",
        Element(name="inserted", children=("not yet",)),
        " closed",
    )


def test_a_deletion_is_bracketed_or_struck_by_a_hand() -> None:
    kinds = set()
    for seed in range(8):
        page = page_of(described(": so {-he said-} it"), seed)
        (mark,) = (mark for mark in page.marks if mark.word_ids)
        kinds.add(mark.kind)
        words = {word.word_id: word.text for word in page.text.words}
        assert [words[name] for name in mark.word_ids] == ["he", "said"]
        assert Element(name="deleted", children=("he said",)) in block_of(page, "paragraph").children
    assert kinds == {"handwriting", "strikethrough"}


def test_paragraphs_of_one_cross_share_its_lines_and_its_name() -> None:
    page = typed("~x1 One of the two.\n\n~x1 The ~~other~~ one.\n\nNot this.")
    first, second = (mark for mark in marks_of(page, "strikethrough") if mark.field("extent") == "block")
    assert (first.shape, second.shape, first.text) == ("x", "x", "One of the two.")
    assert first.evidence == second.evidence
    assert not first.box.intersect(second.box).area
    struck = [block.children for block in page.transcript.blocks if block.kind == "paragraph"]
    attributes = (("shape", "x"), ("id", "k1"))
    assert struck == [
        (Element(name="struck", attributes=attributes, children=("One of the two.",)),),
        (Element(name="struck", attributes=attributes, children=("The other one.",)),),
        ("Not this.",),
    ]


@pytest.mark.parametrize("shape", ["x", "rising", "falling", "scribble", "bar", "horizontal"])
def test_a_block_strike_s_ink_lies_in_its_evidence(shape: StrokeShape) -> None:
    source = described(": one two three // four five six // seven")
    (part,) = source.paragraphs
    assert isinstance(part, Paragraph)
    struck = replace(source, paragraphs=(replace(part, stroke=Stroke(shape=shape)),))
    plain, page = page_of(source), page_of(struck)
    (mark,) = (one for one in marks_of(page, "strikethrough") if one.field("extent") == "block")
    assert mark.shape == shape
    added = ink_of(page.pixels) & ~ink_of(plain.pixels)
    assert added.any()
    for box in (evidence.box for evidence in mark.evidence if evidence.box):
        added[box.top - 1 : box.bottom + 1, box.left - 1 : box.right + 1] = False
    assert not added.any()


def test_a_typed_strike_says_that_type_struck() -> None:
    page = typed(": so #/slashed/# out")
    (mark,) = marks_of(page, "strikethrough")
    assert (mark.text, mark.field("by"), mark.shape) == ("slashed", "type", None)
    struck = Element(name="struck", attributes=(("by", "type"),), children=("slashed",))
    assert block_of(page, "paragraph").children == ("so ", struck, " out")


def test_a_letter_spaced_heading_is_one_word_and_one_underline() -> None:
    page = typed("= _<<NOTE>>_")
    (word,) = page.text.words
    (underline,) = marks_of(page, "underline")
    assert (word.text, underline.text, underline.word_ids) == ("NOTE", "NOTE", (word.word_id,))
    assert underline.box.width >= word.box.width - 4
    assert block_of(page, "paragraph").children == (Element(name="underline", children=("NOTE",)),)


def test_a_setting_machine_underlines_with_a_rule() -> None:
    page = typed(": _Comment_ here", replace(PLAIN, face="bookman"))
    (mark,) = marks_of(page, "underline")
    assert ink_of(crop(page.pixels, mark.box)).mean() > 0.6


# The rest of the sheet


def test_running_head_number_catchword_and_note_have_their_places() -> None:
    text = f": {' // '.join(['word'] * 13)}\n\nThe sign[^1] is here.\n\n[^1]: The note."
    document = replace(
        described(text), running_head="Of railways", numbering="{}", numbering_edge="head", has_catchwords=True
    )
    first, second = press(document, seed=1)
    assert [block.kind for block in first.transcript.blocks] == ["head", "paragraph", "catchword", "foot"]
    kinds = [block.kind for block in second.transcript.blocks]
    assert kinds == ["head", "pageno", "paragraph", "footnote", "foot"]
    assert second.transcript.blocks[0].children == ("Of railways",)
    assert block_of(second, "footnote").children == ("The note.",)
    reference: tuple[Inline, ...] = ("The sign", Element(name="reference", attributes=(("label", "1"),)), " is here.")
    assert block_of(second, "paragraph").children == reference
    assert [region.kind for region in second.text.regions] == ["header", "page-number", "paragraph", "footnote"]


def test_a_long_running_head_stands_above_the_number() -> None:
    document = replace(
        described(": one\n\n===\n\n: two"),
        running_head="Of railways and of the towns",
        numbering="{}",
        numbering_edge="head",
    )
    _, second = press(document, seed=1)
    head, number = second.text.regions[:2]
    assert head.box.bottom <= number.box.top


def test_every_page_can_be_written_down_and_read_back() -> None:
    text = (
        "=0 _<<NOTE>>_\n\nOne[^*] {+two+} {-three-} **four**.\n\n| a | 1 |\n|---|---|\n| b | 2 |\n\n"
        "[[\n\n: left\n\n: more\n\n||\n\n: right\n\n]]\n\n~x All ##gone## here.\n\n[^*]: Small."
    )
    for page in press(described(text, sheet=replace(SHEET, height_in=8.0)), seed=3):
        written = notation.write(page.transcript)
        assert notation.parse(written, file="p.md", page_id=page.page_id) == page.transcript
