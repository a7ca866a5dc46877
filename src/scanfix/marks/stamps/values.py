"""The fields of a stamp: readings of what was filled in, chosen by the field's grammar, each with its own evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from scanfix.families import StampField
from scanfix.marks.stamps.fillins import FillIn
from scanfix.marks.stamps.fragments import printed_likeness
from scanfix.marks.stamps.framings import among, parted
from scanfix.marks.stamps.grammar import WEAK, value_of
from scanfix.marks.stamps.printed import Item, PrintedLine
from scanfix.marks.stamps.reading import Impression, LineRead
from scanfix.marks.stamps.spelled import Spelled, spelled
from scanfix.marks.stamps.vocabulary import is_known
from scanfix.marks.wordings import fold
from scanfix.model.geometry import Box
from scanfix.model.text import CropText

# The second voice's probability of a reading that fits its grammar; a name or initials may be anything, so that they
# must be surer, or read alike by both voices.
_LEAST, _LEAST_WEAK = 0.55, 0.85
# A reading that no other one shares must be as good as certain; little else than a date looks like one. What stands
# among print was read with its line.
_ONE_VOTE, _ONE_DATE = 0.96, 0.88
_IN_PRINT = 0.97
# The engine gives no probability for a crop; alone it is trusted that far.
_ENGINE_ALONE = 0.6
# What a line's own print states is taken where its line was read, and it itself that well.
_FACT, _FACT_IN_FIGURES = 0.88, 0.78
_DEFAULT = StampField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A field that was read: its name, what it says, how sure, and where in the patch."""

    name: str
    text: str
    confidence: float
    box: Box


def filled(
    impression: Impression, fills: Sequence[FillIn], said: Mapping[str, Sequence[CropText]]
) -> tuple[Value, ...]:
    """Choose the values of what was filled in.

    Parameters
    ----------
    impression
        The stamp.
    fills
        What was filled in.
    said
        Readings of each field's crops, by the field's name.
    """
    found = []
    for fill in fills:
        field = impression.printed.family.field.get(fill.name, _DEFAULT)
        if field.by == "print" and not field.width_in:
            continue
        read = _chosen([(text, one.confidence) for one in said[fill.name] for text in _voices(one)], field)
        value = _agreed(read, _spelled(fill, said[fill.name], field), field)
        if value is not None:
            found.append(Value(name=fill.name, text=value[0], confidence=value[1], box=fill.box))
    return tuple(found)


def in_print(impression: Impression) -> tuple[Value, ...]:
    """Choose the values that stand among the print of their lines."""
    return tuple(
        value
        for row in impression.lines
        if row.is_read or not row.line.prints
        for item in row.line.items
        if item.kind == "field" and (value := _among(impression, row, item)) is not None
    )


def facts(impression: Impression) -> tuple[Value, ...]:
    """Return what the print itself states, where its own line was read."""
    found = []
    for name, text in impression.printed.wording.facts.items():
        row = next((row for row in impression.lines if _holds(row.line, text)), None)
        if row is None or not row.is_read:
            continue
        sure = max((_states(reading, text) for reading in row.texts), default=0.0)
        if sure >= (_FACT_IN_FIGURES if any(sign.isdigit() for sign in text) else _FACT):
            found.append(Value(name=name, text=text, confidence=round(sure, 3), box=row.box))
    return tuple(found)


def _spelled(fill: FillIn, said: Sequence[CropText], field: StampField) -> Spelled | None:
    """Decide among all that may stand in a field; ``None`` without a second voice."""
    ways = [[one.spelling for one in way if one.spelling is not None] for way in parted(fill, said)]
    around = among(said)
    found = spelled(ways, around.spelling if around else None, field)
    # A date or year that lost a sign is none; a number that lost one is another number.
    return replace(found, is_cut=True) if found and fill.is_cut and field.kind == "number" else found


def _agreed(read: tuple[str, float] | None, spelt: Spelled | None, field: StampField) -> tuple[str, float] | None:
    """Take what was spelled out surely, or what was read and is spelled best; neither against the other."""
    if spelt is None:
        return read
    if read is None:
        return (spelt.text, spelt.confidence) if spelt.is_sure(field) else None
    if read[0] == spelt.text and spelt.is_likeliest(field):
        return read[0], max(read[1], spelt.confidence)
    return None if is_known(read[0], field) else read


def _voices(said: CropText) -> Iterator[tuple[str, bool]]:
    """Yield the readings of a crop, and whether each is the second voice's."""
    yield said.second, True
    yield said.engine, False


def _chosen(readings: Sequence[tuple[tuple[str, bool], float]], field: StampField) -> tuple[str, float] | None:
    """Choose the value that fits the field's grammar and was read most often and most surely."""
    votes: dict[str, list[float]] = {}
    for (text, is_second), confidence in readings:
        value = value_of(text, field)
        if value is not None:
            votes.setdefault(value, []).append(confidence if is_second else _ENGINE_ALONE)
    ranked = sorted(votes, key=lambda one: -sum(votes[one]))
    if not ranked:
        return None
    value = ranked[0]
    rival = sum(votes[ranked[1]]) if len(ranked) > 1 else 0.0
    share = sum(votes[value]) / (sum(votes[value]) + rival)
    alone = _ONE_DATE if field.kind == "date" else _ONE_VOTE
    is_sure = len(votes[value]) > 1 or votes[value][0] >= alone
    least = _LEAST_WEAK if field.kind in WEAK and not field.is_closed else _LEAST
    sure = max(votes[value]) * share
    return (value, round(sure, 3)) if is_sure and sure >= least else None


def _among(impression: Impression, row: LineRead, item: Item) -> Value | None:
    """Read a field between the printed words of its line."""
    field = impression.printed.family.field.get(item.text, _DEFAULT)
    if field.by != "print":
        return None
    parts = [(_between(text, row.line, item), index == 0) for index, text in enumerate(row.texts)]
    value = _chosen([(part, _IN_PRINT) for part in parts], field)
    return Value(name=item.text, text=value[0], confidence=value[1], box=row.box) if value else None


def _between(text: str, line: PrintedLine, item: Item) -> str:
    """Cut out of a reading what stands between the printed words before and after a field."""
    index = line.items.index(item)
    before = line.items[index - 1] if index else None
    after = line.items[index + 1] if index + 1 < len(line.items) else None
    start = _place(text, before.text)[1] if before and before.kind == "print" else 0
    end = _place(text, after.text)[0] if after and after.kind == "print" else len(text)
    return text[start:end]


def _place(text: str, printed: str) -> tuple[int, int]:
    """Return where printed words stand in a reading, found on the folded letters."""
    kept = [index for index, sign in enumerate(text) if fold(sign)]
    folded = "".join(fold(text[index])[:1] for index in kept)
    way = fuzz.partial_ratio_alignment(fold(printed), folded)
    if way is None or not kept or way.dest_end <= way.dest_start:
        return 0, 0
    return kept[way.dest_start], kept[min(way.dest_end, len(kept)) - 1] + 1


def _holds(line: PrintedLine, fact: str) -> bool:
    """Tell whether a fact is printed on a line."""
    return any(fact.upper() in item.text.upper() for item in line.prints)


def _states(reading: str, fact: str) -> float:
    """Return how well a reading states a fact, 0 to 1; its figures must be there."""
    figures = "".join(sign for sign in fact if sign.isdigit())
    if figures and figures not in "".join(sign for sign in reading if sign.isdigit()):
        return 0.0
    return printed_likeness(fold(reading), fold(fact))
