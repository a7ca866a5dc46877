"""Array names and image files: the only place that knows how pixels lie on the disk.

Images inside scanfix are grey, ``(height, width)`` uint8, 0 ink to 255 paper. Masks are bool, True where ink is.
"""

from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix import files
from scanfix.errors import ScanError, StoreError
from scanfix.model.geometry import Affine
from scanfix.model.page import ImageFile

GrayImage = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Labels = NDArray[np.uint16] | NDArray[np.int32]

# The pixels before a pixel, row by row, that it may be connected with.
_BEFORE = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)

# Pictures are for screens.
_PICTURE_DPI = 96

_PNG = b"\x89PNG"
_SAMPLED_ROWS = 50
# A page's three images (the archive's, upright, clean) are each looked at by several steps: decoding them again and
# again cost a tenth of a page's time. Crops are small and must not push them out.
_MOST_KEPT = 3
_LEAST_KEPT_PX = 500_000
_KEPT: dict[str, tuple[bytes, GrayImage]] = {}

OPENCV_VERSION: str = cv2.__version__

# Pages run side by side, one process each: inner threads would only fight for the same cores.
cv2.setNumThreads(1)


def read_gray(image: ImageFile) -> GrayImage:
    """Read an image of ours, after checking its digest; the last few are decoded once only.

    Returns
    -------
    (height, width) uint8
        Grey pixels, 0 ink to 255 paper; may be read-only.

    Raises
    ------
    StoreError
        The file is gone or is not the one that was written.
    ScanError
        The file is no image that OpenCV can decode.
    """
    path = Path(image.path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}). Run the page again.") from error
    if files.digest_of(content) != image.sha256:
        raise StoreError(f"{path}: changed since scanfix wrote it. Delete it and run the page again.")
    kept = _KEPT.get(image.sha256)
    return kept[1] if kept is not None else _keep(image.sha256, content, decode_gray(content, name=str(path)))


def decode_gray(content: bytes, *, name: str) -> GrayImage:
    """Decode the bytes of an image file to grey pixels.

    Raises
    ------
    ScanError
        OpenCV cannot decode it; ``name`` is named in the message.
    """
    flags = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(content, dtype=np.uint8), flags) if content else None
    if pixels is None:
        raise ScanError(f"{name}: no image that can be decoded. Check the file, or scan the page again.")
    return pixels.astype(np.uint8, copy=False)


def strip(page: GrayImage, to_strip: Affine, *, width_px: int, height_px: int) -> GrayImage:
    """Take a level strip out of a page.

    Parameters
    ----------
    page
        Grey page, shape (height, width).
    to_strip
        The map from the page to the strip, in corners of pixels.
    width_px, height_px
        Size of the strip; beyond the page its edge goes on.

    Returns
    -------
    (height_px, width_px) uint8
        The strip, interpolated linearly.
    """
    # The map speaks of corners of pixels, warpAffine of their centres: half a pixel at both ends.
    rows = np.array(to_strip.rows)
    rows[:, 2] += rows[:, 0] * 0.5 + rows[:, 1] * 0.5 - 0.5
    found = cv2.warpAffine(page, rows, (width_px, height_px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return found.astype(np.uint8, copy=False)


def resized(page: GrayImage, *, width_px: int, height_px: int) -> GrayImage:
    """Bring an image to a size; smaller ones are means of what they cover.

    Returns
    -------
    (height_px, width_px) uint8
    """
    is_smaller = height_px < page.shape[0]
    way = cv2.INTER_AREA if is_smaller else cv2.INTER_LINEAR
    return cv2.resize(page, (width_px, height_px), interpolation=way).astype(np.uint8, copy=False)


def connected(ink: Mask | NDArray[np.uint8]) -> tuple[Labels, NDArray[np.int32]]:
    """Find the connected parts of a mask, diagonal neighbours counted as connected.

    Parameters
    ----------
    ink
        Mask, shape (height, width); of numbers, 0 or 1.

    Returns
    -------
    (height, width) integers, (1 + parts, 5) int32
        The number of each pixel's part, 0 for paper; and left, top, width, height and area of paper and each part.
    """
    pixels = np.ascontiguousarray(ink).view(np.uint8)
    # Labelling begins a number where no pixel before is set, and joins numbers later. Where these are few, short labels
    # do: half the memory and a third of the time.
    begun = cv2.countNonZero(cv2.subtract(pixels, cv2.dilate(pixels, _BEFORE)))
    kind = cv2.CV_16U if begun < np.iinfo(np.uint16).max else cv2.CV_32S
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(pixels, connectivity=8, ltype=kind)
    return cast(Labels, labels), cast(NDArray[np.int32], boxes)


def write_png(path: Path, pixels: GrayImage, *, dpi: float) -> ImageFile:
    """Write grey pixels losslessly and atomically; a page of two tones is written with one bit a pixel.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    for content, kept in tuple(_KEPT.values()):
        if kept is pixels and content.startswith(_PNG):
            # The upright page of a scan that lay level is the archive's own image: encoded already.
            return _written(path, content, pixels, dpi=dpi)
    # Most grey pages show a third tone in the first rows looked at.
    is_bilevel = _is_two_toned(pixels[::_SAMPLED_ROWS]) and _is_two_toned(pixels)
    # Pages are read a few times and then lie still. Runs alone, without filters, took half the time of level 1 to write
    # and to read; the files are 30 % smaller on white paper and 15 % larger on grainy paper.
    options = [
        *(cv2.IMWRITE_PNG_COMPRESSION, 1),
        *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
        *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE),
        *(cv2.IMWRITE_PNG_BILEVEL, int(is_bilevel)),
    ]
    content = _encoded(".png", pixels, options)
    written = _written(path, content, pixels, dpi=dpi)
    # The caller's array may change later, so that a copy is kept.
    _keep(written.sha256, content, pixels.copy())
    return written


def write_picture(path: Path, pixels: GrayImage, *, width_px: int, quality: int) -> ImageFile:
    """Write a JPEG for people to look at, no wider than ``width_px``, atomically.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    small = _shrunk(pixels, width_px=width_px)
    content = _encoded(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _written(path, content, small, dpi=_PICTURE_DPI)


def encode_picture(pixels: GrayImage, *, width_px: int, quality: int) -> bytes:
    """Encode a JPEG for people to look at, no wider than ``width_px``."""
    return _encoded(".jpg", _shrunk(pixels, width_px=width_px), [cv2.IMWRITE_JPEG_QUALITY, quality])


def _shrunk(pixels: GrayImage, *, width_px: int) -> GrayImage:
    """Bring an image to a width, one that is narrower stays as it is."""
    scale = min(1.0, width_px / pixels.shape[1])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _is_two_toned(pixels: GrayImage) -> bool:
    """Tell whether there is only black and white."""
    return bool(((pixels == 0) | (pixels == 255)).all())


def _keep(sha256: str, content: bytes, pixels: GrayImage) -> GrayImage:
    """Keep a page and its decoded pixels, made read-only, in place of the oldest one."""
    if pixels.size < _LEAST_KEPT_PX:
        return pixels
    pixels.flags.writeable = False
    _KEPT.pop(sha256, None)
    _KEPT[sha256] = (content, pixels)
    while len(_KEPT) > _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)), None)
    return pixels


def _encoded(suffix: str, pixels: GrayImage, options: list[int]) -> bytes:
    """Encode an image."""
    _, encoded = cv2.imencode(suffix, pixels, options)
    return encoded.tobytes()


def _written(path: Path, content: bytes, pixels: GrayImage, *, dpi: float) -> ImageFile:
    """Write an encoded image, and describe it."""
    files.write_bytes(path, content)
    height, width = pixels.shape
    return ImageFile(path=str(path), sha256=files.digest_of(content), width_px=width, height_px=height, dpi=dpi)
