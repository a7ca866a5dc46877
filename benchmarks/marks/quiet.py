"""What must stay quiet: clean pages, underlined words; and handwriting, whose places only keep it out of the text."""

from collections.abc import Sequence
from typing import get_args

from benchmarks.marks.figures import Cell, Figures, share
from benchmarks.marks.matching import is_hit, lies_on
from benchmarks.marks.seeking import Judged
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark, MarkKind

# Nothing looks for underlines.
_KINDS: tuple[MarkKind, ...] = tuple(kind for kind in get_args(MarkKind) if kind != "underline")
# A typed line of capitals is that high above its underline: a sixth of an inch holds line and gap.
_LINE_IN = 1 / 8


def clean(pages: Sequence[Judged]) -> Figures:
    """Count marks a page where there are none, kind by kind; and false ones on annotated pages."""
    rows: list[tuple[Cell, ...]] = []
    for name, part in _parts(pages):
        for kind in _KINDS:
            seen = [mark for page in part for mark in _unwanted(page) if mark.kind == kind]
            struck = sum(mark.status == "struck" for mark in seen)
            rows.append((f"{name}: {kind}", len(part), len(seen), len(seen) / len(part), struck))
    headings = ("pages", "n", "marks", "a page", "of them struck")
    note = (
        "of cib what matches no annotation; ehri-en has markings, stamps and handwriting of its own: "
        "what is found there is no false alarm as such"
    )
    return Figures(title="Marks where there are none", origin="both", headings=headings, rows=tuple(rows), note=note)


def _parts(pages: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    """Part pages by what is known of them."""
    clean = [page for page in pages if _is_clean(page)]
    real = [(name, [page for page in pages if page.known.group == name]) for name in ("cib", "ehri-en")]
    return [(name, part) for name, part in (("matrix, clean pages", clean), *real) if part]


def _unwanted(page: Judged) -> tuple[Mark, ...]:
    """Return what was found and is in no annotation.

    A hand or stamp that lies where truth has one is none of it, nor a check box in a true stamp: annotators tell of it
    as the stamp's field.
    """
    left = page.match.false_alarms
    known = [(mark.kind, mark.box) for mark in page.known.marks]
    known += [("checkbox", box) for kind, box in known if kind == "stamp"]
    return tuple(m for m in left if not any(m.kind == kind and lies_on(m.box, box) for kind, box in known))


def _is_clean(page: Judged) -> bool:
    """Tell whether a page of the matrix has no mark at all."""
    return any(entry.stratum == "clean" for entry in page.known.entries) and not page.known.marks


def underlined(pages: Sequence[Judged]) -> Figures:
    """Show underlined words, and how many of them are called struck."""
    rows: list[tuple[Cell, ...]] = []
    for name in ("cib", "matrix"):
        struck, words, wrong = [], 0, 0
        for page in pages:
            if page.known.group == name:
                for mark in page.known.marks:
                    if mark.kind == "underline":
                        on_it = _struck(page, mark)
                        number = max(1, len(mark.text.split()))
                        struck.append(bool(on_it))
                        words += number
                        wrong += min(number, sum(max(1, len(other.text.split())) for other in on_it))
        if struck:
            rows.append((name, share(struck), words, wrong))
    headings = ("", "underlines whose words are called struck", "words", "called struck")
    return Figures(title="Underlined words", origin="both", headings=headings, rows=tuple(rows))


def _struck(page: Judged, underline: Mark) -> list[Mark]:
    """Return what calls words above an underline struck; nothing where truth has them struck as well."""
    words = Box(
        left=underline.box.left,
        top=max(0, underline.box.top - round(_LINE_IN * page.dpi)),
        right=underline.box.right,
        bottom=underline.box.bottom,
    )
    if any(mark.status in ("struck", "uncertain") and lies_on(mark.box, words) for mark in page.known.marks):
        return []
    return [mark for mark in page.found if mark.status == "struck" and lies_on(mark.box, words)]


def handwriting(pages: Sequence[Judged]) -> Figures:
    """Show how much of the handwriting was found, by what it is."""
    rows: list[tuple[Cell, ...]] = []
    seen: dict[str, list[bool]] = {}
    for page in pages:
        found = [mark for mark in page.found if mark.kind == "handwriting"]
        for mark in page.known.marks:
            if mark.kind == "handwriting":
                sort = mark.field("form") or ("in a stamp" if mark.field("in_stamp") == "true" else "beside the text")
                seen.setdefault(f"{page.known.group}: {sort}", []).append(is_hit(mark, found))
    rows += [(name, share(hits)) for name, hits in sorted(seen.items())]
    headings = ("handwriting", "found")
    note = "found: IoU ≥ 0.3, or 60 % of it covered"
    return Figures(title="Handwriting", origin="both", headings=headings, rows=tuple(rows), note=note)
