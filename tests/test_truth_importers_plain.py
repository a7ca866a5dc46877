"""Plain text, the choice between it and Markdown, and files of any kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imported import FAMILIES, NASTY, attempt, imported, is_lossless, keeps_the_laws, plain

from scanfix.errors import GroundTruthError
from scanfix.truth import importers
from scanfix.truth.importers.report import Imported


def read(data: bytes, file: str = "memo.txt") -> Imported:
    return importers.read(data, file=file, scan_id="memo", families=FAMILIES)


def texts(result: Imported) -> list[list[str]]:
    return [[plain(block.children) for block in page.blocks] for page in result.placed.pages]


def test_empty_lines_part_paragraphs_and_form_feeds_pages() -> None:
    result = imported("The council\nmet.\n\nIt failed.\n\fTessin.", file="memo.txt")
    assert result.profile == "plain"
    assert texts(result) == [["The council\nmet.", "It failed."], ["Tessin."]]


def test_signs_are_themselves_in_plain_text() -> None:
    result = imported("a *star*, a [bracket] and ~~tildes~~\f", file="memo.txt")
    assert texts(result) == [[r"a \*star\*, a \[bracket\] and \~\~tildes\~\~"]]


@pytest.mark.parametrize(
    "text",
    ["~~x~~", "**x**", "*x*", "_x_", "a [b] c", "<sup>1</sup>", "# x", "x\n\n---\n\ny", r"x.\*", "<https://a.b>"],
)
def test_any_sign_makes_a_text_markdown(text: str) -> None:
    assert imported(text, file="memo.txt").profile == "general"


@pytest.mark.parametrize("text", ["a b", "5 * 3 * 2", "file_name_x", "AT&T < B", "- 4 -", "1. one"])
def test_a_text_without_signs_is_plain(text: str) -> None:
    assert imported(text, file="memo").profile == "plain"


def test_a_suffix_or_a_profile_makes_a_text_markdown() -> None:
    assert imported("one", file="memo.md").profile == "general"
    assert imported("one", file="memo.txt", profile="general").profile == "general"


def test_markings_page_numbers_codes_and_stamps_are_found_in_plain_text_too() -> None:
    text = "SECRET\n\n(b)(3)\n\nOne,\n\nFILE COPY\n\nRECORD COPY\nTHE CABINET\n\n- 2 -\n\nSECRET\n\nSECRET\n\ntwo."
    pages = imported(text, file="memo.txt").placed.pages
    assert [[block.kind for block in page.blocks] for page in pages] == [
        ["head", "margin", "paragraph", "stamp", "stamp", "paragraph", "pageno", "foot"], ["head", "paragraph"],
    ]  # fmt: skip


@given(st.lists(NASTY, max_size=30).map("".join))
def test_any_plain_text_is_imported_without_loss_or_refused(text: str) -> None:
    assert keeps_the_laws(attempt(f"{text}\f", file="memo.txt"), text, "memo.txt")


# Files


def test_a_file_is_read_by_its_content() -> None:
    assert texts(read("Müller ☒".encode())) == [["Müller ☒"]]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        said = "memo.txt: " if is_lossless(read(data)) else ""
    except GroundTruthError as error:
        said = str(error)
    assert said.startswith("memo.txt: ")


def test_what_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(GroundTruthError, match=r"memo\.txt: line 2: byte 4 is not UTF-8"):
        read(b"one\n\xff")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\x85"])
def test_control_characters_are_refused_with_their_place(sign: str) -> None:
    with pytest.raises(GroundTruthError, match=r"memo\.txt: line 2, column 3: U\+00"):
        read(f"one\ntw{sign}o".encode())


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(GroundTruthError, match="at most 50000000 are read"):
        read(b"x" * (importers.MOST_BYTES + 1))


@pytest.mark.parametrize("suffix", ["xml", "HOCR", "html"])
def test_mark_up_of_no_known_format_is_not_taken_for_text(suffix: str) -> None:
    with pytest.raises(GroundTruthError, match="none of the known formats"):
        read(b"no mark-up at all", file=f"memo.{suffix}")


@pytest.mark.parametrize("start", ["<?xml version='1.0'?>", "\ufeff\n<!DOCTYPE html>", "<html>"])
def test_a_file_that_begins_as_mark_up_is_not_taken_for_text(start: str) -> None:
    with pytest.raises(GroundTruthError, match="none of the known formats"):
        read(f"{start}<unknown/>".encode())


def test_text_is_the_last_of_the_formats() -> None:
    assert importers.FORMATS[-1].name == "Markdown or plain text"
    assert importers.FORMATS[-1].sniff(b"")
