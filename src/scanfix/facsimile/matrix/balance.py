"""Fair plans: each level of a factor as often as the others, and no two factors that go together."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from numpy.random import Generator

# Of so many shuffles the one is taken that goes least with the factors before it; more gain nothing to speak of.
_TRIES = 12

Row = dict[str, str]


def rows(factors: Mapping[str, Sequence[str]], *, count: int, generator: Generator) -> list[Row]:
    """Return ``count`` rows of a level a factor, by shuffled blocks: levels of a factor differ by one at most.

    Blocks are dealt along the rows as an earlier factor sorts them, so that pairs of levels come out even too.
    """
    columns: dict[str, list[str]] = {}
    for name, levels in factors.items():
        tries = [_dealt(levels, count, _order(columns, attempt, count), generator) for attempt in range(_TRIES)]
        columns[name] = min(tries, key=lambda column: sum(confounding(column, other) for other in columns.values()))
    return [{name: column[index] for name, column in columns.items()} for index in range(count)]


def confounding(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how far pairs of levels are from equally frequent: the sum of squares over the number of rows."""
    pairs = Counter(zip(one, other, strict=True))
    even = len(one) / (len(set(one)) * len(set(other)))
    possible = ((left, right) for left in sorted(set(one)) for right in sorted(set(other)))
    return sum((pairs[pair] - even) ** 2 for pair in possible) / len(one)


def mend(plan: Sequence[Row], factor: str, allowed: Callable[[Row], bool]) -> list[Row]:
    """Exchange levels of one factor between rows until every row is allowed; how often each occurs stays as it is.

    Raises
    ------
    ValueError
        No exchange helps: the levels allowed are too few.
    """
    mended = [dict(row) for row in plan]
    for index, row in enumerate(mended):
        if allowed(row):
            continue
        # Rows far away first: neighbours stand in the same shuffled block.
        places = [(index + len(mended) // 2 + step) % len(mended) for step in range(len(mended))]
        partner = next((place for place in places if _may_exchange(row, mended[place], factor, allowed)), None)
        if partner is None:
            raise ValueError(f"facsimile matrix: {factor}={row[factor]} has no place in {row}. Plan fewer of it.")
        row[factor], mended[partner][factor] = mended[partner][factor], row[factor]
    return mended


def _order(columns: Mapping[str, Sequence[str]], attempt: int, count: int) -> list[int]:
    """Return the rows in the order in which one of the factors before, each in its turn, sorts them."""
    if not columns:
        return list(range(count))
    sorting = list(columns.values())[attempt % len(columns)]
    return sorted(range(count), key=lambda row: sorting[row])


def _dealt(levels: Sequence[str], count: int, order: Sequence[int], generator: Generator) -> list[str]:
    """Deal the levels over and over, each time in another order, to rows as they are ordered."""
    dealt: list[str] = []
    while len(dealt) < count:
        dealt.extend(levels[int(index)] for index in generator.permutation(len(levels)))
    column = [""] * count
    for row, level in zip(order, dealt, strict=False):
        column[row] = level
    return column


def _may_exchange(row: Row, other: Row, factor: str, allowed: Callable[[Row], bool]) -> bool:
    """Whether both rows are allowed with each other's level."""
    return allowed({**row, factor: other[factor]}) and allowed({**other, factor: row[factor]})
