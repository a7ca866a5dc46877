"""What was withheld: redaction boxes of all styles, the codes that say why, and pages that were left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scanfix.images import GrayImage
from scanfix.marks.crops import crop_of
from scanfix.marks.frame import Frame, part
from scanfix.marks.socket import Seeking, View, Wanted
from scanfix.marks.withheld import codes
from scanfix.marks.withheld.areas import areas
from scanfix.marks.withheld.binding import bind
from scanfix.marks.withheld.codes import Code
from scanfix.marks.withheld.crisp import is_laid_over, is_thin
from scanfix.marks.withheld.gaps import gap_around, gap_beside
from scanfix.marks.withheld.outlines import Outline, outlined
from scanfix.marks.withheld.pages import left_out
from scanfix.marks.withheld.places import code_words, lone_groups
from scanfix.marks.withheld.rules import guesses, half
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind
from scanfix.settings import MarksSettings

__all__ = ["WithheldDetector"]

# What an area of one tone shares with an outlined box is that box seen twice.
_SAME = 0.5
# A crop of a code takes a little more than its box, for points and brackets that fell out.
_ROOM_PX = 6
# Codes that stand free, in no box and beside none, are believed in the outer parts of a page.
_LEFT, _RIGHT = 0.12, 0.78
_TOP = 0.16
# Of a place made white on white paper only its code and the text cut off around it tell.
_SURE_AROUND, _SURE_BESIDE = 0.8, 0.6
_SURE_READ, _SURE_REPAIRED = 0.95, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A withheld place: its box, its style, how sure, and the box of what stands in it."""

    box: Box
    style: str
    confidence: float
    holds: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A code and where it stands."""

    code: Code
    box: Box


class WithheldDetector:
    """Finds redaction boxes and exemption codes."""

    made_by = "scanfix.withheld 1"
    recipe = "{}"
    kinds: frozenset[MarkKind] = frozenset({"redaction", "exemption"})
    # Boxes and codes are laid over the scan.
    lies_on_scan = True
    # It needs no other's marks.
    comes_after = False

    def __init__(self, settings: MarksSettings) -> None:
        """Take the settings of the workshop; none changes this detector's result."""
        del settings

    def seek(self, view: View) -> Seeking:
        """Look for what was withheld on a page (see `Detector.seek`).

        Boxes are found on the image; what stands in them, and what may be a code elsewhere, is read once, by the
        second voice alone. A box whose inside says something else than a code is none.
        """
        frame = view.frame
        places = _places(frame)
        words = [
            (_tight(frame, box.clip(width=frame.width, height=frame.height)), text)
            for box, text in code_words(view.lines)
        ]
        inside = [place.holds for place in places if place.holds]
        lone = lone_groups(frame, [place.box for place in places], view.lines)
        known: dict[Box, tuple[str, ...]] = {box: (text,) for box, text in words if codes.read(text)}
        asked = [*inside, *(box for box in lone if not _is_in(box, inside)), *(box for box, _ in words)]
        unread = [box for box in dict.fromkeys(asked) if box not in known and box.area]
        answers = (yield [Wanted(image=_crop(frame, box), is_quick=True) for box in unread]) if unread else ()
        # The page's words come last: their boxes are the rougher ones.
        texts = {box: answer.texts for box, answer in zip(unread, answers, strict=True)} | known
        said = _said(texts)
        places = [
            place for place in places if place.holds is None or any(_is_in(one.box, [place.holds]) for one in said)
        ]
        places += _gaps(said, places, view)
        return (*_marks(places, said, frame), *left_out(view.lines))


def _places(frame: Frame) -> list[_Place]:
    """Find the withheld places: outlined boxes that were laid over the scan, and areas of one tone."""
    small = half(frame.ink)
    places = [
        _Place(
            box=_whole(one.box),
            style="double" if one.is_double else "outlined",
            confidence=_sureness(one),
            holds=_whole(one.holds) if one.holds else None,
        )
        for one in outlined(small, guesses(small))
        if is_laid_over(frame, _whole(one.box)) or (one.holds and is_thin(frame, _whole(one.box)))
    ]
    for area in areas(frame):
        if not any(max(area.box.share_inside(other.box), other.box.share_inside(area.box)) > _SAME for other in places):
            holds = _tight(frame, area.holds) if area.holds else None
            places.append(_Place(box=area.box, style=area.style, confidence=area.fill, holds=holds))
    return [place for place in places if place.box.area]


def _gaps(said: Sequence[_Said], places: Sequence[_Place], view: View) -> list[_Place]:
    """Find the places made white in which codes stand, or beside which they do, that have no box."""
    found: list[_Place] = []
    for one in said:
        known = [place.box for place in (*places, *found)]
        if _is_in(one.box, known) or any(box.top <= one.box.centre[1] <= box.bottom for box in known):
            continue
        around = None if _is_outer(one, view.frame) else gap_around(one.box, view.frame, view.lines)
        box = around or gap_beside(one.box, view.frame, view.lines)
        if box and not _is_in(box, known):
            found.append(_Place(box=box, style="cut", confidence=_SURE_AROUND if around else _SURE_BESIDE))
    return found


def _tight(frame: Frame, box: Box) -> Box:
    """Return the box of the letters in a box, white ones on black too: soft edges are of no tone."""
    ink = part(frame.ink, box)
    letters = ~ink if ink.size and float(np.mean(ink)) > _SAME else ink
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    if not rows.size:
        return box
    edges = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return Box.of(edges).shift(x=box.left, y=box.top)


def _whole(box: Box) -> Box:
    """Bring a box from half the frame's size to its size."""
    return Box(left=2 * box.left, top=2 * box.top, right=2 * box.right, bottom=2 * box.bottom)


def _sureness(one: Outline) -> float:
    """Say how sure an outline is: by its sides, one of which may be hidden."""
    return min(0.99, sum(sorted(one.sides)[1:]) / 3 - 0.1 * (one.full < 4))


def _is_in(box: Box, others: Sequence[Box]) -> bool:
    """Tell whether a box lies mostly in one of the others, or the other in it."""
    return any(max(box.share_inside(other), other.share_inside(box)) >= _SAME for other in others)


def _crop(frame: Frame, box: Box) -> GrayImage:
    """Cut out a code; white letters on black are turned to black on white."""
    ink = part(frame.ink, box.grow(_ROOM_PX).clip(width=frame.width, height=frame.height))
    return crop_of(~ink if float(np.mean(ink)) > _SAME else ink)


def _said(texts: dict[Box, tuple[str, ...]]) -> list[_Said]:
    """Read the codes; where two boxes are of one code, the first has it."""
    said: list[_Said] = []
    for box, readings in texts.items():
        found = next((found for text in readings if (found := codes.read(text))), ())
        length = max((code.span[1] for code in found), default=1)
        for code in found:
            start, end = (box.left + round(box.width * at / length) for at in code.span)
            own = box if len(found) == 1 else Box(left=start, top=box.top, right=end, bottom=box.bottom)
            if not _is_in(own, [other.box for other in said]):
                said.append(_Said(code=code, box=own))
    return said


def _marks(places: Sequence[_Place], said: Sequence[_Said], frame: Frame) -> tuple[Mark, ...]:
    """Write boxes and codes as marks, bound to each other."""
    bound = bind([one.box for one in said], [place.box for place in places])
    marks = [
        _redaction(
            place, [(one, entry[1]) for one, entry in zip(said, bound, strict=True) if entry and entry[0] == number]
        )
        for number, place in enumerate(places)
    ]
    for one, entry in zip(said, bound, strict=True):
        if entry or _is_outer(one, frame):
            marks.append(_exemption(one, (places[entry[0]].box, entry[1]) if entry else None))
    return tuple(marks)


def _is_outer(one: _Said, frame: Frame) -> bool:
    """Tell whether a code stands where codes stand that explain no box of the page."""
    x, y = one.box.centre
    return not _LEFT <= x / frame.width <= _RIGHT or y < _TOP * frame.height


def _redaction(place: _Place, explained: Sequence[tuple[_Said, float]]) -> Mark:
    """Write a withheld place as a mark, with the codes that explain it."""
    fields = [("style", place.style)]
    evidence = [Evidence(name="field.style", value=place.confidence, box=place.box)]
    if explained:
        fields.append(("code", "; ".join(dict.fromkeys(one.code.text for one, _ in explained))))
        best, sure = max(explained, key=lambda entry: entry[1])
        evidence.append(Evidence(name="field.code", value=min(sure, _reading_sure(best.code)), box=best.box))
    return Mark(
        mark_id="",
        kind="redaction",
        box=place.box,
        confidence=place.confidence,
        fields=tuple(fields),
        evidence=tuple(evidence),
    )


def _exemption(one: _Said, bound: tuple[Box, float] | None) -> Mark:
    """Write a code as a mark."""
    sure = _reading_sure(one.code)
    fields = [("scheme", one.code.scheme), ("as_printed", " ".join(one.code.as_read.split()))]
    evidence = [Evidence(name=f"field.{name}", value=sure, box=one.box) for name, _ in fields]
    if bound:
        box, near = bound
        fields.append(("position", "inside" if one.box.share_inside(box) >= _SAME else "margin"))
        evidence.append(Evidence(name="field.position", value=near, box=one.box))
        evidence.append(Evidence(name="bound.redaction", value=near, box=box))
    return Mark(
        mark_id="",
        kind="exemption",
        box=one.box,
        text=one.code.text,
        confidence=sure,
        fields=tuple(fields),
        evidence=tuple(evidence),
    )


def _reading_sure(code: Code) -> float:
    """Say how sure a code's reading is."""
    return _SURE_REPAIRED if code.repaired else _SURE_READ
