"""The phenomena of real transcriptions: each stands on a page of the collection where ``scans/README.md`` says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scanfix.model.mark import Mark, MarkKind
from scanfix.model.page import PageId
from scanfix.model.transcript import Block, BlockKind, Element, ElementName, Inline, Transcript
from scanfix.truth import folder, marks_file

ROOT = Path(__file__).parent.parent
README = (ROOT / "scans" / "README.md").read_text(encoding="utf-8")
CABINET, TELEGRAM, ESTIMATE = "cabinet-paper-118", "telegram-2206", "estimate-karsovia"
BRIEF, MEMO = "brief-4", "staff-memo-29-53"
PHENOMENA = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What the truth says of one page."""

    transcript: Transcript
    marks: tuple[Mark, ...]

    def blocks(self, kind: BlockKind) -> list[Block]:
        return [block for block in self.transcript.blocks if block.kind == kind]

    def elements(self, name: ElementName) -> list[Element]:
        return [element for block in self.transcript.blocks for element in elements(block.children, name)]

    def words_in(self, name: ElementName) -> list[str]:
        return [flat(element.children) for element in self.elements(name)]

    def kinds(self, kind: MarkKind) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind == kind]

    @property
    def running(self) -> list[Block]:
        return self.blocks("paragraph")

    @property
    def text(self) -> str:
        return "\n\n".join(flat(block.children) for block in self.transcript.blocks)


@lru_cache(maxsize=32)
def page(scan_id: str, number: int) -> Truth:
    """Read the truth of a page."""
    page_id = PageId(scan_id=scan_id, number=number)
    file = ROOT / "ground_truth" / f"{page_id.place}.md"
    marks = folder.marks_of(file)
    return Truth(
        transcript=folder.read(file, page_id),
        marks=marks_file.read(marks.read_text(encoding="utf-8"), file=str(marks)).marks,
    )


def pages(scan_id: str) -> list[Truth]:
    """Read the truth of a document."""
    return [page(scan_id, number + 1) for number in range(len(list((ROOT / "ground_truth" / scan_id).glob("*.md"))))]


def flat(inlines: tuple[Inline, ...]) -> str:
    """Return the text, elements and all."""
    return "".join(part if isinstance(part, str) else flat(part.children) for part in inlines)


def elements(inlines: tuple[Inline, ...], name: ElementName) -> Iterator[Element]:
    """Give the elements of a name at any depth."""
    for part in inlines:
        if isinstance(part, Element):
            if part.name == name:
                yield part
            yield from elements(part.children, name)


def words(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


# The list


def test_the_list_names_every_phenomenon_once_and_pages_that_there_are() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, PHENOMENA + 1))
    for number, _, where in rows:
        places = re.findall(r"([a-z][a-z0-9-]+) p\. (\d+(?:, \d+)*)", where)
        assert places or where.startswith("Not shown:"), number
        for scan_id, numbers in places:
            for one in numbers.split(","):
                assert page(scan_id, int(one)).transcript.blocks


# A. Markings and page furniture


def test_01_a_marking_is_struck_in_head_and_foot() -> None:
    for place in (page(MEMO, 1), page(MEMO, 4), page(ESTIMATE, 2)):
        for kind in ("head", "foot"):
            assert "SECRET" in [
                flat(block.children) for block in place.blocks(kind) if [*elements(block.children, "struck")]
            ]
        assert {mark.status for mark in place.kinds("classification")} == {"struck"}


def test_02_a_marking_stands_that_nobody_struck_and_the_common_noun_is_no_marking() -> None:
    for place in pages(CABINET):
        assert [block.children for block in place.blocks("head") if "SECRET" in block.children] == [("SECRET",)]
        assert {mark.status for mark in place.kinds("classification")} == {"active"}
    assert "the secret sitting" in words(page(CABINET, 3).text)


def test_03_a_caveat_is_struck_on_a_line_of_its_own() -> None:
    struck = [mark.text for mark in page(ESTIMATE, 1).kinds("classification") if mark.status == "struck"]
    assert struck[:2] == ["SECRET", "SECURITY INFORMATION"]
    assert "SECURITY INFORMATION" in page(ESTIMATE, 1).words_in("struck")


def test_04_the_stamp_of_the_record_copy_is_struck() -> None:
    (stamp,) = (block for block in page(ESTIMATE, 1).blocks("stamp") if block.attribute("family") == "copy-status")
    assert [flat(one.children) for one in elements(stamp.children, "struck")] == ["RECORD COPY"]


def test_05_a_heading_and_its_paragraph_are_struck_by_one_hand_at_once() -> None:
    struck = page(ESTIMATE, 6).elements("struck")
    warning, text = (one for one in struck if one.attribute("id"))
    assert flat(warning.children) == "WARNING"
    assert words(flat(text.children)).startswith("This paper touches the safety of the State")
    assert warning.attribute("id") == text.attribute("id")


def test_06_one_head_of_a_document_is_missing_and_said_to_be() -> None:
    heads = [[block.is_absent for block in place.blocks("head")] for place in pages(MEMO)]
    assert heads == [[False], [True], [False], [False]]


def test_07_the_foot_of_a_page_and_the_head_of_the_next_are_the_same_line() -> None:
    (foot,), (head,) = page(MEMO, 3).blocks("foot"), page(MEMO, 4).blocks("head")
    assert flat(foot.children) == flat(head.children) == "SECRET"


def test_08_a_page_number_stands_between_hyphens() -> None:
    assert [flat(block.children) for block in page(MEMO, 4).blocks("pageno")] == ["- 4 -"]


def test_09_an_exemption_code_stands_alone_in_the_margin() -> None:
    assert "(b) (3)" in [flat(block.children) for block in page(ESTIMATE, 1).blocks("margin")]
    assert "(b) (3)" in [mark.text for mark in page(ESTIMATE, 1).kinds("exemption")]


def test_10_a_hand_notes_that_the_paper_is_superseded() -> None:
    assert "Superseded by 9-53" in [flat(block.children) for block in page(ESTIMATE, 1).blocks("handwriting")]
    assert "Superseded by 9-53" in [mark.text for mark in page(ESTIMATE, 1).kinds("handwriting")]


def test_11_papers_carry_the_references_of_their_registries() -> None:
    assert "C.(53) 118" in page(CABINET, 1).text
    assert "No. 17-52" in page(ESTIMATE, 1).text
    assert "FP 1631/27 (formerly 1044/9)" in page(BRIEF, 1).text
    assert "STAFF MEMORANDUM NO. 29-53" in page(MEMO, 1).text


def test_12_dates_come_in_several_forms() -> None:
    assert "4th May, 1953" in page(CABINET, 1).text
    assert "14 October 1953" in page(MEMO, 1).text
    assert "November 5, 1951" in page(TELEGRAM, 3).text
    assert "Published 12 March 1952" in page(ESTIMATE, 1).text
    assert "March, 1963" in page(BRIEF, 1).text


# B. Stamps


def test_13_and_14_a_stamp_is_there_whole_and_with_its_left_edge_lost() -> None:
    cut, whole = (flat(block.children).split("\n") for block in page(BRIEF, 2).blocks("stamp"))
    assert whole == [
        "THIS IS A COPY",
        "THE ORIGINAL HAS BEEN RETAINED",
        "IN THE DEPARTMENT UNDER SECTION",
        "3(4) OF THE PUBLIC RECORDS ACT 1958",
    ]
    assert len(cut) == len(whole)
    for part, line in zip(cut, whole, strict=True):
        assert line.endswith(part.strip())
        assert part.strip() != line
    assert page(BRIEF, 2).elements("lost")


def test_15_a_stamp_stands_between_two_paragraphs() -> None:
    stamp = page(BRIEF, 2).kinds("stamp")[0].box
    assert 0.2 < stamp.centre[1] / (13 * 200) < 0.6


def test_16_to_19_the_reviewer_s_stamp_has_boxes_on_either_side_a_choice_and_a_number_by_hand() -> None:
    (stamp,) = page(MEMO, 1).blocks("stamp")
    rows = flat(stamp.children).split("\n")
    assert rows[:4] == [
        "DOCUMENT NO. 26",
        "NO CHANGE IN CLASS. ☐",
        "☒ DECLASSIFIED",
        "CLASS. CHANGED TO: TS S C none",
    ]
    assert [flat(one.children) for one in elements(stamp.children, "circled")] == ["none"]
    assert "26" in [flat(one.children) for one in elements(stamp.children, "handwriting")]
    (mark,) = page(MEMO, 1).kinds("stamp")
    assert (mark.field("no_change"), mark.field("declassified"), mark.field("changed_to")) == (
        "unchecked",
        "checked",
        "none",
    )
    assert page(MEMO, 1).running[-1].joins_next


def test_20_a_hand_notes_when_the_message_was_sent() -> None:
    assert "Sent to comrade Brelin by wire at 23 hours, 5 November." in [
        mark.text for mark in page(TELEGRAM, 3).kinds("handwriting")
    ]


# C. Text changes on the page


def test_21_the_author_strikes_words_and_writes_others_after_them() -> None:
    (mark,) = page(BRIEF, 2).kinds("strikethrough")
    assert (mark.text, mark.field("by")) == ("their losses", "pen")
    assert "their losses the harm which" in words(page(BRIEF, 2).text)


def test_22_and_23_a_hand_puts_words_in_and_takes_words_out() -> None:
    draft = (page(TELEGRAM, 1), page(TELEGRAM, 2))
    assert "at least" in [one for place in draft for one in place.words_in("inserted")]
    assert "sending some" in [words(one) for place in draft for one in place.words_in("deleted")]


def test_24_one_word_is_put_for_another() -> None:
    pairs = [words(one) for place in (page(TELEGRAM, 1), page(TELEGRAM, 2)) for one in place.words_in("substitution")]
    assert "wouldwill" in pairs


def test_25_what_was_put_in_is_partly_taken_out_again() -> None:
    inserted = [one for place in (page(TELEGRAM, 1), page(TELEGRAM, 2)) for one in place.elements("inserted")]
    assert any([*elements(one.children, "deleted")] for one in inserted)


def test_26_the_message_that_was_sent_declares_its_new_passages_and_shows_them() -> None:
    sent = page(TELEGRAM, 3)
    assert "(Passages that are new are underlined.)" in words(sent.text)
    assert words(" ".join(sent.words_in("underline"))).startswith("I take this to mean")
    shared = "I have your answer"
    assert shared in page(TELEGRAM, 1).text


# D. Editorial layer, as far as it was typed


def test_29_translators_put_notes_between_brackets() -> None:
    assert "[springboard - trans.]" in words(page(TELEGRAM, 1).text)
    assert "[GORLAN]" in page(TELEGRAM, 2).text


def test_30_a_note_at_the_head_has_brackets_within_brackets() -> None:
    assert re.search(r"\[Gorlan [^\[\]]*8\[7\] November[^\[\]]*\]", page(TELEGRAM, 3).text)


def test_31_notes_are_called_by_numbers_and_by_stars() -> None:
    assert {one.attribute("label") for one in page(ESTIMATE, 2).elements("reference")} == {"1"}
    assert {one.attribute("label") for place in pages(MEMO) for one in place.elements("reference")} == {
        "*",
        "**",
        "***",
    }


def test_32_a_note_stands_at_the_foot_in_the_middle_of_a_sentence() -> None:
    first = page(MEMO, 1)
    order = [block.kind for block in first.transcript.blocks]
    assert "footnote" in order
    assert first.running[-1].joins_next
    assert page(MEMO, 2).running[0].joins_previous


def test_33_a_rule_parts_notes_from_text_and_is_no_text() -> None:
    assert not any("____" in place.text for place in (*pages(MEMO), *pages(ESTIMATE)))


# E. Layout and joins


def test_34_two_columns_are_read_one_after_the_other() -> None:
    left, right = (flat(block.children) for block in page(ESTIMATE, 5).blocks("column"))
    assert "Article 3" in left
    assert right.startswith("spring from one party")
    assert right.rstrip().endswith("T. GERRIK.")


def test_35_and_36_a_paragraph_runs_over_a_page_amid_a_sentence_and_between_two() -> None:
    ends = [
        words(flat(place.running[-1].children))[-1]
        for scan_id in (ESTIMATE, MEMO, CABINET)
        for place in pages(scan_id)
        if place.running[-1].joins_next
    ]
    assert "." in ends
    assert any(end.isalpha() for end in ends)


def test_37_words_are_lost_where_two_pages_join() -> None:
    assert words(page(BRIEF, 1).text).endswith("In January")
    assert page(BRIEF, 1).running[-1].joins_next
    assert page(BRIEF, 2).running[0].joins_previous
    assert page(BRIEF, 2).running[0].children[0] == Element(name="lost", attributes=(("extent", "~1 line"),))


def test_38_paragraphs_and_lists_are_numbered_in_several_ways() -> None:
    first = [words(flat(block.children))[:2] for block in page(CABINET, 1).running]
    assert {"2.", "3.", "4."} <= set(first)
    assert "(a) to reject" in words(page(CABINET, 1).text)
    assert "1) Karsovia" in words(page(TELEGRAM, 1).text)
    assert "- only the comrades" in words(page(TELEGRAM, 3).text)
    last = [words(flat(block.children))[:2] for block in page(ESTIMATE, 6).running]
    assert [sign for sign in last if re.fullmatch(r"[12a-c]\.", sign)] == ["1.", "a.", "b.", "c.", "2."]


def test_39_headings_stand_alone_and_run_in() -> None:
    assert "Relations between the two parties." in [words(one) for one in page(MEMO, 1).words_in("underline")]
    assert "The Political Setting" in [one for place in pages(ESTIMATE) for one in place.words_in("underline")]


# F. Characters and slips


def test_41_signs_stand_beyond_the_plain_alphabet() -> None:
    assert {"£", "½"} <= set(page(CABINET, 1).text)
    assert {"☐", "☒"} <= set(page(MEMO, 1).text)


def test_42_slips_of_the_pen_are_kept() -> None:
    assert "bulletins which appears" in words(page(CABINET, 3).text)
    assert "publically" in page(MEMO, 2).text
