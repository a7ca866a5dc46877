"""Ink that the first voice left out: beyond the ends of its lines, and in rows where it has no line at all.

A small picture of the page, on which a lower-case letter is ten pixels high, is enough to see where letters stand.
What the first voice boxed is blanked; what is left is looked through along the lines' own baselines, then row by row.
Whether it is typing is for the second voice to say: here only what cannot be is left out (rules, tall strokes).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from scanfix import images
from scanfix.images import GrayImage, Mask
from scanfix.model.geometry import Affine
from scanfix.model.text import Line
from scanfix.ocr import framing, parting
from scanfix.ocr.framing import Row, Typing

_X_HEIGHT_PX = 10
# Rows of the small picture, counted from the baseline: the band of the letters' bodies, and all that letters reach.
_BODY = slice(-_X_HEIGHT_PX, 1)
_TOP, _BOTTOM = -15, 5
# Strokes that go on beyond ascenders and descenders are of a pen, a stamp, a frame.
_OVER = 4
_TALLEST = 0.3
# A column with less ink than this in its band is a rule's, an underline's or a speck's.
_LEAST_PX = 2
# Ink must reach over this many rows of the band: less is a dash or a rule.
_LEAST_ROWS = 6
# A mark with less ink than three letters is no row of typing; a letter fills about three tenths of its place.
_LEAST_LETTERS = 3.0
_FILLED = 0.3
_MOST_ROWS = 12
# In x-heights: a box this high is of no word, and what it covers is still free.
_HIGHEST_BOX = 4.0
# Ink about a box is of its letters: boxes are often a little short.
_ABOUT_BOX_PX = 3
# Beyond a line's end its own box is surely over (boxes are rounded outwards).
_CLEAR_PX = _ABOUT_BOX_PX + 2
# Numbers of headings hang this many letters left of the text.
_HANGING = 5.0
# In x-heights, above the first line and below the last: two lines of double-spaced typing and a little.
_BEYOND_TEXT = 9.0
_SURE = 0.7
# What the first voice is less sure of is a stamp or a signature that it took for a line: such lines do not go on.
_TYPING = 0.45
_LEAST_WORDS = 3
# Stray lines (stamps; lines into which a note in the margin was read) do not say where the text ends. At the left one
# in five may stand out, for most lines start level; at the right, where they are ragged, one in ten.
_STRAYS_LEFT, _STRAYS_RIGHT = 0.2, 0.1
# Ragged lines end this many letters beyond the others.
_RAGGED = 3.0
# A word that begins before that is followed for so many letters.
_LONGEST = 12.0
_BLOCK_PX = 40
_PAPER_PERCENT = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Where a page's text ends, in pixels of the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Ink outside the boxes.

    Parameters
    ----------
    ends
        Lines with ink beyond their ends: line id, and the row that holds it too.
    rows
        Rows of ink without a line, from the one with most ink to that with least.
    """

    ends: tuple[tuple[str, Row], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The small picture: its ink outside the boxes, the boxes, and the map from the page.

    Both masks have shape (height, width).
    """

    ink: Mask
    boxed: Mask
    to_sheet: Affine

    def column(self, x: float) -> int:
        """Return a column of the page within the picture."""
        return min(int(self.ink.shape[1]), max(0, round(self.to_sheet.a * x + self.to_sheet.c)))

    def row(self, x: float, y: float) -> int:
        """Return a place's row."""
        return round(self.to_sheet.point(x, y)[1])


def edges_of(lines: Sequence[Line], typing: Typing) -> Edges | None:
    """Find where the text ends on all sides, by the lines of several sure words; ``None`` where there is none."""
    sure = [
        line.box
        for line in lines
        if len(line.words) >= _LEAST_WORDS
        and median(word.confidence for word in line.words) >= _SURE
        and line.box.height <= _HIGHEST_BOX * typing.x_height_px
    ]
    if not sure:
        return None
    return Edges(
        left=sorted(box.left for box in sure)[round(_STRAYS_LEFT * len(sure))],
        right=sorted(box.right for box in sure)[-1 - round(_STRAYS_RIGHT * len(sure))],
        top=min(box.top for box in sure),
        bottom=max(box.bottom for box in sure),
    )


def find(lines: Sequence[Line], image: GrayImage, typing: Typing) -> Found:
    """Find ink outside the boxes of a page.

    Parameters
    ----------
    lines
        The first reading.
    image
        The upright page, shape (height, width).
    typing
        The page's letters.
    """
    edges = edges_of(lines, typing)
    if edges is None:
        return Found(ends=(), rows=())
    rows = {line.line_id: framing.row_of(line, typing) for line in lines if line.words}
    slopes = [rows[line.line_id].slope for line in lines if len(line.words) > _LEAST_WORDS]
    sheet = _sheet(lines, image, typing, slope=median(slopes) if slopes else 0.0)
    ends = []
    for line in lines:
        row = rows.get(line.line_id)
        is_typing = line.confidence >= _TYPING and line.box.height <= _HIGHEST_BOX * typing.x_height_px
        if row is not None and is_typing:
            wider = _with_ends(row, sheet, edges)
            if wider is not row:
                ends.append((line.line_id, wider))
                sheet = _blanked(sheet, wider)
    return Found(ends=tuple(ends), rows=_free_rows(sheet, edges, typing))


def _sheet(lines: Sequence[Line], image: GrayImage, typing: Typing, *, slope: float) -> _Sheet:
    """Draw the small picture, level, with the boxes blanked."""
    scale = _X_HEIGHT_PX / typing.x_height_px
    height, width = image.shape
    lift = max(0.0, slope * width * scale)
    to_sheet = Affine(a=scale, b=0.0, c=0.0, d=-slope * scale, e=scale, f=lift)
    small = images.strip(
        image, to_sheet, width_px=max(1, round(width * scale)), height_px=max(1, round(height * scale + abs(lift)))
    )
    boxed = np.zeros(small.shape, np.bool_)
    for line in lines:
        for word in line.words:
            if word.box.height <= _HIGHEST_BOX * typing.x_height_px:
                left, top, right, bottom = to_sheet.box(word.box).edges
                boxed[
                    max(0, top - _ABOUT_BOX_PX) : max(0, bottom + _ABOUT_BOX_PX),
                    max(0, left - _ABOUT_BOX_PX) : max(0, right + _ABOUT_BOX_PX),
                ] = True
    return _Sheet(ink=parting.ink(small, _paper(small)) & ~boxed, boxed=boxed, to_sheet=to_sheet)


def _paper(image: GrayImage) -> NDArray[np.float32]:
    """Measure the paper's grey, block by block, shape of the image."""
    height, width = image.shape
    padded = np.pad(image, ((0, -height % _BLOCK_PX), (0, -width % _BLOCK_PX)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // _BLOCK_PX, _BLOCK_PX, padded.shape[1] // _BLOCK_PX, _BLOCK_PX)
    # Every second row and column: as true, and four times as fast.
    paper = np.percentile(blocks[:, ::2, :, ::2], _PAPER_PERCENT, axis=(1, 3)).astype(np.float32)
    return np.asarray(paper.repeat(_BLOCK_PX, axis=0).repeat(_BLOCK_PX, axis=1)[:height, :width])


def _with_ends(row: Row, sheet: _Sheet, edges: Edges) -> Row:
    """Return a row as far as its ink goes on, up to the text's edges and the next box; itself where there is none."""
    pitch = row.typing.pitch_px
    start = sheet.column(row.right) + _CLEAR_PX
    usual, last = (sheet.column(edges.right + letters * pitch) for letters in (_RAGGED, _RAGGED + _LONGEST))
    base = sheet.row(row.right, row.baseline(row.right))
    after = _reach(sheet, base, np.arange(start, last), usual - start)
    start = sheet.column(row.left) - _CLEAR_PX
    usual, last = (sheet.column(edges.left - letters * pitch) for letters in (_HANGING, _HANGING + _LONGEST))
    base = sheet.row(row.left, row.baseline(row.left))
    before = _reach(sheet, base, np.arange(start, last - 1, -1), start - usual)
    if before is None and after is None:
        return row
    scale = sheet.to_sheet.a
    return replace(
        row,
        left=row.left if before is None else before / scale,
        right=row.right if after is None else (after + 1) / scale,
    )


def _reach(sheet: _Sheet, base: int, columns: NDArray[np.int_], usual: int) -> int | None:
    """Follow a row outwards to its last column with ink like letters', before a box is met; ``None`` without any.

    A word that begins within the first ``usual`` columns is followed to its end.
    """
    if base + _TOP - _OVER < 0 or base + _BOTTOM + _OVER > sheet.ink.shape[0]:
        return None
    met = np.flatnonzero(sheet.boxed[base - _X_HEIGHT_PX + 2 : base - 1, columns].any(axis=0))
    free = columns[: met[0]] if len(met) else columns
    places = np.flatnonzero(_inked(sheet.ink[:, free], base))
    starts = np.diff(places, prepend=-_X_HEIGHT_PX) >= _X_HEIGHT_PX
    too_far = np.flatnonzero(starts & (places >= usual))
    inked = free[places[: too_far[0]] if len(too_far) else places]
    if not len(inked) or not _is_like_letters(sheet.ink[:, inked], base):
        return None
    return int(inked[-1])


def _inked(ink: Mask, base: int) -> Mask:
    """Tell which columns have a letter's ink in the band above a baseline."""
    return np.asarray(ink[base + _BODY.start : base + _BODY.stop].sum(axis=0) >= _LEAST_PX)


def _is_like_letters(ink: Mask, base: int) -> bool:
    """Tell whether columns of ink are as high as letters are, and no higher."""
    body = ink[base + _BODY.start : base + _BODY.stop]
    over = ink[base + _TOP - _OVER : base + _TOP].sum() + ink[base + _BOTTOM : base + _BOTTOM + _OVER].sum()
    has_height = int(body.any(axis=1).sum()) >= _LEAST_ROWS
    return has_height and float(over) <= _TALLEST * float(body.sum())


def _blanked(sheet: _Sheet, row: Row) -> _Sheet:
    """Return the picture without a row's ink."""
    base = sheet.row(row.right, row.baseline(row.right))
    band = slice(max(0, base + _TOP), max(0, base + _BOTTOM))
    across = slice(sheet.column(row.left), sheet.column(row.right))
    ink, boxed = sheet.ink.copy(), sheet.boxed.copy()
    ink[band, across] = False
    boxed[band, across] = True
    return replace(sheet, ink=ink, boxed=boxed)


def _free_rows(sheet: _Sheet, edges: Edges, typing: Typing) -> tuple[Row, ...]:
    """Find rows of ink without a line, those with most ink first."""
    left = sheet.column(edges.left - typing.pitch_px)
    right = sheet.column(edges.right + _RAGGED * typing.pitch_px)
    beyond = _BEYOND_TEXT * _X_HEIGHT_PX
    top = max(-_TOP + _OVER, sheet.row(edges.left, edges.top) - round(beyond))
    bottom = min(sheet.ink.shape[0] - _BOTTOM - _OVER, sheet.row(edges.left, edges.bottom) + round(beyond))
    ink = sheet.ink[:, left:right].copy()
    least = _LEAST_LETTERS * _FILLED * typing.pitch_px * sheet.to_sheet.a
    found: list[Row] = []
    for _ in range(_MOST_ROWS):
        profile = _profile(ink, top, bottom)
        if not len(profile) or profile.max() < least:
            break
        base = top + int(profile.argmax())
        row = _row(ink, base, typing)
        if row is not None:
            found.append(_on_page(row, left, sheet))
        ink[max(0, base + _TOP) : base + _BOTTOM] = False
    return tuple(found)


def _profile(ink: Mask, top: int, bottom: int) -> NDArray[np.float64]:
    """Say for each row from ``top`` up to ``bottom`` how well a baseline fits: ink above it, little below it."""
    total = np.concatenate([[0.0], np.cumsum(ink.sum(axis=1, dtype=np.float64))])
    base = np.arange(top, max(top, bottom))
    above = (total[base] - total[base - _X_HEIGHT_PX]) / _X_HEIGHT_PX
    below = (total[base + _BOTTOM] - total[base + 1]) / (_BOTTOM - 1)
    return np.asarray(above - below)


def _row(ink: Mask, base: int, typing: Typing) -> Row | None:
    """Find the ends of a row's ink, in pixels of the picture; ``None`` where it is none of letters."""
    inked = np.flatnonzero(_inked(ink, base))
    if not len(inked) or not _is_like_letters(ink[:, inked], base):
        return None
    return Row(typing=typing, slope=0.0, rise=base, left=int(inked[0]), right=int(inked[-1]) + 1)


def _on_page(row: Row, offset: int, sheet: _Sheet) -> Row:
    """Put a row of the picture on the page."""
    back = sheet.to_sheet.inverse()
    left, right = ((column + offset) * back.a for column in (row.left, row.right))
    return replace(row, slope=back.d / back.a, rise=back.e * row.rise + back.f, left=left, right=right)
