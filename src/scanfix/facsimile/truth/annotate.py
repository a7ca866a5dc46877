"""The marks of a pressed page as the truth has them: observed, never guessed."""

from collections.abc import Iterator
from dataclasses import replace

from scanfix.facsimile.asked.document import Style
from scanfix.facsimile.truth import marking_truth, stamp_truth
from scanfix.facsimile.truth.marking_truth import simple, stroke_evidence, stroke_status
from scanfix.facsimile.truth.record import Printed, word_id
from scanfix.facsimile.typed.inked import InkedBlock
from scanfix.facsimile.typed.typewriter import Stretch
from scanfix.model.mark import Mark

_UNNUMBERED = ""
_STRIKES: frozenset[Style] = frozenset({"struck", "deleted", "overtyped", "slashed"})


def page_marks(printed: Printed) -> tuple[Mark, ...]:
    """Return the marks of a page from top to bottom, numbered in that order."""
    marks = list(marking_truth.marks(printed))
    marks += stamp_truth.marks(printed)
    marks += _all_typed(printed)
    marks.sort(key=lambda mark: (mark.box.top, mark.box.left, mark.kind))
    return tuple(replace(mark, mark_id=f"m{number}") for number, mark in enumerate(marks, start=1))


def _all_typed(printed: Printed) -> Iterator[Mark]:
    """Describe every struck, underlined, inserted or deleted stretch of typing, and blocks cancelled as a whole."""
    for block, inked in enumerate(printed.running):
        if inked.strokes:
            yield _cancelled(printed, inked, block)
        for row, typed in enumerate(inked.rows):
            for stretch in typed.stretches:
                mark = _typed(printed, stretch, tuple(word_id(block, row, word) for word in stretch.words))
                if mark is not None:
                    yield mark


def _cancelled(printed: Printed, inked: InkedBlock, block: int) -> Mark:
    """Describe the strokes that cancel a whole block."""
    words = [
        (word_id(block, place, number), word.text)
        for place, _ in inked.typed.lines
        for number, word in enumerate(inked.rows[place].words)
        if word.ink
    ]
    return Mark(
        mark_id=_UNNUMBERED,
        kind="strikethrough",
        box=printed.on_page(inked.ink),
        text=" ".join(text for _, text in words),
        confidence=1.0,
        status="struck",
        status_confidence=1.0,
        shape=inked.strokes[0].shape,
        fields=(("by", "pen"), ("extent", "block")),
        evidence=tuple(one for stroke in inked.strokes for one in stroke_evidence(printed, stroke)),
        word_ids=tuple(name for name, _ in words),
    )


def _typed(printed: Printed, stretch: Stretch, names: tuple[str, ...]) -> Mark | None:
    """Describe what was done to a stretch of typing, ``None`` where it is only set apart."""
    if stretch.run.style == "underlined" or stretch.run.is_underlined:
        mark = simple("underline", printed.on_page(stretch.seconds), fields=())
        return replace(mark, text=stretch.text, word_ids=names)
    if stretch.run.style == "inserted":
        mark = simple("handwriting", printed.on_page(stretch.ink), fields=(("inserts", "true"),))
        return replace(mark, text=stretch.text, word_ids=names)
    if stretch.run.style == "deleted" and stretch.brackets:
        mark = simple("handwriting", printed.on_page(stretch.brackets), fields=(("deletes", "true"),))
        return replace(mark, word_ids=names)
    if stretch.run.style not in _STRIKES:
        return None
    stroke = stretch.stroke
    box = printed.on_page(stretch.ink)
    return Mark(
        mark_id=_UNNUMBERED,
        kind="strikethrough",
        box=box,
        text=stretch.text,
        confidence=1.0,
        status=stroke_status(printed, stroke, box) if stroke else "struck",
        status_confidence=1.0,
        shape=stroke.shape if stroke else None,
        fields=(("by", "pen" if stroke else "type"),),
        evidence=stroke_evidence(printed, stroke) if stroke else (),
        word_ids=names,
    )
