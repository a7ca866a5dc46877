"""Hyphens at line ends: a word that was only broken becomes whole again, one that is written with a hyphen keeps it.

No dictionary is asked: the rules are those of typists, and where they leave it open, the document's own words decide.
One that writes "to-day" within its lines means the same where the line ends after "to-".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from scanfix.truth.lint.words import vocabulary

# What ends a broken line: hyphens, and the sign for one that shows only at line ends; not a dash of two hyphens.
_BREAK = re.compile(r"(?P<head>[^\s—–]*\w)(?P<sign>[-\u2010\u00ad\u00ac])$")
_REST = re.compile(r"(?P<word>\w(?:[\w'’\-\u2010]*\w)?)(?P<tail>\S*)")
_WORD = re.compile(r"\w(?:[\w'’\-\u2010]*\w)?")
# Signs that say themselves that the word is only broken.
_SOFT = frozenset("\u00ad\u00ac")
# "Ein- und Ausfuhr": the hyphen stands for a part that is still to come, and a space follows it.
_SUSPENDING = vocabulary("und oder sowie bzw")
_TENS = vocabulary("twenty thirty forty fifty sixty seventy eighty ninety vingt quatre-vingt")
_UNITS = vocabulary(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth "
    "deux trois quatre cinq six sept huit neuf"
)
# "dit-il", "y a-t-il", "c'est-à-dire", "self-government": always with a hyphen.
_INVERTED = vocabulary("il ils elle elles")
_HYPHENATED_PREFIXES = vocabulary("self")
_SMALL_PART = re.compile(r"\w[-\u2010]")


def own_words(texts: Iterable[str]) -> Mapping[str, int]:
    """Count the words of a document that stand whole within its lines, in small letters.

    Parameters
    ----------
    texts
        Passages, a line of the page a line.
    """
    return Counter(word for text in texts for word in _whole_words(text.split("\n")))


def resolved(lines: Sequence[str], own: Mapping[str, int]) -> tuple[str, ...]:
    """Make the broken words of a passage whole; each stands on the line that it begins on.

    Parameters
    ----------
    lines
        The lines of one passage, also of both halves of one that runs over a page.
    own
        The document's words, from ``own_words``.

    Returns
    -------
    tuple of str
        The lines; those that held nothing but the rest of a word are gone.
    """
    done: list[str] = []
    for line in lines:
        broken = _BREAK.search(done[-1]) if done else None
        rest = _REST.match(line)
        if broken and rest and rest["word"].casefold() not in _SUSPENDING:
            done[-1] = done[-1][: broken.start()] + _whole(broken, rest["word"], own) + rest["tail"]
            done += filter(None, [line[rest.end() :].lstrip()])
        else:
            done.append(line)
    return tuple(done)


def _whole_words(lines: Sequence[str]) -> Iterator[str]:
    """Give the words of lines, but for the two parts of those that a line end breaks."""
    for before, line in pairwise(("", *lines)):
        rest = _REST.match(line) if _BREAK.search(before) else None
        broken = _BREAK.search(line)
        within = line[rest.end("word") if rest else 0 : broken.start() if broken else len(line)]
        yield from (word.casefold().replace("\u2010", "-") for word in _WORD.findall(within))


def _whole(broken: re.Match[str], rest: str, own: Mapping[str, int]) -> str:
    """Put a word together again."""
    head = broken["head"]
    start = _WORD.findall(head)[-1] if _WORD.search(head) else head
    joined, hyphenated = (own.get(f"{start}{sign}{rest}".casefold(), 0) for sign in ("", "-"))
    if broken["sign"] not in _SOFT and (hyphenated > joined or (hyphenated == joined and _keeps(start, rest))):
        return f"{head}-{rest}"
    # Typists part the German ck as k-k.
    is_parted_ck = start[-1:] == rest[0] == "k" and not joined
    if is_parted_ck and own.get(f"{start[:-1]}c{rest}".casefold(), 0):
        return f"{head[:-1]}c{rest}"
    return f"{head}{rest}"


def _keeps(start: str, rest: str) -> bool:
    """Whether the rules of writing, not the line's end, put the hyphen between two parts."""
    head, tail = start.casefold(), rest.casefold()
    is_capital = not rest[0].islower() and not (start.isupper() and rest.isupper() and rest.isalpha())
    is_number = (head in _TENS and tail in _UNITS) or start[-1].isdigit()
    is_phrase = "-" in start or tail in _INVERTED or _SMALL_PART.match(tail) is not None
    return is_capital or is_number or is_phrase or head in _HYPHENATED_PREFIXES
