"""Release banners: the crisp line that an agency prints over the head and foot of every released page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.lines import without_stumps
from scanfix.marks.rows import BANNER, Row, rows_of
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.wordings import fold, likeness
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import CropText
from scanfix.settings import MarksSettings

# Banners stand in the margin: lowest seen at 3.3 % of the page's height, highest at 98 %.
_MARGIN_SHARE = 0.045
# The shortest banner, Approved for Release with a date and a number, has 36 letters on 2.9 inches.
_MIN_WIDTH_PX = 550
_MIN_LETTERS = 24
# All letters stand on one line, within that many pixels, or hang below it by that many letter heights.
_OFF_LINE_PX = 4
_DESCENT = 0.45
_ASCENT = 1.5
# Letters that touch the marking or the frame beside them fall out; so many may be missing between two that fit.
_MAX_HOLE_PX = 90

# What agencies print before the date; read in any case.
ACTIONS: tuple[str, ...] = (
    "Approved for Release",
    "Declassified and Approved for Release",
    "Sanitized Copy Approved for Release",
    "Declassified in Part - Sanitized Copy Approved for Release",
    "Sanitized - Approved for Release",
    "Declassified and Approved for Release by NSA on",
    "Approved for Release by NSA on",
)
_MIN_LIKENESS = 0.8

_DATE = re.compile(r"(\d{4})[/.](\d\d)[/.](\d\d)|(\d\d)[/.-](\d\d)[/.-](\d{4})")
# Document numbers of the CIA: FOIA case numbers, and ESDN numbers of the CREST system.
# The zero after the C is read as O, or as both; a number with a digit too many is not read at all.
_NUMBER = re.compile(r"C[0O]{1,2}\d{7}(?!\d)|CIA-?RDP\d\d[A-Z-]\d{5}[A-Z]\d{12}-\d")


@dataclass(frozen=True, slots=True)
class Banner:
    """What a banner says; a field that could not be read is ``None``, ``text`` holds those that could."""

    action: str | None
    date: str | None
    number: str | None
    text: str

    @property
    def confidence(self) -> float:
        """Share of the fields that was read, 0.5 for a third."""
        read = sum(field is not None for field in (self.action, self.date, self.number))
        return (0.0, 0.5, 0.9, 0.99)[read]


class BannerDetector:
    """Finds release banners."""

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    @property
    def made_by(self) -> str:
        """Tool and version."""
        return "scanfix.banner 3"

    @property
    def recipe(self) -> str:
        """Nothing can be set."""
        return "{}"

    @property
    def lies_on_scan(self) -> bool:
        """Banners are printed on the scan."""
        return True

    @property
    def kinds(self) -> frozenset[MarkKind]:
        """Banners."""
        return frozenset({"banner"})

    @property
    def comes_after(self) -> bool:
        """It needs no other's marks."""
        return False

    def seek(self, view: View) -> Seeking:
        """Look for the banners of a page (see `Detector.seek`)."""
        frame = view.frame
        boxes = [box for margin in margins(frame) for box in banner_boxes(margin_rows(frame, margin), frame)]
        said = yield [Wanted(image=crop_of(part(frame.ink, box))) for box in boxes]
        banners = [_best(one) for one in said]
        return tuple(_mark(box, banner, frame) for box, banner in zip(boxes, banners, strict=True) if banner)


def _best(said: CropText) -> Banner | None:
    """Parse what both voices read, and take the fuller."""
    return max(filter(None, map(parse, said.texts)), key=lambda banner: banner.confidence, default=None)


def margins(frame: Frame) -> tuple[Box, Box]:
    """Return the head and foot margin in which banners stand."""
    height = round(_MARGIN_SHARE * frame.height)
    return (
        Box(left=0, top=0, right=frame.width, bottom=height),
        Box(left=0, top=frame.height - height, right=frame.width, bottom=frame.height),
    )


def margin_rows(frame: Frame, margin: Box) -> tuple[Row, ...]:
    """Return the rows of letters of a margin."""
    return rows_of(without_stumps(part(frame.ink, margin)), BANNER, shift=(margin.left, margin.top))


def banner_boxes(rows: Sequence[Row], frame: Frame) -> tuple[Box, ...]:
    """Return the boxes of the rows that look like banners: many small letters on one line, in a margin."""
    boxes = []
    for row in rows:
        letters = _on_line(row)
        if len(letters) >= _MIN_LETTERS and Box.around(letters).width >= _MIN_WIDTH_PX:
            boxes.append(Box.around(letters).clip(width=frame.width, height=frame.height))
    return tuple(boxes)


def parse(text: str) -> Banner | None:
    """Read the fields of a banner; ``None`` when the text is no banner's.

    A banner is known by its action, or by a date and a document number that stand together.
    """
    squeezed = "".join(text.split())
    day, number = _DATE.search(squeezed), _NUMBER.search(squeezed.upper())
    ends = [found.start() for found in (day, number) if found]
    action = _action(squeezed[: min(ends, default=len(squeezed))])
    tidy = _tidy(number.group()) if number else None
    parts = (f"{action}:" if action else None, day.group() if day else None, tidy)
    banner = Banner(
        action=action,
        date=_iso(day.groups()) if day else None,
        number=tidy,
        text=" ".join(part for part in parts if part),
    )
    is_banner = banner.action is not None or (banner.date is not None and banner.number is not None)
    return banner if is_banner else None


def _action(text: str) -> str | None:
    """Return the action that a text says, ``None`` where it fits none."""
    folded = fold(text)
    fits = [(likeness(folded, fold(action)), action) for action in ACTIONS]
    best, action = max(fits)
    return action if best >= _MIN_LIKENESS else None


def _iso(groups: Sequence[str | None]) -> str | None:
    """Write a date, year first or (in US order) month first, as ISO; ``None`` when there is no such day."""
    year, month, day = groups[:3] if groups[0] else (groups[5], groups[3], groups[4])
    try:
        return date(int(year or 0), int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return None


def _tidy(number: str) -> str:
    """Write a document number in its one form."""
    if number.startswith("CIA"):
        return number if number.startswith("CIA-") else f"CIA-{number[3:]}"
    return f"C0{number[-7:]}"


def _on_line(row: Row) -> list[Box]:
    """Return the longest stretch of letters that stand on the row's line."""
    line, height = median(glyph.bottom for glyph in row.glyphs), row.height_px
    stretches: list[list[Box]] = [[]]
    for glyph in row.glyphs:
        hangs = glyph.bottom - line
        fits = -_OFF_LINE_PX <= hangs <= _DESCENT * height and line - glyph.top <= _ASCENT * height
        if fits and stretches[-1] and glyph.left - stretches[-1][-1].right > _MAX_HOLE_PX:
            stretches.append([])
        if fits:
            stretches[-1].append(glyph)
    return max(stretches, key=len)


def _mark(box: Box, banner: Banner, frame: Frame) -> Mark:
    """Write a banner as a mark."""
    read = (("action", banner.action), ("date", banner.date), ("number", banner.number))
    position = "top" if box.centre[1] < frame.height / 2 else "bottom"
    return Mark(
        mark_id="",
        kind="banner",
        box=box,
        text=banner.text,
        confidence=banner.confidence,
        fields=(*((name, value) for name, value in read if value is not None), ("position", position)),
    )
