"""Drawn pictures that carry letters but no text: sketch maps and seals."""

from math import cos, degrees, pi, sin

from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.marked.drawing import Board
from scanfix.facsimile.surface import ink, picture
from scanfix.facsimile.surface.lie import turned
from scanfix.model.geometry import Box, Point

# Invented, as all our geography; the despatch's readers would not find them.
_TOWNS = ("HALM", "ORVA", "SELD", "KARST", "MIRNA", "DOBREN", "TOSK", "VELLA")
_LEGENDS = ("REPUBLIC OF KARSOVIA", "MINISTRY OF TRANSPORT", "GRAND DUCHY OF SELD", "BOARD OF CUSTOMS ORVA")
_LINE_IN = 0.007
_MAP_CAPITAL_IN = 0.055
_DEGREES = (12, 30)  # the first meridian of a sketch map


def draw_map(board: Board) -> None:
    """Sketch a coast, a border, a few towns and a graticule with its degrees."""
    width, height = board.size
    line = _LINE_IN * board.dpi
    board.line(((0, 0), (width, 0), (width, height), (0, height), (0, 0)), width_px=line)
    _graticule(board, line)
    for start, end, width_px in ((0.15, 0.35, 2.2 * line), (0.6, 0.8, line)):
        at = float(board.dice.uniform(start, end))
        points = []
        for index in range(16):
            at = min(max(at + float(board.dice.normal(0.0, 0.05)), 0.06), 0.94)
            points.append((at * width, height * (0.02 + 0.96 * index / 15)))
        board.curve(points, width_px=width_px)
    for town in board.dice.permutation(len(_TOWNS))[:4]:
        x, y = (float(value) for value in board.dice.uniform(0.15, 0.75, size=2))
        dot = 0.012 * board.dpi
        board.disc((x * width, y * height), (dot, dot))
        _print(board, _TOWNS[int(town)], (x * width + 2 * dot, y * height + dot), "sans")


def _graticule(board: Board, line: float) -> None:
    """Draw the lines of latitude and longitude, their degrees at the frame."""
    width, height = board.size
    first = int(board.dice.integers(*_DEGREES))
    for number in (1, 2, 3):
        x, y = width * number / 4, height * number / 4
        board.line(((x, 0.0), (x + 0.02 * width, height)), width_px=0.7 * line)
        board.line(((0.0, y), (width, y - 0.01 * height)), width_px=0.7 * line)
        _print(board, f"{first + 2 * number}°", (x + 2 * line, 1.4 * _MAP_CAPITAL_IN * board.dpi), "sans")
        _print(board, f"{60 - 2 * number}°", (2 * line, y - 2 * line), "sans")


def _print(board: Board, text: str, at: Point, face: FaceName) -> None:
    """Print a name on a map."""
    size_px = ink.size_for_capitals(face, _MAP_CAPITAL_IN * board.dpi)
    board.layer.text(text, face, size_px, (board.box.left + at[0], board.box.top + at[1]))


def draw_seal(board: Board) -> None:
    """Print a round seal: two rings, a legend between them, and an eagle in the middle."""
    width, height = board.size
    radius, middle = min(width, height) / 2, (width / 2, height / 2)
    line = max(0.008 * board.dpi, 0.02 * radius)
    for share in (0.98, 0.68):
        board.line(_ring(middle, share * radius - line / 2), width_px=line)
    legend = _LEGENDS[int(board.dice.integers(0, len(_LEGENDS)))]
    _round(board, f"{legend} ·", middle, 0.76 * radius, 0.14 * radius)
    _eagle(board, middle, 0.5 * radius)


def _ring(middle: Point, radius: float) -> tuple[Point, ...]:
    """Return a circle as a line of 72 pieces: no corner shows."""
    return tuple(
        (middle[0] + radius * cos(2 * pi * step / 72), middle[1] + radius * sin(2 * pi * step / 72))
        for step in range(73)
    )


def _round(board: Board, text: str, middle: Point, radius: float, capital_px: float) -> None:
    """Print text round a circle, each letter upright to the middle."""
    face: FaceName = "roman"
    size_px = ink.size_for_capitals(face, capital_px)
    reach = round(size_px) + 2
    for index, char in enumerate(text):
        turn = 2 * pi * index / len(text)
        drawn = picture.surface(Box(left=0, top=0, right=2 * reach, bottom=2 * reach))
        drawn.glyph(char, face, size_px, (reach - ink.width_of(char, face, size_px) / 2, reach))
        x = board.box.left + middle[0] + radius * sin(turn)
        y = board.box.top + middle[1] - radius * cos(turn)
        place = picture.moved(Box.of((x - reach, y - reach, x + reach, y + reach)))
        way = turned(-degrees(turn), about=(reach, reach)).then(place)
        picture.lay(board.layer, drawn, way, sheet=board.layer.box)


def _eagle(board: Board, middle: Point, size: float) -> None:
    """Draw a bird with spread wings over a shield."""
    x, y = middle
    for side in (-1.0, 1.0):
        for feather in range(5):
            far, low = 0.98 - 0.09 * feather, -0.55 + 0.24 * feather
            board.fill(
                (
                    (x + side * 0.12 * size, y - 0.3 * size + 0.1 * feather * size),
                    (x + side * far * size, y + low * size),
                    (x + side * (far - 0.1) * size, y + (low + 0.14) * size),
                    (x + side * 0.12 * size, y - 0.16 * size + 0.12 * feather * size),
                )
            )
    board.disc((x, y), (0.2 * size, 0.42 * size))
    board.disc((x + 0.05 * size, y - 0.52 * size), (0.13 * size, 0.13 * size))
    board.fill(((x - 0.16 * size, y + 0.3 * size), (x + 0.16 * size, y + 0.3 * size), (x, y + 0.95 * size)))
