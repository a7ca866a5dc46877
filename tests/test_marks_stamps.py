"""Known stamps on drawn pages: where they are, what they say, what was filled in, which boxes are ticked."""

import marks_drawn as draw
import pytest
from marks_stamps_drawn import Drawn, WordReader, found, line_of, one_stamp, stamped, wording

from scanfix.model.geometry import Box

REVIEWER = wording("cia-reviewer")
RETAINED = wording("uk-retained-copy")


def _reader(*stamps: Drawn) -> WordReader:
    words = [word for stamp in stamps for word in stamp.words()]
    return WordReader(words=words, hand=[text for stamp in stamps for text in stamp.fills.values()])


def test_a_stamp_is_named_and_lies_where_it_was_pressed() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=RETAINED)
    box = stamped(page, stamp, left=900, top=1500)
    mark = one_stamp(found(page, _reader(stamp)))
    assert mark.field("family") == "uk-retained-copy"
    assert mark.field("role") == "stamp"
    assert mark.box.iou(box) > 0.85
    assert mark.text.split("\n")[1] == "THE ORIGINAL HAS BEEN RETAINED"


@pytest.mark.parametrize("clockwise_deg", [-15.0, 6.0, 90.0, 180.0, -90.0])
def test_a_stamp_askew_is_found_at_its_angle(clockwise_deg: float) -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=RETAINED)
    box = stamped(page, stamp, left=700, top=1500, clockwise_deg=clockwise_deg)
    mark = one_stamp(found(page, _reader(stamp)))
    turned = float(mark.field("rotation_deg") or "0")
    assert abs((turned + clockwise_deg + 180) % 360 - 180) <= 0.8
    assert mark.box.iou(box) > 0.75
    assert mark.quad is not None


def test_what_was_filled_in_is_read_where_it_stands() -> None:
    page = draw.blank(width=1900, height=2300)
    stamp = Drawn(printed=REVIEWER, fills={"doc_no": "47", "next_review": "2009", "date": "7/1/80"})
    stamped(page, stamp, left=800, top=1500)
    marks = found(page, _reader(stamp))
    mark = one_stamp(marks)
    assert (mark.field("doc_no"), mark.field("next_review"), mark.field("date")) == ("47", "2009", "7/1/80")
    places = {entry.name: entry.box for entry in mark.evidence}
    written = {one.field("field"): one for one in marks if one.kind == "handwriting"}
    assert written.keys() == {"doc_no", "next_review", "date"}
    for name, one in written.items():
        assert places[f"field.{name}"] == one.box
        assert one.box.share_inside(mark.box) > 0.9


def test_every_field_has_evidence_and_no_other_field_is_filled() -> None:
    page = draw.blank(width=1900, height=2300)
    stamp = Drawn(printed=REVIEWER, fills={"doc_no": "47"})
    stamped(page, stamp, left=800, top=1500)
    mark = one_stamp(found(page, _reader(stamp)))
    told = {name for name, _ in mark.fields} - {"family", "role", "rotation_deg"}
    assert told == {"doc_no", "no_change", "declassified", "changed_to", "authority"}
    assert {f"field.{name}" for name in told} <= {entry.name for entry in mark.evidence if entry.box is not None}


def test_what_fits_no_grammar_is_left_out() -> None:
    page = draw.blank(width=1900, height=2300)
    stamp = Drawn(printed=REVIEWER, fills={"doc_no": "47", "next_review": "2009"})
    stamped(page, stamp, left=800, top=1500)
    reader = _reader(stamp)
    reader.misread = {"2009": "20gq", "47": "UW?"}
    marks = found(page, reader)
    mark = one_stamp(marks)
    assert mark.field("next_review") is None
    assert mark.field("doc_no") is None
    assert sum(one.kind == "handwriting" for one in marks) == 2


@pytest.mark.parametrize("tick", ["cross", "tick", "blob"])
@pytest.mark.parametrize(("name", "other"), [("no_change", "declassified"), ("declassified", "no_change")])
def test_a_ticked_box_is_told_from_its_sibling(name: str, other: str, tick: str) -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER, ticks={name: tick})
    stamped(page, stamp, left=800, top=1500)
    marks = found(page, _reader(stamp))
    assert one_stamp(marks).field(name) == "checked"
    assert one_stamp(marks).field(other) == "unchecked"
    states = {mark.field("name"): mark.field("state") for mark in marks if mark.kind == "checkbox"}
    assert states == {name: "checked", other: "unchecked"}


def test_boxes_that_nobody_ticked_are_unchecked_even_when_broken() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER, ticks={"declassified": "broken"})
    stamped(page, stamp, left=800, top=1500)
    mark = one_stamp(found(page, _reader(stamp)))
    assert (mark.field("no_change"), mark.field("declassified")) == ("unchecked", "unchecked")


def test_a_ticked_box_whose_words_were_not_read_is_unclear() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER, ticks={"declassified": "cross"})
    stamped(page, stamp, left=800, top=1500)
    reader = _reader(stamp)
    reader.misread = {"DECLASSIFIED": "050 uxs ssss"}
    assert one_stamp(found(page, reader)).field("declassified") == "unclear"


@pytest.mark.parametrize("level", ["S", "C"])
def test_the_circled_level_is_told(level: str) -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER, circled=level)
    stamped(page, stamp, left=800, top=1500)
    assert one_stamp(found(page, _reader(stamp))).field("changed_to") == level


def test_a_section_is_told_only_where_its_line_was_read() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=RETAINED, missing=[3])
    stamped(page, stamp, left=900, top=1500)
    mark = one_stamp(found(page, _reader(stamp)))
    assert mark.field("family") == "uk-retained-copy"
    assert mark.field("section") is None
    assert mark.field("act") is None
    assert mark.field("action") == "RETAINED"


def test_a_misread_figure_states_no_fact() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER)
    stamped(page, stamp, left=800, top=1500)
    reader = _reader(stamp)
    reader.misread = {"70-2": "7U-Z"}
    assert one_stamp(found(page, reader)).field("authority") is None


def test_two_stamps_are_two() -> None:
    page = draw.blank(width=1900, height=2300)
    first, second = Drawn(printed=RETAINED), Drawn(printed=REVIEWER)
    stamped(page, first, left=300, top=400)
    stamped(page, second, left=900, top=1500, clockwise_deg=-6.0)
    marks = [mark for mark in found(page, _reader(first, second)) if mark.kind == "stamp"]
    assert [mark.field("family") for mark in marks] == ["uk-retained-copy", "cia-reviewer"]


def test_garbled_lines_of_the_page_lead_to_a_stamp() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER)
    box = stamped(page, stamp, left=800, top=1500)
    lines = [
        line_of("N0 CHANGE IN CLA5S.", Box(left=900, top=1669, right=1250, bottom=1694)),
        line_of("NEXT REV1EW DATE:", Box(left=900, top=1813, right=1220, bottom=1838)),
    ]
    mark = one_stamp(found(page, _reader(stamp), lines=lines))
    assert mark.field("family") == "cia-reviewer"
    assert mark.box.share_inside(box.grow(20)) > 0.95


def test_a_legend_says_that_it_is_one() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=wording("schedule"))
    stamped(page, stamp, left=900, top=1500)
    assert one_stamp(found(page, _reader(stamp))).field("role") == "legend"


def test_running_text_about_declassification_is_no_stamp() -> None:
    page = draw.blank(width=1900, height=2300)
    texts = ["THE PAPERS WERE DECLASSIFIED BY THE", "DEPARTMENT AND THE NEXT REVIEW DATE", "WAS CHANGED"]
    lines = []
    for number, text in enumerate(texts):
        at = 300
        for word in text.split():
            box = draw.word(page, word, left=at, bottom=600 + 60 * number, scale=1.0, thickness=2)
            at = box.right + 24
        lines.append(line_of(text, Box(left=300, top=575 + 60 * number, right=at, bottom=600 + 60 * number)))
    reader = WordReader(words=[word for text in texts for word in text.split()])
    assert found(page, reader, lines=lines) == ()


def test_an_empty_page_asks_for_nothing() -> None:
    reader = WordReader(words=["DECLASSIFIED"])
    assert found(draw.blank(width=1900, height=2300), reader) == ()
    assert reader.crops == 0


def test_a_box_of_which_nothing_shows_is_unclear() -> None:
    page, stamp = draw.blank(width=1900, height=2300), Drawn(printed=REVIEWER)
    stamped(page, stamp, left=800, top=1500)
    page[1500 + 145 + 2 * 48 - 34 : 1500 + 145 + 2 * 48 + 8, 885:935] = 255
    assert one_stamp(found(page, _reader(stamp))).field("declassified") == "unclear"
