"""Section A of the matrix, stratum by stratum; struck words of the body, drawn and on real pages."""

from collections.abc import Iterable, Sequence

from benchmarks.marks.figures import Cell, Figures, Share, f1, share
from benchmarks.marks.matching import Answer, answers, lies_on
from benchmarks.marks.seeking import Judged
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.facsimile.matrix.plan import HEADLINES
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark

_FACTORS = ("shape", "coverage", "width", "text", "position", "conflict", "scan", "cause", "wording", "lookalike")
_HEADINGS = (
    "",
    "struck, n",
    "found",
    "called struck",
    "status right of the found",
    "uncertain of the found",
    "unstruck, n",
    "called struck by mistake",
    "precision",
)
_NOTE = (
    "found: IoU ≥ 0.5 and, of a marking, its wording; precision: rightly called struck of all called struck here; "
    "strokes that only graze, or that a banner hides, count on neither side"
)
_SAID = ("struck", "active", "uncertain")
_BODY = ("body", "typed", "block")


def strata(pages: Sequence[Judged]) -> list[Figures]:
    """Tell of section A, stratum by stratum and level by level."""
    given = answers(pages, "A")
    names = [*HEADLINES, *sorted({one.entry.stratum for one in given} - {*HEADLINES, "clean"})]
    rows = [_row(name, [one for one in given if one.entry.stratum == name]) for name in names]
    first = Figures(
        title="A struck: strata",
        origin="drawn",
        headings=_HEADINGS,
        rows=(*rows, _row("all", given)),
        note=_NOTE,
    )
    return [first, *(_factor(given, factor) for factor in _FACTORS), _grazed(given)]


def _factor(given: Sequence[Answer], factor: str) -> Figures:
    """Tell of the levels of a factor."""
    names = levels((one.entry for one in given), factor)
    rows = [_row(name, [one for one in given if one.entry.level(factor) == name]) for name in names]
    return Figures(title=f"A struck: {factor}", origin="drawn", headings=_HEADINGS, rows=tuple(rows))


def levels(entries: Iterable[Entry], factor: str) -> list[str]:
    """Return the levels of a factor that occur, in the order of their names."""
    return sorted({entry.level(factor) for entry in entries} - {""})


def _row(name: str, given: Sequence[Answer]) -> tuple[Cell, ...]:
    """Count the answers of a stratum or level."""
    wanted = [one for one in given if one.entry.side == "positive"]
    others = [one for one in given if one.entry.side == "negative" and one.entry.stratum != "clean"]
    found = [one for one in wanted if one.found]
    called = share(one.said == "struck" for one in wanted)
    alarms = share(one.is_alarm for one in others)
    return (
        name,
        len(wanted),
        share(one.found is not None for one in wanted),
        called,
        share(one.said == "struck" for one in found),
        share(one.said in ("uncertain", None) for one in found),
        len(others),
        alarms,
        Share(part=called.part, whole=called.part + alarms.part) if wanted and others else None,
    )


def _grazed(given: Sequence[Answer]) -> Figures:
    """Tell what is said where nobody can say more than that a stroke may strike."""
    found = [one for one in given if one.entry.side == "uncertain" and one.found]
    row: tuple[Cell, ...] = ("uncertain in truth, found", *(share(one.said == said for one in found) for said in _SAID))
    return Figures(title="A: what only grazes or is hidden", origin="drawn", headings=("", *_SAID), rows=(row,))


# Words of the body


def body(pages: Sequence[Judged]) -> Figures:
    """Show struck words and paragraphs of the body: every page of section A, look-alikes among them."""
    given = [one for one in answers(pages, "A") if one.entry.stratum in _BODY]
    rows: list[tuple[Cell, ...]] = []
    whole = [page for page in pages if any(entry.section == "A" for entry in page.known.entries)]
    alarms = sum(_is_alarm(page, mark) for page in whole for mark in page.match.false_alarms)
    for name in (*_BODY, "all three"):
        wanted = [one for one in given if one.entry.side == "positive" and name in (one.entry.stratum, "all three")]
        hits = share(one.said == "struck" for one in wanted)
        missed, is_all = hits.whole - hits.part, name == "all three"
        precise = Share(part=hits.part, whole=hits.part + alarms) if is_all else None
        rows.append((name, hits, precise, f1(right=hits.part, missed=missed, alarms=alarms) if is_all else None))
    note = "precision: of all struck words found on the pages of section A that stand on no struck word or marking"
    headings = ("struck words", "recall", "precision", "F1")
    return Figures(title="Body strikes", origin="drawn", headings=headings, rows=tuple(rows), note=note)


def _is_alarm(page: Judged, mark: Mark) -> bool:
    """Tell whether a struck word stands where nothing is struck; a part of a struck paragraph is no false alarm."""
    if mark.kind != "strikethrough" or mark.status != "struck":
        return False
    struck = [true for true in page.known.marks if true.status in ("struck", "uncertain")]
    return not any(lies_on(mark.box, true.box) for true in struck)


def struck_lines(pages: Sequence[Judged]) -> list[Figures]:
    """Show lines of real transcripts with struck words in them: and whether something on them is called struck."""
    rows: list[tuple[Cell, ...]] = []
    placed = [page for page in pages if page.known.lines]
    if not placed:
        return []
    for name, chosen in (("all", placed), *((page.known.name, [page]) for page in placed)):
        hits = [is_struck_line(page, line.box) for page in chosen for line in page.known.lines if line.is_struck]
        alarms = [is_struck_line(page, line.box) for page in chosen for line in page.known.lines if not line.is_struck]
        precise = Share(part=sum(hits), whole=sum(hits) + sum(alarms))
        harmonic = f1(right=sum(hits), missed=len(hits) - sum(hits), alarms=sum(alarms))
        rows.append((name[-36:], share(hits), share(alarms), precise, harmonic))
    headings = ("struck-fr", "lines with strikes found", "other lines called struck", "precision", "F1")
    return [Figures(title="Lines with struck words", origin="real", headings=headings, rows=tuple(rows))]


# A mark belongs to a line with half of its height on it.
_ON_LINE = 0.5


def is_struck_line(page: Judged, line: Box) -> bool:
    """Tell whether something struck lies on a line."""
    return any(mark.status == "struck" and _share_of_rows(mark.box, line) >= _ON_LINE for mark in page.found)


def _share_of_rows(mark: Box, line: Box) -> float:
    """Return the share of the lower one's rows that a mark and a line have in common, 0 where they stand apart."""
    common = mark.intersect(line)
    return common.height / min(mark.height, line.height) if common.area else 0.0
