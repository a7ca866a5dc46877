"""Markings at the head and foot of a page, and whether they are struck.

Found on the image first: strokes, rules and frames are taken out, rows of letters are found in the bands at head and
foot, and only these rows, without their strokes, are handed to the reader. (Whole-page reading finds a third of the
struck markings, and most of the others as garbage.)
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from scanfix.marks.banner import banner_boxes, margin_rows, margins, parse
from scanfix.marks.candidates import Candidate, bands, candidates, position_of
from scanfix.marks.classification_found import Found, best_match, recognised
from scanfix.marks.classification_places import Unread, places, unread
from scanfix.marks.classification_words import Told, plain_words, told
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.hidden import model_width
from scanfix.marks.rows import Row
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.strike import Verdict, judge
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.model.text import Word
from scanfix.settings import MarksSettings

# A marking of which less is visible cannot be called active: the stroke may be hidden.
_VISIBLE = 0.8
# Capitals in the body are at least that high; the smallest marking there, SECRET, falls to no fewer pieces.
_MIN_BODY_PX, _MIN_BODY_GLYPHS = 16, 4
# Words of a sentence stand closer, in letter heights; boxes of one line share that much of their height.
_ALONE, _SAME_LINE = 1.6, 0.4
# A row is looked at again when its reading resembles a wording so much and no more.
_WORTH, _SURE = 0.4, 0.85
# Paper around the ink that is read a second time.
_AROUND_PX = 8
# Boxes of words may be that much higher than their letters; higher ones hold a stroke as well.
_LOOSE = 1.8
# Two findings of which one lies in the other by that share are one.
_SAME = 0.5


class ClassificationDetector:
    """Finds markings such as TOP SECRET."""

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    @property
    def made_by(self) -> str:
        """Tool and version."""
        return "scanfix.classification 2"

    @property
    def recipe(self) -> str:
        """Nothing can be set."""
        return "{}"

    @property
    def lies_on_scan(self) -> bool:
        """Markings are of the page."""
        return False

    @property
    def kinds(self) -> frozenset[MarkKind]:
        """Markings."""
        return frozenset({"classification"})

    @property
    def comes_after(self) -> bool:
        """It needs no other's marks."""
        return False

    def seek(self, view: View) -> Seeking:
        """Look for the markings of a page (see `Detector.seek`)."""
        frame = view.frame
        banners = [box for margin in margins(frame) for box in banner_boxes(margin_rows(frame, margin), frame)]
        plain = [word for word in plain_words(view.lines) if not any(word.box.share_inside(box) for box in banners)]
        rest = unread(frame, plain)
        everything = unread(frame, ())
        known = [one for said in told(view.lines) if (one := _as_told(said, everything)) is not None]
        where = places(rest, tuple(bands(frame).values()), banners)
        rows = [
            row
            for row in candidates(rest, where, banners)
            if _may_be(row, plain) and (row.is_in_band or not _is_in(row.box, known))
        ]
        said = yield [Wanted(image=crop_of(part(frame.ink, box))) for box in banners] + [_crop(row) for row in rows]
        is_banner = [any(parse(text) for text in one.texts) for one in said[: len(banners)]]
        others = [_whole(frame, box) for box, known in zip(banners, is_banner, strict=True) if not known]
        other_texts = [one for one, known in zip(said, is_banner, strict=False) if not known]
        texts = [list(one.texts) for one in (*other_texts, *said[len(banners) :])]
        rows = [*others, *rows]
        again = [index for index, row in enumerate(rows) if _is_worth_more(row, texts[index])]
        if again:
            more = yield [wanted for index in again for wanted in _once_more(rows[index], frame)]
            for number, index in enumerate(again):
                texts[index] += [text for one in more[2 * number : 2 * number + 2] for text in one.texts]
        found = recognised(rows, texts, frame, is_released=any(is_banner))
        return tuple(_mark(one, frame) for one in _once([*found, *known]))


def _crop(row: Candidate) -> Wanted:
    """Ask for a row's letters; both voices where a marking is expected."""
    return Wanted(image=crop_of(row.letters), is_quick=not row.is_in_band)


def _once_more(row: Candidate, frame: Frame) -> tuple[Wanted, Wanted]:
    """Ask for a row that could not be read: its letters by both voices, and all of its ink."""
    whole = part(frame.ink, row.box.grow(_AROUND_PX).intersect(frame.box))
    return Wanted(image=crop_of(row.letters)), Wanted(image=crop_of(whole), is_quick=True)


def _is_worth_more(row: Candidate, texts: Sequence[str]) -> bool:
    """Tell whether a row that could not be read may be a marking all the same."""
    return _WORTH <= best_match(row, texts).likeness < _SURE


def _may_be(row: Candidate, plain: Sequence[Word]) -> bool:
    """Tell whether a row may be a marking where it stands: in the body, no text stands beside it on its line."""
    if row.is_in_band:
        return True
    box = row.box
    heights = [glyph.height for glyph in row.row.glyphs]
    if median(heights) < _MIN_BODY_PX or len(heights) < _MIN_BODY_GLYPHS:
        return False
    near = box.grow(round(_ALONE * row.row.height_px))
    return not any(
        word.box.intersect(near).area
        and min(word.box.bottom, box.bottom) - max(word.box.top, box.top)
        > _SAME_LINE * min(word.box.height, box.height)
        for word in plain
    )


def _as_told(said: Told, rest: Unread) -> Found | None:
    """Take for a candidate what the page's words say: the rows of letters that lie under them."""
    frame = rest.frame
    place = said.box.grow(_AROUND_PX).intersect(frame.box)
    rows = [row for row in candidates(rest, (place,), ()) if row.box.share_inside(said.box) > _SAME]
    most = max((row.box.width for row in rows), default=0)
    if most >= _SAME * said.box.width:
        glyphs = [glyph for row in rows if row.box.width > _SAME * most for glyph in row.row.glyphs]
        row = Row(glyphs=tuple(sorted(glyphs, key=lambda glyph: glyph.left)))
        candidate = replace(_whole(frame, row.box), row=row)
    elif said.box.height <= _LOOSE * said.box.width / model_width(said.wording):
        candidate = _whole(frame, said.box)
    else:
        return None
    return Found(candidate=candidate, wording=said.wording, confidence=said.likeness, means="words")


def _is_in(box: Box, found: Sequence[Found]) -> bool:
    """Tell whether a box lies in a marking that was found."""
    return any(box.share_inside(one.candidate.box) > _SAME for one in found)


def _once(found: Sequence[Found]) -> list[Found]:
    """Keep each marking once: the longer wording of those that overlap."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -len(one.wording)):
        box = one.candidate.box
        if not _is_in(box, kept) and not any(other.candidate.box.share_inside(box) > _SAME for other in kept):
            kept.append(one)
    return kept


def _whole(frame: Frame, box: Box) -> Candidate:
    """Take all ink of a box for a candidate."""
    place = box.intersect(frame.box)
    return Candidate(
        row=Row(glyphs=(place,)), letters=part(frame.ink, place), position=position_of(place, frame), is_cut=False
    )


def _mark(found: Found, frame: Frame) -> Mark:
    """Judge the stroke and write the mark."""
    box = found.candidate.row.ink_box
    height = max(float(box.height), box.width / model_width(found.wording))
    is_hidden = found.candidate.is_cut and box.height < _VISIBLE * height
    letters = box if found.candidate.is_cut else found.candidate.row.body
    verdict = judge(frame.ink, letters, cap_height_px=height)
    if verdict.status == "active" and is_hidden:
        verdict = Verdict(status="uncertain", confidence=0.5, shape=None, strokes=())
    evidence = (Evidence(name=f"recognised.{found.means}", value=round(found.confidence, 3)), *verdict.evidence)
    return Mark(
        mark_id="",
        kind="classification",
        box=box,
        text=found.wording,
        confidence=found.confidence,
        status=verdict.status,
        status_confidence=verdict.confidence,
        shape=verdict.shape,
        fields=(("position", found.candidate.position),),
        evidence=evidence,
    )
