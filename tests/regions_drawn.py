"""Pages with regions drawn on them, and the detector of regions run on them alone."""

from collections.abc import Sequence

import cv2
import numpy as np
from marks_drawn import word

from scanfix.images import GrayImage
from scanfix.marks.frame import frame_of
from scanfix.marks.regions import RegionDetector
from scanfix.marks.socket import View
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

LETTER = 1.1


class Voices:
    """Reads every crop as one text, and keeps the crops."""

    def __init__(self, text: str = "", confidence: float = 0.95) -> None:
        self.said = CropText(engine=text, second=text, confidence=confidence)
        self.crops: list[GrayImage] = []

    def __call__(self, crops: Sequence[GrayImage], /, *, is_quick: bool) -> tuple[CropText, ...]:
        del is_quick
        self.crops += crops
        return tuple(self.said for _ in crops)


def typed(page: GrayImage, text: str, *, left: int, bottom: int, confidence: float = 0.98) -> Line:
    """Draw a line of type and say that it was read."""
    words = []
    for part in text.split():
        # Drawn on a strip: a whole page a word took most of the time of these tests.
        strip = page[bottom - 90 : bottom + 60]
        box = word(strip, part, left=left, bottom=90, scale=LETTER, thickness=3).shift(x=0, y=bottom - 90)
        words.append(Word(word_id=f"w{box.left}", text=part, box=box, confidence=confidence))
        left = box.right + 25
    return Line(line_id=f"l{bottom}", box=Box.around(entry.box for entry in words), words=tuple(words))


def body(page: GrayImage, *, lines: int = 12, top: int = 700) -> tuple[Line, ...]:
    """Draw lines of running text."""
    text = "Seven delegates from Marchia signed the accord"
    return tuple(typed(page, text, left=300, bottom=top + 70 * number) for number in range(lines))


def scrawl(page: GrayImage, *, left: int, top: int, size: int = 130) -> Box:
    """Draw a hand: loops that a pen makes without stopping."""
    turns = np.linspace(0.0, 6.5 * np.pi, 240)
    x = left + size * 0.45 * (1 - np.cos(turns)) / 2 + turns * size * 0.12
    y = top + size * (0.5 + 0.45 * np.sin(turns * 0.97) * np.cos(turns * 0.21))
    points = np.stack([x, y], axis=1).astype(np.int32)
    cv2.polylines(page, [points], isClosed=False, color=0, thickness=5)
    (first, second), (third, fourth) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(left=first, top=second, right=third, bottom=fourth)


def turned_text(page: GrayImage, rows: Sequence[str], *, middle: tuple[int, int], angle_deg: float) -> Box:
    """Draw a block of capitals, turned clockwise."""
    block = np.full_like(page, 255)
    for number, row in enumerate(rows):
        word(block, row, left=middle[0] - 200, bottom=middle[1] - 40 + 60 * number, scale=LETTER, thickness=4)
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), -angle_deg, 1.0)
    size = (page.shape[1], page.shape[0])
    block = cv2.warpAffine(block, turn, size, flags=cv2.INTER_NEAREST, borderValue=255).astype(np.uint8)
    page[:] = np.minimum(page, block)
    ys, xs = np.nonzero(block == 0)
    return Box(left=int(xs.min()), top=int(ys.min()), right=int(xs.max()) + 1, bottom=int(ys.max()) + 1)


def found(
    page: GrayImage, lines: Sequence[Line] = (), *, read: Voices | None = None, others: Sequence[Mark] = ()
) -> tuple[Mark, ...]:
    """Run the detector alone on a page of 300 dpi."""
    detector = RegionDetector(MarksSettings())
    seeking = detector.seek(View(frame=frame_of(page, dpi=300), lines=tuple(lines), found=tuple(others)))
    voices = read or Voices()
    try:
        asked = next(seeking)
        while True:
            asked = seeking.send(voices([crop.image for crop in asked], is_quick=True))
    except StopIteration as end:
        marks: tuple[Mark, ...] = end.value
        return marks


def mark(kind: MarkKind, box: Box) -> Mark:
    """Make a mark that another detector found."""
    return Mark(mark_id="", kind=kind, box=box, confidence=0.9)
