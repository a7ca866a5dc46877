"""Strokes as values, and what is said of letters that they may run through."""

from dataclasses import dataclass, replace
from math import hypot, radians, tan

from scanfix.model.geometry import Box, Point
from scanfix.model.mark import Evidence, MarkStatus, StrokeShape


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke, from left to right; ``angle_deg`` is positive when it rises.

    ``across`` and ``through`` are the shares of the letters' width and height that it covers, ``depth`` is the mean
    height of its middle line within the letters' box, 0 top to 1 bottom, ``gaps`` counts the places inside the box
    where it runs clear of letters, ``crossed`` is the share of the letters' ink beside it that goes on at its other
    side, ``clear`` the share of its length that runs clear of all else.
    """

    start: Point
    end: Point
    angle_deg: float
    thickness_px: float
    across: float = 0.0
    through: float = 0.0
    depth: float = 0.0
    gaps: int = 0
    crossed: float = 0.0
    clear: float = 0.0

    @property
    def length_px(self) -> float:
        """Length in pixels."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    @property
    def middle(self) -> Point:
        """The middle of the stroke."""
        return ((self.start[0] + self.end[0]) / 2, (self.start[1] + self.end[1]) / 2)

    def y_at(self, x: float) -> float:
        """Height of the stroke's line at column ``x``."""
        return self.middle[1] - tan(radians(self.angle_deg)) * (x - self.middle[0])

    def doubled(self) -> "Stroke":
        """Return the stroke of a page of half the size as it is in the whole one."""
        (left, start), (right, end) = self.start, self.end
        return replace(self, start=(2 * left, 2 * start), end=(2 * right, 2 * end), thickness_px=2 * self.thickness_px)

    def shifted(self, *, x: float, y: float) -> "Stroke":
        """Move the stroke."""
        (left, start), (right, end) = self.start, self.end
        return replace(self, start=(left + x, start + y), end=(right + x, end + y))

    def through_letters(self, letters: Box) -> "Stroke":
        """Return the stroke with its ``across``, ``through`` and ``depth`` in a box of letters."""
        across, through, depth = self.place_in(letters)
        return replace(self, across=across, through=through, depth=depth)

    def place_in(self, letters: Box) -> tuple[float, float, float]:
        """Return ``across``, ``through`` and ``depth`` in a box of letters."""
        first, last = max(self.start[0], letters.left), min(self.end[0], letters.right)
        if last <= first or not letters.height:
            return 0.0, 0.0, 0.0
        start, end = ((self.y_at(x) - letters.top) / letters.height for x in (first, last))
        low, high = max(0.0, min(start, end)), min(1.0, max(start, end))
        steep = abs(end - start)
        share = (high - low) / steep if steep > 1.0 else float(high >= low)
        across = share * (last - first) / letters.width
        depth = (low + high) / 2 if high >= low else (start + end) / 2
        return across, max(0.0, high - low), depth

    @property
    def box(self) -> Box:
        """The upright box around the stroke's middle line."""
        xs, ys = (self.start[0], self.end[0]), (self.start[1], self.end[1])
        return Box.of((min(xs), min(ys), max(xs), max(ys)))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The stroke as entries of evidence, each with its place."""
        values = {
            "angle_deg": self.angle_deg,
            "thickness_px": self.thickness_px,
            "length_px": self.length_px,
            "across": self.across,
            "through": self.through,
            "gaps": float(self.gaps),
            "crossed": self.crossed,
        }
        return tuple(
            Evidence(name=f"stroke.{name}", value=round(value, 3), box=self.box) for name, value in values.items()
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether letters are struck, how sure that is, and by which strokes."""

    status: MarkStatus
    confidence: float
    shape: StrokeShape | None
    strokes: tuple[Stroke, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The strokes as evidence entries, the strongest stroke first."""
        return tuple(entry for stroke in self.strokes for entry in stroke.evidence)
