"""What a simple idea would make of the markings: the systems that the detector must beat, printed beside it.

B0 never struck, B1 every marking at head or foot is struck, B2 dashes in what was read, B3 a level line in the middle
third of the box, B4 the exact keyword. B0, B1 and B3 judge markings that are given; B2 and B4 find their own in the
engine's lines. For stamps, B4s: the keyword DECLASSIFIED; for redactions: rectangles among the contours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import pi

import cv2
import numpy as np
from cv2.typing import MatLike

from scanfix.images import GrayImage
from scanfix.marks.wordings import WORDINGS, matches
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkStatus
from scanfix.model.text import Line

_DASHES = frozenset("-—–_~")
# As the detector's: SECRET may lose one letter of six.
_MIN_LIKENESS = 0.7
# Canny and Hough as in the study of struck words in scanned books that domain.md 3.2 quotes: a run of half the box's
# width, breaks of 10 pixels, within 10 degrees of level.
_HOUGH_VOTES = 50
_HOUGH_GAP_PX = 10
_LEVEL = 0.18
_CANNY = (50, 150)
# White-outlined boxes of bulletins are 1 to 2 pixels of ink and at least a typed line high; a page's frame is none.
_DARK = 128
_LEAST_PX = 25
_MOST_OF_PAGE = 0.5
_FILLED = 0.85
_EDGE_PX = 5
_EMPTY = 0.02
_SAME = 0.5


def never_struck(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """B0: call every marking active."""
    return tuple(_with_status(mark, "active") for mark in marks)


def head_and_foot_struck(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """B1: call every marking at head or foot struck, every other active."""
    return tuple(
        _with_status(mark, "struck" if mark.field("position") in ("head", "foot") else "active") for mark in marks
    )


def dash_fingerprint(lines: Iterable[Line]) -> tuple[Mark, ...]:
    """B2: find lines that read like a marking; struck where dashes stand inside, as in ``FOP-SECREF``."""
    found = []
    for line in lines:
        match = matches(line.text)[0]
        if match.likeness >= _MIN_LIKENESS:
            has_dash = any(sign in _DASHES for sign in line.text.strip())
            found.append(_mark(match.wording, line.box, "struck" if has_dash else "active", match.likeness))
    return tuple(found)


def middle_third_hough(page: GrayImage, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """B3: call a marking struck when Hough's transform finds a level line in the middle third of its box."""
    return tuple(_with_status(mark, "struck" if _has_line(page, mark.box) else "active") for mark in marks)


def exact_keyword(lines: Iterable[Line]) -> tuple[Mark, ...]:
    """B4: find wordings that the engine read exactly, as words of any line; they are active, for they were read."""
    found = []
    for line in lines:
        texts = [word.text.strip(".,:;()*") for word in line.words]
        for start, length, wording in _keywords(texts):
            box = Box.around(word.box for word in line.words[start : start + length])
            found.append(_mark(wording, box, "active", 1.0))
    return tuple(found)


def _keywords(texts: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """Yield the wordings among words, the longest first, none inside another: first word, number of words, wording."""
    start = 0
    while start < len(texts):
        lengths = [
            (len(wording.split()), wording)
            for wording in WORDINGS
            if list(texts[start : start + len(wording.split())]) == wording.split()
        ]
        if lengths:
            length, wording = max(lengths)
            yield start, length, wording
            start += length
        else:
            start += 1


def _has_line(page: GrayImage, box: Box) -> bool:
    """Look for a nearly level line in the middle third of a box."""
    third = box.height // 3
    crop = page[box.top + third : box.bottom - third, box.left : box.right]
    if not crop.size:
        return False
    edges = cv2.Canny(crop, *_CANNY)
    found = cv2.HoughLinesP(edges, 1, pi / 180, _HOUGH_VOTES, minLineLength=box.width / 2, maxLineGap=_HOUGH_GAP_PX)
    if found is None:
        return False
    left, top, right, bottom = np.asarray(found).reshape(-1, 4).T
    return bool((np.abs(bottom - top) <= _LEVEL * np.abs(right - left)).any())


def _with_status(mark: Mark, status: MarkStatus) -> Mark:
    """Give a mark another status and drop what spoke for the old one."""
    return replace(mark, status=status, status_confidence=None, shape=None, evidence=())


def _mark(wording: str, box: Box, status: MarkStatus, confidence: float) -> Mark:
    """Write a marking as a mark."""
    return Mark(mark_id="", kind="classification", box=box, text=wording, confidence=confidence, status=status)


def declassified_read(lines: Iterable[Line]) -> tuple[Mark, ...]:
    """B4s: call every line a stamp in which the engine read DECLASSIFIED."""
    return tuple(
        Mark(mark_id="", kind="stamp", box=line.box, text=line.text, confidence=1.0)
        for line in lines
        if "DECLASSIFIED" in line.text.upper()
    )


def white_boxes(page: GrayImage) -> tuple[Mark, ...]:
    """Find redactions as rectangles among the contours: empty inside, or black.

    The idea of mab2400/Redactions: a closed outline of four corners, large enough, with nothing in it.
    """
    ink = np.where(page < _DARK, np.uint8(255), np.uint8(0))
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[Box] = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True):
        left, top, width, height = cv2.boundingRect(contour)
        box = Box(left=left, top=top, right=left + width, bottom=top + height)
        # Both sides of an outline are contours; the first of a pair that overlaps is the outer one.
        if _is_rectangle(contour, box, page) and all(box.iou(other) < _SAME for other in boxes):
            boxes.append(box)
    return tuple(Mark(mark_id="", kind="redaction", box=box, confidence=1.0) for box in boxes)


def _is_rectangle(contour: MatLike, box: Box, page: GrayImage) -> bool:
    """Tell whether a contour is a level rectangle that is empty or black inside."""
    if box.width < _LEAST_PX or box.height < _LEAST_PX or box.area > _MOST_OF_PAGE * page.size:
        return False
    if cv2.contourArea(contour) < _FILLED * box.area:
        return False
    inner = box.grow(-_EDGE_PX)
    ink = float((page[inner.top : inner.bottom, inner.left : inner.right] < _DARK).mean()) if inner.area else 0.0
    return ink < _EMPTY or ink > 1 - _EMPTY
