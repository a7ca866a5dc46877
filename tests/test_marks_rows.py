from marks_drawn import blank, word

from scanfix.marks.rows import MARKING, Row, rows_of
from scanfix.model.geometry import Box


def test_two_lines_are_two_rows_from_top_to_bottom() -> None:
    page = blank(width=1200, height=400)
    low = word(page, "INFORMATION", left=200, bottom=320)
    high = word(page, "TOP SECRET", left=200, bottom=160)
    rows = rows_of(page == 0, MARKING)
    assert [row.box for row in rows] == [high, low]


def test_rows_are_told_where_their_mask_lies() -> None:
    page = blank(width=1200, height=400)
    box = word(page, "SECRET", left=200, bottom=160)
    (row,) = rows_of(page == 0, MARKING, shift=(30, 1000))
    assert row.box == box.shift(x=30, y=1000)


def test_words_far_apart_are_two_rows() -> None:
    page = blank(width=1600, height=200)
    word(page, "SECRET", left=100, bottom=120)
    word(page, "Page", left=700, bottom=120)
    assert len(rows_of(page == 0, MARKING)) == 2


def test_the_body_leaves_out_descenders() -> None:
    glyphs = [Box(left=x, top=10, right=x + 20, bottom=40) for x in (0, 30, 60, 90)]
    row = Row(glyphs=(*glyphs, Box(left=120, top=10, right=140, bottom=52)))
    assert row.body == Box(left=0, top=10, right=140, bottom=40)
    assert row.box.bottom == 52
    assert row.height_px == 30


def test_halves_of_a_divided_letter_are_one_glyph() -> None:
    page = blank(width=600, height=200)
    box = word(page, "SECRET", left=100, bottom=120)
    page[98:102, : box.left + 45] = 255
    (row,) = rows_of(page == 0, MARKING)
    assert len(row.glyphs) == 6
