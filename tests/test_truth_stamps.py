"""What a stamp says is read by its family's wording, and never filled from it."""

from pathlib import Path

import pytest

from scanfix.families import Family, Wording, read_families
from scanfix.model.page import PageId
from scanfix.model.transcript import StampEvent
from scanfix.truth import notation
from scanfix.truth.stamps import stamps

FAMILIES = read_families(Path(__file__).parent.parent / "config" / "stamps")
HARBOUR = Family(
    family="harbour",
    title="Harbour office of Tessin",
    wording=(
        Wording(lines=("TESSIN HARBOUR OFFICE", "{received:box} RECEIVED {sent:box} SENT", "DAY {day} BY {clerk}")),
        Wording(lines=("TESSIN PORT", "FEE {fee}")),
    ),
)


def told(text: str, *families: Family) -> tuple[StampEvent, ...]:
    page = notation.parse(text, file="p0001.md", page_id=PageId(scan_id="memo", number=1))
    return stamps(page, families or FAMILIES)


def harbour(*lines: str) -> dict[str, str]:
    (event,) = told("::: stamp family=harbour\n" + "\n".join(lines) + "\n:::", HARBOUR)
    return dict(event.fields)


def reviewer(line: str, field: str) -> str | None:
    (event,) = told(f"::: stamp family=cia-reviewer\n{line}\n:::")
    return event.field(field)


def test_an_event_has_the_block_its_family_and_the_lines_as_printed() -> None:
    (event,) = told("::: stamp family=copy-status id=s1\n~~RECORD~~\n[?] COPY {>>ed: faint<<}\n:::")
    assert event == StampEvent(block_id="s1", family="copy-status", lines=("RECORD", "COPY"))


def test_stamps_are_told_in_order_and_absent_ones_not_at_all() -> None:
    text = "::: stamp none\n\n::: stamp id=a\nA\n:::\n\n::: head\nB\n:::\n\n::: stamp id=b\nC\n:::"
    assert [(event.block_id, event.lines) for event in told(text)] == [("a", ("A",)), ("b", ("C",))]


@pytest.mark.parametrize("family", ["", "family=harbour-master"])
def test_a_stamp_of_no_known_family_has_its_text_and_no_fields(family: str) -> None:
    (event,) = told(f"::: stamp {family}\nDOCUMENT NO. 31\n:::")
    assert (event.lines, event.fields) == (("DOCUMENT NO. 31",), ())
    assert event.field("doc_no") is None


DOCUMENTS = {
    "DOCUMENT NO. {hw:31}": "31",
    "DOCUMENT NO {hw:31}": "31",
    "document  no.31": "31",
    "D0CUMENT NO. 31": "31",
    "DOCUMENT NO. [31?]": "31",
    "DOCUMENT NO.": "",
    "DOCUMENT NO. [?]": "",
    "DOCUMENT NO. 3[?]": "",
    "DOCUMENT NO. [REDACTED]": "",
    "D0CUMENT N0. 31": "",
    "DOCUMENT [?] 31": "",
    "THE DOCUMENT NO. 31": "",
}


@pytest.mark.parametrize("line", DOCUMENTS)
def test_what_is_filled_in_is_read_where_the_wording_has_it_and_where_it_is_legible(line: str) -> None:
    assert reviewer(line, "doc_no") == DOCUMENTS[line]


BOXES = {
    "☒ DECLASSIFIED": "checked",
    "☑ DECLASSIFIED": "checked",
    "☐ DECLASSIFIED": "unchecked",
    "DECLASSIFIED ☒": "checked",
    "{hw:☒} DECLASSIFIED": "checked",
    "[☒?] DECLASSIFIED": "unclear",
    "[?] DECLASSIFIED": "unclear",
    "DECLASSIFIED": "",
    "☒ ☐ DECLASSIFIED": "",
    "☒": "",
}


@pytest.mark.parametrize("line", BOXES)
def test_a_box_is_checked_unchecked_or_unclear_on_either_side_of_its_words(line: str) -> None:
    assert reviewer(line, "declassified") == BOXES[line]


CHOICES = {
    "CLASS. CHANGED TO: {circled: TS} S C": "TS",
    "CLASS. CHANGED TO: TS S {circled: C}": "C",
    "CLASS. CHANGED TO: TS S C {circled: S}": "S",
    "CLASS. CHANGED TO: TS S {circled: ~~C~~}": "C",
    "CLASS. CHANGED TO: TS S C {circled: none}": "none",
    "CLASS. CHANGED TO: TS S C": "",
    "CLASS. CHANGED TO: TS S C {circled: [?]}": "",
    "CLASS. CHANGED TO: ~~TS {circled: S} C~~": "S",
}


@pytest.mark.parametrize("line", CHOICES)
def test_a_choice_is_what_is_circled(line: str) -> None:
    assert reviewer(line, "changed_to") == CHOICES[line]


def test_two_boxes_of_one_line_are_read_in_order() -> None:
    fields = harbour("TESSIN HARBOUR OFFICE", "☐ RECEIVED ☒ SENT", "DAY 4 BY R. Orlo")
    assert fields == {"received": "unchecked", "sent": "checked", "day": "4", "clerk": "R. Orlo"}


def test_a_line_of_the_wording_may_stand_on_two() -> None:
    assert harbour("DAY 4", "BY R. Orlo") == {"received": "", "sent": "", "day": "4", "clerk": "R. Orlo"}


def test_the_wording_that_explains_most_of_the_stamp_is_taken() -> None:
    assert harbour("TESSIN PORT", "FEE 2") == {"fee": "2"}


def test_a_line_fills_one_field_only() -> None:
    twice = Family(family="harbour", title="", wording=(Wording(lines=("FEE {first}", "FEE {second}")),))
    (event,) = told("::: stamp family=harbour\nFEE 1\n:::", twice)
    assert event.fields == (("first", "1"), ("second", ""))
