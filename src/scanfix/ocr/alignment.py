"""Two readings of a line, sign beside sign: where they agree, and where they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar

from rapidfuzz.distance import Levenshtein

from scanfix.model.text import Line
from scanfix.ocr.framing import Frame
from scanfix.ocr.rapid import Glyph


class HasText(Protocol):
    """Something that stands for a sign."""

    @property
    def text(self) -> str:
        """The sign."""
        ...


T = TypeVar("T", bound=HasText)
# Two shapes of one sign are no disagreement.
FOLDS = str.maketrans("‘’‚‛“”„‟–—−‐‑", "''''\"\"\"\"-----")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign of a reading.

    Parameters
    ----------
    text
        The sign; a space between words.
    confidence
        The reader's own, 0 to 1.
    x
        Column of its middle, in pixels of the page.
    word
        Number of the first reader's word that it is of; ``None`` for spaces and for the second reader's signs.
    runner_up, runner_up_confidence
        The second reader's next best sign there, and its probability.
    """

    text: str
    confidence: float
    x: float
    word: int | None = None
    runner_up: str = ""
    runner_up_confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of both readings; ``first`` and ``second`` are empty where one reads nothing there.

    ``before`` and ``after`` are the second reader's neighbours, ``None`` at an end of the line.
    """

    first: tuple[Sign, ...]
    second: tuple[Sign, ...]
    agrees: bool
    before: Sign | None = None
    after: Sign | None = None


def signs_of_line(line: Line) -> tuple[Sign, ...]:
    """Spell the first reading: a word's confidence stands for its signs, which share its width evenly."""
    found: list[Sign] = []
    for number, word in enumerate(line.words):
        if found:
            gap = (line.words[number - 1].box.right + word.box.left) / 2
            found.append(Sign(text=" ", confidence=word.confidence, x=gap))
        step = word.box.width / len(word.text)
        found += [
            Sign(text=sign, confidence=word.confidence, x=word.box.left + (place + 0.5) * step, word=number)
            for place, sign in enumerate(word.text)
        ]
    return tuple(found)


def signs_of_strip(glyphs: Sequence[Glyph], frame: Frame) -> tuple[Sign, ...]:
    """Put the second reading back on the page; spaces at the ends and doubled ones are left out."""
    signs = [
        Sign(
            text=one.text,
            confidence=one.confidence,
            x=frame.page_x(one.at),
            runner_up=one.runner_up,
            runner_up_confidence=one.runner_up_confidence,
        )
        for one in glyphs
    ]
    while signs and signs[-1].text == " ":
        signs.pop()
    return tuple(
        sign for place, sign in enumerate(signs) if sign.text != " " or (place > 0 and signs[place - 1].text != " ")
    )


def words_of(signs: Iterable[T]) -> tuple[tuple[T, ...], ...]:
    """Part signs at spaces."""
    runs = groupby(signs, key=lambda sign: sign.text == " ")
    return tuple(tuple(run) for is_space, run in runs if not is_space)


def align(first: Sequence[Sign], second: Sequence[Sign]) -> tuple[Segment, ...]:
    """Align two readings.

    Returns
    -------
    tuple of Segment
        In order; joined, they give both readings back. Neighbouring differences are one segment (``rn`` against
        ``m``), unless both sides are equally long: then they are told sign by sign.

    Notes
    -----
    Levenshtein's alignment, as in ROVER (Fiscus, 1997) for two systems, but over signs instead of words.
    """
    one = "".join(sign.text for sign in first).translate(FOLDS)
    two = "".join(sign.text for sign in second).translate(FOLDS)
    found: list[Segment] = []
    pending = [0, 0, 0, 0]
    for code in Levenshtein.opcodes(one, two):
        if code.tag != "equal":
            pending = [pending[0], code.src_end, pending[2], code.dest_end]
            continue
        found += _differences(first, second, pending)
        pair = (first[code.src_start : code.src_end], second[code.dest_start : code.dest_end])
        found.append(Segment(first=tuple(pair[0]), second=tuple(pair[1]), agrees=True))
        pending = [code.src_end, code.src_end, code.dest_end, code.dest_end]
    return (*found, *_differences(first, second, pending))


def _differences(first: Sequence[Sign], second: Sequence[Sign], place: Sequence[int]) -> list[Segment]:
    """Make the segments of a difference: from and to in the first reading, from and to in the second."""
    start, end, second_start, second_end = place
    if start == end and second_start == second_end:
        return []
    if end - start == second_end - second_start:
        cuts = [
            (start + step, start + step + 1, second_start + step, second_start + step + 1)
            for step in range(end - start)
        ]
    else:
        cuts = [(start, end, second_start, second_end)]
    return [
        Segment(
            first=tuple(first[a:b]),
            second=tuple(second[c:d]),
            agrees=False,
            before=second[c - 1] if c else None,
            after=second[d] if d < len(second) else None,
        )
        for a, b, c, d in cuts
    ]
