"""The five seed transcriptions import as they are: facts about each, by line, without their text."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from imported import FAMILIES, is_lossless, plain

from scanfix.model.transcript import Block, Element, ElementName, Inline
from scanfix.truth import importers
from scanfix.truth.importers.report import Imported, unaccounted
from scanfix.truth.markings import markings

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FILES = {"000": "000_8fe9e2805f429d58.txt", "001": "001_6d0fa77b9a070aa4.txt", "002": "002_e1061e5946d399f8.txt",
         "003": "003_b7f1513843f1d8cd.txt", "004": "004_43c70e1bdadc2df7.txt"}  # fmt: skip

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")


def source(number: str) -> Path:
    return SEEDS / FILES[number]


@cache
def seed(number: str) -> Imported:
    return importers.read(source(number).read_bytes(), file=f"{number}.txt", scan_id="memo", families=FAMILIES)


def elements(children: tuple[Inline, ...]) -> list[Element]:
    found = [child for child in children if isinstance(child, Element)]
    return [*found, *(deeper for element in found for deeper in elements(element.children))]


def count(number: str) -> Counter[ElementName]:
    blocks = (block for page in seed(number).placed.pages for block in page.blocks)
    return Counter(element.name for block in blocks for element in elements(block.children))


def at(number: str, line: int) -> list[Block]:
    return [one.block for one in seed(number).placed.blocks if one.first_line <= line <= one.last_line]


def left(number: str) -> list[tuple[int, str]]:
    return [(one.line, one.sign) for one in seed(number).decisions if one.outcome == "left"]


@pytest.mark.parametrize("number", FILES)
def test_every_word_of_a_seed_is_kept_or_said_to_be_dropped(number: str) -> None:
    assert unaccounted(source(number).read_text(encoding="utf-8"), seed(number)) == ()


@pytest.mark.parametrize("number", FILES)
def test_a_seed_is_written_and_read_back_without_loss(number: str) -> None:
    assert is_lossless(seed(number))


@pytest.mark.parametrize("number", FILES)
def test_every_line_with_text_stands_in_a_block_in_the_front_matter_or_is_dropped(number: str) -> None:
    blocks = {n for one in seed(number).placed.blocks for n in range(one.first_line, one.last_line + 1)}
    told = {one.line for one in seed(number).decisions if one.rule in ("citation-block", "front-matter", "rule")}
    assert {n for n, line in enumerate(seed(number).placed.lines, start=1) if line} <= blocks | told


def test_000_has_an_unstruck_head_a_footnote_and_four_doubtful_brackets() -> None:
    (page,) = seed("000").placed.pages
    assert (page.blocks[0].kind, plain(page.blocks[0].children)) == ("head", "SECRET")
    (footnote,) = [block for block in page.blocks if block.kind == "footnote"]
    assert footnote in at("000", 11)
    assert footnote.attribute("label") == "1"
    assert count("000")["omitted"] == 4
    assert [line for line, _ in left("000")] == [18, 21, 21, 21]
    assert [block.kind for block in at("000", 17)] == ["paragraph"]


def test_001_has_two_witnesses_and_the_layers_of_the_draft() -> None:
    assert seed("001").profile == "draft-layers"
    (page,) = seed("001").placed.pages
    assert [block.attribute("id") for block in page.blocks if block.kind == "witness"] == ["final", "draft"]
    found = count("001")
    assert found["substitution"] == 5
    # 19 italic passages; one of them ends inside a bracket, which is split there.
    assert found["inserted"] == 19
    assert found["deleted"] == 13 + 1
    assert found["italic"] == 0
    assert found["omitted"] == 1


def test_001_tells_editor_and_translator_from_deletions() -> None:
    notes = {
        line: [one.attribute("kind") for block in at("001", line) for one in elements(block.children)]
        for line in (3, 19, 23, 43)
    }
    assert notes == {3: ["ed"], 19: ["ed", "tr"], 23: ["ed"], 43: ["tr"]}
    assert [block.kind for block in at("001", 19)] == ["handwriting"]
    assert plain(at("001", 3)[0].children).count(r"8\[7\]") == 1


def test_001_nests_a_deletion_in_an_insertion_and_leaves_what_is_broken() -> None:
    (paragraph,) = at("001", 39)
    nested = [one for one in elements(paragraph.children) if one.name == "inserted" and elements(one.children)]
    assert [[inner.name for inner in elements(one.children)] for one in nested] == [["deleted", "note"]]
    assert sorted(left("001")) == [(39, "<i>"), (39, "[")]


def test_002_has_a_struck_cover_an_exemption_and_a_struck_stamp() -> None:
    cover, second, third = seed("002").placed.pages
    assert [block.kind for block in cover.blocks[:3]] == ["head", "margin", "stamp"]
    assert [(one.text, one.status) for one in markings(cover)] == [
        ("SECRET", "struck"), ("SECURITY INFORMATION", "struck"), ("RECORD COPY", "struck"), ("SECRET", "struck"),
    ]  # fmt: skip
    assert plain(cover.blocks[1].children) == "(b) (3)"
    assert cover.blocks[2].attribute("family") == "copy-status"
    assert (second.blocks[0].kind, second.blocks[-1].kind) == ("head", "foot")
    assert (third.blocks[0].kind, third.blocks[-1].kind) == ("paragraph", "foot")


def test_002_keeps_nine_strokes_four_notes_and_the_labels_of_its_lists() -> None:
    found = count("002")
    assert found["struck"] == 9
    assert found["reference"] == 4
    assert [at("002", line)[0].attribute("label") for line in (70, 72, 100, 146)] == ["1", "2", "3", "4"]
    assert [plain(at("002", line)[0].children)[:2] for line in (252, 259, 261)] == ["a.", "h.", "2."]
    assert {one.attribute("id") for line in (263, 265) for one in elements(at("002", line)[0].children)} == {"k1"}


def test_003_has_front_matter_a_whole_stamp_and_a_damaged_one() -> None:
    (page,) = seed("003").placed.pages
    assert [name for name, _ in page.meta] == [
        "scan", "date", "title", "source", "citation", "summary", "original_language", "contents", "languages",
    ]  # fmt: skip
    assert dict(page.meta)["languages"] == "[eng]"
    assert page.blocks[0] == Block(kind="head", children=("SECRET",))
    stamps = [block for block in page.blocks if block.kind == "stamp"]
    assert [block.attributes for block in stamps] == [
        (("family", "uk-retained-copy"), ("read", "partial")), (("family", "uk-retained-copy"),),
    ]  # fmt: skip
    assert count("003") == {"struck": 1}


def test_004_has_six_pages_and_no_head_on_the_second() -> None:
    pages = seed("004").placed.pages
    assert [page.page_id.number for page in pages] == [1, 2, 3, 4, 5, 6]
    assert [page.blocks[0].kind for page in pages] == ["head", "paragraph", "head", "head", "head", "head"]
    assert {page.blocks[-1].kind for page in pages} == {"foot"}
    assert [one.status for page in pages for one in markings(page)] == ["struck"] * 11


def test_004_joins_the_sentences_that_run_over_its_pages() -> None:
    joined = [line for line in range(1, 79) if any(block.joins_previous for block in at("004", line))]
    assert joined == [32, 40, 50, 76]
    assert [line for line in range(1, 79) if any(block.joins_next for block in at("004", line))] == [16, 34, 44, 64]


def test_004_has_a_stamp_with_a_number_filled_in_notes_and_a_page_number() -> None:
    (stamp,) = at("004", 20)
    assert at("004", 28) == [stamp]
    assert stamp.attributes == (("family", "cia-reviewer"), ("read", "partial"))
    assert [one.name for one in elements(stamp.children)] == ["handwriting"]
    assert [at("004", line)[0].attribute("label") for line in (18, 68, 70)] == ["*", "*", "**"]
    assert [block.kind for block in at("004", 56)] == ["pageno"]
    assert count("004")["reference"] == 3
