"""Which found mark answers which true one, and what it says: beyond equal kinds at equal places."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.marks.seeking import Judged
from scanfix import families
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkStatus
from scanfix.model.score import MarkPair
from scanfix.scoring.marks import match_marks

IOU = 0.5
# A mark lies on a thing where one of both is mostly inside the other: a stroke's box has other edges than its word's.
_ON = 0.5
# Handwriting has no exact edge: domain's annotators drew round it by eye.
_HAND_IOU, _HAND_COVERED = 0.3, 0.6
_STRIKABLE = ("classification", "strikethrough")
# Tells a stamp that is an event in a paper's life.
IsEvent = Callable[[Mark], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said of one specimen that may be struck.

    ``found`` is the mark at its place with its wording; ``is_alarm`` says that something on it is called struck.
    """

    page: Judged
    entry: Entry
    truth: Mark | None
    found: Mark | None
    is_alarm: bool

    @property
    def said(self) -> MarkStatus | None:
        """The status of what was found."""
        return self.found.status if self.found else None


def answers(pages: Sequence[Judged], section: str) -> list[Answer]:
    """Give the answer to every specimen of a section."""
    return [_answer(page, entry) for page in pages for entry in page.known.entries if entry.section == section]


def _answer(page: Judged, entry: Entry) -> Answer:
    """Find the mark that answers a specimen."""
    truth = next((mark for mark in page.known.marks if mark.mark_id == entry.mark_id), None)
    found = partner(page, truth) if truth else None
    struck = [mark for mark in page.found if mark.kind in _STRIKABLE and mark.status == "struck"]
    return Answer(
        page=page, entry=entry, truth=truth, found=found, is_alarm=any(lies_on(mark.box, entry.box) for mark in struck)
    )


def partner(page: Judged, truth: Mark) -> Mark | None:
    """Return the found mark of a true one.

    A struck word of the body that reads like a marking may be found as one, and a marking as a struck word.
    """
    # Of stamps that overlap, each is held against its own family.
    pairs = stamp_pairs(page) if truth.kind == "stamp" else page.match.pairs
    for pair in pairs:
        if pair.truth is truth:
            return pair.found
    if truth.kind != "strikethrough":
        return None
    rivals = [mark for mark in page.found if mark.kind == "classification" and mark.box.iou(truth.box) >= IOU]
    return max(rivals, key=lambda mark: mark.box.iou(truth.box), default=None)


def stamp_pairs(page: Judged) -> list[MarkPair]:
    """Pair stamps: those of one family first, then what is left, by place alone."""
    truth = [mark for mark in page.known.marks if mark.kind == "stamp"]
    found = [mark for mark in page.found if mark.kind == "stamp"]
    names = sorted({mark.field("family") or "" for mark in truth})
    pairs = list(chain.from_iterable(_paired(_of(truth, name), _of(found, name)) for name in names))
    left = [mark for mark in truth if not any(mark is pair.truth for pair in pairs)]
    free = [mark for mark in found if not any(mark is pair.found for pair in pairs)]
    return pairs + _paired(left, free)


def _paired(truth: Sequence[Mark], found: Sequence[Mark]) -> list[MarkPair]:
    """Pair marks of one kind by place."""
    return list(match_marks(truth, found, iou=IOU).pairs)


def _of(stamps: Sequence[Mark], family: str) -> list[Mark]:
    """Return the stamps of a family."""
    return [mark for mark in stamps if (mark.field("family") or "") == family]


def lies_on(mark: Box, thing: Box) -> bool:
    """Tell whether a mark lies on a thing or a thing in a mark."""
    return max(mark.share_inside(thing), thing.share_inside(mark)) >= _ON


def is_hit(truth: Mark, found: Iterable[Mark]) -> bool:
    """Tell whether a region without exact edges was found."""
    return any(
        mark.box.iou(truth.box) >= _HAND_IOU or truth.box.share_inside(mark.box) >= _HAND_COVERED for mark in found
    )


def place_pairs(page: Judged, kind: str) -> list[MarkPair]:
    """Pair marks of a kind by place alone, whatever they say."""
    bare = [mark for mark in page.known.marks if mark.kind == kind], [mark for mark in page.found if mark.kind == kind]
    best = sorted(
        (
            MarkPair(truth=truth, found=found, iou=truth.box.iou(found.box))
            for truth in bare[0]
            for found in bare[1]
            if truth.box.iou(found.box) >= IOU
        ),
        key=lambda pair: -pair.iou,
    )
    pairs: list[MarkPair] = []
    for pair in best:
        if not any(pair.truth is other.truth or pair.found is other.found for other in pairs):
            pairs.append(pair)
    return pairs


def right_stamps(page: Judged) -> set[int]:
    """Return which stamps stand at their place under their own name."""
    return {id(pair.found) for pair in stamp_pairs(page) if pair.truth.field("family") == pair.found.field("family")}


def events() -> IsEvent:
    """Return what tells a stamp that is an event in a paper's life: of a known family that is no legend or rule."""
    known = {family.family for family in families.read_families(Path(families.HERE)) if family.role == "stamp"}

    def is_event(mark: Mark) -> bool:
        return mark.kind == "stamp" and mark.field("family") in known

    return is_event
