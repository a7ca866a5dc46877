"""The benchmark of marks counts what it says: stamps, fields, boxes, codes, alarms and failures."""

import base64
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from marks_judged import FAR, PLACE, entry, judged, mark, row, secret
from PIL import Image

from benchmarks import baselines
from benchmarks.marks import failing, failures, filled, matching, quiet, stamped, trust, withheld
from benchmarks.marks.figures import Share
from benchmarks.marks.pages import Line
from scanfix.model.geometry import Box
from scanfix.model.mark import Evidence, Mark

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
