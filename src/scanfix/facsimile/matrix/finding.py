"""Finding each specimen of a pressed page again: its mark by kind and text, nearest to where it was put."""

from collections.abc import Iterable
from math import hypot

from scanfix.errors import ScanfixError
from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.matrix.draft import Wanted
from scanfix.facsimile.matrix.manifest import Entry, Expected
from scanfix.facsimile.press import Facsimile
from scanfix.facsimile.scanned import paper
from scanfix.model.geometry import Box
from scanfix.model.mark import Mark
from scanfix.model.text import PageText

# A mark this far from where its specimen was put belongs to another one, in inches.
_FAR_IN = 1.6
_LOOSE = '.,;:()"'


def entry_of(page: Facsimile, document: Document, wanted: Wanted) -> Entry:
    """Return the manifest's line of a specimen.

    Raises
    ------
    ScanfixError
        Nothing like it lies near its place: the page was put together wrongly.
    """
    lie = paper.lie_of(document.sheet, document.looks[0])
    at = lie.point(wanted.x_in * page.dpi, wanted.y_in * page.dpi)
    if wanted.kind == "page":
        height, width = page.pixels.shape[:2]
        return _entry(page, wanted, Box(left=0, top=0, right=width, bottom=height))
    if wanted.kind == "words":
        return _entry(page, wanted, _near(_words(page.text, wanted.text), at, wanted, page))
    if wanted.kind == "thing":
        boxes = (thing.box for thing in page.things if thing.kind == wanted.text)
        return _entry(page, wanted, _near(boxes, at, wanted, page))
    marks = {mark.box: mark for mark in reversed(page.marks) if _fits(mark, wanted)}
    mark = marks[_near(marks, at, wanted, page)]
    return _entry(page, wanted, mark.box, mark)


def _entry(page: Facsimile, wanted: Wanted, box: Box, mark: Mark | None = None) -> Entry:
    """Describe a specimen whose place is known."""
    specimen = wanted.specimen
    status: Expected = (mark.status if mark else None) or "none"
    is_stamp = mark is not None and mark.kind == "stamp"
    fields = tuple((name, text) for name, text in mark.fields if name != "family") if mark and is_stamp else ()
    return Entry(
        specimen=specimen.name,
        page=page.page_id.scan_id,
        mark_id=mark.mark_id if mark else "",
        box=box,
        section=specimen.section,
        stratum=specimen.stratum,
        is_positive=specimen.is_positive,
        status=status,
        family=specimen.level("family"),
        fields=fields,
        levels=specimen.levels,
    )


def _fits(mark: Mark, wanted: Wanted) -> bool:
    """Whether a mark is of the kind and text that is wanted."""
    if mark.kind != wanted.kind:
        return False
    if mark.kind == "stamp":
        return mark.field("family") == wanted.text
    if mark.kind == "strikethrough" and not wanted.text:
        return mark.field("extent") == "block"
    return not wanted.text or mark.text == wanted.text


def _words(text: PageText, phrase: str) -> Iterable[Box]:
    """Give the boxes of a phrase wherever its words follow one another in a line."""
    wanted = phrase.split()
    for region in text.regions:
        for line in region.lines:
            read = [word.text.strip(_LOOSE) for word in line.words]
            for start in range(len(read) - len(wanted) + 1):
                if read[start : start + len(wanted)] == [word.strip(_LOOSE) for word in wanted]:
                    yield Box.around(word.box for word in line.words[start : start + len(wanted)])


def _near(boxes: Iterable[Box], at: tuple[float, float], wanted: Wanted, page: Facsimile) -> Box:
    """Return the box nearest to a place."""
    found = sorted(boxes, key=lambda box: (_distance(box, at), box.edges))
    if not found or _distance(found[0], at) > _FAR_IN * page.dpi:
        raise ScanfixError(
            f"facsimile matrix: {page.page_id.scan_id} has no {wanted.kind} {wanted.text!r} for {wanted.specimen.name} "
            f"near {at}. Mend its page's layout in scanfix.facsimile.matrix."
        )
    return found[0]


def _distance(box: Box, at: tuple[float, float]) -> float:
    """Return how far a box's middle is from a place."""
    x, y = box.centre
    return hypot(x - at[0], y - at[1])
