import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_drawn import blank, line, word
from regions_drawn import LETTER, Voices, body, found, mark, scrawl, turned_text, typed

from scanfix.marks import DETECTORS, build, find_marks
from scanfix.marks.frame import frame_of
from scanfix.marks.regions import RegionDetector
from scanfix.marks.regions.rows import best_angle
from scanfix.marks.regions.shapes import shape_of
from scanfix.marks.socket import View
from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.settings import MarksSettings


def test_the_detector_is_built_by_its_name() -> None:
    (detector,) = build(MarksSettings(detectors=("region",)))
    assert DETECTORS["region"] is RegionDetector
    assert detector.made_by.startswith("scanfix.region")
    assert detector.recipe == "{}"
    assert detector.kinds == {"handwriting", "seal", "stamp"}
    assert detector.comes_after
    assert not detector.lies_on_scan


def test_a_page_of_type_has_no_regions_and_asks_no_engine() -> None:
    page = blank()
    voices = Voices()
    assert found(page, body(page), read=voices) == ()
    assert voices.crops == []


def test_type_that_was_read_badly_is_no_handwriting() -> None:
    page = blank()
    lines = body(page)
    poor = typed(page, "Thc wcst bxnk", left=300, bottom=1700, confidence=0.4)
    assert found(page, (*lines, poor)) == ()


def test_a_scrawl_in_the_margin_is_handwriting() -> None:
    page = blank()
    lines = body(page)
    drawn = scrawl(page, left=1900, top=900)
    (hand,) = found(page, lines)
    assert hand.kind == "handwriting"
    assert hand.box.iou(drawn) >= 0.7


def test_marks_of_the_detector_come_through_the_workshop() -> None:
    page = blank()
    lines = body(page)
    drawn = scrawl(page, left=1900, top=900)
    detectors = build(MarksSettings(detectors=("region",)))
    (hand,) = find_marks(page, dpi=300, read=Voices(), detectors=detectors, lines=lines)
    assert hand.mark_id == "m1"
    assert hand.box.iou(drawn) >= 0.7


def test_a_bracket_that_was_read_into_its_word_is_handwriting() -> None:
    page = blank()
    lines = body(page)
    entry = typed(page, "Secretary", left=400, bottom=1800)
    box = entry.words[0].box
    cv2.ellipse(page, (box.left - 2, (box.top + box.bottom) // 2), (34, 52), 0, 70, 290, 0, 4)
    grown = Box(left=box.left - 40, top=box.top - 36, right=box.right, bottom=box.bottom + 36)
    read = Word(word_id="w", text="(Secretary", box=grown, confidence=0.95)
    (hand,) = found(page, (*lines, Line(line_id="l", box=grown, words=(read,))))
    assert hand.kind == "handwriting"
    assert hand.box.height >= 90


def test_what_lies_in_a_known_mark_is_no_region() -> None:
    page = blank()
    lines = body(page)
    drawn = scrawl(page, left=1900, top=900)
    assert found(page, lines, others=[mark("stamp", drawn.grow(40))]) == ()


def test_a_hand_that_runs_out_of_a_marking_is_found_outside_it() -> None:
    page = blank()
    lines = body(page)
    secret = word(page, "SECRET", left=1500, bottom=300)
    drawn = scrawl(page, left=secret.right - 30, top=215, size=150)
    (hand,) = found(page, lines, others=[mark("classification", secret)])
    assert hand.kind == "handwriting"
    assert hand.box.share_inside(drawn.grow(10)) >= 0.9
    assert hand.box.left >= secret.left + 200


def test_a_strike_that_runs_out_of_a_marking_is_no_handwriting() -> None:
    page = blank()
    lines = body(page)
    secret = word(page, "SECRET", left=1500, bottom=300)
    line(page, (secret.left - 60, secret.bottom + 90), (secret.right + 160, secret.top - 120))
    assert found(page, lines, others=[mark("classification", secret)]) == ()


@pytest.mark.parametrize("shape", ["rule", "box", "hole", "hatch", "circle", "disc", "fold"])
def test_what_is_no_hand_is_left_alone(shape: str) -> None:
    page = blank()
    lines = body(page)
    match shape:
        case "rule":
            line(page, (300, 2000), (1900, 2004), thickness=4)
        case "box":
            cv2.rectangle(page, (300, 2000), (900, 2300), 0, 3)
        case "hole":
            cv2.ellipse(page, (1500, 100), (60, 60), 0, 20, 160, 0, 26)
        case "hatch":
            for x in range(300, 1500, 60):
                line(page, (x, 2100), (x + 100, 2000), thickness=14)
        case "circle":
            cv2.circle(page, (1900, 2000), 38, 0, 5)
            word(page, "3", left=1888, bottom=2014, scale=LETTER, thickness=4)
        case "disc":
            cv2.circle(page, (1900, 2000), 60, 0, -1)
        case _:
            line(page, (1950, 300), (1962, 1900), thickness=3)
    assert found(page, lines) == ()


def test_a_map_is_no_handwriting() -> None:
    page = blank()
    for column in range(4):
        for row in range(3):
            scrawl(page, left=300 + 500 * column, top=400 + 600 * row, size=200)
    assert found(page) == ()


def test_print_that_lies_askew_is_a_stamp_with_its_reading_and_angle() -> None:
    page = blank()
    lines = body(page)
    drawn = turned_text(page, ("RECEIVED", "REGISTRY"), middle=(1700, 2300), angle_deg=-12)
    (stamp,) = found(page, lines, read=Voices("RECEIVED"))
    assert (stamp.kind, stamp.field("family"), stamp.text) == ("stamp", "unknown", "RECEIVED\nRECEIVED")
    assert stamp.box.iou(drawn) >= 0.7
    assert stamp.quad is not None
    assert stamp.evidence[0].name == "angle_deg"
    assert stamp.evidence[0].value == pytest.approx(-12, abs=1.5)


@pytest.mark.parametrize("angle_deg", [90, -90])
def test_upright_print_is_a_stamp(angle_deg: float) -> None:
    page = blank()
    lines = body(page)
    drawn = turned_text(page, ("RECEIVED", "REGISTRY"), middle=(2100, 1500), angle_deg=angle_deg)
    (stamp,) = found(page, lines, read=Voices("REGISTRY"))
    assert stamp.box.iou(drawn) >= 0.6


def test_running_text_of_a_page_that_lies_askew_is_no_stamp() -> None:
    page = blank()
    turned_text(page, ("RECEIVED", "REGISTRY"), middle=(1700, 2300), angle_deg=-12)
    assert found(page, body(page), read=Voices("carpenters")) == ()


def test_print_that_nobody_can_read_is_no_stamp() -> None:
    page = blank()
    lines = body(page)
    turned_text(page, ("RECEIVED", "REGISTRY"), middle=(1700, 2300), angle_deg=-12)
    assert not any(mark.kind == "stamp" for mark in found(page, lines, read=Voices("", confidence=0.0)))


def test_capitals_in_a_level_box_are_a_stamp_and_a_note_in_a_box_is_not() -> None:
    page = blank()
    lines = body(page, lines=6)
    cv2.rectangle(page, (380, 1400), (900, 1640), 0, 5)
    stamped = (
        typed(page, "RECEIVED", left=420, bottom=1490),
        typed(page, "REGISTRY", left=420, bottom=1570),
    )
    cv2.rectangle(page, (380, 1900), (1100, 2140), 0, 5)
    noted = (
        typed(page, "See the annex for", left=420, bottom=1990),
        typed(page, "further figures", left=420, bottom=2070),
    )
    (stamp,) = found(page, (*lines, *stamped, *noted), read=Voices("RECEIVED"))
    assert stamp.field("family") == "unknown"
    assert stamp.box.iou(Box(left=378, top=1398, right=903, bottom=1643)) >= 0.9


def test_a_round_outline_is_a_seal_and_an_oval_with_print_a_stamp() -> None:
    page = blank()
    lines = body(page)
    cv2.circle(page, (400, 300), 140, 0, 6)
    cv2.ellipse(page, (1500, 2300), (320, 190), 0, 0, 360, 0, 6)
    word(page, "MAR 14 1939", left=1310, bottom=2320, scale=LETTER, thickness=4)
    seal, stamp = sorted(found(page, lines, read=Voices("MAR 14 1939")), key=lambda mark: mark.box.top)
    assert (seal.kind, seal.text, seal.fields) == ("seal", "", ())
    assert (stamp.field("family"), stamp.text) == ("unknown", "MAR 14 1939")


def test_the_number_behind_copy_no_is_read_with_its_own_evidence() -> None:
    page = blank()
    lines = (*body(page), typed(page, "Copy No.", left=1600, bottom=400))
    drawn = word(page, "67", left=1850, bottom=405, scale=2.0, thickness=6)
    (number,) = found(page, lines, read=Voices("67", confidence=0.97))
    assert number.fields == (("family", "numbering"), ("number", "67"))
    assert number.box.iou(drawn) >= 0.9
    (evidence,) = number.evidence
    assert (evidence.name, evidence.value, evidence.box) == ("field.number", 0.97, number.box)


@pytest.mark.parametrize(("text", "confidence"), [("67", 0.4), ("if", 0.97), ("", 0.0)])
def test_a_number_that_is_not_legible_is_absent(text: str, confidence: float) -> None:
    page = blank()
    lines = (*body(page), typed(page, "Copy No.", left=1600, bottom=400))
    word(page, "67", left=1850, bottom=405, scale=2.0, thickness=6)
    assert found(page, lines, read=Voices(text, confidence=confidence)) == ()


def test_a_number_that_stands_alone_is_found() -> None:
    page = blank()
    lines = body(page)
    drawn = word(page, "21059", left=1900, bottom=200, scale=1.9, thickness=3)
    (number,) = found(page, lines, read=Voices("21059"))
    assert number.field("number") == "21059"
    assert number.box.iou(drawn) >= 0.9


def test_an_enlarged_thumbnail_is_not_looked_at() -> None:
    page = np.full((700, 500), 255, np.uint8)
    scrawl(page, left=200, top=200)
    seeking = RegionDetector(MarksSettings()).seek(View(frame=frame_of(page, dpi=60)))
    with pytest.raises(StopIteration) as end:
        next(seeking)
    assert end.value.value == ()


@settings(deadline=None, max_examples=15)
@given(st.floats(-20, 20), st.integers(0, 10_000))
def test_the_angle_of_rows_is_found_again(angle_deg: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(12) * 30.0, np.arange(3) * 70.0)
    points = np.stack([x.ravel(), y.ravel()], axis=1) + rng.normal(0, 1.0, (36, 2))
    turn = np.radians(angle_deg)
    points = points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turns = np.arange(-25.0, 25.1, 0.5)
    assert best_angle(points, spacing=8.0, turns_deg=turns) == pytest.approx(angle_deg, abs=2.5)


@settings(deadline=None, max_examples=15)
@given(st.integers(60, 300), st.integers(60, 300))
def test_an_ellipse_runs_round_its_box_and_a_cross_does_not(width: int, height: int) -> None:
    page = blank(width=800, height=800)
    cv2.ellipse(page, (200, 200), (width // 2, height // 2), 0, 0, 360, 0, 4)
    line(page, (500, 500), (500 + width, 500 + height), thickness=4)
    line(page, (500, 500 + height), (500 + width, 500), thickness=4)
    frame = frame_of(page, dpi=300)
    numbers = np.argsort(frame.pieces.boxes[1:, 0]) + 1
    ring, cross = (shape_of(frame, int(number)) for number in numbers)
    assert ring.rim >= 0.95
    assert cross.rim <= 0.4
    assert cross.spanned
    assert not ring.spanned


def test_level_capitals_with_the_word_of_a_stamp_are_a_stamp() -> None:
    page = blank()
    lines = body(page)
    stamped = (
        typed(page, "RECEIVED", left=1500, bottom=300),
        typed(page, "1939 MAY 31 PM", left=1500, bottom=345),
        typed(page, "DIVISION OF MAPS", left=1500, bottom=2400),
        typed(page, "SECOND FLOOR", left=1500, bottom=2445),
        typed(page, "RECEIVED", left=300, bottom=2800),
    )
    (stamp,) = found(page, (*lines, *stamped))
    assert (stamp.field("family"), stamp.text) == ("unknown", "RECEIVED\n1939 MAY 31 PM")
    assert stamp.box == Box.around((stamped[0].box, stamped[1].box))


def test_a_page_typed_in_capitals_has_no_stamps_of_words() -> None:
    page = blank()
    text = ("THE DESPATCH WAS RECEIVED TODAY", "AND FILED ON 10 JUN 1939", "NO FURTHER ACTION IS NEEDED")
    lines = tuple(typed(page, row, left=300, bottom=700 + 70 * number) for number, row in enumerate(text))
    assert found(page, lines) == ()


def test_a_number_whose_head_is_cut_by_a_redaction_is_read_and_a_typed_one_is_not() -> None:
    page = blank()
    lines = (*body(page), typed(page, "Copy No.", left=1600, bottom=400))
    drawn = word(page, "67", left=1850, bottom=405, scale=2.0, thickness=6)
    page[: drawn.top + 17] = 255
    cover = Box(left=1700, top=drawn.top - 60, right=2200, bottom=drawn.top + 12)
    (number,) = found(page, lines, read=Voices("67"), others=[mark("redaction", cover)])
    assert number.field("number") == "67"
    assert found(page, lines, read=Voices("67")) == ()
    assert found(page, lines, read=Voices("67891"), others=[mark("redaction", cover)]) == ()


def test_the_torn_rim_of_a_hole_near_the_head_is_no_handwriting() -> None:
    page = blank()
    lines = body(page)
    cv2.ellipse(page, (1500, 100), (70, 60), 0, 10, 150, 0, 16)
    line(page, (1440, 130), (1420, 190), thickness=16)
    assert found(page, lines) == ()


def test_a_hand_among_the_lines_of_a_map_is_no_handwriting() -> None:
    page = blank()
    lines = body(page, lines=5)
    for number in range(4):
        line(page, (1500 + 120 * number, 1500), (1440 + 120 * number, 2100), thickness=3)
    scrawl(page, left=1560, top=1700)
    assert found(page, lines) == ()


def test_a_broken_oval_is_a_stamp_even_where_its_print_is_lost() -> None:
    page = blank()
    lines = body(page)
    for start in range(0, 360, 30):
        cv2.ellipse(page, (1500, 2300), (320, 190), 15, start, start + 26, 0, 6)
    (stamp,) = found(page, lines)
    assert (stamp.field("family"), stamp.text, stamp.evidence) == ("unknown", "", ())
    assert stamp.box.width == pytest.approx(640, abs=40)
