"""However a sheet is bent, copied or coloured, the truth's boxes hold its ink to two pixels."""

from dataclasses import replace

import numpy as np
import pytest
from pressed import BARE, document, marks_of, page_of, secret, stamp

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.look import Look
from scanfix.images import Mask
from scanfix.model.geometry import Box

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

BORDERED = replace(BARE, border_in=(0.2, 0.2, 0.2, 0.2), bed=255)
LOOKS = {
    "curled": replace(BORDERED, warp_in=0.06),
    "curled and turned": replace(BORDERED, warp_in=0.04, skew_deg=-1.7),
    "copied twice": replace(BORDERED, generations=2, skew_deg=0.8),
    "in colours": replace(BORDERED, is_colour=True, warp_in=0.03, ragged=0.3),
    "in two tones": replace(BORDERED, is_bilevel=True, is_local=True, ragged=0.3, tidied=True),
    "fine and thick": replace(BORDERED, dpi=300, spread=0.002, blur_px=0.8, jpeg_quality=60),
}


def dark(look: Look, seed: int = 7) -> tuple[Mask, tuple[tuple[str, Box], ...]]:
    """Press a page; return its ink and the boxes of its words and markings."""
    page = page_of(document("Wide words and a few short ones fill a line", look=look, markings=(secret(),)), seed)
    grey = page.pixels if page.pixels.ndim < 3 else page.pixels.min(axis=2)
    marks = ((mark.kind, mark.box) for mark in marks_of(page, "classification"))
    return grey < 140, (*((word.text, word.box) for word in page.text.words), *marks)


@pytest.mark.parametrize("name", LOOKS)
def test_every_box_is_filled_to_its_edges(name: str) -> None:
    look = LOOKS[name]
    ink, boxes = dark(look)
    assert len(boxes) == 13
    for text, box in boxes:
        near = box.grow(6)
        rows, columns = np.nonzero(ink[near.top : near.bottom, near.left : near.right])
        edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        found = Box.of([float(edge) for edge in edges]).shift(x=near.left, y=near.top)
        gaps = [abs(a - b) for a, b in zip(found.edges, box.edges, strict=True)]
        assert max(gaps) <= 2, (text, found, box)


def test_no_ink_lies_outside_the_boxes_of_a_curled_page() -> None:
    ink, boxes = dark(LOOKS["curled and turned"])
    outside = ink.copy()
    for _, box in boxes:
        outside[box.top - 1 : box.bottom + 1, box.left - 1 : box.right + 1] = False
    assert not outside.any()


def test_a_stamp_on_a_curled_page_keeps_its_boxes() -> None:
    look = LOOKS["curled"]
    page = page_of(document("Halm", look=look, stamps=(stamp(),)))
    boxes = marks_of(page, "checkbox")
    assert boxes
    for mark in boxes:
        cut = page.pixels[mark.box.top : mark.box.bottom, mark.box.left : mark.box.right] < 140
        # The frame of the box touches all four edges of its truth.
        assert all(edge.any() for edge in (cut[:3], cut[-3:], cut[:, :3], cut[:, -3:]))
