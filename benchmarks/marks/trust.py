"""Whether a status can be believed: abstention against risk, and calibration of its confidence."""

from collections.abc import Sequence

from benchmarks.marks.figures import Cell, Figures, Share
from benchmarks.marks.markings import certain
from benchmarks.marks.seeking import Judged
from scanfix.model.score import MarkPair
from scanfix.scoring.calibration import JudgedWord, calibrate

_THRESHOLDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95)


def risk(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Show how wrong a status is where it is given, the more is left to people."""
    pairs = certain([page.match for page in pages])
    rows: list[tuple[Cell, ...]] = []
    for threshold in _THRESHOLDS:
        given = [pair for pair in pairs if _is_given(pair, threshold)]
        wrong = Share(part=sum(pair.found.status != pair.truth.status for pair in given), whole=len(given))
        rows.append((f"{threshold:.2f}", Share(part=len(given), whole=len(pairs)), wrong))
    return Figures(
        title="Status of localised markings: risk against coverage",
        origin="real" if real else "drawn",
        headings=("status confidence at least", "coverage: a status given", "risk: wrong of the given"),
        rows=tuple(rows),
        note="uncertain is no status",
    )


def _is_given(pair: MarkPair, threshold: float) -> bool:
    """Tell whether a status is given, with that confidence."""
    return pair.found.status in ("struck", "active") and (pair.found.status_confidence or 0.0) >= threshold


def calibration(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Hold the confidence of statuses against what came true."""
    judged = [
        [
            JudgedWord(pair.found.status_confidence, pair.found.status == pair.truth.status)
            for pair in certain([page.match])
            if pair.found.status in ("struck", "active") and pair.found.status_confidence is not None
        ]
        for page in pages
    ]
    found = calibrate(judged)
    rows: list[tuple[Cell, ...]] = []
    if found:
        low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
        rows.append(("expected calibration error", found.expected_error, low, high))
        rows.append(("adaptive calibration error", found.adaptive_error, None, None))
        rows.append(("Brier score", found.brier, None, None))
        rows += [
            (f"{one.low:.1f} to {one.high:.1f}", str(Share(part=one.right, whole=one.words)), None, None)
            for one in found.bins
            if one.words
        ]
    headings = ("confidence of a status", "", "95 % from", "to")
    n = sum(len(page) for page in judged)
    return Figures(
        title=f"Calibration of status_confidence, {n} statuses given",
        origin="real" if real else "drawn",
        headings=headings,
        rows=tuple(rows),
    )
