"""Voting: of two readings of a line, sign by sign, the one more likely to be right, and how sure the words then are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log
from statistics import mean

from scanfix.model.geometry import Box
from scanfix.model.text import Line, Word
from scanfix.ocr import alignment
from scanfix.ocr import weights as weighing
from scanfix.ocr.alignment import Segment
from scanfix.ocr.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sign of the voted line.

    ``text`` is empty where the better voice read nothing. ``rival`` is what the other voice read there: ``None`` where
    they agree, empty after the first sign of a difference. ``odds`` says how likely the choice is right, 0.5 to 1;
    ``first`` and ``second`` are the confidences of both voices, ``runner_up`` is the second's next best sign, and
    ``doubt`` how far its own log odds speak for that one.
    """

    text: str
    x: float
    word: int | None
    odds: float
    rival: str | None
    first: float
    second: float
    runner_up: str = ""
    doubt: float = -inf


def choose(segments: Sequence[Segment], weights: Weights, pitch_px: float) -> tuple[Chosen, ...]:
    """Choose a reading for every segment of a line.

    Parameters
    ----------
    segments
        The aligned readings of the line.
    weights
        What the voices are worth.
    pitch_px
        Width of a place of the typewriter, in pixels of the page.
    """
    return tuple(sign for segment in segments for sign in _choose(segment, weights, pitch_px))


def words_of(line: Line, chosen: Sequence[Chosen], weights: Weights, pitch_px: float) -> tuple[Word, ...]:
    """Put the chosen signs together as words, with boxes on the page and calibrated confidences."""
    runs = runs_of(chosen)
    return tuple(
        _word(f"{line.line_id}w{number}", run, line, weights, pitch_px) for number, run in enumerate(runs, start=1)
    )


def runs_of(chosen: Sequence[Chosen]) -> tuple[tuple[Chosen, ...], ...]:
    """Part the signs of a line at its spaces; where the better voice read nothing there is no word."""
    return tuple(run for run in alignment.words_of(chosen) if any(sign.text for sign in run))


def single(line: Line, weights: Weights) -> Line:
    """Calibrate the confidences of a line that only the first voice read."""
    words = tuple(
        replace(word, confidence=weighing.logistic(weights.single, features_of_single(word))) for word in line.words
    )
    return replace(line, words=words)


def features_of_single(word: Word) -> tuple[float, ...]:
    """Describe a word of one voice, in the order of ``weights.SINGLE``."""
    return (1.0, weighing.log_odds(word.confidence), *_features_of_text(word.text))


def features_of_voted(run: Sequence[Chosen]) -> tuple[float, ...]:
    """Describe a word of two voices, in the order of ``weights.VOTED``."""
    differences = sum(sign.rival is not None for sign in run)
    return (
        1.0,
        weighing.log_odds(min(sign.second for sign in run)),
        weighing.log_odds(min(sign.first for sign in run)),
        weighing.log_odds(min(sign.odds for sign in run)) if differences else 0.0,
        float(differences),
        *_features_of_text("".join(sign.text for sign in run)),
    )


def _features_of_text(text: str) -> tuple[float, float]:
    """Describe a word's letters: how many, and whether there are digits."""
    return log(len(text)), float(any(sign.isdigit() for sign in text))


def _choose(segment: Segment, weights: Weights, pitch_px: float) -> tuple[Chosen, ...]:
    """Choose between the two sides of a segment."""
    first = weighing.confidence_of(segment.first, segment)
    second = weighing.confidence_of(segment.second, segment)
    if segment.agrees:
        return tuple(
            Chosen(
                text=one.text,
                x=two.x,
                word=one.word,
                odds=1.0,
                rival=None,
                first=one.confidence,
                second=two.confidence,
                runner_up=two.runner_up,
                doubt=weighing.log_odds(two.runner_up_confidence) - weighing.log_odds(two.confidence),
            )
            for one, two in zip(segment.first, segment.second, strict=True)
        )
    odds = weighing.logistic(weights.decision, weighing.features_of_decision(segment, weights, pitch_px))
    is_first = odds > 0.5
    taken, left = (segment.first, segment.second) if is_first else (segment.second, segment.first)
    words = {sign.word for sign in segment.first if sign.word is not None}
    owner = words.pop() if len(words) == 1 else None
    made = Chosen(
        text="",
        x=mean(sign.x for sign in taken or left),
        word=owner,
        odds=max(odds, 1 - odds),
        rival=weighing.text_of(left),
        first=first,
        second=second,
    )
    signs = tuple(
        replace(
            made, text=sign.text, x=sign.x, word=sign.word if is_first else owner, rival="" if place else made.rival
        )
        for place, sign in enumerate(taken)
    )
    return signs or (made,)


def _word(word_id: str, run: Sequence[Chosen], line: Line, weights: Weights, pitch_px: float) -> Word:
    """Make a word of its signs."""
    text = "".join(sign.text for sign in run)
    rival = _rival(run)
    return Word(
        word_id=word_id,
        text=text,
        box=_box(run, line, pitch_px),
        confidence=weighing.logistic(weights.voted, features_of_voted(run)),
        alternatives=(rival,) if rival and rival != text else (),
    )


def _rival(run: Sequence[Chosen]) -> str:
    """Spell the word as the other voice has it."""
    return "".join(sign.text if sign.rival is None else sign.rival for sign in run).strip()


def _box(run: Sequence[Chosen], line: Line, pitch_px: float) -> Box:
    """Find a word's box: that of the first reader's words where they are wholly of it, else by its signs' places."""
    own = [line.words[number].box for number in sorted({sign.word for sign in run if sign.word is not None})]
    left, right = round(run[0].x - pitch_px / 2), round(run[-1].x + pitch_px / 2)
    if own:
        around = Box.around(own)
        # A box that reaches a letter beyond the signs is of a word that was parted.
        if around.left >= left - pitch_px and around.right <= right + pitch_px:
            return around
        return Box(left=max(0, left), top=around.top, right=max(right, max(0, left) + 1), bottom=around.bottom)
    return Box(left=max(0, left), top=line.box.top, right=max(right, max(0, left) + 1), bottom=line.box.bottom)
