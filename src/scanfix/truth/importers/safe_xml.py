"""XML and HTML from strangers, read into plain values: nothing is fetched, nothing expands, nothing grows without end.

lxml does the parsing and stays in this module. A document type is read over, one with declarations of its own
(entities) is refused; size, depth and number of elements are limited while the file is read.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Union

from lxml import etree

from scanfix.errors import GroundTruthError

MAX_BYTES = 50_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 500_000
_CHUNK = 1 << 20
# Byte order marks, the longer before the shorter that begins it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""^[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']|<meta[^>]{0,200}?charset=["']?([\w.-]{1,40})"""
)
# Python has codecs that are no character sets, or decode slowly; these are what archives use.
_CHARACTER_SETS = re.compile(r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|gb\w+|big5|euc_\w+|shift_jis")
_FIRST_ELEMENT = re.compile(
    r"(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>)*<(?:[\w.-]+:)?(\w[\w.-]*)[\s/>]"
)
_DOCUMENT_TYPE = re.compile(r"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element: its name without prefix, its attributes, its text and elements in order, the lines it stands on.

    ``last_line`` is the line on which its last element begins.
    """

    name: str
    space: str
    attributes: Mapping[str, str]
    content: tuple[Union[str, "Node"], ...]
    line: int
    last_line: int

    def get(self, name: str) -> str:
        """Return an attribute, empty where it is not given."""
        return self.attributes.get(name, "")

    def children(self, *names: str) -> Iterator["Node"]:
        """Give the elements directly inside that have one of the names; without names, all."""
        return (child for child in self.content if not isinstance(child, str) and (not names or child.name in names))

    def all(self, *names: str) -> Iterator["Node"]:
        """Give the elements inside, however deep, that have one of the names; without names, all."""
        for child in self.children():
            if not names or child.name in names:
                yield child
            yield from child.all(*names)

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(child if isinstance(child, str) else child.text for child in self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A file of XML or HTML: its name, its lines without trailing blanks, its root element."""

    file: str
    lines: tuple[str, ...]
    root: Node


def read_xml(data: bytes, *, file: str) -> Markup:
    """Read a file of XML.

    Raises
    ------
    GroundTruthError
        It is not well-formed, in an unknown character set, has a document type with declarations, or is too large,
        too deep or too full.
    """
    text = _text(data, file)
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLPullParser(
        events=("start", "end"), encoding="utf-8", remove_comments=True, remove_pis=True, **options
    )
    return _markup(text, parser, file)


def read_html(data: bytes, *, file: str) -> Markup:
    """Read a file of HTML, well-formed or not, as browsers do.

    Raises
    ------
    GroundTruthError
        It holds no element, is in an unknown character set, has a document type with declarations, or is too large,
        too deep or too full.
    """
    text = _text(data, file)
    options = {"no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}
    return _markup(text, etree.HTMLPullParser(events=("start", "end"), encoding="utf-8", **options), file)


def starts_with(data: bytes, name: str) -> bool:
    """Whether a file is mark-up whose first element, after comments and the like, has that local name."""
    opening = _opening(data)
    found = _FIRST_ELEMENT.match(opening)
    return found is not None and found[1].lower() == name.lower()


def _opening(data: bytes) -> str:
    """Return the beginning of a file without byte order mark, as far as its letters are ASCII."""
    return data[:20_000].replace(b"\0", b"").decode("ascii", "ignore").lstrip()


def is_xml(data: bytes) -> bool:
    """Whether a file declares itself to be XML, by its first line or by the name space of its root."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or b"xmlns=" in data[:1000]


# Text


def _text(data: bytes, file: str) -> str:
    """Decode a file, and refuse what no reader should see."""
    if len(data) > MAX_BYTES:
        raise GroundTruthError(f"{file}: {len(data)} bytes are more than {MAX_BYTES}. Part the file, a page each.")
    name, mark = _character_set(data, file)
    try:
        text = data[len(mark) :].decode(name).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GroundTruthError(
            f"{file}: line {line}, byte {error.start}: not {name} ({error.reason}). Save the file as UTF-8."
        ) from error
    start = text.find("<!DOCTYPE")
    if start >= 0 and _DOCUMENT_TYPE.match(text, start):
        raise GroundTruthError(
            f"{file}: {_place(text, start)}: a document type with declarations of its own, which could expand without "
            "end. Take the declarations between [ and ] out."
        )
    return text


def _character_set(data: bytes, file: str) -> tuple[str, bytes]:
    """Return the codec of a file and its byte order mark: by the mark, by the declaration, else UTF-8."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, b"" if b"<" in mark else mark
    declared = _DECLARED.search(data[:2000])
    if not declared:
        return "utf-8", b""
    wanted = (declared[1] or declared[2]).decode("ascii", "replace")
    if wanted.lower().startswith(("utf-16", "utf-32", "ucs-2")):
        # Without a mark and zero bytes it is not what it says: some programs declare what their strings are in memory.
        return "utf-8", b""
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        name = ""
    if not _CHARACTER_SETS.fullmatch(name):
        raise GroundTruthError(f'{file}: line 1: unknown character set "{wanted}". Save the file as UTF-8.')
    return name, b""


def _place(text: str, at: int) -> str:
    """Return ``line 3, column 5`` for an offset."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


# Elements


def _markup(text: str, parser: "etree.XMLPullParser", file: str) -> Markup:
    """Parse a file's text with limits, and turn the result into values."""
    encoded = text.encode()
    count = depth = 0
    try:
        for start in range(0, len(encoded), _CHUNK):
            parser.feed(encoded[start : start + _CHUNK])
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                count += event == "start"
                if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                    raise GroundTruthError(
                        f"{file}: line {element.sourceline}: more than {MAX_DEPTH} elements inside one another, or "
                        f"{MAX_ELEMENTS} in all. Is this a page? Part the file."
                    )
        root = parser.close()
    except etree.LxmlError as error:
        raise _malformed(parser, file) from error
    if root is None:
        raise _malformed(parser, file)
    lines = tuple(line.rstrip(" \t") for line in text.split("\n"))
    return Markup(file=file, lines=lines, root=_node(root))


def _malformed(parser: "etree.XMLPullParser", file: str) -> GroundTruthError:
    """Return the error about a file that cannot be parsed: the first thing that the parser met."""
    first = next(iter(parser.feed_error_log), None)
    place = f"line {max(first.line, 1)}, column {max(first.column, 1)}" if first else "line 1, column 1"
    reason = first.message.strip() if first else "no element in it"
    return GroundTruthError(f"{file}: {place}: not well-formed ({reason}). Mend the file, or export it again.")


def _node(element: "etree._Element") -> Node:
    """Turn an element into a value; comments and the like leave their tails."""
    content: list[str | Node] = [element.text] if element.text else []
    line = element.sourceline or 1
    last_line = line
    for child in element:
        if isinstance(child.tag, str):
            node = _node(child)
            content.append(node)
            last_line = max(last_line, node.last_line)
        elif child.tag is etree.Entity:
            # Its declaration is in a document type that was not fetched; those of HTML are known.
            content.append(unescape(child.text))
        if child.tail:
            content.append(child.tail)
    # Not etree.QName, which refuses names that HTML allows.
    space, _, name = element.tag.rpartition("}")
    return Node(
        name=name,
        space=space.removeprefix("{"),
        attributes={key.rpartition("}")[2]: value for key, value in reversed(element.items())},
        content=tuple(content),
        line=line,
        last_line=last_line,
    )
