import os
from pathlib import Path

import numpy as np
import pytest
import typed

from scanfix import images
from scanfix.errors import SettingsError, ToolFailedError, ToolMissingError
from scanfix.ocr import ENGINES, tesseract
from scanfix.ocr.tesseract import Tesseract
from scanfix.settings import OcrSettings

live = pytest.mark.live


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_tesseract")
def test_a_missing_tesseract_is_named_with_its_command() -> None:
    for ask in (tesseract.version, tesseract.installed_languages):
        with pytest.raises(ToolMissingError, match="sudo apt-get install tesseract-ocr"):
            ask()


@live
def test_a_page_is_read_with_boxes_and_confidences(tmp_path: Path) -> None:
    image = images.write_png(tmp_path / "page.png", typed.page(), dpi=300)
    regions = Tesseract(OcrSettings()).read(image)
    lines = [line for region in regions for line in region.lines]
    assert lines[0].text == typed.LINES[0]
    words = [word for line in lines for word in line.words]
    assert len({word.word_id for word in words}) == len(words)
    assert min(word.confidence for word in words) > 0.5
    first = lines[0].words[0].box
    assert (typed.page()[first.top : first.bottom, first.left : first.right] < 128).mean() > 0.1


@live
def test_crops_are_read_in_order_and_one_without_text_moves_no_other() -> None:
    pages = [typed.page([text], width=900, height=150, top=40) for text in ("TOP SECRET", "", "CONFIDENTIAL")]
    engine = Tesseract(OcrSettings())
    texts = engine.read_crops(pages)
    assert len(texts) == 3
    assert (texts[0], texts[2]) == ("TOP SECRET", "CONFIDENTIAL")
    assert engine.read_crops([]) == ()


@live
def test_a_page_on_its_head_is_turned_and_a_blank_one_is_not(tmp_path: Path) -> None:
    engine = Tesseract(OcrSettings())
    upside_down = np.ascontiguousarray(np.rot90(typed.page(), 2))
    turn, confidence = engine.turn_deg(images.write_png(tmp_path / "page.png", upside_down, dpi=300))
    assert turn == 180
    assert confidence > 2
    blank = np.full((500, 500), 255, np.uint8)
    assert engine.turn_deg(images.write_png(tmp_path / "blank.png", blank, dpi=300)) == (0, 0.0)


@live
def test_a_page_that_takes_too_long_is_a_failed_tool(tmp_path: Path) -> None:
    image = images.write_png(tmp_path / "page.png", typed.page(), dpi=300)
    engine = Tesseract(OcrSettings(timeout_s=0.01))
    with pytest.raises(ToolFailedError, match=r"ocr\.timeout_s"):
        engine.read(image)
    with pytest.raises(ToolFailedError, match=r"ocr\.timeout_s"):
        engine.turn_deg(image)


@live
def test_a_file_that_tesseract_cannot_read_is_a_failed_tool(tmp_path: Path) -> None:
    image = images.write_png(tmp_path / "page.png", typed.page(), dpi=300)
    Path(image.path).write_bytes(b"no image")
    with pytest.raises(ToolFailedError, match=r"page\.png"):
        Tesseract(OcrSettings()).read(image)


@live
def test_a_missing_language_is_named_before_anything_is_read() -> None:
    with pytest.raises(ToolMissingError, match="sudo apt-get install tesseract-ocr-xyz"):
        Tesseract(OcrSettings(languages=("eng", "xyz")))
    with pytest.raises(SettingsError, match=r"ocr\.languages"):
        Tesseract(OcrSettings(languages=("../eng",)))


@live
def test_versions_of_engine_and_data_are_part_of_the_provenance() -> None:
    engine = ENGINES["tesseract"](OcrSettings(languages=("eng", "fra")))
    assert engine.made_by.startswith(f"tesseract {tesseract.version()} eng:")
    assert "fra:" in engine.made_by
    assert "unknown" not in engine.made_by
    assert Tesseract(OcrSettings(timeout_s=1)).recipe == Tesseract(OcrSettings(timeout_s=9)).recipe
    assert engine.recipe != Tesseract(OcrSettings()).recipe


@live
def test_tesseract_uses_one_thread_where_pages_run_side_by_side() -> None:
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
