"""The files an archive keeps its scans in: multi-page TIFF, PDF of embedded scans, JPEG, PNG.

Nothing that changes from day to day is written: no date, no random identifier.
"""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from PIL import Image
from PIL.TiffImagePlugin import ROWSPERSTRIP, STRIPBYTECOUNTS, STRIPOFFSETS

from scanfix.facsimile.press import Facsimile

# Photographs of pages keep their typing and stay under 1 MB at this quality.
_JPEG_QUALITY = 75
_POINTS = 72  # PDF's units an inch
_GROUP_4 = -1  # PDF's /K for it


def tiff(pages: Sequence[Facsimile]) -> bytes:
    """Return pages of one resolution as a multi-page TIFF, nothing lost: CCITT group 4 of bilevel, LZW of others."""
    if all(page.is_bilevel for page in pages):
        return _group_4_tiff([_bilevel(page) for page in pages], dpi=pages[0].dpi)
    return _tiff([Image.fromarray(page.pixels) for page in pages], dpi=pages[0].dpi, compression="tiff_lzw")


def tiff_of_jpegs(pages: Sequence[Facsimile]) -> bytes:
    """Return grey or colour pages of one resolution as a multi-page TIFF of JPEG strips, as photographers send."""
    return _tiff(
        [Image.fromarray(page.pixels) for page in pages],
        dpi=pages[0].dpi,
        compression="jpeg",
        quality=_JPEG_QUALITY,
    )


def pdf(pages: Sequence[Facsimile]) -> bytes:
    """Return pages as a PDF, one image a page with its own resolution: CCITT group 4 of bilevel, JPEG of others."""
    out = BytesIO()
    with pikepdf.new() as document:
        for page in pages:
            _add(document, page)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def jpeg(page: Facsimile) -> bytes:
    """Return a page as a JPEG, grey or in colours."""
    out = BytesIO()
    Image.fromarray(page.pixels).save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, dpi=(page.dpi, page.dpi))
    return out.getvalue()


def png(page: Facsimile) -> bytes:
    """Return a page as a PNG: 1 bit, grey or in colours, nothing lost."""
    picture = _bilevel(page) if page.is_bilevel else Image.fromarray(page.pixels)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True, dpi=(page.dpi, page.dpi))
    return out.getvalue()


def _bilevel(page: Facsimile) -> Image.Image:
    """Return a page as a 1-bit picture."""
    return Image.fromarray(page.pixels).convert("1", dither=Image.Dither.NONE)


def _group_4_tiff(pictures: Sequence[Image.Image], *, dpi: int) -> bytes:
    """Write 1-bit pictures, each in a single strip."""
    rows = max(picture.height for picture in pictures)
    return _tiff(pictures, dpi=dpi, compression="group4", tiffinfo={ROWSPERSTRIP: rows})


def _tiff(pictures: Sequence[Image.Image], *, dpi: int, **options: object) -> bytes:
    """Write pictures as the pages of a TIFF."""
    out = BytesIO()
    first, *others = pictures
    first.save(out, "TIFF", save_all=True, append_images=others, dpi=(dpi, dpi), **options)
    return out.getvalue()


def _add(document: pikepdf.Pdf, page: Facsimile) -> None:
    """Add a page that holds one image and nothing else."""
    height, width = page.pixels.shape[:2]
    image = pikepdf.Stream(document, _group_4(page) if page.is_bilevel else jpeg(page))
    image.stream_dict = _dictionary(page)
    wide, high = width * _POINTS / page.dpi, height * _POINTS / page.dpi
    document.add_blank_page(page_size=(wide, high))
    last = document.pages[-1]
    last.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    last.Contents = pikepdf.Stream(document, f"q {wide:.4f} 0 0 {high:.4f} 0 0 cm /Im0 Do Q".encode())


def _dictionary(page: Facsimile) -> pikepdf.Dictionary:
    """Say how a page's image is coded."""
    height, width = page.pixels.shape[:2]
    is_colour = page.pixels.ndim > 2
    common = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": width,
        "/Height": height,
        "/ColorSpace": pikepdf.Name.DeviceRGB if is_colour else pikepdf.Name.DeviceGray,
    }
    if not page.is_bilevel:
        return pikepdf.Dictionary({**common, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode})
    # The TIFF writer codes white as 1, so that white runs are stored as the coder's black.
    coded = pikepdf.Dictionary(K=_GROUP_4, Columns=width, Rows=height, BlackIs1=True)
    return pikepdf.Dictionary(
        {**common, "/BitsPerComponent": 1, "/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": coded}
    )


def _group_4(page: Facsimile) -> bytes:
    """Return the bare group 4 code of a page."""
    content = _group_4_tiff([_bilevel(page)], dpi=page.dpi)
    with Image.open(BytesIO(content)) as picture:
        tags = picture.tag_v2  # type: ignore[attr-defined]  # only TIFF pictures have tags
        start, length = tags[STRIPOFFSETS][0], tags[STRIPBYTECOUNTS][0]
    return content[start : start + length]
