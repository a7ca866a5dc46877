"""Papers of bodies: Cabinet papers, minutes of meetings, treaties."""

from collections.abc import Iterator
from dataclasses import replace

from scanfix.facsimile.asked.document import Columns, Flow, Paragraph, Run
from scanfix.facsimile.writing import shapes
from scanfix.facsimile.writing.analytic import paragraphs
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.cast import ordinal
from scanfix.facsimile.writing.written import Written, written

_DISCUSSION = (45, 110)
# A printed treaty has two columns of some forty characters.
_GUTTER = 4
_ARTICLE = (25, 60)
# Half a sheet's width at ten characters an inch, less what ragged ends lose; the rows both columns of a sheet have.
_NARROW, _ROWS = 24, 66
_MINISTERS = (
    "Secretary of State for Foreign Affairs",
    "President of the Board of Trade",
    "Minister of Fuel and Power",
    "Minister of Agriculture and Fisheries",
    "Chancellor of the Exchequer",
    "Secretary of State for the Colonies",
    "Minister of Transport",
    "First Lord of the Admiralty",
)
_PLACES = ("Foreign Office, S.W.1", "Treasury Chambers, S.W.1", "Board of Trade, S.W.1", "Ministry of Supply, W.C.2")


def cabinet_paper(author: Author, words: int) -> Written:
    """Write a memorandum for a Cabinet: reference, date, title, numbered paragraphs, what is asked."""
    number = f"C.({author.cast.year % 100}) {author.draws.between(11, 398)}"
    title = shapes.titled(author.phrase("title"))
    minister = author.draws.pick(_MINISTERS)
    head = (
        shapes.line(f"COPY NO. {author.draws.between(1, 75)}", alignment="right", blank=0),
        shapes.line(f"{number}\n{author.cast.date}"),
        shapes.heading("CABINET", style="spaced"),
        shapes.heading(title.upper(), style="underlined"),
        shapes.heading(f"MEMORANDUM BY THE {minister.upper()}", blank=1),
    )
    close = author.sentence("uk.close")
    text = list(paragraphs(author, max(words - len(close.split()), 1), rule="uk.s"))
    numbered = sum(paragraph.kind == "paragraph" for paragraph in text)
    foot = (
        shapes.body(close, number=f"{numbered + 1}."),
        shapes.line(author.cast.persons[-1].initials, alignment="right", blank=2),
        shapes.line(f"{author.draws.pick(_PLACES)},\n{author.cast.date}."),
    )
    flows = (*head, *text, *foot)
    return written(author, "cabinet_paper", title=title, number=number, office=minister, flows=flows)


def minutes(author: Author, words: int) -> Written:
    """Write the minutes of a meeting: those present, items with underlined subjects, decisions."""
    number = f"{ordinal(author.draws.between(2, 48))} Meeting"
    committee = author.phrase("agency").removeprefix("the ")
    present = author.tidy("\n".join(f"{person.office} {person.surname}" for person in author.cast.persons[:5]))
    flows: list[Flow] = [
        shapes.heading(committee.upper(), blank=0),
        shapes.line(f"MINUTES of the {number}, held on {author.cast.date}", alignment="centre"),
        shapes.heading("PRESENT:", style="underlined", alignment="left"),
        shapes.line(present),
    ]
    count, item = len(present.split()), 0
    title = shapes.titled(author.affair)
    while count < words:
        item += 1
        subject = shapes.titled(author.affair if item == 1 else author.phrase("topic"))
        runs = (Run(text=f"{item}. "), Run(text=subject, style="underlined"))
        flows.append(Paragraph(runs=runs, kind="heading", blank_before=2))
        discussed = author.paragraph("min.s", words=author.draws.between(*_DISCUSSION))
        decided = [author.sentence("min.decision").rstrip(".") for _ in range(author.draws.between(1, 3))]
        flows.append(shapes.body(discussed))
        flows.append(shapes.body("The Committee:-"))
        flows.extend(_decisions(decided))
        count += len(discussed.split()) + sum(len(one.split()) for one in decided)
    return written(author, "minutes", title=title, number=number, office=committee, flows=tuple(flows))


def treaty(author: Author, words: int) -> Written:
    """Write a treaty: preamble, articles in two columns, signatures of both sides."""
    author.cast = replace(author.cast, states=author.cast.states[:2])
    one, other = author.cast.states
    title = f"Treaty between {one.name} and {other.name} concerning the {author.affair}"
    aims = " and to ".join(author.phrase("treaty.aim") for _ in range(2))
    preamble = (
        f"The Government of {one.name} and the Government of {other.name}, being resolved to {aims}, "
        "have agreed upon the following articles:"
    )
    articles = list(_articles(author, max(words - len(preamble.split()), _ARTICLE[1])))
    done = f"Done in {author.cast.towns[0]} on {author.cast.date}, in two copies, both texts being equally valid."
    signatures = tuple(
        (
            shapes.line(f"For the Government of\n{state.name}:", blank=1),
            shapes.line(f"{person.given[0]}. {person.surname}".upper(), blank=3),
        )
        for state, person in zip((one, other), author.cast.persons, strict=False)
    )
    flows: tuple[Flow, ...] = (
        shapes.heading(title.upper(), blank=0),
        shapes.body(author.tidy(preamble)),
        *_columns(articles),
        shapes.body(author.tidy(done)),
        Columns(parts=signatures, gutter=_GUTTER),
    )
    return written(author, "treaty", title=title, number="", office="FOREIGN MINISTRY", flows=flows)


def _decisions(decided: list[str]) -> Iterator[Paragraph]:
    """Set decisions as sub-paragraphs."""
    for index, text in enumerate(decided):
        end = "." if index == len(decided) - 1 else ";"
        yield shapes.item(f"{text[0].lower()}{text[1:]}{end}", label=f"({'abc'[index]})")


def _articles(author: Author, words: int) -> Iterator[Paragraph]:
    """Write articles; the last says how long all are valid."""
    count, number = 0, 0
    while count < words:
        number += 1
        text = author.paragraph("treaty.s", words=author.draws.between(*_ARTICLE))
        count += len(text.split())
        yield shapes.heading(f"Article {number}", blank=1)
        yield shapes.body(text)
    yield shapes.heading(f"Article {number + 1}", blank=1)
    yield shapes.body(author.sentence("treaty.last"))


def _columns(articles: list[Paragraph]) -> Iterator[Columns]:
    """Set articles side by side, as many at a time as a sheet has room for."""
    start = 0
    while start < len(articles):
        end = start + 4
        while end < len(articles) and sum(map(_rows, articles[start : end + 2])) <= _ROWS:
            end += 2
        # One article alone would leave the other column empty.
        end = len(articles) if len(articles) - end < 4 else end
        middle = start + _middle(articles[start:end])
        parts = (tuple(articles[start:middle]), tuple(articles[middle:end]))
        yield Columns(parts=parts, gutter=_GUTTER, blank_before=2 if start == 0 else 1)
        start = end


def _rows(paragraph: Paragraph) -> int:
    """Return about how many rows a paragraph takes in a narrow column, with the blank one above."""
    return 2 + sum(len(run.text) for run in paragraph.runs) // _NARROW


def _middle(articles: list[Paragraph]) -> int:
    """Return where the second column begins: at an article's heading, with about half the text before it."""
    lengths = [sum(len(run.text) for run in paragraph.runs) for paragraph in articles]
    half = sum(lengths) / 2
    heads = range(2, len(articles), 2)
    return min(heads, key=lambda index: abs(sum(lengths[:index]) - half))
