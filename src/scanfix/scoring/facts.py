"""Facts about pages that must hold in every run: ``facts.jsonl``, a fact a line.

::

    {"page": "telegram-2206/p0001", "kind": "present", "text": "Port Tessin, November 3, 1947.", "allowed": 1}
    {"page": "telegram-2206/p0001", "kind": "absent", "text": "CONFIDENTIAL", "in": "body"}
    {"page": "telegram-2206/p0002", "kind": "order", "texts": ["The chaplain", "I have meanwhile"], "allowed": 0.1}
    {"page": "estimate-karsovia/p0002", "kind": "struck", "text": "TOP SECRET", "in": "head"}
    {"page": "brief-4/p0001", "kind": "active", "text": "SECRET"}
    {"page": "staff-memo/p0001", "kind": "stamp_field", "family": "cia-reviewer", "field": "date", "value": "4-2-80"}

``allowed`` is a number of edits, or below 1 a share of the text's length. ``in`` names a view (page, body, furniture)
for texts, a block (head, foot) for markings. Text is compared as a policy makes words of it; it begins and ends where
words do. Nothing here reads a run: values are handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from scanfix import files
from scanfix.errors import GroundTruthError
from scanfix.model.gate import FactResult
from scanfix.model.mark import MarkStatus
from scanfix.model.transcript import Attributes, BlockKind, Marking
from scanfix.scoring import nearby
from scanfix.scoring.policy import Policy

TextView = Literal["page", "body", "furniture"]
_Text = Annotated[str, Field(min_length=1)]
# A text longer than that in a report hides the next one.
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a run says of a page: texts by view, markings, and the fields of each stamp with its family among them."""

    texts: tuple[tuple[TextView, str], ...]
    markings: tuple[Marking, ...] = ()
    stamps: tuple[Attributes, ...] = ()


class _Line(BaseModel):
    """What every fact says; ``allowed`` is below 1 a share, else a whole number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    page: Annotated[str, Field(pattern=r"^.+/p[0-9]{4,9}$")]
    allowed: Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0, lt=1)] = 0

    def edits(self, text: str) -> int:
        """Return how many edits are allowed in a text."""
        return self.allowed if isinstance(self.allowed, int) else int(self.allowed * len(text))


class TextFact(_Line):
    """A text that is on the page, or is not."""

    kind: Literal["present", "absent"]
    text: _Text
    place: Annotated[TextView, Field(alias="in")] = "page"


class OrderFact(_Line):
    """Texts that follow one another."""

    kind: Literal["order"]
    texts: Annotated[tuple[_Text, ...], Field(min_length=2, strict=False)]
    place: Annotated[TextView, Field(alias="in")] = "page"


class MarkingFact(_Line):
    """A marking and its status."""

    kind: Literal["struck", "active"]
    text: _Text
    place: Annotated[BlockKind | None, Field(alias="in")] = None


class StampFact(_Line):
    """What a stamp of a family says in one field."""

    kind: Literal["stamp_field"]
    family: _Text
    field: _Text
    value: _Text


Fact = TextFact | OrderFact | MarkingFact | StampFact
_FACT: TypeAdapter[Fact] = TypeAdapter(Annotated[Fact, Field(discriminator="kind")])


def read_facts(text: str, *, file: str) -> tuple[Fact, ...]:
    """Read facts; empty lines are passed over.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for messages.

    Raises
    ------
    GroundTruthError
        A line is no JSON, or no fact, allows edits that make anything of its text, or says the same as an earlier one.
    """
    facts: dict[str, Fact] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            fact = _read(line, f"{file}: line {number}")
            if any(fact.edits(said) >= len(said) for said in _texts(fact)):
                raise GroundTruthError(
                    f"{file}: line {number}: allowed: as many edits as a text has letters, so that any page would do. "
                    f"Allow fewer."
                )
            name = f"{fact.page} {fact.kind} {_statement(fact)}"
            if name in facts:
                raise GroundTruthError(f"{file}: line {number}: this fact stands on an earlier line. Leave one.")
            facts[name] = fact
    return tuple(facts.values())


def judge(fact: Fact, reading: Reading | None, policy: Policy) -> FactResult:
    """Say whether a fact holds.

    Parameters
    ----------
    fact
        The fact.
    reading
        What the run says of its page, ``None`` where the run does not have the page.
    policy
        How both texts become words.
    """
    if reading is None:
        holds, found = False, "the run does not have the page"
    elif not all(_plain(text, policy) for text in _texts(fact)):
        holds, found = False, f"{policy} leaves nothing of a text of the fact"
    else:
        holds, found = _judge(fact, reading, policy)
    return FactResult(page=fact.page, kind=fact.kind, statement=_statement(fact), holds=holds, found=found)


# Reading


def _read(line: str, place: str) -> Fact:
    """Read one line."""
    tree = files.parse_json(line, file=place, advice="Write one fact a line.")
    try:
        return _FACT.validate_python(tree)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = ".".join(str(step) for step in fault["loc"]) or "the line"
        raise GroundTruthError(f"{place}: {name}: {fault['msg']}. scanfix.scoring.facts shows every kind.") from error


def _statement(fact: Fact) -> str:
    """Say in one line what a fact claims; two facts that differ say so, but for the edits they allow."""
    said = " < ".join(f'"{text}"' for text in _texts(fact))
    if isinstance(fact, StampFact):
        return f"{fact.family} {fact.field} = {said}"
    return said if fact.place in (None, "page") else f"{said} in {fact.place}"


def _texts(fact: Fact) -> tuple[str, ...]:
    """Return the texts that a fact compares."""
    match fact:
        case StampFact():
            return (fact.value,)
        case OrderFact():
            return fact.texts
        case _:
            return (fact.text,)


# Judging


def _judge(fact: Fact, reading: Reading, policy: Policy) -> tuple[bool, str]:
    """Judge a fact of any kind."""
    match fact:
        case TextFact():
            return _text(fact, _plain(dict(reading.texts)[fact.place], policy), policy)
        case OrderFact():
            return _order(fact, _plain(dict(reading.texts)[fact.place], policy), policy)
        case MarkingFact():
            return _marking(fact, reading.markings, policy)
        case _:
            return _stamp(fact, reading.stamps, policy)


def _text(fact: TextFact, text: str, policy: Policy) -> tuple[bool, str]:
    """Judge whether a text is there."""
    wanted = _plain(fact.text, policy)
    place = nearby.nearest(wanted, text)
    is_there = place.edits <= fact.edits(wanted)
    said = _quoted(text[place.start : place.end]) if place.end > place.start else "nothing"
    return is_there == (
        fact.kind == "present"
    ), f"nearest is {said}, {place.edits} edit{'' if place.edits == 1 else 's'} away"


def _order(fact: OrderFact, text: str, policy: Policy) -> tuple[bool, str]:
    """Judge whether texts follow one another; each is taken where it ends earliest."""
    end = 0
    for said in fact.texts:
        wanted = _plain(said, policy)
        place = nearby.first(wanted, text, edits=fact.edits(wanted), start=end)
        if place is None:
            return False, f"{_quoted(said)} does not follow"
        end = place.end
    return True, "in order"


def _marking(fact: MarkingFact, markings: Sequence[Marking], policy: Policy) -> tuple[bool, str]:
    """Judge whether there is such a marking of that status."""
    wanted: MarkStatus = fact.kind
    alike = [one for one in markings if fact.place in (None, one.block) and _is_like(fact, fact.text, one.text, policy)]
    found = ", ".join(f"{one.status} in {one.block}" for one in alike)
    return any(one.status == wanted for one in alike), found or "no such marking"


def _stamp(fact: StampFact, stamps: Sequence[Attributes], policy: Policy) -> tuple[bool, str]:
    """Judge what a stamp of that family says."""
    of_family: list[Mapping[str, str]] = [dict(stamp) for stamp in stamps if ("family", fact.family) in stamp]
    values = [stamp[fact.field] for stamp in of_family if fact.field in stamp]
    found = ", ".join(map(_quoted, values)) or ("the field was not read" if of_family else "no such stamp")
    return any(_is_like(fact, fact.value, value, policy) for value in values), found


def _is_like(fact: _Line, wanted: str, found: str, policy: Policy) -> bool:
    """Whether two short texts are the same but for the edits allowed."""
    one = _plain(wanted, policy)
    return nearby.distance(one, _plain(found, policy)) <= fact.edits(one)


def _plain(text: str, policy: Policy) -> str:
    """Return a text as it is compared: a policy's words with single spaces."""
    return " ".join(policy.words(text))


def _quoted(text: str) -> str:
    """Write a text for people, cut where it is long."""
    flat = " ".join(text.split())
    return f'"{flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"}"'
