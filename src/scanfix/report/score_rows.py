"""Scores as rows of counts and rates, for tables that other programs show, such as Prefect's artifacts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanfix.model.score import Confusion, EditCounts, PageScore, ScoreTotals
from scanfix.report.tables import percent

Row = Mapping[str, str | int]


def page_rows(pages: Sequence[PageScore], totals: ScoreTotals) -> Iterator[Row]:
    """Give a row a page, worst first, and the totals as the last."""
    worst_first = sorted(pages, key=lambda page: -(page.words.rate or 0.0))
    for page in worst_first:
        yield _row("page", str(page.page_id), page.words) | {"CER": percent(page.characters.rate, digits=2)}
    yield _row("page", "all pages", totals.words) | {"CER": percent(totals.characters.rate, digits=2)}


def kind_rows(totals: ScoreTotals) -> Iterator[Row]:
    """Give a row for each view, kind of region and kind of word that is counted apart."""
    for group, entries in (("view", totals.views), ("region", totals.regions), ("word", totals.tokens)):
        yield from (_row("counted apart", f"{group}: {entry.kind}", entry.counts) for entry in entries)


def policy_rows(totals: Iterable[ScoreTotals]) -> Iterator[Row]:
    """Give a row a policy; its figures are not to be compared with those of another."""
    for one in totals:
        yield _row("policy", one.policy, one.words) | {"CER": percent(one.characters.rate, digits=2)}


def confusion_rows(confusions: Sequence[Confusion], *, most: int) -> Iterator[Row]:
    """Give the confusions that occur most often: what stands on the page, what was read, how often."""
    for one in confusions[:most]:
        yield {"reference": one.reference or "nothing", "output": one.hypothesis or "nothing", "count": one.count}


def _row(heading: str, name: str, counts: EditCounts) -> dict[str, str | int]:
    """Write counts and their rate."""
    return {
        heading: name,
        "words": counts.reference,
        "S": counts.substitutions,
        "D": counts.deletions,
        "I": counts.insertions,
        "WER": percent(counts.rate, digits=2),
    }
