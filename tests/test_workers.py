import os
import signal
from pathlib import Path
from time import sleep

import fakes
import pytest

from scanfix import intake, workers
from scanfix.model.batch import PageSummary
from scanfix.model.page import PageSource
from scanfix.settings import Settings
from scanfix.workers import Workers

pytestmark = pytest.mark.live


def sources(path: Path) -> tuple[PageSource, ...]:
    return intake.count_pages(intake.discover([path]).scans[0], Settings().intake).sources


def hang(job: workers._Job) -> PageSummary:
    if job.source.page_id.number == 2:
        sleep(60)
    return PageSummary(page_id=job.source.page_id, state="done", seconds=0)


def crash(job: workers._Job) -> PageSummary:
    if job.source.page_id.number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    return PageSummary(page_id=job.source.page_id, state="done", seconds=0)


def crash_once(job: workers._Job) -> PageSummary:
    if job.source.page_id.number == 2 and job.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return PageSummary(page_id=job.source.page_id, state="done", seconds=0)


@pytest.mark.parametrize(("work", "said"), [(hang, "page_timeout_s"), (crash, "died")])
def test_a_page_that_hangs_or_crashes_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, said: str
) -> None:
    monkeypatch.setattr(workers, "_do", work)
    settings = Settings.model_validate({"run": {"workers": 2, "page_timeout_s": 6, "attempts": 1}})
    pages = sources(fakes.scan(tmp_path, "report.tif", pages=4))
    with Workers(tmp_path / "out", settings) as pool:
        summaries = {page.page_id.number: page for page in pool.do(pages)}
    assert {number: page.state for number, page in summaries.items()} == {1: "done", 2: "failed", 3: "done", 4: "done"}
    failure = summaries[2].failure
    assert failure is not None
    assert said in failure.message
    assert failure.is_retryable


def test_a_page_whose_worker_died_gets_another_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_do", crash_once)
    pages = sources(fakes.scan(tmp_path, "report.tif", pages=3))
    with Workers(tmp_path / "out", fakes.SETTINGS) as pool:
        assert sorted(page.state for page in pool.do(pages)) == ["done"] * 3


def test_the_shared_pool_is_one_and_ends_with_its_block(tmp_path: Path) -> None:
    pages = sources(fakes.scan(tmp_path, "report.tif", pages=2))
    with workers.sharing(tmp_path / "out", fakes.SETTINGS):
        pool = workers.shared(tmp_path / "out", fakes.SETTINGS)
        assert workers.shared(tmp_path / "out", fakes.SETTINGS) is pool
        assert [page.state for page in pool.do(pages)] == ["done", "done"]
    with workers.sharing(tmp_path / "out", fakes.SETTINGS):
        assert workers.shared(tmp_path / "out", fakes.SETTINGS) is not pool
