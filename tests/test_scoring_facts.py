"""Facts are read with their line, and judged with the edits that they allow."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.model.gate import FactResult
from scanfix.model.transcript import Marking
from scanfix.scoring import nearby
from scanfix.scoring.facts import Reading, judge, read_facts
from scanfix.scoring.policy import POLICIES, PolicyName

ROOT = Path(__file__).parent.parent
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["page", "kind", "text", "allowed", "in", "texts"]) | st.text(), inner, max_size=5
        )
    ),
    max_leaves=8,
)
PAGE = Reading(
    texts=(
        (
            "page",
            "SECRET\n\nBureau of Tolls, Karsovia\n4th May, 1953\n\nThe ferry at Tessin was closed—\nfor 240 days.",
        ),
        ("body", "The ferry at Tessin was closed—\nfor 240 days."),
        ("furniture", "SECRET\n\n- 2 -"),
    ),
    markings=(
        Marking(text="TOP SECRET", status="struck", block="head"),
        Marking(text="SECRET", status="active", block="foot"),
    ),
    stamps=((("family", "received"), ("date", "NOV 21 1947")), (("family", "copy"), ("number", "14"))),
)


def judged(reading: Reading | None = PAGE, policy: PolicyName = "archival", **said: object) -> FactResult:
    """Judge one fact about the page."""
    (fact,) = read_facts(json.dumps({"page": "toll/p0001", **said}), file="facts.jsonl")
    return judge(fact, reading, POLICIES[policy])


def holds(**said: object) -> bool:
    """Whether a fact about the page holds."""
    return judged(**said).holds  # type: ignore[arg-type]


# Texts


@pytest.mark.parametrize(
    ("text", "allowed", "said"),
    [
        ("4th May, 1953", 0, "present"),
        ("closed-for 240 days.", 1, "present"),
        ("closed - for", 2, "present"),
        ("4th May, 1958", 0, "absent"),
        ("4th May, 1958", 1, "present"),
        ("Buraeu of Tols, Karsovia", 0.2, "present"),
        ("Buraeu of Tols, Karsovia", 0.1, "absent"),
        ("40", 0, "absent"),
        ("240", 0, "present"),
        ("losed", 0, "absent"),
        ("20", 0, "absent"),
    ],
)
def test_a_text_is_present_within_the_edits_allowed_and_begins_and_ends_where_words_do(
    text: str, allowed: float, said: str
) -> None:
    other = {"present": "absent", "absent": "present"}[said]
    assert holds(kind=said, text=text, allowed=allowed)
    assert not holds(kind=other, text=text, allowed=allowed)


def test_a_text_is_looked_for_in_the_view_that_the_fact_names() -> None:
    assert holds(kind="absent", text="SECRET", **{"in": "body"})
    assert holds(kind="present", text="SECRET", **{"in": "furniture"})


def test_the_nearest_text_is_told() -> None:
    assert judged(kind="present", text="4th May, 1958").found == 'nearest is "4th May, 1953", 1 edit away'


def test_a_long_nearest_text_is_cut() -> None:
    long = Reading(texts=(("page", "the depot under my charge " * 4),))
    found = judged(long, kind="present", text="the depot under my charge " * 4 + "now").found
    assert found.endswith('…", 4 edits away')


def test_of_a_text_unlike_anything_nothing_is_told() -> None:
    assert (
        judged(Reading(texts=(("page", "§"),)), kind="present", text="xx").found == "nearest is nothing, 2 edits away"
    )


def test_nothing_is_present_on_an_empty_page() -> None:
    empty = Reading(texts=(("page", ""),))
    assert not judged(empty, kind="present", text="SECRET").holds
    assert judged(empty, kind="absent", text="SECRET").holds


def test_a_fact_about_a_page_that_the_run_lost_fails() -> None:
    result = judged(None, kind="absent", text="SECRET")
    assert (result.holds, result.found) == (False, "the run does not have the page")


def test_a_text_of_which_the_policy_leaves_nothing_is_no_proof() -> None:
    result = judged(PAGE, "search", kind="present", text="☐")
    assert (result.holds, result.found) == (False, "search/1 leaves nothing of a text of the fact")


# Order


def test_texts_follow_one_another() -> None:
    assert holds(kind="order", texts=["Karsovia", "May", "Tessin"])
    assert holds(kind="order", texts=["Karsovja", "Tesin"], allowed=1)


def test_texts_in_another_order_do_not() -> None:
    result = judged(kind="order", texts=["Tessin", "Karsovia"])
    assert (result.holds, result.found) == (False, '"Karsovia" does not follow')


def test_one_text_does_not_serve_twice() -> None:
    assert not holds(kind="order", texts=["Tessin", "Tessin"])


# Markings and stamps


def test_a_marking_has_its_status_in_its_block() -> None:
    assert holds(kind="struck", text="TOP SECRET")
    assert holds(kind="struck", text="TOP SECRFT", allowed=1, **{"in": "head"})
    assert not holds(kind="active", text="TOP SECRET")
    assert not holds(kind="struck", text="TOP SECRET", **{"in": "foot"})


def test_a_marking_within_another_is_not_that_marking() -> None:
    result = judged(kind="struck", text="SECRET")
    assert (result.holds, result.found) == (False, "active in foot")


def test_a_marking_that_is_not_there_is_told() -> None:
    assert judged(kind="active", text="RESTRICTED").found == "no such marking"


def test_a_stamp_says_what_its_field_says() -> None:
    assert holds(kind="stamp_field", family="received", field="date", value="NOV 21 1947")
    assert holds(kind="stamp_field", family="received", field="date", value="NOV 21 1941", allowed=1)


@pytest.mark.parametrize(
    ("family", "field", "found"),
    [
        ("received", "date", '"NOV 21 1947"'),
        ("received", "number", "the field was not read"),
        ("eyes", "x", "no such stamp"),
    ],
)
def test_a_stamp_that_says_something_else_is_told(family: str, field: str, found: str) -> None:
    result = judged(kind="stamp_field", family=family, field=field, value="2206")
    assert (result.holds, result.found) == (False, found)


# Names


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"kind": "present", "text": "No. 17"}, 'toll/p0001 present "No. 17"'),
        ({"kind": "absent", "text": "SECRET", "in": "body"}, 'toll/p0001 absent "SECRET" in body'),
        ({"kind": "order", "texts": ["a", "b"]}, 'toll/p0001 order "a" < "b"'),
        ({"kind": "struck", "text": "SECRET", "in": "head"}, 'toll/p0001 struck "SECRET" in head'),
        ({"kind": "stamp_field", "family": "f", "field": "n", "value": "1"}, 'toll/p0001 stamp_field f n = "1"'),
    ],
)
def test_a_fact_is_named_by_what_it_claims(said: dict[str, object], name: str) -> None:
    assert judged(PAGE, **said).name == name  # type: ignore[arg-type]


# Reading


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no valid JSON"),
        ('{"page": "toll/p0001", "kind": "presnt", "text": "a"}', "kind"),
        ('{"page": "toll", "kind": "present", "text": "a"}', "page"),
        ('{"page": "toll/p0001", "kind": "present", "text": ""}', "text"),
        ('{"page": "toll/p0001", "kind": "present", "text": "a", "allowed": -1}', "allowed"),
        ('{"page": "toll/p0001", "kind": "present", "text": "a", "allowed": 1.5}', "allowed"),
        ('{"page": "toll/p0001", "kind": "present", "text": "a", "allowed": NaN}', "allowed"),
        ('{"page": "toll/p0001", "kind": "order", "texts": ["a"]}', "texts"),
        ('{"page": "toll/p0001", "kind": "present", "text": "a", "note": "b"}', "note"),
        ('{"page": "toll/p0001", "kind": "present", "text": "x"}', "stands on an earlier line"),
        ('{"page": "toll/p0001", "kind": "active", "text": "SECRET", "in": "haed"}', "in"),
        ('{"page": "toll/p0001", "kind": "present", "text": "SECRET", "allowed": 6}', "any page would do"),
        ("[" * 100_000, "no usable JSON"),
    ],
)
def test_a_malformed_fact_is_refused_with_its_line(line: str, said: str) -> None:
    good = '{"page": "toll/p0001", "kind": "present", "text": "x"}'
    with pytest.raises(GroundTruthError, match=rf"facts\.jsonl: line 3: .*{said}"):
        read_facts(f"{good}\n\n{line}\n", file="facts.jsonl")


@given(st.text() | JSON.map(json.dumps))
def test_whatever_a_file_of_facts_holds_no_other_error_is_raised(text: str) -> None:
    with suppress(GroundTruthError):
        assert all(fact.page for fact in read_facts(text, file="facts.jsonl"))


def test_the_facts_of_the_samples_are_read() -> None:
    file = ROOT / "ground_truth" / "facts.jsonl"
    facts = read_facts(file.read_text(encoding="utf-8"), file=str(file))
    assert {fact.kind for fact in facts} >= {"present", "absent", "order", "struck", "active"}
    for fact in facts:
        assert (ROOT / "ground_truth" / f"{fact.page}.md").is_file()


# Nearness


@given(st.text("ab ", max_size=6), st.text("ab ", max_size=8))
def test_a_text_is_as_far_from_another_as_the_other_from_it(one: str, other: str) -> None:
    assert nearby.distance(one, other) == nearby.distance(other, one) >= abs(len(one) - len(other))


@given(st.text("ab ", min_size=1, max_size=6), st.text("ab ", min_size=1, max_size=8))
def test_the_place_found_is_as_far_away_as_it_is_said(wanted: str, text: str) -> None:
    place = nearby.nearest(wanted, text)
    assert nearby.distance(wanted, text[place.start : place.end]) == place.edits


@given(st.text("ab ", max_size=5), st.text("ab", min_size=1, max_size=5), st.text("ab ", max_size=5))
def test_a_text_between_spaces_is_always_found(before: str, wanted: str, after: str) -> None:
    text = f"{before} {wanted} {after}"
    place = nearby.first(wanted, text, edits=0, start=0)
    assert place is not None
    assert text[place.start : place.end] == wanted
