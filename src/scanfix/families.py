"""Known stamps: their printed wordings, read from ``config/stamps/*.toml``, a family a file.

A line of a wording is its printed words with ``{name}`` for what is filled in; ``{name:box}`` is a check box,
``{name:choice}`` a choice that is circled. How a stamp is cut and inked (``[press]``) and what stands in its fields
(``[field.NAME]``) is said for the press that draws it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scanfix.errors import SettingsError

# Where the project keeps its known stamps, seen from the working folder.
HERE = Path("config/stamps")
_FIELD = re.compile(r"\{[^}]*\}")
_NAME = re.compile(r"\{([^}:]+)(?::([^}]+))?\}")
# "stamp" is an event in the paper's life; "legend" a printed or stamped rule about it that declassifies nothing;
# "handling" says who may read or keep it; "distractor" is what merely looks like one of these.
Role = Literal["stamp", "legend", "handling", "distractor"]
FieldKind = Literal["text", "date", "year", "number", "initials", "name", "project", "choice", "box"]
# "print" is the stamp's own bands of figures.
FilledBy = Literal["hand", "typed", "dater", "print"]
StampInk = Literal["black", "blue", "violet", "red", "green"]


class Wording(BaseModel):
    """One wording of a stamp, line by line.

    ``verified`` is false where nobody of this project has seen the wording on a page; ``facts`` are what its own print
    states, field by field, in the words that state it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: tuple[str, ...] = Field(min_length=1)
    verified: bool = True
    facts: Mapping[str, str] = {}

    @property
    def printed(self) -> str:
        """The printed words alone, on one line."""
        return " ".join(" ".join(_FIELD.sub(" ", line) for line in self.lines).split())

    @property
    def fields(self) -> Iterator[tuple[str, str]]:
        """The placeholders in order: the name of each, and its kind where the line tells it."""
        for line in self.lines:
            yield from ((found[1], found[2] or "") for found in _NAME.finditer(line))


class Cut(BaseModel):
    """How the rubber is cut, and what it is inked with; sizes in inches, ``leading`` in capitals.

    ``face`` is one of the press's; ``spacing_em`` parts the letters. What is ``printed`` stands straight and has no
    wear of rubber.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    face: str = "sans"
    capital_in: float = Field(default=0.085, gt=0)
    leading: float = Field(default=2.0, gt=0)
    spacing_em: float = Field(default=0.0, ge=0)
    frame: Literal["none", "box", "round"] = "none"
    align: Literal["left", "centre"] = "left"
    printed: bool = False
    inks: tuple[StampInk, ...] = Field(default=("black", "violet", "blue", "red"), min_length=1)


class StampField(BaseModel):
    """What stands in a field: with what it was filled in, and how a plausible value is found.

    Parameters
    ----------
    by
        With what it is filled in; ``or_by`` with what else now and then.
    width_in
        Of the space that the rubber leaves for it; ``has_rule`` says that a line runs along it.
    values
        Some of them, or for a choice all.
    pattern
        ``#`` stands for a digit, ``@`` for a capital letter; without values.
    grammar
        A regular expression for readings of it, in place of its kind's: offices wrote more freely than the press does.
    used
        The years in which such stamps were used, or for which they were set: another year is misread.
    is_closed
        Whether ``values`` are all that can stand there, so that no other reading is taken.
    years
        First and last, of a date or year.
    hidden
        How often releases hide it under a redaction box, 0 to 1.
    empty
        How often nobody fills it in, 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: FilledBy = "hand"
    or_by: tuple[FilledBy, ...] = ()
    kind: FieldKind = "text"
    width_in: float = Field(default=0.7, ge=0)
    has_rule: bool = True
    values: tuple[str, ...] = ()
    pattern: str = ""
    grammar: str = ""
    used: tuple[int, int] = (1900, 2099)
    is_closed: bool = False
    years: tuple[int, int] = (1950, 1989)
    hidden: float = Field(default=0.0, ge=0, le=1)
    empty: float = Field(default=0.0, ge=0, le=1)


class Family(BaseModel):
    """A kind of stamp and its known wordings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    title: str
    role: Role = "stamp"
    wording: tuple[Wording, ...] = Field(min_length=1)
    press: Cut = Cut()
    field: Mapping[str, StampField] = {}

    @model_validator(mode="after")
    def _fields_stand_in_a_wording(self) -> Self:
        """Refuse what is said of a field that no wording has."""
        unknown = self.field.keys() - {name for wording in self.wording for name, _ in wording.fields}
        if unknown:
            raise ValueError(f"no wording has the field {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The known wording that a text is most like; ``share`` runs from 0 to 1, 1 is equal."""

    family: Family
    wording: Wording
    share: float


def read_families(folder: Path) -> tuple[Family, ...]:
    """Read the families of a folder, by file name; none where the usual folder is not there.

    Raises
    ------
    SettingsError
        Another folder is not there; a file is not TOML or says something unknown.
    """
    if folder != HERE and not folder.is_dir():
        raise SettingsError(f"{folder}: there is no such folder of stamps. Mend the path, or leave it to {HERE}.")
    families = []
    for file in sorted(folder.glob("*.toml")):
        try:
            families.append(Family.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
            raise SettingsError(f"{file}: not a stamp family ({error}). config/stamps has examples.") from error
    return tuple(families)


def most_like(lines: Sequence[str], families: Iterable[Family]) -> Likeness | None:
    """Return the known wording nearest to a stamp's lines; ``None`` without families.

    Parameters
    ----------
    lines
        The printed lines of the stamp, without what was filled in by hand.
    families
        Known stamps.

    Notes
    -----
    The share is the ratio of Ratcliff and Obershelp (1988) over the words in capitals.
    """
    text = " ".join(" ".join(lines).upper().split())
    likenesses = [
        Likeness(family=family, wording=wording, share=_share(wording.printed.upper(), text))
        for family in families
        for wording in family.wording
    ]
    return max(likenesses, key=lambda one: one.share, default=None)


def _share(printed: str, text: str) -> float:
    """Return how alike two texts are, 0 to 1."""
    return SequenceMatcher(None, printed, text, autojunk=False).ratio()
