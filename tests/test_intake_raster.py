"""Image files: every kind of pixel becomes grey, and what is damaged is refused."""

import io
import struct
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin
from pydantic import TypeAdapter

from scanfix import images, intake
from scanfix.errors import ScanError
from scanfix.images import GrayImage
from scanfix.intake import raster
from scanfix.intake.resolution import settle
from scanfix.model.page import Page, Scan
from scanfix.settings import IntakeSettings

SETTINGS = IntakeSettings()
RAMP = np.tile(np.arange(256, dtype=np.uint8), (330, 1))


def corner() -> GrayImage:
    """Draw a page whose top left quarter is black, so that every turn shows."""
    page = np.full((330, 256), 255, dtype=np.uint8)
    page[:100, :50] = 0
    return page


def save(path: Path, pixels: GrayImage | Image.Image, **options: Any) -> Path:
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    image.save(path, **options)
    return path


def take(path: Path, page: int = 1, settings: IntakeSettings = SETTINGS) -> Page:
    opened = intake.count_pages(Scan(scan_id="s", files=(str(path),)), settings)
    return intake.ingest(opened.sources[page - 1], settings, folder=path.parent / "out")


def pixels_of(page: Page) -> GrayImage:
    return images.read_gray(page.image)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp", ".gif", ".pgm", ".jp2"])
def test_a_plain_grey_page_keeps_its_pixels(tmp_path: Path, suffix: str) -> None:
    page = take(save(tmp_path / f"a{suffix}", RAMP, **({"irreversible": False} if suffix == ".jp2" else {})))
    assert (pixels_of(page) == RAMP).all()


@pytest.mark.parametrize("options", [{"quality": 95}, {"quality": 95, "progressive": True}])
def test_a_jpeg_gives_its_stored_luminance(tmp_path: Path, options: dict[str, Any]) -> None:
    colour = Image.merge("RGB", [Image.fromarray(RAMP)] * 3)
    page = take(save(tmp_path / "a.jpg", colour, **options))
    assert page.notes[0] == "colour turned to grey"
    assert np.abs(pixels_of(page).astype(int) - RAMP).max() <= 6


def test_a_webp_is_read(tmp_path: Path) -> None:
    page = take(save(tmp_path / "a.webp", corner(), lossless=True))
    assert (pixels_of(page) == corner()).all()


@pytest.mark.parametrize("compression", [None, "group4", "group3", "tiff_lzw", "packbits", "tiff_adobe_deflate"])
def test_a_page_of_two_tones_is_black_on_white_in_every_compression(tmp_path: Path, compression: str | None) -> None:
    page = take(save(tmp_path / "a.tif", Image.fromarray(corner()).convert("1"), compression=compression))
    assert (pixels_of(page) == corner()).all()


@pytest.mark.parametrize("compression", [None, "group4", "tiff_lzw"])
def test_white_is_zero_is_the_right_way_round(tmp_path: Path, compression: str | None) -> None:
    info = {262: 0}
    one = save(tmp_path / "a.tif", Image.fromarray(corner()).convert("1"), compression=compression, tiffinfo=info)
    with Image.open(one) as image:
        assert isinstance(image, TiffImagePlugin.TiffImageFile)
        assert image.tag_v2[262] == 0
    assert (pixels_of(take(one)) == corner()).all()


def tiff16(path: Path, values: np.ndarray[Any, Any], *, photometric: int, bits: int = 16, kind: int = 1) -> Path:
    """Write an uncompressed TIFF by hand: Pillow cannot write a deep one whose zero is white."""
    body = values.tobytes()
    height, width = values.shape
    entries = [
        (256, 3, width), (257, 3, height), (258, 3, bits), (259, 3, 1), (262, 3, photometric),
        (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, len(body)), (339, 3, kind),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries))
    for tag, type_, value in entries:
        directory += struct.pack("<HHI", tag, type_, 1) + struct.pack(
            "<I" if type_ == 4 else "<HH", value, *[0][type_ - 3 :]
        )
    path.write_bytes(b"II*\0" + struct.pack("<I", 8 + len(body)) + body + directory + b"\0\0\0\0")
    return path


def test_sixteen_bits_are_scaled_to_eight(tmp_path: Path) -> None:
    deep = RAMP.astype(np.uint16) * 257
    for name in ("a.png", "a.tif"):
        page = take(save(tmp_path / name, Image.fromarray(deep)))
        assert (pixels_of(page) == RAMP).all()
        assert page.notes[0] == "16 bits scaled to 8"


def test_sixteen_bits_whose_zero_is_white_are_turned(tmp_path: Path) -> None:
    deep = RAMP.astype("<u2") * 257
    assert (pixels_of(take(tiff16(tmp_path / "a.tif", deep, photometric=0))) == 255 - RAMP).all()
    assert (pixels_of(take(tiff16(tmp_path / "b.tif", deep, photometric=1))) == RAMP).all()


def test_measurements_are_no_page(tmp_path: Path) -> None:
    floats = Image.fromarray(RAMP.astype(np.float32))
    with pytest.raises(ScanError, match="floating point"):
        take(save(tmp_path / "a.tif", floats))
    with pytest.raises(ScanError, match="32 bits"):
        take(tiff16(tmp_path / "b.tif", RAMP.astype("<u4"), photometric=1, bits=32))


@pytest.mark.parametrize("mode", ["P", "RGB", "CMYK", "YCbCr", "LAB"])
def test_colour_becomes_grey_and_says_so(tmp_path: Path, mode: str) -> None:
    coloured = Image.merge("RGB", [Image.fromarray(corner())] * 3)
    image = Image.merge("LAB", [Image.fromarray(corner())] * 3) if mode == "LAB" else coloured.convert(mode)
    page = take(save(tmp_path / "a.tif", image))
    assert np.abs(pixels_of(page).astype(int) - corner()).max() <= 2
    assert page.notes[0] == ("CMYK turned to grey" if mode == "CMYK" else "colour turned to grey")


def test_a_cmyk_jpeg_is_black_on_white(tmp_path: Path) -> None:
    image = Image.merge("RGB", [Image.fromarray(corner())] * 3).convert("CMYK")
    page = take(save(tmp_path / "a.jpg", image, quality=100))
    assert np.abs(pixels_of(page).astype(int) - corner()).max() <= 40
    assert pixels_of(page)[10, 10] < 30


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_places_are_white_paper(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(np.zeros((330, 256), np.uint8)).convert("RGBA")
    image.putalpha(Image.fromarray(255 - corner()))
    path = save(tmp_path / "a.png", image.quantize() if mode == "P" else image.convert(mode))
    page = take(path)
    assert (pixels_of(page) == corner()).all()
    assert "transparent" in page.notes[0]


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_page_is_turned_as_its_file_says(tmp_path: Path, turn: int, suffix: str) -> None:
    stored = {
        1: corner(), 2: corner()[:, ::-1], 3: corner()[::-1, ::-1], 4: corner()[::-1],
        5: corner().T, 6: np.rot90(corner()), 7: corner()[::-1, ::-1].T, 8: np.rot90(corner(), -1),
    }[turn]  # fmt: skip
    image = Image.fromarray(np.ascontiguousarray(stored))
    exif = Image.Exif()
    exif[274] = turn
    options = {"tiffinfo": {274: turn}} if suffix == ".tif" else {"exif": exif}
    page = take(save(tmp_path / f"a{suffix}", image, dpi=(100, 110), **options))
    assert np.abs(pixels_of(page).astype(int) - corner()).max() <= 60
    assert (page.image.width_px, page.image.height_px) == (256, 330)
    assert any("turned as the file says" in note for note in page.notes) == (turn > 1)


def test_the_pages_of_a_tiff_are_its_images_without_thumbnails(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.full((300, 200), tone, np.uint8)) for tone in (10, 20, 30)]
    small = Image.fromarray(np.full((30, 20), 99, np.uint8))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    path = save(tmp_path / "a.tif", pages[0], save_all=True, append_images=[small, *pages[1:]])
    opened = intake.count_pages(Scan(scan_id="s", files=(str(path),)), SETTINGS)
    assert [source.page for source in opened.sources] == [1, 2, 3]
    assert [int(pixels_of(take(path, page))[0, 0]) for page in (1, 2, 3)] == [10, 20, 30]


def test_a_ring_of_tiff_directories_ends(tmp_path: Path) -> None:
    path = save(tmp_path / "a.tif", corner())
    content = bytearray(path.read_bytes())
    (start,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, start)
    struct.pack_into("<I", content, start + 2 + 12 * entries, start)
    path.write_bytes(content)
    assert len(intake.count_pages(Scan(scan_id="s", files=(str(path),)), SETTINGS).sources) == 1


def test_a_tiff_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    pages = [Image.fromarray(corner())] * 4
    path = save(tmp_path / "a.tif", pages[0], save_all=True, append_images=pages[1:])
    with pytest.raises(ScanError, match="more pages than the 3 allowed"):
        take(path, settings=IntakeSettings(max_pages=3))


def test_a_tiff_that_has_lost_pages_since_it_was_opened_says_so(tmp_path: Path) -> None:
    pages = [Image.fromarray(corner())] * 2
    path = save(tmp_path / "a.tif", pages[0], save_all=True, append_images=pages[1:])
    source = intake.count_pages(Scan(scan_id="s", files=(str(path),)), SETTINGS).sources[1]
    save(path, corner())
    with pytest.raises(ScanError, match="ends after 1 pages"):
        intake.ingest(source, SETTINGS, folder=tmp_path)


def noise() -> GrayImage:
    return np.random.default_rng(7).integers(0, 256, (400, 300), dtype=np.uint8)


@pytest.mark.parametrize(
    ("suffix", "options"), [(".jpg", {}), (".png", {}), (".tif", {}), (".tif", {"compression": "tiff_lzw"})]
)
def test_a_file_that_breaks_off_is_refused_and_says_how_far_it_got(
    tmp_path: Path, suffix: str, options: dict[str, Any]
) -> None:
    path = save(tmp_path / f"a{suffix}", noise(), **options)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ScanError, match=r"broken off|damaged") as caught:
        take(path)
    if suffix == ".jpg":
        share = int(str(caught.value).split("about ")[1].split("%")[0])
        assert 40 <= share <= 60


def test_a_header_without_an_image_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0junk")
    with pytest.raises(ScanError, match="damaged"):
        take(path)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".gif", ".bmp", ".webp", ".jp2"])
def test_whatever_is_flipped_in_a_file_only_a_scan_error_comes_out(tmp_path: Path, suffix: str) -> None:
    path = save(tmp_path / f"a{suffix}", noise()[:40, :30])
    whole = path.read_bytes()
    draw = np.random.default_rng(5)
    for _ in range(60):
        broken = bytearray(whole)
        for place in draw.integers(8, min(len(whole), 600), 4):
            broken[place] = int(draw.integers(0, 256))
        path.write_bytes(broken)
        with suppress(ScanError):
            assert take(path, settings=IntakeSettings(max_megapixels=1)).image.width_px > 0


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png_header(40_000, 40_000))
    start = time.process_time()
    with pytest.raises(ScanError, match="1600 megapixels, more than the 300 allowed"):
        take(path)
    assert time.process_time() - start < 0.5


def test_a_bomb_behind_the_first_page_of_a_tiff_is_refused_alone(tmp_path: Path) -> None:
    small, large = Image.fromarray(corner()), Image.new("1", (3000, 3000))
    path = save(tmp_path / "a.tif", small, save_all=True, append_images=[large])
    settings = IntakeSettings(max_megapixels=1)
    assert (pixels_of(take(path, 1, settings)) == corner()).all()
    with pytest.raises(ScanError, match=r"s p\. 2: 3000 x 3000"):
        take(path, 2, settings)


def test_an_image_under_a_wrong_suffix_is_read_by_its_content(tmp_path: Path) -> None:
    path = save(tmp_path / "a.tif", corner(), format="PNG")
    assert (pixels_of(take(path)) == corner()).all()


def test_damaged_tags_are_a_note_and_the_page_is_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[270] = "a description that is long enough to lie outside"
    path = save(tmp_path / "a.jpg", corner(), exif=exif)
    content = path.read_bytes().replace(b"a description", b"a description")
    place = content.index(b"II*\0") if b"II*\0" in content else content.index(b"MM\0*")
    broken = bytearray(content)
    order = "<" if broken[place : place + 2] == b"II" else ">"
    struct.pack_into(f"{order}I", broken, place + 8 + 2 + 8, 60_000)
    path.write_bytes(broken)
    page = take(path)
    assert pixels_of(page).shape == (330, 256)
    assert any("tags are damaged" in note for note in page.notes)


def test_the_resolution_of_the_file_is_taken(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "a.tif"):
        page = take(save(tmp_path / name, np.full((1100, 850), 255, np.uint8), dpi=(100, 100)))
        assert (page.image.dpi, page.dpi_source, page.notes) == (100.0, "file", ())


@pytest.mark.parametrize("lie", [(0, 0), (1, 1), (5000, 5000), (float("nan"), 300)])
def test_lying_tiff_tags_are_not_believed(tmp_path: Path, lie: tuple[float, float]) -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in zip((282, 283), lie, strict=True):
        info.tagtype[tag] = 12
        info[tag] = value
    info[296] = 2
    page = take(save(tmp_path / "a.tif", np.full((1150, 850), 255, np.uint8), tiffinfo=info))
    if lie[1] == 300:
        assert page.image.dpi == 300.0
    else:
        assert (page.image.dpi, page.dpi_source) == (100.0, "assumed")


def test_a_fax_gets_square_pixels_by_repeated_rows(tmp_path: Path) -> None:
    page = take(save(tmp_path / "a.tif", Image.fromarray(corner()).convert("1"), dpi=(204, 98)))
    assert (pixels_of(page) == np.repeat(corner(), 2, axis=0)).all()
    assert (page.image.dpi, page.notes) == (204.0, ("rows repeated 2 times: 204 x 98 dpi",))


def test_pixels_twice_as_wide_as_high_are_repeated_too(tmp_path: Path) -> None:
    page = take(save(tmp_path / "a.tif", corner(), dpi=(100, 200)))
    assert (pixels_of(page) == np.repeat(corner(), 2, axis=1)).all()


@pytest.mark.parametrize(
    ("named", "size", "default", "answer"),
    [
        (300.0, (2480, 3507), None, (300.0, "file")),
        (96.0, (793, 1122), None, (96.0, "file")),
        (96.0, (2174, 3053), None, (265.0, "assumed")),
        (72.0, (940, 1180), None, (103.0, "assumed")),
        (72.0, (940, 1180), 110.0, (110.0, "settings")),
        (None, (1606, 2000), None, (174.0, "assumed")),
        (1.0, (1606, 2000), 150.0, (150.0, "settings")),
        (300.0, (1000, 400), None, (300.0, "file")),
        (1200.0, (1000, 1400), None, (122.0, "assumed")),
        (299.9994, (2480, 3507), None, (300.0, "file")),
        (None, (30, 20), None, (50.0, "assumed")),
        (float("inf"), (1150, 900), None, (100.0, "assumed")),
    ],
)
def test_a_resolution_is_believed_only_when_it_can_be_true(
    named: float | None, size: tuple[int, int], default: float | None, answer: tuple[float, str]
) -> None:
    found = settle(named, width_px=size[0], height_px=size[1], default_dpi=default)
    assert (found.dpi, found.source) == answer
    assert bool(found.notes) == (answer[1] != "file")


def test_provenance_changes_with_what_changes_pixels_and_with_nothing_else(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", corner())
    page = take(path)
    assert page.provenance == intake.provenance(page.source, SETTINGS)
    assert page.provenance == intake.provenance(page.source, IntakeSettings(tool_timeout_s=1))
    assert page.provenance.key != intake.provenance(page.source, IntakeSettings(default_dpi=200)).key


def test_a_page_can_be_kept_and_read_back(tmp_path: Path) -> None:
    page = take(save(tmp_path / "a.png", corner()))
    adapter = TypeAdapter(Page)
    assert adapter.validate_json(adapter.dump_json(page)) == page


def test_the_original_is_never_written_to(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", corner())
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    take(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_jpeg_with_a_second_picture_inside_is_one_page(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    buffer = io.BytesIO()
    Image.fromarray(corner()).save(buffer, "MPO", save_all=True, append_images=[Image.fromarray(corner())])
    path.write_bytes(buffer.getvalue())
    assert len(intake.count_pages(Scan(scan_id="s", files=(str(path),)), SETTINGS).sources) == 1
    assert pixels_of(take(path)).shape == (330, 256)


@pytest.mark.parametrize("dpi", [(300,), ("many", 300), "300"])
def test_a_resolution_that_is_no_pair_of_numbers_is_none(dpi: object) -> None:
    image = Image.fromarray(corner())
    image.info["dpi"] = dpi
    assert raster._grid(image).across is None


def test_an_image_too_large_for_the_memory_is_a_scan_error(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png", corner())
    with pytest.raises(ScanError, match="too large for this machine's memory"), raster._opened(path, []):
        raise MemoryError


def test_a_tiff_of_thumbnails_only_has_one_page(tmp_path: Path) -> None:
    path = save(tmp_path / "a.tif", corner(), tiffinfo={254: 1})
    assert (pixels_of(take(path)) == corner()).all()


def test_a_grey_jpeg_is_not_said_to_be_coloured(tmp_path: Path) -> None:
    assert take(save(tmp_path / "a.jpg", corner(), dpi=(100, 100))).notes == ()
