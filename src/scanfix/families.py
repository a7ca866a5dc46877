"""Known stamps: their printed wordings, read from ``config/stamps/*.toml``, a family a file.

A line of a wording is its printed words with ``{name}`` for what is filled in; ``{name:box}`` is a check box,
``{name:choice}`` a choice that is circled.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanfix.errors import SettingsError

# Where the project keeps its known stamps, seen from the working folder.
HERE = Path("config/stamps")
_FIELD = re.compile(r"\{[^}]*\}")


class Wording(BaseModel):
    """One wording of a stamp, line by line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: tuple[str, ...] = Field(min_length=1)

    @property
    def printed(self) -> str:
        """The printed words alone, on one line."""
        return " ".join(" ".join(_FIELD.sub(" ", line) for line in self.lines).split())


class Family(BaseModel):
    """A kind of stamp and its known wordings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    title: str
    wording: tuple[Wording, ...] = Field(min_length=1)


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
        Likeness(
            family=family, wording=wording, share=SequenceMatcher(None, wording.printed, text, autojunk=False).ratio()
        )
        for family in families
        for wording in family.wording
    ]
    return max(likenesses, key=lambda one: one.share, default=None)
