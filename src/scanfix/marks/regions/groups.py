"""Groups of loose ink that lie close together."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from scanfix.images import connected
from scanfix.marks.frame import Frame
from scanfix.marks.regions.loose import Integers, pixels_of
from scanfix.model.geometry import Box

# Groups are made at an eighth of the page's size.
_STEP = 8
# Pieces nearer than this, in heights of words, are of one group.
_GAP = 1.3
# Larger pieces are drawn as they run, smaller ones as boxes.
_DRAWN_PX = 60
# Dust this small joins nothing; it is added to the groups in which it lies.
_DUST = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Loose pieces that lie close together: their numbers, and the box around them."""

    numbers: Integers
    box: Box


def groups_of(frame: Frame, numbers: Integers, *, unit: float) -> tuple[Group, ...]:
    """Group pieces that lie close together; ``unit`` is the height of typed words."""
    boxes = frame.pieces.boxes
    large = np.maximum(boxes[numbers, 2], boxes[numbers, 3]) >= _DUST * unit
    seeds = numbers[large]
    plan = np.zeros((frame.height // _STEP + 2, frame.width // _STEP + 2), np.uint8)
    for number in seeds:
        _draw(plan, frame, int(number))
    reach = max(1, round(_GAP * unit / 2 / _STEP))
    plan = cv2.dilate(plan, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)).astype(np.uint8, copy=False)
    labels, _ = connected(plan)
    middles = (boxes[:, :2] + boxes[:, 2:4] // 2) // _STEP
    of_seed = np.array([_label(labels, boxes[number]) for number in seeds], dtype=np.int64)
    dust = numbers[~large]
    of_dust = labels[middles[dust, 1], middles[dust, 0]].astype(np.int64)
    numbers, owners = np.concatenate([seeds, dust]), np.concatenate([of_seed, of_dust])
    order = np.argsort(owners, kind="stable")
    numbers, owners = numbers[order], owners[order]
    starts = np.searchsorted(owners, np.arange(1, int(labels.max()) + 2))
    return tuple(group_of(frame, numbers[first:last]) for first, last in pairwise(starts) if last > first)


def group_of(frame: Frame, numbers: Integers) -> Group:
    """Make a group of some pieces."""
    boxes = frame.pieces.boxes[numbers]
    right, bottom = (boxes[:, 0] + boxes[:, 2]).max(), (boxes[:, 1] + boxes[:, 3]).max()
    box = Box(left=int(boxes[:, 0].min()), top=int(boxes[:, 1].min()), right=int(right), bottom=int(bottom))
    return Group(numbers=numbers, box=box)


def _draw(plan: np.ndarray, frame: Frame, number: int) -> None:
    """Draw a piece into the plan: a large one as it runs."""
    left, top, width, height = (int(value) for value in frame.pieces.boxes[number, :4])
    if max(width, height) < _DRAWN_PX:
        plan[top // _STEP : (top + height - 1) // _STEP + 1, left // _STEP : (left + width - 1) // _STEP + 1] = 1
        return
    _, ink = pixels_of(frame, number)
    rows, columns = np.nonzero(ink)
    plan[(rows + top) // _STEP, (columns + left) // _STEP] = 1


def _label(labels: np.ndarray, piece: np.ndarray) -> int:
    """Return the group of a piece: that of any of its ink."""
    left, top, width, height = (int(value) for value in piece[:4])
    inside = labels[top // _STEP : (top + height - 1) // _STEP + 1, left // _STEP : (left + width - 1) // _STEP + 1]
    values = inside[inside > 0]
    return int(np.bincount(values).argmax())
