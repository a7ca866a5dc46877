from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.layout import column as columns
from scanfix.layout import edges, machine, noise
from scanfix.layout.sorting import sort_page
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.settings import LayoutSettings

HEIGHT = 3000
PITCH = 30
SIZE = 36
# An engine's box ends short of the last letter's cell.
BEARING = 5


def word(
    name: str, text: str, at: float, top: int, *, sure: float = 0.95, width: float = 1.0, size: int = SIZE
) -> Word:
    """One word; ``at`` is its first letter's cell, ``width`` its letters' width in letters of the machine."""
    left = round(at * PITCH)
    right = left + max(2, round(len(text) * width * PITCH) - BEARING)
    return Word(word_id=name, text=text, box=Box(left=left, top=top, right=right, bottom=top + size), confidence=sure)


def typed(
    name: str, top: int, text: str, *, at: float = 10, sure: float = 0.95, width: float = 1.0, size: int = SIZE
) -> Line:
    """A line of words with one space between; two underscores stand for two more."""
    words = []
    for number, part in enumerate(text.split()):
        if part.strip("_"):
            words.append(word(f"{name}w{number}", part, at, top, sure=sure, width=width, size=size))
        at += (len(part) + 1) * width
    return Line(line_id=name, box=Box.around(one.box for one in words), words=tuple(words))


def joined(name: str, *lines: Line) -> Line:
    words = tuple(one for line in lines for one in line.words)
    return Line(line_id=name, box=Box.around(one.box for one in words), words=words)


BODY = tuple(
    typed(f"b{number}", 900 + 60 * number, text)
    for number, text in enumerate(
        (
            "The delegation arrived on Tuesday and asked for a",
            "private meeting with the Deputy Minister who had",
            "prepared some figures of his own for the harvest",
            "and the price of grain in the northern districts",
            "which had been without rain since the spring and",
        )
    )
)
# The bulletins' machine: letters of different widths.
WIDTHS = (0.85, 1.1, 0.9, 1.0, 1.15, 0.8, 1.1, 0.95, 1.05)
UNEVEN = tuple(
    replace(
        line,
        words=tuple(
            word(one.word_id, one.text, one.box.left / PITCH, one.box.top, width=width)
            for one, width in zip(line.words, WIDTHS, strict=False)
        ),
    )
    for line in BODY
)


def sorted_lines(*lines: Line) -> dict[str, list[str]]:
    """Sort a page of one engine paragraph a line: texts by kind, in order."""
    column = columns.find(lines)
    parts = sort_page(
        [(line,) for line in lines], set(), column, rows=(0, HEIGHT), height_px=HEIGHT, settings=LayoutSettings()
    )
    found: dict[str, list[str]] = {}
    for part in parts:
        for line in part.text:
            found.setdefault("text", []).append(line.text)
        for kind, line in part.rest:
            found.setdefault(kind, []).append(line.text)
    return found


def test_letters_of_one_width_are_told_from_letters_of_their_own_widths() -> None:
    even, uneven = machine.measure(BODY), machine.measure(UNEVEN)
    assert even is not None
    assert even.is_fixed
    assert abs(even.letter_px - PITCH) < 1
    assert uneven is not None
    assert not uneven.is_fixed


def test_a_page_with_few_words_tells_no_width() -> None:
    assert machine.measure((typed("t", 900, "Report upon the harvest"),)) is None


@given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=3, max_size=20))
@settings(deadline=None)
def test_a_typed_word_keeps_to_the_machine_whatever_it_says(text: str) -> None:
    even = machine.Machine(letter_px=PITCH, is_fixed=True)
    assert machine.share((word("w", text, 10, 900),), even) == 1
    assert machine.share((word("w", text, 10, 900, width=0.7),), even) == 0


def test_words_of_two_letters_tell_no_width() -> None:
    even = machine.Machine(letter_px=PITCH, is_fixed=True)
    assert machine.share((word("w", "of", 10, 900),), even) is None
    assert machine.ratio((word("w", "of", 10, 900),), even) is None


def test_verse_and_stage_directions_widen_the_column_and_a_stamp_of_two_lines_does_not() -> None:
    directions = tuple(typed(f"d{number}", 300 + 120 * number, "(she dances alone)", at=4) for number in range(3))
    stamp = tuple(typed(f"s{number}", 1500 + 60 * number, "RECEIVED", at=1) for number in range(2))
    column = columns.find((*directions, *BODY, *stamp))
    assert column is not None
    assert column.left == 4 * PITCH


def test_a_typed_line_that_was_read_badly_stays() -> None:
    dim = typed("t", 1260, "wbich bad bcen witbout raiu", sure=0.25)
    assert sorted_lines(*BODY, dim)["text"][-1] == dim.text


def test_a_stamp_is_not_text_however_surely_it_is_read() -> None:
    stamp = typed("s", 400, "DIVISION OF COMMUNICATIONS", at=42, sure=0.97, width=0.6)
    assert sorted_lines(stamp, *BODY)["other"] == [stamp.text]


def test_a_stamp_beside_an_address_is_parted_from_it() -> None:
    address = joined(
        "a", typed("a", 600, "The Secretary of State,"), typed("s", 600, "RECEIVED JUNE", at=40, width=0.6)
    )
    found = sorted_lines(address, *BODY)
    assert found["text"][0] == "The Secretary of State,"
    assert found["other"] == ["RECEIVED JUNE"]


def test_where_letters_have_widths_of_their_own_a_narrow_word_is_no_stamp() -> None:
    narrow = typed("n", 1260, "little villages filled till late", width=0.7)
    assert sorted_lines(*UNEVEN, narrow)["text"][-1] == narrow.text


def test_spaced_letters_and_larger_type_in_the_middle_are_headings() -> None:
    spaced = typed("s", 700, "PARALLELS", at=20, width=2.0)
    large = typed("l", 400, "REPORT", at=30, width=1.3, size=50)
    assert sorted_lines(large, spaced, *BODY)["text"][:2] == ["REPORT", "PARALLELS"]


def test_a_sign_with_a_cell_of_its_own_is_typed_and_one_in_a_gap_is_a_speck() -> None:
    french, speck = (
        joined(
            name,
            typed(f"{name}1", top, "les lions"),
            typed(f"{name}2", top, ",", at=at, sure=0.6),
            typed(f"{name}3", top, "et", at=after),
        )
        for name, top, at, after in (("f", 1260, 20, 22), ("s", 1320, 19.3, 20))
    )
    found = sorted_lines(*BODY, french, speck)
    assert found["text"][-2:] == ["les lions , et", "les lions et"]
    assert found["other"] == [","]


def test_numbers_left_of_their_rows_are_text_and_a_note_between_rows_is_not() -> None:
    number, note = typed("n", 960, "110", at=3), typed("m", 1450, "Smith", at=1)
    found = sorted_lines(*BODY, number, note)
    assert "110" in found["text"]
    assert found["other"] == ["Smith"]


def test_a_line_that_reaches_farther_than_the_others_keeps_its_end() -> None:
    long = typed("l", 1260, "and nobody in the capital had thought of it at that time")
    assert sorted_lines(*BODY, long)["text"][-1] == long.text


def test_the_code_of_a_withheld_area_is_parted_from_the_line_that_it_stands_by() -> None:
    line = joined("c", BODY[2], typed("d", 1020, "3.3(h)(2)", at=66))
    found = sorted_lines(*BODY[:2], line, *BODY[3:])
    assert found["marginalia"] == ["3.3(h)(2)"]
    assert found["text"][2] == BODY[2].text


def test_a_speck_hides_neither_a_page_s_number_nor_a_code() -> None:
    number = joined("n", typed("m", 120, "x", at=28, sure=0.1), typed("o", 120, "12", at=30))
    code = joined("c", typed("c", 960, "3.5(c)", at=66), typed("d", 960, "i", at=73.5, sure=0.1))
    found = sorted_lines(number, *BODY, code)
    assert found["page-number"] == ["x 12"]
    assert found["marginalia"] == ["3.5(c)"]


def test_a_section_s_number_in_the_middle_is_text_and_letters_of_a_turned_stamp_are_not() -> None:
    section = typed("s", 780, "II", at=34)
    turned = tuple(typed(f"t{number}", 420 + 67 * number, text, at=54) for number, text in enumerate("8719"))
    found = sorted_lines(section, *turned, *BODY)
    assert found["text"][0] == "II"
    assert found["other"] == ["8", "7", "1", "9"]


def test_a_printed_head_is_a_header_and_typed_capitals_are_not() -> None:
    printed = typed("p", 120, "EMBASSY OF THE REPUBLIC", at=20, width=1.06)
    capitals = typed("c", 240, "OFFICE OF THE REGISTRAR", at=20)
    found = sorted_lines(printed, capitals, *BODY)
    assert found["header"] == [printed.text]
    assert found["text"][0] == capitals.text


def test_a_word_alone_at_the_lower_right_is_a_catchword() -> None:
    assert sorted_lines(*BODY, typed("c", 1270, "caused", at=52))["signature-mark"] == ["caused"]


def test_neither_a_closing_nor_the_end_of_a_sentence_nor_one_of_few_lines_is_a_catchword() -> None:
    closing = (typed("y", 1300, "Yours truly,", at=44), typed("z", 1420, "Adam Smith", at=48))
    assert "signature-mark" not in sorted_lines(*BODY, *closing)
    assert "signature-mark" not in sorted_lines(*BODY, typed("e", 1200, "autumn."))
    few = (typed("t", 240, "REGISTRY", at=20, width=1.06), typed("u", 2700, "seen", at=52))
    column = columns.find((*few, *BODY))
    assert edges.find(few, column, height_px=HEIGHT) == {}


def test_without_a_fixed_width_there_is_neither_letterhead_nor_catchword() -> None:
    lines = (*UNEVEN, typed("c", 1270, "caused", at=52))
    assert edges.find(lines, columns.find(lines), height_px=HEIGHT) == {}


def test_a_stamp_left_of_the_column_is_not_text_though_a_typewriter_set_it() -> None:
    stamp = typed("s", 400, "DIVISION OF RECORDS", at=2)
    assert sorted_lines(stamp, *BODY)["other"] == [stamp.text]


def test_a_pen_s_stroke_makes_a_line_high_but_only_few_letters_doubtful() -> None:
    high = typed("h", 1270, "which nobody had", size=3 * SIZE // 2 + SIZE)
    name = typed("n", 1500, "Smith", size=3 * SIZE // 2 + SIZE)
    found = sorted_lines(*BODY, high, name)
    assert high.text in found["text"]
    assert found["other"] == ["Smith"]


def test_a_long_line_whose_words_were_joined_wrongly_stays() -> None:
    torn = typed("t", 1260, "an d th epr iceo fgr ain was high", sure=0.6, width=1.3)
    assert torn.text in sorted_lines(*BODY, torn)["text"]


def test_what_is_read_at_a_rule_or_a_speck_stands_on_another_line() -> None:
    rule = typed("r", 950, "private meeting", size=6)
    assert sorted_lines(*BODY, rule)["other"] == [rule.text]


def test_signs_that_no_typewriter_has_are_scan_edges_however_sure() -> None:
    edge = joined("e", typed("f", 1260, "and nobody had"), typed("g", 1260, "|", at=28, sure=0.99))
    found = sorted_lines(*BODY, edge)
    assert found["text"][-1] == "and nobody had"
    assert found["other"] == ["|"]


def test_a_doubtful_word_far_from_its_line_is_parted_from_it() -> None:
    far = joined("f", typed("f", 1260, "and nobody had"), typed("g", 1260, "aud", at=27.4, sure=0.5))
    assert "aud" not in sorted_lines(*UNEVEN, typed("f", 1260, "aud", sure=0.3)).get("text", [])
    assert sorted_lines(*BODY, far)["text"][-1].startswith("and nobody had")


def test_a_page_of_few_lines_is_told_by_confidence_alone() -> None:
    lines = (typed("t", 900, "Report upon the harvest"), typed("u", 1100, "xq", sure=0.5), typed("v", 1300, "1."))
    found = sorted_lines(*lines)
    assert found["text"] == ["Report upon the harvest", "1."]
    assert found["other"] == ["xq"]


def test_lines_beyond_the_marks_are_header_and_footer_and_words_of_marks_are_other() -> None:
    head, foot = typed("h", 420, "Eyes of the addressee"), typed("f", 2100, "Form number seventeen")
    column = columns.find(BODY)
    (part,) = sort_page(
        [(head, *BODY, foot)], {"b0w0"}, column, rows=(600, 1900), height_px=HEIGHT, settings=LayoutSettings()
    )
    kinds = {line.text: kind for kind, line in part.rest}
    assert kinds == {head.text: "header", foot.text: "footer", "The": "other"}


def test_an_item_s_number_stays_where_it_hangs() -> None:
    number = typed("n", 1260, "1/", at=4, sure=0.7)
    assert noise.is_item_number(number.words[0])
    assert "1/" in sorted_lines(*BODY, number)["text"]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="ascii", min_codepoint=33, exclude_characters="_"), min_size=1, max_size=12),
            st.integers(0, 75),
            st.integers(0, HEIGHT // 60 - 1),
            st.floats(0, 1),
            st.sampled_from((0.6, 1.0, 1.06, 2.0)),
        ),
        max_size=20,
    )
)
@settings(deadline=None, max_examples=50)
def test_no_word_is_lost_or_doubled(drawn: list[tuple[str, int, int, float, float]]) -> None:
    lines = [
        typed(f"l{number}", 60 * row, text, at=at, sure=sure, width=width)
        for number, (text, at, row, sure, width) in enumerate(drawn)
    ]
    page = [*BODY, *lines]
    parts = sort_page([page], set(), columns.find(page), rows=(0, HEIGHT), height_px=HEIGHT, settings=LayoutSettings())
    after = [line for part in parts for line in (*part.text, *(line for _, line in part.rest))]
    ids = Counter(one.word_id for line in after for one in line.words)
    assert ids == Counter(one.word_id for line in page for one in line.words)
    assert max(Counter(line.line_id for line in after).values()) == 1
