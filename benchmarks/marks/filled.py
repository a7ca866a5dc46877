"""Fields of stamps and banners: read exactly, wrongly, not, or invented; and the state of check boxes."""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.marks.figures import Cell, Figures, Share, share
from benchmarks.marks.matching import stamp_pairs
from benchmarks.marks.seeking import Judged
from scanfix.model.mark import Mark
from scanfix.scoring.marks import wording

STATES = ("checked", "unchecked", "unclear")
# What a mark says of itself, or of the page, is no field that was read.
_ITS_OWN = frozenset(
    {
        "family",
        "role",
        "rotation_deg",
        "date_rotation_deg",
        "note",
        "position",
        "in_stamp",
        "reviewer_text",
        "name",
        "state",
    }
)
# What annotators write for what hides behind a redaction box.
_HIDDEN = frozenset({"redacted", "none", ""})
_ILLEGIBLE = "?"
_WRONG_FIRST = ("doc_no", "date", "next_review")


def values(truth: Mark) -> list[tuple[str, str]]:
    """Return the fields of a true stamp that can be read: no check boxes, nothing illegible or hidden."""
    return [
        (name, value)
        for name, value in truth.fields
        if name not in _ITS_OWN
        and value not in STATES
        and value not in _HIDDEN
        and _ILLEGIBLE not in value
        and name != "changed_to"
    ]


def is_same(value: str, read: str | None) -> bool:
    """Tell whether a field was read exactly: case, white space and punctuation apart."""
    return read is not None and wording(value) == wording(read)


def said(mark: Mark) -> Iterator[tuple[str, str]]:
    """Give the fields that a found stamp claims to have read, without check boxes and choices."""
    for name, value in mark.fields:
        if name not in _ITS_OWN and name != "changed_to" and value not in STATES and value not in _HIDDEN:
            yield name, value


def fields(pages: Sequence[Judged], family: str, *, real: bool) -> list[Figures]:
    """Show each field of a family's stamps that were found: exact, wrong, absent, and invented."""
    pairs = [(pair.truth, pair.found) for page in pages for pair in stamp_pairs(page)]
    pairs = [(t, f) for t, f in pairs if f.field("family") == t.field("family") and family in (t.field("family"), "")]
    names = Counter(name for truth, _ in pairs for name, _ in values(truth))
    names.update(name for truth, found in pairs for name, _ in said(found))
    if not pairs:
        return []
    order = sorted(names, key=lambda name: (name not in _WRONG_FIRST, name))
    rows = [_field(name, pairs) for name in order]
    headings = ("field", "exact of the legible", "wrong", "absent", "found where truth has none", "without evidence")
    return [
        Figures(
            title=f"Fields of {len(pairs)} {family or 'all'} stamps that were found",
            origin="real" if real else "drawn",
            headings=headings,
            rows=tuple(rows),
            note="exact: case, white space and punctuation apart; legible: truth gives the whole value",
        )
    ]


def _field(name: str, pairs: Sequence[tuple[Mark, Mark]]) -> tuple[Cell, ...]:
    """Count one field."""
    asked = [(dict(values(truth))[name], found.field(name)) for truth, found in pairs if name in dict(values(truth))]
    others = [found for truth, found in pairs if name not in dict(values(truth))]
    return (
        name,
        share(is_same(value, read) for value, read in asked),
        share(read is not None and not is_same(value, read) for value, read in asked),
        share(read is None for _, read in asked),
        share(name in dict(said(found)) for found in others),
        sum(name in dict(said(found)) and not has_evidence(found, name) for _, found in pairs),
    )


def has_evidence(mark: Mark, name: str) -> bool:
    """Tell whether a field says how sure it is, and where it was read."""
    return any(piece.name == f"field.{name}" and piece.box is not None for piece in mark.evidence)


def invented(pages: Sequence[Judged], *, real: bool) -> Figures:
    """Count what no page says: fields that truth has not, fields without evidence, on all stamps and banners found."""
    rows: list[tuple[Cell, ...]] = []
    for kind in ("stamp", "banner"):
        marks = [mark for page in pages for mark in page.found if mark.kind == kind]
        claims = [(mark, name) for mark in marks for name, _ in said(mark)]
        bare = share(not has_evidence(mark, name) for mark, name in claims)
        rows.append((f"{kind}: fields without evidence", len(marks), bare))
    pairs = [(pair.truth, pair.found) for page in pages for pair in stamp_pairs(page)]
    false = [name not in dict(values(truth)) for truth, found in pairs for name, _ in said(found)]
    rows.append(("stamp: fields that truth has not, or calls illegible", len(pairs), share(false)))
    return Figures(
        title="Invented", origin="real" if real else "drawn", headings=("", "marks", "of the fields"), rows=tuple(rows)
    )


# Check boxes


def boxes(pages: Sequence[Judged], *, real: bool) -> list[Figures]:
    """Show the confusion of check boxes on stamps that were found, and the worst error there is alone."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for page in pages:
        for truth, found, _ in box_states(page):
            seen[truth[0], truth[1], found] += 1
    if not seen:
        return []
    answers = (*STATES, "absent")
    rows: list[tuple[Cell, ...]] = [
        (f"{name}: {state}", *(seen[name, state, answer] for answer in answers), _right(seen, name, state))
        for name, state in sorted({(name, state) for name, state, _ in seen})
    ]
    rows.append(("all", *(sum(n for key, n in seen.items() if key[2] == one) for one in answers), _right(seen)))
    rows.append(("false ☒ DECLASSIFIED", *[None] * len(answers), false_declassified(pages)))
    note = "of the boxes on stamps found under their family; the last row: of all declassified boxes found on any stamp"
    return [
        Figures(
            title="Check boxes: truth by row, found by column",
            origin="real" if real else "drawn",
            headings=("", *answers, "right"),
            rows=tuple(rows),
            note=note,
        )
    ]


def box_states(page: Judged) -> list[tuple[tuple[str, str], str, Mark]]:
    """Give every true box of the stamps that were found: name and state, the state that was found, the stamp."""
    return [
        ((name, state), found_state(page, pair.found, name) or "absent", pair.truth)
        for pair in stamp_pairs(page)
        if pair.truth.field("family") == pair.found.field("family")
        for name, state in pair.truth.fields
        if state in STATES
    ]


def found_state(page: Judged, stamp: Mark, name: str) -> str | None:
    """Return the state of a stamp's box: its field's; that of the check box mark in it where no field tells any."""
    if any(value in STATES for _, value in stamp.fields):
        return stamp.field(name)
    inside = (mark for mark in page.found if mark.kind == "checkbox" and mark.box.share_inside(stamp.box) > 0)
    return next((mark.field("state") for mark in inside if mark.field("name") == name), None)


def false_declassified(pages: Sequence[Judged]) -> Share:
    """Count stamps called declassified by their box whose box is not checked, of all with such a box found."""
    wrong = []
    for page in pages:
        truth = {id(pair.found): pair.truth for pair in stamp_pairs(page)}
        for mark in page.found:
            state = found_state(page, mark, "declassified") if mark.kind == "stamp" else None
            if state:
                true = truth.get(id(mark))
                wrong.append(state == "checked" and (true is None or true.field("declassified") != "checked"))
    return share(wrong)


def _right(seen: Counter[tuple[str, str, str]], name: str = "", state: str = "") -> Share:
    """Count the boxes whose state is right."""
    chosen = {key: n for key, n in seen.items() if name in (key[0], "") and state in (key[1], "")}
    return Share(part=sum(n for key, n in chosen.items() if key[1] == key[2]), whole=sum(chosen.values()))
