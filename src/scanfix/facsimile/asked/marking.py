"""What can be put on the paper besides typing: markings, strokes, stamps, handwriting, and what is printed on the scan.

Places and sizes are in inches from the sheet's top left corner; turns are degrees anticlockwise.
"""

from dataclasses import dataclass
from typing import Literal

from scanfix.facsimile.asked.faces import FaceName
from scanfix.model.mark import StrokeShape

# What a line is drawn with; its colour on a colour scan, its darkness on every other.
Ink = Literal["ribbon", "black", "blue", "violet", "red", "green", "pencil"]
Edge = Literal["head", "foot"]
# "cover" and "body" stand anywhere on the sheet, "margin" beside the text.
Place = Literal["head", "foot", "cover", "body", "margin"]
# How much of the letters a stroke crosses: all and beyond both ends; from the first to the last; at least half; two or
# three letters; or it only touches them, so that nobody can say.
Coverage = Literal["over", "exact", "partial", "letters", "graze"]
# What is drawn round a marking that no stroke cancels: the look-alikes of a strike.
Dress = Literal["none", "underline", "overline", "box", "rules", "dashes"]
NoteKind = Literal["note", "initials", "signature", "tick", "bracket", "circle", "caret"]
ThingKind = Literal["hole", "staple", "clip", "fold", "hatch", "map", "seal", "rule", "box", "crease", "stain"]
CoverStyle = Literal["outlined", "double", "black", "grey", "cut"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A stroke that cancels what it crosses; ``None`` is drawn by the habits of the shape.

    ``lift`` moves a level stroke off the middle of the letters, as a share of their height, upwards; ``width_in`` is
    the line's.
    """

    shape: StrokeShape = "horizontal"
    coverage: Coverage = "over"
    angle_deg: float | None = None
    width_in: float | None = None
    lift: float = 0.0
    ink: Ink = "black"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One line of a classification marking.

    In the head or foot it is centred ``at_in`` from that edge of the sheet; elsewhere ``at_in`` is the distance of its
    middle from the top, unless it stands in a gap of the text, which places it. ``x_in`` is its middle from the left
    edge, the sheet's middle when ``None``. ``spacing_em`` parts its letters. ``pages`` that carry it, all when empty.
    """

    text: str
    edge: Place
    face: FaceName
    capital_in: float
    at_in: float = 0.55
    x_in: float | None = None
    spacing_em: float = 0.0
    turn_deg: float = 0.0
    dress: Dress = "none"
    ink: Ink = "black"
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Words of a stamp's own rubber; ``is_close`` to the part before them, as a comma is."""

    text: str
    is_close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A field of a stamp filled in over a rule ``width_in`` long; empty when ``text`` is.

    ``by`` says with what: a hand, a typewriter or a dater (whose print may be turned), or the stamp's own bands of
    figures (print); ``is_struck`` that the fill-in was cancelled with a scribble; ``is_close`` that no space parts it
    from the part before it.
    """

    name: str
    text: str
    width_in: float
    has_rule: bool = True
    by: Literal["hand", "typed", "dater", "print"] = "hand"
    is_struck: bool = False
    is_close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A check box of a stamp and whether a pen ticked it, and how."""

    name: str
    is_ticked: bool
    way: Literal["cross", "tick", "blob"] = "cross"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Options of a stamp in a row; ``circled`` is one of them or none."""

    name: str
    options: tuple[str, ...]
    circled: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A field of a stamp hidden by a white redaction box."""

    name: str
    width_in: float


StampPart = Print | Fill | Tick | Choice | Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A rubber stamp on one page: rows of parts, left at ``x_in``, top at ``y_in``; the sheet's edge may cut it.

    ``fields`` are facts that stand in its own print, such as the authority. ``faint`` (0 to 1) pales its first rows,
    ``broken`` (0 to 1) loses patches of it, ``flooded`` (0 to 1) spreads its ink. Its frame may be round (an oval, the
    first and last row along it). ``spacing_em`` parts its letters. The hand that fills it in writes ``hand_share``
    times as high as the print's capitals with a pen ``pen_in`` wide. ``stroke`` cancels all of it, in that pen's ink.
    """

    family: str
    page: int
    x_in: float
    y_in: float
    turn_deg: float
    rows: tuple[tuple[StampPart, ...], ...]
    fields: tuple[tuple[str, str], ...] = ()
    face: FaceName = "sans"
    capital_in: float = 0.085
    leading: float = 2.1
    strength: float = 0.85
    has_frame: bool = False
    is_round: bool = False
    align: Literal["left", "centre"] = "left"
    spacing_em: float = 0.0
    ink: Ink = "black"
    pen: Ink = "black"
    hand: FaceName = "hand"
    hand_share: float = 2.3
    pen_in: float = 0.019
    faint: float = 0.0
    broken: float = 0.0
    flooded: float = 0.0
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something written or drawn by hand; ``text`` is empty for what is no writing.

    Its left end and baseline are at (``x_in``, ``y_in``); ``size_in`` is the height of a capital, or of what is drawn.
    """

    page: int
    kind: NoteKind
    x_in: float
    y_in: float
    size_in: float
    text: str = ""
    turn_deg: float = 0.0
    face: FaceName = "hand"
    ink: Ink = "black"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something on the paper that is no text; ``page`` 0 is every page."""

    page: int
    kind: ThingKind
    x_in: float
    y_in: float
    width_in: float = 0.25
    height_in: float = 0.25
    turn_deg: float = 0.0
    ink: Ink = "black"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Printed lines at the head of the first sheet, centred; the first line's baseline is ``at_in`` from the top."""

    lines: tuple[str, ...]
    face: FaceName = "roman"
    capital_in: float = 0.13
    at_in: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A box printed over the scan; what it covers stands in no truth. ``code`` is printed in it or in the margin."""

    page: int
    x_in: float
    y_in: float
    width_in: float
    height_in: float
    style: CoverStyle = "outlined"
    code: str = ""
    code_stands: Literal["inside", "margin"] = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A release banner, printed on the scan (not on the paper) at the top and bottom of every page.

    Its baseline is ``at_in`` from the top (half as far from the bottom): near a marking, its white strip hides a part.
    ``form`` says how it is worded: archives write ``{date}`` (year first) or ``{us_date}`` (month first).
    """

    action: str
    date: str
    number: str
    at_in: float = 0.27
    form: str = "{action}: {date} {number}"

    @property
    def text(self) -> str:
        """The banner as printed; ``date`` is ISO and printed with slashes."""
        year, month, day = self.date.split("-")
        dates = {"date": f"{year}/{month}/{day}", "us_date": f"{month}/{day}/{year}"}
        return self.form.format(action=self.action, number=self.number, **dates)
