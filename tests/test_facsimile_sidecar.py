"""The press's own record: from what is written beside the truth, the same document can be pressed again."""

import json
from dataclasses import is_dataclass, replace
from pathlib import Path

import pytest
from pressed import BARE, document, full_page, secret, stamp

from scanfix.errors import GroundTruthError, ToolMissingError
from scanfix.facsimile import samples, sidecar
from scanfix.facsimile.asked import document as documents
from scanfix.facsimile.asked import faces, look, marking
from scanfix.facsimile.asked.document import Document, Paragraph
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.press import press
from scanfix.facsimile.sidecar import Plain
from scanfix.facsimile.truth import record

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

CLASSES = {
    name: value
    for module in (documents, look, marking)
    for name, value in vars(module).items()
    if isinstance(value, type) and is_dataclass(value)
}


def rebuilt(value: Plain) -> object:
    """Make the value that was written down."""
    if isinstance(value, list):
        return tuple(rebuilt(part) for part in value)
    if isinstance(value, dict):
        name = value["is"]
        assert isinstance(name, str)
        return CLASSES[name](**{field: rebuilt(part) for field, part in value.items() if field != "is"})
    return value


@pytest.mark.parametrize("described", samples.documents(), ids=lambda described: described.scan_id)
def test_a_document_can_be_rebuilt_from_its_sidecar(described: Document) -> None:
    written = sidecar.write(described, (), seed=1952)
    assert rebuilt(json.loads(written)["document"]) == described
    assert len(written) < 100_000


def test_a_sidecar_says_what_made_the_pages_and_how_large_they_are() -> None:
    described = document(markings=(secret("rising"),), stamps=(stamp(),))
    pages = press(described, seed=7)
    written = json.loads(sidecar.write(described, pages, seed=7))
    assert (written["made_by"], written["seed"]) == (record.MADE_BY, 7)
    (page,) = written["pages"]
    height, width = pages[0].pixels.shape[:2]
    assert (page["page"], page["width_px"], page["height_px"], page["dpi"]) == (1, width, height, BARE.dpi)


def test_a_sidecar_has_the_way_of_every_stroke_and_the_place_of_every_thing() -> None:
    text = "It was ~~never~~ opened."
    hole = marking.Thing(page=1, kind="hole", x_in=3.0, y_in=0.5)
    struck = replace(stamp(), y_in=3.0, stroke=Stroke(shape="x"))
    described = replace(document(text, markings=(secret("rising"),), stamps=(struck,)), things=(hole,))
    (first,) = described.paragraphs
    assert isinstance(first, Paragraph)
    block = replace(first, stroke=Stroke(), stroke_id="w", blank_before=2.0)
    described = replace(described, paragraphs=(first, block))
    (page,) = json.loads(sidecar.write(described, press(described, seed=7), seed=7))["pages"]
    assert [(stroke["text"], stroke["shape"]) for stroke in page["strokes"]] == [
        ("TOP SECRET", "rising"),
        ("never", "horizontal"),
        ("w", "horizontal"),
        ("never", "horizontal"),
        ("cia-reviewer", "x"),
    ]
    assert [len(stroke["paths"]) for stroke in page["strokes"]] == [1, 1, 1, 1, 2]
    (x0, y0), (x1, y1) = (page["strokes"][0]["paths"][0][index] for index in (0, -1))
    assert x0 < x1
    assert y0 > y1
    (thing,) = page["things"]
    left, top, right, bottom = thing["box"]
    assert thing["kind"] == "hole"
    assert left < 3.0 * BARE.dpi < right
    assert top < 0.5 * BARE.dpi < bottom


def test_the_same_pages_have_the_same_sidecar() -> None:
    pages = (full_page(0.0),)
    assert sidecar.write(document(), pages, seed=7) == sidecar.write(document(), pages, seed=7)


def test_what_is_no_value_of_the_press_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        sidecar.plain({"a": "mapping"})


def test_the_seed_is_read_back_from_a_record_that_says_it(tmp_path: Path) -> None:
    record_ = tmp_path / sidecar.NAME
    described = document(look=BARE)
    record_.write_text(sidecar.write(described, press(described, seed=11), seed=11), encoding="utf-8")
    assert sidecar.seed_of(record_) == 11
    record_.write_text("[]", encoding="utf-8")
    assert sidecar.seed_of(record_) is None
    record_.write_text("{", encoding="utf-8")
    with pytest.raises(GroundTruthError, match="choose another folder"):
        sidecar.seed_of(record_)
