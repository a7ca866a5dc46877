"""The files an archive keeps its scans in: multi-page TIFF, PDF of embedded scans, JPEG.

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
    """Return bilevel pages of one resolution as a multi-page TIFF, CCITT group 4."""
    return _tiff([_bilevel(page) for page in pages], dpi=pages[0].dpi)


def pdf(pages: Sequence[Facsimile]) -> bytes:
    """Return bilevel pages as a PDF: one CCITT group 4 image a page, each with its own resolution."""
    out = BytesIO()
    with pikepdf.new() as document:
        for page in pages:
            _add(document, page)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def jpeg(page: Facsimile) -> bytes:
    """Return a page as a grey JPEG."""
    out = BytesIO()
    Image.fromarray(page.pixels).save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, dpi=(page.dpi, page.dpi))
    return out.getvalue()


def _bilevel(page: Facsimile) -> Image.Image:
    """Return a page as a 1-bit picture."""
    return Image.fromarray(page.pixels).convert("1", dither=Image.Dither.NONE)


def _tiff(pictures: Sequence[Image.Image], *, dpi: int) -> bytes:
    """Write 1-bit pictures, each in a single strip."""
    out = BytesIO()
    rows = max(picture.height for picture in pictures)
    pictures[0].save(
        out,
        "TIFF",
        save_all=True,
        append_images=list(pictures[1:]),
        compression="group4",
        dpi=(dpi, dpi),
        tiffinfo={ROWSPERSTRIP: rows},
    )
    return out.getvalue()


def _add(document: pikepdf.Pdf, page: Facsimile) -> None:
    """Add a page that holds one image and nothing else."""
    height, width = page.pixels.shape
    image = pikepdf.Stream(document, _group_4(page))
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=1,
        ColorSpace=pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name.CCITTFaxDecode,
        # The TIFF writer codes white as 1, so that white runs are stored as the coder's black.
        DecodeParms=pikepdf.Dictionary(K=_GROUP_4, Columns=width, Rows=height, BlackIs1=True),
    )
    wide, high = width * _POINTS / page.dpi, height * _POINTS / page.dpi
    document.add_blank_page(page_size=(wide, high))
    last = document.pages[-1]
    last.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    last.Contents = pikepdf.Stream(document, f"q {wide:.4f} 0 0 {high:.4f} 0 0 cm /Im0 Do Q".encode())


def _group_4(page: Facsimile) -> bytes:
    """Return the bare group 4 code of a page."""
    content = _tiff([_bilevel(page)], dpi=page.dpi)
    with Image.open(BytesIO(content)) as picture:
        tags = picture.tag_v2  # type: ignore[attr-defined]  # only TIFF pictures have tags
        start, length = tags[STRIPOFFSETS][0], tags[STRIPBYTECOUNTS][0]
    return content[start : start + length]
