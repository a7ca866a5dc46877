"""Every rule finds its own example and leaves the other alone; findings are sorted and have a place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from transcripts_drawn import transcripts

from scanfix.errors import GroundTruthError, SettingsError
from scanfix.families import Family, read_families
from scanfix.model.transcript import Transcript
from scanfix.truth import lint, notation
from scanfix.truth.lint import RULES, rules_stamps
from scanfix.truth.lint.findings import Finding

ROOT = Path(__file__).parent.parent


def findings(text: str, *, rule: str = "", file: str = "memo.md", families: Sequence[Family] = ()) -> list[Finding]:
    """Lint a text in the notation, with one rule or all."""
    only = [rule] if rule else []
    try:
        document = notation.parse_placed(text, file=file, scan_id="memo")
    except GroundTruthError as error:
        refused = [lint.refusal(error, file=file, text=text)]
        return list(lint.lint([], families=families, refused=refused, only=only))
    return list(lint.lint([document], families=families, only=only))


def places(text: str, rule: str) -> list[tuple[int, int, str]]:
    """Say where a rule finds something, and what."""
    return [(one.line, one.column, one.excerpt) for one in findings(text, rule=rule)]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_its_own_example(name: str) -> None:
    assert findings(RULES[name].caught, rule=name, families=rules_stamps.EXAMPLES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_leaves_its_counterexample_alone(name: str) -> None:
    assert findings(RULES[name].left_alone, rule=name, families=rules_stamps.EXAMPLES) == []


def test_a_finding_says_whose_slip_it_is_how_grave_and_where() -> None:
    [one] = findings("All is well.\n\nSend it to\nComrade Sarriin at once.", rule="doubled-letter")
    assert (one.file, one.line, one.column, one.end_line) == ("memo.md", 4, 9, 4)
    assert (one.severity, one.about, one.excerpt) == ("warning", "unknown", "Sarriin")


def test_the_second_of_two_equal_words_has_its_own_place() -> None:
    assert places("The *Sarriin* and\nthe Sarriin.", "doubled-letter") == [(1, 6, "Sarriin"), (2, 5, "Sarriin")]


def test_an_excerpt_is_found_through_escapes_and_line_ends() -> None:
    assert places("The ferry \\[as\n*told*\\] is closed.", "unclassified-bracket") == [(1, 12, "[as told]")]


def test_what_the_lines_do_not_hold_has_the_place_of_its_block() -> None:
    assert places("All is well.\n\nThe Sa{>>tr: perhaps two<<}rriin sails.", "doubled-letter") == [(3, 1, "Sarriin")]


def test_findings_come_by_file_line_and_column() -> None:
    text = "The the Sarriin \\[is\\] here.\n\nThe Sarriin."
    documents = [notation.parse_placed(text, file=file, scan_id=file) for file in ("b.md", "a.md")]
    found = [(one.file, one.line, one.column) for one in lint.lint(documents, families=())]
    assert found == sorted(found)
    assert len(found) == 8


def test_rules_can_be_left_out() -> None:
    document = notation.parse_placed("The Sarriin \\[is\\] here.", file="a.md", scan_id="a")
    found = lint.lint([document], families=(), ignore=["unclassified-bracket"])
    assert {one.rule for one in found} == {"doubled-letter"}


def test_a_refused_file_is_left_out_with_its_rule() -> None:
    refused = [lint.refusal(GroundTruthError("a.md: line 1, column 2: bad. Mend it."), file="a.md", text="x")]
    assert lint.lint([], families=(), refused=refused, ignore=["syntax"]) == ()


def test_a_refused_file_counts_whichever_rule_is_asked_for() -> None:
    refused = [lint.refusal(GroundTruthError("a.md: line 1, column 2: bad. Mend it."), file="a.md", text="x")]
    assert lint.lint([], families=(), refused=refused, only=["order-fault"]) == tuple(refused)


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="no such rule: spelling"):
        lint.lint([], families=(), only=["spelling"])


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("All is well.\n\nThe [ferry", "syntax", (3, 5)),
        ("The ~~ferry\n\nis~~ closed.", "strike-over-blank-line", (1, 5)),
        ("The ferry\n---\nis closed.", "rule-in-text", (2, 1)),
        ("---\nscan: memo", "syntax", (1, 1)),
    ],
)
def test_what_the_parser_refuses_is_one_finding_at_its_place(text: str, rule: str, place: tuple[int, int]) -> None:
    [one] = findings(text)
    assert (one.rule, one.severity, one.line, one.column) == (rule, "error", *place)


def test_a_refusal_keeps_the_parsers_words_and_its_remedy() -> None:
    [one] = findings("The [ferry")
    assert one.message.startswith('"[" is not closed')
    assert one.suggestion.startswith('Write "?]"')
    assert one.excerpt == "The [ferry"


def test_a_refusal_without_a_place_stands_at_the_files_start() -> None:
    one = lint.refusal(GroundTruthError("a.md: not UTF-8"), file="a.md", text="")
    assert (one.line, one.column, one.excerpt, one.suggestion) == (1, 1, "", "mend the file")


def test_the_projects_own_ground_truth_has_nothing_to_find() -> None:
    documents = [
        notation.parse_placed(path.read_text(encoding="utf-8"), file=str(path), scan_id=path.parent.name)
        for path in (ROOT / "ground_truth").glob("*/p*.md")
    ]
    assert documents
    assert lint.lint(documents, families=read_families(ROOT / "config" / "stamps")) == ()


@given(transcripts())
def test_any_transcript_can_be_linted_and_each_finding_lies_in_it(transcript: Transcript) -> None:
    text = notation.write(transcript)
    document = notation.parse_placed(text, file="memo.md", scan_id="memo")
    lines = text.split("\n")
    for one in lint.lint([document], families=rules_stamps.EXAMPLES):
        assert 1 <= one.line <= one.end_line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert one.message
        assert one.suggestion
