"""Classification markings beside the baselines: found, struck or not, document by document, letter by letter."""

from collections.abc import Sequence

import numpy as np

from benchmarks.marks.figures import NOTHING, Cell, Figures, Share, apart, chance, mcnemar, share
from benchmarks.marks.seeking import Judged
from scanfix.model.mark import Mark
from scanfix.model.page import PageId
from scanfix.model.score import MarkMatches, MarkPair
from scanfix.scoring.page import score_page
from scanfix.scoring.policy import POLICIES

SCANFIX = "scanfix"
_BASELINES = (
    "B0 never struck",
    "B1 all at head or foot struck",
    "B2 dash fingerprint",
    "B3 middle-third Hough",
    "B4 exact keyword",
)
_PAIRED = ("found with the right status", "intervals apart", "p")
_CERTAIN = ("struck", "active")
_DRAWS, _SEED = 2000, 1958
_NOWHERE = PageId(scan_id="marking", number=1)
# Wider than a match: a wording that was read in part has a shorter box.
_AT_PLACE = 0.3


def systems(pages: Sequence[Judged], *, real: bool) -> list[Figures]:
    """Show scanfix and the baselines on all classification markings: found, precision, status, and who is better."""
    if not any(mark.kind == "classification" for page in pages for mark in page.known.marks):
        return []
    ours = _right(pages, [page.match for page in pages])
    rows: list[tuple[Cell, ...]] = [_system(SCANFIX, pages, [page.match for page in pages], ours, ours)]
    for name in _BASELINES:
        matches = [page.match_of(name) for page in pages]
        rows.append(_system(name, pages, matches, _right(pages, matches), ours))
    headings = ("system", "recall", "precision", "status right of the found", "uncertain", *_PAIRED)
    where = "cib markings" if real else "markings of the matrix"
    note = (
        "B0, B1 and B3 judge the boxes that scanfix finds; right: of all whose status is certain; "
        "McNemar's exact test, two-sided, marking by marking"
    )
    return [
        Figures(
            title=f"{where}, {len(pages)} pages, {len({page.known.document for page in pages})} documents",
            origin="real" if real else "drawn",
            headings=headings,
            rows=tuple(rows),
            note=note,
        )
    ]


def _system(
    name: str, pages: Sequence[Judged], matches: Sequence[MarkMatches], right: Sequence[bool], ours: Sequence[bool]
) -> tuple[Cell, ...]:
    """Count one system."""
    counts = [match.of_kind("classification") for match in matches]
    hits = sum(count.true_positives for count in counts)
    missed = sum(count.false_negatives for count in counts)
    alarms = sum(count.false_positives for count in counts if pages)
    pairs = certain(matches)
    is_other = name != SCANFIX
    return (
        name,
        Share(part=hits, whole=hits + missed),
        Share(part=hits, whole=hits + alarms),
        share(pair.found.status == pair.truth.status for pair in pairs),
        share(pair.found.status in ("uncertain", None) for pair in pairs),
        share(right),
        apart(share(right), share(ours)) if is_other else None,
        chance(mcnemar(ours, right)) if is_other else None,
    )


def certain(matches: Sequence[MarkMatches]) -> list[MarkPair]:
    """Return the localised markings whose true status is certain."""
    return [
        pair
        for match in matches
        for pair in match.pairs
        if pair.truth.kind == "classification" and pair.truth.status in _CERTAIN
    ]


def _right(pages: Sequence[Judged], matches: Sequence[MarkMatches]) -> list[bool]:
    """Tell of every marking whose status is certain whether it was found with it."""
    said = []
    for page, match in zip(pages, matches, strict=True):
        status = {id(pair.truth): pair.found.status for pair in match.pairs}
        wanted = [mark for mark in page.known.marks if mark.kind == "classification" and mark.status in _CERTAIN]
        said += [status.get(id(mark)) == mark.status for mark in wanted]
    return said


def documents(pages: Sequence[Judged]) -> Figures:
    """Show the markings of each document: one that fails must not hide among those that do not."""
    names = sorted({page.known.document for page in pages})
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        matches = [page.match for page in pages if page.known.document == name]
        counts = [match.of_kind("classification") for match in matches]
        hits, missed = sum(c.true_positives for c in counts), sum(c.false_negatives for c in counts)
        alarms = sum(count.false_positives for count in counts)
        pairs = certain(matches)
        status = Share(part=sum(p.found.status == p.truth.status for p in pairs), whole=len(pairs))
        found, precise = Share(part=hits, whole=hits + missed), Share(part=hits, whole=hits + alarms)
        rows.append((name, len(matches), found, precise, status))
    spread = [by_document([cell for row in rows if isinstance(cell := row[column], Share)]) for column in (2, 3, 4)]
    rows.append(("documents drawn anew", len(pages), *spread))
    headings = ("document", "pages", "recall", "precision", "status right of the found")
    note = "last row: bootstrap of whole documents, 95 % of the draws; it cannot be wider than what the documents show"
    return Figures(title="cib markings by document", origin="real", headings=headings, rows=tuple(rows), note=note)


def by_document(shares: Sequence[Share]) -> str:
    """Write the share of all documents, and between what most of it lies when documents are drawn anew."""
    whole = sum(shares, Share(part=0, whole=0))
    if whole.rate is None:
        return NOTHING
    counts = np.array([(one.part, one.whole) for one in shares], np.float64)
    times = np.random.default_rng(_SEED).multinomial(len(shares), [1 / len(shares)] * len(shares), size=_DRAWS)
    parts, wholes = (times @ counts).T
    low, high = np.percentile(parts[wholes > 0] / wholes[wholes > 0], (2.5, 97.5))
    return f"{whole.rate:.3f} [{low:.2f}, {high:.2f}]"


def letters(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Show the character error rate of markings, struck and not: nothing found is nothing read."""
    policy = POLICIES["search"]
    rows: list[tuple[Cell, ...]] = []
    for status in _CERTAIN:
        for is_all in (True, False):
            errors = length = n = 0
            for page in pages:
                for truth, text in _read(page, status):
                    if text is None and not is_all:
                        continue
                    score = score_page(_NOWHERE, reference=truth.text, hypothesis=text or "", policy=policy)
                    errors, length, n = errors + score.characters.errors, length + score.characters.reference, n + 1
            rows.append((f"{status}, {'all' if is_all else 'found'}", n, 100 * errors / length if length else None))
    return Figures(
        title="Letters of markings",
        origin="real" if real else "drawn",
        headings=("markings", "n", "CER %"),
        rows=tuple(rows),
        note="found: anything of its kind at IoU ≥ 0.3; letters and digits alone, case folded",
    )


def _read(page: Judged, status: str) -> list[tuple[Mark, str | None]]:
    """Give every marking of a status with what was read at its place."""
    wanted = [mark for mark in page.known.marks if mark.kind == "classification" and mark.status == status]
    found = [mark for mark in page.found if mark.kind == "classification"]
    read: list[tuple[Mark, str | None]] = []
    for truth in wanted:
        near = max(found, key=lambda mark: mark.box.iou(truth.box), default=None)
        read.append((truth, near.text if near and near.box.iou(truth.box) >= _AT_PLACE else None))
    return read
