"""From what was read of a stamp to its marks: the stamp itself, its check boxes, and what a hand wrote in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scanfix.images import Mask
from scanfix.marks.stamps.boxes import Choice, Tick, choice_of
from scanfix.marks.stamps.columns import Columns
from scanfix.marks.stamps.fillins import FillIn
from scanfix.marks.stamps.reading import Impression, LineRead
from scanfix.marks.stamps.values import Value, facts, filled, in_print
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark
from scanfix.model.text import CropText

# Two stamps that share more of their ground are one seen twice; stamps that were struck over each other share less.
_SAME_GROUND = 0.5
# A line shows where that share of its capitals' band is ink.
_LEAST_INK = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """A stamp with all that was read of it."""

    impression: Impression
    columns: Columns
    ticks: tuple[Tick, ...]
    fills: tuple[FillIn, ...]
    said: Mapping[str, Sequence[CropText]]


def apart(stamps: Sequence[Impression]) -> tuple[Impression, ...]:
    """Of stamps found twice, keep the one of which more was read."""
    kept: list[Impression] = []
    for one in sorted(stamps, key=lambda one: -one.letters):
        ground = _ground(one)
        if all(
            max(ground.share_inside(_ground(other)), _ground(other).share_inside(ground)) < _SAME_GROUND
            for other in kept
        ):
            kept.append(one)
    return tuple(kept)


def marks_of(found: Found) -> Iterator[Mark]:
    """Yield the marks of a stamp."""
    stamp = found.impression
    ticks = found.ticks
    choices = tuple(_choices(found))
    values = (*facts(stamp), *in_print(stamp), *filled(stamp, found.fills, found.said))
    ink = Box.around([*_ink_boxes(found), *(fill.box for fill in found.fills), *(tick.box for tick in ticks)])
    read = {value.name: value for value in values}
    fields = [
        ("family", stamp.printed.family.family),
        ("role", stamp.printed.family.role),
        ("rotation_deg", f"{_anticlockwise(stamp.patch.angle_deg):g}"),
        *((value.name, value.text) for value in read.values()),
        *((tick.name, tick.state) for tick in ticks),
        *((choice.name, choice.value) for choice in choices),
    ]
    evidence = [
        Evidence(name="family.letters", value=round(stamp.letters, 1)),
        Evidence(name="family.share", value=round(stamp.share, 3)),
        *(_evidence(stamp, f"field.{value.name}", value.confidence, value.box) for value in read.values()),
        *(_evidence(stamp, f"field.{tick.name}", tick.confidence, tick.box) for tick in ticks),
        *(_evidence(stamp, f"field.{choice.name}", choice.confidence, choice.box) for choice in choices),
    ]
    quad = stamp.patch.to_frame.quad(ink)
    text = "\n".join(row.text for row in stamp.lines if row.text)
    yield Mark(
        mark_id="",
        kind="stamp",
        box=quad.box,
        quad=quad,
        text=text,
        confidence=_confidence(stamp),
        fields=tuple(fields),
        evidence=tuple(evidence),
    )
    yield from (_checkbox(stamp, tick) for tick in ticks)
    yield from _handwriting(found, read)


def _evidence(stamp: Impression, name: str, value: float, box: Box) -> Evidence:
    """Return a field's evidence, with its place in the frame."""
    return Evidence(name=name, value=round(value, 3), box=stamp.patch.to_frame.box(box))


def _checkbox(stamp: Impression, tick: Tick) -> Mark:
    """Return the mark of a check box."""
    evidence = (
        Evidence(name="ink.middle", value=round(tick.middle, 3)),
        Evidence(name="ink.window", value=round(tick.ink, 3)),
        _evidence(stamp, "field.state", tick.confidence, tick.box),
    )
    return Mark(
        mark_id="",
        kind="checkbox",
        box=stamp.patch.to_frame.box(tick.box),
        confidence=tick.confidence,
        fields=(("name", tick.name), ("state", tick.state)),
        evidence=evidence,
    )


def _handwriting(found: Found, values: Mapping[str, Value]) -> Iterator[Mark]:
    """Yield what a hand wrote into a stamp's fields."""
    stamp = found.impression
    for fill in found.fills:
        field = stamp.printed.family.field.get(fill.name)
        value = values.get(fill.name)
        if field is None or field.by != "hand" or (value and _is_dater(value.text)):
            continue
        yield Mark(
            mark_id="",
            kind="handwriting",
            box=stamp.patch.to_frame.box(fill.box),
            text=value.text if value else "",
            confidence=value.confidence if value else 0.5,
            fields=(("in_stamp", "true"), ("field", fill.name)),
        )


def _is_dater(text: str) -> bool:
    """Tell whether a date was stamped: daters have months in capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 2 and all(sign.isupper() for sign in letters)


def _choices(found: Found) -> Iterator[Choice]:
    """Yield the choices of a stamp that can be judged."""
    stamp = found.impression
    for row in stamp.lines:
        for item in row.line.items:
            field = stamp.printed.family.field.get(item.text)
            if item.kind == "choice" and field is not None:
                choice = choice_of(stamp, found.columns, row, item, field.values)
                if choice is not None:
                    yield choice


def _ground(stamp: Impression) -> Box:
    """Return the ground of a stamp in the frame: of the lines that were read."""
    boxes = [row.box for row in stamp.lines if row.is_read]
    return stamp.patch.to_frame.box(Box.around(boxes))


def _ink_boxes(found: Found) -> Iterator[Box]:
    """Yield the boxes of the ink of a stamp's lines in the patch."""
    stamp, columns = found.impression, found.columns
    for row in stamp.lines:
        left, right = columns.at(row.line, 0.0), columns.at(row.line, row.line.width)
        box = Box.of((max(0.0, left - 4), max(0, row.box.top - 3), right + 4, row.box.bottom + 3)).intersect(
            stamp.patch.box
        )
        ink = stamp.patch.ink[box.top : box.bottom, box.left : box.right]
        if row.is_read or (ink.size and float(ink.mean()) >= _LEAST_INK):
            yield _tight(row, box, ink)


def _tight(row: LineRead, box: Box, ink: Mask) -> Box:
    """Return the box of the ink in a box, itself where there is none."""
    rows, columns = np.nonzero(ink)
    if not rows.size:
        return row.box
    return Box(
        left=box.left + int(columns.min()),
        top=box.top + int(rows.min()),
        right=box.left + int(columns.max()) + 1,
        bottom=box.top + int(rows.max()) + 1,
    )


def _confidence(stamp: Impression) -> float:
    """Return how sure a stamp is: by the share of its print that was read."""
    return round(min(0.99, 0.5 + 0.5 * stamp.share), 3)


def _anticlockwise(angle_deg: float) -> float:
    """Return a clockwise angle as an anticlockwise one, above -180 up to 180 degrees."""
    turned = -angle_deg % 360.0
    return round(turned - 360.0 if turned > 180.0 else turned, 2)
