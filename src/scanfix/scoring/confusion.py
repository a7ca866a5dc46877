"""What was read for what, from aligned texts: letters (``rn`` for ``m``) and words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from scanfix.model.score import Confusion, Edit
from scanfix.scoring.edits import SPACE

# A space, made visible.
_SEEN = "␣"
# Letters that stand for each other: a longer stretch is another text, a lost line, a speck read as words.
_LONGEST = 4
# Words: a stretch of them is mostly lost or invented, and what stands beside what in it is chance.
_LONGEST_WORDS = 3

Pairs = Counter[tuple[str, str]]


def letter_pairs(alignment: Sequence[Edit]) -> Pairs:
    """Count what letters were read for which, over the alignment of characters.

    What lies between two hits is taken together, so that ``rn`` read as ``m`` is one confusion and not a substitution
    beside a deletion. Longer stretches than four letters on a side, and those with a mask in them, confuse nothing
    with anything and are left out: their errors are in the counts.
    """
    pairs: Pairs = Counter()
    for wanted, read in _stretches(alignment):
        if len(wanted) <= _LONGEST and len(read) <= _LONGEST:
            pairs["".join(wanted).replace(SPACE, _SEEN), "".join(read).replace(SPACE, _SEEN)] += 1
    return pairs


def word_pairs(alignment: Sequence[Edit]) -> Pairs:
    """Count what words were read for which; words without a partner, and all of longer stretches, stand alone."""
    pairs: Pairs = Counter()
    for wanted, read in _stretches(alignment):
        if len(wanted) == len(read) <= _LONGEST_WORDS:
            pairs.update(zip(wanted, read, strict=True))
        elif min(len(wanted), len(read)) == 1 and max(len(wanted), len(read)) <= _LONGEST_WORDS:
            # A word that fell apart, or words that ran together.
            pairs[" ".join(wanted), " ".join(read)] += 1
        else:
            pairs.update((word, "") for word in wanted)
            pairs.update(("", word) for word in read)
    return pairs


def table(pairs: Pairs) -> tuple[Confusion, ...]:
    """Return confusions, the most frequent first, then by their signs."""
    order = sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Confusion(reference=wanted, hypothesis=read, count=count) for (wanted, read), count in order)


def _stretches(alignment: Sequence[Edit]) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give both sides of each stretch between hits that has no mask."""
    for is_hit, run in groupby(alignment, key=lambda edit: edit.op == "equal"):
        edits = tuple(run)
        if not is_hit and all(edit.op != "masked" for edit in edits):
            yield (
                tuple(word for edit in edits for word in edit.reference),
                tuple(word for edit in edits for word in edit.hypothesis),
            )
