"""Stamp families are read from files, and a stamp's text finds the wording it is most like."""

from pathlib import Path

import pytest

from scanfix.errors import SettingsError
from scanfix.families import Wording, most_like, read_families

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


def test_the_placeholders_of_a_wording_are_known_in_order_with_their_kinds() -> None:
    wording = Wording(lines=("NO. {number} {sent:box} SENT", "TO: A B {to:choice}"))
    assert list(wording.fields) == [("number", ""), ("sent", "box"), ("to", "choice")]


def test_what_is_said_of_a_field_that_no_wording_has_is_refused(tmp_path: Path) -> None:
    text = 'family = "x"\ntitle = "X"\n[[wording]]\nlines = ["NO. {number}"]\n[field.numbr]\nkind = "number"\n'
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="no wording has the field numbr"):
        read_families(tmp_path)


def test_every_known_family_says_what_it_is_and_its_facts_stand_in_its_wording() -> None:
    families = read_families(FOLDER)
    assert len({family.family for family in families}) == len(families) >= 20
    assert {family.role for family in families} == {"stamp", "legend", "handling", "distractor"}
    for family in families:
        for wording in family.wording:
            assert all(fact in wording.printed for fact in wording.facts.values()), family.family


def test_wordings_that_nobody_saw_are_told_from_those_seen() -> None:
    strips = {family.family: family for family in read_families(FOLDER)}
    assert not any(wording.verified for wording in strips["nara-declassified"].wording)
    assert all(wording.verified for wording in strips["uk-retained-copy"].wording)


def test_a_word_like_declassification_in_a_legend_makes_no_declassification_stamp() -> None:
    found = most_like(
        ["GROUP 1", "Excluded from automatic", "downgrading and", "declassification"], read_families(FOLDER)
    )
    assert found is not None
    assert (found.family.family, found.family.role, found.share) == ("schedule", "legend", 1.0)
