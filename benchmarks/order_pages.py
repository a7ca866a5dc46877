"""Pages for ``benchmarks.order``: treaties in two columns, and papers with footnotes, every factor of them named."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal, get_args

from scanfix.facsimile.asked.document import Columns, Document, Flow, Machine, Paragraph, Run, Sheet
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.dice import Dice
from scanfix.facsimile.kinds.chance import Chance
from scanfix.facsimile.samples.furniture import marking
from scanfix.facsimile.writing.author import Author
from scanfix.facsimile.writing.writers import filler

Shape = Literal["equal", "unequal", "three"]

# Two hundred dots an inch is the least that archives send, and the cheapest to read.
_STRAIGHT = Look(dpi=200, ragged=0.2, dropout=0.01, blur_px=0.4)
_ASKEW = replace(_STRAIGHT, skew_deg=0.8, speckle=4.0, grain=8.0, warp_in=0.015, stain=0.04)
_LOOKS = {"straight": _STRAIGHT, "askew, specks": _ASKEW}
_GUTTERS = {"narrow": 3, "wide": 8}
# Twelve characters an inch leave two columns of 36 on a sheet.
_MACHINE = Machine(face="courier", pitch_cpi=12, row_in=1 / 6, unevenness=0.1)
# Foolscap.
_SHEET = Sheet(height_in=13.0, left_in=1.1, right_in=1.0, top_in=1.2, bottom_in=1.3)
# Characters that the narrower column of an unequal pair leaves free at its right.
_INSET = 10
# Letters raised over the line, as a typist sets the sign of a note, and what typists without a ratchet wrote.
_SIGNS = ("1", "2", "*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """A document of one page, and what kind of page it is."""

    kind: str
    factors: tuple[str, ...]
    document: Document


def pages(*, seeds: int) -> Iterator[OrderPage]:
    """Describe every page: each kind under each look, each gutter or spacing, and so many seeds."""
    for seed in range(seeds):
        for look, gutter, shape in product(_LOOKS, _GUTTERS, get_args(Shape)):
            if shape == "three" and gutter == "wide":
                continue
            yield _page(
                "treaty", (look, gutter, shape), seed, _treaty(_chance(seed, "treaty"), _GUTTERS[gutter], shape)
            )
        for look, columns in product(_LOOKS, ("1 column", "2 columns")):
            for leading in (1.0, 2.0) if columns == "1 column" else (1.0,):
                spacing = "single" if leading == 1 else "double"
                flow = _noted(_chance(seed, "noted"), leading, has_columns=columns != "1 column")
                yield _page("footnotes", (look, columns, spacing), seed, flow)


def _chance(seed: int, name: str) -> Chance:
    """Return the random numbers of a page."""
    return Chance(Dice(seed=seed, scan_id=name, page=0))


def _page(kind: str, factors: tuple[str, ...], seed: int, flow: tuple[Flow, ...]) -> OrderPage:
    """Put a page together, with furniture at head and foot."""
    name = "-".join([kind, *factors, str(seed)]).replace(", ", "-").replace(" ", "-")
    document = Document(
        scan_id=name,
        languages=("eng",),
        machine=_MACHINE,
        sheet=_SHEET,
        looks=(_LOOKS[factors[0]],),
        paragraphs=flow,
        markings=((marking("SECRET", "head"), marking("SECRET", "foot")),),
        numbering="- {} -",
        numbers_first=True,
    )
    return OrderPage(kind=kind, factors=factors, document=document)


def _treaty(chance: Chance, gutter: int, shape: Shape) -> tuple[Flow, ...]:
    """Write a treaty: a title, a preamble over the sheet's width, articles side by side, a closing line."""
    if shape == "three":
        parts = tuple(_articles(chance, f"part {place}", 2, (18, 24)) for place in range(3))
    else:
        left = _articles(chance, "left", 3, (16, 26))
        right = _articles(chance, "right", 2 if shape == "unequal" else 3, (16, 26))
        parts = (tuple(replace(one, inset=_INSET) for one in left) if shape == "unequal" else left, right)
    return (
        _heading("CONVENTION ON THE RAILWAY", blank=0.0),
        _text(filler(chance.of("preamble"), 40)),
        Columns(parts=parts, gutter=gutter),
        _text(filler(chance.of("close"), 24)),
    )


def _articles(chance: Chance, name: str, count: int, words: tuple[int, int]) -> tuple[Paragraph, ...]:
    """Write articles, a heading over each."""
    author = Author(chance.of(name), spelling="american")
    found: list[Paragraph] = []
    for number in range(1, count + 1):
        found.append(_heading(f"Article {number}", blank=1.0 if found else 0.0))
        found.append(_text(author.paragraph("treaty.s", words=chance.whole(f"{name} {number}", *words))))
    return tuple(found)


def _noted(chance: Chance, leading: float, *, has_columns: bool) -> tuple[Flow, ...]:
    """Write a paper with footnotes; with columns between two paragraphs of full width, where asked."""
    author = Author(chance.of("text"), spelling="american")
    count = 3 if leading > 1 or has_columns else 5
    texts = [author.paragraph("s", words=60) for _ in range(count)]
    signs = _SIGNS[:2] if chance.often("numbered", 0.6) else _SIGNS[2:]
    flow: list[Flow] = [_heading("THE PROBLEM", blank=0.0)]
    for number, text in enumerate(texts):
        sign = signs[number - 1] if 0 < number <= len(signs) else ""
        flow.append(_signed(f"{number + 1}. {text}", sign, leading))
    if has_columns:
        parts = tuple((_text(author.paragraph("s", words=60)),) for _ in range(2))
        flow.insert(2, Columns(parts=parts, gutter=4))
    notes = (
        Paragraph(runs=(Run(text=author.paragraph("s", words=24)),), kind="footnote", label=sign, blank_before=0.0)
        for sign in signs
    )
    return (*flow, *notes)


def _signed(text: str, sign: str, leading: float) -> Paragraph:
    """Write a paragraph, with the sign of a note after its first sentence."""
    runs = (Run(text=text), Run(text=sign, style="raised")) if sign else (Run(text=text),)
    return Paragraph(runs=runs, leading=leading, blank_before=leading)


def _heading(text: str, *, blank: float) -> Paragraph:
    """Write a heading in the middle of its column."""
    return Paragraph(runs=(Run(text=text),), kind="heading", alignment="centre", blank_before=blank)


def _text(text: str) -> Paragraph:
    """Write a paragraph, its first line set in."""
    return Paragraph(runs=(Run(text=text),), indent=3)
