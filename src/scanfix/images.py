"""Array names and image files: the only place that knows how pixels lie on the disk.

Images inside scanfix are grey, ``(height, width)`` uint8, 0 ink to 255 paper. Masks are bool, True where ink is.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scanfix import files
from scanfix.errors import ScanError, StoreError
from scanfix.model.geometry import Affine
from scanfix.model.page import ImageFile

GrayImage = NDArray[np.uint8]
Mask = NDArray[np.bool_]

# Pictures are for screens.
_PICTURE_DPI = 96

OPENCV_VERSION: str = cv2.__version__

# Pages run side by side, one process each: inner threads would only fight for the same cores.
cv2.setNumThreads(1)


def read_gray(image: ImageFile) -> GrayImage:
    """Read an image of ours, after checking its digest.

    Returns
    -------
    (height, width) uint8
        Grey pixels, 0 ink to 255 paper.

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
    return decode_gray(content, name=str(path))


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


def write_png(path: Path, pixels: GrayImage, *, dpi: float) -> ImageFile:
    """Write grey pixels losslessly and atomically; a page of two tones is written with one bit a pixel.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    is_bilevel = bool(((pixels == 0) | (pixels == 255)).all())
    # Level 1: pages are read once or twice and then lie still; level 6 took 4 times as long for 15 % of the bytes.
    options = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_BILEVEL, int(is_bilevel)]
    return _write(path, ".png", pixels, options, dpi=dpi)


def write_picture(path: Path, pixels: GrayImage, *, width_px: int, quality: int) -> ImageFile:
    """Write a JPEG for people to look at, no wider than ``width_px``, atomically.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    scale = min(1.0, width_px / pixels.shape[1])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return _write(path, ".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality], dpi=_PICTURE_DPI)


def _write(path: Path, suffix: str, pixels: GrayImage, options: list[int], *, dpi: float) -> ImageFile:
    """Encode, write, and describe an image."""
    _, encoded = cv2.imencode(suffix, pixels, options)
    content = encoded.tobytes()
    files.write_bytes(path, content)
    height, width = pixels.shape
    return ImageFile(path=str(path), sha256=files.digest_of(content), width_px=width, height_px=height, dpi=dpi)
