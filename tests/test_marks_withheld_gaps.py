from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_drawn import blank, word

from scanfix.images import GrayImage
from scanfix.marks import find_marks
from scanfix.marks.frame import frame_of
from scanfix.marks.withheld import WithheldDetector
from scanfix.marks.withheld.gaps import gap_around, gap_beside
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

PITCH = 60
SPECK_PX = 30
WITHHELD = Box(left=800, top=1204, right=1700, bottom=1262)
IN_IT = Box(left=1200, top=1218, right=1300, bottom=1247)
BESIDE = Box(left=2300, top=1218, right=2400, bottom=1247)


def says_nothing(crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
    assert is_quick
    return tuple(CropText() for _ in crops)


@cache
def typed() -> tuple[GrayImage, tuple[Line, ...]]:
    """Fill a page with lines, and tell where they are."""
    page, lines = blank(), []
    for number, bottom in enumerate(range(600, 2400, PITCH)):
        left, right = 300, 300
        while right < 1900:
            box = word(page, "considering reports", left=right, bottom=bottom, scale=1.2, thickness=3)
            right = box.right + 30
        lines.append(
            said(f"l{number}", "considering reports", Box(left=left, top=bottom - 30, right=right, bottom=bottom))
        )
    return page, tuple(lines)


def said(name: str, text: str, box: Box) -> Line:
    """Return a line of one word."""
    return Line(line_id=name, box=box, words=(Word(word_id=f"{name}w", text=text, box=box, confidence=0.97),))


def whitened(page: GrayImage, box: Box) -> GrayImage:
    """Make a place white."""
    white = page.copy()
    white[box.top : box.bottom, box.left : box.right] = 255
    return white


def with_code(
    page: GrayImage, lines: Sequence[Line], box: Box, text: str = "25X1"
) -> tuple[GrayImage, tuple[Line, ...]]:
    """Print a code, and tell that it was read."""
    printed = page.copy()
    drawn = word(printed, text, left=box.left, bottom=box.bottom, scale=1.2, thickness=3)
    return printed, (*lines, said("code", text, drawn.grow(4)))


def found(page: GrayImage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    detectors = (WithheldDetector(MarksSettings()),)
    return find_marks(page, dpi=300, read=says_nothing, detectors=detectors, lines=lines)


@pytest.mark.parametrize("place", [IN_IT, BESIDE])
def test_a_white_place_amid_text_is_a_redaction_where_a_code_stands_in_or_beside_it(place: Box) -> None:
    page, lines = typed()
    page, lines = with_code(whitened(page, WITHHELD), lines, place)
    marks = {mark.kind: mark for mark in found(page, lines)}
    assert set(marks) == {"redaction", "exemption"}
    assert marks["redaction"].field("style") == "cut"
    assert marks["redaction"].field("code") == "25X1"
    assert marks["redaction"].box.iou(WITHHELD) > 0.6
    assert [entry.name for entry in marks["exemption"].evidence if entry.name == "bound.redaction"]


def test_a_white_place_without_a_code_and_a_code_beside_whole_text_are_no_redactions() -> None:
    page, lines = typed()
    assert found(whitened(page, WITHHELD), lines) == ()
    assert [mark.kind for mark in found(*with_code(page, lines, BESIDE))] == ["exemption"]


def test_several_missing_lines_beside_a_code_are_a_redaction_and_the_space_between_paragraphs_is_none() -> None:
    page, lines = typed()
    several = Box(left=250, top=1100, right=2100, bottom=1365)
    middle = BESIDE
    (gap,) = [
        mark.box for mark in found(*with_code(whitened(page, several), lines, middle)) if mark.kind == "redaction"
    ]
    assert gap.iou(several) > 0.6
    one = Box(left=250, top=1204, right=2100, bottom=1262)
    assert all(mark.kind == "exemption" for mark in found(*with_code(whitened(page, one), lines, middle)))


def test_a_code_on_a_page_without_text_has_no_gap() -> None:
    frame = frame_of(blank(), dpi=300)
    assert gap_around(IN_IT, frame, ()) is None
    assert gap_beside(BESIDE, frame, ()) is None


def test_a_code_that_stands_in_the_text_is_beside_none_and_one_outside_is_in_none() -> None:
    page, lines = typed()
    frame = frame_of(whitened(page, WITHHELD), dpi=300)
    assert gap_beside(IN_IT, frame, lines) is None
    assert gap_around(BESIDE, frame, lines) is None


@settings(deadline=None, max_examples=6)
@given(st.integers(400, 1100), st.integers(700, 1900), st.integers(250, 700), st.integers(90, 300))
def test_a_gap_holds_its_code_and_nothing_but_specks(left: int, top: int, width: int, height: int) -> None:
    page, lines = typed()
    white = whitened(page, Box(left=left, top=top, right=left + width, bottom=top + height))
    frame = frame_of(white, dpi=300)
    code = Box(left=left + 80, top=top + 20, right=left + 160, bottom=top + 50)
    gap = gap_around(code, frame, lines)
    assert gap is not None
    assert code.share_inside(gap) == 1.0
    inside = np.unique(frame.pieces.labels[gap.top : gap.bottom, gap.left : gap.right])
    assert all(frame.pieces.boxes[number, 4] < SPECK_PX for number in inside if number > 0)
