"""Facts about one PDF page, as values: its one scan if it is no more than that, else how finely to draw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import pikepdf

from scanfix.errors import ScanError
from scanfix.intake import turn
from scanfix.intake.page import Grid
from scanfix.intake.placement import Drawing, Edges, Placed, look
from scanfix.intake.turn import Turn
from scanfix.intake.wholeness import breaks_off

_POINTS = 72.0
# A scan that covers at least so much of the page, in each direction, is the page.
_MIN_COVER = 0.9
_MIN_COVER_OVER = 0.998
# Pixels of a scan beyond the crop box that are no crop but rounding of the numbers in the PDF.
_CROP_SLACK_PX = 3
# Images of one resolution that together cover so much of a drawn page decide how finely it is drawn.
_MIN_SHARE = 0.25
# Bounds of intake.pdf_dpi, for the same reasons: coarser is illegible, finer only costs memory.
_FINEST_DPI = 1200
_COARSEST_DPI = 72

Size = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The one scan of a page: which of the drawn images, how it lies, and which part of it is shown.

    ``crop`` holds left, top, right, bottom in pixels after the turn.
    """

    index: int
    size_px: Size
    turn: Turn
    crop: tuple[int, int, int, int]
    grid: Grid
    is_negative: bool
    breaks_off: bool
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What intake needs to know of a PDF page; sizes in points of ``unit`` / 72 inch."""

    size_pt: tuple[float, float]
    unit: float
    image_sizes: tuple[Size, ...]
    picture: Picture | None
    scan_dpi: int | None
    notes: tuple[str, ...]


def read_sheet(page: pikepdf.Page, *, name: str) -> Sheet:
    """Find out what a page is.

    Raises
    ------
    ScanError
        The page has no usable size.
    """
    box = _shown_box(page, name=name)
    unit = float(page.obj.get("/UserUnit", 1))
    try:
        drawing = look(page)
        notes: tuple[str, ...] = ()
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError) as error:
        drawing, notes = Drawing(images=(), is_bare=False), (f"the page's content is damaged: {error}",)
    return Sheet(
        size_pt=(box[2] - box[0], box[3] - box[1]),
        unit=unit,
        image_sizes=tuple(_size(placed) for placed in drawing.images),
        picture=_find_picture(page, drawing, box, unit),
        scan_dpi=_scan_dpi(drawing.images, box, unit),
        notes=notes,
    )


def _shown_box(page: pikepdf.Page, *, name: str) -> Edges:
    """Return the crop box inside the media box, as poppler shows it."""
    # Boxes that are no rectangles are read as letter paper, by pikepdf as by poppler.
    media, crop = _sorted(page.mediabox), _sorted(page.cropbox)
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    shown = box if box[2] > box[0] and box[3] > box[1] else media
    if shown[2] <= shown[0] or shown[3] <= shown[1]:
        raise ScanError(f"{name}: the page has no area. Save the PDF again from its source.")
    return shown


def _sorted(box: pikepdf.Array) -> Edges:
    """Return left, bottom, right, top of a box; the PDF may name any two corners."""
    x0, y0, x1, y1 = (float(value) for value in box)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _find_picture(page: pikepdf.Page, drawing: Drawing, box: Edges, unit: float) -> Picture | None:
    """Find the one scan that a page is."""
    if not (drawing.images and drawing.is_bare):
        return None
    placed = drawing.images[-1]
    if placed.image is None or not placed.is_opaque or placed.is_clipped or not _covers(placed, box):
        return None
    matrix, size = placed.matrix, _size(placed)
    found = turn.find((matrix.a, -matrix.b), (-matrix.c, matrix.d), size_px=size, rotate_deg=page.rotation)
    if found is None or page.rotation % 90:
        return None
    grid = _grid(placed, found, unit)
    crop, is_whole = _crop(placed, box, found, rotate_deg=page.rotation)
    remarks = [
        *(() if found.is_none else ("turned as the page shows it",)),
        *(() if is_whole else ("cut to the crop box",)),
    ]
    return Picture(
        index=len(drawing.images) - 1,
        size_px=size,
        turn=found,
        crop=crop,
        grid=grid,
        is_negative=_is_negative(placed.image),
        breaks_off=breaks_off(placed.image),
        remark=", ".join(remarks),
    )


def _covers(placed: Placed, box: Edges) -> bool:
    """Tell whether an image covers nearly all of the page; what lies under it must be covered wholly."""
    left, bottom, right, top = placed.edges
    # Under a scan that leaves a margin something else would show.
    least = _MIN_COVER_OVER if placed.under else _MIN_COVER
    across = min(right, box[2]) - max(left, box[0])
    along = min(top, box[3]) - max(bottom, box[1])
    return across >= least * (box[2] - box[0]) and along >= least * (box[3] - box[1])


def _size(placed: Placed) -> Size:
    """Return width and height of an image in pixels; 1 x 1 for an inline image, which is small by its nature."""
    if placed.image is None:
        return (1, 1)
    return (int(placed.image.get("/Width", 0)), int(placed.image.get("/Height", 0)))


def _grid(placed: Placed, found: Turn, unit: float) -> Grid:
    """Return the resolution of a placed image, across and down the page as it is shown."""
    matrix, (width_px, height_px) = placed.matrix, _size(placed)
    across = width_px * _POINTS / (_length(matrix.a, matrix.b) * unit)
    down = height_px * _POINTS / (_length(matrix.c, matrix.d) * unit)
    return Grid(across=down, down=across) if found.transpose else Grid(across=across, down=down)


def _length(x: float, y: float) -> float:
    """Return the length of a side."""
    return hypot(x, y)


def _crop(placed: Placed, box: Edges, found: Turn, *, rotate_deg: int) -> tuple[tuple[int, int, int, int], bool]:
    """Return the shown part of the turned image in pixels, and whether that is all of it."""
    left, bottom, right, top = placed.edges
    # Shares of the image that hang over the page, in the page's own directions: left, top, right, bottom.
    over = [
        (box[0] - left) / (right - left),
        (top - box[3]) / (top - bottom),
        (right - box[2]) / (right - left),
        (box[1] - bottom) / (top - bottom),
    ]
    # A clockwise quarter turn brings what was at the bottom to the left, what was at the left to the top.
    for _ in range(rotate_deg // 90 % 4):
        over = [over[3], *over[:3]]
    width_px, height_px = _size(placed)[::-1] if found.transpose else _size(placed)
    cuts = [
        max(0, round(share * length))
        for share, length in zip(over, (width_px, height_px, width_px, height_px), strict=True)
    ]
    cut_left, cut_top, cut_right, cut_bottom = (cut if cut > _CROP_SLACK_PX else 0 for cut in cuts)
    crop = (cut_left, cut_top, width_px - cut_right, height_px - cut_bottom)
    return crop, crop == (0, 0, width_px, height_px)


def _is_negative(image: pikepdf.Object) -> bool:
    """Tell whether a stencil's pixels must be turned: pdfimages writes 1 as black whatever ``/Decode`` says."""
    if not bool(image.get("/ImageMask", False)):
        return False
    decode = image.get("/Decode")
    return decode is None or float(decode[0]) == 0


def _scan_dpi(images: Sequence[Placed], box: Edges, unit: float) -> int | None:
    """Return the finest resolution among images that matter on a page; ``None`` where text or drawings make it."""
    page_area = (box[2] - box[0]) * (box[3] - box[1])
    shares: dict[int, float] = {}
    for placed in images:
        matrix = placed.matrix
        sides = (_length(matrix.a, matrix.b), _length(matrix.c, matrix.d))
        if placed.image is None or not all(sides):
            continue
        dpi = round(_size(placed)[0] * _POINTS / (sides[0] * unit))
        shares[dpi] = shares.get(dpi, 0.0) + sides[0] * sides[1] / page_area
    weighty = [dpi for dpi, share in shares.items() if share >= _MIN_SHARE]
    return min(max(*weighty, _COARSEST_DPI), _FINEST_DPI) if weighty else None
