"""``p0001.json``, schema ``scanfix.page/1``: everything known about a page, boxes as [left, top, right, bottom].

Nothing in it changes from one run to the next: no times, no paths of the machine.
"""

import json
from collections.abc import Mapping, Sequence

from scanfix.model.mark import Mark, PageMarks
from scanfix.model.page import CleanPage, ImageFile, Page
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, Word

PAGE_SCHEMA = "scanfix.page/1"
_CONFIDENCE_DIGITS = 4
_MATRIX_DIGITS = 9


def page_json(
    page: Page,
    clean: CleanPage,
    marks: PageMarks,
    text: PageText,
    *,
    source_file: str,
    flags: Sequence[str],
    made: Mapping[str, Provenance],
) -> str:
    """Write a page's record.

    Parameters
    ----------
    page, clean, marks, text
        What the verbs gave.
    source_file
        The file that the page came from, as the batch names it: without folders of the machine.
    flags
        Why the page waits for review; empty where it does not.
    made
        The provenance of every step, by verb.
    """
    record = {
        "schema": PAGE_SCHEMA,
        "scan": page.page_id.scan_id,
        "number": page.page_id.number,
        "source": {
            "file": source_file,
            "page": page.source.page,
            "size": _size(page.image),
            "dpi": page.image.dpi,
            "dpi_source": page.dpi_source,
            "sha256": page.source.sha256,
            "notes": list(page.notes),
        },
        "upright": {"size": _size(clean.upright), "dpi": clean.upright.dpi},
        "source_to_upright": [[round(part, _MATRIX_DIGITS) for part in row] for row in clean.source_to_upright.rows],
        "steps": [{"name": step.name, "measured": dict(step.measured)} for step in clean.steps],
        "regions": [_region(region) for region in text.regions],
        "marks": [_mark(mark) for mark in marks.marks],
        "flags": list(flags),
        "provenance": {verb: _provenance(provenance) for verb, provenance in made.items()},
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _size(image: ImageFile) -> list[int]:
    return [image.width_px, image.height_px]


def _region(region: Region) -> dict[str, object]:
    return {
        "id": region.region_id,
        "kind": region.kind,
        "box": list(region.box.edges),
        "lines": [_line(line) for line in region.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.line_id,
        "box": list(line.box.edges),
        "text": line.text,
        "confidence": round(line.confidence, _CONFIDENCE_DIGITS),
        "words": [_word(word) for word in line.words],
    }


def _word(word: Word) -> dict[str, object]:
    record: dict[str, object] = {
        "id": word.word_id,
        "text": word.text,
        "box": list(word.box.edges),
        "confidence": round(word.confidence, _CONFIDENCE_DIGITS),
    }
    if word.alternatives:
        record["alternatives"] = list(word.alternatives)
    return record


def _mark(mark: Mark) -> dict[str, object]:
    status_confidence = mark.status_confidence
    return {
        "id": mark.mark_id,
        "kind": mark.kind,
        "text": mark.text,
        "status": mark.status,
        "status_confidence": None if status_confidence is None else round(status_confidence, _CONFIDENCE_DIGITS),
        "shape": mark.shape,
        "box": list(mark.box.edges),
        "quad": [list(corner) for corner in mark.quad.corners] if mark.quad else None,
        "confidence": round(mark.confidence, _CONFIDENCE_DIGITS),
        "fields": dict(mark.fields),
        "evidence": [
            {
                "name": seen.name,
                "value": round(seen.value, _CONFIDENCE_DIGITS),
                "box": list(seen.box.edges) if seen.box else None,
            }
            for seen in mark.evidence
        ],
        "words": list(mark.word_ids),
    }


def _provenance(provenance: Provenance) -> dict[str, object]:
    return {
        "made_by": provenance.made_by,
        "recipe": json.loads(provenance.recipe),
        "inputs": list(provenance.inputs),
        "key": provenance.key,
    }
