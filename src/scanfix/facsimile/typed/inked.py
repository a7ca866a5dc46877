"""A block of typing on the paper."""

from dataclasses import dataclass

from scanfix.facsimile.marked.pen import PenStroke
from scanfix.facsimile.surface.outline import Outline
from scanfix.facsimile.typed.galley import TypedBlock
from scanfix.facsimile.typed.typewriter import InkedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedBlock:
    """A block and its rows on the paper, and the strokes that cancel all of it."""

    typed: TypedBlock
    rows: tuple[InkedRow, ...]
    strokes: tuple[PenStroke, ...] = ()

    @property
    def ink(self) -> tuple[Outline, ...]:
        """The ink of its words."""
        return tuple(ink for place, _ in self.typed.lines for word in self.rows[place].words for ink in word.ink)
