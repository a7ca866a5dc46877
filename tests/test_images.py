from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scanfix import images
from scanfix.errors import ScanError, StoreError
from scanfix.images import GrayImage


@settings(max_examples=30)
@given(pixels=arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_a_png_gives_back_every_pixel(tmp_path_factory: pytest.TempPathFactory, pixels: GrayImage) -> None:
    written = images.write_png(tmp_path_factory.mktemp("png") / "page.png", pixels, dpi=300)
    assert (written.height_px, written.width_px) == pixels.shape
    assert np.array_equal(images.read_gray(written), pixels)


def test_a_page_of_two_tones_takes_one_bit_a_pixel(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 2, (400, 400), dtype=np.uint8) * np.uint8(255)
    written = images.write_png(tmp_path / "page.png", noise, dpi=300)
    assert Path(written.path).stat().st_size < 400 * 400 / 8 * 1.1
    assert np.array_equal(images.read_gray(written), noise)


def test_an_image_that_changed_is_refused(tmp_path: Path) -> None:
    written = images.write_png(tmp_path / "page.png", np.zeros((4, 4), np.uint8), dpi=300)
    Path(written.path).write_bytes(b"other")
    with pytest.raises(StoreError, match="changed"):
        images.read_gray(written)
    Path(written.path).unlink()
    with pytest.raises(StoreError, match=r"cannot be read"):
        images.read_gray(written)


@pytest.mark.parametrize("content", [b"", b"no image"])
def test_bytes_that_are_no_image_are_a_scan_error(content: bytes) -> None:
    with pytest.raises(ScanError, match=r"memo\.jpg"):
        images.decode_gray(content, name="memo.jpg")


def test_a_picture_is_as_wide_as_asked_and_never_wider_than_its_page(tmp_path: Path) -> None:
    pixels = np.full((640, 320), 200, np.uint8)
    written = images.write_picture(tmp_path / "page.jpg", pixels, width_px=160, quality=80)
    assert (written.width_px, written.height_px) == (160, 320)
    assert abs(int(images.read_gray(written).mean()) - 200) <= 2
    assert images.write_picture(tmp_path / "page.jpg", pixels, width_px=999, quality=80).width_px == 320
