"""Transcriptions from elsewhere, brought into the notation: ``read`` finds out the format, ``FORMATS`` lists them."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from scanfix.errors import GroundTruthError
from scanfix.families import Family
from scanfix.truth.importers import alto, hocr, page_xml
from scanfix.truth.importers.markdown import read_markdown
from scanfix.truth.importers.plain import is_plain, read_plain
from scanfix.truth.importers.regions import Layout
from scanfix.truth.importers.report import Imported, Reader

MOST_BYTES = 50_000_000
# What these hold is mark-up; if no format knows it, it is no text either.
_MARKUP_SUFFIXES = frozenset({".xml", ".hocr", ".html", ".htm"})
_MARKUP_STARTS = (b"<?xml", b"<!doctype", b"<html")
_START = 200
_PLAIN_SUFFIX = ".txt"
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_FORM_FEED = "\f"
# What every page begins with that scanfix writes.
_IN_NOTATION = re.compile(r"\ufeff?---\r?\nscan: ")


class LayoutReader(Protocol):
    """Reads a format of mark-up with the places of its blocks."""

    def __call__(self, data: bytes, *, file: str, scan_id: str) -> Layout:
        """Read a source."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name, how its content is recognised, who reads it."""

    name: str
    sniff: Callable[[bytes], bool]
    reader: Reader


def read(
    data: bytes, *, file: str, scan_id: str, profile: str | None = None, families: Sequence[Family] = ()
) -> Imported:
    """Read a transcription of any known format.

    Parameters
    ----------
    data
        The file's content.
    file
        Its name, for messages and for its suffix.
    scan_id
        The scan it transcribes.
    profile
        Name or path of the profile that tells what ambiguous signs mean; ``None`` for the one the source declares.
    families
        Known stamps.

    Raises
    ------
    GroundTruthError
        The file is too large, of an unknown format, or malformed.
    SettingsError
        There is no such profile.
    """
    if len(data) > MOST_BYTES:
        raise GroundTruthError(f"{file}: {len(data)} bytes; at most {MOST_BYTES} are read. Part the file.")
    found = next((one for one in FORMATS if one.sniff(data)), None)
    if found is None or (found.reader is _read_text and _is_markup(data, file)):
        names = ", ".join(one.name for one in FORMATS)
        raise GroundTruthError(f"{file}: none of the known formats ({names}). Convert it to one of them.")
    return found.reader(data, file=file, scan_id=scan_id, profile=profile, families=families)


def import_text(
    text: str, *, file: str, scan_id: str, profile: str | None = None, families: Sequence[Family] = ()
) -> Imported:
    """Read a transcription in Markdown or plain text, whichever its suffix and its signs say.

    Parameters
    ----------
    text, file, scan_id, profile, families
        As for ``read``. A profile that is asked for makes the text Markdown.

    Raises
    ------
    GroundTruthError
        The text holds control characters, or signs nested beyond reason; or it is in the notation already.
    SettingsError
        There is no such profile.
    """
    if _IN_NOTATION.match(text):
        raise GroundTruthError(f"{file}: line 1: is in the notation already. Copy it as it is, as .md.")
    suffix = PurePath(file).suffix.lower()
    is_said = suffix == _PLAIN_SUFFIX and _FORM_FEED in text
    if profile is None and suffix not in _MARKDOWN_SUFFIXES and (is_said or is_plain(text)):
        return read_plain(text, file=file, scan_id=scan_id, families=families)
    return read_markdown(text, file=file, scan_id=scan_id, profile=profile, families=families)


def _is_markup(data: bytes, file: str) -> bool:
    """Whether a file's name or its first words say that it is XML or HTML."""
    start = data[:_START].removeprefix(BOM_UTF8).lstrip().lower()
    return PurePath(file).suffix.lower() in _MARKUP_SUFFIXES or start.startswith(_MARKUP_STARTS)


def _read_text(data: bytes, *, file: str, scan_id: str, profile: str | None, families: Sequence[Family]) -> Imported:
    """Read Markdown or plain text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GroundTruthError(
            f"{file}: line {line}: byte {error.start} is not UTF-8. Save the file as UTF-8."
        ) from error
    return import_text(text, file=file, scan_id=scan_id, profile=profile, families=families)


def _of_layout(read_layout: LayoutReader) -> Reader:
    """Make a reader of one that also gives places; mark-up has one meaning, whatever profile or stamps say."""

    def read_markup(
        data: bytes, *, file: str, scan_id: str, profile: str | None, families: Sequence[Family]
    ) -> Imported:
        del profile, families
        return read_layout(data, file=file, scan_id=scan_id).imported

    return read_markup


# The first whose sniff says yes reads the file; Markdown and plain text take what is left.
FORMATS: tuple[Format, ...] = (
    Format(name="ALTO", sniff=alto.sniff, reader=_of_layout(alto.read_layout)),
    Format(name="PAGE XML", sniff=page_xml.sniff, reader=_of_layout(page_xml.read_layout)),
    Format(name="hOCR", sniff=hocr.sniff, reader=_of_layout(hocr.read_layout)),
    Format(name="Markdown or plain text", sniff=lambda _: True, reader=_read_text),
)
