"""Pages of section B: impressions one under the other, so far apart that none disturbs another unasked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import cos, radians, sin
from typing import Literal

from scanfix.facsimile.asked.document import Gap, Machine, Sheet
from scanfix.facsimile.asked.marking import Fill, Ink, Letterhead, Note, Print, Redaction, Stamp, StampPart, Thing
from scanfix.facsimile.matrix import factors, stamp_plan, typescript
from scanfix.facsimile.matrix.draft import Draft, dice_of
from scanfix.facsimile.matrix.pages import PagePlan
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.matrix.scans import LOOKS
from scanfix.facsimile.stamped import fieldwork, stamps
from scanfix.facsimile.stamped.stamp_setting import Setting
from scanfix.families import Family

SHEET = Sheet(left_in=1.0, right_in=0.9, top_in=0.8, bottom_in=0.6)
ROOM = 3
# The middles of the places, in inches; a third of the sheet is free for each.
_MIDDLES_IN = ((2.9, 2.4), (5.3, 5.55), (3.2, 8.7))
_BAND_ROWS = 19.0  # from one place to the next: three inches of single-spaced typing and a little
_TEXT_ROWS, _ROWS_BETWEEN = 16, 4
# A stamp lower than this leaves room for typing between it and the next.
_LOW_IN = 1.6
_COLOURS: tuple[Ink, ...] = ("violet", "blue", "red", "green")
_FAINT, _BROKEN, _FLOODED = 0.7, 0.65, 0.6
_NO_STAMP_IN: Mapping[str, float] = {"letterhead": 0.5, "signature": 0.6, "seal": 1.5, "map": 2.0}
_CROSSING = 2.8  # handwriting so high that it crosses the print above and below
_TWIN_IN = 1.3  # a stamp repeated on the same place of a page stands close under the first, or over its foot
_CUT = 0.3  # of a stamp's width lies beyond the sheet
_ANGLES: Mapping[str, float] = {level: float(level) for level in factors.ROTATIONS}
# Wordings of offices that never were: nobody's catalogue holds them.
_INVENTED = (
    ("REVIEWED BY THE HARBOUR COUNCIL", "OPENED TO READERS", "ORDER 41 OF 1971"),
    ("NO LONGER GRADED", "STATE PAPER OFFICE", "VARDAL"),
    ("RELEASED FROM THE CLOSED SHELF", "BY ORDER OF THE KEEPER"),
    ("GRADING CANCELLED", "MINISTRY OF RIVERS", "SECTION 9"),
)
_FACES: Mapping[str, Literal["roman", "grotesque", "sans"]] = {"0": "roman", "1": "grotesque", "2": "sans"}


def page(plan: PagePlan, families: Mapping[str, Family], *, seed: int) -> Draft:
    """Return a sheet with the impressions of a plan, each in its place."""
    draft = Draft(
        scan_id=plan.scan_id,
        look=LOOKS[plan.scan],
        sheet=SHEET,
        machine=Machine(face="courier", pitch_cpi=10, unevenness=0.1),
        generator=dice_of(seed, plan.scan_id),
    )
    for number, one in enumerate(plan.specimens):
        if one.level("family") == "none":
            high = _no_stamp(draft, one, _MIDDLES_IN[number])
        else:
            high = _stamp(draft, one, _MIDDLES_IN[number], families)
        has_text = one.level("occlusion") == "over-text"
        _type(draft, number, rows=_TEXT_ROWS if has_text else _ROWS_BETWEEN if high < _LOW_IN else 0)
    return draft


def _type(draft: Draft, number: int, *, rows: int) -> None:
    """Type so many rows at the foot of a place, on which a stamp stands only where they fill it."""
    blank = float(number > 0)
    if not rows:
        draft.flow.append(Gap(rows=_BAND_ROWS - blank, blank_before=blank))
        return
    above = _BAND_ROWS - rows - blank - 1.0
    draft.flow += [Gap(rows=above, blank_before=blank), typescript.plain(draft, rows=rows)]


def _stamp(draft: Draft, specimen: Specimen, middle: tuple[float, float], families: Mapping[str, Family]) -> float:
    """Stamp a specimen, and what hides or disturbs it; return how high it is, in inches."""
    stamp = _filled(draft, specimen, families)
    stamp = _inked(draft, specimen, replace(stamp, turn_deg=_ANGLES[specimen.level("rotation")]))
    wide, high = extent_in(stamp)
    occlusion = specimen.level("occlusion")
    x, y = middle
    if occlusion == "cut-by-edge":
        x = (0.5 - _CUT) * wide if x < SHEET.width_in / 2 else SHEET.width_in - (0.5 - _CUT) * wide
    placed = _centred(stamp, (x, y))
    draft.stamps.append(placed)
    draft.want(specimen, "stamp", (x, y), placed.family)
    if occlusion == "under-redaction":
        draft.redactions.append(
            Redaction(
                page=1,
                x_in=round(x + 0.22 * wide, 4),
                y_in=round(y - 0.2 * high, 4),
                width_in=round(0.35 * wide, 4),
                height_in=round(0.4 * high, 4),
            )
        )
    elif occlusion == "repeated":
        _again(draft, specimen, placed, (x + 0.1 * wide, y + min(high, _TWIN_IN)), "twin")
        return 2 * high
    elif occlusion == "overlapping":
        over = _inked(draft, specimen, replace(_invented(draft), turn_deg=draft.between(-8.0, 8.0)))
        _again(draft, specimen, over, (x + 0.3 * wide, y + 0.3 * high), "over")
    return high


def extent_in(stamp: Stamp) -> tuple[float, float]:
    """Return how wide and high a turned stamp is on the sheet, in inches."""
    dpi = 100
    setting = Setting(stamp, dpi=dpi)
    wide, high = setting.width / dpi, setting.height / dpi
    c, s = abs(cos(radians(stamp.turn_deg))), abs(sin(radians(stamp.turn_deg)))
    return wide * c + high * s, wide * s + high * c


def _centred(stamp: Stamp, middle: tuple[float, float]) -> Stamp:
    """Return a stamp with its middle at a place; it turns about its middle."""
    wide, high = extent_in(replace(stamp, turn_deg=0.0))
    return replace(stamp, x_in=round(middle[0] - wide / 2, 4), y_in=round(middle[1] - high / 2, 4))


def _again(draft: Draft, specimen: Specimen, stamp: Stamp, middle: tuple[float, float], suffix: str) -> None:
    """Stamp once more beside a specimen; what is stamped over it is a specimen too."""
    levels = tuple((name, level) for name, level in specimen.levels if name in ("ink", "occlusion", "scan"))
    if suffix == "twin":
        family, stratum, is_positive = specimen.level("family"), specimen.stratum, specimen.is_positive
    else:
        family, stratum, is_positive = factors.UNKNOWN, "unknown", True
    one = replace(
        specimen,
        name=f"{specimen.name}-{suffix}",
        stratum=stratum,
        is_positive=is_positive,
        levels=tuple(sorted((*levels, ("family", family)))),
    )
    draft.stamps.append(_centred(stamp, middle))
    draft.want(one, "stamp", middle, stamp.family)


def _filled(draft: Draft, specimen: Specimen, families: Mapping[str, Family]) -> Stamp:
    """Return a stamp with its fields filled in and its boxes ticked as the levels say."""
    if specimen.level("family") == factors.UNKNOWN:
        return _invented(draft)
    family = families[specimen.level("family")]
    number = stamp_plan.wording_of(family, specimen.level("wording"))
    wording = family.wording[number]
    values = {
        name: fieldwork.value_of(family.field[name], draft.generator)
        for name, kind in wording.fields
        if not kind and name in family.field
    }
    by_hand = stamp_plan.blanks(family, wording)
    values = _as_filled(values, by_hand, specimen.level("fill"))
    values |= _ticked(stamp_plan.boxes(wording), specimen.level("boxes"))
    if specimen.level("boxes") == "circled":
        choices = [name for name, kind in wording.fields if kind == "choice"]
        values |= {name: draft.pick(family.field[name].values) for name in choices}
    stamp = stamps.stamp_of(family, wording=number, page=1, x_in=0.0, y_in=0.0, values=values)
    if specimen.level("fill") == "crossing":
        stamp = replace(stamp, hand_share=_CROSSING)
    return replace(stamp, rows=_written(stamp, specimen.level("fill"), by_hand))


def _as_filled(values: Mapping[str, str], by_hand: Sequence[str], fill: str) -> dict[str, str]:
    """Return the values that stand in a stamp: none, or one cancelled and written anew."""
    if fill == "empty":
        return {name: text for name, text in values.items() if name not in by_hand}
    if fill == "struck" and by_hand:
        name = by_hand[0]
        return {**values, name: f"~~{values[name][:3]}~~ {values[name]}"}
    return dict(values)


def _written(stamp: Stamp, fill: str, by_hand: Sequence[str]) -> tuple[tuple[StampPart, ...], ...]:
    """Return a stamp's rows with what was filled in by the means of a level."""
    means: Literal["hand", "typed"] = "typed" if fill == "typed" else "hand"
    return tuple(
        tuple(replace(part, by=means) if isinstance(part, Fill) and part.name in by_hand else part for part in row)
        for row in stamp.rows
    )


def _ticked(boxes: Sequence[str], level: str) -> dict[str, str]:
    """Return which boxes are ticked, and how."""
    ways = {"one-cross": "cross", "one-tick": "tick", "one-blob": "blob", "broken": "cross", "two": "cross"}
    if level not in ways:
        return {}
    return dict.fromkeys(boxes[: 2 if level == "two" else 1], ways[level])


def _inked(draft: Draft, specimen: Specimen, stamp: Stamp) -> Stamp:
    """Return a stamp inked and worn as the levels say."""
    level = specimen.level("ink")
    changed = replace(stamp, ink="black", strength=0.9)
    if level == "colour":
        colour = _COLOURS[int(draft.generator.integers(len(_COLOURS)))]
        changed = replace(changed, ink=colour, pen="blue")
    faint = _FAINT if level == "faint-rows" else 0.0
    broken = _BROKEN if "broken" in (level, specimen.level("boxes")) else 0.0
    return replace(changed, faint=faint, broken=broken, flooded=_FLOODED if level == "flooded" else 0.0)


def _invented(draft: Draft) -> Stamp:
    """Return a stamp of no known family."""
    chosen = int(draft.generator.integers(len(_INVENTED)))
    face = _FACES[str(int(draft.generator.integers(len(_FACES))))]
    return Stamp(
        family=factors.UNKNOWN,
        page=1,
        x_in=0.0,
        y_in=0.0,
        turn_deg=0.0,
        rows=tuple((Print(text=line),) for line in _INVENTED[chosen]),
        face=face,
        capital_in=draft.between(0.08, 0.12),
        has_frame=draft.generator.uniform() < 0.5,
        align="centre",
    )


def _no_stamp(draft: Draft, specimen: Specimen, middle: tuple[float, float]) -> float:
    """Draw what only looks like a stamp; return how high it may be, in inches."""
    x, y = middle
    level = specimen.level("lookalike")
    if level == "letterhead":
        draft.letterhead = Letterhead(lines=("MINISTRY OF HARBOURS", "Declassification Branch, Vardal"), at_in=y)
        draft.want(specimen, "words", (SHEET.width_in / 2, y), "MINISTRY OF HARBOURS")
    elif level == "signature":
        draft.notes.append(Note(page=1, kind="signature", x_in=x, y_in=y, size_in=0.4))
        draft.want(specimen, "handwriting", (x + 0.7, y - 0.15))
    elif level == "seal":
        draft.things.append(
            Thing(page=1, kind="seal", x_in=x - 0.7, y_in=y - 0.7, width_in=1.4, height_in=1.4, ink="violet")
        )
        draft.want(specimen, "thing", middle, "seal")
    else:
        draft.things.append(Thing(page=1, kind="map", x_in=x - 1.5, y_in=y - 1.0, width_in=3.0, height_in=2.0))
        draft.want(specimen, "thing", middle, "map")
    return _NO_STAMP_IN[level]
