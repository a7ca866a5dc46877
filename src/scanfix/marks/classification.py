"""Markings at the head and foot of a page, and whether they are struck.

Found on the image first: strokes, rules and frames are taken out, rows of letters are found in the bands at head and
foot, and only these rows, without their strokes, are handed to the reader. (Whole-page reading finds a third of the
struck markings, and most of the others as garbage.)
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from math import log
from statistics import median

from scanfix.marks.banner import banner_boxes, margin_rows, margins, parse
from scanfix.marks.candidates import Candidate, bands, candidates, position_of
from scanfix.marks.classification_found import Found, best_match, recognised
from scanfix.marks.classification_places import Unread, places, unread
from scanfix.marks.classification_position import Standing
from scanfix.marks.classification_repair import blocks, extended
from scanfix.marks.classification_status import verdict_of
from scanfix.marks.classification_words import Told, plain_words, told
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.hidden import model_width
from scanfix.marks.rows import Row
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.model.text import CropText, Line, Word
from scanfix.settings import MarksSettings

# Capitals in the body are at least that high.
_MIN_BODY_PX = 16
# Words of a sentence stand closer, in letter heights, with dashes between them up to the second on both sides; boxes
# of one line share that much of their height.
_ALONE, _ALONE_BOTH, _SAME_LINE = 1.6, 6.0, 0.4
_FAR_PX = 10_000
# A row is looked at again when its reading resembles a wording so much and no more.
_WORTH, _SURE = 0.5, 0.85
# Maps and pages in handwriting have many; a page has few markings.
_MOST_AGAIN = 4
# Paper around the ink that is read a second time.
_AROUND_PX = 8
# A row under some words is no lower than that share of their box; the number of its pieces counts half as much as its
# proportions.
_LOW, _BY_COUNT = 0.25, 0.5
# Boxes of words may be that much higher than their letters; higher ones hold a stroke as well.
_LOOSE = 1.8
# Routing slips print their levels that close together, in letter heights.
_CHOICE, _FEWEST_CHOICES = 8.0, 3
_CHOICES = frozenset({"TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED", "UNCLASSIFIED", "OFFICIAL USE ONLY"})
# Two findings of which one lies in the other by that share are one.
_SAME = 0.5
# What a banner or the page's edge leaves of a line is no letters any more where it is that many times wider than high;
# TOP SECRET is 8, three times that where a third of it shows.
_SLIVER = 25.0

# Rows, and the readings of each.
_Read = tuple[list[Candidate], list[list[str]]]


class ClassificationDetector:
    """Finds markings such as TOP SECRET."""

    made_by = "scanfix.classification 3"
    recipe = "{}"
    kinds: frozenset[MarkKind] = frozenset({"classification"})
    # Markings are of the page.
    lies_on_scan = False
    # It needs no other's marks.
    comes_after = False

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    def seek(self, view: View) -> Seeking:
        """Look for the markings of a page (see `Detector.seek`)."""
        frame = view.frame
        banners = [box for margin in margins(frame) for box in banner_boxes(margin_rows(frame, margin), frame)]
        plain = [word for word in plain_words(view.lines) if not any(word.box.share_inside(box) for box in banners)]
        rest = unread(frame, plain)
        known = [one for said in told(view.lines) if (one := _as_told(said, rest, plain)) is not None]
        where = places(rest, tuple(bands(frame).values()), banners)
        rows = [row for row in candidates(rest, where, banners) if _may_be(row, plain)]
        rows += [row for row in blocks(rest, where, banners, rows) if _is_alone(row.box, plain)]
        rows = [row for row in rows if row.is_in_band or not _is_in(row.box, known)]
        asked = [box for box in banners if not _says_banner(box, view.lines)]
        rows, texts = yield from _first_read([_whole(frame, box) for box in asked], rows)
        is_banner = [any(map(parse, read)) for read in texts[: len(asked)]]
        told_apart = [index for index in range(len(rows)) if index >= len(asked) or not is_banner[index]]
        read = yield from _read_again(
            [rows[index] for index in told_apart], [texts[index] for index in told_apart], frame
        )
        found = recognised(*read, frame, is_released=len(told_apart) < len(rows) or len(asked) < len(banners))
        standing = Standing(frame, view.lines)
        return tuple(_mark(one, frame, standing) for one in _without_choices(_once([*found, *known])))


def _says_banner(box: Box, lines: Sequence[Line]) -> bool:
    """Tell whether the page's words in a box say a release banner, which need not be read again."""
    return any(
        max(line.box.share_inside(box), box.share_inside(line.box)) >= _SAME and parse(line.text) for line in lines
    )


def _first_read(
    lines: Sequence[Candidate], rows: Sequence[Candidate]
) -> Generator[Sequence[Wanted], Sequence[CropText], _Read]:
    """Read lines that may be banners by both voices and rows by the second alone, no slivers; return all of them."""
    legible = [row for row in rows if not (row.is_cut and row.box.width > _SLIVER * row.box.height)]
    asked = [*lines, *legible]
    said = yield [Wanted(image=crop_of(row.letters), is_quick=number >= len(lines)) for number, row in enumerate(asked)]
    texts = {id(row): one.texts for row, one in zip(asked, said, strict=True)}
    every = [*lines, *rows]
    return every, [list(texts.get(id(row), ())) for row in every]


def _read_again(
    rows: list[Candidate], texts: list[list[str]], frame: Frame
) -> Generator[Sequence[Wanted], Sequence[CropText], _Read]:
    """Read rows again that could not be read, and longer rows where a part was read; return all rows and readings."""
    again = _worth_more(rows, texts)
    longer = [long for row, read in zip(rows, texts, strict=True) if (long := extended(row, read, frame))]
    if not again and not longer:
        return rows, texts
    crops = [wanted for index in again for wanted in _once_more(rows[index], frame)]
    more = yield crops + [_raw(row, frame) for row in longer]
    for number, index in enumerate(again):
        texts[index] += [text for one in more[2 * number : 2 * number + 2] for text in one.texts]
    return rows + longer, texts + [list(one.texts) for one in more[len(crops) :]]


def _raw(row: Candidate, frame: Frame) -> Wanted:
    """Ask for all ink of a row."""
    whole = part(frame.ink, row.box.grow(_AROUND_PX).intersect(frame.box))
    return Wanted(image=crop_of(whole), is_quick=True)


def _once_more(row: Candidate, frame: Frame) -> tuple[Wanted, Wanted]:
    """Ask for a row that could not be read: its letters by both voices, and all of its ink."""
    return Wanted(image=crop_of(row.letters)), _raw(row, frame)


def _worth_more(rows: Sequence[Candidate], texts: Sequence[Sequence[str]]) -> list[int]:
    """Choose the rows that could not be read and may be markings all the same."""
    fits = [best_match(row, read).likeness for row, read in zip(rows, texts, strict=True)]
    near = [index for index, fit in enumerate(fits) if _WORTH <= fit < _SURE]
    return sorted(near, key=lambda index: -fits[index])[:_MOST_AGAIN]


def _may_be(row: Candidate, plain: Sequence[Word]) -> bool:
    """Tell whether a row may be a marking where it stands."""
    is_high = row.is_in_band or median(glyph.height for glyph in row.row.glyphs) >= _MIN_BODY_PX
    return is_high and _is_alone(row.box, plain)


def _is_alone(box: Box, plain: Sequence[Word]) -> bool:
    """Tell whether no text stands beside a box on its line, or on one side only and far off."""
    gaps = [
        (box.left - word.box.right, word.box.left - box.right)
        for word in plain
        if min(word.box.bottom, box.bottom) - max(word.box.top, box.top) > _SAME_LINE * min(word.box.height, box.height)
    ]
    left = min((left for left, right in gaps if left > right), default=_FAR_PX)
    right = min((right for left, right in gaps if right >= left), default=_FAR_PX)
    return min(left, right) > _ALONE * box.height and max(left, right) > _ALONE_BOTH * box.height


def _as_told(said: Told, rest: Unread, plain: Sequence[Word]) -> Found | None:
    """Take for a candidate what the page's words say: the rows of letters that lie under them."""
    frame = rest.frame
    if said.box.height < _MIN_BODY_PX:
        return None
    place = said.box.grow(_AROUND_PX).intersect(frame.box)
    rows = [row.row for row in candidates(unread(frame, ()), (place,), ()) if row.box.share_inside(said.box) > _SAME]
    row = _row_of(said, rows)
    if row is not None:
        candidate = replace(_whole(frame, row.box), row=row)
    elif said.box.height <= _LOOSE * said.box.width / model_width(said.wording):
        candidate = _whole(frame, said.box)
    else:
        return None
    others = [word for word in plain if word.word_id not in said.word_ids]
    if not said.is_portion and not _is_alone(candidate.box, others):
        return None
    return Found(candidate=candidate, wording=said.wording, confidence=said.likeness, means="words")


def _row_of(said: Told, rows: Sequence[Row]) -> Row | None:
    """Choose of the rows under some words those that have the proportions of what they say."""
    lines = [_joined(row for row in rows if _is_level(row.box, one.box)) for one in rows]
    lowest = _LOW * said.box.height / said.lines
    choices = [
        row
        for row in (*lines, _joined(rows))
        if row is not None and row.box.width >= _SAME * said.box.width and row.box.height >= lowest
    ]

    def misfit(row: Row) -> float:
        proportions = row.box.width / row.box.height / (model_width(said.wording) / said.lines**2)
        return abs(log(proportions)) + _BY_COUNT * _miscount(row, said.wording)

    return min(choices, key=misfit, default=None)


def _miscount(row: Row, wording: str) -> float:
    """Tell how far the number of a row's pieces is from that of a wording's letters, as a logarithm."""
    return abs(log(len(row.glyphs) / len(wording.replace(" ", ""))))


def _joined(rows: Iterable[Row]) -> Row | None:
    """Join rows to one."""
    glyphs = sorted((glyph for row in rows for glyph in row.glyphs), key=lambda glyph: glyph.left)
    return Row(glyphs=tuple(glyphs)) if glyphs else None


def _is_level(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand on one line."""
    return min(one.bottom, other.bottom) - max(one.top, other.top) > _SAME * min(one.height, other.height)


def _is_in(box: Box, found: Sequence[Found]) -> bool:
    """Tell whether a box lies in a marking that was found."""
    return any(box.share_inside(one.candidate.box) > _SAME for one in found)


def _once(found: Sequence[Found]) -> list[Found]:
    """Keep each marking once: the longer wording of those that overlap, and of one wording the better box."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-len(one.wording), _miscount(one.candidate.row, one.wording))):
        box = one.candidate.box
        if not _is_in(box, kept) and not any(other.candidate.box.share_inside(box) > _SAME for other in kept):
            kept.append(one)
    return kept


def _without_choices(found: Sequence[Found]) -> list[Found]:
    """Leave out the levels of a form on which one is to be ticked: three of them close to each other."""

    def is_choice(one: Found) -> bool:
        near = one.candidate.box.grow(round(_CHOICE * one.candidate.box.height))
        levels = {other.wording for other in found if near.intersect(other.candidate.box).area}
        return not one.candidate.is_in_band and len(levels & _CHOICES) >= _FEWEST_CHOICES

    return [one for one in found if not is_choice(one)]


def _whole(frame: Frame, box: Box) -> Candidate:
    """Take all ink of a box for a candidate."""
    place = box.intersect(frame.box)
    return Candidate(
        row=Row(glyphs=(place,)), letters=part(frame.ink, place), position=position_of(place, frame), is_cut=False
    )


def _mark(found: Found, frame: Frame, standing: Standing) -> Mark:
    """Judge the stroke and write the mark."""
    verdict = verdict_of(found, frame)
    evidence = (Evidence(name=f"recognised.{found.means}", value=round(found.confidence, 3)), *verdict.evidence)
    return Mark(
        mark_id="",
        kind="classification",
        box=found.candidate.row.ink_box,
        text=found.wording,
        confidence=found.confidence,
        status=verdict.status,
        status_confidence=verdict.confidence,
        shape=verdict.shape,
        fields=(("position", standing.position(found.candidate.box)),),
        evidence=evidence,
    )
