"""Alarms about pages: missing by their numbers, there twice, left out as exempt, not read."""

from collections.abc import Iterator

from scanfix.events import paging, withheld
from scanfix.events.case import Case
from scanfix.events.paging import Jump
from scanfix.events.phrases import listed, pages_words
from scanfix.model.event import Alarm


def missing(case: Case) -> Iterator[Alarm]:
    """Raise where the printed page numbers leave some out, or end before the last."""
    found = paging.numbered(case.pages)
    noticed = {notice.page: notice for notice in withheld.notices(case.pages)}
    for jump in paging.jumps(found):
        between = [notice for page, notice in noticed.items() if jump.before.page <= page <= jump.after.page]
        # A notice's own sheet has no number of the document.
        lacking = len(jump.missing) + len(between)
        if between and sum(notice.count for notice in between) >= lacking:
            continue
        yield _gap(jump)
    if found and found[-1].of > found[-1].number and found[-1].page == case.pages[-1].number:
        last = found[-1]
        said = f"The last page is numbered {last.number} of {last.of}: the end is missing."
        yield Alarm(kind="missing-pages", severity="medium", pages=(last.page,), sentence=said, sights=(last.sight,))


def repeated(case: Case) -> Iterator[Alarm]:
    """Raise where two pages that follow each other bear one number."""
    for jump in paging.repeats(paging.numbered(case.pages)):
        pages = (jump.before.page, jump.after.page)
        said = (
            f"The page number {jump.before.number} is printed on {pages_words(pages)}: one page twice, or misnumbered."
        )
        yield Alarm(
            kind="repeated-pages",
            severity="low",
            pages=pages,
            sentence=said,
            sights=(jump.before.sight, jump.after.sight),
        )


def exempt(case: Case) -> Iterator[Alarm]:
    """Tell of pages that a notice says are left out."""
    for notice in withheld.notices(case.pages):
        said = (
            f"After page {notice.page}, {withheld.pages_left(notice.count)} left out of this copy (“{notice.words}”)."
        )
        yield Alarm(kind="pages-exempt", severity="low", pages=(notice.page,), sentence=said, sights=notice.sights[:1])


def not_read(case: Case) -> Iterator[Alarm]:
    """Raise where pages could not be read, so that the history may lack what stands on them."""
    if case.lost:
        said = (
            f"{pages_words(case.lost).capitalize()} could not be read: what stands there is missing from this history."
        )
        yield Alarm(kind="pages-not-read", severity="medium", pages=case.lost, sentence=said)


def _gap(jump: Jump) -> Alarm:
    """Return the alarm of numbers that are left out."""
    numbers = listed([str(number) for number in jump.missing])
    are = f"number {numbers} is" if len(jump.missing) == 1 else f"numbers {numbers} are"
    said = (
        f"The printed page numbers go from {jump.before.number} (page {jump.before.page} of the scan) to "
        f"{jump.after.number} (page {jump.after.page}): {are} missing."
    )
    return Alarm(
        kind="missing-pages",
        severity="medium",
        pages=(jump.before.page, jump.after.page),
        sentence=said,
        sights=(jump.before.sight, jump.after.sight),
    )
