"""PDF: a page that is one scan gives its scan, untouched; any other page is drawn.

Taking the image out keeps the archive's own pixels: drawing at the wrong resolution blurs strokes of one pixel.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pikepdf
from PIL import Image

from scanfix.errors import ScanError
from scanfix.images import GrayImage
from scanfix.intake import poppler
from scanfix.intake.page import Grid, check_size, make_page
from scanfix.intake.sheet import Picture, Sheet, read_sheet
from scanfix.intake.tones import to_gray
from scanfix.model.page import Page, PageSource
from scanfix.settings import IntakeSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """Pixels of a page, their resolution, and what a reader should know."""

    pixels: GrayImage
    grid: Grid
    notes: tuple[str, ...]


def count(path: Path, settings: IntakeSettings) -> int:
    """Count the pages of a PDF.

    Raises
    ------
    ScanError
        The file is damaged, locked by a password, or has no page.
    """
    with _opened(path) as document:
        pages = len(document.pages)
    if pages == 0:
        raise ScanError(f"{path}: a PDF without pages (of {settings.max_pages} allowed). Save or scan it again.")
    return pages


def ingest(source: PageSource, settings: IntakeSettings, *, folder: Path) -> Page:
    """Take the scan out of a page, or draw the page, and write a grey PNG into ``folder``.

    Raises
    ------
    ScanError
        The page is damaged, or larger than allowed.
    ToolMissingError
        Poppler is not installed.
    ToolFailedError
        Poppler crashed or ran out of time.
    StoreError
        The image cannot be written.
    """
    with _opened(Path(source.file)) as document:
        if source.page > len(document.pages):
            raise ScanError(
                f"{source.page_id}: {source.file} ends after {len(document.pages)} pages. Has it been replaced?"
            )
        sheet = read_sheet(document.pages[source.page - 1], name=str(source.page_id))
    for width_px, height_px in sheet.image_sizes:
        check_size(width_px, height_px, settings, name=f"{source.page_id}, an image on it")
    with TemporaryDirectory(prefix="scanfix-") as temporary:
        taken = _take(source, sheet, settings, Path(temporary)) or _draw(source, sheet, settings, Path(temporary))
    return make_page(
        source, settings, folder=folder, pixels=taken.pixels, grid=taken.grid, notes=(*sheet.notes, *taken.notes)
    )


@contextmanager
def _opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """Open a PDF; what is damaged or locked becomes a ScanError."""
    try:
        with pikepdf.open(path) as document:
            yield document
    except pikepdf.PasswordError as error:
        raise ScanError(f"{path}: locked by a password. Save a copy without one and hand that in.") from error
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as error:
        raise ScanError(f"{path}: a damaged PDF ({error}). Copy it again, or save it again from its source.") from error


def _take(source: PageSource, sheet: Sheet, settings: IntakeSettings, folder: Path) -> _Taken | None:
    """Take the one scan of a page out; ``None`` where the page is more than that, or poppler sees other images."""
    picture = sheet.picture
    if picture is None:
        return None
    if picture.breaks_off:
        raise ScanError(f"{source.page_id}: the scan in {source.file} breaks off. Copy the PDF again, or scan again.")
    files, complaints = poppler.take_out(Path(source.file), source.page, folder, timeout_s=settings.tool_timeout_s)
    if len(files) != len(sheet.image_sizes):
        return None
    with Image.open(files[picture.index]) as image:
        if image.size != picture.size_px:
            return None
        gray, remark = to_gray(image)
    _check_whole(source, gray, complaints)
    notes = ["taken out of the PDF with its own pixels"]
    notes.extend(text for text in (remark, picture.remark, _remark(complaints)) if text)
    return _Taken(pixels=_lay(gray, picture), grid=picture.grid, notes=tuple(notes))


def _lay(gray: GrayImage, picture: Picture) -> GrayImage:
    """Lay an image as the page shows it: tones, turn, crop."""
    toned = 255 - gray if picture.is_negative else gray
    left, top, right, bottom = picture.crop
    return np.ascontiguousarray(picture.turn.apply(toned)[top:bottom, left:right])


def _check_whole(source: PageSource, gray: GrayImage, complaints: str) -> None:
    """Refuse an image of which nothing could be decoded; a blank page is one without errors."""
    errors = [line for line in complaints.splitlines() if line.startswith("Syntax Error")]
    if errors and bool((gray == gray[0, 0]).all()):
        raise ScanError(f"{source.page_id}: the scan in the PDF is damaged ({errors[0]}). Copy it again.")


def _remark(complaints: str) -> str:
    """Say what poppler complained of, in one line."""
    lines = complaints.splitlines()
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return f"poppler: {lines[0]}{more}" if lines else ""


def _draw(source: PageSource, sheet: Sheet, settings: IntakeSettings, folder: Path) -> _Taken:
    """Draw a page at the resolution of its scans, else at that of the settings."""
    dpi = sheet.scan_dpi or settings.pdf_dpi
    width_pt, height_pt = sheet.size_pt
    # What poppler draws has no idea of UserUnit: the page's point is the unit.
    check_size(width_pt * sheet.unit * dpi / 72, height_pt * sheet.unit * dpi / 72, settings, name=str(source.page_id))
    drawn = poppler.draw(
        Path(source.file), source.page, folder, dpi=round(dpi * sheet.unit), timeout_s=settings.tool_timeout_s
    )
    with Image.open(drawn) as image:
        gray, _ = to_gray(image)
    why = "the resolution of its images" if sheet.scan_dpi is not None else "the resolution in the settings"
    return _Taken(pixels=gray, grid=Grid(across=dpi, down=dpi), notes=(f"drawn at {dpi:g} dpi, {why}",))
