"""``once``: the kept value when its provenance is the wanted one, else made now and kept atomically.

One JSON file a value, beside the images that the value names. A value is trusted only when its own digest and the
digests of its images still fit; a damaged one is made again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from scanfix import files
from scanfix.errors import StoreError
from scanfix.model.page import ImageFile
from scanfix.model.provenance import Provenance
from scanfix.settings import canonical

T = TypeVar("T")

_SCHEMA = "scanfix.store/1"
# Stands for the store's own folder in paths on disk, so that a finished folder can be moved.
_HERE = "store:"


def _no_images(_: object) -> tuple[ImageFile, ...]:
    """Name no images."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """A kind of value: its file name, its type, and the images of the store that it names."""

    name: str
    adapter: TypeAdapter[T]
    images: Callable[[T], tuple[ImageFile, ...]] = _no_images


class Store:
    """Values and images under one folder.

    Parameters
    ----------
    root
        The folder; made when something is first kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    def folder(self, where: str) -> Path:
        """Return the folder of ``where`` (``"scan/p0001"``), for the images that a value names."""
        return self.root / where

    def once(self, where: str, kind: Kind[T], wanted: Provenance, make: Callable[[], T]) -> T:
        """Return the kept value when it was made as ``wanted``, else make and keep it.

        Raises
        ------
        StoreError
            The value cannot be written.
        """
        kept = self.find(where, kind, wanted)
        if kept is not None:
            return kept
        value = make()
        self.keep(where, kind, wanted, value)
        return value

    def find(self, where: str, kind: Kind[T], wanted: Provenance) -> T | None:
        """Return the kept value when it was made as ``wanted`` and is undamaged, else ``None``."""
        try:
            record = json.loads(self._path(where, kind).read_bytes())
            body = record["value"]
            if record["key"] != wanted.key or record["sha256"] != _digest(body):
                return None
            value = kind.adapter.validate_python(_move(body, _HERE, f"{self.root}/"), strict=False)
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            # Whatever is wrong with it, the value is not usable: it will be made again.
            return None
        return value if all(files.is_whole(Path(image.path), image.sha256) for image in kind.images(value)) else None

    def keep(self, where: str, kind: Kind[T], provenance: Provenance, value: T) -> None:
        """Keep a value, atomically.

        Raises
        ------
        StoreError
            The value cannot be written.
        """
        body = _move(kind.adapter.dump_python(value, mode="json"), f"{self.root}/", _HERE)
        record = {
            "schema": _SCHEMA,
            "key": provenance.key,
            "made_by": provenance.made_by,
            "sha256": _digest(body),
            "value": body,
        }
        files.write_text(self._path(where, kind), json.dumps(record, ensure_ascii=False))

    def read(self, where: str, kind: Kind[T]) -> T:
        """Return the kept value, however it was made.

        Raises
        ------
        StoreError
            There is none, or it is damaged.
        """
        path = self._path(where, kind)
        try:
            record = json.loads(path.read_bytes())
            if record["sha256"] != _digest(record["value"]):
                raise StoreError(f"{path}: damaged (its digest does not fit). Delete it and run the page again.")
            return kind.adapter.validate_python(_move(record["value"], _HERE, f"{self.root}/"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}: no readable value ({error}). Run the page again.") from error

    def _path(self, where: str, kind: Kind[T]) -> Path:
        """Return the file of a value."""
        return self.root / where / f"{kind.name}.json"


def _digest(body: object) -> str:
    """Return the digest of a value's canonical JSON."""
    return files.digest_of(canonical(body).encode())


def _move(value: object, old: str, new: str) -> object:
    """Replace the start of every ``path`` in a value."""
    if isinstance(value, dict):
        return {
            name: new + part.removeprefix(old)
            if name == "path" and isinstance(part, str) and part.startswith(old)
            else _move(part, old, new)
            for name, part in value.items()
        }
    return [_move(part, old, new) for part in value] if isinstance(value, list | tuple) else value
