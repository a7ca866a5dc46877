"""What hands did to a draft: words struck, written in above the line, bracketed out."""

from dataclasses import replace
from typing import Literal

from numpy.random import Generator

from scanfix.facsimile.asked.faces import FaceName
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.marked.pen import PenStroke, brush, cancel
from scanfix.facsimile.surface import ink
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.outline import Outline, around
from scanfix.facsimile.typed.typewriter import InkedRow, InkedWord, Stretch, Typewriter
from scanfix.model.geometry import Box, Point

# How a hand deletes.
Way = Literal["brackets", "line"]
# Small writing between lines: a capital as high as a typed one, its baseline above the ascenders of the line.
_HAND_IN, _ABOVE_IN = 0.1, 0.135
_HAND_SWAY_IN = 0.012
_BLANK_EM = 0.28
_CARET_IN = 0.07
_TIP_IN = 0.012
# Brackets stand in the blanks beside the words, a little higher and lower than the letters.
_BRACKET_IN, _BRACKET_ABOVE_IN, _BRACKET_BELOW_IN = 0.035, 0.135, 0.045
_BRACKETED = 0.5  # half the deletions of a draft are bracketed, the others have a pencil's line


def way_of(generator: Generator) -> Way:
    """Draw how a hand deletes in a paragraph."""
    return "brackets" if generator.uniform() < _BRACKETED else "line"


def draft(
    layers: Layers, row: InkedRow, typewriter: Typewriter, *, way: Way, dpi: int, generator: Generator
) -> InkedRow:
    """Draw what pens did to the stretches of a row."""
    for place, stretch in enumerate(row.stretches):
        if stretch.run.style == "struck" or (stretch.run.style == "deleted" and way == "line"):
            row = _with(
                row, place, replace(stretch, stroke=_through(layers, stretch, stretch.run.stroke, dpi, generator))
            )
        elif stretch.run.style == "inserted":
            row = _insert(layers, row, place, typewriter, dpi=dpi, generator=generator)
        elif stretch.run.style == "deleted":
            row = _with(row, place, _bracketed(layers, stretch, row, typewriter, dpi=dpi, generator=generator))
    return row


def _with(row: InkedRow, place: int, stretch: Stretch) -> InkedRow:
    """Change one stretch of a row."""
    return replace(row, stretches=(*row.stretches[:place], stretch, *row.stretches[place + 1 :]))


def _through(layers: Layers, stretch: Stretch, stroke: Stroke, dpi: int, generator: Generator) -> PenStroke:
    """Strike the letters of a stretch."""
    box = around(stretch.ink).box
    return cancel(layers.of(stroke.ink), box, stroke, dpi=dpi, generator=generator)


def _bracketed(
    layers: Layers, stretch: Stretch, row: InkedRow, typewriter: Typewriter, *, dpi: int, generator: Generator
) -> Stretch:
    """Draw square brackets round a stretch."""
    y = typewriter.baseline_px(row.typed)
    top, bottom = y - _BRACKET_ABOVE_IN * dpi, y + _BRACKET_BELOW_IN * dpi
    ends = ((stretch.start, 1.0), (stretch.end, -1.0))
    brackets = tuple(
        _bracket(layers, stretch.run.stroke, (typewriter.column_px(column), top, bottom), side, dpi, generator)
        for column, side in ends
    )
    return replace(stretch, brackets=brackets)


def _bracket(
    layers: Layers,
    stroke: Stroke,
    at: tuple[float, float, float],
    side: float,
    dpi: int,
    generator: Generator,
) -> Outline:
    """Draw one bracket; ``at`` is its edge, top and bottom, its arms point to ``side``."""
    edge, top, bottom = at
    foot = side * _BRACKET_IN * dpi
    sway = generator.normal(0.0, _HAND_SWAY_IN * dpi / 2, size=4)
    edge -= foot * 0.6
    points = (
        (edge + foot, top + float(sway[0])),
        (edge + float(sway[1]), top),
        (edge + float(sway[2]), bottom),
        (edge + foot, bottom + float(sway[3])),
    )
    return brush(layers.of(stroke.ink), points, width_px=_TIP_IN * dpi)


def _insert(
    layers: Layers, row: InkedRow, place: int, typewriter: Typewriter, *, dpi: int, generator: Generator
) -> InkedRow:
    """Write a stretch above the line, over a caret."""
    stretch = row.stretches[place]
    y, x = typewriter.baseline_px(row.typed), typewriter.column_px(stretch.start)
    caret = _caret(layers, stretch, (x, y), dpi, generator)
    written = _write(layers, stretch, (x, y - _ABOVE_IN * dpi), dpi, generator)
    keys = {id(key): replace(key, ink=letters) for key, letters in zip(stretch.keys, written, strict=True)}
    words = tuple(
        InkedWord(typed=word.typed, keys=tuple(keys.get(id(key), key) for key in word.keys)) for word in row.words
    )
    again = _strike_again(layers, stretch, written, dpi, generator)
    changed = replace(stretch, keys=tuple(keys[id(key)] for key in stretch.keys), brackets=(caret, *again))
    return _with(replace(row, words=words), place, changed)


def _strike_again(
    layers: Layers, stretch: Stretch, written: tuple[Outline, ...], dpi: int, generator: Generator
) -> tuple[Outline, ...]:
    """Strike what the hand took back of what it had written."""
    words = stretch.run.taken_back.split()
    texts = [key.key.char for key in stretch.keys]
    for start in range(len(texts) - len(words) + 1):
        if words and texts[start : start + len(words)] == words:
            box = around(written[start : start + len(words)]).box
            stroke = Stroke(coverage="exact", ink=stretch.run.stroke.ink)
            return (cancel(layers.of(stroke.ink), box, stroke, dpi=dpi, generator=generator).ink,)
    return ()


def _caret(layers: Layers, stretch: Stretch, at: Point, dpi: int, generator: Generator) -> Outline:
    """Draw a caret whose tip stands between the words, at the foot of the letters."""
    x, y = at
    wide, high = (float(one) * _CARET_IN * dpi for one in generator.uniform((0.4, 0.9), (0.6, 1.3)))
    tip = (x, y - 0.3 * high)
    points = ((x - wide, y + 0.7 * high), tip, (x + wide, y + 0.7 * high))
    return brush(layers.of(stretch.run.stroke.ink), points, width_px=_TIP_IN * dpi)


def _write(layers: Layers, stretch: Stretch, at: Point, dpi: int, generator: Generator) -> tuple[Outline, ...]:
    """Write words in the middle over a place, kept on the surface; return the ink of each."""
    face: FaceName = "hand"
    size_px = ink.size_for_capitals(face, _HAND_IN * dpi * float(generator.uniform(0.9, 1.2)))
    blank = _BLANK_EM * size_px
    texts = [key.key.char for key in stretch.keys]
    widths = [ink.width_of(text, face, size_px) for text in texts]
    long = sum(widths) + blank * (len(texts) - 1)
    x = _held(at[0] - long / 2, long, layers.box)
    rise = float(generator.uniform(-0.05, 0.05))
    outlines = []
    for text, width in zip(texts, widths, strict=True):
        y = at[1] - rise * (x - at[0]) + float(generator.normal(0.0, _HAND_SWAY_IN / 2)) * dpi
        outlines.append(around(layers.of(stretch.run.stroke.ink).text(text, face, size_px, (x, y))))
        x += width + blank
    return tuple(outlines)


def _held(x: float, long: float, box: Box) -> float:
    """Keep a stretch of writing on the sheet."""
    return max(min(x, box.right - long - 1), 1.0)
