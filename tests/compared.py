"""Compared pages for tests of the report; a helper, not a test."""

import cv2
import numpy as np

from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.score import PageScore
from scanfix.model.text import Line, PageText, Region, Word
from scanfix.report.comparison import ComparedPage, Scan, comparison_page
from scanfix.scoring.aligned import align_lines
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES

MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
# A letter is 20 px wide, a line 60 px high.
LETTER_PX = 20
LINE_PX = 60
WIDTH_PX = 1400
HEIGHT_PX = 1000


def text_of(read: str, page_id: PageId) -> PageText:
    """Place every word of a text as a typewriter would."""
    made = []
    for number, line in enumerate(read.split("\n")):
        words, left = [], 100
        for index, word in enumerate(line.split()):
            top = 100 + 2 * LINE_PX * number
            box = Box(left=left, top=top, right=left + LETTER_PX * len(word), bottom=top + LINE_PX)
            words.append(Word(word_id=f"w{number}.{index}", text=word, box=box, confidence=0.9))
            left = box.right + LETTER_PX
        if words:
            box = Box.around(word.box for word in words)
            made.append(Line(line_id=f"l{number}", box=box, words=tuple(words)))
    whole = Box(left=0, top=0, right=WIDTH_PX, bottom=HEIGHT_PX)
    region = Region(region_id="r", kind="paragraph", box=whole, lines=tuple(made))
    return PageText(page_id=page_id, regions=(region,), provenance=MADE)


def picture() -> bytes:
    """Make a picture of half the size of the page."""
    pixels = np.full((HEIGHT_PX // 2, WIDTH_PX // 2), 220, np.uint8)
    content: bytes = cv2.imencode(".jpg", pixels)[1].tobytes()
    return content


def page(
    reference: str,
    read: str,
    *,
    scan_id: str = "despatch",
    number: int = 1,
    has_picture: bool = True,
    problem: str = "",
    markings: tuple[str, ...] = (),
) -> ComparedPage:
    """Compare a text with what was read."""
    page_id = PageId(scan_id=scan_id, number=number)
    policy = POLICIES["archival"]
    score: PageScore = score_page(page_id, reference=reference, hypothesis=read, policy=policy)
    lines = align_lines(reference, read, policy=policy, markings=markings, text=text_of(read, page_id))
    scan = Scan(content=picture(), width_px=WIDTH_PX, height_px=HEIGHT_PX) if has_picture and not problem else None
    path = None if problem else f"{scan_id}/report.html#p{number:04d}"
    return ComparedPage(score=score, lines=lines, scan=scan, problem=problem, report_path=path)


def report(*pages: ComparedPage) -> str:
    """Write the report of some pages."""
    return comparison_page(
        "batch",
        pages,
        totals=total([page.score for page in pages]),
        view="body",
        made_by={"read": ("tesseract 5",)},
        index_path="report.html",
    )
