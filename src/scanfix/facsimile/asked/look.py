"""How the paper is, how it was copied, and how it was scanned."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the paper lies, is lit, was copied and is scanned.

    ``skew_deg`` turns the sheet anticlockwise; ``warp_in`` is how far its curl bends lines; ``border_in`` is the
    scanner's dark bed (left, top, right, bottom), on which a ``neighbour`` page may show; ``tone`` is the paper and
    ``ink`` the blackest ink, 0 to 255; ``tint`` the paper's colour at full light, seen when ``is_colour``; ``shade``
    and ``stain`` how much darker the light's far corner and the paper's blotches are, 0 to 1; ``grain`` the noise of
    the camera in grey levels; ``fibre`` the texture of the paper, in grey levels; ``ragged`` how much the ink's edges
    fray, 0 to 1; ``dropout`` how much of the ink's body the ribbon and the paper's grain leave bare, 0 to 1; ``spread``
    how far ink has spread (below 0: worn away) in inches; ``speckle`` dots a square inch, ``grit`` grains
    as large as full stops; ``bleed`` how strongly the
    back of the sheet shows, 0 to 1; ``rim`` how much darker the sheet's edges are, 0 to 1; ``spatter`` (0 to 1) dots
    of ink or toner round the letters; ``holes`` punched this far (x, y) from the top left; ``shadow`` how much darker
    than the bed the shadows of edges and holes are, 0 to 1: a white lid shows them alone; ``chipped`` how deep (in
    inches) the sheet's edges and corners are worn.

    ``generations`` of photocopies harden and coarsen it; ``mimeo`` (0 to 1) is a stencil's porous ink; ``scratches``
    a microfilm's lines a page. ``is_bilevel`` makes black and white at ``threshold``, ``is_local`` by the
    surroundings; ``tidied`` drops and fills lone pixels as JBIG2 encoders do. ``jpeg_quality`` is that of the scan
    before anything else is printed on it, ``None`` for none.
    """

    dpi: int = 300
    skew_deg: float = 0.0
    warp_in: float = 0.0
    border_in: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    neighbour: bool = False
    bed: int = 25
    shadow: float = 0.0
    chipped: float = 0.0
    tone: int = 240
    tint: Colour = (255, 250, 238)
    ink: int = 30
    shade: float = 0.0
    stain: float = 0.0
    grain: float = 0.0
    fibre: float = 0.0
    ragged: float = 0.25
    dropout: float = 0.0
    spread: float = 0.0
    speckle: float = 0.0
    grit: float = 0.0
    bleed: float = 0.0
    rim: float = 0.0
    spatter: float = 0.0
    blur_px: float = 0.0
    holes: tuple[tuple[float, float], ...] = ()
    generations: int = 0
    mimeo: float = 0.0
    scratches: int = 0
    is_colour: bool = False
    is_bilevel: bool = False
    is_local: bool = False
    threshold: int = 140
    tidied: bool = False
    jpeg_quality: int | None = None
