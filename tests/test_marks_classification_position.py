from marks_drawn import Reader, blank, word

from scanfix.images import GrayImage
from scanfix.marks import build, find_marks
from scanfix.marks.classification_position import Standing
from scanfix.marks.frame import frame_of
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.settings import MarksSettings

PAGE = blank()
FRAME = frame_of(PAGE, dpi=300)
DETECTORS = build(MarksSettings(detectors=("classification",)))


def line(top: int, *, words: int = 8, left: int = 600, text: str = "word", confidence: float = 0.97) -> Line:
    """A line of words, 150 pixels from one to the next."""
    placed = tuple(
        Word(
            word_id=f"w{top}-{number}",
            text=text,
            box=Box(left=left + 150 * number, top=top, right=left + 150 * number + 120, bottom=top + 40),
            confidence=confidence,
        )
        for number in range(words)
    )
    return Line(line_id=f"l{top}", box=Box.around(word.box for word in placed), words=placed)


def text_from(top: int, bottom: int = 2700) -> list[Line]:
    """A column of text from 600 to 1770 pixels."""
    return [line(y) for y in range(top, bottom, 60)]


def position(lines: list[Line], *, left: int, top: int) -> str:
    return Standing(FRAME, lines).position(Box(left=left, top=top, right=left + 300, bottom=top + 50))


def test_a_marking_amid_text_stands_in_the_body() -> None:
    assert position(text_from(600), left=900, top=1500) == "body"


def test_a_marking_beside_the_column_stands_in_the_margin_on_either_side() -> None:
    assert position(text_from(600), left=100, top=1500) == "margin"
    assert position(text_from(600), left=1900, top=1500) == "margin"


def test_what_stands_left_of_the_column_but_under_all_text_is_no_margin() -> None:
    assert position(text_from(600, 2000), left=100, top=2500) == "body"


def test_one_line_that_reaches_into_the_margin_does_not_widen_the_column() -> None:
    assert position([*text_from(600), line(570, left=60)], left=100, top=1500) == "margin"


def test_the_edges_of_the_page_are_head_and_foot_on_every_page() -> None:
    for lines in ([], text_from(600), [line(900, words=2)]):
        assert position(lines, left=900, top=150) == "head"
        assert position(lines, left=900, top=3050) == "foot"


def test_a_second_line_over_the_text_stands_at_the_head_and_one_under_a_line_of_text_does_not() -> None:
    assert position(text_from(600), left=900, top=440) == "head"
    assert position(text_from(300), left=900, top=440) == "body"


def test_a_stamp_over_the_foot_stands_in_the_body() -> None:
    assert position(text_from(600), left=1600, top=2740) == "body"


def test_a_page_of_a_title_and_little_else_is_a_cover() -> None:
    assert position([line(900, words=4, text="TITLE")], left=900, top=1500) == "cover"


def test_a_page_whose_text_begins_in_its_lower_half_is_a_cover() -> None:
    assert position(text_from(1700), left=900, top=1500) == "cover"


def test_a_page_of_which_nothing_was_read_well_is_no_cover() -> None:
    assert position([], left=900, top=1500) == "body"
    assert position([line(900, confidence=0.3)], left=900, top=1500) == "body"


def test_a_short_letter_is_no_cover() -> None:
    lines = [line(900 + 60 * number, words=5) for number in range(5)]
    assert position(lines, left=900, top=700) == "body"


def test_the_detector_tells_where_a_marking_stands() -> None:
    page: GrayImage = blank()
    box = word(page, "SECRET", left=100, bottom=1500, scale=1.3, thickness=4)
    (mark,) = find_marks(page, dpi=300, read=Reader({"SECRET": box}), detectors=DETECTORS, lines=text_from(600))
    assert mark.field("position") == "margin"
