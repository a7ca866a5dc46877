"""Scans, pages and their image files."""

from dataclasses import dataclass
from typing import Literal

from scanfix.model.geometry import Affine
from scanfix.model.provenance import Provenance

DpiSource = Literal["file", "settings", "assumed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageId:
    """One page of one scan; ``number`` counts from 1."""

    scan_id: str
    number: int

    @property
    def stem(self) -> str:
        """File stem of the page inside its scan's folder: ``p0001``."""
        return f"p{self.number:04d}"

    @property
    def place(self) -> str:
        """Where the page stands in the store, the output and the ground truth: ``memo/p0001``."""
        return f"{self.scan_id}/{self.stem}"

    def __str__(self) -> str:
        """``scan_id p. 3``, as messages name a page."""
        return f"{self.scan_id} p. {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One document as it arrived: a file, or a folder of page images in natural order.

    ``files`` are absolute paths; one file may hold many pages (PDF, TIFF), several files are one page each or more.
    ``scan_id`` is unique in a batch.
    """

    scan_id: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """An image on disk and its digest; sizes in pixels, resolution in dots per inch."""

    path: str
    sha256: str
    width_px: int
    height_px: int
    dpi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """Where one page comes from: a file of the archive and the page's place in it, from 1."""

    page_id: PageId
    file: str
    sha256: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as the archive has it: its own pixels, never resampled.

    ``dpi_source`` says where the resolution came from: the file, the settings, or an assumption about paper size;
    ``notes`` are facts of intake that a reader should know, such as ``"CMYK turned to grey"``.
    """

    page_id: PageId
    source: PageSource
    image: ImageFile
    dpi_source: DpiSource
    notes: tuple[str, ...] = ()
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act of cleaning and the values that were measured for it, in order."""

    name: str
    measured: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanPage:
    """The upright page (moved, never tinted) and the clean page (tinted, never moved): two images of one size.

    ``source_to_upright`` leads from the archive's pixels to the upright frame; its inverse leads back.
    """

    page_id: PageId
    upright: ImageFile
    clean: ImageFile
    source_to_upright: Affine
    steps: tuple[Step, ...]
    provenance: Provenance

    @property
    def levelled_deg(self) -> float:
        """How far the page was turned clockwise to level its lines."""
        measured = [dict(step.measured) for step in self.steps if step.name == "level"]
        return measured[0].get("clockwise_deg", 0.0) if measured else 0.0
