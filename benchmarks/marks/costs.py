"""What marks cost beside reading, what they do to the running text, and whether a second run says the same."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import scanfix
from benchmarks.corpus import TextPage
from benchmarks.marks.figures import Cell, Figures, Share
from benchmarks.marks.pages import Known, some
from benchmarks.marks.reading import MarkedText, read_twice, time_pages
from benchmarks.marks.seeking import Judged, seek
from scanfix import files
from scanfix.model.page import PageId
from scanfix.model.score import PageScore
from scanfix.scoring import bootstrap
from scanfix.scoring.page import score_page
from scanfix.scoring.policy import POLICIES

# What a run found before there were others; what the running text lost or won is held against it.
BEFORE = ("banner", "classification")
# The share of a page's reading time that marks may take.
LIMIT = 0.25
_DRAWS, _SEED = 2000, 1958


def time(pages: Sequence[Known], *, detectors: Sequence[str], number: int) -> Figures:
    """Measure reading and marks of some pages of each set from nothing, in one process; processor seconds a page."""
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys(page.group for page in pages):
        chosen = some([page for page in pages if page.group == name], number)
        with tempfile.TemporaryDirectory(prefix="scanfix-marks-") as folder:
            spent = time_pages(chosen, detectors=detectors, out=Path(folder))
        reading, marking = (sum(one) / len(chosen) for one in zip(*spent, strict=True))
        within = "yes" if marking <= LIMIT * reading else "no"
        rows.append((name, len(chosen), reading, marking, 100 * marking / reading, within))
    headings = ("set", "pages", "reading, CPU s a page", "marks, CPU s a page", "%", f"within {LIMIT:.0%}")
    note = "reading: ingest, clean, read with both voices; children's time included; one process, one thread each"
    return Figures(title="Cost of marks", origin="both", headings=headings, rows=tuple(rows), note=note)


def spent(pages: Sequence[Judged]) -> Figures:
    """Show what the detectors took on the pages of this run."""
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys(page.known.group for page in pages):
        times = [1000 * page.cpu_s for page in pages if page.known.group == name]
        median, slow = (float(value) for value in np.percentile(times, (50, 90)))
        rows.append((name, len(times), round(float(np.mean(times))), round(median), round(slow)))
    headings = ("set", "pages", "mean", "median", "90 %")
    note = "of this run, on a machine that may have been busy"
    return Figures(title="Marks, CPU ms a page", origin="both", headings=headings, rows=tuple(rows), note=note)


def twice(pages: Sequence[Known], *, detectors: Sequence[str], number: int) -> Figures:
    """Find the marks of some pages twice, in fresh processes and in another order: are they the same bytes."""
    chosen = some(pages, number)
    code = _code()
    first = seek(chosen, detectors=detectors, workers=1)
    second = seek(chosen[::-1], detectors=detectors, workers=1)[::-1]
    same = [one.written == other.written for one, other in zip(first, second, strict=True)]
    odd = ", ".join(page.name for page, is_same in zip(chosen, same, strict=True) if not is_same)
    return Figures(
        title="Determinism: marks found twice, in fresh processes",
        origin="both",
        headings=("", "byte-identical", "marks", "differing pages"),
        rows=(("pages", Share(part=sum(same), whole=len(same)), sum(len(one.marks) for one in first), odd or None),),
        note="" if _code() == code else "the code was changed between both: run it again",
    )


def _code() -> str:
    """Return the digest of scanfix's own code."""
    sources = sorted(Path(scanfix.__file__).parent.rglob("*.py"))
    return files.digest_of(b"".join(source.read_bytes() for source in sources))


# The running text


def words(pages: Sequence[Judged], texts: Sequence[TextPage], *, workers: int) -> Figures:
    """Hold the running text with all detectors against that with those before: the difference, by document."""
    of = {page.known.name: page for page in pages}
    known = [text for text in texts if text.name in of]
    both = read_twice([of[text.name] for text in known], before=BEFORE, workers=workers)
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys(text.group for text in known):
        part = [(of[text.name].known, text, read) for text, read in zip(known, both, strict=True) if text.group == name]
        rows.append(_difference(name, part))
    note = (
        f"before: {', '.join(BEFORE)}; policy archival, body view; the interval draws documents; "
        "ehri-en's truth holds page numbers and letterheads"
    )
    headings = ("set", "pages", "words", "WER % before", "WER % after", "difference", "95 % from", "to", "pages worse")
    return Figures(title="Running text", origin="real", headings=headings, rows=tuple(rows), note=note)


def _difference(name: str, part: Sequence[tuple[Known, TextPage, MarkedText]]) -> tuple[Cell, ...]:
    """Score both texts of each page."""
    before = [_score(text, read.before) for _, text, read in part]
    after = [_score(text, read.after) for _, text, read in part]
    documents = [page.document for page, _, _ in part]
    added = [one.words.errors - other.words.errors for one, other in zip(after, before, strict=True)]
    length = [one.words.reference for one in before]
    whole = sum(length)
    low, high = _interval(documents, added, length)
    rates = (100 * sum(one.words.errors for one in scores) / whole for scores in (before, after))
    return (name, len(part), whole, *rates, 100 * sum(added) / whole, low, high, sum(more > 0 for more in added))


def _interval(documents: Sequence[str], added: Sequence[int], length: Sequence[int]) -> tuple[Cell, Cell]:
    """Return the interval of a difference of rates, in percent; nothing of a single document."""
    names = sorted(set(documents))
    if len(names) < 2:
        return None, None
    sums = np.zeros((2, len(names), 1), np.int64)
    for document, more, of in zip(documents, added, length, strict=True):
        sums[:, names.index(document), 0] += (more, of)
    found = bootstrap.interval(sums[0], sums[1], draws=_DRAWS, seed=_SEED)
    return 100 * float(found.low[0]), 100 * float(found.high[0])


def _score(page: TextPage, text: str) -> PageScore:
    """Score one page."""
    page_id = PageId(scan_id=page.name, number=1)
    return score_page(page_id, reference=page.reference, hypothesis=text, policy=POLICIES["archival"])
