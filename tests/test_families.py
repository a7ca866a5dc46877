"""Stamp families are read from files, and a stamp's text finds the wording it is most like."""

from pathlib import Path

import pytest

from scanfix.errors import SettingsError
from scanfix.families import most_like, read_families

FOLDER = Path(__file__).parent.parent / "config" / "stamps"


def test_a_known_wording_is_found_whole() -> None:
    found = most_like(["RECORD COPY"], read_families(FOLDER))
    assert found is not None
    assert (found.family.family, found.share) == ("copy-status", 1.0)


def test_what_is_filled_in_is_no_part_of_the_printed_words() -> None:
    reviewer = next(family for family in read_families(FOLDER) if family.family == "cia-reviewer")
    assert reviewer.wording[0].printed.startswith("DOCUMENT NO. NO CHANGE IN CLASS. DECLASSIFIED")


def test_a_damaged_wording_is_near_and_not_equal() -> None:
    found = most_like(["FILE COBY"], read_families(FOLDER))
    assert found is not None
    assert 0.8 < found.share < 1


def test_without_families_nothing_is_like_anything() -> None:
    assert most_like(["RECORD COPY"], ()) is None


def test_a_malformed_family_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text('family = "x"\nsomething = 1\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"broken\.toml"):
        read_families(tmp_path)
