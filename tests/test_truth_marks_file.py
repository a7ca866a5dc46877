"""Marks files are read strictly, written without loss, and annotators' own form is understood."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanfix.errors import GroundTruthError
from scanfix.model.geometry import Box, Quad
from scanfix.model.mark import Evidence, Mark
from scanfix.truth import marks_file
from scanfix.truth.marks_file import LookAlike, MarksFile

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpus" / "cib"
ENTRY: dict[str, object] = {"kind": "classification", "box": [10, 20, 110, 60], "text": "SECRET", "status": "struck"}


def text_of(*marks: dict[str, object], **names: object) -> str:
    return json.dumps({"schema": "scanfix.marks/1", "size": [200, 300], "dpi": 300, "marks": marks} | names)


def read(text: str) -> MarksFile:
    return marks_file.read(text, file="p0001.marks.json")


shares = st.none() | st.floats(0, 1)
words = st.text(max_size=8)
boxes = st.builds(
    lambda left, top, width, height: Box(left=left, top=top, right=left + width, bottom=top + height),
    st.integers(0, 100), st.integers(0, 100), st.integers(1, 100), st.integers(1, 100),
)  # fmt: skip
corners = st.tuples(st.floats(-10, 300), st.floats(-10, 300))
marks = st.builds(
    Mark,
    mark_id=st.just("m"),
    kind=st.sampled_from(["classification", "strikethrough"]),
    box=boxes,
    quad=st.none() | st.builds(Quad, corners=st.tuples(corners, corners, corners, corners)),
    text=words,
    confidence=st.floats(0, 1),
    status=st.sampled_from(["struck", "active", "uncertain"]),
    status_confidence=shares,
    shape=st.sampled_from([None, "x", "rising"]),
    fields=st.dictionaries(words, words, max_size=3).map(lambda fields: tuple(fields.items())),
    evidence=st.lists(
        st.builds(Evidence, name=words, value=st.floats(-9, 9), box=st.none() | boxes), max_size=2
    ).map(tuple),
    word_ids=st.lists(words, max_size=2).map(tuple),
)  # fmt: skip
files = st.builds(
    MarksFile,
    width_px=st.just(200),
    height_px=st.just(300),
    dpi=st.floats(1, 1200),
    marks=st.lists(marks, max_size=1).map(tuple),
    look_alikes=st.lists(
        st.builds(LookAlike, kind=st.sampled_from(["border", "map"]), box=boxes, text=words), max_size=2
    ).map(tuple),
    is_complete=st.booleans(),
)


@given(files)
def test_what_is_written_is_read_back_unchanged(file: MarksFile) -> None:
    assert read(marks_file.write(file)) == file


def test_a_mark_of_a_file_is_sure_unless_it_says_otherwise() -> None:
    assert read(text_of(ENTRY)).marks == (
        Mark(
            mark_id="t1",
            kind="classification",
            box=Box(left=10, top=20, right=110, bottom=60),
            text="SECRET",
            confidence=1.0,
            status="struck",
        ),
    )


def test_an_annotators_file_gives_fields_as_text_and_look_alikes_apart() -> None:
    text = json.dumps(
        {
            "page": "x-p001",
            "size": [200, 300],
            "dpi": 300,
            "complete": False,
            "image_notes": "",
            "body_text_lines": 3,
            "marks": [
                ENTRY | {"fields": {"stroke": [1, 2.5], "in_stamp": True, "angle": -3}, "note": "grazes"},
                {"kind": "border", "box": [0, 0, 200, 20], "text": "frame", "fields": {"side": "top"}},
            ],
        }
    )
    file = read(text)
    assert file.marks[0].fields == (("stroke", "1 2.5"), ("in_stamp", "true"), ("angle", "-3"), ("note", "grazes"))
    assert file.look_alikes == (LookAlike(kind="border", box=Box(left=0, top=0, right=200, bottom=20), text="frame"),)
    assert (file.width_px, file.height_px, file.dpi, file.is_complete) == (200, 300, 300.0, False)


FAULTS = {
    '{"size": [1,': "line 1, column 13: no valid JSON",
    "[]": "the file: ",
    text_of(schema="scanfix.marks/9"): "schema: ",
    text_of(ENTRY | {"kind": "blot"}): "marks.0.kind: ",
    text_of(ENTRY | {"colour": "red"}): "marks.0.colour: ",
    text_of(ENTRY | {"box": [1.5, 2, 3, 4]}): "marks.0.box.0: ",
    text_of(ENTRY | {"box": [1, 2, 3]}): "marks.0.box",
    text_of(ENTRY | {"confidence": 80}): "marks.0.confidence: ",
    text_of(ENTRY, ENTRY | {"box": [10, 20, 210, 60]}): "marks[1]: the box [10, 20, 210, 60] is empty or leaves",
    text_of(ENTRY | {"box": [10, 20, 10, 60]}): "marks[0]: the box",
    text_of(ENTRY | {"status": None}): "marks[0]: a classification needs a status",
    text_of(ENTRY | {"id": "a"}, ENTRY | {"id": "a"}): 'two marks have the id "a"',
    text_of(dpi=0): "dpi: ",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(GroundTruthError, match="^" + re.escape("p0001.marks.json: ")) as caught:
        read(text)
    assert FAULTS[text] in str(caught.value)


def test_every_marks_file_of_the_corpus_is_read_and_written_without_loss() -> None:
    paths = sorted(CORPUS.glob("*.json"))
    if not paths:
        pytest.skip(f"the development corpus is not at {CORPUS}")
    for path in paths:
        file = marks_file.read(path.read_text(), file=path.name)
        assert marks_file.read(marks_file.write(file), file=path.name) == file
        assert any(mark.kind == "banner" for mark in file.marks)
    assert len(paths) == 42


@pytest.mark.parametrize("text", ["[" * 200_000, '{"size": [1' + "0" * 5000 + ", 2]}"], ids=["deep", "long number"])
def test_json_beyond_reading_is_refused(text: str) -> None:
    with pytest.raises(GroundTruthError, match=r"m\.json: no usable JSON"):
        marks_file.read(text, file="m.json")
