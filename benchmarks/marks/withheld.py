"""Section C of the matrix, and banners, redactions and exemption codes of real pages."""

from collections.abc import Sequence

from benchmarks.marks.figures import Cell, Figures, Origin, Share, apart, f1, share
from benchmarks.marks.filled import is_same
from benchmarks.marks.matching import IOU, Answer, answers, lies_on, place_pairs
from benchmarks.marks.seeking import Judged
from benchmarks.marks.struck import levels
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind
from scanfix.model.score import MarkMatches, MarkPair
from scanfix.scoring.marks import wording

_FACTORS = ("cover", "covered", "code", "scan")
_CONTOURS = "rectangles by contour"
_BOUND = "bound.redaction"
_HEADINGS = ("", "n", "found", "style right of the found", "code read", "code bound to its box")


def strata(pages: Sequence[Judged]) -> list[Figures]:
    """Tell of section C, level by level, and of what only looks withheld."""
    given = answers(pages, "C")
    wanted = [one for one in given if one.entry.is_positive]
    shown = [
        Figures(title="C withheld: strata", origin="drawn", headings=_HEADINGS, rows=(_row("all", wanted),)),
        *(_factor(wanted, factor) for factor in _FACTORS),
    ]
    others = [one for one in given if not one.entry.is_positive]
    names = levels((one.entry for one in others), "lookalike")
    parts = [(name, [one for one in others if one.entry.level("lookalike") == name]) for name in names]
    rows = tuple((name, share(_is_taken(one) for one in part)) for name, part in (*parts, ("all", others)))
    headings = ("", "called a redaction")
    note = "exempt-pages: a notice that pages are withheld is one; a box of it is not"
    return [*shown, Figures(title="C: look-alikes", origin="drawn", headings=headings, rows=rows, note=note)]


def _factor(given: Sequence[Answer], factor: str) -> Figures:
    """Tell of the levels of a factor."""
    names = levels((one.entry for one in given), factor)
    rows = [_row(name, [one for one in given if one.entry.level(factor) == name]) for name in names]
    return Figures(title=f"C withheld: {factor}", origin="drawn", headings=_HEADINGS, rows=tuple(rows))


def _row(name: str, given: Sequence[Answer]) -> tuple[Cell, ...]:
    """Count the answers of a level."""
    found = [one for one in given if one.found]
    coded = [one for one in given if one.truth and one.truth.field("code")]
    codes = [(one, _code(one)) for one in coded]
    return (
        name,
        len(given),
        Share(part=len(found), whole=len(given)),
        share(one.truth is not None and _style(one.found) == _style(one.truth) for one in found),
        share(code is not None for _, code in codes),
        share(code is not None and _is_bound(code, one.entry.box) for one, code in codes),
    )


def _style(mark: Mark | None) -> str | None:
    """Return the style of a redaction."""
    return mark.field("style") if mark else None


def _code(one: Answer) -> Mark | None:
    """Return the code of a redaction as it was found: at its place, with its wording."""
    name = one.truth.field("name") if one.truth else None
    pairs = (pair for pair in one.page.match.pairs if pair.truth.kind == "exemption")
    return next((pair.found for pair in pairs if pair.truth.field("redaction") == name), None)


def _is_bound(code: Mark, box: Box) -> bool:
    """Tell whether a code is bound to a box."""
    bound = next((piece.box for piece in code.evidence if piece.name == _BOUND), None)
    return bound is not None and bound.iou(box) >= IOU


def _is_taken(one: Answer) -> bool:
    """Tell whether something that is no redaction is called one; true ones beside it do not count."""
    true = {id(pair.found) for pair in one.page.match.pairs}
    return any(
        mark.kind == "redaction"
        and mark.field("style") != "pages"
        and id(mark) not in true
        and lies_on(mark.box, one.entry.box)
        for mark in one.page.found
    )


# All pages of a set


def redactions(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Show redactions and codes, beside rectangles by contour."""
    rows: list[tuple[Cell, ...]] = []
    ours = [page.match for page in pages]
    contours = [page.match_of(_CONTOURS) for page in pages]
    rows.append(("redactions: scanfix", *_counts(ours, "redaction"), None))
    other = _counts(contours, "redaction")
    rows.append((f"redactions: {_CONTOURS}", *other, apart(_share(rows[0][1]), _share(other[0]))))
    rows.append(("exemption codes: scanfix", *_counts(ours, "exemption"), None))
    rows.append(("banners: scanfix", *_counts(ours, "banner"), None))
    where = "cib" if real else "matrix"
    return Figures(
        title=f"Redactions, codes, banners of {where}, {len(pages)} pages",
        origin="real" if real else "drawn",
        headings=("", "recall", "precision", "F1", "recall apart from scanfix's"),
        rows=tuple(rows),
        note="IoU ≥ 0.5; of codes and banners, the wording too",
    )


def _share(cell: Cell) -> Share:
    """Take a cell for the share that it is."""
    return cell if isinstance(cell, Share) else Share(part=0, whole=0)


def _counts(matches: Sequence[MarkMatches], kind: MarkKind) -> tuple[Share, Share, float | None]:
    """Count one kind."""
    counts = [match.of_kind(kind) for match in matches]
    hits = sum(count.true_positives for count in counts)
    missed, alarms = sum(c.false_negatives for c in counts), sum(c.false_positives for c in counts)
    harmonic = f1(right=hits, missed=missed, alarms=alarms)
    return Share(part=hits, whole=hits + missed), Share(part=hits, whole=hits + alarms), harmonic


def banners(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Show the banners found by place alone, and their fields."""
    pairs = [pair for page in pages for pair in place_pairs(page, "banner")]
    n = sum(mark.kind == "banner" for page in pages for mark in page.known.marks)
    exact = [(name, share(_same(pair, name) for pair in pairs)) for name in ("date", "number", "action", "position")]
    both = share(_same(pair, "date") and _same(pair, "number") for pair in pairs)
    return Figures(
        title=f"{n} banners, by place alone, and their fields",
        origin="real" if real else "drawn",
        headings=("", "of the banners"),
        rows=(("found", Share(part=len(pairs), whole=n)), *exact, ("date and number exact", both)),
        note="fields: of the banners found; digits and letters alone",
    )


def _same(pair: MarkPair, name: str) -> bool:
    """Tell whether a field is the same on both sides, absent ones too."""
    true, found = pair.truth.field(name), pair.found.field(name)
    return found is None if true is None else is_same(true, found)


def bindings(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Show codes bound to their boxes.

    Where truth names none, a box that stands at the code's height is right; where there is none, the code is the whole
    document's, and stays unbound.
    """
    rows: list[tuple[Cell, ...]] = []
    named: list[bool] = []
    alone: list[bool] = []
    several: list[bool] = []
    free: list[bool] = []
    for page in pages:
        for pair in place_pairs(page, "exemption"):
            boxes = _candidates(page, pair.truth)
            is_right = any(_is_bound(pair.found, box) for box in boxes)
            if not boxes:
                free.append(all(piece.name != _BOUND for piece in pair.found.evidence))
            elif pair.truth.field("redaction"):
                named.append(is_right)
            else:
                (alone if len(boxes) == 1 else several).append(is_right)
    answers_of = {
        "box named by truth": named,
        "one box at its height": alone,
        "one of several at its height": several,
        "no box at its height: left unbound": free,
    }
    rows += [(name, share(answer)) for name, answer in answers_of.items()]
    read = [(pair.truth.text, pair.found.text) for page in pages for pair in place_pairs(page, "exemption")]
    rows.append(("code exact, of those found by place", share(wording(true) == wording(found) for true, found in read)))
    origin: Origin = "real" if real else "drawn"
    return Figures(title="Codes bound to boxes", origin=origin, headings=("", "right"), rows=tuple(rows))


def _candidates(page: Judged, code: Mark) -> list[Box]:
    """Return the true redactions that a code may belong to."""
    boxes = [mark for mark in page.known.marks if mark.kind == "redaction"]
    name = code.field("redaction")
    if name:
        return [mark.box for mark in boxes if mark.field("name") == name]
    middle = code.box.centre[1]
    return [mark.box for mark in boxes if mark.box.top <= middle < mark.box.bottom]
