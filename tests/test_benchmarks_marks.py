"""The benchmark of marks counts what it says: figures, strata, and whether systems differ by chance."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_judged import FAR, PLACE, entry, judged, mark, row, secret
from rich.console import Console

from benchmarks.marks import markings, matching, struck
from benchmarks.marks.figures import Figures, Share, apart, f1, mcnemar
from benchmarks.marks.pages import Known, Line, some
from scanfix.model.geometry import Box

# Figures


def test_a_share_of_nothing_has_no_rate_and_no_interval() -> None:
    assert str(Share(part=0, whole=0)) == "–"
    assert str(Share(part=9, whole=10)) == "0.900 [0.60, 0.98] 9/10"


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_mcnemar_is_a_probability_and_does_not_mind_who_is_first(pairs: list[tuple[bool, bool]]) -> None:
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    assert 0 < mcnemar(ours, theirs) <= 1
    assert mcnemar(ours, theirs) == mcnemar(theirs, ours)
    assert mcnemar(ours, ours) == 1


def test_ten_items_that_one_system_alone_gets_right_are_hardly_chance() -> None:
    assert mcnemar([True] * 10, [False] * 10) == pytest.approx(2 / 1024)


def test_intervals_that_do_not_touch_are_apart() -> None:
    assert apart(Share(part=95, whole=100), Share(part=20, whole=100)) == "yes"
    assert apart(Share(part=9, whole=10), Share(part=7, whole=10)) == "no"


def test_f1_of_nothing_is_none() -> None:
    assert f1(right=0, missed=0, alarms=0) is None
    assert f1(right=8, missed=2, alarms=2) == pytest.approx(0.8)


def test_a_table_prints_brackets_and_its_command_as_they_are() -> None:
    figures = Figures(
        title="Marks [x]",
        origin="real",
        headings=("", "n"),
        rows=(("a [b]", Share(part=1, whole=2)),),
        command="run [--x]",
    )
    out = StringIO()
    figures.show(Console(file=out, width=120))
    assert all(text in out.getvalue() for text in ("Marks [x] (real)", "a [b]", "1/2", "run [--x]"))
    rows = figures.record()["rows"]
    assert isinstance(rows, list)
    assert rows[0]["command"] == "run [--x]"
    assert rows[0]["n"]["rate"] == 0.5


def test_pages_are_chosen_evenly() -> None:
    pages = [Known(group="cib", name=str(number), run=Path()) for number in range(10)]
    assert [page.name for page in some(pages, 3)] == ["0", "3", "6"]
    assert some(pages, None) == pages


def test_pages_of_a_bulletin_are_one_document() -> None:
    names = ("cib_02733136-p001", "cib_02733136-p006")
    assert {Known(group="cib", name=name, run=Path()).document for name in names} == {"cib_02733136"}


# Section A


def test_a_struck_marking_that_is_found_active_is_found_but_not_called_struck() -> None:
    page = judged(
        truth=(secret("struck"),),
        found=(secret("active"),),
        entries=(entry("A", "horizontal", status="struck", shape="bar"),),
    )
    _, n, found, called, right, _, others, _, _ = row(struck.strata([page])[0], "horizontal")
    assert (n, others) == (1, 0)
    assert [str(cell)[-3:] for cell in (found, called, right)] == ["1/1", "0/1", "0/1"]


def test_an_unstruck_twin_that_is_called_struck_costs_precision() -> None:
    pages = [
        judged(
            truth=(secret("struck"),), found=(secret("struck"),), entries=(entry("A", "diagonal", status="struck"),)
        ),
        judged(
            truth=(secret("active"),),
            found=(secret("struck"),),
            entries=(entry("A", "diagonal", status="active", side="negative", lookalike="tick"),),
        ),
    ]
    assert str(row(struck.strata(pages)[0], "diagonal")[-1]).endswith("1/2")
    shapes = {figures.title: figures for figures in struck.strata(pages)}
    assert str(row(shapes["A struck: lookalike"], "tick")[7]).endswith("1/1")


def test_what_only_grazes_counts_on_neither_side() -> None:
    page = judged(
        truth=(secret("uncertain"),), found=(secret("struck"),), entries=(entry("A", "graze", status="uncertain"),)
    )
    tables = struck.strata([page])
    assert row(tables[0], "graze")[1] == 0
    assert str(tables[-1].rows[0][1]).endswith("1/1")


def test_a_struck_body_word_found_as_a_marking_counts_and_another_wording_does_not() -> None:
    word = mark("strikethrough", text="their cause", status="struck")
    given = entry("A", "body", status="struck")
    as_marking = judged(truth=(word,), found=(secret("struck"),), entries=(given,))
    assert matching.answers([as_marking], "A")[0].said == "struck"
    other = judged(truth=(secret("struck"),), found=(replace(secret("struck"), text="TOP SECRET"),), entries=(given,))
    assert matching.answers([other], "A")[0].found is None


def test_a_part_of_a_struck_paragraph_is_no_false_alarm_and_a_word_elsewhere_is() -> None:
    block = mark("strikethrough", Box(left=100, top=100, right=900, bottom=400), status="struck", extent="block")
    part = mark("strikethrough", Box(left=100, top=100, right=900, bottom=140), status="struck")
    page = judged(
        truth=(block,),
        found=(block, part, mark("strikethrough", FAR, status="struck")),
        entries=(entry("A", "block", status="struck"),),
    )
    name, recall, precision, harmonic = row(struck.body([page]), "all three")
    assert (name, str(recall)[-3:], str(precision)[-3:]) == ("all three", "1/1", "1/2")
    assert harmonic == pytest.approx(2 / 3)


def test_a_baseline_that_errs_stands_beside_scanfix_with_its_chance() -> None:
    pages = [
        judged(
            truth=(secret("struck"),),
            found=(secret("struck"),),
            by_baseline={"B0 never struck": (secret("active"),)},
            group="cib",
        )
        for _ in range(12)
    ]
    (table,) = markings.systems(pages, real=True)
    assert str(row(table, "scanfix")[5]).endswith("12/12")
    assert str(row(table, "B0 never struck")[3]).endswith("0/12")
    assert row(table, "B0 never struck")[-2:] == ("yes", "0.0005")


def test_a_document_that_fails_widens_what_documents_show() -> None:
    good, bad = Share(part=9, whole=9), Share(part=0, whole=9)
    assert markings.by_document([good] * 5) == "1.000 [1.00, 1.00]"
    assert markings.by_document([*[good] * 4, bad]).startswith("0.800 [0.40, 1.00]")
    assert markings.by_document([]) == "–"


def test_letters_of_a_marking_that_was_not_found_are_all_missing() -> None:
    pages = [
        judged(truth=(secret("struck"),), found=(replace(secret("struck"), text="SECRFT"),)),
        judged(truth=(secret("struck"),)),
    ]
    table = markings.letters(pages, real=False)
    assert row(table, "struck, found")[1:] == (1, pytest.approx(100 / 6))
    assert row(table, "struck, all")[1:] == (2, pytest.approx(700 / 12))


def test_a_struck_line_needs_a_struck_mark_on_its_rows() -> None:
    lines = (Line(box=PLACE, is_struck=True), Line(box=FAR, is_struck=True))
    found = (mark("strikethrough", PLACE, status="struck"), mark("strikethrough", FAR, status="active"))
    (table,) = struck.struck_lines([judged(group="struck-fr", lines=lines, found=found)])
    assert str(row(table, "all")[1]).endswith("1/2")
