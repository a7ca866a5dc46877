"""The failures as one file of pictures, for ``out/`` only: it holds pieces of the corpus."""

import base64
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from PIL import Image, ImageDraw

from benchmarks.marks.failing import Failure, failures
from benchmarks.marks.matching import IsEvent
from benchmarks.marks.seeking import Judged
from scanfix.model.geometry import Box

# More are not looked at, and the file must open at once.
_MOST = 600
# Around a failure, in inches: what stands beside it is often the cause.
_MARGIN_IN = 0.12
_WIDTH_PX, _HEIGHT_PX, _QUALITY = 460, 230, 55
# A frame stands off its ink, so that an outline is seen.
_OFF_PX = 2
_TRUE, _FOUND = (0, 120, 60), (200, 60, 0)
_TEMPLATE = Path(__file__).with_name("failures.html")


class _Shown(NamedTuple):
    """A failure as it stands on the sheet."""

    name: str
    expected: str
    found: str
    picture: str


def sheet(judged: Sequence[Judged], is_event: IsEvent, *, most: int = _MOST) -> tuple[int, str]:
    """Draw the failures, at most so many: how many, and the page."""
    listed = failures(judged, is_event, most=most)
    shown = dict(zip(map(id, listed), _pictures(listed), strict=True))
    groups = {group: [shown[id(one)] for one in part] for group, part in groupby(listed, key=lambda one: one.group)}
    # The template is our own and what it shows is escaped.
    template = Environment(autoescape=True).from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return len(listed), template.render(groups=groups, number=len(listed), most=most)


def _pictures(listed: Sequence[Failure]) -> Iterator[_Shown]:
    """Cut each failure out of its page; a page is opened once for failures in a row."""
    for image, part in groupby(listed, key=lambda one: one.page.image):
        with Image.open(image) as scan:
            page = scan.convert("L")
        for one in part:
            yield _Shown(one.page.known.name, one.expected, one.found, _picture(page, one))


def _picture(page: Image.Image, one: Failure) -> str:
    """Draw a piece of a page with both boxes, as a data URI."""
    margin = round(_MARGIN_IN * one.page.dpi)
    place = one.box.grow(margin).clip(width=page.width, height=page.height)
    if not place.area:
        return ""
    crop = page.crop(place.edges).convert("RGB")
    width = crop.width
    crop.thumbnail((_WIDTH_PX, _HEIGHT_PX))
    scale = crop.width / width
    for box, colour in ((one.true_box, _TRUE), (one.found_box, _FOUND)):
        if box:
            _frame(crop, box.shift(x=-place.left, y=-place.top), scale, colour)
    content = BytesIO()
    crop.save(content, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(content.getvalue()).decode()}"


def _frame(crop: Image.Image, box: Box, scale: float, colour: tuple[int, int, int]) -> None:
    """Draw a box on a picture."""
    left, top, right, bottom = (round(edge * scale) for edge in box.edges)
    corners = (left - _OFF_PX, top - _OFF_PX, max(left, right - 1) + _OFF_PX, max(top, bottom - 1) + _OFF_PX)
    ImageDraw.Draw(crop).rectangle(corners, outline=colour)
