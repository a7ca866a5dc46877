"""What the paragraphs of a Markdown file become: heads, feet, pages, stamps, notes, front matter."""

import pytest
from imported import FAMILIES, blocks, imported, inline, is_lossless, kinds, outcomes, plain, said

from scanfix.families import Family, Wording
from scanfix.model.transcript import Block
from scanfix.truth.importers.report import unaccounted

STAMP = "DOCUMENT NO. 26\n\nNO CHANGE IN CLASS ☐\n\n☒ DECLASSIFIED\n\nCLASS. CHANGED TO: TS S C\n\nEXTENSION DATE"


def pages(text: str) -> str:
    return " ".join(kinds(text))


# Markings and pages


def test_two_markings_in_a_row_are_a_foot_and_a_head_with_a_page_between() -> None:
    text = "~~SECRET~~\n\nOne.\n\n~~SECRET~~\n\n~~SECRET~~\n\nTwo.\n\n~~SECRET~~"
    assert pages(text) == "head paragraph foot | head paragraph foot"


def test_the_same_marking_twice_in_one_paragraph_is_two() -> None:
    assert pages("One.\n\nSECRET\nSECRET\n\nTwo.") == "paragraph foot | head paragraph"


def test_a_single_marking_between_text_ends_a_page_and_invents_no_head() -> None:
    assert pages("SECRET\n\nOne.\n\nSECRET\n\nTwo.\n\nSECRET") == "head paragraph foot | paragraph foot"


def test_two_wordings_under_each_other_are_one_head() -> None:
    head = blocks("~~SECRET~~  \n~~SECURITY INFORMATION~~\n\nOne.")[0]
    assert plain(head.children) == "~~SECRET~~\n~~SECURITY INFORMATION~~"
    assert pages("SECRET\n\nNOFORN\n\nOne.") == "head head paragraph"


def test_a_marking_stands_at_the_edge_of_its_lines() -> None:
    assert pages("SECRET\nC.P. 201\nTHE CABINET\n\nOne.") == "head paragraph paragraph"
    assert pages("C.P. 201\nSECRET\nTHE CABINET") == "paragraph"
    assert pages("C.P. 201\nTHE CABINET\nSECRET") == "paragraph foot"


def test_a_marking_may_be_a_heading_or_bold() -> None:
    assert pages("# ~~SECRET~~\n\nOne.\n\n**SECRET**") == "head paragraph foot"


def test_the_word_in_a_sentence_is_no_marking() -> None:
    assert pages("The secret council met.\n\nSECRET PAPERS\n\nOne.") == "paragraph paragraph paragraph"


def test_a_number_between_dashes_is_a_page_number() -> None:
    text = "SECRET\n\nOne.\n\n- 4 -\n\nSECRET\n\nSECRET\n\n5\n\nTwo."
    assert pages(text) == "head paragraph pageno foot | head pageno paragraph"
    assert said(text, "page-number") == ["- 4 -", "5"]


def test_a_figure_amid_text_is_no_page_number() -> None:
    assert pages("One.\n\n5\n\nTwo.") == "paragraph paragraph paragraph"


def test_a_sentence_over_a_page_is_joined_across_notes_and_stamps() -> None:
    result = imported(f"SECRET\n\nin 1953,[^1]\n\n[^1]: Signed.\n\n{STAMP}\n\nSECRET\n\nafter the truce.")
    joined = [(one.joins_previous, one.joins_next) for page in result.placed.pages for one in page.blocks]
    assert joined == [(False, False), (False, True), *[(False, False)] * 3, (True, False)]
    assert outcomes("One,\n\nSECRET\n\ntwo.", "join") == ["decided"]


def test_a_sentence_that_ended_is_not_joined() -> None:
    (first, _), (second,) = (page.blocks for page in imported('It "ended."\n\nSECRET\n\nand went on.').placed.pages)
    assert not first.joins_next
    assert not second.joins_previous


def test_signs_without_width_hide_no_end_of_a_sentence() -> None:
    assert outcomes("One.\u00ad\u200b\n\nSECRET\n\ntwo.", "join") == []


def test_an_item_that_starts_with_a_small_letter_is_not_joined() -> None:
    assert outcomes("The following\n\nSECRET\n\na. one", "join") == []


def test_a_small_letter_within_a_page_is_noted_and_left() -> None:
    text = "The tables reflect the\n\nplanning of Karsovia."
    assert [block.joins_next for block in blocks(text)] == [False, False]
    assert said(text, "small-letter") == ["planning of Karsovia."]


def test_form_feeds_and_page_comments_turn_the_page() -> None:
    assert pages("One.\fTwo.\n<!-- page 7 -->\nThree.") == "paragraph | paragraph | paragraph"
    assert said("One.\fTwo.", "page-break") == ["\f"]
    result = imported("<!-- page 2 -->\nOne.\n\f\n\f\nTwo.\n<!-- page 7 -->\nThree.")
    assert [page.page_id.number for page in result.placed.pages] == [2, 4, 7]
    assert is_lossless(result)


def test_a_break_after_a_foot_turns_no_second_page() -> None:
    result = imported("One.\n\nSECRET\n\f\nTwo.")
    assert [page.page_id.number for page in result.placed.pages] == [1, 2]


def test_an_empty_file_is_a_page_without_blocks() -> None:
    result = imported(" \n\n")
    assert [page.blocks for page in result.placed.pages] == [()]
    assert is_lossless(result)


# Paragraphs


def test_headings_keep_their_level() -> None:
    assert blocks("## THE PROBLEM ##")[0] == Block(
        kind="paragraph", attributes=(("level", "2"),), children=("THE PROBLEM",)
    )
    assert inline("# C#") == "C#"
    assert inline("#hashtag") == "#hashtag"


def test_a_struck_heading_and_the_struck_paragraph_under_it_share_a_stroke() -> None:
    heading, text, after = blocks("### ~~WARNING~~\n\n~~Not to be shown.~~\n\n~~Other.~~")
    assert (plain(heading.children), plain(text.children)) == ("~~WARNING~~{id=k1}", "~~Not to be shown.~~{id=k1}")
    assert plain(after.children) == "~~Other.~~"


def test_a_rule_is_dropped_and_said() -> None:
    assert outcomes("One.[^1]\n\n---\n\n[^1]: Note.\n\n-----\n\nTwo.", "rule") == ["dropped", "dropped"]
    assert [one.meaning for one in imported("One.\n\n---\n\n\\* Note.").decisions if one.rule == "rule"] == [
        "rule above notes"
    ]


def test_boxes_at_the_start_of_a_line_are_check_boxes() -> None:
    assert inline("- [x] Declassified") == "- ☒ Declassified"
    assert inline("[ ] No change\n[X] Declassified") == "☐ No change\n☒ Declassified"
    assert "check:" in inline("The mark [x] is doubtful.")


def test_notes_of_a_word_processor_may_stand_at_the_end_of_the_file() -> None:
    text = "One.[footnoteRef:1] Two.[footnoteRef:2]\n\nThree.\n\n[1: Not *printed*.]\n[2: See 1.]"
    found = [(block.attribute("label"), plain(block.children)) for block in blocks(text)]
    assert found[2:] == [("1", "Not *printed*."), ("2", "See 1.")]
    assert inline("[1: printed so]").startswith("1: printed so{>>ed: check")


def test_notes_that_say_whose_they_are_need_no_check() -> None:
    assert inline("He [Translator's note: who?] left.") == "He {>>tr: Translator's note: who?<<} left."
    assert inline("He [Ed.: the consul] left.") == "He {>>ed: Ed.: the consul<<} left."


def test_numbers_and_dashes_of_lists_are_text() -> None:
    text = "1. one\n2. two\n\n7. seven\n\n- only they can decide"
    assert [plain(block.children) for block in blocks(text)] == [
        "1. one",
        "2. two",
        "7. seven",
        "- only they can decide",
    ]


def test_a_bullet_before_a_printed_label_is_dropped_and_said() -> None:
    text = "The following:\n- a. one\n- b. two"
    assert [plain(block.children) for block in blocks(text)] == ["The following:", "a. one", "b. two"]
    assert outcomes(text, "list-item").count("dropped") == 2


def test_a_year_at_the_start_of_a_line_is_no_item() -> None:
    assert len(blocks("It began in\n1950. It ended in\n12. May.")) == 1


def test_short_lines_are_lines_of_the_page_and_long_ones_paragraphs() -> None:
    long = "The council of Tessin met. " * 6
    assert len(blocks("C.P. 201\n31 August")) == 1
    assert len(blocks(f"THE CABINET\n{long}\n{long}")) == 3


def test_an_omission_on_a_line_of_its_own_stands_alone() -> None:
    assert [plain(block.children) for block in blocks("EXPORTS\n[…]\nTo Tessin")] == ["EXPORTS", "[…]", "To Tessin"]


def test_the_sign_of_a_quotation_is_dropped_and_said() -> None:
    assert inline("> one\n> two") == "one\ntwo"
    assert outcomes("> one\n> two", "quotation") == ["dropped", "dropped"]


def test_an_exemption_code_alone_stands_in_the_margin_as_it_is_printed() -> None:
    for code in ("(b) (3)", "(b)(1)(A)", "3.3(h)(2)"):
        assert blocks(f"{code}\n\nOne.")[0] == Block(kind="margin", children=(code,))
    assert blocks("(b) the council")[0].kind == "paragraph"


def test_handwriting_that_is_announced_is_a_block_of_its_own() -> None:
    block = blocks("[Handwritten] Sent to comrade Orlan.")[0]
    assert (block.kind, plain(block.children)) == ("handwriting", "{>>ed: Handwritten<<} Sent to comrade Orlan.")


def test_a_paragraph_of_nothing_but_mark_up_is_no_block() -> None:
    assert [block.kind for block in blocks("One.\n\n<u></u>")] == ["paragraph"]


# Stamps


def test_a_stamp_of_one_line_a_paragraph_is_one_stamp_with_its_hand() -> None:
    before, stamp, after = blocks(f"in 1953,\n\n{STAMP}\n\nafter the truce.")
    assert stamp.attributes == (("family", "cia-reviewer"), ("read", "partial"))
    assert plain(stamp.children) == (
        "DOCUMENT NO. {hw:26}\nNO CHANGE IN CLASS ☐\n☒ DECLASSIFIED\nCLASS. CHANGED TO: TS S C\nEXTENSION DATE"
    )
    assert (before.kind, after.kind) == ("paragraph", "paragraph")


def test_all_fields_of_a_line_are_filled_in_by_hand() -> None:
    text = "AUTH: HR 70-2\nDATE: 13 MAY 1979 REVIEWER: 044"
    assert plain(blocks(f"DOCUMENT NO. 4\n{text}")[0].children) == (
        "DOCUMENT NO. {hw:4}\nAUTH: HR 70-2\nDATE: {hw:13 MAY 1979} REVIEWER: {hw:044}"
    )


def test_a_damaged_stamp_is_kept_as_it_reads() -> None:
    text = "THIS IS A COPY  \nORIGINAL HAS BEEN RETAINED  \nDEPORTMENT UNDER SECTION"
    (stamp,) = blocks(text)
    assert stamp.attribute("read") == "partial"
    assert plain(stamp.children) == text.replace("  ", "")


def test_a_whole_stamp_on_one_line_is_found() -> None:
    (retained,) = (family for family in FAMILIES if family.family == "uk-retained-copy")
    words = " ".join(retained.wording[0].lines)
    assert blocks(words)[0].attributes == (("family", "uk-retained-copy"),)


def test_a_struck_stamp_keeps_its_stroke() -> None:
    (stamp, _) = blocks("~~RECORD COPY~~\n\nOne.")
    assert (stamp.attribute("family"), plain(stamp.children)) == ("copy-status", "~~RECORD COPY~~")


def test_what_follows_a_complete_stamp_in_the_same_lines_is_text() -> None:
    stamp, text = blocks("RECORD COPY\nTHE CABINET")
    assert (stamp.kind, plain(text.children)) == ("stamp", "THE CABINET")


def test_one_line_like_a_stamp_of_many_is_no_stamp() -> None:
    assert blocks("DECLASSIFIED\n\nThe council met.")[0].kind == "paragraph"


def test_a_line_of_a_wording_that_is_only_a_field_is_like_no_line() -> None:
    lines = ("RECEIVED {number}", "{date}", "REGISTRY")
    family = Family(family="registry", title="Registry", wording=(Wording(lines=lines),))
    (page,) = imported("RECEIVED 4\nREGISTRY\nTHE CABINET", families=(family,)).placed.pages
    assert [plain(block.children) for block in page.blocks] == ["RECEIVED {hw:4}\nREGISTRY", "THE CABINET"]


def test_without_families_there_are_no_stamps() -> None:
    (page,) = imported("RECORD COPY", families=()).placed.pages
    assert page.blocks[0].kind == "paragraph"


def test_a_stamp_stands_where_its_lines_stand() -> None:
    result = imported(f"One.\n\n{STAMP}")
    assert [(one.first_line, one.last_line) for one in result.placed.blocks] == [(1, 1), (3, 11)]


# Front matter

CITATION = """**May, 1952**
**The Tessin Talks**

**Citation:**

"The Tessin Talks," May, 1952, Archive of Karsovia.
<https://example.org/230>

**Summary:**

A brief.

It has two paragraphs.

**Original Language:** Russian

**Contents:**

- Scan of Original Document
- English Translation

SECRET

The talks failed."""


def test_a_citation_block_becomes_front_matter() -> None:
    (page,) = imported(CITATION).placed.pages
    assert page.meta == (
        ("scan", "memo"),
        ("date", "May, 1952"),
        ("title", "The Tessin Talks"),
        ("source", "https://example.org/230"),
        ("citation", '"The Tessin Talks," May, 1952, Archive of Karsovia.'),
        ("summary", "A brief. It has two paragraphs."),
        ("original_language", "Russian"),
        ("contents", "Scan of Original Document; English Translation"),
        ("languages", "[eng]"),
    )
    assert [block.kind for block in page.blocks] == ["head", "paragraph"]
    assert unaccounted(CITATION, imported(CITATION)) == ()


@pytest.mark.parametrize("between", ["\n\n", "  \n"])
@pytest.mark.parametrize("bold", ["**", ""])
def test_labels_of_a_citation_block_stand_in_any_order_bold_or_not(bold: str, between: str) -> None:
    labels = ("Date", "Summary", "Citation", "Rights", "Original Language", "Contents")
    rows = ("May, 1952", "A brief.", "Talks.", "Free to use.", "German", "Scan")
    lines = [f"{bold}{label}:{bold} {row}" for label, row in zip(labels, rows, strict=True)]
    text = "\n\n".join([between.join(lines), "---", "SECRET", "Date: 5 May\n\nThe talks failed."])
    result = imported(text, file="memo.txt")
    (page,) = result.placed.pages
    assert page.meta == (
        ("scan", "memo"), ("date", "May, 1952"), ("summary", "A brief."), ("citation", "Talks."),
        ("rights", "Free to use."), ("original_language", "German"), ("contents", "Scan"), ("languages", "[deu]"),
    )  # fmt: skip
    assert [plain(block.children) for block in page.blocks] == ["SECRET", "Date: 5 May", "The talks failed."]
    assert unaccounted(text, result) == ()


def test_lines_above_labels_that_are_not_bold_are_the_title() -> None:
    text = "Archive of Karsovia\n\nMay 3, 1952\nThe Tessin Talks\n\nCitation:\nTalks.\n\nSummary:\nA brief.\n\nOne."
    (page,) = imported(text, file="memo.txt").placed.pages
    assert page.meta[1:3] == (("date", "May 3, 1952"), ("title", "Archive of Karsovia The Tessin Talks"))
    assert [plain(block.children) for block in page.blocks] == ["One."]


@pytest.mark.parametrize("between", ["SECRET\n\nOne.", "\n\n".join("123456789"), "---\n\nOne."])
def test_a_label_far_below_the_citation_block_is_text(between: str) -> None:
    (page, *_) = imported(f"**Citation:** Talks.\n\n{between}\n\n**Summary:** two.").placed.pages
    assert page.meta == (("scan", "memo"), ("citation", "Talks."))


def test_a_language_without_code_is_named_only() -> None:
    text = "# Talks\n\n**Citation:** Talks.\n\n**Original Language:** Karsovian\n\nOne."
    assert imported(text).placed.pages[0].meta == (
        ("scan", "memo"), ("title", "Talks"), ("citation", "Talks."), ("original_language", "Karsovian"),
    )  # fmt: skip


def test_a_label_in_the_text_begins_no_citation_block() -> None:
    for text in ("One.\n\n**Citation:** two.", "**Summary:** one.", "**Note** one.", "**Citation** one."):
        assert imported(text).placed.pages[0].meta == (("scan", "memo"),)


def test_front_matter_of_others_is_front_matter() -> None:
    text = '---\ntitle: "The Talks"\nPage: 7\n---\n\nOne.'
    (page,) = imported(text).placed.pages
    assert page.meta == (("scan", "memo"), ("title", '"The Talks"'), ("source_page", "7"))
    assert [plain(block.children) for block in page.blocks] == ["One."]
    assert unaccounted(text, imported(text)) == ()


@pytest.mark.parametrize("rows", ["title: a\ntitle: b", "title: a\n- b", "authors:\n- b", "a: [b", "The talks failed."])
def test_what_is_no_plain_row_between_rules_is_text(rows: str) -> None:
    assert imported(f"---\n{rows}\n---\n\nOne.").placed.pages[0].meta == (("scan", "memo"),)


def test_a_citation_block_may_be_the_whole_file() -> None:
    result = imported("**Citation:**")
    assert result.placed.pages[0].blocks == ()
    assert is_lossless(result)


# White space


def test_white_space_that_goes_is_said() -> None:
    text = "\ufeff\n\n  One \r\ntwo  \nthree \n\n\n\nfour\t"
    assert [plain(block.children) for block in blocks(text)] == ["One\ntwo\nthree", "four"]
    rules = [(one.line, one.rule) for one in imported(text).decisions if one.outcome == "dropped"]
    assert rules == [
        (1, "byte-order-mark"), (1, "line-end"), (3, "white-space"), (3, "white-space"), (4, "hard-break"),
        (5, "white-space"), (9, "white-space"), (1, "empty-lines"), (6, "empty-lines"),
    ]  # fmt: skip


def test_letters_and_their_accents_become_one_character() -> None:
    assert inline("Tessiné") == "Tessiné"
    assert inline("Tessine\u0301") == "Tessiné"
    assert outcomes("Tessine\u0301", "composed-form") == ["decided"]
