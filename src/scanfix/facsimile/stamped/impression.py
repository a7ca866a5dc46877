"""A stamp's ink on the paper: letters set at any angle; print that is uneven, worn or flooded; what an edge cuts."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sin

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.marking import Stamp
from scanfix.facsimile.surface import ink, outline
from scanfix.facsimile.surface.ink import RIM, Layer
from scanfix.facsimile.surface.outline import Outline
from scanfix.images import GrayImage
from scanfix.model.geometry import Affine, Box, Point

_GRAIN_IN = 0.0035  # the paper's tooth: worn letters on reviewer's stamps break into bits of one to three pixels
_BLOTCH_IN = 0.07  # patches without ink are about as large as a letter
_FAINT_SHARE = 0.5  # of a stamp's height that a lifted upper edge leaves pale
_SOFT = 0.2  # of the grain's range in which ink thins out before it is gone
_FLOOD_IN = 0.007  # a flooded stamp closes the counters of its letters, not the gaps between them
_LEAN = 0.15  # of the darkness that a stamp pressed askew loses towards its lighter side


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A sign or line as it was drawn; ``char`` is empty for a line."""

    char: str
    outline: Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What is left of a trace: the outline of its ink, and the share of the ink that the paper kept, 0 to 1."""

    char: str
    outline: Outline
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How letters are set: ``spread_px`` thickens them, ``spacing_px`` parts them."""

    face: FaceName
    size_px: float
    strength: float = 1.0
    spread_px: float = 0.0
    spacing_px: float = 0.0

    def width_of(self, text: str) -> float:
        """Return the advance of a text in pixels, without the space after its last letter."""
        return ink.width_of(text, self.face, self.size_px) + self.spacing_px * max(len(text) - 1, 0)

    def starts(self, text: str) -> Iterator[tuple[str, float]]:
        """Give every sign of a text and how far from its start it stands."""
        for index, char in enumerate(text):
            yield char, ink.width_of(text[:index], self.face, self.size_px) + self.spacing_px * index

    def put(self, layer: Layer, text: str, at: Point, *, turn_deg: float = 0.0) -> tuple[Trace, ...]:
        """Set a text from a point on, along a line turned anticlockwise; a trace a sign, spaces too."""
        along, down = cos(radians(turn_deg)), -sin(radians(turn_deg))
        return tuple(
            self.sign(layer, char, (at[0] + along * start, at[1] + down * start), turn_deg=turn_deg)
            for char, start in self.starts(text)
        )

    def sign(self, layer: Layer, char: str, at: Point, *, turn_deg: float = 0.0) -> Trace:
        """Set one sign with the left end of its baseline at a point."""
        if not turn_deg and not self.spread_px:
            drawn = layer.glyph(char, self.face, self.size_px, at, strength=self.strength)
            return Trace(char=char, outline=drawn)
        left, top = floor(at[0]), floor(at[1])
        picture, origin = ink.picture_of(
            char,
            self.face,
            self.size_px,
            (at[0] - left, at[1] - top),
            turn_deg=turn_deg,
            pad=ceil(3 * self.spread_px) + 1,
        )
        if self.spread_px:
            picture = spread(picture, by_px=self.spread_px)
        left, top = left - origin[0], top - origin[1]
        layer.lay((picture * self.strength).astype(np.uint8), left, top)
        return Trace(char=char, outline=outline.of_ink(picture, rim=RIM).shift(x=left, y=top).inside(layer.box))


def spread(picture: GrayImage, *, by_px: float) -> GrayImage:
    """Return ink that has run about so many pixels beyond its edges."""
    soft = np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(by_px)), dtype=np.float32)
    # Where a straight edge is blurred by a radius, an eighth of the ink is left so far outside: it becomes half.
    run = np.clip((soft - 16) * 2.8, 0, int(picture.max(initial=0))).astype(np.uint8)
    return np.asarray(np.maximum(picture, run), dtype=np.uint8)


def press_on(rubber: Layer, stamp: Stamp, content: Box, *, dpi: int, generator: Generator) -> None:
    """Turn the clean print within ``content`` into one that a hand made: flooded, leaning, faint, broken."""
    content = content.clip(width=rubber.box.right, height=rubber.box.bottom)
    if not content.area:
        return
    target = rubber.ink[content.top : content.bottom, content.left : content.right]
    print_ = spread(target, by_px=stamp.flooded * _FLOOD_IN * dpi) if stamp.flooded else target
    dark = print_.astype(np.float32)
    dark *= 1 - _LEAN * _slope(content, generator)
    if stamp.faint or stamp.broken:
        dark *= _kept(content, stamp, dpi, generator)
    target[:] = dark.astype(np.uint8)


def cut(layers: tuple[Layer, ...], to_sheet: Affine, sheet: Box) -> None:
    """Take away what lies beyond the sheet's edges."""
    whole = layers[0].box
    if to_sheet.box(whole).share_inside(sheet) == 1.0:
        return
    paper = Image.new("L", (whole.width, whole.height), 0)
    ImageDraw.Draw(paper).polygon(to_sheet.inverse().quad(sheet).corners, fill=1)
    mask = np.asarray(paper)
    for layer in layers:
        layer.ink *= mask


def left_of(trace: Trace, before: GrayImage, after: GrayImage) -> Sign:
    """Measure what is left of a trace after its surface lost ink; a space is never lost."""
    if not trace.outline:
        return Sign(char=trace.char, outline=Outline(), kept=1.0 if trace.char == " " else 0.0)
    box = trace.outline.box
    was, now = (ink_[box.top : box.bottom, box.left : box.right] for ink_ in (before, after))
    if np.array_equal(was, now):
        return Sign(char=trace.char, outline=trace.outline, kept=1.0)
    # The rim of whole letters, as a share of the darkest ink there was: a pale print has pale edges.
    rim = max(int(was.max(initial=0)) * RIM // 255, 1)
    had, has = int(np.count_nonzero(was >= rim)), int(np.count_nonzero(now >= rim))
    remains = outline.of_ink(now, rim=rim).shift(x=box.left, y=box.top)
    return Sign(char=trace.char, outline=remains, kept=min(has / max(had, 1), 1.0))


def _slope(content: Box, generator: Generator) -> NDArray[np.float32]:
    """Return how far a pixel is from the side that was pressed hardest, 0 to 1."""
    share = float(generator.uniform())
    across = np.linspace(0.0, 1.0, content.width, dtype=np.float32)
    down = np.linspace(0.0, 1.0, content.height, dtype=np.float32)
    if generator.integers(2):
        across = 1 - across
    return np.asarray(share * across[np.newaxis, :] + (1 - share) * down[:, np.newaxis], dtype=np.float32)


def _kept(content: Box, stamp: Stamp, dpi: int, generator: Generator) -> NDArray[np.float32]:
    """Return the share of the ink that each pixel keeps: all where nothing is faint or broken."""
    grain = _noise(content, blur_px=_GRAIN_IN * dpi, generator=generator)
    blotch = _noise(content, blur_px=_BLOTCH_IN * dpi, generator=generator)
    down = np.linspace(0.0, 1 / _FAINT_SHARE, content.height, dtype=np.float32)[:, np.newaxis]
    loss = np.maximum(stamp.faint * np.clip(1 - down, 0, 1), stamp.broken * blotch)
    return np.asarray(np.clip((grain + _SOFT - (1 + _SOFT) * loss) / _SOFT, 0, 1), dtype=np.float32)


def _noise(content: Box, *, blur_px: float, generator: Generator) -> NDArray[np.float32]:
    """Draw noise of a coarseness, 0 to 1, half of it above a half."""
    step = max(int(blur_px / 2), 1)  # coarse noise is drawn small
    size = (content.height // step + 2, content.width // step + 2)
    raw = Image.fromarray(generator.integers(0, 256, size=size, dtype=np.uint8))
    soft = raw.filter(ImageFilter.GaussianBlur(blur_px / step))
    values = np.asarray(soft, dtype=np.int64)
    # Whole numbers have one sum, in whatever order a processor adds them.
    mean = int(values.sum()) / values.size
    deviation = (int((values**2).sum()) / values.size - mean**2) ** 0.5
    even = np.clip((values - mean) / (3.5 * deviation) + 0.5, 0.0, 1.0).astype(np.float32)
    whole = Image.fromarray(even).resize((size[1] * step, size[0] * step), Image.Resampling.BILINEAR)
    return np.asarray(whole, dtype=np.float32)[: content.height, : content.width]
