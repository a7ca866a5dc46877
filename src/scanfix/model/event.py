"""What became of a document, as its pages tell: dated events, the classification that follows, and alarms.

Observation is not interpretation: an event says what stands on the page and how surely it was read; what that means has
words and a confidence of its own.
"""

from dataclasses import dataclass
from typing import Literal

from scanfix.model.geometry import Box

# Actions of a records manager's list (domain.md 2.8); "reviewed" is a review whose decision cannot be read.
Action = Literal[
    "declassified",
    "declassified_in_part",
    "sanitized",
    "no_change",
    "downgraded",
    "upgraded",
    "cancelled",
    "released_full",
    "released_part",
    "denied",
    "exempted",
    "original_retained",
    "closed_until",
    "handling_only",
    "received",
    "struck",
    "reviewed",
]
# After these the document, or what is left of it, may be read by anybody.
RELEASES: frozenset[Action] = frozenset(
    {"declassified", "declassified_in_part", "sanitized", "cancelled", "released_full", "released_part"}
)
RELEASES_IN_PART: frozenset[Action] = frozenset({"declassified_in_part", "sanitized", "released_part"})
# These decide on the level and withhold nothing.
DECISIONS: frozenset[Action] = RELEASES | {"no_change", "downgraded", "upgraded"}

Source = Literal["stamp", "banner", "marking", "body", "notice"]
Precision = Literal["day", "month", "year"]
AuthorityKind = Literal["order", "statute", "regulation", "project", "program", "official"]
StrikeReason = Literal["declassification", "administrative-1953", "authorial", "unknown"]
State = Literal[
    "unmarked",
    "as_marked",
    "declassified",
    "declassified_in_part",
    "released",
    "released_in_part",
    "downgraded",
    "unresolved",
]
AlarmKind = Literal[
    "struck-without-authority",
    "released-no-page-struck",
    "released-page-unstruck",
    "level-above-document",
    "missing-pages",
    "repeated-pages",
    "pages-exempt",
    "pages-not-read",
    "conflicting-events",
    "overtaken-decision",
    "uncertain-strike",
    "banners-disagree",
    "head-foot-disagree",
    "decision-not-legible",
    "unknown-stamp",
]
Severity = Literal["high", "medium", "low"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """A date as printed, and what it says for certain.

    ``iso`` has as much as is certain (``"1979-12-20"``, ``"1979-12"``, ``"1979"``), ``None`` where nothing is;
    ``precision`` says how much that is. ``readings`` are the days that an ambiguous order of day and month leaves
    open (11-6-79), earliest first; none is chosen.
    """

    printed: str
    iso: str | None = None
    precision: Precision | None = None
    readings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The date for people: ``14 March 2019``, ``December 1979``, ``1979``; an open one as printed."""
        if self.readings:
            return f"{self.printed} (day and month may be either way)"
        if not self.iso:
            return f"a date that cannot be read ({self.printed})"
        year, *rest = self.iso.split("-")
        day = str(int(rest[1])) if len(rest) > 1 else ""
        month = _MONTHS[int(rest[0]) - 1] if rest else ""
        return " ".join(part for part in (day, month, year) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """By what an action was taken: an order, an act, a regulation, a project, a program, an official."""

    kind: AuthorityKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A code under which something is withheld, and how often it stands on the event's pages."""

    scheme: str
    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A number that names the document somewhere: ``scheme`` says where."""

    scheme: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Where something was seen: the page, the mark, its place in the upright frame, and how surely.

    ``name`` is ``"mark"`` for the mark itself, ``"field.date"`` for a field of it, ``"text"`` for a line of text.
    """

    page: int
    mark_id: str
    box: Box
    confidence: float
    name: str = "mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to a document, as its pages tell.

    Parameters
    ----------
    event_id
        ``"e1"``…, in the order of the history.
    action
        What was done.
    source
        What it stands in: a stamp, a banner, a marking, body words, a notice in place of pages.
    family
        The stamp's family, empty for others.
    date
        When; ``None`` where no date can be read.
    level_before, level_after
        Names of levels (`scanfix.model.classification`); ``None`` where the pages do not say.
    agency, by
        Whose decision, and who signed; empty where not said.
    next_review
        When it is to be reviewed again, or was to be closed until.
    count
        How many marks (banners, struck markings, exempt pages) the event is made of.
    observed
        What stands on the page, in short.
    confidence
        That it stands there, 0 to 1.
    reason
        Of a strike: why, as far as can be inferred; ``None`` for others.
    interpretation, interpretation_confidence
        What that is taken to mean, in words, and how surely, 0 to 1.
    pages
        The pages that show it, in order.
    sights
        The evidence.
    sentence
        The event in one sentence, for people.
    """

    event_id: str = ""
    action: Action
    source: Source
    family: str = ""
    date: EventDate | None = None
    level_before: str | None = None
    level_after: str | None = None
    authorities: tuple[Authority, ...] = ()
    agency: str = ""
    by: str = ""
    exemptions: tuple[Exemption, ...] = ()
    references: tuple[Reference, ...] = ()
    next_review: EventDate | None = None
    count: int = 1
    observed: str
    confidence: float
    reason: StrikeReason | None = None
    interpretation: str
    interpretation_confidence: float
    pages: tuple[int, ...]
    sights: tuple[Sight, ...]
    sentence: str = ""

    @property
    def day(self) -> str | None:
        """The date as far as certain, for sorting."""
        return self.date.iso if self.date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that somebody should look at: what, how bad, where, in words."""

    kind: AlarmKind
    severity: Severity
    pages: tuple[int, ...]
    sentence: str
    event_ids: tuple[str, ...] = ()
    sights: tuple[Sight, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """The classification of a document as far as its pages say.

    ``marked`` is the highest level printed on its pages, struck or not; ``level`` what holds now: a level's name, or
    ``None`` where the document is open or was never marked. ``reasons`` are sentences; ``event_ids`` the events they
    rest on.
    """

    marked: str | None
    state: State
    level: str | None
    sentence: str
    reasons: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMark:
    """A stamp that is no event: a legend, a distractor, an unknown one."""

    family: str
    text: str
    pages: tuple[int, ...]
    sights: tuple[Sight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that a document's pages tell about what became of it, dated events first and in order."""

    scan_id: str
    pages: tuple[int, ...]
    lost: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    effective: Effective
    alarms: tuple[Alarm, ...] = ()
    summary: tuple[str, ...] = ()
    others: tuple[OtherMark, ...] = ()
