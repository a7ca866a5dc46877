"""Which specimens share a page: one of each position, all on one kind of scan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from scanfix.facsimile.matrix.plan import Section, Specimen

PageKind = Literal["sheet", "cover", "clean", "stamps", "boxes"]
# How many specimens of a position a page takes; positions not named stand once on a sheet.
_ROOM: Mapping[str, int] = {"text": 3, "cover": 3, "page": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """A page of the matrix before it is drawn."""

    scan_id: str
    section: Section
    kind: PageKind
    scan: str
    specimens: tuple[Specimen, ...]

    def at(self, position: str) -> tuple[Specimen, ...]:
        """Return the specimens of a position."""
        return tuple(one for one in self.specimens if one.level("position") == position)


def of_markings(specimens: Sequence[Specimen]) -> tuple[PagePlan, ...]:
    """Put the specimens of section A on pages: struck and unstruck ones side by side, as they stand in archives."""
    ordered = sorted(specimens, key=lambda one: one.level("scan"))
    plans: list[PagePlan] = []
    for scan, group in groupby(ordered, key=lambda one: one.level("scan")):
        here = tuple(group)
        plans += _dealt(plans, scan, "sheet", [one for one in here if one.level("position") not in ("cover", "page")])
        plans += _dealt(plans, scan, "cover", [one for one in here if one.level("position") == "cover"])
        plans += _dealt(plans, scan, "clean", [one for one in here if one.level("position") == "page"])
    return tuple(plans)


def in_turn(specimens: Sequence[Specimen], *, section: Section, kind: PageKind, room: int) -> tuple[PagePlan, ...]:
    """Put specimens on pages of one kind, ``room`` a page at most, those of one scan together."""
    ordered = sorted(specimens, key=lambda one: one.level("scan"))
    plans: list[PagePlan] = []
    for scan, group in groupby(ordered, key=lambda one: one.level("scan")):
        here = tuple(group)
        count = -(-len(here) // room)
        # Every count-th: strata are planned one after the other, and a page shall hold of several.
        plans += [_plan(section, len(plans) + 1 + page, kind, scan, here[page::count]) for page in range(count)]
    return tuple(plans)


def _dealt(before: Sequence[PagePlan], scan: str, kind: PageKind, specimens: Sequence[Specimen]) -> list[PagePlan]:
    """Deal specimens to as many pages as their most frequent position needs, evenly."""
    by_position: dict[str, list[Specimen]] = {}
    # Strata are planned one after the other: dealt by turns, struck and unstruck ones meet on every page.
    for one in specimens:
        by_position.setdefault(one.level("position"), []).append(one)
    if not by_position:
        return []
    count = max(-(-len(found) // _ROOM.get(position, 1)) for position, found in by_position.items())
    hands: list[list[Specimen]] = [[] for _ in range(count)]
    for offset, position in enumerate(sorted(by_position)):
        for index, one in enumerate(by_position[position]):
            hands[(index + offset) % count].append(one)
    return [
        _plan("A", len(before) + number, kind, scan, tuple(hand)) for number, hand in enumerate(hands, start=1) if hand
    ]


def _plan(section: Section, number: int, kind: PageKind, scan: str, specimens: tuple[Specimen, ...]) -> PagePlan:
    """Name a page."""
    return PagePlan(
        scan_id=f"matrix-{section.lower()}-{number:04d}", section=section, kind=kind, scan=scan, specimens=specimens
    )
