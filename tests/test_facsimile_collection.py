"""The sample collection: the files that are committed are the files that the press makes."""

import json
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import cast

import jiwer
import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageSequence

from scanfix import curation, files
from scanfix.errors import ToolMissingError
from scanfix.facsimile import archive, collection, samples, sidecar
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Document, Machine, Paragraph, Run, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.collection import make_collection
from scanfix.facsimile.press import Facsimile, press
from scanfix.facsimile.typed import typist
from scanfix.model.text import BODY_KINDS
from scanfix.truth import folder, marks_file, notation, views
from scanfix.truth.marks_file import MarksFile

ROOT = Path(__file__).parent.parent
MEGABYTE = 1_000_000

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)


def write_marks(page: Facsimile) -> str:
    """Write the marks of a page."""
    height, width = page.pixels.shape[:2]
    return marks_file.write(MarksFile(width_px=width, height_px=height, dpi=page.dpi, marks=page.marks))


def make(folder: Path, seed: int = collection.SEED) -> tuple[Path, ...]:
    """Make the collection."""
    return make_collection(
        folder / "scans", folder / "ground_truth", seed=seed, write_truth=notation.write, write_marks=write_marks
    )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the collection anew."""
    folder = tmp_path_factory.mktemp("collection")
    make(folder)
    return folder


def names_under(folder: Path) -> list[str]:
    """Name the files of the collection under a folder: scans, and truth of those scans."""
    scans = {document.scan_id for document in samples.documents()}
    found = [path for top in ("scans", "ground_truth") for path in (folder / top).rglob("*") if path.is_file()]
    inside = (path.relative_to(folder) for path in found)
    return sorted(str(path) for path in inside if path.parts[1].partition(".")[0] in scans)


def small(look: Look, *, text: str = "The depot at Halm is closed.") -> Facsimile:
    """Press a small page."""
    document = Document(
        scan_id="small",
        languages=("eng",),
        machine=Machine(face="courier", pitch_cpi=10),
        sheet=Sheet(width_in=4.5, height_in=3.5, left_in=0.5, right_in=0.5, top_in=0.6, bottom_in=0.6),
        looks=(look,),
        paragraphs=(Paragraph(runs=(Run(text=text),)),),
    )
    return press(document, seed=3)[0]


def test_the_committed_truth_is_the_truth_of_the_press(fresh: Path) -> None:
    names = names_under(fresh)
    assert names == names_under(ROOT)
    for name in names:
        if name.endswith(".md"):
            assert (fresh / name).read_text(encoding="utf-8") == (ROOT / name).read_text(encoding="utf-8")


def test_the_committed_files_come_out_byte_for_byte_with_the_same_faces_and_libraries(fresh: Path) -> None:
    committed = json.loads((ROOT / "ground_truth" / collection.MADE_WITH).read_text(encoding="utf-8"))
    if committed != collection.made_with(collection.SEED):
        pytest.skip("other typefaces or libraries than those of ground_truth/facsimile.json: bytes cannot be compared")
    for name in names_under(ROOT):
        assert files.digest(fresh / name) == files.digest(ROOT / name), name


def test_nothing_is_written_where_a_face_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_faces = {str(name): face for name, face in faces.FACES.items()}
    monkeypatch.setattr(faces, "FACES", known_faces | {"absent": faces.Face(file="absent.otf")})
    with pytest.raises(ToolMissingError, match="apt-get install"):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_truth_files_can_be_read_back(fresh: Path) -> None:
    (page,) = press(samples.carbon(), seed=collection.SEED)
    stem = fresh / "ground_truth" / page.page_id.scan_id / page.page_id.stem
    text = stem.with_suffix(".md").read_text(encoding="utf-8")
    assert notation.parse(text, file=str(stem), page_id=page.page_id) == page.transcript
    marks = marks_file.read(stem.with_suffix(".marks.json").read_text(encoding="utf-8"), file=str(stem))
    assert marks.marks == page.marks
    assert (marks.height_px, marks.width_px) == page.pixels.shape[:2]


def test_every_truth_file_is_written_as_it_was_read(fresh: Path) -> None:
    found = [*folder.pages(fresh / "ground_truth")]
    assert len(found) >= 18
    for page_id, file in found:
        assert notation.write(folder.read(file, page_id)) == file.read_text(encoding="utf-8")
        marks = marks_file.read(folder.marks_of(file).read_text(encoding="utf-8"), file=str(file))
        assert marks_file.read(marks_file.write(marks), file=str(file)) == marks


def test_the_linter_finds_no_error_in_the_truth(fresh: Path) -> None:
    found = curation.lint_paths(
        [fresh / "ground_truth"], folder_of_stamps=ROOT / "config" / "stamps", only=(), ignore=()
    )
    assert [finding for finding in found if finding.severity == "error"] == []


def test_the_collection_is_small(fresh: Path) -> None:
    sizes = [path.stat().st_size for path in (fresh / "scans").rglob("*") if path.is_file()]
    assert sum(sizes) < 8 * MEGABYTE
    assert max(sizes) < MEGABYTE


def test_every_page_of_every_scan_has_truth(fresh: Path) -> None:
    scans = fresh / "scans"
    with Image.open(scans / "estimate-karsovia.tif") as tiff:
        pages = {"estimate-karsovia": sum(1 for _ in ImageSequence.Iterator(tiff)), "carbon-depot": 1}
    for scan_id in ("cabinet-paper-118", "staff-memo-29-53"):
        with pikepdf.open(scans / f"{scan_id}.pdf") as pdf:
            pages[scan_id] = len(pdf.pages)
    for scan_id in ("telegram-2206", "brief-4"):
        pages[scan_id] = len(list((scans / scan_id).iterdir()))
    assert pages.keys() == {document.scan_id for document in samples.documents()}
    assert 18 <= sum(pages.values()) <= 20
    for scan_id, count in pages.items():
        found = sorted(path.name for path in (fresh / "ground_truth" / scan_id).iterdir())
        wanted = [f"p{number:04d}.{kind}" for number in range(1, count + 1) for kind in ("marks.json", "md")]
        assert found == [*wanted, sidecar.NAME]


def test_the_telegram_has_files_whose_natural_order_is_not_the_alphabet_s(fresh: Path) -> None:
    names = [path.name for path in (fresh / "scans" / "telegram-2206").iterdir()]
    assert sorted(names) == ["10.jpg", "11.jpg", "9.jpg"]


@pytest.mark.parametrize("document", samples.documents(), ids=lambda document: document.scan_id)
def test_no_word_of_the_collection_is_divided_over_two_pages(document: Document) -> None:
    for sheet in typist.paginate(document):
        running = [block for block in sheet.blocks if block.kind != "footnote"]
        assert not running[-1].rows[-1].words[-1].text.endswith("-")


def test_another_seed_gives_another_scan_of_the_same_text() -> None:
    one, other = (press(samples.carbon(), seed=seed)[0] for seed in (1, 2))
    assert archive.jpeg(one) != archive.jpeg(other)
    assert one.transcript == other.transcript


def test_a_tiff_keeps_pixels_and_resolution() -> None:
    pages = [small(Look(dpi=200, is_bilevel=True, speckle=5.0), text=text) for text in ("First page.", "Second page.")]
    with Image.open(BytesIO(archive.tiff(pages))) as tiff:
        for page, frame in zip(pages, ImageSequence.Iterator(tiff), strict=True):
            assert (frame.mode, frame.info["compression"], frame.info["dpi"]) == ("1", "group4", (200, 200))
            assert np.array_equal(np.asarray(frame.convert("L")), page.pixels)


def test_a_pdf_keeps_each_page_s_pixels_and_its_own_resolution() -> None:
    pages = [small(Look(dpi=dpi, is_bilevel=True, speckle=5.0)) for dpi in (300, 200)]
    with pikepdf.open(BytesIO(archive.pdf(pages))) as pdf:
        for page, found in zip(pages, pdf.pages, strict=True):
            image = pikepdf.PdfImage(cast(pikepdf.Stream, found.Resources.XObject.Im0))
            assert np.array_equal(np.asarray(image.as_pil_image().convert("L")), page.pixels)
            assert image.width * 72 / float(found.mediabox[2]) == pytest.approx(page.dpi)


def test_a_pdf_has_no_date_and_the_same_bytes_each_time() -> None:
    pages = [small(Look(dpi=200, is_bilevel=True))]
    first = archive.pdf(pages)
    assert first == archive.pdf(pages)
    assert b"Date" not in first


def test_a_jpeg_is_grey_and_knows_its_resolution() -> None:
    page = small(Look(dpi=150, tone=210, grain=3.0))
    with Image.open(BytesIO(archive.jpeg(page))) as picture:
        assert (picture.mode, picture.info["dpi"]) == ("L", (150, 150))
        assert np.abs(np.asarray(picture).astype(int) - page.pixels).mean() < 4


@pytest.mark.live
def test_tesseract_reads_a_clean_page_with_few_errors(tmp_path: Path) -> None:
    """The letters are letters: under 5 % of the words of an unspoilt page are misread."""
    document = samples.carbon()
    clean = Document(
        scan_id="clean",
        languages=document.languages,
        machine=Machine(face="courier", pitch_cpi=10, unevenness=0.03),
        sheet=document.sheet,
        looks=(Look(dpi=300),),
        paragraphs=document.paragraphs,
    )
    (page,) = press(clean, seed=collection.SEED)
    picture = tmp_path / "page.png"
    Image.fromarray(page.pixels).save(picture, dpi=(page.dpi, page.dpi))
    read = subprocess.run(["tesseract", picture, "-", "--psm", "3"], capture_output=True, text=True, check=True).stdout
    body = (line.text for region in page.text.regions if region.kind in BODY_KINDS for line in region.lines)
    assert jiwer.wer(" ".join(body), " ".join(read.split())) < 0.05


def test_no_stretch_of_eight_words_is_taken_from_the_corpus_or_the_seeds(fresh: Path) -> None:
    """The prose is our own: eight words in a row that stand in both would be no chance."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("../shared is absent: there are no real transcriptions to compare with")
    real = [*shared.glob("corpus/*/*.gt.txt"), *shared.glob("corpus/*/*.gt.md"), *shared.glob("seeds/*.txt")]
    assert len(real) > 50
    theirs = {eight for path in real for eight in eights(path.read_text(encoding="utf-8"))}
    ours = {eight for text in running_text(fresh / "ground_truth") for eight in eights(text)}
    assert len(ours) > 3000
    assert not ours & theirs


def running_text(truth: Path) -> Iterator[str]:
    """Give the text of every page without its stamps, whose wordings are the world's."""
    for page_id, file in folder.pages(truth):
        yield views.body(folder.read(file, page_id))


def eights(text: str) -> set[tuple[str, ...]]:
    """Return every stretch of eight words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[index : index + 8]) for index in range(len(words) - 7)}
