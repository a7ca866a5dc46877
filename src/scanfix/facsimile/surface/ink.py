"""Ink on an empty sheet: glyphs, strokes and frames, each with the outline of the pixels it left."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, radians

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scanfix.errors import SettingsError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.faces import FACES, FaceName
from scanfix.facsimile.surface import outline
from scanfix.facsimile.surface.outline import Outline
from scanfix.images import GrayImage
from scanfix.model.geometry import Box, Point

# The size at which faces are measured, in pixels: hinting moves nothing there.
EM = 1000.0
# Letters as often as they stand in English: the mean of a face's advances, for setting machines.
_TYPICAL = "eeeeeeettttttaaaaaoooooiiiiinnnnnsssssrrrrhhhhddlllccuummffppgwyybvk"
# Pixels covered less than this are the soft rim of a glyph: a scanner's threshold drops them.
RIM = 96
# Glyphs are kept at quarters of a pixel: finer steps look the same and fill the cache.
_STEPS = 4
_NOT_A_SIGN = "\uffff"
# Large enough that no two signs look alike.
_PROBE_PX = 40.0


class Layer:
    """A drawing surface; ``ink`` is (height, width) uint8, 0 nothing to 255 full ink. Drawing only ever adds."""

    def __init__(self, *, width: int, height: int) -> None:
        self.ink: GrayImage = np.zeros((height, width), dtype=np.uint8)

    @property
    def box(self) -> Box:
        """The whole surface."""
        height, width = self.ink.shape
        return Box(left=0, top=0, right=width, bottom=height)

    def glyph(self, char: str, face: FaceName, size_px: float, at: Point, *, strength: float = 1.0) -> Outline:
        """Draw a character with its origin (left end of the baseline) at a point.

        Returns
        -------
        Outline
            Of its ink; empty for a space or outside the surface.

        Raises
        ------
        SettingsError
            The face has no such sign.
        ToolMissingError
            The face is not installed.
        """
        x, y = (round(value * _STEPS) for value in at)
        left, top = x // _STEPS, y // _STEPS
        picture, around, offset = _glyph(char, face, size_px, x % _STEPS, y % _STEPS)
        self._add(picture, left - offset[0], top - offset[1], strength)
        return around.shift(x=left - offset[0], y=top - offset[1]).inside(self.box)

    def text(
        self, text: str, face: FaceName, size_px: float, at: Point, *, strength: float = 1.0
    ) -> tuple[Outline, ...]:
        """Draw proportional text; return the outline of every character that has ink."""
        outlines = []
        for index, char in enumerate(text):
            x = at[0] + width_of(text[:index], face, size_px)
            outlines.append(self.glyph(char, face, size_px, (x, at[1]), strength=strength))
        return tuple(one for one in outlines if one)

    def stroke(self, points: Sequence[Point], *, width_px: float, strength: float = 1.0) -> Outline:
        """Draw a pen's line through points, with round ends; return its outline on the surface."""
        reach = width_px / 2 + 1
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box.of((min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach)).intersect(self.box)
        if not box.area:
            return Outline()
        grid = np.mgrid[box.top : box.bottom, box.left : box.right].astype(np.float32) + 0.5
        distance = np.full(grid.shape[1:], np.inf, dtype=np.float32)
        for start, end in pairwise(points):
            distance = np.minimum(distance, _distance(grid, start, end))
        cover = np.clip(width_px / 2 + 0.5 - distance, 0.0, 1.0) * 255
        self._add(cover.astype(np.uint8), box.left, box.top, strength)
        return outline.of_line(points, width_px=width_px).inside(self.box)

    def frame(self, box: Box, *, width_px: float, strength: float = 1.0) -> Outline:
        """Draw an upright rectangle's lines; return their outline."""
        left, top, right, bottom = box.edges
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        return self.stroke(corners, width_px=width_px, strength=strength)

    def lay(self, picture: GrayImage, left: int, top: int) -> None:
        """Lay a picture on the surface, the darker pixel wins; what overhangs is lost."""
        height, width = picture.shape
        here = Box(left=left, top=top, right=left + width, bottom=top + height).intersect(self.box)
        if not here.area:
            return
        part = picture[here.top - top : here.bottom - top, here.left - left : here.right - left]
        target = self.ink[here.top : here.bottom, here.left : here.right]
        np.maximum(target, part, out=target)

    def _add(self, picture: GrayImage, left: int, top: int, strength: float) -> None:
        """Lay a picture on the surface, paler where its ink is weak."""
        self.lay((picture * min(strength, 1.0)).astype(np.uint8), left, top)


def width_of(text: str, face: FaceName, size_px: float) -> float:
    """Return the advance of proportional text, in pixels."""
    return float(faces.font(face, size_px).getlength(text)) if text else 0.0


def size_for_capitals(face: FaceName, capital_px: float) -> float:
    """Return the size (em, in pixels) at which a capital is ``capital_px`` high."""
    _, top, _, bottom = faces.font(face, EM).getbbox("H", anchor="ls")
    return capital_px * EM / (bottom - top)


@lru_cache(maxsize=64)
def mean_advance_em(face: FaceName) -> float:
    """Return the mean advance of a face's letters as a share of its size."""
    return width_of(_TYPICAL, face, EM) / len(_TYPICAL) / EM


def size_for_pitch(face: FaceName, pitch_px: float) -> float:
    """Return the size (em, in pixels) at which a face advances ``pitch_px``, in the mean where it is proportional."""
    return pitch_px / mean_advance_em(face)


def picture_of(
    char: str, face: FaceName, size_px: float, shift: Point, *, turn_deg: float = 0.0, pad: int = 1
) -> tuple[GrayImage, tuple[int, int]]:
    """Draw one glyph on a surface of its own.

    Parameters
    ----------
    shift
        Of its origin from a pixel's corner.
    turn_deg
        Anticlockwise about the origin.
    pad
        Pixels left free all round.

    Returns
    -------
    (height, width) uint8, (x, y)
        The glyph, 0 nothing to 255 ink, and where the pixel of its origin lies on it.

    Raises
    ------
    SettingsError
        The face has no such sign.
    ToolMissingError
        The face is not installed.
    """
    if not _has(char, face):
        raise SettingsError(
            f"facsimile: the face {FACES[face].file} has no sign {char!r}. Use another face or another sign."
        )
    return _picture(char, face, size_px, shift, turn_deg=turn_deg, pad=pad)


@lru_cache(maxsize=4096)
def _glyph(char: str, face: FaceName, size_px: float, x: int, y: int) -> tuple[GrayImage, Outline, tuple[int, int]]:
    """Draw one glyph; return it, its outline and where its origin lies on it."""
    picture, origin = picture_of(char, face, size_px, (x / _STEPS, y / _STEPS))
    return picture, outline.of_ink(picture, rim=RIM), origin


@lru_cache(maxsize=4096)
def _has(char: str, face: FaceName) -> bool:
    """Whether a face has a sign: a face draws the same picture for all that it lacks."""
    if char in FACES[face].lacks:
        return False
    if char == " ":
        return True
    missing, found = (_picture(sign, face, _PROBE_PX, (0.0, 0.0))[0] for sign in (_NOT_A_SIGN, char))
    return not np.array_equal(missing, found)


def _picture(
    char: str, face: FaceName, size_px: float, shift: Point, *, turn_deg: float = 0.0, pad: int = 1
) -> tuple[GrayImage, tuple[int, int]]:
    """Draw one glyph, whether the face has it or not."""
    font = faces.font(face, size_px)
    weight = FACES[face].weight_em * size_px
    left, top, right, bottom = font.getbbox(char, anchor="ls", stroke_width=weight)
    reach = pad + 2
    if turn_deg:
        reach += ceil(radians(abs(turn_deg)) * max(right - left, bottom - top))
    origin = (reach - floor(left), reach - floor(top))
    image = Image.new("L", (ceil(right) + origin[0] + reach, ceil(bottom) + origin[1] + reach))
    place = (origin[0] + shift[0], origin[1] + shift[1])
    ImageDraw.Draw(image).text(place, char, fill=255, font=font, anchor="ls", stroke_width=weight)
    if turn_deg:
        image = image.rotate(turn_deg, resample=Image.Resampling.BICUBIC, center=place)
    x0, y0, x1, y1 = image.getbbox() or (pad, pad, pad + 1, pad + 1)
    x0, y0 = x0 - pad, y0 - pad
    return np.asarray(image.crop((x0, y0, x1 + pad, y1 + pad))), (origin[0] - x0, origin[1] - y0)


def _distance(grid: NDArray[np.float32], start: Point, end: Point) -> NDArray[np.float32]:
    """Return every pixel's distance from a line segment; ``grid`` is (2, height, width), y first."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length2 = max(along_x**2 + along_y**2, 1e-9)  # a point is a segment without length
    rows, columns = grid[0] - np.float32(start[1]), grid[1] - np.float32(start[0])
    share = np.clip((columns * along_x + rows * along_y) / length2, 0.0, 1.0)
    # Not hypot: a square root is exact on every processor, so that a seed gives the same page everywhere.
    return np.asarray(np.sqrt((columns - share * along_x) ** 2 + (rows - share * along_y) ** 2), dtype=np.float32)
