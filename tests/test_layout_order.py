"""Reading order, paragraphs, headings and footnotes, on words typed into the cells of a page."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix import layout
from scanfix.layout import footnotes, headings, paragraphs, pitch
from scanfix.layout.order import Block, blocks
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Region, RegionKind, Word
from scanfix.settings import LayoutSettings

HEIGHT = 3900
PITCH, SIZE, STEP = 28, 36, 56
# An engine's box ends short of the last letter's cell.
BEARING = 4
PROSE = tuple(
    re.findall(
        r"\w+",
        "the delegation arrived on tuesday and asked for a private meeting with the minister who had prepared some "
        "figures of his own for the harvest and the price of grain in the northern districts which had been without "
        "rain since the spring so that a further meeting will be held before the autumn and the question of the "
        "railway will be put to a joint board of six members whose chair shall pass each year from one party to the "
        "other",
    )
)


def word(name: str, text: str, column: float, row: float) -> Word:
    left, top = round(column * PITCH), round(900 + row * STEP)
    box = Box(left=left, top=top, right=left + len(text) * PITCH - BEARING, bottom=top + SIZE)
    return Word(word_id=name, text=text, box=box, confidence=0.95)


def typed(text: str, *, at: float = 10, row: float = 0.0) -> Line:
    """Type a line as it is written, every blank of it a cell."""
    words, column = [], at
    for part in text.split(" "):
        if part:
            words.append(word(f"{row}/{column}", part, column, row))
        column += len(part) + 1
    return of_words(words)


def of_words(words: Sequence[Word]) -> Line:
    return Line(line_id=words[0].word_id, box=Box.around(one.box for one in words), words=tuple(words))


def prose(count: int, *, at: float, row: float = 0.0, width: int = 30, start: int = 0, step: float = 1.0) -> list[Line]:
    """Type lines of running text, ragged at the right."""
    lines, next_word = [], start
    for number in range(count):
        text = ""
        while len(text) + len(PROSE[next_word % len(PROSE)]) < width:
            text += f" {PROSE[next_word % len(PROSE)]}"
            next_word += 1
        lines.append(typed(text.strip(), at=at, row=row + number * step))
    return lines


def merged(*lines: Line) -> Line:
    """Put lines together as an engine does that sees no gutter."""
    return of_words([one for line in lines for one in line.words])


def arranged(
    lines: Sequence[Line], *, seed: int | None = None, marks: tuple[Mark, ...] = ()
) -> list[tuple[RegionKind, str]]:
    """Hand lines to the layout, each a paragraph of the engine's, in any order; say what becomes of them."""
    order = range(len(lines)) if seed is None else np.random.default_rng(seed).permutation(len(lines))
    given_lines = [lines[index] for index in order]
    read = [Region(region_id=line.line_id, kind="paragraph", box=line.box, lines=(line,)) for line in given_lines]
    found, _ = layout.arrange(read, marks, height_px=HEIGHT, settings=LayoutSettings())
    return [(one.kind, "\n".join(line.text for line in one.lines)) for one in found]


def flat(found: Sequence[tuple[RegionKind, str]]) -> str:
    return "\n".join(text for _, text in found)


def text(*lines: Line) -> str:
    return "\n".join(line.text for line in lines)


# Columns

LEFT = prose(10, at=10)
RIGHT = prose(10, at=44, start=30)


def test_two_columns_are_read_one_after_the_other() -> None:
    assert flat(arranged([*LEFT, *RIGHT])) == text(*LEFT, *RIGHT)


def test_lines_that_an_engine_read_over_the_gutter_are_parted() -> None:
    over = [merged(left, right) for left, right in zip(LEFT, RIGHT, strict=True)]
    assert flat(arranged(over)) == text(*LEFT, *RIGHT)


def test_what_stands_over_the_whole_width_parts_columns_above_from_columns_below() -> None:
    above = prose(3, at=10, row=-4, width=62, start=11)
    below = prose(3, at=10, row=11, width=62, start=23)
    later = (prose(8, at=10, row=15, start=5), prose(8, at=44, row=15, start=45))
    lines = [*above, *LEFT, *RIGHT, *below, *later[0], *later[1]]
    assert flat(arranged(lines, seed=1)) == text(*lines)


def test_a_column_may_end_long_before_the_other() -> None:
    longer = prose(18, at=10)
    assert flat(arranged([*longer, *RIGHT], seed=2)) == text(*longer, *RIGHT)
    longer = prose(18, at=44, start=30)
    assert flat(arranged([*LEFT, *longer], seed=2)) == text(*LEFT, *longer)


def test_three_columns_are_three() -> None:
    columns = [prose(12, at=8 + 26 * place, width=23, start=20 * place) for place in range(3)]
    lines = [line for column in columns for line in column]
    assert flat(arranged(lines, seed=3)) == text(*lines)


def test_a_long_line_with_a_blank_in_the_gutter_s_place_is_below_the_columns() -> None:
    last = typed("nothing more was said of them.  then he left and that was all", row=12)
    lines = [*LEFT, *RIGHT, last]
    assert flat(arranged(lines, seed=4)) == text(*lines)


def test_a_long_line_with_a_blank_in_the_gutter_s_place_is_above_the_columns() -> None:
    first = typed("nothing more was said of them.  then he left and that was all", row=-2)
    lines = [first, *LEFT, *RIGHT]
    assert flat(arranged(lines, seed=5)) == text(*lines)


def test_specks_in_a_gutter_do_not_close_it() -> None:
    specked = merged(LEFT[4], of_words([word("speck", "_", 42, 4)]), RIGHT[4])
    found = flat(arranged([*LEFT[:4], specked, *LEFT[5:], *RIGHT[:4], *RIGHT[5:]], seed=6))
    assert found.replace(" _", "").replace("_ ", "").startswith(text(*LEFT, *RIGHT))


def test_double_blanks_below_each_other_are_no_gutter() -> None:
    lines = [typed("he came and saw it all.  then he went away again and", row=row) for row in range(6)]
    assert flat(arranged(lines)) == text(*lines)


def test_signatures_beside_each_other_keep_to_the_gutter_of_the_columns_above() -> None:
    between = typed("done at halm on the second day of the month in two copies of one", row=12)
    signed = [typed("For the Republic", row=14), typed("O. VELLIN", row=16)]
    other = [typed("For the Union", at=44, row=14), typed("T. GERRIK", at=44, row=16)]
    lines = [*LEFT, *RIGHT, between, *signed, *other]
    assert flat(arranged(lines, seed=7)) == text(*lines)


def treaty(columns: Sequence[int], *, gutter: int, offset: float, title: int, close: int, start: int) -> list[Line]:
    """Type a page of columns of so many lines each, with lines over the whole width above and below, in order."""
    # Columns of 18 letters: narrower ones are two words wide, as tables are.
    gutter = gutter if len(columns) == 2 else min(gutter, 4)
    width = 66 // len(columns) - gutter
    whole = len(columns) * (width + gutter) - gutter
    lines = prose(title, at=8, row=-5, width=whole, start=start)
    for place, count in enumerate(columns):
        at = 8 + place * (width + gutter)
        lines += prose(count, at=at, row=offset * place, width=width, start=start + 25 * place)
    return lines + prose(close, at=8, row=19, width=whole, start=start + 7)


@settings(deadline=None, max_examples=20)
@given(
    columns=st.lists(st.integers(9, 16), min_size=2, max_size=3),
    gutter=st.integers(3, 8),
    offset=st.sampled_from((0.0, 0.15, 0.4)),
    title=st.integers(0, 3),
    close=st.integers(0, 2),
    start=st.integers(0, 60),
    seed=st.integers(0, 99),
)
def test_columns_are_read_in_order_however_the_engine_gives_them(
    columns: list[int], gutter: int, offset: float, title: int, close: int, start: int, seed: int
) -> None:
    lines = treaty(columns, gutter=gutter, offset=offset, title=title, close=close, start=start)
    assert flat(arranged(lines, seed=seed)) == text(*lines)


PLACES = st.tuples(st.integers(0, 40), st.integers(0, 60), st.integers(1, 6), st.booleans())


@settings(deadline=None, max_examples=20)
@given(st.lists(PLACES, max_size=30), st.integers(0, 9))
def test_no_word_is_lost_and_the_engine_s_order_changes_nothing(
    places: list[tuple[int, int, int, bool]], seed: int
) -> None:
    lines = [
        typed(" ".join(PROSE[number : number + count]).title() if is_title else PROSE[number], at=column, row=row)
        for number, (row, column, count, is_title) in enumerate(places)
    ]
    found = arranged(lines)
    assert Counter("".join(flat(found).split())) == Counter("".join(text(*lines).split()))
    # Words that stand in one and the same place have no order.
    if len({(row, column) for row, column, _, _ in places}) == len(places):
        assert arranged(lines, seed=seed) == found


# Tables, lists, quotations

BODY = prose(6, at=10, row=-8, width=56)


def test_a_table_is_read_in_rows_and_is_one_region() -> None:
    rows = [
        typed("Coal              1949      1950      1951", row=0),
        typed("Mined at home      104        99        92", row=1),
        typed("By sea             141       177       206", row=2),
        typed("Over land           26        18        12", row=3),
    ]
    found = arranged([*BODY, *(of_words([one]) for row in rows for one in row.words)], seed=8)
    assert found[-1] == ("paragraph", text(*rows))


def test_a_table_of_names_and_offices_is_no_pair_of_columns() -> None:
    rows = [
        typed(f"Mr. Oskar {name}          Minister of {name}", row=row) for row, name in enumerate(("War", "Sea") * 4)
    ]
    assert arranged([*BODY, *rows], seed=9)[-1] == ("paragraph", text(*rows))


def test_numbers_that_hang_beside_their_items_are_of_one_line_with_them() -> None:
    numbers = [typed(f"{number + 1}.", at=6, row=3 * number) for number in range(4)]
    items = [prose(2, at=10, row=3 * number, width=50, start=9 * number) for number in range(4)]
    found = arranged([*BODY, *numbers, *(line for item in items for line in item)], seed=10)
    assert [one for _, one in found[1:]] == [
        f"{number.text} {text(*item)}" for number, item in zip(numbers, items, strict=True)
    ]


def test_items_below_each_other_are_paragraphs_of_their_own() -> None:
    items = [typed(f"({letter}) {' '.join(PROSE[:8])}", row=row) for row, letter in enumerate("abc")]
    found = paragraphs.part(Block(lines=tuple(items), is_column=False), pitch.of(items))
    assert found == tuple((item,) for item in items)


def test_a_quotation_that_is_set_in_is_a_paragraph_of_its_own() -> None:
    before, quoted, after = (
        prose(3, at=10, width=56),
        prose(3, at=15, row=3, width=46),
        prose(3, at=10, row=6, width=56),
    )
    assert [one for _, one in arranged([*before, *quoted, *after])] == [text(*before), text(*quoted), text(*after)]


# Headings


def test_letter_spaced_words_are_joined_and_their_line_is_a_heading() -> None:
    spaced = typed("S E C R E T   M E M O R A N D U M", at=22, row=-1)
    assert arranged([spaced, *BODY])[-1] == ("heading", "SECRET MEMORANDUM")


def test_pieces_of_a_letter_spaced_word_are_joined() -> None:
    line = of_words([word("a", "S", 20, 0), word("c", "E", 24, 0), word("d", "T", 26, 0), word("e", "S", 28, 0)])
    piece = Word(
        word_id="b", text="EC", confidence=0.5, box=Box(left=22 * PITCH, top=900, right=23 * PITCH, bottom=936)
    )
    stretched = Word(
        word_id="b", text="EC", confidence=0.5, box=Box(left=616, top=900, right=616 + 3 * PITCH - 4, bottom=336)
    )
    measure = pitch.of(BODY)
    words = (line.words[0], stretched, of_words([word("c", "R", 26, 0)]).words[0], word("d", "E", 28, 0))
    joined = headings.join_spaced(of_words(words), measure)
    assert [one.text for one in joined.words] == ["SECRE"]
    assert 0.6 < joined.words[0].confidence < 0.95
    unlike = of_words([line.words[0], piece, *line.words[1:]])
    assert "SEC" not in headings.join_spaced(unlike, measure).text


def test_real_one_letter_words_initials_and_alphabets_stay_apart() -> None:
    for line in ("a b c d e f", "A B C D E", "J. F. K. L.", "I A M", "plan A B"):
        assert headings.join_spaced(typed(line), pitch.of(BODY)).text == line


def test_an_underlined_line_is_a_heading() -> None:
    line = typed("Economic Considerations and more", row=-11)
    box = Box(left=line.box.left, top=line.box.bottom + 2, right=line.box.right, bottom=line.box.bottom + 6)
    mark = Mark(mark_id="m1", kind="underline", box=box, confidence=1)
    assert arranged([line, *BODY], marks=(mark,))[0] == ("heading", line.text)
    assert arranged([line, *BODY])[0] == ("paragraph", line.text)


def test_a_title_in_the_middle_is_a_heading_and_a_sentence_is_not() -> None:
    title, sentence = typed("The Political Setting", at=27, row=-11), typed("the meeting failed.", at=28, row=-11)
    assert arranged([title, *BODY])[0] == ("heading", title.text)
    assert arranged([sentence, *BODY])[0] == ("paragraph", sentence.text)


# Footnotes

TEXT = prose(12, at=10, row=10, width=56)
NOTES = (typed("1 " + " ".join(PROSE[3:11]), row=45), *prose(2, at=10, row=46, width=56, start=11))


def test_a_note_at_the_foot_is_a_footnote_and_keeps_its_sign() -> None:
    assert arranged([*TEXT, *NOTES], seed=11) == [("paragraph", text(*TEXT)), ("footnote", text(*NOTES))]


def test_each_note_is_a_region_of_its_own() -> None:
    second = (typed("** " + " ".join(PROSE[20:29]), row=48), *prose(1, at=10, row=49, width=56, start=11))
    assert [kind for kind, _ in arranged([*TEXT, *NOTES, *second])] == ["paragraph", "footnote", "footnote"]


def test_notes_in_single_spacing_under_a_text_in_double_need_no_sign() -> None:
    body = prose(14, at=10, width=56, step=2.0)
    notes = prose(4, at=10, row=28.4, width=56, start=33)
    assert arranged([*body, *notes])[-1] == ("footnote", text(*notes))


def test_an_address_in_single_spacing_at_the_foot_is_no_note() -> None:
    body = prose(14, at=10, width=56, step=2.0)
    address = [typed("The Honorable", row=30), typed("The Secretary of State", row=31), typed("Washington", row=32)]
    assert "footnote" not in dict(arranged([*body, *address]))


def test_numbered_paragraphs_are_no_notes() -> None:
    first = (typed("1 " + " ".join(PROSE[3:11]), row=8), *TEXT[:4])
    assert "footnote" not in dict(arranged([*first, *NOTES]))
    assert not footnotes.has_sign(typed("3. " + " ".join(PROSE[3:11])))


def test_a_note_whose_sign_was_taken_for_noise_is_found_by_a_wide_gap() -> None:
    notes = Block(lines=(*TEXT, *prose(2, at=12, row=40, width=50)), is_column=False)
    sign = Box(left=10 * PITCH, top=notes.lines[12].box.top, right=11 * PITCH, bottom=notes.lines[12].box.bottom)
    measure = pitch.of(TEXT)
    assert footnotes.part(notes, None, measure, signs=[sign], height_px=HEIGHT)[1] == (notes.lines[12:],)
    assert footnotes.part(notes, None, measure, signs=[], height_px=HEIGHT)[1] == ()


def test_notes_stand_after_both_columns() -> None:
    columns = prose(12, at=10, row=10), prose(12, at=44, row=10, start=30)
    note = typed("* " + " ".join(PROSE[40:46]), row=45)
    under = typed("shall be paid", row=46)
    found = arranged([*columns[0], note, under, *columns[1]], seed=12)
    assert flat(found) == text(*columns[0], *columns[1], note, under)
    assert found[-1][0] == "footnote"


def test_a_page_without_text_has_no_blocks() -> None:
    assert blocks((), pitch.of(BODY)) == ()
