"""Image files: TIFF with any number of pages, JPEG, PNG, JPEG 2000, BMP, GIF, WebP, PNM.

The frame of the page is the image as it is meant to be seen: an orientation that the file names (EXIF, TIFF tag 274)
is a quarter turn or a mirror of the stored pixels, is applied here, and is said in ``Page.notes``.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageFile, ImageOps, TiffImagePlugin, UnidentifiedImageError

from scanfix.errors import ScanError
from scanfix.images import GrayImage
from scanfix.intake.page import Grid, check_size, make_page
from scanfix.intake.tones import to_gray
from scanfix.model.page import Page, PageSource
from scanfix.settings import IntakeSettings

# Only formats that archives hold: every other decoder of Pillow is a door that nobody needs.
_FORMATS = ("TIFF", "JPEG", "PNG", "JPEG2000", "BMP", "GIF", "WEBP", "PPM")
# What Pillow's decoders raise on damaged files, besides OSError (UnidentifiedImageError is one).
_DAMAGE = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)
# TIFF NewSubfileType: bit 0 a smaller copy of another page, bit 2 a transparency mask.
_SUBFILE_TYPE = 254
_NO_PAGE = 0b101
_NORMAL = 1
_ON_A_SIDE = range(5, 9)

# Our own limit is settings.max_megapixels, checked from the header before decoding; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


def count(path: Path, settings: IntakeSettings) -> int:
    """Count the pages of an image file and check the size that its header names.

    Raises
    ------
    ScanError
        The file is damaged, or its first image is larger than allowed.
    """
    with _opened(path, []) as image:
        check_size(*image.size, settings, name=str(path))
        return len(_frames(image, limit=settings.max_pages)) if image.format == "TIFF" else 1


def ingest(source: PageSource, settings: IntakeSettings, *, folder: Path) -> Page:
    """Decode one page of an image file and write it as a grey PNG into ``folder``.

    Raises
    ------
    ScanError
        The page is damaged, broken off, or larger than allowed.
    StoreError
        The image cannot be written.
    """
    notes: list[str] = []
    path = Path(source.file)
    with _opened(path, notes) as image:
        _find_page(image, source)
        check_size(*image.size, settings, name=str(source.page_id))
        grid = _grid(image)
        turn = image.getexif().get(ExifTags.Base.Orientation, _NORMAL)
        pixels = _decode(image, path, notes)
    if turn in range(_NORMAL + 1, 9):
        notes.append(f"turned as the file says (orientation {turn})")
        grid = Grid(across=grid.down, down=grid.across) if turn in _ON_A_SIDE else grid
    return make_page(source, settings, folder=folder, pixels=pixels, grid=grid, notes=notes)


@contextmanager
def _opened(path: Path, notes: list[str]) -> Iterator[Image.Image]:
    """Open an image; what is damaged becomes a ScanError, what Pillow warns of a note."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            # From a file object, not a path: Pillow 13 maps a path's uncompressed TIFF with width and height swapped
            # when it lies on a side (orientation 5 to 8).
            with path.open("rb") as file, Image.open(file, formats=_FORMATS) as image:
                yield image
        except UnidentifiedImageError as error:
            raise ScanError(f"{path}: the start of the image is damaged. Copy or scan it again.") from error
        except MemoryError as error:
            raise ScanError(f"{path}: too large for this machine's memory. Lower intake.max_megapixels.") from error
        except _DAMAGE as error:
            raise ScanError(f"{path}: damaged ({error}). Copy or scan it again.") from error
    notes.extend(sorted({f"the file's tags are damaged: {str(warning.message).strip()}" for warning in heard}))


def _frames(image: Image.Image, *, limit: int) -> list[int]:
    """List the images of a TIFF that are pages: no thumbnails, no masks; one more than ``limit`` at most."""
    frames: list[int] = []
    index = 0
    while len(frames) <= limit:
        try:
            image.seek(index)
        except EOFError:
            break
        if not _subfile_type(image) & _NO_PAGE:
            frames.append(index)
        index += 1
    # A file whose every image calls itself a copy has at least its first page.
    return frames or [0]


def _subfile_type(image: Image.Image) -> int:
    """Return TIFF's NewSubfileType, 0 where it is not given."""
    kind = image.tag_v2.get(_SUBFILE_TYPE, 0) if isinstance(image, TiffImagePlugin.TiffImageFile) else 0
    return kind if isinstance(kind, int) else 0


def _find_page(image: Image.Image, source: PageSource) -> None:
    """Go to the page of a TIFF."""
    if image.format != "TIFF":
        return
    frames = _frames(image, limit=source.page)
    if source.page > len(frames):
        raise ScanError(f"{source.page_id}: {source.file} ends after {len(frames)} pages. Has it been replaced?")
    image.seek(frames[source.page - 1])


def _grid(image: Image.Image) -> Grid:
    """Return the resolution that a file names, in dots per inch."""
    named = image.info.get("dpi")
    if not isinstance(named, tuple) or len(named) != 2:
        return Grid()
    across, down = (_positive(value) for value in named)
    return Grid(across=across, down=down)


def _positive(value: object) -> float | None:
    """Return a number that can be a resolution (Pillow passes on fractions with a zero below)."""
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number is answered below
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if isfinite(number) and number > 0 else None


def _decode(image: Image.Image, path: Path, notes: list[str]) -> GrayImage:
    """Decode to grey pixels, upright as the file says."""
    if image.format in {"JPEG", "MPO"} and image.mode == "RGB":
        # The stored luminance itself, without a way through colours; the size stays.
        image.draft("L", image.size)
        if image.mode == "L":
            notes.append("colour turned to grey")
    try:
        image.load()
    except OSError as error:
        share = _share_there(path, image)
        raise ScanError(
            f"{path}: broken off ({error}); about {share:.0%} of the rows are there. Copy or scan it again."
        ) from error
    # TIFF's reader turns the pixels itself.
    gray, remark = to_gray(image if image.format == "TIFF" else ImageOps.exif_transpose(image))
    if remark:
        notes.append(remark)
    return gray


def _share_there(path: Path, image: Image.Image) -> float:
    """Return about which share of the rows could be decoded: what follows the last one is all one tone."""
    frame = image.tell()
    old, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        with Image.open(path, formats=_FORMATS) as again:
            again.seek(frame)
            rows = np.asarray(again.convert("L"))
    except _DAMAGE:
        return 0.0
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = old
    differs = np.flatnonzero((rows != rows[-1, -1]).any(axis=1))
    return float(differs[-1] + 1) / len(rows) if differs.size else 0.0
