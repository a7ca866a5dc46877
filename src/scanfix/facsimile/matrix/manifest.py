"""The matrix's manifest: a line a specimen, what was drawn and what a detector should say of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from scanfix.errors import GroundTruthError
from scanfix.facsimile.matrix.plan import HEADLINES, Section
from scanfix.model.geometry import Box
from scanfix.model.mark import MarkStatus

NAME = "matrix.jsonl"
SUMMARY = "matrix.json"
# "none" where nothing is marked at all, or what is there can be neither struck nor active.
Expected = MarkStatus | Literal["none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One specimen as it stands on its page.

    ``mark_id`` is that of its mark in the page's marks file, empty where it has none; ``box`` is in the scan's pixels.
    ``stratum`` is what it shows or, when it is no positive, what it imitates. ``status`` is what a perfect detector
    says of it; of a stamp, ``family`` (``unknown`` for one that no catalogue holds, ``none`` for what is no stamp)
    and ``fields`` as they can be read, check boxes ``checked`` or ``unchecked``. ``levels`` are those of its factors.
    """

    specimen: str
    page: str
    mark_id: str
    box: Box
    section: Section
    stratum: str
    is_positive: bool
    status: Expected
    family: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()

    @property
    def side(self) -> Literal["positive", "negative", "uncertain"]:
        """How it counts: a stroke that a banner hides, or that only grazes, counts on neither side."""
        if self.status == "uncertain":
            return "uncertain"
        return "positive" if self.is_positive else "negative"

    def level(self, factor: str) -> str:
        """Return the level of a factor, empty where it has none."""
        return dict(self.levels).get(factor, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many specimens of a stratum are to be found, how many are not, and of how many nobody can say."""

    section: Section
    stratum: str
    positives: int
    negatives: int
    uncertain: int

    @property
    def is_headline(self) -> bool:
        """Whether it is one of the strata that are always reported."""
        return self.section == "A" and self.stratum in HEADLINES


_ENTRY = TypeAdapter(Entry)


def write(entries: Iterable[Entry]) -> str:
    """Write a manifest: a line of JSON a specimen."""
    return "".join(json.dumps(_plain(entry), ensure_ascii=False) + "\n" for entry in entries)


def parse(text: str, *, source: str = NAME) -> tuple[Entry, ...]:
    """Read the text of a manifest.

    Raises
    ------
    GroundTruthError
        A line is no specimen.
    """
    entries = []
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        try:
            value = json.loads(line)
            value["fields"], value["levels"] = (tuple(value[name].items()) for name in ("fields", "levels"))
            entries.append(_ENTRY.validate_python(value | {"box": dict(zip(_EDGES, value["box"], strict=True))}))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError) as error:
            raise GroundTruthError(
                f"{source}:{number}: not a line of the test matrix ({error}). Draw it anew: scanfix facsimile matrix."
            ) from error
    return tuple(entries)


def read(path: Path) -> tuple[Entry, ...]:
    """Read a manifest.

    Raises
    ------
    GroundTruthError
        It is not there, or a line is no specimen.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GroundTruthError(f"{path}: no manifest can be read. Draw it: scanfix facsimile matrix.") from error
    return parse(text, source=str(path))


def counts(entries: Sequence[Entry]) -> tuple[Count, ...]:
    """Count specimens a stratum, section by section, the headlines first."""
    found = Counter((entry.section, entry.stratum, entry.side) for entry in entries)
    strata = {(entry.section, entry.stratum) for entry in entries}
    ordered = sorted(strata, key=lambda key: (key[0], key[1] not in HEADLINES, key[1]))
    return tuple(
        Count(
            section=section,
            stratum=stratum,
            positives=found[section, stratum, "positive"],
            negatives=found[section, stratum, "negative"],
            uncertain=found[section, stratum, "uncertain"],
        )
        for section, stratum in ordered
    )


def cells(entries: Sequence[Entry]) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Count the specimens of each level of each factor, a section and a factor at a time."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for entry in entries:
        for factor, level in entry.levels:
            found.setdefault(entry.section, {}).setdefault(factor, Counter())[level] += 1
    return {
        section: {factor: dict(sorted(levels.items())) for factor, levels in sorted(factors.items())}
        for section, factors in sorted(found.items())
    }


def table(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table for the terminal: section, factor, level, n, of these to be found."""
    to_find = cells([entry for entry in entries if entry.is_positive])
    rows = []
    for section, factors in cells(entries).items():
        for factor, levels in factors.items():
            for level, number in levels.items():
                positive = to_find.get(section, {}).get(factor, {}).get(level, 0)
                rows.append((section, factor, level, str(number), str(positive)))
    return tuple(rows)


_EDGES = ("left", "top", "right", "bottom")


def _plain(entry: Entry) -> dict[str, object]:
    """Return an entry as JSON has it: boxes as edges, pairs as objects."""
    plain = asdict(entry)
    return plain | {"box": list(entry.box.edges), "fields": dict(entry.fields), "levels": dict(entry.levels)}
