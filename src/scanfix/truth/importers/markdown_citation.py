"""What stands above a document, as front matter: the Wilson Center's citation block, the rows of other tools."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scanfix.model.transcript import Attributes
from scanfix.truth.importers.journal import Journal
from scanfix.truth.importers.markdown_chunks import Chunk, bare

_LABELS: Mapping[str, str] = {
    "citation": "citation",
    "contents": "contents",
    "credits": "credits",
    "original archive": "original_archive",
    "original language": "original_language",
    "original uploaded date": "original_uploaded_date",
    "record id": "record_id",
    "rights": "rights",
    "source": "source",
    "summary": "summary",
}
# Documents have these labels too: they belong to the block only where they stand above its citation.
_HEAD_LABELS: Mapping[str, str] = {"date": "date", "title": "title"}
# Tesseract's codes.
_LANGUAGES: Mapping[str, str] = {
    "bulgarian": "bul",
    "chinese": "chi_sim",
    "czech": "ces",
    "english": "eng",
    "french": "fra",
    "german": "deu",
    "hungarian": "hun",
    "italian": "ita",
    "japanese": "jpn",
    "korean": "kor",
    "polish": "pol",
    "romanian": "ron",
    "russian": "rus",
    "spanish": "spa",
    "ukrainian": "ukr",
}
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TRANSLATION = re.compile(r"\b([A-Z][a-z]+) Translation\b")
_ROW = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]{0,30}):[ \t]+(?P<value>[^\s|>\[{&*!].*)")
_OWN_ROWS = frozenset({"scan", "page", "languages", "production", "transcribed_by"})
_BULLET = re.compile(r"[-*+•][ \t]+")
_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)", re.DOTALL)
_PLAIN_LABEL = re.compile(r"([A-Z][A-Za-z]+(?: [A-Za-z]+){0,2}:)(?=[ \t\n]|$)")
# A block that stands further down is part of the document, and so is a label far below the last.
_LATEST_START = 6
_WIDEST_PART = 6
_TITLE_LINE = 120
_YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
_LONGEST_DATE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """The label of a part of the block, its sign in the source, and what follows it in the same chunk."""

    name: str
    sign: str
    rest: str
    is_bold: bool


def take_citation(chunks: Sequence[Chunk], journal: Journal) -> tuple[Attributes, tuple[Chunk, ...]]:
    """Return the block as front matter, and the chunks that are the document.

    The bold lines before ``**Citation:**`` are the document's date and title. Each label takes the chunks up to the
    next, the last one a single chunk, or the list that it begins. Labels that are not bold make a block only where
    there are several.
    """
    whole, chunks = chunks, _parted(chunks)
    labels = _block(chunks)
    if not labels or not _is_title(chunks[: labels[0][0]], labels):
        return (), tuple(whole)
    rows: dict[str, str] = _titles(chunks[: labels[0][0]])
    end = 0
    for number, (index, label) in enumerate(labels):
        end = labels[number + 1][0] if number + 1 < len(labels) else _list_end(chunks, index, label)
        _put(rows, label, chunks[index + 1 : end])
    signs = {index: label.sign for index, label in labels}
    for index, chunk in enumerate(chunks[:end]):
        _note(chunk, signs.get(index), journal)
    _add_languages(rows, chunks[0], journal)
    return tuple(rows.items()), tuple(chunks[end:])


def take_rows(chunks: Sequence[Chunk], journal: Journal) -> tuple[Attributes, tuple[Chunk, ...]]:
    """Return the front matter that Pandoc and others write, and the chunks after it.

    Only rows of a name and a value are taken, whole or not at all; names that the notation has for itself get a word
    before them.
    """
    kinds = [chunk.kind for chunk in chunks[:3]]
    found = [_ROW.fullmatch(line.text) for line in chunks[1].lines] if kinds == ["rule", "text", "rule"] else []
    names = [_row_name(row["name"]) for row in found if row]
    if not names or len(set(names)) < len(found):
        return (), tuple(chunks)
    for rule in (chunks[0], chunks[2]):
        journal.dropped(rule.lines[0], "rule", rule.text, "edge of the front matter")
    for line, row, name in zip(chunks[1].lines, found, names, strict=True):
        journal.markup(line, "citation-block", row["name"] if row else "", f"front matter: {name}")
    return tuple((name, _flat(row["value"])) for name, row in zip(names, found, strict=True) if row), tuple(chunks[3:])


def _row_name(name: str) -> str:
    """Return the name of a row of the notation's front matter."""
    plain = name.casefold().replace("-", "_")
    return f"source_{plain}" if plain in _OWN_ROWS else plain


def _parted(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Part the chunk that holds the citation, if one does, before each of its lines that begin with a label."""
    for at, chunk in enumerate(chunks[: _LATEST_START + 1]):
        found = [_label(Chunk(kind=chunk.kind, lines=(line,))) for line in chunk.lines]
        if any(label and label.name == "citation" for label in found):
            starts = [0, *(index for index, label in enumerate(found) if label and index)]
            cuts = [
                replace(chunk, lines=chunk.lines[start:end]) for start, end in pairwise((*starts, len(chunk.lines)))
            ]
            return (*chunks[:at], *cuts, *chunks[at + 1 :])
    return chunks


def _block(chunks: Sequence[Chunk]) -> list[tuple[int, _Label]]:
    """Return the labels of the block with their places; none where nothing is cited near the start."""
    labels: list[tuple[int, _Label]] = []
    start = 0
    for index, chunk in enumerate(chunks):
        names = {label.name for _, label in labels}
        far = _WIDEST_PART if labels else _LATEST_START
        if index - start > far or (labels and chunk.kind not in ("text", "heading")):
            break
        label = _label(chunk)
        if label is None or (label.name in _HEAD_LABELS.values() and "citation" in names):
            continue
        if label.name in names:
            break
        labels.append((index, label))
        start = index
    return labels if any(label.name == "citation" for _, label in labels) else []


def _label(chunk: Chunk) -> _Label | None:
    """Return the label with which a chunk begins: ``**Citation:**``, ``Citation:``."""
    bold = _BOLD.match(chunk.text)
    found = bold or _PLAIN_LABEL.match(chunk.text)
    if found is None:
        return None
    name = found[1].strip().removesuffix(":").strip().casefold()
    rest = chunk.text[found.end() :].strip()
    row = _LABELS.get(name) or _HEAD_LABELS.get(name)
    if row is None or not (":" in found[1] or rest.startswith(":")):
        return None
    return _Label(name=row, sign=found[0], rest=rest.removeprefix(":").strip(), is_bold=bold is not None)


def _is_title(chunks: Sequence[Chunk], labels: Sequence[tuple[int, _Label]]) -> bool:
    """Whether what stands above the first label is bold or a heading; short lines will do above several labels."""
    if all(chunk.kind == "heading" or not _BOLD.sub("", chunk.text).strip() for chunk in chunks):
        return labels[0][1].is_bold or len(labels) > 1
    is_short = all(len(line.text) <= _TITLE_LINE for chunk in chunks for line in chunk.lines)
    is_text = all(chunk.kind in ("text", "heading") for chunk in chunks)
    return is_short and is_text and len(labels) > 1 and not labels[0][1].is_bold


def _titles(chunks: Sequence[Chunk]) -> dict[str, str]:
    """Return the date and the title, which stand before the first label, in bold or line by line."""
    texts = (text for chunk in chunks for text in (_BOLD.findall(chunk.text) or bare(chunk.text).split("\n")))
    titles = [flat for text in texts if (flat := _flat(text))]
    date = next((text for text in titles if _YEAR.search(text) and len(text.split()) <= _LONGEST_DATE), None)
    if date is None or len(titles) == 1:
        return {"title": " ".join(titles)} if titles else {}
    titles.remove(date)
    return {"date": date, "title": " ".join(titles)}


def _list_end(chunks: Sequence[Chunk], index: int, label: _Label) -> int:
    """Return where the last part of the block ends."""
    end = index + 1
    if label.rest or end >= len(chunks):
        return end
    is_list = bool(_BULLET.match(chunks[end].text))
    end += 1
    while is_list and end < len(chunks) and _BULLET.match(chunks[end].text):
        end += 1
    return end


def _put(rows: dict[str, str], label: _Label, chunks: Sequence[Chunk]) -> None:
    """Add a part of the block to the front matter; its address is the source."""
    text = "\n".join((label.rest, *(chunk.text for chunk in chunks)))
    address = _ADDRESS.search(text)
    if address and label.name == "citation":
        _join(rows, "source", address[1])
        text = text.replace(address[0], " ")
    lines = [_BULLET.sub("", line, count=1) if label.name == "contents" else line for line in text.split("\n")]
    _join(rows, label.name, "; ".join(filter(None, map(_flat, lines))) if label.name == "contents" else _flat(text))


def _join(rows: dict[str, str], name: str, value: str) -> None:
    """Add a value to a row."""
    if value:
        rows[name] = f"{rows[name]}; {value}" if name in rows else value


def _note(chunk: Chunk, sign: str | None, journal: Journal) -> None:
    """Note what became front matter: labels are mark-up, what they say stands in a row."""
    for line in chunk.lines:
        if sign and line is chunk.lines[0]:
            journal.markup(line, "citation-block", sign, "label of a row of the front matter")
        else:
            journal.decided(line, "front-matter", line.text, "front matter")


def _add_languages(rows: dict[str, str], chunk: Chunk, journal: Journal) -> None:
    """Add the language of the text: of its translation, where the contents name one."""
    translation = _TRANSLATION.search(rows.get("contents", ""))
    name = translation[1] if translation else rows.get("original_language", "")
    code = _LANGUAGES.get(name.casefold())
    if code:
        rows["languages"] = f"[{code}]"
        journal.decided(chunk.lines[0], "front-matter", name, f"languages: [{code}]")


def _flat(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())
