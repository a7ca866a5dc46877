"""The citation block with which the Wilson Center's Digital Archive begins its transcriptions, as front matter."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanfix.model.transcript import Attributes
from scanfix.truth.importers.journal import Journal
from scanfix.truth.importers.markdown_chunks import Chunk, bare

_LABELS: Mapping[str, str] = {
    "citation": "citation",
    "contents": "contents",
    "original language": "original_language",
    "source": "source",
    "summary": "summary",
}
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
_BULLET = re.compile(r"[-*+•][ \t]+")
_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)", re.DOTALL)
# A block that stands further down is part of the document.
_LATEST_START = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """The label of a part of the block, and what follows it in the same chunk."""

    name: str
    rest: str


def take_citation(chunks: Sequence[Chunk], journal: Journal) -> tuple[Attributes, tuple[Chunk, ...]]:
    """Return the block as front matter, and the chunks that are the document.

    The bold lines before ``**Citation:**`` are the document's date and title. Each label takes the chunks up to the
    next, the last one a single chunk, or the list that it begins.
    """
    labels = [(index, label) for index, chunk in enumerate(chunks) if (label := _label(chunk)) is not None]
    names = [label.name for _, label in labels]
    if "citation" not in names or labels[0][0] > _LATEST_START or not _is_bold(chunks[: labels[0][0]]):
        return (), tuple(chunks)
    rows: dict[str, str] = _titles(chunks[: labels[0][0]])
    end = 0
    for number, (index, label) in enumerate(labels):
        end = labels[number + 1][0] if number + 1 < len(labels) else _list_end(chunks, index, label)
        _put(rows, label, chunks[index + 1 : end])
    for chunk in chunks[:end]:
        _note(chunk, journal)
    _add_languages(rows, chunks[0], journal)
    return tuple(rows.items()), tuple(chunks[end:])


def _label(chunk: Chunk) -> _Label | None:
    """Return the label with which a chunk begins: ``**Citation:**``."""
    found = _BOLD.match(chunk.text)
    name = found[1].strip().removesuffix(":").strip().casefold() if found else ""
    rest = chunk.text[found.end() :].strip() if found else ""
    is_label = found is not None and (":" in found[1] or rest.startswith(":"))
    return _Label(name=_LABELS[name], rest=rest.removeprefix(":").strip()) if is_label and name in _LABELS else None


def _is_bold(chunks: Sequence[Chunk]) -> bool:
    """Whether chunks hold nothing but bold text and headings."""
    return all(chunk.kind == "heading" or not _BOLD.sub("", chunk.text).strip() for chunk in chunks)


def _titles(chunks: Sequence[Chunk]) -> dict[str, str]:
    """Return the date and the title, which stand in bold before the first label."""
    texts = (text for chunk in chunks for text in (_BOLD.findall(chunk.text) or [bare(chunk.text)]))
    bold = [flat for text in texts if (flat := _flat(text))]
    if len(bold) > 1 and any(sign.isdecimal() for sign in bold[0]):
        return {"date": bold[0], "title": " ".join(bold[1:])}
    return {"title": " ".join(bold)} if bold else {}


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


def _note(chunk: Chunk, journal: Journal) -> None:
    """Note what became front matter: labels are mark-up, what they say stands in a row."""
    label = _label(chunk)
    for line in chunk.lines:
        if label and line is chunk.lines[0]:
            found = _BOLD.match(chunk.text)
            journal.markup(line, "citation-block", found[0] if found else "", "label of a row of the front matter")
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
