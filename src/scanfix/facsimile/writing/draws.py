"""Random choices, many at a time: a generator is slow to ask for one number."""

from collections.abc import Sequence
from typing import TypeVar

from numpy.random import Generator

Choice = TypeVar("Choice")
# A page takes some thousand numbers; asking for them in hundreds costs no more than asking for one.
_BATCH = 512


class Draws:
    """Numbers drawn from a generator in batches.

    Parameters
    ----------
    generator
        Of ``dice.Dice``; it is left some numbers further on.
    """

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._numbers: list[float] = []

    def share(self) -> float:
        """Return a number from 0 to below 1."""
        if not self._numbers:
            self._numbers = self._generator.random(_BATCH).tolist()
        return self._numbers.pop()

    def chance(self, probability: float) -> bool:
        """Throw a biased coin."""
        return self.share() < probability

    def below(self, limit: int) -> int:
        """Return an index from 0 to ``limit`` - 1, all alike."""
        return int(self.share() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def low(self, limit: int) -> int:
        """Return an index below ``limit``, the small ones more often, as words of a language are used."""
        share = self.share()
        # A square: of a hundred words the first is then one in ten, as Zipf's law has it for a small stock.
        return int(share * share * limit)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Choose one, all alike."""
        return choices[self.below(len(choices))]
