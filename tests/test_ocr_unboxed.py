"""Ink outside the first voice's boxes: what is found, and what is left alone."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.ocr import framing, unboxed
from scanfix.ocr.unboxed import Found

TEXT = (
    "the delegation arrived on tuesday and saw",
    "a private meeting with our minister at noon",
    "said of the grain shipments and both sides",
    "nothing was prepared before the harvest when",
    "the price will be the only question of moment",
)
FACE = ImageFont.load_default(44)
LEFT, TOP, STEP = 300, 300, 90


def typed(texts: Sequence[str] = TEXT, *, first: str = "") -> tuple[GrayImage, list[Line]]:
    """Draw lines and box their words by their ink; ``first`` hangs left of the first line and has no box."""
    sheet = Image.new("L", (1700, 1100), 255)
    draw = ImageDraw.Draw(sheet)
    lines = []
    for number, text in enumerate(texts):
        words, start, top = [], float(LEFT), TOP + number * STEP
        for index, part in enumerate(text.split()):
            draw.text((start, top), part, font=FACE, fill=0)
            box = Box.of(draw.textbbox((start, top), part, font=FACE))
            words.append(Word(word_id=f"l{number}w{index}", text=part, box=box, confidence=0.95))
            start += draw.textlength(part + " ", font=FACE)
        lines.append(Line(line_id=f"l{number}", box=Box.around(word.box for word in words), words=tuple(words)))
    draw.text((LEFT - 70, TOP), first, font=FACE, fill=0)
    return np.asarray(sheet, dtype=np.uint8).copy(), lines


def found(image: GrayImage, lines: Sequence[Line]) -> Found:
    typing = framing.measure(lines)
    assert typing is not None
    return unboxed.find(lines, image, typing)


def shorter(line: Line, words: slice) -> Line:
    kept = line.words[words]
    return replace(line, words=kept, box=Box.around(word.box for word in kept))


def test_a_page_that_is_boxed_wholly_has_nothing_left() -> None:
    assert found(*typed()) == Found(ends=(), rows=())


@settings(deadline=None, max_examples=15)
@given(number=st.integers(1, len(TEXT) - 2))
def test_a_line_without_boxes_is_found_where_it_stands(number: int) -> None:
    image, lines = typed()
    missed = lines[number]
    (row,) = found(image, [line for line in lines if line is not missed]).rows
    assert row.left == pytest.approx(missed.box.left, abs=6)
    assert row.right == pytest.approx(missed.box.right, abs=6)
    assert row.baseline(row.left) == pytest.approx(framing.row_of(missed, row.typing).rise, abs=4)


def test_lines_without_boxes_above_the_first_and_below_the_last_are_found_too() -> None:
    image, lines = typed()
    rows = found(image, lines[1:-1]).rows
    assert len(rows) == 2
    assert {round(row.rise) // STEP for row in rows} == {TOP // STEP, (TOP + 4 * STEP) // STEP}


@settings(deadline=None, max_examples=15)
@given(number=st.integers(0, len(TEXT) - 1), words=st.sampled_from([slice(1, None), slice(0, -1)]))
def test_a_word_without_a_box_at_an_end_of_a_line_is_found(number: int, words: slice) -> None:
    image, lines = typed()
    missed = lines[number]
    lines[number] = shorter(missed, words)
    ((line_id, row),) = found(image, lines).ends
    assert line_id == missed.line_id
    assert row.left == pytest.approx(missed.box.left, abs=6)
    assert row.right == pytest.approx(missed.box.right, abs=6)


def test_a_number_that_hangs_left_of_the_text_is_found_and_a_note_in_the_margin_is_not() -> None:
    ((line_id, row),) = found(*typed(first="1.")).ends
    assert line_id == "l0"
    assert row.left < LEFT - 50
    image, lines = typed()
    image[TOP : TOP + 60, 20:120] = typed()[0][TOP : TOP + 60, LEFT : LEFT + 100]
    assert found(image, lines) == Found(ends=(), rows=())


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param((slice(345, 349), slice(1200, 1330)), id="a rule"),
        pytest.param((slice(250, 420), slice(1220, 1226)), id="a tall stroke"),
        pytest.param((slice(250, 420), slice(1210, 1300)), id="a blot"),
    ],
)
def test_what_is_no_typing_beside_a_line_is_left_alone(mark: tuple[slice, slice]) -> None:
    image, lines = typed()
    longest = replace(lines[4], line_id="wide", box=replace(lines[4].box, right=1350))
    image[mark] = 0
    assert found(image, [*lines[:4], longest]).ends == ()


def test_the_next_column_is_not_read_into_a_line() -> None:
    image, lines = typed()
    parted = [
        part
        for line in lines
        for part in (
            replace(shorter(line, slice(0, 3)), line_id=f"{line.line_id}a"),
            replace(shorter(line, slice(3, None)), line_id=f"{line.line_id}b"),
        )
    ]
    assert found(image, parted) == Found(ends=(), rows=())


def test_without_a_sure_line_nothing_is_looked_for() -> None:
    image, lines = typed()
    doubtful = [replace(line, words=tuple(replace(word, confidence=0.3) for word in line.words)) for line in lines[:2]]
    assert found(image, doubtful) == Found(ends=(), rows=())


def test_a_box_as_high_as_several_lines_hides_no_line() -> None:
    image, lines = typed()
    missed = lines[2].box
    blot = Box(left=missed.left, top=missed.top - STEP, right=missed.right, bottom=missed.bottom + STEP)
    word = Word(word_id="x", text="|", box=blot, confidence=0.1)
    lines[2] = Line(line_id="x", box=blot, words=(word,))
    assert len(found(image, lines).rows) == 1


def test_a_line_into_which_a_note_in_the_margin_was_read_does_not_move_the_texts_edge() -> None:
    _, lines = typed()
    note = Box(left=40, top=lines[1].box.top, right=140, bottom=lines[1].box.bottom)
    noted = (replace(lines[1].words[0], word_id="note", box=note), *lines[1].words)
    lines[1] = replace(lines[1], words=noted, box=Box.around(word.box for word in noted))
    typing = framing.measure(lines)
    assert typing is not None
    edges = unboxed.edges_of(lines, typing)
    assert edges is not None
    assert edges.left == pytest.approx(LEFT, abs=6)


def test_a_line_that_is_hardly_read_does_not_go_on() -> None:
    image, lines = typed()
    scrawl = shorter(lines[1], slice(0, -1))
    lines[1] = replace(scrawl, words=tuple(replace(word, confidence=0.4) for word in scrawl.words))
    assert found(image, lines).ends == ()


@pytest.mark.parametrize("slope", [-0.006, 0.006])
def test_a_row_of_a_slanting_page_slants_with_it(slope: float) -> None:
    image, lines = typed()
    columns = np.arange(image.shape[1])
    slanting = np.stack([np.roll(image[:, column], round(slope * column)) for column in columns], axis=1)

    def moved(box: Box) -> Box:
        down = round(slope * box.centre[0])
        return replace(box, top=box.top + down, bottom=box.bottom + down)

    slanted = []
    for line in lines:
        words = tuple(replace(word, box=moved(word.box)) for word in line.words)
        slanted.append(replace(line, words=words, box=Box.around(word.box for word in words)))
    (row,) = found(slanting, [*slanted[:2], *slanted[3:]]).rows
    assert row.slope == pytest.approx(slope, abs=0.003)
    assert row.baseline(700) == pytest.approx(framing.row_of(lines[2], row.typing).rise + slope * 700, abs=5)
