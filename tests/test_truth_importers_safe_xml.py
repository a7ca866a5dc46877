"""XML from strangers is read into values, or refused with its place; nothing is fetched and nothing grows."""

import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.truth.importers import alto, hocr, page_xml, safe_xml
from scanfix.truth.importers.safe_xml import Node, is_xml, read_html, read_xml


def root(text: str, encoding: str = "utf-8") -> Node:
    return read_xml(text.encode(encoding), file="port.xml").root


def complaint(data: bytes) -> str:
    with pytest.raises(GroundTruthError) as caught:
        read_xml(data, file="port.xml")
    return str(caught.value)


def test_an_element_has_its_name_its_attributes_and_its_content_in_order() -> None:
    node = root('<x:a xmlns:x="urn:port" b="1" xml:lang="de">one<x:c/>two<!-- not this -->three<?nor this?></x:a>')
    assert (node.name, node.space, dict(node.attributes)) == ("a", "urn:port", {"b": "1", "lang": "de"})
    assert [part if isinstance(part, str) else part.name for part in node.content] == ["one", "c", "twothree"]
    assert (node.text, node.get("b"), node.get("c")) == ("onetwothree", "1", "")


def test_elements_are_found_by_name_directly_inside_and_however_deep() -> None:
    node = root("<a><b n='1'><c><b n='2'/></c></b><d/></a>")
    assert [child.name for child in node.children()] == ["b", "d"]
    assert [child.get("n") for child in node.children("b")] == ["1"]
    assert [child.get("n") for child in node.all("b")] == ["1", "2"]
    assert [child.name for child in node.all()] == ["b", "c", "b", "d"]


def test_an_element_knows_its_first_line_and_the_line_of_its_last_element() -> None:
    markup = read_xml(b"<a>\r\n <b> \r <c/>\n </b>\n</a>", file="port.xml")
    (b,) = markup.root.children("b")
    assert (b.line, b.last_line, markup.root.last_line) == (2, 3, 3)
    assert markup.lines == ("<a>", " <b>", " <c/>", " </b>", "</a>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_byte_order_mark_tells_the_character_set(encoding: str) -> None:
    assert root("<a>Fähre ☒</a>", encoding).text == "Fähre ☒"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8", "us-ascii"])
def test_the_declaration_tells_the_character_set(encoding: str) -> None:
    text = "Fahre" if encoding == "us-ascii" else "Fähre"
    assert root(f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>', encoding).text == text


def test_a_declaration_of_two_byte_characters_over_single_bytes_is_not_believed() -> None:
    assert root('<?xml version="1.0" encoding="UTF-16"?><a>Fähre</a>').text == "Fähre"


def test_a_page_of_html_tells_its_character_set_in_its_head() -> None:
    page = read_html('<meta charset="windows-1252"><p>–</p>'.encode("cp1252"), file="port.html")
    assert page.root.text == "–"


@pytest.mark.parametrize("name", ["rot13", "punycode", "base64", "utf-7", "nonsense"])
def test_an_unknown_character_set_is_refused(name: str) -> None:
    assert f'unknown character set "{name}"' in complaint(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())


def test_bytes_that_are_not_in_their_character_set_are_refused_with_their_line() -> None:
    assert complaint(b"<a>\n\xff</a>").startswith("port.xml: line 2, byte 4: not utf-8")


LAUGHS = b"".join(
    [
        b'<!DOCTYPE a [<!ENTITY l0 "ha">',
        *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10)),
        b"]><a>&l9;</a>",
    ]
)
EXTERNAL = b'<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><a>&secret;</a>'


@pytest.mark.parametrize("data", [LAUGHS, EXTERNAL, b"\n" + LAUGHS, LAUGHS.decode().encode("utf-16")])
def test_a_document_type_with_declarations_is_refused_before_anything_is_parsed(data: bytes) -> None:
    assert "a document type with declarations of its own" in complaint(data)
    with pytest.raises(GroundTruthError, match="a document type with declarations"):
        read_html(data, file="port.html")


def test_a_document_type_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    kept = tmp_path / "port.dtd"
    kept.write_text('<!ENTITY port "Tessin"><!ATTLIST a b CDATA "default">', encoding="utf-8")
    node = root(f'<!DOCTYPE a SYSTEM "{kept.as_uri()}"><a>&port; &nbsp;&eacute;</a>')
    assert (node.text, node.get("b")) == ("&port; \u00a0é", "")


FAULTS = {
    "": "line 1, column 1: not well-formed (no element in it)",
    "<a>\n<b>x</b": "line 2, column 8: not well-formed",
    "<a>\n<b>x</b>": "line 2, column 9: not well-formed",
    "<a>&port;</a>": "Entity 'port' not defined",
    "<x:a/>": "Namespace prefix x on a is not defined",
    "<a/><b/>": "not well-formed",
    "a page": "not well-formed",
    "<a>\x00</a>": "not well-formed",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_not_well_formed_is_refused_with_its_place(text: str) -> None:
    assert FAULTS[text] in complaint(text.encode())


def test_a_file_cut_off_anywhere_is_refused() -> None:
    whole = b'<a b="1"><c>F\xc3\xa4hre</c></a>'
    assert all(complaint(whole[:at]) for at in range(len(whole)))


@pytest.mark.parametrize("count", [safe_xml.MAX_DEPTH + 1, 100_000])
def test_elements_inside_one_another_without_end_are_refused(count: int) -> None:
    data = b"<a>" * count + b"</a>" * count
    assert "more than 100 elements" in complaint(data) or "Excessive depth" in complaint(data)
    with pytest.raises(GroundTruthError, match="more than 100 elements"):
        read_html(b"<span>" * count, file="port.html")


def test_the_deepest_file_that_is_read_is_read_whole() -> None:
    depth = safe_xml.MAX_DEPTH
    assert len(list(root("<a>" * depth + "x" + "</a>" * depth).all())) == depth - 1


def test_more_elements_than_a_page_can_have_are_refused() -> None:
    assert "or 500000 in all" in complaint(b"<a>" + b"<b/>" * safe_xml.MAX_ELEMENTS + b"</a>")


def test_more_bytes_than_a_page_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_BYTES", 10)
    assert complaint(b"<a>ferry</a>").startswith("port.xml: 12 bytes are more than 10")


def test_html_is_read_as_browsers_do() -> None:
    page = read_html(b"<p class=a>one<p>two<br>&nbsp;three <b>four", file="port.html")
    assert [node.name for node in page.root.all()] == ["body", "p", "p", "br", "b"]
    assert page.root.text == "onetwo\u00a0three four"


def test_html_may_name_its_elements_as_it_likes() -> None:
    assert [node.name for node in read_html(b"<b\x1ec>a</b\x1ec>", file="port.html").root.all()] == ["body", "b\x1ec"]


@pytest.mark.parametrize("data", [b"", b"<!-- -->"])
def test_html_without_an_element_is_refused(data: bytes) -> None:
    with pytest.raises(GroundTruthError, match=r"port\.html: line 1, column 1"):
        read_html(data, file="port.html")


SIGNS = ["<", "<a ", "<!--", "<a b='", "&", "<![CDATA[", "<table><a>", "<b><p></b>", "<!DOCTYPE "]


@pytest.mark.parametrize("sign", SIGNS)
def test_two_hundred_thousand_characters_of_one_sign_are_answered_within_two_seconds(sign: str) -> None:
    data = (sign * (200_000 // len(sign))).encode()
    start = time.process_time()
    for reader in (read_xml, read_html):
        with suppress(GroundTruthError):
            reader(data, file="port.xml")
    assert time.process_time() - start < (12 if sys.gettrace() else 4)


@pytest.mark.parametrize(
    ("data", "answer"),
    [(b"<?xml ?>", True), (b"\xef\xbb\xbf\n<?xml ?>", True), (b'<html xmlns="x">', True), (b"<html>", False)],
)
def test_a_file_says_whether_it_is_xml(data: bytes, answer: bool) -> None:  # noqa: FBT001 - a case
    assert is_xml(data) is answer


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "<alto/>",
        " <ALTO>",
        '<?xml version="1.0"?>\n<!-- by-hand --><!-- - -->\n<alto xmlns="x">',
        '<!DOCTYPE a:alto SYSTEM "x"><a:alto>',
    ],
)
def test_the_first_element_tells_the_format(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert (alto.sniff(data), page_xml.sniff(data), hocr.sniff(data)) == (True, False, False)


def test_each_reader_knows_its_own_files_only() -> None:
    files = [b"<alto/>", b"<PcGts/>", b"<html><div class='ocr_page'>"]
    others = [b"<html/>", b"<altos/>", b"an <alto/>", b"ocr_page", b""]
    assert [(alto.sniff(data), page_xml.sniff(data), hocr.sniff(data)).index(True) for data in files] == [0, 1, 2]
    assert not any(sniff(data) for data in others for sniff in (alto.sniff, page_xml.sniff, hocr.sniff))


PIECES = st.sampled_from(
    [b"<a>", b"</a>", b"<b c='d'>", b"</b>", b"<!--", b"-->", b"<!DOCTYPE a", b"[", b"]>", b"&lt;", b"&x;", b"&#0;",
     b"\x00", b"<![CDATA[", b"]]>", b"<?xml version='1.0'?>", b"\xff\xfe", b"\xc3\xa4", b"text", b"<", b">", b"'"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=20).map(b"".join)))
def test_whatever_the_bytes_they_are_read_or_refused(data: bytes) -> None:
    for reader in (read_xml, read_html):
        try:
            markup = reader(data, file="port.xml")
        except GroundTruthError as error:
            message = str(error)
            assert message.startswith("port.xml: ")
        else:
            assert 1 <= markup.root.line <= markup.root.last_line <= len(markup.lines)
