"""What a file is, judged by its first bytes: a name can lie, and people send what they have."""

from pathlib import Path
from typing import Literal

from scanfix.errors import ScanError

Family = Literal["pdf", "raster"]

# PDF readers look for the header in the first 1024 bytes: scanners and mail gateways put junk before it.
_HEAD = 1024

# Magic bytes of the formats that the readers open, at the start of the file.
_RASTERS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"II+\0", "a BigTIFF image"),
    (b"MM\0+", "a BigTIFF image"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 image"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    *((b"P%d" % number, "a PNM image") for number in range(1, 7)),
)

# What else arrives in a folder of scans, so that a message can say it.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)


def judge(path: Path) -> Family:
    """Tell which reader can open a file.

    Raises
    ------
    ScanError
        None can: the file is empty, cannot be read, or is something else; the message says what it looks like.
    """
    head = _read_head(path)
    if b"%PDF-" in head:
        return "pdf"
    if _is_raster(head):
        return "raster"
    looks = describe(head)
    raise ScanError(
        f"{path}: looks like {looks}, not like a scan. Hand in a PDF or an image (TIFF, JPEG, PNG, JPEG 2000)."
    )


def describe(head: bytes) -> str:
    """Say what the first bytes of a file look like."""
    if not head:
        return "an empty file"
    for magic, name in (*_RASTERS, *_OTHERS):
        if head.startswith(magic):
            return name
    if not head.strip(b"\0"):
        return "a run of zero bytes, as a failed copy leaves"
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif", b"ftypheix"}:
        return "a HEIF image"
    return "plain text" if _is_text(head) else "unknown data"


def _read_head(path: Path) -> bytes:
    """Read the first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise ScanError(f"{path}: cannot be read ({error.strerror}). Check the file and its permissions.") from error


def _is_raster(head: bytes) -> bool:
    """Tell whether Pillow's readers know the magic."""
    return head.startswith(tuple(magic for magic, _ in _RASTERS)) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are printable text in UTF-8 or Latin-1."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    return controls == 0
