"""Crops read by both voices, by one, and framed as the second voice likes them."""

from collections.abc import Sequence

import numpy as np
import pytest
from marks_drawn import blank, word

from scanfix.images import GrayImage
from scanfix.model.text import CropText
from scanfix.ocr import rapid
from scanfix.ocr.crops import CropVoices, strip_of
from scanfix.ocr.rapid import Rapid
from scanfix.ocr.tesseract import Tesseract
from scanfix.settings import OcrSettings

has_second = pytest.mark.skipif(rapid.model_file() is None, reason="the extra rapid is not installed")


class Counting(Tesseract):
    """The engine, counting how often it is started."""

    starts = crops = 0

    def read_crops(self, crops: Sequence[GrayImage]) -> tuple[str, ...]:
        self.starts += bool(crops)
        self.crops += len(crops)
        return super().read_crops(crops)


def crop(text: str, *, scale: float = 2.0) -> GrayImage:
    page = blank(width=900, height=200)
    box = word(page, text, left=40, bottom=140, scale=scale)
    around = box.grow(14).clip(width=900, height=200)
    return page[around.top : around.bottom, around.left : around.right]


@has_second
def test_the_engine_is_asked_only_where_the_second_voice_is_not_sure() -> None:
    engine = Counting(OcrSettings())
    blurred = np.full((60, 200), 255, np.uint8)
    blurred[20:40, 30:170:3] = 0
    sure, unsure = CropVoices(engine, Rapid())([crop("SECRET"), blurred], is_quick=False)
    assert (sure.second, sure.engine) == ("SECRET", "")
    assert sure.confidence > unsure.confidence
    assert engine.crops == 1


@has_second
def test_a_crop_reads_alike_whatever_is_read_beside_it() -> None:
    voices = CropVoices(Tesseract(OcrSettings()), Rapid())
    short, long = crop("7 JAN 80", scale=1.2), crop("NO CHANGE IN CLASS", scale=1.0)
    (alone,) = voices([short], is_quick=True)
    assert voices([short, long, crop("SECRET")], is_quick=True)[0] == alone


def test_what_both_voices_say_comes_once_and_the_second_first() -> None:
    assert CropText(engine="SECRET", second="SECRET").texts == ("SECRET",)
    assert CropText(engine="SEGRET", second="SECRET").texts == ("SECRET", "SEGRET")


@has_second
def test_quick_crops_never_start_the_engine() -> None:
    engine = Counting(OcrSettings())
    (said,) = CropVoices(engine, Rapid())([crop("SECRET")], is_quick=True)
    assert (engine.starts, said.second, said.engine) == (0, "SECRET", "")


def test_without_a_second_voice_the_engine_reads_quick_crops_too() -> None:
    engine = Counting(OcrSettings())
    (said,) = CropVoices(engine, None)([crop("SECRET")], is_quick=True)
    assert (engine.starts, said.texts, said.confidence) == (1, ("SECRET",), 0.0)
    assert CropVoices(engine, None)([], is_quick=False) == ()
    assert engine.starts == 1


def test_who_reads_is_named() -> None:
    engine = Tesseract(OcrSettings())
    assert CropVoices(engine, None).made_by.endswith(engine.made_by)


@pytest.mark.parametrize("scale", [0.8, 2.0, 3.0])
def test_a_strip_is_filled_alike_whatever_the_size_of_the_letters(scale: float) -> None:
    strip = strip_of(crop("SECRET", scale=scale))
    rows = np.flatnonzero((strip < 128).any(axis=1))
    assert strip.shape[0] == rapid.FORM.height_px
    assert 0.55 <= (rows[-1] + 1 - rows[0]) / rapid.FORM.height_px <= 0.7


def test_specks_above_a_line_do_not_shrink_it() -> None:
    image = np.pad(crop("SECRET"), ((60, 0), (0, 0)), constant_values=255)
    image[4:8, 30:34] = 0
    rows = np.flatnonzero((strip_of(image) < 128).sum(axis=1) > 3)
    assert (rows[-1] + 1 - rows[0]) / rapid.FORM.height_px > 0.5


def test_a_crop_without_ink_gives_a_strip_and_no_text() -> None:
    empty = np.full((30, 80), 255, np.uint8)
    assert strip_of(empty).shape[0] == rapid.FORM.height_px
    assert CropText().texts == ()
