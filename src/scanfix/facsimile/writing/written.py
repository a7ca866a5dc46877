"""What a writer hands to the press: the text, and what its heads, stamps and markings say."""

from dataclasses import dataclass
from typing import Literal

from scanfix.facsimile.asked.document import Flow
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.cast import Spelling

Kind = Literal[
    "memorandum",
    "estimate",
    "telegram",
    "cabinet_paper",
    "treaty",
    "despatch",
    "testimony",
    "bulletin",
    "minutes",
    "statistics",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document's text.

    ``paragraphs`` hold everything typed, the head too; ``title`` and ``subject`` are in sentence case without soft
    hyphens; ``number`` is the document's own (``C.(53) 118``), ``office`` whose paper it is, ``initials`` the author's.
    """

    kind: Kind
    spelling: Spelling
    title: str
    subject: str
    date: str
    year: int
    number: str
    office: str
    author: str
    initials: str
    paragraphs: tuple[Flow, ...]


def written(
    author: Author, kind: Kind, *, title: str, number: str, office: str, flows: tuple[Flow, ...], subject: str = ""
) -> Written:
    """Put a document together; its subject is its title where it has no other."""
    signer = author.cast.persons[-1]
    return Written(
        kind=kind,
        spelling=author.cast.spelling,
        title=title,
        subject=subject or title,
        date=author.cast.date,
        year=author.cast.year,
        number=number,
        office=office,
        author=f"{signer.given} {signer.surname}",
        initials=signer.initials,
        paragraphs=flows,
    )
