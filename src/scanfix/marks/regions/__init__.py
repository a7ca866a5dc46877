"""Regions: what on a page is neither running text nor a known mark.

Handwriting, stamps of unknown wording, seals, numbers of numbering machines. They are kept out of the running text and
shown to a reviewer, so that it matters most that no typed text lies in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanfix.images import GrayImage
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame
from scanfix.marks.regions.groups import groups_of
from scanfix.marks.regions.hands import Hand, hands_of
from scanfix.marks.regions.hatching import in_hatching, strokes_of
from scanfix.marks.regions.loose import Loose, loose_of
from scanfix.marks.regions.numbering import Number, numbers_of
from scanfix.marks.regions.outlines import outlines_of
from scanfix.marks.regions.reading import best_text, is_running_text, letters, row_crop, weight
from scanfix.marks.regions.rows import Row
from scanfix.marks.regions.stamps import Stamp, stamps_of
from scanfix.marks.regions.worded import Worded, worded_of
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.model.text import CropText, Line
from scanfix.settings import MarksSettings

# Enlarged thumbnails: their pieces are no letters any more.
_MAX_SCALE = 2.5
# More is asked only of pages that are all stamps.
_MOST_STAMPS = 8
_MOST_ROWS = 24
_MOST_NUMBERS = 3
# A page with more, and without a stamp, is a map or all written by hand: the coasts of cib maps came to 7 to 21.
_MOST_HANDS = 6
# Print without an outline must be legible in part: what tells less than so many sure letters is grain or a drawing.
_LEAST_LEGIBLE = 3.0
# Below that confidence a number is not taken down.
_MIN_NUMBER = 0.8
# Of two places of which one lies in the other to that share one is left out.
_SAME = 0.5
_NUMBER = re.compile(r"\d{2,6}")
_NO_ID = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """What the image alone shows of a page."""

    stamps: tuple[Stamp, ...]
    numbers: tuple[Number, ...]
    hands: tuple[Hand, ...]
    worded: tuple[Worded, ...]


class RegionDetector:
    """Finds handwriting, stamps of unknown wording, seals, and numbers of numbering machines."""

    made_by = "scanfix.region 1"
    recipe = "{}"
    kinds: frozenset[MarkKind] = frozenset({"handwriting", "seal", "stamp"})
    # Regions are sought where the words were read.
    lies_on_scan = False
    # What other detectors found is no region.
    comes_after = True

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    def seek(self, view: View) -> Seeking:
        """Look for the regions of a page (see `Detector.seek`)."""
        if view.frame.scale > _MAX_SCALE:
            return ()
        sight = sight_of(view)
        first = _first_crops(view.frame, sight)
        said: Sequence[CropText] = (yield first) if first else ()
        turned, numbers, hands = _judged(sight, said)
        rows = [(stamp, row) for stamp, _ in turned for row in _rows(stamp)][:_MOST_ROWS]
        reversals = {id(stamp): is_reversed for stamp, is_reversed in turned}
        asked = [Wanted(image=row_crop(view.frame, row, is_reversed=reversals[id(stamp)])) for stamp, row in rows]
        lines: Sequence[CropText] = (yield asked) if asked else ()
        texts: dict[int, list[str]] = {id(stamp): [] for stamp, _ in turned}
        for (stamp, _), line in zip(rows, lines, strict=True):
            texts[id(stamp)].append(best_text(line))
        marks = [_stamp_mark(stamp, texts[id(stamp)], is_reversed=is_reversed) for stamp, is_reversed in turned]
        worded = [
            _worded_mark(entry) for entry in sight.worded if not any(_is_same(entry.box, mark.box) for mark in marks)
        ]
        return (*marks, *worded, *numbers, *hands)


def sight_of(view: View) -> Sight:
    """Look at a page without reading."""
    frame, loose = view.frame, loose_of(view)
    strokes = strokes_of(frame, loose.numbers, unit=loose.unit)
    is_hatching = in_hatching(frame.pieces.boxes[loose.numbers].astype(np.int64), strokes)
    loose = replace(loose, numbers=loose.numbers[~is_hatching], strokes=strokes)
    groups = groups_of(frame, loose.numbers, unit=loose.unit)
    stamps = stamps_of(frame, loose, view.lines, groups, outlines_of(frame, loose, groups))[:_MOST_STAMPS]
    numbers = _free_numbers(frame, loose, view.lines, stamps)
    worded = tuple(entry for entry in worded_of(view.lines) if not any(_is_same(entry.box, box) for box in loose.known))
    taken = [stamp.box for stamp in stamps] + [entry.box for entry in worded] + [number.box for number in numbers]
    hands = hands_of(frame, loose, taken)
    return Sight(stamps=stamps, numbers=numbers, hands=hands, worded=worded)


def _free_numbers(frame: Frame, loose: Loose, lines: Sequence[Line], stamps: Sequence[Stamp]) -> tuple[Number, ...]:
    """Return the numbers that stand in no stamp and no known mark."""
    taken = [stamp.box for stamp in stamps] + list(loose.known)
    free = [
        number
        for number in numbers_of(frame, loose, lines)
        if not any(number.box.share_inside(box) >= 0.5 for box in taken)
    ]
    return tuple(free[:_MOST_NUMBERS])


def _first_crops(frame: Frame, sight: Sight) -> list[Wanted]:
    """Return the crops of the first round: the longest row of each stamp from both ends, and the numbers."""
    crops: list[GrayImage] = []
    for stamp in sight.stamps:
        row = _longest(stamp)
        if row is not None:
            crops += [row_crop(frame, row, is_reversed=False), row_crop(frame, row, is_reversed=True)]
    crops += [crop_of(number.ink) for number in sight.numbers]
    return [Wanted(image=crop, is_quick=True) for crop in crops]


def _judged(sight: Sight, said: Sequence[CropText]) -> tuple[list[tuple[Stamp, bool]], list[Mark], list[Mark]]:
    """Say what the first reading leaves: stamps with the end they are read from, numbers, handwriting."""
    answers = iter(said)
    stamps: list[tuple[Stamp, bool]] = []
    for stamp in sight.stamps:
        if _longest(stamp) is None:
            stamps.append((stamp, False))
            continue
        upright, reversed_ = next(answers), next(answers)
        best = max(upright, reversed_, key=weight)
        if (stamp.is_framed or weight(best) >= _LEAST_LEGIBLE) and not is_running_text(best.second):
            stamps.append((stamp, weight(reversed_) > weight(upright)))
    numbers = [mark for number in sight.numbers if (mark := _number_mark(number, next(answers))) is not None]
    is_drawing = len(sight.hands) > _MOST_HANDS and not stamps
    return stamps, numbers, [] if is_drawing else [_hand_mark(hand) for hand in sight.hands]


def _rows(stamp: Stamp) -> tuple[Row, ...]:
    """Return the rows of a stamp."""
    return stamp.print.rows if stamp.print else ()


def _longest(stamp: Stamp) -> Row | None:
    """Return the row with the most letters."""
    return max(_rows(stamp), key=lambda row: len(row.numbers), default=None)


def _stamp_mark(stamp: Stamp, texts: Sequence[str], *, is_reversed: bool) -> Mark:
    """Make the mark of a stamp or seal."""
    lines = [text for text in (reversed(texts) if is_reversed else texts) if letters(text)]
    return Mark(
        mark_id=_NO_ID,
        kind="seal" if stamp.family == "seal" else "stamp",
        box=stamp.box,
        quad=stamp.quad,
        text="\n".join(lines),
        confidence=stamp.confidence,
        fields=() if stamp.family == "seal" else (("family", stamp.family),),
        evidence=_angle(stamp),
    )


def _worded_mark(entry: Worded) -> Mark:
    """Make the mark of a level stamp."""
    return Mark(
        mark_id=_NO_ID,
        kind="stamp",
        box=entry.box,
        text="\n".join(entry.texts),
        confidence=round(entry.confidence, 3),
        fields=(("family", "unknown"),),
        evidence=(Evidence(name="angle_deg", value=0.0, box=entry.box),),
    )


def _is_same(box: Box, other: Box) -> bool:
    """Tell whether two places are of one thing."""
    return max(box.share_inside(other), other.share_inside(box)) >= _SAME


def _angle(stamp: Stamp) -> tuple[Evidence, ...]:
    """Say at what angle a stamp's print lies."""
    return (Evidence(name="angle_deg", value=stamp.print.angle_deg, box=stamp.box),) if stamp.print else ()


def _number_mark(number: Number, said: CropText) -> Mark | None:
    """Make the mark of a number, if it was read as one."""
    text, box = "".join(said.second.split()), number.box
    if said.confidence < _MIN_NUMBER or not _NUMBER.fullmatch(text):
        return None
    if box.width < number.least_digit_px * len(text):
        return None
    return Mark(
        mark_id=_NO_ID,
        kind="stamp",
        box=box,
        text=text,
        confidence=said.confidence,
        fields=(("family", "numbering"), ("number", text)),
        evidence=(Evidence(name="field.number", value=said.confidence, box=box),),
    )


def _hand_mark(hand: Hand) -> Mark:
    """Make the mark of a region of handwriting."""
    return Mark(mark_id=_NO_ID, kind="handwriting", box=hand.box, confidence=hand.confidence)
