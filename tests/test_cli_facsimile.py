"""The press at the command line: documents of a kind, the test matrix, and what stands on the terminal meanwhile."""

import sys
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from matrices import planned
from pressed import document
from rich.console import Console

from scanfix import terminal
from scanfix.__main__ import main
from scanfix.errors import ExitCode
from scanfix.facsimile import kinds
from scanfix.facsimile.matrix import drawing, manifest
from scanfix.files import write_text
from scanfix.model.page import PageId
from scanfix.truth import notation

ROOT = Path(__file__).parent.parent
Command = Callable[..., int]


@pytest.fixture
def facsimile(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return what runs a command of the press in this process and gives its exit code."""
    monkeypatch.chdir(ROOT)

    def run(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["scanfix", "facsimile", *(str(argument) for argument in arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


@pytest.fixture
def small_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a kind of small documents beside the others."""
    small = {"small": lambda scan_id, _: replace(document(), scan_id=scan_id)}
    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, **small})


@pytest.mark.usefixtures("small_kind")
def test_documents_of_a_kind_are_pressed_with_their_truth_and_their_scans_named(
    facsimile: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert facsimile("documents", "--kind", "small", "--count", 2, "--out", tmp_path) == ExitCode.DONE
    scans = sorted((tmp_path / "scans").iterdir())
    assert [scan.stem for scan in scans] == ["small-0001", "small-0002"]
    assert capsys.readouterr().out.split() == [str(scan) for scan in scans]
    for scan in scans:
        truth = tmp_path / "ground_truth" / scan.stem
        names = sorted(path.name for path in truth.iterdir())
        assert names == ["p0001.marks.json", "p0001.md", "press.json"]
        text = (truth / "p0001.md").read_text(encoding="utf-8")
        assert notation.parse(text, file=str(truth), page_id=PageId(scan_id=scan.stem, number=1)).blocks


@pytest.mark.usefixtures("small_kind")
def test_another_seed_presses_another_scan_and_the_same_seed_the_same(facsimile: Command, tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        facsimile("documents", "--kind", "small", "--count", 1, "--seed", seed, "--out", tmp_path / name)
    one, same, other = (next((tmp_path / name / "scans").iterdir()).read_bytes() for name in ("one", "same", "other"))
    assert one == same
    assert one != other


@pytest.mark.usefixtures("small_kind")
def test_a_document_pressed_again_keeps_no_page_that_it_has_no_more(facsimile: Command, tmp_path: Path) -> None:
    truth = tmp_path / "ground_truth" / "small-0001"
    stale = (tmp_path / "scans" / "small-0001.tif", truth / "p0002.md", truth / "p0002.marks.json")
    for path in stale:
        write_text(path, "of an earlier press")
    assert facsimile("documents", "--kind", "small", "--count", 1, "--out", tmp_path) == ExitCode.DONE
    assert [path for path in stale if path.exists()] == []
    assert sorted(path.name for path in truth.iterdir()) == ["p0001.marks.json", "p0001.md", "press.json"]


@pytest.mark.usefixtures("small_kind")
def test_documents_of_another_seed_are_not_pressed_among_those_of_one(
    facsimile: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facsimile("documents", "--kind", "small", "--count", 2, "--seed", 3, "--out", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    asked = ("documents", "--kind", "small", "--count", 1, "--out", tmp_path)
    assert facsimile(*asked, "--seed", 4) == ExitCode.SETTINGS
    assert "pressed with seed 3, not 4" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert facsimile(*asked, "--seed", 3) == ExitCode.DONE


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(
    facsimile: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert facsimile("documents", "--kind", "papyrus", "--out", tmp_path) == ExitCode.SETTINGS
    said = capsys.readouterr().err
    assert all(kind in said for kind in ("'papyrus'", *kinds.KINDS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("documents", "--kind", "letter"), ("matrix",)])
def test_a_seed_below_zero_is_refused_before_anything_is_drawn(
    facsimile: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert facsimile(*command, "--seed", -5, "--out", tmp_path) == ExitCode.SETTINGS
    assert list(tmp_path.iterdir()) == []


def test_the_matrix_is_refused_where_the_known_stamps_are_not(
    facsimile: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert facsimile("matrix", "--out", tmp_path / "out", "--workers", 1) == ExitCode.SETTINGS
    assert "config/stamps" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_matrix_counts_what_it_pressed_and_names_its_manifest(
    facsimile: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [next(page for page in planned() if page.section == section) for section in ("B", "C")]
    monkeypatch.setattr(drawing, "planned", lambda **_: tuple(few))
    assert facsimile("matrix", "--out", tmp_path, "--seed", 3, "--workers", 1) == ExitCode.DONE
    entries = manifest.read(tmp_path / manifest.NAME)
    said = capsys.readouterr().out
    assert f"{len(entries)} specimens on 2 pages: {tmp_path / manifest.NAME}" in said.replace("\n", "")
    rows = [line.split("│") for line in said.splitlines() if "│" in line]
    assert {row[1].strip() for row in rows} == {entry.stratum for entry in entries}
    assert sum(int(row[column]) for row in rows for column in (2, 3, 4)) == len(entries)


def test_the_matrix_is_that_on_which_detectors_are_compared_unless_another_is_asked_for(
    facsimile: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "planned", lambda **_: ())
    assert facsimile("matrix", "--out", tmp_path, "--workers", 1) == ExitCode.DONE
    assert f'"seed": {drawing.SEED},' in (tmp_path / manifest.SUMMARY).read_text(encoding="utf-8")


def counted(out: StringIO, *, is_terminal: bool) -> str:
    """Count three of four pages on a console and return all that was written."""
    with terminal.counting(Console(file=out, force_terminal=is_terminal, width=80), "pages pressed") as show:
        show(1, 4)
        show(3, 4)
    return out.getvalue()


def test_a_count_is_shown_on_a_terminal_and_nowhere_else() -> None:
    written = counted(StringIO(), is_terminal=True)
    assert "pages pressed" in written
    assert "3/4" in written
    assert counted(StringIO(), is_terminal=False) == ""
