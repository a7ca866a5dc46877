"""How wide a machine sets its signs, in columns: the room of a mean letter."""

from dataclasses import dataclass
from functools import lru_cache

from scanfix.facsimile.asked.faces import FACES, FaceName
from scanfix.facsimile.surface import ink

# A setting machine's blanks are wide: nearly a letter on the bulletins, twice that after a stop.
_SET_BLANK, _SET_STOP = 0.85, 1.8
# It sets its letters this much wider than their type.
_LOOSE_EM = 0.035


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The widths of a face: one column each for a typewriter, of their own for a setting machine."""

    face: FaceName = "courier"

    @property
    def is_fixed(self) -> bool:
        """Whether every sign takes one column."""
        return FACES[self.face].is_fixed

    @property
    def blank(self) -> float:
        """The room between words."""
        return 1.0 if self.is_fixed else _SET_BLANK

    @property
    def stop(self) -> float:
        """The room between sentences: typists were taught two blanks."""
        return 2.0 if self.is_fixed else _SET_STOP

    def width(self, char: str) -> float:
        """Return the room of a sign."""
        return 1.0 if self.is_fixed else _set_width(self.face, char)

    def of(self, text: str) -> float:
        """Return the room of a text."""
        return sum(self.width(char) for char in text)


@lru_cache(maxsize=4096)
def _set_width(face: FaceName, char: str) -> float:
    """Return the room of a sign of a proportional face: its advance, in whole units where the machine counts so."""
    unit = FACES[face].unit_em
    advance = ink.width_of(char, face, ink.EM) / ink.EM
    return (round((advance + _LOOSE_EM) / unit) * unit if unit else advance) / ink.mean_advance_em(face)
