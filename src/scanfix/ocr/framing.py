"""Level strips of lines: where a recogniser of lines finds its letters, always at one size and one place.

Framing is half of a line recogniser's quality. The typing itself says where a line runs: the words of the engine's
first reading give baseline and slope, their heights (told apart by ascenders and descenders) the x-height, their
widths the pitch. Everything here is geometry; pixels are moved by ``images.strip``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median

from scanfix.model.geometry import Affine
from scanfix.model.text import Line, Word

# Heights of words over the x-height, by their tallest and their lowest letter, as Courier, Pica and Elite have them.
_TALL, _MIDDLE, _DEEP = 1.42, 1.3, 0.36
_TALL_LETTERS = frozenset("bdfhklßäöüéèêàâîôùûçÄÖÜ")
_DEEP_LETTERS = frozenset("gjpqyQç")
_BELOW_BASELINE = _DEEP_LETTERS | frozenset(",;()[]/$_")
_SURE = 0.7
_LEAST_LETTERS = 3
# A line whose letters are this many times larger or smaller than the page's is typed in another size (a title, a note).
_OTHER_SIZE = 1.25
# Larger letters are wider too, at least by this share of what they are higher; else a stroke under the line or a speck
# has pulled the boxes.
_WITH_SIZE = 0.4
# Boxes this much higher than their letters have a stroke or a neighbour in them: they do not tell the baseline.
_TOO_HIGH = 1.25
# Typed lines of a levelled page stay within about a degree; more is one word with a speck.
_STEEPEST = 0.02
# A page without a sure word: lines are then about this many x-heights high, with ascenders and descenders.
_LINE_HEIGHT = 1.6
_USUAL_PITCH = 1.17


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """The size of a page's letters, in pixels: height of lower-case letters, and distance from letter to letter."""

    x_height_px: float
    pitch_px: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where a line of typing runs, in pixels of the page: its letters, its baseline, its ends.

    The baseline lies at ``rise + slope * column``.
    """

    typing: Typing
    slope: float
    rise: float
    left: float
    right: float

    def baseline(self, column: float) -> float:
        """Return the baseline's row of pixels at a column."""
        return self.rise + self.slope * column


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What strips look like.

    Parameters
    ----------
    height_px
        Height of every strip.
    above, below
        x-heights above and below the baseline that a strip shows.
    margin
        x-heights before the first and after the last word.
    pitch_px
        Width of a letter to which wider typing is squeezed; narrower typing stays as it is.
    narrowest
        The strongest squeeze.
    """

    height_px: int
    above: float
    below: float
    margin: float
    pitch_px: float
    narrowest: float

    @property
    def x_height_px(self) -> float:
        """The height of lower-case letters in a strip."""
        return self.height_px / (self.above + self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a line's strip lies: the map from the page to the strip, and the strip's size in pixels.

    ``pitch_px`` is the distance from letter to letter on the page.
    """

    pitch_px: float
    to_strip: Affine
    width_px: int
    height_px: int

    def page_x(self, share: float) -> float:
        """Return the column of the page at a share (0 to 1) of the strip's width."""
        return (share * self.width_px - self.to_strip.c) / self.to_strip.a

    def part(self, start_px: int, end_px: int) -> "Frame":
        """Return the frame of the strip's columns from ``start_px`` up to ``end_px``."""
        moved = replace(self.to_strip, c=self.to_strip.c - start_px)
        return replace(self, to_strip=moved, width_px=end_px - start_px)


def measure(lines: Sequence[Line]) -> Typing | None:
    """Measure a page's typing by the boxes of its words; ``None`` where there is no word."""
    words = [word for line in lines for word in line.words if _is_measurable(word)]
    sure = [word for word in words if word.confidence >= _SURE] or words
    if not sure:
        heights = [line.box.height for line in lines if line.words]
        if not heights:
            return None
        x_height = median(heights) / _LINE_HEIGHT
        return Typing(x_height_px=x_height, pitch_px=_USUAL_PITCH * x_height)
    return Typing(x_height_px=median(map(_x_height, sure)), pitch_px=median(_pitch(word) for word in sure))


def frame(line: Line, typing: Typing, form: Form) -> Frame:
    """Frame a line.

    Parameters
    ----------
    line
        A line with at least one word.
    typing
        The page's letters; a line of clearly other size is framed by its own.
    form
        What strips look like.
    """
    return frame_of(row_of(line, typing), form)


def row_of(line: Line, typing: Typing) -> Row:
    """Measure the row of a line with at least one word; a line of clearly other size has letters of its own."""
    own = _own_typing(line, typing)
    slope, rise = _baseline(line.words, own)
    return Row(typing=own, slope=slope, rise=rise, left=line.box.left, right=line.box.right)


def frame_of(row: Row, form: Form) -> Frame:
    """Frame a row of typing."""
    own = row.typing
    scale = form.x_height_px / own.x_height_px
    squeeze = min(1.0, max(form.narrowest, form.pitch_px / (own.pitch_px * scale)))
    left = row.left - form.margin * own.x_height_px
    right = row.right + form.margin * own.x_height_px
    to_strip = Affine(
        a=scale * squeeze,
        b=0.0,
        c=-left * scale * squeeze,
        d=-row.slope * scale,
        e=scale,
        f=(form.above * own.x_height_px - row.rise) * scale,
    )
    width = max(form.height_px // 2, round((right - left) * scale * squeeze))
    return Frame(pitch_px=own.pitch_px, to_strip=to_strip, width_px=width, height_px=form.height_px)


def _is_measurable(word: Word) -> bool:
    """Tell whether a word's height and width say something about the typing."""
    return len(word.text) >= _LEAST_LETTERS and word.text.isalpha()


def _x_height(word: Word) -> float:
    """Reckon the x-height of a word from the height of its box and the letters in it."""
    has_tall = any(sign.isupper() or sign in _TALL_LETTERS for sign in word.text)
    top = _TALL if has_tall else _MIDDLE if {"i", "t", "j"} & set(word.text) else 1.0
    return word.box.height / (top + (_DEEP if _DEEP_LETTERS & set(word.text) else 0.0))


def _pitch(word: Word) -> float:
    """Reckon the distance from letter to letter: the box lacks about a sixth of a pitch at its ends."""
    return word.box.width / (len(word.text) - 1 / 6)


def _own_typing(line: Line, typing: Typing) -> Typing:
    """Return the page's typing, or the line's own where its letters clearly have another size."""
    sure = [word for word in line.words if word.confidence >= _SURE and _is_measurable(word)]
    if not sure:
        return typing
    x_height = median(map(_x_height, sure))
    larger = max(x_height / typing.x_height_px, typing.x_height_px / x_height)
    if larger < _OTHER_SIZE:
        return typing
    pitch = median(_pitch(word) for word in sure)
    if (pitch / typing.pitch_px - 1) / (x_height / typing.x_height_px - 1) < _WITH_SIZE:
        return typing
    return Typing(x_height_px=x_height, pitch_px=pitch)


def _baseline(words: Sequence[Word], typing: Typing) -> tuple[float, float]:
    """Fit the baseline: its slope, and its row at column 0.

    Words that reach below the line are left out where enough others stand on it. Slope by Theil (1950) and Sen (1968):
    the median of the slopes of all pairs, which one speck or comma does not move.
    """
    highest = _TOO_HIGH * typing.x_height_px
    standing = [
        word
        for word in words
        if len(word.text) > 1 and not _BELOW_BASELINE & set(word.text) and _x_height(word) <= highest
    ]
    if len(standing) >= 2:
        points = [(word.box.centre[0], float(word.box.bottom)) for word in standing]
    else:
        points = [(word.box.centre[0], word.box.bottom - _hanging(word)) for word in words]
    steps = [((one[1] - two[1]) / (one[0] - two[0])) for one, two in combinations(points, 2) if one[0] != two[0]]
    slope = min(_STEEPEST, max(-_STEEPEST, median(steps))) if len(points) >= 3 and steps else 0.0
    return slope, median(row - slope * column for column, row in points)


def _hanging(word: Word) -> float:
    """Reckon how far a word reaches below its line."""
    letters = set(word.text)
    share = _DEEP / (_TALL + _DEEP) if letters & _BELOW_BASELINE else 0.0
    return share * word.box.height
