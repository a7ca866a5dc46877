"""Finding scans among paths: names, order, links, clashes."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix import intake
from scanfix.errors import ScanError
from scanfix.intake.content import describe, judge
from scanfix.intake.identity import safe_name, tell_apart
from scanfix.intake.opening import open_scan
from scanfix.model.page import Scan
from scanfix.settings import IntakeSettings

SETTINGS = IntakeSettings()


def lay(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def ids(found: intake.Discovered) -> list[str]:
    return [scan.scan_id for scan in found.scans]


def test_each_file_of_a_folder_is_a_scan_and_each_folder_in_it_is_one(tmp_path: Path) -> None:
    lay(tmp_path, "b.pdf", "a.TIF", "letter/p10.png", "letter/p2.png", "letter/p1.jpg")
    found = intake.discover([tmp_path])
    assert ids(found) == ["a", "b", "letter"]
    assert [Path(file).name for file in found.scans[2].files] == ["p1.jpg", "p2.png", "p10.png"]
    assert (found.failures, found.skipped) == ((), ())


def test_files_that_are_no_scans_are_skipped_and_said_and_hidden_ones_are_not_even_said(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf", "a.json", "README.md", ".DS_Store", ".hidden/p1.png", "letter/p1.png", "letter/notes.txt")
    found = intake.discover([tmp_path])
    assert ids(found) == ["a", "letter"]
    assert [Path(text.split(" (")[0]).name for text in found.skipped] == ["a.json", "notes.txt", "README.md"]
    assert found.failures == ()


def test_a_folder_in_a_folder_of_pages_is_skipped_and_a_folder_without_pages_is_no_scan(tmp_path: Path) -> None:
    lay(tmp_path, "letter/p1.png", "letter/deep/p1.png", "words/a.txt")
    found = intake.discover([tmp_path])
    assert ids(found) == ["letter"]
    assert any("deep" in text for text in found.skipped)


def test_a_missing_path_is_one_failure_and_the_others_are_found(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf")
    found = intake.discover([tmp_path / "gone.pdf", tmp_path / "a.pdf"])
    assert ids(found) == ["a"]
    (failure,) = found.failures
    assert (failure.verb, failure.scan_id, failure.page_number) == ("discover", "gone.pdf", None)
    assert "no such file" in failure.message


def test_a_path_named_twice_is_one_scan_and_is_said(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf")
    found = intake.discover([tmp_path / "a.pdf", tmp_path, tmp_path / "a.pdf"])
    assert ids(found) == ["a"]
    assert len(found.skipped) == 2
    assert all("named twice" in text for text in found.skipped)


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_the_same_scan(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", "secret.pdf", "pages/p1.png")
    folder = lay(tmp_path / "in", "a.pdf", "letter/p1.png")
    (folder / "b.pdf").symlink_to(folder / "a.pdf")
    (folder / "out.pdf").symlink_to(outside / "secret.pdf")
    (folder / "out").symlink_to(outside / "pages")
    (folder / "letter" / "p2.png").symlink_to(outside / "pages" / "p1.png")
    found = intake.discover([folder])
    assert ids(found) == ["a", "letter"]
    assert [len(scan.files) for scan in found.scans] == [1, 1]
    assert len(found.failures) == 3
    assert all("leads out of" in failure.message for failure in found.failures)


def test_a_dead_link_a_ring_of_links_and_a_pipe_are_failures(tmp_path: Path) -> None:
    (tmp_path / "dead.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "ring.pdf").symlink_to(tmp_path / "ring.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    found = intake.discover([tmp_path])
    assert found.scans == ()
    assert len(found.failures) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    closed = lay(tmp_path / "closed", "a.pdf")
    closed.chmod(0)
    found = intake.discover([closed])
    closed.chmod(0o755)
    assert [failure.scan_id for failure in found.failures] == ["closed"]


def test_a_folder_that_is_gone_when_it_is_read_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(_: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "iterdir", vanish)
    found = intake.discover([tmp_path])
    assert "cannot be read (No such file" in found.failures[0].message


def test_names_with_spaces_newlines_and_other_scripts_are_kept_apart_and_made_safe(tmp_path: Path) -> None:
    lay(tmp_path, "two words.pdf", "two\nlines.pdf", "Übergrößenträger.pdf", "\u202egpj.pdf", "a:b.pdf")
    assert sorted(ids(intake.discover([tmp_path]))) == sorted(
        ["two words", "two_lines", "Übergrößenträger", "_gpj", "a_b"]
    )


def test_scans_of_one_name_all_get_longer_names(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf", "a.tif", "b.pdf", "c/p1.png", "c.pdf")
    assert ids(intake.discover([tmp_path])) == ["a-pdf", "a-tif", "b", "c-folder", "c-pdf"]


def test_names_that_differ_only_in_case_or_composition_are_told_apart(tmp_path: Path) -> None:
    lay(tmp_path, "A.pdf", "a.pdf", "é.pdf", unicodedata.normalize("NFD", "é.pdf"))
    found = ids(intake.discover([tmp_path]))
    assert len({name.casefold() for name in found}) == 4


def test_equal_names_in_equal_folders_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    one, two = lay(tmp_path / "1" / "x", "a.pdf"), lay(tmp_path / "2" / "x", "a.pdf")
    forwards, backwards = intake.discover([one, two]), intake.discover([two, one])
    assert len(set(ids(forwards))) == 2
    assert forwards == backwards


def test_a_name_made_longer_never_takes_the_name_of_another_scan(tmp_path: Path) -> None:
    lay(tmp_path, "a.pdf", "a.tif", "a-pdf.png")
    found = ids(intake.discover([tmp_path]))
    assert len({name.casefold() for name in found}) == 3


NAMES = st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name and "\0" not in name)


@given(NAMES)
def test_every_name_becomes_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 200
    assert not safe.startswith((".", "-"))
    assert not any(unicodedata.category(character)[0] == "C" for character in safe)
    assert not set(safe) & set('/\\:*?"<>|')
    assert safe_name(safe) == safe


@given(st.lists(NAMES, unique=True, max_size=8))
def test_ids_are_unique_on_every_file_system_and_do_not_depend_on_order(names: list[str]) -> None:
    paths = [Path("/archive") / f"{name}.pdf" for name in names]
    forwards = dict(zip(paths, tell_apart(paths), strict=True))
    backwards = dict(zip(paths[::-1], tell_apart(paths[::-1]), strict=True))
    assert forwards == backwards
    assert len({name.casefold() for name in forwards.values()}) == len(set(paths))


def test_a_long_name_is_cut_between_characters_and_two_stay_two() -> None:
    one, two = safe_name("ä" * 300 + "1"), safe_name("ä" * 300 + "2")
    assert one != two
    assert len(one.encode()) <= 200
    assert one.startswith("ää")


def test_bytes_of_an_old_file_system_have_a_safe_name() -> None:
    assert safe_name(os.fsdecode(b"caf\xe9")) == "caf_"
    assert tell_apart([Path(os.fsdecode(b"/x/\xe9.pdf")), Path(os.fsdecode(b"/x/\xe8.pdf"))])[0] != ""


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"", "an empty file"),
        (b"Dear Sir,\nI have", "plain text"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\0" * 64, "a run of zero bytes"),
        (b"\0\0\0\x18ftypheic\0", "a HEIF image"),
        (b"\x01\x02\x03\xff", "unknown data"),
        (b"%!PS-Adobe", "a PostScript"),
    ],
)
def test_a_file_that_is_no_scan_is_refused_by_its_content(tmp_path: Path, content: bytes, looks: str) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(content)
    with pytest.raises(ScanError, match=looks):
        judge(path)


def test_a_known_image_is_named() -> None:
    assert describe(b"\xff\xd8\xff\xe0") == "a JPEG image"


def test_a_file_that_is_gone_is_a_scan_error(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="No such file"):
        judge(tmp_path / "gone.pdf")


def scan_of(*paths: Path) -> Scan:
    return Scan(scan_id="s", files=tuple(map(str, paths)))


def test_a_bad_file_of_a_folder_keeps_its_page_number(tmp_path: Path) -> None:
    def count(path: Path) -> int:
        if path.name == "p2":
            raise ScanError("p2: damaged.")
        return 2

    lay(tmp_path, "p1", "p2", "p3")
    opened = open_scan(scan_of(*(tmp_path / name for name in ("p1", "p2", "p3"))), SETTINGS, count=count)
    assert [(source.page_id.number, Path(source.file).name, source.page) for source in opened.sources] == [
        (1, "p1", 1),
        (2, "p1", 2),
        (4, "p3", 1),
        (5, "p3", 2),
    ]
    (failure,) = opened.failures
    assert (failure.place, failure.error, failure.is_retryable) == ("s p. 3", "ScanError", False)


def test_a_scan_without_one_good_file_is_a_scan_error(tmp_path: Path) -> None:
    def count(path: Path) -> int:
        raise ScanError(f"{path.name}: damaged.")

    with pytest.raises(ScanError, match=r"p1: damaged. \(and 1 more"):
        open_scan(scan_of(tmp_path / "p1", tmp_path / "p2"), SETTINGS, count=count)
    with pytest.raises(ScanError, match="has no files"):
        open_scan(scan_of(), SETTINGS, count=count)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    lay(tmp_path, "p1", "p2")
    with pytest.raises(ScanError, match="more pages than the 3 allowed"):
        open_scan(
            scan_of(tmp_path / "p1", tmp_path / "p2"), SETTINGS.model_copy(update={"max_pages": 3}), count=lambda _: 2
        )


def test_a_file_that_goes_while_it_is_opened_is_a_scan_error(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="cannot be read"):
        open_scan(scan_of(tmp_path / "gone"), SETTINGS, count=lambda _: 1)
