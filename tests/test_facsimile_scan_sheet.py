"""The scan of an inked sheet: its edges, its bed, its dust, its tones."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from pressed import BARE
from scanned import PLAIN, bar, blank, part, scan

from scanfix.facsimile.scanned import bilevel
from scanfix.facsimile.surface.layers import Layers


def test_the_back_of_the_sheet_shows_mirrored_and_pale() -> None:
    look = replace(PLAIN, bleed=1.0)
    fresh, bled = scan(PLAIN).astype(int), scan(look).astype(int)
    added = fresh - bled
    # The bar ends 1.5 inches from the right edge, and is shifted a little.
    rows, columns = np.nonzero(added > 40)
    assert columns.min() / 150 == pytest.approx(3.0 - 1.6 + 0.11, abs=0.06)
    assert columns.max() / 150 == pytest.approx(3.0 - 0.5 + 0.11, abs=0.06)
    assert rows.max() / 150 == pytest.approx(1.6 + 0.07, abs=0.05)
    assert added.max() < 100


def test_edges_are_toned_and_the_middle_is_not() -> None:
    look = replace(PLAIN, rim=0.4)
    pixels = scan(look)
    assert pixels[180, 2] < 150
    assert pixels[180, 225] == pytest.approx(220, abs=1)


def test_fibres_lie_along_the_lines() -> None:
    look = replace(PLAIN, dpi=300, fibre=5.0)
    texture = blank(scan(look), look)
    assert texture.std() == pytest.approx(5, abs=1.5)
    assert np.abs(np.diff(texture, axis=1)).mean() < 0.8 * np.abs(np.diff(texture, axis=0)).mean()


@pytest.mark.parametrize("is_left", [True, False])
def test_a_neighbour_shows_on_the_wider_side_only(*, is_left: bool) -> None:
    look = replace(PLAIN, border_in=(0.4, 0.1, 0.1, 0.1) if is_left else (0.1, 0.1, 0.4, 0.1), neighbour=True)
    pixels = scan(look)
    sides = pixels[:, :45].max(), pixels[:, -45:].max()
    near, far = sides if is_left else sides[::-1]
    assert near > 190
    edge = pixels[:, -6:] if is_left else pixels[:, :6]
    assert far >= 190  # the sheet itself
    assert edge.max() <= 40


def test_a_neighbour_has_the_paper_s_tint() -> None:
    look = replace(PLAIN, border_in=(0.5, 0.1, 0.1, 0.1), neighbour=True, is_colour=True, tint=(255, 230, 180))
    red, green, blue = scan(look)[200, 5].astype(int)
    assert red > green + 10 > blue + 20


def test_worn_corners_are_gone_and_the_middle_of_the_edge_is_not() -> None:
    look = replace(PLAIN, border_in=(0.2, 0.2, 0.2, 0.2), chipped=0.1)
    lost = (scan(look) < 100) & (scan(replace(look, chipped=0.0)) > 200)
    assert 0 < lost.sum() < 2000
    # Nothing is lost further in than the wear goes.
    assert not lost[30 + 16 : -30 - 16, 30 + 16 : -30 - 16].any()
    assert lost[30:48, 30:48].sum() + lost[-48:-30, -48:-30].sum() > lost[180:216].sum()


def test_a_neighbour_needs_room() -> None:
    narrow = replace(PLAIN, border_in=(0.05, 0.05, 0.05, 0.05))
    assert np.array_equal(scan(narrow), scan(replace(narrow, neighbour=True)))


def test_a_white_lid_shows_only_the_shadows_of_holes() -> None:
    look = replace(PLAIN, tone=250, bed=250, shadow=0.9, holes=((0.3, 1.2),))
    pixels = scan(look)
    around = part(pixels, look, 0.12, 1.02, 0.48, 1.38)
    assert 0.05 < (around < 125).mean() < 0.4
    assert pixels[180, 45] == 250


# Dirt


def test_dust_is_as_dense_as_asked_and_denser_at_the_edges() -> None:
    look = replace(BARE, dpi=100, speckle=60.0)
    empty = Layers(width=300, height=240)
    dark = scan(look, layers=empty) < 128
    assert 60 * 7.2 * 0.8 < dark.sum() < 60 * 7.2 * 3
    assert dark[15:-15, 18:-18].mean() < 0.8 * dark.mean()


def test_spatter_falls_round_the_letters_alone() -> None:
    look = replace(BARE, spatter=1.0)
    added = (scan(look) < 128) & ~(scan(BARE) < 128)
    assert 5 < added.sum() < 400
    rows, columns = np.nonzero(added)
    assert (rows.min() > 0.7 * 150) & (rows.max() < 1.75 * 150)
    assert (columns.min() > 0.5 * 150) & (columns.max() < 1.7 * 150)


def test_scratches_run_down_the_page_and_cut_the_ink() -> None:
    look = replace(BARE, scratches=40)
    pixels = scan(look)
    assert (bar(pixels, look) > 128).sum() > 10
    changed = pixels != scan(BARE)
    columns = np.flatnonzero(changed.any(axis=0))
    assert 20 < columns.size < 250


# Camera


@pytest.mark.parametrize("is_colour", [False, True])
def test_jpeg_leaves_its_rings_round_the_ink_and_none_on_bare_paper(*, is_colour: bool) -> None:
    look = replace(PLAIN, is_colour=is_colour, jpeg_quality=15)
    crisp, coded = scan(replace(look, jpeg_quality=None)).astype(int), scan(look).astype(int)
    assert np.abs(crisp - coded)[110:160, 80:230].max() > 20
    assert np.abs(blank(crisp.astype(np.uint8), look) - blank(coded.astype(np.uint8), look)).max() <= 8


def test_a_colour_camera_s_grain_differs_a_little_between_its_channels() -> None:
    look = replace(PLAIN, is_colour=True, tint=(255, 255, 255), grain=10.0)
    red, green, _ = np.moveaxis(blank(scan(look), look), 2, 0)
    assert 4 < red.std() < 7
    assert 0.5 < np.corrcoef(red.ravel(), green.ravel())[0, 1] < 0.98


def test_a_local_threshold_reads_where_light_fails() -> None:
    look = replace(PLAIN, is_bilevel=True, tone=250, rim=0.9, threshold=140)
    dark, read = scan(look), scan(replace(look, is_local=True))
    assert (dark[:8] == 0).mean() > 0.9
    assert (read[30:-30, 30:-30] == 0).mean() < 0.1
    assert (bar(read, look) == 0).mean() > 0.9


def test_a_bilevel_page_of_a_colour_look_is_black_and_white() -> None:
    pixels = scan(replace(PLAIN, is_colour=True, is_bilevel=True))
    assert pixels.ndim == 2
    assert set(np.unique(pixels)) == {0, 255}


def test_tidying_drops_lone_pixels_and_fills_lone_holes() -> None:
    page = np.full((9, 12), 255, dtype=np.uint8)
    page[2, 2] = 0
    page[4:9, 4:10] = 0
    page[6, 7] = 255
    look = replace(BARE, is_bilevel=True, tidied=True)
    tidied = bilevel.two_tones(Image.fromarray(page), look)
    assert tidied[2, 2] == 255
    assert tidied[6, 7] == 0
    assert (tidied[4:9, 4:10] == 0).all()
