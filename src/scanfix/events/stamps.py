"""Stamps: which event each family records. Legends, distractors and unknown stamps record none."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from scanfix.events import meanings
from scanfix.events.dates import read_date
from scanfix.events.seen import PageSeen, brief, plain, sights_of
from scanfix.model.classification import level_of
from scanfix.model.event import Action, Event, Exemption, OtherMark, Reference
from scanfix.model.mark import Mark

# Whose stamp a family is: known from the family, which was told from the stamp's own words.
_AGENCIES = {
    "cia-reviewer": "CIA",
    "cia-historical-review": "CIA",
    "cia-no-objection": "CIA",
    "cia-other-agency": "CIA",
    "cia-loan": "CIA",
    "nara-declassified": "NARA",
    "nato-disclosed": "NATO",
    "nsa-release": "NSA",
    "presidential-library": "NARA",
    "state-review": "Department of State",
}
_HANDLING = frozenset({"cia-loan", "copy-status", "dissemination"})
_RECEIVED = frozenset({"received", "desk-dater"})
_REFERENCES = (("doc_no", "reviewer's document no."), ("rif", "RIF"), ("ref_id", "REF ID"), ("number", "registry no."))
_DECIDING: Mapping[Action, str] = {
    "no_change": "no_change",
    "declassified": "declassified",
    "downgraded": "changed_to",
}
_CHECKED, _UNCHECKED = "checked", "unchecked"
_NO_CHOICE = frozenset({"none", ""})
# What is stamped in plain words, what needs a rule to be understood, and a consent that alone releases nothing.
_SURE, _INFERRED, _CONSENT = 0.95, 0.8, 0.6
# Family, fields, printed words -> what was done, in words, how surely.
Meaning = tuple[Action, str, float]
Reader = Callable[[Mapping[str, str], str], Iterator[Meaning]]


def events_of(page: PageSeen) -> Iterator[Event]:
    """Give the events that the stamps of a page record."""
    for mark in page.marks:
        if mark.kind == "stamp":
            fields = dict(mark.fields)
            for meaning in _meanings(fields, plain(mark.text)):
                yield _event(mark, page.number, fields, meaning)


def others_of(page: PageSeen) -> Iterator[OtherMark]:
    """Give the stamps of a page that record no event."""
    for mark in page.marks:
        if mark.kind == "stamp" and not any(_meanings(dict(mark.fields), plain(mark.text))):
            family = mark.field("family") or "unknown"
            yield OtherMark(
                family=family, text=brief(mark.text), pages=(page.number,), sights=sights_of(mark, page.number)
            )


def _meanings(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:
    """Give what a stamp says was done: nothing for an unknown one, a legend, a distractor."""
    family = fields.get("family", "unknown")
    if reader := _READERS.get(family):
        yield from reader(fields, words)
    elif family in _HANDLING or fields.get("role") == "handling":
        yield "handling_only", "A rule for handling this copy; it says nothing of classification.", _SURE
    elif family in _RECEIVED:
        yield "received", "A registry's or desk's date stamp.", _INFERRED
    elif fields.get("role", "stamp") == "stamp" and (action := meanings.action_of(fields.get("action", ""))):
        yield action, f"The stamp says “{fields['action']}”.", _SURE


def _reviewer(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:  # noqa: ARG001 - a reader's signature
    """Read the boxes and the choice of a reviewer's stamp."""
    found = False
    if fields.get("no_change") == _CHECKED:
        found = True
        yield "no_change", "The box NO CHANGE IN CLASS. is checked.", _SURE
    if fields.get("declassified") == _CHECKED:
        found = True
        yield "declassified", "The box DECLASSIFIED is checked.", _SURE
    if fields.get("changed_to", "") not in _NO_CHOICE:
        found = True
        yield "downgraded", f"{fields['changed_to']} is circled after CLASS. CHANGED TO.", _SURE
    if not found:
        yield "reviewed", _undecided(fields), _INFERRED


def _undecided(fields: Mapping[str, str]) -> str:
    """Say why a reviewer's stamp tells no decision."""
    states = {fields.get("no_change"), fields.get("declassified")}
    return "No box is checked." if states == {_UNCHECKED} else "Its boxes cannot be read for certain."


def _no_objection(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:
    """Read CIA's consent: to a part, or to the whole."""
    said = "CIA has no objection to declassification or release"
    if "SANITIZED" in f"{words} {plain(fields.get('action', ''))}":
        yield "sanitized", f"{said} of the sanitized document.", _CONSENT
    elif "CIA INFORMATION" in f"{words} {fields.get('scope', '')}":
        yield (
            "declassified_in_part",
            f"{said} of CIA information in this document; others may have to consent.",
            _CONSENT,
        )
    else:
        yield "declassified", f"{said}; others may have to consent.", _CONSENT


def _other_agency(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:  # noqa: ARG001 - a reader's signature
    """Read CIA's consent that waits for another agency."""
    whom = fields.get("other_agency")
    by = f" by {whom}" if whom else ""
    yield "reviewed", f"CIA: the document may be declassified subject to review{by}; that decides nothing yet.", _SURE


def _restricted_data(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:
    """Read a cancellation or change of the Atomic Energy Act's category; the legend itself is no event."""
    if "CLASSIFICATION CANCEL" not in words and "changed_to" not in fields:
        return
    changed = fields.get("changed_to", "")
    level = level_of(changed)
    if level and level.rank:
        yield "downgraded", f"Classification changed to {changed}.", _SURE
    else:
        yield "cancelled", "Classification canceled.", _SURE


def _jfk(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:
    """Read the release under the JFK Act; its form of numbers alone is no event."""
    if "release_year" in fields or "RELEASE UNDER" in words:
        yield "released_full", "Released under the JFK Assassination Records Act.", _INFERRED


def _stated(action: Action, sentence: str) -> Reader:
    """Make the reader of a family whose printed words are themselves the decision."""

    def read(fields: Mapping[str, str], words: str) -> Iterator[Meaning]:
        found = meanings.action_of(fields.get("action") or words) or action
        yield found, sentence if found != "reviewed" else "What was decided cannot be read.", _SURE

    return read


_READERS: Mapping[str, Reader] = {
    "cia-reviewer": _reviewer,
    "cia-no-objection": _no_objection,
    "cia-other-agency": _other_agency,
    "restricted-data": _restricted_data,
    "jfk-act": _jfk,
    "cia-historical-review": _stated("reviewed", "Reviewed by a CIA programme."),
    "nara-declassified": _stated("declassified", "The National Archives' strip: declassified."),
    "nato-disclosed": _stated("declassified", "Declassified and publicly disclosed by NATO."),
    "nsa-release": _stated("declassified", "Declassified and approved for release by NSA."),
    "presidential-library": _stated("declassified", "Declassified on review in a presidential library."),
    "state-review": _stated("reviewed", "Reviewed by the Department of State."),
    "uk-retained-copy": _stated("original_retained", "This is a copy; the department keeps the original."),
}


def _event(mark: Mark, page: int, fields: Mapping[str, str], meaning: Meaning) -> Event:
    """Return the event of a stamp."""
    action, sentence, sure = meaning
    family = fields.get("family", "unknown")
    given = dict(fields)
    year = given.get("date") or given.get("year") or given.get("release_year") or ""
    event = Event(
        action=action,
        source="stamp",
        family=family,
        date=read_date(year),
        authorities=tuple(meanings.authorities_of(given)),
        agency=_agency(family, given),
        by=given.get("by") or _reviewer_of(given),
        exemptions=_exemptions(given.get("exemptions", "")),
        references=tuple(_references(given)),
        next_review=read_date(given.get("next_review") or given.get("closure_year") or ""),
        observed=brief(mark.text),
        confidence=mark.confidence,
        interpretation=sentence,
        interpretation_confidence=sure,
        pages=(page,),
        sights=sights_of(mark, page),
    )
    event = replace(event, interpretation_confidence=min(sure, _decided(mark, action)))
    changed = level_of(given.get("changed_to", "")) if action == "downgraded" else None
    return replace(event, level_after=changed.name) if changed else event


def _decided(mark: Mark, action: Action) -> float:
    """Return how surely the field was read that decides."""
    name = f"field.{_DECIDING.get(action, 'action')}"
    return next((seen.value for seen in mark.evidence if seen.name == name), 1.0)


def _agency(family: str, fields: Mapping[str, str]) -> str:
    """Return who decided: as printed, or whose stamp it is; the JFK form names whose file it was."""
    printed = "" if family == "jfk-act" else fields.get("agency", "")
    return printed or _AGENCIES.get(family, "")


def _reviewer_of(fields: Mapping[str, str]) -> str:
    """Return who reviewed; nothing where that is withheld."""
    named = fields.get("reviewer_text") or fields.get("reviewer", "")
    return "" if named in {"redacted", "text", "none"} else named


def _exemptions(text: str) -> tuple[Exemption, ...]:
    """Return the codes that a stamp itself prints."""
    codes = dict.fromkeys(meanings.codes_of(text))
    return tuple(Exemption(scheme=meanings.scheme_of(code), code=code, count=1) for code in codes)


def _references(fields: Mapping[str, str]) -> Iterator[Reference]:
    """Give the numbers of a stamp."""
    for name, scheme in _REFERENCES:
        if number := fields.get(name):
            yield Reference(scheme=scheme, number=number)
    if case := fields.get("case_no"):
        yield Reference(scheme="MR case", number="-".join(part for part in (fields.get("library"), case) if part))
