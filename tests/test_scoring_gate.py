"""What the gate decides: hard bounds, intervals and margins, kinds, facts."""

from dataclasses import replace
from pathlib import Path
from random import Random

import gates
import pytest
from gates import LIMITS, compare, fate, page, record, rules, with_dates
from hypothesis import given, settings
from hypothesis import strategies as st

from scanfix.errors import SettingsError
from scanfix.model.gate import VERDICTS, Fate, PageChange, PageRecord, Record, Stratum
from scanfix.model.mark import MarkStatus
from scanfix.model.score import KindCounts, MarkCounts
from scanfix.scoring import bounds
from scanfix.scoring.limits import GateLimits, read_limits

ROOT = Path(__file__).parent.parent
NAMES = [f"scan-{index:02}" for index in range(20)]


def many(wrong: int, *, step: int = 0) -> Record:
    """Return 20 documents; every other one has ``step`` errors more."""
    return record(*(page(name, wrong=wrong + step * (index % 2)) for index, name in enumerate(NAMES)))


# Laws


@given(gates.pairs())
@settings(max_examples=30, deadline=None)
def test_a_run_passes_against_itself(runs: tuple[Record, Record]) -> None:
    run = runs[0]
    result = compare(run, run)
    assert (result.verdict, result.reasons) == ("passed", ())


@given(gates.pairs(), st.randoms())
@settings(max_examples=15, deadline=None)
def test_the_order_of_pages_changes_nothing(runs: tuple[Record, Record], random: Random) -> None:
    before, after = runs
    mixed, mixed_after = (replace(run, pages=tuple(random.sample(run.pages, len(run.pages)))) for run in runs)
    one, other = compare(before, after), compare(mixed, mixed_after)
    assert (one.rates, one.strata, one.pages, set(one.reasons)) == (
        other.rates,
        other.strata,
        other.pages,
        set(other.reasons),
    )


@given(gates.pairs())
@settings(max_examples=10, deadline=None)
def test_the_same_runs_give_the_same_answer(runs: tuple[Record, Record]) -> None:
    assert compare(*runs) == compare(*runs)


@given(gates.pairs(), st.integers(0, 400))
@settings(max_examples=50)
def test_more_errors_never_mend_a_broken_bound(runs: tuple[Record, Record], more: int) -> None:
    before, after = (run.pages[0] for run in runs)
    worse = replace(after, characters=gates.edits(after.characters.errors + more, after.characters.reference))
    broken, still = (
        {one.rule for one in bounds.of_page(PageChange(before=before, after=run, share=0.0), LIMITS)}
        for run in (after, worse)
    )
    assert broken <= still


@given(gates.pairs())
@settings(max_examples=30, deadline=None)
def test_the_verdict_is_that_of_the_worst_reason(runs: tuple[Record, Record]) -> None:
    result = compare(*runs)
    worst = max((VERDICTS.index(reason.verdict) for reason in result.reasons), default=0)
    assert result.verdict == VERDICTS[worst]


# Rates


def test_a_rise_everywhere_beyond_the_margin_fails() -> None:
    result = compare(many(20), many(26, step=2))
    assert rules(result) == {"rate-worse"}
    assert result.verdict == "failed"


@given(gates.pairs())
@settings(max_examples=20, deadline=None)
def test_a_p_below_5_per_cent_and_an_interval_without_0_are_the_same(runs: tuple[Record, Record]) -> None:
    for spread in (rate.spread for rate in compare(*runs).rates if rate.spread):
        assert (spread.p < 0.05) == (spread.low > 0 or spread.high < 0)


def test_a_rate_that_did_not_change_is_sure_though_the_other_did() -> None:
    before, after = many(20), many(21)
    characters, words = compare(before, after).rates
    assert characters.spread is not None
    assert words.spread is not None
    assert (words.difference, words.spread.p, words.spread.high) == (0, 1, 0)
    assert characters.spread.p == 0


def test_where_no_page_changed_nothing_is_said_of_what_could_be_found() -> None:
    spreads = [rate.spread for rate in compare(many(20), many(20)).rates]
    assert all(spread is not None and spread.detectable is None for spread in spreads)


def test_pages_that_make_up_for_each_other_within_a_document_are_no_certainty() -> None:
    before = record(*(page(name, number) for name in NAMES[:4] for number in (1, 2)))
    swapped = (page(name, number, wrong=wrong) for name in NAMES[:4] for number, wrong in ((1, 10), (2, 30)))
    rate = compare(before, record(*swapped)).rates[0]
    assert rate.difference == 0
    assert rate.spread is not None
    assert rate.spread.low < 0 < rate.spread.high


def test_a_sure_rise_within_the_margin_passes() -> None:
    result = compare(many(20), many(21))
    assert result.rates[0].spread is not None
    assert result.rates[0].spread.low > 0
    assert result.verdict == "passed"


def test_an_improvement_passes() -> None:
    assert compare(many(26), many(20, step=2)).verdict == "passed"


def test_an_interval_that_reaches_the_margin_warns() -> None:
    result = compare(many(20), many(20, step=4))
    assert result.verdict == "warned"
    assert rules(result, "warned") == {"rate-near-margin"}


def test_a_sample_that_cannot_show_the_margin_is_too_small_and_not_passed() -> None:
    before = record(*(page(name) for name in NAMES[:4]))
    after = record(*(page(name, wrong=wrong) for name, wrong in zip(NAMES, (10, 12, 14, 12), strict=False)))
    result = compare(before, after)
    assert result.verdict == "too small"
    assert rules(result, "too small") == {"sample-too-small"}


def test_a_single_document_that_changed_can_prove_nothing() -> None:
    assert rules(compare(record(page()), record(page(wrong=21))), "too small") == {"no-interval"}


def test_a_single_document_that_rose_beyond_the_margin_warns() -> None:
    result = compare(record(page()), record(page(wrong=40)))
    assert result.rates[0].spread is None
    assert result.verdict == "warned"


def test_pages_without_any_text_cannot_be_judged_by_rates() -> None:
    before = record(*(page(name, length=0, wrong=0) for name in "ab"))
    after = record(*(page(name, length=0, wrong=4) for name in "ab"))
    assert compare(before, after).verdict == "too small"


def test_three_pages_gone_wrong_by_chance_do_not_fail_a_small_sample() -> None:
    sizes = {"estimate": 3, "despatch": 3, "cabinet": 2, "carbon": 1}
    pages = [page(name, number) for name, count in sizes.items() for number in range(1, count + 1)]
    glitched = [
        replace(one, characters=gates.edits(80, 1200)) if index in (0, 4, 8) else one for index, one in enumerate(pages)
    ]
    assert compare(record(*pages), record(*glitched)).verdict == "warned"


def test_pages_are_told_by_their_share_of_the_damage() -> None:
    before = record(page("a"), page("b"), page("c"))
    after = record(page("a", wrong=21), page("b", wrong=29), page("c", wrong=10))
    told = [(change.page_id.scan_id, change.share) for change in compare(before, after).pages]
    assert told == [("b", 0.9), ("a", 0.1), ("c", 0.0)]


# Hard bounds


@pytest.mark.parametrize(
    ("after", "rule"),
    [
        (page(lost=True, image=""), "page-lost"),
        (page(read=0), "page-empty"),
        (page(repetition=0.3), "page-repetitive"),
        (page(wrong=150), "page-far-worse"),
    ],
)
def test_no_sample_size_excuses_a_broken_page(after: PageRecord, rule: str) -> None:
    others = [page(name) for name in NAMES]
    result = compare(record(page(), *others), record(after, *others))
    assert rules(result) == {rule}


@pytest.mark.parametrize("bad", [page(read=0), page(repetition=0.3), page(wrong=500)])
def test_what_was_as_bad_in_the_baseline_is_known(bad: PageRecord) -> None:
    assert compare(record(bad), record(bad)).verdict == "passed"


@pytest.mark.parametrize(
    ("status", "then", "now", "verdict", "rule"),
    [
        ("active", "active", "missing", "failed", "active-lost"),
        ("active", "uncertain", "missing", "failed", "active-lost"),
        ("active", "active", "struck", "failed", "marking-turned"),
        ("active", "missing", "struck", "failed", "marking-turned"),
        ("struck", "struck", "active", "failed", "marking-turned"),
        ("struck", "uncertain", "active", "failed", "marking-turned"),
        ("active", "active", "uncertain", "warned", "marking-doubtful"),
        ("struck", "struck", "missing", "warned", "marking-doubtful"),
    ],
)
def test_a_marking_that_is_lost_or_turned_is_told(
    status: MarkStatus, then: Fate, now: Fate, verdict: str, rule: str
) -> None:
    result = compare(record(page(markings=(fate(status, then),))), record(page(markings=(fate(status, now),))))
    assert rules(result, verdict) == {rule}
    assert result.verdict == verdict


@pytest.mark.parametrize(("then", "now"), [("missing", "missing"), ("missing", "active"), ("struck", "active")])
def test_a_marking_that_is_no_worse_is_no_reason(then: Fate, now: Fate) -> None:
    before, after = (record(page(markings=(fate("active", said),))) for said in (then, now))
    assert compare(before, after).verdict == "passed"


def test_an_uncertain_marking_that_a_run_calls_nothing_else_is_no_reason() -> None:
    before, after = (record(page(markings=(fate("struck", now),))) for now in ("missing", "uncertain"))
    assert compare(before, after).verdict == "passed"


def test_a_marking_that_the_baseline_does_not_know_is_passed_over() -> None:
    after = record(page(markings=(fate("active", "missing", "m9"),)))
    assert compare(record(page()), after).verdict == "passed"


# Marks and kinds


def test_marks_found_less_well_warn() -> None:
    before, after = (record(page(marks=gates.found(right))) for right in (4, 3))
    assert rules(compare(before, after), "warned") == {"marks-worse"}


def test_marks_invented_or_wrong_in_status_warn() -> None:
    before = record(page(marks=gates.found(4)))
    (reason,) = compare(before, record(page(marks=gates.found(4, invented=2, status_wrong=1)))).reasons
    assert reason.text == "classification: invented 0, now 2, wrong in status 0, now 1"


def test_marks_found_better_are_no_reason() -> None:
    assert compare(record(page(marks=gates.found(3))), record(page(marks=gates.found(4)))).verdict == "passed"


def test_a_kind_of_mark_that_is_no_longer_looked_for_is_an_error() -> None:
    stamps = (KindCounts(kind="stamp", counts=MarkCounts(true_positives=1)),)
    result = compare(record(page(marks=stamps)), record(page()))
    assert rules(result) == {"scorer-missing"}


def test_a_kind_that_is_no_longer_counted_is_an_error() -> None:
    assert rules(compare(with_dates(many(20), 1), many(20))) == {"scorer-missing"}


def test_a_kind_that_got_worse_everywhere_warns_though_the_whole_does_not() -> None:
    result = compare(with_dates(many(20), 1), with_dates(many(20), 2))
    assert rules(result, "warned") == {"kind-worse"}
    assert result.strata[0].p < 0.001


def test_a_kind_that_got_better_everywhere_is_no_reason() -> None:
    assert compare(with_dates(many(20), 2), with_dates(many(20), 1)).verdict == "passed"


def test_a_kind_that_was_only_invented_is_not_compared_and_not_missed() -> None:
    invented = Stratum(name="token: name", counts=gates.edits(2, 0))
    run = replace(many(20), pages=tuple(replace(one, strata=(invented,)) for one in many(20).pages))
    result = compare(run, many(20))
    assert (result.strata, result.verdict) == ((), "passed")


def test_a_kind_that_is_counted_for_the_first_time_is_not_compared() -> None:
    assert compare(many(20), with_dates(many(20), 9)).strata == ()


def test_a_kind_that_is_all_there_is_is_not_told_twice() -> None:
    run = many(20)
    whole = tuple(replace(one, strata=(Stratum(name="production: typed", counts=one.words),)) for one in run.pages)
    assert compare(replace(run, pages=whole), replace(run, pages=whole)).strata == ()


# Facts


def test_a_fact_that_fails_fails_the_gate() -> None:
    assert rules(compare(record(page()), record(page()), gates.fact(holds=False))) == {"fact-failed"}


def test_a_fact_that_failed_before_is_a_known_failure() -> None:
    fact = gates.fact(holds=False)
    result = compare(replace(record(page()), failed_facts=(fact.name,)), record(page()), fact)
    assert result.verdict == "passed"
    assert result.facts[0].is_known


def test_a_fact_that_was_mended_is_not_known_any_more() -> None:
    fact = gates.fact(holds=True)
    result = compare(replace(record(page()), failed_facts=(fact.name,)), record(page()), fact)
    assert not result.facts[0].is_known


# Limits


def test_the_file_of_limits_has_every_value_with_its_description() -> None:
    text = (ROOT / "config" / "gate.toml").read_text(encoding="utf-8")
    assert read_limits(ROOT / "config" / "gate.toml") == GateLimits()
    for name, field in GateLimits.model_fields.items():
        assert f"# {field.description}\n{name} = " in text


def test_limits_come_from_the_working_folder_or_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_limits(None) == GateLimits()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "gate.toml").write_text("cer_margin = 0.01\n", encoding="utf-8")
    assert read_limits(None).cer_margin == 0.01


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"cer_margins = 0.1", "cer_margins.*Known names: cer_margin"),
        (b"draws = 500", "draws.*greater than or equal to 10000"),
        (b"draws = 100_000_000_000", "draws.*less than or equal to 1000000"),
        (b"page_cer_rise = inf", "page_cer_rise.*finite"),
        (b"draws", "no valid TOML"),
        (b"\xff", "no valid TOML"),
    ],
)
def test_wrong_limits_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "gate.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        read_limits(tmp_path / "gate.toml")


def test_limits_that_are_not_there_are_missed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml.*--limits"):
        read_limits(tmp_path / "none.toml")
