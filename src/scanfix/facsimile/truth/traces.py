"""Where pens went on a page, for the press's own record: every line that cancels something, in the scan's pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from scanfix.facsimile.marked.pen import PenStroke
from scanfix.facsimile.marked.strokes import Path
from scanfix.facsimile.surface.lie import Lie
from scanfix.facsimile.truth.record import Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedStroke:
    """The lines of a stroke, points on their middles in the scan's pixels, and what it cancels.

    ``text`` is that of a marking or word, the family of a stamp, or what blocks cancelled together are called.
    """

    text: str
    shape: str
    width_px: float
    paths: tuple[Path, ...]


def pressed_strokes(printed: Printed) -> tuple[PressedStroke, ...]:
    """Return the strokes of a page: through markings, stamps, whole blocks, and words."""
    on_sheet = (_pressed(printed.to_page, text, stroke) for text, stroke in _strokes(printed))
    in_stamps = (
        _pressed(printed.to_page.after(inked.to_sheet), inked.stamp.family, inked.stroke)
        for inked in printed.stamps
        if inked.stroke
    )
    return (*on_sheet, *in_stamps)


def _strokes(printed: Printed) -> Iterator[tuple[str, PenStroke]]:
    """Give what is cancelled on the sheet, and the stroke."""
    for inked in printed.markings:
        if inked.stroke is not None:
            yield inked.marking.text, inked.stroke
    for block in printed.running:
        for stroke in block.strokes:
            yield block.typed.stroke_id, stroke
        for row in block.rows:
            for stretch in row.stretches:
                if stretch.stroke is not None:
                    yield stretch.text, stretch.stroke


def _pressed(lie: Lie, text: str, stroke: PenStroke) -> PressedStroke:
    """Map a stroke; a tenth of a pixel is finer than any eye."""
    paths = tuple(
        tuple((round(x, 1), round(y, 1)) for x, y in (lie.point(*point) for point in path)) for path in stroke.paths
    )
    return PressedStroke(text=text, shape=stroke.shape, width_px=round(stroke.width_px, 2), paths=paths)
