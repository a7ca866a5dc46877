"""Named, versioned ways to turn a text into the words that are compared; figures of two policies never meet.

``raw``
    Unicode's composed form; any run of white space parts words.
``archival``
    raw, and: words broken at a line end are joined; ligatures, quotes, dashes, ellipses and ballot boxes are folded.
    Case stays, for markings are upper case.
``search``
    archival, and: case folded, punctuation left out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

PolicyName = Literal["raw", "archival", "search"]

# Only the ligatures of printers' type: œ and æ are letters.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SINGLE_QUOTES = dict.fromkeys("‘’‚‛′`´ʼ", "'")
_DOUBLE_QUOTES = dict.fromkeys("“”„‟″«»", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_BOXES = {**dict.fromkeys("□▢◻❏❑", "☐"), **dict.fromkeys("☑⊠", "☒")}
_FOLDED = str.maketrans(_LIGATURES | _SINGLE_QUOTES | _DOUBLE_QUOTES | _DASHES | _BOXES | {"…": "...", "\u00ad": ""})
# A typist's dash is two hyphens, a typist's ellipsis may be spaced.
_LONG_DASH = re.compile(r"-{2,}")
_SPACED_DOTS = re.compile(r"\.(?: \.){2,}")
# One hyphen (also the soft one and the printer's own) after a letter or digit at a line end, and what follows.
_BROKEN_WORD = re.compile(r"(?<=(\w))[-\u2010\u00ad]\s*\n\s*(?=(\w))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How text becomes words; ``version`` is raised when the same text would give other words.

    Where it does not keep their form (case, punctuation), dates and names can no longer be told by it.
    """

    name: PolicyName
    version: int
    split: Callable[[str], tuple[str, ...]]
    keeps_form: bool = True

    def __str__(self) -> str:
        """``archival/1``, as reports print it."""
        return f"{self.name}/{self.version}"

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text, in order; none is empty or holds white space."""
        return self.split(text)


def _raw(text: str) -> tuple[str, ...]:
    """Part a text at white space."""
    return tuple(normalize("NFC", text).split())


def _archival(text: str) -> tuple[str, ...]:
    """Join broken words, fold what typewriters and engines write in several ways, and part at white space."""
    joined = _BROKEN_WORD.sub(_join, normalize("NFC", text))
    folded = _LONG_DASH.sub("-", joined.translate(_FOLDED))
    return tuple(normalize("NFC", _SPACED_DOTS.sub("...", folded)).split())


def _search(text: str) -> tuple[str, ...]:
    """Fold case and leave punctuation out; words of nothing else vanish."""
    return tuple(bare for word in _archival(text) if (bare := _bare(word)))


def _join(broken: re.Match[str]) -> str:
    """Return what stays of a hyphen at a line end.

    Before a small letter, and among capitals, it only breaks the word; before a capital or a digit (anti-Communist,
    1945-46) it is part of it. Both sides are treated alike, so that neither is charged for the other's lines.
    """
    before, after = broken.group(1), broken.group(2)
    return "" if after.islower() or (before.isupper() and after.isupper()) else "-"


def _bare(word: str) -> str:
    """Fold a word's case and drop its punctuation and symbols."""
    return normalize("NFC", "".join(sign for sign in word.casefold() if category(sign)[0] not in "PS"))


POLICIES: Mapping[PolicyName, Policy] = {
    "raw": Policy(name="raw", version=1, split=_raw),
    "archival": Policy(name="archival", version=1, split=_archival),
    "search": Policy(name="search", version=1, split=_search, keeps_form=False),
}
