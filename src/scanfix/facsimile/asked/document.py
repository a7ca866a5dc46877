"""What the press can be asked for: a document as frozen values, in inches and characters, free of resolution."""

from dataclasses import dataclass, field
from typing import Literal

from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.asked.marking import (
    Banner,
    Edge,
    Ink,
    Letterhead,
    Marking,
    Note,
    Redaction,
    Stamp,
    Stroke,
    Thing,
)

# ``overtyped`` is crossed out with x, ``slashed`` with strokes of the slash key; ``doubled`` is typed twice for weight;
# ``spaced`` is typed with a blank after each letter and transcribed without; ``inserted`` is written by hand above the
# line (it takes no room on it), ``deleted`` stands between a hand's brackets; ``raised`` is the sign of a footnote.
Style = Literal[
    "plain",
    "underlined",
    "doubled",
    "spaced",
    "struck",
    "overtyped",
    "slashed",
    "withheld",
    "inserted",
    "deleted",
    "raised",
]
Alignment = Literal["left", "centre", "right"]

# A hyphen that is typed only where the line ends at it (Unicode's SOFT HYPHEN).
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of one style.

    ``stroke`` is the pen's through a ``struck`` run, ``code`` the exemption printed over a ``withheld`` one. The
    letters of a withheld run say only how long it is: they are drawn nowhere and stand in no truth. ``ghost`` is what
    was rubbed out where the run stands: it shows faintly under it and stands in no truth. ``taken_back`` are words of
    an ``inserted`` run that the hand struck again. ``is_underlined`` is for a ``spaced`` run, which may be both;
    ``is_slip`` for a mistake of the author's own, which the transcript says is none of the transcriber's.
    """

    text: str
    style: Style = "plain"
    stroke: Stroke = field(default_factory=Stroke)
    code: str = ""
    ghost: str = ""
    taken_back: str = ""
    is_underlined: bool = False
    is_slip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text or a heading; soft hyphens say where a word may be divided, line feeds end a line.

    ``indent`` and ``hanging`` are the columns of the first and the other lines, ``inset`` those left free at the right;
    ``blank_before`` counts lines left free above, except at the top of a sheet; ``leading`` is the distance of lines in
    rows of the machine, when not 1. A ``footnote`` is set at the foot of the sheet that holds its ``label``. ``stroke``
    cancels the whole paragraph at once (a block strike); paragraphs of one ``stroke_id`` are cancelled together.
    ``lost`` says, in the notation's words, how much is missing before its first word where copies do not join: its
    sentence began in what stands before it.
    """

    runs: tuple[Run, ...]
    kind: Literal["paragraph", "heading", "footnote"] = "paragraph"
    alignment: Alignment = "left"
    indent: int = 0
    hanging: int = 0
    inset: int = 0
    blank_before: float = 1.0
    leading: float = 1.0
    label: str = ""
    starts_sheet: bool = False
    stroke: Stroke | None = None
    stroke_id: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A typed table: ``starts`` are the columns at which its cells begin (or end, where aligned right).

    ``has_head`` draws a row of hyphens under the first row; ``leading`` is the distance of lines in rows of the
    machine.
    """

    rows: tuple[tuple[str, ...], ...]
    starts: tuple[int, ...]
    alignments: tuple[Alignment, ...] = ()
    has_head: bool = True
    blank_before: float = 1.0
    leading: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Paragraphs set side by side; the left one is read first.

    ``gutter`` counts the characters between; ``is_joined`` says that the sentence at the end of each goes on in the
    next.
    """

    parts: tuple[tuple[Paragraph, ...], ...]
    gutter: int = 4
    is_joined: bool = False
    blank_before: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Room of ``rows`` rows in the text, for a marking in the body or a passage withheld under a box."""

    rows: float
    markings: tuple[Marking, ...] = ()
    redaction: Redaction | None = None
    blank_before: float = 1.0


Flow = Paragraph | Table | Columns | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A typewriter or a setting machine: its face, pitch and state.

    ``pitch_cpi`` is characters an inch (10 pica, 12 elite; of a proportional face the mean); ``row_in`` the distance of
    lines (1/6 single, 1/4 one and a half, 1/3 double); ``wear_in`` how far keys stand off the line; ``tilt_deg`` how
    far they are turned; ``ribbon`` the darkness of its ink, 0 to 1; ``unevenness`` how much darkness varies from key to
    key and blow to blow; ``lean`` how much it varies within a letter, 0 to 1; ``worn`` the share of keys whose type is
    chipped; ``filled`` how far counters are clogged with ink, 0 to 1; ``doubles`` the share of blows that strike twice;
    ``closed`` are signs whose opening dirt has bridged, so that c looks like o; ``copy`` which carbon it is, 0 the top
    one: every further one is softer and paler; ``ribbon_swing`` how much the ribbon's darkness drifts down a page, 0 to
    1.
    """

    face: FaceName
    pitch_cpi: float
    row_in: float = 1 / 6
    wear_in: float = 0.003
    tilt_deg: float = 0.0
    ribbon: float = 0.95
    unevenness: float = 0.1
    lean: float = 0.0
    worn: float = 0.0
    filled: float = 0.0
    doubles: float = 0.0
    closed: str = ""
    copy: int = 0
    ribbon_swing: float = 0.0
    ink: Ink = "ribbon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Paper and margins, in inches; typing runs from ``top_in`` to ``bottom_in`` (both measured from the edges)."""

    width_in: float = 8.5
    height_in: float = 11.0
    left_in: float = 1.25
    right_in: float = 1.0
    top_in: float = 1.3
    bottom_in: float = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to be pressed; ``markings`` and ``looks`` are taken in turn by its pages.

    ``numbering`` is the page number's form (``"- {} -"``), empty for none; the first page carries it only when
    ``numbers_first``. It is typed in the middle of the head or foot. ``running_head`` is typed at the head of every
    sheet but the first; with ``has_catchwords`` the next sheet's first word stands under each sheet's last line.
    """

    scan_id: str
    languages: tuple[str, ...]
    machine: Machine
    sheet: Sheet
    looks: tuple[Look, ...]
    paragraphs: tuple[Flow, ...]
    markings: tuple[tuple[Marking, ...], ...] = ((),)
    numbering: str = ""
    numbering_edge: Edge = "foot"
    numbers_first: bool = False
    running_head: str = ""
    has_catchwords: bool = False
    letterhead: Letterhead | None = None
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[Note, ...] = ()
    things: tuple[Thing, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    banner: Banner | None = None
    meta: tuple[tuple[str, str], ...] = ()
