import numpy as np
import pytest
from marks_drawn import blank, word

from scanfix.marks.crops import crop_of
from scanfix.marks.frame import as_image, frame_of, part
from scanfix.model.geometry import Box


@pytest.mark.parametrize("dpi", [150.0, 300.0, 600.0])
def test_every_page_comes_to_300_dpi_and_boxes_find_their_way_back(dpi: float) -> None:
    page = blank(width=round(4 * dpi), height=round(2 * dpi))
    frame = frame_of(page, dpi=dpi)
    assert (frame.width, frame.height) == (1200, 600)
    assert frame.box == Box(left=0, top=0, right=1200, bottom=600)
    assert frame.to_page.box(frame.box) == Box(left=0, top=0, right=round(4 * dpi), bottom=round(2 * dpi))


def test_a_page_near_300_dpi_is_not_resampled() -> None:
    page = blank(width=500, height=400)
    page[100:110, 50:90] = 0
    frame = frame_of(page, dpi=305)
    assert (frame.ink == (page == 0)).all()


def test_ink_is_found_on_grey_paper_under_a_shadow() -> None:
    page = blank(width=800, height=300)
    box = word(page, "SECRET", left=100, bottom=200)
    ink = page == 0
    shade = np.linspace(1.0, 0.6, 800)
    gray = (np.where(ink, 30, 220) * shade).astype(np.uint8)
    found = frame_of(gray, dpi=300).ink
    assert (part(found, box) == part(ink, box)).mean() > 0.97
    assert found[:, : box.left - 5].sum() == 0


def test_a_crop_is_ink_on_paper_with_a_margin() -> None:
    ink = np.ones((10, 20), np.bool_)
    crop = crop_of(ink)
    assert crop.shape == (38, 48)
    assert crop[0].min() == 255
    assert (crop[14:24, 14:34] == 0).all()
    assert (as_image(~ink) == 255).all()
