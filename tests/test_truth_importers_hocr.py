"""hOCR becomes blocks and lines of the notation, be it well-formed or not."""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.truth import notation, views
from scanfix.truth.importers import hocr
from scanfix.truth.importers.regions import BlockBox, Layout
from scanfix.truth.importers.report import unaccounted

SCANS = Path(__file__).parent.parent / "scans" / "brief-4"


def layout(page: str, *, head: str = "") -> Layout:
    text = f"<html><head>{head}</head><body><div class='ocr_page' id='page_1'>{page}</div></body></html>"
    return checked(hocr.read_layout(text.encode(), file="port.html", scan_id="memo"))


def checked(found: Layout) -> Layout:
    pages = found.imported.placed.pages
    assert notation.parse_document(notation.write_document(pages), file="port.md", scan_id="memo") == pages
    return found


def written(page: str) -> str:
    return notation.write_document(layout(page).imported.placed.pages).removeprefix("<!-- page 1 -->\n\n")


def decisions(found: Layout) -> list[tuple[str, str, str]]:
    return [(one.rule, one.sign, one.outcome) for one in found.imported.decisions]


def par(*lines: str) -> str:
    return f"<p class='ocr_par'>{''.join(lines)}</p>"


def line(text: str, name: str = "ocr_line") -> str:
    return f"<span class='{name}'>{text}</span>"


def word(text: str) -> str:
    return f"<span class='ocrx_word' title='bbox 0 0 1 1; x_wconf 90'>{text}</span>"


WELL_FORMED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name='ocr-system' content='reader 2'/></head><body>
<div class='ocr_page' title='bbox 0 0 100 100; ppageno 4'>
 <div class='ocr_carea' id='block_1_1'>
  <p class='ocr_par' id='par_1_1' title="bbox 10 20 40 26">
   <span class='ocr_line'><span class='ocrx_word'>The&nbsp;ferry</span> <span class='ocrx_word'>is</span></span>
   <span class='ocr_line'><span class='ocrx_word'>late.</span><br/></span>
  </p>
 </div>
</div></body></html>"""


def test_a_well_formed_file_is_read_with_its_places_and_lines() -> None:
    found = checked(hocr.read_layout(WELL_FORMED.encode(), file="port.html", scan_id="memo"))
    (placed,) = found.imported.placed.blocks
    assert placed.block.children == ("The ferry is\nlate.",)
    assert (placed.first_line, placed.last_line) == (6, 8)
    assert found.boxes == (BlockBox(page=1, block_id="par_1_1", box=Box(left=10, top=20, right=40, bottom=26)),)
    assert found.imported.profile == "hocr"
    assert found.imported.placed.pages[0].meta == (("transcribed_by", "reader 2"),)


def test_a_file_that_only_claims_to_be_xml_is_read_as_browsers_do() -> None:
    broken = WELL_FORMED.replace("</p>", "").replace("<br/>", "<br>")
    found = checked(hocr.read_layout(broken.encode(), file="port.html", scan_id="memo"))
    assert [one.block.children for one in found.imported.placed.blocks] == [("The ferry is\nlate.",)]


def test_tag_soup_is_read() -> None:
    soup = (
        b"<div class=ocr_page><p class=ocr_par><span class=ocr_line>a</span><span class=ocrx_line>b<p class=ocr_par>c"
    )
    found = checked(hocr.read_layout(soup, file="port.html", scan_id="memo"))
    assert views.body(found.imported.placed.pages[0]) == "a\n\nb\n\nc"


def test_words_are_parted_even_where_the_file_does_not() -> None:
    found = layout(par(line(word("a") + word("b"))))
    assert views.body(found.imported.placed.pages[0]) == "a b"
    assert found.imported.decisions[0].meaning == "confidence of a word (2 times)"


def test_signs_of_the_notation_are_text_of_the_page() -> None:
    assert views.body(layout(par(line("~~[a?]*"), line("---"))).imported.placed.pages[0]) == "~~[a?]*\n---"


KINDS = {
    "ocr_header": "::: head",
    "ocr_footer": "::: foot",
    "ocr_pageno": "::: pageno",
    "ocr_footnote": "::: footnote",
    "ocr_caption": "::: paragraph region=ocr_caption",
    "ocr_table": "::: table",
}


@pytest.mark.parametrize("name", KINDS)
def test_classes_say_what_a_block_is(name: str) -> None:
    assert written(f"<div class='{name}'>a</div>") == f"{KINDS[name]}\na\n:::\n"


def test_headings_and_captions_inside_a_paragraph_are_its_lines() -> None:
    assert written(par(line("a", "ocr_header"), line("b", "ocr_caption"), line("c"))) == "a\nb\nc\n"


def test_lines_outside_paragraphs_are_blocks_of_their_own() -> None:
    page = f"loose<div class='ocr_carea' id='c1'>{line('a')}{line('b')}</div>{par(line('c'))}<i>d</i>"
    assert written(page) == "loose\na\nb\n\nc\n\n*d*\n"


def test_a_block_that_holds_blocks_is_none() -> None:
    assert written(f"<div class='ocr_chapter'>one{par('two')}</div>{line('three', 'ocr_header')}") == (
        "::: paragraph region=ocr_chapter\none\n:::\n\ntwo\n\n::: head\nthree\n:::\n"
    )


def test_text_outside_pages_is_dropped_and_told() -> None:
    soup = b"before<div class=ocr_page>a<div class=ocr_page>b</div></div>after"
    found = checked(hocr.read_layout(soup, file="port.html", scan_id="memo"))
    assert [views.body(page) for page in found.imported.placed.pages] == ["a\nb"]
    assert decisions(found) == [("outside", "before", "dropped"), ("outside", "after", "dropped")]


def test_a_break_ends_a_line_where_there_are_no_others() -> None:
    assert written(par("a<br>b<br><br>c")) == "a\nb\nc\n"


STYLES = {
    "b": "**a**",
    "strong": "**a**",
    "i": "*a*",
    "em": "*a*",
    "u": "<u>a</u>",
    "s": "~~a~~",
    "del": "~~a~~",
    "ins": "{++a++}",
}


@pytest.mark.parametrize("name", STYLES)
def test_styles_are_signs(name: str) -> None:
    assert written(par(line(f"<{name}>a</{name}> b"))) == f"{STYLES[name]} b\n"


def test_a_style_over_two_lines_is_on_both() -> None:
    assert written(par(f"x <s>{line('a')}{line('b')}</s> y")) == "x\n~~a~~\n~~b~~\ny\n"


def test_of_alternatives_the_first_is_taken() -> None:
    found = layout(
        par(line("<span class='alternatives'><ins class='alt'>hello</ins><del class='alt'>hallo</del></span>"))
    )
    assert views.body(found.imported.placed.pages[0]) == "hello"
    assert decisions(found) == [("alternative", "hallo", "dropped")]


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_hyphen() -> None:
    assert written(par(line("har&shy;"), line("bour"))) == "har-\nbour\n"


def test_pictures_are_dropped_unless_something_is_written_in_them() -> None:
    found = layout("<div class='ocr_photo'></div><div class='ocr_float'>a</div><script>b</script>")
    assert views.body(found.imported.placed.pages[0]) == "a"
    assert decisions(found) == [("picture", "ocr_photo", "dropped")]


def test_pages_count_from_one() -> None:
    text = "<div class='ocr_page'>a</div><div class='ocr_page'>b</div>"
    found = checked(hocr.read_layout(text.encode(), file="port.html", scan_id="memo"))
    assert [(page.page_id.number, views.body(page)) for page in found.imported.placed.pages] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize("title", ["", "bbox 1 2 3", "bbox 1 2 1 2", "bbox . . . .", "image x"])
def test_a_place_that_is_none_is_not_told(title: str) -> None:
    assert layout(f"<p class='ocr_par' id='p' title='{title}'>a</p>").boxes == ()


def test_a_page_without_pages_is_refused() -> None:
    with pytest.raises(GroundTruthError, match=r'port\.html: line 1: no element of class "ocr_page"'):
        hocr.read_layout(b"<p>a</p>", file="port.html", scan_id="memo")


@pytest.mark.parametrize("piece", ["<s>a</s>b", "<s>a<br>", "<span class=ocrx_word>a</span>", "<p class=ocr_par>a"])
def test_two_hundred_thousand_characters_of_one_tag_are_answered_within_four_seconds(piece: str) -> None:
    page = f"<div class='ocr_page'>{piece * (200_000 // len(piece))}"
    start = time.process_time()
    with suppress(GroundTruthError):
        hocr.read_layout(page.encode(), file="port.html", scan_id="memo")
    assert time.process_time() - start < 4


PIECES = st.sampled_from(
    ["<p class=ocr_par>", "</p>", "<span class=ocr_line>", "<span class=ocrx_word>", "</span>", "<s>", "</s>", "<br>",
     "<div class=ocr_photo>", "</div>", "<div class=ocr_header>", "ferry ", "[?]", "~~", "&#x301;", "&shy;", "&lt;",
     "⟶", "<i>", "</i>", "*", "<del class=alt>", "</del>", "<div class=ocr_page>", "---", "<table>", "<td>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_the_tags_an_import_is_written_and_read_alike(page: str) -> None:
    found = layout(page)
    assert unaccounted("ferry " * page.count("ferry"), found.imported) == ()


@pytest.mark.live
def test_what_tesseract_writes_is_read() -> None:
    data = subprocess.run(["tesseract", max(SCANS.iterdir()), "-", "hocr"], capture_output=True, check=True).stdout
    found = checked(hocr.read_layout(data, file="port.html", scan_id="memo"))
    assert len(views.body(found.imported.placed.pages[0]).split()) > 100
    assert len(found.boxes) == len(found.imported.placed.blocks)
