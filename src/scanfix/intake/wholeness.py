"""Does an embedded scan break off? Poppler fills what is missing with white or noise and says nothing.

Only the two filters are asked whose streams end silently; JBIG2, CCITT and JPEG 2000 complain by themselves.
"""

from math import ceil

import pikepdf
from pikepdf import Name

_JPEG_END = b"\xff\xd9"
# Scanners' software pads streams with a few bytes after the end of the image.
_TAIL = 1024
_COMPONENTS = {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}


def breaks_off(image: pikepdf.Object) -> bool:
    """Tell whether the stream of an image ends before its last row."""
    filters = image.get("/Filter")
    only = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
    if only == Name.DCTDecode:
        return _JPEG_END not in image.read_raw_bytes()[-_TAIL:]
    if only == Name.FlateDecode:
        return _is_short(image)
    return False


def _is_short(image: pikepdf.Object) -> bool:
    """Tell whether a stream holds fewer bytes than its rows need."""
    bits = 1 if bool(image.get("/ImageMask", False)) else int(image.get("/BitsPerComponent", 8))
    row = ceil(int(image.Width) * bits * _components(image.get("/ColorSpace")) / 8)
    try:
        return len(image.read_bytes()) < row * int(image.Height)
    except pikepdf.PdfError:
        return True


def _components(space: pikepdf.Object | None) -> int:
    """Return how many numbers a pixel has; 1 where that is not certain."""
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if space[0] == Name.ICCBased:
            return int(space[1].get("/N", 1))
        space = space[0]
    return _COMPONENTS.get(str(space), 1)
