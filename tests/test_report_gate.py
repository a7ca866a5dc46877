"""The gate's answer as people, machines and continuous integration read it."""

import json
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree as ET

import gates
import pytest
from gates import compare, page, record
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.model.gate import FactResult, Fate, GateResult, MarkingFate, Record, Stratum
from scanfix.report import gate_json, gate_page, gate_text, gate_xml
from scanfix.report.gate_rows import headline, tables

NASTY = '<script>alert("1|2")</script> & *Karsovia*\x0c\x00'
NAMES = [f"scan-{index}" for index in range(8)]


def result_of_trouble() -> GateResult:
    """Return a failed comparison with something in every table."""
    dates = tuple(Stratum(name="token: date", counts=gates.edits(wrong, 9)) for wrong in (1, 3))
    before = record(*(page(name, strata=dates[:1], markings=(gates.fate("active", "active"),)) for name in NAMES))
    after = record(
        page(NAMES[0], wrong=200, strata=dates[1:], markings=(gates.fate("active", "uncertain"),)),
        *(page(name, wrong=29, strata=dates[1:], markings=(gates.fate("active", "active"),)) for name in NAMES[1:]),
    )
    known = gates.fact(holds=False, text="No. 40")
    facts = (gates.fact(holds=False, text=NASTY), known, gates.fact(holds=True, text="No. 42"))
    return compare(replace(before, failed_facts=(known.name,)), replace(after, settings="d4"), *facts)


def passed() -> GateResult:
    run = record(*(page(name) for name in NAMES))
    return compare(run, run)


def cases(result: GateResult) -> dict[str, ET.Element]:
    """Read the cases of the JUnit report by name."""
    root = ET.fromstring(gate_xml.write(result))  # noqa: S314 - our own text
    return {case.get("name", ""): case for case in root.iter("testcase")}


def said(case: ET.Element, tag: str) -> str:
    return "".join(part.text or "" for part in case.iter(tag))


# Lines


def test_the_terminal_shows_verdict_rates_reasons_pages_and_facts() -> None:
    lines = gate_text.lines(result_of_trouble())
    assert lines[0].startswith(
        "gate: failed (policy archival/1, view body; 8 pages, 8 documents that weigh as much as 8.0"
    )
    assert lines[1].startswith("CER 1.67 % -> 4.20 %: +2.53 points, 95 % interval ")
    assert "failed: scan-0 p. 1: its CER rose by 15.0 points" in lines
    assert "scan-0 p. 1: 74 % of the new errors, characters wrong 20 before, 200 now" in lines
    assert "… and 3 more pages in gate.md" in lines
    assert "facts: 1 of 3 hold" in lines
    assert "known failure: memo/p0001 present No. 40" in lines


def test_a_run_that_passed_needs_three_lines() -> None:
    assert len(gate_text.lines(passed())) == 3


def test_a_run_without_any_change_does_not_claim_to_find_the_smallest() -> None:
    assert gate_text.lines(passed())[1].endswith("+0.00 points, no page changed, margin 0.30")
    assert "0.00 | 1.000" not in gate_text.markdown(passed())


def test_a_refusal_is_an_error_in_xml_and_a_list_in_markdown() -> None:
    faults = ("memo p. 1: its image is another", "the policy was raw/1")
    case = next(ET.fromstring(gate_xml.refusal(faults)).iter("error"))  # noqa: S314 - our own
    assert (case.get("message"), case.text) == (faults[0], "\n".join(faults))
    assert gate_text.refusal(faults).count("\n- ") == 2


def test_a_new_baseline_names_a_page_of_which_nothing_was_read() -> None:
    told = gate_text.accepted(record(page()), record(page(wrong=1200, read=0)))
    assert "worse: memo p. 1: characters wrong 20 before, 1200 now, nothing was read" in told


def test_a_new_baseline_names_the_markings_that_it_loses() -> None:
    def with_fate(found: Fate) -> Record:
        fate = MarkingFate(mark_id="m1", text="SECRET", status="active", found=found)
        return record(page(markings=(fate,)))

    told = gate_text.accepted(with_fate("active"), with_fate("missing"))
    assert "marking: memo p. 1: SECRET (m1, active) was active, now missing" in told


def test_a_small_sample_is_called_too_small_and_not_passed() -> None:
    small = compare(record(page()), record(page(wrong=21)))
    assert headline(small).startswith("sample too small (")
    assert gate_text.lines(small)[1].endswith("+0.08 points, no interval")


def test_a_new_baseline_tells_pages_that_came_and_went() -> None:
    before, after = record(page("a"), page("b")), record(page("b", wrong=10), page("c"), page("d"), policy="raw/1")
    told = gate_text.accepted(before, after)
    assert told[:2] == (
        "new baseline: 3 pages (2 new, 1 gone), 1 better, 0 worse",
        "policy archival/1 before, raw/1 now",
    )


# Markdown


def test_the_markdown_has_a_table_for_everything() -> None:
    text = gate_text.markdown(result_of_trouble())
    for title in ("Reasons", "Error rates", "Pages", "Kinds of tokens, regions and documents", "Facts", "Made by"):
        assert f"\n### {title}\n" in text
    assert "| settings \\(sha256) |" not in text
    assert "| settings (sha256) | c3 | d4 |" in text
    assert "| token: date | 8/72 | 24/72 | +22.22 |" in text


def test_tables_without_rows_are_left_out() -> None:
    assert [table.title for table in tables(passed())] == ["Error rates", "Pages", "Made by"]


def test_every_row_of_markdown_has_the_cells_of_its_heading() -> None:
    for block in gate_text.markdown(result_of_trouble()).split("\n\n"):
        bars = {line.replace("\\|", "").count("|") for line in block.splitlines() if line.startswith("|")}
        assert len(bars) <= 1


def test_what_a_page_says_is_escaped_in_markdown() -> None:
    assert r'\<script\>alert("1\|2")' in gate_text.markdown(result_of_trouble())


def test_a_lost_page_is_called_lost() -> None:
    text = gate_text.markdown(compare(record(page()), record(page(lost=True, image=""))))
    assert "| lost | – | b2 |" in text


# JSON


def test_json_has_counts_differences_and_both_runs() -> None:
    tree = json.loads(gate_json.write(result_of_trouble()))
    assert (tree["schema"], tree["verdict"]) == ("scanfix.gate/1", "failed")
    assert tree["rates"][0]["name"] == "CER"
    assert tree["rates"][0]["difference"] == pytest.approx(243 / 9600)
    assert tree["pages"][0]["page"] == "scan-0 p. 1"
    assert (tree["pages"][0]["added"], tree["pages"][0]["before"]["image"]) == (180, "a1#1")
    assert (tree["before"]["settings"], tree["after"]["settings"]) == ("c3", "d4")
    assert [fact["is_known"] for fact in tree["facts"]] == [False, True, False]


@given(gates.pairs())
@settings(max_examples=20, deadline=None)
def test_json_never_holds_what_json_does_not_know(runs: tuple[Record, Record]) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    assert json.loads(gate_json.write(compare(*runs)), parse_constant=refuse)["verdict"]


# JUnit


def test_every_rate_page_and_fact_is_a_case() -> None:
    names = list(cases(result_of_trouble()))
    assert names[:3] == ["CER", "WER", "kinds and scorers"]
    assert names[3:11] == [f"{name} p. 1" for name in NAMES]
    assert len(names) == 14


def test_failures_and_warnings_stand_with_their_case() -> None:
    by_name = cases(result_of_trouble())
    assert said(by_name["scan-0 p. 1"], "failure") == "page-far-worse: its CER rose by 15.0 points"
    assert said(by_name["scan-0 p. 1"], "system-out").startswith("warned: the active marking SECRET (m1)")
    assert said(by_name["scan-1 p. 1"], "failure") == ""
    assert said(by_name["kinds and scorers"], "system-out").startswith("warned: token: date: WER rose by 22.22 points")
    assert said(by_name["memo/p0001 present No. 40"], "system-out") == "known failure: nearest is nothing"


def test_the_suite_counts_its_failures() -> None:
    root = ET.fromstring(gate_xml.write(result_of_trouble()))  # noqa: S314 - our own text
    assert (root.get("tests"), root.get("failures")) == ("14", str(len(list(root.iter("failure")))))


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_xml_is_well_formed_whatever_a_fact_says(text: str) -> None:
    run = record(page())
    fact = FactResult(page="memo/p0001", kind="present", statement=text, holds=False, found=text)
    assert len(cases(compare(run, run, fact))) == 5


# HTML


def test_html_needs_nothing_else_and_escapes_what_pages_say() -> None:
    text = gate_page.write(result_of_trouble())
    assert "<title>Gate: failed</title>" in text
    assert "default-src 'none'" in unescape(text)
    assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in text
    assert "src=" not in text.replace("img-src", "")
    assert text.count("<h2>") == 6
