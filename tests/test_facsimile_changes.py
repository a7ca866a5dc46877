"""Changes on pressed pages: stamps struck as a whole, words put for others, words taken back, words lost."""

from dataclasses import replace

import numpy as np
import pytest
from pressed import block_of, document, marks_of, page_of, stamp

from scanfix.errors import ToolMissingError
from scanfix.facsimile.asked import faces
from scanfix.facsimile.asked.document import Paragraph, Run
from scanfix.facsimile.asked.marking import Print, Stamp, Stroke
from scanfix.facsimile.asked.markup import runs
from scanfix.model.transcript import Element, Inline

try:
    faces.digests()
except ToolMissingError as missing:  # pragma: no cover - the machine has no faces
    pytest.skip(str(missing), allow_module_level=True)

COPY = Stamp(
    family="copy-status",
    page=1,
    x_in=1.5,
    y_in=2.0,
    turn_deg=2.0,
    capital_in=0.14,
    rows=((Print(text="RECORD COPY"),),),
)


def inserted(*children: Inline) -> Element:
    """Describe what a hand wrote in."""
    return Element(name="inserted", children=children)


def deleted(text: str) -> Element:
    """Describe what a hand took out."""
    return Element(name="deleted", children=(text,))


def test_a_stamp_that_is_struck_differs_from_its_twin_by_the_stroke() -> None:
    struck, plain = (page_of(document(stamps=(replace(COPY, stroke=one),))) for one in (Stroke(), None))
    (mark,), (twin,) = (marks_of(page, "stamp") for page in (struck, plain))
    assert (mark.box, mark.text, mark.status, mark.shape) == (twin.box, "RECORD COPY", "struck", "horizontal")
    assert twin.status is None
    rows, columns = np.nonzero(struck.pixels != plain.pixels)
    (line,) = (evidence.box for evidence in mark.evidence if evidence.box)
    drawn = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert max(abs(a - b) for a, b in zip(drawn, line.edges, strict=True)) <= 2
    assert block_of(struck, "stamp").children == (Element(name="struck", children=("RECORD COPY",)),)


def test_every_row_of_a_struck_stamp_is_struck() -> None:
    page = page_of(document(stamps=(replace(stamp(), stroke=Stroke(shape="x")),)))
    rows = [part for part in block_of(page, "stamp").children if part != "\n"]
    assert len(rows) == 7
    assert all(isinstance(row, Element) and row.attribute("shape") == "x" for row in rows)


def test_words_written_beside_deleted_ones_are_put_for_them() -> None:
    page = page_of(document("She {-would-} {+will+} come, {-if at all-} soon."))
    assert block_of(page, "paragraph").children == (
        "She ",
        Element(name="substitution", children=(deleted("would"), inserted("will"))),
        " come, ",
        deleted("if at all"),
        " soon.",
    )


def test_a_hand_takes_back_words_of_its_own() -> None:
    texts = ("He is {+as {-far as-} we know+} ill.", "He is {+as far as we know+} ill.")
    page, twin = (page_of(document(text)) for text in texts)
    assert block_of(page, "paragraph").children == ("He is ", inserted("as ", deleted("far as"), " we know"), " ill.")
    changed = page.pixels < twin.pixels
    assert changed.any()
    (hand,) = marks_of(twin, "handwriting")
    rows, columns = np.nonzero(changed)
    assert hand.box.left < columns.min() < columns.max() < hand.box.right
    assert hand.box.top <= rows.min() < rows.max() <= hand.box.bottom


def test_words_that_are_not_what_the_hand_wrote_are_not_taken_back() -> None:
    run = Run(text="as we know", style="inserted", taken_back="you think")
    page = page_of(replace(document(), paragraphs=(Paragraph(runs=(Run(text="He is "), run, Run(text=" ill."))),)))
    assert block_of(page, "paragraph").children == ("He is ", inserted("as we know"), " ill.")


def test_what_is_lost_before_a_paragraph_is_said_to_be() -> None:
    paragraph = Paragraph(runs=runs("we have never thought so."), lost="~1 line")
    page = page_of(replace(document(), paragraphs=(paragraph,)))
    lost = Element(name="lost", attributes=(("extent", "~1 line"),))
    assert block_of(page, "paragraph").children == (lost, "\nwe have never thought so.")
