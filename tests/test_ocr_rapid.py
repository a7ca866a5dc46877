from importlib import util
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typed

from scanfix import images
from scanfix.errors import ToolMissingError
from scanfix.images import GrayImage
from scanfix.ocr import framing, rapid
from scanfix.ocr.rapid import FORM, Rapid
from scanfix.ocr.tesseract import Tesseract
from scanfix.settings import OcrSettings

pytestmark = pytest.mark.skipif(rapid.model_file() is None, reason="the extra rapid is not installed")


@pytest.fixture(scope="module")
def reader() -> Rapid:
    return Rapid()


@pytest.fixture(scope="module")
def strips(tmp_path_factory: pytest.TempPathFactory) -> list[GrayImage]:
    page = typed.page()
    image = images.write_png(tmp_path_factory.mktemp("strips") / "page.png", page, dpi=300)
    lines = [line for region in Tesseract(OcrSettings()).read(image) for line in region.lines]
    typing = framing.measure(lines)
    assert typing is not None
    frames = [framing.frame(line, typing, FORM) for line in lines]
    return [images.strip(page, one.to_strip, width_px=one.width_px, height_px=one.height_px) for one in frames]


@pytest.mark.live
def test_typed_lines_are_read_in_the_order_of_the_strips(reader: Rapid, strips: list[GrayImage]) -> None:
    forwards = ["".join(glyph.text for glyph in line) for line in reader.read(strips)]
    assert [text.strip() for text in forwards] == list(typed.LINES)
    backwards = ["".join(glyph.text for glyph in line) for line in reader.read(strips[::-1])]
    assert backwards == forwards[::-1]


@pytest.mark.live
def test_signs_stand_from_left_to_right_with_probabilities(reader: Rapid, strips: list[GrayImage]) -> None:
    for line in reader.read(strips):
        assert all(one.at < two.at for one, two in pairwise(line))
        assert all(0 <= glyph.at <= 1 and 0 < glyph.confidence <= 1 for glyph in line)


def test_a_blank_strip_has_no_signs_and_no_strips_give_nothing(reader: Rapid) -> None:
    blank = np.full((FORM.height_px, 200), 255, np.uint8)
    assert reader.read([blank]) == ((),)
    assert reader.read([]) == ()


def test_only_signs_of_latin_documents_are_known(reader: Rapid) -> None:
    noise = np.random.default_rng(1953).integers(0, 255, (FORM.height_px, 600), dtype=np.uint8)
    (line,) = reader.read([noise])
    assert all(len(glyph.text) == 1 and (ord(glyph.text) <= 0x17F or glyph.text in "“”‘’„–—…•€") for glyph in line)


def test_the_model_is_named_with_its_digest(reader: Rapid) -> None:
    assert reader.made_by.startswith("rapidocr ")
    assert len(reader.made_by.rpartition(":")[2]) == 8


def test_without_the_extra_the_message_has_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda _name: None)
    assert rapid.model_file() is None
    with pytest.raises(ToolMissingError, match=r"pip install 'scanfix\[rapid\]'"):
        Rapid()


def test_a_package_without_the_model_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "_MODEL", Path("models") / "none.onnx")
    assert rapid.model_file() is None
