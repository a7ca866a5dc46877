import json
import os
import subprocess
import sys
from pathlib import Path

import fakes
import pytest

from scanfix.errors import ExitCode

pytestmark = pytest.mark.live


def scanfix(*arguments: object, cwd: Path | None = None, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "scanfix", *(str(argument) for argument in arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, timeout=120, env={**os.environ, **environment}
    )


def test_a_run_says_what_became_of_every_page_and_exits_with_0(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    done = scanfix("run", tmp_path / "scans", "--out", tmp_path / "out")
    assert done.returncode == ExitCode.DONE
    assert "1/1 memo p. 1: done" in done.stderr
    assert "1 pages: 1 done, 0 kept from before, 0 failed" in done.stdout
    assert (tmp_path / "out" / "report.html").is_file()


def test_the_summary_can_be_had_as_json(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    done = scanfix("run", tmp_path / "scans", "--out", tmp_path / "out", "--json", "--workers", "1")
    assert json.loads(done.stdout)["totals"]["done"] == 1


def test_failures_make_the_run_partial_and_are_told_with_their_reason(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    (tmp_path / "scans" / "zero.tif").write_bytes(b"")
    done = scanfix("run", tmp_path / "scans", "--out", tmp_path / "out")
    assert done.returncode == ExitCode.PARTIAL
    assert "zero" in done.stdout
    assert "empty" in done.stdout


def test_pages_that_wait_for_review_can_fail_a_run(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    done = scanfix(
        "run", tmp_path / "scans", "--out", tmp_path / "out", "--fail-on-flagged", SCANFIX_RUN__FLAG_CONFIDENCE="1.0"
    )
    assert done.returncode == ExitCode.FLAGGED


def test_a_missing_language_ends_the_run_before_it_starts(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    done = scanfix("run", tmp_path / "scans", "--out", tmp_path / "out", "--languages", "eng,xyz")
    assert done.returncode == ExitCode.TOOL_MISSING
    assert "tesseract-ocr-xyz" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named_with_its_origin(tmp_path: Path) -> None:
    done = scanfix("run", tmp_path, "--out", tmp_path / "out", SCANFIX_OCR__ENGIN="tesseract")
    assert done.returncode == ExitCode.SETTINGS
    assert "ocr.engin" in done.stderr
    assert "environment" in done.stderr


def test_without_ground_truth_there_is_no_score(tmp_path: Path) -> None:
    done = scanfix("score", tmp_path, "--truth", tmp_path)
    assert done.returncode == ExitCode.GROUND_TRUTH
    assert "--truth" in done.stderr


def test_a_page_that_the_run_lost_is_scored_as_empty_and_named(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    scanfix("run", tmp_path / "scans", "--out", tmp_path / "out")
    for name in ("memo", "lost"):
        (tmp_path / "truth" / name).mkdir(parents=True)
        text = (tmp_path / "out" / "memo" / "p0001.txt").read_text(encoding="utf-8")
        (tmp_path / "truth" / name / "p0001.md").write_text(text, encoding="utf-8")
    done = scanfix("score", tmp_path / "out", "--truth", tmp_path / "truth")
    assert done.returncode == ExitCode.DONE
    assert "missing in the run, scored as empty: lost p. 1" in done.stdout
    assert f"Line by line: {tmp_path / 'out' / 'comparison.html'}" in done.stdout
    scores = json.loads((tmp_path / "out" / "scores.json").read_bytes())
    assert scores["missing"] == ["lost p. 1"]
    assert scores["totals"]["wer"] == pytest.approx(0.5)
    as_json = scanfix("score", tmp_path / "out", "--truth", tmp_path / "truth", "--json", "--policy", "search")
    assert json.loads(as_json.stdout)["policy"] == "search/1"


def test_doctor_prints_versions_settings_and_origins(tmp_path: Path) -> None:
    done = scanfix("doctor", "--languages", "fra", cwd=tmp_path, SCANFIX_RUN__ATTEMPTS="3")
    assert done.returncode == ExitCode.DONE
    for word in ("prefect", "3.8.8", "OpenCV", "tesseract 5", "pdftoppm", "data of fra"):
        assert word in done.stdout
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line.strip()}
    assert lines["run.attempts"][1:] == ["3", "environment"]
    assert lines["ocr.languages"][-1] == "flag"
    assert lines["ocr.engine"][-1] == "default"


def test_doctor_names_what_is_missing_with_its_command(tmp_path: Path) -> None:
    done = scanfix("doctor", PATH=str(tmp_path))
    assert done.returncode == ExitCode.TOOL_MISSING
    assert "MISSING" in done.stdout
    assert "sudo apt-get install poppler-utils" in done.stdout


def test_a_name_that_looks_like_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "[red]memo[-red].png")
    done = scanfix("run", tmp_path / "scans", "--out", tmp_path / "out")
    assert "[red]memo[-red] p. 1: done" in done.stderr
    assert "[red]memo[-red]" in done.stdout


def test_an_import_of_nothing_prints_no_table_and_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "empty.xml").write_text("<bogus/>", encoding="utf-8")
    done = scanfix("truth", "import", tmp_path / "empty.xml", "--out", tmp_path / "truth")
    assert done.returncode == ExitCode.GROUND_TRUTH
    assert done.stdout.startswith("not imported: ")
