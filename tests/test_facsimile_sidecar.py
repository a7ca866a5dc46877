"""The press's own record: from what is written beside the truth, the same document can be pressed again."""

import json
from dataclasses import is_dataclass

import pytest
from pressed import BARE, document, full_page, secret, stamp

from scanfix.errors import ToolMissingError
from scanfix.facsimile import document as documents
from scanfix.facsimile import faces, look, marking, samples, sidecar
from scanfix.facsimile.document import Document
from scanfix.facsimile.press import press
from scanfix.facsimile.sidecar import Plain

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
    assert (written["made_by"], written["seed"]) == (sidecar.MADE_BY, 7)
    (page,) = written["pages"]
    height, width = pages[0].pixels.shape[:2]
    assert (page["page"], page["width_px"], page["height_px"], page["dpi"]) == (1, width, height, BARE.dpi)


def test_the_same_pages_have_the_same_sidecar() -> None:
    pages = (full_page(0.0),)
    assert sidecar.write(document(), pages, seed=7) == sidecar.write(document(), pages, seed=7)


def test_what_is_no_value_of_the_press_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        sidecar.plain({"a": "mapping"})
