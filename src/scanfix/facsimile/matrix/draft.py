"""A page of the matrix as it is put together: what is drawn on it, and what must be found again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.random import Generator

from scanfix.facsimile.asked.document import Document, Flow, Machine, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import Banner, Letterhead, Marking, Note, Redaction, Stamp, Thing
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.model.mark import MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where a specimen stands, in inches from the sheet's top left corner, and how its mark is known.

    ``kind`` is ``"words"`` for typed words that carry no mark, ``"thing"`` for what is neither, ``"page"`` for a page
    as a whole; ``text`` is that of the mark or words, the family of a stamp, the kind of a thing.
    """

    specimen: Specimen
    kind: MarkKind | Literal["words", "thing", "page"]
    x_in: float
    y_in: float
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A page while it is put together."""

    scan_id: str
    look: Look
    sheet: Sheet
    machine: Machine
    generator: Generator
    flow: list[Flow] = field(default_factory=list)
    markings: list[Marking] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    banner: Banner | None = None
    letterhead: Letterhead | None = None

    def want(
        self,
        specimen: Specimen,
        kind: MarkKind | Literal["words", "thing", "page"],
        at_in: tuple[float, float],
        text: str = "",
    ) -> None:
        """Remember where a specimen stands."""
        self.wanted.append(Wanted(specimen=specimen, kind=kind, x_in=at_in[0], y_in=at_in[1], text=text))

    def pick(self, values: Iterable[str]) -> str:
        """Choose one of several values."""
        choices = tuple(values)
        return choices[int(self.generator.integers(len(choices)))]

    def between(self, low: float, high: float) -> float:
        """Draw a number, rounded so that a sidecar stays legible."""
        return round(float(self.generator.uniform(low, high)), 4)

    @property
    def document(self) -> Document:
        """The page as a document."""
        return Document(
            scan_id=self.scan_id,
            languages=("eng",),
            machine=self.machine,
            sheet=self.sheet,
            looks=(self.look,),
            paragraphs=tuple(self.flow),
            markings=(tuple(self.markings),),
            notes=tuple(self.notes),
            things=tuple(self.things),
            stamps=tuple(self.stamps),
            redactions=tuple(self.redactions),
            banner=self.banner,
            letterhead=self.letterhead,
        )


def dice_of(seed: int, name: str) -> Generator:
    """Return the random numbers of one page or specimen."""
    return np.random.default_rng([seed, *name.encode()])
