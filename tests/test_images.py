from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scanfix import images
from scanfix.errors import ScanError, StoreError
from scanfix.images import GrayImage, Mask


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


def test_a_large_page_is_given_back_read_only_and_checked_again(tmp_path: Path) -> None:
    page = np.random.default_rng(2).integers(0, 256, (800, 800), dtype=np.uint8)
    written = images.write_png(tmp_path / "page.png", page, dpi=300)
    kept = page.copy()
    page[:] = 0
    found = images.read_gray(written)
    assert np.array_equal(found, kept)
    assert images.read_gray(written) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 1
    Path(written.path).write_bytes(b"other")
    with pytest.raises(StoreError, match="changed"):
        images.read_gray(written)


def test_pages_that_are_pushed_out_are_decoded_again(tmp_path: Path) -> None:
    pages = [np.full((800, 800), tone, np.uint8) for tone in range(0, 60, 10)]
    written = [images.write_png(tmp_path / f"{index}.png", page, dpi=300) for index, page in enumerate(pages)]
    for image, page in zip(written, pages, strict=True):
        assert np.array_equal(images.read_gray(image), page)


def test_a_page_written_again_is_the_same_file_and_a_picture_becomes_a_png(tmp_path: Path) -> None:
    page = np.random.default_rng(3).integers(0, 256, (800, 800), dtype=np.uint8)
    first = images.write_png(tmp_path / "page.png", page, dpi=300)
    again = images.write_png(tmp_path / "upright.png", images.read_gray(first), dpi=150)
    assert (again.sha256, again.dpi) == (first.sha256, 150)
    assert Path(again.path).read_bytes() == Path(first.path).read_bytes()
    picture = images.write_picture(tmp_path / "page.jpg", page, width_px=800, quality=80)
    seen = images.read_gray(picture)
    copied = images.write_png(tmp_path / "copied.png", seen, dpi=300)
    assert Path(copied.path).read_bytes().startswith(b"\x89PNG")
    assert np.array_equal(images.read_gray(copied), seen)


@settings(max_examples=60, deadline=None)
@given(ink=arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_parts_are_those_that_a_walk_over_neighbours_finds(ink: Mask) -> None:
    labels, boxes = images.connected(ink)
    assert np.array_equal(labels > 0, ink)
    for label, (left, top, width, height, area) in enumerate(boxes[1:].tolist(), start=1):
        rows, columns = np.nonzero(labels == label)
        assert (columns.min(), rows.min(), rows.size) == (left, top, area)
        assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == (width, height)
        around = _grown(labels == label)
        assert not (ink & around & (labels != label)).any()


def _grown(part: Mask) -> Mask:
    """Grow a part by a pixel in all eight directions."""
    framed = np.pad(part, 1)
    height, width = part.shape
    grown: Mask = np.zeros_like(part)
    for y in range(3):
        for x in range(3):
            grown = grown | framed[y : y + height, x : x + width]
    return grown


def test_more_parts_than_short_labels_hold_are_all_told_apart() -> None:
    ink = np.zeros((600, 600), np.bool_)
    ink[::2, ::2] = True
    labels, boxes = images.connected(ink)
    assert len(boxes) == 1 + 300 * 300
    assert labels.max() == 300 * 300


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
