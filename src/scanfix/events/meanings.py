"""What the words of stamps and banners mean: actions, authorities, references, exemption codes."""

import re
from collections.abc import Iterator

from scanfix.events.seen import plain
from scanfix.model.event import Action, Authority, Reference

# The first that fits decides: words that limit a release stand before those that grant it.
_ACTIONS: tuple[tuple[str, Action], ...] = (
    ("DECLASSIFIED IN PART", "declassified_in_part"),
    ("IN PART", "released_part"),
    ("SANITIZED", "sanitized"),
    ("SANITISED", "sanitized"),
    ("NO CHANGE", "no_change"),
    ("DENIED", "denied"),
    ("EXEMPT", "exempted"),
    ("RETAINED", "original_retained"),
    ("CLOSED UNTIL", "closed_until"),
    ("DOWNGRADED", "downgraded"),
    ("UPGRADED", "upgraded"),
    ("CANCEL", "cancelled"),
    ("DECLASSIFIED", "declassified"),
    ("IN FULL", "released_full"),
    ("RELEASE", "released_full"),
    ("RECEIVED", "received"),
)
_SCHEMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), scheme)
    for pattern, scheme in (
        (r"CIA-?RDP.*", "CIA-RDP"),
        (r"C\d{7,8}", "CIA FOIA"),
        (r"1\d\d-1\d{4}-1\d{4}", "RIF"),
        (r"NND\W*\d{5,6}", "NND"),
        (r"NL[A-Z]\W*\S+", "MR case"),
        (r"F-\d{4}-\d+", "State FOIA case"),
    )
)
_CODES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), scheme)
    for pattern, scheme in (
        (r"\(?b\)?\(?\d\)?(?:\([a-f]\))?", "FOIA"),
        (r"25X\w+", "EO 25X"),
        (r"50X\w+(?:-\w+)?", "EO 50X"),
        (r"75X\w*", "EO 75X"),
        (r"1\.[45]\([a-h]\)", "EO 1.4"),
        (r"3\.\d\([a-h]\)(?:\(\d\))?", "EO 3"),
        (r"STAT(?:INTL|OTHR|SPEC)?", "CIA statute"),
    )
)
_ORDER = re.compile(r"E\.?\s*O\.?\s*(\d{5})", re.IGNORECASE)


def action_of(words: str) -> Action | None:
    """Tell the action that words name, ``None`` where they name none."""
    text = plain(words)
    return next((action for sign, action in _ACTIONS if sign in text), None)


def is_plain_release(words: str) -> bool:
    """Tell whether words grant a release and leave open whether all of it is released."""
    return action_of(words) == "released_full" and "IN FULL" not in plain(words)


def reference(number: str) -> Reference:
    """Name the scheme of a document number, as far as its form tells."""
    tight = "".join(number.split())
    scheme = next((scheme for pattern, scheme in _SCHEMES if pattern.fullmatch(tight)), "number")
    return Reference(scheme=scheme, number=number)


def agency_of(found: Reference) -> str:
    """Tell whose numbers these are; empty where the form does not tell."""
    return "CIA" if found.scheme.startswith("CIA") else ""


def scheme_of(code: str) -> str:
    """Tell under which scheme an exemption code stands."""
    tight = "".join(code.split())
    return next((scheme for pattern, scheme in _CODES if pattern.fullmatch(tight)), "other")


def codes_of(text: str) -> tuple[str, ...]:
    """Part the codes of one field: ``"B1,B6"``, ``"PART B6"``."""
    parts = [part.strip() for part in re.split(r"[,;]|\s+(?!\()", text)]
    return tuple(part for part in parts if part and part.upper() != "PART")


def authorities_of(fields: dict[str, str]) -> Iterator[Authority]:
    """Give the authorities that a stamp's fields name."""
    if order := fields.get("order"):
        section = fields.get("section")
        yield Authority(kind="order", text=f"{order}, Sec. {section}" if section else order)
    elif act := fields.get("act"):
        section = fields.get("section")
        yield Authority(kind="statute", text=f"{act}, s. {section}" if section else act)
    if named := fields.get("authority"):
        yield _named(named)
    if project := fields.get("project"):
        yield Authority(kind="project", text=project if "NND" in project.upper() else f"NND {project}")
    if program := fields.get("program"):
        yield Authority(kind="program", text=program)
    if review := fields.get("review"):
        yield Authority(kind="program", text=review)
    if official := fields.get("official"):
        yield Authority(kind="official", text=official)


def _named(text: str) -> Authority:
    """Tell what kind of authority a text names."""
    if _ORDER.search(text):
        return Authority(kind="order", text=text)
    if "NND" in text.upper():
        return Authority(kind="project", text=text)
    if re.search(r"\bACT\b", text.upper()):
        return Authority(kind="statute", text=text)
    return Authority(kind="regulation", text=text)
