"""Names of scans that are safe as folder names and never shared by two scans of a batch."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scanfix.files import digest_of

# ext4, APFS and NTFS allow 255 bytes or units for a name; the rest is left for suffixes of exports.
_MAX_BYTES = 200
_DIGITS = 10

# Separators of folders, and what Windows and shells refuse or expand.
_UNSAFE = frozenset('/\\:*?"<>|')
# Control, format (bidi, zero width), surrogate, unassigned, private, line and paragraph separators.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """Turn a file's name into one that is safe as a folder name everywhere.

    Unsafe characters become ``_``; a leading dot or dash too (hidden files, options of programs); what is longer
    than 200 bytes is cut and gets a digest of the whole.
    """
    composed = unicodedata.normalize("NFC", name)
    plain = "".join("_" if _is_unsafe(character) else character for character in composed).strip().rstrip(". ")
    if plain.startswith((".", "-")):
        plain = f"_{plain[1:]}"
    return _cut(plain or "scan")


def tell_apart(paths: Sequence[Path]) -> tuple[str, ...]:
    """Give each scan an id of its own.

    The id is the stem of a file or the name of a folder. Where two would be the same (also where only case or Unicode
    form differs), **all** of them get a longer one, so that no id silently changes its document when a file is added:
    first the suffix (``a-pdf``, ``a-tif``), then a digest of the file's name and its folder's, then one of its path.
    The result depends on the set of paths only, not on their order.
    """
    levels = [0] * len(paths)
    while True:
        ids = tuple(_LEVELS[level](path) for level, path in zip(levels, paths, strict=True))
        counts = Counter(identifier.casefold() for identifier in ids)
        clashing = [index for index, identifier in enumerate(ids) if counts[identifier.casefold()] > 1]
        raisable = [index for index in clashing if levels[index] < len(_LEVELS) - 1]
        if not raisable:
            return ids
        for index in raisable:
            levels[index] += 1


def _plain(path: Path) -> str:
    """Return ``a`` of ``a.pdf``; the whole name of a folder."""
    return safe_name(path.name if path.is_dir() else path.stem)


def _with_suffix(path: Path) -> str:
    """Return ``a-pdf`` of ``a.pdf``."""
    suffix = "folder" if path.is_dir() else path.suffix[1:].lower()
    return _cut(f"{_plain(path)}-{suffix}")


def _with_name_digest(path: Path) -> str:
    """Return ``a-pdf-0123456789``: it stays the same when the collection moves to another place."""
    return _with_digest(path, f"{path.parent.name}/{path.name}")


def _with_path_digest(path: Path) -> str:
    """As above, from the whole path: the last resort."""
    return _with_digest(path, str(path))


_LEVELS = (_plain, _with_suffix, _with_name_digest, _with_path_digest)


def _with_digest(path: Path, name: str) -> str:
    """Add a digest of ``name``."""
    return _cut(f"{_with_suffix(path)}-{_short_digest(name)}")


def _cut(name: str) -> str:
    """Cut a name to the limit, between two characters, and add a digest of the whole."""
    if len(name.encode()) <= _MAX_BYTES:
        return name
    room = _MAX_BYTES - _DIGITS - 1
    return f"{name.encode()[:room].decode(errors='ignore')}-{_short_digest(name)}"


def _short_digest(name: str) -> str:
    """Return a short digest; names that are no Unicode (bytes of an old file system) have one too."""
    return digest_of(name.encode(errors="surrogateescape"))[:_DIGITS]


def _is_unsafe(character: str) -> bool:
    """Tell whether a character may not stand in a folder name."""
    return character in _UNSAFE or unicodedata.category(character) in _UNSAFE_CATEGORIES
