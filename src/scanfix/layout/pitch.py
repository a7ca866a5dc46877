"""The page's own measure: how wide its letters and how high its words are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from scanfix.model.text import Line

# Two pieces are of one line where their middles are closer than this share of the usual height.
_SAME_LINE = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """The usual width of a letter, height of a word and distance of two lines, in pixels, all above 0."""

    letter_px: float
    line_px: float
    step_px: float


def of(lines: Sequence[Line]) -> Pitch:
    """Measure the typing of lines (at least one); medians, as an engine's boxes are off where ink is."""
    words = [word for line in lines for word in line.words]
    # One letter alone is narrower than a letter and its share of the blank: i, l, a stop.
    long = [word for word in words if len(word.text) > 1] or words
    line_px = max(1.0, float(median(word.box.height for word in words)))
    return Pitch(
        letter_px=max(1.0, median(word.box.width / len(word.text) for word in long)),
        line_px=line_px,
        step_px=_step(lines, line_px),
    )


def middle(line: Line) -> float:
    """Return the height at which a line stands: the median of its words, as one tall speck moves a box."""
    return float(median(word.box.centre[1] for word in line.words))


def are_level(one: Line, other: Line, pitch: Pitch) -> bool:
    """Tell whether two pieces stand at one height."""
    return abs(middle(one) - middle(other)) < _SAME_LINE * pitch.line_px


def _step(lines: Sequence[Line], line_px: float) -> float:
    """Return the usual distance of two lines that are not level."""
    heights = sorted(middle(line) for line in lines)
    steps = [below - above for above, below in pairwise(heights)]
    return float(median([step for step in steps if step >= _SAME_LINE * line_px] or [line_px]))
