"""Section B of the matrix, and stamps of real pages."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.marks.figures import Cell, Figures, Share, apart, f1, share
from benchmarks.marks.filled import box_states, is_same, values
from benchmarks.marks.markings import SCANFIX
from benchmarks.marks.matching import Answer, IsEvent, answers, lies_on, right_stamps
from benchmarks.marks.seeking import Judged
from benchmarks.marks.struck import levels
from scanfix.model.mark import Mark

_FACTORS = ("family", "rotation", "ink", "occlusion", "fill", "boxes", "wording", "scan")
_HEADINGS = ("", "n", "found: family and place", "place, another family", "fields exact", "boxes right")
_KEYWORD = "B4s DECLASSIFIED read"
S01 = "cia-reviewer"
_UNKNOWN = "unknown"


def strata(pages: Sequence[Judged], is_event: IsEvent) -> list[Figures]:
    """Tell of section B, stratum by stratum and level by level."""
    given = answers(pages, "B")
    known = [one for one in given if one.entry.stratum == "stamp"]
    unknown = [one for one in given if one.entry.stratum == "unknown"]
    note = "found: IoU ≥ 0.5 and the family; fields and boxes: of the stamps that were found"
    rows = (_row("known families", known), _row("unknown wordings", unknown))
    shown = [Figures(title="B stamps: strata", origin="drawn", headings=_HEADINGS, rows=rows, note=note)]
    shown += [_factor(known, factor) for factor in _FACTORS]
    return [*shown, _families(pages), _no_stamps([one for one in given if not one.entry.is_positive], is_event)]


def _factor(given: Sequence[Answer], factor: str) -> Figures:
    """Tell of the levels of a factor."""
    names = levels((one.entry for one in given), factor)
    rows = [_row(name, [one for one in given if one.entry.level(factor) == name]) for name in names]
    return Figures(title=f"B known stamps: {factor}", origin="drawn", headings=_HEADINGS, rows=tuple(rows))


def _row(name: str, given: Sequence[Answer]) -> tuple[Cell, ...]:
    """Count stamps that were found under their own name, their fields and boxes."""
    right = [one for one in given if _has_family(one)]
    both = [(one.truth, one.found) for one in right]
    exact = [is_same(value, f.field(name)) for t, f in both if t and f for name, value in values(t)]
    states = [state == found for one in right for (_, state), found in _states(one)]
    return (
        name,
        len(given),
        Share(part=len(right), whole=len(given)),
        share(one.found is not None and not _has_family(one) for one in given),
        share(exact),
        share(states),
    )


def _states(one: Answer) -> list[tuple[tuple[str, str], str]]:
    """Give the boxes of one stamp."""
    return [(name, found) for name, found, truth in box_states(one.page) if truth is one.truth]


def _has_family(one: Answer) -> bool:
    """Tell whether a stamp was found under its own name."""
    return one.found is not None and one.found.field("family") == one.entry.family


def _families(pages: Sequence[Judged]) -> Figures:
    """Show each family by pages: does a page have one, and was one found there."""
    drawn = [page for page in pages if any(entry.section == "B" for entry in page.known.entries)]
    names = sorted({mark.field("family") or "" for page in drawn for mark in page.known.marks if mark.kind == "stamp"})
    rows = [(name, *_by_page(drawn, name)) for name in names]
    headings = ("family", "pages found", "pages right of those called", "F1")
    return Figures(title="B stamps: families by page", origin="drawn", headings=headings, rows=tuple(rows))


def _by_page(pages: Sequence[Judged], family: str) -> tuple[Cell, ...]:
    """Count the pages of a family."""
    true = [_holds(page.known.marks, family) for page in pages]
    found = [_holds(page.found, family) for page in pages]
    both = sum(one and other for one, other in zip(true, found, strict=True))
    return (
        Share(part=both, whole=sum(true)),
        Share(part=both, whole=sum(found)),
        f1(right=both, missed=sum(true) - both, alarms=sum(found) - both),
    )


def _holds(marks: Sequence[Mark], family: str) -> bool:
    """Tell whether there is a stamp of a family."""
    return any(mark.kind == "stamp" and mark.field("family") == family for mark in marks)


def _no_stamps(given: Sequence[Answer], is_event: IsEvent) -> Figures:
    """Show what becomes of legends, rules and things that are no stamps at all."""
    rows: list[tuple[Cell, ...]] = []
    kinds = sorted({(one.entry.stratum, one.entry.level("lookalike") or one.entry.family) for one in given})
    for stratum, name in kinds:
        part = [
            one
            for one in given
            if one.entry.stratum == stratum and name in (one.entry.level("lookalike"), one.entry.family)
        ]
        called = share(_is_taken(one, is_event) for one in part)
        named = None if stratum == "none" else share(_has_family(one) for one in part)
        rows.append((f"{stratum}: {name}", len(part), named, called))
    headings = ("", "n", "found under its own name", "taken for a stamp that is an event")
    return Figures(title="B: no stamps, or none that is an event", origin="drawn", headings=headings, rows=tuple(rows))


def _is_taken(one: Answer, is_event: IsEvent) -> bool:
    """Tell whether a thing is taken for an event; what lies over a true stamp is not, where that was found."""
    true = right_stamps(one.page)
    return any(is_event(m) and id(m) not in true and lies_on(m.box, one.entry.box) for m in one.page.found)


# Real pages


def reviewers(pages: Sequence[Judged]) -> Figures:
    """Show pages with the reviewer's stamp beside the keyword's."""
    headings = ("system", "recall", "precision", "F1", "recall apart from scanfix's")
    true = [_holds(page.known.marks, S01) for page in pages]
    ours = [_holds(page.found, S01) for page in pages]
    keyword = [bool(page.by_baseline[_KEYWORD]) for page in pages]
    rows = [(name, *_pages_row(true, found)) for name, found in ((SCANFIX, ours), (_KEYWORD, keyword))]
    own, other = (Share(part=_both(true, found), whole=sum(true)) for found in (ours, keyword))
    return Figures(
        title=f"Pages with the reviewer's stamp (S01), of {len(pages)}",
        origin="real",
        headings=headings,
        rows=((*rows[0], None), (*rows[1], apart(own, other))),
    )


def _both(one: Sequence[bool], other: Sequence[bool]) -> int:
    """Count where both say yes."""
    return sum(a and b for a, b in zip(one, other, strict=True))


def _pages_row(true: Sequence[bool], found: Sequence[bool]) -> tuple[Cell, ...]:
    """Count pages."""
    both = _both(true, found)
    harmonic = f1(right=both, missed=sum(true) - both, alarms=sum(found) - both)
    return (Share(part=both, whole=sum(true)), Share(part=both, whole=sum(found)), harmonic)


def placed(pages: Sequence[Judged]) -> Figures:
    """Show the real stamps' places: the reviewer's, numbering machines', and the zones of French typescripts."""
    rows: list[tuple[Cell, ...]] = []
    for group, family in (("cib", S01), ("cib", "other"), ("stamps-fr", "")):
        marks = [
            (page, mark)
            for page in pages
            if page.known.group == group
            for mark in page.known.marks
            if mark.kind == "stamp" and (mark.field("family") or "") == family
        ]
        shares = [share(_best(page, mark) >= iou for page, mark in marks) for iou in (0.5, 0.3)]
        if marks:
            rows.append((f"{group} {family}".strip(), *shares))
    headings = ("stamps", "found, IoU ≥ 0.5", "IoU ≥ 0.3")
    note = "other: numbering machines' copy numbers; any stamp that was found counts"
    return Figures(title="Stamps by place", origin="real", headings=headings, rows=tuple(rows), note=note)


def _best(page: Judged, truth: Mark) -> float:
    """Return the best overlap with a stamp that was found."""
    return max((mark.box.iou(truth.box) for mark in page.found if mark.kind == "stamp"), default=0.0)


def false_events(pages: Sequence[Judged], is_event: IsEvent) -> Figures:
    """Count stamps that are events where there are none, set by set; and what else is called a stamp."""
    rows: list[tuple[Cell, ...]] = []
    for name, part in _parts(pages):
        alarms = sum(_false_events(page, is_event) for page in part)
        called = Counter(mark.field("family") or "" for page in part for mark in page.found if mark.kind == "stamp")
        said = ", ".join(f"{family} {n}" for family, n in called.most_common())
        rows.append((name, len(part), alarms, alarms / len(part) if part else None, said))
    headings = ("pages", "n", "false stamp events", "a page", "all stamps found")
    note = "ehri-en, struck-fr and stamps-fr have no stamp that is an event: every one found is counted as false"
    return Figures(title="False stamp events", origin="both", headings=headings, rows=tuple(rows), note=note)


def _parts(pages: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    """Part pages by what is on them."""
    of = {page.known.group: [other for other in pages if other.known.group == page.known.group] for page in pages}
    parts = [(name, part) for name, part in of.items() if name not in ("cib", "matrix")]
    covers = [page for page in of.get("cib", []) if _holds(page.known.marks, S01)]
    inner = [page for page in of.get("cib", []) if not _holds(page.known.marks, S01)]
    drawn = of.get("matrix", [])
    clean = [page for page in drawn if any(entry.stratum == "clean" for entry in page.known.entries)]
    bare = [page for page in drawn if not any(mark.kind == "stamp" for mark in page.known.marks)]
    parts = [
        ("cib covers", covers),
        ("cib, no S01", inner),
        *parts,
        ("matrix clean", clean),
        ("matrix, no stamps", bare),
    ]
    return [(name, part) for name, part in parts if part]


def _false_events(page: Judged, is_event: IsEvent) -> int:
    """Count the events of a page that are none."""
    right = right_stamps(page)
    return sum(is_event(mark) and id(mark) not in right for mark in page.found)
