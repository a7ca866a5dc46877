from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.ocr import framing
from scanfix.ocr.framing import Form, Typing

FORM = Form(height_px=48, above=2.0, below=1.0, margin=0.5, pitch_px=16.0, narrowest=0.5)
TYPING = Typing(x_height_px=16.0, pitch_px=20.0)
DEEP = set("gjpqy")
TALL = set("bdfhklt")


def typed_line(
    text: str, *, x_height: float = 20.0, pitch: float = 24.0, slope: float = 0.0, left: int = 200, row: float = 400.0
) -> Line:
    """Boxes as ink has them: ascenders 1.42, descenders 0.36 of the x-height."""
    words, start = [], left
    for number, part in enumerate(text.split()):
        width = pitch * (len(part) - 1 / 6)
        baseline = row + slope * (start + width / 2)
        tall = 1.42 if TALL & set(part) or part[0].isupper() else 1.3 if {"i", "j"} & set(part) else 1.0
        deep = 0.36 if DEEP & set(part) else 0.0
        box = Box(
            left=round(start),
            top=round(baseline - tall * x_height),
            right=round(start + width),
            bottom=round(baseline + deep * x_height),
        )
        words.append(Word(word_id=f"w{number}", text=part, box=box, confidence=0.95))
        start = round(start + pitch * (len(part) + 1))
    return Line(line_id="l1", box=Box.around(word.box for word in words), words=tuple(words))


def test_x_height_and_pitch_come_from_words_of_any_letters() -> None:
    line = typed_line("some happy people have typed another depot order for man")
    typing = framing.measure([line])
    assert typing is not None
    assert typing.x_height_px == pytest.approx(20, abs=1)
    assert typing.pitch_px == pytest.approx(24, abs=0.5)


def test_a_page_without_a_sure_word_is_measured_by_its_lines_and_an_empty_one_not_at_all() -> None:
    doubtful = Word(word_id="w", text="~~", box=Box(left=0, top=0, right=50, bottom=32), confidence=0.2)
    typing = framing.measure([Line(line_id="l", box=doubtful.box, words=(doubtful,))])
    assert typing is not None
    assert typing.x_height_px == pytest.approx(20)
    assert framing.measure([]) is None


@settings(deadline=None)
@given(slope=st.floats(-0.015, 0.015), x_height=st.floats(12, 40))
def test_the_baseline_lies_level_in_the_strip_whatever_the_slope(slope: float, x_height: float) -> None:
    line = typed_line("men were seen on our new canvas moor", x_height=x_height, slope=slope)
    framed = framing.frame(line, Typing(x_height_px=x_height, pitch_px=24), FORM)
    rows = [framed.to_strip.point(word.box.centre[0], word.box.bottom)[1] for word in line.words]
    scale = framed.to_strip.e
    for row in rows:
        assert row == pytest.approx(32, abs=1.2 * scale + 0.01)


def test_wide_typing_is_squeezed_to_the_pitch_and_narrow_typing_stays() -> None:
    line = typed_line("our own answer", x_height=16, pitch=24)
    squeezed = framing.frame(line, Typing(x_height_px=16, pitch_px=24), FORM)
    assert squeezed.to_strip.a * 24 == pytest.approx(16)
    narrow = framing.frame(line, Typing(x_height_px=16, pitch_px=14), FORM)
    assert narrow.to_strip.a == pytest.approx(narrow.to_strip.e)


def test_a_line_in_another_size_is_framed_by_its_own_letters() -> None:
    title = typed_line("man saw our", x_height=40, pitch=48)
    framed = framing.frame(title, TYPING, FORM)
    assert framed.to_strip.e == pytest.approx(48 / (3 * 40), rel=0.05)
    assert framed.pitch_px == pytest.approx(48, rel=0.05)


def test_descenders_do_not_pull_the_baseline_down() -> None:
    plain = framing.frame(typed_line("man men moor"), Typing(x_height_px=20, pitch_px=24), FORM)
    hanging = framing.frame(typed_line("gap men moor"), Typing(x_height_px=20, pitch_px=24), FORM)
    alone = framing.frame(typed_line("happy"), Typing(x_height_px=20, pitch_px=24), FORM)
    assert hanging.to_strip.f == pytest.approx(plain.to_strip.f, abs=0.5)
    assert alone.to_strip.f == pytest.approx(plain.to_strip.f, abs=2)


def test_places_in_the_strip_lead_back_to_the_page() -> None:
    line = typed_line("we saw them")
    framed = framing.frame(line, TYPING, FORM)
    columns = [framed.page_x(share) for share in (0.0, 0.25, 0.5, 1.0)]
    assert all(one < two for one, two in pairwise(columns))
    assert columns[0] == pytest.approx(line.box.left - 0.5 * 20, abs=3)
    assert columns[-1] == pytest.approx(line.box.right + 0.5 * 20, abs=3)


def test_a_stroke_under_some_words_moves_neither_baseline_nor_size() -> None:
    plain = typed_line("our own answer was seen now")
    struck = tuple(
        replace(word, box=replace(word.box, bottom=word.box.bottom + 14)) if place < 4 else word
        for place, word in enumerate(plain.words)
    )
    underlined = replace(plain, words=struck)
    typing = Typing(x_height_px=20, pitch_px=24)
    row, other = framing.row_of(plain, typing), framing.row_of(underlined, typing)
    assert other.typing == typing
    assert other.baseline(400) == pytest.approx(row.baseline(400), abs=1)


def test_a_part_of_a_frame_leads_back_to_the_same_places() -> None:
    framed = framing.frame(typed_line("we saw them"), TYPING, FORM)
    part = framed.part(10, 60)
    assert part.width_px == 50
    assert part.page_x(0.0) == pytest.approx(framed.page_x(10 / framed.width_px))
    assert part.page_x(1.0) == pytest.approx(framed.page_x(60 / framed.width_px))
