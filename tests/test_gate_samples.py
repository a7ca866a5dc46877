"""The gate on the sample collection: its own baseline, real runs, real faults."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scanfix import gating
from scanfix.model.gate import PageRecord, Record
from scanfix.model.score import EditCounts
from scanfix.ocr import tesseract
from scanfix.scoring.baseline import read_baseline
from scanfix.scoring.gate import decide
from scanfix.scoring.limits import GateLimits

ROOT = Path(__file__).parent.parent
FILE = ROOT / "ground_truth" / gating.BASELINE
BASELINE = read_baseline(FILE.read_text(encoding="utf-8"), file=str(FILE))
# A line that is garbled, lost or read twice.
WORDS, LETTERS = 9, 55
# On a page of a few lines that would be ten points of CER, a hard bound of its own.
LONG = 12 * LETTERS


def glitched(record: Record, rng: random.Random, pages: int) -> Record:
    hit = rng.sample([page.page_id for page in record.pages if page.characters.hits > LONG], pages)
    return replace(record, pages=tuple(_line_lost(page) if page.page_id in hit else page for page in record.pages))


def _line_lost(page: PageRecord) -> PageRecord:
    return replace(page, words=_lost(page.words, WORDS), characters=_lost(page.characters, LETTERS))


def _lost(counts: EditCounts, number: int) -> EditCounts:
    return replace(counts, hits=counts.hits - number, deletions=counts.deletions + number)


@pytest.mark.parametrize("pages", [1, 3])
def test_random_glitches_of_single_pages_warn_and_do_not_fail(pages: int) -> None:
    rng = random.Random(1952)  # noqa: S311 - no secret
    for _ in range(40):
        result = decide(BASELINE, glitched(BASELINE, rng, pages), facts=(), limits=GateLimits())
        assert result.verdict == "warned"
        assert {change.page_id for change in result.pages if change.share} <= {page.page_id for page in BASELINE.pages}


def test_a_fault_on_every_page_fails_also_in_so_small_a_sample() -> None:
    everywhere = replace(BASELINE, pages=tuple(_line_lost(page) for page in BASELINE.pages))
    assert decide(BASELINE, everywhere, facts=(), limits=GateLimits()).verdict == "failed"


def scanfix(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "scanfix", *(str(argument) for argument in arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=280, env={**os.environ, **environment}
    )


@pytest.mark.live
@pytest.mark.skipif(
    dict(BASELINE.versions)["engine"] != f"tesseract {tesseract.version()}",
    reason="the baseline is another Tesseract's",
)
def test_without_cleaning_the_gate_fails_and_names_the_page(tmp_path: Path) -> None:
    worse = {"SCANFIX_CLEAN__IS_ON": "false"}
    assert scanfix("run", "scans", "--out", tmp_path, **worse).returncode == 0
    done = scanfix("gate", tmp_path, **worse)
    assert done.returncode == 10
    assert "failed: carbon-depot p. 1: nothing was read" in done.stdout
    assert "Traceback" not in done.stderr
    refused = scanfix("gate", tmp_path, "--policy", "search", **worse)
    assert refused.returncode == 11
    assert "the policy was archival/1" in refused.stderr
