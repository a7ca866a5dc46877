"""Pens that cancel whole paragraphs at once: a cross over all of them, or a line through each row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from numpy.random import Generator

from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.marked.pen import PEN_IN, PenStroke, brush, cancel
from scanfix.facsimile.marked.strokes import Path
from scanfix.facsimile.surface.layers import Layers
from scanfix.facsimile.surface.outline import around
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.model.geometry import Box
from scanfix.model.mark import StrokeShape

# Shares of the block's width and height between which a stroke over all of it runs.
_LINES: Mapping[StrokeShape, tuple[tuple[tuple[float, float], ...], ...]] = {
    "rising": (((0.02, 0.98), (0.98, 0.02)),),
    "falling": (((0.02, 0.02), (0.98, 0.98)),),
    "x": (((0.02, 0.02), (0.98, 0.98)), ((0.02, 0.98), (0.98, 0.02))),
}
# A long line bends slowly: it bows by a share of the block's height, and hardly trembles.
_POINTS = 12
_BOW, _TREMBLE_IN = 0.06, 0.003
_CORNER_IN = 0.15  # nobody starts exactly at the corner
# A scribble over a block goes to and fro about every half inch.
_TURN_IN = 0.5


def cancel_blocks(
    layers: Layers, blocks: Sequence[InkedBlock], *, dpi: int, generator: Generator
) -> tuple[InkedBlock, ...]:
    """Strike the blocks that are cancelled as a whole; those of one stroke share its lines."""
    done = list(blocks)
    for group in _groups(blocks):
        stroke = blocks[group[0]].typed.stroke
        if stroke is None:
            continue
        if stroke.shape in _LINES or stroke.shape == "scribble":
            box = Box.around(_box(blocks[index]) for index in group)
            strokes = (_over(layers, box, stroke, dpi, generator),)
            for index in group:
                done[index] = replace(blocks[index], strokes=strokes)
        else:
            for index in group:
                done[index] = replace(blocks[index], strokes=_through(layers, blocks[index], stroke, dpi, generator))
    return tuple(done)


def _groups(blocks: Sequence[InkedBlock]) -> list[list[int]]:
    """Return the places of the blocks that share a stroke."""
    groups: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.typed.stroke is not None and block.ink:
            groups.setdefault(block.typed.stroke_id or f"#{index}", []).append(index)
    return list(groups.values())


def _box(block: InkedBlock) -> Box:
    """Return the box of a block's words on the sheet."""
    return around(block.ink).box


def _through(
    layers: Layers, block: InkedBlock, stroke: Stroke, dpi: int, generator: Generator
) -> tuple[PenStroke, ...]:
    """Strike row by row."""
    boxes = [around(ink for word in row.words for ink in word.ink).box for row in block.rows]
    return tuple(cancel(layers.of(stroke.ink), box, stroke, dpi=dpi, generator=generator) for box in boxes if box.area)


def _over(layers: Layers, box: Box, stroke: Stroke, dpi: int, generator: Generator) -> PenStroke:
    """Draw a cross, a diagonal or a scribble over a whole block."""
    shares = _zigzag(box, dpi) if stroke.shape == "scribble" else _LINES[stroke.shape]
    paths = tuple(_path(box, line, dpi, generator) for line in shares)
    width_px = (stroke.width_in or PEN_IN) * dpi
    return PenStroke(
        paths=paths,
        width_px=width_px,
        shape=stroke.shape,
        coverage=stroke.coverage,
        crossed=1.0,
        inks=tuple(brush(layers.of(stroke.ink), path, width_px=width_px) for path in paths),
    )


def _zigzag(box: Box, dpi: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Run to and fro from the left to the right of a block."""
    count = max(round(box.width / (_TURN_IN * dpi)), 2)
    return (tuple((index / count, 0.95 if index % 2 else 0.05) for index in range(count + 1)),)


def _path(box: Box, shares: Sequence[tuple[float, float]], dpi: int, generator: Generator) -> Path:
    """Draw a line through places of a block, in shares of it, as a hand does."""
    corner = generator.uniform(-_CORNER_IN * dpi / 2, _CORNER_IN * dpi / 2, size=(len(shares), 2))
    corners = [
        (box.left + x * box.width + float(off[0]), box.top + y * box.height + float(off[1]))
        for (x, y), off in zip(shares, corner, strict=True)
    ]
    if len(corners) > 2:
        return tuple(corners)
    (x0, y0), (x1, y1) = corners
    bow = float(generator.normal(0.0, _BOW)) * box.height
    tremble = generator.normal(0.0, _TREMBLE_IN * dpi, size=_POINTS)
    points = []
    for index, off in enumerate(tremble):
        step = index / (_POINTS - 1)
        points.append((x0 + (x1 - x0) * step, y0 + (y1 - y0) * step + 4 * bow * step * (1 - step) + float(off)))
    return tuple(points)
