"""The press's markup: what each sign of it asks for, and that bad signs are refused."""

import pytest

from scanfix.errors import SettingsError
from scanfix.facsimile.asked.document import Columns, Flow, Gap, Paragraph, Run, Table
from scanfix.facsimile.asked.marking import Stroke
from scanfix.facsimile.asked.markup import paragraphs, runs


def one(text: str) -> Flow:
    """Read a text of one part."""
    (part,) = paragraphs(text, blank=1.0, quote_leading=0.5)
    return part


def paragraph(text: str) -> Paragraph:
    """Read a text of one paragraph."""
    part = one(text)
    assert isinstance(part, Paragraph)
    return part


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("**loud**", Run(text="loud", style="doubled")),
        ("<<TITLE>>", Run(text="TITLE", style="spaced")),
        ("_<<TITLE>>_", Run(text="TITLE", style="spaced", is_underlined=True)),
        ("#/slashed/#", Run(text="slashed", style="slashed")),
        ("{+put in+}", Run(text="put in", style="inserted", stroke=Stroke(ink="blue"))),
        ("{-left out-}", Run(text="left out", style="deleted", stroke=Stroke(ink="blue"))),
        ("{~old~new~}", Run(text="new", ghost="old")),
        ("[^1]", Run(text="1", style="raised")),
        ("[^*]", Run(text="*", style="raised")),
        (
            "~~gone~~{shape=double coverage=partial width_in=0.02 ink=blue}",
            Run(
                text="gone",
                style="struck",
                stroke=Stroke(shape="double", coverage="partial", width_in=0.02, ink="blue"),
            ),
        ),
        (
            "~~/gone~~{angle_deg=-12.5}",
            Run(text="gone", style="struck", stroke=Stroke(shape="rising", angle_deg=-12.5)),
        ),
    ],
)
def test_each_sign_gives_its_run(text: str, run: Run) -> None:
    assert runs(f"a {text} b") == (Run(text="a "), run, Run(text=" b"))


def test_a_quotation_stands_in_on_both_sides_with_its_own_leading() -> None:
    quotation = paragraph('" So they said.')
    assert (quotation.indent, quotation.hanging, quotation.inset, quotation.leading) == (10, 5, 5, 0.5)


def test_a_footnote_has_its_sign_as_label() -> None:
    note = paragraph("[^2]: See above.")
    assert (note.kind, note.label, note.runs) == ("footnote", "2", (Run(text="See above."),))


def test_three_signs_of_equality_begin_a_sheet() -> None:
    first, second = paragraphs("one\n\n===\n\ntwo", blank=1.0)
    assert isinstance(second, Paragraph)
    assert second.starts_sheet
    assert isinstance(first, Paragraph)
    assert not first.starts_sheet


def test_a_block_strike_stands_before_every_other_opening() -> None:
    heading = paragraph("~x1 =2 GONE")
    assert (heading.kind, heading.blank_before, heading.stroke, heading.stroke_id) == (
        "heading",
        2.0,
        Stroke(shape="x"),
        "k1",
    )
    assert paragraph("~- each line").stroke == Stroke(shape="horizontal")


def test_a_gap_leaves_rows() -> None:
    assert one("@2.5") == Gap(rows=2.5, blank_before=1.0)


def test_a_table_is_as_wide_as_its_cells_and_numbers_stand_flush_right() -> None:
    assert one("| Item | Tons |\n|---|---|\n| Coal | 3,100 |\n| Iron ore | 42 |") == Table(
        rows=(("Item", "Tons"), ("Coal", "3,100"), ("Iron ore", "42")),
        starts=(0, 17),
        alignments=("left", "right"),
        leading=0.5,
    )


def test_a_table_without_a_rule_has_no_head() -> None:
    table = one("| a | b |\n| c | d |")
    assert isinstance(table, Table)
    assert not table.has_head


def test_columns_hold_paragraphs() -> None:
    columns = one("[[\n\n: a\n\n: b\n\n||\n\n: c\n\n]]")
    assert isinstance(columns, Columns)
    assert [[part.runs[0].text for part in column] for column in columns.parts] == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("so ~~he said", 'the sign "~~" is not closed'),
        ("so {+he said", 'the sign "{" is not closed'),
        ("~~gone~~{shape=wavy}", "a stroke has no shape=wavy"),
        ("~~gone~~{size=2}", "a stroke has no size=2"),
        ("| a | b |\n| c |", "the rows of a table have as many cells"),
        ("| a | b |\nc", 'does not begin and end with "|"'),
        ("[[\n\n: a", "a paragraph must follow"),
        ("[[\n\n||\n\n: a\n\n]]", "a column holds nothing"),
        ("===", "a paragraph must follow"),
        ("]]", "it stands alone"),
    ],
)
def test_bad_markup_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SettingsError, match="facsimile: markup") as caught:
        paragraphs(text, blank=1.0)
    assert message in str(caught.value)
