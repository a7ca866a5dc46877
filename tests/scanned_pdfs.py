"""PDF files of one drawn scan, written for tests, and how they are taken in; a helper, not a test."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name

from scanfix import images, intake
from scanfix.images import GrayImage
from scanfix.model.page import Page, Scan
from scanfix.settings import IntakeSettings

SETTINGS = IntakeSettings()
PLACE = b"q 144 0 0 72 0 0 cm /Im0 Do Q "
# A page of 2 x 1 inches with one scan of 400 x 200 pixels: 200 dpi.
WIDTH, HEIGHT, DPI = 400, 200, 200


def scan() -> GrayImage:
    """Draw a scan whose corners all differ."""
    page = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
    page[:40, :100] = 0
    page[-20:, :20] = 0
    page[90:92, 200:390] = 0
    return page


def image_of(pixels: GrayImage, **more: Any) -> tuple[bytes, dict[str, Any]]:
    height, width = pixels.shape
    about = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height}
    return pixels.tobytes(), about | {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8} | more


def bits_of(pixels: GrayImage, **more: Any) -> tuple[bytes, dict[str, Any]]:
    _, about = image_of(pixels, BitsPerComponent=1, **more)
    return np.packbits(pixels > 0, axis=1).tobytes(), about


def write(
    path: Path,
    content: bytes = PLACE,
    *,
    pictures: dict[str, tuple[bytes, dict[str, Any]]] | None = None,
    size: tuple[float, float] = (144, 72),
    dress: Callable[[pikepdf.Pdf, pikepdf.Page], None] = lambda _pdf, _page: None,
    **options: Any,
) -> Path:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=size)
        objects = {
            f"/{name}": pikepdf.Stream(pdf, raw, **about)
            for name, (raw, about) in (pictures or {"Im0": image_of(scan())}).items()
        }
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        page.obj.Resources = Dictionary(XObject=Dictionary(objects), Font=Dictionary(F0=font), ExtGState=Dictionary())
        page.obj.Contents = pdf.make_stream(content)
        dress(pdf, page)
        pdf.save(path, **options)
    return path


def take(path: Path, number: int = 1, settings: IntakeSettings = SETTINGS) -> Page:
    opened = intake.count_pages(Scan(scan_id="s", files=(str(path),)), settings)
    return intake.ingest(opened.sources[number - 1], settings, folder=path.parent / "out")


def pixels_of(page: Page) -> GrayImage:
    return images.read_gray(page.image)


def is_taken(page: Page) -> bool:
    return page.notes[0].startswith("taken out")


def drawn_by_poppler(path: Path, dpi: int = DPI) -> GrayImage:
    options = ["-r", str(dpi), "-gray", "-png", "-singlefile", "-cropbox"]
    subprocess.run(["pdftoppm", *options, path, path.with_suffix("")], check=True)
    return images.decode_gray(path.with_suffix(".png").read_bytes(), name="drawn")


def is_as_drawn(page: Page, path: Path) -> bool:
    """Compare with poppler's drawing, which lays turned and one-bit images up to a pixel beside its grid."""
    taken, drawn = pixels_of(page), drawn_by_poppler(path)
    return taken.shape == drawn.shape and float((taken != drawn).mean()) < 0.015


def dressed(tmp_path: Path, dress: Callable[[pikepdf.Pdf, pikepdf.Page], None], content: bytes = PLACE) -> Page:
    return take(write(tmp_path / "a.pdf", content, dress=dress))
