"""Whether confidences can be believed, set by set; the target is a calibration error of 0.05 at most.

Words that are not in the reference count as wrong. Where a reference leaves letterheads out, that is unjust: the last
column is that of the words which stand for one of the reference.
"""

from collections.abc import Iterator, Sequence

from rich.table import Table

from benchmarks.causes import Examined
from benchmarks.corpus import SETS
from scanfix.model.comparison import AlignedWords
from scanfix.model.reliability import Reliability
from scanfix.scoring.calibration import calibrate, judge

TARGET = 0.05


def table(system: str, examined: Sequence[Examined]) -> Table:
    """Show the calibration errors of each set."""
    shown = Table(title=f"{system}: confidences, target for ECE {TARGET}", show_edge=False)
    shown.add_column("set")
    for heading in ("words", "right %", "ECE", "95 % of draws", "adaptive", "Brier", "ECE, in the reference"):
        shown.add_column(heading, justify="right")
    for name, pages in _groups(examined):
        found = calibrate([tuple(judge(_words(one))) for one in pages])
        inside = calibrate([tuple(judge(words for words in _words(one) if words.op != "insert")) for one in pages])
        if found and inside:
            shown.add_row(name, *_cells(found), f"{inside.expected_error:.3f}")
    return shown


def _groups(examined: Sequence[Examined]) -> Iterator[tuple[str, list[Examined]]]:
    """Give each set, and the pages that are transcribed in full where some are not."""
    for name in SETS:
        of_set = [one for one in examined if one.page.group == name]
        full = [one for one in of_set if not one.page.is_partial]
        yield name, of_set
        if len(full) < len(of_set):
            yield f"{name}, full", full


def _words(one: Examined) -> Iterator[AlignedWords]:
    """Give the aligned words of a page."""
    return (words for line in one.lines for words in line.words)


def _cells(found: Reliability) -> tuple[str, ...]:
    """Write the figures of a set."""
    draws = found.interval
    return (
        str(found.words),
        f"{100 * found.right / found.words:.1f}",
        f"{found.expected_error:.3f}",
        f"{draws.low:.3f} to {draws.high:.3f}" if draws else "–",
        f"{found.adaptive_error:.3f}",
        f"{found.brier:.3f}",
    )
