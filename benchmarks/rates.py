"""Tables of error rates: by set and by kind of page, each system beside bare Tesseract of the same run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from benchmarks.corpus import SETS, TextPage
from benchmarks.peers import Reading
from scanfix.model.page import PageId
from scanfix.model.score import PageScore, ScoreTotals
from scanfix.scoring.page import score_page, total
from scanfix.scoring.policy import POLICIES, PolicyName

# What ratios are taken of.
BARE = "tesseract"
POLICY: PolicyName = "archival"
NOTHING = "–"
_HEADINGS = ("WER %", "S", "D", "I", "CER %", "median page", "p90", "layout", "× tesseract", "WER of search policy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of every page under every policy that is shown, by system and by the page's name."""

    pages: tuple[TextPage, ...]
    readings: tuple[Reading, ...]
    archival: Mapping[tuple[str, str], PageScore]
    search: Mapping[tuple[str, str], PageScore]

    def page(self, system: str, page: TextPage) -> PageScore | None:
        """Return the score of a page; ``None`` where the system did not run."""
        return self.archival.get((system, page.name))

    def total(self, system: str, pages: Sequence[TextPage]) -> ScoreTotals | None:
        """Sum the scores of pages; ``None`` where the system did not run."""
        return _total(self.archival, system, pages)

    def search_rate(self, system: str, pages: Sequence[TextPage]) -> float | None:
        """Return the word error rate without case and punctuation."""
        totals = _total(self.search, system, pages)
        return totals.words.rate if totals else None


def score(pages: Sequence[TextPage], readings: Sequence[Reading]) -> Scores:
    """Score what every system read of every page; what it lost is scored as empty."""

    def under(policy: PolicyName) -> dict[tuple[str, str], PageScore]:
        return {
            (reading.system, page.name): _score(page, reading.texts.get(page.name, ""), policy)
            for reading in readings
            for page in pages
        }

    return Scores(pages=tuple(pages), readings=tuple(readings), archival=under(POLICY), search=under("search"))


def groups(pages: Sequence[TextPage]) -> Iterator[tuple[str, list[TextPage]]]:
    """Give the groups that have a table: sets, ehri-en's pages that are transcribed in full, kinds of pages.

    A set of one kind stands for the kind.
    """
    for name in SETS:
        of_set = [page for page in pages if page.group == name]
        kinds = sorted({page.kind for page in of_set})
        yield f"{name} ({', '.join(kinds)})", of_set
        full = [page for page in of_set if not page.is_partial]
        if len(full) < len(of_set):
            yield f"{name}, full", full
        if len(kinds) > 1:
            yield from ((f"kind: {kind}, full", [page for page in full if page.kind == kind]) for kind in kinds)


def table(title: str, pages: Sequence[TextPage], scores: Scores) -> Table:
    """Show the error rates of every system on a group of pages; S, D, I per reference word."""
    shown = Table(title=f"{title}: {len(pages)} pages, policy {POLICIES[POLICY]}", show_edge=False)
    shown.add_column("system")
    for heading in _HEADINGS:
        shown.add_column(heading, justify="right")
    bare = scores.total(BARE, pages)
    for reading in scores.readings:
        totals = scores.total(reading.system, pages)
        if totals and totals.words.reference:
            shown.add_row(reading.system, *_cells(totals, bare), percent(scores.search_rate(reading.system, pages)))
    return shown


def percent(rate: float | None, *, digits: int = 2) -> str:
    """Write a share in per cent, without the sign."""
    return NOTHING if rate is None else f"{100 * rate:.{digits}f}"


def ratio(one: float | None, other: float | None) -> str:
    """Write how many times another figure one is."""
    return NOTHING if one is None or not other else f"{one / other:.2f}"


def _cells(totals: ScoreTotals, bare: ScoreTotals | None) -> tuple[str, ...]:
    """Write a system's figures on a group."""
    words = totals.words
    parts = (words.errors, words.substitutions, words.deletions, words.insertions)
    # Words that are right and stand elsewhere: what the errors exceed those of a bag of words by.
    layout = words.errors - totals.bag.errors
    return (
        *(percent(part / words.reference) for part in parts),
        percent(totals.characters.rate),
        percent(totals.median_rate, digits=1),
        percent(totals.p90_rate, digits=1),
        percent(layout / words.reference),
        ratio(words.rate, bare.words.rate if bare else None),
    )


def _total(scores: Mapping[tuple[str, str], PageScore], system: str, pages: Sequence[TextPage]) -> ScoreTotals | None:
    found = [scores[system, page.name] for page in pages if (system, page.name) in scores]
    return total(found) if found else None


def _score(page: TextPage, text: str, policy: PolicyName) -> PageScore:
    """Score one page."""
    page_id = PageId(scan_id=page.name, number=1)
    return score_page(page_id, reference=page.reference, hypothesis=text, policy=POLICIES[policy])
