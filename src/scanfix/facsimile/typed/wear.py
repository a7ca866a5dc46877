"""What years do to type: bars bent off the line and turned, faces chipped, counters clogged with lint and ink."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, pi, sin

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from scanfix.facsimile.asked.document import Machine
from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.surface import ink, outline
from scanfix.facsimile.surface.outline import Outline
from scanfix.images import GrayImage

# The keys of a machine: every sign up to Latin-1's end has a place of its own, others share.
_KEYS = 256
# Glyphs are kept at halves of a pixel: finer steps look the same and fill the cache.
STEPS = 2
# Ribbon cloth softens every edge, each sheet of carbon paper more so.
_CLOTH_IN = 0.0016
_CARBON_IN = 0.0014
# A clogged counter is one that a disc of this size cannot enter.
_CLOG_IN = 0.016
# Signs whose counters are small enough to clog; others fill a little in their corners.
_COUNTERS = frozenset("acegbdopqABCDGOPQR0468&9@%")
_OPEN_SHARE = 0.25
# A chip is about a tenth of the letter wide; a chipped type has lost one to three of them.
_CHIP_SHARE = (0.05, 0.11)
_CHIPS = 3
# The blow that a whole letter shares out falls on a stop alone: small signs bite deeper and print larger.
_SMALL = frozenset(".,:;-'\"")
_BITE_IN = 0.0035
# The curve that closes a c takes the right two fifths of it.
_BRIDGE_SHARE = 0.4
# The shift lifts the whole basket: capitals stand off by one common amount, this share of the wear.
_SHIFT_SHARE = 0.6
_MAX_LEVEL = 255.0
# How dark a full blow's pixel must be to be seen, for blows of several strengths.
_RIMS = (78, 96, 118, 145, 180, 220)
# The pale side of a wholly leaning type loses this share of its weight across, and as much down.
_LEAN = 0.6
# Spreads beyond which a type would have been sent to the repairer.
_MOST = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One key: where its type stands (pixels), how it is turned and weighs, and what is wrong with it.

    ``lean`` is how much darker its right and its lower side are, as shares; ``chips`` are lost bits (x, y, radius) as
    shares of its picture; ``filled`` how far its counters are clogged, 0 to 1.
    """

    x: float
    y: float
    turn_deg: float
    weight: float
    lean: tuple[float, float]
    chips: tuple[tuple[float, float, float], ...]
    filled: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Type:
    """The picture of one key's full blow, and the place of its origin on the picture."""

    picture: GrayImage
    origin: tuple[int, int]

    def ink(self, strength: float) -> Outline:
        """Return the outline of the ink that a blow of this strength leaves: a light one loses the finest lines."""
        rim = min(_RIMS, key=lambda one: abs(one - ink.RIM / strength))
        return _outline(self, rim)


class Basket:
    """The types of a machine at a resolution.

    Parameters
    ----------
    machine
        Its face and state.
    dpi
        Pixels an inch.
    generator
        Draws the habits of its keys, once.
    """

    def __init__(self, machine: Machine, *, dpi: int, generator: Generator) -> None:
        self._face: FaceName = machine.face
        self.size_px = ink.size_for_pitch(machine.face, dpi / machine.pitch_cpi)
        self._soft_px = (_CLOTH_IN + _CARBON_IN * machine.copy) * dpi
        self._clog_px = _CLOG_IN * dpi
        self._closed = machine.closed
        self._bite = 2 * round(_BITE_IN * dpi) + 1
        self._shift_px = float(generator.normal(0.0, machine.wear_in * dpi * _SHIFT_SHARE))
        self._habits = tuple(_habit(machine, dpi, generator) for _ in range(_KEYS))

    def habit(self, char: str) -> Habit:
        """Return the habits of a sign's key."""
        return self._habits[ord(char) % _KEYS]

    def lift_px(self, char: str) -> float:
        """Return how far the shift moves a capital down."""
        return self._shift_px if char.isupper() else 0.0

    def type_of(self, char: str, x: int, y: int) -> Type:
        """Return a sign's picture at a place between pixels, in halves."""
        habit = self.habit(char)
        clog = habit.filled * self._clog_px * (1.0 if char in _COUNTERS else _OPEN_SHARE)
        return _type(
            char,
            self._face,
            self.size_px,
            x,
            y,
            habit.turn_deg,
            habit.chips,
            2 * round(clog / 2) + 1,
            self._soft_px,
            bite=self._bite,
            is_closed=char in self._closed,
        )

    def rubbed(self, char: str) -> Type:
        """Return what an eraser leaves of a sign."""
        return _rubbed(char, self._face, self.size_px, 2 * self._soft_px)


def _habit(machine: Machine, dpi: int, generator: Generator) -> Habit:
    """Draw the habits of one key; every machine draws the same count of numbers."""
    x, y, turn, weight, right, down, filled = (float(one) for one in generator.normal(size=7))
    fate, *places = (float(one) for one in generator.uniform(size=1 + 3 * _CHIPS))
    count = 1 + int(fate / machine.worn * _CHIPS) if fate < machine.worn else 0
    return Habit(
        x=x * machine.wear_in * dpi,
        y=y * machine.wear_in * dpi,
        turn_deg=round(turn * machine.tilt_deg, 2),
        weight=1.0 + _held(weight) * machine.unevenness,
        lean=(_held(right) * _LEAN * machine.lean, _held(down) * _LEAN * machine.lean),
        chips=tuple(_chip(*places[3 * index : 3 * index + 3]) for index in range(count)),
        filled=min(max(machine.filled * (1.0 + 0.5 * filled), 0.0), 1.0) if machine.filled else 0.0,
    )


def _held(value: float) -> float:
    """Keep a drawn number from being an outlier: no type is so light, or leans so far, that its letter is lost."""
    return min(max(value, -_MOST), _MOST)


def _chip(turn: float, reach: float, size: float) -> tuple[float, float, float]:
    """Place a chip at the rim of a type, where it is hit."""
    far = 0.3 + 0.2 * reach
    low, high = _CHIP_SHARE
    return 0.5 + far * cos(2 * pi * turn), 0.5 + far * sin(2 * pi * turn), low + (high - low) * size


@lru_cache(maxsize=8192)
def _type(
    char: str,
    face: FaceName,
    size_px: float,
    x: int,
    y: int,
    turn_deg: float,
    chips: tuple[tuple[float, float, float], ...],
    clog: int,
    soft_px: float,
    *,
    bite: int,
    is_closed: bool,
) -> Type:
    """Draw a type with all that is wrong with it.

    ``clog`` is the odd size of the disc that closes its counters, ``bite`` that of what a small sign gains.
    """
    pad = 2 + round(2 * soft_px) + clog // 2
    drawn, origin = ink.picture_of(char, face, size_px, (x / STEPS, y / STEPS), turn_deg=turn_deg, pad=pad)
    image = Image.fromarray(drawn)
    if char == "_":
        image, origin = _joined(image, origin, pad, ink.width_of(char, face, size_px))
    if clog > 1:
        closed = image.filter(ImageFilter.MaxFilter(clog)).filter(ImageFilter.MinFilter(clog))
        image = ImageChops.lighter(image, closed)
    if char in _SMALL and bite > 1:
        image = image.filter(ImageFilter.MaxFilter(bite))
    if is_closed:
        image = _closed(image, pad)
    for across, down, share in chips:
        _chip_off(image, across, down, share, pad)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(soft_px)))
    return Type(picture=soft, origin=origin)


@lru_cache(maxsize=16384)
def _outline(type_: Type, rim: int) -> Outline:
    """Return the outline of a type's picture."""
    return outline.of_ink(type_.picture, rim=rim)


def _closed(image: Image.Image, pad: int) -> Image.Image:
    """Bridge the opening of a sign with the curve of its other side."""
    inner = (pad, 0, image.width - pad, image.height)
    mirrored = image.crop(inner).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    half = round(_BRIDGE_SHARE * mirrored.width)
    bridge = Image.new("L", image.size)
    right = mirrored.crop((mirrored.width - half, 0, mirrored.width, mirrored.height))
    bridge.paste(right, (inner[2] - half, 0))
    return ImageChops.lighter(image, bridge)


def _joined(
    image: Image.Image, origin: tuple[int, int], pad: int, advance_px: float
) -> tuple[Image.Image, tuple[int, int]]:
    """Draw an underscore as wide as its key: those of typewriters join, those of many digital faces do not."""
    bar = image.crop((pad, 0, image.width - pad, image.height)).resize((ceil(advance_px) + 1, image.height))
    whole = Image.new("L", (bar.width + 2 * pad, bar.height))
    whole.paste(bar, (pad, 0))
    return whole, (pad, origin[1])


def _chip_off(image: Image.Image, across: float, down: float, share: float, pad: int) -> None:
    """Clear a spot of a type."""
    width, height = image.width - 2 * pad, image.height - 2 * pad
    middle = (pad + across * width, pad + down * height)
    ImageDraw.Draw(image).circle(middle, share * max(width, height), fill=0)


@lru_cache(maxsize=512)
def _rubbed(char: str, face: FaceName, size_px: float, soft_px: float) -> Type:
    """Smear a sign sideways."""
    reach = round(4 * soft_px) + 2
    drawn, origin = ink.picture_of(char, face, size_px, (0.0, 0.0), pad=reach)
    soft = Image.fromarray(drawn).filter(ImageFilter.GaussianBlur((2 * soft_px, soft_px)))
    return Type(picture=np.asarray(ImageChops.lighter(soft, Image.fromarray(drawn // 2))), origin=origin)


def pressed(type_: Type, *, weight: float, dark: float, lean: tuple[float, float]) -> GrayImage:
    """Return the ink of a blow.

    Parameters
    ----------
    weight
        Of the blow: a light one leaves the rim of the type and its darkness out, 1 is a full one.
    dark
        Of the ribbon, 0 to 1.
    lean
        How much more of the weight falls to the right and to the lower side, as shares.
    """
    height, width = type_.picture.shape
    right = _slope(width) * np.float32(lean[0] * weight)
    down = _slope(height) * np.float32(lean[1] * weight) + np.float32(weight)
    level = np.clip(type_.picture * (right + down[:, np.newaxis]), 0.0, _MAX_LEVEL)
    return (level * np.float32(min(dark, 1.0))).astype(np.uint8)


@lru_cache(maxsize=512)
def _slope(count: int) -> NDArray[np.float32]:
    """Return an even rise from -1 to 1."""
    return np.linspace(-1.0, 1.0, count, dtype=np.float32)
