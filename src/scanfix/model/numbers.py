"""Document numbers of archives and agencies, found in what was read and put right where their structure proves it.

A number has a place for each digit and each letter: an O where only a digit can stand is a zero. What fits no
structure, or fits it in two ways, is not given at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["cia-rdp", "foia", "rif", "nnd", "state-case"]

# Signs that engines read for a digit; each stands for one digit only. B for 6, or T for 1, are as often wrong as right.
_DIGITS: Mapping[str, str] = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "!": "1"} | {
    "Z": "2",
    "S": "5",
    "$": "5",
    "G": "6",
    "B": "8",
}
# ... and for a letter. 0 and 1 stand for too many letters to choose from.
_LETTERS: Mapping[str, str] = {"2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B", "$": "S"}
# A third of the places misread is no longer a misread number but something else.
_MOST_REPAIRED = 1 / 3

# In the structures, # is a digit, @ a letter and everything else itself; blanks may stand anywhere in what was read.
_STRUCTURES: tuple[tuple[NumberKind, str], ...] = (
    ("cia-rdp", "CIA-RDP##@#####@############-#"),
    ("cia-rdp", "CIA-RDP##-#####@############-#"),
    ("rif", "###-#####-#####"),
    ("nnd", "NND######"),
    ("nnd", "NND#####"),
    ("state-case", "F-####-#####"),
    ("foia", "C0#######"),
)
_DASHES = "-‐‑‒–—―_~"
# What engines read for signs that never change; dashes fall out. The zero of a C-number comes as O, or as both.
_FIXED: Mapping[str, str] = {
    "-": rf"[{_DASHES}]?",
    "0": "(?:O0|0O|[0OQD])",
    "C": "[CG]",
    "I": r"[I1L|!]",
    "A": "[A4]",
    "D": "[D0O]",
}
# Without its dashes a RIF number is any eleven digits, a State case any date.
_FIRM_DASH = rf"[{_DASHES}]"
_FIRM: frozenset[NumberKind] = frozenset({"rif", "state-case"})
_BLANK = r"\s?"
# The words before an NND number and its dots.
_NND_GAP = r"[\s.:#=_-]{0,4}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A document number.

    ``text`` is its one form (``"C02733136"``), ``as_read`` what stood there; ``repaired`` tells that a sign was put
    right by its place, not merely a blank or a dash.
    """

    kind: NumberKind
    text: str
    as_read: str
    repaired: bool

    @property
    def check_sum(self) -> int | None:
        """The sum of the twelve digits and the check digit of a CIA-RDP number, modulo 10; else ``None``.

        It is the same for most numbers of one job and box (3,010 of 3,139 in the bulletins): one that differs from
        its neighbours may be misread. No rule is published, so that it proves nothing.
        """
        return sum(map(int, self.text[-14:-2] + self.text[-1])) % 10 if self.kind == "cia-rdp" else None


def find(text: str) -> tuple[Number, ...]:
    """Return the document numbers in a reading, in their order; what is no number for certain is left out."""
    found: list[tuple[int, int, Number]] = []
    for start, end, number in _candidates(text):
        others = [entry for entry in found if start < entry[1] and entry[0] < end]
        if not others:
            found.append((start, end, number))
    return tuple(number for _, _, number in sorted(found, key=lambda entry: entry[0]))


def _candidates(text: str) -> Iterator[tuple[int, int, Number]]:
    """Find what fits a structure, the longest structure first."""
    for (kind, structure), pattern in zip(_STRUCTURES, _PATTERNS, strict=True):
        for match in pattern.finditer(text):
            number = _read(kind, structure, match)
            if number:
                yield match.start(), match.end(), number


def _read(kind: NumberKind, structure: str, match: re.Match[str]) -> Number | None:
    """Write a match in its one form; ``None`` where too much of it was misread."""
    signs = iter([sign.upper() for sign in match.groups()])
    wanted, given, repaired = [], 0, 0
    for place in structure:
        if place not in "#@":
            wanted.append(place)
            continue
        sign = next(signs)
        right = (_DIGITS if place == "#" else _LETTERS).get(sign, sign)
        wanted.append(right)
        given, repaired = given + 1, repaired + (right != sign)
    written = "".join(wanted)
    is_changed = repaired > 0 or _bare(match.group()) != _bare(written)
    return (
        Number(kind=kind, text=written, as_read=match.group(), repaired=is_changed)
        if repaired <= _MOST_REPAIRED * given
        else None
    )


def _bare(text: str) -> str:
    """Return letters and digits alone."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _pattern(kind: NumberKind, structure: str) -> re.Pattern[str]:
    """Write a structure as an expression with a group for each digit and letter that can differ."""
    digit = rf"([0-9{re.escape(''.join(_DIGITS))}])"
    letter = rf"([A-Z{re.escape(''.join(sign for sign in _LETTERS if not sign.isalpha()))}])"
    parts = []
    for place in structure:
        dash = _FIRM_DASH if kind in _FIRM else _FIXED["-"]
        fixed = dash if place == "-" else _FIXED.get(place, re.escape(place))
        parts.append(digit if place == "#" else letter if place == "@" else fixed)
    body = _BLANK.join(parts)
    if kind == "nnd":
        # A blank ends it: the day of a date may follow.
        body = "NND" + _NND_GAP + "".join(parts[3:])
    # A date may touch the number that follows it; a word may not, nor may a digit too many.
    before = r"(?<![A-Z0-9-])" if kind in ("rif", "nnd") else r"(?<![A-Z])"
    return re.compile(before + body + r"(?!-?[0-9])(?![A-Z])", re.IGNORECASE)


_PATTERNS = tuple(_pattern(kind, structure) for kind, structure in _STRUCTURES)
