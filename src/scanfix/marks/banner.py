"""Release banners: the crisp line that an agency prints over the head and foot of every released page."""

from collections.abc import Sequence
from statistics import median

from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.lines import without_stumps
from scanfix.marks.release import Banner, agreed, is_hinted, parse
from scanfix.marks.rows import BANNER, Row, rows_of
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.model.text import Line
from scanfix.settings import MarksSettings

__all__ = ["Banner", "BannerDetector", "banner_boxes", "margin_rows", "margins", "parse"]

# Most banners stand in the margin: lowest seen at 3.3 % of the page's height, highest at 98 %.
_MARGIN_SHARE = 0.045
# Some agencies print them lower, over the marking or the text's first line: there they are known by what was read.
_BAND_SHARE = 0.16
# The shortest banner, Approved for Release with a date and a number, has 36 letters on 2.9 inches.
_MIN_WIDTH_PX = 550
_MIN_LETTERS = 24
# All letters stand on one line, within that many pixels, or hang below it by that many letter heights.
_OFF_LINE_PX = 4
_DESCENT = 0.45
_ASCENT = 1.5
# Letters that touch the marking or the frame beside them fall out; so many may be missing between two that fit.
_MAX_HOLE_PX = 90
# The gap after the colon is wider than a letter's on pages of low resolution: rows on one line are one.
_MAX_GAP_HEIGHTS = 2.5
# What was read of a banner may be a part of it, and stand a little off: a third of its height, half its length.
_AROUND = 0.35
_BESIDE_PX = 500
# The last letters of a number may touch a marking: three, and each is less than a height wide.
_LOST_HEIGHTS = 2.5
# A reading of the page that lies in a row's box to that share is of the same banner.
_SAME = 0.5
# Words of the page that sure were read alike by both voices: on 84 banners of bulletins every field of such lines, and
# of lines that head and foot say alike, was what two more readings said.
_SURE = 0.8


class BannerDetector:
    """Finds release banners."""

    made_by = "scanfix.banner 4"
    recipe = "{}"
    kinds: frozenset[MarkKind] = frozenset({"banner"})
    # Banners are printed on the scan.
    lies_on_scan = True
    # It needs no other's marks.
    comes_after = False

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    def seek(self, view: View) -> Seeking:
        """Look for the banners of a page (see `Detector.seek`).

        Rows of small letters in the margins are read, and lines further in of which the page's words tell that they
        may be banners; of what both voices and the page's words say, each field is taken as most of them have it. What
        the page's words say beyond doubt is not read again.
        """
        frame = view.frame
        rows = [box for margin in margins(frame) for box in banner_boxes(margin_rows(frame, margin), frame)]
        hinted = [line for line in view.lines if _in_band(line.box, frame) and is_hinted(line.text)]
        boxes = [*rows, *_further(hinted, rows, frame)]
        known = [_known(box, hinted, frame) for box in boxes]
        boxes = [box for box, mark in zip(boxes, known, strict=True) if mark is None]
        done = tuple(mark for mark in known if mark)
        if not boxes:
            return done
        said = yield [_wanted(box, frame) for box in boxes]
        marks = [_read(box, one.texts, hinted, frame) for box, one in zip(boxes, said, strict=True)]
        short = [index for index, one in enumerate(said) if _is_short(marks[index], one.texts)]
        if short:
            again = yield [_wanted(_wider(boxes[index], frame), frame) for index in short]
            for index, one in zip(short, again, strict=True):
                marks[index] = _read(boxes[index], (*one.texts, *said[index].texts), hinted, frame)
        return (*done, *(mark for mark in marks if mark))


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
    for row in _joined(rows):
        letters = _on_line(row)
        if len(letters) >= _MIN_LETTERS and Box.around(letters).width >= _MIN_WIDTH_PX:
            boxes.append(Box.around(letters).clip(width=frame.width, height=frame.height))
    return tuple(boxes)


def _joined(rows: Sequence[Row]) -> list[Row]:
    """Join rows that follow each other on one line."""
    joined: list[Row] = []
    for row in sorted((row for row in rows if len(row.glyphs) > 1), key=lambda row: row.box.left):
        before = next((other for other in joined if _follows(other, row)), None)
        if before:
            joined.remove(before)
        joined.append(Row(glyphs=(*before.glyphs, *row.glyphs)) if before else row)
    return joined


def _follows(row: Row, other: Row) -> bool:
    """Tell whether a row goes on as another: on the same line, in the same size, a word's space apart."""
    gap = other.box.left - row.box.right
    low, high = sorted((row.height_px, other.height_px))
    is_near = -low < gap <= min(_MAX_HOLE_PX, _MAX_GAP_HEIGHTS * high)
    is_level = abs(row.body.bottom - other.body.bottom) <= _OFF_LINE_PX
    return is_near and is_level and high <= BANNER.ratio * low


def _in_band(box: Box, frame: Frame) -> bool:
    """Tell whether a line stands near the head or the foot."""
    return not _BAND_SHARE <= box.centre[1] / frame.height <= 1 - _BAND_SHARE


def _further(hinted: Sequence[Line], rows: Sequence[Box], frame: Frame) -> list[Box]:
    """Return the boxes of the lines that may be banners and were not found as rows."""
    boxes: list[Box] = []
    for line in hinted:
        box = _tight(line.box.clip(width=frame.width, height=frame.height), frame)
        if box.area and not any(_is_one(box, other) for other in (*rows, *boxes)):
            boxes.append(box)
    return boxes


def _tight(box: Box, frame: Frame) -> Box:
    """Return the box of the letters of a line that was read, which may go on beside what was read of it."""
    reach = round(_AROUND * box.height)
    strip = Box(
        left=box.left - _BESIDE_PX, top=box.top - reach, right=box.right + _BESIDE_PX, bottom=box.bottom + reach
    ).clip(width=frame.width, height=frame.height)
    rows = rows_of(without_stumps(part(frame.ink, strip)), BANNER, shift=(strip.left, strip.top))
    around = [Box.around(_on_line(row)) for row in _joined(rows)]
    best = max(around, key=lambda found: found.intersect(box).area, default=box)
    return best if best.intersect(box).width >= _SAME * box.width else box


def _is_one(box: Box, other: Box) -> bool:
    """Tell whether two boxes are of one line."""
    return max(box.share_inside(other), other.share_inside(box)) >= _SAME


def _is_short(mark: Mark | None, texts: Sequence[str]) -> bool:
    """Tell whether a banner, or what may be one, lacks its number."""
    return mark.field("number") is None if mark else any(map(is_hinted, texts))


def _wanted(box: Box, frame: Frame) -> Wanted:
    """Ask for a line to be read."""
    return Wanted(image=crop_of(part(frame.ink, box)))


def _wider(box: Box, frame: Frame) -> Box:
    """Return a line with room for letters at its ends that touch something else and fell out."""
    more = round(_LOST_HEIGHTS * box.height)
    grown = Box(left=box.left - more, top=box.top, right=box.right + more, bottom=box.bottom)
    return grown.clip(width=frame.width, height=frame.height)


def _known(box: Box, hinted: Sequence[Line], frame: Frame) -> Mark | None:
    """Write a banner as a mark of which the page's words say every field, surely or twice; else ``None``."""
    lines = [(line, banner) for line in hinted if (banner := parse(line.text)) and _is_whole(banner)]
    for line, banner in lines:
        same = [other for _, other in lines if other.text == banner.text]
        if _is_one(line.box, box) and (len(same) > 1 or min(word.confidence for word in line.words) >= _SURE):
            # Two voices read each sure word.
            return _mark(box, (banner, banner), frame)
    return None


def _is_whole(banner: Banner) -> bool:
    """Tell whether action, date and number were read without putting a sign right."""
    is_whole = None not in (banner.action, banner.date, banner.number)
    return is_whole and not any(field.repaired for _, field in banner.said)


def _read(box: Box, said: Sequence[str], hinted: Sequence[Line], frame: Frame) -> Mark | None:
    """Write what was read of a banner as a mark."""
    # A line of the page may hold a banner and the foot beside it: it speaks only for what itself reads like a banner.
    others = [line.text for line in hinted if _is_one(line.box, box)] if any(map(is_hinted, said)) else []
    banners = tuple(filter(None, map(parse, (*said, *others))))
    return _mark(box, banners, frame) if banners else None


def _mark(box: Box, banners: Sequence[Banner], frame: Frame) -> Mark:
    """Write readings of one banner as a mark."""
    banner, sure = agreed(banners)
    fields = banner.said
    position = "top" if box.centre[1] < frame.height / 2 else "bottom"
    return Mark(
        mark_id="",
        kind="banner",
        box=box,
        text=banner.text,
        confidence=banner.confidence,
        fields=(*((name, field.value) for name, field in fields), ("position", position)),
        evidence=(
            *(
                Evidence(name=f"field.{name}", value=sure[name], box=_between(box, field.start, field.end))
                for name, field in fields
            ),
            Evidence(name="field.position", value=1.0, box=box),
        ),
    )


def _between(box: Box, start: float, end: float) -> Box:
    """Return a part of a line, its ends in shares of the line's length."""
    left, right = box.left + round(start * box.width), box.left + round(end * box.width)
    return Box(left=left, top=box.top, right=max(left + 1, right), bottom=box.bottom)


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
