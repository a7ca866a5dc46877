"""Level stamps without a frame: known by what they say, a block of capitals with a stamp's word or a dater's date.

Level print of a stamp is read with the page, so that its place and text are those of the page's words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word

# What registries, archives and reviewers have cut into stamps.
_ACTS = (
    "RECEIVED",
    "FILED",
    "INDEXED",
    "RECORDED",
    "ENTERED",
    "REGISTERED",
    "REGISTRY",
    "DISPATCHED",
    "FORWARDED",
    "REVIEWED",
    "RELEASED",
    "CANCELLED",
    "CANCELED",
    "GRADED",
    "DECLASSIFIED",
    "DOWNGRADED",
    "ARCHIVES",
)
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\.?"
_DATES = (rf"{_MONTH} ?\d{{1,2}},? ?-? ?19\d\d", rf"\d{{1,2}} ?{_MONTH} ?19\d\d", rf"19\d\d {_MONTH} \d{{1,2}}")
_SAYS = re.compile(rf"\b(?:{'|'.join((*_ACTS, *_DATES))})\b")
# A page typed in capitals, a telegram, would be all stamps.
_MOST_CAPITALS = 0.4
_SHARE = 0.9
# A stamp's line is short; words of one line stand near, lines of one stamp follow closely, in heights of a word.
_MOST_WORDS = 7
_APART = 2.5
_BELOW = 1.6
_LINES = (2, 7)
# The narrower of two lines lies over or under the other to that share.
_OVER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A block of capitals that says what stamps say: its box, its lines, how surely they were read."""

    box: Box
    texts: tuple[str, ...]
    confidence: float


def worded_of(lines: Sequence[Line]) -> tuple[Worded, ...]:
    """Find the blocks among the words of a page."""
    signs = [sign for line in lines for word in line.words for sign in word.text if sign.isalpha()]
    if not signs or sum(sign.isupper() for sign in signs) > _MOST_CAPITALS * len(signs):
        return ()
    runs = sorted((run for line in lines for run in _runs(line)), key=lambda run: run[0].box.top)
    found: list[Worded] = []
    free = list(runs)
    while free:
        block, free = _block(free)
        says = any(_SAYS.search(_text(run)) for run in block)
        if says and _LINES[0] <= len(block) <= _LINES[1]:
            words = [word for run in block for word in run]
            mean = sum(word.confidence for word in words) / len(words)
            box = Box.around(word.box for word in words)
            found.append(Worded(box=box, texts=tuple(_text(run) for run in block), confidence=mean))
    return tuple(found)


def _runs(line: Line) -> Iterator[tuple[Word, ...]]:
    """Yield the runs of words in capitals and figures; a run without a letter or figure is none."""
    run: list[Word] = []
    for word in sorted(line.words, key=lambda word: word.box.left):
        is_near = not run or word.box.left - run[-1].box.right <= _APART * word.box.height
        if run and not (is_near and _is_capital(word)):
            yield from _kept(run)
            run = []
        if _is_capital(word):
            run.append(word)
    yield from _kept(run)


def _kept(run: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield a run that may be a line of a stamp."""
    if run and len(run) <= _MOST_WORDS and sum(sign.isalnum() for sign in _text(run)) >= 3:
        yield tuple(run)


def _is_capital(word: Word) -> bool:
    """Tell whether a word has no small letters to speak of."""
    letters = [sign for sign in word.text if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) >= _SHARE * len(letters)


def _text(run: Sequence[Word]) -> str:
    """Return the words of a run."""
    return " ".join(word.text for word in run)


def _block(free: Sequence[tuple[Word, ...]]) -> tuple[list[tuple[Word, ...]], list[tuple[Word, ...]]]:
    """Take the first run and what follows it closely; return these and the rest."""
    block, rest = [free[0]], []
    for run in free[1:]:
        if _follows(_around(block[-1]), _around(run)):
            block.append(run)
        else:
            rest.append(run)
    return block, rest


def _follows(above: Box, below: Box) -> bool:
    """Tell whether a line stands closely under another."""
    height = min(above.height, below.height)
    across = min(above.right, below.right) - max(above.left, below.left)
    is_under = 0.3 * height <= below.top - above.top and below.top - above.bottom <= _BELOW * height
    return is_under and across >= _OVER * min(above.width, below.width)


def _around(run: Sequence[Word]) -> Box:
    """Return the box around a run."""
    return Box.around(word.box for word in run)
