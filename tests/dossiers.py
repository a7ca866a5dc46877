"""Pages of a document as the events workshop is given them: marks and lines without pictures; a helper, not a test."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from scanfix.events import PageSeen
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind, MarkStatus
from scanfix.model.page import PageId
from scanfix.model.provenance import Provenance
from scanfix.model.text import Line, PageText, Region, RegionKind, Word

HEIGHT_PX = 3300
MADE = Provenance(made_by="test 1", recipe="{}", inputs=())
_IDS: Iterator[int] = count(1)
_TOPS = {"head": 100, "foot": 3150, "body": 1500}


def mark(kind: MarkKind, text: str = "", *, top: int = 1500, status: MarkStatus | None = None, **fields: str) -> Mark:
    return Mark(
        mark_id=f"m{next(_IDS)}",
        kind=kind,
        box=Box(left=800, top=top, right=1600, bottom=top + 60),
        text=text,
        confidence=0.9,
        status=status,
        fields=tuple(fields.items()),
    )


def marking(text: str = "SECRET", status: MarkStatus = "struck", place: str = "head") -> Mark:
    return mark("classification", text, top=_TOPS[place], status=status)


def banner(date: str = "2019/03/14", number: str = "C02733122", action: str = "Approved for Release") -> Mark:
    text = f"{action}: {date} {number}"
    return mark("banner", text, top=20, action=action, date=date, number=number)


def stamp(family: str, text: str = "", **fields: str) -> Mark:
    named = tuple({"family": family, **fields}.items())
    return replace(mark("stamp", text, top=2000), fields=named)


def reviewer(**fields: str) -> Mark:
    known = {"no_change": "checked", "declassified": "unchecked", "authority": "HR 70-2", "date": "8 Jan 80"}
    return stamp("cia-reviewer", "DOCUMENT NO. 12\nNO CHANGE IN CLASS. ☒", **(known | fields))


def sure_of(found: Mark, name: str, value: float) -> Mark:
    """Return a mark with the evidence of a field."""
    evidence = (Evidence(name=f"field.{name}", value=value, box=found.box), Evidence(name="anchors", value=3.0))
    return replace(found, evidence=evidence)


def line(text: str, *, name: str = "l1") -> Line:
    box = Box(left=1000, top=3000, right=1400, bottom=3040)
    words = tuple(
        Word(word_id=f"{name}w{index}", text=word, box=box, confidence=0.9) for index, word in enumerate(text.split())
    )
    return Line(line_id=name, box=box, words=words)


def text(number: int, *entries: tuple[RegionKind, str]) -> PageText:
    regions = tuple(
        Region(region_id=f"r{index}", kind=kind, box=line(words).box, lines=(line(words, name=f"l{index}"),))
        for index, (kind, words) in enumerate(entries)
    )
    return PageText(page_id=PageId(scan_id="memo", number=number), regions=regions, provenance=MADE)


def page(number: int, *marks: Mark, printed: str | None = None, **texts: str) -> PageSeen:
    """Return a page; ``printed`` is its page number as read, ``paragraph`` a line of it."""
    entries: list[tuple[RegionKind, str]] = []
    if printed is not None:
        entries.append(("page-number", printed))
    if "paragraph" in texts:
        entries.append(("paragraph", texts["paragraph"]))
    if "header" in texts:
        entries.append(("header", texts["header"]))
    return PageSeen(number=number, marks=marks, text=text(number, *entries), height_px=HEIGHT_PX)
