"""Text that says the same again and again, as engines do when they lose their place."""

from collections.abc import Sequence

# Four words in the same order twice are rare in prose (below 2 % of our sample's pages), the rule in a loop.
_LENGTH = 4


def repetition(words: Sequence[str]) -> float:
    """Return the share of runs of four words that stood on the page before; 0 for a page of fewer words.

    A line that comes again, a phrase or a single word in a loop all count.
    """
    runs = [tuple(words[start : start + _LENGTH]) for start in range(len(words) - _LENGTH + 1)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0
