"""Which box a code explains: the one in which it stands, else the one beside it or below it."""

from collections.abc import Sequence
from math import exp

from scanfix.model.geometry import Box

# A code beside its box stands at its height; where codes stand one under the other, or the box hides the lines after a
# heading, up to 0.8 inch above or below it.
_REACH_PX = 240
# Height decides; of two boxes at one height the nearer one.
_SIDEWAYS = 0.12
_INSIDE = 0.5
_SURE_INSIDE = 0.97
_SURE_BESIDE = 0.95
_FALL_PX = 200.0
# A box that has a code already is as good as one that stands so much further.
_TAKEN_PX = 40


def bind(codes: Sequence[Box], boxes: Sequence[Box]) -> tuple[tuple[int, float] | None, ...]:
    """Bind each code to a box.

    Returns
    -------
    tuple of (int, float) or None
        For each code the box's place in ``boxes`` and how sure, 0 to 1; ``None`` where no box is near.
    """
    bound: list[tuple[int, float] | None] = [None] * len(codes)
    for index, code in enumerate(codes):
        inside = [place for place, box in enumerate(boxes) if code.share_inside(box) >= _INSIDE]
        if inside:
            bound[index] = (min(inside, key=lambda place: boxes[place].area), _SURE_INSIDE)
    taken = {entry[0] for entry in bound if entry}
    near = [
        (cost, index, place)
        for index, code in enumerate(codes)
        if bound[index] is None
        for place, box in enumerate(boxes)
        if (cost := _distance(code, box)) is not None
    ]
    while near:
        cost, index, place = min((cost + _TAKEN_PX * (place in taken), index, place) for cost, index, place in near)
        bound[index] = (place, _SURE_BESIDE * exp(-cost / _FALL_PX))
        taken.add(place)
        near = [entry for entry in near if entry[1] != index]
    return tuple(bound)


def _distance(code: Box, box: Box) -> float | None:
    """Return how far a code stands from a box that it may explain, ``None`` where too far."""
    middle = code.centre[1]
    height = max(0.0, box.top - middle, middle - box.bottom)
    beside = max(0, code.left - box.right, box.left - code.right)
    return height + _SIDEWAYS * beside if height <= _REACH_PX else None
