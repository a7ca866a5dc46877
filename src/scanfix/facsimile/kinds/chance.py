"""What is drawn about a document: each thing from numbers of its own, so that one range moved moves nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from numpy.random import Generator

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.dice import Dice

Choice = TypeVar("Choice")
# Inches, degrees and shares need no more places; a sidecar is read by people.
_PLACES = 4


class Chance:
    """Named draws for one document."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice

    def of(self, name: str) -> Generator:
        """Return the numbers of a name."""
        return self._dice.of(name)

    def between(self, name: str, low: float, high: float) -> float:
        """Draw a number from a range, all alike."""
        return round(float(self.of(name).uniform(low, high)), _PLACES)

    def around(self, name: str, middle: float, deviation: float) -> float:
        """Draw a number near another, never more than two deviations off."""
        off = float(self.of(name).normal(0.0, deviation))
        return round(middle + min(max(off, -2 * deviation), 2 * deviation), _PLACES)

    def whole(self, name: str, low: int, high: int) -> int:
        """Draw a whole number from ``low`` to ``high``, both included."""
        return int(self.of(name).integers(low, high + 1))

    def one(self, name: str, choices: Sequence[Choice]) -> Choice:
        """Draw one of several, all alike."""
        return choices[int(self.of(name).integers(len(choices)))]

    def often(self, name: str, probability: float) -> bool:
        """Throw a biased coin."""
        return bool(self.of(name).random() < probability)


def tilted(look: Look, chance: Chance, *, deviation_deg: float, pages: int) -> tuple[Look, ...]:
    """Lay each page a little differently."""
    angles = (chance.around(f"skew {page}", 0.0, deviation_deg) for page in range(pages))
    return tuple(replace(look, skew_deg=angle) for angle in angles)
