"""What of a page may be a stamp's print: lines that were read, and rows of letters that nothing explains."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scanfix.images import GrayImage
from scanfix.marks.frame import Frame
from scanfix.marks.socket import View, Wanted
from scanfix.marks.stamps.bands import band_crop, bands_of, widest
from scanfix.marks.stamps.fragments import Anchors, Fragment, Read
from scanfix.marks.stamps.patches import Patch, patch_of
from scanfix.marks.stamps.unexplained import Heap, heaps_of
from scanfix.model.geometry import Affine, Box
from scanfix.model.text import CropText

# Paper around a heap, so that a letter that is no part of it is not cut.
_MARGIN_PX = 30
# Rows of a heap are tried by the widest, first as they lie, then upside down where they made no good sense; where a
# fragment was found, the others follow.
_TRIED, _MOST_ROWS = 2, 12
# Six letters are that wide, and that much wider than high.
_LEAST_PX, _LEAST_SLENDERNESS = 105, 3.5
# Letters upside down are read with a mean probability of 0.8 at most.
_MADE_SENSE = 0.88
_PROMISING_LETTERS = 7

Asking = Generator[Sequence[Wanted], Sequence[CropText], tuple[Fragment, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Some level rows of a patch; ``is_turned`` reads them upside down."""

    patch: Patch
    boxes: tuple[Box, ...]
    is_turned: bool = False

    def crops(self) -> list[Wanted]:
        """Return the crops to read."""
        crops = [band_crop(self.patch.ink, box) for box in self.boxes]
        return [Wanted(image=_upside_down(crop) if self.is_turned else crop, is_quick=True) for crop in crops]

    def reads(self, said: Sequence[CropText]) -> list[Read]:
        """Return what was read, level as it was read."""
        height, width = self.patch.ink.shape
        to_frame, angle = self.patch.to_frame, self.patch.angle_deg
        boxes = self.boxes
        if self.is_turned:
            turn = Affine(a=-1.0, b=0.0, c=width, d=0.0, e=-1.0, f=height)
            boxes = tuple(turn.box(box) for box in boxes)
            to_frame, angle = turn.then(to_frame), angle + 180.0
        return [
            Read(text=one.second or one.engine, box=box, to_frame=to_frame, angle_deg=angle)
            for box, one in zip(boxes, said, strict=True)
        ]


def fragments_of(view: View, anchors: Anchors) -> Asking:
    """Find the fragments of known stamps on a page: in its lines, and in the rows that no line explains."""
    found = list(anchors.find(_lines(view)))
    tried = [_rows(view.frame, heap) for heap in heaps_of(view.frame, view.lines)]
    first = [replace(rows, boxes=widest(rows.boxes, _TRIED, least_px=_LEAST_PX)) for rows in tried]
    more: list[_Rows] = []
    again: list[_Rows] = []
    for whole, rows, said, fragments in (yield from _read(tried, first, anchors)):
        found.extend(fragments)
        if _is_promising(fragments):
            more.append(_rest(whole, rows.boxes))
        elif any(one.confidence < _MADE_SENSE for one in said):
            again.append(whole)
    turned = [replace(rows, boxes=widest(rows.boxes, _TRIED, least_px=_LEAST_PX), is_turned=True) for rows in again]
    rest: list[_Rows] = []
    for whole, rows, _, fragments in (yield from _read([*more, *again], [*more, *turned], anchors)):
        found.extend(fragments)
        if rows.is_turned and _is_promising(fragments):
            rest.append(replace(_rest(whole, rows.boxes), is_turned=True))
    for _, _, _, fragments in (yield from _read(rest, rest, anchors)):
        found.extend(fragments)
    return tuple(found)


_Answers = list[tuple[_Rows, _Rows, tuple[CropText, ...], tuple[Fragment, ...]]]


def _read(
    wholes: Sequence[_Rows], asked: Sequence[_Rows], anchors: Anchors
) -> Generator[Sequence[Wanted], Sequence[CropText], _Answers]:
    """Have rows read; give for each all rows of its heap, those asked for, what they say, and the fragments."""
    crops = [rows.crops() for rows in asked]
    said = tuple((yield [crop for group in crops for crop in group])) if any(crops) else ()
    answers: _Answers = []
    at = 0
    for whole, rows, group in zip(wholes, asked, crops, strict=True):
        texts = said[at : at + len(group)]
        at += len(group)
        answers.append((whole, rows, texts, anchors.find(rows.reads(texts))))
    return answers


def _lines(view: View) -> list[Read]:
    """Return the lines of the page as they were read: level."""
    level = Affine.identity()
    return [Read(text=line.text, box=line.box, to_frame=level, angle_deg=0.0) for line in view.lines]


def _rows(frame: Frame, heap: Heap) -> _Rows:
    """Find the rows of a heap."""
    patch = patch_of(frame, heap.corners, angle_deg=heap.angle_deg, margin_px=_MARGIN_PX)
    rows = [box for box in bands_of(patch.ink) if box.width >= _LEAST_SLENDERNESS * box.height]
    return _Rows(patch=patch, boxes=tuple(rows))


def _rest(whole: _Rows, known: Sequence[Box]) -> _Rows:
    """Return the rows of a heap that were not read yet."""
    boxes = tuple(box for box in whole.boxes if box not in known)
    return replace(whole, boxes=widest(boxes, _MOST_ROWS, least_px=_LEAST_PX))


def _is_promising(fragments: Sequence[Fragment]) -> bool:
    """Tell whether a heap is worth more reading."""
    return any(one.letters >= _PROMISING_LETTERS for one in fragments)


def _upside_down(image: GrayImage) -> GrayImage:
    """Turn an image by half a turn."""
    return np.ascontiguousarray(image[::-1, ::-1])
