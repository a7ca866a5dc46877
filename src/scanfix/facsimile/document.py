"""What the press can be asked for: a document as frozen values, in inches and characters, free of resolution."""

from dataclasses import dataclass
from typing import Literal

from scanfix.facsimile.faces import FaceName

Style = Literal["plain", "underlined", "struck", "overtyped", "withheld"]
Alignment = Literal["left", "centre", "right"]
Edge = Literal["head", "foot"]
PenShape = Literal["horizontal", "rising", "falling"]

# A hyphen that is typed only where the line ends at it (Unicode's SOFT HYPHEN).
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of one style.

    ``shape`` is that of the pen's stroke through a ``struck`` run, ``code`` the exemption printed over a ``withheld``
    one. The letters of a withheld run say only how long it is: they are drawn nowhere and stand in no truth.
    """

    text: str
    style: Style = "plain"
    shape: PenShape = "horizontal"
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text or a heading; soft hyphens say where a word may be divided, line feeds end a line.

    ``indent`` and ``hanging`` are the columns of the first and the other lines; ``blank_before`` counts lines left
    free above, except at the top of a sheet.
    """

    runs: tuple[Run, ...]
    kind: Literal["paragraph", "heading"] = "paragraph"
    alignment: Alignment = "left"
    indent: int = 0
    hanging: int = 0
    blank_before: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A typewriter: its face, pitch and state.

    ``pitch_cpi`` is characters an inch (10 pica, 12 elite); ``row_in`` the distance of lines (1/6 single, 1/4 one
    and a half, 1/3 double); ``wear_in`` how far keys stand off the line; ``ribbon`` the darkness of its ink, 0 to 1;
    ``unevenness`` how much darkness varies from key to key and blow to blow.
    """

    face: FaceName
    pitch_cpi: float
    row_in: float = 1 / 6
    wear_in: float = 0.003
    ribbon: float = 0.95
    unevenness: float = 0.1


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
class Marking:
    """A classification marking in the head or foot, centred ``at_in`` from that edge; ``stroke`` cancels it."""

    text: str
    edge: Edge
    face: FaceName
    capital_in: float
    at_in: float = 0.55
    stroke: PenShape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Words of a stamp's own rubber."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A field of a stamp filled by hand over a rule ``width_in`` long; empty when ``text`` is."""

    name: str
    text: str
    width_in: float
    has_rule: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A check box of a stamp and whether a pen ticked it."""

    name: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A field of a stamp hidden by a white redaction box."""

    name: str
    width_in: float


StampPart = Print | Fill | Tick | Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A rubber stamp on one page: rows of parts, left at ``x_in``, top at ``y_in``, turned anticlockwise.

    ``fields`` are facts that stand in its own print, such as the authority.
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
    strength: float = 0.85
    has_frame: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A release banner, printed on the scan (not on the paper) at the top and bottom of every page."""

    action: str
    date: str
    number: str

    @property
    def text(self) -> str:
        """The banner as printed; ``date`` is ISO and printed with slashes."""
        return f"{self.action}: {self.date.replace('-', '/')} {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the paper lies, is lit and is scanned.

    ``skew_deg`` turns the sheet anticlockwise; ``border_in`` is the scanner's dark bed (left, top, right, bottom);
    ``tone`` the paper and ``ink`` the blackest ink, 0 to 255; ``shade`` and ``stain`` how much darker the light's far
    corner and the paper's blotches are, 0 to 1; ``grain`` the noise of the camera in grey levels; ``ragged`` how much
    the ink's edges fray, 0 to 1; ``speckle`` dots a square inch; ``holes`` punched this far (x, y) from the top left;
    ``is_bilevel`` makes black and white at ``threshold``.
    """

    dpi: int = 300
    skew_deg: float = 0.0
    border_in: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    bed: int = 25
    tone: int = 240
    ink: int = 30
    shade: float = 0.0
    stain: float = 0.0
    grain: float = 0.0
    ragged: float = 0.25
    speckle: float = 0.0
    blur_px: float = 0.0
    holes: tuple[tuple[float, float], ...] = ()
    is_bilevel: bool = False
    threshold: int = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to be pressed; ``markings`` and ``looks`` are taken in turn by its pages.

    ``numbering`` is the page number's form (``"- {} -"``), empty for none; the first page carries it only when
    ``numbers_first``. It is typed in the middle of the head or foot.
    """

    scan_id: str
    languages: tuple[str, ...]
    machine: Machine
    sheet: Sheet
    looks: tuple[Look, ...]
    paragraphs: tuple[Paragraph, ...]
    markings: tuple[tuple[Marking, ...], ...] = ((),)
    numbering: str = ""
    numbering_edge: Edge = "foot"
    numbers_first: bool = False
    stamps: tuple[Stamp, ...] = ()
    banner: Banner | None = None
