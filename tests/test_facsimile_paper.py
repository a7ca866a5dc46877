"""What lies on the typed sheet and under it: stamps, banners, paper, and the faces that type is set in."""

from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pressed import BARE, SHEET, crop, document, full_page, marks_of, page_of

from scanfix.errors import SettingsError, ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Machine, Paragraph
from scanfix.facsimile.asked.faces import Face, FaceName
from scanfix.facsimile.asked.markup import runs
from scanfix.facsimile.press import press
from scanfix.facsimile.scanned import paper
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.ink import Layer

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)


# Stamps and banners


def test_the_banner_is_straight_on_a_turned_page_and_hides_what_is_under_it() -> None:
    page = full_page(2.5)
    head, foot = marks_of(page, "banner")
    assert (head.field("position"), foot.field("position")) == ("top", "bottom")
    assert head.text == "Approved for Release: 2004/06/17 C00418823"
    assert dict(head.fields)["date"] == "2004-06-17"
    assert (head.box.width, head.box.height) == (foot.box.width, foot.box.height)
    assert np.array_equal(crop(page.pixels, head.box), crop(page.pixels, foot.box))
    assert page.transcript.blocks[0].kind == "banner"


# Paper


def test_a_bilevel_page_is_black_and_white_and_speckled() -> None:
    clean, dusty = (page_of(document(look=replace(BARE, is_bilevel=True, speckle=speckle))) for speckle in (0.0, 20.0))
    assert set(np.unique(dusty.pixels)) == {0, 255}
    added = np.count_nonzero(dusty.pixels == 0) - np.count_nonzero(clean.pixels == 0)
    assert 20 * 30 * 0.8 < added < 20 * 30 * 6


def test_the_bed_is_dark_round_the_turned_sheet_and_shows_through_the_holes() -> None:
    look = replace(
        BARE, tone=220, bed=20, border_in=(0.3, 0.3, 0.3, 0.3), skew_deg=1.0, holes=((0.5, 2.5),), blur_px=0.5
    )
    pixels = page_of(document("Halm", look=look)).pixels
    assert pixels.shape == (round(5.6 * 150), round(6.6 * 150))
    assert all(pixels[row, column] <= 25 for row in (5, -5) for column in (5, -5))
    x, y = paper.lie_of(SHEET, look).point(0.5 * 150, 2.5 * 150)
    assert pixels[int(y), int(x)] <= 25
    assert pixels[int(y) + 30, int(x)] >= 210


def test_shade_darkens_one_corner_of_the_paper() -> None:
    pixels = page_of(document("Halm", look=replace(BARE, tone=220, shade=0.3))).pixels.astype(int)
    corners = [pixels[row, column] for row in (3, -3) for column in (3, -3)]
    assert max(corners) - min(corners) > 50


def test_grain_is_as_strong_as_asked() -> None:
    still, grainy = (
        page_of(document("Halm", look=replace(BARE, tone=200, grain=grain))).pixels for grain in (0.0, 6.0)
    )
    assert still[:50].std() < 0.1
    assert 2.0 < grainy[:50].std() < 4.5


# Faces


def test_a_sign_that_the_face_lacks_is_refused() -> None:
    worn = replace(document("Port Tessin (north)"), machine=Machine(face="worn", pitch_cpi=10))
    with pytest.raises(SettingsError, match=r"no sign '\('"):
        press(worn, seed=1)
    with pytest.raises(SettingsError, match="no sign '£'"):
        press(replace(worn, paragraphs=(Paragraph(runs=runs("£5")),)), seed=1)


def test_a_missing_face_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    name = cast(FaceName, "nowhere")
    monkeypatch.setitem(cast(dict[FaceName, Face], faces.FACES), name, Face(file="No Such Face.ttf"))
    with pytest.raises(ToolMissingError, match=r"apt-get install .*fonts-courier-prime"):
        faces.font(name, 12.0)


def test_ink_outside_the_layer_is_lost_and_has_no_box() -> None:
    layer = Layer(width=40, height=40)
    assert layer.glyph("H", "courier", 30.0, (100.0, 100.0)).box.area == 0
    assert layer.stroke(((60.0, 60.0), (90.0, 60.0)), width_px=3.0).box.area == 0
    assert not layer.ink.any()
    box = layer.glyph("H", "courier", 30.0, (30.0, 30.0)).box
    assert box.area > 0
    assert box.right == 40


@given(st.sampled_from("AHgMx%"), st.floats(min_value=20, max_value=60), st.floats(min_value=20, max_value=60))
@settings(max_examples=30, deadline=None)
def test_a_glyph_s_box_holds_its_ink_exactly(char: str, x: float, y: float) -> None:
    layer = Layer(width=120, height=120)
    box = layer.glyph(char, "courier", 40.0, (x, y)).box
    rows, columns = np.nonzero(layer.ink >= ink.RIM)
    assert box.edges == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
