from pathlib import Path

import numpy as np
import pytest
import typed
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scanfix import clean, images
from scanfix.clean import conditions, geometry, measure, tone
from scanfix.images import GrayImage
from scanfix.model.geometry import Box
from scanfix.model.page import ImageFile, Page, PageId, PageSource
from scanfix.model.provenance import Provenance
from scanfix.settings import CleanSettings

PAGES = arrays(np.uint8, st.tuples(st.integers(8, 60), st.integers(8, 60)))


def ingested(pixels: GrayImage, folder: Path) -> Page:
    page_id = PageId(scan_id="memo", number=1)
    return Page(
        page_id=page_id,
        source=PageSource(page_id=page_id, file="memo.png", sha256="0", page=1),
        image=images.write_png(folder / "page.png", pixels, dpi=300),
        dpi_source="file",
        provenance=Provenance(made_by="test 1", recipe="{}", inputs=()),
    )


def not_asked(image: ImageFile) -> tuple[int, float]:
    raise AssertionError(image)


@given(PAGES)
def test_tonal_steps_never_move_a_pixel(page: GrayImage) -> None:
    assert tone.stretch(page).shape == page.shape
    assert measure.flat(page, measure.paper(page)).shape == page.shape
    assert tone.border(page).shape == page.shape
    assert measure.ink(page).shape == page.shape


@pytest.mark.parametrize("angle_deg", [-7.0, -2.5, -0.8, 0.5, 1.7, 5.0])
def test_a_turned_page_is_found_to_be_turned(angle_deg: float) -> None:
    ink = typed.turned(typed.page(), clockwise_deg=angle_deg) < 128
    assert geometry.find_skew(ink, limit_deg=12) == pytest.approx(-angle_deg, abs=0.15)


def test_level_pages_blank_pages_and_large_angles_are_left_alone() -> None:
    assert geometry.find_skew(typed.page() < 128, limit_deg=12) == 0
    assert geometry.find_skew(np.zeros((300, 300), np.bool_), limit_deg=12) == 0


@pytest.mark.parametrize("angle_deg", [0, 90, 180, 270])
def test_a_quarter_turn_and_its_map_agree(angle_deg: int) -> None:
    page = np.full((30, 50), 255, np.uint8)
    page[4:9, 10:30] = 0
    turned, moved = geometry.turn(page, clockwise_deg=angle_deg)
    box = moved.box(Box(left=10, top=4, right=30, bottom=9))
    assert (turned[box.top : box.bottom, box.left : box.right] == 0).all()
    assert (turned == 0).sum() == (page == 0).sum()


@settings(max_examples=20, deadline=None)
@given(st.floats(-8, 8), st.floats(0.4, 2.5))
def test_ink_goes_where_the_map_says(angle_deg: float, scale: float) -> None:
    page = np.full((200, 300), 255, np.uint8)
    page[90:110, 140:170] = 0
    moved_page, moved = geometry.level(page, clockwise_deg=angle_deg, scale=scale)
    rows, columns = np.nonzero(moved_page < 128)
    centre = moved.point(155, 100)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(centre, abs=0.75)
    corner = moved.inverse().point(*moved.point(300, 200))
    assert corner == pytest.approx((300, 200), abs=1e-6)


def test_levelling_by_nothing_gives_the_page_itself() -> None:
    page = typed.page()
    assert geometry.level(page, clockwise_deg=0, scale=1)[0] is page


def test_uneven_light_is_divided_out() -> None:
    light = np.linspace(0.35, 1.0, 1700)[None, :]
    page = (typed.page() * light).astype(np.uint8)
    flat = measure.flat(page, measure.paper(page))
    paper = flat[typed.page() == 255]
    assert np.percentile(paper, 2) > 240
    assert flat[typed.page() == 0].mean() < 60


def test_pale_ink_is_stretched_to_black_and_flat_pages_are_left() -> None:
    pale = np.clip(typed.page(), 170, 230)
    assert tone.stretch(pale).min() == 0
    grey = np.full((40, 40), 120, np.uint8)
    assert tone.stretch(grey) is grey


def test_a_dark_scan_border_is_found_and_text_is_not() -> None:
    page = typed.page()
    page[:, :60] = 10
    page[-50:] = 10
    found = tone.border(page)
    assert found[:, :50].mean() > 0.95
    assert found[-40:].mean() > 0.95
    assert not found[150:950, 150:1500].any()
    assert tone.whiten(page, found)[:, :50].min() == 255


def test_a_page_without_a_border_has_none() -> None:
    assert not tone.border(typed.page()).any()


def test_two_tones_are_told_from_grey() -> None:
    assert measure.is_bilevel(np.array([[0, 255], [255, 0]], np.uint8))
    assert not measure.is_bilevel(typed.page())


@pytest.mark.parametrize("size", [24, 44, 80])
def test_the_height_of_small_letters_is_measured(size: int) -> None:
    page = typed.page(size=size, height=2400)
    x = typed.page(["xzxz"], size=size, height=2400) < 128
    rows = np.flatnonzero(x.any(axis=1))
    assert measure.x_height(measure.ink(page)) == pytest.approx(rows[-1] - rows[0] + 1, rel=0.15)


def test_a_page_without_letters_has_no_letter_height() -> None:
    assert measure.x_height(np.zeros((500, 400), np.bool_)) is None


def test_a_page_on_its_side_or_head_is_suspected() -> None:
    ink = typed.page() < 128
    assert not measure.lies_on_its_side(ink)
    assert measure.lies_on_its_side(np.rot90(ink))
    assert not measure.stands_on_its_head(ink, skew_deg=0)
    assert measure.stands_on_its_head(np.rot90(ink, 2), skew_deg=0)
    blank = np.zeros((300, 300), np.bool_)
    assert not measure.lies_on_its_side(blank)
    assert not measure.stands_on_its_head(blank, skew_deg=0)


def test_a_good_page_is_left_as_it_is(tmp_path: Path) -> None:
    pixels = np.where(typed.page() < 128, 0, 255).astype(np.uint8)
    page = ingested(pixels, tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=not_asked)
    assert cleaned.upright == cleaned.clean
    assert np.array_equal(images.read_gray(cleaned.upright), pixels)
    assert [step.name for step in cleaned.steps] == ["level", "conditions"]
    assert cleaned.provenance == clean.provenance(page.provenance, CleanSettings())


def test_a_page_of_large_letters_keeps_the_resolution_that_thin_outlines_need(tmp_path: Path) -> None:
    page = ingested(typed.page(size=150, width=3000, height=2400), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=not_asked)
    measured = dict(cleaned.steps[0].measured)
    assert measured["x_height_px"] > 2 * CleanSettings().x_height_px
    assert cleaned.upright.dpi == pytest.approx(240)


def test_a_small_dark_page_askew_is_levelled_enlarged_and_whitened(tmp_path: Path) -> None:
    small = typed.turned(typed.page(size=18, width=900, height=700), clockwise_deg=2.0)
    page = ingested((small * 0.5).astype(np.uint8), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=not_asked)
    measured = dict(cleaned.steps[0].measured)
    assert measured["clockwise_deg"] == pytest.approx(-2, abs=0.2)
    assert measured["scale"] > 1.5
    assert cleaned.upright.dpi == pytest.approx(300 * measured["scale"])
    assert images.read_gray(cleaned.upright).shape == images.read_gray(cleaned.clean).shape
    assert np.median(images.read_gray(cleaned.clean)) == 255
    assert measure.x_height(measure.ink(images.read_gray(cleaned.clean))) == pytest.approx(24, rel=0.2)


@pytest.mark.parametrize(
    ("confidence", "step", "is_turned"), [(9.0, "orientation", True), (0.5, "orientation-unclear", False)]
)
def test_only_a_sure_answer_turns_a_page(tmp_path: Path, *, confidence: float, step: str, is_turned: bool) -> None:
    page = ingested(np.ascontiguousarray(np.rot90(typed.page(), 2)), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=lambda _: (180, confidence))
    assert cleaned.steps[0].name == step
    assert (cleaned.source_to_upright.a < 0) is is_turned


def test_cleaning_can_be_switched_off(tmp_path: Path) -> None:
    page = ingested((typed.page() * 0.6).astype(np.uint8), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(is_on=False), folder=tmp_path, find_turn=not_asked)
    assert cleaned.clean == cleaned.upright


def test_a_two_tone_page_stays_one_when_it_is_levelled(tmp_path: Path) -> None:
    pixels = np.where(typed.turned(typed.page(), clockwise_deg=1.5) < 128, 0, 255).astype(np.uint8)
    cleaned = clean.clean_page(ingested(pixels, tmp_path), CleanSettings(), folder=tmp_path, find_turn=not_asked)
    upright = images.read_gray(cleaned.upright)
    assert cleaned.levelled_deg == pytest.approx(-1.5, abs=0.15)
    assert measure.is_bilevel(upright)
    assert (upright == 0).sum() == pytest.approx((pixels == 0).sum(), rel=0.03)


def test_a_white_page_of_grey_tones_is_not_flattened(tmp_path: Path) -> None:
    page = ingested(typed.page(), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=not_asked)
    assert "flatten" not in [step.name for step in cleaned.steps]


def test_conditions_are_kept_with_the_page(tmp_path: Path) -> None:
    page = ingested((typed.page() * 0.6).astype(np.uint8), tmp_path)
    cleaned = clean.clean_page(page, CleanSettings(), folder=tmp_path, find_turn=not_asked)
    state = dict(next(step for step in cleaned.steps if step.name == "conditions").measured)
    assert state["is_bilevel"] == 0
    assert state["paper_tone"] == pytest.approx(153, abs=2)
    assert state["contrast"] > 0.9
    assert state["specks_per_cm2"] < 0.5
    assert state["bleed_share"] == 0
    assert state["unevenness"] < 0.01


@pytest.mark.parametrize("method", ["otsu", "sauvola", "wolf", "nick", "isauvola"])
def test_a_grey_page_is_made_two_tone_by_the_method_asked_for(tmp_path: Path, method: str) -> None:
    page = ingested((typed.page() * 0.6).astype(np.uint8), tmp_path)
    settings = CleanSettings.model_validate({"binarisation": method})
    cleaned = clean.clean_page(page, settings, folder=tmp_path, find_turn=not_asked)
    made = images.read_gray(cleaned.clean)
    assert cleaned.steps[-1].name == f"binarise-{method}"
    assert set(np.unique(made)) == {0, 255}
    assert ((made == 0) == (typed.page() < 128)).mean() > 0.99


def test_what_stands_in_the_settings_is_all_that_is_done(tmp_path: Path) -> None:
    pixels = (typed.page() * 0.6).astype(np.uint8)
    pixels[300:304, 200:1200] = 0
    pixels[1050:1056, 1600:1606] = 0
    names = {}
    for is_wanted in (True, False):
        settings = CleanSettings(remove_rules=is_wanted, remove_specks=is_wanted, flatten=is_wanted)
        cleaned = clean.clean_page(ingested(pixels, tmp_path), settings, folder=tmp_path, find_turn=not_asked)
        names[is_wanted] = {step.name for step in cleaned.steps} - {"level", "conditions"}
    assert names == {True: {"flatten", "rules"}, False: set()}


def test_the_same_conditions_at_another_size() -> None:
    page = typed.page()
    none = np.zeros(page.shape, np.bool_)
    state = conditions.look(page, measure.paper(page), page < 128, none, dpi=300)
    assert state.x_height_px is not None
    assert state.stroke_px is not None
    assert state.scaled(2).x_height_px == 2 * state.x_height_px
    assert state.scaled(2).stroke_px == 2 * state.stroke_px
    empty = conditions.look(page, measure.paper(page), none, none, dpi=300)
    assert empty.x_height_px is None
    assert empty.stroke_px is None
    assert empty.scaled(2) == empty
    assert empty.contrast == 0
    assert "x_height_px" not in dict(empty.step().measured)


def test_pale_letters_beside_the_typed_ones_are_measured_as_show_through() -> None:
    page = typed.page(top=120)
    pale = typed.page(top=620, height=1500)
    sheet = np.minimum(np.pad(page, ((0, 400), (0, 0)), constant_values=255), np.where(pale[:1500] < 128, 190, 255))
    sheet = sheet.astype(np.uint8)
    sheet[900:] = np.where(pale[900:1500] < 128, 190, 255)
    sheet = (sheet * 0.8).astype(np.uint8)
    ink = sheet < 102
    none = np.zeros(sheet.shape, np.bool_)
    assert conditions.look(sheet, measure.paper(sheet), ink, none, dpi=300).bleed_share > 0.2
    assert conditions.look(page, measure.paper(page), page < 128, none[:1100], dpi=300).bleed_share == 0


def test_a_dark_border_is_cut_and_a_page_without_letters_is_left_otherwise(tmp_path: Path) -> None:
    pixels = np.full((1100, 1700), 255, np.uint8)
    pixels[:, :60] = 10
    cleaned = clean.clean_page(ingested(pixels, tmp_path), CleanSettings(), folder=tmp_path, find_turn=not_asked)
    assert [step.name for step in cleaned.steps] == ["level", "conditions", "cut-border"]
    assert images.read_gray(cleaned.clean).min() == 255


@pytest.mark.parametrize(("wanted", "unwanted"), [("rules", "specks"), ("specks", "rules")])
def test_rules_and_specks_are_taken_apart(tmp_path: Path, wanted: str, unwanted: str) -> None:
    pixels = typed.page()
    pixels[300:304, 200:1200] = 0
    pixels[1050:1056, 1600:1606] = 0
    kept = CleanSettings.model_validate({f"remove_{unwanted}": False})
    cleaned = clean.clean_page(ingested(pixels, tmp_path), kept, folder=tmp_path, find_turn=not_asked)
    names = [step.name for step in cleaned.steps]
    assert wanted in names
    assert unwanted not in names
