import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import fakes
import pikepdf
import pytest

from scanfix import batch
from scanfix.errors import ExitCode, StoreError
from scanfix.model.batch import PageSummary
from scanfix.model.page import PageId, PageSource

pytestmark = pytest.mark.live

WORKERS = 2


def ignore(_page: PageSummary, _ended: int, _total: int) -> None:
    return None


def start(scans: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "scanfix", "run", str(scans), "--out", str(out), "--workers", str(WORKERS)]
    # A shell starts what it puts in the background with Ctrl-C ignored, and children inherit that; no handler is
    # inherited, so that the run under test answers Ctrl-C however its tests were started.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGINT, before)


def pages_done(out: Path) -> int:
    return len(list(out.glob("*/p*.json")))


def await_pages(out: Path, count: int) -> None:
    end = monotonic() + 120
    while pages_done(out) < count:
        assert monotonic() < end
        sleep(0.02)


def test_every_page_has_its_word_and_a_second_run_does_none_again(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    fakes.scan(tmp_path / "scans", "report.tif", pages=3)
    told: list[tuple[str, int, int]] = []
    first = batch.run(
        [tmp_path / "scans"],
        tmp_path / "out",
        fakes.SETTINGS,
        on_page=lambda page, ended, total: told.append((str(page.page_id), ended, total)),
    )
    assert first.exit_code is ExitCode.DONE
    assert [str(page.page_id) for page in first.pages] == ["memo p. 1", "report p. 1", "report p. 2", "report p. 3"]
    assert sorted(place for place, _, _ in told) == [str(page.page_id) for page in first.pages]
    assert [ended for _, ended, _ in told] == [1, 2, 3, 4]
    before = fakes.files_under(tmp_path / "out")
    second = batch.run([tmp_path / "scans"], tmp_path / "out", fakes.SETTINGS, on_page=ignore)
    assert (second.count("kept"), second.count("done")) == (4, 0)
    assert fakes.files_under(tmp_path / "out") == before
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert summary["totals"]["kept"] == 4
    assert [page["state"] for page in summary["pages"]] == ["kept"] * 4


def test_bad_scans_each_get_their_line_and_cost_no_other_page(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    fakes.scan(scans, "good.png")
    (scans / "zero.tif").write_bytes(b"")
    (scans / "text.tif").write_text("Dear Sir, this is no scan.\n", encoding="utf-8")
    (scans / "corrupt.pdf").write_bytes(b"%PDF-1.6\n1 0 obj << /Type /Catalog >> trailer nonsense")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(scans / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    fakes.bomb(scans / "bomb.png")
    result = batch.run([scans, tmp_path / "gone"], tmp_path / "out", fakes.SETTINGS, on_page=ignore)
    assert result.exit_code is ExitCode.PARTIAL
    assert [(str(page.page_id), page.state) for page in result.pages] == [("good p. 1", "done")]
    reasons = {failure.scan_id: failure.message for failure in result.failures}
    assert set(reasons) == {"zero", "text", "corrupt", "locked", "bomb", "gone"}
    for scan, word in (("zero", "empty"), ("locked", "password"), ("bomb", "max_megapixels")):
        assert word in reasons[scan]
    assert len(set(reasons.values())) == 6


def test_a_killed_run_goes_on_and_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "report.tif", pages=8)
    batch.run([tmp_path / "scans"], tmp_path / "calm", fakes.SETTINGS, on_page=ignore)
    for pages in (1, 3, 5):
        process = start(tmp_path / "scans", tmp_path / "killed")
        await_pages(tmp_path / "killed", pages)
        process.kill()
        process.wait()
        sleep(1.5)
    result = batch.run([tmp_path / "scans"], tmp_path / "killed", fakes.SETTINGS, on_page=ignore)
    assert result.count("kept") >= 5
    assert fakes.files_under(tmp_path / "killed") == fakes.files_under(tmp_path / "calm")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_stops_at_once_and_says_so(tmp_path: Path, number: int) -> None:
    fakes.scan(tmp_path / "scans", "report.tif", pages=8)
    process = start(tmp_path / "scans", tmp_path / "out")
    await_pages(tmp_path / "out", 1)
    done = pages_done(tmp_path / "out")
    os.kill(process.pid, number)
    assert process.wait(timeout=120) == ExitCode.INTERRUPTED
    # At once is told in pages, not in seconds, which a busy machine has fewer of: none begins after the signal.
    assert pages_done(tmp_path / "out") <= done + WORKERS


def test_a_run_that_has_not_ended_leaves_no_summary_of_an_earlier_one(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    out = tmp_path / "out"
    batch.run([tmp_path / "scans"], out, fakes.SETTINGS, on_page=lambda *_: None)
    batch.part(batch.plan([tmp_path / "scans"], fakes.SETTINGS), out, fakes.SETTINGS)
    assert (out / "summary.json").is_file()
    fakes.scan(tmp_path / "scans", "report.png")
    batch.part(batch.plan([tmp_path / "scans"], fakes.SETTINGS), out, fakes.SETTINGS)
    with pytest.raises(StoreError, match="Run the batch again"):
        batch.load_summary(out)


def test_documents_are_written_at_the_end_and_go_when_a_page_of_theirs_is_to_be_done(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    fakes.scan(tmp_path / "scans", "report.tif", pages=2)
    out = tmp_path / "out"
    batch.run([tmp_path / "scans"], out, fakes.SETTINGS, on_page=ignore)
    written = [str(path.relative_to(out)) for path in sorted(out.glob("*/document.*"))]
    names = ("document.json", "document.md", "document.txt")
    assert written == [f"{scan}/{name}" for scan in ("memo", "report") for name in names]
    assert (out / "report" / "document.md").read_text(encoding="utf-8").count("<!-- page ") == 2
    (out / "report" / "p0002.txt").unlink()
    batch.part(batch.plan([tmp_path / "scans"], fakes.SETTINGS), out, fakes.SETTINGS)
    left = [str(path.relative_to(out)) for path in sorted(out.glob("*/document.*"))]
    assert left == [f"memo/{name}" for name in names]
    before = {name: (out / name).stat().st_mtime_ns for name in left}
    batch.run([tmp_path / "scans"], out, fakes.SETTINGS, on_page=ignore)
    assert {name: (out / name).stat().st_mtime_ns for name in left} == before
    assert (out / "report" / "document.md").is_file()


def test_two_runs_in_one_folder_are_kept_apart(tmp_path: Path) -> None:
    with batch.locked(tmp_path), pytest.raises(StoreError, match="another run"), batch.locked(tmp_path):
        pass
    with batch.locked(tmp_path):
        pass


def test_an_output_folder_that_is_a_file_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="--out"), batch.locked(tmp_path / "out"):
        pass


def test_chunks_hold_every_page_once_in_order() -> None:
    pages = tuple(
        PageSource(page_id=PageId(scan_id="memo", number=number), file="memo.pdf", sha256="0", page=number)
        for number in range(1, 11)
    )
    numbers = [[page.page for page in chunk] for chunk in batch.chunks(pages, 4)]
    assert numbers == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
