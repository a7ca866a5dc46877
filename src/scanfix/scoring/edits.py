"""Words and characters that were right, wrong, missed and invented; the only importer of jiwer.

Masked stretches of the reference match whatever the hypothesis has there, at no charge. jiwer aligns the words that
the reference does name. Then, in the stretch between two hits where a mask stands, each named word is charged once (a
substitution while the hypothesis has words for it, a deletion after that), and what the hypothesis has left is the
mask's. So masks never change what is a hit, and never add an error.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import jiwer
import regex

from scanfix.model.score import BagCounts, Edit, EditCounts, Op
from scanfix.model.transcript import MASK

_GRAPHEME = regex.compile(r"\X")
# jiwer parts words at spaces, so that a space that is compared needs another sign; this one is in no text.
SPACE = "\ue001"


class _Mask(NamedTuple):
    """A masked word of the reference, and the number of named words before it."""

    word: str
    before: int


def align(reference: Sequence[str], hypothesis: Sequence[str]) -> tuple[Edit, ...]:
    """Align two sequences of words.

    Parameters
    ----------
    reference
        Words as a policy gives them; one that holds ``MASK`` matches anything, and nothing.
    hypothesis
        Words as a policy gives them; masks in it are left out.

    Returns
    -------
    tuple of Edit
        In order; joined, the sides are the two sequences (without the hypothesis' masks).
    """
    named = tuple(word for word in reference if MASK not in word)
    read = tuple(word for word in hypothesis if MASK not in word)
    chunks = _chunks(named, read)
    if len(named) == len(reference):
        return tuple(chunks)
    return tuple(_masked(_runs(chunks), deque(_masks(reference))))


def count(alignment: Sequence[Edit]) -> EditCounts:
    """Count the edits of an alignment."""
    lengths: Counter[Op] = Counter()
    for edit in alignment:
        lengths[edit.op] += max(len(edit.reference), len(edit.hypothesis))
    return EditCounts(
        hits=lengths["equal"],
        substitutions=lengths["substitute"],
        deletions=lengths["delete"],
        insertions=lengths["insert"],
    )


def count_words(reference: Sequence[str], hypothesis: Sequence[str]) -> EditCounts:
    """Count right, wrong, missed and invented words; without a reference all are invented and there is no rate."""
    return count(align(reference, hypothesis))


def count_characters(reference: Sequence[str], hypothesis: Sequence[str]) -> EditCounts:
    """Count right, wrong, missed and invented characters of two sequences of words, joined by single spaces.

    Characters are grapheme clusters, what a reader takes for one letter: a decomposed accent is no second error.
    The spaces around a masked stretch are part of it.
    """
    return count(align_characters(reference, hypothesis))


def align_characters(reference: Sequence[str], hypothesis: Sequence[str]) -> tuple[Edit, ...]:
    """Align the characters of two sequences of words; spaces between words are ``SPACE``."""
    return align(_clusters(reference), _clusters(hypothesis))


def count_bag(alignment: Sequence[Edit]) -> BagCounts:
    """Count words found without regard to their order; those of masked stretches are left out."""
    wanted: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for edit in alignment:
        if edit.op != "masked":
            wanted.update(edit.reference)
            read.update(edit.hypothesis)
    return BagCounts(hits=(wanted & read).total(), reference=wanted.total(), hypothesis=read.total())


def _clusters(words: Sequence[str]) -> list[str]:
    """Return the grapheme clusters of words and of the spaces between them; masks swallow their spaces."""
    text = " ".join(words).replace(f" {MASK}", MASK).replace(f"{MASK} ", MASK)
    return [cluster if cluster != " " else SPACE for cluster in _GRAPHEME.findall(text)]


def _masks(reference: Sequence[str]) -> Iterator[_Mask]:
    """Give the masked words and how many named words stand before each."""
    before = 0
    for word in reference:
        if MASK in word:
            yield _Mask(word, before)
        else:
            before += 1


def _runs(chunks: Iterable[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Give an alignment in order: stretches of hits, and the edits between two such stretches."""
    for _, run in groupby(chunks, key=lambda edit: edit.op == "equal"):
        yield tuple(run)


def _chunks(reference: tuple[str, ...], hypothesis: tuple[str, ...]) -> Iterator[Edit]:
    """Give jiwer's alignment piece by piece."""
    if not reference or not hypothesis:
        yield from _unlike(reference, hypothesis)
        return
    output = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    for chunk in output.alignments[0]:
        wanted = reference[chunk.ref_start_idx : chunk.ref_end_idx]
        read = hypothesis[chunk.hyp_start_idx : chunk.hyp_end_idx]
        if chunk.type == "equal":
            yield Edit("equal", wanted, read)
        else:
            yield from _unlike(wanted, read)


def _unlike(reference: tuple[str, ...], hypothesis: tuple[str, ...]) -> Iterator[Edit]:
    """Give the edits of two stretches that have nothing in common, the later one of the longer side left over."""
    common = min(len(reference), len(hypothesis))
    if common:
        yield Edit("substitute", reference[:common], hypothesis[:common])
    if len(reference) > common:
        yield Edit("delete", reference[common:], ())
    if len(hypothesis) > common:
        yield Edit("insert", (), hypothesis[common:])


def _masked(runs: Iterable[tuple[Edit, ...]], masks: deque[_Mask]) -> Iterator[Edit]:
    """Put the masks back: among hits they take nothing, among other words what those leave over."""
    done = 0
    for run in runs:
        wanted = tuple(word for edit in run for word in edit.reference)
        end = done + len(wanted)
        if run[0].op == "equal":
            yield from _between_hits(wanted, _until(end - 1, masks), done)
        elif masks and masks[0].before <= end:
            stretch = list(wanted)
            for mask in reversed(_until(end, masks)):
                stretch.insert(mask.before - done, mask.word)
            yield from _around_masks(tuple(stretch), tuple(word for edit in run for word in edit.hypothesis))
        else:
            yield from run
        done = end
    yield from (Edit("masked", (mask.word,), ()) for mask in masks)


def _until(end: int, masks: deque[_Mask]) -> list[_Mask]:
    """Take the masks that have no more than ``end`` named words before them."""
    taken = []
    while masks and masks[0].before <= end:
        taken.append(masks.popleft())
    return taken


def _between_hits(words: tuple[str, ...], masks: Sequence[_Mask], done: int) -> Iterator[Edit]:
    """Give a stretch of hits with the masks in it; ``done`` named words stand before the stretch."""
    start = 0
    for mask in masks:
        end = mask.before - done
        if end > start:
            yield Edit("equal", words[start:end], words[start:end])
        yield Edit("masked", (mask.word,), ())
        start = end
    yield Edit("equal", words[start:], words[start:])


def _around_masks(reference: tuple[str, ...], hypothesis: tuple[str, ...]) -> Iterator[Edit]:
    """Give the edits of a stretch with masks: words before and after them first, the masks take what is left."""
    masks = [index for index, word in enumerate(reference) if MASK in word]
    before, between, after = (
        reference[: masks[0]],
        reference[masks[0] : masks[-1] + 1],
        reference[masks[-1] + 1 :],
    )
    head = min(len(before), len(hypothesis))
    tail = min(len(after), len(hypothesis) - head)
    rest = hypothesis[head : len(hypothesis) - tail]
    yield from _unlike(before, hypothesis[:head])
    yield from _between_masks(between, rest)
    yield from _unlike(after, hypothesis[len(hypothesis) - tail :])


def _between_masks(reference: tuple[str, ...], hypothesis: tuple[str, ...]) -> Iterator[Edit]:
    """Give the edits from the first mask to the last: the first takes what the words among them leave over."""
    named = sum(MASK not in word for word in reference)
    taken = max(0, len(hypothesis) - named)
    yield Edit("masked", reference[:1], hypothesis[:taken])
    for word in reference[1:]:
        if MASK in word:
            yield Edit("masked", (word,), ())
        else:
            yield from _unlike((word,), hypothesis[taken : taken + 1])
            taken += 1
