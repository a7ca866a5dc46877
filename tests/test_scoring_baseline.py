"""A baseline is written so that people can review it, and read back as it was."""

import json
from contextlib import suppress

import gates
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import BaselineMismatch, GroundTruthError
from scanfix.model.gate import Record, Stratum
from scanfix.scoring.baseline import read_baseline, write_baseline

FULL = gates.record(
    gates.page(
        "memo",
        2,
        markings=(gates.fate("active", "struck"),),
        strata=(Stratum(name="token: date", counts=gates.edits(1, 4)),),
        marks=gates.found(3, invented=1),
        repetition=0.0123,
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def tree() -> dict[str, object]:
    """Return a good baseline as JSON has it."""
    good: dict[str, object] = json.loads(write_baseline(FULL))
    return good


@given(gates.pairs())
def test_what_is_written_is_read_back(runs: tuple[Record, Record]) -> None:
    text = write_baseline(runs[0])
    assert write_baseline(read_baseline(text, file="baseline.json")) == text


def test_nothing_of_a_record_is_lost() -> None:
    assert read_baseline(write_baseline(FULL), file="baseline.json") == FULL


def test_counts_stand_on_one_line_and_pages_in_order() -> None:
    lines = write_baseline(gates.record(gates.page("b"), gates.page("a"))).splitlines()
    assert '   "words": {"hits": 190, "substitutions": 10, "deletions": 0, "insertions": 0},' in lines
    assert [line for line in lines if '"page"' in line] == ['   "page": "a/p0001",', '   "page": "b/p0001",']


def test_each_version_and_each_failed_fact_has_a_line_of_its_own() -> None:
    record = Record(
        policy="raw/1", view="body", settings="c3", versions=FULL.versions, pages=FULL.pages, failed_facts=("b", "a")
    )
    lines = write_baseline(record).splitlines()
    assert '  "engine": "tesseract 5.3.0",' in lines
    assert lines.index('  "a",') + 1 == lines.index('  "b"')


def test_a_page_that_stands_there_twice_is_refused() -> None:
    text = write_baseline(gates.record(gates.page(), gates.page()))
    with pytest.raises(GroundTruthError, match=r"baseline\.json: memo p\. 1 stands there twice.*--accept"):
        read_baseline(text, file="baseline.json")


def test_another_form_is_not_comparable() -> None:
    with pytest.raises(BaselineMismatch, match=r"'scanfix\.baseline/2'.*--accept"):
        read_baseline(json.dumps({**tree(), "schema": "scanfix.baseline/2"}), file="baseline.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n nothing", "line 2, column 2: no valid JSON"),
        ("[" * 100_000, "no usable JSON"),
        ("[]", "the file: "),
        ("{}", "schema: Field required"),
        (json.dumps({**tree(), "pages": []}), "pages: "),
        (json.dumps({**tree(), "words": 3}), "words: Extra inputs"),
        (
            write_baseline(FULL).replace('"hits": 190', '"hits": -190'),
            "pages.0.words.hits: .*greater than or equal to 0",
        ),
        (write_baseline(FULL).replace("memo/p0002", "memo"), "pages.0.page: "),
        (write_baseline(FULL).replace("memo/p0002", f"memo/p{'1' * 5000}"), "pages.0.page: "),
        (write_baseline(FULL).replace('"hits": 190', f'"hits": {10**30}'), "pages.0.words.hits: "),
        (write_baseline(FULL).replace("0.0123", "NaN"), "pages.0.repetition: "),
    ],
)
def test_a_malformed_baseline_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(GroundTruthError, match=rf"(?s)baseline\.json: {said}.*--accept"):
        read_baseline(text, file="baseline.json")


@given(
    st.text()
    | JSON.map(json.dumps)
    | st.tuples(st.sampled_from(sorted(tree())), JSON).map(lambda part: json.dumps({**tree(), part[0]: part[1]}))
)
def test_whatever_a_baseline_holds_no_other_error_is_raised(text: str) -> None:
    with suppress(GroundTruthError, BaselineMismatch):
        assert read_baseline(text, file="baseline.json").pages
