"""What the signs of Markdown in a paragraph mean: tokens become strings and elements, every sign with a decision.

The walk over the tokens keeps a stack of what is open, so that no nesting can exhaust Python's own. Signs of two kinds
that overlap are split where one of them ends, and left to check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from scanfix.model.transcript import Element, ElementName, Inline
from scanfix.truth.importers.inline_parts import check, gap, note, tidy, undoubted
from scanfix.truth.importers.journal import Journal, Passage, excerpt
from scanfix.truth.importers.markdown_tokens import TAGS, Token, tokens
from scanfix.truth.importers.profiles import Chosen, Meaning, Sign
from scanfix.truth.source import FileLine, fail_at
from scanfix.truth.walk import Parts

# Deeper nesting is a broken file; the notation itself holds 40.
_MAX_DEPTH = 30
# Of what stands before a bracket, enough to see its last word.
_BEFORE = 40
_NAMES: Mapping[str, str] = {"~~": "struck", "*": "italic", "_": "italic", "**": "bold", "__": "bold"}
_TWINS = frozenset({"struck", "italic", "bold"})
_LAYERS = frozenset({"inserted", "deleted"})
_NOTES: Mapping[Meaning, str] = {
    "translator": "tr",
    "gloss": "tr",
    "editor": "ed",
    "description": "ed",
    "correction": "ed",
    "handwriting": "ed",
}
_UNKNOWN = "doubtful, supplied, or printed?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note that stands inside a paragraph of the source; it becomes a footnote of its own."""

    label: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a paragraph holds."""

    children: tuple[Inline, ...]
    notes: tuple[Note, ...] = ()
    is_handwriting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known about the document: its profile and the signs of its notes."""

    chosen: Chosen
    labels: frozenset[str]
    word_notes: frozenset[str]
    journal: Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A string or an element, and whether it can be half of a substitution."""

    inline: Inline
    at: int
    end: int
    is_layer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A sign that is open: its token, the element it makes (or none), what follows it, what it holds so far."""

    opener: int
    name: str = ""
    after: tuple[Inline, ...] = ()
    note_label: str | None = None
    is_rest: bool = False
    is_split: bool = False
    items: list[_Item] = field(default_factory=list)


def read_inline(lines: Sequence[FileLine], context: Context) -> Content:
    """Read a paragraph of Markdown.

    Raises
    ------
    GroundTruthError
        Signs are nested too deeply.
    """
    return _Builder(Passage(lines), context).build()


class _Builder:
    """Walks over the tokens of one paragraph; the first frame is the paragraph itself."""

    def __init__(self, passage: Passage, context: Context) -> None:
        self.passage = passage
        self.context = context
        self.journal = context.journal
        self.tokens = tokens(passage.text, context.labels, context.word_notes)
        self.frames = [_Frame(opener=-1)]
        self.notes: list[Note] = []
        self.is_handwriting = False

    def build(self) -> Content:
        """Read to the end of the paragraph."""
        index = 0
        while index < len(self.tokens):
            index = self._take(index)
        children = tidy(self._children(self.frames[0]))
        return Content(children=children, notes=tuple(self.notes), is_handwriting=self.is_handwriting)

    def _take(self, index: int) -> int:
        """Take one token; return the index of the next."""
        token = self.tokens[index]
        if token.role in ("text", "whole"):
            self._whole(token)
        elif token.mate is None:
            self._stray(token)
        elif token.role == "open":
            return self._open(index, token, token.mate)
        else:
            self._close(token)
        return index + 1

    def _add(self, at: int, *inlines: Inline) -> None:
        """Add strings and elements to what is open."""
        self.frames[-1].items.extend(_Item(inline=inline, at=at, end=at) for inline in inlines if inline)

    # Signs without an end

    def _whole(self, token: Token) -> None:
        """Take text, or a sign that stands for itself."""
        line = self.passage.at(token.at)
        self._add(token.at, token.inline)
        if token.outcome == "left":
            self._add(token.at, check(token.meaning))
        notes = {
            "decided": self.journal.decided,
            "left": self.journal.left,
            "dropped": self.journal.dropped,
            "markup": self.journal.markup,
        }
        if token.outcome:
            notes[token.outcome](line, token.rule, token.source, token.meaning)

    def _stray(self, token: Token) -> None:
        """Leave a sign that has no other half: brackets and stars may be printed, tags and tildes are not."""
        message = f"unbalanced {_called(token)} {token.source}"
        is_printed = token.name in ("[", "*", "**", "_", "__")
        self._add(token.at, token.source if is_printed else "", check(message))
        self.journal.left(self.passage.at(token.at), "unbalanced", token.source, message)

    # Signs with an end

    def _open(self, index: int, token: Token, mate: int) -> int:
        """Open a sign, or take it as a whole; return the index of the next token."""
        if len(self.frames) > _MAX_DEPTH:
            fail_at(
                self.journal.file,
                self.passage.at(token.at),
                f"more than {_MAX_DEPTH} signs inside one another. Close some of them first.",
            )
        if token.name == "[" or token.name in ("*", "_", "<i>", "<em>"):
            return self._ambiguous(index, token, mate)
        name = _NAMES.get(token.name) or TAGS.get(token.name.strip("<>"), "")
        self._journal_pair(token, self.tokens[mate], name)
        self._push(index, name)
        return index + 1

    def _push(self, index: int, name: str, *, after: tuple[Inline, ...] = (), note_label: str | None = None) -> None:
        """Open a frame; what the notation does not nest in itself is open already."""
        is_known = name not in ("raised", "lowered") and not (
            name in _TWINS and any(frame.name == name for frame in self.frames)
        )
        self.frames.append(_Frame(opener=index, name=name if is_known else "", after=after, note_label=note_label))

    def _journal_pair(self, token: Token, mate: Token, name: str) -> None:
        """Note a sign whose meaning is never in doubt."""
        if token.name.startswith("<"):
            for one in (token, mate):
                self.journal.markup(self.passage.at(one.at), "tag", one.source, name)
        else:
            self.journal.decided(self.passage.at(token.at), name, self.passage.text[token.at : mate.end], name)

    def _ambiguous(self, index: int, token: Token, mate: int) -> int:
        """Open a bracket or italics by the rules of the profile."""
        end = self.tokens[mate]
        source, inner = self.passage.text[token.at : end.end], self.passage.text[token.end : end.at]
        line = self.passage.at(token.at)
        address = (note("ed", end.meaning),) if end.meaning else ()
        if token.rule == "word-note":
            self.journal.markup(line, token.rule, token.source, f"note {token.meaning}")
            self._push(index, "", after=address, note_label=token.meaning)
            return index + 1
        if address:
            self.journal.decided(line, "link", source, "a link")
            self._push(index, "", after=address)
            return index + 1
        found = gap(" ".join(inner.split())) if token.name == "[" else None
        if found:
            self.journal.markup(line, "notation", source, found.name)
            return self._atom(index, found, mate)
        return self._by_rule(index, token, mate, inner)

    def _by_rule(self, index: int, token: Token, mate: int, inner: str) -> int:
        """Ask the profile."""
        is_bracket = token.name == "["
        source = self.passage.text[token.at : self.tokens[mate].end]
        line = self.passage.at(token.at)
        before = self.passage.text[max(0, token.at - _BEFORE) : token.at]
        rule = self.context.chosen.rule_for(
            Sign(sign="[]" if is_bracket else "*", inner=inner, before=before, line=line.number)
        )
        meaning: Meaning = rule.meaning if rule else "check" if is_bracket else "italic"
        if token.name.startswith("<"):
            self._journal_pair(token, self.tokens[mate], meaning)
        if is_bracket and not inner.strip():
            self.journal.left(line, "brackets", source, "empty brackets")
            self._add(token.at, source, check("empty brackets"))
            return mate + 1
        if meaning == "check":
            message = f'"{excerpt(inner)}" stands in {"brackets" if is_bracket else "italics"}: {_UNKNOWN}'
            self.journal.left(line, "brackets" if is_bracket else "italics", source, _UNKNOWN)
            self._push(index, "" if is_bracket else "italic", after=(check(message),))
            return index + 1
        self.journal.decided(line, rule.name if rule else "italics", source, meaning)
        return self._meant(index, token, mate, meaning, inner)

    def _meant(self, index: int, token: Token, mate: int, meaning: Meaning, inner: str) -> int:
        """Take a bracket or italics whose meaning is known."""
        if meaning in _NOTES:
            self.is_handwriting = self.is_handwriting or meaning == "handwriting"
            return self._atom(index, note(_NOTES[meaning], inner), mate)
        if meaning == "sic":
            return self._atom(index, Element(name="note", attributes=(("kind", "sic"),)), mate)
        if meaning == "illegible":
            source = self.passage.text[token.at : self.tokens[mate].end]
            self.journal.markup(self.passage.at(token.at), "notation", source, "written as [?]")
            return self._atom(index, Element(name="illegible"), mate)
        if meaning == "printed":
            self._add(token.at, token.source)
            self._push(index, "", after=(self.tokens[mate].source,))
        else:
            self._push(index, meaning)
        return index + 1

    def _atom(self, index: int, element: Element, mate: int) -> int:
        """Take a bracket as one element; what begins or ends inside it and has its other half outside still counts."""
        self._add(self.tokens[index].at, element)
        for at in range(index + 1, mate):
            other = self.tokens[at].mate
            if other is not None and not index < other < mate:
                self._take(at)
        return mate + 1

    def _close(self, token: Token) -> None:
        """Close a sign; others that were opened inside it go on after it."""
        above: list[_Frame] = []
        while self.frames[-1].opener != token.mate:
            above.append(self.frames.pop())
            self._finish(above[-1], goes_on=True)
        self._finish(self.frames.pop(), goes_on=False)
        for one in reversed(above):
            self.frames.append(replace(one, is_rest=bool(one.items) or one.is_rest, is_split=True, items=[]))

    def _finish(self, frame: _Frame, *, goes_on: bool) -> None:
        """Put what a frame holds into the one around it, or among the notes."""
        opener = self.tokens[frame.opener]
        at, end = opener.at, self.tokens[opener.mate or 0].end
        if frame.note_label is not None:
            children = (*self._children(frame), *(() if goes_on else frame.after))
            self.notes.append(Note(label=frame.note_label, children=tidy(children)))
            return
        if frame.is_rest and frame.items:
            self._overlap(frame, at)
        if frame.name and frame.items:
            children = tuple(self._children(frame))
            element = Element(name=cast("ElementName", frame.name), children=undoubted(frame.name, children))
            is_layer = frame.name in _LAYERS and not (goes_on or frame.is_split)
            self.frames[-1].items.append(_Item(inline=element, at=at, end=end, is_layer=is_layer))
        else:
            self.frames[-1].items.extend(frame.items)
        self._add(at, *(() if goes_on else frame.after))

    def _overlap(self, frame: _Frame, at: int) -> None:
        """Leave the place where a sign was split."""
        token = self.tokens[frame.opener]
        message = f"{_called(token)} {token.source} of line {self.passage.at(token.at).number} overlap with other signs"
        self._add(at, check(message))
        self.journal.left(self.passage.at(token.at), "overlap", token.source, message)

    # What a frame holds

    def _children(self, frame: _Frame) -> tuple[Inline, ...]:
        """Return the content of a frame, neighbouring strings as one."""
        parts = Parts()
        items = frame.items
        index = 0
        while index < len(items):
            length = self._pair_length(items[index : index + 3])
            if length:
                parts.add(self._substitution(items[index], items[index + length - 1], length))
            else:
                parts.add(items[index].inline)
            index += length or 1
        return parts.all()

    def _pair_length(self, items: Sequence[_Item]) -> int:
        """Return how many items are a substitution: two layers, with or without a space between; 0 for none."""
        if not self.context.chosen.profile.pairs or len(items) < 2 or not items[0].is_layer:
            return 0
        length = 3 if items[1].inline == " " and len(items) == 3 else 2
        last = items[length - 1]
        names = {one.inline.name for one in (items[0], last) if isinstance(one.inline, Element)}
        return length if last.is_layer and names == _LAYERS else 0

    def _substitution(self, first: _Item, last: _Item, length: int) -> Element:
        """Return an insertion and a deletion as one substitution, what was there first."""
        halves = sorted(
            (one.inline for one in (first, last) if isinstance(one.inline, Element)), key=lambda one: one.name
        )
        line = self.passage.at(first.at)
        self.journal.decided(line, "pairs", self.passage.text[first.at : last.end], "substitution")
        if length == 3:
            self.journal.dropped(self.passage.at(last.at), "white-space", " ", "space inside a substitution")
        return Element(name="substitution", children=tuple(halves))


def _called(token: Token) -> str:
    """Return what a person would call a sign."""
    names = {"[": "brackets", "~~": "strike-through", "*": "italics", "_": "italics", "**": "bold", "__": "bold"}
    tag = TAGS.get(token.name.strip("<>"), "")
    return names.get(token.name) or {"italic": "italics", "struck": "strike-through"}.get(tag, tag or "tag")
