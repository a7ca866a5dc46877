"""What release banners say, and how it is read out of a poor reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from scanfix.marks.wordings import fold
from scanfix.model import numbers

# What agencies print before the date, or alone; read in any case.
ACTIONS: tuple[str, ...] = (
    "Approved for Release",
    "Declassified and Approved for Release",
    "Sanitized Copy Approved for Release",
    "Declassified in Part - Sanitized Copy Approved for Release",
    "Sanitized - Approved for Release",
    "Declassified and Approved for Release by NSA on",
    "Approved for Release by NSA on",
    "Release under the President John F. Kennedy Assassination Records Act of 1992",
    "Release in Full",
    "Release in Part",
    "Declassified - Public Disclosed",
    "Declassified - Publicly Disclosed",
)
# A misread sign costs three that fit: Approved for Release alone must not beat the longer action that it ends.
_MIN_LIKENESS = 0.8
_MISFIT = 3

# Signs that engines read for the digits of a date.
_AS_DIGITS = str.maketrans("OQDIl|ZSB", "000111258")
_D = r"[0-9OQDIl|ZSB]"
_DATE = re.compile(
    rf"({_D}{{4}})\s?[/.]\s?({_D}{{2}})\s?[/.]\s?({_D}{{2}})|({_D}{{2}})\s?[/.-]\s?({_D}{{2}})\s?[/.-]\s?({_D}{{4}})"
)
# Releases began with the Freedom of Information Act; and a year has two digits less than a number.
_YEARS = (1967, 2060)
_JFK_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*RELEASE\s*UNDER", re.IGNORECASE)
_ORDER = re.compile(r"E\.?\s?[O0]\.?\s?(1\d{4})(?!\d)", re.IGNORECASE)
# A line that may be a banner of which too little was read to know it.
_HINT = re.compile(r"appr[o0]ved|releas|declassif|kennedyassass", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A field of a banner: its value, and where it stands in the reading, in shares of the reading's length."""

    value: str
    start: float
    end: float
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """What a banner says; a field that could not be read is ``None``, ``text`` holds those that could.

    ``said`` are the fields with their places in the reading, by name: action, date, number, and where the banner has
    them case (of the State Department) and authority (an executive order).
    """

    action: str | None
    date: str | None
    number: str | None
    text: str
    said: tuple[tuple[str, Said], ...] = ()

    @property
    def confidence(self) -> float:
        """Share of the fields that was read, 0.5 for a third."""
        read = sum(field is not None for field in (self.action, self.date, self.number))
        return (0.0, 0.5, 0.9, 0.99)[read]


def is_hinted(text: str) -> bool:
    """Tell whether a line may be a banner's, so that it is worth a second reading."""
    return bool(_HINT.search("".join(text.split()))) or any(number.kind != "nnd" for number in numbers.find(text))


def parse(text: str) -> Banner | None:
    """Read the fields of a banner; ``None`` when the text is no banner's.

    A banner is known by its action, or by a date and a document number that stand together.
    """
    said: dict[str, Said] = {}
    day = _day(text)
    if day:
        said["date"] = day[1]
    parts = [match.group() for match in _DATE.finditer(text)]
    for number in numbers.find(text):
        parts.append(number.as_read)
        name = "case" if number.kind == "state-case" else "number"
        said.setdefault(name, _said(number.text, text, number.as_read, repaired=number.repaired))
    order = _ORDER.search(text)
    if order:
        said["authority"] = _said(f"E.O. {order.group(1)}", text, order.group())
    action = _action(text, parts)
    if action:
        said["action"] = action
    if action and "date" not in said:
        said |= _year(text)
    if not action and not {"date", "number"} <= said.keys():
        return None
    return _banner(said, day[0] if day else None)


def agreed(banners: Sequence[Banner]) -> tuple[Banner, dict[str, float]]:
    """Take of several readings of one banner (at least one) each field as most of them say; the first where all differ.

    Returns
    -------
    Banner, dict of str to float
        The banner, and how sure each field is, 0 to 1: by agreement, and whether signs had to be put right.
    """
    said: dict[str, Said] = {}
    sure: dict[str, float] = {}
    for name in dict.fromkeys(name for banner in banners for name, _ in banner.said):
        read = [field for banner in banners for other, field in banner.said if other == name]
        votes = [sum(other.value == field.value for other in read) for field in read]
        best = max(range(len(read)), key=lambda index: (votes[index], not read[index].repaired))
        said[name] = read[best]
        sure[name] = _sureness(votes[best], len(read), is_repaired=all(field.repaired for field in read))
    dates = [banner.text for banner in banners if banner.date and said.get("date")]
    printed = next((match.group() for text in dates if (match := _DATE.search(text))), None)
    return _banner(said, printed), sure


def _sureness(votes: int, readings: int, *, is_repaired: bool) -> float:
    """Weigh agreement: two readings of one wrong value are rare, one reading alone is wrong in one of ten."""
    alone = 0.9 if readings == 1 else 0.6
    return (0.98 if votes > 1 else alone) - 0.1 * is_repaired


def _banner(said: dict[str, Said], printed: str | None) -> Banner:
    """Write the fields as a banner; the date as it was printed."""
    action, day, number = (said[name].value if name in said else None for name in ("action", "date", "number"))
    parts = (f"{action}:" if action else None, printed if day and printed else day, number)
    return Banner(
        action=action,
        date=day,
        number=number,
        text=" ".join(part for part in parts if part),
        said=tuple(said.items()),
    )


def _said(value: str, text: str, part: str, *, repaired: bool = False) -> Said:
    """Place a part of a text."""
    start = text.find(part)
    return Said(value, start / len(text), (start + len(part)) / len(text), repaired)


def _day(text: str) -> tuple[str, Said] | None:
    """Find the date, year first or (in US order) month first: as printed, and as ISO."""
    for match in _DATE.finditer(text):
        printed = "".join(match.group().split()).translate(_AS_DIGITS)
        year, month, day = re.split(r"\D", printed) if match.group(1) else _turned(re.split(r"\D", printed))
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if _YEARS[0] <= found.year <= _YEARS[1]:
            said = _said(found.isoformat(), text, match.group(), repaired=printed != "".join(match.group().split()))
            return printed, said
    return None


def _turned(parts: Sequence[str]) -> tuple[str, str, str]:
    """Bring month, day, year to year, month, day."""
    month, day, year = parts
    return year, month, day


def _year(text: str) -> dict[str, Said]:
    """Find the year of a release under the Kennedy act."""
    match = _JFK_YEAR.search(text)
    return {"date": Said(match.group(1), match.start() / len(text), match.end() / len(text))} if match else {}


def _action(text: str, parts: Sequence[str]) -> Said | None:
    """Return the action that a text says beside its date and numbers, ``None`` where it fits none."""
    pieces = re.split("|".join(map(re.escape, parts)), text) if parts else [text]
    fits = [(_fit(piece, action, alone=not parts), action, piece) for piece in pieces for action in ACTIONS if piece]
    best, action, piece = max(fits, default=(0.0, "", ""))
    return _said(action, text, piece) if best > 0 else None


def _fit(text: str, action: str, *, alone: bool) -> int:
    """Count the signs of an action that a text says, 0 where it says something else.

    What stands before the action may be the remains of a frame, except where it stands ``alone``: prose says such
    words too.
    """
    read, wanted = fold(text), fold(action)
    tails = (read,) if alone else (read, read[-len(wanted) :])
    distance = min(OSA.distance(tail, wanted) for tail in tails)
    is_like = distance <= (1 - _MIN_LIKENESS) * len(wanted)
    return max(0, len(wanted) - _MISFIT * distance) if is_like else 0
