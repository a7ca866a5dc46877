"""Page furniture: what stands on a page and is not its running text."""

import re
from collections.abc import Sequence

from scanfix.layout import belonging, noise
from scanfix.layout.column import Column
from scanfix.model.mark import Mark
from scanfix.model.text import Line, RegionKind

# Page numbers stand alone at the head or foot: "- 4 -", "iv", "Page 2", "2.".
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,3}|[ivxl]{1,6})\W*", re.IGNORECASE)
# Running lines name their page ("16 Oct 54  CURRENT REPORTS  Page 4"); a cross-reference stands in brackets.
_RUNNING = re.compile(r"(?:.*[^(\w])?P(?:age|AGE)\s*\d{1,3}\W{0,2}")
_DATE_ALONE = re.compile(r"\W*\d{1,2}\s*[A-Z][a-z]{2,8}\W*\d{2,4}\W*")
# Codes of withheld areas (domain.md S07): 3.5(c), 3.3(h)(2), (b)(3), 25X1.
_EXEMPTION = re.compile(r"\W*(?:[1-3]\.\d\s*\(\w\)(?:\s*\(\w\))?|\(?b\)\s*\(\d\)(?:\s*\(\w\))?|25X\d\w?)\W*")
# Shares of the page's height in which a page number may stand.
_HEAD_ZONE, _FOOT_ZONE = 0.12, 0.82
# Below it, a number at the edge is as likely a punch hole.
_NUMBER_CONFIDENCE = 0.3


def kind_of(line: Line, column: Column | None, *, height_px: int) -> RegionKind | None:
    """Tell which furniture a line is, by its words and its place; ``None`` for running text."""
    if is_exemption(line):
        return "marginalia"
    if is_page_number(line, height_px=height_px):
        return "page-number"
    if is_running(line, height_px=height_px):
        return "header" if line.box.centre[1] < height_px / 2 else "footer"
    if column and not column.crosses(line.box) and not noise.is_item_number(line.words[0]):
        return None if belonging.is_beside(line, column) else "marginalia"
    return None


def is_exemption(line: Line) -> bool:
    """Tell whether a line is the code of a withheld area."""
    return _EXEMPTION.fullmatch(line.text) is not None


def is_page_number(line: Line, *, height_px: int) -> bool:
    """Tell whether a line is a number that stands alone at the head or the foot of the page."""
    middle = line.box.centre[1] / height_px
    is_at_edge = middle < _HEAD_ZONE or middle > _FOOT_ZONE
    return is_at_edge and line.confidence >= _NUMBER_CONFIDENCE and _PAGE_NUMBER.fullmatch(line.text) is not None


def is_running(line: Line, *, height_px: int) -> bool:
    """Tell whether a line at the head or the foot names its page, or is a date that stands alone at the foot."""
    middle = line.box.centre[1] / height_px
    if middle > _FOOT_ZONE and _DATE_ALONE.fullmatch(line.text):
        return True
    return (middle < _HEAD_ZONE or middle > _FOOT_ZONE) and _RUNNING.fullmatch(line.text) is not None


def edge_of_marks(marks: Sequence[Mark], *, height_px: int) -> tuple[int, int]:
    """Return the rows between which running text stands: below the marks at the head, above those at the foot."""
    at_edge = [mark for mark in marks if mark.kind in {"classification", "banner"}]
    heads = [mark.box.bottom for mark in at_edge if mark.box.bottom < _HEAD_ZONE * height_px]
    feet = [mark.box.top for mark in at_edge if mark.box.top > (1 - _HEAD_ZONE) * height_px]
    return max(heads, default=0), min(feet, default=height_px)
