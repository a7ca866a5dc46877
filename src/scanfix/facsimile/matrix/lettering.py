"""The letters of a marking for each level of its text, and the pen's stroke for each shape, coverage and width."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from numpy.random import Generator

from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.marking import Coverage, Marking, Place, Stroke
from scanfix.facsimile.matrix.plan import Specimen
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.ink import Layer
from scanfix.model.mark import StrokeShape

# Letters are measured at this many pixels an inch: a hundredth of an inch is near enough to place things beside them.
_MEASURE_DPI = 200
# Faces and heights of capitals, in inches, as measured on markings of the 1950s; spacing in ems.
_SHAPES: Mapping[str, tuple[tuple[FaceName, ...], float, float]] = {
    "serif": (("roman", "century-bold"), 0.21, 0.0),
    "italic": (("roman-italic",), 0.2, 0.0),
    "wide-sans": (("grotesque", "gothic"), 0.19, 0.06),
    "typed": (("courier", "remington", "plain"), 0.11, 0.0),
    "spaced": (("courier", "grotesque"), 0.14, 0.4),
    "handwritten": (("hand-capitals", "hand-quick", "hand"), 0.2, 0.0),
}
_TWO_LINES = ("serif", 0.16)
SECOND_LINE = "SECURITY INFORMATION"
_LINE_STEP = 0.95  # half the distance of two lines, in capitals
# Nobody writes with a finer point; thinner lines vanish on scans of 200 dpi.
_FINEST_IN = 0.006
_BAR_SHARE, _STRIP_SHARE = 0.45, 0.6  # of a capital
_LIFT = 0.2
_ANGLES: Mapping[str, tuple[float, float]] = {
    "rising-15-25": (15.0, 25.0),
    # Steeper than 36 the line crosses one letter and no word.
    "rising-25-45": (25.5, 36.0),
    "falling": (-25.0, -14.0),
}
_FORMS: Mapping[str, StrokeShape] = {
    "horizontal-middle": "horizontal",
    "horizontal-high": "horizontal",
    "horizontal-low": "horizontal",
    "rising-15-25": "rising",
    "rising-25-45": "rising",
    "falling": "falling",
    "double": "double",
    "x": "x",
    "scribble": "scribble",
    "bar": "bar",
    "strip": "bar",
}
_COVERAGES: Mapping[str, Coverage] = {
    "over": "over",
    "exact": "exact",
    "partial": "partial",
    "letters": "letters",
    "graze": "graze",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The place of a marking's letters, in inches from the sheet's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle as ``(x, y)``."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Its height."""
        return self.bottom - self.top


def lines(
    specimen: Specimen,
    *,
    text: str,
    place: Place,
    at_in: tuple[float, float],
    room_in: float,
    sheet_in: float,
    generator: Generator,
) -> tuple[Marking, ...]:
    """Return a specimen's marking, not yet struck or dressed: one line, or two.

    Parameters
    ----------
    at_in
        Its middle on the sheet.
    room_in
        The width it has; letters grow smaller to keep within.
    sheet_in
        The height of the sheet, from whose foot a marking at the foot is measured.
    """
    level = specimen.level("text")
    is_double = level.startswith("two-")
    found, capital, spacing = _SHAPES[_TWO_LINES[0] if is_double else level]
    face = found[int(generator.integers(len(found)))]
    capital = _TWO_LINES[1] if is_double else capital
    texts = (text, SECOND_LINE) if is_double else (text,)
    whole = max(_width(one, face, 1.0, spacing) for one in texts)
    capital = round(min(capital, room_in / whole), 4)
    marks = []
    for number, one in enumerate(texts):
        y = at_in[1] + (2 * number - 1) * _LINE_STEP * capital * is_double
        marks.append(
            Marking(
                text=one,
                edge=place,
                face=face,
                capital_in=capital,
                at_in=round(sheet_in - y if place == "foot" else y, 4),
                x_in=at_in[0],
                spacing_em=spacing,
            )
        )
    return tuple(marks)


def span_of(marking: Marking, *, sheet_in: float) -> Span:
    """Return where a marking's letters stand."""
    wide = _width(marking.text, marking.face, marking.capital_in, marking.spacing_em)
    x = marking.x_in or 0.0
    y = sheet_in - marking.at_in if marking.edge == "foot" else marking.at_in
    half = marking.capital_in / 2
    return Span(left=x - wide / 2, top=y - half, right=x + wide / 2, bottom=y + half)


def stroke_of(specimen: Specimen, *, face: FaceName, capital_in: float, generator: Generator) -> Stroke:
    """Return the stroke that a specimen's levels ask for."""
    shape = specimen.level("shape")
    drawn = Stroke(
        shape=_FORMS[shape],
        coverage=_COVERAGES[specimen.level("coverage")],
        width_in=_pen_in(specimen, face, capital_in),
        lift={"horizontal-high": _LIFT, "horizontal-low": -_LIFT}.get(shape, 0.0),
    )
    if shape == "strip":
        # A strip laid on the copier is level on every page, and the same.
        return replace(drawn, angle_deg=0.0)
    if shape in _ANGLES:
        return replace(drawn, angle_deg=round(float(generator.uniform(*_ANGLES[shape])), 2))
    return drawn


def _pen_in(specimen: Specimen, face: FaceName, capital_in: float) -> float:
    """Return how broad the pen's line is."""
    shares = {"bar": _BAR_SHARE, "strip": _STRIP_SHARE}
    if specimen.level("shape") in shares:
        return round(shares[specimen.level("shape")] * capital_in, 4)
    return round(max(float(specimen.level("width")) * stem_share(face) * capital_in, _FINEST_IN), 4)


@lru_cache(maxsize=32)
def stem_share(face: FaceName) -> float:
    """Return how broad a face's stems are, as a share of its capitals: that of the I, at its middle."""
    capital = 100
    size_px = ink.size_for_capitals(face, capital)
    layer = Layer(width=2 * capital, height=2 * capital)
    layer.glyph("I", face, size_px, (capital / 2, 1.5 * capital))
    return float((layer.ink[capital] > ink.RIM).sum()) / capital


def _width(text: str, face: FaceName, capital_in: float, spacing_em: float) -> float:
    """Return how wide a marking's letters are, in inches."""
    size_px = ink.size_for_capitals(face, capital_in * _MEASURE_DPI)
    return (ink.width_of(text, face, size_px) + (len(text) - 1) * spacing_em * size_px) / _MEASURE_DPI
