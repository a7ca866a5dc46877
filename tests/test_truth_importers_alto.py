"""ALTO of every version becomes blocks and lines of the notation, and what it says beside is told."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.transcript import MASK
from scanfix.truth import notation, views
from scanfix.truth.importers import alto
from scanfix.truth.importers.regions import BlockBox, Layout
from scanfix.truth.importers.report import unaccounted

SPACES = [*(f"http://www.loc.gov/standards/alto/ns-v{version}#" for version in (2, 3, 4)), ""]
SCANS = Path(__file__).parent.parent / "scans" / "brief-4"


def layout(page: str, *, head: str = "", space: str = SPACES[2]) -> Layout:
    text = f'<alto xmlns="{space}">{head}<Layout>{page}</Layout></alto>'
    found = alto.read_layout(text.encode(), file="port.xml", scan_id="memo")
    pages = found.imported.placed.pages
    assert notation.parse_document(notation.write_document(pages), file="port.md", scan_id="memo") == pages
    return found


def written(page: str, *, head: str = "") -> str:
    return notation.write_document(layout(page, head=head).imported.placed.pages).removeprefix("<!-- page 1 -->\n\n")


def block(*lines: str, attributes: str = "") -> str:
    inner = "".join(f"<TextLine>{line}</TextLine>" for line in lines)
    return f"<TextBlock {attributes}>{inner}</TextBlock>"


def page(*blocks: str) -> str:
    return f"<Page><PrintSpace>{''.join(blocks)}</PrintSpace></Page>"


def word(text: str, attributes: str = "") -> str:
    return f'<String CONTENT="{text}" {attributes}/>'


def decisions(found: Layout) -> list[tuple[str, str, str]]:
    return [(one.rule, one.sign, one.outcome) for one in found.imported.decisions]


@pytest.mark.parametrize("space", SPACES)
def test_every_name_space_is_read_and_none_too(space: str) -> None:
    found = layout(page(block(word("Tessin") + "<SP/>" + word("harbour"))), space=space)
    version = space[-2:-1]
    assert found.imported.profile == (f"alto-{version}" if version else "alto")
    assert views.body(found.imported.placed.pages[0]) == "Tessin harbour"


def test_lines_are_lines_and_blocks_paragraphs() -> None:
    text = page(block(word("The") + word("ferry"), word("sailed.")), block(word("It") + "<SP/>" + word("came")))
    assert written(text) == "The ferry\nsailed.\n\nIt came\n"


def test_signs_of_the_notation_are_text_of_the_page() -> None:
    text = page(block(word("~~[a?]*b*{++c++}"), word("---"), word("::: head"), word("&lt;u>")))
    assert views.body(layout(text).imported.placed.pages[0]) == "~~[a?]*b*{++c++}\n---\n::: head\n<u>"


def test_a_broken_word_keeps_its_parts_and_its_hyphen() -> None:
    first = word("har", 'SUBS_TYPE="HypPart1" SUBS_CONTENT="harbour"') + '<HYP CONTENT="\u00ad"/>'
    found = layout(page(block(word("the") + first, word("bour", 'SUBS_TYPE="HypPart2" SUBS_CONTENT="harbour"'))))
    assert views.body(found.imported.placed.pages[0]) == "the har-\nbour"
    assert ("attribute", "harbour", "dropped") in decisions(found)
    assert ("hyphen", "\u00ad", "decided") in decisions(found)


@pytest.mark.parametrize(("content", "text"), [("har", "har-"), ("har-", "har-"), ("har¬", "har-"), ("har=", "har=")])
def test_a_hyphen_that_is_only_implied_is_written(content: str, text: str) -> None:
    assert written(page(block(word(content, 'SUBS_TYPE="HypPart1"'), word("bour")))) == f"{text}\nbour\n"


def test_a_hyphen_without_its_sign_is_a_hyphen() -> None:
    assert written(page(block(word("har") + "<SP/><HYP/>"))) == "har-\n"


def test_margins_are_heads_feet_and_margins_and_the_foot_comes_last() -> None:
    spaces = ["TopMargin", "LeftMargin", "RightMargin", "BottomMargin", "PrintSpace"]
    text = "".join(f"<{space}>{block(word(space))}</{space}>" for space in spaces)
    assert [(one.kind, one.children) for one in layout(f"<Page>{text}</Page>").imported.placed.pages[0].blocks] == [
        ("head", ("TopMargin",)),
        ("paragraph", ("PrintSpace",)),
        ("margin", ("LeftMargin",)),
        ("margin", ("RightMargin",)),
        ("foot", ("BottomMargin",)),
    ]


LABELS = {
    "NumberingZone": "::: pageno region=NumberingZone",
    "RunningTitleZone": "::: head region=RunningTitleZone",
    "MarginTextZone:note": "::: margin region=MarginTextZone:note",
    "StampZone": "::: stamp",
    "DropCapitalZone": "::: paragraph region=DropCapitalZone",
}


@pytest.mark.parametrize("label", LABELS)
def test_labels_say_what_a_block_is(label: str) -> None:
    head = f'<Tags><OtherTag ID="T0"/><LayoutTag ID="T1" LABEL="{label}"/></Tags>'
    assert written(page(block(word("4"), attributes='TAGREFS="T9 T0 T1"')), head=head) == f"{LABELS[label]}\n4\n:::\n"


def test_a_main_zone_is_running_text_and_that_of_a_margin_stays_its() -> None:
    head = '<Tags><LayoutTag ID="T1" LABEL="MainZone"/></Tags>'
    tagged = block(word("4"), attributes='TAGREFS="T1"')
    assert written(page(tagged), head=head) == "4\n"
    assert written(f"<Page><TopMargin>{tagged}</TopMargin></Page>", head=head) == "::: head\n4\n:::\n"


def test_blocks_inside_composed_blocks_have_their_label() -> None:
    head = '<Tags><LayoutTag ID="T1" LABEL="footnote"/></Tags>'
    composed = f'<ComposedBlock TAGREFS="T1"><ComposedBlock>{block(word("1 a"))}</ComposedBlock></ComposedBlock>'
    assert written(page(composed), head=head) == "::: footnote\n1 a\n:::\n"


def test_the_type_of_a_block_is_asked_where_no_label_says_more() -> None:
    assert written(page(block(word("a"), attributes='TYPE="catch-word"'))) == "::: catchword\na\n:::\n"


def test_pictures_are_dropped_but_for_stamps() -> None:
    found = layout(page('<Illustration ID="i1"/>', '<GraphicalElement ID="g1" TYPE="stamp"/>'))
    assert notation.write_document(found.imported.placed.pages) == "<!-- page 1 -->\n\n::: stamp id=g1\n[?]\n:::\n"
    assert ("picture", "Illustration", "dropped") in decisions(found)


def test_styles_are_signs_where_the_notation_has_one() -> None:
    head = '<Styles><TextStyle ID="F1" FONTSTYLE="italics"/><TextStyle ID="F2"/></Styles>'
    line = word("a", 'STYLE="strikethrough"') + word("b", 'STYLE="bold underline"') + word("c", 'STYLEREFS="F1 F2 F3"')
    found = layout(page(block(line + word("d", 'STYLE="subscript"'))), head=head)
    assert notation.write_document(found.imported.placed.pages).splitlines()[2] == "~~a~~ **<u>b</u>** *c* d"
    assert ("style", "subscript", "dropped") in decisions(found)


def test_neighbouring_words_of_one_style_share_it() -> None:
    line = "".join(word(text, 'STYLE="strikethrough"') for text in ("TOP", "SECRET"))
    assert written(page(block(line + word("now")))) == "~~TOP SECRET~~ now\n"


def test_the_reading_order_goes_before_that_of_the_file() -> None:
    order = '<ReadingOrder><OrderedGroup><ElementRef REF="b2"/><ElementRef REF="b1"/></OrderedGroup></ReadingOrder>'
    blocks = "".join(block(word(f"b{n}"), attributes=f'ID="b{n}"') for n in (3, 1, 2))
    found = layout(f"<Page><PrintSpace>{blocks}</PrintSpace>{order}</Page>")
    assert [one.block.attribute("id") for one in found.imported.placed.blocks] == ["b2", "b1", "b3"]
    assert ("order", "b3", "decided") in decisions(found)


def test_confidences_and_other_readings_are_dropped_and_told_once_with_their_number() -> None:
    other = '<String CONTENT="c"><ALTERNATIVE>e</ALTERNATIVE></String>'
    line = word("a", 'WC="0.5"') + word("b", 'WC="0.5" CC="9"') + other
    found = layout(page(block(line)))
    assert decisions(found) == [
        ("attribute", "WC", "dropped"),
        ("attribute", "CC", "dropped"),
        ("alternative", "e", "dropped"),
    ]
    assert found.imported.decisions[0].meaning == "confidence of a word (2 times)"


def test_ids_stay_where_they_are_names_of_one_block_only() -> None:
    ids = ["b1", "b1", "1b", "b 2"]
    found = layout(page(*(block(word("a"), attributes=f'ID="{name}"') for name in ids)))
    assert [one.block.attribute("id") for one in found.imported.placed.blocks] == ["b1", None, None, None]
    assert decisions(found) == [("id", "b1", "dropped"), ("id", "1b", "dropped"), ("id", "b 2", "dropped")]


PLACE = 'ID="b1" HPOS="10.4" VPOS="20" WIDTH="30" HEIGHT="5.6"'


def test_places_are_told_in_pixels() -> None:
    found = layout(page(block(word("a"), attributes=PLACE)))
    assert found.boxes == (BlockBox(page=1, block_id="b1", box=Box(left=10, top=20, right=40, bottom=26)),)


@pytest.mark.parametrize(
    ("attributes", "head"),
    [
        (PLACE, "<Description><MeasurementUnit>mm10</MeasurementUnit></Description>"),
        ('ID="b1"', ""),
        (PLACE.replace("30", "none"), ""),
        (PLACE.replace("30", "nan"), ""),
        (PLACE.replace("30", "1e300"), ""),
        (PLACE.replace("30", "0"), ""),
    ],
)
def test_a_place_that_is_none_is_not_told(attributes: str, head: str) -> None:
    assert layout(page(block(word("a"), attributes=attributes)), head=head).boxes == ()


def test_pages_count_from_one_whatever_they_say() -> None:
    pages = "".join(f'<Page PHYSICAL_IMG_NR="{number}"/>' for number in (7, 0))
    assert [one.page_id.number for one in layout(pages).imported.placed.pages] == [1, 2]


def test_blocks_know_the_lines_of_the_file() -> None:
    (placed,) = layout(page("\n" + block("\n" + word("a")) + "\n")).imported.placed.blocks
    assert (placed.first_line, placed.last_line) == (2, 3)


def test_the_program_that_wrote_the_text_is_named() -> None:
    head = "<Description><softwareName>Reader</softwareName><softwareVersion>2</softwareVersion></Description>"
    assert layout(page(), head=head).imported.placed.pages[0].meta == (("transcribed_by", "Reader 2"),)


def test_a_block_without_text_is_none() -> None:
    found = layout(page(block(), block(word(" "))))
    assert found.imported.placed.blocks == ()
    assert decisions(found) == [("empty", "TextBlock", "dropped")]


def test_what_no_transcript_can_hold_is_left_out() -> None:
    assert written(page(block(word(f"a{MASK}b&#9;\u0085c" + "\u0301" * 50)))) == "ab \u0107" + "\u0301" * 28 + "\n"


def test_a_line_with_thousands_of_styles_is_no_line() -> None:
    line = "".join(word("a", 'STYLE="bold"') + word("b") for _ in range(1001))
    with pytest.raises(GroundTruthError, match=r"port\.xml: line 1: 1001 styles on one line"):
        layout(page(block(line)))


def test_a_file_without_a_page_is_refused() -> None:
    with pytest.raises(GroundTruthError, match=r"port\.xml: line 1: no page in it"):
        layout("")


def test_another_format_is_refused() -> None:
    with pytest.raises(GroundTruthError, match=r'port\.xml: line 2: expected the element "alto", found "PcGts"'):
        alto.read_layout(b"\n<PcGts/>", file="port.xml", scan_id="memo")


ATTRIBUTES = st.sampled_from(["", 'STYLE="bold"', 'STYLE="strikethrough italics"', 'WC="1"', 'SUBS_TYPE="HypPart1"'])
CONTENTS = st.sampled_from(
    ["ferry", "[?]", "~~", "*", "---", ":::", "⟶", "&#x301;", "\\", "&lt;!--", "{", " ", "", "a\u00ad", "&#x338;"]
)


@given(st.lists(st.lists(st.lists(st.builds(word, CONTENTS, ATTRIBUTES), max_size=4), max_size=3), max_size=3))
def test_every_word_of_a_file_is_in_its_import(blocks: list[list[list[str]]]) -> None:
    text = page(*(block(*("".join(line) for line in lines)) for lines in blocks))
    found = layout(text)
    assert unaccounted("ferry " * text.count("ferry"), found.imported) == ()


@pytest.mark.live
def test_what_tesseract_writes_is_read() -> None:
    scan = min(SCANS.iterdir())
    data = subprocess.run(["tesseract", scan, "-", "alto"], capture_output=True, check=True).stdout
    found = alto.read_layout(data, file="port.xml", scan_id="memo")
    assert found.imported.profile.startswith("alto-")
    assert len(views.body(found.imported.placed.pages[0]).split()) > 100
    assert len(found.boxes) == len(found.imported.placed.blocks)


def test_a_space_stands_where_a_line_says_so_or_between_all_its_words() -> None:
    assert written(page(block(word("failed") + word("."), word("It") + "<SP/>" + word("came") + word(".")))) == (
        "failed .\nIt came.\n"
    )
