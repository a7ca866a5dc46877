"""Page numbers as printed, and what their sequence tells: pages that are missing, or there twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scanfix.events.seen import PageSeen
from scanfix.model.event import Sight
from scanfix.model.text import Line, RegionKind

_ALONE = re.compile(r"\W*(?:page\s*)?(\d{1,3})\W*", re.IGNORECASE)
_NAMED = re.compile(r"(?:.*[^(\w])?page\s*(\d{1,3})(?:\s*of\s*(\d{1,3}))?\W*", re.IGNORECASE)
_FURNITURE: frozenset[RegionKind] = frozenset({"header", "footer", "page-number"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A page, the number printed on it, how many there are to be (0 where not said), and where that stands."""

    page: int
    number: int
    of: int
    sight: Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """Two pages that follow each other among the numbered ones, though their numbers do not."""

    before: Numbered
    after: Numbered

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers that are not here, as many as the scan has too few pages between."""
        lacking = (self.after.number - self.before.number) - (self.after.page - self.before.page)
        return tuple(range(self.before.number + 1, self.after.number))[-max(0, lacking) :] if lacking > 0 else ()


def numbered(pages: Sequence[PageSeen]) -> tuple[Numbered, ...]:
    """Return the pages that bear a number, in order; a number that its neighbours show to be misread is left out."""
    found = [one for page in pages if (one := _number(page))]
    return tuple(one for index, one in enumerate(found) if not _is_misread(found, index))


def jumps(found: Sequence[Numbered]) -> Iterator[Jump]:
    """Give the places where numbers are left out."""
    for before, after in pairwise(found):
        if (jump := Jump(before=before, after=after)).missing:
            yield jump


def repeats(found: Sequence[Numbered]) -> Iterator[Jump]:
    """Give pages next to each other that bear one number."""
    for before, after in pairwise(found):
        if after.number == before.number and after.page == before.page + 1:
            yield Jump(before=before, after=after)


def _number(page: PageSeen) -> Numbered | None:
    """Return the number of a page, ``None`` where none is printed or two differ."""
    found = list(_candidates(page))
    return found[0] if len({one.number for one in found}) == 1 else None


def _candidates(page: PageSeen) -> Iterator[Numbered]:
    """Give what may be the page's number."""
    for region in page.text.regions if page.text else ():
        if region.kind not in _FURNITURE:
            continue
        for line in region.lines:
            match = _NAMED.fullmatch(line.text)
            if match is None and region.kind == "page-number":
                match = _ALONE.fullmatch(line.text)
            if match:
                total = int(match[2]) if match.re is _NAMED and match[2] else 0
                yield Numbered(page=page.number, number=int(match[1]), of=total, sight=_sight(line, page.number))


def _is_misread(found: Sequence[Numbered], index: int) -> bool:
    """Tell whether the pages before and after a page fit each other and not it."""
    if not 0 < index < len(found) - 1:
        return False
    before, here, after = found[index - 1 : index + 2]
    return _fit(before, after) and not _fit(before, here) and not _fit(here, after)


def _fit(first: Numbered, second: Numbered) -> bool:
    """Tell whether numbers grow as the pages of the scan do."""
    return second.number - first.number == second.page - first.page


def _sight(line: Line, page: int) -> Sight:
    """Return a line as evidence."""
    return Sight(page=page, mark_id=line.line_id, box=line.box, confidence=line.confidence, name="text")
