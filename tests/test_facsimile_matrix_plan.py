"""The plan of the test matrix: every level occurs, fairly, before anything is drawn."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import SEED, known, marked, planned

from scanfix.facsimile.matrix import balance, box_pages, factors, plan, stamp_plan
from scanfix.facsimile.matrix.balance import Row
from scanfix.facsimile.matrix.draft import dice_of
from scanfix.facsimile.matrix.plan import Specimen

_NAMES = st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=5, unique=True)


def levels_of(specimens: list[Specimen], factor: str) -> Counter[str]:
    """Count the levels of a factor."""
    return Counter(one.level(factor) for one in specimens)


def stratum(name: str, *, is_positive: bool) -> list[Specimen]:
    """Return the specimens of a stratum."""
    return [one for one in marked() if one.stratum == name and one.is_positive == is_positive]


@settings(deadline=None, max_examples=30)
@given(levels=st.dictionaries(st.text("xyz", min_size=1, max_size=3), _NAMES, min_size=1, max_size=4))
def test_levels_of_a_factor_differ_by_one_at_most(levels: dict[str, list[str]]) -> None:
    rows = balance.rows(levels, count=23, generator=dice_of(SEED, "law"))
    for name, possible in levels.items():
        counts = Counter(row[name] for row in rows)
        assert max(counts.values()) - min(counts[level] for level in possible) <= 1


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 1000))
def test_mending_a_plan_only_exchanges(seed: int) -> None:
    rows = balance.rows({"a": "xyz", "b": "pqr"}, count=30, generator=dice_of(seed, "mend"))

    def is_allowed(row: Row) -> bool:
        return row["a"] != "x" or row["b"] != "p"

    mended = balance.mend(rows, "b", is_allowed)
    assert all(is_allowed(row) for row in mended)
    assert [row["a"] for row in mended] == [row["a"] for row in rows]
    assert Counter(row["b"] for row in mended) == Counter(row["b"] for row in rows)


def test_a_plan_that_cannot_be_mended_is_refused() -> None:
    with pytest.raises(ValueError, match="b=p has no place"):
        balance.mend([{"a": "x", "b": "p"}], "b", lambda row: row["b"] != "p")


def test_even_pairs_are_not_confounded_and_locked_ones_are() -> None:
    assert balance.confounding("xxyy", "pqpq") == 0
    assert balance.confounding("xxyy", "ppqq") == 1


@pytest.mark.parametrize("name", plan.HEADLINES)
def test_each_headline_has_a_hundred_struck_and_a_hundred_unstruck(name: str) -> None:
    struck = [one for one in stratum(name, is_positive=True) if one.level("conflict") != "banner"]
    assert len(struck) >= 100
    assert len(stratum(name, is_positive=False)) >= 100


@pytest.mark.parametrize(
    ("factor", "levels"),
    [
        ("shape", (*factors.LEVEL_SHAPES, *factors.SLANT_SHAPES, *factors.OTHER_SHAPES, *factors.TYPED_SHAPES)),
        ("shape", ("block-x", "block-lines")),
        ("coverage", (*factors.WHOLE, *factors.PART, "graze")),
        ("width", factors.WIDTHS),
        ("text", (*factors.TEXTS, *factors.BODY_TEXTS)),
        ("position", (*factors.POSITIONS, "text")),
        ("conflict", factors.CONFLICTS),
        ("scan", factors.SCANS),
        ("cause", ("declassification", "deletion-1953", "author", "typist")),
    ],
)
def test_every_level_of_a_factor_occurs_among_the_struck(factor: str, levels: tuple[str, ...]) -> None:
    found = levels_of([one for one in marked() if one.is_positive], factor)
    assert set(levels) <= set(found)


@pytest.mark.parametrize("name", ["horizontal", "diagonal", "partial"])
@pytest.mark.parametrize("factor", ["shape", "coverage", "width", "position", "scan", "conflict"])
def test_levels_are_balanced_within_a_headline(name: str, factor: str) -> None:
    counts = levels_of(stratum(name, is_positive=True), factor).values()
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize(("one", "other"), list(pairwise(("scan", "position", "shape", "coverage", "width"))))
def test_no_two_factors_go_together(one: str, other: str) -> None:
    struck = stratum("partial", is_positive=True)
    pairs = Counter((specimen.level(one), specimen.level(other)) for specimen in struck)
    even = len(struck) / (len(levels_of(struck, one)) * len(levels_of(struck, other)))
    assert max(pairs.values()) <= 2 * even + 2


@pytest.mark.parametrize("name", plan.HEADLINES)
def test_every_look_alike_occurs_where_it_can_stand(name: str) -> None:
    alike = stratum(name, is_positive=False)
    kinds = factors.LOOKALIKES[name]
    counts = levels_of(alike, "lookalike")
    assert set(counts) == set(kinds)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert all(one.level("position") in kinds[one.level("lookalike")] for one in alike)


def test_banners_stand_in_head_and_foot_only() -> None:
    under = [one for one in marked() if one.level("conflict") == "banner"]
    assert {one.level("position") for one in under} == {"head", "foot"}


def test_the_same_seed_plans_the_same_matrix_and_another_seed_another() -> None:
    assert plan.markings(SEED) == marked()
    assert plan.markings(SEED + 1) != marked()


def test_every_specimen_stands_on_one_page_and_no_two_in_one_place() -> None:
    names = Counter(one.name for page in planned() for one in page.specimens)
    assert set(names.values()) == {1}
    assert len(names) == sum(
        len(group) for group in (marked(), stamp_plan.impressions(SEED, known()), box_pages.boxes(SEED))
    )
    for page in planned():
        if page.kind == "sheet":
            places = Counter(one.level("position") for one in page.specimens if one.level("position") != "text")
            assert set(places.values()) <= {1}


def test_pages_hold_struck_and_unstruck_side_by_side() -> None:
    sheets = [page for page in planned() if page.kind == "sheet"]
    mixed = [page for page in sheets if len({one.is_positive for one in page.specimens}) == 2]
    assert len(mixed) > len(sheets) / 2


def test_there_are_twenty_clean_pages_and_no_more_than_four_hundred_in_all() -> None:
    assert sum(page.kind == "clean" for page in planned()) >= 20
    assert len(planned()) <= 400


def test_every_family_is_stamped_and_the_unknown_and_none_too() -> None:
    specimens = stamp_plan.impressions(SEED, known())
    named = {one.level("family") for one in specimens}
    assert named == {family.family for family in known()} | {factors.UNKNOWN, "none"}
    assert {one.level("wording") for one in specimens} > {"new", "1"}


def test_only_families_that_say_so_are_stamps() -> None:
    roles = {family.family: family.role for family in known()} | {factors.UNKNOWN: "stamp", "none": "distractor"}
    for one in stamp_plan.impressions(SEED, known()):
        assert one.is_positive == (roles[one.level("family")] == "stamp")


def test_the_stamp_with_boxes_shows_every_state_at_every_rotation() -> None:
    boxed = [one for one in stamp_plan.impressions(SEED, known()) if one.level("family") == "cia-reviewer"]
    pairs = {(one.level("rotation"), one.level("boxes")) for one in boxed}
    assert {rotation for rotation, _ in pairs} == set(factors.ROTATIONS)
    assert {state for _, state in pairs} == set(factors.BOXES)
    for factor, levels in (("ink", factors.INKS), ("occlusion", factors.OCCLUSIONS), ("fill", factors.FILLS)):
        assert set(levels_of(boxed, factor)) == set(levels)


def test_every_style_and_code_of_a_redaction_occurs() -> None:
    boxes = box_pages.boxes(SEED)
    for factor, levels in (("cover", factors.COVERS), ("code", factors.CODES), ("covered", factors.COVERED)):
        assert {one.level(factor) for one in boxes if one.is_positive} == set(levels)
    assert {one.level("lookalike") for one in boxes if not one.is_positive} == set(factors.UNCOVERED)
