"""Section B of the plan: impressions of every family, of none that is known, and what is no stamp."""

from collections.abc import Sequence

from scanfix.facsimile.matrix import balance, factors
from scanfix.facsimile.matrix.balance import Row
from scanfix.facsimile.matrix.draft import dice_of
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.families import Family, Wording

# The family with boxes is drawn at every rotation with every state of its boxes; the others often enough for every
# rotation, ink and occlusion.
_BOXED, _BOXED_COUNT = "cia-reviewer", 63
_STAMPS_EACH, _OTHERS_EACH, _UNKNOWN_COUNT, _NO_STAMPS_EACH = 12, 4, 27, 6
# The scans on which the levels of ink are seen.
_SCANS = {
    "crisp": "grey",
    "faint-rows": "bilevel-300",
    "broken": "grey",
    "flooded": "bilevel-200",
    "colour": "colour",
    "bilevel": "bilevel-300",
}


def impressions(seed: int, families: Sequence[Family]) -> tuple[Specimen, ...]:
    """Plan section B: a stamp is to be found when its family's role says that it is one."""
    planned: list[Specimen] = []
    for role in ("stamp", "legend", "handling", "distractor"):
        named = [family for family in families if family.role == role]
        each = _STAMPS_EACH if role == "stamp" else _OTHERS_EACH
        names = [family.family for family in named if family.family != _BOXED]
        rows = _rows(names, each * len(names), seed, role)
        if role == "stamp":
            boxed = [family.family for family in named if family.family == _BOXED]
            rows += _rows(boxed, _BOXED_COUNT * len(boxed), seed, _BOXED)
        known = {family.family: family for family in named}
        rows = [_of_family(row, known[row["family"]], number) for number, row in enumerate(rows)]
        planned += _named(planned, role, rows, is_positive=role == "stamp")
    unknown = [_without_fields(row) for row in _rows([factors.UNKNOWN], _UNKNOWN_COUNT, seed, factors.UNKNOWN)]
    planned += _named(planned, "unknown", unknown, is_positive=True)
    count = _NO_STAMPS_EACH * len(factors.NO_STAMPS)
    plain = balance.rows(
        {"lookalike": factors.NO_STAMPS, "ink": tuple(_SCANS)}, count=count, generator=dice_of(seed, "no-stamps")
    )
    nothing = [{**row, "family": "none", "scan": _SCANS[row["ink"]]} for row in plain]
    return (*planned, *_named(planned, "none", nothing, is_positive=False))


def wording_of(family: Family, level: str) -> int:
    """Return the wording that a level names: the last is kept for new ones, where there are several."""
    return len(family.wording) - 1 if level == "new" else int(level) - 1


def blanks(family: Family, wording: Wording) -> tuple[str, ...]:
    """Return the fields of a wording that somebody fills in afterwards."""
    return (
        tuple(name for name, kind in wording.fields if not kind and family.field[name].by in ("hand", "typed"))
        if family.field
        else ()
    )


def boxes(wording: Wording) -> tuple[str, ...]:
    """Return the check boxes of a wording."""
    return tuple(name for name, kind in wording.fields if kind == "box")


def _rows(names: Sequence[str], count: int, seed: int, stream: str) -> list[Row]:
    """Plan impressions of some families."""
    if not names:
        return []
    plan = balance.rows(
        {
            "family": names,
            "rotation": factors.ROTATIONS,
            "ink": factors.INKS,
            "occlusion": factors.OCCLUSIONS,
            "fill": factors.FILLS,
            "boxes": factors.BOXES,
        },
        count=count,
        generator=dice_of(seed, f"b-{stream}"),
    )
    return [{**row, "scan": _SCANS[row["ink"]]} for row in plan]


def _of_family(row: Row, family: Family, number: int) -> Row:
    """Choose the wording, and drop the levels that its wording has no room for."""
    several = len(family.wording) > 1
    is_new = several and number % len(family.wording) == 0
    level = "new" if is_new else str(1 + number % max(1, len(family.wording) - several))
    wording = family.wording[wording_of(family, level)]
    changed = {**row, "wording": level}
    if not blanks(family, wording):
        del changed["fill"]
    if not boxes(wording):
        del changed["boxes"]
    return changed


def _without_fields(row: Row) -> Row:
    """Drop the levels of fields."""
    return {name: level for name, level in row.items() if name not in ("fill", "boxes")}


def _named(before: Sequence[Specimen], stratum: str, rows: Sequence[Row], *, is_positive: bool) -> list[Specimen]:
    """Make specimens of rows, numbered on."""
    return [
        Specimen(
            name=f"b{number:04d}",
            section="B",
            stratum=stratum,
            is_positive=is_positive,
            levels=tuple(sorted(row.items())),
        )
        for number, row in enumerate(rows, start=len(before) + 1)
    ]
