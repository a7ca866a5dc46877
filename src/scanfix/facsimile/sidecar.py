"""The press's own record beside the truth: the description that was pressed, its seed, and what lies where.

A value is written as its fields under the name of its class; a field that holds its default is left out.
"""

import json
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any

from scanfix import files
from scanfix.errors import GroundTruthError
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.press import Facsimile
from scanfix.facsimile.truth.record import MADE_BY

# Beside the pages of a document's truth.
NAME = "press.json"
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def write(document: Document, pages: Sequence[Facsimile], *, seed: int) -> str:
    """Write down how a document was pressed: from the description and the seed the same pages come again."""
    value = {
        "made_by": MADE_BY,
        "seed": seed,
        "document": plain(document),
        "pages": [_page(page) for page in pages],
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def seed_of(path: Path) -> int | None:
    """Return the seed that a document was pressed with, ``None`` where its record does not say.

    Raises
    ------
    GroundTruthError
        The record cannot be read.
    """
    advice = "Remove it, or choose another folder."
    text = files.read_text(path, blame=GroundTruthError, advice=advice)
    value = files.parse_json(text, file=str(path), advice=advice)
    seed = value.get("seed") if isinstance(value, dict) else None
    return seed if isinstance(seed, int) else None


def plain(value: object) -> Plain:
    """Return a value of the press in what JSON has.

    Raises
    ------
    TypeError
        JSON has no such value.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if is_dataclass(value):
        given = ((one.name, getattr(value, one.name)) for one in fields(value) if not _is_default(one, value))
        return {"is": type(value).__name__, **{name: plain(part) for name, part in given}}
    raise TypeError(f"facsimile: {value!r} cannot be written into a sidecar.")


def _is_default(field: Field[Any], value: object) -> bool:
    """Whether a field was left as it comes."""
    if field.default_factory is not MISSING:
        return bool(getattr(value, field.name) == field.default_factory())
    return field.default is not MISSING and getattr(value, field.name) == field.default


def _page(page: Facsimile) -> dict[str, Plain]:
    """Describe one page: its frame and what lies on it."""
    height, width = page.pixels.shape[:2]
    return {
        "page": page.page_id.number,
        "width_px": width,
        "height_px": height,
        "dpi": page.dpi,
        "things": [{"kind": thing.kind, "box": list(thing.box.edges)} for thing in page.things],
        "strokes": [plain(stroke) for stroke in page.strokes],
    }
