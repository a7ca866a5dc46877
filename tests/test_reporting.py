"""The comparison of a finished run with its ground truth, from the files that the run left."""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import compared
import numpy as np
import pytest

from scanfix import images, reporting
from scanfix.errors import GroundTruthError, StoreError
from scanfix.evaluation import Evaluation, evaluate
from scanfix.model.geometry import Affine
from scanfix.model.mark import PageMarks
from scanfix.model.page import CleanPage, ImageFile, Page, PageId, PageSource
from scanfix.pipeline import CLEAN, MARKS, PAGE, PICTURE, STORE_FOLDER, TEXT
from scanfix.settings import Settings
from scanfix.store import Store


def ident(name: str) -> PageId:
    return PageId(scan_id=name, number=1)


def keep(out: Path, name: str, read: str) -> None:
    """Leave what a run leaves of a page."""
    page_id, where = ident(name), f"{name}/p0001"
    upright = ImageFile(path="upright.png", sha256="0" * 64, width_px=1400, height_px=1000, dpi=300)
    source = PageSource(page_id=page_id, file=f"{name}.png", sha256="0" * 64, page=1)
    clean = CleanPage(
        page_id=page_id, upright=upright, clean=upright, source_to_upright=Affine.identity(), steps=(),
        provenance=compared.MADE,
    )  # fmt: skip
    picture = images.write_picture(out / f"{where}.jpg", np.full((500, 700), 220, np.uint8), width_px=700, quality=70)
    store = Store(out / STORE_FOLDER)
    page = Page(page_id=page_id, source=source, image=upright, dpi_source="file", provenance=compared.MADE)
    store.keep(where, PAGE, compared.MADE, page)
    store.keep(where, CLEAN, compared.MADE, clean)
    store.keep(where, MARKS, compared.MADE, PageMarks(page_id=page_id, marks=(), provenance=compared.MADE))
    store.keep(where, TEXT, compared.MADE, compared.text_of(read, page_id))
    store.keep(where, PICTURE, compared.MADE, picture)
    for suffix in ("txt", "md"):
        (out / f"{where}.{suffix}").write_text(f"{read}\n", encoding="utf-8")
    (out / f"{where}.json").write_text(
        json.dumps({"provenance": {"read": {"made_by": f"tesseract {len(read) % 2}"}}}), encoding="utf-8"
    )


def summary(out: Path, *, failed: tuple[str, ...] = ()) -> None:
    """Leave the run's summary."""
    done = [path.parent.name for path in sorted(out.glob("*/p0001.txt"))]
    pages: list[dict[str, object]] = [{"scan": name, "page": 1, "state": "done", "seconds": 1.0} for name in done]
    for name in failed:
        failure = {
            "scan_id": name, "page_number": 1, "verb": "read", "error": "ToolFailedError",
            "message": f"{name} p. 1: tesseract was stopped.", "is_retryable": True,
        }  # fmt: skip
        pages.append({"scan": name, "page": 1, "state": "failed", "seconds": 1.0, "failure": failure})
    record = {"pages": pages, "failures": [], "skipped": []}
    (out / "summary.json").write_text(json.dumps(record), encoding="utf-8")


def truth_of(folder: Path, name: str, text: str) -> None:
    """Write the ground truth of a page."""
    (folder / name).mkdir(parents=True)
    (folder / name / "p0001.md").write_text(f"---\nscan: {name}\npage: 1\n---\n\n{text}\n", encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, Path]:
    """Leave a run of two pages, one better, and the truth of four: one failed, one was never there."""
    out, truth = tmp_path / "out", tmp_path / "truth"
    keep(out, "despatch", "tle port\nof Tessin is shut")
    keep(out, "memo", "all is well")
    summary(out, failed=("carbon",))
    truth_of(truth, "despatch", "the port\nof Tessin is shut")
    truth_of(truth, "memo", "all is well")
    truth_of(truth, "carbon", "the grain")
    truth_of(truth, "lost", "the harvest was late")
    return out, truth


def scored(out: Path, truth: Path) -> Evaluation:
    return evaluate(out, truth, Settings(), policy="archival")


def test_every_page_with_truth_is_compared_the_worst_first(run: tuple[Path, Path]) -> None:
    out, truth = run
    path = reporting.write_comparison(out, truth, scored(out, truth))
    html = path.read_text(encoding="utf-8")
    assert path == out / "comparison.html"
    places = [
        html.index(f'<section class="compared" id="{name}/p0001"') for name in ("lost", "carbon", "despatch", "memo")
    ]
    assert places == sorted(places)
    assert "substituted: reference “the”, output “tle”" in html


def test_pages_that_the_run_lost_say_why(run: tuple[Path, Path]) -> None:
    out, truth = run
    html = reporting.write_comparison(out, truth, scored(out, truth)).read_text(encoding="utf-8")
    assert "carbon p. 1: tesseract was stopped." in html
    assert html.count("The run does not have this page.") == 1


def test_the_versions_of_all_pages_are_named_once(run: tuple[Path, Path]) -> None:
    out, truth = run
    html = reporting.write_comparison(out, truth, scored(out, truth)).read_text(encoding="utf-8")
    assert "read: tesseract 0 / tesseract 1" in html


def test_only_the_worst_pages_have_pictures(run: tuple[Path, Path]) -> None:
    out, truth = run
    evaluation = scored(out, truth)
    html = reporting.write_comparison(out, truth, evaluation).read_text(encoding="utf-8")
    assert html.count("<image ") == 2
    # Two of the three worst were lost.
    html = reporting.write_comparison(out, truth, evaluation, pictures=3).read_text(encoding="utf-8")
    assert html.count("<image ") == 1
    assert "1 pages stand without pictures" in html


def test_a_picture_that_is_gone_costs_no_page(run: tuple[Path, Path]) -> None:
    out, truth = run
    (out / "memo" / "p0001.jpg").unlink()
    html = reporting.write_comparison(out, truth, scored(out, truth)).read_text(encoding="utf-8")
    assert html.count("<image ") == 1


def test_markings_of_the_truth_are_told_from_other_words(tmp_path: Path) -> None:
    out, truth = tmp_path / "out", tmp_path / "truth"
    keep(out, "despatch", "the SECRET port")
    summary(out)
    truth_of(truth, "despatch", "::: head\nSECRET\n:::\n\nthe port")
    html = reporting.write_comparison(out, truth, scored(out, truth)).read_text(encoding="utf-8")
    assert "invented (markings): output “SECRET”" in html


def test_the_report_of_a_scored_run_leads_to_the_comparison(run: tuple[Path, Path]) -> None:
    out, truth = run
    index = reporting.write_scored(out, scored(out, truth), truth)
    assert '<a href="comparison.html">' in index.read_text(encoding="utf-8")
    assert (out / "comparison.html").is_file()


def test_truth_that_is_gone_since_is_named(run: tuple[Path, Path]) -> None:
    out, truth = run
    evaluation = scored(out, truth)
    (truth / "memo" / "p0001.md").unlink()
    with pytest.raises(GroundTruthError, match=r"memo/p0001\.md: cannot be read .* Score the run again"):
        reporting.write_comparison(out, truth, evaluation)


@pytest.mark.parametrize("suffix", ["txt", "json"])
def test_a_file_of_the_run_that_is_damaged_is_named(run: tuple[Path, Path], suffix: str) -> None:
    out, truth = run
    evaluation = scored(out, truth)
    (out / "memo" / f"p0001.{suffix}").write_bytes(b"\xff")
    with pytest.raises(StoreError, match=rf"memo/p0001\.{suffix}: cannot be read"):
        reporting.write_comparison(out, truth, evaluation)


def test_sixty_pages_are_compared_in_less_than_five_seconds(tmp_path: Path) -> None:
    out, truth = tmp_path / "out", tmp_path / "truth"
    text = "\n".join("the port of Tessin is shut and the grain is late" for _ in range(40))
    keep(out, "despatch", text.replace("grain", "groin"))
    summary(out)
    truth_of(truth, "despatch", text)
    evaluation = scored(out, truth)
    many = replace(evaluation, pages=evaluation.pages * 60)
    start = time.process_time()
    reporting.write_comparison(out, truth, many)
    assert time.process_time() - start < (15 if sys.gettrace() else 5)
