"""What a hand writes and draws on the paper: notes, initials, signatures, ticks, brackets, circles, carets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, tan

from numpy.random import Generator

from scanfix.facsimile.asked.marking import Note, NoteKind
from scanfix.facsimile.marked.pen import brush
from scanfix.facsimile.surface import ink, picture
from scanfix.facsimile.surface.ink import Layer
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import turned
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.facsimile.surface.picture import Picture
from scanfix.model.geometry import Affine, Box, Point

_PEN_IN = 0.014  # a fountain pen's line: about 4 pixels at 300 dpi
_MARKER_IN = 0.03  # ticks beside the items of the bulletins are up to 14 pixels thick
_PENCIL = 0.85  # lead skips more of the paper than ink; its grey is the scan's affair
_LINE = 1.9  # the distance of written lines, in capitals
_SLANT_DEG = (-3.0, 14.0)  # most hands lean to the right
_WANDER = 0.05  # how far the baseline drifts from letter to letter, in capitals
_SIZES = (0.94, 1.0, 1.06)  # no two letters of a hand are of one size; a few sizes keep the glyph cache small
_FACES_SMOOTH = 6  # points drawn between two of a curve: no corner shows at 400 dpi


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedNote:
    """A note on the sheet; ``upright`` is the box of its ink on its own surface."""

    note: Note
    picture: Picture
    upright: Box


def put_note(layers: Layers, note: Note, *, dpi: int, generator: Generator) -> InkedNote:
    """Write or draw a note on a surface of its own and lay it on the sheet, turned and slanting."""
    size = note.size_in * dpi
    wide, high = _room(note, size)
    drawn = Layer(width=round(wide + 2 * size), height=round(high + 3 * size))
    origin = (size, 2 * size)
    pen = _Pen(layer=drawn, note=note, size_px=size, dpi=dpi, generator=generator)
    outline = _DRAWN[note.kind](pen, origin)
    way = _way(note, origin, dpi, generator)
    laid = picture.lay(layers.of(note.ink), drawn, way, sheet=layers.box, rim=round(ink.RIM * pen.strength))
    if not laid.outlines:
        laid = picture.keep(drawn, way, (outline,), sheet=layers.box)
    return InkedNote(note=note, picture=laid, upright=outline.box)


def smooth(points: Sequence[Point], *, steps: int = _FACES_SMOOTH) -> tuple[Point, ...]:
    """Return a curve through points.

    Notes
    -----
    After Catmull and Rom, "A class of local interpolating splines" (1974).
    """
    whole = (points[0], *points, points[-1])
    curve = [points[0]]
    for first, start, end, last in zip(whole, whole[1:], whole[2:], whole[3:], strict=False):
        for step in range(1, steps + 1):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            near = (first, start, end, last)
            x, y = (sum(w * point[axis] for w, point in zip(weights, near, strict=True)) / 2 for axis in (0, 1))
            curve.append((x, y))
    return tuple(curve)


def _room(note: Note, size: float) -> Point:
    """Return how wide and high the surface of a note must be, in pixels."""
    lines = note.text.split("\n")
    face_px = ink.size_for_capitals(note.face, size)
    wide = max(ink.width_of(line, note.face, face_px) for line in lines)
    return max(wide * 1.25, 4 * size), _LINE * size * len(lines)


def _way(note: Note, origin: Point, dpi: int, generator: Generator) -> Affine:
    """Return the map from a note's surface to the sheet; only writing slants."""
    slant = tan(radians(float(generator.uniform(*_SLANT_DEG)))) if note.text else 0.0
    x, y = origin
    sheared = Affine(a=1.0, b=-slant, c=slant * y, d=0.0, e=1.0, f=0.0)
    moved = Affine(a=1.0, b=0.0, c=note.x_in * dpi - x, d=0.0, e=1.0, f=note.y_in * dpi - y)
    turn = turned(note.turn_deg, about=(note.x_in * dpi, note.y_in * dpi))
    return sheared.then(moved).then(turn)


class _Pen:
    """A hand's pen on the surface of one note."""

    def __init__(self, *, layer: Layer, note: Note, size_px: float, dpi: int, generator: Generator) -> None:
        self._layer = layer
        self._note = note
        self._size = size_px
        self._dpi = dpi
        self._dice = generator
        self.strength = _PENCIL if note.ink == "pencil" else 1.0

    def write(self, at: Point, *, scale: float = 1.0) -> Outline:
        """Write the note's lines."""
        face = self._note.face
        sizes = [ink.size_for_capitals(face, self._size * scale * share) for share in _SIZES]
        inked: list[Outline] = []
        for number, line in enumerate(self._note.text.split("\n")):
            x, y = at[0] + float(self._dice.normal(0.0, 0.12)) * self._size * (number > 0), at[1]
            y += number * _LINE * self._size
            drift = 0.0
            for char in line:
                drift = 0.8 * drift + float(self._dice.normal(0.0, _WANDER)) * self._size
                size = sizes[int(self._dice.integers(0, len(sizes)))]
                strength = self.strength * float(self._dice.uniform(0.85, 1.0))
                inked.append(self._layer.glyph(char, face, size, (x, y + drift), strength=strength))
                x += ink.width_of(char, face, size) * float(self._dice.uniform(0.9, 1.06))
        return around(inked)

    def line(self, points: Sequence[Point], *, width_in: float = _PEN_IN, pressure: float = 0.25) -> Outline:
        """Draw a smooth line through points, given in heights of the note from a place of its surface."""
        width = width_in * self._dpi * float(self._dice.uniform(0.85, 1.2))
        phase = float(self._dice.uniform(0.0, 6.0))
        curve = smooth(points)
        return brush(self._layer, curve, width_px=width, phase=phase, pressure=pressure, strength=self.strength)

    def near(self, at: Point, x: float, y: float, *, jitter: float = 0.05) -> Point:
        """Return a place ``x`` to the right of and ``y`` above another, in heights, as a hand hits it."""
        off = self._dice.normal(0.0, jitter, size=2)
        return (at[0] + (x + float(off[0])) * self._size, at[1] - (y + float(off[1])) * self._size)

    def note(self, at: Point) -> Outline:
        """Write words, underlined now and then."""
        words = self.write(at)
        if self._dice.uniform() < 0.7:
            return words
        return around((words, self._under(words)))

    def initials(self, at: Point) -> Outline:
        """Write initials, a flourish under some."""
        return self.note(at)

    def signature(self, at: Point) -> Outline:
        """Write a name and let the pen run on, or draw a name that nobody can read."""
        if not self._note.text:
            return self._scrawl(at)
        words = self.write(at)
        box = words.box
        tail = (
            (box.right - 0.2 * self._size, at[1] - 0.2 * self._size),
            self.near((box.right, at[1]), 0.5, 0.25),
            self.near((box.right, at[1]), 0.2, -0.35),
            self.near(((box.left + box.right) / 2, at[1]), 0.0, -0.45),
            self.near((box.left, at[1]), 0.2, -0.3),
        )
        return around((words, self.line(tail)))

    def _scrawl(self, at: Point) -> Outline:
        """Draw loops that begin like a capital and end in a wave."""
        points = [self.near(at, 0.0, 0.3), self.near(at, 0.45, 1.0), self.near(at, 0.3, 0.0), self.near(at, 0.7, 0.5)]
        for index in range(int(self._dice.integers(4, 8))):
            high = 0.15 + 0.45 * float(self._dice.uniform()) * (index % 2)
            points.append(self.near(at, 0.9 + 0.27 * index, high))
        points.append(self.near(at, 3.4, 0.25))
        return self.line(points)

    def _under(self, words: Outline) -> Outline:
        """Underline what was written."""
        left, _, right, bottom = words.box.edges
        start, end = (float(left), bottom + 0.2 * self._size), (float(right), bottom + 0.08 * self._size)
        return self.line((start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 1.0), end))

    def tick(self, at: Point) -> Outline:
        """Draw a short stroke down and a long one up."""
        width = float(self._dice.uniform(_PEN_IN, _MARKER_IN))
        down = self.line((self.near(at, 0.0, 0.45), self.near(at, 0.18, 0.05)), width_in=width)
        up = self.line(
            (self.near(at, 0.18, 0.03, jitter=0.01), self.near(at, 0.6, 0.5), self.near(at, 1.1, 0.95)), width_in=width
        )
        return around((down, up))

    def bracket(self, at: Point) -> Outline:
        """Draw an opening bracket as high as the note."""
        foot, head = self.near(at, 0.0, 0.0, jitter=0.01), self.near(at, 0.03, 1.0, jitter=0.01)
        reach = 0.25
        return around(
            (
                self.line((head, self.near(at, reach, 1.04, jitter=0.03))),
                self.line((head, self.near(at, -0.02, 0.5, jitter=0.02), foot)),
                self.line((foot, self.near(at, reach, -0.02, jitter=0.03))),
            )
        )

    def circle(self, at: Point) -> Outline:
        """Draw a ring twice as wide as high, its ends not quite meeting."""
        start = float(self._dice.uniform(0.3, 0.8)) * pi
        points = []
        for index in range(14):
            turn = start + 2.15 * pi * index / 13
            points.append(self.near(at, 1.0 + cos(turn), 0.5 + 0.5 * sin(turn) + 0.006 * index, jitter=0.015))
        return self.line(points)

    def caret(self, at: Point) -> Outline:
        """Draw an insertion sign, what is to be inserted above it."""
        sign = self.line((self.near(at, -0.25, -0.5), self.near(at, 0.0, 0.0), self.near(at, 0.25, -0.5)))
        if not self._note.text:
            return sign
        return around((sign, self.write(self.near(at, -0.2, 0.35))))


_DRAWN: Mapping[NoteKind, Callable[[_Pen, Point], Outline]] = {
    "note": _Pen.note,
    "initials": _Pen.initials,
    "signature": _Pen.signature,
    "tick": _Pen.tick,
    "bracket": _Pen.bracket,
    "circle": _Pen.circle,
    "caret": _Pen.caret,
}
