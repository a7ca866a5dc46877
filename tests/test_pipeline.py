import json
from pathlib import Path

import fakes
import pytest

from scanfix import intake
from scanfix.errors import SettingsError
from scanfix.model.page import PageSource
from scanfix.pipeline import Bench
from scanfix.settings import Settings

pytestmark = pytest.mark.live


def sources(path: Path) -> tuple[PageSource, ...]:
    found = intake.discover([path])
    return intake.count_pages(found.scans[0], Settings().intake).sources


def test_a_page_goes_the_whole_way(tmp_path: Path) -> None:
    source = sources(fakes.scan(tmp_path / "scans", "memo.png"))[0]
    summary = Bench(tmp_path / "out", Settings()).do(source)
    assert summary.failure is None
    assert summary.state == "done"
    assert summary.words > 60
    record = json.loads((tmp_path / "out" / "memo" / "p0001.json").read_bytes())
    assert record["schema"] == "scanfix.page/1"
    assert record["source"]["file"] == "memo.png"
    assert record["source"]["size"] == [1700, 1100]
    assert record["upright"]["size"] == [1700, 1100]
    assert record["source_to_upright"] == [[1, 0, 0], [0, 1, 0]]
    assert set(record["provenance"]) == {"ingest", "clean", "mark", "read", "vote", "layout"}
    assert str(tmp_path) not in json.dumps(record)
    body = (tmp_path / "out" / "memo" / "p0001.txt").read_text(encoding="utf-8")
    assert "The delegation arrived on Tuesday" in body
    assert "The delegation arrived on Tuesday" in (tmp_path / "out" / "memo" / "p0001.md").read_text(encoding="utf-8")


def test_a_page_that_is_done_is_kept_until_something_changes(tmp_path: Path) -> None:
    source = sources(fakes.scan(tmp_path / "scans", "memo.png"))[0]
    bench = Bench(tmp_path / "out", Settings())
    done = bench.do(source)
    kept = bench.do(source)
    assert (done.state, kept.state) == ("done", "kept")
    assert kept.seconds == done.seconds
    other = Bench(tmp_path / "out", Settings.model_validate({"clean": {"flatten": False}}))
    assert other.kept(source) is None


@pytest.mark.parametrize("suffix", ["json", "txt", "md"])
def test_a_published_file_that_was_altered_is_written_again(tmp_path: Path, suffix: str) -> None:
    source = sources(fakes.scan(tmp_path / "scans", "memo.png"))[0]
    bench = Bench(tmp_path / "out", Settings())
    bench.do(source)
    published = tmp_path / "out" / "memo" / f"p0001.{suffix}"
    before = published.read_bytes()
    published.write_bytes(b"altered")
    assert bench.do(source).state == "done"
    assert published.read_bytes() == before


def test_another_layout_does_not_read_the_page_again(tmp_path: Path) -> None:
    source = sources(fakes.scan(tmp_path / "scans", "memo.png"))[0]
    Bench(tmp_path / "out", Settings()).do(source)
    reading = tmp_path / "out" / ".scanfix" / "memo" / "p0001" / "reading.json"
    before = reading.stat().st_mtime_ns
    again = Bench(tmp_path / "out", Settings.model_validate({"layout": {"min_confidence": 0.2}})).do(source)
    assert again.state == "done"
    assert reading.stat().st_mtime_ns == before


def test_a_page_that_cannot_be_read_is_a_failure_with_its_verb(tmp_path: Path) -> None:
    path = fakes.scan(tmp_path / "scans", "memo.png")
    source = sources(path)[0]
    path.unlink()
    summary = Bench(tmp_path / "out", Settings()).do(source)
    assert summary.state == "failed"
    assert summary.failure is not None
    assert summary.failure.verb == "ingest"
    assert not summary.failure.trace or "Error" in summary.failure.error


def test_a_bug_on_one_page_is_reported_with_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = sources(fakes.scan(tmp_path / "scans", "memo.png"))[0]
    bench = Bench(tmp_path / "out", Settings())
    monkeypatch.setattr(bench, "mark", lambda _: 1 / 0)
    failure = bench.do(source).failure
    assert failure is not None
    assert failure.error == "ZeroDivisionError"
    assert "a bug in scanfix" in failure.message
    assert "Traceback" in failure.trace


def test_an_unknown_engine_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ocr\.engine.*tesseract"):
        Bench(tmp_path, Settings.model_validate({"ocr": {"engine": "crystal ball"}}))


def test_pages_without_text_and_unsure_ones_are_flagged(tmp_path: Path) -> None:
    blank = fakes.blank(tmp_path / "blank.png")
    assert Bench(tmp_path / "out", Settings()).do(sources(blank)[0]).flags == ("no-text",)
    strict = Settings.model_validate({"run": {"flag_confidence": 1.0}})
    path = fakes.scan(tmp_path / "scans", "memo.png")
    assert Bench(tmp_path / "out", strict).do(sources(path)[0]).flags == ("low-confidence",)
