"""Furniture over a run of pages, stamps, lists, and what a document declares of its formatting."""

import pytest
from test_truth_lint_rules import findings, places

from scanfix.families import Family, Wording
from scanfix.truth import lint, notation

HEAD, FOOT = "::: head\n~~SECRET~~\n:::", "::: foot\n~~SECRET~~\n:::"
TEXT = "The ferry is closed."


def document(*pages: str) -> str:
    return "\n\n".join(f"<!-- page {number} -->\n\n{page}" for number, page in enumerate(pages, start=1))


def page(*parts: str) -> str:
    return "\n\n".join(parts)


FULL = page(HEAD, TEXT, FOOT)


def test_a_page_without_head_names_page_edge_and_remedy() -> None:
    [one] = findings(document(FULL, page(TEXT, FOOT), FULL))
    assert (one.rule, one.line) == ("furniture-parity", 15)
    assert one.message.startswith("page 2 has no head marking")
    assert "::: head none" in one.suggestion


def test_a_page_without_foot_is_found_at_its_end() -> None:
    [one] = findings(document(FULL, page(HEAD, TEXT, "Nobody came."), FULL))
    assert (one.excerpt, "no foot marking" in one.message) == ("Nobody came.", True)


def test_a_page_without_either_is_found_between_pages_that_have_them() -> None:
    assert [one.message[:28] for one in findings(document(FULL, TEXT, FULL))] == [
        "page 2 has no head marking; ",
        "page 2 has no foot marking; ",
    ]


@pytest.mark.parametrize(
    "pages",
    [
        (FULL, page("::: head none", TEXT, FOOT), FULL),
        (FULL, TEXT, TEXT, TEXT),
        (FULL, FULL, TEXT),
        (TEXT, page("::: head\nTHE FERRY\n:::", TEXT)),
        (page(HEAD, TEXT),),
    ],
)
def test_pages_that_say_so_or_follow_no_rule_stay(pages: tuple[str, ...]) -> None:
    assert findings(document(*pages)) == []


def test_page_files_of_a_folder_are_one_run_of_pages() -> None:
    texts = [FULL, page(TEXT, FOOT), FULL]
    documents = [
        notation.parse_placed(f"---\npage: {number}\n---\n{text}", file=f"scan/p000{number}.md", scan_id="scan")
        for number, text in enumerate(texts, start=1)
    ]
    [one] = lint.lint(documents, families=())
    assert (one.rule, one.file, one.line) == ("furniture-parity", "scan/p0002.md", 4)


@pytest.mark.parametrize("marking", [FOOT, "~~SECRET~~", "SECRET"])
def test_a_marking_amid_the_text_of_a_page_is_half_a_page_break(marking: str) -> None:
    [one] = findings(document(page(HEAD, TEXT, marking, TEXT, FOOT)))
    assert one.rule == "furniture-parity"
    assert "stands amid the text" in one.message


@pytest.mark.parametrize("marking", ["::: classification\nSECRET\n:::", "::: margin\nSECRET\n:::"])
def test_a_classification_amid_the_text_is_at_home(marking: str) -> None:
    assert findings(document(page(HEAD, TEXT, marking, TEXT, FOOT))) == []


@pytest.mark.parametrize("pair", [(FOOT, HEAD), (HEAD, HEAD), ("SECRET", "SECRET"), ("~~SECRET~~", "~~SECRET~~")])
def test_a_marking_twice_in_a_row_is_a_lost_page_break(pair: tuple[str, str]) -> None:
    found = findings(document(page(TEXT, *pair, TEXT)))
    assert [one.rule for one in found] == ["repeated-marking"]


@pytest.mark.parametrize("pair", [(HEAD, FOOT), (HEAD, "::: foot\nTOP SECRET\n:::")])
def test_head_over_foot_of_an_empty_page_is_no_repetition(pair: tuple[str, str]) -> None:
    assert findings(document(page(*pair))) == []


COPY = Family(
    family="tessin-copy",
    title="Copy",
    wording=(Wording(lines=("THIS IS A TRUE COPY", "HARBOUR BOARD OF TESSIN", "NO. {number}")),),
)
GOOD = "::: stamp\nTHIS IS A TRUE COPY\nHARBOUR BOARD OF TESSIN\nNO. {hw:7}\n:::"
BAD = GOOD.replace("BOARD", "ROAD")


def stamps(text: str) -> list[str]:
    return [one.message for one in findings(text, rule="stamp-wording", families=[COPY])]


def test_a_stamp_near_a_known_wording_is_for_the_image_to_decide() -> None:
    [one] = findings(BAD, families=[COPY])
    assert (one.rule, one.about, one.line, one.end_line) == ("stamp-wording", "unknown", 1, 5)
    assert "never" not in one.suggestion
    assert "look at the image" in one.suggestion


def test_a_twin_that_agrees_is_told() -> None:
    [message] = stamps(f"{BAD}\n\n{TEXT}\n\n{GOOD}")
    assert 'in line 9 reads "THIS IS A TRUE COPY HARBOUR BOARD OF TESSIN NO.", which is the known wording' in message


def test_two_that_differ_from_the_wording_and_from_one_another_are_both_told() -> None:
    first, second = stamps(f"{BAD}\n\n{TEXT}\n\n{GOOD.replace('TRUE', 'TRUL')}")
    assert "which differs from it too" in first
    assert "which differs from it too" in second


def test_two_alike_are_told_without_a_twin() -> None:
    assert all("the same stamp" not in message for message in stamps(f"{BAD}\n\n{TEXT}\n\n{BAD}"))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "::: stamp\n☐ RECEIVED\nMAY 4 1950\n:::",
        BAD.replace("ROAD", "[lost: 1 letter]OARD"),
        BAD.replace("ROAD", "ROAD{>>sic<<}"),
        "THIS IS A TRUE COPY\nHARBOUR BOARD OF TESSIN\nNO.",
    ],
)
def test_stamps_that_agree_are_others_or_tell_their_damage_stay(text: str) -> None:
    assert stamps(text) == []


def test_capitals_without_a_fence_may_be_a_stamp() -> None:
    assert len(stamps("THIS IS A TRUE COPY\nHARBOUR ROAD OF TESSIN\nNO.")) == 1


def test_without_known_stamps_nothing_is_near_one() -> None:
    assert findings(BAD) == []


@pytest.mark.parametrize(
    "declared",
    [
        "The letter (new passages italicised)",
        "All changes are in italics.",
        "The italicized parts are new.",
        "(words underlined)",
    ],
)
def test_declared_formatting_that_nothing_shows_is_found(declared: str) -> None:
    assert len(places(f"{declared}\n\n{TEXT}", "declared-formatting-absent")) == 1


@pytest.mark.parametrize("shown", ["*now*", "{++now++}", "**{++now++}**"])
def test_italic_shows_as_italic_or_as_what_it_means(shown: str) -> None:
    assert places(f"The letter (new passages italicised)\n\nIt is {shown} closed.", "declared-formatting-absent") == []


def test_a_declaration_speaks_up_to_the_next_one() -> None:
    text = f"First (new parts italicised)\n\n{TEXT}\n\nSecond (new parts italicised)\n\nIt is *now* closed."
    assert [line for line, _, _ in places(text, "declared-formatting-absent")] == [1]


def test_underlining_in_speech_declares_nothing() -> None:
    assert places("He underlined the need for boats, and put it in bold words.", "declared-formatting-absent") == []


def test_a_number_that_does_not_grow_names_the_one_before() -> None:
    [one] = findings("1. Timber.\n\n3. Coal.\n\n2. Salt.", rule="list-numbers")
    assert (one.line, one.column, one.message) == (5, 1, "number 2 after number 3 (line 3)")


@pytest.mark.parametrize(
    "text",
    [
        "1. Timber.\n\n1. Coal.",
        "7. Timber.\n\nTHE FERRY\n\n2. Coal.",
        "1. Timber.\n2. Coal.\n\n3. Salt.",
        "3. Timber.\n\n2.{>>sic<<} Coal.",
        "1. Timber.\n\n[…]\n\n4. Coal.",
    ],
)
def test_new_lists_gaps_and_marked_slips_stay(text: str) -> None:
    assert places(text, "list-numbers") == []


def test_numbers_inside_a_passage_count() -> None:
    assert places("1. Timber.\n2. Coal.\n3. Salt.\n\n3. Rope.", "list-numbers") == [(5, 1, "3")]
