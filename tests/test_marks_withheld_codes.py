import pytest

from scanfix.marks.withheld.binding import bind
from scanfix.marks.withheld.codes import CODES, read
from scanfix.model.geometry import Box


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_read_as_itself(code: str) -> None:
    (found,) = read(code)
    assert (found.text, found.scheme, found.as_read, found.repaired) == (code, CODES[code], code, False)


@pytest.mark.parametrize(
    ("text", "code", "repaired"),
    [
        ("(b) (3)", "(b)(3)", False),
        ("(b)(l)", "(b)(1)", True),
        ("(6)(3)", "(b)(3)", True),
        ("(b)(6)", "(b)(6)", False),
        ("B1", "(b)(1)", False),
        ("B7C", "(b)(7)(C)", False),
        ("3.5(C)", "3.5(c)", False),
        ("35(6)", "3.5(c)", True),
        ("3.5(¢)", "3.5(c)", True),
        ("3.3(h(2", "3.3(h)(2)", False),
        ("33(h)(l)", "3.3(h)(1)", True),
        ("25XI", "25X1", True),
        ("Z5X6", "25X6", True),
        ("5TAT", "STAT", True),
        ("E.O. 13526, Sec. 1.4(d)", "1.4(d)", False),
    ],
)
def test_a_misread_code_is_put_right_where_one_code_alone_fits(text: str, code: str, repaired: object) -> None:
    (found,) = read(text)
    assert (found.text, found.repaired) == (code, repaired)


@pytest.mark.parametrize(
    "text",
    ["", "12", "3.5", "35", "1948", "33", "page 3", "3.3(h)()", "state", "Station", "(a)", "25X", "(b)(1) and more"],
)
def test_other_words_are_no_codes(text: str) -> None:
    assert read(text) == ()


def test_several_codes_of_a_line_are_read_in_their_order_with_their_places() -> None:
    text = "B1, 1.4(d)  (b)(3)"
    found = read(text)
    assert [code.text for code in found] == ["(b)(1)", "1.4(d)", "(b)(3)"]
    assert [text[slice(*code.span)] for code in found] == ["B1", "1.4(d)", "(b)(3)"]


LEFT, BELOW = Box(left=300, top=500, right=900, bottom=600), Box(left=300, top=700, right=900, bottom=1500)


def test_a_code_is_bound_to_the_box_in_which_it_stands_and_not_to_a_nearer_middle() -> None:
    inside = Box(left=350, top=510, right=450, bottom=540)
    ((number, sure),) = (entry for entry in bind([inside], [BELOW, LEFT]) if entry)
    assert number == 1
    assert sure > 0.9


def test_codes_in_the_margin_are_bound_by_height_and_each_box_gets_one_first() -> None:
    codes = [Box(left=2300, top=top, right=2400, bottom=top + 40) for top in (530, 650, 3000)]
    first, second, third = bind(codes, [LEFT, BELOW])
    assert (first and first[0], second and second[0], third) == (0, 1, None)


def test_the_nearer_of_two_boxes_at_one_height_is_meant_and_distance_makes_unsure() -> None:
    far = Box(left=1000, top=500, right=1100, bottom=600)
    code = Box(left=1150, top=530, right=1250, bottom=570)
    higher = code.shift(x=0, y=-150)
    (near,), (off,) = bind([code], [LEFT, far]), bind([higher], [LEFT, far])
    assert near is not None
    assert off is not None
    assert near[0] == off[0] == 1
    assert off[1] < near[1]


@pytest.mark.parametrize("text", ["'3.5(c)", "(3.5(c)", "3.5(c)'", "° 3.5(c)"])
def test_what_an_edge_leaves_beside_a_code_is_no_part_of_it(text: str) -> None:
    assert [code.text for code in read(text)] == ["3.5(c)"]
