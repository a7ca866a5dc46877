"""The truth of markings, strokes, banners, redactions and hands: marks with evidence, blocks of the transcript."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from scanfix.facsimile.asked.marking import Edge
from scanfix.facsimile.marked import strokes
from scanfix.facsimile.marked.hand import InkedNote
from scanfix.facsimile.marked.marks import InkedMarking
from scanfix.facsimile.marked.pen import PenStroke
from scanfix.facsimile.surface.lie import Lie
from scanfix.facsimile.truth.inlines import joined
from scanfix.facsimile.truth.record import Cover, Printed, PrintedBanner
from scanfix.model.geometry import Box, Quad
from scanfix.model.mark import Evidence, Mark, MarkKind, MarkStatus
from scanfix.model.transcript import Attributes, Block, BlockKind, Element, Inline

_SIDES: dict[Edge, str] = {"head": "top", "foot": "bottom"}
_BLOCKS: dict[str, BlockKind] = {"cover": "classification", "body": "classification"}
_UNNUMBERED = ""
# Less of a marking's height, or of the stroke inside it, and nobody can tell whether it is struck.
_HALF = 0.5
_HINT = 0.15
_STEPS = 40  # along each short piece of a stroke; a long one is followed pixel by pixel
_STRAIGHT_DEG = 1.0  # turned less than this, an upright box is as tight
UNSURE = Element(name="note", attributes=(("kind", "ed"),), children=("strike uncertain",))


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedThing:
    """Something on the page that is neither text nor a mark: what a detector must leave alone."""

    kind: str
    box: Box


def marks(printed: Printed) -> Iterator[Mark]:
    """Give the marks of a page that are no stamps and no typing, not yet numbered."""
    for banner in printed.banners:
        yield _banner(banner)
    for inked in printed.markings:
        yield from _classification(printed, inked)
    for number, cover in enumerate(printed.covers, start=1):
        yield from _cover(cover, f"r{number}")
    for note in printed.notes:
        yield from _note(printed, note)


def status_of(printed: Printed, inked: InkedMarking) -> MarkStatus | None:
    """Tell whether a marking can be seen to be struck, ``None`` where none of it can be seen."""
    box = seen_box(printed, inked)
    if box is None:
        return None
    if inked.stroke is not None:
        return stroke_status(printed, inked.stroke, box)
    whole = printed.to_page.box(inked.letters)
    return "active" if box.area >= _HALF * whole.area else "uncertain"


def stroke_status(printed: Printed, stroke: PenStroke, letters: Box) -> MarkStatus:
    """Tell whether enough of a stroke can be seen over letters (their visible box on the scan)."""
    if stroke.coverage == "graze":
        return "uncertain"
    return "struck" if _share_seen(printed, stroke.paths, letters) >= _HINT else "uncertain"


def seen_box(printed: Printed, inked: InkedMarking) -> Box | None:
    """Return the box of what can be seen of a marking's letters."""
    boxes = [box for box in map(printed.seen, inked.words) if box]
    return Box.around(boxes) if boxes else None


def stroke_evidence(printed: Printed, stroke: PenStroke) -> tuple[Evidence, ...]:
    """Describe a stroke on the scan: angle (rising to the right is positive), width, share of the letters it crosses.

    A box each for its lines follows.
    """
    first = tuple(printed.to_page.point(x, y) for x, y in stroke.paths[0])
    return (
        Evidence(name="angle_deg", value=round(strokes.angle_deg(first), 2)),
        Evidence(name="thickness_px", value=round(stroke.width_px, 2)),
        Evidence(name="crossed", value=stroke.crossed),
        *(Evidence(name="stroke", value=1.0, box=printed.on_page((ink,))) for ink in stroke.inks if ink),
    )


def banner_blocks(printed: Printed, edge: Edge) -> tuple[Block, ...]:
    """Return the release banners of an edge."""
    return tuple(
        Block(kind="banner", children=(banner.banner.text,)) for banner in printed.banners if banner.edge == edge
    )


def edge_blocks(printed: Printed, edge: Edge) -> tuple[Block, ...]:
    """Return the markings of the head or foot; that there is none is said on purpose."""
    blocks = tuple(_blocks(printed, printed.marking(edge)))
    text = _running_box(printed)
    hidden = tuple(_redacted(cover) for cover in printed.covers if _edge_of(cover, text) == edge)
    if not hidden:
        return blocks or (Block(kind=edge, is_absent=True),)
    # What is withheld beside a marking, such as a code word, stands on its line.
    spaced = tuple(part for one in hidden for part in (" ", one))
    if not blocks:
        return (Block(kind=edge, children=spaced[1:]),)
    return (*blocks[:-1], replace(blocks[-1], children=tuple(joined((*blocks[-1].children, *spaced)))))


def placed(printed: Printed, running: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the running text with the markings, boxes and codes that stand between and beside them."""
    places = []
    for typed in printed.running:
        inks = tuple(ink for row in typed.rows for word in row.words for ink in word.ink)
        places.append(printed.on_page(inks).centre[1] if inks else None)
    blocks = list(running)
    for height, block in sorted(_beside(printed), key=lambda beside: beside[0], reverse=True):
        # A passage that is wholly withheld has no place of its own: what follows it does not overtake it.
        index = next((at for at, place in enumerate(places) if place is not None and place > height), len(places))
        blocks.insert(index, block)
    return tuple(blocks)


def letterhead_blocks(printed: Printed) -> tuple[Block, ...]:
    """Return the printed lines at the head of the sheet."""
    if printed.letterhead is None:
        return ()
    return (Block(kind="head", children=("\n".join(printed.letterhead.letterhead.lines),)),)


def _beside(printed: Printed) -> Iterator[tuple[float, Block]]:
    """Give what stands between and beside the text, each with the height of its middle on the scan."""
    for inked in printed.markings:
        box = seen_box(printed, inked)
        if box is not None and inked.marking.edge not in _SIDES:
            yield box.centre[1], _block(printed, inked)
    text = _running_box(printed)
    for cover in printed.covers:
        if _stands_alone(cover) and _edge_of(cover, text) is None:
            yield cover.box.centre[1], Block(kind="paragraph", children=(_redacted(cover),))
        if cover.strip is not None:
            # One pixel higher: the code comes before the box that it stands beside.
            yield cover.box.top - 1.0, Block(kind="margin", children=(cover.code,))


def _stands_alone(cover: Cover) -> bool:
    """Whether a box was put on the page where nothing is typed."""
    return cover.is_placed and not cover.hides_text


def _edge_of(cover: Cover, text: Box | None) -> Edge | None:
    """Say whether a box stands above or below all running text, ``None`` for any other place."""
    if text is None or not _stands_alone(cover):
        return None
    if cover.box.bottom <= text.top:
        return "head"
    return "foot" if cover.box.top >= text.bottom else None


def _running_box(printed: Printed) -> Box | None:
    """Return a box from the first to the last row of the running text, ``None`` on a page without."""
    rows = (row for block in printed.blocks for row in (block.rows[:1] + block.rows[-1:]))
    boxes = [printed.on_page(word.ink) for row in rows for word in row.words if word.ink]
    return Box.around(boxes) if boxes else None


def _redacted(cover: Cover) -> Element:
    """Return a box as an element."""
    return Element(name="redacted", attributes=(("code", cover.printed_code),) if cover.printed_code else ())


def note_blocks(printed: Printed) -> Iterator[Block]:
    """Give what is written by hand and can be read."""
    for note in printed.notes:
        if note.note.text and printed.seen(note.picture):
            yield Block(kind="handwriting", attributes=(("form", note.note.kind),), children=(note.note.text,))


def shape_attributes(shape: str) -> Attributes:
    """Name the shape of a stroke; a level one goes without saying."""
    return () if shape == "horizontal" else (("shape", shape),)


def _blocks(printed: Printed, inked: Iterator[InkedMarking]) -> Iterator[Block]:
    """Give markings in their fences, those that can be seen."""
    for one in inked:
        if seen_box(printed, one) is not None:
            yield _block(printed, one)


def _block(printed: Printed, inked: InkedMarking) -> Block:
    """Return a marking in its fence."""
    text: Inline = inked.marking.text
    status = status_of(printed, inked)
    children: tuple[Inline, ...] = (text,)
    if status == "struck" and inked.stroke:
        children = (Element(name="struck", attributes=shape_attributes(inked.stroke.shape), children=(text,)),)
    elif status == "uncertain":
        children = (f"{text} ", UNSURE)
    kind = _BLOCKS.get(inked.marking.edge)
    return Block(kind=kind or _edge_kind(inked), children=children)


def _edge_kind(inked: InkedMarking) -> BlockKind:
    """Return the fence of a marking in the head, foot or margin."""
    kinds: dict[str, BlockKind] = {"head": "head", "foot": "foot", "margin": "margin"}
    return kinds[inked.marking.edge]


def _banner(printed: PrintedBanner) -> Mark:
    """Describe a release banner."""
    banner = printed.banner
    fields = (("action", banner.action), ("date", banner.date), ("number", banner.number))
    mark = simple("banner", printed.box, fields=(*fields, ("position", _SIDES[printed.edge])))
    return replace(mark, text=banner.text)


def _classification(printed: Printed, inked: InkedMarking) -> Iterator[Mark]:
    """Describe a classification marking and the stroke through it; its box leaves the stroke's overshoot out."""
    box, status = seen_box(printed, inked), status_of(printed, inked)
    if box is None:
        return
    stroke = inked.stroke
    dress = (("dress", inked.marking.dress),) if inked.marking.dress != "none" else ()
    is_turned = abs(inked.marking.turn_deg) >= _STRAIGHT_DEG
    yield Mark(
        mark_id=_UNNUMBERED,
        kind="classification",
        box=box,
        quad=quad_of(printed.to_page.after(inked.to_sheet), inked.upright) if is_turned else None,
        text=inked.marking.text,
        confidence=1.0,
        status=status,
        status_confidence=1.0,
        shape=stroke.shape if stroke and status == "struck" else None,
        fields=(("position", inked.marking.edge), *dress),
        evidence=stroke_evidence(printed, stroke) if stroke else (),
    )


def _cover(cover: Cover, name: str) -> Iterator[Mark]:
    """Describe a redaction and the exemption code in it or beside it; both name the redaction."""
    code = (("code", cover.code),) if cover.code else ()
    yield simple("redaction", cover.box, fields=(*code, ("name", name), ("style", cover.style)))
    if cover.code_box is not None:
        link = (("redaction", name), ("position", cover.code_stands))
        yield replace(simple("exemption", cover.code_box, fields=link), text=cover.code)


def _note(printed: Printed, inked: InkedNote) -> Iterator[Mark]:
    """Describe what a hand wrote or drew."""
    box = printed.seen(inked.picture)
    if box is None:
        return
    note = inked.note
    mark = replace(simple("handwriting", box, fields=(("form", note.kind),)), text=note.text)
    if abs(note.turn_deg) >= _STRAIGHT_DEG:
        mark = replace(mark, quad=quad_of(printed.to_page.after(inked.picture.to_sheet), inked.upright))
    yield mark


def quad_of(to_page: Lie, box: Box) -> Quad:
    """Map a box; a hundredth of a pixel is more than the eye or a scorer can use."""
    first, second, third, fourth = ((round(x, 2), round(y, 2)) for x, y in to_page.quad(box).corners)
    return Quad(corners=(first, second, third, fourth))


def simple(kind: MarkKind, box: Box, *, fields: tuple[tuple[str, str], ...]) -> Mark:
    """Describe a mark of which only the place and the fields are known."""
    return Mark(mark_id=_UNNUMBERED, kind=kind, box=box, confidence=1.0, fields=fields)


def _share_seen(printed: Printed, paths: Sequence[strokes.Path], letters: Box) -> float:
    """Return how much of a stroke's lines together can be seen over letters, as a share of their width."""
    seen = set()
    hidden, near = printed.hidden, letters.grow(1)
    for (x0, y0), (x1, y1) in (piece for path in paths for piece in pairwise(path)):
        steps = max(_STEPS, ceil(abs(x1 - x0)))
        for step in range(steps):
            share = (step + 0.5) / steps
            x, y = printed.to_page.point(x0 + share * (x1 - x0), y0 + share * (y1 - y0))
            if _holds(near, x, y) and not any(_holds(box, x, y) for box in hidden):
                seen.add(int(x))
    return len(seen) / max(letters.width, 1)


def _holds(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box.left <= x < box.right and box.top <= y < box.bottom


def pressed_things(printed: Printed) -> tuple[PressedThing, ...]:
    """Return what is neither text nor a mark, from top to bottom; lines round a marking are rules and boxes too."""
    found = []
    for inked in printed.things:
        box = printed.seen(inked.picture)
        if box is not None:
            found.append(PressedThing(kind=inked.thing.kind, box=box))
    for marking in printed.markings:
        kind = "box" if marking.marking.dress == "box" else "rule"
        found += [PressedThing(kind=kind, box=printed.on_page((line,))) for line in marking.dress if line]
    return tuple(sorted(found, key=lambda thing: (thing.box.top, thing.box.left, thing.kind)))
