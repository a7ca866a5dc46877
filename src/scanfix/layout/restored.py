"""Struck words put back into the text as the un-struck crop reads; what was read before stays as the alternative."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import Line, Word

# A line whose words share that much of the struck letters' height is theirs; struck words never read are put there.
_SAME_LINE = 0.5
# A mark higher than that many of its line's heights strikes several lines.
_ONE_LINE = 2.0


def restore(groups: Sequence[Sequence[Line]], marks: Sequence[Mark]) -> list[list[Line]]:
    """Give struck words the text that was read of them without the stroke.

    Parameters
    ----------
    groups
        The engine's paragraphs.
    marks
        Marks of the page; those of kind strikethrough count that lie on one line. A struck paragraph is left as it was
        read.

    Returns
    -------
    list of list of Line
        The same lines; ids of words that were read before are kept.
    """
    found = [list(group) for group in groups]
    for mark in marks:
        texts = mark.text.split()
        if mark.kind == "strikethrough" and texts and mark.field("extent") is None:
            _put(found, mark, texts)
    return found


def _put(groups: list[list[Line]], mark: Mark, texts: Sequence[str]) -> None:
    """Put the words of one stroke into their line; without a line they stay with the mark."""
    places = [(group, number) for group in groups for number, line in enumerate(group) if _is_level(line, mark)]
    if not places:
        return
    group, number = max(places, key=lambda place: _shared(place[0][place[1]].box, mark.box))
    line = group[number]
    if mark.box.height > _ONE_LINE * line.box.height:
        return
    struck = [word for word in line.words if word.box.share_inside(mark.box) >= _SAME_LINE]
    if [word.text for word in struck] == list(texts):
        return
    new = _words(struck, mark, texts)
    rest = [word for word in line.words if word not in struck]
    words = tuple(sorted((*rest, *new), key=lambda word: word.box.left))
    group[number] = replace(line, words=words, box=Box.around(word.box for word in words))


def _words(struck: Sequence[Word], mark: Mark, texts: Sequence[str]) -> list[Word]:
    """Make the words of a stroke: in the old boxes where there are as many, else dealt over the struck place."""
    if len(struck) == len(texts):
        return [
            word if word.text == text else replace(word, text=text, alternatives=(word.text, *word.alternatives))
            for word, text in zip(struck, texts, strict=True)
        ]
    box = Box.around(word.box for word in struck) if struck else mark.box
    confidence = min((word.confidence for word in struck), default=mark.confidence)
    before = (" ".join(word.text for word in struck),) if struck else ()
    boxes = _dealt(box, texts)
    ids = [word.word_id for word in struck] + [f"{mark.mark_id}s{number}" for number in range(len(texts))]
    return [
        Word(word_id=word_id, text=text, box=place, confidence=confidence, alternatives=before)
        for word_id, text, place in zip(ids, texts, boxes, strict=False)
    ]


def _dealt(box: Box, texts: Sequence[str]) -> list[Box]:
    """Deal a box to words by their letters, a space between them."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    whole = ends[-1] - 1
    starts = [0, *ends[:-1]]
    return [
        Box(
            left=box.left + round(box.width * start / whole),
            top=box.top,
            right=box.left + max(round(box.width * start / whole) + 1, round(box.width * (end - 1) / whole)),
            bottom=box.bottom,
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _is_level(line: Line, mark: Mark) -> bool:
    """Tell whether struck words stand on a line."""
    return bool(line.words) and _shared(line.box, mark.box) >= _SAME_LINE


def _shared(line: Box, mark: Box) -> float:
    """Return the share of the lower one's height that a line and a mark have in common; 0 where they lie far apart."""
    rows = min(line.bottom, mark.bottom) - max(line.top, mark.top)
    away = max(line.left, mark.left) - min(line.right, mark.right)
    return rows / max(1, min(line.height, mark.height)) if away <= 2 * mark.height else 0.0
