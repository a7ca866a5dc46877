"""The files of an archive hold the pages that were scanned, at their resolution."""

from dataclasses import replace
from io import BytesIO
from typing import cast

import numpy as np
import pikepdf
import pytest
from PIL import Image
from pressed import BARE, document, page_of

from scanfix.errors import ToolMissingError
from scanfix.facsimile import archive
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.press import Facsimile
from scanfix.images import GrayImage

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

GREY = replace(BARE, tone=210, ink=50, dpi=100)
LOOKS = {
    "bilevel": replace(GREY, is_bilevel=True),
    "grey": GREY,
    "colour": replace(GREY, is_colour=True, tint=(255, 236, 190)),
}
MODES = {"bilevel": "1", "grey": "L", "colour": "RGB"}


def pressed(look: Look) -> Facsimile:
    """Press a page."""
    return page_of(document("Halm", look=look))


def opened(content: bytes) -> list[Image.Image]:
    """Read every page of a picture file."""
    with Image.open(BytesIO(content)) as picture:
        pages = []
        for index in range(getattr(picture, "n_frames", 1)):
            picture.seek(index)
            pages.append(picture.copy())
    return pages


def pixels_of(picture: Image.Image) -> GrayImage:
    """Return the pixels of a picture, two tones as 0 and 255."""
    return np.asarray(picture.convert("L") if picture.mode == "1" else picture)


@pytest.mark.parametrize("kind", LOOKS)
def test_a_tiff_loses_nothing(kind: str) -> None:
    page = pressed(LOOKS[kind])
    read = opened(archive.tiff([page, page]))
    assert [picture.mode for picture in read] == [MODES[kind]] * 2
    assert all(np.array_equal(pixels_of(picture), page.pixels) for picture in read)
    assert read[0].info["dpi"] == (100, 100)
    assert read[0].info["compression"] == ("group4" if kind == "bilevel" else "tiff_lzw")


@pytest.mark.parametrize("kind", LOOKS)
def test_a_png_loses_nothing(kind: str) -> None:
    page = pressed(LOOKS[kind])
    (read,) = opened(archive.png(page))
    assert read.mode == MODES[kind]
    assert np.array_equal(pixels_of(read), page.pixels)
    assert read.info["dpi"] == pytest.approx((100, 100), abs=0.1)


@pytest.mark.parametrize("kind", ["grey", "colour"])
def test_a_jpeg_and_a_tiff_of_jpegs_are_the_page_nearly(kind: str) -> None:
    page = pressed(LOOKS[kind])
    (single,), (first, second) = opened(archive.jpeg(page)), opened(archive.tiff_of_jpegs([page, page]))
    assert first.info["compression"] == "jpeg"
    for read in (single, first, second):
        assert read.mode == MODES[kind]
        assert np.abs(pixels_of(read).astype(int) - page.pixels).mean() < 3


def test_a_pdf_holds_pages_of_every_kind_each_at_its_resolution() -> None:
    fine = replace(LOOKS["bilevel"], dpi=200)
    pages = [pressed(look) for look in (*LOOKS.values(), fine)]
    with pikepdf.open(BytesIO(archive.pdf(pages))) as document_:
        filters = []
        for leaf, page in zip(document_.pages, pages, strict=True):
            image = leaf.Resources.XObject.Im0
            filters.append(str(image.Filter))
            read = pikepdf.PdfImage(cast(pikepdf.Stream, image)).as_pil_image()
            assert np.abs(pixels_of(read).astype(int) - page.pixels).mean() < 3
            assert float(leaf.mediabox[2]) == pytest.approx(6.0 * 72)
    assert filters == ["/CCITTFaxDecode", "/DCTDecode", "/DCTDecode", "/CCITTFaxDecode"]


def test_a_pdf_is_the_same_every_day() -> None:
    pages = [pressed(LOOKS["colour"])]
    assert archive.pdf(pages) == archive.pdf(pages)
