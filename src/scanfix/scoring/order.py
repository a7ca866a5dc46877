"""Order apart from recognition: where each block of the reference stands in what was read.

A block of which enough words are hits of the alignment stands where they are. One that the alignment had to pass over
is looked for in what it left: where most of its words follow each other at the right distance. What is in neither
place was not read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from statistics import median

from scanfix.model.score import Edit, OrderCounts

# Of a block's words, those that must be found; fewer meet by chance, as "the" and "of" do.
_ENOUGH = 0.5
# Words that stand everywhere say nothing of a place.
_MOST_PLACES = 40
# Words that an engine adds or loses within a block move what follows: up to a word in eight.
_DRIFT = 8


def count_order(alignment: Sequence[Edit], blocks: Sequence[int]) -> OrderCounts:
    """Count the blocks that were found, and how many pairs of them stand in the order of the reference.

    Parameters
    ----------
    alignment
        Of the words of a view.
    blocks
        The block of each word of the reference, from 0, never falling.
    """
    places = _places(alignment, blocks)
    found = [place for place in places if place is not None]
    pairs = list(combinations(found, 2))
    return OrderCounts(
        blocks=len(places),
        placed=len(found),
        pairs=len(pairs),
        in_order=sum(one < other for one, other in pairs),
        reversed=sum(one > other for one, other in pairs),
    )


def _places(alignment: Sequence[Edit], blocks: Sequence[int]) -> list[float | None]:
    """Say where in the hypothesis each block that has words stands; ``None`` where it was not found."""
    words: defaultdict[int, list[str]] = defaultdict(list)
    hits: defaultdict[int, list[int]] = defaultdict(list)
    free: dict[int, str] = {}
    wanted = read = 0
    for edit in alignment:
        for offset, word in enumerate(edit.reference):
            if edit.op != "masked":
                words[blocks[wanted + offset]].append(word)
            if edit.op == "equal":
                hits[blocks[wanted + offset]].append(read + offset)
        if edit.op != "equal":
            free.update(enumerate(edit.hypothesis, start=read))
        wanted += len(edit.reference)
        read += len(edit.hypothesis)
    in_place = {block: median(hits[block]) for block in words if len(hits[block]) >= _ENOUGH * len(words[block])}
    displaced = {block: words[block] for block in words if block not in in_place}
    found = in_place | dict(_search(displaced, free))
    return [found.get(block) for block in sorted(words)]


def _search(blocks: Mapping[int, Sequence[str]], free: dict[int, str]) -> Iterator[tuple[int, float]]:
    """Look for blocks among the words that are left, the longest first; each takes the words that it finds."""
    if not free:
        return
    at: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in free.items():
        at[word].append(position)
    taken: set[int] = set()
    for block in sorted(blocks, key=lambda block: -len(blocks[block])):
        positions = _where(blocks[block], at, taken)
        if len(positions) >= _ENOUGH * len(blocks[block]):
            taken.update(positions)
            yield block, median(positions)


def _where(words: Sequence[str], at: Mapping[str, Sequence[int]], taken: set[int]) -> list[int]:
    """Return the places of a block's words where most of them follow each other."""
    width = 1 + len(words) // _DRIFT
    votes: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for offset, word in enumerate(words):
        positions = at.get(word, ())
        for position in positions if len(positions) <= _MOST_PLACES else ():
            if position not in taken:
                # Two windows overlap, so that no edge parts a block.
                window = (position - offset) // width
                votes[window].setdefault(offset, position)
                votes[window + 1].setdefault(offset, position)
    best = max(votes.values(), key=len, default={})
    return sorted(set(best.values()))
