"""The truth of stamps: only what can be seen of them, never filled from their wording."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from scanfix.facsimile.asked.marking import Choice, Fill, Print, Tick
from scanfix.facsimile.stamped.impression import Sign
from scanfix.facsimile.stamped.rubber import InkedPart, InkedStamp
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.facsimile.truth.inlines import joined
from scanfix.facsimile.truth.marking_truth import quad_of, shape_attributes, simple
from scanfix.facsimile.truth.record import Printed, uncovered
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark
from scanfix.model.transcript import Attributes, Block, Element, ElementName, Inline

_State = Literal["read", "worn", "gone", "covered"]
_ELEMENTS: dict[_State, ElementName] = {"worn": "illegible", "gone": "lost", "covered": "redacted"}
_SIGNS: dict[ElementName, str] = {"illegible": "[?]", "lost": "[lost]", "redacted": "[REDACTED]"}
_BOXES = {"unchecked": "☐", "checked": "☒"}
# A letter that kept less of its ink is guessed, one that kept next to nothing is not there.
_LEGIBLE, _TRACE = 0.4, 0.08
# A letter whose half is covered cannot be read.
_COVERED = 0.5
_NONE = "none"


def marks(printed: Printed) -> Iterator[Mark]:
    """Give the marks of a page's stamps, not yet numbered: each stamp, its check boxes, what a hand wrote in it."""
    for inked in printed.stamps:
        yield from _Sight(printed, inked).marks()


def blocks(printed: Printed) -> Iterator[Block]:
    """Give the stamps of a page of which anything can be seen, each in its fence."""
    for number, inked in enumerate(printed.stamps, start=1):
        sight = _Sight(printed, inked)
        if sight.box() is not None:
            yield sight.block(f"s{number}")


class _Sight:
    """What can be seen of one stamp on the scan."""

    def __init__(self, printed: Printed, inked: InkedStamp) -> None:
        self._inked = inked
        self._lie = printed.to_page.after(inked.to_sheet)
        self._page = Box(left=0, top=0, right=printed.width_px, bottom=printed.height_px)
        whole = self._lie.box(self._outlines()).grow(1)
        self._hidden = [cover for cover in printed.hidden if cover.intersect(whole).area]
        self._banners = [banner.strip for banner in printed.banners]

    def marks(self) -> Iterator[Mark]:
        """Give the stamp and what belongs to it; nothing where nothing of it can be seen."""
        box = self.box()
        if box is None:
            return
        rubber = around(self._seen(self._rubber()))
        mark = simple("stamp", box, fields=(("family", self._inked.stamp.family), *self._fields()))
        quad = quad_of(self._lie, rubber.box) if rubber else None
        yield self._cancelled(replace(mark, quad=quad, text=_plain(self.block("").children)))
        for part in self._inked.parts:
            yield from self._part_marks(part)

    def block(self, name: str) -> Block:
        """Return the stamp in its fence: what cannot be read is said to be lost, illegible or redacted."""
        rows = [self._crossed(row) for parts in self._inked.rows if (row := tuple(self._row(parts)))]
        children = tuple(joined(inline for index, row in enumerate(rows) for inline in ((*"\n", *row)[not index :])))
        states = {state for part in self._inked.parts for state in self._states(part)}
        partial = () if states <= {"read"} else (("read", "partial"),)
        attributes: Attributes = (("family", self._inked.stamp.family), ("id", name), *partial)
        return Block(kind="stamp", attributes=attributes, children=children)

    def box(self) -> Box | None:
        """Return the box of all ink of the stamp, pens and all, that can be seen on the scan."""
        return self._box_of(self._outlines())

    def _part_marks(self, part: InkedPart) -> Iterator[Mark]:
        """Give the mark of a check box, or of what a hand wrote into a field."""
        if isinstance(part.part, Tick):
            state, square = self._state(part), self._box_of(_outlines(part.lines))
            if state and square:
                ticks = self._box_of(_outlines(part.pen))
                evidence = (Evidence(name="tick", value=1.0, box=ticks),) if ticks else ()
                mark = simple("checkbox", square, fields=(("name", part.part.name), ("state", state)))
                yield replace(mark, evidence=evidence)
        if isinstance(part.part, Fill) and part.part.by == "hand":
            place = self._box_of(_outlines(part.letters))
            if place:
                fields = (("in_stamp", "true"), ("field", part.part.name))
                mark = replace(simple("handwriting", place, fields=fields), text=_plain(tuple(self._runs(part))))
                yield self._struck(mark, part) if part.part.is_struck else mark

    def _cancelled(self, mark: Mark) -> Mark:
        """Say that the whole stamp was struck."""
        stroke = self._inked.stroke
        if stroke is None:
            return mark
        lines = [box for ink in stroke.inks if (box := self._box_of((ink,)))]
        evidence = tuple(Evidence(name="stroke", value=1.0, box=box) for box in lines)
        return replace(mark, status="struck", status_confidence=1.0, shape=stroke.shape, evidence=evidence)

    def _crossed(self, row: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return a row as struck where the whole stamp is."""
        stroke = self._inked.stroke
        if stroke is None:
            return row
        inner = tuple(joined(row))
        return (Element(name="struck", attributes=shape_attributes(stroke.shape), children=inner),)

    def _struck(self, mark: Mark, part: InkedPart) -> Mark:
        """Say that a fill-in was scribbled out."""
        scribble = self._box_of(_outlines(part.pen))
        evidence = (Evidence(name="stroke", value=1.0, box=scribble),) if scribble else ()
        return replace(mark, status="struck", status_confidence=1.0, shape="scribble", evidence=evidence)

    def _fields(self) -> Iterator[tuple[str, str]]:
        """Give the fields that can be read, the stamp's own facts last."""
        for part in self._inked.parts:
            name, value = getattr(part.part, "name", ""), self._value(part)
            if value:
                yield name, value
        yield from (fact for fact in self._inked.stamp.fields if self._states_fact(fact[1]))

    def _value(self, part: InkedPart) -> str:
        """Return what a field says; empty where it is empty, struck or not to be read."""
        states = self._states(part)
        is_read = states <= {"read"}
        if part.hidden:
            return "redacted" if self._lie.quad(part.hidden).box.intersect(self._page).area else ""
        if isinstance(part.part, Tick):
            return self._state(part) or ""
        if isinstance(part.part, Choice):
            return (part.part.circled or _NONE) if is_read and self._has_circle(part) else ""
        if isinstance(part.part, Fill) and not part.part.is_struck:
            return part.part.text if is_read else "redacted" if states <= {"covered"} else ""
        return ""

    def _state(self, part: InkedPart) -> str | None:
        """Return the state of a check box; ``None`` where neither its ink nor a tick can be seen."""
        if any(self._state_of(sign) == "read" for sign in part.pen):
            return "checked"
        if part.pen or not any(self._state_of(sign) == "read" for sign in part.lines):
            return None
        return "unchecked"

    def _has_circle(self, part: InkedPart) -> bool:
        """Whether the circle of a choice can be seen, if a pen drew one."""
        return all(self._state_of(sign) == "read" for sign in part.pen)

    def _states_fact(self, words: str) -> bool:
        """Whether words of the stamp's own print can be read, on one row or over several."""
        signs = [sign for row in self._inked.rows for sign in _print_of(row)]
        start = "".join(sign.char for sign in signs).find(words)
        return start >= 0 and all(self._state_of(sign) == "read" for sign in signs[start : start + len(words)])

    def _row(self, parts: Sequence[InkedPart]) -> Iterator[Inline]:
        """Give a row as it is transcribed, its parts a space apart; an empty field leaves nothing."""
        is_first = True
        for part in parts:
            inlines = tuple(self._part(part))
            if inlines:
                is_close = isinstance(part.part, Print | Fill) and part.part.is_close
                yield from inlines if is_first or is_close else (" ", *inlines)
                is_first = False

    def _part(self, part: InkedPart) -> Iterator[Inline]:
        """Give a part as it is transcribed."""
        if part.hidden:
            if self._lie.quad(part.hidden).box.intersect(self._page).area:
                yield Element(name="redacted")
        elif isinstance(part.part, Tick):
            state = self._state(part)
            yield _BOXES[state] if state else Element(name="lost")
        elif isinstance(part.part, Choice):
            yield from self._choice(part, part.part)
        elif isinstance(part.part, Fill) and part.part.text:
            yield from self._fill(part, part.part)
        else:
            yield from self._runs(part)

    def _fill(self, part: InkedPart, fill: Fill) -> Iterator[Inline]:
        """Give what was filled in, struck or not; only a hand's writing is said to be one's."""
        runs = tuple(joined(self._runs(part)))
        if fill.is_struck:
            runs = (Element(name="struck", attributes=(("shape", "scribble"),), children=runs),)
        yield from (Element(name="handwriting", children=runs),) if fill.by == "hand" else runs

    def _choice(self, part: InkedPart, choice: Choice) -> Iterator[Inline]:
        """Give the options of a choice; that none is circled is said where all can be seen."""
        start = 0
        for option in choice.options:
            runs = tuple(joined(_runs(self._lettered(part.letters[start : start + len(option)]))))
            if start:
                yield " "
            is_circled = option == choice.circled and self._has_circle(part)
            yield from (Element(name="circled", children=runs),) if is_circled else runs
            start += len(option) + 1
        if choice.circled is None and self._value(part) == _NONE:
            yield from (" ", Element(name="circled", children=(_NONE,)))

    def _runs(self, part: InkedPart) -> Iterator[Inline]:
        """Give the text of a part, gaps for what cannot be read."""
        return _runs(self._lettered(part.letters))

    def _lettered(self, signs: Sequence[Sign]) -> list[tuple[str, _State]]:
        """Return signs with their states; a space between two that cannot be read goes with them."""
        states = [(sign.char, self._state_of(sign)) for sign in signs]
        for index, (char, _) in enumerate(states[1:-1], start=1):
            before, after = states[index - 1][1], states[index + 1][1]
            if char == " " and before == after:
                states[index] = (char, before)
        return states

    def _states(self, part: InkedPart) -> set[_State]:
        """Return the states of a part's signs."""
        return {self._state_of(sign) for sign in part.letters}

    def _state_of(self, sign: Sign) -> _State:
        """Tell whether a sign can be read."""
        if sign.char == " ":
            return "read"
        if sign.kept < _TRACE or not sign.outline:
            return "gone"
        box = self._lie.box((sign.outline,))
        if box.share_inside(self._page) < _COVERED:
            return "gone"
        if any(box.share_inside(strip) >= _COVERED for strip in self._banners):
            return "gone"
        if any(box.share_inside(cover) >= _COVERED for cover in self._hidden):
            return "covered"
        return "read" if sign.kept >= _LEGIBLE else "worn"

    def _box_of(self, outlines: Sequence[Outline]) -> Box | None:
        """Return the box of ink that can be seen on the scan."""
        boxes = [uncovered(self._lie.box((one,)).intersect(self._page), self._hidden) for one in outlines if one]
        seen = [box for box in boxes if box.area]
        return Box.around(seen) if seen else None

    def _seen(self, outlines: Sequence[Outline]) -> Iterator[Outline]:
        """Give the outlines of which anything can be seen."""
        return (one for one in outlines if self._box_of((one,)) is not None)

    def _rubber(self) -> tuple[Outline, ...]:
        """Return the outlines of the stamp's own print."""
        parts = self._inked.parts
        inks = (sign for part in parts for sign in (*(part.letters if part.is_rubber else ()), *part.lines))
        return _outlines((*inks, *self._inked.frame))

    def _outlines(self) -> tuple[Outline, ...]:
        """Return the outlines of all its ink."""
        parts = self._inked.parts
        pens = (sign for part in parts for sign in (*part.pen, *(() if part.is_rubber else part.letters)))
        return (*self._rubber(), *_outlines(tuple(pens)))


def _outlines(signs: Sequence[Sign]) -> tuple[Outline, ...]:
    """Return the outlines of signs that left ink."""
    return tuple(sign.outline for sign in signs if sign.outline)


def _print_of(row: Sequence[InkedPart]) -> Iterator[Sign]:
    """Give the letters of a row's own print, a space after each part."""
    for part in row:
        if isinstance(part.part, Print):
            yield from (*part.letters, Sign(char=" ", outline=Outline(), kept=1.0))


def _runs(signs: Sequence[tuple[str, _State]]) -> Iterator[Inline]:
    """Give the text of signs; neighbours that cannot be read are one gap."""
    for state, group in groupby(signs, key=lambda sign: sign[1]):
        text = "".join(char for char, _ in group)
        yield text if state == "read" else Element(name=_ELEMENTS[state])


def _plain(inlines: Sequence[Inline]) -> str:
    """Return the plain text of inlines, gaps in brackets."""
    text = "".join(_plain_one(inline) for inline in inlines)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _plain_one(inline: Inline) -> str:
    """Return the plain text of an inline; that nothing is circled is no text."""
    if isinstance(inline, str):
        return inline
    if inline.name == "circled" and inline.children == (_NONE,):
        return ""
    return _SIGNS.get(inline.name) or _plain(inline.children)
