"""A Markdown file cut into what stands between empty lines, and finer where one such run holds several things."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scanfix.truth.importers.journal import Journal
from scanfix.truth.markings import is_wording
from scanfix.truth.source import BLANK, FileLine

ChunkKind = Literal["text", "heading", "rule", "break", "marking"]

# No typed line is longer: a file that holds such lines has one paragraph a line.
_LONGEST_LINE = 120
# A page's number between dashes, which is no item of a list.
DASHED_NUMBER = re.compile(r"[-–—]\s*[0-9]{1,4}\s*[-–—]")
_PAGE_COMMENT = re.compile(r"<!--\s*page\s+(?P<number>[0-9]{1,6})\b[^>]*-->", re.IGNORECASE)
_HEADING = re.compile(r"(?P<signs>#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"-{3,}")
_QUOTED = re.compile(r">[ \t]?")
_ITEM = re.compile(r"(?:[-*+•]|[0-9]{1,3}[.)]|[a-z][.)])[ \t]")
_FIRST_ITEM = re.compile(r"(?:[-*+•]|1[.)])[ \t]")
_BULLET_BEFORE_LABEL = re.compile(r"[-*+•][ \t]+(?=(?:[0-9]{1,3}|[a-z]{1,2}|[A-Z])[.)][ \t])")
_OMISSION = re.compile(r"\[[ \t]*(?:…|\.(?:[ \t]?\.){2,})[ \t]*\]")
_LABEL = re.compile(
    r"(?P<stars>(?:\\\*){1,6})[ \t]*(?=[^\s*\\])"
    r"|<sup>\s*(?P<raised>[^<>\[\]\s]{1,6})\s*</sup>[ \t]*"
    r"|\[\^(?P<pandoc>[^\[\]\s]{1,20})\]:[ \t]*"
    r"|\[(?P<figure>[0-9]{1,3})\][ \t]+",
    re.IGNORECASE,
)
_WRAPPINGS = ("~~", "**", "__", "*", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Lines that belong together; a heading has its level, a break the number of the page it begins, if it says so."""

    kind: ChunkKind
    lines: tuple[FileLine, ...]
    level: int = 0
    page: int | None = None

    @property
    def text(self) -> str:
        """The lines, joined by line breaks."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The sign with which a note begins, and how many characters it takes."""

    sign: str
    length: int


def cut(lines: Sequence[FileLine], journal: Journal) -> tuple[Chunk, ...]:
    """Cut a Markdown file into chunks."""
    chunks: list[Chunk] = []
    run: list[FileLine] = []
    for line in lines:
        alone = _alone(line, journal)
        if alone or line.is_blank:
            chunks += _parted(run, journal)
            chunks += [alone] if alone else []
            run = []
        else:
            run.append(line)
    return (*chunks, *_parted(run, journal))


def plain_runs(lines: Sequence[FileLine]) -> tuple[Chunk, ...]:
    """Cut a plain text at empty lines, form feeds, and around lines that are markings."""
    chunks: list[Chunk] = []
    run: list[FileLine] = []
    for line in [*lines, FileLine(number=0, column=1, text="")]:
        if line.text == "\f" or line.is_blank:
            chunks += _with_markings(run)
            chunks += [Chunk(kind="break", lines=(line,))] if line.text == "\f" else []
            run = []
        else:
            run.append(line)
    return tuple(chunks)


def label_of(text: str) -> Label | None:
    r"""Return the sign of the note that begins here: ``\*``, ``<sup>1</sup>``, ``[^1]:``, ``[1]``."""
    found = _LABEL.match(text)
    if found is None:
        return None
    sign = "*" * (len(found["stars"]) // 2) if found["stars"] else found["raised"] or found["pandoc"] or found["figure"]
    return Label(sign=sign, length=found.end())


def bare(text: str) -> str:
    """Return a line without strokes, stars and low lines around all of it."""
    for sign in _WRAPPINGS:
        inner = text.removeprefix(sign).removesuffix(sign)
        if len(inner) == len(text) - 2 * len(sign) and sign not in inner:
            return bare(inner.strip(BLANK))
    return text


def _alone(line: FileLine, journal: Journal) -> Chunk | None:
    """Return the chunk that a line is by itself: a page break, a rule, a heading."""
    page = _PAGE_COMMENT.fullmatch(line.text)
    if page:
        journal.markup(line, "tag", line.text, "page break")
        return Chunk(kind="break", lines=(line,), page=int(page["number"]))
    if line.text == "\f":
        return Chunk(kind="break", lines=(line,))
    if _RULE.fullmatch(line.text):
        return Chunk(kind="rule", lines=(line,))
    heading = _HEADING.match(line.text)
    if heading is None:
        return None
    level = len(heading["signs"])
    journal.decided(line, "heading", line.text, f"heading of level {level}")
    return _heading(line.cut(heading.end()), level)


def _heading(line: FileLine, level: int) -> Chunk:
    """Return a heading without its signs, which may stand at its end too."""
    bare_text = line.text.rstrip("#")
    text = bare_text.rstrip(BLANK) if bare_text[-1:] in (" ", "\t") else line.text
    rest = FileLine(number=line.number, column=line.column, text=text)
    kind: ChunkKind = "marking" if is_wording(bare(rest.text)) else "heading"
    return Chunk(kind=kind, lines=(rest,), level=level)


def _parted(run: list[FileLine], journal: Journal) -> Iterator[Chunk]:
    """Part a run of lines where one of them begins something of its own."""
    lines = [_unquoted(line, journal) for line in run]
    parts: list[list[FileLine]] = []
    for line in lines:
        if parts and not _begins(parts[-1], line, journal):
            parts[-1].append(line)
        else:
            parts.append([line])
    for part in parts:
        part[0] = _unbulleted(part[0], journal)
        yield from _with_markings(part)


def _begins(part: Sequence[FileLine], line: FileLine, journal: Journal) -> bool:
    """Whether a line begins a chunk of its own after these lines of the same run."""
    before = part[-1].text
    if max(len(before), len(line.text)) > _LONGEST_LINE:
        journal.decided(line, "line-is-paragraph", line.text, "lines this long are paragraphs")
        return True
    is_item = _FIRST_ITEM.match(line.text) or (_ITEM.match(line.text) and _ITEM.match(part[0].text))
    if is_item:
        journal.decided(line, "list-item", line.text, "an item is a paragraph; its sign is text")
        return True
    return bool(_OMISSION.fullmatch(line.text) or _OMISSION.fullmatch(before) or label_of(line.text))


def _unquoted(line: FileLine, journal: Journal) -> FileLine:
    """Take the sign of a quotation off a line."""
    found = _QUOTED.match(line.text)
    if not found:
        return line
    journal.dropped(line, "quotation", found[0], "sign of a quotation")
    return line.cut(found.end())


def _unbulleted(line: FileLine, journal: Journal) -> FileLine:
    """Take off the bullet that Markdown put before a printed label; any other is a printed dash."""
    found = _BULLET_BEFORE_LABEL.match(line.text)
    if found:
        journal.dropped(line, "list-item", found[0], "a bullet before a printed label")
        return line.cut(found.end())
    if _ITEM.match(line.text) and not DASHED_NUMBER.fullmatch(line.text):
        journal.decided(line, "list-item", line.text.split()[0], "printed; numbers and dashes are text")
    return line


def _with_markings(part: Sequence[FileLine]) -> Iterator[Chunk]:
    """Give the markings at both ends of a run, and what stands between them.

    Two lines of different wording are one marking; the same line twice is two.
    """
    start, end = 0, len(part)
    while start < end and is_wording(bare(part[start].text)):
        start += 1
    while end > start and is_wording(bare(part[end - 1].text)):
        end -= 1
    yield from _markings(part[:start])
    if start < end:
        yield Chunk(kind="text", lines=tuple(part[start:end]))
    yield from _markings(part[end:])


def _markings(lines: Sequence[FileLine]) -> Iterator[Chunk]:
    """Give markings; a wording that was said already begins the next."""
    group: list[FileLine] = []
    for line in lines:
        if bare(line.text) in [bare(one.text) for one in group]:
            yield Chunk(kind="marking", lines=tuple(group))
            group = []
        group.append(line)
    if group:
        yield Chunk(kind="marking", lines=tuple(group))
