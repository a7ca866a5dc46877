"""Where the lines of a page begin and end: its margins, its pitch, and whether its paragraphs are indented."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Self

from scanfix.model.text import BODY_KINDS, Line, PageText, Region

# Fewer lines show no margin.
_FEWEST_LINES = 4
# In characters: a typist's indent is three to ten, and what a level page's margin wavers is less than two.
_INDENT = 2.5
# An indent further in than this is a centred heading, or an address.
_DEEPEST_INDENT = 16
# Headings, lists and short letters have other first lines; of ten paragraphs, four that are indented show the habit.
_HABIT = 0.4
_FEWEST_PARAGRAPHS = 2
# In characters: lines of headings and of addresses say nothing of the margins.
_SHORTEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The left and right edge of a page's running lines and the width of a character, all in pixels.

    ``indents`` says whether paragraphs begin with an indent on this page, ``None`` where it has too few to tell.
    """

    left: float
    right: float
    pitch: float
    indents: bool | None

    @classmethod
    def of(cls, text: PageText) -> Self | None:
        """Measure a page; ``None`` where it has too few lines."""
        lines = [line for line in text.body_lines if len(line.text) >= _SHORTEST]
        if len(lines) < _FEWEST_LINES:
            return None
        left = quantiles([line.box.left for line in lines], n=10)[2]
        right = quantiles([line.box.right for line in lines], n=10)[8]
        pitch = median((line.box.right - line.box.left) / len(line.text) for line in lines)
        return cls(left=left, right=right, pitch=pitch, indents=_indents(text.regions, left, pitch))

    def room_after(self, line: Line) -> float:
        """Return how many characters more would fit on a line."""
        return (self.right - line.box.right) / self.pitch

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins as the first of an indented paragraph does."""
        return _INDENT <= (line.box.left - self.left) / self.pitch <= _DEEPEST_INDENT


def _indents(regions: Sequence[Region], left: float, pitch: float) -> bool | None:
    """Tell whether paragraphs begin with an indent: those that begin after a full line of others, or have a second."""
    firsts = [region.lines[0].box.left for region in regions if region.kind in BODY_KINDS and len(region.lines) > 1]
    # A page's first paragraph may be the rest of one.
    firsts = firsts[1:]
    if len(firsts) < _FEWEST_PARAGRAPHS:
        return None
    count = sum(_INDENT <= (first - left) / pitch <= _DEEPEST_INDENT for first in firsts)
    return count >= _HABIT * len(firsts)
