"""``baseline.json``: the record of a run, written so that a change of it can be reviewed line by line."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from scanfix import files
from scanfix.errors import BaselineMismatch, GroundTruthError
from scanfix.model.gate import Fate, MarkingFate, PageRecord, Record, Stratum
from scanfix.model.mark import MarkKind, MarkStatus
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, KindCounts, MarkCounts

SCHEMA = "scanfix.baseline/1"
_PLACE = r"^.+/p[0-9]{4,9}$"
# More than any page has: a count typed by hand must not break the arithmetic.
_Count = Annotated[int, Field(ge=0, le=10**9)]
_AGAIN = "Write it anew with scanfix gate OUT --accept."


class _Part(BaseModel):
    """A part of the file; unknown names and types are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Edits(_Part):
    hits: _Count
    substitutions: _Count
    deletions: _Count
    insertions: _Count


class _Marks(_Part):
    true_positives: _Count
    false_positives: _Count
    false_negatives: _Count
    status_right: _Count
    status_wrong: _Count
    status_uncertain: _Count


class _Marking(_Part):
    id: str
    text: str
    status: MarkStatus
    found: Fate


class _Page(_Part):
    page: Annotated[str, Field(pattern=_PLACE)]
    image: str
    truth: str
    words: _Edits
    characters: _Edits
    strata: dict[str, _Edits]
    marks: dict[MarkKind, _Marks]
    markings: Annotated[tuple[_Marking, ...], Field(strict=False)]
    words_read: _Count
    repetition: Annotated[float, Field(ge=0, le=1)]


class _File(_Part):
    schema_name: Annotated[Literal["scanfix.baseline/1"], Field(alias="schema")]
    policy: str
    view: str
    settings: str
    versions: dict[str, str]
    failed_facts: Annotated[tuple[str, ...], Field(strict=False)]
    pages: Annotated[tuple[_Page, ...], Field(strict=False, min_length=1)]


_FILE: TypeAdapter[_File] = TypeAdapter(_File)


def read_baseline(text: str, *, file: str) -> Record:
    """Read a baseline.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.

    Raises
    ------
    GroundTruthError
        The text is no JSON, or has other names or types, or a page twice.
    BaselineMismatch
        It is of another version of the form.
    """
    part = _parsed(text, file)
    pages = tuple(_page(page) for page in part.pages)
    names = [page.page_id for page in pages]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise GroundTruthError(f"{file}: {twice} stands there twice. {_AGAIN}")
    return Record(
        policy=part.policy,
        view=part.view,
        settings=part.settings,
        versions=tuple(sorted(part.versions.items())),
        pages=pages,
        failed_facts=part.failed_facts,
    )


def write_baseline(record: Record) -> str:
    """Return a record as JSON: names in a fixed order, pages sorted, all counts of a kind on one line."""
    tree = {
        "schema": SCHEMA,
        "policy": record.policy,
        "view": record.view,
        "settings": record.settings,
        "versions": dict(record.versions),
        "failed_facts": sorted(record.failed_facts),
        "pages": [_tree(page) for page in sorted(record.pages, key=lambda page: page.page_id.place)],
    }
    return _pretty(tree, 0) + "\n"


# Reading


def _parsed(text: str, file: str) -> _File:
    """Read JSON and check names and types."""
    tree = files.parse_json(text, file=file, advice=_AGAIN)
    schema = tree.get("schema") if isinstance(tree, dict) else None
    if isinstance(schema, str) and schema != SCHEMA:
        raise BaselineMismatch(f"{file}: its form is {schema!r}, this scanfix reads {SCHEMA!r}. {_AGAIN}")
    try:
        return _FILE.validate_python(tree)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in fault["loc"]) or "the file"
        raise GroundTruthError(f"{file}: {place}: {fault['msg']}. {_AGAIN}") from error


def _page(part: _Page) -> PageRecord:
    """Return a page of the file as a value."""
    scan_id, _, stem = part.page.rpartition("/")
    return PageRecord(
        page_id=PageId(scan_id=scan_id, number=int(stem[1:])),
        image=part.image,
        truth=part.truth,
        words=_edits(part.words),
        characters=_edits(part.characters),
        strata=tuple(Stratum(name=name, counts=_edits(counts)) for name, counts in sorted(part.strata.items())),
        marks=tuple(
            KindCounts(kind=kind, counts=MarkCounts(**counts.model_dump()))
            for kind, counts in sorted(part.marks.items())
        ),
        markings=tuple(
            MarkingFate(mark_id=one.id, text=one.text, status=one.status, found=one.found) for one in part.markings
        ),
        words_read=part.words_read,
        repetition=part.repetition,
    )


def _edits(part: _Edits) -> EditCounts:
    """Return counts as a value."""
    return EditCounts(**part.model_dump())


# Writing


def _tree(page: PageRecord) -> dict[str, object]:
    """Return a page as the file has it."""
    return {
        "page": page.page_id.place,
        "image": page.image,
        "truth": page.truth,
        "words": _edit_tree(page.words),
        "characters": _edit_tree(page.characters),
        "strata": {one.name: _edit_tree(one.counts) for one in sorted(page.strata, key=lambda one: one.name)},
        "marks": {one.kind: _mark_tree(one.counts) for one in page.marks},
        "markings": [
            {"id": one.mark_id, "text": one.text, "status": one.status, "found": one.found} for one in page.markings
        ],
        "words_read": page.words_read,
        "repetition": page.repetition,
    }


def _edit_tree(counts: EditCounts) -> dict[str, int]:
    """Return edit counts as the file has them."""
    return {name: getattr(counts, name) for name in _Edits.model_fields}


def _mark_tree(counts: MarkCounts) -> dict[str, int]:
    """Return counts of marks as the file has them."""
    return {name: getattr(counts, name) for name in _Marks.model_fields}


def _pretty(value: object, depth: int) -> str:
    """Write JSON; from the pages down, what holds no further parts stands on one line."""
    if not isinstance(value, dict | list) or not value or (depth > 1 and _is_flat(value)):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    pad = " " * (depth + 1)
    if isinstance(value, list):
        body = [pad + _pretty(part, depth + 1) for part in value]
        return "[\n" + ",\n".join(body) + f"\n{' ' * depth}]"
    body = [f"{pad}{json.dumps(name, ensure_ascii=False)}: {_pretty(part, depth + 1)}" for name, part in value.items()]
    return "{\n" + ",\n".join(body) + f"\n{' ' * depth}}}"


def _is_flat(value: dict[str, object] | list[object]) -> bool:
    """Whether nothing in a part of a tree has parts of its own."""
    parts = value.values() if isinstance(value, dict) else value
    return not any(isinstance(part, dict | list) for part in parts)
