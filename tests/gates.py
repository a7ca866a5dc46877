"""Records of runs, drawn for the tests of the gate; a helper, not a test."""

from dataclasses import replace

from hypothesis import strategies as st

from scanfix.model.gate import FactResult, Fate, GateResult, MarkingFate, PageRecord, Record, Stratum
from scanfix.model.mark import MarkStatus
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, KindCounts, MarkCounts
from scanfix.scoring.gate import decide
from scanfix.scoring.limits import GateLimits

LIMITS = GateLimits()


def edits(wrong: int, length: int) -> EditCounts:
    """Return counts with so many errors in so many words or characters; what does not fit in is invented."""
    replaced = min(wrong, length)
    return EditCounts(hits=length - replaced, substitutions=replaced, insertions=wrong - replaced)


def page(
    scan: str = "memo",
    number: int = 1,
    *,
    wrong: int = 20,
    length: int = 1200,
    markings: tuple[MarkingFate, ...] = (),
    strata: tuple[Stratum, ...] = (),
    marks: tuple[KindCounts, ...] = (),
    read: int = 200,
    repetition: float = 0.0,
    image: str = "a1#1",
    truth: str = "b2",
    lost: bool = False,
) -> PageRecord:
    """Return a page whose words go wrong half as often as its characters."""
    return PageRecord(
        page_id=PageId(scan_id=scan, number=number),
        image=image,
        truth=truth,
        words=edits(wrong // 2, length // 6),
        characters=edits(wrong, length),
        strata=strata,
        marks=marks,
        markings=markings,
        words_read=read,
        repetition=repetition,
        is_lost=lost,
    )


def record(
    *pages: PageRecord, policy: str = "archival/1", settings: str = "c3", engine: str = "tesseract 5.3.0"
) -> Record:
    """Return a run of these pages."""
    return Record(
        policy=policy,
        view="body",
        settings=settings,
        versions=(("OpenCV", "5.0.0"), ("engine", engine), ("language eng", "7d4322bd")),
        pages=pages,
    )


def compare(before: Record, after: Record, *facts: FactResult) -> GateResult:
    """Decide with the usual limits."""
    return decide(before, after, facts=facts, limits=LIMITS)


def rules(result: GateResult, verdict: str = "failed") -> set[str]:
    """Return the rules that led to a verdict."""
    return {reason.rule for reason in result.reasons if reason.verdict == verdict}


def fate(status: MarkStatus, found: Fate, mark_id: str = "m1") -> MarkingFate:
    """Return what became of a marking."""
    return MarkingFate(mark_id=mark_id, text="SECRET", status=status, found=found)


def found(right: int, invented: int = 0, status_wrong: int = 0) -> tuple[KindCounts, ...]:
    """Return the counts of classification marks."""
    counts = MarkCounts(true_positives=right, false_positives=invented, status_wrong=status_wrong)
    return (KindCounts(kind="classification", counts=counts),)


def fact(*, holds: bool, text: str = "No. 17") -> FactResult:
    """Return what became of a fact."""
    return FactResult(page="memo/p0001", kind="present", statement=text, holds=holds, found="nearest is nothing")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Record, Record]:
    """Draw two runs over the same pages."""
    lengths = draw(st.lists(st.integers(60, 3000), min_size=1, max_size=8))
    names = [(f"scan-{draw(st.integers(0, 3))}", number) for number in range(1, len(lengths) + 1)]
    runs = [
        record(
            *(
                page(scan, number, length=length, wrong=draw(st.integers(0, length)))
                for (scan, number), length in zip(names, lengths, strict=True)
            )
        )
        for _ in range(2)
    ]
    return runs[0], runs[1]


def with_dates(run: Record, wrong: int, *, of: int = 10) -> Record:
    """Return the run with so many errors in so many words of dates on every page."""
    stratum = Stratum(name="token: date", counts=edits(wrong, of))
    return replace(run, pages=tuple(replace(one, strata=(stratum,)) for one in run.pages))
