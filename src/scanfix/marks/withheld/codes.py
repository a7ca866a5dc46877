"""Exemption codes: on what ground a place was withheld, as agencies print it in or beside the place.

Each code is written with a place for every sign; a sign that engines confuse is put right where its place demands it
and exactly one code fits.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["FOIA", "EO 13526", "EO 12958", "EO25X", "CIA", "JFK Act"]

# What engines read for the signs of codes. A c is read as a 6 or a 0 in its brackets, a b as a 6, an h as an n.
_READ_AS: Mapping[str, str] = {
    "1": "1lI|i!",
    "2": "2Zz",
    "3": "3",
    "5": "5Ss",
    "6": "6G",
    "7": "7",
    "8": "8B",
    "a": "aA",
    "b": "bB6",
    "c": "cC60¢eoO€",
    "d": "dD",
    "e": "eE",
    "f": "fF",
    "g": "gG",
    "h": "hHn",
    "X": "XxK",
    "A": "A4",
    "B": "B8",
    "S": "S5",
    "T": "T7",
    "I": "I1l|",
    "N": "N",
    "L": "L",
}
_GAP = r"[\s._'’,-]{0,2}"
_OPEN, _SHUT = r"[(\[{<]?", r"[)\]}>]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code: its one form, its scheme, as it was read, and where it stands in the reading (start, end)."""

    text: str
    scheme: Scheme
    as_read: str
    repaired: bool
    span: tuple[int, int]


def _all_codes() -> Iterator[tuple[str, Scheme]]:
    """Write all codes: of FOIA, the executive orders, the 25-year rule, the CIA and the Kennedy act."""
    for number in "12345689":
        yield f"(b)({number})", "FOIA"
    yield "(b)(7)", "FOIA"
    for letter in "ABCDEF":
        yield f"(b)(7)({letter})", "FOIA"
    for letter in "abcdefgh":
        yield f"1.4({letter})", "EO 13526"
        yield f"1.5({letter})", "EO 12958"
    for number in "123456789":
        yield f"3.3(b)({number})", "EO 13526"
        yield f"3.4(b)({number})", "EO 12958"
        yield f"25X{number}", "EO25X"
    for number in "123":
        yield f"3.3(h)({number})", "EO 13526"
    yield from ((code, "EO 13526") for code in ("3.5(c)", "6.2(c)", "6.2(d)"))
    yield from ((code, "EO25X") for code in ("25X1A", "50X1", "50X1-HUM", "50X2-WMD", "75X"))
    yield from ((code, "CIA") for code in ("STAT", "STATINTL"))
    yield from ((code, "JFK Act") for code in ("5(g)(2)(D)", "6(1)(A)", "6(1)(B)", "6(1)(C)"))


def _pattern(code: str) -> str:
    """Write a code as an expression that its misreadings fit too."""
    parts = []
    for sign in code:
        if sign in "()":
            parts.append(_OPEN if sign == "(" else _SHUT)
        elif sign in ".-":
            parts.append(_GAP)
        else:
            parts.append(f"[{re.escape(_READ_AS.get(sign, sign + sign.lower()))}]")
    return r"\s?".join(parts)


CODES: Mapping[str, Scheme] = dict(_all_codes())
_PATTERNS = {code: re.compile(_pattern(code)) for code in CODES}
# The State Department prints B1 and B7C.
_STATE = {
    code: re.compile("".join(part for part in ("[bB]", *(f"[{_READ_AS.get(s, s)}]" for s in code[4:] if s.isalnum()))))
    for code, scheme in CODES.items()
    if scheme == "FOIA"
}
# Beside a code may stand what the edge of its white ground leaves of letters and frames: points, quotes, a bracket.
_BETWEEN = re.compile(r"""[\s,;/&.+|:—–_'"‘’`*°-]*(?:[(\[{](?=\d[.,]\d))?""")
# Signs that a code needs at least to be more than a list's number: its brackets may be lost, not all of them.
_BRACKETS = re.compile(r"[(\[{<)\]}>]")
_PREFIX = re.compile(
    r"\s*E\.?\s?[O0]\.?\s?1(?:3526|2958|2356)[\s,.:]*(?:Sec(?:tion)?\.?\s?)?|\s*(?:F[O0]IA|PA|JFK Act)[\s:]*",
    re.IGNORECASE,
)


def read(text: str) -> tuple[Code, ...]:
    """Read a text that holds codes and nothing else; empty where it says anything besides."""
    start = _skip(text, 0)
    found: list[Code] = []
    while start < len(text):
        code = _at(text, start)
        if code is None:
            return ()
        found.append(code)
        start = _skip(text, code.span[1])
    return tuple(found)


def _skip(text: str, start: int) -> int:
    """Pass over what stands between codes, and the name of their order or act."""
    between = _BETWEEN.match(text, start)
    start = between.end() if between else start
    prefix = _PREFIX.match(text, start)
    return prefix.end() if prefix and prefix.end() > start else start


def _at(text: str, start: int) -> Code | None:
    """Read the code that begins at a place; of several the longest, ``None`` where two fit as well."""
    fits = [(code, match) for code, pattern in _PATTERNS.items() if (match := pattern.match(text, start))]
    fits += [(code, match) for code, pattern in _STATE.items() if (match := pattern.match(text, start))]
    fits = [(code, match) for code, match in fits if _is_enough(code, match.group()) and _ends(text, match.end())]
    if not fits:
        return None
    longest = max(match.end() for _, match in fits)
    best = {code: match for code, match in fits if match.end() == longest}
    exact = [code for code, match in best.items() if _bare(match.group()) == _bare(code)]
    chosen = exact or list(best)
    if len(chosen) != 1:
        return None
    as_read = best[chosen[0]].group()
    return Code(
        text=chosen[0],
        scheme=CODES[chosen[0]],
        as_read=as_read,
        repaired=_bare(as_read) != _bare(chosen[0]),
        span=(start, longest),
    )


def _is_enough(code: str, read_as: str) -> bool:
    """Tell whether enough of a code's marks were read: a number alone is no code."""
    if "(" not in code or _bare(read_as) == _bare(code):
        return _bare(code).isalnum() and not _bare(read_as).isdigit()
    return bool(_BRACKETS.search(read_as))


def _ends(text: str, end: int) -> bool:
    """Tell whether a code may end here: no letter or digit goes on."""
    return end >= len(text) or not text[end].isalnum()


def _bare(text: str) -> str:
    """Return letters and digits alone, in one case."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
