"""What a release withholds: boxes, exemption codes, and notices that stand for whole pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanfix.events import meanings
from scanfix.events.seen import PageSeen, brief, plain, sights_of
from scanfix.model.event import RELEASES, Event, Exemption, Sight
from scanfix.model.mark import Mark
from scanfix.model.text import Line

_NOTICE = re.compile(r"\bNEXT (\d+) PAGE ?S? (?:IN DOCUMENT )?(?:EXEMPT|DENIED)")
# "Approved for release" says nothing of parts: boxes on the page prove a part, none seen proves less.
_PART_SEEN, _NONE_SEEN, _NOT_LOOKED_FOR = 0.95, 0.7, 0.5
_UNSOUGHT = "Withheld areas were not looked for."
_NOTICED = 0.95
# The style of a withheld area that stands for whole pages.
_PAGES = "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A page that says that pages after it are withheld."""

    page: int
    count: int
    words: str
    sights: tuple[Sight, ...]


def notices(pages: Sequence[PageSeen]) -> Iterator[Notice]:
    """Give the notices in place of pages: from marks, else from the lines of the text; one a page at most."""
    for page in pages:
        if found := _first(page):
            yield found


def events_of(pages: Sequence[PageSeen]) -> Iterator[Event]:
    """Give an event for each notice that pages are withheld."""
    for notice in notices(pages):
        yield Event(
            action="denied" if "DENIED" in plain(notice.words) else "exempted",
            source="notice",
            count=notice.count,
            observed=notice.words,
            confidence=notice.sights[0].confidence,
            interpretation=f"After page {notice.page}, {pages_left(notice.count)} left out of this copy.",
            interpretation_confidence=_NOTICED,
            pages=(notice.page,),
            sights=notice.sights,
        )


def settle(events: Sequence[Event], pages: Sequence[PageSeen]) -> tuple[Event, ...]:
    """Bind exemption codes to the releases under which they stand, and tell releases in part from those in full.

    A code belongs to the latest release that its page shows, else to the latest of the document; codes without any
    release become an event of their own.
    """
    is_sought = not any("redaction" in page.unsought for page in pages)
    is_part = any(page_counts(page)[0] for page in pages) or any(event.source == "notice" for event in events)
    codes: dict[int, Counter[str]] = {}
    orphans: Counter[str] = Counter()
    for page in pages:
        holder = _holder(events, page.number)
        counted = codes.setdefault(holder, Counter()) if holder is not None else orphans
        counted.update(page_counts(page)[1])
    coded = [_coded(event, codes.get(index, Counter())) for index, event in enumerate(events)]
    if is_part:
        settled = [_in_part(event) if _is_open(event) else event for event in coded]
    else:
        settled = [_whole(event, is_sought=is_sought) if _is_open(event) else event for event in coded]
    return (*settled, *_orphaned(pages, orphans))


def page_counts(page: PageSeen) -> tuple[int, Counter[str]]:
    """Count what a page withholds: the areas, and the codes that stand beside them."""
    boxes = [mark for mark in page.marks if mark.kind == "redaction" and mark.field("style") != _PAGES]
    printed = [mark.field("code") or mark.text for mark in page.marks if mark.kind == "exemption"]
    codes = printed or [box.field("code") or "" for box in boxes]
    return len(boxes), Counter("".join(code.split()) for code in codes if code)


def _first(page: PageSeen) -> Notice | None:
    """Return the notice of a page."""
    for mark in page.marks:
        if found := _stated(mark):
            return Notice(page=page.number, count=found, words=brief(mark.text), sights=sights_of(mark, page.number))
    for line in page.text.lines if page.text else ():
        if found := _read(line.text):
            return Notice(page=page.number, count=found, words=brief(line.text), sights=(_sight(line, page.number),))
    return None


def _stated(mark: Mark) -> int:
    """Return how many pages a mark leaves out: as its field says, else its words."""
    stated = mark.field("pages") if mark.field("style") == _PAGES else None
    return int(stated) if stated and stated.isdecimal() else _read(mark.text)


def _read(text: str) -> int:
    """Return how many pages a notice leaves out, 0 where the text is none."""
    words = plain(text)
    found = _NOTICE.search(words)
    return int(found[1]) if found else 0


def _sight(line: Line, page: int) -> Sight:
    """Return a line of text as evidence."""
    return Sight(page=page, mark_id=line.line_id, box=line.box, confidence=line.confidence, name="text")


def _holder(events: Sequence[Event], page: int) -> int | None:
    """Return which event the codes of a page belong to."""
    releases = [(event.day or "", index) for index, event in enumerate(events) if event.action in RELEASES]
    here = [found for found in releases if page in events[found[1]].pages]
    return max(here or releases, default=("", None))[1]


def _coded(event: Event, codes: Counter[str]) -> Event:
    """Return an event with the codes that stand under it."""
    return replace(event, exemptions=_counted(codes)) if codes else event


def _is_open(event: Event) -> bool:
    """Tell whether a release leaves open whether all is released."""
    return event.action == "released_full" and meanings.is_plain_release(event.observed)


def _in_part(event: Event) -> Event:
    """Return a plain release as one in part."""
    said = f"{event.interpretation} Areas or pages are withheld: a release in part."
    return replace(event, action="released_part", interpretation=said, interpretation_confidence=_PART_SEEN)


def _whole(event: Event, *, is_sought: bool) -> Event:
    """Return a plain release of which no part is seen to be withheld."""
    end, sure = ("Nothing is seen to be withheld.", _NONE_SEEN) if is_sought else (_UNSOUGHT, _NOT_LOOKED_FOR)
    return replace(event, interpretation=f"{event.interpretation} {end}", interpretation_confidence=sure)


def _orphaned(pages: Sequence[PageSeen], codes: Counter[str]) -> Iterator[Event]:
    """Give the event of codes that stand under no release."""
    if not codes:
        return
    marks = [(page.number, mark) for page in pages for mark in page.marks if mark.kind in {"exemption", "redaction"}]
    coded = [(number, mark) for number, mark in marks if mark.kind == "exemption" or mark.field("code")]
    yield Event(
        action="exempted",
        source="marking",
        exemptions=_counted(codes),
        count=codes.total(),
        observed=", ".join(codes),
        confidence=round(sum(mark.confidence for _, mark in coded) / len(coded), 4),
        interpretation="Withheld under these codes; no release is seen that they belong to.",
        interpretation_confidence=_NONE_SEEN,
        pages=tuple(sorted({number for number, _ in coded})),
        sights=tuple(sight for number, mark in coded for sight in sights_of(mark, number)[:1]),
    )


def _counted(codes: Counter[str]) -> tuple[Exemption, ...]:
    """Return codes with their counts, the most frequent first."""
    ordered = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Exemption(scheme=meanings.scheme_of(code), code=code, count=count) for code, count in ordered)


def pages_left(count: int) -> str:
    """Write how many pages, and the verb."""
    return "one page is" if count == 1 else f"{count} pages are"
