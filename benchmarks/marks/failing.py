"""Every failure by name: what was expected, what was found, and where; grouped as the tables are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from benchmarks.marks.filled import box_states, is_same, values
from benchmarks.marks.matching import IsEvent, answers, is_hit, lies_on, place_pairs, right_stamps, stamp_pairs
from benchmarks.marks.seeking import Judged
from benchmarks.marks.struck import is_struck_line
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind

_NOTHING = "nothing"
# What is said of a stamp that was not found.
_STAMP_LEVELS = ("rotation", "ink", "occlusion", "scan")
# Kinds whose every mark is in the annotations; underlines are no marks that anything looks for yet.
_TOLD: tuple[MarkKind, ...] = ("classification", "strikethrough", "banner", "redaction", "exemption")


class Failure(NamedTuple):
    """One failure: the group it belongs to, the boxes that were expected and found, in pixels of the scan."""

    group: str
    page: Judged
    expected: str
    found: str
    true_box: Box | None
    found_box: Box | None

    @property
    def box(self) -> Box:
        """What a picture must show."""
        return Box.around(box for box in (self.true_box, self.found_box) if box)


def failures(judged: Sequence[Judged], is_event: IsEvent, *, most: int) -> list[Failure]:
    """List failures, at most so many; each group gives its share."""
    groups: defaultdict[str, list[Failure]] = defaultdict(list)
    for one in chain(_real(judged, is_event), _drawn(judged, is_event)):
        groups[one.group].append(one)
    # One of each group in turn, so that a group with many failures does not push out those with few.
    chosen = [one for turn in zip_longest(*groups.values()) for one in turn if one][:most]
    order = list(groups)
    return sorted(chosen, key=lambda one: order.index(one.group))


def _real(judged: Sequence[Judged], is_event: IsEvent) -> Iterator[Failure]:
    """List the failures on real pages."""
    for page in judged:
        if page.known.group == "cib":
            yield from _told(page)
            yield from _statuses(page)
        if page.known.group == "ehri-en":
            for mark in page.found:
                if mark.kind in (*_TOLD, "stamp"):
                    yield Failure("ehri-en: found, to be looked at", page, "untold", describe(mark), None, mark.box)
        if page.known.group != "matrix":
            yield from _stamps(page)
            yield from _lines(page)
            yield from _events(page, is_event)
            yield from _hands(page)


def _told(page: Judged) -> Iterator[Failure]:
    """List what is not found, or found where nothing is."""
    group = page.known.group
    for mark in page.match.missed:
        if mark.kind in _TOLD:
            near = max(page.found, key=lambda other: other.box.iou(mark.box), default=None)
            near = near if near and near.box.iou(mark.box) > 0 else None
            found = describe(near)
            yield Failure(f"{group}: {mark.kind} missed", page, describe(mark), found, mark.box, _box(near))
    for mark in page.match.false_alarms:
        if mark.kind in _TOLD:
            yield Failure(f"{group}: {mark.kind} false", page, _NOTHING, describe(mark), None, mark.box)
    for pair in place_pairs(page, "banner"):
        for name in ("date", "number"):
            true, read = pair.truth.field(name), pair.found.field(name)
            if true and not is_same(true, read):
                yield Failure(f"{group}: banner fields", page, f"{name} {true}", read or _NOTHING, pair.truth.box, None)


def _statuses(page: Judged) -> Iterator[Failure]:
    """List the statuses that are wrong or not told."""
    for pair in page.match.pairs:
        true, found = pair.truth, pair.found
        if true.kind == "classification" and true.status in ("struck", "active") and true.status != found.status:
            group = f"{page.known.group}: status of markings"
            yield Failure(group, page, describe(true), describe(found), true.box, found.box)


def _stamps(page: Judged) -> Iterator[Failure]:
    """List stamps that are missed, and fields and boxes that are wrong."""
    group = page.known.group
    pairs = stamp_pairs(page)
    for mark in page.known.marks:
        if mark.kind == "stamp" and not any(pair.truth is mark for pair in pairs):
            family = mark.field("family") or "zone"
            yield Failure(f"{group}: stamp missed, {family}", page, describe(mark), _NOTHING, mark.box, None)
    yield from _filled(page, f"{group}: stamp")


def _filled(page: Judged, group: str) -> Iterator[Failure]:
    """List fields and boxes of stamps that are wrong."""
    for pair in stamp_pairs(page):
        if pair.truth.field("family") != pair.found.field("family"):
            continue
        for name, value in values(pair.truth):
            read = pair.found.field(name)
            if not is_same(value, read):
                said = f"{name} {value}", read or _NOTHING
                yield Failure(f"{group} fields, {name}", page, *said, pair.truth.box, _place(pair.found, name))
    for (name, state), found, stamp in box_states(page):
        if state != found:
            yield Failure(f"{group} boxes", page, f"{name} {state}", found, stamp.box, None)


def _place(stamp: Mark, field: str) -> Box:
    """Return where a field was read; the stamp's own box where it was not."""
    places = (piece.box for piece in stamp.evidence if piece.name == f"field.{field}" and piece.box)
    return next(places, stamp.box)


def _lines(page: Judged) -> Iterator[Failure]:
    """List lines with struck words that nothing says, and others that something calls struck."""
    for line in page.known.lines:
        found = is_struck_line(page, line.box)
        if found != line.is_struck:
            said = ("words struck", "none") if line.is_struck else ("none struck", "struck")
            which = "missed" if line.is_struck else "false"
            yield Failure(f"{page.known.group}: struck line {which}", page, *said, line.box, None)


def _events(page: Judged, is_event: IsEvent) -> Iterator[Failure]:
    """List stamps that are taken for events where there are none."""
    right = right_stamps(page)
    for mark in page.found:
        if is_event(mark) and id(mark) not in right:
            yield Failure(f"{page.known.group}: false stamp events", page, _NOTHING, describe(mark), None, mark.box)


def _hands(page: Judged) -> Iterator[Failure]:
    """List handwriting that was not found."""
    found = [mark for mark in page.found if mark.kind == "handwriting"]
    for mark in page.known.marks:
        if mark.kind == "handwriting" and not is_hit(mark, found):
            group = f"{page.known.group}: handwriting missed"
            yield Failure(group, page, describe(mark), _NOTHING, mark.box, None)


# The matrix


def _drawn(judged: Sequence[Judged], is_event: IsEvent) -> Iterator[Failure]:
    """List the failures of the matrix, stratum by stratum."""
    pages = [page for page in judged if page.known.group == "matrix"]
    yield from _struck(pages)
    yield from _stamped(pages, is_event)
    yield from _withheld(pages)
    for page in pages:
        if any(entry.stratum == "clean" for entry in page.known.entries):
            for mark in page.match.false_alarms:
                yield Failure("matrix: clean pages", page, _NOTHING, describe(mark), None, mark.box)


def _struck(pages: Sequence[Judged]) -> Iterator[Failure]:
    """List section A."""
    for one in answers(pages, "A"):
        entry, box = one.entry, _box(one.found)
        if entry.side == "positive" and one.said != "struck":
            what = f"struck, {entry.level('shape')} {entry.level('coverage')}: {describe(one.truth)}"
            yield Failure(f"A {entry.stratum}: not called struck", one.page, what, describe(one.found), entry.box, box)
        if entry.side == "negative" and one.is_alarm and entry.stratum != "clean":
            what = f"not struck: {entry.level('lookalike')}"
            yield Failure(f"A {entry.stratum}: called struck", one.page, what, describe(one.found), entry.box, box)


def _stamped(pages: Sequence[Judged], is_event: IsEvent) -> Iterator[Failure]:
    """List section B."""
    for one in answers(pages, "B"):
        entry, box = one.entry, _box(one.found)
        if entry.is_positive and (one.found is None or one.found.field("family") != entry.family):
            levels = [f"{name} {entry.level(name)}" for name in _STAMP_LEVELS if entry.level(name)]
            what = ", ".join((entry.family, *levels))
            yield Failure(f"B {entry.family} missed", one.page, what, describe(one.found), entry.box, box)
    for page in pages:
        if any(entry.section == "B" for entry in page.known.entries):
            yield from _filled(page, "B")
        yield from _events(page, is_event)


def _withheld(pages: Sequence[Judged]) -> Iterator[Failure]:
    """List section C."""
    for one in answers(pages, "C"):
        entry = one.entry
        if entry.is_positive and one.found is None:
            what = f"{entry.level('cover')} over {entry.level('covered')}"
            yield Failure("C withheld: missed", one.page, what, _NOTHING, entry.box, None)
        if not entry.is_positive:
            for mark in one.page.match.false_alarms:
                if mark.kind == "redaction" and mark.field("style") != "pages" and lies_on(mark.box, entry.box):
                    what = f"no redaction: {entry.level('lookalike')}"
                    yield Failure("C withheld: false", one.page, what, describe(mark), entry.box, mark.box)


def _box(mark: Mark | None) -> Box | None:
    """Return a mark's box."""
    return mark.box if mark else None


def describe(mark: Mark | None) -> str:
    """Say what a mark is in a few words."""
    if mark is None:
        return _NOTHING
    words = (mark.kind, mark.status or "", mark.shape or "", mark.field("family") or "", repr(mark.text[:60]))
    return " ".join(word for word in words if word and word != "''")
