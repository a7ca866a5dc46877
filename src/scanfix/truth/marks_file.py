"""The marks of a page as a file of their own, ``p0001.marks.json`` beside the transcript ``p0001.md``.

::

    {"schema": "scanfix.marks/1", "size": [2544, 3101], "dpi": 300, "complete": true, "marks": [
      {"kind": "classification", "box": [977, 102, 1578, 158], "text": "TOP SECRET", "status": "struck",
       "shape": "rising", "fields": {"position": "head"}}]}

Boxes are left, top, right, bottom in pixels of the upright page, right and bottom outside. ``complete`` says that
every mark of the page is in the file: only then is a mark that is not in it a false alarm. Annotators' files without
``schema`` and with kinds that are no marks of ours (frames, rules, maps) are read too; these come back apart.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, NoReturn, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanfix import files
from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box, Quad
from scanfix.model.mark import Evidence, Mark, MarkKind, MarkStatus, StrokeShape

SCHEMA = "scanfix.marks/1"

# What annotators outline so that a detector's false alarms on it can be told apart; never a mark.
LookAlikeKind = Literal["border", "rule", "map"]

_AnyKind = Literal[MarkKind, LookAlikeKind]
_STRIKABLE: frozenset[str] = frozenset({"classification", "strikethrough"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """Something on the page that could be taken for a mark."""

    kind: LookAlikeKind
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksFile:
    """What a marks file says; sizes in pixels, resolution in dots per inch."""

    width_px: int
    height_px: int
    dpi: float
    marks: tuple[Mark, ...]
    look_alikes: tuple[LookAlike, ...] = ()
    is_complete: bool = True


Edges = tuple[int, int, int, int]
Number = int | float
Value = str | bool | Number | list[Number]
Share = Annotated[float, Field(ge=0, le=1)]
Corner = Annotated[tuple[float, float], Field(strict=False)]


class _Part(BaseModel):
    """A part of the file: no unknown names, no values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _EvidencePart(_Part):
    """A piece of evidence."""

    name: str
    value: float
    box: Annotated[Edges, Field(strict=False)] | None = None


class _MarkPart(_Part):
    """A mark or a look-alike; ``note`` is the annotator's."""

    id: str | None = None
    kind: _AnyKind
    box: Annotated[Edges, Field(strict=False)]
    quad: Annotated[tuple[Corner, Corner, Corner, Corner], Field(strict=False)] | None = None
    text: str = ""
    confidence: Share = 1.0
    status: MarkStatus | None = None
    status_confidence: Share | None = None
    shape: StrokeShape | None = None
    fields: dict[str, Value] = {}
    evidence: Annotated[tuple[_EvidencePart, ...], Field(strict=False)] = ()
    word_ids: Annotated[tuple[str, ...], Field(strict=False)] = ()
    note: str | None = None


class _FilePart(_Part):
    """The whole file; the last three names are an annotator's, read and left."""

    schema_name: Annotated[Literal["scanfix.marks/1"] | None, Field(alias="schema")] = None
    size: Annotated[tuple[int, int], Field(strict=False)]
    dpi: Annotated[float, Field(gt=0)]
    complete: bool = True
    marks: Annotated[tuple[_MarkPart, ...], Field(strict=False)]
    page: str | None = None
    image_notes: str | None = None
    body_text_lines: int | None = None


def read(text: str, *, file: str) -> MarksFile:
    """Read a marks file.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.

    Raises
    ------
    GroundTruthError
        The text is no JSON, has unknown names or kinds, a box outside the page, or two marks of one id.
    """
    part = _parsed(text, file)
    for index, entry in enumerate(part.marks):
        _check(entry, part.size, f"{file}: marks[{index}]")
    marks = tuple(_mark(entry, index) for index, entry in enumerate(part.marks, start=1) if not _is_look_alike(entry))
    ids = [mark.mark_id for mark in marks]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise GroundTruthError(f'{file}: two marks have the id "{twice}". Give one of them another.')
    return MarksFile(
        width_px=part.size[0],
        height_px=part.size[1],
        dpi=part.dpi,
        marks=marks,
        look_alikes=tuple(
            LookAlike(kind=kind, box=Box.of(entry.box), text=entry.text)
            for entry in part.marks
            for kind in get_args(LookAlikeKind)
            if kind == entry.kind
        ),
        is_complete=part.complete,
    )


def write(marks_file: MarksFile) -> str:
    """Return a marks file as JSON, a line for each mark; names whose value is the usual one are left out."""
    entries = (
        *(_mark_part(mark) for mark in marks_file.marks),
        *(_MarkPart(kind=other.kind, box=other.box.edges, text=other.text) for other in marks_file.look_alikes),
    )
    head = {
        "schema": SCHEMA,
        "size": [marks_file.width_px, marks_file.height_px],
        "dpi": marks_file.dpi,
        "complete": marks_file.is_complete,
    }
    rows = ",\n".join(_json(entry.model_dump(mode="json", exclude_defaults=True)) for entry in entries)
    return f'{_json(head)[:-1]}, "marks": [\n{rows}\n]}}\n'


# Reading


def _parsed(text: str, file: str) -> _FilePart:
    """Read JSON and check names and types."""
    tree = files.parse_json(text, file=file, advice="Mend it there.")
    try:
        return _FilePart.model_validate(tree)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in fault["loc"]) or "the file"
        raise GroundTruthError(f"{file}: {place}: {fault['msg']}. Use the names and types of {SCHEMA}.") from error


def _check(entry: _MarkPart, size: tuple[int, int], place: str) -> None:
    """Refuse a box outside the page, and a marking that does not say whether it is struck."""
    left, top, right, bottom = entry.box
    if not (0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]):
        _refuse(place, f"the box {list(entry.box)} is empty or leaves the page of {size[0]} x {size[1]} pixels")
    if entry.kind in _STRIKABLE and entry.status is None:
        _refuse(place, f'a {entry.kind} needs a status ("struck", "active" or "uncertain")')


def _refuse(place: str, fault: str) -> NoReturn:
    """Raise a GroundTruthError about an entry."""
    raise GroundTruthError(f"{place}: {fault}. Mend the entry.")


def _is_look_alike(entry: _MarkPart) -> bool:
    """Whether the entry is no mark."""
    return entry.kind in get_args(LookAlikeKind)


def _mark(entry: _MarkPart, number: int) -> Mark:
    """Return an entry as a mark; one without id is named by its place in the file."""
    fields = [(name, _text(value)) for name, value in entry.fields.items()]
    kind = next(kind for kind in get_args(MarkKind) if kind == entry.kind)
    return Mark(
        mark_id=entry.id or f"t{number}",
        kind=kind,
        box=Box.of(entry.box),
        quad=Quad(corners=entry.quad) if entry.quad else None,
        text=entry.text,
        confidence=entry.confidence,
        status=entry.status,
        status_confidence=entry.status_confidence,
        shape=entry.shape,
        fields=(*fields, *((("note", entry.note),) if entry.note is not None else ())),
        evidence=tuple(
            Evidence(name=piece.name, value=piece.value, box=Box.of(piece.box) if piece.box else None)
            for piece in entry.evidence
        ),
        word_ids=entry.word_ids,
    )


def _text(value: Value) -> str:
    """Return a field's value as text: numbers of a list parted by spaces."""
    if isinstance(value, list):
        return " ".join(str(number) for number in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


# Writing


def _json(tree: Mapping[str, object]) -> str:
    """Return a tree as JSON on one line, letters as they are."""
    return json.dumps(tree, ensure_ascii=False)


def _mark_part(mark: Mark) -> _MarkPart:
    """Return a mark as an entry."""
    return _MarkPart(
        id=mark.mark_id,
        kind=mark.kind,
        box=mark.box.edges,
        quad=mark.quad.corners if mark.quad else None,
        text=mark.text,
        confidence=mark.confidence,
        status=mark.status,
        status_confidence=mark.status_confidence,
        shape=mark.shape,
        fields=dict(mark.fields),
        evidence=tuple(
            _EvidencePart(name=piece.name, value=piece.value, box=piece.box.edges if piece.box else None)
            for piece in mark.evidence
        ),
        word_ids=mark.word_ids,
    )
