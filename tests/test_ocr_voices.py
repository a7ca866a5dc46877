"""The second voice on whole pages: which lines it reads, and what stays when it cannot read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typed
from PIL import Image, ImageDraw, ImageFont

from scanfix import images
from scanfix.errors import ToolMissingError
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box
from scanfix.model.page import CleanPage, PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, Region, Word
from scanfix.ocr import Voices, rapid
from scanfix.ocr.tesseract import Tesseract
from scanfix.settings import OcrSettings

needs_rapid = pytest.mark.skipif(rapid.model_file() is None, reason="the extra rapid is not installed")
Read = tuple[CleanPage, tuple[Region, ...]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    image = images.write_png(tmp_path_factory.mktemp("voices") / "page.png", typed.page(), dpi=300)
    page = CleanPage(
        page_id=PageId(scan_id="memo", number=1),
        upright=image,
        clean=image,
        source_to_upright=Affine.identity(),
        steps=(),
        provenance=Provenance(made_by="test", recipe="", inputs=()),
    )
    return page, Tesseract(OcrSettings()).read(image)


def spoilt(regions: tuple[Region, ...], change: Callable[[Line], Line]) -> tuple[Region, ...]:
    return tuple(replace(region, lines=tuple(change(line) for line in region.lines)) for region in regions)


def misread(line: Line) -> Line:
    """Read every e as c, little sure."""
    words = tuple(replace(word, text=word.text.replace("e", "c"), confidence=0.5) for word in line.words)
    return replace(line, words=words)


@pytest.mark.live
@needs_rapid
def test_the_second_voice_mends_what_the_first_misread(read: Read) -> None:
    page, regions = read
    mended = Voices(OcrSettings(profile="best")).vote(spoilt(regions, misread), page)
    assert [line.text for region in mended for line in region.lines] == list(typed.LINES)
    assert [region.region_id for region in mended] == [region.region_id for region in regions]


@pytest.mark.live
def test_one_voice_alone_only_calibrates(read: Read) -> None:
    page, regions = read
    alone = Voices(OcrSettings(second="none"))
    calibrated = alone.vote(regions, page)
    assert [line.text for region in calibrated for line in region.lines] == list(typed.LINES)
    before = [word.confidence for region in regions for line in region.lines for word in line.words]
    after = [word.confidence for region in calibrated for line in region.lines for word in line.words]
    assert before != after
    assert all(0 < one < 1 for one in after)
    assert "one voice" in alone.made_by


@pytest.mark.live
@needs_rapid
def test_lines_that_are_surely_right_are_read_once(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    page, regions = read
    seen: list[int] = []
    plain = rapid.Rapid.read

    def counting(reader: rapid.Rapid, strips: Sequence[GrayImage]) -> tuple[tuple[rapid.Glyph, ...], ...]:
        seen.append(len(strips))
        return plain(reader, strips)

    monkeypatch.setattr(rapid.Rapid, "read", counting)
    Voices(OcrSettings(profile="best")).vote(regions, page)
    Voices(OcrSettings(profile="balanced")).vote(regions, page)
    Voices(OcrSettings(profile="balanced")).vote(spoilt(regions, misread), page)
    Voices(OcrSettings(profile="fast")).vote(spoilt(regions, misread), page)
    everything, sure, doubtful, *others = seen
    assert (everything, doubtful, sum(others)) == (len(typed.LINES), len(typed.LINES), 0)
    assert sure < everything


@pytest.mark.live
@needs_rapid
def test_a_line_that_the_first_voice_never_boxed_is_read_unless_time_is_short(read: Read) -> None:
    page, regions = read
    missed = typed.LINES[3]
    holed = tuple(
        replace(region, lines=tuple(line for line in region.lines if line.text != missed)) for region in regions
    )
    told = Voices(OcrSettings(profile="balanced")).vote(holed, page)
    assert [line.text for region in told for line in region.lines] == list(typed.LINES)
    assert all(0 < word.confidence < 1 for region in told for line in region.lines for word in line.words)
    in_haste = Voices(OcrSettings(profile="fast")).vote(holed, page)
    assert len([line for region in in_haste for line in region.lines]) == len(typed.LINES) - 1


@pytest.mark.live
@needs_rapid
@pytest.mark.parametrize("words", [slice(1, None), slice(0, -1)])
def test_a_word_that_the_first_voice_never_boxed_is_read(read: Read, words: slice) -> None:
    page, regions = read

    def shorter(line: Line) -> Line:
        kept = line.words[words]
        return replace(line, words=kept, box=Box.around(word.box for word in kept))

    told = Voices(OcrSettings(profile="balanced")).vote(spoilt(regions, shorter), page)
    assert [line.text for region in told for line in region.lines] == list(typed.LINES)
    ids = [word.word_id for region in told for line in region.lines for word in line.words]
    assert len(set(ids)) == len(ids)


@pytest.mark.live
@needs_rapid
def test_columns_that_the_first_voice_ran_together_stay_apart(read: Read, tmp_path: Path) -> None:
    page, regions = read
    sheet = Image.fromarray(images.read_gray(page.upright))
    draw, face = ImageDraw.Draw(sheet), ImageFont.load_default(44)
    for column, text in ((200, "Honorable"), (900, "DEPARTMENT")):
        draw.text((column, 980), text, font=face, fill=0)
    image = images.write_png(tmp_path / "page.png", np.asarray(sheet, dtype=np.uint8).copy(), dpi=300)
    box = Box(left=200, top=985, right=1180, bottom=1020)
    word = Word(word_id="x1", text="HonorableDEPARTMEN", box=box, confidence=0.3)
    line = Line(line_id="x", box=box, words=(word,))
    told = Voices(OcrSettings()).vote((*regions, replace(regions[0], lines=(line,))), replace(page, upright=image))
    assert told[-1].lines[0].text == "Honorable DEPARTMENT"


@pytest.mark.live
@needs_rapid
def test_both_voices_are_heard_apart_before_any_vote(read: Read) -> None:
    page, regions = read
    lines = [line for region in regions for line in region.lines]
    heard = Voices(OcrSettings()).hear(lines, page)
    assert ["".join(sign.text for sign in heard[line.line_id].second) for line in lines] == list(typed.LINES)
    assert Voices(OcrSettings(second="none")).hear(lines, page) == {}


@pytest.mark.live
@needs_rapid
def test_a_page_without_lines_is_voted_on(read: Read) -> None:
    assert Voices(OcrSettings()).vote((), read[0]) == ()


def test_a_second_reader_asked_for_by_name_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "model_file", lambda: None)
    with pytest.raises(ToolMissingError, match="second reader"):
        Voices(OcrSettings(second="rapid"))
    assert "one voice" in Voices(OcrSettings(second="auto")).made_by


def test_the_recipe_names_the_profile_and_not_the_time_limit() -> None:
    fast, best = (Voices(OcrSettings(profile=name, second="none")).recipe for name in ("fast", "best"))
    assert fast != best
    assert Voices(OcrSettings(second="none", timeout_s=1)).recipe == Voices(OcrSettings(second="none")).recipe
