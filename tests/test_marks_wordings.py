from hypothesis import given
from hypothesis import strategies as st

from scanfix.marks.wordings import WORDINGS, fold, likeness, matches

LETTERS = st.text(alphabet="ABCDEFGHIKLMNOPRSTU 015-|€", max_size=20)


def test_dashes_spaces_and_confused_letters_fold_away() -> None:
    assert fold("FOP-SEGRET") == fold("TOP SECRET")
    assert fold("—T6P—SE€RET——") != ""
    assert fold("S E C R E T") == fold("SECRET")
    assert fold("$ECRE7") == fold("SECRET")


def test_poor_readings_of_struck_markings_find_their_wording() -> None:
    for reading in ("TOP-SECRET", "FOP-SECREF", "IQP-SEGRET", "TOP SEBRET", "LOP SECRET", "TOP SECRE1"):
        assert matches(reading)[0].wording == "TOP SECRET"
        assert matches(reading)[0].likeness >= 0.7


def test_lines_of_text_fit_no_wording() -> None:
    for line in (
        "CENTRAL INTELLIGENCE BULLETIN",
        "SUMMARY",
        "Page 3",
        "30 January 1955",
        "- 4 -",
        "",
        "SECRETARY OF STATE",
    ):
        assert matches(line)[0].likeness < 0.7


def test_matches_name_every_wording_once_the_best_first() -> None:
    fits = matches("SECURITY INFORMATION")
    assert sorted(fit.wording for fit in fits) == sorted(WORDINGS)
    assert fits[0].wording == "SECURITY INFORMATION"
    assert [fit.likeness for fit in fits] == sorted((fit.likeness for fit in fits), reverse=True)


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert likeness("SECERT", "SECRET") == 1 - 1 / 6
    assert likeness("", "") == 0.0


@given(LETTERS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS, LETTERS)
def test_likeness_is_symmetric_bounded_and_one_only_for_equals(one: str, other: str) -> None:
    value = likeness(one, other)
    assert value == likeness(other, one)
    assert 0.0 <= value <= 1.0
    assert (value == 1.0) == (one == other and one != "")
