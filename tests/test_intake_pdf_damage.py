"""PDF: what is locked, broken or a bomb is refused, and so is what a missing or failing poppler cannot give."""

import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Name
from PIL import Image
from scanned_pdfs import (
    HEIGHT,
    PLACE,
    SETTINGS,
    WIDTH,
    dressed,
    image_of,
    is_taken,
    pixels_of,
    scan,
    take,
    write,
)

from scanfix import images, intake
from scanfix.errors import ScanError, ToolFailedError, ToolMissingError
from scanfix.intake import poppler
from scanfix.model.page import Scan
from scanfix.settings import IntakeSettings


def test_owner_passwords_do_not_stop_a_reader_and_user_passwords_do(tmp_path: Path) -> None:
    closed = pikepdf.Permissions(extract=False)
    path = write(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="x", user="", allow=closed))
    assert (pixels_of(take(path)) == scan()).all()
    with pytest.raises(ScanError, match="locked by a password"):
        take(write(tmp_path / "b.pdf", encryption=pikepdf.Encryption(owner="x", user="y")))


def test_a_pdf_without_pages_or_without_an_inside_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "none.pdf")
    with pytest.raises(ScanError, match="without pages"):
        take(tmp_path / "none.pdf")
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.4\njunk")
    with pytest.raises(ScanError, match="a damaged PDF"):
        take(tmp_path / "junk.pdf")


def test_a_ring_of_page_trees_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        pdf.Root.Pages.Count = 99
        pdf.save(tmp_path / "b.pdf")
    with pytest.raises(ScanError, match=r"b\.pdf: a damaged PDF"):
        take(tmp_path / "b.pdf")


def test_a_pdf_that_has_lost_pages_since_it_was_opened_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf")
    source = intake.count_pages(Scan(scan_id="s", files=(str(path),)), SETTINGS).sources[0]
    with pikepdf.new() as pdf:
        pdf.save(path)
    with pytest.raises(ScanError, match="ends after 0 pages"):
        intake.ingest(source, SETTINGS, folder=tmp_path)


def test_bombs_in_a_pdf_are_refused_before_poppler_starts(tmp_path: Path) -> None:
    raw, about = image_of(scan(), Width=40_000, Height=40_000)
    start = time.perf_counter()
    with pytest.raises(ScanError, match="an image on it: 40000 x 40000"):
        take(write(tmp_path / "a.pdf", pictures={"Im0": (raw, about)}))
    with pytest.raises(ScanError, match="megapixels"):
        take(write(tmp_path / "b.pdf", b"0 0 9 9 re f", size=(14_400, 14_400)))
    assert time.perf_counter() - start < 1


def test_a_page_without_a_size_is_refused(tmp_path: Path) -> None:
    def dress(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.MediaBox = Array([0, 0, 0, 0])

    with pytest.raises(ScanError, match="the page has no area"):
        dressed(tmp_path, dress)


def test_content_that_cannot_be_parsed_is_drawn_and_said(tmp_path: Path) -> None:
    def dress(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Contents = pikepdf.Stream(pdf, b"garbage", Filter=Name.FlateDecode)

    page = dressed(tmp_path, dress)
    assert "content is damaged" in page.notes[0]
    assert not is_taken(page)


@pytest.mark.parametrize("filter_", ["DCTDecode", "JPXDecode", "JBIG2Decode"])
def test_a_scan_of_which_nothing_can_be_decoded_is_refused(tmp_path: Path, filter_: str) -> None:
    _, about = image_of(scan(), Filter=Name(f"/{filter_}"))
    if filter_ == "JBIG2Decode":
        about["BitsPerComponent"] = 1
    with pytest.raises(ScanError, match=r"the scan in .* is damaged|breaks off"):
        take(write(tmp_path / "a.pdf", pictures={"Im0": (b"\x12\x34junk" * 20 + b"\xff\xd9", about)}))


def test_a_scan_that_breaks_off_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
    packed = zlib.compress(noise.tobytes())
    _, about = image_of(noise, Filter=Name.FlateDecode)
    with pytest.raises(ScanError, match="breaks off"):
        take(write(tmp_path / "a.pdf", pictures={"Im0": (packed[: len(packed) // 2], about)}, compress_streams=False))
    Image.fromarray(noise).save(tmp_path / "a.jpg")
    jpeg = (tmp_path / "a.jpg").read_bytes()
    _, about = image_of(noise, Filter=Name.DCTDecode)
    with pytest.raises(ScanError, match="breaks off"):
        take(write(tmp_path / "b.pdf", pictures={"Im0": (jpeg[: len(jpeg) // 2], about)}))
    assert is_taken(take(write(tmp_path / "c.pdf", pictures={"Im0": (jpeg + b"\n", about)})))


def program(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(0o755)


def test_a_missing_poppler_is_named_with_its_install_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    for content in (PLACE, b"0 0 9 9 re f"):
        with pytest.raises(ToolMissingError, match="sudo apt-get install poppler-utils"):
            take(write(tmp_path / "a.pdf", content))


def test_a_poppler_that_hangs_is_stopped_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child"
    body = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(child)!r}, 'w').write(str(child.pid))\ntime.sleep(60)\n"
    )
    program(tmp_path / "bin", "pdfimages", body)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(ToolFailedError, match="pdfimages was stopped after 1 s") as caught:
        take(write(tmp_path / "a.pdf"), settings=IntakeSettings(tool_timeout_s=1))
    assert caught.value.is_retryable
    deadline = time.monotonic() + 5
    while is_alive(int(child.read_text())) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(int(child.read_text()))


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_a_drawing_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin", "pdftoppm", "import sys, time\ntime.sleep(0 if '-v' in sys.argv else 60)")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(ToolFailedError, match="pdftoppm was stopped"):
        take(write(tmp_path / "a.pdf", b"0 0 9 9 re f"), settings=IntakeSettings(tool_timeout_s=1))


def test_a_crash_may_pass_and_a_refusal_will_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    program(tmp_path / "bin", "pdfimages", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(ToolFailedError, match=r"crashed \(signal 11\)"):
        take(write(tmp_path / "a.pdf"))
    program(tmp_path / "bin", "pdfimages", "import sys\nsys.exit('Syntax Error: no')")
    with pytest.raises(ScanError, match=r"refused the file \(Syntax Error: no\)"):
        take(write(tmp_path / "a.pdf"))
    program(tmp_path / "bin", "pdfimages", "import sys\nsys.exit(1)")
    with pytest.raises(ScanError, match="without a word"):
        take(write(tmp_path / "a.pdf"))
    program(tmp_path / "bin", "pdftoppm", "")
    with pytest.raises(ScanError, match="cannot draw"):
        take(write(tmp_path / "a.pdf", b"0 0 9 9 re f"))


def test_complaints_about_a_scan_that_was_read_are_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run(["which", "pdfimages"], capture_output=True, text=True, check=True).stdout.strip()
    body = (
        f"import subprocess, sys\nsubprocess.run([{real!r}, *sys.argv[1:]])\nsys.stderr.write('Syntax Error: a\\nb\\n')"
    )
    program(tmp_path / "bin", "pdfimages", body)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    page = take(write(tmp_path / "a.pdf"))
    assert page.notes[1:] == ("poppler: Syntax Error: a (and 1 more)",)


def test_a_page_is_drawn_when_poppler_takes_out_other_images_than_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    program(tmp_path / "bin", "pdfimages", "")
    assert not is_taken(take(write(tmp_path / "a.pdf")))
    images.write_png(tmp_path / "other.png", np.zeros((9, 9), np.uint8), dpi=100)
    copy = f"import shutil, sys\nshutil.copy({str(tmp_path / 'other.png')!r}, sys.argv[-1] + '-000.png')"
    program(tmp_path / "bin", "pdfimages", copy)
    assert not is_taken(take(write(tmp_path / "a.pdf")))


def test_a_damaged_pdf_that_poppler_cannot_open_is_a_scan_error(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\njunk")
    with pytest.raises(ScanError, match="poppler cannot open it"):
        poppler.draw(tmp_path / "a.pdf", 1, tmp_path, dpi=100, timeout_s=30)


@pytest.mark.parametrize("space", ["rgb", "icc", "cmyk"])
def test_colour_scans_are_whole_when_all_their_components_are_there(tmp_path: Path, space: str) -> None:
    parts = 4 if space == "cmyk" else 3
    raw = zlib.compress(bytes(parts * WIDTH * HEIGHT))
    _, about = image_of(scan(), Filter=Array([Name.FlateDecode]))

    def dress(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        profile = pikepdf.Stream(pdf, b"", N=3, Alternate=Name.DeviceRGB)
        spaces = {"rgb": Name.DeviceRGB, "cmyk": Name.DeviceCMYK, "icc": Array([Name.ICCBased, profile])}
        page.obj.Resources.XObject.Im0.ColorSpace = spaces[space]

    page = take(write(tmp_path / "a.pdf", pictures={"Im0": (raw, about)}, dress=dress, compress_streams=False))
    assert is_taken(page)
    assert page.notes[1] == "colour turned to grey"
    short = zlib.compress(bytes(parts * WIDTH * HEIGHT - 9))
    with pytest.raises(ScanError, match="breaks off"):
        take(write(tmp_path / "b.pdf", pictures={"Im0": (short, about)}, dress=dress, compress_streams=False))
    with pytest.raises(ScanError, match="breaks off"):
        take(write(tmp_path / "b.pdf", pictures={"Im0": (b"junk", about)}, dress=dress, compress_streams=False))


def test_an_image_without_pixels_is_refused(tmp_path: Path) -> None:
    raw, about = image_of(scan(), Width=0)
    with pytest.raises(ScanError, match="has no pixels"):
        take(write(tmp_path / "a.pdf", pictures={"Im0": (raw, about)}))
