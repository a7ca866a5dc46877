"""The signs of Markdown in a paragraph, told apart and paired; what they mean is for ``markdown_inline`` to say."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from string import punctuation
from typing import Literal
from unicodedata import combining, normalize

from scanfix.model.transcript import Element, Inline
from scanfix.truth.importers.inline_parts import note

Role = Literal["text", "whole", "either", "open", "close"]
Outcome = Literal["decided", "left", "dropped", "markup", ""]

_NEXT_SIGN = re.compile(r"[\\~*_<\[\]&]")
_STARS = re.compile(r"(?:\\\*){1,6}")
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>\n]{0,200})?\s*/?>")
_RAISED = re.compile(r"<sup>\s*(?P<label>[^<>\[\]\s]{1,6})\s*</sup>", re.IGNORECASE)
_ADDRESS = re.compile(r"<(?P<address>(?:https?://|mailto:)[^<>\s]+)>")
_COMMENT = re.compile(r"<!--(?P<text>.{0,500}?)-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_WORD_REFERENCE = re.compile(r"\[footnoteRef:(?P<label>[0-9]{1,4})\](?:[ \t]+(?=\[[0-9]{1,4}:))?")
_WORD_NOTE = re.compile(r"\[(?P<label>[0-9]{1,4}):[ \t]*")
_LABELLED = re.compile(r"\[(?P<caret>\^?)(?P<label>[^\[\]\s^]{1,6})\]")
# The boxes of a task list.
_BOX = re.compile(r"\[(?P<tick>[ xX])\](?=[ \t])")
_LONGEST_BULLET = 4
_LINE_START = re.compile(r"(?:^|(?<=\n))(?:[-*+•][ \t]{1,2})?$", re.MULTILINE)
_LINK_END = re.compile(r"\]\((?P<address>https?://[^\s()]+)\)")
# Tags by their element; sub- and superscript, fonts and places are no part of the text.
TAGS: Mapping[str, str] = {
    "u": "underline",
    "ins": "underline",
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "s": "struck",
    "strike": "struck",
    "del": "struck",
    "sup": "raised",
    "sub": "lowered",
}
# Runs of stars and low lines: which delimiters a run is when it opens; when it closes, they come the other way round.
_RUNS: Mapping[int, tuple[int, ...]] = {1: (1,), 2: (2,), 3: (2, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A stretch of a paragraph.

    ``whole`` stands for itself as ``inline``; ``rule``, ``meaning`` and ``outcome`` are for the journal, which hears of
    text only where there is an outcome. ``open`` and ``close`` are paired by ``mate``, an index; ``either`` can be
    both; ``name`` says of which sign. One that found no mate is left.
    """

    at: int
    source: str
    role: Role
    name: str = ""
    inline: Inline = ""
    rule: str = ""
    meaning: str = ""
    outcome: Outcome = ""
    mate: int | None = None

    @property
    def end(self) -> int:
        """Where the stretch ends."""
        return self.at + len(self.source)


def word_labels(text: str) -> frozenset[str]:
    """Return the signs of the notes that a word processor refers to in a text: ``[footnoteRef:1]``."""
    return frozenset(found["label"] for found in _WORD_REFERENCE.finditer(text))


def tokens(text: str, labels: frozenset[str], word_notes: frozenset[str] = frozenset()) -> list[Token]:
    """Part a paragraph into tokens and pair its signs.

    Parameters
    ----------
    text
        The paragraph.
    labels
        The signs of the notes of the document: only these make a raised figure, or an escaped star, a reference.
    word_notes
        Those of a word processor's notes, which may stand in a paragraph of their own.
    """
    return _paired([token for token in _Scanner(text, labels, word_notes).scan() if token.source])


def _paired(found: list[Token]) -> list[Token]:
    """Give the signs of each kind their mates; pairs of two kinds may overlap."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for index, token in enumerate(found):
        opened = waiting[token.name]
        if token.role in ("close", "either") and opened:
            mate = opened.pop()
            found[mate] = replace(found[mate], role="open", mate=index)
            found[index] = replace(token, role="close", mate=mate)
        elif token.role in ("open", "either"):
            opened.append(index)
    return found


class _Scanner:
    """One method for each first character of a sign."""

    def __init__(self, text: str, labels: frozenset[str], word_notes: frozenset[str]) -> None:
        self.text = text
        self.labels = labels
        self.at = 0
        self.word_notes = word_notes
        self.signs: Mapping[str, Callable[[], Iterator[Token]]] = {
            "\\": self._escape,
            "~": self._tilde,
            "*": self._run,
            "_": self._run,
            "<": self._angle,
            "[": self._bracket,
            "]": self._bracket_end,
            "&": self._entity,
        }

    def scan(self) -> Iterator[Token]:
        """Give the tokens of the text; what a method takes next stands where its last token ended."""
        while self.at < len(self.text):
            found = _NEXT_SIGN.search(self.text, self.at)
            end = found.start() if found else len(self.text)
            yield self._text(end - self.at)
            for token in self.signs[self.text[end]]() if found else ():
                self.at = max(self.at, token.end)
                yield token

    def _text(self, length: int) -> Token:
        """Take characters as text."""
        start, self.at = self.at, self.at + length
        taken = self.text[start : self.at]
        return Token(at=start, source=taken, role="text", inline=taken)

    def _whole(self, source: str, inline: Inline, rule: str, meaning: str, outcome: Outcome) -> Token:
        """Take a sign that stands for itself."""
        return Token(
            at=self.at, source=source, role="whole", inline=inline, rule=rule, meaning=meaning, outcome=outcome
        )

    def _reference(self, source: str, label: str, outcome: Outcome) -> Token:
        """Take the sign of a note."""
        element = Element(name="reference", attributes=(("label", label),))
        rule = "tag" if outcome == "markup" else "reference"
        return self._whole(source, element, rule, f"sign of the note {label}", outcome)

    # Signs

    def _escape(self) -> Iterator[Token]:
        r"""Read ``\*`` as the sign of a note or a star, ``\`` at a line end as a break, and other escapes."""
        stars = _STARS.match(self.text, self.at)
        label = "*" * (len(stars[0]) // 2) if stars else ""
        follows = self.text[self.at + 1 : self.at + 2]
        if stars and label in self.labels and self.text[max(0, self.at - 1) : self.at].strip():
            yield self._reference(stars[0], label, "decided")
        elif follows == "\n":
            yield self._whole("\\", "", "hard-break", "hard break: the line end is kept", "dropped")
        elif follows and follows in punctuation:
            yield self._whole("\\", "", "escape", f'the sign "{follows}" itself', "dropped")
            yield self._text(1)
        else:
            yield self._text(1)

    def _tilde(self) -> Iterator[Token]:
        """Read ``~~``; transcribers put spaces inside it."""
        length = self._length("~")
        if length == 2:
            yield Token(at=self.at, source="~~", role="either", name="~~")
        else:
            yield self._text(length)

    def _run(self) -> Iterator[Token]:
        """Read stars or low lines; those between white space, and rows of them, are printed."""
        sign = self.text[self.at]
        length = self._length(sign)
        before, after = self.text[max(0, self.at - 1) : self.at], self.text[self.at + length : self.at + length + 1]
        can_open, can_close = bool(after.strip()), bool(before.strip())
        if sign == "_":
            # Inside a word, or in a line to be filled in, a low line is itself.
            can_open, can_close = can_open and not before.isalnum(), can_close and not after.isalnum()
        if length not in _RUNS or not (can_open or can_close):
            yield self._text(length)
            return
        role: Role = "either" if can_open and can_close else "open" if can_open else "close"
        parts = _RUNS[length] if role != "close" else tuple(reversed(_RUNS[length]))
        for part in parts:
            yield Token(at=self.at, source=sign * part, role=role, name=sign * part)

    def _angle(self) -> Iterator[Token]:
        """Read tags, addresses, comments; any other ``<`` is text."""
        raised = _RAISED.match(self.text, self.at)
        address = _ADDRESS.match(self.text, self.at)
        comment = _COMMENT.match(self.text, self.at)
        if raised and raised["label"] in self.labels:
            yield self._reference(raised[0], raised["label"], "markup")
        elif raised and not raised["label"].isalpha():
            meaning = f"raised {raised['label']}, but no note begins with it"
            yield self._whole(raised[0], raised["label"], "tag", meaning, "left")
        elif address:
            yield self._whole(address[0], address["address"], "address", "an address", "decided")
        elif comment:
            element = note("ed", comment["text"])
            yield self._whole(comment[0], element, "comment", "a comment", "decided")
        else:
            yield self._tag()

    def _tag(self) -> Token:
        """Read one tag."""
        found = _TAG.match(self.text, self.at)
        name = found["name"].lower() if found else ""
        if found is None:
            return self._text(1)
        if name == "br":
            return self._whole(found[0], "\n", "tag", "line break", "markup")
        if name not in TAGS:
            return self._whole(found[0], found[0], "tag", f"unknown tag {name}", "left")
        return Token(at=self.at, source=found[0], role="close" if found["slash"] else "open", name=f"<{name}>")

    def _bracket(self) -> Iterator[Token]:
        """Read signs of notes and the beginning of a bracket."""
        word = _WORD_REFERENCE.match(self.text, self.at)
        word_note = _WORD_NOTE.match(self.text, self.at)
        labelled = _LABELLED.match(self.text, self.at)
        box = _BOX.match(self.text, self.at) if self._starts_line() else None
        if box:
            sign = "☐" if box["tick"] == " " else "☒"
            yield self._whole(box[0], sign, "notation", f"check box {sign}", "markup")
        elif word:
            element = Element(name="reference", attributes=(("label", word["label"]),))
            yield self._whole(word[0], element, "word-note", f"sign of the note {word['label']}", "markup")
        elif word_note and word_note["label"] in self.word_notes:
            label = word_note["label"]
            yield Token(at=self.at, source=word_note[0], role="open", name="[", rule="word-note", meaning=label)
        elif labelled and labelled["label"] in self.labels and self._is_label(labelled):
            yield self._reference(labelled[0], labelled["label"], "decided")
        else:
            yield Token(at=self.at, source="[", role="open", name="[")

    def _starts_line(self) -> bool:
        """Whether nothing but the sign of an item stands before on the line."""
        return bool(_LINE_START.search(self.text, max(0, self.at - _LONGEST_BULLET), self.at))

    def _is_label(self, found: re.Match[str]) -> bool:
        """Whether a bracket is the sign of a note: a figure directly after a figure corrects it."""
        return bool(found["caret"]) or (
            found["label"].isdecimal() and not self.text[max(0, self.at - 1) : self.at].isdecimal()
        )

    def _bracket_end(self) -> Iterator[Token]:
        """Read the end of a bracket, and the address of a link."""
        link = _LINK_END.match(self.text, self.at)
        if link:
            yield Token(at=self.at, source=link[0], role="close", name="[", meaning=link["address"])
        else:
            yield Token(at=self.at, source="]", role="close", name="[")

    def _entity(self) -> Iterator[Token]:
        """Read ``&amp;`` and its kin."""
        found = _ENTITY.match(self.text, self.at)
        sign = normalize("NFC", unescape(found[0])) if found else ""
        if found and len(sign) == 1 and (sign.isprintable() or sign == "\xa0") and not combining(sign):
            yield self._whole(found[0], sign, "entity", f'the sign "{sign}"', "markup")
        else:
            yield self._text(1)

    def _length(self, sign: str) -> int:
        """Return how many of a sign stand next."""
        end = self.at
        while self.text[end : end + 1] == sign:
            end += 1
        return end - self.at
