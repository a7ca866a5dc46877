"""Pages that scanfix reads worse than bare Tesseract, each with its cause in words, derived from the counts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table

from benchmarks.causes import Cause, Examined
from benchmarks.rates import BARE, Scores, percent
from scanfix.model.score import PageScore

# The task's own limit: a page may lose so much, as a share of its words, without a word about it.
LIMIT = 0.02
# Fewer words than that are no cause.
_LEAST = 1


def table(system: str, scores: Scores, examined: Sequence[Examined]) -> Table:
    """List the pages on which a system's word error rate exceeds bare Tesseract's by more than 2 points."""
    rows = sorted(_rows(system, scores, examined), key=lambda row: -row[0])
    title = f"{system}: {len(rows)} of {len(examined)} pages are worse than bare Tesseract by more than 2 points WER"
    shown = Table(title=title, show_edge=False, show_lines=True)
    shown.add_column("page", overflow="fold")
    for heading in ("WER %", BARE, "points"):
        shown.add_column(heading, justify="right")
    shown.add_column("why", overflow="fold")
    for points, one, ours, bare in rows:
        rates = (percent(ours.words.rate), percent(bare.words.rate), percent(points, digits=1))
        shown.add_row(one.page.name, *rates, why(one, ours, bare))
    return shown


def why(one: Examined, ours: PageScore, bare: PageScore) -> str:
    """Say in words where a page lost against bare Tesseract, the largest loss first."""
    losses = [
        (ours.words.deletions - bare.words.deletions, "more words missing", _missing(one)),
        (ours.words.insertions - bare.words.insertions, "more words invented", _invented(one)),
        (ours.words.substitutions - bare.words.substitutions, "more words misread", _misread(one)),
    ]
    losses.sort(key=lambda loss: -loss[0])
    parts = [f"{number} {what}{detail}" for number, what, detail in losses if number >= _LEAST]
    parts += [f"{-number} {what.replace('more', 'fewer')}" for number, what, _ in losses if number <= -_LEAST]
    order = (ours.words.errors - ours.bag.errors) - (bare.words.errors - bare.bag.errors)
    if order >= _LEAST:
        parts.append(f"{order} more of these errors are a matter of order")
    if one.text is None:
        parts.insert(0, "the page failed")
    return "; ".join(parts)


def _rows(
    system: str, scores: Scores, examined: Sequence[Examined]
) -> Iterator[tuple[float, Examined, PageScore, PageScore]]:
    """Give the pages that are worse, with both scores and by how much."""
    for one in examined:
        ours, bare = scores.page(system, one.page), scores.page(BARE, one.page)
        if ours is None or bare is None or not ours.words.reference:
            continue
        points = (ours.words.errors - bare.words.errors) / ours.words.reference
        if points > LIMIT:
            yield points, one, ours, bare


def _missing(one: Examined) -> str:
    """Say where a page's missing words stand: in regions kept apart, or nowhere."""
    parts = [
        f"{number} stand in a region of the kind {kind}" if kind else f"{number} were not read at all"
        for kind, number in sorted(one.homes.items(), key=lambda entry: (entry[0] is None, entry[0]))
    ]
    return f" (of {one.homes.total()}: {', '.join(parts)})" if parts else ""


def _invented(one: Examined) -> str:
    """Say whether invented words are lines of their own."""
    tally = one.tally
    lines, words = tally["furniture let in"], tally["invented word"]
    parts = [f"{lines} in lines that are not in the reference"] if lines else []
    parts += [f"{words} within lines"] if words else []
    return f" ({', '.join(parts)})" if parts else ""


def _misread(one: Examined) -> str:
    """Say what was misread."""
    causes: tuple[Cause, ...] = ("letters", "digits", "signs and case", "lost word space", "truth doubtful")
    found = Counter({cause: one.tally[cause] for cause in causes if one.tally[cause]})
    return f" ({', '.join(f'{cause} {number}' for cause, number in found.most_common())})" if found else ""
