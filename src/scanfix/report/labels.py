"""Labels on the picture of a page: each beside its box, none over a box or another label where there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanfix.model.geometry import Box

# Height of letters as a share of the page's width, so that they can be read on a picture of any size.
_LETTER_SHARE = 0.016
# A letter of a sans-serif face in bold is about 0.6 of its size wide on average; 0.64 keeps wide words on their ground.
_LETTER_WIDTH = 0.64
_LINE_HEIGHT = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label in pixels of the upright page: its ground, the start of its baseline, the size of its letters."""

    text: str
    ground: Box
    left: float
    base: float
    size: float


def place_labels(boxes: Sequence[Box], texts: Sequence[str], *, width_px: int, height_px: int) -> tuple[Label, ...]:
    """Place a label for each box: right of it, else left, above, below, else on it; always inside the page."""
    size = width_px * _LETTER_SHARE
    taken = list(boxes)
    labels = []
    for box, text in zip(boxes, texts, strict=True):
        length, height = (len(text) * _LETTER_WIDTH + 0.6) * size, _LINE_HEIGHT * size
        places = [_inside(place, width_px, height_px) for place in _places(box, length, height)]
        ground = next((place for place in places if not _meets(place, taken)), places[0])
        taken.append(ground)
        labels.append(Label(text=text, ground=ground, left=ground.left + 0.3 * size, base=ground.top + size, size=size))
    return tuple(labels)


def _places(box: Box, length: float, height: float) -> Iterator[Box]:
    """Give the places beside a box, best first."""
    middle = (box.top + box.bottom - height) / 2
    corners = (
        (box.right, middle),
        (box.left - length, middle),
        (box.left, box.top - height),
        (box.left, box.bottom),
        (box.right - length, box.top - height),
        (box.right - length, box.bottom),
        (box.left, box.top),
    )
    return (Box.of((left, top, left + length, top + height)) for left, top in corners)


def _inside(place: Box, width_px: int, height_px: int) -> Box:
    """Push a place into the page."""
    return place.shift(
        x=max(0, -place.left) + min(0, width_px - place.right),
        y=max(0, -place.top) + min(0, height_px - place.bottom),
    )


def _meets(place: Box, taken: Sequence[Box]) -> bool:
    """Tell whether a place lies over a box or another label."""
    return any(place.intersect(other).area for other in taken)
