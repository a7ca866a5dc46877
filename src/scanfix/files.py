"""Atomic files and digests, for everything that writes.

A file is written under a temporary name in its own folder, flushed to the disk, and renamed: a reader sees the old
content or the new, never half of one, also after a power cut.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from scanfix.errors import GroundTruthError, ScanfixError, StoreError


def digest(path: Path) -> str:
    """Return the sha256 of a file as 64 hexadecimal digits.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def digest_of(content: bytes) -> str:
    """Return the sha256 of ``content`` as 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a file is still the one that was written with this digest.

    Raises
    ------
    OSError
        The file is there and cannot be read.
    """
    return path.is_file() and digest(path) == sha256


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; move it there when the block ends well, remove it otherwise.

    Raises
    ------
    StoreError
        The folder or the file cannot be written.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".tmp-", suffix=path.suffix, delete=False) as file:
            temporary = Path(file.name)
        yield temporary
        _flush(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror or error}). "
            f"Free disk space or choose another folder with --out."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def read_text(path: Path, *, blame: type[ScanfixError], advice: str = "") -> str:
    """Read a UTF-8 file.

    Parameters
    ----------
    path
        The file.
    blame
        What is raised where it cannot be read.
    advice
        What to do then.

    Raises
    ------
    ScanfixError
        Of the class ``blame``: the file is missing, closed to us, or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise blame(f"{path}: cannot be read, it is not UTF-8 ({error}). {advice or 'Save it as UTF-8.'}") from error
    except OSError as error:
        raise blame(f"{path}: cannot be read ({error.strerror}). {advice}".rstrip()) from error


def parse_json(text: str, *, file: str, advice: str) -> object:
    """Read JSON of the ground truth; a byte order mark before it is passed over.

    Raises
    ------
    GroundTruthError
        It is no JSON, or nests deeper or has longer numbers than can be read.
    """
    try:
        tree: object = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise GroundTruthError(f"{file}: {where}: no valid JSON ({error.msg}). {advice}") from error
    except (ValueError, RecursionError) as error:
        raise GroundTruthError(f"{file}: no usable JSON ({error}). {advice}") from error
    return tree


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file atomically.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Write a UTF-8 file atomically.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    write_bytes(path, content.encode())


def remove(paths: Iterable[Path]) -> None:
    """Remove files, those that are there.

    Raises
    ------
    StoreError
        A file cannot be removed.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be removed ({error.strerror or error}). Remove it, or choose another folder."
            ) from error


def _flush(path: Path) -> None:
    """Force a file's content or a folder's names to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """Return the process's file mode mask (the only way to read it is to set it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
