"""A finished run goes through the gate: against its baseline, or as the new one."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import fakes
import pytest
from gated import LINES, Wrote, write_run, write_truth
from typer.testing import CliRunner

from scanfix import batch, gating
from scanfix.cli import app
from scanfix.errors import BaselineMismatch, GateFailed, GroundTruthError, StoreError
from scanfix.families import read_families
from scanfix.gating import GateLimits
from scanfix.model.gate import GateResult
from scanfix.model.page import PageId
from scanfix.model.score import EditCounts, KindEdits
from scanfix.scoring.facts import Reading, judge, read_facts
from scanfix.scoring.page import score_page
from scanfix.scoring.policy import POLICIES
from scanfix.settings import Settings
from scanfix.truth import notation

ROOT = Path(__file__).parent.parent
PAGES = tuple(Wrote(scan_id=name) for name in ("cabinet", "depot", "despatch", "estimate"))


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    write_truth(tmp_path / "truth", *PAGES)
    return tmp_path / "truth"


def accept(out: Path, truth: Path) -> tuple[str, ...]:
    return gating.accept(out, truth, Settings(), baseline=truth / gating.BASELINE, policy="archival")


def gate(out: Path, truth: Path, limits: GateLimits | None = None) -> GateResult:
    baseline = truth / gating.BASELINE
    return gating.gate(out, truth, Settings(), baseline=baseline, limits=limits or GateLimits(), policy="archival")


def gated(tmp_path: Path, truth: Path, *pages: Wrote, facts: str = "", failed: tuple[str, ...] = ()) -> GateResult:
    """Accept a perfect run, then gate one with these pages in place of its own."""
    (truth / gating.FACTS).write_text(facts, encoding="utf-8")
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    by_name = {page.scan_id: page for page in (*PAGES, *pages)}
    write_run(tmp_path / "out", *by_name.values(), failed=failed)
    return gate(tmp_path / "out", truth)


def reasons(result: GateResult) -> set[tuple[str, str | None]]:
    return {
        (reason.rule, str(reason.page) if reason.page else None)
        for reason in result.reasons
        if reason.verdict == "failed"
    }


# The verdict


def test_the_same_run_passes_and_leaves_four_reports(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth)
    assert (result.verdict, result.reasons) == ("passed", ())
    assert {path.name for path in (tmp_path / "out").glob("gate.*")} == {
        "gate.json",
        "gate.md",
        "gate.xml",
        "gate.html",
    }
    for path in (tmp_path / "out").glob("gate.*"):
        assert str(tmp_path) not in path.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "gate.json").read_bytes())["schema"] == "scanfix.gate/1"
    assert (tmp_path / "out" / "gate.xml").read_text(encoding="utf-8").count("<testcase") == len(PAGES) + 3


def test_the_settings_on_record_are_those_that_made_the_run(tmp_path: Path, truth: Path) -> None:
    first = gated(tmp_path, truth)
    summary = tmp_path / "out" / "summary.json"
    told = json.loads(summary.read_bytes())
    told["settings"]["clean"]["is_on"] = False
    summary.write_text(json.dumps(told), encoding="utf-8")
    assert gate(tmp_path / "out", truth).after.settings != first.after.settings == first.before.settings


def test_a_run_without_its_settings_is_not_finished(tmp_path: Path, truth: Path) -> None:
    gated(tmp_path, truth)
    summary = tmp_path / "out" / "summary.json"
    summary.write_text(summary.read_text(encoding="utf-8").replace('"settings"', '"lost"'), encoding="utf-8")
    with pytest.raises(StoreError, match=r"summary\.json"):
        gate(tmp_path / "out", truth)


def test_a_run_that_is_still_going_on_is_not_judged(tmp_path: Path, truth: Path) -> None:
    gated(tmp_path, truth)
    with batch.locked(tmp_path / "out"), pytest.raises(StoreError, match="another run of scanfix works there"):
        gate(tmp_path / "out", truth)


def test_a_refusal_leaves_no_report_of_an_earlier_comparison(tmp_path: Path, truth: Path) -> None:
    gated(tmp_path, truth)
    (truth / "depot" / "p0001.marks.json").unlink()
    with pytest.raises(BaselineMismatch):
        gate(tmp_path / "out", truth)
    assert sorted(path.name for path in (tmp_path / "out").glob("gate.*")) == ["gate.md", "gate.xml"]
    assert "its ground truth was changed" in (tmp_path / "out" / "gate.xml").read_text(encoding="utf-8")


def test_a_file_is_no_run(tmp_path: Path, truth: Path) -> None:
    gated(tmp_path, truth)
    with pytest.raises(StoreError, match="Name the folder of a run"):
        gate(truth / gating.BASELINE, truth)


def test_a_fact_about_a_page_that_the_truth_does_not_have_is_refused(tmp_path: Path, truth: Path) -> None:
    with pytest.raises(GroundTruthError, match=r"facts\.jsonl: depto/p0001: no page of the ground truth"):
        gated(tmp_path, truth, facts='{"page": "depto/p0001", "kind": "present", "text": "ferries"}')


def test_a_page_that_a_run_does_not_have_is_lost(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    write_run(tmp_path / "out", *PAGES[1:])
    result = gate(tmp_path / "out", truth)
    assert ("page-lost", "cabinet p. 1") in reasons(result)
    assert ("active-lost", "cabinet p. 1") in reasons(result)


def test_a_page_that_failed_is_lost_though_an_earlier_run_left_its_text(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, failed=("depot",))
    assert ("page-lost", "depot p. 1") in reasons(result)


def test_a_page_without_words_is_empty(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, replace(PAGES[0], lines=()))
    assert ("page-empty", "cabinet p. 1") in reasons(result)


def test_a_page_in_a_loop_is_repetitive(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, replace(PAGES[0], lines=(*LINES, *LINES, *LINES)))
    assert ("page-repetitive", "cabinet p. 1") in reasons(result)


@pytest.mark.parametrize(("marking", "rule"), [(None, "active-lost"), ("struck", "marking-turned")])
def test_an_active_marking_that_is_lost_or_struck_fails(tmp_path: Path, truth: Path, marking: None, rule: str) -> None:
    result = gated(tmp_path, truth, replace(PAGES[0], marking=marking))
    assert reasons(result) == {(rule, "cabinet p. 1")}


def test_a_truth_without_marks_is_gated_by_its_text(tmp_path: Path, truth: Path) -> None:
    for file in truth.glob("*/*.marks.json"):
        file.unlink()
    assert gated(tmp_path, truth, replace(PAGES[0], marking=None)).verdict == "passed"


def test_kinds_of_documents_are_told_apart(tmp_path: Path, truth: Path) -> None:
    printed = truth / "depot" / "p0001.md"
    printed.write_text(printed.read_text(encoding="utf-8").replace("typewritten", "printed"), encoding="utf-8")
    names = {stratum.name for stratum in gated(tmp_path, truth).strata}
    assert {"production: typewritten", "production: printed"} <= names


def test_kinds_of_tokens_and_regions_are_told_apart_where_they_are_scored() -> None:
    counts = EditCounts(hits=3, substitutions=1)
    tokens, regions = ((KindEdits(kind=kind, counts=counts),) for kind in ("date", "footnote"))
    transcript = notation.parse("Karsovia", file="p0001.md", page_id=PAGES[0].page_id)
    score = score_page(PAGES[0].page_id, reference="a", hypothesis="a", policy=POLICIES["archival"])
    found = tuple(gating._strata(replace(score, tokens=tokens, regions=regions), transcript))
    assert [(one.name, one.counts) for one in found] == [("token: date", counts), ("region: footnote", counts)]


# Facts

FACTS = """{"page": "cabinet/p0001", "kind": "present", "text": "Port Tessin"}
{"page": "cabinet/p0001", "kind": "active", "text": "SECRET", "in": "head"}
{"page": "depot/p0001", "kind": "absent", "text": "SECRET", "in": "body"}
"""


def test_facts_are_judged_by_what_the_run_published(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, replace(PAGES[0], lines=LINES[1:]), facts=FACTS)
    assert {fact.name: fact.holds for fact in result.facts} == {
        'cabinet/p0001 present "Port Tessin"': False,
        'cabinet/p0001 active "SECRET" in head': True,
        'depot/p0001 absent "SECRET" in body': True,
    }
    assert ("fact-failed", None) in reasons(result)


def test_a_fact_that_the_baseline_failed_too_is_known(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, facts='{"page": "depot/p0001", "kind": "present", "text": "Karsovia"}\n')
    assert result.verdict == "passed"
    assert [fact.is_known for fact in result.facts] == [True]


def test_a_fact_about_a_lost_page_fails(tmp_path: Path, truth: Path) -> None:
    result = gated(tmp_path, truth, facts=FACTS, failed=("depot",))
    assert [fact.page for fact in result.facts if not fact.holds] == ["depot/p0001"]


def test_stamps_and_words_struck_in_the_text_are_facts_too(tmp_path: Path, truth: Path) -> None:
    facts = (
        '{"page": "cabinet/p0001", "kind": "stamp_field", "family": "copy", "field": "number", "value": "42"}\n'
        '{"page": "cabinet/p0001", "kind": "struck", "text": "once", "in": "paragraph"}\n'
    )
    page = replace(PAGES[0], lines=(*LINES, "and *more than ~~once~~ twice*."), stamp="42")
    assert all(fact.holds for fact in gated(tmp_path, truth, page, facts=facts).facts)


def test_a_field_of_a_known_stamp_is_read_by_its_wording() -> None:
    text = "::: stamp family=cia-reviewer\nDOCUMENT NO. {hw:31}\nNO CHANGE IN CLASS. ☒\n:::\n"
    transcript = notation.parse(text, file="memo.md", page_id=PageId(scan_id="memo", number=1))
    (stamp,) = gating.reading_of(transcript, read_families(ROOT / "config" / "stamps")).stamps
    assert dict(stamp)["doc_no"] == "31"
    assert dict(stamp)["no_change"] == "checked"


def test_the_facts_of_the_samples_hold_in_their_own_truth() -> None:
    facts = read_facts((ROOT / "ground_truth" / gating.FACTS).read_text(encoding="utf-8"), file="facts.jsonl")
    assert len(facts) >= 20
    failed = [fact for fact in facts if not judge(fact, true_reading(fact.page), POLICIES["archival"]).holds]
    assert failed == []


def true_reading(page: str) -> Reading:
    scan_id, _, stem = page.partition("/")
    file = ROOT / "ground_truth" / f"{page}.md"
    page_id = PageId(scan_id=scan_id, number=int(stem[1:]))
    transcript = notation.parse(file.read_text(encoding="utf-8"), file=page, page_id=page_id)
    return gating.reading_of(transcript, read_families(ROOT / "config" / "stamps"))


# What cannot be compared


def test_every_reason_why_runs_cannot_be_compared_is_told(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    write_run(tmp_path / "out", *PAGES, engine="tesseract 5.4.1 eng:00000000")
    text = truth / "depot" / "p0001.md"
    text.write_text(text.read_text(encoding="utf-8").replace("4th", "5th"), encoding="utf-8")
    with pytest.raises(BaselineMismatch) as raised:
        gate(tmp_path / "out", truth)
    told = str(raised.value)
    assert "- engine was tesseract 5.3.0, now it is tesseract 5.4.1" in told
    assert "- language eng was 7d4322bd, now it is 00000000" in told
    assert "- depot p. 1: its ground truth was changed" in told
    assert "--accept" in told
    assert not (tmp_path / "out" / "gate.json").exists()


def test_another_engine_is_compared_where_the_limits_allow_it(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    write_run(tmp_path / "out", *PAGES, engine="tesseract 5.4.1 eng:00000000")
    assert gate(tmp_path / "out", truth, GateLimits(allow_engine_change=True)).verdict == "passed"


def test_changed_marks_are_a_changed_truth(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    (truth / "depot" / "p0001.marks.json").unlink()
    with pytest.raises(BaselineMismatch, match=r"depot p\. 1: its ground truth was changed"):
        gate(tmp_path / "first", truth)


def test_without_a_baseline_the_command_that_makes_one_is_named(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    with pytest.raises(GroundTruthError, match=r"baseline\.json: cannot be read.*--accept"):
        gate(tmp_path / "out", truth)


def test_a_baseline_that_is_not_utf_8_is_refused(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    (truth / gating.BASELINE).write_bytes(b"\xff")
    with pytest.raises(GroundTruthError, match=r"baseline\.json: .*not UTF-8"):
        gate(tmp_path / "out", truth)


def test_a_run_that_is_not_finished_is_not_gated(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    accept(tmp_path / "out", truth)
    (tmp_path / "out" / "summary.json").unlink()
    with pytest.raises(StoreError, match=r"summary\.json"):
        gate(tmp_path / "out", truth)


# The new baseline


def test_the_first_baseline_is_told_with_its_totals(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    told = accept(tmp_path / "out", truth)
    assert told[0] == "first baseline: 4 pages, policy archival/1"
    assert "words: 0 of 120 wrong (0.00 %)" in told


def test_the_command_names_the_baseline_that_is_to_be_committed(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    done = CliRunner().invoke(app, ["gate", str(tmp_path / "out"), "--truth", str(truth), "--accept"])
    assert done.exit_code == 0
    assert f"Written: {truth / gating.BASELINE}; commit it" in done.stdout


def test_a_new_baseline_is_told_with_what_it_changes(tmp_path: Path, truth: Path) -> None:
    (truth / gating.FACTS).write_text(FACTS, encoding="utf-8")
    write_run(tmp_path / "first", *PAGES)
    accept(tmp_path / "first", truth)
    worse = replace(PAGES[0], lines=("The Bureau of Trolls at Port Tossin", *LINES[1:]))
    write_run(tmp_path / "out", worse, *PAGES[1:])
    told = accept(tmp_path / "out", truth)
    assert told[0] == "new baseline: 4 pages (0 new, 0 gone), 0 better, 1 worse"
    assert "worse: cabinet p. 1: characters wrong 0 before, 14 now" in told
    assert 'known failure from now on: cabinet/p0001 present "Port Tessin"' in told
    assert gate(tmp_path / "out", truth).verdict == "passed"


def test_a_baseline_is_written_the_same_twice_and_names_no_folder(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    accept(tmp_path / "out", truth)
    first = (truth / gating.BASELINE).read_text(encoding="utf-8")
    shutil.move(tmp_path / "out", tmp_path / "moved")
    accept(tmp_path / "moved", truth)
    assert (truth / gating.BASELINE).read_text(encoding="utf-8") == first
    assert str(tmp_path) not in first


def test_a_run_that_lost_a_page_never_becomes_the_baseline(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES, failed=("depot",))
    with pytest.raises(GateFailed, match=r"has not read depot p\. 1\. .*without a scan"):
        accept(tmp_path / "out", truth)
    assert not (truth / gating.BASELINE).exists()


def test_a_baseline_that_cannot_be_read_is_replaced_and_said_so(tmp_path: Path, truth: Path) -> None:
    write_run(tmp_path / "out", *PAGES)
    (truth / gating.BASELINE).write_text("{}", encoding="utf-8")
    told = accept(tmp_path / "out", truth)
    assert told[0].startswith("the earlier baseline was not readable: ")
    assert gate(tmp_path / "out", truth).verdict == "passed"


# A real run


@pytest.mark.live
def test_a_real_run_made_twice_has_no_noise_and_passes(tmp_path: Path) -> None:
    for name in ("memo.png", "note.png"):
        fakes.scan(tmp_path / "scans", name)
    for out in (tmp_path / "first", tmp_path / "second"):
        batch.run([tmp_path / "scans"], out, fakes.SETTINGS, on_page=lambda *_: None)
    for name in ("memo", "note"):
        (tmp_path / "truth" / name).mkdir(parents=True)
        shutil.copy(tmp_path / "first" / name / "p0001.txt", tmp_path / "truth" / name / "p0001.md")
    accept(tmp_path / "first", tmp_path / "truth")
    result = gate(tmp_path / "second", tmp_path / "truth")
    assert result.verdict == "passed"
    assert dict(result.after.versions)["engine"].startswith("tesseract ")
    assert result.rates[0].difference == 0
