"""Struck words of the running text, and what they say without the stroke."""

from collections.abc import Iterator, Sequence

from scanfix.images import Mask
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import part
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.strike.judging import shape_of
from scanfix.marks.struck.blocks import crossed_blocks, stacked
from scanfix.marks.struck.covered import covered
from scanfix.marks.struck.strokes import Sheet, Struck
from scanfix.marks.struck.words import Passage, joined, passages
from scanfix.marks.unstruck import without_strokes
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind, StrokeShape
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

# Strokes belong to the marks that other detectors found: they overlap by half of the smaller.
_CLAIMED: frozenset[MarkKind] = frozenset({"classification", "banner", "stamp", "redaction", "exemption", "checkbox"})
_INSIDE = 0.5
_AROUND_PX = 10
# A stroke goes beyond the letters of a marking that it strikes, by that share of their height.
_BEYOND = 0.5
# Words read under a stroke lie in its passage by half.
_OF_PASSAGE = 0.5
# A crop without its stroke that reads surer than this is preferred to the words as they were read.
_READS_WELL = 0.5
_PAPER_PX = 4
# Taking a stroke out takes a little of the letters: without it a passage must read that much surer.
_SURER = 0.1
# A struck word stands in a line with words that were read: so near, of such heights (both in letter heights), with so
# many letters, so surely.
_BESIDE = 8.0
_SIZES = (0.7, 2.6)
_SIGNS = 2
_SURE = 0.3
# Pieces of more squares of a letter's height are frames and maps unless words fill that share of them.
_LARGE = 120.0
_FULL = 0.15
# Letters cut by the edge of a withheld area read as if typed over, and the edge itself is no pen's stroke; so much of a
# passage's width lies along it, that near.
_ALONG = 0.3
_EDGE_PX = 12
# Handwriting and stamps over the text darken it and have lines of their own; what was taken for handwriting and is no
# higher than that, in letter heights, may be the struck word itself.
_HIGH = 2.5
_OVER = 0.3
# What was typed over stands in a line of which the other words were read: so many of them, that surely. Smudged print
# and print upside down is read badly as a whole.
_READ_BESIDE, _READ = 2, 0.6
# A tick over an item's number, and a speck, are no struck word: under a pen's stroke so many letters or figures stand.
_LETTERS = 2
# The second arm of an X is cut where the first one crosses it: its longer part is about half as long.
_AS_LONG = 0.45


class StrikeDetector:
    """Finds words and paragraphs that were struck by pen or typewriter."""

    made_by = "scanfix.strike 2"
    recipe = "{}"
    kinds: frozenset[MarkKind] = frozenset({"strikethrough"})
    # Strokes are of the page.
    lies_on_scan = False
    # Strokes through markings and stamps are these marks' own.
    comes_after = True

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    def seek(self, view: View) -> Seeking:
        """Look for struck words (see `Detector.seek`)."""
        found = find_passages(view)
        words = [one for one in found if not one.is_block]
        crops = [crop_of(letters) for one in words for letters in (_struck(view, one), _unstruck(view, one))]
        said = (yield [Wanted(image=crop, is_quick=True) for crop in crops]) if crops else ()
        readings: Iterator[CropText] = map(_surer, said[::2], said[1::2])
        marks = [_mark(one, view, None if one.is_block else next(readings)) for one in found]
        return tuple(mark for mark in marks if _has_letters(mark))


def find_passages(view: View) -> tuple[Passage, ...]:
    """Find the struck passages of a page, from top to bottom."""
    sheet = Sheet(frame=view.frame)
    claimed = [
        mark.box.grow(max(_AROUND_PX, round(_BEYOND * mark.box.height) if mark.status else 0))
        for mark in view.found
        if mark.kind in _CLAIMED
    ]
    typed = _typed(view.lines, sheet.letter_px)
    pieces = tuple(_pieces(sheet, claimed, typed))
    blocks = crossed_blocks(pieces, view.lines, letter_px=sheet.letter_px)
    rows = passages(view.frame, pieces, letter_px=sheet.letter_px)
    hidden = covered(view.frame, view.lines, letter_px=sheet.letter_px)
    rows = joined((*rows, *hidden), letter_px=sheet.letter_px)
    rows = tuple(row for row in rows if _is_in_text(row.box, typed, sheet.letter_px))
    rest = [row for row in rows if not any(row.box.share_inside(block.box) >= _INSIDE for block in blocks)]
    rest = [row for row in rest if not any(_is_claimed(row.box, box) for box in claimed)]
    rest = [row for row in rest if not _is_cut(row, view) and not _is_written_over(row, view, sheet.letter_px)]
    rest = [row for row in rest if row.by == "pen" or _is_read_beside(row.box, view.lines, sheet.letter_px)]
    return tuple(sorted((*blocks, *stacked(rest, letter_px=sheet.letter_px)), key=lambda one: one.box.top))


def _pieces(sheet: Sheet, claimed: Sequence[Box], typed: Sequence[Box]) -> Iterator[Struck]:
    """Yield the pieces with strokes that stand in the text and that no other mark claims."""
    for number, box in sheet.wide_pieces():
        is_free = not any(_is_claimed(box, other) for other in claimed)
        if is_free and _is_in_text(box, typed, sheet.letter_px):
            piece = sheet.strokes_of(number, box)
            if piece is not None:
                yield piece


def _is_cut(passage: Passage, view: View) -> bool:
    """Tell whether a passage lies along the edge of a withheld area or banner, which cuts its letters."""
    for mark in view.found:
        if mark.kind in ("redaction", "banner"):
            near = passage.box.intersect(mark.box.grow(_EDGE_PX))
            if near.area and near.width >= _ALONG * passage.box.width:
                return True
    return False


def _is_written_over(passage: Passage, view: View, letter_px: float) -> bool:
    """Tell whether a passage lies under a stamp, a seal or a hand that is larger than a struck word."""
    return any(
        mark.kind in ("stamp", "seal", "handwriting")
        and mark.box.height >= _HIGH * letter_px
        and passage.box.share_inside(mark.box) >= _OVER
        for mark in view.found
    )


def _is_read_beside(box: Box, lines: Sequence[Line], letter_px: float) -> bool:
    """Tell whether words of a passage's line, beside it, were read surely."""
    reach = round(2 * _BESIDE * letter_px)
    beside = Box(left=box.left - reach, top=box.top, right=box.right + reach, bottom=box.bottom)
    sure = [
        word
        for line in lines
        for word in line.words
        if word.confidence >= _READ and _is_beside(word.box, beside) and word.box.share_inside(box) < _OF_PASSAGE
    ]
    return len(sure) >= _READ_BESIDE


def _has_letters(mark: Mark) -> bool:
    """Tell whether letters stand under a pen's stroke; what was typed over may read as anything."""
    is_pen = mark.field("by") == "pen" and mark.field("extent") is None
    return not is_pen or not mark.text or sum(sign.isalnum() for sign in mark.text) >= _LETTERS


def _is_claimed(box: Box, mark: Box) -> bool:
    """Tell whether a place is a mark's: they overlap by half of the smaller."""
    return max(box.share_inside(mark), mark.share_inside(box)) >= _INSIDE


def _typed(lines: Sequence[Line], letter_px: float) -> tuple[Box, ...]:
    """Return the boxes of what was read as words of the page's letters."""
    return tuple(
        word.box
        for line in lines
        for word in line.words
        if sum(sign.isalnum() for sign in word.text) >= _SIGNS
        and word.confidence >= _SURE
        and _SIZES[0] * letter_px <= word.box.height <= _SIZES[1] * letter_px
    )


def _is_in_text(box: Box, typed: Sequence[Box], letter_px: float) -> bool:
    """Tell whether a place stands in a line that was read: strokes on maps, frames and the scan's edge do not."""
    reach = round(_BESIDE * letter_px)
    beside = Box(left=box.left - reach, top=box.top, right=box.right + reach, bottom=box.bottom)
    if box.area > _LARGE * letter_px**2:
        # A piece over several rows strikes a paragraph only where it is full of words.
        return sum(word.intersect(box).area for word in typed) >= _FULL * box.area
    return any(_is_beside(word, beside) for word in typed)


def _is_beside(word: Box, near: Box) -> bool:
    """Tell whether a word stands at the height of a place."""
    common = word.intersect(near)
    return common.width > 0 and common.height >= _OF_PASSAGE * min(near.height, word.height)


def _struck(view: View, passage: Passage) -> Mask:
    """Cut a passage out of the page as it is."""
    return part(view.frame.ink, _around(view, passage))


def _unstruck(view: View, passage: Passage) -> Mask:
    """Cut a passage out of the page without its strokes."""
    around = _around(view, passage)
    strokes = [stroke.shifted(x=-around.left, y=-around.top) for stroke in passage.strokes]
    return without_strokes(part(view.frame.ink, around), strokes)


def _around(view: View, passage: Passage) -> Box:
    """Return a passage with a little paper around it."""
    return passage.box.grow(_PAPER_PX).clip(width=view.frame.width, height=view.frame.height)


def _surer(struck: CropText, unstruck: CropText) -> CropText:
    """Choose between the readings with and without the stroke; the second voice reads through many strokes."""
    return unstruck if unstruck.confidence > struck.confidence + _SURER else struck


def _mark(passage: Passage, view: View, said: CropText | None) -> Mark:
    """Write a passage as a mark."""
    words = [word for line in view.lines for word in line.words if word.box.share_inside(passage.box) >= _OF_PASSAGE]
    confidence = _confidence(passage)
    fields = (("by", passage.by), *((("extent", "block"),) if passage.is_block else ()))
    return Mark(
        mark_id="",
        kind="strikethrough",
        box=passage.box,
        text=_text(words, said),
        confidence=confidence,
        status="struck",
        status_confidence=confidence,
        shape=_shape(passage),
        fields=fields,
        evidence=(
            *(Evidence(name=f"field.{name}", value=confidence, box=passage.box) for name, _ in fields),
            *(entry for stroke in passage.strokes for entry in stroke.evidence),
        ),
    )


def _shape(passage: Passage) -> StrokeShape | None:
    """Name the shape of a pen's strokes; what a typewriter put over the letters has none."""
    if not passage.strokes:
        return None
    first, *others = passage.strokes
    second = [stroke for stroke in others if stroke.length_px >= _AS_LONG * first.length_px]
    return shape_of((first, *second[:1]))


def _text(words: Sequence[Word], said: CropText | None) -> str:
    """Choose the reading without the stroke, or the words as they were read where it says less."""
    read = " ".join(word.text for word in words)
    if said is None or not said.texts:
        return read
    text = said.texts[0].strip()
    sure = sum(word.confidence for word in words) / len(words) if words else 0.0
    return text if said.confidence >= max(_READS_WELL, sure - _SURER) else read or text


def _confidence(passage: Passage) -> float:
    """Return how sure it is that a passage is struck: more by long strokes that run clear in many gaps."""
    if not passage.strokes:
        return 0.6
    best = passage.strokes[0]
    return min(0.99, 0.6 + 0.05 * min(best.gaps, 4) + 0.2 * min(1.0, best.across))
