"""A contact sheet of the worst lines: pictures, what was read, the truth, and why; one file, for ``out/`` only."""

import base64
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from PIL import Image

from benchmarks.causes import Cause, Examined, tally
from scanfix.model.comparison import AlignedLine
from scanfix.model.geometry import Box
from scanfix.model.page import PageId
from scanfix.model.text import BODY_KINDS
from scanfix.model.transcript import MASK
from scanfix.pipeline import CLEAN, STORE_FOLDER
from scanfix.store import Store

# Lines of each set, and of each page: one broken page must not fill the sheet.
_LINES, _LINES_OF_PAGE = 10, 2
# A line that was not read is looked for among those of the truth, and among those kept apart.
_ALIKE = 0.6
# Of a line's height, around it: what crosses the line from above or below is often the cause.
_MARGIN = 0.6
_WIDTH_PX, _QUALITY = 1100, 70

_TEMPLATE = Path(__file__).with_name("worst.html")


class _Bad(NamedTuple):
    """A line with errors, before it has a picture."""

    page: Examined
    line: AlignedLine
    causes: tuple[Cause | None, ...]


class _Shown(NamedTuple):
    """A line as it stands on the sheet; ``picture`` is a data URI or empty."""

    name: str
    errors: int
    causes: str
    picture: str
    line: AlignedLine


def sheet(system: str, examined: Sequence[Examined]) -> str:
    """Write the contact sheet of a system's worst lines, set by set."""
    names = dict.fromkeys(one.page.group for one in examined)
    worst = {name: _worst([one for one in examined if one.page.group == name]) for name in names}
    sets = {name: [_shown(bad) for bad in lines] for name, lines in worst.items()}
    # The template is our own and what it shows is escaped.
    template = Environment(autoescape=True).from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(system=system, sets=sets, most=_LINES, most_of_page=_LINES_OF_PAGE, mask=MASK)


def _worst(examined: Sequence[Examined]) -> list[_Bad]:
    """Choose the lines with the most errors."""
    chosen: list[_Bad] = []
    for one in examined:
        lines = [_Bad(one, line, causes) for line, causes in zip(one.lines, one.causes, strict=True)]
        chosen += sorted(lines, key=_errors, reverse=True)[:_LINES_OF_PAGE]
    return [bad for bad in sorted(chosen, key=_errors, reverse=True) if _errors(bad)][:_LINES]


def _errors(bad: _Bad) -> int:
    """Count the errors of a line."""
    return bad.line.counts.errors


def _shown(bad: _Bad) -> _Shown:
    """Give a line its picture and say what is wrong with it."""
    causes = ", ".join(f"{cause} {number}" for cause, number in tally(bad.line, bad.causes).most_common())
    return _Shown(bad.page.page.name, _errors(bad), causes, next(_pictures(bad), ""), bad.line)


def _pictures(bad: _Bad) -> Iterator[str]:
    """Give pictures of a line: where it was read, or where the truth has it, or where it was kept apart."""
    page, line = bad.page.page, bad.line
    if line.box:
        yield _picture(_upright(bad.page), line.box)
        return
    wanted = " ".join(words.reference_text for words in line.words)
    true = _nearest(wanted, [(one.text, one.box) for one in page.lines])
    if true:
        yield _picture(page.image, true)
    # What is in the running text stands in a row of its own.
    regions = bad.page.text.regions if bad.page.text else ()
    apart = [line for region in regions if region.kind not in BODY_KINDS for line in region.lines]
    read = _nearest(wanted, [(one.text, one.box) for one in apart])
    if read:
        yield _picture(_upright(bad.page), read)


def _nearest(wanted: str, lines: Sequence[tuple[str, Box]]) -> Box | None:
    """Return the place of the line that is most like a text, if any is."""
    likeness, box = max(
        ((SequenceMatcher(None, wanted, text, autojunk=False).ratio(), box) for text, box in lines),
        key=lambda entry: entry[0],
        default=(0.0, None),
    )
    return box if likeness >= _ALIKE else None


def _upright(one: Examined) -> Path:
    """Return the upright page."""
    where = PageId(scan_id=one.page.name, number=1).place
    return Path(Store(one.run / STORE_FOLDER).read(where, CLEAN).upright.path)


def _picture(file: Path, box: Box) -> str:
    """Cut a line out of an image, as a data URI."""
    with Image.open(file) as image:
        place = box.grow(round(_MARGIN * box.height)).clip(width=image.width, height=image.height)
        if not place.area:
            return ""
        crop = image.crop(place.edges).convert("L")
    crop.thumbnail((_WIDTH_PX, _WIDTH_PX))
    content = BytesIO()
    crop.save(content, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(content.getvalue()).decode()}"
