"""Stamps drawn for tests as their wordings lie on the rubber, and a reader that knows the words that were drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import cv2
import marks_drawn as draw
import numpy as np

from scanfix.families import Family, read_families
from scanfix.images import GrayImage
from scanfix.marks import find_marks
from scanfix.marks.stamps import StampDetector
from scanfix.marks.stamps.printed import Printed, PrintedLine, printed, width_of
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

STAMPS = Path(__file__).parents[1] / "config" / "stamps"
# A capital of these stamps in pixels, and the way they are drawn.
UNIT = 26
_SCALE, _THICKNESS = 1.0, 2
_MARGIN_PX = 14


@cache
def families() -> tuple[Family, ...]:
    """Return the project's own families."""
    return read_families(STAMPS)


def wording(family: str, *, index: int = 0) -> Printed:
    """Return a wording of a family."""
    return [one for one in printed(families()) if one.family.family == family][index]


@cache
def bitmap(text: str, scale: float = _SCALE, thickness: int = _THICKNESS) -> GrayImage:
    """Return a word as it is drawn, without paper around it."""
    page = draw.blank(width=2000, height=200)
    box = draw.word(page, text, left=50, bottom=120, scale=scale, thickness=thickness)
    return np.ascontiguousarray(page[box.top : box.bottom, box.left : box.right])


@dataclass
class WordReader:
    """Reads the words that were drawn, wherever they stand in a crop; counts the crops.

    ``hand`` are words written in fields, larger and thicker; ``misread`` says what is read in place of a word.
    """

    words: Sequence[str]
    hand: Sequence[str] = ()
    misread: Mapping[str, str] = field(default_factory=dict)
    crops: int = 0

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        """Read crops."""
        self.crops += len(crops)
        return tuple(self._read(crop, is_quick=is_quick) for crop in crops)

    def _read(self, crop: GrayImage, *, is_quick: bool) -> CropText:
        found: list[tuple[float, int, int, str]] = []
        for text in {*self.words, *self.hand}:
            picture = bitmap(text, 1.6, 6) if text in self.hand else bitmap(text)
            found.extend((alike, left, left + picture.shape[1], text) for left, alike in _places(crop, picture))
        kept: list[tuple[int, int, str]] = []
        for _, left, right, text in sorted(found, key=lambda one: (-round(one[0], 1), -len(one[3]), -one[0], one[1])):
            if all(right <= other[0] + 6 or left >= other[1] - 6 for other in kept):
                kept.append((left, right, text))
        said = " ".join(self.misread.get(text, text) for _, _, text in sorted(kept))
        # Upside down, only short words are found here and there.
        sure = 0.98 if sum(right - left for left, right, _ in kept) > 0.5 * (crop.shape[1] - 2 * _MARGIN_PX) else 0.5
        is_hand = any(text in self.hand for _, _, text in kept)
        return CropText(engine="" if is_quick else said, second=said, confidence=0.98 if is_hand else sure)


def _places(crop: GrayImage, picture: GrayImage) -> list[tuple[int, float]]:
    """Return where a word stands in a crop, from the left, and how much what stands there is like it."""
    if crop.shape[0] < picture.shape[0] or crop.shape[1] < picture.shape[1]:
        return []
    likeness = cv2.matchTemplate(crop, picture, cv2.TM_CCOEFF_NORMED).max(axis=0)
    places: list[tuple[int, float]] = []
    while likeness.size and likeness.max() >= 0.62:
        left = int(likeness.argmax())
        places.append((left, float(likeness[left])))
        likeness[max(0, left - picture.shape[1] // 2) : left + picture.shape[1] // 2 + 1] = 0.0
    return places


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A stamp to draw: a wording, what stands in its fields, how its boxes are ticked, which lines are left out."""

    printed: Printed
    fills: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, str] = field(default_factory=dict)
    missing: Sequence[int] = ()
    circled: str = ""

    def words(self) -> list[str]:
        """Return the printed words."""
        return [word for line in self.printed.lines for item in line.prints for word in item.text.split()]

    def sheet(self) -> GrayImage:
        """Draw the stamp level on a sheet of its own, its first capitals 120 pixels below the top."""
        width = max(line.left + line.width for line in self.printed.lines)
        step = round(self.printed.family.press.leading * UNIT)
        sheet = draw.blank(width=round(width * UNIT) + 260, height=len(self.printed.lines) * step + 260)
        for line in self.printed.lines:
            if line.number not in self.missing:
                self._line(sheet, line, bottom=145 + line.number * step)
        return sheet

    def _line(self, sheet: GrayImage, line: PrintedLine, *, bottom: int) -> None:
        for item in line.items:
            left = 100 + round((line.left + item.start) * UNIT)
            if item.kind == "print":
                at = item.start
                for text in item.text.split():
                    x = 100 + round((line.left + at) * UNIT)
                    draw.word(sheet, text, left=x, bottom=bottom, scale=_SCALE, thickness=_THICKNESS)
                    if text == self.circled:
                        middle = (x + bitmap(text).shape[1] // 2, bottom - 11)
                        cv2.ellipse(sheet, middle, (28, 27), 0, 0, 360, 0, 3)
                    at += width_of(text + " ")
            elif item.kind == "box":
                _check_box(sheet, left, bottom, self.ticks.get(item.text, ""))
            elif item.kind == "field" and item.text in self.fills:
                draw.line(
                    sheet, (left, bottom + 3), (left + round((item.end - item.start) * UNIT), bottom + 3), thickness=2
                )
                draw.word(sheet, self.fills[item.text], left=left + 8, bottom=bottom - 2, scale=1.6, thickness=6)


def _check_box(sheet: GrayImage, left: int, bottom: int, tick: str) -> None:
    """Draw a check box a capital high, and tick it: ``cross``, ``tick``, ``blob``, or nothing."""
    right, top = left + 24, bottom - 24
    if tick != "broken":
        draw.line(sheet, (left, top), (right, top), thickness=2)
        draw.line(sheet, (left, bottom), (right, bottom), thickness=2)
    draw.line(sheet, (left, top), (left, bottom), thickness=2)
    draw.line(sheet, (right, top), (right, bottom), thickness=2)
    if tick == "cross":
        draw.line(sheet, (left - 14, top - 12), (right + 16, bottom + 12), thickness=5)
        draw.line(sheet, (right + 14, top - 14), (left - 12, bottom + 14), thickness=5)
    elif tick == "tick":
        draw.line(sheet, (left + 4, bottom - 12), (left + 8, bottom - 4), thickness=4)
        draw.line(sheet, (left + 8, bottom - 4), (right + 40, top - 45), thickness=4)
    elif tick == "blob":
        sheet[top + 2 : bottom - 2, left + 2 : right - 2] = 0


def stamped(page: GrayImage, stamp: Drawn, *, left: int, top: int, clockwise_deg: float = 0.0) -> Box:
    """Press a stamp on a page, which is changed in place; return the box of what was pressed."""
    sheet = stamp.sheet()
    height, width = sheet.shape
    turn = radians(clockwise_deg)
    way = np.array([[cos(turn), -sin(turn), 0.0], [sin(turn), cos(turn), 0.0]])
    middle = way[:, :2] @ np.array([width / 2, height / 2])
    way[:, 2] = (left + width / 2 - middle[0], top + height / 2 - middle[1])
    size = (page.shape[1], page.shape[0])
    pressed = cv2.warpAffine(sheet, way, size, flags=cv2.INTER_LINEAR, borderValue=255)
    ink = pressed < 128
    page[ink] = 0
    rows, columns = np.nonzero(ink)
    return Box(left=int(columns.min()), top=int(rows.min()), right=int(columns.max()) + 1, bottom=int(rows.max()) + 1)


def found(page: GrayImage, read: WordReader, *, lines: Sequence[Line] = ()) -> tuple[Mark, ...]:
    """Run the detector."""
    detector = StampDetector(MarksSettings(stamps=STAMPS))
    return find_marks(page, dpi=300, read=read, detectors=[detector], lines=lines)


def one_stamp(marks: Sequence[Mark]) -> Mark:
    """Return the only stamp of a page."""
    (stamp,) = [mark for mark in marks if mark.kind == "stamp"]
    return stamp


def line_of(text: str, box: Box, *, confidence: float = 0.9) -> Line:
    """Return a line of the page as it was read, its words side by side."""
    at, words = box.left, []
    share = box.width / max(1, len(text))
    for number, word in enumerate(text.split()):
        right = round(at + share * len(word))
        place = Box(left=at, top=box.top, right=right, bottom=box.bottom)
        words.append(Word(word_id=f"w{number}", text=word, box=place, confidence=confidence))
        at = round(right + share)
    return Line(line_id="l1", box=box, words=tuple(words))
