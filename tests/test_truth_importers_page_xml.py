"""PAGE XML becomes blocks and lines of the notation; the tags of Transkribus say what they can."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box
from scanfix.model.transcript import Inline
from scanfix.truth import notation, views
from scanfix.truth.importers import page_xml
from scanfix.truth.importers.regions import BlockBox, Layout

SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/{}"


def layout(page: str, *, space: str = SPACE.format("2019-07-15"), head: str = "") -> Layout:
    text = f'<PcGts xmlns="{space}">{head}<Page>{page}</Page></PcGts>'
    found = page_xml.read_layout(text.encode(), file="port.xml", scan_id="memo")
    pages = found.imported.placed.pages
    assert notation.parse_document(notation.write_document(pages), file="port.md", scan_id="memo") == pages
    return found


def written(page: str) -> str:
    return notation.write_document(layout(page).imported.placed.pages).removeprefix("<!-- page 1 -->\n\n")


def text(value: str, attributes: str = "") -> str:
    return f"<TextEquiv {attributes}><Unicode>{value}</Unicode></TextEquiv>"


def line(value: str, custom: str = "", more: str = "") -> str:
    return f'<TextLine custom="{custom}">{more}{text(value)}</TextLine>'


def region(*lines: str, attributes: str = "") -> str:
    return f"<TextRegion {attributes}>{''.join(lines)}</TextRegion>"


def letters(children: Sequence[Inline]) -> str:
    return "".join(child if isinstance(child, str) else letters(child.children) for child in children)


def ids(found: Layout) -> list[str | None]:
    return [one.block.attribute("id") for one in found.imported.placed.blocks]


def decisions(found: Layout) -> list[tuple[str, str, str]]:
    return [(one.rule, one.sign, one.outcome) for one in found.imported.decisions]


@pytest.mark.parametrize("version", ["2013-07-15", "2017-07-15", "2019-07-15", ""])
def test_every_version_is_read_and_one_without_a_name_space_too(version: str) -> None:
    found = layout(region(line("Tessin harbour")), space=SPACE.format(version) if version else "")
    assert found.imported.profile == (f"page-{version}" if version else "page")
    assert views.body(found.imported.placed.pages[0]) == "Tessin harbour"


KINDS = {
    'type="paragraph"': "a",
    'type="header"': "::: head\na\n:::",
    'type="footer"': "::: foot\na\n:::",
    'type="page-number"': "::: pageno\na\n:::",
    'type="marginalia"': "::: margin region=marginalia\na\n:::",
    'type="catch-word"': "::: catchword\na\n:::",
    'type="signature-mark"': "::: catchword region=signature-mark\na\n:::",
    'type="footnote"': "::: footnote\na\n:::",
    'type="caption"': "::: paragraph region=caption\na\n:::",
    'type="paragraph" custom="structure {type:page-number;}"': "::: pageno\na\n:::",
    'custom="structure {type:my own;}"': '::: paragraph region="my own"\na\n:::',
}


@pytest.mark.parametrize("attributes", KINDS)
def test_types_say_what_a_block_is(attributes: str) -> None:
    assert written(region(line("a"), attributes=attributes)) == f"{KINDS[attributes]}\n"


def test_the_reading_order_is_kept_in_groups_by_their_indices() -> None:
    order = """<ReadingOrder><OrderedGroup>
      <UnorderedGroupIndexed index="1"><RegionRef regionRef="c"/><RegionRef regionRef="d"/></UnorderedGroupIndexed>
      <OrderedGroupIndexed index="0" regionRef="a"><RegionRefIndexed index="0" regionRef="b"/></OrderedGroupIndexed>
    </OrderedGroup></ReadingOrder>"""
    found = layout(order + "".join(region(line(name), attributes=f'id="{name}"') for name in "edcba"))
    assert ids(found) == ["a", "b", "c", "d", "e"]
    assert ("order", "e", "decided") in decisions(found)


def test_the_order_at_the_regions_is_asked_where_there_is_no_other() -> None:
    tags = 'id="{0}" custom="readingOrder {{index:{1};}}"'
    found = layout(
        region(line("a"), attributes=tags.format("a", 1)) + region(line("b"), attributes=tags.format("b", 0))
    )
    assert ids(found) == ["b", "a"]


def test_the_reading_of_the_lowest_index_is_taken() -> None:
    readings = text("third", 'index="2"') + text("second", 'index="1"') + text("first", 'index="0" conf="0.5"')
    found = layout(region(f"<TextLine>{readings}</TextLine>"))
    assert views.body(found.imported.placed.pages[0]) == "first"
    assert decisions(found) == [
        ("alternative", "second", "dropped"),
        ("alternative", "third", "dropped"),
        ("attribute", "conf", "dropped"),
    ]


def word(value: str, more: str = "") -> str:
    return f"<Word>{more}{text(value)}</Word>"


def test_a_line_without_text_is_made_of_its_words_and_a_word_of_its_letters() -> None:
    letters = "".join(f"<Glyph>{text(letter)}</Glyph>" for letter in "late")
    assert (
        written(region(f"<TextLine>{word('The')}{word('ferry')}<Word>{letters}</Word></TextLine>"))
        == "The ferry late\n"
    )


def test_words_that_differ_from_their_line_give_way_to_it() -> None:
    found = layout(region(line("The ferry", more=word("Tbe") + word("ferry"))))
    assert views.body(found.imported.placed.pages[0]) == "The ferry"
    assert decisions(found) == [("text-level", "Tbe ferry", "dropped")]


def test_a_region_without_lines_has_its_own_text() -> None:
    assert written(region(text("The ferry\n sailed."))) == "The ferry\nsailed.\n"


def test_styles_of_regions_lines_and_words_are_signs() -> None:
    struck, bold = '<TextStyle strikethrough="true"/>', '<TextStyle bold="true" italic="false"/>'
    assert written(region(struck, line("a b"))) == "~~a b~~\n"
    assert written(region(line("a b", more=struck))) == "~~a b~~\n"
    assert written(region(line("a b c", more=word("a") + word("b", struck + bold) + word("c")))) == "a ~~**b**~~ c\n"


TAGS = {
    "textStyle {offset:4; length:5;strikethrough:true;}": "The ~~ferry~~ sailed",
    "textStyle {offset:4; length:5;underlined:true;bold:true;}": "The **<u>ferry</u>** sailed",
    "strikethrough {offset:4; length:5;}": "The ~~ferry~~ sailed",
    "unclear {offset:4; length:5;}": "The [ferry?] sailed",
    "supplied {offset:4; length:5;}": "The [+ferry+] sailed",
    "add {offset:4; length:5;}": "The {++ferry++} sailed",
    "del {offset:4; length:5;}": "The {--ferry--} sailed",
    "gap {offset:4; length:0;}": "The [?]ferry sailed",
    "gap {offset:16; length:0;}": "The ferry sailed[?]",
    "gap {offset:4; length:5;}": "The [ferry?] sailed",
    "unclear {offset:4; length:5;} del {offset:0; length:9;}": "{--The [ferry?]--} sailed",
    "unclear {offset:0; length:7;} unclear {offset:5; length:4;}": "[The ferry?] sailed",
    "unclear {offset:-5; length:500;}": "[The ferry sailed?]",
    "unclear {offset:4; length:0;}": "The ferry sailed",
    "readingOrder {index:0;}": "The ferry sailed",
}


@pytest.mark.parametrize("custom", TAGS)
def test_tags_are_signs(custom: str) -> None:
    assert written(region(line("The ferry sailed", custom))) == f"{TAGS[custom]}\n"


SIGNLESS = [
    "place {offset:4; length:5; id:7;}",
    "unclear {offset:4;}",
    "textStyle {offset:0; length:3;superscript:true;}",
]


@pytest.mark.parametrize("custom", SIGNLESS)
def test_a_tag_without_a_sign_is_dropped_and_its_text_stays(custom: str) -> None:
    found = layout(region(line("The ferry sailed", custom)))
    assert views.body(found.imported.placed.pages[0]) == "The ferry sailed"
    assert [(rule, outcome) for rule, _, outcome in decisions(found)] == [("tag", "dropped")]


def test_a_hyphen_that_breaks_a_word_is_one() -> None:
    assert written(region(line("har¬"), line("bour"))) == "har-\nbour\n"


def test_stamps_and_hands_are_blocks_even_when_nobody_could_read_them() -> None:
    inner = region(line("FILE COPY"))
    graphics = f'<GraphicRegion type="stamp">{inner}</GraphicRegion><GraphicRegion type="signature"/>'
    assert written(graphics) == "::: stamp\nFILE COPY\n:::\n\n::: handwriting region=signature\n[?]\n:::\n"


def test_pictures_are_dropped_and_what_is_written_in_them_stays() -> None:
    found = layout(f'<ImageRegion id="i">{region(line("a"))}</ImageRegion><GraphicRegion type="logo"/>')
    assert views.body(found.imported.placed.pages[0]) == "a"
    assert [sign for rule, sign, outcome in decisions(found) if (rule, outcome) == ("picture", "dropped")] == [
        "ImageRegion",
        "GraphicRegion",
    ]


def test_regions_inside_a_region_come_after_its_own_lines() -> None:
    assert written(region(line("a"), region(line("b")))) == "a\n\nb\n"
    assert written(region(region(line("b")))) == "b\n"


def test_a_table_has_a_line_a_row() -> None:
    cell = '<TextRegion><Roles><TableCellRole rowIndex="{0}" columnIndex="{1}"/></Roles>{2}</TextRegion>'
    cells = [cell.format(1, 0, line("c")), cell.format(0, 1, line("b") + line("d")), cell.format(0, 0, line("a"))]
    assert written(f"<TableRegion>{''.join(cells)}</TableRegion>") == "::: table\na  b  d\nc\n:::\n"


def test_the_cells_of_transkribus_are_a_table_too() -> None:
    cells = [
        f'<TableCell row="{row}" col="{column}">{line(word)}</TableCell>'
        for row, column, word in [(1, 0, "c"), (0, 1, "b"), (0, 0, "a")]
    ]
    assert written(f"<TableRegion>{''.join(cells)}</TableRegion>") == "::: table\na  b\nc\n:::\n"


def test_a_table_without_rows_has_a_line_a_line() -> None:
    table = f'<TableRegion id="t">{region(line("a"), line("b"))}</TableRegion>'
    assert written(table) == "::: table id=t\na\nb\n:::\n"


def test_places_are_told_by_outlines() -> None:
    outline = '<Coords points="5,6 20,6 20,30 -1.5,30"/>'
    found = layout(
        region(outline, line("a"), attributes='id="r"') + region('<Coords points=""/>', line("b"), attributes='id="s"')
    )
    assert found.boxes == (BlockBox(page=1, block_id="r", box=Box(left=-2, top=6, right=20, bottom=30)),)


def test_who_wrote_the_text_is_named() -> None:
    (page,) = layout(region(line("a")), head="<Metadata><Creator>R. Orlo</Creator></Metadata>").imported.placed.pages
    assert page.meta == (("transcribed_by", "R. Orlo"),)


LONG = {
    "a letter": ("a" * 200_000, ""),
    "a tag": ("unclear {" * 20_000, ""),
    "a digit": ("", "1" * 200_000),
    "a point": ("", "1,1 " * 50_000),
}


@pytest.mark.parametrize("name", LONG)
def test_two_hundred_thousand_signs_in_an_attribute_are_answered_within_two_seconds(name: str) -> None:
    custom, points = LONG[name]
    start = time.process_time()
    layout(region(f'<Coords points="{points}"/>', line("a", custom), attributes=f'custom="{custom}"'))
    assert time.process_time() - start < 2


def test_another_format_is_refused() -> None:
    with pytest.raises(GroundTruthError, match=r'port\.xml: line 1: expected the element "PcGts", found "alto"'):
        page_xml.read_layout(b"<alto/>", file="port.xml", scan_id="memo")


def test_an_import_gives_the_pages_without_their_places() -> None:
    data = f"<PcGts><Page>{region(line('a'))}</Page></PcGts>".encode()
    imported = page_xml.read_layout(data, file="port.xml", scan_id="memo").imported
    assert imported == page_xml.read_layout(data, file="port.xml", scan_id="memo").imported


TAG_NAMES = st.sampled_from(["unclear", "gap", "textStyle", "add", "del", "supplied", "person"])
NUMBERS = st.integers(-2, 12)
TAG = st.builds("{} {{offset:{}; length:{}; bold:true; strikethrough:true;}}".format, TAG_NAMES, NUMBERS, NUMBERS)
CUSTOM = st.lists(TAG, max_size=4)
VALUES = st.lists(
    st.sampled_from(["ferry ", "a", " ", "[?]", "~~", "*", "&#x301;", "&#x338;", "\n", "⟶", "---"]), max_size=5
)


@given(st.lists(st.tuples(VALUES.map("".join), CUSTOM.map(" ".join)), max_size=3))
def test_every_word_of_a_file_is_in_its_import_whatever_its_tags(lines: list[tuple[str, str]]) -> None:
    found = layout(region(*(line(value, custom) for value, custom in lines)))
    kept = "".join(letters(one.block.children) for one in found.imported.placed.blocks)
    assert kept.count("ferry") == sum(value.count("ferry") for value, _ in lines)
