"""Detectors side by side: rounds of crops, frames, what comes first and what comes after."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from marks_drawn import blank

from scanfix.errors import SettingsError
from scanfix.images import GrayImage
from scanfix.marks import DETECTORS, build, find_marks
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.model.geometry import Affine, Box, Quad
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings, Settings

PLACE = Box(left=10, top=10, right=60, bottom=30)


@dataclass
class Reader:
    """Answers with the number of the call; remembers what it was asked."""

    asked: list[tuple[int, bool]] = field(default_factory=list)

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        self.asked.append((len(crops), is_quick))
        return tuple(CropText(second=f"{len(self.asked)}") for _ in crops)


@dataclass
class Seeker:
    """A detector that asks some rounds and gives a mark with the answers as its text."""

    rounds: tuple[tuple[Wanted, ...], ...] = ()
    box: Box = PLACE
    kind: MarkKind = "stamp"
    lies_on_scan: bool = False
    comes_after: bool = False
    quad: Quad | None = None
    seen: list[View] = field(default_factory=list)
    made_by: str = "test 1"
    recipe: str = "{}"
    kinds: frozenset[MarkKind] = frozenset({"stamp"})

    def seek(self, view: View) -> Seeking:
        self.seen.append(view)
        said = []
        for crops in self.rounds:
            answers = yield crops
            said += [answer.second for answer in answers]
        evidence = (Evidence(name="seen", value=1.0, box=self.box),)
        return (
            Mark(
                mark_id="",
                kind=self.kind,
                box=self.box,
                quad=self.quad,
                text=" ".join(said),
                confidence=0.9,
                evidence=evidence,
            ),
        )


def wanted(tone: int, *, is_quick: bool = False) -> Wanted:
    return Wanted(image=np.full((20, 60), tone, np.uint8), is_quick=is_quick)


def test_crops_of_all_detectors_are_read_in_one_call_a_round() -> None:
    reader = Reader()
    one = Seeker(rounds=((wanted(1), wanted(2)), (wanted(3),)))
    other = Seeker(rounds=((wanted(4),),), kind="redaction")
    marks = find_marks(blank(), dpi=300, read=reader, detectors=(one, other))
    assert reader.asked == [(3, False), (1, False)]
    assert {mark.text for mark in marks} == {"1 1 2", "1"}


def test_quick_crops_are_asked_apart_and_a_crop_wanted_twice_is_read_once() -> None:
    reader = Reader()
    twice = Seeker(rounds=((wanted(1, is_quick=True), wanted(1, is_quick=True), wanted(2)),))
    find_marks(blank(), dpi=300, read=reader, detectors=(twice,))
    assert sorted(reader.asked) == [(1, False), (1, True)]


def test_a_detector_that_asks_for_nothing_starts_no_reader() -> None:
    reader = Reader()
    (mark,) = find_marks(blank(), dpi=300, read=reader, detectors=(Seeker(rounds=((),)),))
    assert (reader.asked, mark.mark_id) == ([], "m1")


def test_what_comes_after_sees_what_was_found_and_the_words() -> None:
    word = Word(word_id="w", text="a", box=Box(left=20, top=40, right=30, bottom=50), confidence=0.9)
    row = Line(line_id="l", box=word.box, words=(word,))
    first, after = Seeker(), Seeker(comes_after=True, kind="handwriting", box=Box(left=0, top=90, right=9, bottom=99))
    find_marks(blank(width=300, height=200), dpi=150, read=Reader(), detectors=(after, first), lines=(row,))
    assert first.seen[0].found == ()
    assert [mark.box for mark in after.seen[0].found] == [first.box]
    assert after.seen[0].lines[0].words[0].box == Box(left=40, top=80, right=60, bottom=100)


def test_marks_come_back_in_the_pages_own_pixels_with_their_evidence() -> None:
    (mark,) = find_marks(blank(width=300, height=200), dpi=150, read=Reader(), detectors=(Seeker(),))
    assert mark.box == Box(left=5, top=5, right=30, bottom=15)
    assert mark.evidence[0].box == mark.box
    assert mark.quad is None


def test_what_lay_level_on_a_turned_scan_keeps_its_corners() -> None:
    seeker = Seeker(lies_on_scan=True, box=Box(left=100, top=100, right=900, bottom=140))
    (mark,) = find_marks(blank(), dpi=300, read=Reader(), detectors=(seeker,), levelled_deg=2.0)
    assert mark.quad is not None
    assert mark.box.height > seeker.box.height + 20
    (x0, y0), (x1, y1) = mark.quad.corners[:2]
    assert np.degrees(np.arctan2(y1 - y0, x1 - x0)) == pytest.approx(2.0, abs=0.05)


def test_a_turned_mark_keeps_its_corners_at_any_resolution() -> None:
    quad = Quad(corners=((20.0, 10.0), (60.0, 20.0), (58.0, 30.0), (18.0, 20.0)))
    (mark,) = find_marks(blank(width=300, height=200), dpi=150, read=Reader(), detectors=(Seeker(quad=quad),))
    assert mark.quad == Affine.of([[0.5, 0, 0], [0, 0.5, 0]]).turn(quad)


def test_two_lines_of_print_in_one_place_are_one_and_a_box_in_a_stamp_is_another() -> None:
    banner, stamp, tick = Seeker(kind="banner"), Seeker(kind="stamp"), Seeker(kind="checkbox")
    marks = find_marks(blank(), dpi=300, read=Reader(), detectors=(banner, stamp, tick))
    assert {mark.kind for mark in marks} == {"banner", "checkbox"}


def test_a_detector_that_never_stops_asking_is_a_bug_that_shows() -> None:
    endless = Seeker(rounds=tuple((wanted(1),) for _ in range(20)))
    with pytest.raises(AssertionError, match="still asks"):
        find_marks(blank(), dpi=300, read=Reader(), detectors=(endless,))


def test_every_detector_of_the_table_names_itself_its_version_and_its_kinds() -> None:
    settings = Settings().marks
    for name in DETECTORS:
        (detector,) = build(replace_names(settings, name))
        assert detector.made_by.startswith("scanfix.")
        assert detector.made_by.split()[-1].isdigit()
        assert detector.kinds
        # It stands in the record of every page.
        assert len(detector.recipe) < 200


def test_an_unknown_detector_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SettingsError, match="banner"):
        build(replace_names(Settings().marks, "nonsense"))


def replace_names(settings: MarksSettings, name: str) -> MarksSettings:
    return settings.model_copy(update={"detectors": (name,)})


def test_a_view_moves_no_mark_that_it_was_not_given() -> None:
    seeker = Seeker()
    find_marks(blank(), dpi=300, read=Reader(), detectors=(replace(seeker, comes_after=True),))
    assert seeker.seen[0].found == ()
