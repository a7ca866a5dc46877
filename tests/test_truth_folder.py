"""A folder of ground truth has a folder a scan and a file a page."""

from pathlib import Path

from scanfix.model.page import PageId
from scanfix.truth import folder


def test_pages_are_found_by_name_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("memo/p0002.md", "memo/p0001.md", "memo/notes.md", "README.md", "carbon/p0010.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Text.\n", encoding="utf-8")
    found = [(page_id.scan_id, page_id.number) for page_id, _ in folder.pages(tmp_path)]
    assert found == [("carbon", 10), ("memo", 1), ("memo", 2)]


def test_a_page_is_read_as_the_page_its_name_says(tmp_path: Path) -> None:
    file = tmp_path / "memo" / "p0003.md"
    file.parent.mkdir()
    file.write_text("Text.\n", encoding="utf-8")
    page_id = folder.page_of(file)
    assert page_id == PageId(scan_id="memo", number=3)
    assert folder.read(file, page_id).page_id.place == "memo/p0003"
    assert folder.marks_of(file).name == "p0003.marks.json"
