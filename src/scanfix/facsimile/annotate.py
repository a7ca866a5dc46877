"""The marks of a pressed page as the truth has them: observed, never guessed."""

from collections.abc import Iterator
from dataclasses import replace
from math import atan2, degrees

from scanfix.facsimile import transcribe
from scanfix.facsimile.lie import Lie
from scanfix.facsimile.marking import Edge
from scanfix.facsimile.marks import InkedMarking
from scanfix.facsimile.outline import around
from scanfix.facsimile.pen import PenStroke
from scanfix.facsimile.record import Cover, Printed, PrintedBanner, word_id
from scanfix.facsimile.rubber import InkedStamp
from scanfix.facsimile.typewriter import Stretch
from scanfix.model.geometry import Box, Quad
from scanfix.model.mark import Evidence, Mark, MarkKind

_SIDES: dict[Edge, str] = {"head": "top", "foot": "bottom"}
_UNNUMBERED = ""


def page_marks(printed: Printed) -> tuple[Mark, ...]:
    """Return the marks of a page from top to bottom, numbered in that order."""
    marks = [_banner(banner) for banner in printed.banners]
    marks += [_classification(printed, inked) for inked in printed.markings]
    for stamp in printed.stamps:
        marks += _stamp(printed, stamp)
    for cover in printed.covers:
        marks += _cover(cover)
    marks += _all_typed(printed)
    marks.sort(key=lambda mark: (mark.box.top, mark.box.left, mark.kind))
    return tuple(replace(mark, mark_id=f"m{number}") for number, mark in enumerate(marks, start=1))


def _banner(printed: PrintedBanner) -> Mark:
    """Describe a release banner."""
    banner = printed.banner
    fields = (("action", banner.action), ("date", banner.date), ("number", banner.number))
    mark = _simple("banner", printed.box, fields=(*fields, ("position", _SIDES[printed.edge])))
    return replace(mark, text=banner.text)


def _classification(printed: Printed, inked: InkedMarking) -> Mark:
    """Describe a classification marking and the stroke through it; its box leaves the stroke's overshoot out."""
    stroke = inked.stroke
    return Mark(
        mark_id=_UNNUMBERED,
        kind="classification",
        box=printed.on_page(inked.letters),
        text=inked.marking.text,
        confidence=1.0,
        status="struck" if stroke else "active",
        status_confidence=1.0,
        shape=stroke.shape if stroke else None,
        fields=(("position", inked.marking.edge),),
        evidence=_evidence(printed, stroke) if stroke else (),
    )


def _evidence(printed: Printed, stroke: PenStroke) -> tuple[Evidence, ...]:
    """Describe where a stroke runs on the scan: its box, its angle (rising to the right is positive), its width."""
    ends = [printed.to_page.point(*stroke.points[index]) for index in (0, -1)]
    (x0, y0), (x1, y1) = ends
    box = printed.on_page((stroke.ink,))
    return (
        Evidence(name="angle_deg", value=round(degrees(atan2(y0 - y1, x1 - x0)), 2)),
        Evidence(name="thickness_px", value=round(stroke.width_px, 2)),
        Evidence(name="stroke", value=1.0, box=box),
    )


def _stamp(printed: Printed, inked: InkedStamp) -> Iterator[Mark]:
    """Describe a stamp, its check boxes and what was written into it."""
    rubber = (*inked.rubber, *(square for _, square in inked.squares))
    whole = (*rubber, *(hand for _, hand in inked.hands))
    states = tuple((tick.name, "checked" if tick.is_ticked else "unchecked") for tick, _ in inked.squares)
    fields = (
        ("family", inked.stamp.family),
        *((fill.name, fill.text) for fill, _ in inked.hands),
        *states,
        *inked.stamp.fields,
        *((part.name, "redacted") for part, _ in inked.hidden),
    )
    yield Mark(
        mark_id=_UNNUMBERED,
        kind="stamp",
        box=printed.on_page(whole, first=inked.to_sheet),
        quad=_quad(printed.to_page.after(inked.to_sheet), around(rubber).box),
        text=transcribe.stamp_text(inked.stamp),
        confidence=1.0,
        fields=fields,
    )
    for tick, square in inked.squares:
        place = printed.on_page((square,), first=inked.to_sheet)
        state = "checked" if tick.is_ticked else "unchecked"
        yield _simple("checkbox", place, fields=(("name", tick.name), ("state", state)))
    for fill, hand in inked.hands:
        place = printed.on_page((hand,), first=inked.to_sheet)
        yield replace(_simple("handwriting", place, fields=(("in_stamp", "true"),)), text=fill.text)


def _quad(to_page: Lie, box: Box) -> Quad:
    """Map a box; a hundredth of a pixel is more than the eye or a scorer can use."""
    first, second, third, fourth = ((round(x, 2), round(y, 2)) for x, y in to_page.quad(box).corners)
    return Quad(corners=(first, second, third, fourth))


def _cover(cover: Cover) -> Iterator[Mark]:
    """Describe a redaction and the exemption code in it."""
    yield _simple("redaction", cover.box, fields=(("code", cover.code),) if cover.code else ())
    if cover.code_box is not None:
        yield replace(_simple("exemption", cover.code_box, fields=()), text=cover.code)


def _all_typed(printed: Printed) -> Iterator[Mark]:
    """Describe every struck or underlined stretch of typing."""
    for block, inked in enumerate(printed.running):
        for row, typed in enumerate(inked.rows):
            for stretch in typed.stretches:
                mark = _typed(printed, stretch, tuple(word_id(block, row, word) for word in stretch.words))
                if mark is not None:
                    yield mark


def _typed(printed: Printed, stretch: Stretch, names: tuple[str, ...]) -> Mark | None:
    """Describe a struck or underlined stretch of typing, ``None`` for one that is withheld."""
    if stretch.run.style == "withheld":
        return None
    if stretch.run.style == "underlined":
        mark = _simple("underline", printed.on_page(stretch.seconds), fields=())
        return replace(mark, text=stretch.text, word_ids=names)
    stroke = stretch.stroke
    return Mark(
        mark_id=_UNNUMBERED,
        kind="strikethrough",
        box=printed.on_page(stretch.ink),
        text=stretch.text,
        confidence=1.0,
        status="struck",
        status_confidence=1.0,
        shape=stroke.shape if stroke else None,
        fields=(("by", "pen" if stroke else "type"),),
        evidence=_evidence(printed, stroke) if stroke else (),
        word_ids=names,
    )


def _simple(kind: MarkKind, box: Box, *, fields: tuple[tuple[str, str], ...]) -> Mark:
    """Describe a mark of which only the place and the fields are known."""
    return Mark(mark_id=_UNNUMBERED, kind=kind, box=box, confidence=1.0, fields=fields)
