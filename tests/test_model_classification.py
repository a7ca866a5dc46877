import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.model.classification import highest, level_of


@pytest.mark.parametrize(
    ("marking", "name", "family"),
    [
        ("TOP SECRET", "TOP SECRET", "us"),
        ("T O P  S E C R E T", "TOP SECRET", "us"),
        ("(Secret)", "SECRET", "us"),
        ("SECRET NOFORN", "SECRET", "us"),
        ("SECRET SECURITY INFORMATION", "SECRET", "us"),
        ("SECRET RESTRICTED DATA", "SECRET", "us"),
        ("STRICTLY CONFIDENTIAL", "CONFIDENTIAL", "us"),
        ("MOST SECRET", "MOST SECRET", "uk"),
        ("COSMIC TOP SECRET", "COSMIC TOP SECRET", "nato"),
        ("NATO UNCLASSIFIED", "NATO UNCLASSIFIED", "nato"),
        ("TRÈS SECRET", "TRÈS SECRET", "fr"),
        ("Secret Défense", "SECRET DÉFENSE", "fr"),
        ("CONFIDENTIEL", "CONFIDENTIEL", "fr"),
        ("STRENG GEHEIM", "STRENG GEHEIM", "de"),
        ("VS - NUR FÜR DEN DIENSTGEBRAUCH", "NUR FÜR DEN DIENSTGEBRAUCH", "de"),
        ("FOR OFFICIAL USE ONLY", "OFFICIAL USE ONLY", "us"),
        ("TS", "TOP SECRET", "us"),
        ("c", "CONFIDENTIAL", "us"),
    ],
)
def test_a_marking_names_its_level(marking: str, name: str, family: str) -> None:
    level = level_of(marking)
    assert level is not None
    assert (level.name, level.family) == (name, family)


@pytest.mark.parametrize(
    "text", ["SECURITY INFORMATION", "EYES ONLY", "RESTRICTED DATA", "FORMERLY RESTRICTED DATA", "SECRETARY", "", "12"]
)
def test_handling_lines_and_categories_name_no_level(text: str) -> None:
    assert level_of(text) is None


def test_levels_are_ordered_by_rank_across_families() -> None:
    ladder = ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
    levels = [level for text in ladder if (level := level_of(text)) is not None]
    assert [level.rank for level in levels] == [0, 1, 2, 3, 4, 5]
    assert levels == sorted(levels)


def test_the_highest_of_several_markings_counts() -> None:
    level = highest(["EYES ONLY", "CONFIDENTIAL", "TOP SECRET", "COSMIC TOP SECRET", "SECRET"])
    assert level == level_of("TOP SECRET")
    assert highest(["EYES ONLY"]) is None


@given(st.sampled_from(["TOP SECRET", "NATO SECRET", "GEHEIM", "UNCLASSIFIED"]), st.sampled_from([" ", "  ", " - "]))
def test_spaced_letters_name_what_the_word_names(marking: str, gap: str) -> None:
    spaced = gap.join(" ".join(word) for word in marking.split())
    assert level_of(spaced) == level_of(marking)
