"""Which words a mark has: those that it says itself, and those of the running text that it lies on.

A marking, a banner, a code, a stamp and a hand say their words, which are then no running text. A stroke or an
underline lies on words that stay where they are. A stamp or a hand may lie over running text: of the words in its place
it has those that are its own print, those that could hardly be read, and those of lines that end with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.text import Line, Word

# An engine's box of a struck or half hidden word reaches this many of the mark's heights beyond it.
_REACH = 0.6
_TALLEST = 4
# What stands alone in one line: words near it are it, for nothing else stands there.
_ALONE: frozenset[MarkKind] = frozenset({"banner", "classification", "exemption"})
# What may lie over running text.
_OVER: frozenset[MarkKind] = frozenset({"stamp", "seal", "handwriting"})
_ON_WORDS: frozenset[MarkKind] = frozenset({"strikethrough", "underline"})
# Of a word's box: that much lies in a mark where the word does.
_INSIDE = 0.6
# A stroke's box holds the struck letters alone, and engines box them too large.
_ON = 0.5
# Letters of a stamp's print are worn: two in five may be misread.
_ALIKE = 0.6
# Below it a word in a stamp's or a hand's place is as likely a misreading of it as text under it: nine of ten words of
# typed lines are surer.
_UNSURE = 0.5
# A line of a hand that both voices read that surely is typed.
_TYPED = 0.85


def bind(marks: Sequence[Mark], lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Give each mark the ids of its words; a word is said by one mark at most, strokes may lie on it besides."""
    said = _said(marks, lines)
    return tuple(
        replace(mark, word_ids=tuple(said.get(number, _lain_on(mark, lines)))) for number, mark in enumerate(marks)
    )


def said_by(bound: Sequence[Mark]) -> frozenset[str]:
    """Return the ids of the words that marks say, so that they are no running text.

    A marking in the body is typed text as well: "Strictly confidential." opens a letter.
    """
    says = _ALONE | _OVER
    return frozenset(
        word_id
        for mark in bound
        if mark.kind in says and not (mark.kind == "classification" and mark.field("position") == "body")
        for word_id in mark.word_ids
    )


def _said(marks: Sequence[Mark], lines: Sequence[Line]) -> Mapping[int, list[str]]:
    """Return the words that each mark says, by its number.

    Of two marks that lie close, the one whose middle line is nearer has the word.
    """
    owned: dict[int, list[str]] = {}
    for line in lines:
        for word in line.words:
            near = [number for number, mark in enumerate(marks) if _says(mark, word, line)]
            if near:
                owner = min(near, key=lambda number: _rank(marks[number], word))
                owned.setdefault(owner, []).append(word.word_id)
    return owned


def _rank(mark: Mark, word: Word) -> tuple[bool, float]:
    """Order marks that claim a word: those in one line before those that may lie over it, then the nearer."""
    return mark.kind in _OVER, abs(mark.box.centre[1] - word.box.centre[1])


def _says(mark: Mark, word: Word, line: Line) -> bool:
    """Tell whether a mark says a word."""
    if mark.kind in _ALONE:
        return _stands_at(word.box, mark.box)
    if mark.kind not in _OVER or word.box.share_inside(mark.box) < _INSIDE:
        return False
    if word.confidence < _UNSURE or _is_printed(word, mark):
        return True
    goes_on = any(other.box.share_inside(mark.box) < _INSIDE for other in line.words)
    return not goes_on and (mark.kind != "handwriting" or line.confidence < _TYPED)


def _is_printed(word: Word, mark: Mark) -> bool:
    """Tell whether a word is one that the mark was read to say."""
    text = _bare(word.text)
    return len(text) > 1 and any(
        OSA.normalized_similarity(text, other) >= _ALIKE for other in map(_bare, mark.text.split()) if other
    )


def _bare(text: str) -> str:
    """Return letters and digits alone, case folded."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _stands_at(word: Box, mark: Box) -> bool:
    """Tell whether a word stands at a mark: its middle is there or near, and it is not far taller."""
    x, y = word.centre
    place = mark.grow(round(_REACH * mark.height))
    is_there = place.left <= x <= place.right and place.top <= y <= place.bottom
    return is_there and word.height <= _TALLEST * mark.height


def _lain_on(mark: Mark, lines: Sequence[Line]) -> Iterator[str]:
    """Give the words that a stroke or an underline lies on."""
    if mark.kind not in _ON_WORDS:
        return
    for line in lines:
        on = [word.word_id for word in line.words if word.box.share_inside(mark.box) >= _ON]
        # The strokes of a cancelled paragraph need not reach its ends.
        is_whole = mark.field("extent") == "block" and 2 * len(on) >= len(line.words)
        yield from [word.word_id for word in line.words] if is_whole else on
