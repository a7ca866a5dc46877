"""Stamps from the data of their families: filled in as told, or with values, ticks and wear drawn at random."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from numpy.random import Generator

from scanfix import families
from scanfix.errors import SettingsError
from scanfix.facsimile.asked.faces import FACES, FaceName
from scanfix.facsimile.asked.marking import Choice, Fill, Ink, Print, Stamp, StampPart, Tick, Withheld
from scanfix.facsimile.stamped.fieldwork import value_of
from scanfix.families import Family, StampField

# What a field's value may be besides its text.
WITHHELD = "[REDACTED]"
_PIECES = re.compile(r"\{[^}]*\}|[^{]+")
_CHOICE = re.compile(r"\{([^}:]*):choice\}")
_STRUCK = re.compile(r"~~(.+?)~~\s*")
_WAYS: tuple[Literal["cross", "tick", "blob"], ...] = ("cross", "tick", "blob")
# Of 13 reviewer's stamps on bulletins looked at, two had a faint first line, four were worn, one was blotted.
_FAINT_SHARE, _BROKEN_SHARE, _FLOODED_SHARE = 0.25, 0.3, 0.12
_TURN_DEG = 1.6  # those 13 lie within 2.4 degrees
_HANDS: tuple[FaceName, ...] = ("hand", "hand-quick", "hand-thin")
_PENS: tuple[Ink, ...] = ("black", "black", "blue", "red")


def stamp_of(
    family: Family,
    *,
    wording: int = 0,
    page: int,
    x_in: float,
    y_in: float,
    turn_deg: float = 0.0,
    values: Mapping[str, str],
) -> Stamp:
    """Return a crisp stamp of a family.

    Parameters
    ----------
    wording
        Counted from 0.
    values
        Of fields: the text filled in; ``~~26~~ 31`` is a struck fill-in before another; ``[REDACTED]`` is hidden by a
        box; ``cross``, ``tick`` or ``blob`` tick a check box; an option is circled. A field not named is empty.

    Raises
    ------
    SettingsError
        The family asks for a face that the press does not have, or a value is none of its field's.
    """
    cut = family.press
    chosen = family.wording[wording]
    return Stamp(
        family=family.family,
        page=page,
        x_in=x_in,
        y_in=y_in,
        turn_deg=turn_deg,
        rows=tuple(tuple(_row(line, family, values)) for line in chosen.lines),
        fields=tuple(chosen.facts.items()),
        face=_face(family),
        capital_in=cut.capital_in,
        leading=cut.leading,
        has_frame=cut.frame != "none",
        is_round=cut.frame == "round",
        align=cut.align,
        spacing_em=cut.spacing_em,
        ink=cut.inks[0],
    )


def drawn(
    family: Family, generator: Generator, *, page: int, x_in: float, y_in: float, wording: int | None = None
) -> Stamp:
    """Return a stamp as an office might have left it: filled in, ticked, turned and worn at random."""
    chosen = int(generator.integers(len(family.wording))) if wording is None else wording
    family = _equipped(family, generator)
    values = dict(_values(family, chosen, generator))
    stamp = stamp_of(family, wording=chosen, page=page, x_in=x_in, y_in=y_in, values=values)
    return worn(stamp, family, generator)


def worn(stamp: Stamp, family: Family, generator: Generator) -> Stamp:
    """Return a stamp with a turn, ink, wear and a reviewer's hand drawn at random; what is printed stays straight."""
    pick = generator.integers(0, 1000, size=3)
    stamp = replace(
        stamp,
        ink=family.press.inks[int(pick[0]) % len(family.press.inks)],
        pen=_PENS[int(pick[1]) % len(_PENS)],
        hand=_HANDS[int(pick[2]) % len(_HANDS)],
        hand_share=round(float(generator.uniform(1.4, 2.7)), 3),
        pen_in=round(float(generator.uniform(0.008, 0.026)), 4),
    )
    pressed = replace(
        stamp,
        turn_deg=round(float(generator.normal(0.0, _TURN_DEG)), 2),
        strength=round(float(generator.uniform(0.78, 0.95)), 3),
        faint=_sometimes(_FAINT_SHARE, (0.35, 0.8), generator),
        broken=_sometimes(_BROKEN_SHARE, (0.3, 0.75), generator),
        flooded=_sometimes(_FLOODED_SHARE, (0.4, 1.0), generator),
    )
    return stamp if family.press.printed else pressed


def known(name: str) -> Family:
    """Return a family of the project's own folder (``config/stamps``).

    Raises
    ------
    SettingsError
        It is not there: the press is not run from the project's folder.
    """
    for family in families.read_families(families.HERE):
        if family.family == name:
            return family
    raise SettingsError(
        f"facsimile: no stamp family {name} in {families.HERE}. Run the press from the project's folder."
    )


def reviewer_stamp(
    *,
    page: int,
    x_in: float,
    y_in: float,
    turn_deg: float,
    number: str,
    ticked: Literal["no_change", "declassified"] | None,
    next_review: str,
    date: str,
) -> Stamp:
    """Return the classification reviewer's stamp of 1979 and after, filled in, its reviewer withheld."""
    values = {"doc_no": number, "next_review": next_review, "date": date, "reviewer": WITHHELD}
    if ticked:
        values[ticked] = "cross"
    return stamp_of(known("cia-reviewer"), page=page, x_in=x_in, y_in=y_in, turn_deg=turn_deg, values=values)


def received_stamp(*, page: int, x_in: float, y_in: float, turn_deg: float, date: str, number: str) -> Stamp:
    """Return a registry's framed stamp with the day of receipt and a number by hand."""
    values = {"date": date, "number": number}
    return stamp_of(known("received"), page=page, x_in=x_in, y_in=y_in, turn_deg=turn_deg, values=values)


def _row(line: str, family: Family, values: Mapping[str, str]) -> Iterator[StampPart]:
    """Give the parts of a line of a wording; those without a space between them stand close."""
    is_close = False
    for piece in _PIECES.findall(line):
        if not piece.startswith("{"):
            text = piece.strip()
            if text:
                yield Print(text=_without_options(text, line, family), is_close=is_close and piece[0] != " ")
            is_close = piece[-1] != " "
            continue
        name, _, kind = piece.strip("{}").partition(":")
        yield from _field(name, kind, family.field.get(name, StampField()), values.get(name, ""), is_close=is_close)
        is_close = True


def _without_options(text: str, line: str, family: Family) -> str:
    """Return print without the options of the choice on its line, which are circled."""
    for found in _CHOICE.finditer(line):
        text = text.removesuffix(" ".join(family.field.get(found[1], StampField()).values)).rstrip()
    return text


def _field(name: str, kind: str, field: StampField, value: str, *, is_close: bool) -> Iterator[StampPart]:
    """Give the parts of a field."""
    if kind == "box":
        yield _tick(name, value)
    elif kind == "choice":
        if value and value not in field.values:
            raise SettingsError(f"facsimile: {name} is one of {', '.join(field.values)}, not {value!r}.")
        yield Choice(name=name, options=field.values, circled=value or None)
    elif value == WITHHELD:
        yield Withheld(name=name, width_in=field.width_in)
    else:
        yield from _fills(name, field, value, is_close=is_close)


def _fills(name: str, field: StampField, value: str, *, is_close: bool) -> Iterator[Fill]:
    """Give a struck fill-in and what replaced it, or the only one, over the field's rule."""
    struck = _STRUCK.match(value)
    share = 0.5 if struck else 1.0
    texts = [(struck[1], True), (value[struck.end() :], False)] if struck else [(value, False)]
    for text, is_struck in texts:
        yield Fill(
            name=name,
            text=text,
            width_in=field.width_in * share,
            has_rule=field.has_rule and field.by != "print",
            by=field.by,
            is_struck=is_struck,
            is_close=is_close and text == texts[0][0],
        )


def _tick(name: str, value: str) -> Tick:
    """Return a check box."""
    for way in _WAYS:
        if way == value:
            return Tick(name=name, is_ticked=True, way=way)
    if value:
        raise SettingsError(f"facsimile: {name} is ticked by {', '.join(_WAYS)}, not {value!r}.")
    return Tick(name=name, is_ticked=False)


def _values(family: Family, wording: int, generator: Generator) -> Iterator[tuple[str, str]]:
    """Draw the values of a wording's fields: of its boxes one at most, as a rule, is ticked."""
    boxes = [name for name, kind in family.wording[wording].fields if kind == "box"]
    ticked = _ticked(boxes, generator)
    for name, kind in family.wording[wording].fields:
        way = _WAYS[int(generator.integers(len(_WAYS)))]
        field = family.field.get(name, StampField())
        if kind == "box":
            yield name, way if name in ticked else ""
        elif kind == "choice":
            # On a hundred covers nobody had circled anything; one stamp in four is enough to learn it.
            options = (*field.values, *[""] * (3 * len(field.values)))
            yield name, options[int(generator.integers(len(options)))]
        else:
            yield name, _filled(field, generator)


def _equipped(family: Family, generator: Generator) -> Family:
    """Return a family whose fields are filled in by one of the means that offices used."""
    fields = {}
    for name, field in family.field.items():
        ways = (field.by, *field.or_by)
        fields[name] = field.model_copy(update={"by": ways[int(generator.integers(len(ways)))]})
    return family.model_copy(update={"field": fields})


def _filled(field: StampField, generator: Generator) -> str:
    """Draw what stands in a field, hidden or left empty as often as the family says."""
    chance = float(generator.uniform())
    value = value_of(field, generator)
    if chance < field.hidden:
        return WITHHELD
    return "" if chance < field.hidden + field.empty else value


def _ticked(boxes: list[str], generator: Generator) -> list[str]:
    """Draw which boxes are ticked: one mostly, none or two now and then."""
    order = [boxes[int(index)] for index in generator.permutation(len(boxes))]
    chance = float(generator.uniform())
    return order[: 0 if chance < 0.12 else 2 if chance > 0.94 else 1]


def _sometimes(share: float, span: tuple[float, float], generator: Generator) -> float:
    """Draw a number of a span in a share of cases, else 0."""
    chance, value = float(generator.uniform()), float(generator.uniform(*span))
    return round(value, 3) if chance < share else 0.0


def _face(family: Family) -> FaceName:
    """Return the face of a family's print."""
    for name in FACES:
        if name == family.press.face:
            return name
    raise SettingsError(
        f"facsimile: {family.family}: the press has no face {family.press.face!r}, only {', '.join(FACES)}."
    )
