"""What lies on or in the paper and is no text: holes, staples, clips, folds, frames, maps, seals, rules, stains.

They are the look-alikes of marks: the truth names them and their places, so that a false alarm on one can be told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from scanfix.facsimile.asked.marking import Letterhead, Thing, ThingKind
from scanfix.facsimile.marked.drawing import Board
from scanfix.facsimile.marked.pictures import draw_map, draw_seal
from scanfix.facsimile.surface import ink, picture
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.lie import turned
from scanfix.facsimile.surface.outline import Outline
from scanfix.facsimile.surface.picture import Picture
from scanfix.model.geometry import Affine, Box, Quad

_ROOM_IN = 0.15  # what is drawn may leave its box by a pen's width and a wobble
_RULE_IN = 0.012
_CREASE_LEFT = 0.35  # ink breaks along a crease: this share of it stays
_CREASE_IN = 0.006  # half of the paper that a fold's edge wears
_BODY_LEADING = 1.9  # between the lines of a letterhead, in capitals
_HATCH_IN = 0.26  # the band of the bulletins' cover frames
_FAINT = 16  # of 255: the least ink that counts as part of a pale thing


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedThing:
    """A thing on the sheet."""

    thing: Thing
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class InkedLetterhead:
    """The printed lines at the head of a sheet, each as the letters of its words."""

    letterhead: Letterhead
    lines: tuple[tuple[tuple[Outline, ...], ...], ...]


def put_thing(layers: Layers, thing: Thing, *, dpi: int, generator: Generator) -> InkedThing:
    """Draw a thing upright on a surface of its own and lay it on the sheet."""
    room = _ROOM_IN * dpi
    left, top = thing.x_in * dpi, thing.y_in * dpi
    width, height = thing.width_in * dpi, thing.height_in * dpi
    place = Box.of((left - room, top - room, left + width + room, top + height + room))
    drawn = picture.surface(place)
    here = Box.of((room, room, room + width, room + height))
    board = Board(layer=drawn, box=here, dpi=dpi, dice=generator)
    _DRAWN[thing.kind](board)
    middle = (left + width / 2, top + height / 2)
    way = picture.moved(place).then(turned(thing.turn_deg, about=middle) if thing.turn_deg else _STRAIGHT)
    if thing.kind in ("fold", "crease"):
        _break_ink(layers, way.quad(_spine(here, dpi)))
    strongest = int(drawn.ink.max())
    laid = picture.lay(
        layers.of(thing.ink), drawn, way, sheet=layers.box, rim=max(min(ink.RIM, strongest // 2), _FAINT)
    )
    return InkedThing(thing=thing, picture=laid)


def put_letterhead(layers: Layers, letterhead: Letterhead, *, width_in: float, dpi: int) -> InkedLetterhead:
    """Print a letterhead in the middle of the sheet, its first line larger than the others."""
    lines = []
    y = letterhead.at_in * dpi
    for number, text in enumerate(letterhead.lines):
        capital = letterhead.capital_in * dpi * (1.0 if number == 0 else 0.7)
        size_px = ink.size_for_capitals(letterhead.face, capital)
        x = (width_in * dpi - ink.width_of(text, letterhead.face, size_px)) / 2
        words, start = [], 0
        for word in text.split(" "):
            at = (x + ink.width_of(text[:start], letterhead.face, size_px), y)
            words.append(layers.of("black").text(word, letterhead.face, size_px, at))
            start += len(word) + 1
        lines.append(tuple(words))
        y += _BODY_LEADING * capital
    return InkedLetterhead(letterhead=letterhead, lines=tuple(lines))


_STRAIGHT = Affine.identity()


def _spine(box: Box, dpi: int) -> Box:
    """Return the narrow middle of a box along its longer side."""
    x, y = box.centre
    reach = _CREASE_IN * dpi
    if box.width >= box.height:
        return Box.of((box.left, y - reach, box.right, y + reach))
    return Box.of((x - reach, box.top, x + reach, box.bottom))


def _break_ink(layers: Layers, where: Quad) -> None:
    """Take ink off along a crease."""
    here = where.box.grow(1).intersect(layers.box)
    band = Image.new("L", (here.width, here.height))
    corners = [(x - here.left, y - here.top) for x, y in where.corners]
    ImageDraw.Draw(band).polygon(corners, fill=255)
    lost = np.asarray(band) > 0
    for _, layer in layers.drawn():
        part = layer.ink[here.top : here.bottom, here.left : here.right]
        part[lost] = (part[lost] * _CREASE_LEFT).astype(np.uint8)


def _hole(board: Board) -> None:
    """Punch a hole that the scanner shows dark, or the crescent of its rim where the box is flat."""
    width, height = board.size
    if height > 0.7 * width:
        board.disc((width / 2, height / 2), (width / 2, height / 2))
        return
    radius = width / 2
    points = []
    for index in range(13):
        turn = pi * (0.12 + 0.76 * index / 12)
        points.append((radius + radius * cos(turn), (height - 0.12 * radius) * sin(turn)))
    for index, (start, end) in enumerate(pairwise(points)):
        # The rim's shadow is broadest at its lowest point.
        board.line((start, end), width_px=radius * (0.08 + 0.22 * sin(pi * (index + 0.5) / 12)))


def _staple(board: Board) -> None:
    """Draw a staple's back and the two points where it enters."""
    width, height = board.size
    line = 0.022 * board.dpi
    board.line(((0.0, height / 2), (width, height / 2)), width_px=line)
    for x in (0.0, width):
        board.disc((x, height / 2), (line, line))


def _clip(board: Board) -> None:
    """Draw a wire clip, or the grey shadow it left on the copy."""
    width, height = min(board.size[0], 0.3 * board.size[1]), board.size[1]
    wire = 0.03 * board.dpi
    shade = float(board.dice.uniform(0.35, 0.8))
    board.line(board.loop((0.0, 0.0), (width, height)), width_px=wire, strength=shade)
    board.line(board.loop((0.22 * width, 0.12 * height), (0.78 * width, 0.8 * height)), width_px=wire, strength=shade)


def _fold(board: Board) -> None:
    """Draw the dark edge of a fold along the longer side."""
    board.line(board.along(wander=0.0015), width_px=0.02 * board.dpi, strength=float(board.dice.uniform(0.25, 0.45)))
    board.line(board.along(wander=0.001), width_px=0.006 * board.dpi, strength=0.6)


def _crease(board: Board) -> None:
    """Draw the broken dark line of a crumpled sheet."""
    points = board.along(wander=0.03)
    for start, end in pairwise(points):
        if board.dice.uniform() < 0.75:
            board.line((start, end), width_px=0.008 * board.dpi, strength=float(board.dice.uniform(0.4, 0.8)))


def _hatch(board: Board) -> None:
    """Hatch a cover's frame, open in the middle of the head and foot where the markings stand."""
    width, height = board.size
    band = min(_HATCH_IN * board.dpi, 0.2 * min(width, height))
    is_coarse = board.dice.uniform() < 0.7
    step, line = (0.115, 0.045) if is_coarse else (0.03, 0.008)
    opening = float(board.dice.choice([0.0, 0.3]))
    board.hatch(0.0, 0.0, width, band, step_in=step, line_in=line, opening=opening)
    board.hatch(0.0, height - band, width, height, step_in=step, line_in=line, opening=opening)
    for left in (0.0, width - band):
        board.hatch(left, band, left + band, height - band, step_in=step, line_in=line)


def _rule(board: Board) -> None:
    """Draw a printed rule along the longer side."""
    board.line(board.along(), width_px=_RULE_IN * board.dpi)


def _box(board: Board) -> None:
    """Draw a printed frame."""
    width, height = board.size
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0))
    board.line(corners, width_px=_RULE_IN * board.dpi)


def _stain(board: Board) -> None:
    """Spill something that dried with a dark rim."""
    width, height = board.size
    points = []
    phase = [float(board.dice.uniform(0, 2 * pi)) for _ in range(2)]
    for index in range(40):
        turn = 2 * pi * index / 40
        far = 0.86 + 0.08 * sin(2 * turn + phase[0]) + 0.06 * sin(5 * turn + phase[1])
        points.append((width / 2 * (1 + far * cos(turn)), height / 2 * (1 + far * sin(turn))))
    board.fill(points, strength=0.13)
    board.line((*points, points[0]), width_px=0.02 * board.dpi, strength=0.28)
    soft = Image.fromarray(board.layer.ink).filter(ImageFilter.GaussianBlur(0.008 * board.dpi))
    board.layer.ink[:] = np.asarray(soft)


_DRAWN: Mapping[ThingKind, Callable[[Board], None]] = {
    "hole": _hole,
    "staple": _staple,
    "clip": _clip,
    "fold": _fold,
    "crease": _crease,
    "hatch": _hatch,
    "map": draw_map,
    "seal": draw_seal,
    "rule": _rule,
    "box": _box,
    "stain": _stain,
}
