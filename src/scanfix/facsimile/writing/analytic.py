"""Papers that weigh evidence: memoranda, estimates, bulletins, tables of statistics."""

from collections.abc import Iterator

from scanfix.facsimile.asked.document import Flow, Paragraph, Run, Style, Table
from scanfix.facsimile.writing import shapes
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.written import Written, written

# What a paragraph of an estimate runs to, in words.
_PARAGRAPH = (55, 130)
_ITEM = (45, 110)
# Of four paragraphs one opens with a heading of its own, of eight one has a footnote.
_RUN_IN, _NOTED = 0.25, 0.12
# A conclusion is two or three sentences.
_CONCLUSION = (35, 70)
# A table's columns begin here; figures end here.
_STARTS = (0, 30, 42, 54)
_COMMODITIES = (7, 12)
_OFFICES = (
    "OFFICE OF ESTIMATES",
    "JOINT PLANNING STAFF",
    "BOARD OF REVIEW",
    "BUREAU OF RESEARCH",
    "DIVISION OF ECONOMIC STUDIES",
    "OFFICE OF NORTHERN AFFAIRS",
    "COORDINATING COMMITTEE ON SUPPLY",
    "SPECIAL STUDIES GROUP",
)
_TABLES = (
    "Imports by commodity (metric tons)",
    "Exports by commodity (metric tons)",
    "Stocks at the end of each year (tons)",
    "Production in selected industries",
    "Deliveries under the agreement (tons)",
    "Rail freight (thousand ton-miles)",
)


def memorandum(author: Author, words: int) -> Written:
    """Write a staff memorandum: head, subject, numbered paragraphs, some with a heading or a footnote."""
    title = _title(author)
    number = f"{author.draws.between(3, 98)}-{author.cast.year % 100}"
    office = author.draws.pick(_OFFICES)
    head = (
        shapes.line(office, alignment="centre", blank=0),
        shapes.line(author.cast.date, alignment="right"),
        shapes.line(f"STAFF MEMORANDUM NO. {number}", blank=1),
        Paragraph(runs=(Run(text=f"SUBJECT: {title}"),), hanging=9, blank_before=1),
    )
    signed = shapes.line(_signature(author), alignment="right", blank=3)
    text = tuple(paragraphs(author, words))
    return written(
        author, "memorandum", title=title, number=f"NO. {number}", office=office, flows=(*head, *text, signed)
    )


def estimate(author: Author, words: int) -> Written:
    """Write an estimate: problem, conclusions, discussion under underlined or letter-spaced headings."""
    title = _title(author)
    number = f"{author.draws.between(3, 98)}-{author.cast.year % 100}"
    style: Style = "spaced" if author.draws.chance(0.3) else "underlined"
    few = max(words // 5 // _CONCLUSION[1], 1)
    purpose = author.sentence("purpose")
    conclusions = [author.paragraph("s.hedged", words=author.draws.between(*_CONCLUSION)) for _ in range(few)]
    head = (
        shapes.line(author.cast.date, alignment="right", blank=0),
        shapes.heading(f"STAFF ESTIMATE NO. {number}", blank=3),
        shapes.heading(title.upper(), style="underlined"),
        shapes.heading("THE PROBLEM", style=style),
        shapes.body(purpose),
        shapes.heading("CONCLUSIONS", style=style),
        *(shapes.body(text, number=f"{index}.") for index, text in enumerate(conclusions, 1)),
        shapes.heading("DISCUSSION", style=style),
    )
    done = sum(len(text.split()) for text in (purpose, *conclusions))
    text = tuple(paragraphs(author, max(words - done, _PARAGRAPH[0]), first=few + 1))
    office = author.draws.pick(_OFFICES)
    return written(author, "estimate", title=title, number=f"NO. {number}", office=office, flows=(*head, *text))


def bulletin(author: Author, words: int) -> Written:
    """Write a daily bulletin: numbered items under underlined headlines, with comments."""
    office = "OFFICE OF CURRENT REPORTS"
    flows: list[Flow] = [
        shapes.line(author.cast.date, alignment="right", blank=0),
        shapes.heading("DAILY BULLETIN", style="spaced", blank=1),
    ]
    count, number, title = 0, 0, ""
    while count < words:
        number += 1
        headline = shapes.titled(author.phrase("bull.head"))
        title = title or headline
        text = author.paragraph("bull.s", words=author.draws.between(*_ITEM))
        comment = author.paragraph("bull.comment", words=author.draws.between(20, 60))
        runs = (Run(text=f"{number}. "), Run(text=headline, style="underlined"))
        flows.append(Paragraph(runs=runs, kind="heading", hanging=3, blank_before=2))
        flows.append(shapes.body(text))
        flows.append(shapes.body(comment, heading="Comment:"))
        count += len(text.split()) + len(comment.split()) + len(headline.split())
    return written(author, "bulletin", title=title, number=str(author.cast.day), office=office, flows=tuple(flows))


def statistics(author: Author, words: int) -> Written:
    """Write an annex of statistics: tables, each with a title and a remark."""
    state = author.cast.states[0]
    title = f"{state.adjective} foreign trade, {author.cast.year - 3} to {author.cast.year - 1}"
    flows: list[Flow] = [shapes.heading("ANNEX A", blank=0), shapes.heading(title.upper(), style="underlined")]
    count, number = 0, 0
    while count < words:
        number += 1
        remark = author.paragraph("s.figures", words=40)
        flows.append(shapes.heading(f"Table {number}: {_TABLES[number % len(_TABLES)]}"))
        flows.append(table(author))
        flows.append(shapes.body(remark))
        count += len(remark.split()) + 4 * _COMMODITIES[1]
    return written(author, "statistics", title=title, number="ANNEX A", office=_OFFICES[0], flows=tuple(flows))


def paragraphs(author: Author, words: int, *, first: int = 1, rule: str = "s") -> Iterator[Paragraph]:
    """Write numbered paragraphs of about ``words`` words in all; a footnote follows the paragraph with its sign."""
    count, number, notes = 0, first, 0
    while count < words:
        text = author.paragraph(rule, words=min(author.draws.between(*_PARAGRAPH), max(words - count, 1)))
        heading = f"{shapes.titled(author.phrase('heading'))}." if author.draws.chance(_RUN_IN) else ""
        count += len(text.split()) + len(heading.split())
        paragraph = shapes.body(text, number=f"{number}.", heading=heading)
        number += 1
        if not author.draws.chance(_NOTED):
            yield paragraph
            continue
        notes += 1
        note = author.sentence("s.argument")
        count += len(note.split())
        yield shapes.noted(paragraph, label=str(notes))
        yield shapes.footnote(note, label=str(notes))


def table(author: Author) -> Table:
    """Write a table of goods and three years, with its sum."""
    first = author.cast.year - 3
    rows: list[tuple[str, ...]] = [("Commodity", *(str(first + index) for index in range(3)))]
    sums = [0, 0, 0]
    for goods in dict.fromkeys(author.phrase("m.goods") for _ in range(author.draws.between(*_COMMODITIES))):
        base = author.draws.between(12, 980) * 10 ** author.draws.between(0, 2)
        figures = [base * author.draws.between(70, 140) // 100 for _ in sums]
        sums = [one + other for one, other in zip(sums, figures, strict=True)]
        rows.append((goods.capitalize(), *(f"{figure:,}" for figure in figures)))
    rows.append(("Total", *(f"{figure:,}" for figure in sums)))
    return Table(rows=tuple(rows), starts=_STARTS, alignments=("left", "right", "right", "right"))


def _title(author: Author) -> str:
    """Name a paper."""
    return shapes.titled(author.phrase("title"))


def _signature(author: Author) -> str:
    """Sign for the office."""
    signer = author.cast.persons[-1]
    return f"{signer.given[0]}. {signer.surname}".upper()
