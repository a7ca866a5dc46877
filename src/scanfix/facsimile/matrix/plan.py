"""What the matrix holds: every specimen with the level of each factor, fixed by the seed before anything is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from scanfix.facsimile.matrix import balance, factors
from scanfix.facsimile.matrix.balance import Row

Section = Literal["A", "B", "C"]
# The four that are always reported, each with at least a hundred struck and a hundred unstruck specimens: no error in a
# hundred says "at most 3.7 %".
HEADLINES = ("horizontal", "diagonal", "partial", "body")
# Every level of a scan equally often in a stratum, where its shapes and coverages come out even too.
# A seventh of the markings stands under a banner, and some strokes can no longer be told: more are struck than counted.
_STRUCK = {"horizontal": 128, "diagonal": 128, "partial": 128, "body": 128, "other": 80, "graze": 32}
_TYPED = 32
_BLOCKS = 16
_UNSTRUCK = 112
_CLEAN = 24
_STEEP = "rising-25-45"
_TWO_LINES = ("two-first", "two-second", "two-both")
_ONE_LINE = tuple(text for text in factors.TEXTS if text not in _TWO_LINES)
_ONLY_ON = {"bleed": "bleed", "scratch": "film", "fold": "fold"}
_LOW_TEXTS = ("typed", "spaced")
# Nobody writes dots between letters.
_TYPED_ONLY = ("mid-dots",)
# Bars are as broad as they are, whatever the stem.
_BROAD = ("bar", "strip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One thing to be drawn and found, or not to be found.

    ``stratum`` of what is not to be found is that of what it imitates.
    """

    name: str
    section: Section
    stratum: str
    is_positive: bool
    levels: tuple[tuple[str, str], ...]

    def level(self, factor: str) -> str:
        """Return the level of a factor, empty where it has none."""
        return dict(self.levels).get(factor, "")


def markings(seed: int) -> tuple[Specimen, ...]:
    """Plan section A: struck markings and words, and what looks like them."""
    drawn: list[Specimen] = []
    for stratum, (shapes, coverages) in _MARKED.items():
        drawn += _named(drawn, stratum, _marked(stratum, shapes, coverages, _dice(seed, stratum)), is_positive=True)
    drawn += _named(drawn, "body", _worded(_dice(seed, "body")), is_positive=True)
    drawn += _named(drawn, "typed", _typed(_dice(seed, "typed")), is_positive=True)
    drawn += _named(drawn, "block", _blocks(_dice(seed, "block")), is_positive=True)
    for stratum in factors.LOOKALIKES:
        drawn += _named(drawn, stratum, _alike(stratum, _dice(seed, f"un-{stratum}")), is_positive=False)
    clean = balance.rows({"scan": factors.SCANS}, count=_CLEAN, generator=_dice(seed, "clean"))
    drawn += _named(drawn, "clean", [{**row, "position": "page"} for row in clean], is_positive=False)
    return tuple(drawn)


_MARKED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "horizontal": (factors.LEVEL_SHAPES, factors.WHOLE),
    "diagonal": (factors.SLANT_SHAPES, factors.WHOLE),
    "partial": (factors.PARTIAL_SHAPES, factors.PART),
    "other": (factors.OTHER_SHAPES, factors.WHOLE),
    "graze": (("horizontal-middle",), ("graze",)),
}


def _dice(seed: int, name: str) -> Generator:
    """Return the random numbers of a stratum: another stratum's size never moves them."""
    return np.random.default_rng([seed, *name.encode()])


def _named(before: Sequence[Specimen], stratum: str, rows: Sequence[Row], *, is_positive: bool) -> list[Specimen]:
    """Make specimens of rows, numbered on."""
    return [
        Specimen(
            name=f"a{number:04d}",
            section="A",
            stratum=stratum,
            is_positive=is_positive,
            levels=tuple(sorted(row.items())),
        )
        for number, row in enumerate(rows, start=len(before) + 1)
    ]


def _marked(stratum: str, shapes: Sequence[str], coverages: Sequence[str], generator: Generator) -> list[Row]:
    """Plan struck markings."""
    plan = balance.rows(
        {
            "scan": factors.SCANS,
            "position": factors.POSITIONS,
            "shape": shapes,
            "coverage": coverages,
            "width": factors.WIDTHS,
            "text": _texts(shapes),
            "conflict": factors.CONFLICTS,
            "wording": factors.WORDINGS,
        },
        count=_STRUCK[stratum],
        generator=generator,
    )
    plan = balance.mend(plan, "conflict", _banner_stands_at_an_edge)
    plan = balance.mend(plan, "text", _slant_crosses_one_line)
    return [{**row, **_consequences(row)} for row in plan]


def _texts(shapes: Sequence[str]) -> tuple[str, ...]:
    """Return the texts that such shapes can strike."""
    if set(shapes) - set(factors.SLANT_SHAPES):
        return factors.TEXTS
    return _ONE_LINE


def _worded(generator: Generator) -> list[Row]:
    """Plan struck words of running text."""
    plan = balance.rows(
        {
            "scan": factors.SCANS,
            "shape": factors.BODY_SHAPES,
            "coverage": (*factors.WHOLE, *factors.PART),
            "width": factors.WIDTHS,
            "text": factors.BODY_TEXTS,
        },
        count=_STRUCK["body"],
        generator=generator,
    )
    fixed = {"position": "text", "conflict": "none", "cause": "author"}
    return [{**row, **fixed, **_width(row)} for row in plan]


def _typed(generator: Generator) -> list[Row]:
    """Plan what a typist crossed out: a deletion, but by another hand and for another reason."""
    plan = balance.rows(
        {"scan": factors.SCANS, "shape": factors.TYPED_SHAPES, "text": factors.BODY_TEXTS},
        count=_TYPED,
        generator=generator,
    )
    return [{**row, "position": "text", "coverage": "exact", "cause": "typist", "conflict": "none"} for row in plan]


def _blocks(generator: Generator) -> list[Row]:
    """Plan paragraphs that are struck as a whole."""
    plan = balance.rows(
        {"scan": factors.SCANS, "shape": ("block-x", "block-lines")}, count=_BLOCKS, generator=generator
    )
    return [{**row, "position": "block", "coverage": "over", "cause": "declassification"} for row in plan]


def _alike(stratum: str, generator: Generator) -> list[Row]:
    """Plan what imitates a stratum."""
    kinds = factors.LOOKALIKES[stratum]
    plan = balance.rows(
        {
            "lookalike": tuple(kinds),
            "scan": factors.SCANS,
            "text": factors.BODY_TEXTS if stratum == "body" else _ONE_LINE,
            "wording": factors.WORDINGS,
        },
        count=_UNSTRUCK,
        generator=generator,
    )
    places = _places([row["lookalike"] for row in plan], kinds)
    # What the back of the sheet or the film does shows on such scans only.
    return [
        {
            **row,
            "position": place,
            "scan": _ONLY_ON.get(row["lookalike"], row["scan"]),
            "text": "typed" if row["lookalike"] in _TYPED_ONLY and row["text"] == "handwritten" else row["text"],
        }
        for row, place in zip(plan, places, strict=True)
    ]


def _places(lookalikes: Sequence[str], kinds: Mapping[str, Sequence[str]]) -> list[str]:
    """Give each look-alike the position it can take that is taken least."""
    taken: dict[str, int] = {}
    places = []
    for kind in lookalikes:
        place = min(kinds[kind], key=lambda one: taken.get(one, 0))
        taken[place] = taken.get(place, 0) + 1
        places.append(place)
    return places


def _banner_stands_at_an_edge(row: Row) -> bool:
    """Tell whether a banner can be there: it is printed in the head and foot."""
    return row["conflict"] != "banner" or row["position"] in ("head", "foot")


def _slant_crosses_one_line(row: Row) -> bool:
    """Tell whether a stroke leaves the other of two lines alone: a slanting one would cross it."""
    return row["shape"] not in factors.SLANT_SHAPES or row["text"] not in _TWO_LINES


def _consequences(row: Row) -> Row:
    """Return the levels that follow from others: who struck it, and how broad a bar is."""
    who = "deletion-1953" if row["text"] == "two-second" else "declassification"
    # A steep stroke crosses a letter or two, as any slanting one does of low letters: too little of a long word.
    is_slanting = row["shape"] in factors.SLANT_SHAPES
    is_short = row["shape"] == _STEEP or (is_slanting and row["text"] in _LOW_TEXTS)
    wording = {"wording": "SECRET"} if is_short else {}
    return {"cause": who, **wording, **_width(row)}


def _width(row: Row) -> Row:
    """Return the width of what is no line of a pen."""
    return {"width": "bar"} if row["shape"] in _BROAD else {}
