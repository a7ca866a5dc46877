"""The scan of an inked sheet: every setting of a look does what it says."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pressed import BARE
from scanned import PLAIN, SHEET, bar, blank, inked, scan

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Ink
from scanfix.facsimile.scanned import imprint, paper
from scanfix.facsimile.surface.curl import Curl
from scanfix.facsimile.surface.layers import Layers
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine

# What a look may be changed to, one field at a time.
CHANGES: dict[str, object] = {
    "dpi": 200,
    "skew_deg": 2.0,
    "warp_in": 0.05,
    "border_in": (0.2, 0.2, 0.2, 0.2),
    "neighbour": True,
    "bed": 90,
    "shadow": 0.8,
    "chipped": 0.06,
    "tone": 180,
    "tint": (255, 240, 200),
    "ink": 60,
    "shade": 0.3,
    "stain": 0.3,
    "grain": 5.0,
    "fibre": 4.0,
    "ragged": 0.8,
    "dropout": 0.3,
    "spread": 0.004,
    "grit": 8.0,
    "speckle": 9.0,
    "bleed": 0.8,
    "rim": 0.3,
    "spatter": 1.0,
    "blur_px": 1.2,
    "holes": ((0.3, 1.0),),
    "generations": 1,
    "mimeo": 0.8,
    "scratches": 3,
    "is_colour": True,
    "is_bilevel": True,
    "is_local": True,
    "threshold": 215,
    "tidied": True,
    "jpeg_quality": 20,
}
# What must be there for a change to show.
NEEDS: dict[str, dict[str, object]] = {
    "neighbour": {"border_in": (0.0, 0.0, 0.4, 0.0)},
    "bed": {"border_in": (0.2, 0.2, 0.2, 0.2)},
    "shadow": {"border_in": (0.2, 0.2, 0.2, 0.2), "bed": 240},
    "chipped": {"border_in": (0.2, 0.2, 0.2, 0.2)},
    "tint": {"is_colour": True},
    "is_local": {"is_bilevel": True, "shade": 0.6, "threshold": 160},
    "threshold": {"is_bilevel": True, "grain": 20.0},
    "tidied": {"is_bilevel": True, "threshold": 215, "grain": 20.0},
}


def test_every_setting_has_a_change_to_be_tested_with() -> None:
    assert set(CHANGES) == {field.name for field in fields(Look)}


@pytest.mark.parametrize("name", CHANGES)
def test_every_setting_shows_on_the_scan(name: str) -> None:
    before = replace(PLAIN, **NEEDS.get(name, {}))  # type: ignore[arg-type]  # the tables hold the fields' own types
    after = replace(before, **{name: CHANGES[name]})  # type: ignore[arg-type]
    assert not np.array_equal(scan(before), scan(after))


@pytest.mark.parametrize("is_colour", [False, True])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(*, is_colour: bool) -> None:
    look = replace(
        PLAIN, warp_in=0.03, grain=4.0, fibre=3.0, ragged=0.5, dropout=0.1, mimeo=0.3, speckle=3.0, spatter=0.5,
        stain=0.1, scratches=2, jpeg_quality=70, border_in=(0.1, 0.1, 0.3, 0.1), is_colour=is_colour,
    )  # fmt: skip
    assert np.array_equal(scan(look), scan(look))
    assert not np.array_equal(scan(look), scan(look, seed=4))


@pytest.mark.parametrize("dpi", [150, 240, 400])
def test_a_letter_has_the_same_share_of_ink_at_every_resolution(dpi: int) -> None:
    look = replace(PLAIN, dpi=dpi, is_bilevel=True, ragged=0.4, dropout=0.05, spread=0.001, generations=1)
    assert (scan(look) == 0).mean() == pytest.approx(0.034, abs=0.005)


# Where the ink lies


@settings(max_examples=15, deadline=None)
@given(
    st.floats(min_value=-3, max_value=3),
    st.floats(min_value=0.005, max_value=0.06),
    st.integers(min_value=0, max_value=99),
    st.integers(min_value=0, max_value=2),
)
def test_a_dot_comes_to_lie_where_the_truth_says(skew_deg: float, warp_in: float, seed: int, copies: int) -> None:
    look = replace(BARE, skew_deg=skew_deg, warp_in=warp_in, border_in=(0.2, 0.2, 0.2, 0.2), bed=255)
    lie = paper.lie_of(SHEET, replace(look, generations=copies), np.random.default_rng(seed))
    layers = Layers(width=450, height=360)
    dots = [(x, y) for x in (30.0, 150.5, 300.25, 420.0) for y in (25.0, 180.5, 330.0)]
    for dot in dots:
        layers.of("black").stroke((dot, dot), width_px=9)
    dark = 255 - paper.expose(
        [(layers, lie)], sheet=SHEET, lie=lie, look=look, generator=np.random.default_rng(seed)
    ).astype(np.int64)
    for dot in dots:
        x, y = lie.point(*dot)
        rows, columns = np.mgrid[int(y) - 9 : int(y) + 10, int(x) - 9 : int(x) + 10]
        weight = dark[rows, columns]
        middle = ((weight * (columns + 0.5)).sum() / weight.sum(), (weight * (rows + 0.5)).sum() / weight.sum())
        assert middle == pytest.approx((x, y), abs=0.2)


@settings(deadline=None)
@given(
    x=st.floats(min_value=-50, max_value=2600),
    y=st.floats(min_value=-50, max_value=3400),
    depth=st.floats(min_value=0, max_value=25),
    at_right=st.booleans(),
)
def test_a_curl_can_be_undone_and_bends_no_further_than_asked(
    *, x: float, y: float, depth: float, at_right: bool
) -> None:
    curl = Curl(width_px=2550, height_px=3300, depth_px=depth, at_right=at_right)
    there = curl.point(x, y)
    assert curl.back(*there) == pytest.approx((x, y), abs=1e-3)
    if 0 <= x <= 2550 and 0 <= y <= 3300:
        assert abs(there[1] - y) <= depth + 1e-9


def test_ink_beyond_the_scan_is_lost_and_an_unused_ink_leaves_nothing() -> None:
    lie = paper.lie_of(SHEET, BARE)
    stamp = Layers(width=40, height=40)
    stamp.of("red").stroke(((10.0, 10.0), (30.0, 30.0)), width_px=3)
    sheet = Layers(width=450, height=360)
    sheet.of("blue")
    beyond = lie.after(Affine(a=1.0, b=0.0, c=2000.0, d=0.0, e=1.0, f=0.0))
    surfaces = [(sheet, lie), (stamp, beyond)]
    pixels = paper.expose(surfaces, sheet=SHEET, lie=lie, look=BARE, generator=np.random.default_rng(1))
    assert (pixels == 255).all()


def test_a_stamp_curls_with_the_sheet_it_lies_on() -> None:
    look = replace(BARE, warp_in=0.05)
    sheet = paper.lie_of(SHEET, look)
    stamp = sheet.after(Affine(a=1.0, b=0.0, c=100.0, d=0.0, e=1.0, f=50.0))
    assert stamp.point(10, 20) == sheet.point(110, 70)
    assert sheet.point(110, 70) != (110, 70)


def test_copiers_enlarge_about_the_middle_of_the_sheet() -> None:
    lie = paper.lie_of(SHEET, replace(BARE, generations=2))
    assert lie.point(225, 180) == pytest.approx((225, 180))
    assert lie.point(0, 180)[0] < -1


# Colour


@pytest.mark.parametrize(
    ("ink", "order"), [("violet", "gr b"), ("blue", "rg b"), ("red", "bg r"), ("green", "rb g"), ("pencil", "")]
)
def test_every_ink_has_its_colour(ink: Ink, order: str) -> None:
    look = replace(PLAIN, is_colour=True)
    pixels = scan(look, layers=inked(look, ink))
    assert pixels.shape == (360, 450, 3)
    channels = dict(zip("rgb", bar(pixels, look).mean(axis=(0, 1)), strict=True))
    if order:
        assert channels[order[-1]] > 1.2 * channels[order[0]]
        assert channels[order[-1]] > 1.2 * channels[order[1]]
    else:
        assert max(channels.values()) - min(channels.values()) < 10


def test_a_grey_scan_sees_coloured_ink_paler_than_black() -> None:
    levels = [bar(scan(PLAIN, layers=inked(PLAIN, ink)), PLAIN).mean() for ink in ("black", "violet", "red")]
    assert levels[0] == pytest.approx(PLAIN.ink, abs=1)
    assert levels[0] + 30 < levels[1] < levels[2] + 30


def test_black_type_stays_black_under_a_violet_stamp() -> None:
    look = replace(PLAIN, is_colour=True)
    layers = inked(look)
    layers.of("violet").stroke(((80.0, 225.0), (300.0, 225.0)), width_px=12, strength=0.8)
    pixels = scan(look, layers=layers)
    assert pixels[225, 150].max() < 45
    red, green, blue = pixels[225, 280].astype(int)
    assert blue > red > green


def test_paper_has_its_tint_in_colour_and_its_tone_in_grey() -> None:
    look = replace(PLAIN, tint=(255, 240, 200))
    assert blank(scan(look), look).mean() == pytest.approx(220, abs=1)
    coloured = blank(scan(replace(look, is_colour=True)), look).mean(axis=(0, 1))
    assert coloured == pytest.approx((220, 207, 172), abs=1.5)


# Ink


def test_dropout_leaves_about_its_share_of_the_ink_bare() -> None:
    for share in (0.05, 0.2, 0.4):
        look = replace(PLAIN, dropout=share)
        assert (bar(scan(look), look) > 125).mean() == pytest.approx(share, abs=0.05)


@given(st.floats(min_value=-2.4, max_value=2.4))
@settings(max_examples=20, deadline=None)
def test_ink_spreads_by_parts_of_a_pixel(by_px: float) -> None:
    layers = inked(PLAIN)
    _, ink = next(iter(layers.drawn()))
    grown = imprint.spread(Image.fromarray(ink.ink), by_px)
    row = np.asarray(grown)[225 - 30 : 225 + 30, 150].astype(int)
    assert row.sum() / 255 == pytest.approx(30 + 2 * by_px, abs=0.7)


def test_ragged_edges_are_rougher_and_take_no_ink_away() -> None:
    def roughness(pixels: GrayImage) -> int:
        black = pixels == 0
        return int(np.count_nonzero(black[1:] != black[:-1]) + np.count_nonzero(black[:, 1:] != black[:, :-1]))

    even, frayed = (scan(replace(PLAIN, dpi=300, is_bilevel=True, ragged=ragged)) for ragged in (0.0, 1.0))
    assert roughness(frayed) > 1.05 * roughness(even)
    assert (frayed == 0).sum() == pytest.approx((even == 0).sum(), rel=0.06)


def test_a_stencil_inks_unevenly() -> None:
    look = replace(PLAIN, mimeo=1.0)
    even, porous = bar(scan(PLAIN), PLAIN), bar(scan(look), look)
    assert even.std() < 1
    assert porous.std() > 15
    assert porous.mean() > even.mean() + 20


def test_each_copy_is_harder() -> None:
    first = replace(PLAIN, blur_px=1.5, grain=3.0)
    greys = [((pixels > 60) & (pixels < 190)).sum() for pixels in (scan(first), scan(replace(PLAIN, generations=3)))]
    assert greys[1] < 0.5 * greys[0]


def test_pale_red_ink_comes_through_a_copier_weaker_than_pale_black() -> None:
    look = replace(PLAIN, generations=1)
    black, red = (bar(scan(look, layers=inked(look, ink, 0.45)), look).mean() for ink in ("black", "red"))
    assert red > black + 40


def test_a_copy_of_a_sheet_on_a_dark_bed_has_a_black_border_on_its_own_paper() -> None:
    look = replace(PLAIN, generations=1, border_in=(0.3, 0.3, 0.3, 0.3), tone=240)
    pixels = scan(look)
    assert pixels[10:30, 10:400].mean() < 50
    assert np.median(pixels[60:90, 60:400]) > 230


# Paper and bed
