from pathlib import Path

import pytest

from scanfix import files
from scanfix.errors import GroundTruthError, StoreError


def test_what_is_written_is_read_back_and_leaves_no_other_file(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "page.txt"
    files.write_text(target, "naïve\n")
    assert target.read_text(encoding="utf-8") == "naïve\n"
    assert [path.name for path in target.parent.iterdir()] == ["page.txt"]
    assert files.digest(target) == files.digest_of("naïve\n".encode())


def test_a_write_that_breaks_off_leaves_the_old_content(tmp_path: Path) -> None:
    target = tmp_path / "page.txt"
    files.write_text(target, "old")

    def break_off() -> None:
        with files.replacing(target) as temporary:
            temporary.write_text("half of the n", encoding="utf-8")
            raise InterruptedError

    with pytest.raises(StoreError, match=r"page\.txt"):
        break_off()
    assert target.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_a_file_is_a_store_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"out.*--out"):
        files.write_text(tmp_path / "out" / "page.txt", "x")


def test_a_text_that_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_bytes(b"caf\xe9")
    with pytest.raises(GroundTruthError, match=r"memo\.txt: cannot be read, it is not UTF-8"):
        files.read_text(tmp_path / "memo.txt", blame=GroundTruthError)
    with pytest.raises(StoreError, match=r"gone\.txt: cannot be read \(No such file or directory\)\. Run again\."):
        files.read_text(tmp_path / "gone.txt", blame=StoreError, advice="Run again.")


def test_files_are_removed_where_they_are_and_what_is_no_file_is_named(tmp_path: Path) -> None:
    files.write_text(tmp_path / "page.txt", "old")
    files.remove((tmp_path / "page.txt", tmp_path / "never-there.txt"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="folder: cannot be removed"):
        files.remove([tmp_path / "folder"])


def test_a_file_is_whole_while_it_holds_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    written = files.digest_of(b"typed")
    assert not files.is_whole(path, written)
    files.write_text(path, "typed")
    assert files.is_whole(path, written)
    files.write_text(path, "retyped")
    assert not files.is_whole(path, written)
