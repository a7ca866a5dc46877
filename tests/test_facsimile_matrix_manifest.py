"""The manifest of the test matrix: what is written is read back, what is no manifest is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.facsimile.matrix import manifest
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.model.geometry import Box

_PAIRS = st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=6), max_size=3).map(
    lambda found: tuple(found.items())
)
_ENTRIES = st.builds(
    Entry,
    specimen=st.text(max_size=5),
    page=st.text(max_size=5),
    mark_id=st.text(max_size=3),
    box=st.builds(
        Box, left=st.integers(-9, 9), top=st.integers(-9, 9), right=st.integers(-9, 9), bottom=st.integers(-9, 9)
    ),
    section=st.sampled_from(("A", "B", "C")),
    stratum=st.text(max_size=5),
    is_positive=st.booleans(),
    status=st.sampled_from(("struck", "active", "uncertain", "none")),
    family=st.text(max_size=5),
    fields=_PAIRS,
    levels=_PAIRS,
)


def entry(stratum: str = "horizontal", *, is_positive: bool = True, status: manifest.Expected = "struck") -> Entry:
    """Return a specimen of a stratum."""
    return Entry(
        specimen="a0001",
        page="matrix-a-0001",
        mark_id="m1",
        box=Box(left=1, top=2, right=30, bottom=40),
        section="A",
        stratum=stratum,
        is_positive=is_positive,
        status=status,
        levels=(("scan", "grey"), ("shape", "x")),
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(_ENTRIES, max_size=3))
def test_what_is_written_is_read_back(entries: list[Entry]) -> None:
    assert manifest.parse(manifest.write(entries)) == tuple(entries)


def test_a_manifest_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / manifest.NAME
    path.write_text(manifest.write([entry()]), encoding="utf-8")
    assert manifest.read(path) == (entry(),)
    assert manifest.read(path)[0].level("scan") == "grey"
    assert manifest.read(path)[0].level("family") == ""


@pytest.mark.parametrize("line", ["{", "[]", "{}", '"a"', manifest.write([entry()]).replace("30", '"x"')])
def test_a_line_that_is_no_specimen_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(GroundTruthError, match=r"matrix\.jsonl:2: not a line"):
        manifest.parse(manifest.write([entry()]) + line)


def test_a_manifest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GroundTruthError, match="Draw it"):
        manifest.read(tmp_path / manifest.NAME)


def test_a_stroke_of_which_nobody_can_say_counts_on_neither_side() -> None:
    entries = (entry(), entry(status="uncertain"), entry(is_positive=False, status="active"), entry("typed"))
    horizontal, typed = manifest.counts(entries)
    assert (horizontal.positives, horizontal.negatives, horizontal.uncertain) == (1, 1, 1)
    assert (horizontal.is_headline, typed.is_headline) == (True, False)


def test_the_table_counts_each_level_and_how_many_are_to_be_found() -> None:
    rows = manifest.table((entry(), entry(is_positive=False, status="active")))
    assert rows == (("A", "scan", "grey", "2", "1"), ("A", "shape", "x", "2", "1"))
