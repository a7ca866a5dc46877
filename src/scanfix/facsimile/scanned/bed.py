"""What lies round and under the sheet: the scanner's bed or lid, holes that show it, and a neighbour's edge."""

from math import ceil

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from scanfix.facsimile.asked.look import Look
from scanfix.facsimile.scanned import tone
from scanfix.facsimile.surface.lie import Lie
from scanfix.model.geometry import Box, Point

_HOLE_RADIUS_IN = 0.125  # a two-hole punch makes holes of 6 mm
_EDGE_IN = 0.0035  # a sheet's edge is this soft
_SHADOW_IN = 0.012
_NICKS = 90  # points of a worn edge: a nick a tenth of an inch
# Shares of the edge that cast a shadow: rules along a copy's edge are broken.
_PIECES = 3
_IS_SEEN = 0.35
_GUTTER_IN = 0.06  # between a sheet and its neighbour
_GUTTER_DARK, _GUTTER_REACH_IN = 0.35, 0.25  # how much light fails in it, and how far from it
_NEIGHBOUR_TONE = 0.93  # it lies deeper and gets less light
_NEIGHBOUR_BLUR_IN = 0.006


def laid_on(
    page: Image.Image, cover: Image.Image, *, lie: Lie, sheet: Box, look: Look, generator: Generator
) -> Image.Image:
    """Lay the sheet on the bed.

    Parameters
    ----------
    page
        The inked sheet, lit, as large as the scan.
    cover
        Its ink, from which the neighbour's is made.
    sheet
        The sheet in its own pixels.
    """
    if not any(look.border_in) and not look.holes:
        return page
    under = Image.new(page.mode, page.size, (look.bed,) * 3 if page.mode == "RGB" else look.bed)
    if look.neighbour:
        _neighbour(under, cover, look)
    paper = _paper(page.size, lie, sheet, look, generator)
    together = Image.composite(page, under, paper)
    return _shadowed(together, lie, sheet, look, generator) if look.shadow else together


def _paper(size: tuple[int, int], lie: Lie, sheet: Box, look: Look, generator: Generator) -> Image.Image:
    """Return the mask of the paper: 255 on it, 0 round it and in its holes; a scan without a border is all paper."""
    mask = Image.new("L", size, 0 if any(look.border_in) else 255)
    draw = ImageDraw.Draw(mask)
    draw.polygon(_chipped(lie, sheet, look, generator) if look.chipped else lie.edge(sheet), fill=255)
    for x, y in _holes(lie, look):
        draw.circle((x, y), _HOLE_RADIUS_IN * look.dpi, fill=0)
    return mask.filter(ImageFilter.BoxBlur(_EDGE_IN * look.dpi))


def _chipped(lie: Lie, sheet: Box, look: Look, generator: Generator) -> list[Point]:
    """Return the outline of a sheet whose edges are worn and whose corners are gone."""
    left, top, right, bottom = sheet.edges
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    inwards = ((0, 1), (-1, 0), (0, -1), (1, 0))
    shares = np.linspace(0.0, 1.0, _NICKS)
    # Corners wear most: the depth grows towards both ends of an edge.
    steep = (2 * shares - 1) ** 2
    wear = 0.3 + 0.7 * steep * steep * steep * steep
    points = []
    for (x0, y0), (x1, y1), (across, down) in zip(corners, (*corners[1:], corners[0]), inwards, strict=True):
        # Most of an edge is nearly straight; few nicks are deep.
        depths = look.chipped * look.dpi * wear * (generator.random(_NICKS) ** 2) ** 2
        for share, depth in zip(shares, depths, strict=True):
            x, y = x0 + float(share) * (x1 - x0), y0 + float(share) * (y1 - y0)
            points.append(lie.point(x + across * float(depth), y + down * float(depth)))
    return points


def _holes(lie: Lie, look: Look) -> list[Point]:
    """Return the middles of the holes on the scan."""
    return [lie.point(x * look.dpi, y * look.dpi) for x, y in look.holes]


def _shadowed(page: Image.Image, lie: Lie, sheet: Box, look: Look, generator: Generator) -> Image.Image:
    """Draw the shadows that edges cast on a copier's white lid: crescents in holes, broken rules along the sheet."""
    mask = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(mask)
    width = max(1, round(_SHADOW_IN * look.dpi))
    reach = _HOLE_RADIUS_IN * look.dpi
    for x, y in _holes(lie, look):
        start = 360 * float(generator.random())
        draw.arc((x - reach, y - reach, x + reach, y + reach), start, start + 170, fill=255, width=2 * width)
    if any(look.border_in):
        edge = lie.edge(sheet)
        for here, there in zip(edge, (*edge[1:], edge[0]), strict=True):
            _draw_rule(draw, here, there, generator, width=max(1, width // 2))
    soft = mask.filter(ImageFilter.BoxBlur(_EDGE_IN * look.dpi))
    level = round(look.bed * (1 - look.shadow))
    return Image.composite(Image.new("L", page.size, level).convert(page.mode), page, soft)


def _draw_rule(draw: ImageDraw.ImageDraw, start: Point, end: Point, generator: Generator, *, width: int) -> None:
    """Draw the pieces of an edge that cast a shadow."""
    seen = generator.random(_PIECES) < _IS_SEEN
    for piece in np.flatnonzero(seen):
        ends = [share / _PIECES for share in (int(piece), int(piece) + 1)]
        points = [(start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])) for share in ends]
        draw.line(points, fill=255, width=width)


def _neighbour(under: Image.Image, cover: Image.Image, look: Look) -> None:
    """Show the next page's edge on the wider side; its type is mirrored and soft, so that nobody can read it."""
    left, _, right, _ = look.border_in
    wide = ceil((max(left, right) - _GUTTER_IN) * look.dpi)
    if wide <= 0:
        return
    width, height = under.size
    is_left = left >= right
    # The inner third of a page has the ends of its lines.
    start = width // 5 if is_left else width - width // 5 - wide
    type_ = ImageOps.mirror(cover.crop((start, 0, start + wide, height)))
    soft = type_.filter(ImageFilter.GaussianBlur(_NEIGHBOUR_BLUR_IN * look.dpi))
    strip = soft.point([round(look.tone * _NEIGHBOUR_TONE * (1 - 0.7 * level / 255)) for level in range(256)])
    dark = ImageChops.multiply(strip, _gutter(strip.size, look, is_left=is_left))
    # It lies half a line off, as no two pages are typed alike.
    under.paste(tone.tinted(dark, look).convert(under.mode), (0 if is_left else width - wide, round(0.08 * look.dpi)))


def _gutter(size: tuple[int, int], look: Look, *, is_left: bool) -> Image.Image:
    """Return the light on a neighbour: it fails towards the gutter."""
    width, height = size
    away = np.arange(width, dtype=np.float32)
    distance = away[::-1] if is_left else away
    light = 255 * (1 - _GUTTER_DARK * np.maximum(1 - distance / np.float32(_GUTTER_REACH_IN * look.dpi), 0))
    row = np.rint(light).astype(np.uint8)[np.newaxis, :]
    return Image.fromarray(row).resize((width, height), Image.Resampling.NEAREST)
