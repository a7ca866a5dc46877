from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.geometry import Affine, Box
from scanfix.model.text import Line, Word
from scanfix.ocr import alignment
from scanfix.ocr.alignment import Sign
from scanfix.ocr.framing import Frame
from scanfix.ocr.rapid import Glyph

FRAME = Frame(pitch_px=10, to_strip=Affine(a=0.5, b=0, c=-50, d=0, e=0.5, f=0), width_px=200, height_px=48)
TEXTS = st.text(alphabet="abc ’'", max_size=12)


def signs(text: str) -> tuple[Sign, ...]:
    return tuple(Sign(text=sign, confidence=0.9, x=10.0 * place) for place, sign in enumerate(text))


def pairs(first: str, second: str) -> list[tuple[str, str]]:
    return [
        ("".join(s.text for s in part.first), "".join(s.text for s in part.second))
        for part in alignment.align(signs(first), signs(second))
        if not part.agrees
    ]


@settings(deadline=None)
@given(first=TEXTS, second=TEXTS)
def test_the_segments_give_both_readings_back(first: str, second: str) -> None:
    parts = alignment.align(signs(first), signs(second))
    assert "".join(sign.text for part in parts for sign in part.first) == first
    assert "".join(sign.text for part in parts for sign in part.second) == second
    assert all(len(part.first) == len(part.second) for part in parts if part.agrees)


def test_differences_of_one_length_are_told_sign_by_sign_and_others_whole() -> None:
    assert pairs("kitchen", "kitohen") == [("c", "o")]
    assert pairs("on barns", "on bams") == [("rn", "m")]
    assert pairs("one two", "onetwo") == [(" ", "")]
    assert pairs("oc", "co") in ([("o", "c"), ("c", "o")], [("", "c"), ("c", "")])


def test_two_shapes_of_a_quote_are_no_difference() -> None:
    assert pairs("the “men’s”", 'the "men\'s"') == []


def test_neighbours_are_the_second_readers_and_missing_at_the_ends() -> None:
    difference = next(part for part in alignment.align(signs("abc"), signs("axc")) if not part.agrees)
    assert (difference.before and difference.before.text, difference.after and difference.after.text) == ("a", "c")
    only = alignment.align(signs("a"), signs("b"))[0]
    assert (only.before, only.after) == (None, None)


def test_a_line_is_spelt_with_the_places_of_its_letters() -> None:
    words = (
        Word(word_id="w1", text="ab", box=Box(left=100, top=0, right=120, bottom=10), confidence=0.8),
        Word(word_id="w2", text="c", box=Box(left=130, top=0, right=140, bottom=10), confidence=0.4),
    )
    found = alignment.signs_of_line(Line(line_id="l", box=Box.around(w.box for w in words), words=words))
    assert [(one.text, one.x, one.confidence, one.word) for one in found] == [
        ("a", 105, 0.8, 0),
        ("b", 115, 0.8, 0),
        (" ", 125, 0.4, None),
        ("c", 135, 0.4, 1),
    ]


def test_a_strip_is_spelt_in_columns_of_the_page_without_idle_spaces() -> None:
    glyphs = [
        Glyph(text=text, confidence=0.9, at=at) for text, at in zip(" a  b ", (0, 0.1, 0.2, 0.3, 0.4, 1), strict=True)
    ]
    found = alignment.signs_of_strip(glyphs, FRAME)
    assert "".join(one.text for one in found) == "a b"
    assert found[0].x == (0.1 * 200 + 50) / 0.5
    assert alignment.signs_of_strip([Glyph(text=" ", confidence=1, at=0.5)], FRAME) == ()
