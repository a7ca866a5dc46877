"""Places on a page: boxes, turned quadrilaterals, and affine maps between frames.

Pixels are counted from the top left corner; right and bottom lie outside (half-open, as in array slices).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An upright rectangle in integer pixels; empty when right <= left or bottom <= top."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, edges: Sequence[float]) -> "Box":
        """Make a box from ``[left, top, right, bottom]``, rounded outwards."""
        left, top, right, bottom = edges
        return cls(left=floor(left), top=floor(top), right=ceil(right), bottom=ceil(bottom))

    @classmethod
    def around(cls, boxes: Iterable["Box"]) -> "Box":
        """Return the smallest box that holds all of ``boxes`` (at least one)."""
        all_boxes = tuple(boxes)
        return cls(
            left=min(box.left for box in all_boxes),
            top=min(box.top for box in all_boxes),
            right=max(box.right for box in all_boxes),
            bottom=max(box.bottom for box in all_boxes),
        )

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """``(left, top, right, bottom)``."""
        return (self.left, self.top, self.right, self.bottom)

    @property
    def width(self) -> int:
        """Width in pixels, 0 when empty."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """Height in pixels, 0 when empty."""
        return max(0, self.bottom - self.top)

    @property
    def area(self) -> int:
        """Area in pixels."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Centre as ``(x, y)``."""
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def intersect(self, other: "Box") -> "Box":
        """Return what both boxes cover; empty where they do not meet."""
        return Box(
            left=max(self.left, other.left),
            top=max(self.top, other.top),
            right=min(self.right, other.right),
            bottom=min(self.bottom, other.bottom),
        )

    def iou(self, other: "Box") -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersect(other).area
        union = self.area + other.area - common
        return common / union if union else 0.0

    def share_inside(self, other: "Box") -> float:
        """Share of this box that lies in ``other``, 0 to 1; 0 for an empty box."""
        return self.intersect(other).area / self.area if self.area else 0.0

    def grow(self, by_px: int) -> "Box":
        """Move every edge outwards by ``by_px``."""
        return Box(left=self.left - by_px, top=self.top - by_px, right=self.right + by_px, bottom=self.bottom + by_px)

    def shift(self, *, x: int, y: int) -> "Box":
        """Move the box."""
        return Box(left=self.left + x, top=self.top + y, right=self.right + x, bottom=self.bottom + y)

    def clip(self, *, width: int, height: int) -> "Box":
        """Cut the box to a page of that size."""
        return self.intersect(Box(left=0, top=0, right=width, bottom=height))


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quad:
    """A turned rectangle: four corners in order, starting at the text's own top left."""

    corners: tuple[Point, Point, Point, Point]

    @property
    def box(self) -> Box:
        """The upright box around the corners."""
        xs = [x for x, _ in self.corners]
        ys = [y for _, y in self.corners]
        return Box.of((min(xs), min(ys), max(xs), max(ys)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Affine:
    """The map ``x' = a x + b y + c``, ``y' = d x + e y + f`` from one frame to another."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def identity(cls) -> "Affine":
        """Return the map that moves nothing."""
        return cls(a=1.0, b=0.0, c=0.0, d=0.0, e=1.0, f=0.0)

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]]) -> "Affine":
        """Make a map from a 2 x 3 matrix."""
        (a, b, c), (d, e, f) = rows
        return cls(a=float(a), b=float(b), c=float(c), d=float(d), e=float(e), f=float(f))

    @property
    def rows(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """The 2 x 3 matrix."""
        return ((self.a, self.b, self.c), (self.d, self.e, self.f))

    def point(self, x: float, y: float) -> Point:
        """Map a point."""
        return (self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f)

    def quad(self, box: Box) -> Quad:
        """Map a box; its corners keep their order."""
        left, top, right, bottom = box.edges
        return Quad(
            corners=(
                self.point(left, top),
                self.point(right, top),
                self.point(right, bottom),
                self.point(left, bottom),
            )
        )

    def turn(self, quad: Quad) -> Quad:
        """Map a quadrilateral."""
        first, second, third, fourth = (self.point(x, y) for x, y in quad.corners)
        return Quad(corners=(first, second, third, fourth))

    def box(self, box: Box) -> Box:
        """Map a box and take the upright box around the result."""
        return self.quad(box).box

    def then(self, after: "Affine") -> "Affine":
        """Return the map that does this one first and ``after`` second."""
        return Affine(
            a=after.a * self.a + after.b * self.d,
            b=after.a * self.b + after.b * self.e,
            c=after.a * self.c + after.b * self.f + after.c,
            d=after.d * self.a + after.e * self.d,
            e=after.d * self.b + after.e * self.e,
            f=after.d * self.c + after.e * self.f + after.f,
        )

    def inverse(self) -> "Affine":
        """Return the map back.

        Raises
        ------
        ZeroDivisionError
            The map folds the page to a line; no step of scanfix makes such a map.
        """
        det = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Affine(a=a, b=b, c=-(a * self.c + b * self.f), d=d, e=e, f=-(d * self.c + e * self.f))
