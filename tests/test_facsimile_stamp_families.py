"""Stamps of the known families as the press draws them: filled in, ticked, worn."""

from pathlib import Path

import numpy as np
import pytest
from stamping import FAMILIES, reviewer

from scanfix.errors import SettingsError, ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.marking import Choice, Fill, Print, Tick
from scanfix.facsimile.stamped.stamps import drawn, known, stamp_of
from scanfix.families import Family

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)


def test_every_wording_of_every_family_can_be_drawn_and_states_its_facts() -> None:
    generator = np.random.default_rng(3)
    for family in FAMILIES.values():
        for number, wording in enumerate(family.wording):
            chosen = drawn(family, generator, page=1, x_in=1.0, y_in=1.0, wording=number)
            printed = " ".join(part.text for row in chosen.rows for part in row if isinstance(part, Print))
            assert all(words in printed for words in wording.facts.values()), family.family
            names = {part.name for row in chosen.rows for part in row if not isinstance(part, Print)}
            assert names == {name for name, _ in wording.fields}


def test_the_same_numbers_draw_the_same_stamp() -> None:
    one, again, other = (
        drawn(FAMILIES["cia-reviewer"], np.random.default_rng(seed), page=1, x_in=1.0, y_in=1.0) for seed in (4, 4, 5)
    )
    assert one == again
    assert one != other


def test_ticks_circles_and_wear_all_occur() -> None:
    generator = np.random.default_rng(1)
    many = [drawn(FAMILIES["cia-reviewer"], generator, page=1, x_in=1.0, y_in=1.0) for _ in range(120)]
    parts = [part for one in many for row in one.rows for part in row]
    ticks = [[part for row in one.rows for part in row if isinstance(part, Tick)] for one in many]
    assert {sum(tick.is_ticked for tick in two) for two in ticks} == {0, 1, 2}
    assert {part.way for part in parts if isinstance(part, Tick) and part.is_ticked} == {"cross", "tick", "blob"}
    assert {part.circled for part in parts if isinstance(part, Choice)} == {None, "TS", "S", "C"}
    assert {bool(one.faint) for one in many} == {bool(one.flooded) for one in many} == {True, False}


def test_what_is_printed_stands_straight_and_has_no_wear_of_rubber() -> None:
    generator = np.random.default_rng(2)
    headers = [drawn(FAMILIES["uk-cabinet-header"], generator, page=1, x_in=1.0, y_in=1.0) for _ in range(20)]
    assert {(one.turn_deg, one.faint, one.broken, one.flooded) for one in headers} == {(0.0, 0.0, 0.0, 0.0)}


def test_a_date_is_written_or_stamped() -> None:
    generator = np.random.default_rng(2)
    many = [drawn(FAMILIES["cia-reviewer"], generator, page=1, x_in=1.0, y_in=1.0) for _ in range(30)]
    parts = [part for one in many for row in one.rows for part in row if isinstance(part, Fill)]
    assert {part.by for part in parts if part.name == "date"} == {"hand", "dater"}


def test_values_that_a_stamp_cannot_have_are_refused() -> None:
    with pytest.raises(SettingsError, match="changed_to is one of TS, S, C"):
        reviewer(changed_to="U")
    with pytest.raises(SettingsError, match="no_change is ticked by cross"):
        reviewer(no_change="yes")


def test_a_face_that_the_press_lacks_is_refused() -> None:
    family = Family.model_validate(
        {"family": "x", "title": "X", "wording": [{"lines": ["X"]}], "press": {"face": "blackletter"}}
    )
    with pytest.raises(SettingsError, match="no face 'blackletter'"):
        stamp_of(family, page=1, x_in=1.0, y_in=1.0, values={})


def test_the_press_says_where_it_looks_for_families(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="no stamp family received in config/stamps"):
        known("received")
