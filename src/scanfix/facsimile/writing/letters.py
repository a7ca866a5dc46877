"""Papers that one person sends: telegrams with a draft's layers, despatches, testimonies."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scanfix.facsimile.asked.document import Flow, Paragraph, Run
from scanfix.facsimile.writing import shapes
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.written import Written, written

_PARAGRAPH = (40, 110)
# What a hand did to a sentence of a draft: wrote words in, took words out, put others in their place.
_INSERTED, _DELETED, _SUBSTITUTED = 0.14, 0.10, 0.16
_QUOTED = 0.15
# Where a hand changes a draft: a word that stands before a verb, and what it becomes.
_REPLACED: Mapping[str, str] = {
    "will": "would",
    "would": "will",
    "may": "might",
    "might": "may",
    "could": "should",
    "should": "must",
    "has": "had",
    "have": "had",
    "is": "was",
    "are": "were",
    "was": "is",
    "were": "are",
}
# A despatch is typed with double spacing.
_DOUBLE = 2.0


def telegram(author: Author, words: int) -> Written:
    """Write the draft of a telegram: head in capitals, text with what a hand wrote in and took out."""
    sender = author.cast.persons[-1]
    number = str(author.draws.between(11, 980))
    state = author.cast.states[0]
    to = f"TO {state.capital.upper()}, {author.draws.pick(('AMBASSADOR', 'MINISTER', 'DELEGATION'))}"
    head = (
        shapes.line("DRAFT CIPHER TELEGRAM", alignment="left", blank=0, style="underlined"),
        shapes.line(f"{to}\nFOR {author.cast.persons[0].surname.upper()}\nNO. {number}", blank=1),
        shapes.line(author.cast.date.upper(), alignment="right"),
    )
    text = tuple(_drafted(author, words))
    foot = (shapes.line(sender.surname.upper(), alignment="right", blank=2),)
    return written(
        author,
        "telegram",
        title=f"Telegram No. {number} to {state.capital}",
        number=f"NO. {number}",
        office="FOREIGN MINISTRY",
        flows=(*head, *text, *foot),
        subject=author.affair,
    )


def despatch(author: Author, words: int) -> Written:
    """Write an ambassador's despatch: double spacing, salutation, quotations, subscription."""
    number = str(author.draws.between(11, 420))
    state = author.cast.states[0]
    title = shapes.titled(author.phrase("title"))
    head = (
        shapes.line(f"No. {number}", blank=0),
        shapes.line(f"{state.capital},\n{author.cast.date}", alignment="right", blank=0),
        shapes.line(f"Subject: {title}", style="underlined"),
        shapes.line("Sir,", blank=1),
    )
    foot = (
        shapes.line("I have the honour to be,\nSir,\nYour obedient Servant,", alignment="centre"),
        shapes.line(f"{author.cast.persons[-1].given} {author.cast.persons[-1].surname}", alignment="right", blank=3),
    )
    flows = (*head, *_despatched(author, words), *foot)
    return written(
        author, "despatch", title=title, number=f"No. {number}", office=f"{state.capital} Embassy", flows=flows
    )


def testimony(author: Author, words: int) -> Written:
    """Write what a witness remembers, in the first person, under underlined headings that run into the text."""
    witness = author.cast.persons[-1]
    title = f"Report by {witness.initials[0]}. {witness.surname}"
    trade, home = author.phrase("n.trade"), author.cast.towns[0]
    opening = f"I was born at {home} in {author.cast.year - author.draws.between(24, 60)} and worked as a {trade}."
    flows: list[Flow] = [
        shapes.heading(f"{title}, formerly of {home}", style="underlined", blank=0),
        shapes.line(f"Recorded on {author.cast.date}", alignment="right"),
        shapes.body(author.tidy(opening)),
    ]
    count = len(opening.split())
    while count < words:
        text = author.paragraph("test.long", words=min(author.draws.between(*_PARAGRAPH), max(words - count, 1)))
        heading = f"From {author.phrase('city')} to {author.phrase('city')}." if author.draws.chance(_QUOTED) else ""
        flows.append(shapes.body(text, heading=heading))
        count += len(text.split())
    number = f"P.III.h. No. {author.draws.between(100, 980)}"
    return written(author, "testimony", title=title, number=number, office="RECORDS OFFICE", flows=tuple(flows))


def _drafted(author: Author, words: int) -> Iterator[Paragraph]:
    """Write paragraphs with the layers of a draft."""
    count, number = 0, 0
    while count < words:
        budget, runs = author.draws.between(*_PARAGRAPH), list[Run]()
        number += 1
        while budget > 0 and count < words:
            sentence = author.sentence("tel.s")
            runs.extend(_layered(author, sentence))
            runs.append(Run(text=" "))
            budget -= len(sentence.split())
            count += len(sentence.split())
        text = (Run(text=f"{number}. "), *runs[:-1]) if number > 1 else tuple(runs[:-1])
        yield Paragraph(runs=tuple(shapes.soft(run) for run in text), indent=shapes.INDENT)


def _layered(author: Author, sentence: str) -> Iterator[Run]:
    """Let a hand change a sentence; what it deletes and writes is a run of its own between plain ones."""
    words = sentence.split(" ")
    places = [index for index, word in enumerate(words[:-1]) if word in _REPLACED]
    dice = author.draws.share()
    if not places or dice > _INSERTED + _DELETED + _SUBSTITUTED:
        yield Run(text=sentence)
        return
    at = author.draws.pick(places)
    start = at if dice > _INSERTED + _DELETED else at + 1
    yield Run(text=f"{' '.join(words[:start])} ".lstrip(" "))
    if dice < _INSERTED:
        yield Run(text=author.phrase("adv.manner"), style="inserted")
    elif dice < _INSERTED + _DELETED:
        yield Run(text=author.phrase("adv.manner"), style="deleted")
    else:
        yield Run(text=words[at], style="deleted")
        yield Run(text=" ")
        yield Run(text=_REPLACED[words[at]], style="inserted")
        start += 1
    yield Run(text=f" {' '.join(words[start:])}")


def _despatched(author: Author, words: int) -> Iterator[Paragraph]:
    """Write the paragraphs of a despatch; the first has no number."""
    count, number = 0, 0
    while count < words:
        number += 1
        text = author.paragraph("desp.s", words=min(author.draws.between(*_PARAGRAPH), max(words - count, 1)))
        count += len(text.split())
        yield shapes.body(text, number=f"{number}." if number > 1 else "", leading=_DOUBLE)
        if author.draws.chance(_QUOTED):
            quoted = author.paragraph("s.plain", words=30)
            count += len(quoted.split())
            yield replace(shapes.quotation(f'"{quoted}"'), leading=1.0)
