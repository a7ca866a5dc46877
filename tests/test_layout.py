from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scanfix import layout
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Region, Word
from scanfix.settings import LayoutSettings

HEIGHT = 3000
PITCH = 30
SIZE = 36
# A word as a test writes it: text, where it starts (in letters from the left edge of the page), and how sure it is.
Typed = tuple[str, int, float]


def line(name: str, top: int, *words: Typed) -> Line:
    made = tuple(
        Word(
            word_id=f"{name}w{number}",
            text=text,
            box=Box(left=column * PITCH, top=top, right=(column + len(text)) * PITCH, bottom=top + SIZE),
            confidence=sure,
        )
        for number, (text, column, sure) in enumerate(words)
    )
    return Line(line_id=name, box=Box.around(word.box for word in made), words=made)


def typed(name: str, top: int, text: str, *, column: int = 10, sure: float = 0.95) -> Line:
    words, at = [], column
    for word in text.split():
        words.append((word, at, sure))
        at += len(word) + 1
    return line(name, top, *words)


def region(name: str, *lines: Line) -> Region:
    return Region(region_id=name, kind="paragraph", box=Box.around(one.box for one in lines), lines=lines)


BODY = (
    typed("a", 600, "The delegation arrived on Tuesday and asked for a"),
    typed("b", 660, "private meeting with the Deputy Minister who had"),
    typed("c", 720, "prepared some figures of his own for the harvest"),
    typed("d", 780, "and the price of grain in the northern districts"),
)


def arranged(*regions: Region, marks: tuple[Mark, ...] = ()) -> dict[str, list[str]]:
    found, _ = layout.arrange(regions, marks, height_px=HEIGHT, settings=LayoutSettings())
    kinds: dict[str, list[str]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append("\n".join(part.text for part in one.lines))
    return kinds


def text(*lines: Line) -> str:
    return "\n".join(one.text for one in lines)


def test_running_text_stays_as_it_is() -> None:
    assert arranged(region("r", *BODY)) == {"paragraph": [text(*BODY)]}


def test_a_note_in_the_margin_is_parted_from_its_line() -> None:
    noted = line("b", 660, *((word.text, word.box.left // PITCH, 0.95) for word in BODY[1].words), ("fue", 66, 0.4))
    found = arranged(region("r", BODY[0], noted, *BODY[2:]))
    assert found == {"paragraph": [text(*BODY)], "other": ["fue"]}


def test_specks_at_the_ends_of_a_line_are_no_words() -> None:
    words = [(word.text, word.box.left // PITCH, 0.95) for word in BODY[1].words]
    specked = line("b", 660, (".", 8, 0.1), *words, ("|", 58, 0.3))
    found = arranged(region("r", BODY[0], specked, *BODY[2:]))
    assert found["paragraph"] == [text(*BODY)]
    assert found["other"] == [". |"]


def test_a_typed_dash_that_was_read_well_stays() -> None:
    dashed = line("b", 660, ("the", 10, 0.9), ("Deputy", 14, 0.9), ("--", 21, 0.7), ("who", 24, 0.9), ("had", 28, 0.9))
    assert "Deputy -- who" in arranged(region("r", BODY[0], dashed, *BODY[2:]))["paragraph"][0]


def test_a_line_of_garbage_is_noise() -> None:
    garbage = typed("x", 1500, "wf ae STi", sure=0.2)
    assert arranged(region("r", *BODY), region("s", garbage))["other"] == ["wf ae STi"]


def test_page_numbers_stand_alone_at_head_or_foot() -> None:
    number = typed("n", 2800, "- 4 -", column=30)
    sentence = typed("s", 840, "4 of them had been there before the harvest began")
    found = arranged(region("r", *BODY, sentence), region("n", number))
    assert found["page-number"] == ["- 4 -"]
    assert sentence.text in found["paragraph"][0]


def test_a_running_line_that_names_its_page_is_a_footer_and_a_cross_reference_is_not() -> None:
    running = typed("f", 2800, "16 Oct 54 CURRENT REPORTS Page 4", column=15)
    found = arranged(region("r", *BODY), region("f", running))
    assert found["footer"] == [running.text]
    last = typed("s", 2700, "The harvest failed in all of the northern districts (page 4).")
    assert last.text in arranged(region("r", *BODY), region("s", last))["paragraph"]


def test_a_date_alone_is_a_footer_at_the_foot_and_text_at_the_head() -> None:
    foot, head = typed("f", 2850, "15 Jan 54", column=45), typed("h", 250, "15 January 1954", column=40)
    found = arranged(region("h", head), region("r", *BODY), region("f", foot))
    assert found["footer"] == ["15 Jan 54"]
    assert found["paragraph"][0] == head.text


def test_an_exemption_code_beside_the_text_is_marginalia() -> None:
    code = typed("c", 700, "3.3(h)(2)", column=70, sure=0.9)
    assert arranged(region("r", *BODY), region("c", code))["marginalia"] == ["3.3(h)(2)"]


def test_what_was_read_at_a_marking_s_place_is_bound_to_it_and_no_text() -> None:
    garbled = typed("m", 120, "FOP-SECREF", column=28, sure=0.9)
    mark = Mark(mark_id="m1", kind="classification", box=Box(left=840, top=110, right=1150, bottom=170), confidence=1)
    found, bound = layout.arrange(
        [region("m", garbled), region("r", *BODY)], [mark], height_px=HEIGHT, settings=LayoutSettings()
    )
    assert bound[0].word_ids == ("mw0",)
    assert [one.kind for one in found] == ["paragraph", "other"]


def test_a_word_between_two_marks_belongs_to_the_nearer() -> None:
    read = line("m", 120, ("Approved", 28, 0.9))
    banner = Mark(mark_id="m1", kind="banner", box=Box(left=800, top=115, right=1200, bottom=160), confidence=1)
    below = Mark(mark_id="m2", kind="classification", box=Box(left=800, top=162, right=1200, bottom=230), confidence=1)
    _, bound = layout.arrange([region("m", read)], [below, banner], height_px=HEIGHT, settings=LayoutSettings())
    assert [mark.word_ids for mark in bound] == [(), ("mw0",)]


def test_a_marking_in_the_body_stays_in_the_text() -> None:
    marked = typed("m", 540, "Strictly Confidential and for the addressee only")
    box = Box(left=300, top=535, right=1200, bottom=580)
    mark = Mark(mark_id="m1", kind="classification", box=box, confidence=1, fields=(("position", "body"),))
    found = arranged(region("r", marked, *BODY), marks=(mark,))
    assert found["paragraph"] == [text(marked, *BODY)]


def test_lines_beyond_the_markings_are_header_and_footer() -> None:
    head = typed("h", 40, "Eyes of the addressee", column=25)
    foot = typed("f", 2950, "Form number seventeen", column=25)
    marks = tuple(
        Mark(mark_id=name, kind="classification", confidence=1, box=Box(left=600, top=top, right=900, bottom=top + 60))
        for name, top in (("m1", 150), ("m2", 2850))
    )
    found = arranged(region("h", head), region("r", *BODY), region("f", foot), marks=marks)
    assert (found["header"], found["footer"]) == ([head.text], [foot.text])


def test_lines_of_one_column_are_read_from_top_to_bottom() -> None:
    assert arranged(region("r", BODY[0], BODY[2], BODY[3]), region("s", BODY[1])) == {"paragraph": [text(*BODY)]}


def test_a_number_beside_its_item_is_of_the_same_line() -> None:
    number = typed("n", 602, "1.", column=6)
    found = arranged(region("n", number), region("r", *BODY))
    assert found["paragraph"][0].startswith("1. The delegation")


def test_a_wide_gap_and_an_indent_start_paragraphs() -> None:
    later = (
        typed("e", 960, "After the meeting nothing more was heard of them"),
        typed("f", 1020, "     although".strip() + " their train was seen to leave", column=15),
        typed("g", 1080, "the capital in the night of the following Sunday"),
    )
    found = arranged(region("r", *BODY, *later))
    assert found["paragraph"] == [text(*BODY), later[0].text, text(*later[1:])]


def test_capitals_in_the_middle_are_a_heading() -> None:
    heading = typed("h", 480, "DAILY BRIEF", column=28)
    assert arranged(region("h", heading), region("r", *BODY))["heading"] == ["DAILY BRIEF"]


def test_a_page_of_two_columns_is_read_column_by_column() -> None:
    left = tuple(typed(f"l{n}", 600 + 60 * n, "he said that they went") for n in range(6))
    right = tuple(typed(f"r{n}", 600 + 60 * n, "and the others had gone", column=45) for n in range(6))
    assert arranged(region("r", *right), region("l", *left))["paragraph"] == [text(*left), text(*right)]


def test_layout_can_be_switched_off_and_an_empty_page_is_empty() -> None:
    read = (region("r", *BODY),)
    assert layout.arrange(read, (), height_px=HEIGHT, settings=LayoutSettings(is_on=False))[0] == read
    assert layout.arrange((), (), height_px=HEIGHT, settings=LayoutSettings()) == ((), ())


WORDS = st.tuples(
    st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=12),
    st.integers(0, 80),
    st.floats(0, 1),
)


@given(st.lists(st.tuples(st.integers(0, HEIGHT - SIZE), st.lists(WORDS, min_size=1, max_size=8)), max_size=12))
def test_no_word_is_lost_or_doubled(rows: list[tuple[int, list[Typed]]]) -> None:
    lines = [line(f"l{number}", top, *words) for number, (top, words) in enumerate(rows)]
    regions = [region(f"r{number}", *lines[number : number + 3]) for number in range(0, len(lines), 3)]
    found, _ = layout.arrange(regions, (), height_px=HEIGHT, settings=LayoutSettings())
    before = Counter(word.word_id for one in lines for word in one.words)
    after = Counter(word.word_id for one in found for part in one.lines for word in part.words)
    assert before == after
    assert len({one.region_id for one in found}) == len(found)
