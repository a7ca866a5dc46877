"""The table of a batch, one row a page, for HTML and for Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanfix.model.batch import PageSummary
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, MarkCounts, PageScore

_HEADINGS = ("page", "state", "words", "confidence", "WER", "CER", "marks", "precision", "recall", "flags")
# Headings over numbers, which stand to the right.
_NUMBERS = frozenset({"words", "confidence", "WER", "CER", "marks", "precision", "recall"})
_NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One page of a batch, with its scores where it has ground truth."""

    summary: PageSummary
    score: PageScore | None = None

    @property
    def marks(self) -> MarkCounts:
        """The counts of marks of all kinds together."""
        return _sum_marks(() if self.score is None else (self.score,))

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as people read it, one text a heading."""
        page, score, marks = self.summary, self.score, self.marks
        is_failed = page.state == "failed"
        return (
            str(page.page_id),
            page.state,
            _NOTHING if is_failed else str(page.words),
            percent(page.confidence),
            percent(score.words.rate if score else None),
            percent(score.characters.rate if score else None),
            _NOTHING if is_failed else str(page.marks),
            percent(marks.precision),
            percent(marks.recall),
            ", ".join(page.flags) or (page.failure.error if page.failure else ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over the pages that have ground truth; rates of them are micro-averages."""

    words: EditCounts
    characters: EditCounts
    marks: MarkCounts


def rows_of(summaries: Sequence[PageSummary], scores: Iterable[PageScore] = ()) -> tuple[Row, ...]:
    """Put each page and its score together, in the order of the batch."""
    by_page: dict[PageId, PageScore] = {score.page_id: score for score in scores}
    return tuple(Row(summary=summary, score=by_page.get(summary.page_id)) for summary in summaries)


def totals_of(rows: Sequence[Row]) -> Totals | None:
    """Sum the scores; ``None`` where no page has any."""
    scores = [row.score for row in rows if row.score is not None]
    if not scores:
        return None
    return Totals(
        words=sum((score.words for score in scores), EditCounts()),
        characters=sum((score.characters for score in scores), EditCounts()),
        marks=_sum_marks(scores),
    )


def percent(share: float | None, *, digits: int = 1) -> str:
    """Write a share for people: ``12.3 %``, or a dash where there is none."""
    return _NOTHING if share is None else f"{100 * share:.{digits}f} %"


def markdown(rows: Sequence[Row]) -> str:
    """Write the table in GitHub's Markdown; columns that no page fills are left out."""
    kept = _filled(rows)
    lines = [
        _line([_HEADINGS[index] for index in kept]),
        _line(["---:" if _HEADINGS[index] in _NUMBERS else "---" for index in kept]),
        *(_line([_escape(row.cells[index]) for index in kept]) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _sum_marks(scores: Iterable[PageScore]) -> MarkCounts:
    """Sum the counts of all kinds of marks."""
    return sum((entry.counts for score in scores for entry in score.marks), MarkCounts())


def _filled(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the columns in which some page has something; the first ones always."""
    cells = [row.cells for row in rows]
    always = _HEADINGS.index("confidence")
    return tuple(
        index
        for index in range(len(_HEADINGS))
        if index <= always or any(row[index] not in {"", _NOTHING} for row in cells)
    )


def _line(cells: Sequence[str]) -> str:
    """Write one line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    """Keep names of scans from breaking a Markdown table."""
    return "".join(f"\\{character}" if character in r"\`*_[]<>|#" else character for character in text)
