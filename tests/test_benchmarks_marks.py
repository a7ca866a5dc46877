"""The benchmark of marks counts what it says: strata, fields, boxes, alarms, and whether systems differ by chance."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from rich.console import Console

from benchmarks import baselines
from benchmarks.marks import failing, failures, filled, markings, matching, quiet, stamped, struck, trust, withheld
from benchmarks.marks.figures import Figures, Share, apart, f1, mcnemar
from benchmarks.marks.pages import Known, Line, some
from benchmarks.marks.seeking import Judged
from scanfix.facsimile.matrix.manifest import Entry
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark, MarkKind, MarkStatus

PLACE = Box(left=100, top=100, right=300, bottom=140)
FAR = Box(left=100, top=600, right=300, bottom=640)
BASELINES = (
    *("B0 never struck", "B1 all at head or foot struck", "B2 dash fingerprint", "B3 middle-third Hough"),
    *("B4 exact keyword", "B4s DECLASSIFIED read", "rectangles by contour"),
)


def mark(
    kind: MarkKind,
    box: Box = PLACE,
    *,
    text: str = "",
    status: MarkStatus | None = None,
    sure: float | None = None,
    mark_id: str = "m1",
    evidence: tuple[Evidence, ...] = (),
    **fields: str,
) -> Mark:
    return Mark(
        mark_id=mark_id,
        kind=kind,
        box=box,
        text=text,
        confidence=0.9,
        status=status,
        status_confidence=sure,
        fields=tuple(fields.items()),
        evidence=evidence,
    )


def secret(status: MarkStatus, box: Box = PLACE, *, mark_id: str = "m1", sure: float | None = None) -> Mark:
    return mark("classification", box, text="SECRET", status=status, mark_id=mark_id, sure=sure)


SECRET = (secret("struck"),)


def entry(section: str, stratum: str, *, box: Box = PLACE, mark_id: str = "m1", **options: str) -> Entry:
    levels = {name: value for name, value in options.items() if name not in ("status", "family", "side")}
    return Entry(
        specimen="s1",
        page="page",
        mark_id=mark_id,
        box=box,
        section=section,  # type: ignore[arg-type]
        stratum=stratum,
        is_positive=options.get("side") != "negative",
        status=options.get("status", "none"),  # type: ignore[arg-type]
        family=options.get("family", ""),
        levels=tuple(levels.items()),
    )


def judged(
    *,
    truth: tuple[Mark, ...] = (),
    found: tuple[Mark, ...] = (),
    entries: tuple[Entry, ...] = (),
    group: str = "matrix",
    lines: tuple[Line, ...] = (),
    name: str = "page",
    by_baseline: Mapping[str, tuple[Mark, ...]] | None = None,
    image: Path = Path("page.png"),
) -> Judged:
    known = Known(group=group, name=name, run=Path("run"), marks=truth, lines=lines, entries=entries)
    others: dict[str, tuple[Mark, ...]] = {**dict.fromkeys(BASELINES, ()), **(by_baseline or {})}
    return Judged(known=known, found=found, upright=found, by_baseline=others, image=image, dpi=300.0, cpu_s=0.1)


def row(figures: Figures, name: str) -> tuple[object, ...]:
    return next(row for row in figures.rows if row[0] == name)


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


# Stamps


SURE = (Evidence(name="field.doc_no", value=0.9, box=PLACE),)


def reviewer(*, family: str = "cia-reviewer", evidence: tuple[Evidence, ...] = (), **fields: str) -> Mark:
    stamp = mark("stamp", evidence=evidence, family=family)
    return replace(stamp, fields=(*stamp.fields, *fields.items()))


def test_fields_are_exact_wrong_absent_or_invented() -> None:
    truth = reviewer(doc_no="26", date="12-15-79", next_review="[?]", no_change="checked")
    found = reviewer(doc_no="26", date="12-15-78", next_review="2009", evidence=SURE)
    (table,) = filled.fields([judged(truth=(truth,), found=(found,))], "cia-reviewer", real=True)
    assert [str(cell)[-3:] for cell in row(table, "doc_no")[1:4]] == ["1/1", "0/1", "0/1"]
    assert [str(cell)[-3:] for cell in row(table, "date")[1:4]] == ["0/1", "1/1", "0/1"]
    assert str(row(table, "next_review")[4]).endswith("1/1")
    assert [row(table, name)[5] for name in ("doc_no", "date", "next_review")] == [0, 1, 1]


def test_a_checked_declassified_box_that_is_empty_on_the_page_is_counted_alone() -> None:
    truth = reviewer(no_change="checked", declassified="unchecked")
    found = reviewer(no_change="checked", declassified="checked")
    (table,) = filled.boxes([judged(truth=(truth,), found=(found,))], real=True)
    assert row(table, "declassified: unchecked")[1] == 1
    assert str(row(table, "false ☒ DECLASSIFIED")[-1]).endswith("1/1")
    assert str(row(table, "all")[-1]).endswith("1/2")


def test_a_declassified_box_on_a_stamp_that_is_not_there_is_false_too() -> None:
    assert filled.false_declassified([judged(found=(reviewer(declassified="checked"),))]) == Share(part=1, whole=1)


def test_a_box_that_only_a_check_box_mark_tells_of_counts() -> None:
    box = mark("checkbox", Box(left=120, top=110, right=130, bottom=120), name="no_change", state="checked")
    page = judged(truth=(reviewer(no_change="checked"),), found=(reviewer(), box))
    assert [(name, found) for (name, _), found, _ in filled.box_states(page)] == [("no_change", "checked")]


def test_a_stamp_of_another_family_at_the_place_is_told_apart_from_nothing() -> None:
    given = entry("B", "stamp", family="cia-reviewer", rotation="3", boxes="none")
    pages = [
        judged(truth=(reviewer(),), found=(reviewer(family="cia-loan"),), entries=(given,)),
        judged(truth=(reviewer(),), entries=(given,)),
    ]
    table = stamped.strata(pages, lambda mark: mark.field("family") == "cia-reviewer")[0]
    _, n, right, other, _, _ = row(table, "known families")
    assert (n, str(right)[-3:], str(other)[-3:]) == (2, "0/2", "1/2")


def test_of_two_stamps_that_overlap_each_is_held_against_its_own_family() -> None:
    below, above = PLACE.shift(x=0, y=8), PLACE
    truth = (replace(reviewer(), box=below), replace(reviewer(family="nara"), box=above, mark_id="m2"))
    found = (replace(reviewer(family="nara"), box=below), replace(reviewer(), box=above))
    page = judged(truth=truth, found=found, entries=(entry("B", "stamp", family="cia-reviewer"),))
    (answer,) = matching.answers([page], "B")
    assert answer.found
    assert answer.found.field("family") == "cia-reviewer"


def test_a_seal_that_is_taken_for_an_event_is_counted() -> None:
    page = judged(found=(reviewer(),), entries=(entry("B", "none", mark_id="", side="negative", lookalike="seal"),))
    table = stamped.strata([page], lambda mark: mark.field("family") == "cia-reviewer")[-1]
    assert str(row(table, "none: seal")[-1]).endswith("1/1")
    assert stamped.false_events([page], lambda _: True).rows[0][2] == 1


def test_a_stamp_at_its_place_under_its_name_is_no_false_event() -> None:
    page = judged(truth=(reviewer(),), found=(reviewer(), mark("stamp", FAR, family="nara")), group="cib")
    assert stamped.false_events([page], lambda _: True).rows[0][:3] == ("cib covers", 1, 1)


def test_pages_with_the_reviewers_stamp_stand_beside_the_keyword() -> None:
    keyword = {"B4s DECLASSIFIED read": (mark("stamp"),)}
    pages = [
        judged(truth=(reviewer(),), found=(reviewer(),), group="cib"),
        judged(by_baseline=keyword, group="cib"),
    ]
    table = stamped.reviewers(pages)
    assert row(table, "scanfix")[3] == 1.0
    assert str(row(table, "B4s DECLASSIFIED read")[2]).endswith("0/1")


# Withheld


def box_of(name: str, box: Box = PLACE, *, said: str = "") -> Mark:
    fields = (("name", name), ("style", "outlined"), *((("code", said),) if said else ()))
    return replace(mark("redaction", box, mark_id=name), fields=fields)


def code(box: Box, *, bound: Box | None = None, of: str = "") -> Mark:
    evidence = (Evidence(name="bound.redaction", value=0.9, box=bound),) if bound else ()
    fields = (("redaction", of),) if of else ()
    return replace(mark("exemption", box, text="3.5(c)", mark_id="c", evidence=evidence), fields=fields)


CODE = Box(left=320, top=105, right=380, bottom=130)


@pytest.mark.parametrize(("bound", "right"), [(PLACE, "1/1"), (FAR, "0/1"), (None, "0/1")])
def test_a_code_is_bound_right_only_to_its_own_box(bound: Box | None, right: str) -> None:
    page = judged(
        truth=(box_of("r1", said="3.5(c)"), box_of("r2", FAR), code(CODE, of="r1")),
        found=(box_of("x"), code(CODE, bound=bound)),
        entries=(entry("C", "withheld", mark_id="r1", cover="outlined"),),
    )
    assert str(row(withheld.strata([page])[0], "all")[-1]).endswith(right)
    assert str(row(withheld.bindings([page], real=False), "box named by truth")[1]).endswith(right)


def test_where_truth_names_no_box_one_at_the_codes_height_is_right() -> None:
    page = judged(truth=(box_of("r1"), box_of("r2", FAR), code(CODE)), found=(code(CODE, bound=PLACE),), group="cib")
    assert str(row(withheld.bindings([page], real=True), "one box at its height")[1]).endswith("1/1")


def test_a_table_that_is_called_a_redaction_is_an_alarm_and_a_notice_of_pages_is_not() -> None:
    given = entry("C", "withheld", mark_id="", side="negative", lookalike="table")
    for style, said in (("outlined", "1/1"), ("pages", "0/1")):
        page = judged(found=(mark("redaction", style=style),), entries=(given,))
        assert str(row(withheld.strata([page])[-1], "table")[1]).endswith(said)


def test_banners_need_date_and_number() -> None:
    truth = mark("banner", text="Approved", date="2019/03/14", number="C02733136")
    found = mark("banner", text="Approved", date="2019-03-14", number="C02733135")
    table = withheld.banners([judged(truth=(truth,), found=(found,))], real=True)
    assert [str(row(table, name)[1])[-3:] for name in ("date", "number", "date and number exact")] == [
        "1/1",
        "0/1",
        "0/1",
    ]


def test_rectangles_among_the_contours_are_empty_or_black_and_frames_and_text_are_not() -> None:
    page = np.full((600, 800), 255, np.uint8)
    page[100:102, 100:300] = page[178:180, 100:300] = page[100:180, 100:102] = page[100:180, 298:300] = 0
    page[300:360, 100:300] = 0
    page[400:402, 400:600] = 0
    found = sorted(mark.box.edges for mark in baselines.white_boxes(page))
    assert [edges[:2] for edges in found] == [(100, 100), (100, 300)]


# What must stay quiet


def test_an_underlined_word_that_is_called_struck_is_counted_with_its_words() -> None:
    line = mark("underline", Box(left=100, top=142, right=300, bottom=146), text="RADICAL PARTY")
    page = judged(truth=(line,), found=(mark("strikethrough", text="PARTY", status="struck"),))
    assert row(quiet.underlined([page]), "matrix")[1:] == (Share(part=1, whole=1), 2, 1)
    calm = judged(truth=(line,), found=(mark("strikethrough", status="uncertain"),))
    assert row(quiet.underlined([calm]), "matrix")[3] == 0


def test_handwriting_counts_where_most_of_it_is_covered() -> None:
    note = mark("handwriting", form="note")
    page = judged(truth=(note,), found=(mark("handwriting", PLACE.grow(60)),))
    assert row(quiet.handwriting([page]), "matrix: note")[1] == Share(part=1, whole=1)


def test_every_mark_on_a_clean_page_is_told() -> None:
    page = judged(found=(secret("active"),), entries=(entry("A", "clean", mark_id="", side="negative"),))
    assert row(quiet.clean([page]), "matrix, clean pages: classification")[1:] == (1, 1, 1.0, 0)
    assert row(quiet.clean([page]), "matrix, clean pages: stamp")[1:] == (1, 0, 0.0, 0)


def test_a_check_box_in_a_true_stamp_is_no_false_mark() -> None:
    box = mark("checkbox", Box(left=120, top=110, right=130, bottom=120), name="no_change", state="checked")
    page = judged(truth=(reviewer(no_change="checked"),), found=(reviewer(), box), group="cib")
    assert row(quiet.clean([page]), "cib: checkbox")[2] == 0


def test_a_status_that_is_left_to_people_costs_coverage_and_no_risk() -> None:
    pages = [
        judged(truth=(secret("struck"),), found=(secret("active", sure=0.55),)),
        judged(truth=(secret("struck"),), found=(secret("struck", sure=0.95),)),
        judged(truth=(secret("struck"),), found=(secret("uncertain", sure=0.5),)),
    ]
    table = trust.risk(pages, real=False)
    assert row(table, "0.00")[1:] == (Share(part=2, whole=3), Share(part=1, whole=2))
    assert row(table, "0.90")[1:] == (Share(part=1, whole=3), Share(part=0, whole=1))
    assert trust.calibration(pages, real=False).rows[0][1] == pytest.approx((0.55 + 0.05) / 2)


# Failures


def test_every_kind_of_failure_is_shown_with_a_picture_and_none_twice(tmp_path: Path) -> None:
    image = tmp_path / "page.png"
    Image.new("L", (1000, 1000), 255).save(image)
    filled_in = reviewer(doc_no="26", no_change="checked")
    pages = [
        judged(truth=(secret("struck"),), found=(secret("active"), secret("active", FAR)), group="cib", image=image),
        judged(truth=(secret("struck"), mark("handwriting", FAR)), group="cib", image=image),
        judged(
            truth=(filled_in,),
            found=(reviewer(doc_no="28"),),
            group="cib",
            image=image,
        ),
        judged(group="struck-fr", lines=(Line(box=PLACE, is_struck=True),), image=image),
        judged(truth=(secret("struck"),), entries=(entry("A", "other", status="struck", shape="x"),), image=image),
        judged(truth=(reviewer(),), entries=(entry("B", "stamp", family="cia-reviewer"),), image=image),
        judged(truth=(box_of("r1"),), entries=(entry("C", "withheld", mark_id="r1"),), image=image),
        judged(found=(secret("active"),), entries=(entry("A", "clean", mark_id="", side="negative"),), image=image),
    ]
    groups = [one.group for one in failing.failures(pages, lambda _: False, most=600)]
    for part in (
        "status of",
        "classification missed",
        "classification false",
        "handwriting",
        "fields, doc_no",
        "boxes",
    ):
        assert sum(part in group for group in groups) == 1, part
    drawn = ("struck line missed", "A other: not", "B cia-reviewer missed", "C withheld: missed", "clean pages")
    assert all(sum(part in group for group in groups) == 1 for part in drawn)
    number, page = failures.sheet(pages, lambda _: False)
    assert number == len(groups) == page.count("<figure>")
    picture = page.partition('src="data:image/jpeg;base64,')[2].partition('"')[0]
    assert base64.b64decode(picture)[:2] == b"\xff\xd8"
    assert "http" not in page.replace("http-equiv", "")


def test_a_group_with_many_failures_does_not_push_out_one_with_few() -> None:
    many = judged(found=tuple(secret("active", PLACE.shift(x=0, y=60 * n)) for n in range(20)), group="cib")
    few = judged(truth=(mark("banner", text="Approved"),), group="cib")
    groups = [one.group for one in failing.failures([many, few], lambda _: False, most=4)]
    assert "cib: banner missed" in groups
    assert len(groups) == 4
