"""Whether the end of one passage and the start of another can be one sentence.

No parser: the last word of an open end asks for something (a number word for a plural, "to" for a verb, an article
for a noun), and the first word of the continuation grants it or does not.
"""

import re
from collections.abc import Callable

from scanfix.truth.lint.words import vocabulary

_NUMBERS = vocabulary(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand several many few both"
)
_DETERMINERS = vocabulary(
    "the a an this that these those its their his her our your my each every any some no such another"
)
_PREPOSITIONS = vocabulary(
    "of in on at by for from with without under over upon into between among against during after before since until "
    "through throughout toward towards within about above below beyond near than as per via"
)
_AUXILIARIES = vocabulary(
    "will would shall should may might must can could do does did has have had be been being is are was were"
)
_PERFECT = vocabulary("has have had be been being is are was were")
_CONJUNCTIONS = vocabulary("and or but nor if that which who whether because although while when where")
_SUBJECTS = vocabulary("i we he she they it there who")
_VERBS = _AUXILIARIES | {"not"}
# No noun follows an article here.
_NO_NOUN = _VERBS | _SUBJECTS | _PREPOSITIONS | _CONJUNCTIONS | _DETERMINERS
# Proves nothing alone.
WEAK = 1
_WORD = re.compile(r"[\w'’-]+")


def strength(end: str, start: str) -> int:
    """Return how well a text goes on from an open end: 0 not at all, ``WEAK`` not against all sense, 3 very well.

    Parameters
    ----------
    end
        A text whose last sentence is open.
    start
        A text that begins in lower case.
    """
    last, first = _WORD.findall(end)[-1:], _WORD.findall(start)[:1]
    if not last or not first:
        return 0
    if not end.rstrip().endswith(last[0]):
        # A comma or bracket: anything may follow it.
        return WEAK
    return _after(last[0].lower(), first[0].lower())


def _after(last: str, first: str) -> int:
    """Return how well a word follows another."""
    for asks, grants, is_strong in _REQUESTS:
        if asks(last):
            return (3 if is_strong else 2) if grants(first) else 0
    # A noun, verb or adjective stands at the end: nearly anything may follow it.
    return 0 if first in _SUBJECTS else WEAK


def _is_plural(word: str) -> bool:
    """Whether a word may be a plural noun."""
    return word.endswith(("s", "men", "people")) and word not in _NO_NOUN


def _is_nominal(word: str) -> bool:
    """Whether a word may be a noun or an adjective."""
    return word not in _NO_NOUN


def _is_participle(word: str) -> bool:
    """Whether a word may follow "has" or "is"."""
    return word in {"been", "not", "never"} or word.endswith(("ed", "en", "ing", "ly", "n", "t"))


# What the last word is, what the first must be then, and whether the two bind strongly. The first that applies counts.
_REQUESTS: tuple[tuple[Callable[[str], bool], Callable[[str], bool], bool], ...] = (
    (lambda last: last in _NUMBERS or last.isdecimal(), _is_plural, True),
    (lambda last: last == "to", lambda first: first in _DETERMINERS or _is_nominal(first) or first in _PERFECT, False),
    (lambda last: last in _PERFECT, _is_participle, False),
    (lambda last: last in _AUXILIARIES, lambda first: first in _PERFECT | {"not"} or _is_nominal(first), False),
    (lambda last: last in _CONJUNCTIONS, lambda _: True, False),
    (lambda last: last in _DETERMINERS, _is_nominal, False),
    (lambda last: last in _PREPOSITIONS, lambda first: _is_nominal(first) or first in _DETERMINERS, False),
)  # fmt: skip
