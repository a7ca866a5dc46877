"""Sentences about events, as a records manager writes them."""

from collections.abc import Sequence

from scanfix.model.event import Action, Event, EventDate, Exemption

_VERBS: dict[Action, str] = {
    "declassified": "Declassified",
    "declassified_in_part": "Declassified in part",
    "sanitized": "Released as sanitized",
    "no_change": "Reviewed: no change in classification",
    "downgraded": "Downgraded",
    "upgraded": "Upgraded",
    "cancelled": "Classification cancelled",
    "released_full": "Released",
    "released_part": "Released in part",
    "denied": "Pages denied",
    "exempted": "Withheld",
    "original_retained": "A copy: the original is retained by the department",
    "closed_until": "Closed",
    "handling_only": "Handling",
    "received": "Received",
    "struck": "Struck",
    "reviewed": "Reviewed",
}
# The family of a stamp that alone releases nothing.
CONSENT = "cia-no-objection"
# Numbers that say themselves what they are.
_SPEAKING = frozenset({"CIA-RDP", "CIA FOIA"})


def verb(event: Event) -> str:
    """Say what was done, in a word or two; of a release in full, only where its words say so."""
    if event.action == "released_full" and "IN FULL" in event.observed.upper():
        return "Released in full"
    if event.action in {"downgraded", "upgraded"} and event.level_before is None:
        return "Classification changed"
    if event.family == CONSENT:
        return "Consent: no objection to declassification or release"
    return _VERBS[event.action]


def headline(event: Event) -> str:
    """Say an event in one sentence."""
    if event.action == "struck":
        return _strike(event)
    if event.source == "notice":
        return f"{event.interpretation[:-1]} ({event.observed})."
    if event.source == "marking":
        return f"{_exempted(event)}, {_seen(event)}; no release is seen that it belongs to."
    said = f"{_act(event)}{_level(event)}"
    extra = [text for text in (_withheld(event.exemptions), _next(event), _undecided(event)) if text]
    if event.action == "handling_only":
        said = f"Handling stamp “{event.observed}”"
    return "; ".join([f"{said}, {_seen(event)}", *extra]) + "."


def pages_words(pages: Sequence[int]) -> str:
    """Write pages for people: ``page 3``, ``pages 1 to 4, 6 and 8``."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    # Two neighbours read better as "4 and 5" than as a range.
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(n) for n in run])]
    return f"{'page' if len(pages) == 1 else 'pages'} {listed(parts)}"


def listed(parts: Sequence[str]) -> str:
    """Join words: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def decapitalised(sentence: str) -> str:
    """Begin a sentence small, for within another one; CIA stays CIA."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def times(count: int) -> str:
    """Write how often: ``once``, ``twice``, ``5 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def codes_words(exemptions: Sequence[Exemption]) -> str:
    """Write exemption codes with their counts."""
    return listed([f"{one.code} ({times(one.count)})" for one in exemptions])


def _act(event: Event) -> str:
    """Say what was done, when, by whom, on what authority, under which number."""
    when = f" {_preposition(event.date)} {event.date.words}" if event.date else ""
    whom = f" by {event.agency}" if event.agency else ""
    head, colon, tail = verb(event).partition(":")
    names = [*(one.text for one in event.authorities), *_numbers(event)]
    basis = f" ({', '.join(names)})" if names else ""
    return f"{head}{when}{whom}{basis}{colon}{tail}"


def _preposition(date: EventDate) -> str:
    """Return the preposition of a date: in a month or year, on a day."""
    return "in" if date.iso and date.precision != "day" and not date.readings else "on"


def _level(event: Event) -> str:
    """Say from which level to which."""
    if event.action not in {"downgraded", "upgraded"} or not event.level_after:
        return ""
    before = f" from {event.level_before}" if event.level_before else ""
    return f"{before} to {event.level_after}"


def _numbers(event: Event) -> list[str]:
    """Write the document's numbers."""
    return [one.number if one.scheme in _SPEAKING else f"{one.scheme} {one.number}" for one in event.references]


def _seen(event: Event) -> str:
    """Say where it is seen."""
    return f"seen on {pages_words(event.pages)}"


def _withheld(exemptions: Sequence[Exemption]) -> str:
    """Say what is withheld."""
    return f"withheld under {codes_words(exemptions)}" if exemptions else ""


def _next(event: Event) -> str:
    """Say when it comes up again."""
    if event.next_review is None:
        return ""
    if event.next_review.iso is None:
        return "the year of the next review cannot be read"
    return f"next review {event.next_review.words}"


def _undecided(event: Event) -> str:
    """Give the reason why a review tells no decision."""
    return decapitalised(event.interpretation.rstrip(".")) if event.action == "reviewed" else ""


def _exempted(event: Event) -> str:
    """Say what is withheld without a release."""
    return f"Withheld under {codes_words(event.exemptions)}"


def _strike(event: Event) -> str:
    """Say what is struck, and what that is taken for."""
    often = f"{times(event.count)} " if event.count > 1 else ""
    where = f"{often}on {pages_words(event.pages)}"
    if event.reason == "authorial":
        return f"{event.interpretation[:-1]} ({where})."
    what = event.observed if event.source == "marking" else "The warning of the espionage laws"
    return f"{what} is struck{',' if often else ''} {where}. {event.interpretation}"
