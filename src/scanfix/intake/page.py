"""The last step that both readers share: from pixels and a resolution to a ``Page`` on the disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scanfix import images
from scanfix.errors import ScanError
from scanfix.images import GrayImage
from scanfix.intake.resolution import settle
from scanfix.model.page import Page, PageSource
from scanfix.model.provenance import Provenance
from scanfix.settings import IntakeSettings, canonical

_MADE_BY = "scanfix.intake 1"
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Dots per inch across and down, as a file names them; ``None`` where it names none."""

    across: float | None = None
    down: float | None = None


def provenance(source: PageSource, settings: IntakeSettings) -> Provenance:
    """Say what a page would be made from: limits and timeouts are left out, for they cannot change its pixels."""
    recipe = canonical(settings.model_dump(mode="json", include={"default_dpi", "pdf_dpi"}))
    return Provenance(made_by=_MADE_BY, recipe=recipe, inputs=(source.sha256, str(source.page)))


def make_page(
    source: PageSource,
    settings: IntakeSettings,
    *,
    folder: Path,
    pixels: GrayImage,
    grid: Grid,
    notes: Sequence[str],
) -> Page:
    """Settle the resolution, write the image, and describe the page.

    Raises
    ------
    StoreError
        The image cannot be written.
    """
    square, named, remarks = _make_square(pixels, grid)
    height, width = square.shape
    resolution = settle(named, width_px=width, height_px=height, default_dpi=settings.default_dpi)
    return Page(
        page_id=source.page_id,
        source=source,
        image=images.write_png(folder / "page.png", square, dpi=resolution.dpi),
        dpi_source=resolution.source,
        notes=(*notes, *remarks, *resolution.notes),
        provenance=provenance(source, settings),
    )


def check_size(width: float, height: float, settings: IntakeSettings, *, name: str) -> None:
    """Refuse an image by the size that its header names, before anything is decoded.

    Raises
    ------
    ScanError
        The image has more pixels than the settings allow, or none.
    """
    if min(width, height) < 1:
        raise ScanError(f"{name}: has no pixels ({width:.0f} x {height:.0f}). Scan the page again.")
    megapixels = width * height / _MILLION
    if megapixels > settings.max_megapixels:
        raise ScanError(
            f"{name}: {width:.0f} x {height:.0f} pixels are {megapixels:.0f} megapixels, more than the "
            f"{settings.max_megapixels:g} allowed. If it is no bomb, raise intake.max_megapixels."
        )


def _make_square(pixels: GrayImage, grid: Grid) -> tuple[GrayImage, float | None, tuple[str, ...]]:
    """Repeat rows or columns of a page whose pixels are twice as high as wide, or more, as fax machines make them.

    Nothing is lost or blended: every second row is a copy. Smaller differences are left as they are.
    """
    if not (grid.across and grid.down):
        return pixels, grid.across or grid.down, ()
    across, down = round(grid.across / grid.down), round(grid.down / grid.across)
    # Fax has 204 x 98 dpi; more than 4 times is no page but a lie in the tags.
    if max(across, down) not in {2, 3, 4}:
        return pixels, (grid.across * grid.down) ** 0.5, ()
    axis, times = (0, across) if across > 1 else (1, down)
    note = f"{'rows' if axis == 0 else 'columns'} repeated {times} times: {grid.across:.0f} x {grid.down:.0f} dpi"
    return np.repeat(pixels, times, axis=axis), max(grid.across, grid.down), (note,)
