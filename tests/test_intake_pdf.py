"""PDF: a page that is one scan gives its scan; any other page is drawn."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from scanned_pdfs import (
    HEIGHT,
    PLACE,
    SETTINGS,
    WIDTH,
    bits_of,
    drawn_by_poppler,
    dressed,
    image_of,
    is_as_drawn,
    is_taken,
    pixels_of,
    scan,
    take,
    write,
)

from scanfix import images, intake
from scanfix.intake import turn
from scanfix.model.page import Scan
from scanfix.settings import IntakeSettings

CIB = Path(__file__).parent.parent / "../shared/corpus/cib"


def test_a_page_that_is_one_scan_gives_its_very_pixels(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
    page = take(write(tmp_path / "a.pdf", pictures={"Im0": image_of(noise)}))
    assert (pixels_of(page) == noise).all()
    assert (page.image.dpi, page.dpi_source, page.notes) == (
        200.0,
        "file",
        ("taken out of the PDF with its own pixels",),
    )


@pytest.mark.parametrize("more", [{}, {"Decode": Array([1, 0])}])
def test_one_bit_scans_have_the_tones_that_are_shown(tmp_path: Path, more: dict[str, Any]) -> None:
    path = write(tmp_path / "a.pdf", pictures={"Im0": bits_of(scan(), **more)})
    page = take(path)
    assert is_taken(page)
    assert (pixels_of(page) == (255 - scan() if more else scan())).all()
    assert is_as_drawn(page, path)


@pytest.mark.parametrize("decode", [None, [0, 1], [1, 0]])
def test_stencils_have_the_tones_that_are_shown(tmp_path: Path, decode: list[int] | None) -> None:
    raw, about = bits_of(scan(), ImageMask=True)
    del about["ColorSpace"]
    if decode:
        about["Decode"] = Array(decode)
    path = write(tmp_path / "a.pdf", pictures={"Im0": (raw, about)})
    page = take(path)
    assert is_taken(page)
    assert is_as_drawn(page, path)


def test_a_stencil_in_colour_is_drawn(tmp_path: Path) -> None:
    raw, about = bits_of(scan(), ImageMask=True)
    del about["ColorSpace"]
    for colour in (b"0.5 g ", b"1 0 0 rg ", b"0 1 0 0 k "):
        assert not is_taken(take(write(tmp_path / "a.pdf", colour + PLACE, pictures={"Im0": (raw, about)})))
    for black in (b"0 g ", b"0 0 0 rg ", b"0 0 0 1 k "):
        assert is_taken(take(write(tmp_path / "a.pdf", black + PLACE, pictures={"Im0": (raw, about)})))


PLACES = {
    "as it is": b"144 0 0 72 0 0",
    "left and right swapped": b"-144 0 0 72 144 0",
    "upside down in a mirror": b"144 0 0 -72 0 72",
    "upside down": b"-144 0 0 -72 144 72",
}
STANDING = {
    "a quarter to the left": b"0 144 -72 0 72 0",
    "a quarter to the right": b"0 -144 72 0 0 144",
    "along the diagonal": b"0 144 72 0 0 0",
    "along the other diagonal": b"0 -144 -72 0 72 144",
}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90])
@pytest.mark.parametrize("place", [*PLACES, *STANDING])
def test_a_scan_is_turned_as_the_page_shows_it(tmp_path: Path, place: str, rotate: int) -> None:
    def dress(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = rotate

    matrix = PLACES.get(place) or STANDING[place]
    size = (144, 72) if place in PLACES else (72, 144)
    path = write(tmp_path / "a.pdf", b"q " + matrix + b" cm /Im0 Do Q", size=size, dress=dress)
    page = take(path)
    assert is_taken(page)
    assert is_as_drawn(page, path)
    assert page.image.dpi == 200.0


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_scan_is_cut_to_the_crop_box(tmp_path: Path, rotate: int) -> None:
    def dress(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.CropBox = Array([18, 9, 144, 54])
        page.obj.Rotate = rotate

    path = write(tmp_path / "a.pdf", dress=dress)
    page = take(path)
    assert is_taken(page)
    assert "cut to the crop box" in page.notes[1]
    assert is_as_drawn(page, path)


def test_a_unit_of_two_halves_the_resolution(tmp_path: Path) -> None:
    def dress(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.UserUnit = 2

    assert take(write(tmp_path / "a.pdf", dress=dress)).image.dpi == 100.0
    drawn = take(write(tmp_path / "b.pdf", PLACE + b"0 0 9 9 re f", dress=dress))
    assert not is_taken(drawn)
    assert (drawn.image.dpi, drawn.image.width_px) == (100.0, WIDTH)


BARE = {
    "invisible text": PLACE + b"BT 3 Tr /F0 9 Tf 9 9 Td (under) Tj ET",
    "visible text under the scan": b"BT /F0 9 Tf 9 9 Td (under) Tj ET " + PLACE,
    "a white sheet under the scan": b"1 g 0 0 144 72 re f " + PLACE,
    "a clip around the page": b"0 0 144 72 re W n " + PLACE,
    "a clip that has ended": b"q 0 0 10 10 re W n Q " + PLACE,
    "a path that is not painted": b"0 0 m 9 9 l n " + PLACE,
    "one restore too many": PLACE + b"Q Q",
    "state inside and outside": b"q 3 Tr Q " + PLACE,
    "a nearly level place": b"q 144 0.02 -0.02 72 0 0 cm /Im0 Do Q",
    "marked content": b"/Span << >> BDC " + PLACE + b"EMC",
    "a margin of a millimetre": b"q 138 0 0 69 3 1.5 cm /Im0 Do Q",
}
MORE = {
    "visible text": PLACE + b"BT /F0 9 Tf 9 9 Td (over) Tj ET",
    "a line": PLACE + b"0 0 m 9 9 l S",
    "a clip that cuts": b"0 0 100 72 re W n " + PLACE,
    "a clip that is no rectangle": b"0 0 m 300 0 l 0 300 l W n " + PLACE,
    "a clip that is turned": b"q 1 1 -1 1 0 0 cm 0 0 300 300 re W n Q 1 1 -1 1 0 0 cm -90 -90 300 300 re W n " + PLACE,
    "two scans": b"q 144 0 0 36 0 0 cm /Im0 Do Q q 144 0 0 36 0 36 cm /Im0 Do Q",
    "half a page": b"q 72 0 0 72 0 0 cm /Im0 Do Q",
    "a scan askew": b"q 143 9 -9 71 5 0 cm /Im0 Do Q",
    "an inline image over it": PLACE + b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q",
    "text below a margin": b"BT /F0 9 Tf 9 1 Td (under) Tj ET q 138 0 0 69 3 1.5 cm /Im0 Do Q",
    "operands that are none": b"/a /b cm " + PLACE,
    "optional content": b"/OC /MC0 BDC " + PLACE + b"EMC",
    "a state that is missing": b"/Gone gs " + PLACE,
    "no width": b"q 0 0 0 72 0 0 cm /Im0 Do Q",
}


@pytest.mark.parametrize("what", BARE)
def test_what_cannot_be_seen_does_not_count(tmp_path: Path, what: str) -> None:
    page = take(write(tmp_path / "a.pdf", BARE[what]))
    assert is_taken(page)
    assert (pixels_of(page) == scan()).all()


@pytest.mark.parametrize("what", MORE)
def test_a_page_that_is_more_than_its_scan_is_drawn(tmp_path: Path, what: str) -> None:
    path = write(tmp_path / "a.pdf", MORE[what])
    page = take(path)
    assert not is_taken(page)
    drawn = drawn_by_poppler(path, round(page.image.dpi))
    assert (pixels_of(page) == drawn).all()


def test_a_stamp_laid_on_the_page_by_a_reader_is_shown_and_a_link_is_not_there(tmp_path: Path) -> None:
    def note(subtype: Name, flags: int) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
        def dress(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
            look = pdf.make_stream(b"0 0 10 10 re f")
            look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])))
            about = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array([100, 10, 110, 20]), F=flags)
            about.AP = Dictionary(N=look)
            page.obj.Annots = Array([about, Array([])])

        return dress

    stamped = dressed(tmp_path, note(Name.Stamp, 4))
    assert not is_taken(stamped)
    assert pixels_of(stamped)[160, 290] == 0
    assert is_taken(dressed(tmp_path, note(Name.Link, 4)))
    assert is_taken(dressed(tmp_path, note(Name.Stamp, 2)))


def test_a_scan_in_a_form_is_found_and_its_own_state_ends_with_it(tmp_path: Path) -> None:
    def dress(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(b"1 0 0 1 -10 0 cm 144 0 0 72 0 0 cm /Im0 Do")
        about = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([-10, 0, 200, 200]))
        about.Matrix = Array([1, 0, 0, 1, 10, 0])
        about.Resources = Dictionary(XObject=Dictionary(Im0=page.obj.Resources.XObject.Im0))
        form.update(about)
        page.obj.Resources.XObject.Fm0 = form

    page = dressed(tmp_path, dress, b"/Fm0 Do BT 3 Tr /F0 9 Tf (x) Tj ET")
    assert is_taken(page)
    assert (pixels_of(page) == scan()).all()


def test_a_form_that_calls_itself_ends_and_is_drawn(tmp_path: Path) -> None:
    def dress(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(b"/Fm0 Do /Fm0 Do")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200])))
        page.obj.Resources.XObject.Fm0 = form

    start = time.perf_counter()
    assert not is_taken(dressed(tmp_path, dress, PLACE + b"/Fm0 Do"))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("state", [{"ca": 0.5}, {"BM": Name.Multiply}, {"SMask": Dictionary(S=Name.Luminosity)}])
def test_a_scan_that_lets_something_through_is_drawn(tmp_path: Path, state: dict[str, Any]) -> None:
    def dress(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.ExtGState.G0 = Dictionary(state)

    def plain(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.ExtGState.G0 = Dictionary(ca=1, BM=Name.Normal, SMask=Name("/None"))

    state = {f"/{name}": value for name, value in state.items()}
    assert is_taken(dressed(tmp_path, plain, b"/G0 gs " + PLACE))
    assert not is_taken(dressed(tmp_path, dress, b"/G0 gs " + PLACE))


def test_a_scan_with_a_mask_or_in_a_layer_is_drawn(tmp_path: Path) -> None:
    def mask(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject.Im0.Mask = Array([0, 1])

    def layer(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject.Im0.OC = Dictionary(Type=Name.OCG)

    assert not is_taken(dressed(tmp_path, mask))
    assert not is_taken(dressed(tmp_path, layer))


def test_a_page_of_text_is_drawn_at_the_resolution_of_the_settings(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", b"BT /F0 20 Tf 9 9 Td (TYPED) Tj ET")
    page = take(path, settings=IntakeSettings(pdf_dpi=144))
    assert (page.image.width_px, page.image.height_px, page.image.dpi) == (288, 144, 144.0)
    assert page.notes == ("drawn at 144 dpi, the resolution in the settings",)
    assert pixels_of(page).min() < 50


def test_a_small_picture_does_not_decide_how_a_page_is_drawn(tmp_path: Path) -> None:
    page = take(write(tmp_path / "a.pdf", b"q 10 0 0 5 0 0 cm /Im0 Do Q BT /F0 9 Tf 9 9 Td (x) Tj ET"))
    assert page.image.dpi == 300.0


def test_a_page_number_leads_to_its_own_page(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for tone in (10, 20, 30):
            with pikepdf.open(
                write(tmp_path / "one.pdf", pictures={"Im0": image_of(np.full((HEIGHT, WIDTH), tone, np.uint8))})
            ) as one:
                pdf.pages.extend(one.pages)
        pdf.save(tmp_path / "a.pdf")
    assert [int(pixels_of(take(tmp_path / "a.pdf", number))[0, 0]) for number in (1, 2, 3)] == [10, 20, 30]


def test_a_pdf_under_the_name_of_a_tiff_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf").rename(tmp_path / "a.tif")
    assert is_taken(take(path))


def test_names_with_spaces_and_newlines_reach_poppler_whole(tmp_path: Path) -> None:
    assert is_taken(take(write(tmp_path / "-r 9 two\nlines é.pdf")))


def test_an_image_without_a_place_has_no_turn() -> None:
    assert turn.find((0, 0), (0, 0), size_px=(1, 1), rotate_deg=0) is None


@pytest.mark.live
@pytest.mark.skipif(not CIB.is_dir(), reason="the corpus lies beside the project, in ../shared/corpus, not here")
@pytest.mark.parametrize("name", ["cib_02003053", "cib_02998380", "cib_02733136"])
def test_a_bulletin_gives_its_scan_and_that_is_what_poppler_shows(tmp_path: Path, name: str) -> None:
    path = (CIB / f"{name}.pdf").resolve()
    opened = intake.count_pages(Scan(scan_id=name, files=(str(path),)), SETTINGS)
    page = intake.ingest(opened.sources[0], SETTINGS, folder=tmp_path)
    assert is_taken(page)
    assert page.image.dpi == 300.0
    options = ["-r", "300", "-gray", "-png", "-singlefile", "-f", "1", "-l", "1"]
    subprocess.run(["pdftoppm", *options, path, tmp_path / "drawn"], check=True)
    taken, drawn = pixels_of(page), images.decode_gray((tmp_path / "drawn.png").read_bytes(), name="drawn")
    height, width = (min(sizes) for sizes in zip(taken.shape, drawn.shape, strict=True))
    # Poppler lays pixels on its own grid, one or two beside: ink of either must have ink of the other within 2 pixels.
    assert _share_near(taken[:height, :width] < 128, drawn[:height, :width] < 128) > 0.999
    assert _share_near(drawn[:height, :width] < 128, taken[:height, :width] < 128) > 0.999


def _share_near(ink: images.Mask, other: images.Mask) -> float:
    near = np.zeros_like(other)
    for y in range(-2, 3):
        for x in range(-2, 3):
            near |= np.roll(other, (y, x), axis=(0, 1))
    return float((ink & near).sum() / max(1, ink.sum()))
