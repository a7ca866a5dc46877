"""Which part of a text each of its words belongs to: parts are blocks, or lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from scanfix.scoring.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of a view, of some kind (``"paragraph"``, ``"table"``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """One view of a page: what the reference has, block by block, and what was read, without masks."""

    name: str
    reference: tuple[Part, ...]
    hypothesis: str


def joined(parts: Sequence[Part]) -> str:
    """Return the text of parts, an empty line between two."""
    return "\n\n".join(part.text for part in parts)


def part_of_words(texts: Sequence[str], policy: Policy) -> tuple[int, ...]:
    """Say of each word in which part it begins.

    Parameters
    ----------
    texts
        The parts, which are whole lines.
    policy
        How the parts, joined by line breaks, become words.

    Returns
    -------
    tuple of int
        As many as the joined text has words.
    """
    owners: list[int] = []
    before = ""
    for index, text in enumerate(texts):
        tokens = text.split(maxsplit=1)
        if not tokens:
            continue
        # A policy may join a word that is broken at the line end: it belongs to the part where it begins.
        own = len(policy.words(text)) - _shared(before, tokens[0], policy)
        owners += [index] * own
        before = text.rsplit(maxsplit=1)[-1] if len(tokens) > 1 else _last(before, tokens[0], policy)
    return tuple(owners)


def _shared(before: str, after: str, policy: Policy) -> int:
    """Return how many words fewer the ends of two parts have together than apart."""
    if not before:
        return 0
    return len(policy.words(before)) + len(policy.words(after)) - len(policy.words(f"{before}\n{after}"))


def _last(before: str, token: str, policy: Policy) -> str:
    """Return the end of the text so far, where a part is but one token and may only go on with the word before."""
    return f"{before}\n{token}" if _shared(before, token, policy) else token
