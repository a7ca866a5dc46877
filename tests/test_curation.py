"""Transcriptions of others are imported without loss, linted where they stand, and shown in every view."""

import json
from pathlib import Path

import pytest

from scanfix import curation
from scanfix.errors import GroundTruthError, SettingsError
from scanfix.truth import notation

STAMPS = Path(__file__).parent.parent / "config" / "stamps"
MEMO = """~~SECRET~~

**HARBOUR BOARD**

1. The dredger is to leave on the 4th, and the buoys[?] are

~~SECRET~~

~~SECRET~~

to be repainted by the crew.

RECORD COPY

~~SECRET~~
"""


def imported(paths: list[Path], out: Path, *, overwrite: bool = False) -> tuple[curation.ImportedFile, ...]:
    found = curation.import_files(paths, out, profile=None, folder_of_stamps=STAMPS, overwrite=overwrite)
    return tuple(found)


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    path = tmp_path / "memo.txt"
    path.write_text(MEMO, encoding="utf-8")
    return path


def test_each_page_gets_a_file_that_says_which_page_it_is(memo: Path, tmp_path: Path) -> None:
    (one,) = imported([memo], tmp_path / "truth")
    assert (one.scan_id, one.pages, one.error) == ("memo", 2, None)
    second = (tmp_path / "truth" / "memo" / "p0002.md").read_text(encoding="utf-8")
    assert second.startswith("---\nscan: memo\npage: 2\n")
    assert "⟵ to be repainted" in second


def test_the_report_of_an_import_counts_what_was_decided(memo: Path, tmp_path: Path) -> None:
    (one,) = imported([memo], tmp_path / "truth")
    report = json.loads((tmp_path / "truth" / "memo" / "import.json").read_text(encoding="utf-8"))
    assert sum(entry["count"] for entry in report["counts"]) == len(report["decisions"]) == sum(one.counts.values())
    assert "memo.txt: 2 pages" in (tmp_path / "truth" / "memo" / "import.txt").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_imported_costs_no_other(memo: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00")
    broken, good = imported([tmp_path / "broken.txt", memo], tmp_path / "truth")
    assert "broken.txt" in str(broken.error)
    assert good.pages == 2


def test_files_of_one_name_get_folders_of_their_own(memo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "memo.txt"
    other.parent.mkdir()
    other.write_text("Another memorandum.\n", encoding="utf-8")
    first, second = imported([memo, other], tmp_path / "truth")
    assert first.scan_id != second.scan_id


def test_the_same_import_may_be_made_again(memo: Path, tmp_path: Path) -> None:
    imported([memo], tmp_path / "truth")
    (again,) = imported([memo], tmp_path / "truth")
    assert again.error is None


def test_a_corrected_page_is_not_overwritten_unless_asked(memo: Path, tmp_path: Path) -> None:
    imported([memo], tmp_path / "truth")
    page = tmp_path / "truth" / "memo" / "p0001.md"
    page.write_text("corrected by hand\n", encoding="utf-8")
    (refused,) = imported([memo], tmp_path / "truth")
    assert "p0001.md would change" in str(refused.error)
    assert page.read_text(encoding="utf-8") == "corrected by hand\n"
    (replaced,) = imported([memo], tmp_path / "truth", overwrite=True)
    assert replaced.error is None
    assert "HARBOUR" in page.read_text(encoding="utf-8")


def test_pages_of_another_import_are_not_mixed_in(memo: Path, tmp_path: Path) -> None:
    imported([memo], tmp_path / "truth")
    memo.write_text("One page is left.\n", encoding="utf-8")
    (refused,) = imported([memo], tmp_path / "truth", overwrite=True)
    assert "p0002.md would stay" in str(refused.error)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GroundTruthError, match="nowhere"):
        imported([tmp_path / "nowhere"], tmp_path / "truth")


def test_a_folder_with_nothing_to_look_at_is_not_a_clean_one(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The garrison was paid.\n", encoding="utf-8")
    with pytest.raises(GroundTruthError, match=r"holds no file \*\*/\*\.md"):
        curation.lint_paths([tmp_path], folder_of_stamps=STAMPS, only=(), ignore=())
    (tmp_path / "empty").mkdir()
    with pytest.raises(GroundTruthError, match="holds no file"):
        imported([tmp_path / "empty"], tmp_path / "truth")


def test_a_folder_of_stamps_that_is_not_there_is_named_unless_it_is_the_usual_one(memo: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        curation.lint_paths([memo], folder_of_stamps=tmp_path / "nowhere", only=(), ignore=())


def test_a_transcript_in_the_notation_is_not_imported_again(memo: Path, tmp_path: Path) -> None:
    imported([memo], tmp_path / "truth")
    page = tmp_path / "truth" / "memo" / "p0001.md"
    (refused,) = imported([page], tmp_path / "again")
    assert "in the notation already" in str(refused.error)
    assert not (tmp_path / "again").exists()


def test_what_is_imported_can_be_linted_and_read_back(memo: Path, tmp_path: Path) -> None:
    imported([memo], tmp_path / "truth")
    findings = curation.lint_paths([tmp_path / "truth"], folder_of_stamps=STAMPS, only=(), ignore=())
    assert not [one for one in findings if one.severity == "error"]
    page = tmp_path / "truth" / "memo" / "p0001.md"
    text = page.read_text(encoding="utf-8")
    (transcript,) = notation.parse_document(text, file="p0001.md", scan_id="memo")
    assert "dredger" in curation.show(page, "reading", folder_of_stamps=STAMPS)
    assert transcript.blocks[0].kind == "head"


def test_findings_in_a_source_point_into_the_source(tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text("The garrison was paid.\n\nIts *flag was struck at noon.\n", encoding="utf-8")
    findings = curation.lint_paths([source], folder_of_stamps=STAMPS, only=["unbalanced-signs"], ignore=())
    assert [(one.file, one.line) for one in findings] == [(str(source), 3)]


def test_a_file_that_is_not_the_notation_is_one_finding(tmp_path: Path) -> None:
    page = tmp_path / "memo" / "p0001.md"
    page.parent.mkdir()
    page.write_text("The ~~garrison\n\nleft.\n", encoding="utf-8")
    findings = curation.lint_paths([page], folder_of_stamps=STAMPS, only=(), ignore=())
    assert [(one.severity, one.line) for one in findings] == [("error", 1)]
    assert "p0001.md:1:" in curation.findings_text(findings)
    assert json.loads(curation.findings_sarif(findings))["version"] == "2.1.0"


def test_a_page_that_is_not_utf_8_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "memo.md").write_bytes(b"caf\xe9")
    findings = curation.lint_paths([tmp_path / "memo.md"], folder_of_stamps=STAMPS, only=(), ignore=())
    assert [one.rule for one in findings] == ["syntax"]


def test_an_unknown_rule_is_refused(memo: Path) -> None:
    with pytest.raises(SettingsError, match="no such rule: spelling"):
        curation.lint_paths([memo], folder_of_stamps=STAMPS, only=["spelling"], ignore=())


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("diplomatic", "RECORD COPY"),
        ("reading", "to be repainted"),
        ("as_typed", "to be repainted"),
        ("body", "to be repainted"),
        ("furniture", "SECRET"),
        ("markings", "memo p. 1 head: struck: SECRET"),
        ("stamps", "memo p. 2 stamp copy-status: RECORD COPY"),
    ],
)
def test_every_view_can_be_shown(memo: Path, view: curation.Show, shown: str) -> None:
    assert shown in curation.show(memo, view, folder_of_stamps=STAMPS)


def test_fields_of_stamps_and_withheld_areas_are_shown(tmp_path: Path) -> None:
    page = tmp_path / "memo" / "p0003.md"
    page.parent.mkdir()
    page.write_text(
        "::: stamp family=cia-reviewer\nDOCUMENT NO. {hw:7}\n:::\nPaid by [REDACTED (b) (3)].\n", encoding="utf-8"
    )
    assert "doc_no: 7" in curation.show(page, "stamps", folder_of_stamps=STAMPS)
    assert curation.show(page, "redactions", folder_of_stamps=STAMPS) == "memo p. 3 paragraph: inline: (b) (3)\n"


def test_a_whole_document_in_one_file_is_shown_page_after_page(tmp_path: Path) -> None:
    (tmp_path / "memo.md").write_text("One.\n\n<!-- page 2 -->\n\nTwo.\n", encoding="utf-8")
    assert curation.show(tmp_path / "memo.md", "reading", folder_of_stamps=STAMPS) == "One.\n\nTwo.\n"


def test_a_path_that_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GroundTruthError, match="cannot be read"):
        curation.show(tmp_path, "reading", folder_of_stamps=STAMPS)


def test_ground_truth_named_as_ocr_d_does_finds_its_scan(tmp_path: Path) -> None:
    (tmp_path / "memo.gt.txt").write_text("The ferry is closed.\n", encoding="utf-8")
    (one,) = imported([tmp_path / "memo.gt.txt"], tmp_path / "truth")
    assert one.scan_id == "memo"
