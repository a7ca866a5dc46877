"""Withheld areas are told in order, and the codes of the margin belong to them."""

import pytest

from scanfix.model.page import PageId
from scanfix.model.transcript import Redaction
from scanfix.truth import notation
from scanfix.truth.redactions import canonical, redactions


def told(text: str) -> tuple[Redaction, ...]:
    return redactions(notation.parse(text, file="p0001.md", page_id=PageId(scan_id="memo", number=1)))


def codes(text: str) -> list[tuple[str, str]]:
    return [(one.extent, " ".join(one.codes)) for one in told(text)]


def margin(code: str) -> str:
    return f"::: margin\n{code}\n:::\n\n"


CODES = {
    "(b) (3)": ("(b)(3)",),
    "(b)(1)": ("(b)(1)",),
    "( b ) ( 7 ) ( C )": ("(b)(7)(C)",),
    "(b)(1), (b)(3)": ("(b)(1)", "(b)(3)"),
    "(b)(1)(b)(3)": ("(b)(1)", "(b)(3)"),
    "25X1": ("25X1",),
    "50X1-HUM": ("50X1-HUM",),
    "3.5(c)": ("3.5(c)",),
    "E.O. 13526, 3.3(b)(1)": ("E.O.13526,3.3(b)(1)",),
    "": (),
    "(b)(3) and more": (),
    "see (b)": (),
    "OGA": (),
}


@pytest.mark.parametrize("printed", CODES)
def test_a_code_has_one_canonical_form(printed: str) -> None:
    assert canonical(printed) == CODES[printed]


def test_a_withheld_area_keeps_its_code_as_printed_and_says_where_it_stands() -> None:
    assert told("::: stamp id=s1\nBY [REDACTED (b) (3)]\n:::\n\n[REDACTED]") == (
        Redaction(block_id="s1", block="stamp", extent="inline", code="(b) (3)", codes=("(b)(3)",)),
        Redaction(block_id=None, block="paragraph", extent="block"),
    )


def test_withheld_areas_inside_other_signs_are_found() -> None:
    assert codes("a ~~b {hw:[REDACTED 25X1]}~~ [REDACTED OGA]") == [("inline", "25X1"), ("inline", "")]


def test_a_code_of_the_margin_belongs_to_the_area_beside_it() -> None:
    (one,) = told("::: margin id=m1\n(b) (3)\n:::\n\nthe office of [REDACTED] in Tessin")
    assert one == Redaction(
        block_id=None, block="paragraph", extent="inline", code="(b) (3)", codes=("(b)(3)",), margin_id="m1"
    )


def test_a_code_that_is_told_twice_is_one_redaction() -> None:
    assert codes(margin("(b) (3)") + "a [REDACTED (b)(3)] b") == [("inline", "(b)(3)")]


def test_the_block_before_is_asked_when_the_block_after_withholds_nothing() -> None:
    assert codes("a [REDACTED] b\n\n" + margin("25X1") + "c") == [("inline", "25X1")]


def test_several_codes_of_the_margin_belong_to_several_areas_in_order() -> None:
    assert codes(margin("25X1") + margin("3.5(c)") + "a [REDACTED] b [REDACTED] c") == [
        ("inline", "25X1"),
        ("inline", "3.5(c)"),
    ]


def test_a_code_without_an_area_is_told_by_itself() -> None:
    assert codes(margin("(b)(3)") + "a [REDACTED (b)(1)] b") == [("margin", "(b)(3)"), ("inline", "(b)(1)")]


def test_other_words_in_the_margin_are_no_codes() -> None:
    assert codes(margin("see file (b)") + "a [REDACTED] b") == [("inline", "")]


def test_a_margin_that_is_withheld_itself_is_a_redaction_like_any_other() -> None:
    assert codes(margin("[REDACTED (b)(3)]") + "a") == [("block", "(b)(3)")]
